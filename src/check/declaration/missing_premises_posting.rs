//! A declaration in force that does not record the posting at the office.

use crate::check::Case;
use crate::check::wording::decision;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "missing-premises-posting",
    severity: Severity::Warning,
    summary: Text::fixed("chưa ghi việc niêm yết tại trụ sở", "the posting at the office is not recorded"),
    basis: Some("QĐ 19/2014/QĐ-TTg, Điều 4 khoản 3"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (_, declaration) in case.declared() {
        if declaration.premises_posting.is_some() || case.register.broken.contains(&declaration.origin.file) {
            continue;
        }
        let number = decision(declaration);
        let day = declaration.issued_on.unwrap_or(case.today);
        let snippet = format!("premises_posting: {{ posted_on: {day}, place: Bảng tin tại trụ sở }}");
        found.push(
            Diagnostic::new(
                &RULE,
                Origin::file(declaration.origin.file.clone()),
                Text::new(
                    format!("bản công bố {number} chưa ghi việc niêm yết tại trụ sở"),
                    format!("the declaration {number} does not record the posting at the office"),
                ),
            )
            .hint(Text::new(format!("thêm dòng  {snippet}  (thay bằng số và ngày thật)"), format!("add a line  {snippet}  (with the real number and date)"))),
        );
    }
}
