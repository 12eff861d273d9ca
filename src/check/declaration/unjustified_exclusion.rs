//! A clause of the standard that is left out without saying why.

use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{Exclusion, fold};

pub static RULE: Rule = Rule {
    id: "unjustified-exclusion",
    severity: Severity::Warning,
    summary: Text::fixed("điều khoản không áp dụng mà không nêu lý do; ngoài 8.3 là lỗi", "a clause excluded without a reason; an error outside the usual 8.3"),
    basis: Some("TCVN ISO 9001:2015, 4.3"),
};

/// Words that repeat the exclusion instead of explaining it.
const EMPTY_REASONS: &[&str] = &["", "khong ap dung", "khong", "n/a", "k/a", "-", "khong can", "khong co"];

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (_, declaration) in case.declared() {
        for (index, exclusion) in declaration.exclusions.iter().enumerate().filter(|(_, exclusion)| !is_justified(exclusion)) {
            let clause = &exclusion.clause;
            let is_usual = clause.trim() == "8.3" || clause.trim().starts_with("8.3.");
            let level = if is_usual { Severity::Warning } else { Severity::Error };
            let message = Text::new(format!("điều khoản {clause} được loại trừ nhưng chưa nêu lý do"), format!("clause {clause} is excluded without a reason"));
            let example = if is_usual {
                "\"Cơ quan thực hiện thủ tục theo quy định của pháp luật, không tự thiết kế và phát triển dịch vụ.\""
            } else {
                "\"…\""
            };
            found.push(Diagnostic::new(&RULE, declaration.origin.field("exclusions").item(index), message).level(level).hint(Text::new(
                format!("thêm lý do:  - {{ clause: \"{clause}\", reason: {example} }}"),
                format!("add the reason:  - {{ clause: \"{clause}\", reason: {example} }}"),
            )));
        }
    }
}

fn is_justified(exclusion: &Exclusion) -> bool {
    let reason = fold(exclusion.reason.as_deref().unwrap_or("").trim().trim_end_matches('.'));
    !EMPTY_REASONS.contains(&reason.as_str())
}
