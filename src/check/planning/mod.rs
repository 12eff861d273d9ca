//! Objectives and results of every year, and whether they say enough.

mod late_dossiers_without_cause;
mod missing_year_objectives;
mod missing_year_results;
mod objective_without_plan;
mod unlinked_objective;
mod unmeasurable_objective;

use super::{Case, Check};
use crate::domain::{Agency, Objective, YearObjectives};

pub(super) const CHECKS: &[Check] = &[
    (&missing_year_objectives::RULE, missing_year_objectives::check),
    (&missing_year_results::RULE, missing_year_results::check),
    (&unlinked_objective::RULE, unlinked_objective::check),
    (&unmeasurable_objective::RULE, unmeasurable_objective::check),
    (&objective_without_plan::RULE, objective_without_plan::check),
    (&late_dossiers_without_cause::RULE, late_dossiers_without_cause::check),
];

/// Every objective of this year and later years; those of the past can't be changed any more.
fn objectives<'a>(case: &Case<'a>) -> impl Iterator<Item = (&'a YearObjectives, &'a Objective)> + use<'a> {
    let (register, year) = (case.register, case.today.year());
    let agencies = register.agencies.values().filter(|agency: &&Agency| agency.is_active());
    agencies
        .flat_map(move |agency| register.records(&agency.id).objectives.range(year..))
        .filter(move |(_, year)| !register.broken.contains(&year.origin.file))
        .flat_map(|(_, year)| year.objectives.iter().map(move |objective| (year, objective)))
}

/// Whether it is late enough in the year to expect what the year before left.
fn is_after_january(case: &Case<'_>) -> bool {
    case.today.month() > 1
}
