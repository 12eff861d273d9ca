//! The one test binary.

mod rule_cases;
mod rule_page;
mod rule_project;
mod rules;
