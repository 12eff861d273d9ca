//! The lists of internal and external documents.

use serde::Serialize;

use super::super::agency_site::AgencySite;
use super::super::{attachment, path};
use super::{FileView, LegalView, LinkView, iso};
use crate::domain::vocabulary::{DocumentKind, DocumentStatus};

/// Both lists.
#[derive(Debug, Serialize)]
pub(in super::super) struct DocumentsView<'a> {
    pub internal: Vec<DocumentView<'a>>,
    pub external: Vec<ExternalView>,
    pub framework: Option<&'a str>,
    pub shared_with: Option<LinkView>,
}

/// One internal document.
#[derive(Debug, Serialize)]
pub(in super::super) struct DocumentView<'a> {
    pub code: &'a str,
    pub title: &'a str,
    pub kind: DocumentKind,
    pub edition: Option<u32>,
    pub revision: Option<u32>,
    pub issued_on: Option<String>,
    pub status: DocumentStatus,
    pub approved_by: Option<&'a str>,
    pub file: Option<FileView>,
    pub href: Option<String>,
}

/// One legal document of the external list.
#[derive(Debug, Serialize)]
pub(in super::super) struct ExternalView {
    pub document: LegalView,
    pub updated_on: Option<String>,
}

impl<'a> DocumentsView<'a> {
    /// What the agency may show of its lists; work processes join the internal list.
    pub fn new(pages: &'a AgencySite<'a>) -> Self {
        let lists = &pages.records.documents;
        let listed = lists.internal.iter().filter(|document| attachment::is_public(document)).map(|document| DocumentView {
            code: &document.code,
            title: &document.title,
            kind: document.kind,
            edition: document.edition,
            revision: document.revision,
            issued_on: iso(document.issued_on),
            status: document.status,
            approved_by: document.approved_by.as_deref(),
            file: document.file.as_deref().and_then(|file| pages.file(file, &document.title)),
            href: None,
        });
        let processes = pages.records.work_processes.iter().filter(|process| process.is_public()).map(|process| DocumentView {
            code: &process.code,
            title: &process.title,
            kind: DocumentKind::WorkProcess,
            edition: Some(process.edition),
            revision: Some(process.revision),
            issued_on: iso(process.issued_on),
            status: process.status,
            approved_by: Some(&process.approved_by),
            file: None,
            href: Some(pages.href(&path::work_process(process))),
        });
        let mut internal: Vec<DocumentView<'a>> = listed.collect();
        for process in processes {
            match internal.iter_mut().find(|document| document.code == process.code) {
                Some(listed) => listed.href = process.href,
                None => internal.push(process),
            }
        }
        internal.sort_by_key(|document| document.status == DocumentStatus::Obsolete || document.status == DocumentStatus::Superseded);
        let framework = pages.agency.framework.as_ref().and_then(|id| pages.site.register.frameworks.get(id));
        Self {
            internal,
            external: lists
                .external
                .iter()
                .map(|document| ExternalView {
                    document: LegalView::new(pages.site, Some(&document.number), document.title.as_deref()),
                    updated_on: iso(document.updated_on),
                })
                .collect(),
            framework: framework.map(|framework| framework.name.as_str()),
            shared_with: pages.shared_link("tai-lieu/"),
        }
    }
}
