//! The catalogue of administrative procedures.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{ListOr, RawCode, RawDate, Short};
use crate::domain::vocabulary::*;

/// One procedure of `administrative-procedures/**.yaml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawAdministrativeProcedure {
    pub code: RawCode,
    pub name: String,
    pub name_en: Option<String>,
    pub field: Option<String>,
    pub field_en: Option<String>,
    #[serde(default)]
    pub levels: Vec<ExecutionLevel>,
    #[serde(default)]
    pub applicants: Vec<String>,
    pub announcement: Option<RawAnnouncement>,
    pub regulation: Option<String>,
    pub description: Option<String>,
    #[serde(default)]
    pub channels: Vec<RawChannel>,
    #[serde(default)]
    pub dossiers: Vec<RawDossier>,
    pub sets: Option<u32>,
    pub steps: Option<ListOr<String, RawProcedureStep>>,
    pub competent_agency: Option<String>,
    pub executing_agency: Option<String>,
    pub authorised_agency: Option<String>,
    pub coordinating_agencies: Option<String>,
    pub receiving_place: Option<String>,
    #[serde(default)]
    pub results: Vec<String>,
    pub conditions: Option<String>,
    #[serde(default)]
    pub legal_bases: Vec<Short<RawLegalBasis>>,
    #[serde(default)]
    pub forms: Vec<Short<RawForm>>,
    pub online_level: Option<OnlineLevel>,
    #[serde(default)]
    pub status: AdministrativeProcedureStatus,
    #[serde(default)]
    pub keywords: Vec<String>,
    pub source: Option<RawNationalSource>,
    #[serde(default)]
    pub import_notes: Vec<String>,
}

/// The decision that announced the procedure.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawAnnouncement {
    pub number: String,
    pub issued_on: Option<RawDate>,
}

/// A way to hand in a dossier, with its own time limit and fees.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawChannel {
    pub method: SubmissionMethod,
    pub time_limit: Option<RawTimeLimit>,
    #[serde(default)]
    pub fees: Vec<RawFee>,
    pub note: Option<String>,
}

/// A time limit: number and unit, or a text where no number holds for every case.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawTimeLimit {
    pub value: Option<u32>,
    pub unit: Option<TimeUnit>,
    pub text: Option<String>,
}

/// A fee of one channel. Zero alone is not free: `free: true` says so.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawFee {
    pub kind: Option<FeeKind>,
    pub amount: Option<u64>,
    pub currency: Option<String>,
    #[serde(default)]
    pub free: bool,
    pub text: Option<String>,
    pub legal_basis: Option<String>,
}

/// The papers of one case.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawDossier {
    pub case: Option<String>,
    #[serde(default)]
    pub components: Vec<RawComponent>,
    pub note: Option<String>,
}

/// One paper of a dossier.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawComponent {
    pub name: String,
    pub originals: Option<u32>,
    pub copies: Option<u32>,
    #[serde(default)]
    pub present_only: bool,
    pub form: Option<String>,
    pub note: Option<String>,
}

/// A step of the national procedure, where it is given as a list.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawProcedureStep {
    pub action: String,
    pub responsible: Option<String>,
    pub text: Option<String>,
}

/// A legal document that the procedure rests on.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawLegalBasis {
    pub number: Option<String>,
    pub title: Option<String>,
}

impl From<String> for RawLegalBasis {
    fn from(number: String) -> Self {
        Self { number: Some(number), title: None }
    }
}

/// A form: its name, and the file where the agency offers one.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawForm {
    pub name: String,
    pub file: Option<String>,
}

impl From<String> for RawForm {
    fn from(name: String) -> Self {
        Self { name, file: None }
    }
}

/// The national record and the day it was compared with this one.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawNationalSource {
    pub url: Option<String>,
    pub name: Option<String>,
    pub checked_on: Option<RawDate>,
    #[serde(default)]
    pub lacks: Vec<AdministrativeProcedurePart>,
}
