//! How systems are kept working, and how dossiers were handled: QĐ 19/2014/QĐ-TTg, Điều 4 khoản 4.

use super::ColumnKind::{Count, Day, Rank, Share, Text, Wide};
use super::Year;
use super::table::{ReportCell, ReportTable};
use crate::domain::{Agency, Date, ResultRow, Results, Reviews};

/// Audits, reviews, nonconformities, complaints and training of the year.
pub(super) fn systems(year: &Year<'_>) -> ReportTable {
    let columns = [
        ("rank", Rank),
        ("agency", Wide),
        ("audit_on", Day),
        ("review_on", Day),
        ("audits", Count),
        ("reviews", Count),
        ("nonconformities", Count),
        ("closed", Count),
        ("not_closed", Count),
        ("complaints", Count),
        ("resolved", Count),
        ("courses", Count),
        ("participants", Count),
    ];
    let mut table = ReportTable::new(year.words, "systems", &columns);
    for one in &year.agencies {
        let reviews = &year.site.register.records(&one.agency.id).reviews;
        // What is done for a shared system stands in the records of the agency that answers for it.
        if one.agency.qms != one.agency.id && reviews.origin.is_none() {
            continue;
        }
        table.push(row(year, one.agency, reviews));
    }
    table.closed(year.words)
}

fn row(year: &Year<'_>, agency: &Agency, reviews: &Reviews) -> Vec<ReportCell> {
    let audits: Vec<Option<Date>> = reviews.internal_audits.iter().map(|audit| audit.held_on).collect();
    let held: Vec<Option<Date>> = reviews.management_reviews.iter().map(|review| review.held_on).collect();
    let last = |days: &[Option<Date>]| ReportCell::day(days.iter().copied().filter(|day| year.has_come(*day)).flatten().max());
    let in_year = |days: &[Option<Date>]| ReportCell::from(days.iter().filter(|day| year.is_in_year(**day)).count());
    let found: Vec<bool> = reviews.nonconformities.iter().filter(|one| year.is_in_year(one.found_on)).map(|one| year.has_come(one.closed_on)).collect();
    let closed = found.iter().filter(|is_closed| **is_closed).count();
    let complaints = || reviews.complaints.iter().filter(|one| one.year == year.year);
    let courses = || reviews.training.iter().filter(|course| year.is_in_year(course.held_on));
    vec![
        agency.name.clone().into(),
        last(&audits),
        last(&held),
        in_year(&audits),
        in_year(&held),
        found.len().into(),
        closed.into(),
        (found.len() - closed).into(),
        complaints().map(|one| u64::from(one.received)).sum::<u64>().into(),
        complaints().map(|one| u64::from(one.resolved)).sum::<u64>().into(),
        courses().count().into(),
        courses().map(|course| u64::from(course.participants.unwrap_or(0))).sum::<u64>().into(),
    ]
}

/// Every agency that tells of dossiers of the year, those that ended since among them.
pub(super) fn results<'s>(year: &Year<'s>) -> Vec<(&'s Agency, &'s Results)> {
    let register = year.site.register;
    let mut all: Vec<(&Agency, &Results)> =
        register.agencies.values().filter_map(|agency| Some((agency, register.records(&agency.id).results.get(&year.year)?))).collect();
    all.sort_by(|left, right| left.0.level.cmp(&right.0.level).then_with(|| year.site.order.compare(&left.0.name, &right.0.name)));
    all
}

/// How the dossiers of the year were handled.
pub(super) fn dossiers(year: &Year<'_>) -> ReportTable {
    let columns = [
        ("rank", Rank),
        ("agency", Wide),
        ("received", Count),
        ("early", Count),
        ("on_time", Count),
        ("late", Count),
        ("finished", Count),
        ("pending", Count),
        ("late_share", Share("late", "finished")),
        ("periods", Text),
    ];
    let mut table = ReportTable::new(year.words, "dossiers", &columns);
    for (agency, results) in results(year) {
        let sum = |of: fn(&ResultRow) -> u32| ReportCell::from(results.rows.iter().map(|row| u64::from(of(row))).sum::<u64>());
        let mut periods: Vec<&str> = results.rows.iter().map(|row| row.period.as_str()).collect();
        periods.dedup();
        table.push(vec![
            agency.name.clone().into(),
            sum(|row| row.received),
            sum(|row| row.early.unwrap_or(0)),
            sum(|row| row.on_time),
            sum(|row| row.late),
            sum(ResultRow::finished),
            sum(|row| row.pending.unwrap_or(0)),
            periods.join(", ").into(),
        ]);
    }
    table.closed(year.words).saying(year.words.text("yearly_dossiers_sentence").to_owned())
}
