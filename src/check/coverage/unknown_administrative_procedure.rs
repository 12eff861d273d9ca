//! A work process, an annex or a local service that names a code outside of the catalogue.

use std::collections::BTreeSet;

use super::{CATALOGUE, CodeList, code_lists};
use crate::check::Case;
use crate::check::wording::several;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::ProcedureCode;
use crate::domain::meant;
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "unknown-administrative-procedure",
    severity: Severity::Error,
    summary: Text::fixed("nhắc đến thủ tục không có trong danh mục", "a code that the catalogue of administrative procedures does not have"),
    basis: Some("TT 26/2014/TT-BKHCN, Điều 36 khoản 1 điểm a"),
};

/// Above this many unknown codes in one list, one message speaks for all.
const SINGLY: usize = 5;

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    if case.register.has_broken(CATALOGUE) {
        return;
    }
    for (living, lists) in code_lists(case) {
        let competence = case.register.competence(living.system).unwrap_or_default();
        for list in &lists {
            in_list(case, list, &competence, found);
        }
        for service in living.members.iter().flat_map(|member| &member.local_services) {
            if is_unknown(case, &service.code) {
                found.push(reported(&service.code, service.origin.field("code"), meant(&service.code, &competence, &[])));
            }
        }
    }
}

fn is_unknown(case: &Case<'_>, code: &ProcedureCode) -> bool {
    // What an agency calls its own was told there.
    !case.register.administrative_procedures.contains_key(code) && !case.register.missing_procedures.contains(code)
}

fn in_list(case: &Case<'_>, list: &CodeList<'_>, competence: &BTreeSet<ProcedureCode>, found: &mut Vec<Diagnostic>) {
    let unknown: Vec<usize> = (0..list.codes.len()).filter(|&index| is_unknown(case, &list.codes[index])).collect();
    if unknown.len() > SINGLY {
        let names = several(&unknown.iter().map(|&index| list.codes[index].to_string()).collect::<Vec<_>>(), 10);
        let message = Text::new(
            format!("danh mục thủ tục hành chính không có {} mã trong danh sách này: {}", unknown.len(), names.vi),
            format!("the catalogue does not have {} codes of this list: {}", unknown.len(), names.en),
        );
        found.push(Diagnostic::new(&RULE, list.origin.clone(), message).hint(hint()));
        return;
    }
    for index in unknown {
        let code = &list.codes[index];
        found.push(reported(code, case.code_place(&list.origin, index), meant(code, competence, list.codes)));
    }
}

fn reported(code: &ProcedureCode, origin: Origin, meant: Option<&ProcedureCode>) -> Diagnostic {
    let message = Text::new(format!("danh mục thủ tục hành chính không có mã {code}"), format!("the catalogue has no procedure {code}"));
    let diagnostic = Diagnostic::new(&RULE, origin, message);
    match meant {
        Some(meant) => {
            let meant = meant.key();
            diagnostic.hint(Text::new(format!("nếu là {meant}, ghi  \"{meant}\""), format!("if it is {meant}, write  \"{meant}\"")))
        }
        None => diagnostic.hint(hint()),
    }
}

fn hint() -> Text {
    Text::fixed(
        "so mã với quyết định công bố thủ tục; nếu đúng, thêm thủ tục vào content/administrative-procedures/",
        "compare with the decision that announced the procedure; if it is right, add the procedure to content/administrative-procedures/",
    )
}
