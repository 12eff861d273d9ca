//! A declared system that was not audited internally in time.

use super::Yearly;
use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::DueKind;

pub static RULE: Rule = Rule {
    id: "overdue-internal-audit",
    severity: Severity::Error,
    summary: Text::fixed("quá hạn đánh giá nội bộ (nhắc trước khi đến hạn)", "an internal audit is overdue, or nearly so"),
    basis: Some("QĐ 19/2014/QĐ-TTg, Điều 4 khoản 4 điểm b"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let audits = Yearly {
        rule: &RULE,
        kind: DueKind::InternalAudit,
        list: "internal_audits",
        name: ("đánh giá nội bộ", "internal audit"),
        example: "scope: Tất cả đơn vị, findings: …",
    };
    audits.check(case, found);
}
