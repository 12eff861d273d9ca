//! `congbo check`: the first four stages.

use std::path::Path;

use anyhow::Result;

use super::Outcome;
use super::surroundings::{is_clean, judge_and_report, summary};
use crate::cli::Check;
use crate::diagnostic::Lang;

/// Reads and judges a project, and says what was found.
pub fn run(project: &Path, arguments: &Check, lang: Lang) -> Result<Outcome> {
    let public = project.join("public");
    let judged = judge_and_report(project, (&public, &public), &arguments.judgement, lang)?;
    tell!("{}", summary(&judged.diagnostics, &judged.switched_off, lang));
    Ok(if is_clean(&judged.diagnostics, &arguments.judgement) { Outcome::Clean } else { Outcome::Problems })
}
