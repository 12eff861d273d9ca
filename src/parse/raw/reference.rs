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
    pub working_days: Option<u32>,
    pub warn_after_months: Option<u32>,
    #[schemars(range(min = 1))]
    pub one_in: Option<u32>,
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

/// An administration that was ended, from `administrations.yaml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawAdministration {
    pub names: Vec<String>,
    pub ended_on: RawDate,
    pub replaced_by: Option<String>,
    pub note: Option<String>,
    pub source: Option<String>,
    pub verified_on: Option<RawDate>,
}

/// The public holidays of a year, from `holidays.yaml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawHolidays {
    pub year: i16,
    pub days_off: Vec<RawDayOff>,
    #[serde(default)]
    pub working_days: Vec<RawDate>,
    pub note: Option<String>,
    pub source: Option<String>,
    pub verified_on: Option<RawDate>,
}

/// A day on which offices are closed.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawDayOff {
    pub on: RawDate,
    pub name: Option<String>,
}

/// An address that moved, from `redirects.yaml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawRedirect {
    pub from: String,
    pub to: String,
    pub note: Option<String>,
}

/// A document as it was approved, from `congbo.lock`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawApproval {
    pub document: String,
    pub code: Option<String>,
    pub edition: Option<u32>,
    pub revision: Option<u32>,
    pub approved_by: Option<String>,
    pub recorded_on: RawDate,
    pub sha256: String,
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
