//! The national facts of every procedure as HTML, made once and put into the page of each agency.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;
use sha2::{Digest, Sha256};
use tera::Value;

use super::page;
use super::site::Site;
use super::view::NationalView;
use crate::domain::AdministrativeProcedure;
use crate::source::hex;
use crate::theme::Lang;

/// The templates of a procedure's national facts, in the order of the page, by the name a page calls them.
const PARTS: &[(&str, &str)] = &[
    ("head", "national/head.html"),
    ("limits", "national/limits.html"),
    ("outcome", "national/outcome.html"),
    ("record", "national/record.html"),
    ("dossiers", "national/dossiers.html"),
    ("steps", "national/steps.html"),
    ("contents", "national/contents.html"),
    ("facts", "national/facts.html"),
];

/// One procedure's facts: its view, and its HTML for pages of one depth when one of them first needs it.
pub(super) struct Fragment<'a> {
    view: NationalView<'a>,
    /// Fingerprint of the facts, whatever page they stand on.
    pub fingerprint: Fingerprint,
    /// The parts with `ROOT_MARK` where links begin.
    parts: OnceCell<Vec<(&'static str, String)>>,
}

/// Stands for the way to the root until it is known. It is no character, so no content has it.
const ROOT_MARK: &str = "\u{FDD0}";

impl<'a> Fragment<'a> {
    /// The facts of a procedure.
    pub fn new(site: &Site<'a>, procedure: &'a AdministrativeProcedure) -> Result<Self> {
        let view = NationalView::new(site, procedure);
        Ok(Self { fingerprint: Fingerprint::of(&view)?, view, parts: OnceCell::new() })
    }

    /// The parts by name, as templates call them: `national.facts`, for pages that lie `root` below the root.
    pub fn html(&self, site: &Site<'_>, root: &str) -> Result<Value> {
        if self.parts.get().is_none() {
            let _ = self.parts.set(self.render(site)?);
        }
        let filled = |text: &str| Value::safe_string(&text.replace(ROOT_MARK, root));
        let parts = self.parts.get().into_iter().flatten();
        Ok(Value::from(parts.map(|(name, text)| ((*name).to_owned(), filled(text))).collect::<BTreeMap<String, Value>>()))
    }

    /// One part for a page that is not the procedure's: its anchors lead to `page`.
    pub fn part_elsewhere(&self, site: &Site<'_>, name: &str, page: &str) -> Result<Value> {
        if self.parts.get().is_none() {
            let _ = self.parts.set(self.render(site)?);
        }
        let text = self.parts.get().into_iter().flatten().find(|(known, _)| *known == name).map_or("", |(_, text)| text);
        Ok(Value::safe_string(&text.replace("href=\"#", &format!("href=\"{page}#"))))
    }

    fn render(&self, site: &Site<'_>) -> Result<Vec<(&'static str, String)>> {
        let mut context = page::context(site, ROOT_MARK, Lang::Vi);
        context.insert_value("view", Value::try_from_serializable(&self.view)?);
        PARTS.iter().map(|(name, template)| Ok((*name, site.theme.render_text(template, &context)?))).collect()
    }
}

/// SHA-256 of facts: a sheet on a wall shows its first letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Fingerprint(pub [u8; 32]);

impl Fingerprint {
    /// The print of a view.
    pub fn of(view: &impl Serialize) -> Result<Self> {
        Ok(Self(Sha256::digest(serde_json::to_vec(view)?).into()))
    }

    /// Eight letters that change when any of the facts does.
    pub fn short(&self) -> String {
        hex(&self.0[..4])
    }
}
