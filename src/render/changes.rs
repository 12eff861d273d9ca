//! What changed since the site was published last: pages, feeds, and the record that the next build compares with.
//! Nothing here knows when a file was written; only what was said before, and what is said now.

mod compare;
mod facts;
mod feed;
mod former;
mod record;
mod told;

use anyhow::Result;

use super::agency_site::AgencySite;
use super::page::{self, Head};
use super::path;
use super::province_pages;
use super::shell::Owner;
use super::site::Site;
use crate::domain::{Component, Date, Dossier, ProcedureCode};
pub(super) use former::FormerNames;
use record::{Entry, Facts, Kind, PaperHash, Record, RecordWriter};
pub use record::{MOST_BYTES, RECORD_PATH};
use told::{ChangesView, Told};

/// Folder of the pages, below an agency or the province.
pub(super) const SECTION: &str = "thay-doi/";
/// Whether the file at a path of the site tells what changed.
pub fn tells_changes(path: &str) -> bool {
    path.starts_with(SECTION) || path.contains("/thay-doi/")
}

/// Whether a path of the site that has no file now may have been a procedure's under a former name.
pub fn may_have_moved(path: &str) -> bool {
    path::code_and_name(path).is_some()
}

/// Most papers that a change names.
const MOST_PAPERS: usize = 3;

/// What an earlier build said, as far as it can be trusted.
#[derive(Debug, Clone, Default)]
pub struct Previous(Option<Box<Record>>);

impl Previous {
    /// Takes the bytes of a published record; `None` where they are not one that this program wrote.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        Record::read(bytes).map(|record| Self(Some(Box::new(record))))
    }
}

/// What changed up to this build.
pub(super) struct Changes {
    /// The day on which the first record was made.
    since: Date,
    /// Newest first.
    log: Vec<Entry>,
}

impl Changes {
    /// Compares a site with what was published before.
    pub fn of(site: &Site<'_>, previous: &Previous) -> Self {
        let today = site.today();
        let Some(record) = previous.0.as_deref() else { return Self { since: today, log: Vec::new() } };
        let facts = Facts::of(site);
        let mut found = if record.facts == facts { Vec::new() } else { compare::compare(&record.facts, &facts, today) };
        found.iter_mut().filter(|entry| entry.kind == Kind::Papers).for_each(|entry| name_papers(site, &record.facts, entry));
        Self { since: record.since.min(today), log: compare::log(record.log.clone(), found, today) }
    }

    /// The changes that a page of the province tells, newest first.
    fn all(&self) -> impl Iterator<Item = &Entry> {
        self.log.iter()
    }

    /// The changes that the page of an agency tells: its own, and those of the procedures that it does.
    fn of_agency<'c>(&'c self, pages: &'c AgencySite<'_>) -> impl Iterator<Item = &'c Entry> {
        self.log.iter().filter(|entry| concerns(pages, entry))
    }
}

fn concerns(pages: &AgencySite<'_>, entry: &Entry) -> bool {
    let (own, system) = (pages.agency.id.as_str(), pages.agency.qms.as_str());
    match entry.agency.as_deref() {
        Some(agency) => agency == own || (agency == system && entry.kind.is_of_declaration()),
        None if !pages.site.is_province() => true,
        None => {
            let does = |code: &str| ProcedureCode::parse(code).is_some_and(|code| pages.has_page(&code));
            entry.concerns.iter().any(|id| id == own) || entry.subjects.iter().any(|subject| does(&subject.id))
        }
    }
}

/// Says which papers came, and how many went.
fn name_papers(site: &Site<'_>, before: &Facts, entry: &mut Entry) {
    let Some(code) = entry.subjects.first().map(|subject| subject.id.as_str()) else { return };
    let procedure = ProcedureCode::parse(code).and_then(|code| site.register.administrative_procedures.get(&code));
    let (Some(procedure), Some(before)) = (procedure, before.procedures.get(code)) else { return };
    let before = &before.papers.0;
    let now: Vec<(&Dossier, &Component)> = procedure.dossiers.iter().flat_map(|dossier| dossier.components.iter().map(move |paper| (dossier, paper))).collect();
    let hashes: Vec<PaperHash> = now.iter().map(|(dossier, paper)| facts::paper_hash(dossier, paper)).collect();
    let added: Vec<String> = now.iter().zip(&hashes).filter(|(_, hash)| !before.contains(hash)).map(|((_, paper), _)| facts::shown(&paper.name)).collect();
    let removed = before.iter().filter(|hash| !hashes.contains(hash)).count();
    if (1..=MOST_PAPERS).contains(&added.len()) {
        entry.after = Some(facts::shown(&added.join("; ")));
    }
    entry.count = (removed > 0).then_some(removed as u64);
}

/// Writes the record: everything that the next build needs of this one. The facts of a catalogue are made as they are
/// written: all at once they would take the memory of a fifth of it.
pub(super) fn write_record(site: &Site<'_>) -> Result<()> {
    if !site.wants(RECORD_PATH) {
        return Ok(());
    }
    let Changes { since, log } = site.changes();
    let facts = Facts::of_agencies(site);
    site.write_pieces(RECORD_PATH.to_owned(), None, &|out| {
        let mut writer = RecordWriter::begin(out, *since, log)?;
        facts::catalogued(site, |part| writer.catalogued(part))?;
        Ok(writer.end(&facts, site.former.by_code())?)
    })?;
    Ok(())
}

/// Writes the page and the feed of a province.
pub(super) fn write_for_province(site: &Site<'_>, owner: &Owner) -> Result<()> {
    let head = province_pages::section_head(site, "changes.html", SECTION);
    write(owner, &head, &Told { site, pages: None }, |changes| changes.all().collect())
}

/// Writes the page and the feed of an agency.
pub(super) fn write_for_agency(pages: &AgencySite<'_>) -> Result<()> {
    let title = pages.site.words().text("section_changes");
    let head = pages.head("changes.html", SECTION, SECTION, title).described(format!("{title}: {}", pages.agency.name));
    write(&pages.owner, &head, &Told { site: pages.site, pages: Some(pages) }, |changes| changes.of_agency(pages).collect())
}

fn write<'s>(owner: &Owner, head: &Head, told: &Told<'s, '_>, entries: impl Fn(&'s Changes) -> Vec<&'s Entry>) -> Result<()> {
    let (site, feed) = (told.site, feed_path(owner));
    if site.wants(&path::page(&head.folder)) || site.wants(&feed) {
        let changes = site.changes();
        let entries = entries(changes);
        feed::write(told, owner, &feed, changes.since, &entries)?;
        return page::write(site, owner, head, || ChangesView::new(told, changes.since, &entries, feed));
    }
    // The site map names it all the same.
    site.takes_page(head);
    Ok(())
}

/// Where the feed of an owner lies.
pub(super) fn feed_path(owner: &Owner) -> String {
    format!("{}{SECTION}atom.xml", owner.base)
}
