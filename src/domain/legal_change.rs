//! Changes of the law that a work process must answer: QĐ 19/2014/QĐ-TTg, Điều 4 khoản 4 điểm a.

use super::{Date, DocumentNumber, LegalDocument, LegalReview, Register, WorkProcess};

/// What happened to a legal document that somebody cites.
#[derive(Debug, Clone)]
pub struct LegalChange<'a> {
    pub document: &'a LegalDocument,
    /// Which of the citing record's legal bases it is.
    pub index: usize,
    pub kind: LegalChangeKind,
    /// What replaced or amended it.
    pub by: Vec<&'a DocumentNumber>,
    pub on: Date,
    /// The last day to answer it; `None` where the table of deadlines does not say.
    pub due_on: Option<Date>,
}

/// How it changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LegalChangeKind {
    /// It ended, replaced or not.
    Ended,
    /// One that amends it took effect.
    Amended,
    /// It took effect itself, and the record was last revised before it was issued.
    TookEffect,
}

impl Register {
    /// Every change of a document that a work process cites and that neither a revision nor a legal review
    /// answers, one a document, the earliest first.
    pub fn unanswered_changes<'a>(&'a self, process: &'a WorkProcess, today: Date) -> Vec<LegalChange<'a>> {
        // Without a known date of issue nothing is sure, and its rule has told so.
        let Some(revised_on) = last_revised(process) else { return Vec::new() };
        let mut found: Vec<LegalChange<'a>> = Vec::new();
        for (index, number) in process.legal_bases.iter().enumerate() {
            let Some(document) = self.legal_documents.get(number) else { continue };
            let changes = self.changes(document, index, revised_on, today).into_iter();
            found.extend(changes.filter(|change| !self.is_answered(process, revised_on, change)).min_by_key(|change| (change.on, change.kind)));
        }
        found.sort_by_key(|change| (change.on, change.index));
        found
    }

    fn changes<'a>(&'a self, document: &'a LegalDocument, index: usize, revised_on: Date, today: Date) -> Vec<LegalChange<'a>> {
        let deadline = self.deadlines.get("legal_update");
        let change = |kind, by, on: Date| LegalChange { document, index, kind, by, on, due_on: deadline.map(|deadline| deadline.last_day(on)) };
        let mut found = Vec::new();
        found.extend(document.ended_on.map(|on| change(LegalChangeKind::Ended, document.replaced_by.iter().collect(), on)));
        for number in &document.amended_by {
            let on = self.legal_documents.get(number).and_then(|amending| amending.effective_on);
            found.extend(on.map(|on| change(LegalChangeKind::Amended, vec![number], on)));
        }
        let is_younger = document.issued_on.is_some_and(|issued_on| revised_on < issued_on);
        found.extend(document.effective_on.filter(|_| is_younger).map(|on| change(LegalChangeKind::TookEffect, Vec::new(), on)));
        found.retain(|change| change.on <= today);
        found
    }

    /// Revised or reviewed since; or written with the new document at hand, before it took effect.
    fn is_answered(&self, process: &WorkProcess, revised_on: Date, change: &LegalChange<'_>) -> bool {
        let names_new = |number: &DocumentNumber| {
            let issued_on = self.legal_documents.get(number).and_then(|document| document.issued_on);
            process.legal_bases.contains(number) && issued_on.is_some_and(|on| on <= revised_on)
        };
        let is_review = |review: &LegalReview| {
            let is_of_change = review.document == change.document.number && review.reviewed_on.is_none_or(|on| on >= change.on);
            is_of_change || change.by.contains(&&review.document)
        };
        revised_on >= change.on || change.by.iter().any(|number| names_new(number)) || process.legal_reviews.iter().any(is_review)
    }
}

/// When the work process was issued or last revised.
fn last_revised(process: &WorkProcess) -> Option<Date> {
    let issued_on = process.issued_on?;
    process.revisions.iter().filter_map(|revision| revision.on).chain([issued_on]).max()
}
