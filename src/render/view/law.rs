//! Legal documents: as a basis beside a record, and on a page of their own.

use serde::Serialize;

use super::super::citation::{self, Citations};
use super::super::path;
use super::super::site::Site;
use super::{LinkView, PagerView, iso, page_folder, pager};
use crate::domain::vocabulary::{DocumentStatus, LegalStatus};
use crate::domain::{Agency, DocumentNumber, LegalChange, LegalDocument, WorkProcess};
use crate::markdown::is_external;

/// A legal basis with its state. What the register does not know is never shown as in force.
#[derive(Debug, Clone, Serialize)]
pub(in super::super) struct LegalView {
    pub number: Option<String>,
    pub title: Option<String>,
    pub href: Option<String>,
    pub is_external: bool,
    pub status: LegalStatus,
    pub ended_on: Option<String>,
    pub effective_on: Option<String>,
    pub replaced_by: Vec<String>,
}

impl LegalView {
    /// A basis by its number, its title from the register or as the record states it.
    pub fn new(site: &Site<'_>, number: Option<&DocumentNumber>, stated_title: Option<&str>) -> Self {
        let document = number.and_then(|number| site.register.legal_documents.get(number));
        let href = document.and_then(|document| site.legal_link(document));
        let status = number.map_or(LegalStatus::Unknown, |number| site.register.legal_status(number, site.today()));
        Self {
            number: number.map(ToString::to_string),
            title: document.map(|document| document.title.clone()).or_else(|| stated_title.map(str::to_owned)),
            is_external: href.as_deref().is_some_and(is_external),
            href,
            status,
            ended_on: iso(document.and_then(|document| document.ended_on).filter(|_| status == LegalStatus::Ended)),
            effective_on: iso(document.and_then(|document| document.effective_on).filter(|_| status == LegalStatus::NotYetInForce)),
            replaced_by: document.map(|document| document.replaced_by.iter().map(ToString::to_string).collect()).unwrap_or_default(),
        }
    }

    /// Bases by their numbers alone.
    pub fn all(site: &Site<'_>, numbers: &[DocumentNumber]) -> Vec<Self> {
        numbers.iter().map(|number| Self::new(site, Some(number), None)).collect()
    }
}

/// The page of a legal document.
#[derive(Debug, Serialize)]
pub(in super::super) struct LegalDocumentView<'a> {
    pub number: &'a str,
    pub title: &'a str,
    pub issuer: Option<&'a str>,
    pub issued_on: Option<String>,
    pub effective_on: Option<String>,
    pub ended_on: Option<String>,
    pub status: LegalStatus,
    pub replaced_by: Vec<LegalView>,
    pub amended_by: Vec<LegalView>,
    pub note: Option<&'a str>,
    pub source: Option<&'a str>,
    pub is_source_link: bool,
    pub verified_on: Option<String>,
    pub href: String,
    pub cited: usize,
}

impl<'a> LegalDocumentView<'a> {
    /// What the register knows about a document.
    pub fn new(site: &Site<'a>, citations: &Citations<'_>, document: &'a LegalDocument) -> Self {
        Self {
            number: document.number.as_str(),
            title: &document.title,
            issuer: document.issuer.as_deref(),
            issued_on: iso(document.issued_on),
            effective_on: iso(document.effective_on),
            ended_on: iso(document.ended_on),
            status: document.status_on(site.today()),
            replaced_by: LegalView::all(site, &document.replaced_by),
            amended_by: LegalView::all(site, &document.amended_by),
            note: document.note.as_deref(),
            source: document.source.as_deref(),
            is_source_link: document.source.as_deref().is_some_and(|source| source.starts_with("https://") || source.starts_with("http://")),
            verified_on: iso(document.verified_on),
            href: path::page(&path::legal_document(&document.number)),
            cited: citations.0.get(&document.number).map_or(0, citation::Citation::count),
        }
    }
}

/// Most legal documents on a page.
const PAGE_LENGTH: usize = 400;

/// The year in which a document was issued: by its date, else as its number says (`63/2010/NĐ-CP`).
fn year(document: &LegalDocument) -> Option<i16> {
    let stated = || document.number.as_str().split('/').nth(1).filter(|part| part.len() == 4)?.parse().ok();
    document.issued_on.map(|on| on.year()).or_else(stated)
}

/// The list of legal documents; a long one is an index of the years in which they were issued.
#[derive(Debug, Serialize)]
pub(in super::super) struct LawView<'a> {
    pub count: usize,
    /// Empty where the page is an index.
    pub documents: Vec<LegalDocumentView<'a>>,
    pub years: Vec<LawYearView>,
    /// Cited, but not in the register: their state is not known.
    pub unregistered: Vec<String>,
    pub pager: Vec<PagerView>,
}

/// A page of the documents of a year.
pub(in super::super) struct LawYearPage<'a> {
    pub year: Option<i16>,
    pub folder: String,
    pub list: LawView<'a>,
}

/// A year of the index; `None` is what has no date.
#[derive(Debug, Clone, Serialize)]
pub(in super::super) struct LawYearView {
    pub year: Option<i16>,
    pub href: String,
    pub count: usize,
}

impl<'a> LawView<'a> {
    /// The register, newest first, and what is missing in it; with the pages of single years where it is long.
    pub fn pages(site: &Site<'a>, citations: &Citations<'_>) -> (Self, Vec<LawYearPage<'a>>) {
        let mut registered: Vec<&LegalDocument> = site.register.legal_documents.values().collect();
        registered.sort_by(|left, right| (year(right), right.issued_on).cmp(&(year(left), left.issued_on)).then(left.number.cmp(&right.number)));
        let view = |document: &&'a LegalDocument| LegalDocumentView::new(site, citations, document);
        let cited = citations.0.keys();
        let unregistered = cited.filter(|number| !site.register.legal_documents.contains_key(number)).map(ToString::to_string).collect();
        let count = registered.len();
        if count <= PAGE_LENGTH {
            return (Self { count, documents: registered.iter().map(view).collect(), years: Vec::new(), unregistered, pager: Vec::new() }, Vec::new());
        }
        let (mut years, mut pages) = (Vec::new(), Vec::new());
        for of_year in registered.chunk_by(|left, right| year(left) == year(right)) {
            let (year, count) = (of_year.first().and_then(|document| year(document)), of_year.len());
            let folder = path::legal_year(year);
            years.push(LawYearView { year, href: path::page(&folder), count });
            for (part, number) in of_year.chunks(PAGE_LENGTH).zip(1..) {
                let documents = part.iter().map(view).collect();
                let pager = pager(&folder, number, count.div_ceil(PAGE_LENGTH));
                let list = Self { count, documents, years: Vec::new(), unregistered: Vec::new(), pager };
                pages.push(LawYearPage { year, folder: page_folder(&folder, number), list });
            }
        }
        (Self { count, documents: Vec::new(), years, unregistered, pager: Vec::new() }, pages)
    }
}

/// The page of a legal document and of all that cites it.
#[derive(Debug, Serialize)]
pub(in super::super) struct CitedView<'a> {
    pub document: LegalDocumentView<'a>,
    pub procedures: Vec<LinkView>,
    pub processes: Vec<CitingView>,
    pub declarations: Vec<CitingView>,
}

/// A record that cites, and whose it is.
#[derive(Debug, Serialize)]
pub(in super::super) struct CitingView {
    pub agency: LinkView,
    pub link: LinkView,
    /// What changed, where nothing answers it yet.
    pub suspect: Option<SuspectView>,
}

/// A change of the law that a work process has not answered: until then it is suspect.
#[derive(Debug, Serialize)]
pub(in super::super) struct SuspectView {
    pub document: LegalView,
    pub on: String,
    pub due_on: Option<String>,
}

impl SuspectView {
    /// Every change that a work process in use has not answered, by a revision or a legal review.
    pub fn all(site: &Site<'_>, process: &WorkProcess) -> Vec<Self> {
        let changes = if process.status == DocumentStatus::Active { site.register.unanswered_changes(process, site.today()) } else { Vec::new() };
        let view = |change: &LegalChange<'_>| Self {
            document: LegalView::new(site, Some(&change.document.number), None),
            on: change.on.to_string(),
            due_on: iso(change.due_on),
        };
        changes.iter().map(view).collect()
    }
}

impl<'a> CitedView<'a> {
    /// A document and its citations.
    pub fn new(site: &Site<'a>, citations: &Citations<'_>, document: &'a LegalDocument) -> Self {
        let citation = citations.0.get(&document.number);
        let home = |agency: &Agency| LinkView { href: Some(path::page(&site.agency_folder(agency))), title: agency.short().to_owned() };
        let page = |agency: &Agency, folder: String| Some(path::page(&format!("{}{folder}", site.agency_folder(agency))));
        let mut procedures: Vec<_> = citation.iter().flat_map(|one| &one.administrative_procedures).collect();
        procedures.sort_by_cached_key(|procedure| site.rank(&procedure.code));
        let process = |(agency, process): &(&Agency, &crate::domain::WorkProcess)| CitingView {
            agency: home(agency),
            link: LinkView { href: page(agency, path::work_process(process)), title: format!("{}: {}", process.code, process.title) },
            suspect: SuspectView::all(site, process).into_iter().find(|suspect| suspect.document.number.as_deref() == Some(document.number.as_str())),
        };
        let declaration = |(agency, declaration): &(&Agency, &crate::domain::Declaration)| CitingView {
            agency: home(agency),
            link: LinkView {
                href: page(agency, path::declaration(declaration)),
                title: declaration.number.as_ref().map_or_else(|| declaration.slug.clone(), ToString::to_string),
            },
            suspect: None,
        };
        Self {
            document: LegalDocumentView::new(site, citations, document),
            procedures: procedures
                .iter()
                .map(|procedure| LinkView {
                    href: Some(path::page(site.procedure_folder(&procedure.code))),
                    title: format!("{} {}", procedure.code, procedure.name),
                })
                .collect(),
            processes: citation.iter().flat_map(|one| &one.work_processes).map(process).collect(),
            declarations: citation.iter().flat_map(|one| &one.declarations).map(declaration).collect(),
        }
    }
}
