//! The steps of a work process as HTML, made once and put into the page of each procedure that it covers.

use std::sync::OnceLock;

use anyhow::Result;
use tera::Value;

use super::agency_site::AgencySite;
use super::national::Fingerprint;
use super::page;
use super::view::{LinkView, ProcessStepView, process_link, process_steps};
use crate::domain::WorkProcess;
use crate::theme::Lang;

/// The steps of one process of an agency.
pub(super) struct ProcessSteps<'a> {
    steps: Vec<ProcessStepView<'a>>,
    /// The page of the process.
    pub link: LinkView,
    /// Print of the steps: part of the keys of the pages that show them.
    pub fingerprint: Fingerprint,
    html: OnceLock<Value>,
}

impl<'a> ProcessSteps<'a> {
    /// The steps of a process; `None` where it has none.
    pub fn new(pages: &AgencySite<'_>, process: &'a WorkProcess) -> Result<Option<Self>> {
        if process.steps.is_empty() {
            return Ok(None);
        }
        let steps = process_steps(pages, process);
        Ok(Some(Self { fingerprint: Fingerprint::of(&steps)?, steps, link: process_link(pages, process), html: OnceLock::new() }))
    }

    /// The list of steps. There is no link in it, so it is the same at any depth.
    pub fn html(&self, pages: &AgencySite<'_>) -> Result<Value> {
        if let Some(html) = self.html.get() {
            return Ok(html.clone());
        }
        let mut context = page::context(pages.site, "", Lang::Vi);
        context.insert_value("view", Value::try_from_serializable(&self.steps)?);
        let made = Value::safe_string(&pages.site.theme.render_text("agency/process_steps.html", &context)?);
        Ok(self.html.get_or_init(|| made).clone())
    }
}
