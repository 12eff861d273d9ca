//! The annex of a declaration against what its agencies are competent for now: QĐ 19/2014/QĐ-TTg, Điều 4 khoản 4 điểm c.

use std::collections::BTreeSet;

use super::{Declaration, LivingSystem, ProcedureCode, Register};

/// What a redeclaration would change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnnexChange {
    pub added: Vec<ProcedureCode>,
    pub removed: Vec<ProcedureCode>,
}

impl Register {
    /// How the annex differs; `None` where it does not, or where a wrong code or an unread file may be all there is to it.
    pub fn annex_change(&self, living: &LivingSystem<'_>, declaration: &Declaration) -> Option<AnnexChange> {
        let competence = self.competence(living.system)?;
        // An annex that is missing whole is told by `incomplete-declaration`.
        if declaration.annex.is_empty() || self.is_annex_uncertain(living, declaration) {
            return None;
        }
        let annex: BTreeSet<ProcedureCode> = declaration.annex.iter().cloned().collect();
        let slips = self.slips(&declaration.annex, &competence);
        let added: Vec<ProcedureCode> = competence.difference(&annex).filter(|code| !slips.contains(code)).cloned().collect();
        // Codes outside of the catalogue are told by `unknown-administrative-procedure`.
        let removed: Vec<ProcedureCode> = annex.difference(&competence).filter(|code| self.administrative_procedures.contains_key(code)).cloned().collect();
        (!added.is_empty() || !removed.is_empty()).then_some(AnnexChange { added, removed })
    }

    fn is_annex_uncertain(&self, living: &LivingSystem<'_>, declaration: &Declaration) -> bool {
        self.is_unread(living)
            || self.has_broken("content/administrative-procedures/")
            || self.has_told(&declaration.origin.field("annex"))
            || living.members.iter().any(|member| self.has_told(&member.origin.field("administrative_procedures")))
    }

    /// Codes of `wanted` that somebody meant when he wrote a code outside of the catalogue into `written`.
    pub fn slips(&self, written: &[ProcedureCode], wanted: &BTreeSet<ProcedureCode>) -> BTreeSet<ProcedureCode> {
        let unknown = written.iter().filter(|code| !self.administrative_procedures.contains_key(code));
        unknown.filter_map(|code| meant(code, wanted, written)).cloned().collect()
    }
}

/// The code of `wanted` that differs from a code by one digit or by two neighbours that changed places,
/// and that `written` does not have.
pub fn meant<'a>(code: &ProcedureCode, wanted: &'a BTreeSet<ProcedureCode>, written: &[ProcedureCode]) -> Option<&'a ProcedureCode> {
    wanted.iter().find(|other| is_slip(code.key(), other.key()) && !written.contains(other))
}

fn is_slip(left: &str, right: &str) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let differences: Vec<usize> = (0..left.len()).filter(|&at| left.as_bytes()[at] != right.as_bytes()[at]).take(3).collect();
    match differences[..] {
        [_] => true,
        [first, second] => second == first + 1 && left.as_bytes()[first] == right.as_bytes()[second] && left.as_bytes()[second] == right.as_bytes()[first],
        _ => false,
    }
}
