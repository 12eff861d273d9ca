//! `work-processes/*.md` and `documents.yaml`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{RawCode, RawDate, Short};
use crate::domain::vocabulary::*;

/// Front matter of `work-processes/<slug>.md`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawWorkProcess {
    pub code: String,
    pub title: String,
    pub edition: u32,
    pub revision: u32,
    pub issued_on: RawDate,
    pub effective_on: Option<RawDate>,
    pub drafted_by: Option<String>,
    pub reviewed_by: Option<String>,
    pub approved_by: String,
    #[serde(default)]
    pub kind: WorkProcessKind,
    #[serde(default)]
    pub covers: Vec<RawCode>,
    pub purpose: Option<String>,
    pub scope: Option<String>,
    #[serde(default)]
    pub definitions: Vec<RawDefinition>,
    #[serde(default)]
    pub legal_bases: Vec<String>,
    #[serde(default)]
    pub references: Vec<String>,
    #[serde(default)]
    pub steps: Vec<RawStep>,
    #[serde(default)]
    pub records: Vec<RawRetainedRecord>,
    #[serde(default)]
    pub revisions: Vec<RawRevision>,
    #[serde(default)]
    pub legal_reviews: Vec<RawLegalReview>,
    pub unit: Option<String>,
    #[serde(default)]
    pub status: DocumentStatus,
    pub visibility: Option<Visibility>,
}

/// A word and its meaning.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawDefinition {
    pub term: String,
    pub meaning: String,
}

/// A step: what, who, how long, how.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawStep {
    pub action: String,
    pub responsible: Option<String>,
    pub duration: Option<RawDuration>,
    pub method: Option<String>,
    #[serde(default)]
    pub forms: Vec<String>,
    pub output: Option<String>,
}

/// How long a step takes.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawDuration {
    #[serde(deserialize_with = "super::number::not_negative")]
    #[schemars(range(min = 0))]
    pub value: f64,
    pub unit: TimeUnit,
}

/// A record that is kept.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawRetainedRecord {
    pub name: String,
    pub kept_by: Option<String>,
    pub kept_for: Option<String>,
}

/// One row of the revision table.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawRevision {
    pub edition: u32,
    pub revision: u32,
    pub on: RawDate,
    pub what: String,
}

/// "We looked at this legal document and it changes nothing here (or what it changes is done)."
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawLegalReview {
    pub document: String,
    pub reviewed_on: RawDate,
    pub conclusion: Option<String>,
}

/// `documents.yaml`
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawDocuments {
    #[serde(default)]
    pub internal: Vec<RawDocument>,
    #[serde(default)]
    pub external: Vec<Short<RawExternalDocument>>,
}

/// An internal document under control.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawDocument {
    pub code: String,
    pub title: String,
    #[serde(default)]
    pub kind: DocumentKind,
    pub edition: Option<u32>,
    pub revision: Option<u32>,
    pub issued_on: RawDate,
    #[serde(default)]
    pub status: DocumentStatus,
    pub approved_by: Option<String>,
    pub file: Option<String>,
    pub framework_item: Option<String>,
    #[serde(default)]
    pub references: Vec<String>,
    #[serde(default)]
    pub visibility: Visibility,
}

/// A legal document on the external list.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawExternalDocument {
    pub number: String,
    pub title: Option<String>,
    pub updated_on: Option<RawDate>,
}

impl From<String> for RawExternalDocument {
    fn from(number: String) -> Self {
        Self { number, ..Self::default() }
    }
}
