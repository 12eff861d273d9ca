//! The declaration of conformity: a decision of the agency's head, self-declared and never "certified".

use super::vocabulary::*;
use super::{Date, DocumentNumber, Markdown, ProcedureCode, StandardId};
use crate::origin::Origin;

/// A declaration (*bản công bố*): QĐ 19/2014/QĐ-TTg, Điều 4 khoản 3 and Phụ lục I.
/// What the law requires but somebody left out is `None`; `incomplete-declaration` reports it.
#[derive(Debug, Clone)]
pub struct Declaration {
    pub origin: Origin,
    /// Name of its file without ending, the permanent part of its address.
    pub slug: String,
    pub number: Option<DocumentNumber>,
    pub issued_on: Option<Date>,
    pub place: Option<String>,
    pub standard: Option<StandardId>,
    pub kind: DeclarationKind,
    pub reason: Option<RedeclarationReason>,
    pub scope: Option<Markdown>,
    /// The scope in English, where the agency gave it. The Vietnamese text is the decision's.
    pub scope_en: Option<Markdown>,
    /// The procedures it covers, in the order of the decision's annex: a frozen list.
    pub annex: Vec<ProcedureCode>,
    pub exclusions: Vec<Exclusion>,
    pub legal_bases: Vec<DocumentNumber>,
    pub proposed_by: Option<String>,
    pub signer: Option<Signer>,
    pub recipients: Vec<String>,
    pub supersedes: Option<DocumentNumber>,
    pub effective_on: Option<Date>,
    pub ended_on: Option<Date>,
    pub validity_confirmation: Option<ValidityConfirmation>,
    pub lead_unit_notice: Option<LeadUnitNotice>,
    pub premises_posting: Option<PremisesPosting>,
    pub signed_file: Option<SignedFile>,
    pub consultant: Option<Consultant>,
    pub note: Option<String>,
}

impl Declaration {
    /// Whether it was issued by `date` and not ended by then. A later decision may still replace it.
    pub fn is_in_force(&self, date: Date) -> bool {
        self.issued_on.is_none_or(|on| on <= date) && self.ended_on.is_none_or(|on| on > date)
    }
}

/// A clause of the standard that does not apply (ISO 9001, 4.3).
#[derive(Debug, Clone)]
pub struct Exclusion {
    pub clause: String,
    pub reason: Option<String>,
}

/// Who signed, and by what authority (NĐ 30/2020/NĐ-CP, Phụ lục I).
#[derive(Debug, Clone)]
pub struct Signer {
    pub authority: Option<SigningAuthority>,
    pub position: Option<String>,
    pub name: Option<String>,
}

/// The head's confirmation of validity: QĐ 19/2014/QĐ-TTg, Điều 4 khoản 2 điểm d.
#[derive(Debug, Clone)]
pub struct ValidityConfirmation {
    pub number: Option<DocumentNumber>,
    pub confirmed_on: Option<Date>,
}

/// The written notice to the lead unit: QĐ 19/2014/QĐ-TTg, Điều 4 khoản 3.
#[derive(Debug, Clone)]
pub struct LeadUnitNotice {
    pub number: Option<DocumentNumber>,
    pub sent_on: Option<Date>,
    pub to: Option<String>,
}

/// The posting at the office: QĐ 19/2014/QĐ-TTg, Điều 4 khoản 3.
#[derive(Debug, Clone)]
pub struct PremisesPosting {
    pub posted_on: Option<Date>,
    pub place: Option<String>,
}

/// The signed decision, a PDF in the agency's `files/`.
#[derive(Debug, Clone)]
pub struct SignedFile {
    pub path: String,
    /// Expected SHA-256, small hexadecimal letters.
    pub sha256: Option<String>,
}

/// A consultant: QĐ 19/2014/QĐ-TTg, Điều 7.
#[derive(Debug, Clone)]
pub struct Consultant {
    pub name: String,
    pub certificate: Option<String>,
}
