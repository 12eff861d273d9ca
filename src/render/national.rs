//! The national facts of every procedure as HTML, made once and put into the page of each agency.

use std::collections::BTreeMap;

use anyhow::Result;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use tera::Value;

use super::page;
use super::path;
use super::shell::html;
use super::site::Site;
use super::view::NationalView;
use crate::domain::{AdministrativeProcedure, ProcedureCode};
use crate::source::hex;
use crate::theme::Lang;

/// The templates of a procedure's national facts, in the order of the page, by the name a page calls them.
const PARTS: &[(&str, &str)] = &[
    ("head", "national/head.html"),
    ("limits", "national/limits.html"),
    ("outcome", "national/outcome.html"),
    ("record", "national/record.html"),
    ("contents", "national/contents.html"),
    ("facts", "national/facts.html"),
];

/// One procedure's facts as HTML, for pages of one depth.
#[derive(Debug)]
pub(super) struct Fragment {
    /// The parts by name, as templates call them: `national.facts`.
    pub html: Value,
    /// Print of the facts, whatever page they stand on.
    pub print: String,
}

/// The facts of all procedures that agencies do.
#[derive(Debug)]
pub(super) struct Fragments<'a>(BTreeMap<&'a ProcedureCode, Fragment>);

impl<'a> Fragments<'a> {
    /// Renders them for the depth of the agencies' pages.
    pub fn new(site: &Site<'a>) -> Result<Self> {
        let root = path::up(if site.is_province() { "co-quan/x/thu-tuc/x/" } else { "thu-tuc/x/" });
        let procedures: Vec<&AdministrativeProcedure> = site.register.administrative_procedures.values().collect();
        let fragments: Result<Vec<_>> = procedures.into_par_iter().map(|procedure| Ok((&procedure.code, fragment(site, procedure, &root)?))).collect();
        Ok(Self(fragments?.into_iter().collect()))
    }

    /// The facts of a procedure of the catalogue.
    pub fn of(&self, code: &ProcedureCode) -> Option<&Fragment> {
        self.0.get(code)
    }
}

/// The facts of one procedure, for pages that lie `root` below the root.
pub(super) fn fragment(site: &Site<'_>, procedure: &AdministrativeProcedure, root: &str) -> Result<Fragment> {
    let view = NationalView::new(site, procedure);
    let mut context = page::context(site, root, Lang::Vi)?;
    context.insert_value("view", Value::try_from_serializable(&view)?);
    let mut parts: BTreeMap<String, Value> = BTreeMap::new();
    for (name, template) in PARTS {
        parts.insert((*name).to_owned(), html(site, template, &context)?);
    }
    Ok(Fragment { html: Value::from(parts), print: print(&view)? })
}

/// Eight letters that change when any of the facts does.
pub(super) fn print(view: &impl serde::Serialize) -> Result<String> {
    Ok(hex(&Sha256::digest(serde_json::to_vec(view)?))[..8].to_owned())
}
