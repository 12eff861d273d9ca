//! The one test binary.

mod cascades;
mod rule_page;
mod rule_project;
mod rules;
#[cfg(test)]
mod scratch;
