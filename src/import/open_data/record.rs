//! Open data as it is published, field by field. A field that nobody knows is an error; one that is published but says
//! nothing that a content file holds begins with `_`.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::domain::vocabulary::*;

/// A file of records.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Envelope<T> {
    #[serde(rename = "schema")]
    _schema: IgnoredAny,
    #[serde(rename = "title")]
    _title: IgnoredAny,
    #[serde(rename = "publisher")]
    _publisher: IgnoredAny,
    #[serde(rename = "license")]
    _license: IgnoredAny,
    pub records: Vec<T>,
}

/// An agency.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AgencyRecord {
    pub id: String,
    pub name: String,
    pub name_en: Option<String>,
    pub short_name: Option<String>,
    pub level: AgencyLevel,
    pub parent: Option<String>,
    pub qms: String,
    pub electronic_id: Option<String>,
    pub obligation: Obligation,
    pub status: AgencyStatus,
    pub ended_on: Option<String>,
    pub successor: Option<String>,
    pub head_position: Option<String>,
    pub head_name: Option<String>,
    pub address: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub website: Option<String>,
    pub reception_hours: Option<String>,
    pub units: Vec<Unit>,
    pub predecessors: Vec<Predecessor>,
    pub administrative_procedures: Vec<String>,
    pub local_services: Vec<LocalService>,
    #[serde(rename = "declaration_number")]
    _declaration_number: IgnoredAny,
    #[serde(rename = "declaration_issued_on")]
    _declaration_issued_on: IgnoredAny,
    #[serde(rename = "url")]
    _url: IgnoredAny,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unit {
    id: String,
    name: String,
    phone: Option<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Predecessor {
    name: String,
    level: Option<AgencyLevel>,
    until: Option<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LocalService {
    pub code: String,
    unit: Option<String>,
    place: Option<String>,
    hours: Option<String>,
    phone: Option<String>,
    online_url: Option<String>,
    note: Option<String>,
    reviewed_on: Option<String>,
}

/// A declaration.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeclarationRecord {
    pub agency: String,
    pub number: Option<String>,
    pub issued_on: Option<String>,
    pub place: Option<String>,
    pub standard: Option<String>,
    #[serde(rename = "standard_name")]
    _standard_name: IgnoredAny,
    pub kind: DeclarationKind,
    pub reason: Option<RedeclarationReason>,
    pub scope: Option<String>,
    pub annex: Vec<String>,
    pub exclusions: Vec<Exclusion>,
    pub legal_bases: Vec<String>,
    pub signer_authority: Option<SigningAuthority>,
    pub signer_position: Option<String>,
    pub signer_name: Option<String>,
    pub supersedes: Option<String>,
    pub effective_on: Option<String>,
    pub ended_on: Option<String>,
    pub confirmed_on: Option<String>,
    pub lead_unit_notice_number: Option<String>,
    pub lead_unit_notice_sent_on: Option<String>,
    pub posted_on: Option<String>,
    #[serde(rename = "url")]
    _url: IgnoredAny,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Exclusion {
    clause: String,
    reason: Option<String>,
}

/// A work process.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WorkProcessRecord {
    pub agency: String,
    pub code: String,
    pub title: String,
    pub kind: WorkProcessKind,
    pub status: DocumentStatus,
    pub edition: u32,
    pub revision: u32,
    pub issued_on: Option<String>,
    pub effective_on: Option<String>,
    pub drafted_by: Option<String>,
    pub reviewed_by: Option<String>,
    pub approved_by: String,
    pub unit: Option<String>,
    pub covers: Vec<String>,
    pub purpose: Option<String>,
    pub scope: Option<String>,
    pub legal_bases: Vec<String>,
    pub steps: Vec<Step>,
    pub records: Vec<Retained>,
    pub text: String,
    #[serde(rename = "url")]
    _url: IgnoredAny,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    action: String,
    responsible: Option<String>,
    duration: Option<StepDuration>,
    method: Option<String>,
    forms: Vec<String>,
    output: Option<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StepDuration {
    value: f64,
    unit: TimeUnit,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Retained {
    name: String,
    kept_by: Option<String>,
    kept_for: Option<String>,
}

/// Dossiers of one period and field.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ResultRecord {
    pub agency: String,
    pub year: i16,
    pub period: String,
    pub field: Option<String>,
    pub received: u32,
    pub early: Option<u32>,
    pub on_time: u32,
    pub late: u32,
    pub pending: Option<u32>,
    pub causes: Vec<String>,
    pub actions: Vec<String>,
    pub source: Option<String>,
    #[serde(rename = "url")]
    _url: IgnoredAny,
}
