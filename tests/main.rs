//! The one test binary: every behaviour as a user sees it.

mod aggregate;
mod bombs;
mod bundle;
mod changes;
mod cli;
mod clocks;
mod declaration_page;
mod drafts;
mod import;
mod incremental;
mod languages;
mod limits;
mod load;
mod markdown;
mod meta;
mod mistakes;
mod moved;
mod mutation;
mod open_data;
#[cfg(feature = "pdf")]
mod pdf;
mod project;
mod province;
mod publish;
mod report;
mod reproducible;
mod resolve;
mod rule_cases;
mod rule_page;
mod rule_project;
mod rules;
mod sample;
mod schema;
mod search;
mod seeds;
mod serve;
mod sheets;
mod site;
mod style;
mod theme;
mod tidy;
mod verify;
mod vietnamese;
#[cfg(target_os = "linux")]
mod whole;
mod yearly;
