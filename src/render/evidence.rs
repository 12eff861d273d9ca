//! What one agency shows at each point of TT 26/2014/TT-BKHCN, Điều 36, for those who read it outside of the site.

use std::sync::Mutex;

use anyhow::Result;
use serde::Serialize;

use super::agency_site::AgencySite;
use super::site::{Arrangement, Site};
use super::view::{EvidencePartView, EvidenceView, PointView, ProofView};
use super::{Only, Previous, path};
use crate::config::Config;
use crate::domain::{AgencyId, Date, Register};
use crate::theme::Theme;

/// The evidence of an agency on a day. A self-check: it never rates.
#[derive(Debug, Clone, Serialize)]
pub struct Evidence {
    pub agency: String,
    pub name: String,
    pub as_of: Date,
    /// The agency that answers for the quality system, where it is another one.
    pub shared_with: Option<String>,
    /// Points for which something is shown, and all points.
    pub shown: usize,
    pub total: usize,
    pub parts: Vec<EvidencePart>,
}

/// One of the two parts of the article.
#[derive(Debug, Clone, Serialize)]
pub struct EvidencePart {
    pub title: String,
    pub points: Vec<EvidencePoint>,
}

/// A point: what is asked, what is shown.
#[derive(Debug, Clone, Serialize)]
pub struct EvidencePoint {
    /// `1a`, as inspections write it.
    pub point: &'static str,
    /// In the words of the circular.
    pub asked: String,
    /// Whether it is asked only of those to whom it applies.
    pub is_optional: bool,
    pub shown: Vec<EvidenceItem>,
}

/// One thing shown.
#[derive(Debug, Clone, Serialize)]
pub struct EvidenceItem {
    pub text: String,
    pub on: Option<String>,
    /// Address of the page; its path in the site where the site's own address is not known.
    pub address: Option<String>,
}

impl Evidence {
    /// The evidence of an agency, `None` where there is no such one.
    pub fn new(register: &Register, config: &Config, theme: &Theme, agency: &AgencyId) -> Result<Option<Self>> {
        let Some(agency) = register.agencies.get(agency) else { return Ok(None) };
        let arrangement = Arrangement::new(register);
        let nothing = Only { path: "", file: Mutex::new(None) };
        let previous = Previous::default();
        let site = Site::new(register, config, theme, &arrangement, &previous, &nothing)?;
        let pages = AgencySite::new(&site, agency);
        let view = EvidenceView::new(&pages);
        Ok(Some(Self {
            agency: agency.id.to_string(),
            name: agency.name.clone(),
            as_of: config.today,
            shared_with: view.shared_with.map(|link| link.title),
            shown: view.shown,
            total: view.total,
            parts: view.parts.into_iter().map(|part| EvidencePart::new(&site, part)).collect(),
        }))
    }
}

impl EvidencePart {
    fn new(site: &Site<'_>, part: EvidencePartView) -> Self {
        let title = site.words().text(&format!("evidence_part_{}", part.number)).to_owned();
        Self { title, points: part.points.into_iter().map(|point| EvidencePoint::new(site, point)).collect() }
    }
}

impl EvidencePoint {
    fn new(site: &Site<'_>, view: PointView) -> Self {
        let PointView { point, id, is_optional, items } = view;
        let asked = site.words().text(&format!("evidence_{}", id.replace('-', "_"))).to_owned();
        Self { point, asked, is_optional, shown: items.into_iter().map(|item| EvidenceItem::new(site, item)).collect() }
    }
}

impl EvidenceItem {
    fn new(site: &Site<'_>, view: ProofView) -> Self {
        let ProofView { text, on, href } = view;
        let address = href.map(|href| format!("{}{}", site.config.base_url, path::without_page(&href)));
        Self { text, on, address }
    }
}
