//! The page about open data: what there is, in which forms, and how to use it.

use anyhow::Result;
use serde::Serialize;

use super::super::agency_site::AgencySite;
use super::super::changes;
use super::super::page::{self, Head};
use super::super::path;
use super::super::shell::Owner;
use super::super::site::Site;
use super::super::view::LinkView;
use super::{CATALOGUE, LINKED, SECTION, Set, WORKBOOK, beside};
use crate::domain::long_date;
use crate::output::MANIFEST_NAME;

/// A form in which records are published.
pub(super) struct Format {
    pub name: &'static str,
    pub file: String,
    pub media_type: &'static str,
}

impl Format {
    /// The forms of a kind of record.
    pub fn of(set: Set) -> Vec<Self> {
        let mut formats = vec![
            Self { name: "CSV", file: set.file("csv"), media_type: "text/csv" },
            Self { name: "JSON", file: set.file("json"), media_type: "application/json" },
            Self { name: "XLSX", file: WORKBOOK.to_owned(), media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
        ];
        if set == Set::AdministrativeProcedures {
            formats.push(Self { name: "JSON-LD (CPSV-AP 3.2)", file: LINKED.to_owned(), media_type: "application/ld+json" });
        }
        formats
    }
}

/// The page at the root of the site.
#[derive(Serialize)]
struct DataView {
    sets: Vec<SetView>,
    workbook: &'static str,
    catalogue: &'static str,
    manifest: &'static str,
    feed: String,
    calendar: Option<&'static str>,
    license: Option<String>,
    license_url: Option<String>,
}

#[derive(Serialize)]
struct SetView {
    id: &'static str,
    title: String,
    about: String,
    count: usize,
    files: Vec<LinkView>,
    schema: String,
}

/// The page of an agency in a province: its own records.
#[derive(Serialize)]
struct AgencyDataView {
    files: Vec<LinkView>,
    all: String,
    license: Option<String>,
    license_url: Option<String>,
}

/// Writes the page at the root.
pub(in super::super) fn write_page(site: &Site<'_>, owner: &Owner, head: &Head) -> Result<()> {
    page::write(site, owner, head, || DataView {
        sets: Set::ALL.iter().map(|set| set_view(site, *set)).collect(),
        workbook: WORKBOOK,
        catalogue: CATALOGUE,
        manifest: MANIFEST_NAME,
        feed: changes::feed_path(owner),
        calendar: site.config.shows_overdue.then_some("due.ics"),
        license: site.config.license.clone(),
        license_url: site.config.license_url.clone(),
    })
}

fn set_view(site: &Site<'_>, set: Set) -> SetView {
    let (words, word) = (site.words(), set.word());
    let about = format!("{word}_about");
    let files = Format::of(set).into_iter().filter(|format| format.name != "XLSX");
    SetView {
        id: set.name(),
        title: words.text(&word).to_owned(),
        about: words.text(&about).to_owned(),
        count: set.count(site),
        files: files.map(|format| LinkView { title: format.name.to_owned(), href: Some(format.file) }).collect(),
        schema: set.schema_file(),
    }
}

/// Writes the page of an agency in a province.
pub(in super::super) fn write_page_of_agency(pages: &AgencySite<'_>, head: &Head) -> Result<()> {
    let site = pages.site;
    let link = |title: String, folder: &str| LinkView { title, href: Some(beside(&pages.folder(folder))) };
    page::write(site, &pages.owner, head, || {
        let words = site.words();
        let mut files = vec![link(pages.agency.name.clone(), "")];
        if pages.system_owner.is_none() {
            for declaration in pages.system.iter().flat_map(|system| &system.declarations) {
                let number = declaration.number.as_ref().map_or(declaration.slug.as_str(), |number| number.as_str());
                files.push(link(words.fill("declaration_title", &[("number", number)]), &path::declaration(declaration)));
            }
        }
        files.extend(pages.public_processes().map(|process| link(format!("{} {}", process.code, process.title), &path::work_process(process))));
        AgencyDataView { files, all: path::page(SECTION), license: site.config.license.clone(), license_url: site.config.license_url.clone() }
    })
}

/// What the first sheet of the workbook says.
pub(super) fn intro(site: &Site<'_>) -> Vec<String> {
    let words = site.words();
    let mut lines = vec![site.config.title.clone(), format!("{} {}.", words.text("built_on"), long_date(site.today()))];
    if !site.config.base_url.is_empty() {
        lines.push(format!("{}{SECTION}", site.config.base_url));
    }
    if let Some(license) = &site.config.license {
        lines.push(format!("{}: {license}.", words.text("license")));
    }
    lines.extend(["data_lead", "data_sheet_note", "self_declared"].map(|word| words.text(word).to_owned()));
    lines
}
