//! Old units and what became of them, with where it was read and when it was compared.

use serde::Serialize;

use super::super::path;
use super::super::site::Site;
use super::{EndedEntryView, LinkView, ended, iso};
use crate::domain::vocabulary::AgencyLevel;
use crate::domain::{Administration, Agency, Predecessor};
use crate::markdown::is_safe_link;

/// The page.
#[derive(Debug, Serialize)]
pub(in super::super) struct ReorganisationView<'a> {
    /// Every old unit, A to Z.
    pub old_units: Vec<OldUnitView<'a>>,
    pub ended: Vec<EndedEntryView>,
    /// Levels, ministries and departments that the law ended.
    pub administrations: Vec<AdministrationView<'a>>,
}

/// An old unit and the agency that has its work now.
#[derive(Debug, Serialize)]
pub(in super::super) struct OldUnitView<'a> {
    pub name: &'a str,
    pub level: Option<AgencyLevel>,
    pub until: Option<String>,
    pub note: Option<&'a str>,
    pub url: Option<&'a str>,
    pub agency: LinkView,
    pub source: SourceView<'a>,
}

/// An ended level of administration.
#[derive(Debug, Serialize)]
pub(in super::super) struct AdministrationView<'a> {
    pub name: &'a str,
    /// Other ways to write it.
    pub others: &'a [String],
    pub ended_on: String,
    pub replaced_by: Option<&'a str>,
    pub note: Option<&'a str>,
    pub source: SourceView<'a>,
}

/// Where something was read; without a day it was not compared.
#[derive(Debug, Serialize)]
pub(in super::super) struct SourceView<'a> {
    pub name: Option<&'a str>,
    /// The page of the document, or an address.
    pub href: Option<String>,
    pub is_external: bool,
    pub verified_on: Option<String>,
}

impl<'a> SourceView<'a> {
    /// A source: a legal document of the register, an address, or words.
    pub fn new(site: &Site<'_>, source: Option<&'a str>, verified_on: Option<crate::domain::Date>) -> Self {
        let document = source.and_then(|source| site.register.legal_documents.get(&crate::domain::DocumentNumber::new(source)));
        let is_external = document.is_none() && source.is_some_and(|source| source.starts_with("https://") && is_safe_link(source));
        let address = source.filter(|_| is_external).map(str::to_owned);
        Self {
            name: source,
            href: document.map(|document| path::page(&path::legal_document(&document.number))).or(address),
            is_external,
            verified_on: iso(verified_on),
        }
    }
}

impl<'a> ReorganisationView<'a> {
    /// All old units that agencies name, and all ended levels of the table.
    pub fn new(site: &Site<'a>) -> Self {
        let agencies = site.active_agencies();
        let of = |agency: &&'a Agency| agency.predecessors.iter().map(|old| old_unit(site, agency, old)).collect::<Vec<_>>();
        let mut old_units: Vec<OldUnitView<'a>> = agencies.iter().flat_map(of).collect();
        old_units.sort_by(|left, right| site.order.compare(left.name, right.name).then_with(|| site.order.compare(&left.agency.title, &right.agency.title)));
        Self { old_units, ended: ended(site), administrations: site.register.administrations.iter().filter_map(|one| administration(site, one)).collect() }
    }
}

fn old_unit<'a>(site: &Site<'_>, agency: &Agency, old: &'a Predecessor) -> OldUnitView<'a> {
    OldUnitView {
        name: &old.name,
        level: old.level,
        until: iso(old.until),
        note: old.note.as_deref(),
        url: old.url.as_deref().filter(|url| is_safe_link(url)),
        agency: LinkView { href: Some(path::page(&site.agency_folder(agency))), title: agency.name.clone() },
        source: SourceView::new(site, old.source.as_deref(), old.verified_on),
    }
}

fn administration<'a>(site: &Site<'_>, one: &'a Administration) -> Option<AdministrationView<'a>> {
    let (name, others) = one.names.split_first()?;
    Some(AdministrationView {
        name,
        others,
        ended_on: one.ended_on.to_string(),
        replaced_by: one.replaced_by.as_deref(),
        note: one.note.as_deref(),
        source: SourceView::new(site, one.source.as_deref(), one.verified_on),
    })
}
