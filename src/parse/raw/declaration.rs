//! `declarations/*`, `quality-policy.md` and `objectives/*.yaml`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{RawCode, RawDate};
use crate::domain::vocabulary::*;

/// `agencies/<id>/declarations/<date>.yaml`, or `.md` with the scope as its text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawDeclaration {
    pub number: Option<String>,
    pub issued_on: Option<RawDate>,
    pub place: Option<String>,
    pub standard: Option<String>,
    #[serde(default)]
    pub kind: DeclarationKind,
    pub reason: Option<RedeclarationReason>,
    pub scope: Option<String>,
    pub scope_en: Option<String>,
    #[serde(default)]
    pub annex: Vec<RawCode>,
    #[serde(default)]
    pub exclusions: Vec<RawExclusion>,
    #[serde(default)]
    pub legal_bases: Vec<String>,
    pub proposed_by: Option<String>,
    pub signer: Option<RawSigner>,
    #[serde(default)]
    pub recipients: Vec<String>,
    pub supersedes: Option<String>,
    pub effective_on: Option<RawDate>,
    pub ended_on: Option<RawDate>,
    pub validity_confirmation: Option<RawValidityConfirmation>,
    pub lead_unit_notice: Option<RawLeadUnitNotice>,
    pub premises_posting: Option<RawPremisesPosting>,
    pub signed_file: Option<RawSignedFile>,
    pub consultant: Option<RawConsultant>,
    pub note: Option<String>,
}

/// A clause of the standard that does not apply, and why (ISO 9001, 4.3).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawExclusion {
    pub clause: String,
    pub reason: Option<String>,
}

/// Who signed, and by what authority.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawSigner {
    pub authority: Option<SigningAuthority>,
    pub position: Option<String>,
    pub name: Option<String>,
}

/// The head's confirmation that the QMS is valid: QĐ 19/2014/QĐ-TTg, Điều 4 khoản 2 điểm d.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawValidityConfirmation {
    pub number: Option<String>,
    pub confirmed_on: RawDate,
}

/// The written notice to the lead unit: QĐ 19/2014/QĐ-TTg, Điều 4 khoản 3.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawLeadUnitNotice {
    pub number: Option<String>,
    pub sent_on: RawDate,
    pub to: Option<String>,
}

/// The posting at the office: QĐ 19/2014/QĐ-TTg, Điều 4 khoản 3.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPremisesPosting {
    pub posted_on: RawDate,
    pub place: Option<String>,
}

/// The signed decision as a file below the agency's `files/`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawSignedFile {
    pub path: String,
    pub sha256: Option<String>,
}

/// A consultant who helped: QĐ 19/2014/QĐ-TTg, Điều 7.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawConsultant {
    pub name: String,
    pub certificate: Option<String>,
}

/// Front matter of `quality-policy.md`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawQualityPolicy {
    pub approved_on: RawDate,
    pub signer: RawSigner,
    pub edition: Option<u32>,
    pub reviewed_on: Option<RawDate>,
}

/// `objectives/<year>.yaml`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawObjectives {
    pub approved_on: Option<RawDate>,
    pub objectives: Vec<RawObjective>,
}

/// A quality objective (ISO 9001, 6.2).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawObjective {
    pub id: String,
    pub statement: String,
    pub metric: Option<String>,
    pub target: Option<RawTarget>,
    pub unit: Option<String>,
    pub contributes_to: Option<String>,
    #[serde(default)]
    pub plan: Vec<RawPlanItem>,
    #[serde(default)]
    pub results: Vec<RawObjectiveResult>,
}

/// What must be reached.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawTarget {
    pub op: Comparison,
    pub value: f64,
    pub unit: Option<String>,
}

/// One action of the plan.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPlanItem {
    pub action: String,
    pub responsible: Option<String>,
    pub resources: Option<String>,
    pub due: Option<RawDate>,
}

/// What was reached in a period.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawObjectiveResult {
    pub period: String,
    pub value: f64,
    pub source: Option<String>,
}
