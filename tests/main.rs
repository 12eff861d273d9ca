//! The one test binary: every behaviour as a user sees it.

mod bombs;
mod cli;
mod clocks;
mod import;
mod incremental;
mod limits;
mod load;
mod markdown;
mod mistakes;
mod mutation;
mod project;
mod publish;
mod reproducible;
mod resolve;
mod rule_cases;
mod rule_page;
mod rule_project;
mod rules;
mod sample;
mod schema;
mod serve;
mod site;
mod tidy;
mod vietnamese;
#[cfg(target_os = "linux")]
mod whole;
