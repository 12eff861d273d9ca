//! What a declaration must say and be: QĐ 19/2014/QĐ-TTg, Điều 4.

mod declaration_date_order;
mod incomplete_declaration;
mod missing_declaration;
mod missing_lead_unit_notice;
mod missing_premises_posting;
mod missing_validity_confirmation;
mod redeclaration_needed;
mod several_active_declarations;
mod signed_file_mismatch;
mod unjustified_exclusion;
mod unlicensed_consultant;
mod withdrawn_standard;

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    (&missing_declaration::RULE, missing_declaration::check),
    (&incomplete_declaration::RULE, incomplete_declaration::check),
    (&redeclaration_needed::RULE, redeclaration_needed::check),
    (&declaration_date_order::RULE, declaration_date_order::check),
    (&missing_validity_confirmation::RULE, missing_validity_confirmation::check),
    (&missing_lead_unit_notice::RULE, missing_lead_unit_notice::check),
    (&missing_premises_posting::RULE, missing_premises_posting::check),
    (&withdrawn_standard::RULE, withdrawn_standard::check),
    (&unjustified_exclusion::RULE, unjustified_exclusion::check),
    (&several_active_declarations::RULE, several_active_declarations::check),
    (&signed_file_mismatch::RULE, signed_file_mismatch::check),
    (&unlicensed_consultant::RULE, unlicensed_consultant::check),
];
