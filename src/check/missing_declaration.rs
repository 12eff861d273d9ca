//! An active agency whose quality system has no declaration in force.

use super::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "missing-declaration",
    severity: Severity::Warning,
    summary: Text::fixed("cơ quan đang hoạt động chưa có bản công bố", "an active agency has no declaration"),
    basis: Some("QĐ 19/2014/QĐ-TTg, Điều 4 khoản 3"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for agency in case.register.agencies.values().filter(|agency| agency.is_active()) {
        let is_unread = case.register.unread.contains(&agency.id);
        let has_declaration = case.register.quality_system(agency).is_some_and(|system| system.current_declaration(case.today).is_some());
        if has_declaration || is_unread {
            continue;
        }
        let message = Text::new(format!("{} chưa có bản công bố còn hiệu lực", agency.name), format!("{} has no declaration in force", agency.name));
        let folder = agency.origin.file.trim_end_matches("agency.yaml").to_owned();
        found.push(Diagnostic::new(&RULE, Origin::file(agency.origin.file.clone()), message).hint(Text::new(
            format!("khi đã ký quyết định công bố, thêm tệp {folder}declarations/<ngày>.yaml"),
            format!("once the decision is signed, add {folder}declarations/<date>.yaml"),
        )));
    }
}
