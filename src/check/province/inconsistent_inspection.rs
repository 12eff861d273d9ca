//! Inspections whose dates and points don't fit the year, the record or the law.

use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{Date, Inspection, long_date};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "inconsistent-inspection",
    severity: Severity::Error,
    summary: Text::fixed(
        "kiểm tra: ngày không thuộc năm kiểm tra, khắc phục trước khi lập biên bản, hoặc điểm kiểm tra không có trong Thông tư",
        "an inspection dated in another year, corrected before its record, or with a point that the circular does not have",
    ),
    basis: Some("TT 26/2014/TT-BKHCN, Điều 36 và Điều 37"),
};

/// The points of Điều 36: khoản 1 và khoản 2.
const POINTS: [&str; 13] = ["1a", "1b", "1c", "1d", "1đ", "1e", "1g", "2a", "2b", "2c", "2d", "2đ", "2e"];

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for inspection in case.register.inspections.values() {
        for (index, planned) in inspection.plan.iter().enumerate() {
            let origin = inspection.origin.field("plan").item(index).field("planned_on");
            found.extend(planned.planned_on.and_then(|on| other_year(inspection, on, origin, ("ngày dự kiến kiểm tra", "the planned day"))));
        }
        for agency in &inspection.agencies {
            let origin = agency.origin.field("record_on");
            found.extend(agency.record_on.and_then(|on| other_year(inspection, on, origin.clone(), ("ngày lập biên bản", "the day of the record"))));
            for finding in &agency.findings {
                found.extend(unknown_point(&finding.point, finding.origin.field("point")));
                for (day, field) in [(finding.due, "due"), (finding.closed_on, "closed_on")] {
                    if let (Some(day), Some(record_on)) = (day, agency.record_on)
                        && day < record_on
                    {
                        found.push(before_record(day, record_on, finding.origin.field(field), &origin));
                    }
                }
            }
        }
    }
}

/// A record of the turn of the year may be signed in January.
fn other_year(inspection: &Inspection, on: Date, origin: Origin, what: (&str, &str)) -> Option<Diagnostic> {
    let year = inspection.year;
    if on.year() == year || (on.year() == year + 1 && on.month() == 1) {
        return None;
    }
    let message = Text::new(
        format!("{} là {}, không thuộc năm kiểm tra {year}", what.0, long_date(on)),
        format!("{} is {on}, not in the year {year} of the inspection", what.1),
    );
    let field = origin.field_name().to_owned();
    let same_day = Date::new(year, on.month(), on.day()).map_or_else(|_| format!("{year}-…"), |day| day.to_string());
    let other = on.year();
    Some(Diagnostic::new(&RULE, origin, message).related(inspection.origin.field("year"), Text::fixed("năm ghi ở đây", "the year is stated here")).hint(
        Text::new(
            format!("nếu gõ nhầm năm, ghi  {field}: {same_day} ; nếu kiểm tra năm {other}, chuyển mục này sang tệp inspections/{other}.yaml"),
            format!("if the year is a slip, write  {field}: {same_day} ; if it was in {other}, move it to inspections/{other}.yaml"),
        ),
    ))
}

fn unknown_point(point: &str, origin: Origin) -> Option<Diagnostic> {
    if point.is_empty() || POINTS.contains(&point) {
        return None;
    }
    let message =
        Text::new(format!("Điều 36 Thông tư 26/2014/TT-BKHCN không có điểm “{point}”"), format!("Điều 36 of TT 26/2014/TT-BKHCN has no point `{point}`"));
    let plain: String = point.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    Some(Diagnostic::new(&RULE, origin, message).hint(match POINTS.iter().find(|known| **known == plain) {
        Some(known) => Text::new(format!("ghi  point: \"{known}\""), format!("write  point: \"{known}\"")),
        None => Text::new(format!("ghi khoản và điểm, chọn một trong: {}", POINTS.join(", ")), format!("choose one of: {}", POINTS.join(", "))),
    }))
}

fn before_record(day: Date, record_on: Date, origin: Origin, record: &Origin) -> Diagnostic {
    let message = Text::new(
        format!("khắc phục {} trước khi lập biên bản {}", long_date(day), long_date(record_on)),
        format!("corrected on {day}, before the record of {record_on}"),
    );
    Diagnostic::new(&RULE, origin, message)
        .related(record.clone(), Text::fixed("ngày lập biên bản ghi ở đây", "the day of the record is stated here"))
        .hint(Text::fixed("so với biên bản và báo cáo khắc phục rồi sửa ngày chép sai", "compare with the record and the report, and correct the wrong date"))
}
