//! Sheets to post: their list, a sheet's own page, and whether what hangs on the wall is the current one.

use anyhow::Result;
use serde::Serialize;

use super::super::agency_site::AgencySite;
use super::super::page::Head;
use super::super::path;
use super::super::sheet::{SECTION, declaration_fingerprint, has_procedure_sheets, pdf_href, procedure_fingerprint, stylesheet};
use super::{LinkView, PagerView, iso, pager};
use crate::domain::{AdministrativeProcedure, PostedSheet, Posting};

/// Most procedures on a page of the list.
const PAGE_LENGTH: usize = 200;

/// What is to hang on the wall, and what hung there before.
#[derive(Debug, Serialize)]
pub(in super::super) struct PostedView {
    /// Of the current sheet.
    pub fingerprint: String,
    /// Since when the current sheet hangs; `None` where nobody recorded it.
    pub posted_on: Option<String>,
    /// Newest first.
    pub former: Vec<FormerView>,
}

/// A sheet that is no longer the current one.
#[derive(Debug, Serialize)]
pub(in super::super) struct FormerView {
    pub fingerprint: String,
    pub posted_on: Option<String>,
    /// The day on which another one took its place.
    pub until: Option<String>,
}

impl PostedView {
    /// What the agency recorded about a sheet, whose fingerprint is now this one.
    pub fn new(pages: &AgencySite<'_>, sheet: &PostedSheet, current: &str) -> Self {
        let postings: Vec<&Posting> = pages.records.postings.iter().filter(|posting| posting.sheet == *sheet).collect();
        let former = postings.iter().enumerate().rev().filter(|(_, posting)| posting.fingerprint != current).map(|(index, posting)| FormerView {
            fingerprint: posting.fingerprint.clone(),
            posted_on: iso(posting.posted_on),
            until: iso(postings.get(index + 1).and_then(|next| next.posted_on)),
        });
        Self {
            fingerprint: current.to_owned(),
            posted_on: iso(postings.last().filter(|last| last.fingerprint == current).and_then(|last| last.posted_on)),
            former: former.collect(),
        }
    }
}

/// The page of a sheet, around the sheet.
#[derive(Debug, Serialize)]
pub(in super::super) struct SheetView {
    pub stylesheet: String,
    /// The page that says the same with links.
    pub about: String,
    pub pdf: Option<String>,
}

impl SheetView {
    /// The page with this head, for the sheet of what the page `about` tells.
    pub fn new(pages: &AgencySite<'_>, head: &Head, about: &str) -> Result<Self> {
        Ok(Self { stylesheet: stylesheet(pages.site)?, about: about.to_owned(), pdf: pdf_href(&head.folder) })
    }
}

/// The list of an agency's sheets.
#[derive(Debug, Serialize)]
pub(in super::super) struct SheetsView {
    pub declaration: Option<SheetRowView>,
    pub shared_with: Option<LinkView>,
    pub has_procedures: bool,
    pub procedures_href: String,
    pub procedures: Vec<SheetRowView>,
    pub pager: Vec<PagerView>,
}

/// A sheet of the list.
#[derive(Debug, Serialize)]
pub(in super::super) struct SheetRowView {
    pub code: String,
    pub title: String,
    pub href: String,
    pub pdf: Option<String>,
    pub posted: PostedView,
}

impl SheetsView {
    /// How many pages the list has.
    pub fn page_count(pages: &AgencySite<'_>) -> usize {
        if has_procedure_sheets(pages) { pages.procedures.len().div_ceil(PAGE_LENGTH).max(1) } else { 1 }
    }

    /// A page of the list, counted from 1.
    pub fn new(pages: &AgencySite<'_>, number: usize) -> Self {
        let has_procedures = has_procedure_sheets(pages) && !pages.procedures.is_empty();
        let shown = pages.procedures.chunks(PAGE_LENGTH).nth(number - 1).filter(|_| has_procedures).unwrap_or_default();
        let current = pages.current.filter(|_| number == 1 && pages.system_owner.is_none());
        let declaration = current.map(|current| {
            let title = pages.site.words().text("sheet_declaration_title").to_owned();
            row(pages, PostedSheet::Declaration, title, path::DECLARATION_SHEET, declaration_fingerprint(pages, current))
        });
        let row_of = |procedure: &&AdministrativeProcedure| {
            row(pages, PostedSheet::of(procedure), procedure.name.clone(), &path::sheet(procedure), procedure_fingerprint(pages, procedure))
        };
        Self {
            declaration,
            shared_with: pages.shared_link(SECTION),
            has_procedures,
            procedures_href: pages.href("thu-tuc/"),
            procedures: shown.iter().map(row_of).collect(),
            pager: pager(&pages.folder(SECTION), number, Self::page_count(pages)),
        }
    }
}

fn row(pages: &AgencySite<'_>, sheet: PostedSheet, title: String, folder: &str, fingerprint: String) -> SheetRowView {
    SheetRowView {
        posted: PostedView::new(pages, &sheet, &fingerprint),
        code: sheet.to_string(),
        title,
        href: pages.href(folder),
        pdf: pdf_href(&pages.folder(folder)),
    }
}

/// The short permanent page of the declaration.
#[derive(Debug, Serialize)]
pub(in super::super) struct ShortDeclarationView<'a> {
    pub agency: &'a str,
    pub declaration: Option<LinkView>,
    pub standard: Option<String>,
    pub issued_on: Option<String>,
    pub href: String,
    pub posted: Option<PostedView>,
}
