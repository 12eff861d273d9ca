//! `congbo completions`: completion scripts for shells.

use anyhow::Result;
use clap::CommandFactory;

use super::Outcome;
use crate::cli::{Cli, Completions};

/// Prints the script of a shell.
pub fn run(arguments: &Completions) -> Result<Outcome> {
    clap_complete::generate(arguments.shell, &mut Cli::command(), "congbo", &mut std::io::stdout());
    Ok(Outcome::Clean)
}
