//! Work processes and controlled documents.

use super::vocabulary::*;
use super::{Date, DocumentNumber, Markdown, ProcedureCode};
use crate::origin::Origin;

/// A work process (*quy trình*): how the agency handles one or many similar procedures
/// (TT 26/2014/TT-BKHCN, Điều 41 khoản 6).
#[derive(Debug, Clone)]
pub struct WorkProcess {
    pub origin: Origin,
    pub slug: String,
    pub code: String,
    pub title: String,
    pub edition: u32,
    pub revision: u32,
    pub issued_on: Option<Date>,
    pub effective_on: Option<Date>,
    pub drafted_by: Option<String>,
    pub reviewed_by: Option<String>,
    pub approved_by: String,
    pub kind: WorkProcessKind,
    pub covers: Vec<ProcedureCode>,
    pub purpose: Option<String>,
    pub scope: Option<String>,
    pub definitions: Vec<Definition>,
    pub legal_bases: Vec<DocumentNumber>,
    /// Codes of documents and forms it points at.
    pub references: Vec<String>,
    pub steps: Vec<Step>,
    pub records: Vec<RetainedRecord>,
    pub revisions: Vec<Revision>,
    pub legal_reviews: Vec<LegalReview>,
    pub unit: Option<String>,
    pub status: DocumentStatus,
    pub visibility: Visibility,
    pub body: Markdown,
}

impl WorkProcess {
    /// Whether it is in use and may be shown.
    pub fn is_public(&self) -> bool {
        self.visibility == Visibility::Public && self.status != DocumentStatus::Draft
    }
}

/// A word and its meaning.
#[derive(Debug, Clone)]
pub struct Definition {
    pub term: String,
    pub meaning: String,
}

/// A step: what, who, how long, how.
#[derive(Debug, Clone)]
pub struct Step {
    pub action: String,
    pub responsible: Option<String>,
    pub duration: Option<StepDuration>,
    pub method: Option<String>,
    pub forms: Vec<String>,
    pub output: Option<String>,
}

/// How long a step takes; units are never converted into one another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StepDuration {
    pub value: f64,
    pub unit: TimeUnit,
}

/// A record that is kept (*hồ sơ lưu*).
#[derive(Debug, Clone)]
pub struct RetainedRecord {
    pub name: String,
    pub kept_by: Option<String>,
    pub kept_for: Option<String>,
}

/// A row of the revision table (*lần ban hành / lần sửa đổi*).
#[derive(Debug, Clone)]
pub struct Revision {
    pub edition: u32,
    pub revision: u32,
    pub on: Option<Date>,
    pub what: String,
}

/// A legal document that the agency looked at: QĐ 19/2014/QĐ-TTg, Điều 4 khoản 4 điểm a.
#[derive(Debug, Clone)]
pub struct LegalReview {
    pub document: DocumentNumber,
    pub reviewed_on: Option<Date>,
    pub conclusion: Option<String>,
}

/// The internal and the external list of `documents.yaml`.
#[derive(Debug, Clone, Default)]
pub struct DocumentLists {
    pub internal: Vec<ControlledDocument>,
    pub external: Vec<ExternalDocument>,
}

/// An internal document under control (ISO 9001, 7.5.3).
#[derive(Debug, Clone)]
pub struct ControlledDocument {
    pub origin: Origin,
    pub code: String,
    pub title: String,
    pub kind: DocumentKind,
    pub edition: Option<u32>,
    pub revision: Option<u32>,
    pub issued_on: Option<Date>,
    pub status: DocumentStatus,
    pub approved_by: Option<String>,
    pub file: Option<String>,
    pub framework_item: Option<String>,
    pub references: Vec<String>,
    pub visibility: Visibility,
}

/// A legal document on the external list.
#[derive(Debug, Clone)]
pub struct ExternalDocument {
    pub origin: Origin,
    pub number: DocumentNumber,
    pub title: Option<String>,
    pub updated_on: Option<Date>,
}
