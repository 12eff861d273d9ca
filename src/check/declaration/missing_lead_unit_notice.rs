//! A declaration in force that does not record the written notice to the lead unit.

use crate::check::Case;
use crate::check::wording::decision;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "missing-lead-unit-notice",
    severity: Severity::Warning,
    summary: Text::fixed("chưa ghi văn bản thông báo đến đơn vị chủ trì", "the written notice to the lead unit is not recorded"),
    basis: Some("QĐ 19/2014/QĐ-TTg, Điều 4 khoản 3"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (_, declaration) in case.declared() {
        if declaration.lead_unit_notice.is_some() || case.register.broken.contains(&declaration.origin.file) {
            continue;
        }
        let number = decision(declaration);
        let day = declaration.issued_on.unwrap_or(case.today);
        let snippet = format!("lead_unit_notice: {{ number: 12/TB-UBND, sent_on: {day}, to: Sở Khoa học và Công nghệ }}");
        found.push(
            Diagnostic::new(
                &RULE,
                Origin::file(declaration.origin.file.clone()),
                Text::new(
                    format!("bản công bố {number} chưa ghi văn bản thông báo đến đơn vị chủ trì"),
                    format!("the declaration {number} does not record the written notice to the lead unit"),
                ),
            )
            .hint(Text::new(format!("thêm dòng  {snippet}  (thay bằng số và ngày thật)"), format!("add a line  {snippet}  (with the real number and date)"))),
        );
    }
}
