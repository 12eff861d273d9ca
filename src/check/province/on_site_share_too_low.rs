//! Fewer of the obliged systems than the law wants (a third of them) inspected at their office in a year.

use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::Inspection;

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

/// One in so many, as the table of deadlines says.
fn judged(case: &Case<'_>, inspection: &Inspection) -> Option<Diagnostic> {
    let share = case.register.on_site_share(inspection, case.today).filter(|share| !share.is_enough())?;
    let (seen, all, needed, one_in) = (share.visited + share.planned, share.obliged, share.needed, share.limit.one_in?);
    let left: Vec<String> = share.left.iter().map(|agency| agency.short().to_owned()).collect();
    let year = inspection.year;
    let names = crate::check::wording::several(&left, 8);
    let part = if one_in == 3 { Text::fixed("một phần ba", "one third") } else { Text::new(format!("1/{one_in}"), format!("1/{one_in}")) };
    let message = Text::new(
        format!("năm {year} kiểm tra tại trụ sở {seen} trong {all} cơ quan phải áp dụng, ít nhất phải {needed} ({})", part.vi),
        format!("{seen} of {all} obliged agencies were inspected on site in {year}; {} is {needed}", part.en),
    );
    Some(Diagnostic::new(&RULE, inspection.origin.field("agencies"), message).hint(Text::new(
        format!("kiểm tra tại trụ sở thêm {} cơ quan và ghi  form: on_site ; chưa được kiểm tra tại trụ sở: {}", needed - seen, names.vi),
        format!("inspect {} more on site and write  form: on_site ; not yet inspected on site: {}", needed - seen, names.en),
    )))
}
