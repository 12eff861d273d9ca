//! `site.yaml`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

/// `site.yaml`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawSite {
    pub title: String,
    pub title_en: Option<String>,
    pub base_url: Option<String>,
    #[serde(default)]
    pub languages: Vec<Language>,
    pub lead_unit: Option<RawLeadUnit>,
    pub province: Option<RawProvince>,
    pub theme: Option<String>,
    #[serde(default)]
    pub rules: BTreeMap<String, RuleLevel>,
    pub review_months: Option<u32>,
    #[serde(default)]
    pub show_overdue: bool,
    #[serde(default)]
    pub sample: bool,
    pub posting_sheets: Option<bool>,
    pub accent: Option<String>,
    pub emblem: Option<RawEmblem>,
    pub feedback_url: Option<String>,
    pub national_portal_url: Option<String>,
    pub license: Option<String>,
    pub license_url: Option<String>,
    /// Web servers whose settings are written into the public folder.
    #[serde(default)]
    pub hosting: Vec<Server>,
    pub limits: Option<RawLimits>,
}

/// A web server that the program writes settings for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Server {
    Nginx,
    Apache,
    Iis,
    Caddy,
}

/// A language of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    Vi,
    En,
}

/// The unit that leads ISO work in the province: QĐ 19/2014/QĐ-TTg, Điều 12.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawLeadUnit {
    pub name: String,
    pub name_en: Option<String>,
    pub address: Option<String>,
    pub address_en: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub website: Option<String>,
    pub reception_hours: Option<String>,
}

/// The province of the site.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawProvince {
    pub name: String,
    pub code: Option<String>,
}

/// The picture in the masthead of every page.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawEmblem {
    pub file: String,
    pub alt: String,
}

/// The level that a site gives to a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleLevel {
    Error,
    Warning,
    Information,
    Off,
}

/// Sizes and depths above which input is refused.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawLimits {
    pub source_file_bytes: Option<u64>,
    pub attachment_bytes: Option<u64>,
    pub title_characters: Option<u32>,
}
