//! Totals and percentages of a report that differ from what its own rows add up to.

use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::vocabulary::{InspectionForm, Rating};
use crate::domain::{Inspection, ResultRow, Results, StatedInspection, StatedResults, decimal, grouped};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "totals-do-not-reconcile",
    severity: Severity::Error,
    summary: Text::fixed("số tổng hoặc tỷ lệ báo cáo khác với số cộng từ chi tiết", "stated totals or percentages differ from the counted ones"),
    basis: Some("TT 26/2014/TT-BKHCN, Điều 38"),
};

/// A percentage with one decimal is right when it is at most this far from the exact one.
const ROUNDING: f64 = 0.05 + 1e-9;

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for inspection in case.register.inspections.values().filter(|inspection| !case.register.broken.contains(&inspection.origin.file)) {
        // A row whose agency is unknown is not counted: first that, then the sums.
        if case.register.has_told(&inspection.origin.field("agencies")) {
            continue;
        }
        if let Some(stated) = &inspection.stated_totals {
            of_inspection(inspection, stated, found);
        }
    }
    for results in case.register.records.values().flat_map(|records| records.results.values()) {
        if case.register.broken.contains(&results.origin.file) {
            continue;
        }
        found.extend(results.rows.iter().filter_map(impossible_row));
        if let Some(stated) = &results.stated_totals {
            of_results(results, stated, found);
        }
    }
}

fn of_inspection(inspection: &Inspection, stated: &StatedInspection, found: &mut Vec<Diagnostic>) {
    let count = |form| inspection.agencies.iter().filter(|inspected| inspected.form == form).count() as u32;
    let before = found.len();
    if !inspection.agencies.is_empty() {
        let all = inspection.agencies.len() as u32;
        let numbers = [
            (stated.agencies, all, "agencies", "cơ quan được kiểm tra", "inspected agencies"),
            (stated.on_site, count(InspectionForm::OnSite), "on_site", "cơ quan kiểm tra tại trụ sở", "agencies inspected on site"),
            (stated.dossier, count(InspectionForm::Dossier), "dossier", "cơ quan kiểm tra qua hồ sơ", "agencies inspected by dossier"),
        ];
        for (number, counted, field, vi, en) in numbers {
            found.extend(number.and_then(|number| differing(number, counted, stated.origin.field(field), vi, en)));
        }
    }
    if found.len() == before
        && let (Some(agencies), Some(on_site), Some(dossier)) = (stated.agencies, stated.on_site, stated.dossier)
    {
        found.extend(sum(agencies, on_site, dossier, stated));
    }
    of_ratings(inspection, stated, found);
}

fn sum(agencies: u32, on_site: u32, dossier: u32, stated: &StatedInspection) -> Option<Diagnostic> {
    let added = on_site.saturating_add(dossier);
    if added == agencies {
        return None;
    }
    let message = Text::new(
        format!("{on_site} tại trụ sở + {dossier} qua hồ sơ = {added}, nhưng báo cáo ghi tổng {agencies} cơ quan"),
        format!("{on_site} on site + {dossier} by dossier = {added}, but the report states {agencies} agencies"),
    );
    Some(Diagnostic::new(&RULE, stated.origin.field("agencies"), message).hint(correct()))
}

fn of_ratings(inspection: &Inspection, stated: &StatedInspection, found: &mut Vec<Diagnostic>) {
    let before = found.len();
    let rated = inspection.agencies.iter().filter(|inspected| inspected.rating.is_some()).count();
    let all = stated.agencies.filter(|all| *all > 0).unwrap_or(inspection.agencies.len() as u32);
    for (index, row) in stated.ratings.iter().enumerate() {
        let origin = stated.origin.field("ratings").item(index);
        let (vi, en) = rating_name(row.rating);
        let counted = inspection.agencies.iter().filter(|inspected| inspected.rating == Some(row.rating)).count() as u32;
        let difference = (rated > 0)
            .then(|| differing(row.agencies, counted, origin.field("agencies"), &format!("cơ quan xếp loại {vi}"), &format!("agencies rated {en}")))
            .flatten();
        match difference {
            Some(difference) => found.push(difference),
            None => found.extend(row.percent.and_then(|percent| wrong_percent(percent, row.agencies, all, origin.field("percent"), vi, en))),
        }
    }
    if found.len() == before {
        found.extend(too_many_ratings(stated, all));
    }
}

/// More agencies rated than inspected. Fewer may be: not every agency gets a rating.
fn too_many_ratings(stated: &StatedInspection, all: u32) -> Option<Diagnostic> {
    let parts: Vec<String> = stated.ratings.iter().map(|row| row.agencies.to_string()).collect();
    let rated = stated.ratings.iter().map(|row| row.agencies).fold(0, u32::saturating_add);
    if all == 0 || rated <= all {
        return None;
    }
    let sum = parts.join(" + ");
    let message = Text::new(
        format!("số cơ quan xếp loại {sum} = {rated}, nhiều hơn {all} cơ quan được kiểm tra"),
        format!("rated agencies {sum} = {rated}, more than the {all} inspected"),
    );
    Some(Diagnostic::new(&RULE, stated.origin.field("ratings"), message).hint(correct()))
}

fn rating_name(rating: Rating) -> (&'static str, &'static str) {
    match rating {
        Rating::Tot => ("Tốt", "good"),
        Rating::Kha => ("Khá", "fair"),
        Rating::TrungBinh => ("Trung bình", "average"),
        Rating::Yeu => ("Yếu", "weak"),
    }
}

fn wrong_percent(percent: f64, part: u32, whole: u32, origin: Origin, vi: &str, en: &str) -> Option<Diagnostic> {
    if whole == 0 {
        return None;
    }
    let exact = f64::from(part) * 100.0 / f64::from(whole);
    if (percent - exact).abs() <= ROUNDING {
        return None;
    }
    let (stated, right) = (decimal(percent, 2), decimal(exact, 1));
    let message = Text::new(
        format!("tỷ lệ {vi} ghi {stated} %, tính lại {part}/{whole} là {right} %"),
        format!("the share {en} is stated as {percent} %, but {part}/{whole} is {exact:.1} %"),
    );
    let better = decimal(exact, 1).replace(',', ".");
    Some(Diagnostic::new(&RULE, origin.clone(), message).hint(Text::new(
        format!("nếu hai số trên đúng, ghi  {}: {better}", last_field(&origin)),
        format!("if both numbers are right, write  {}: {better}", last_field(&origin)),
    )))
}

fn last_field(origin: &Origin) -> String {
    let place = origin.to_string();
    place.rsplit(['.', '#']).next().unwrap_or("").to_owned()
}

fn of_results(results: &Results, stated: &StatedResults, found: &mut Vec<Diagnostic>) {
    let optional = |of: fn(&ResultRow) -> Option<u32>| results.rows.iter().all(|row| of(row).is_some()).then(|| results.total(|row| of(row).unwrap_or(0)));
    let numbers = [
        (stated.received, Some(results.total(|row| row.received)), "received", "hồ sơ tiếp nhận", "received dossiers"),
        (stated.early, optional(|row| row.early), "early", "hồ sơ trước hạn", "early dossiers"),
        (stated.on_time, Some(results.total(|row| row.on_time)), "on_time", "hồ sơ đúng hạn", "dossiers on time"),
        (stated.late, Some(results.total(|row| row.late)), "late", "hồ sơ quá hạn", "late dossiers"),
        (stated.pending, optional(|row| row.pending), "pending", "hồ sơ đang giải quyết", "pending dossiers"),
    ];
    let before = found.len();
    for (number, counted, field, vi, en) in numbers {
        if let (Some(number), Some(counted)) = (number, counted) {
            found.extend(differing(number, counted, stated.origin.field(field), vi, en));
        }
    }
    if found.len() == before && results.rows.iter().all(|row| impossible_row(row).is_none()) {
        found.extend(impossible_total(stated));
    }
    if let (Some(percent), true) = (stated.late_percent, found.len() == before) {
        let (late, finished) = (results.total(|row| row.late), results.total(ResultRow::finished));
        found.extend(wrong_percent(percent, late, finished, stated.origin.field("late_percent"), "quá hạn", "of late dossiers"));
    }
}

fn differing(stated: u32, counted: u32, origin: Origin, vi: &str, en: &str) -> Option<Diagnostic> {
    if stated == counted {
        return None;
    }
    let (shown, right) = (grouped(u64::from(stated)), grouped(u64::from(counted)));
    let message =
        Text::new(format!("báo cáo ghi {shown} {vi}, cộng từ chi tiết là {right}"), format!("the report states {stated} {en}; the rows add up to {counted}"));
    let field = last_field(&origin);
    Some(Diagnostic::new(&RULE, origin, message).hint(Text::new(
        format!("kiểm tra từng dòng chi tiết; nếu chi tiết đúng, ghi  {field}: {counted}"),
        format!("look at each row; if the rows are right, write  {field}: {counted}"),
    )))
}

/// More dossiers finished or pending than ever came in.
fn impossible_row(row: &ResultRow) -> Option<Diagnostic> {
    let added = u64::from(row.early.unwrap_or(0)) + u64::from(row.on_time) + u64::from(row.late) + u64::from(row.pending.unwrap_or(0));
    if added <= u64::from(row.received) {
        return None;
    }
    let (shown, received) = (grouped(added), grouped(u64::from(row.received)));
    let message = Text::new(
        format!("kỳ {}: trước hạn + đúng hạn + quá hạn + đang giải quyết = {shown}, nhiều hơn {received} hồ sơ tiếp nhận", row.period),
        format!("{}: early + on time + late + pending = {added}, more than the {} received", row.period, row.received),
    );
    Some(Diagnostic::new(&RULE, row.origin.field("received"), message).hint(Text::fixed(
        "received gồm cả hồ sơ kỳ trước chuyển sang; on_time không gồm hồ sơ trước hạn (early)",
        "`received` includes what was carried over; `on_time` does not include `early`",
    )))
}

/// The same of stated totals, some of which no row may have.
fn impossible_total(stated: &StatedResults) -> Option<Diagnostic> {
    let received = stated.received?;
    let parts = [stated.early, stated.on_time, stated.late, stated.pending];
    let added: u64 = parts.into_iter().flatten().map(u64::from).sum();
    if added <= u64::from(received) {
        return None;
    }
    let message = Text::new(
        format!(
            "số tổng báo cáo: trước hạn + đúng hạn + quá hạn + đang giải quyết = {}, nhiều hơn {} hồ sơ tiếp nhận",
            grouped(added),
            grouped(u64::from(received))
        ),
        format!("stated totals: early + on time + late + pending = {added}, more than the {received} received"),
    );
    Some(Diagnostic::new(&RULE, stated.origin.field("received"), message).hint(correct()))
}

fn correct() -> Text {
    Text::fixed("so với báo cáo gốc rồi sửa con số chép sai", "compare with the report and correct the number")
}
