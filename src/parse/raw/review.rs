//! `reviews.yaml` and `results/<year>.yaml`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::RawDate;

/// `reviews.yaml`
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawReviews {
    #[serde(default)]
    pub internal_audits: Vec<RawInternalAudit>,
    #[serde(default)]
    pub management_reviews: Vec<RawManagementReview>,
    #[serde(default)]
    pub nonconformities: Vec<RawNonconformity>,
    #[serde(default)]
    pub complaints: Vec<RawComplaints>,
    #[serde(default)]
    pub training: Vec<RawTraining>,
}

/// An internal audit (ISO 9001, 9.2; QĐ 19/2014/QĐ-TTg, Điều 4 khoản 4 điểm b).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawInternalAudit {
    pub held_on: RawDate,
    pub scope: Option<String>,
    pub findings: Option<String>,
    pub file: Option<String>,
}

/// A management review (ISO 9001, 9.3; QĐ 19/2014/QĐ-TTg, Điều 4 khoản 4 điểm b).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawManagementReview {
    pub held_on: RawDate,
    pub conclusion: Option<String>,
    pub file: Option<String>,
}

/// A nonconformity and its corrective action (ISO 9001, 10.2).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawNonconformity {
    pub found_on: RawDate,
    pub source: Option<String>,
    pub description: String,
    pub cause: Option<String>,
    pub corrective_action: Option<String>,
    pub due: Option<RawDate>,
    pub closed_on: Option<RawDate>,
}

/// Complaints of a year.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawComplaints {
    pub year: i16,
    pub received: u32,
    pub resolved: u32,
}

/// A training course.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawTraining {
    pub held_on: RawDate,
    pub topic: String,
    pub participants: Option<u32>,
}

/// `results/<year>.yaml`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawResults {
    pub source: Option<String>,
    pub results: Vec<RawResult>,
    pub stated_totals: Option<RawStatedResults>,
}

/// Dossiers of one period and field.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawResult {
    pub period: String,
    pub field: Option<String>,
    pub received: u32,
    pub early: Option<u32>,
    pub on_time: u32,
    pub late: u32,
    pub pending: Option<u32>,
    #[serde(default)]
    pub causes: Vec<String>,
    #[serde(default)]
    pub actions: Vec<String>,
}

/// Totals as somebody stated them: compared with the counted ones, never trusted.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawStatedResults {
    pub received: Option<u32>,
    pub early: Option<u32>,
    pub on_time: Option<u32>,
    pub late: Option<u32>,
    pub pending: Option<u32>,
    #[serde(default, deserialize_with = "super::number::none_negative")]
    #[schemars(range(min = 0))]
    pub late_percent: Option<f64>,
}
