//! What templates see: small structs of text, dates as `2026-03-05`, enums as in content files.
//! A field that ends in `_html` is HTML already; `href` leads from the root of the site.

mod answer;
mod chart;
mod comparison;
mod coverage;
mod dashboard;
mod declaration;
mod documents;
mod evidence;
mod evidence_points;
mod gaps;
mod inspection;
mod law;
mod national;
mod objectives;
mod office;
mod procedure;
mod procedures;
mod records;
mod reorganisation;
mod results;
mod shared;
mod sheet;
mod work_process;

pub(super) use answer::*;
pub(super) use chart::*;
pub(super) use comparison::*;
pub(super) use coverage::*;
pub(super) use dashboard::*;
pub(super) use declaration::*;
pub(super) use documents::*;
pub(super) use evidence::*;
pub(super) use gaps::*;
pub(super) use inspection::*;
pub(super) use law::*;
pub(super) use national::*;
pub(super) use objectives::*;
pub(super) use office::*;
pub(super) use procedure::*;
pub(super) use procedures::*;
pub(super) use reorganisation::*;
pub(super) use results::*;
pub(super) use shared::*;
pub(super) use sheet::*;
pub(super) use work_process::*;

use crate::domain::Date;

/// A date as data and the `datetime` attribute write it.
pub(super) fn iso(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}
