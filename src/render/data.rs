//! Open data: everything that the site says in public, as JSON, CSV and one workbook, with a JSON Schema for each kind of
//! record, the procedures in the terms of CPSV-AP and a catalogue in those of DCAT. What is internal never gets here:
//! records are made from the same lists as pages are.

mod book;
mod catalogue;
mod linked;
mod page;
mod people;
mod procedure;
mod record;
mod schema;
mod table;
mod work;

use std::io::Write;

use anyhow::Result;
use rayon::prelude::*;
use serde::Serialize;

use super::agency_site::AgencySite;
use super::path;
use super::site::{CatalogueEntry, Site};
use crate::domain::{Agency, Declaration, WorkProcess};
use crate::source::Print;
use book::Book;
pub(super) use page::{write_page, write_page_of_agency};
use people::{AgencyRecord, DeclarationRecord};
use procedure::ProcedureRecord;
use record::{Header, Record};
use work::{InspectionRecord, LegalRecord, ResultRecord, WorkProcessRecord};

/// Folder of the data, at the root of the site.
pub(super) const SECTION: &str = "du-lieu/";
/// The one workbook.
const WORKBOOK: &str = "du-lieu/du-lieu.xlsx";
/// Procedures in the terms of CPSV-AP.
const LINKED: &str = "du-lieu/cpsv-ap.jsonld";
/// The catalogue of all this in the terms of DCAT.
const CATALOGUE: &str = "du-lieu/dcat.jsonld";

/// A kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Set {
    Agencies,
    Declarations,
    AdministrativeProcedures,
    WorkProcesses,
    LegalDocuments,
    Results,
    Inspections,
}

impl Set {
    const ALL: [Self; 7] =
        [Self::Agencies, Self::Declarations, Self::AdministrativeProcedures, Self::WorkProcesses, Self::LegalDocuments, Self::Results, Self::Inspections];

    /// Its name in addresses and in the word table.
    fn name(self) -> &'static str {
        match self {
            Self::Agencies => "agencies",
            Self::Declarations => "declarations",
            Self::AdministrativeProcedures => "administrative-procedures",
            Self::WorkProcesses => "work-processes",
            Self::LegalDocuments => "legal-documents",
            Self::Results => "results",
            Self::Inspections => "inspections",
        }
    }

    /// The file of its records, `du-lieu/agencies.csv`.
    fn file(self, ending: &str) -> String {
        format!("{SECTION}{}.{ending}", self.name())
    }

    fn schema_file(self) -> String {
        format!("{SECTION}schema/{}.json", self.name())
    }

    /// Its title in the word table: `data_legal_documents`.
    fn word(self) -> String {
        format!("data_{}", self.name().replace('-', "_"))
    }

    /// How many records it has.
    fn count(self, site: &Site<'_>) -> usize {
        match self {
            Self::Agencies => agencies(site).count(),
            Self::Declarations => declarations(site).count(),
            Self::AdministrativeProcedures => procedures(site).count(),
            Self::WorkProcesses => work_processes(site).count(),
            Self::LegalDocuments => site.register.legal_documents.len(),
            Self::Results => ResultRecord::all(site).count(),
            Self::Inspections => InspectionRecord::all(site).count(),
        }
    }
}

/// Does something with the records of a kind.
trait Visit {
    fn visit<'r, R: Record>(&mut self, records: impl Iterator<Item = R> + 'r) -> Result<()>;
}

/// Shows `visit` the records of a kind, one after the other.
fn each(site: &Site<'_>, set: Set, visit: &mut impl Visit) -> Result<()> {
    match set {
        Set::Agencies => visit.visit(agencies(site).map(|agency| AgencyRecord::new(site, agency))),
        Set::Declarations => visit.visit(declarations(site).map(|(agency, declaration)| DeclarationRecord::new(site, agency, declaration))),
        Set::AdministrativeProcedures => visit.visit(procedures(site).map(|entry| ProcedureRecord::new(site, entry))),
        Set::WorkProcesses => visit.visit(work_processes(site).map(|(agency, process)| WorkProcessRecord::new(site, agency, process))),
        Set::LegalDocuments => visit.visit(site.register.legal_documents.values().map(|document| LegalRecord::new(site, document))),
        Set::Results => visit.visit(ResultRecord::all(site)),
        Set::Inspections => visit.visit(InspectionRecord::all(site)),
    }
}

fn agencies<'s>(site: &'s Site<'_>) -> impl Iterator<Item = &'s Agency> {
    site.register.agencies.values()
}

fn active<'s>(site: &'s Site<'_>) -> impl Iterator<Item = &'s Agency> {
    agencies(site).filter(|agency| agency.is_active())
}

/// The declarations that have a page: those of agencies that exist and answer for a system.
fn declarations<'s>(site: &'s Site<'_>) -> impl Iterator<Item = (&'s Agency, &'s Declaration)> {
    let systems = active(site).filter_map(|agency| Some((agency, site.register.quality_systems.get(&agency.id)?)));
    systems.flat_map(|(agency, system)| system.declarations.iter().map(move |declaration| (agency, declaration)))
}

/// The procedures that have a page, in the Vietnamese order of names.
fn procedures<'s, 'a>(site: &'s Site<'a>) -> impl Iterator<Item = &'s CatalogueEntry<'a>> {
    site.catalogue.iter().filter(|entry| site.is_province() || is_done(site, entry))
}

/// Whether some agency has a page about a procedure.
fn is_done(site: &Site<'_>, entry: &CatalogueEntry<'_>) -> bool {
    let rank = site.rank(&entry.procedure.code);
    agencies(site)
        .map(|agency| site.standing(&agency.id))
        .any(|standing| standing.ranks.binary_search(&rank).is_ok() || standing.abolished_ranks.contains(&rank))
}

/// The work processes that have a page.
fn work_processes<'s>(site: &'s Site<'_>) -> impl Iterator<Item = (&'s Agency, &'s WorkProcess)> {
    let all = active(site).flat_map(|agency| site.register.records(&agency.id).work_processes.iter().map(move |process| (agency, process)));
    all.filter(|(_, process)| process.is_public())
}

/// Where the data of a page lies, beside it.
pub(super) fn beside(folder: &str) -> String {
    format!("{folder}index.json")
}

/// Writes everything that is not beside a page.
pub(super) fn write(site: &Site<'_>) -> Result<()> {
    if !site.wants_below(SECTION) {
        return Ok(());
    }
    let (tables, linked) = rayon::join(|| Set::ALL.par_iter().map(|set| write_set(site, *set)).collect::<Result<Vec<_>>>(), || linked::write(site));
    linked?;
    catalogue::write(site)?;
    write_workbook(site, &tables?)
}

/// Writes the records of a kind. Returns the print of its table, where that was asked for.
fn write_set(site: &Site<'_>, set: Set) -> Result<Option<Print>> {
    if site.wants(&set.schema_file()) {
        site.write_made(set.schema_file(), schema::of(site, set)?)?;
    }
    let header = serde_json::to_string(&Header::new(site, set))?;
    site.write_pieces(set.file("json"), None, &|out| {
        let opening = header.strip_suffix('}').unwrap_or(&header);
        write!(out, "{opening},\"records\":[")?;
        each(site, set, &mut Lines { out, is_first: true, buffer: Vec::new() })?;
        Ok(out.write_all(b"\n]}\n")?)
    })?;
    site.write_pieces(set.file("csv"), None, &|out| {
        out.write_all(table::BYTE_ORDER_MARK)?;
        each(site, set, &mut table::Csv::new(out))
    })
}

/// Records as JSON, each on a line.
struct Lines<'o> {
    out: &'o mut (dyn Write + Send),
    is_first: bool,
    buffer: Vec<u8>,
}

impl Visit for Lines<'_> {
    fn visit<'r, R: Record>(&mut self, records: impl Iterator<Item = R> + 'r) -> Result<()> {
        for record in records {
            self.buffer.clear();
            self.buffer.extend_from_slice(if self.is_first { b"\n" } else { b",\n" });
            self.is_first = false;
            serde_json::to_writer(&mut self.buffer, &record)?;
            self.out.write_all(&self.buffer)?;
        }
        Ok(())
    }
}

/// Rows of a workbook.
struct Rows<'b, 's, W: Write> {
    book: &'b mut Book<W>,
    site: &'s Site<'s>,
}

impl<W: Write> Visit for Rows<'_, '_, W> {
    fn visit<'r, R: Record>(&mut self, records: impl Iterator<Item = R> + 'r) -> Result<()> {
        let words = self.site.words();
        for record in records {
            let cells = record.cells();
            self.book.row(&cells.iter().map(|cell| cell.in_workbook(words)).collect::<Vec<_>>())?;
        }
        Ok(())
    }
}

/// Writes the workbook, which shows what the tables say in the words of the theme: their prints are its key.
fn write_workbook(site: &Site<'_>, tables: &[Option<Print>]) -> Result<()> {
    if !site.wants(WORKBOOK) {
        return Ok(());
    }
    let intro = page::intro(site);
    let tables: Vec<u8> = tables.iter().flatten().flat_map(|print| print.0).collect();
    let key = Print::of_pieces(&[&tables, &site.theme_key.0, intro.join("\n").as_bytes(), site.today().to_string().as_bytes()]);
    if site.reuse(WORKBOOK, &key)? {
        return Ok(());
    }
    site.write_pieces(WORKBOOK.to_owned(), Some(&key), &|out| {
        let words = site.words();
        let mut book = Book::new(out, &site.config.title, site.today());
        book.page(words.text("data_sheet_intro"), &intro)?;
        for set in Set::ALL {
            book.sheet(words.text(&set.word()), &table::headings(set, words))?;
            each(site, set, &mut Rows { book: &mut book, site })?;
            book.end_sheet(words.text("data_sheet_cut"))?;
        }
        book.finish()
    })?;
    Ok(())
}

/// The data of one page.
#[derive(Serialize)]
struct Beside<'r, R> {
    /// Leads to the schema from the page.
    schema: String,
    license: Option<&'r str>,
    record: R,
}

fn write_beside<R: Record>(site: &Site<'_>, folder: &str, record: impl FnOnce() -> R) -> Result<()> {
    let file = beside(folder);
    if !site.wants(&file) {
        return Ok(());
    }
    let schema = format!("{}{}", path::up(folder), R::SET.schema_file());
    let mut bytes = serde_json::to_vec(&Beside { schema, license: site.config.license.as_deref(), record: record() })?;
    bytes.push(b'\n');
    site.write_made(file, bytes)
}

/// Writes what lies beside the pages of an agency, but for those of its procedures.
pub(super) fn write_for_agency(pages: &AgencySite<'_>) -> Result<()> {
    let (site, agency) = (pages.site, pages.agency);
    write_beside(site, &pages.base, || AgencyRecord::new(site, agency))?;
    if pages.system_owner.is_none() {
        for declaration in pages.system.iter().flat_map(|system| &system.declarations) {
            write_beside(site, &pages.folder(&path::declaration(declaration)), || DeclarationRecord::new(site, agency, declaration))?;
        }
    }
    for process in pages.public_processes() {
        write_beside(site, &pages.folder(&path::work_process(process)), || WorkProcessRecord::new(site, agency, process))?;
    }
    Ok(())
}

/// Writes what lies beside the page of a procedure at the root of the site. An agency adds nothing to it but what its own
/// data says.
pub(super) fn write_for_procedure(site: &Site<'_>, entry: &CatalogueEntry<'_>) -> Result<()> {
    write_beside(site, entry.folder, || ProcedureRecord::new(site, entry))
}
