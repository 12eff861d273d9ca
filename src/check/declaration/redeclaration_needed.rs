//! The annex of the declaration in force is not what the agency is competent for now.

use crate::check::wording::{decision, lines, named, several};
use crate::check::{Case, LivingSystem};
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{AnnexChange, Declaration, ProcedureCode};

pub static RULE: Rule = Rule {
    id: "redeclaration-needed",
    severity: Severity::Error,
    summary: Text::fixed(
        "phụ lục của bản công bố khác với các thủ tục cơ quan đang có thẩm quyền",
        "the declaration's annex differs from what the agency is competent for now",
    ),
    basis: Some("QĐ 19/2014/QĐ-TTg, Điều 4 khoản 4 điểm c"),
};

/// How many procedures a message names before it only counts.
const SHOWN: usize = 10;

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (living, declaration) in case.declared() {
        if let Some(change) = case.register.annex_change(&living, declaration) {
            found.push(needed(case, &living, declaration, &change));
        }
    }
}

fn needed(case: &Case<'_>, living: &LivingSystem<'_>, declaration: &Declaration, change: &AnnexChange) -> Diagnostic {
    let AnnexChange { added, removed } = change;
    let list = |codes: &[ProcedureCode]| several(&codes.iter().map(|code| named(case.register, code)).collect::<Vec<_>>(), SHOWN);
    let (mut vi, mut en) = (Vec::new(), Vec::new());
    if !added.is_empty() {
        let names = list(added);
        vi.push(format!("chưa có {} thủ tục: {}", added.len(), names.vi));
        en.push(format!("{} are not in it: {}", added.len(), names.en));
    }
    if !removed.is_empty() {
        let names = list(removed);
        vi.push(format!("còn {} thủ tục không thực hiện nữa: {}", removed.len(), names.vi));
        en.push(format!("{} are no longer carried out: {}", removed.len(), names.en));
    }
    let number = decision(declaration);
    let agency = living.agency;
    let reason = match (added.is_empty(), removed.is_empty()) {
        (false, true) => "scope_extended",
        (true, false) => "scope_narrowed",
        _ => "scope_adjusted",
    };
    let message = Text::new(
        format!("phụ lục của quyết định {number} không còn đúng với thẩm quyền của {}: {}", agency.name, vi.join(". Phụ lục ")),
        format!("the annex of {number} no longer fits what {} is competent for: {}", agency.name, en.join(". ")),
    );
    let snippet = lines(&["kind: redeclaration".to_owned(), format!("reason: {reason}"), format!("supersedes: {number}")]);
    Diagnostic::new(&RULE, declaration.origin.field("annex"), message)
        .related(
            agency.origin.field("administrative_procedures"),
            Text::fixed("thẩm quyền của cơ quan khai ở đây", "what the agency is competent for is stated here"),
        )
        .hint(Text::new(
            format!(
                "ký quyết định công bố lại với phụ lục đúng rồi thêm tệp mới trong declarations/ với  {} ; không sửa phụ lục của quyết định cũ",
                snippet.vi
            ),
            format!("sign a redeclaration with the right annex and add it to declarations/ with  {} ; leave the old annex as it was signed", snippet.en),
        ))
}
