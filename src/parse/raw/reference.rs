//! Tables that follow the law, not the agency: standards, frameworks, deadlines, legal documents; and free pages.

use schemars::JsonSchema;
use serde::Deserialize;

use super::RawDate;
use crate::domain::vocabulary::*;

/// One edition of the standard, from `standards.yaml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawStandard {
    pub id: String,
    pub name: String,
    pub adopted_on: Option<RawDate>,
    pub withdrawn_on: Option<RawDate>,
    pub replaced_by: Option<String>,
    pub note: Option<String>,
    pub source: Option<String>,
    pub verified_on: Option<RawDate>,
}

/// A model framework and its documents, from `frameworks.yaml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawFramework {
    pub id: String,
    pub name: String,
    pub standard: Option<String>,
    pub items: Vec<RawFrameworkItem>,
    pub source: Option<String>,
    pub verified_on: Option<RawDate>,
}

/// A document that a framework asks for.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawFrameworkItem {
    pub id: String,
    pub title: String,
}

/// A time limit set by law, from `deadlines.yaml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawDeadline {
    pub id: String,
    pub name: Option<String>,
    pub months: u32,
    pub warn_after_months: Option<u32>,
    pub basis: String,
    pub source: Option<String>,
    pub verified_on: Option<RawDate>,
}

/// A legal document of the register, from `law/*.yaml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawLegalDocument {
    pub number: String,
    pub title: String,
    pub issuer: Option<String>,
    pub issued_on: Option<RawDate>,
    pub effective_on: Option<RawDate>,
    pub ended_on: Option<RawDate>,
    #[serde(default)]
    pub replaced_by: Vec<String>,
    #[serde(default)]
    pub amended_by: Vec<String>,
    #[serde(default)]
    pub status: LegalStatus,
    pub note: Option<String>,
    pub source: Option<String>,
    pub verified_on: Option<RawDate>,
}

/// Front matter of `pages/*.md`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawFreePage {
    pub title: String,
    pub summary: Option<String>,
    pub order: Option<i32>,
    pub reviewed_on: Option<RawDate>,
    #[serde(default)]
    pub visibility: Visibility,
}
