//! `agency.yaml`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{ListOr, RawCode, RawDate, RawFee, RawTimeLimit};
use crate::domain::vocabulary::*;

/// `agencies/<id>/agency.yaml`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawAgency {
    pub id: String,
    pub name: String,
    pub name_en: Option<String>,
    pub short_name: Option<String>,
    pub level: AgencyLevel,
    pub parent: Option<String>,
    pub qms: Option<String>,
    pub electronic_id: Option<String>,
    pub obligation: Option<Obligation>,
    pub head: Option<RawHead>,
    pub address: Option<String>,
    pub address_en: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub website: Option<String>,
    pub reception_hours: Option<String>,
    pub reception_hours_en: Option<String>,
    pub reception_desk: Option<RawReceptionDesk>,
    #[serde(default)]
    pub units: Vec<RawUnit>,
    #[serde(default)]
    pub predecessors: Vec<RawPredecessor>,
    #[serde(default)]
    pub status: AgencyStatus,
    pub successor: Option<String>,
    pub ended_on: Option<RawDate>,
    pub administrative_procedures: Option<ListOr<RawCompetence, RawCode>>,
    #[serde(default)]
    pub local_services: Vec<RawLocalService>,
    pub document_code_pattern: Option<String>,
    pub framework: Option<String>,
    pub posting_sheets: Option<bool>,
    pub note: Option<String>,
}

/// Head of the agency.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawHead {
    pub position: String,
    pub name: Option<String>,
    pub since: Option<RawDate>,
}

/// Where dossiers are received and results handed out.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawReceptionDesk {
    pub name: String,
    pub address: Option<String>,
    pub phone: Option<String>,
}

/// A unit inside the agency.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawUnit {
    pub id: String,
    pub name: String,
    pub phone: Option<String>,
}

/// An agency that this one replaces.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPredecessor {
    pub name: String,
    pub level: Option<AgencyLevel>,
    pub until: Option<RawDate>,
    pub note: Option<String>,
    pub url: Option<String>,
    pub source: Option<String>,
    pub verified_on: Option<RawDate>,
}

/// What the agency is competent for: codes, or a selection by level and field with exceptions.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawCompetence {
    #[serde(default)]
    pub levels: Vec<ExecutionLevel>,
    #[serde(default)]
    pub fields: Vec<String>,
    #[serde(default)]
    pub codes: Vec<RawCode>,
    #[serde(default)]
    pub except: Vec<RawCode>,
}

/// What the agency adds to a national procedure: where, when and who; and its own limit or fee where the law leaves it one.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawLocalService {
    pub code: RawCode,
    pub unit: Option<String>,
    pub place: Option<String>,
    pub hours: Option<String>,
    pub phone: Option<String>,
    pub online_url: Option<String>,
    #[serde(default)]
    pub methods: Vec<SubmissionMethod>,
    #[serde(default)]
    pub own_terms: Vec<RawOwnTerms>,
    pub note: Option<String>,
    pub reviewed_on: Option<RawDate>,
}

/// A time limit or a fee that is the agency's own for one way of handing in, or for all where no way is named.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawOwnTerms {
    pub method: Option<SubmissionMethod>,
    pub time_limit: Option<RawTimeLimit>,
    #[serde(default)]
    pub fees: Vec<RawFee>,
    pub legal_basis: Option<String>,
}

/// `postings.yaml`, to which `congbo post` adds.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPostings {
    #[serde(default)]
    pub postings: Vec<RawPosting>,
}

/// A sheet that was put on the wall.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPosting {
    pub sheet: String,
    pub fingerprint: String,
    pub posted_on: RawDate,
}
