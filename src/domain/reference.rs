//! Tables that follow the law: standards, frameworks, deadlines, legal documents. All data, none of it in code.

use super::vocabulary::*;
use super::{Date, DocumentNumber, StandardId};
use crate::origin::Origin;

/// One edition of TCVN ISO 9001.
#[derive(Debug, Clone)]
pub struct Standard {
    pub origin: Origin,
    pub id: StandardId,
    pub name: String,
    /// The day the ministry announced it as TCVN; `None` while only ISO's edition exists.
    pub adopted_on: Option<Date>,
    pub withdrawn_on: Option<Date>,
    pub replaced_by: Option<StandardId>,
    pub note: Option<String>,
    pub source: Option<String>,
    pub verified_on: Option<Date>,
}

impl Standard {
    /// Whether one could declare conformity with this edition on `date`.
    pub fn is_adopted(&self, date: Date) -> bool {
        self.adopted_on.is_some_and(|on| on <= date)
    }

    /// Whether it had been withdrawn by `date`.
    pub fn is_withdrawn(&self, date: Date) -> bool {
        self.withdrawn_on.is_some_and(|on| on <= date)
    }
}

/// A model framework (*mô hình khung*): QĐ 19/2014/QĐ-TTg, Điều 5.
#[derive(Debug, Clone)]
pub struct Framework {
    pub origin: Origin,
    pub id: String,
    pub name: String,
    pub standard: Option<StandardId>,
    pub items: Vec<FrameworkItem>,
    pub source: Option<String>,
    pub verified_on: Option<Date>,
}

/// A document that a framework asks for.
#[derive(Debug, Clone)]
pub struct FrameworkItem {
    pub id: String,
    pub title: String,
}

/// A time limit that the law sets for agencies.
#[derive(Debug, Clone)]
pub struct Deadline {
    pub origin: Origin,
    /// `internal_audit`, `management_review`, `legal_update`, `corrective_action`.
    pub id: String,
    pub months: u32,
    /// From when on to warn; `None` warns only when it is past.
    pub warn_after_months: Option<u32>,
    /// The clause that sets it.
    pub basis: String,
    pub source: Option<String>,
    pub verified_on: Option<Date>,
}

impl Deadline {
    /// The last day on which it is kept, counted from `start`.
    pub fn last_day(&self, start: Date) -> Date {
        months_after(start, self.months)
    }

    /// Whether it is time to warn on `date`, counted from `start`.
    pub fn is_near(&self, start: Date, date: Date) -> bool {
        self.warn_after_months.is_some_and(|months| months_after(start, months) <= date)
    }
}

fn months_after(start: Date, months: u32) -> Date {
    start.saturating_add(jiff::Span::new().months(i64::from(months.min(1200))))
}

/// A legal document (*văn bản quy phạm pháp luật*).
#[derive(Debug, Clone)]
pub struct LegalDocument {
    pub origin: Origin,
    pub number: DocumentNumber,
    pub title: String,
    pub issuer: Option<String>,
    pub issued_on: Option<Date>,
    pub effective_on: Option<Date>,
    pub ended_on: Option<Date>,
    pub replaced_by: Vec<DocumentNumber>,
    pub amended_by: Vec<DocumentNumber>,
    /// As stated; `status_on` looks at the dates first.
    pub status: LegalStatus,
    pub note: Option<String>,
    pub source: Option<String>,
    pub verified_on: Option<Date>,
}

impl LegalDocument {
    /// Its state on `date`. What the register does not say stays unknown.
    pub fn status_on(&self, date: Date) -> LegalStatus {
        if self.ended_on.is_some_and(|on| on <= date) {
            return LegalStatus::Ended;
        }
        if self.effective_on.is_some_and(|on| on > date) {
            return LegalStatus::NotYetInForce;
        }
        match self.status {
            LegalStatus::Ended if self.ended_on.is_some() => LegalStatus::InForce,
            LegalStatus::NotYetInForce if self.effective_on.is_some() => LegalStatus::InForce,
            stated => stated,
        }
    }
}
