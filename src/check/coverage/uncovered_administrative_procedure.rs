//! Procedures that an agency is competent for and that no active work process covers.

use std::collections::BTreeSet;

use super::{CATALOGUE, CodeList, code_lists, slips};
use crate::check::paths::agency_folder;
use crate::check::wording::{named, several};
use crate::check::{Case, LivingSystem};
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::ProcedureCode;

pub static RULE: Rule = Rule {
    id: "uncovered-administrative-procedure",
    severity: Severity::Error,
    summary: Text::fixed("thủ tục thuộc thẩm quyền chưa có quy trình nào áp dụng", "a procedure within the agency's competence that no work process covers"),
    basis: Some("TT 26/2014/TT-BKHCN, Điều 36 khoản 1 điểm a"),
};

/// How many procedures a message names before it only counts.
const SHOWN: usize = 10;

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    if case.register.has_broken(CATALOGUE) {
        return;
    }
    for (living, lists) in code_lists(case) {
        let is_started = lists.iter().any(|list| !list.is_annex) || living.system.current_declaration(case.today).is_some();
        let Some(competence) = case.register.competence(living.system) else { continue };
        if !is_started || is_uncertain(case, &living, &lists) {
            continue;
        }
        let covers = lists.iter().filter(|list| !list.is_annex);
        let covered: BTreeSet<&ProcedureCode> = covers.clone().flat_map(|list| list.codes).collect();
        let meant: BTreeSet<ProcedureCode> = covers.flat_map(|list| slips(case, list.codes, &competence)).collect();
        let uncovered: Vec<&ProcedureCode> = competence.iter().filter(|code| !covered.contains(code) && !meant.contains(code)).collect();
        if !uncovered.is_empty() {
            found.push(reported(case, &living, &uncovered, competence.len()));
        }
    }
}

fn is_uncertain(case: &Case<'_>, living: &LivingSystem<'_>, lists: &[CodeList<'_>]) -> bool {
    case.is_unread(living) || lists.iter().any(|list| !list.is_annex && case.register.has_told(&list.origin))
}

fn reported(case: &Case<'_>, living: &LivingSystem<'_>, uncovered: &[&ProcedureCode], all: usize) -> Diagnostic {
    let agency = living.agency;
    let names = several(&uncovered.iter().map(|code| named(case.register, code)).collect::<Vec<_>>(), SHOWN);
    let message = Text::new(
        format!("{}: {} trong {all} thủ tục thuộc thẩm quyền chưa có quy trình đang áp dụng: {}", agency.name, uncovered.len(), names.vi),
        format!("{}: {} of {all} procedures have no active work process: {}", agency.name, uncovered.len(), names.en),
    );
    let folder = agency_folder(&agency.origin.file);
    let code = uncovered[0].key();
    Diagnostic::new(&RULE, agency.origin.field("administrative_procedures"), message).hint(Text::new(
        format!("thêm mã vào mục covers của quy trình phù hợp trong {folder}work-processes/, ví dụ  covers: [\"{code}\"] ; một quy trình có thể áp dụng cho nhiều thủ tục tương đồng"),
        format!("add the codes to `covers` of a work process in {folder}work-processes/, such as  covers: [\"{code}\"] ; one may cover many similar procedures"),
    ))
}
