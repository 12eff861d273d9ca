//! `congbo completions`: completion scripts for shells.

use std::io::Write;

use anyhow::Result;
use clap::CommandFactory;

use super::Outcome;
use crate::cli::{Cli, Completions};

/// Prints the script of a shell.
pub fn run(arguments: &Completions) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "congbo", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(Outcome::Clean)
}
