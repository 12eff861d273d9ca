//! Legal documents: as a basis beside a record, and on a page of their own.

use serde::Serialize;

use super::super::citation::{self, Citations};
use super::super::path;
use super::super::site::Site;
use super::{LinkView, iso};
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

/// The list of legal documents.
#[derive(Debug, Serialize)]
pub(in super::super) struct LawView<'a> {
    pub documents: Vec<LegalDocumentView<'a>>,
    /// Cited, but not in the register: their state is not known.
    pub unregistered: Vec<String>,
}

impl<'a> LawView<'a> {
    /// The register, newest first, and what is missing in it.
    pub fn new(site: &Site<'a>, citations: &Citations<'_>) -> Self {
        let registered = site.register.legal_documents.values();
        let mut documents: Vec<LegalDocumentView<'a>> = registered.map(|document| LegalDocumentView::new(site, citations, document)).collect();
        documents.sort_by(|left, right| right.issued_on.cmp(&left.issued_on).then(left.number.cmp(right.number)));
        let cited = citations.0.keys();
        Self { documents, unregistered: cited.filter(|number| !site.register.legal_documents.contains_key(number)).map(ToString::to_string).collect() }
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
        procedures.sort_by_key(|procedure| site.rank(&procedure.code));
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
