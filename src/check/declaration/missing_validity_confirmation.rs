//! A declaration in force that does not record the head's confirmation of validity.

use crate::check::Case;
use crate::check::wording::decision;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "missing-validity-confirmation",
    severity: Severity::Warning,
    summary: Text::fixed("chưa ghi việc người đứng đầu xác nhận hiệu lực của hệ thống", "the head's confirmation of validity is not recorded"),
    basis: Some("QĐ 19/2014/QĐ-TTg, Điều 4 khoản 2 điểm d; TT 26/2014/TT-BKHCN, Điều 36 khoản 2 điểm b"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (_, declaration) in case.declared() {
        if declaration.validity_confirmation.is_some() || case.register.broken.contains(&declaration.origin.file) {
            continue;
        }
        let number = decision(declaration);
        let day = declaration.issued_on.unwrap_or(case.today);
        let snippet = format!("validity_confirmation: {{ number: 06/XN-UBND, confirmed_on: {day} }}");
        found.push(
            Diagnostic::new(
                &RULE,
                Origin::file(declaration.origin.file.clone()),
                Text::new(
                    format!("bản công bố {number} chưa ghi văn bản người đứng đầu xác nhận hiệu lực của hệ thống"),
                    format!("the declaration {number} does not record the head's confirmation of validity"),
                ),
            )
            .hint(Text::new(format!("thêm dòng  {snippet}  (thay bằng số và ngày thật)"), format!("add a line  {snippet}  (with the real number and date)"))),
        );
    }
}
