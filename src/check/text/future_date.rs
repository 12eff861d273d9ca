//! Dates of things that have happened, after today.

use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::vocabulary::DocumentStatus;
use crate::domain::{AgencyRecords, Date, Declaration, Inspection, Register, WorkProcess, period_start, short_date};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "future-date",
    severity: Severity::Error,
    summary: Text::fixed("việc đã xảy ra mà ghi ngày trong tương lai", "something that has happened is dated in the future"),
    basis: None,
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (date, origin) in future_dates(case.register, case.today) {
        let message = Text::new(
            format!("ngày {} chưa đến (hôm nay là {})", short_date(date), short_date(case.today)),
            format!("{} has not come yet (today is {})", short_date(date), short_date(case.today)),
        );
        found.push(Diagnostic::new(&RULE, origin, message).hint(hint(date, case.today)));
    }
    case.register.records.values().for_each(|records| of_periods(records, case.today, found));
}

/// Results of a period that has not begun.
fn of_periods(records: &AgencyRecords, today: Date, found: &mut Vec<Diagnostic>) {
    let rows = records.results.values().flat_map(|results| &results.rows).map(|row| (&row.period, row.origin.field("period")));
    let objectives = records.objectives.values().flat_map(|year| &year.objectives);
    let reached = objectives.flat_map(|objective| {
        let results = objective.origin.field("results");
        (0..).zip(&objective.results).map(move |(index, result)| (&result.period, results.item(index).field("period")))
    });
    for (period, origin) in rows.chain(reached).filter(|(period, _)| period_start(period).is_some_and(|start| start > today)) {
        let today = short_date(today);
        let message = Text::new(format!("kỳ {period} chưa bắt đầu (hôm nay là {today})"), format!("the period {period} has not begun (today is {today})"));
        found.push(Diagnostic::new(&RULE, origin, message).hint(Text::fixed(
            "ghi đúng kỳ của số liệu, ví dụ  2026-Q3 ; kỳ chưa đến thì chưa ghi kết quả",
            "write the period that the figures are of, such as  2026-Q3 ; leave out what has not come",
        )));
    }
}

/// A year or a month that was mistyped most likely.
fn hint(date: Date, today: Date) -> Text {
    let same_day_before = Date::new(today.year(), date.month(), date.day()).ok().filter(|guess| *guess <= today);
    let guess = same_day_before.or_else(|| Date::new(today.year() - 1, date.month(), date.day()).ok());
    match guess {
        Some(guess) => Text::new(
            format!("so với văn bản; nếu nhầm năm, ghi  {guess} ; việc chưa làm thì chưa ghi"),
            format!("compare with the paper; if the year is wrong, write  {guess} ; leave out what has not happened"),
        ),
        None => Text::fixed("so với văn bản; việc chưa làm thì chưa ghi", "compare with the paper; leave out what has not happened"),
    }
}

/// The dates after a day, each with its place.
struct Dates {
    today: Date,
    found: Vec<(Date, Origin)>,
}

fn future_dates(register: &Register, today: Date) -> Vec<(Date, Origin)> {
    let mut dates = Dates { today, found: Vec::new() };
    for declaration in register.quality_systems.values().flat_map(|system| &system.declarations) {
        of_declaration(declaration, &mut dates);
    }
    for records in register.records.values() {
        of_records(records, &mut dates);
        records.work_processes.iter().filter(|process| process.status != DocumentStatus::Draft).for_each(|process| of_process(process, &mut dates));
    }
    register.inspections.values().for_each(|inspection| of_inspection(inspection, &mut dates));
    of_tables(register, &mut dates);
    dates.found
}

fn add(dates: &mut Dates, date: Option<Date>, origin: &Origin, fields: &[&str]) {
    let future = date.filter(|date| *date > dates.today);
    dates.found.extend(future.map(|date| (date, fields.iter().fold(origin.clone(), |origin, field| origin.field(field)))));
}

fn of_declaration(declaration: &Declaration, dates: &mut Dates) {
    let origin = &declaration.origin;
    add(dates, declaration.issued_on, origin, &["issued_on"]);
    let confirmed = declaration.validity_confirmation.as_ref().and_then(|confirmation| confirmation.confirmed_on);
    add(dates, confirmed, origin, &["validity_confirmation", "confirmed_on"]);
    add(dates, declaration.lead_unit_notice.as_ref().and_then(|notice| notice.sent_on), origin, &["lead_unit_notice", "sent_on"]);
    add(dates, declaration.premises_posting.as_ref().and_then(|posting| posting.posted_on), origin, &["premises_posting", "posted_on"]);
}

fn of_process(process: &WorkProcess, dates: &mut Dates) {
    add(dates, process.issued_on, &process.origin, &["issued_on"]);
    for (index, row) in process.revisions.iter().enumerate() {
        add(dates, row.on, &process.origin.field("revisions").item(index), &["on"]);
    }
    for (index, review) in process.legal_reviews.iter().enumerate() {
        add(dates, review.reviewed_on, &process.origin.field("legal_reviews").item(index), &["reviewed_on"]);
    }
}

fn of_records(records: &AgencyRecords, dates: &mut Dates) {
    if let Some(policy) = &records.quality_policy {
        add(dates, policy.approved_on, &policy.origin, &["approved_on"]);
        add(dates, policy.reviewed_on, &policy.origin, &["reviewed_on"]);
    }
    records.objectives.values().for_each(|year| add(dates, year.approved_on, &year.origin, &["approved_on"]));
    for document in records.documents.internal.iter().filter(|document| document.status != DocumentStatus::Draft) {
        add(dates, document.issued_on, &document.origin, &["issued_on"]);
    }
    records.documents.external.iter().for_each(|document| add(dates, document.updated_on, &document.origin, &["updated_on"]));
    records.postings.iter().for_each(|posting| add(dates, posting.posted_on, &posting.origin, &["posted_on"]));
    let reviews = &records.reviews;
    reviews.internal_audits.iter().for_each(|audit| add(dates, audit.held_on, &audit.origin, &["held_on"]));
    reviews.management_reviews.iter().for_each(|review| add(dates, review.held_on, &review.origin, &["held_on"]));
    for nonconformity in &reviews.nonconformities {
        add(dates, nonconformity.found_on, &nonconformity.origin, &["found_on"]);
        add(dates, nonconformity.closed_on, &nonconformity.origin, &["closed_on"]);
    }
    if let Some(origin) = &reviews.origin {
        for (index, training) in reviews.training.iter().enumerate() {
            add(dates, training.held_on, &origin.field("training").item(index), &["held_on"]);
        }
    }
}

fn of_inspection(inspection: &Inspection, dates: &mut Dates) {
    add(dates, inspection.decision.as_ref().and_then(|decision| decision.issued_on), &inspection.origin, &["decision", "issued_on"]);
    for inspected in &inspection.agencies {
        add(dates, inspected.record_on, &inspected.origin, &["record_on"]);
        inspected.findings.iter().for_each(|finding| add(dates, finding.closed_on, &finding.origin, &["closed_on"]));
    }
}

/// Tables and the catalogue: when they were issued, and when somebody compared them with their source.
fn of_tables(register: &Register, dates: &mut Dates) {
    for procedure in register.administrative_procedures.values() {
        let issued_on = procedure.announcement.as_ref().and_then(|announcement| announcement.issued_on);
        add(dates, issued_on, &procedure.origin, &["announcement", "issued_on"]);
        add(dates, procedure.source.as_ref().and_then(|source| source.checked_on), &procedure.origin, &["source", "checked_on"]);
    }
    for document in register.legal_documents.values() {
        add(dates, document.issued_on, &document.origin, &["issued_on"]);
        add(dates, document.verified_on, &document.origin, &["verified_on"]);
    }
    register.standards.values().for_each(|standard| add(dates, standard.verified_on, &standard.origin, &["verified_on"]));
    register.frameworks.values().for_each(|framework| add(dates, framework.verified_on, &framework.origin, &["verified_on"]));
    register.deadlines.values().for_each(|deadline| add(dates, deadline.verified_on, &deadline.origin, &["verified_on"]));
    for agency in register.agencies.values() {
        for (index, old) in agency.predecessors.iter().enumerate() {
            add(dates, old.verified_on, &agency.origin.field("predecessors").item(index), &["verified_on"]);
        }
    }
    for service in register.agencies.values().flat_map(|agency| &agency.local_services) {
        add(dates, service.reviewed_on, &service.origin, &["reviewed_on"]);
    }
    register.pages.iter().for_each(|page| add(dates, page.reviewed_on, &page.origin, &["reviewed_on"]));
}
