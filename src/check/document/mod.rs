//! Control of documents: codes, editions, references, and the files that records name.

mod approver_not_head;
mod broken_link;
mod changed_without_revision;
mod code_pattern_mismatch;
mod duplicate_code;
mod edition_goes_back;
mod missing_attachment;
mod obsolete_reference;
mod orphan_attachment;
mod refused_attachment_type;
mod several_active_editions;

use super::Check;
use crate::domain::vocabulary::DocumentStatus;
use crate::domain::{Agency, Date, Register};
use crate::origin::Origin;

pub(super) const CHECKS: &[Check] = &[
    (&duplicate_code::RULE, duplicate_code::check),
    (&code_pattern_mismatch::RULE, code_pattern_mismatch::check),
    (&several_active_editions::RULE, several_active_editions::check),
    (&edition_goes_back::RULE, edition_goes_back::check),
    (&obsolete_reference::RULE, obsolete_reference::check),
    (&changed_without_revision::RULE, changed_without_revision::check),
    (&approver_not_head::RULE, approver_not_head::check),
    (&broken_link::RULE, broken_link::check),
    (&missing_attachment::RULE, missing_attachment::check),
    (&orphan_attachment::RULE, orphan_attachment::check),
    (&refused_attachment_type::RULE, refused_attachment_type::check),
];

/// A work process or an entry of the internal list, as document control sees it.
struct Controlled<'a> {
    code: &'a str,
    title: &'a str,
    edition: Option<u32>,
    revision: Option<u32>,
    issued_on: Option<Date>,
    status: DocumentStatus,
    origin: &'a Origin,
    is_process: bool,
}

impl Controlled<'_> {
    /// Two spellings of one code meet here.
    fn key(&self) -> String {
        key(self.code)
    }

    fn is_active(&self) -> bool {
        self.status == DocumentStatus::Active
    }

    fn is_out_of_use(&self) -> bool {
        matches!(self.status, DocumentStatus::Superseded | DocumentStatus::Obsolete)
    }

    /// `lần ban hành 2, sửa đổi 1`, or nothing where the list does not say.
    fn edition_text(&self) -> (String, String) {
        match (self.edition, self.revision) {
            (Some(edition), Some(revision)) => (format!("ban hành lần {edition}, sửa đổi {revision}"), format!("edition {edition}, revision {revision}")),
            (Some(edition), None) => (format!("ban hành lần {edition}"), format!("edition {edition}")),
            _ => ("không ghi lần ban hành".to_owned(), "without edition".to_owned()),
        }
    }
}

/// A code without regard to case and spaces.
fn key(code: &str) -> String {
    code.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
}

/// Everything under control in an agency: its work processes, then its internal list.
fn controlled<'a>(register: &'a Register, agency: &Agency) -> Vec<Controlled<'a>> {
    let records = register.records(&agency.id);
    let processes = records.work_processes.iter().map(|process| Controlled {
        code: &process.code,
        title: &process.title,
        edition: Some(process.edition),
        revision: Some(process.revision),
        issued_on: process.issued_on,
        status: process.status,
        origin: &process.origin,
        is_process: true,
    });
    let listed = records.documents.internal.iter().map(|document| Controlled {
        code: &document.code,
        title: &document.title,
        edition: document.edition,
        revision: document.revision,
        issued_on: document.issued_on,
        status: document.status,
        origin: &document.origin,
        is_process: false,
    });
    // An empty code stands for one that the parser told to be missing.
    processes.chain(listed).filter(|document| !document.code.trim().is_empty()).collect()
}

/// Documents of one code with which each later one is compared.
const MOST_ALIKE: usize = 20;
/// Pairs of documents of one agency that are judged.
const MOST_PAIRS: usize = 10_000;

/// Pairs of documents of an agency with one code, the earlier one first.
fn same_code<'b, 'a>(documents: &'b [Controlled<'a>]) -> Vec<(&'b Controlled<'a>, &'b Controlled<'a>)> {
    let mut by_key: std::collections::BTreeMap<String, Vec<&Controlled<'a>>> = std::collections::BTreeMap::new();
    for document in documents {
        by_key.entry(document.key()).or_default().push(document);
    }
    let pairs = by_key.into_values().filter(|group| group.len() > 1).flat_map(|group| {
        let pairs: Vec<_> = (1..group.len()).flat_map(|second| (0..second.min(MOST_ALIKE)).map(move |first| (first, second))).collect();
        pairs.into_iter().map(|(first, second)| (group[first], group[second])).collect::<Vec<_>>()
    });
    pairs.take(MOST_PAIRS).collect()
}
