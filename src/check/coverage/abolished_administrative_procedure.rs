//! A work process that covers an abolished procedure, or an annex that names one.

use super::{CodeList, code_lists};
use crate::check::Case;
use crate::check::wording::named;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::AdministrativeProcedure;

pub static RULE: Rule = Rule {
    id: "abolished-administrative-procedure",
    severity: Severity::Error,
    summary: Text::fixed("quy trình hoặc phụ lục còn nêu thủ tục đã bãi bỏ", "a work process or an annex that names an abolished procedure"),
    basis: Some("TT 26/2014/TT-BKHCN, Điều 36 khoản 1 điểm a"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (living, lists) in code_lists(case) {
        // With a known competence, an abolished procedure in the annex is told by `redeclaration-needed`.
        let is_annex_told = case.register.competence(living.system).is_some();
        for list in lists.iter().filter(|list| !(list.is_annex && is_annex_told)) {
            in_list(case, list, found);
        }
    }
}

fn in_list(case: &Case<'_>, list: &CodeList<'_>, found: &mut Vec<Diagnostic>) {
    for (index, code) in list.codes.iter().enumerate() {
        let Some(procedure) = case.register.administrative_procedures.get(code).filter(|procedure| !procedure.is_active()) else { continue };
        let name = named(case.register, code);
        let message = Text::new(format!("thủ tục {name} đã bị bãi bỏ"), format!("the procedure {name} was abolished"));
        let diagnostic = Diagnostic::new(&RULE, case.code_place(&list.origin, index), message).related(procedure.origin.field("status"), state(procedure));
        found.push(diagnostic.hint(if list.is_annex {
            Text::fixed(
                "ký quyết định công bố lại không còn thủ tục này; không sửa phụ lục của quyết định cũ",
                "sign a redeclaration without it; leave the old annex as it was signed",
            )
        } else {
            Text::fixed(
                "xóa mã này khỏi mục covers và sửa quy trình; nếu quy trình không còn thủ tục nào, ghi  status: obsolete",
                "delete the code from `covers` and revise the work process; if nothing is left, write  status: obsolete",
            )
        }));
    }
}

fn state(procedure: &AdministrativeProcedure) -> Text {
    match &procedure.announcement {
        Some(announcement) => {
            Text::new(format!("danh mục ghi đã bãi bỏ ({})", announcement.number), format!("the catalogue says it was abolished ({})", announcement.number))
        }
        None => Text::fixed("danh mục ghi đã bãi bỏ", "the catalogue says it was abolished"),
    }
}
