//! Administrative procedures: whole in the catalogue, and each covered by a work process with clear steps.

mod abolished_administrative_procedure;
mod differs_from_national;
mod dossier_without_copies;
mod incomplete_administrative_procedure;
mod incomplete_document_set;
mod incomplete_step;
mod step_time_exceeds_limit;
mod unclear_fee;
mod uncovered_administrative_procedure;
mod unknown_administrative_procedure;

use std::collections::BTreeSet;

use super::{Case, Check, LivingSystem};
use crate::domain::ProcedureCode;
use crate::origin::Origin;

pub(super) const CHECKS: &[Check] = &[
    (&uncovered_administrative_procedure::RULE, uncovered_administrative_procedure::check),
    (&unknown_administrative_procedure::RULE, unknown_administrative_procedure::check),
    (&abolished_administrative_procedure::RULE, abolished_administrative_procedure::check),
    (&incomplete_administrative_procedure::RULE, incomplete_administrative_procedure::check),
    (&unclear_fee::RULE, unclear_fee::check),
    (&dossier_without_copies::RULE, dossier_without_copies::check),
    (&incomplete_step::RULE, incomplete_step::check),
    (&step_time_exceeds_limit::RULE, step_time_exceeds_limit::check),
    (&incomplete_document_set::RULE, incomplete_document_set::check),
    (&differs_from_national::RULE, differs_from_national::check),
];

/// The folder of the catalogue; while a file of it can't be read, nothing is known to be missing from it.
const CATALOGUE: &str = "content/administrative-procedures/";

/// A list of codes that somebody wrote: the annex in force, what a work process covers.
struct CodeList<'a> {
    codes: &'a [ProcedureCode],
    origin: Origin,
    is_annex: bool,
}

/// The annex in force and what every active work process covers, system by system.
fn code_lists<'a>(case: &Case<'a>) -> Vec<(LivingSystem<'a>, Vec<CodeList<'a>>)> {
    let lists_of = |living: LivingSystem<'a>| {
        let mut lists = Vec::new();
        if let Some(declaration) = living.system.current_declaration(case.today) {
            lists.push(CodeList { codes: &declaration.annex, origin: declaration.origin.field("annex"), is_annex: true });
        }
        for process in case.records_of(&living).flat_map(|(_, records)| &records.work_processes).filter(|process| is_active(process)) {
            lists.push(CodeList { codes: &process.covers, origin: process.origin.field("covers"), is_annex: false });
        }
        (living, lists)
    };
    case.systems().map(lists_of).collect()
}

fn is_active(process: &crate::domain::WorkProcess) -> bool {
    process.status == crate::domain::vocabulary::DocumentStatus::Active
}

/// Codes of `wanted` that somebody meant when he wrote a code outside of the catalogue into `written`.
pub(super) fn slips(case: &Case<'_>, written: &[ProcedureCode], wanted: &BTreeSet<ProcedureCode>) -> BTreeSet<ProcedureCode> {
    case.register.slips(written, wanted)
}
