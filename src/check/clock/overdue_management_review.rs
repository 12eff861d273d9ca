//! A declared system that its leaders did not review in time.

use super::Yearly;
use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::DueKind;

pub static RULE: Rule = Rule {
    id: "overdue-management-review",
    severity: Severity::Error,
    summary: Text::fixed("quá hạn xem xét của lãnh đạo (nhắc trước khi đến hạn)", "a management review is overdue, or nearly so"),
    basis: Some("QĐ 19/2014/QĐ-TTg, Điều 4 khoản 4 điểm b"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let reviews = Yearly {
        rule: &RULE,
        kind: DueKind::ManagementReview,
        list: "management_reviews",
        name: ("xem xét của lãnh đạo", "management review"),
        example: "conclusion: …",
    };
    reviews.check(case, found);
}
