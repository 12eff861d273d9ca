//! The rules: what inspectors find, found before them. One rule a file; each judges the register on a date.
//! Never fails, reads nothing but the register, changes nothing.

mod missing_declaration;

use crate::diagnostic::{Diagnostic, Rule};
use crate::domain::{Date, Register};

/// What a rule judges.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    pub register: &'a Register,
    /// The date of the judgement: `--as-of`, else the clock.
    pub today: Date,
    /// Whether the site is about to go public (`--release`).
    pub is_release: bool,
}

/// A rule and the function that looks for it.
type Check = (&'static Rule, fn(&Case<'_>, &mut Vec<Diagnostic>));

/// Every rule of this stage, in the order of `congbo rules`.
static CHECKS: &[Check] = &[(&missing_declaration::RULE, missing_declaration::check)];

/// The rules of this stage.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    CHECKS.iter().map(|(rule, _)| *rule)
}

/// Applies every rule.
pub fn check(case: &Case<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (_, check) in CHECKS {
        check(case, diagnostics);
    }
}
