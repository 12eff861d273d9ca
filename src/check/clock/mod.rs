//! What the law wants again and again: audits, reviews, corrections, each within its time.

mod late_catalogue_update;
mod overdue_corrective_action;
mod overdue_internal_audit;
mod overdue_legal_update;
mod overdue_management_review;
mod overdue_page_review;

use super::{Case, Check};
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{Date, Deadline, Declaration, DueKind, LastHeld, LivingSystem, short_date};
use crate::origin::Origin;

pub(super) const CHECKS: &[Check] = &[
    (&overdue_internal_audit::RULE, overdue_internal_audit::check),
    (&overdue_management_review::RULE, overdue_management_review::check),
    (&overdue_legal_update::RULE, overdue_legal_update::check),
    (&overdue_corrective_action::RULE, overdue_corrective_action::check),
    (&late_catalogue_update::RULE, late_catalogue_update::check),
    (&overdue_page_review::RULE, overdue_page_review::check),
];

/// Something that every declared system must repeat in time.
struct Yearly {
    rule: &'static Rule,
    kind: DueKind,
    /// The name of its list in `reviews.yaml`.
    list: &'static str,
    name: (&'static str, &'static str),
    example: &'static str,
}

impl Yearly {
    fn check(&self, case: &Case<'_>, found: &mut Vec<Diagnostic>) {
        let Some(deadline) = case.register.deadlines.get(self.kind.key()) else { return };
        for (living, declaration) in case.declared().filter(|(living, _)| !case.is_unread(living)) {
            match case.register.last_held(&living, self.kind, case.today) {
                LastHeld::On(last, origin) => found.extend(self.overdue(case, &living, deadline, last, origin)),
                LastHeld::Never => found.push(self.never(case, &living, declaration, deadline)),
                LastHeld::Unsure => {}
            }
        }
    }

    fn overdue(&self, case: &Case<'_>, living: &LivingSystem<'_>, deadline: &Deadline, last: Date, origin: Origin) -> Option<Diagnostic> {
        let end = deadline.last_day(last);
        let is_late = case.today > end;
        if !is_late && !deadline.is_near(last, case.today) {
            return None;
        }
        let agency = &living.agency.name;
        let (level, vi, en) =
            if is_late { (Severity::Error, "đã quá hạn từ", "was due by") } else { (Severity::Warning, "sắp đến hạn", "is due by") };
        let message = Text::new(
            format!("{agency}: {} gần nhất ngày {}, lần tiếp theo {vi} {}", self.name.0, short_date(last), short_date(end)),
            format!("{agency}: the last {} was on {}; the next one {en} {}", self.name.1, short_date(last), short_date(end)),
        );
        let diagnostic = Diagnostic::new(self.rule, origin, message).level(level);
        Some(diagnostic.related(deadline.origin.field("months"), self.clause(deadline)).hint(self.hint(case)))
    }

    fn never(&self, case: &Case<'_>, living: &LivingSystem<'_>, declaration: &Declaration, deadline: &Deadline) -> Diagnostic {
        let reviews = case.records_of(living).find_map(|(_, records)| records.reviews.origin.clone());
        let file = reviews.unwrap_or_else(|| declaration.origin.clone()).file;
        let agency = &living.agency.name;
        let message =
            Text::new(format!("{agency} đã công bố nhưng chưa ghi lần {} nào", self.name.0), format!("{agency} has declared but recorded no {}", self.name.1));
        Diagnostic::new(self.rule, Origin::file(file), message).related(deadline.origin.field("months"), self.clause(deadline)).hint(self.hint(case))
    }

    fn clause(&self, deadline: &Deadline) -> Text {
        let months = deadline.months;
        Text::new(format!("ít nhất {months} tháng một lần: {}", deadline.basis), format!("at least every {months} months: {}", deadline.basis))
    }

    fn hint(&self, case: &Case<'_>) -> Text {
        let snippet = format!("{}:  - {{ held_on: {}, {} }}", self.list, case.today, self.example);
        Text::new(
            format!("tổ chức {} rồi ghi vào reviews.yaml, trong mục  {snippet}", self.name.0),
            format!("hold the {} and record it in reviews.yaml, under  {snippet}", self.name.1),
        )
    }
}
