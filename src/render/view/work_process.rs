//! Work processes: the list and each of them.

use std::borrow::Cow;

use serde::Serialize;

use super::super::agency_site::AgencySite;
use super::super::path;
use super::{AnnexView, LegalView, SuspectView, iso, unit_label};
use crate::domain::vocabulary::{DocumentStatus, WorkProcessKind};
use crate::domain::{Definition, Step, WorkProcess, decimal};

/// A line of the list.
#[derive(Debug, Serialize)]
pub(in super::super) struct ProcessEntryView<'a> {
    pub href: String,
    pub code: &'a str,
    pub title: &'a str,
    pub kind: WorkProcessKind,
    pub status: DocumentStatus,
    pub edition: u32,
    pub revision: u32,
    pub issued_on: Option<String>,
    pub covers: usize,
}

/// The list.
#[derive(Debug, Serialize)]
pub(in super::super) struct ProcessesView<'a> {
    pub processes: Vec<ProcessEntryView<'a>>,
    pub shared_with: Option<super::LinkView>,
}

impl<'a> ProcessesView<'a> {
    /// The public processes, those in use first.
    pub fn new(pages: &'a AgencySite<'a>) -> Self {
        let mut processes: Vec<ProcessEntryView<'a>> = pages.public_processes().map(|process| entry(pages, process)).collect();
        processes.sort_by(|left, right| (left.status != DocumentStatus::Active).cmp(&(right.status != DocumentStatus::Active)).then(left.code.cmp(right.code)));
        Self { processes, shared_with: pages.shared_link("quy-trinh/") }
    }
}

fn entry<'a>(pages: &AgencySite<'_>, process: &'a WorkProcess) -> ProcessEntryView<'a> {
    ProcessEntryView {
        href: pages.href(&path::work_process(process)),
        code: &process.code,
        title: &process.title,
        kind: process.kind,
        status: process.status,
        edition: process.edition,
        revision: process.revision,
        issued_on: iso(process.issued_on),
        covers: process.covers.len(),
    }
}

/// One process with all it says.
#[derive(Debug, Serialize)]
pub(in super::super) struct ProcessView<'a> {
    pub code: &'a str,
    pub title: &'a str,
    pub kind: WorkProcessKind,
    pub status: DocumentStatus,
    pub edition: u32,
    pub revision: u32,
    pub issued_on: Option<String>,
    pub effective_on: Option<String>,
    pub drafted_by: Option<&'a str>,
    pub reviewed_by: Option<&'a str>,
    pub approved_by: &'a str,
    pub unit: Option<&'a str>,
    pub purpose: Option<&'a str>,
    pub scope: Option<&'a str>,
    pub definitions: Vec<(&'a str, &'a str)>,
    pub covers: Vec<AnnexView>,
    pub legal_bases: Vec<LegalView>,
    pub references: &'a [String],
    pub steps: Vec<ProcessStepView<'a>>,
    pub records: Vec<RetainedView<'a>>,
    pub revisions: Vec<RevisionView<'a>>,
    pub legal_reviews: Vec<LegalReviewView<'a>>,
    /// Changes of the law that nothing answers yet.
    pub suspects: Vec<SuspectView>,
    pub body_html: Option<String>,
}

/// One step.
#[derive(Debug, Serialize)]
pub(in super::super) struct ProcessStepView<'a> {
    pub action: Cow<'a, str>,
    pub responsible: Option<Cow<'a, str>>,
    pub duration: Option<String>,
    pub method: Option<Cow<'a, str>>,
    pub forms: &'a [String],
    pub output: Option<Cow<'a, str>>,
}

/// A record that is kept.
#[derive(Debug, Serialize)]
pub(in super::super) struct RetainedView<'a> {
    pub name: &'a str,
    pub kept_by: Option<&'a str>,
    pub kept_for: Option<&'a str>,
}

/// A row of the revision table.
#[derive(Debug, Serialize)]
pub(in super::super) struct RevisionView<'a> {
    pub edition: u32,
    pub revision: u32,
    pub on: Option<String>,
    pub what: &'a str,
}

/// A legal document that was looked at.
#[derive(Debug, Serialize)]
pub(in super::super) struct LegalReviewView<'a> {
    pub document: LegalView,
    pub reviewed_on: Option<String>,
    pub conclusion: Option<&'a str>,
}

impl<'a> ProcessView<'a> {
    /// A process on a page `root` below the root.
    pub fn new(pages: &'a AgencySite<'a>, process: &'a WorkProcess, root: &str) -> Self {
        Self {
            code: &process.code,
            title: &process.title,
            kind: process.kind,
            status: process.status,
            edition: process.edition,
            revision: process.revision,
            issued_on: iso(process.issued_on),
            effective_on: iso(process.effective_on),
            drafted_by: process.drafted_by.as_deref(),
            reviewed_by: process.reviewed_by.as_deref(),
            approved_by: &process.approved_by,
            unit: process.unit.as_deref().map(|unit| pages.unit_name(unit)),
            purpose: process.purpose.as_deref(),
            scope: process.scope.as_deref(),
            definitions: process.definitions.iter().map(|definition| (definition.term.as_str(), definition.meaning.as_str())).collect(),
            covers: process.covers.iter().map(|code| AnnexView::new(pages, code)).collect(),
            legal_bases: LegalView::all(pages.site, &process.legal_bases),
            references: &process.references,
            steps: process_steps(pages, process),
            records: process
                .records
                .iter()
                .map(|record| RetainedView { name: &record.name, kept_by: record.kept_by.as_deref(), kept_for: record.kept_for.as_deref() })
                .collect(),
            revisions: process
                .revisions
                .iter()
                .map(|revision| RevisionView { edition: revision.edition, revision: revision.revision, on: iso(revision.on), what: &revision.what })
                .collect(),
            legal_reviews: process
                .legal_reviews
                .iter()
                .map(|review| LegalReviewView {
                    document: LegalView::new(pages.site, Some(&review.document), None),
                    reviewed_on: iso(review.reviewed_on),
                    conclusion: review.conclusion.as_deref(),
                })
                .collect(),
            suspects: SuspectView::all(pages.site, process),
            body_html: (!process.body.text.trim().is_empty()).then(|| pages.html(&process.body, 2, root)),
        }
    }
}

/// The steps of a process. Short words of its own list are written out where they first stand.
pub(in super::super) fn process_steps<'a>(pages: &AgencySite<'_>, process: &'a WorkProcess) -> Vec<ProcessStepView<'a>> {
    let words = pages.site.words();
    let mut short_words = ShortWords { unused: process.definitions.iter().collect() };
    let view = |step: &'a Step| ProcessStepView {
        action: short_words.write_out(&step.action),
        responsible: step.responsible.as_deref().map(|text| short_words.write_out(text)),
        duration: step.duration.map(|duration| format!("{} {}", decimal(duration.value, 3), unit_label(duration.unit, words))),
        method: step.method.as_deref().map(|text| short_words.write_out(text)),
        forms: &step.forms,
        output: step.output.as_deref().map(|text| short_words.write_out(text)),
    };
    process.steps.iter().map(view).collect()
}

/// The short words of a process that a reader has not yet met: a citizen comes without its list of definitions.
struct ShortWords<'d> {
    unused: Vec<&'d Definition>,
}

impl ShortWords<'_> {
    /// `TTHC` as `Thủ tục hành chính (TTHC)` where it stands for the first time.
    fn write_out<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        let mut written = Cow::Borrowed(text);
        self.unused.retain(|definition| {
            let Some(at) = find_word(&written, &definition.term) else { return true };
            if !written.contains(&definition.meaning) {
                let end = at + definition.term.len();
                written = format!("{}{} ({}){}", &written[..at], definition.meaning, definition.term, &written[end..]).into();
            }
            false
        });
        written
    }
}

/// Where a text has a word, not as a part of another one.
fn find_word(text: &str, word: &str) -> Option<usize> {
    let is_free = |neighbour: Option<char>| neighbour.is_none_or(|c| !c.is_alphanumeric());
    let is_whole = |at: &usize| is_free(text[..*at].chars().next_back()) && is_free(text[at + word.len()..].chars().next());
    text.match_indices(word).map(|(at, _)| at).filter(|_| !word.is_empty()).find(is_whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_word_is_written_out_where_it_first_stands() {
        let definition = Definition { term: "TTHC".to_owned(), meaning: "Thủ tục hành chính".to_owned() };
        let mut short_words = ShortWords { unused: vec![&definition] };
        assert_eq!(short_words.write_out("Mở sổ"), "Mở sổ");
        assert_eq!(short_words.write_out("Nhập vào hệ thống TTHC; xem mã TTHC"), "Nhập vào hệ thống Thủ tục hành chính (TTHC); xem mã TTHC");
        assert_eq!(short_words.write_out("Mã TTHC"), "Mã TTHC");
    }
}
