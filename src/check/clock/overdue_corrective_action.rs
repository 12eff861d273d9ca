//! Nonconformities and inspection findings that were not corrected in time.

use crate::check::Case;
use crate::check::wording::short;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{Agency, Date, Finding, InspectedAgency, Nonconformity, short_date};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "overdue-corrective-action",
    severity: Severity::Error,
    summary: Text::fixed(
        "quá hạn khắc phục điểm không phù hợp hoặc phát hiện khi kiểm tra",
        "a nonconformity or an inspection finding is not corrected in time",
    ),
    basis: Some("TT 26/2014/TT-BKHCN, Điều 37 khoản 2 điểm c"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for agency in case.register.agencies.values().filter(|agency| agency.is_active()) {
        for nonconformity in &case.register.records(&agency.id).reviews.nonconformities {
            found.extend(open_nonconformity(case, agency, nonconformity));
        }
    }
    for inspected in case.register.inspections.values().flat_map(|inspection| &inspection.agencies) {
        let Some(agency) = case.register.agencies.get(&inspected.agency).filter(|agency| agency.is_active()) else { continue };
        for finding in &inspected.findings {
            found.extend(open_finding(case, agency, inspected, finding));
        }
    }
}

fn open_nonconformity(case: &Case<'_>, agency: &Agency, nonconformity: &Nonconformity) -> Option<Diagnostic> {
    if !case.register.is_open(nonconformity.closed_on, &nonconformity.origin) {
        return None;
    }
    let end = case.register.correction_due(nonconformity).filter(|end| *end < case.today)?;
    let found_on = nonconformity.found_on.map(short_date).unwrap_or_default();
    let message = Text::new(
        format!(
            "{}: điểm không phù hợp phát hiện ngày {found_on} quá hạn khắc phục từ {}: {}",
            agency.name,
            short_date(end),
            short(&nonconformity.description, 80)
        ),
        format!("{}: a nonconformity of {found_on} was to be corrected by {}: {}", agency.name, short_date(end), short(&nonconformity.description, 80)),
    );
    Some(Diagnostic::new(&RULE, place(&nonconformity.origin, nonconformity.due, "found_on"), message).hint(hint(case)))
}

/// A finding must be corrected by its own date, and never later than the law allows.
fn open_finding(case: &Case<'_>, agency: &Agency, inspected: &InspectedAgency, finding: &Finding) -> Option<Diagnostic> {
    if !case.register.is_open(finding.closed_on, &finding.origin) {
        return None;
    }
    let end = case.register.finding_due(inspected, finding).filter(|end| *end < case.today)?;
    let record_on = inspected.record_on.map(short_date).unwrap_or_default();
    let message = Text::new(
        format!(
            "{}: phát hiện {} theo biên bản ngày {record_on} quá hạn khắc phục từ {}: {}",
            agency.name,
            finding.point,
            short_date(end),
            short(&finding.text, 80)
        ),
        format!(
            "{}: finding {} of the record of {record_on} was to be corrected by {}: {}",
            agency.name,
            finding.point,
            short_date(end),
            short(&finding.text, 80)
        ),
    );
    let origin = if finding.due == Some(end) { finding.origin.field("due") } else { finding.origin.clone() };
    Some(
        Diagnostic::new(&RULE, origin, message)
            .related(inspected.origin.field("record_on"), Text::fixed("ngày lập biên bản", "the date of the record"))
            .hint(hint(case)),
    )
}

fn place(origin: &Origin, due: Option<Date>, other: &str) -> Origin {
    origin.field(if due.is_some() { "due" } else { other })
}

fn hint(case: &Case<'_>) -> Text {
    Text::new(
        format!("khắc phục, báo cáo đơn vị kiểm tra rồi thêm  closed_on: {}  (ngày hoàn thành)", case.today),
        format!("correct it, report it and add  closed_on: {}  (the day it was done)", case.today),
    )
}
