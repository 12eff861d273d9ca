//! What the search box loads when somebody first uses it: the index of the whole site, and for an agency of a
//! province the list of what it does itself. Both are scripts that assign data, for a page on a disk may load no other.
//! The index knows names and codes; addresses are made of them in the browser, as `path.rs` makes them here.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use anyhow::Result;
use serde::Serialize;

use super::shell::Section;
use super::site::Site;
use super::view::{Grouping, ProceduresView, summary};
use super::{agency_site, asset, free_pages, path, province_pages};
use crate::domain::vocabulary::{DocumentStatus, LegalStatus};
use crate::domain::{Agency, AgencyId, slug};

/// Shows the box and loads the rest on first use.
const LOADER: &str = "search.js";
/// What is loaded on first use, before the index.
const ENGINE: [&str; 2] = ["vendor/minisearch.js", "search-engine.js"];
/// Most characters of a legal document's title in the index.
const TITLE_LENGTH: usize = 60;

/// What the box of a page looks at first.
#[derive(Debug, Clone)]
pub(super) enum SearchScope {
    Site,
    /// What an agency of a province does, then the rest.
    Agency(AgencyId),
}

/// The files behind the box of a page.
#[derive(Debug, Serialize)]
pub(super) struct SearchView {
    pub loader: String,
    /// Loaded on first use, in this order, separated by spaces.
    pub files: String,
}

/// A script that assigns data, and its published name.
struct DataScript {
    path: String,
    bytes: Vec<u8>,
}

/// What all boxes of a site share, made when one of them is.
#[derive(Debug)]
pub(super) struct Shared {
    loader: String,
    engine: Vec<String>,
    /// Where the index lies. What is in it is handed on and not kept.
    index: String,
}

/// What the search finds, as the script reads it.
#[derive(Serialize)]
struct Index<'a> {
    kinds: BTreeMap<&'static str, &'a str>,
    /// How a thing of a kind is marked that is no more.
    ended: BTreeMap<&'static str, &'a str>,
    abbreviations: &'a BTreeMap<String, Vec<String>>,
    fields: Vec<&'a str>,
    procedures: Procedures<'a>,
    /// Id, name, short name, whether it is no more.
    agencies: Vec<(&'a str, &'a str, &'a str, bool)>,
    law: Law<'a>,
    pages: Vec<Found>,
}

/// The procedures, each list in the same order.
#[derive(Default, Serialize)]
struct Procedures<'a> {
    codes: Vec<&'a str>,
    names: Vec<&'a str>,
    /// Places in the list of fields.
    fields: Vec<usize>,
    ended: Vec<usize>,
    keywords: BTreeMap<usize, String>,
}

/// The legal documents that have a place to lead to.
#[derive(Default, Serialize)]
struct Law<'a> {
    numbers: Vec<&'a str>,
    titles: Vec<&'a str>,
    ended: Vec<usize>,
    /// `None` where each has its page in the site.
    hrefs: Option<Vec<String>>,
}

/// What an agency of a province does.
#[derive(Serialize)]
struct Own<'a> {
    base: &'a str,
    /// The distance of each of its procedures in the index from the one before; the first from minus one.
    steps: Vec<usize>,
    pages: Vec<Found>,
}

/// Kind, address, title, further words.
type Found = (&'static str, String, String, String);

/// Writes the index of the site.
pub(super) fn write(site: &Site<'_>) -> Result<()> {
    if !site.wants_below(asset::FOLDER) {
        return Ok(());
    }
    let DataScript { path, bytes } = index(site)?;
    made_once(&site.search, || Shared::new(site, path.clone()))?;
    site.write_bytes(path, bytes)
}

/// Writes the list of an agency of a province.
pub(super) fn write_list(site: &Site<'_>, agency: &Agency) -> Result<()> {
    if !site.is_province() {
        return Ok(());
    }
    let DataScript { path, bytes } = own(site, agency)?;
    made_once(&site.standing(&agency.id).search_list, || Ok(path.clone()))?;
    site.write_bytes(path, bytes)
}

/// The files behind a box.
pub(super) fn view(site: &Site<'_>, scope: &SearchScope) -> Result<SearchView> {
    let Shared { loader, engine, index } = shared(site)?;
    let mut files = engine.clone();
    files.push(index.clone());
    if let SearchScope::Agency(id) = scope {
        files.push(list(site, &site.register.agencies[id])?.to_owned());
    }
    Ok(SearchView { loader: loader.clone(), files: files.join(" ") })
}

fn shared<'s>(site: &'s Site<'_>) -> Result<&'s Shared> {
    made_once(&site.search, || Shared::new(site, index(site)?.path))
}

impl Shared {
    fn new(site: &Site<'_>, index: String) -> Result<Self> {
        let published = |name: &str| asset::published(site.theme, name);
        let engine = ENGINE.iter().map(|name| published(name)).collect::<Result<_>>()?;
        Ok(Self { loader: published(LOADER)?, engine, index })
    }
}

/// Where the list of an agency lies.
fn list<'s>(site: &'s Site<'_>, agency: &Agency) -> Result<&'s str> {
    made_once(&site.standing(&agency.id).search_list, || Ok(own(site, agency)?.path)).map(String::as_str)
}

fn made_once<T>(cell: &OnceLock<T>, make: impl FnOnce() -> Result<T>) -> Result<&T> {
    if let Some(made) = cell.get() {
        return Ok(made);
    }
    let made = make()?;
    Ok(cell.get_or_init(|| made))
}

fn index(site: &Site<'_>) -> Result<DataScript> {
    let words = site.words();
    let mut fields: Vec<&str> = ranks(site).into_iter().map(|rank| site.catalogue[rank].procedure.field.trim()).collect();
    fields.sort_by(|left, right| site.order.compare(left, right));
    fields.dedup();
    let sections = if site.is_province() { province_pages::SECTIONS } else { agency_site::SECTIONS };
    let processes = if site.is_province() { Vec::new() } else { site.register.agencies.values().flat_map(|agency| process_pages(site, agency)).collect() };
    let index = Index {
        ended: [("agency", "search_agency_ended"), ("procedure", "abolished"), ("law", "search_law_ended")].map(|(kind, word)| (kind, words.text(word))).into(),
        kinds: KINDS.iter().map(|(kind, word)| (*kind, words.text(word))).collect(),
        abbreviations: site.theme.abbreviations(),
        procedures: procedures(site, &fields),
        fields,
        agencies: agencies(site),
        law: law(site),
        pages: [section_pages(site, sections), field_pages(site, &ranks(site)), free(site), processes].concat(),
    };
    data_script(asset::FOLDER, "search-index", "index", &index)
}

fn own(site: &Site<'_>, agency: &Agency) -> Result<DataScript> {
    let base = site.agency_folder(agency);
    let ranks = &site.standing(&agency.id).ranks;
    let before = std::iter::once(None).chain(ranks.iter().map(|rank| Some(*rank)));
    let steps = ranks.iter().zip(before).map(|(rank, before)| before.map_or(rank + 1, |before| rank - before)).collect();
    let pages = [section_pages(site, agency_site::SECTIONS), field_pages(site, ranks), process_pages(site, agency)].concat();
    data_script(&base, "search-list", "own", &Own { base: &base, steps, pages })
}

/// The procedures that have a page at the root of the site.
fn ranks(site: &Site<'_>) -> Vec<usize> {
    if site.is_province() {
        return (0..site.catalogue.len()).collect();
    }
    site.register.agencies.keys().flat_map(|id| site.standing(id).ranks.iter().copied()).collect()
}

fn procedures<'a>(site: &Site<'a>, fields: &[&str]) -> Procedures<'a> {
    let mut listed = Procedures::default();
    for (at, rank) in ranks(site).into_iter().enumerate() {
        let procedure = site.catalogue[rank].procedure;
        listed.codes.push(procedure.code.as_str());
        listed.names.push(&procedure.name);
        listed.fields.push(fields.binary_search_by(|field| site.order.compare(field, procedure.field.trim())).unwrap_or_default());
        if !procedure.is_active() {
            listed.ended.push(at);
        }
        if !procedure.keywords.is_empty() {
            listed.keywords.insert(at, procedure.keywords.join(" "));
        }
    }
    listed
}

fn agencies<'a>(site: &Site<'a>) -> Vec<(&'a str, &'a str, &'a str, bool)> {
    let all = site.register.agencies.values().filter(|_| site.is_province());
    all.map(|agency| (agency.id.as_str(), agency.name.as_str(), agency.short_name.as_deref().unwrap_or(""), !agency.is_active())).collect()
}

fn law<'a>(site: &Site<'a>) -> Law<'a> {
    let mut law = Law { hrefs: (!site.is_province()).then(Vec::new), ..Law::default() };
    for document in site.register.legal_documents.values() {
        // The script makes the address of the number: one without letters and digits can only be browsed.
        let Some(href) = site.legal_link(document).filter(|_| !slug(document.number.as_str(), usize::MAX).is_empty()) else { continue };
        if document.status_on(site.today()) == LegalStatus::Ended {
            law.ended.push(law.numbers.len());
        }
        law.numbers.push(document.number.as_str());
        law.titles.push(abridged(&document.title));
        if let Some(hrefs) = &mut law.hrefs {
            hrefs.push(href);
        }
    }
    law
}

/// The first words of a title.
fn abridged(title: &str) -> &str {
    match title.char_indices().nth(TITLE_LENGTH) {
        Some((end, _)) => title[..end].rsplit_once(' ').map_or(&title[..end], |(words, _)| words),
        None => title,
    }
}

fn section_pages(site: &Site<'_>, sections: &[Section]) -> Vec<Found> {
    let words = site.words();
    let found = |section: &Section| ("page", path::page(section.folder), words.text(section.word).to_owned(), summary(words, section.word).to_owned());
    sections.iter().map(found).collect()
}

/// The groups of a list of procedures.
fn field_pages(site: &Site<'_>, ranks: &[usize]) -> Vec<Found> {
    let counted: Vec<_> = ranks.iter().map(|rank| (site.catalogue[*rank].procedure, None)).collect();
    let groups = ProceduresView::new(site, "", &counted, Grouping::Field).groups;
    groups.into_iter().map(|group| ("field", group.href, group.title, String::new())).collect()
}

fn process_pages(site: &Site<'_>, agency: &Agency) -> Vec<Found> {
    let processes = &site.register.records(&agency.id).work_processes;
    let in_use = processes.iter().filter(|process| process.is_public() && process.status == DocumentStatus::Active);
    in_use.map(|process| ("process", path::page(&path::work_process(process)), process.title.clone(), process.code.clone())).collect()
}

fn free(site: &Site<'_>) -> Vec<Found> {
    let found =
        |page: &crate::domain::FreePage| ("page", path::page(&path::free_page(&page.slug)), page.title.clone(), page.summary.clone().unwrap_or_default());
    free_pages::public(site).into_iter().map(found).collect()
}

/// Kinds of things, and the words that tell what each is.
const KINDS: &[(&str, &str)] = &[
    ("page", "search_kind_page"),
    ("field", "search_kind_field"),
    ("agency", "search_kind_agency"),
    ("procedure", "search_kind_procedure"),
    ("process", "search_kind_process"),
    ("law", "search_kind_law"),
];

/// `search-index.0a1b2c3d.js`, which assigns `congbo.index`.
fn data_script(folder: &str, name: &str, variable: &str, data: &impl Serialize) -> Result<DataScript> {
    let json = super::json::for_script(data)?;
    let bytes = format!("(self.congbo=self.congbo||{{}}).{variable}={json};\n").into_bytes();
    Ok(DataScript { path: format!("{folder}{}", asset::printed(&format!("{name}.js"), &bytes)), bytes })
}
