//! The annex of the declaration in force is not what the agency is competent for now.

use std::collections::BTreeSet;

use crate::check::wording::{decision, lines, named, several};
use crate::check::{Case, LivingSystem};
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{Declaration, ProcedureCode};

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
        let Some(competence) = case.register.competence(living.system) else { continue };
        // An annex that is missing whole is told by `incomplete-declaration`.
        if declaration.annex.is_empty() || is_uncertain(case, &living, declaration) {
            continue;
        }
        let annex: BTreeSet<ProcedureCode> = declaration.annex.iter().cloned().collect();
        let catalogue = &case.register.administrative_procedures;
        let added: Vec<&ProcedureCode> = competence.difference(&annex).collect();
        // Codes outside of the catalogue are told by `unknown-administrative-procedure`.
        let removed: Vec<&ProcedureCode> = annex.difference(&competence).filter(|code| catalogue.contains_key(code)).collect();
        let slips = crate::check::coverage::slips(case, &declaration.annex, &competence);
        let added: Vec<&ProcedureCode> = added.into_iter().filter(|code| !slips.contains(code)).collect();
        if !added.is_empty() || !removed.is_empty() {
            found.push(needed(case, &living, declaration, &added, &removed));
        }
    }
}

/// Whether a wrong code or an unread file may be all there is to it.
fn is_uncertain(case: &Case<'_>, living: &LivingSystem<'_>, declaration: &Declaration) -> bool {
    let told = |origin| case.register.has_told(&origin);
    case.is_unread(living)
        || case.register.has_broken("content/administrative-procedures/")
        || told(declaration.origin.field("annex"))
        || living.members.iter().any(|member| told(member.origin.field("administrative_procedures")))
}

fn needed(case: &Case<'_>, living: &LivingSystem<'_>, declaration: &Declaration, added: &[&ProcedureCode], removed: &[&ProcedureCode]) -> Diagnostic {
    let list = |codes: &[&ProcedureCode]| several(&codes.iter().map(|code| named(case.register, code)).collect::<Vec<_>>(), SHOWN);
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
