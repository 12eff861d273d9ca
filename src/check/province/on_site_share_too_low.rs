//! Fewer than a third of the obliged systems inspected at their office in a year.

use std::collections::BTreeSet;

use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::vocabulary::{InspectionForm, Obligation};
use crate::domain::{AgencyId, Inspection, QualitySystem};

pub static RULE: Rule = Rule {
    id: "on-site-share-too-low",
    severity: Severity::Warning,
    summary: Text::fixed(
        "kiểm tra tại trụ sở ít hơn một phần ba số cơ quan phải áp dụng",
        "under one third of the obliged agencies inspected on site in the year",
    ),
    basis: Some("TT 26/2014/TT-BKHCN, Điều 33 khoản 2 điểm b"),
};

/// From this month on, the inspections of the year are expected to be done: the summary is due in November (Điều 38).
const SUMMARY_MONTH: i8 = 11;

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for inspection in case.register.inspections.values() {
        let is_due = inspection.year < case.today.year() || (inspection.year == case.today.year() && case.today.month() >= SUMMARY_MONTH);
        // A report of totals alone does not say which agencies were visited.
        let says_which = !inspection.agencies.is_empty() || !inspection.plan.is_empty();
        if is_due && says_which && !case.register.broken.contains(&inspection.origin.file) {
            found.extend(judged(case, inspection));
        }
    }
}

/// Agencies that share a system are inspected together and count once (TT 26/2014, Điều 6).
fn judged(case: &Case<'_>, inspection: &Inspection) -> Option<Diagnostic> {
    let register = case.register;
    let obliged = register.quality_systems.values().filter(|system| is_obliged(case, system, inspection.year));
    let on_site: BTreeSet<&AgencyId> = on_site(case, inspection);
    let (mut all, mut visited, mut left) = (0, 0, Vec::new());
    for system in obliged {
        all += 1;
        if system.members.iter().any(|member| on_site.contains(member)) {
            visited += 1;
        } else {
            left.extend(register.agencies.get(&system.owner).map(|agency| agency.short().to_owned()));
        }
    }
    if visited * 3 >= all {
        return None;
    }
    let needed = (all + 2) / 3;
    let year = inspection.year;
    let names = crate::check::wording::several(&left, 8);
    let message = Text::new(
        format!("năm {year} kiểm tra tại trụ sở {visited} trong {all} cơ quan phải áp dụng, ít nhất phải {needed} (một phần ba)"),
        format!("{visited} of {all} obliged agencies were inspected on site in {year}; one third is {needed}"),
    );
    Some(Diagnostic::new(&RULE, inspection.origin.field("agencies"), message).hint(Text::new(
        format!("kiểm tra tại trụ sở thêm {} cơ quan và ghi  form: on_site ; chưa được kiểm tra tại trụ sở: {}", needed - visited, names.vi),
        format!("inspect {} more on site and write  form: on_site ; not yet inspected on site: {}", needed - visited, names.en),
    )))
}

fn is_obliged(case: &Case<'_>, system: &QualitySystem, year: i16) -> bool {
    let members = system.members.iter().filter_map(|id| case.register.agencies.get(id));
    let existed = |agency: &crate::domain::Agency| agency.is_active() || agency.ended_on.is_some_and(|on| on.year() > year);
    members.into_iter().any(|agency| agency.obligation == Obligation::Mandatory && existed(agency))
}

/// What was inspected on site, and what is still planned for this year.
fn on_site<'a>(case: &Case<'_>, inspection: &'a Inspection) -> BTreeSet<&'a AgencyId> {
    let done = inspection.agencies.iter().filter(|inspected| inspected.form == InspectionForm::OnSite).map(|inspected| &inspected.agency);
    let ahead = inspection.plan.iter().filter(|planned| planned.form == InspectionForm::OnSite && planned.planned_on.is_some_and(|on| on > case.today));
    done.chain(ahead.map(|planned| &planned.agency)).collect()
}
