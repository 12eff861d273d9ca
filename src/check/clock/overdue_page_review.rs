//! A page that nobody looked at within the site's period.

use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{DueDate, DueKind, PAGE_BASIS, short_date};

pub static RULE: Rule = Rule {
    id: "overdue-page-review",
    severity: Severity::Warning,
    summary: Text::fixed("trang quá kỳ rà soát hoặc chưa ghi ngày rà soát", "a page not reviewed within the site's period, or never"),
    basis: Some(PAGE_BASIS),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let due = case.register.page_reviews(case.review_months);
    let is_read = |due: &&DueDate| !case.register.broken.contains(&due.origin.file);
    found.extend(due.iter().filter(|due| due.is_overdue(case.today)).filter(is_read).map(|due| reported(case, due)));
}

fn reported(case: &Case<'_>, due: &DueDate) -> Diagnostic {
    debug_assert_eq!(due.kind, DueKind::PageReview);
    let (months, subject) = (case.review_months, &due.subject);
    let message = match due.due_on {
        Some(end) => Text::new(
            format!("“{subject}” quá kỳ rà soát {months} tháng từ {}", short_date(end)),
            format!("`{subject}` was to be looked at again by {} (every {months} months)", short_date(end)),
        ),
        None => Text::new(format!("“{subject}” chưa ghi ngày rà soát"), format!("`{subject}` says nothing about when it was last looked at")),
    };
    let origin = due.due_on.map_or_else(|| due.origin.clone(), |_| due.origin.field("reviewed_on"));
    // Whoever never wrote a date may have looked all the same: that is no warning yet.
    let level = if due.due_on.is_some() { RULE.severity } else { Severity::Information };
    Diagnostic::new(&RULE, origin, message).level(level).hint(Text::new(
        format!("đọc lại toàn bộ, sửa chỗ không còn đúng, rồi ghi  reviewed_on: {}", case.today),
        format!("read it through, mend what is no longer right, and write  reviewed_on: {}", case.today),
    ))
}
