//! `inspections/<year>.yaml`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{RawAnnouncement, RawDate};
use crate::domain::vocabulary::*;

/// `inspections/<year>.yaml`, written by the lead unit: TT 26/2014/TT-BKHCN, Điều 33–38.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawInspection {
    pub year: i16,
    pub decision: Option<RawAnnouncement>,
    #[serde(default)]
    pub plan: Vec<RawPlannedInspection>,
    pub agencies: Vec<RawInspectedAgency>,
    pub stated_totals: Option<RawStatedInspection>,
}

/// An agency that the plan of the year names.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPlannedInspection {
    pub agency: String,
    pub form: InspectionForm,
    pub planned_on: Option<RawDate>,
}

/// The inspection of one agency.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawInspectedAgency {
    pub agency: String,
    pub form: InspectionForm,
    pub record_on: RawDate,
    pub rating: Option<Rating>,
    #[serde(default, deserialize_with = "super::number::none_negative")]
    #[schemars(range(min = 0))]
    pub score: Option<f64>,
    #[serde(default, deserialize_with = "super::number::none_negative")]
    #[schemars(range(min = 0))]
    pub self_score: Option<f64>,
    #[serde(default)]
    pub findings: Vec<RawFinding>,
}

/// A finding at a point of TT 26/2014/TT-BKHCN, Điều 36.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawFinding {
    pub point: String,
    pub text: String,
    pub due: Option<RawDate>,
    pub closed_on: Option<RawDate>,
}

/// Totals as the report states them.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawStatedInspection {
    pub agencies: Option<u32>,
    pub on_site: Option<u32>,
    pub dossier: Option<u32>,
    #[serde(default)]
    pub ratings: Vec<RawStatedRating>,
}

/// How many agencies the report states for a rating.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawStatedRating {
    pub rating: Rating,
    pub agencies: u32,
    #[serde(default, deserialize_with = "super::number::none_negative")]
    #[schemars(range(min = 0))]
    pub percent: Option<f64>,
}
