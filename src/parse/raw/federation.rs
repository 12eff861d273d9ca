//! `federation.yaml` and what `congbo aggregate` keeps beside it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::RawDate;

/// An agency with a site of its own, from `federation.yaml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawFeed {
    pub agency: String,
    pub source: String,
    pub parent: Option<String>,
    pub note: Option<String>,
}

/// What was taken over last, from `federation-state.yaml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawFeedState {
    pub agency: String,
    pub source: Option<String>,
    pub fetched_on: Option<RawDate>,
    pub sha256: Option<String>,
    pub failed_on: Option<RawDate>,
}
