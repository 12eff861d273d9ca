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
    /// `internal_audit`, `management_review`, `legal_update`, `corrective_action`, `catalogue_update`, `on_site_inspection`.
    pub id: String,
    /// 0 where it is counted in working days.
    pub months: u32,
    pub working_days: Option<u32>,
    /// From when on to warn; `None` warns only when it is past.
    pub warn_after_months: Option<u32>,
    /// `on_site_inspection`: at least one in so many, 3 for a third.
    pub one_in: Option<u32>,
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

/// The same day `months` later, or the last one of a shorter month: 31 January and one month is 28 February.
pub fn months_after(start: Date, months: u32) -> Date {
    start.saturating_add(jiff::Span::new().months(i64::from(months.min(1200))))
}

/// An administration that was ended: the district level, ministries and departments that were merged.
#[derive(Debug, Clone)]
pub struct Administration {
    pub origin: Origin,
    /// Every way to write it.
    pub names: Vec<String>,
    /// The first day on which it was no more.
    pub ended_on: Date,
    pub replaced_by: Option<String>,
    pub note: Option<String>,
    pub source: Option<String>,
    pub verified_on: Option<Date>,
}

/// The days of a year on which offices are closed, or open at a weekend.
#[derive(Debug, Clone)]
pub struct Holidays {
    pub origin: Origin,
    pub days_off: Vec<Date>,
    /// Days of a weekend on which people work instead.
    pub working_days: Vec<Date>,
    pub source: Option<String>,
    pub verified_on: Option<Date>,
}

/// An address of the site that moved. Both are written from the root of the site, without the first `/`.
#[derive(Debug, Clone)]
pub struct Redirect {
    pub origin: Origin,
    pub from: String,
    pub to: String,
    pub note: Option<String>,
}

impl Redirect {
    /// The file at the old address.
    pub fn from_file(&self) -> String {
        file_at(&self.from)
    }

    /// The file at the new address.
    pub fn to_file(&self) -> String {
        file_at(&self.to)
    }

    /// Whether the old address is one of a page, which can tell where it went.
    pub fn is_page(&self) -> bool {
        self.from_file().ends_with(".html")
    }

    /// Whether it leads to another page of the site, rather than to another site.
    pub fn is_inside(&self) -> bool {
        !self.to.contains("://")
    }
}

/// `quy-trinh/a` and `quy-trinh/a/` are the page in that folder.
fn file_at(address: &str) -> String {
    let folder = address.trim_end_matches('/');
    let has_ending = folder.rsplit('/').next().is_some_and(|name| name.contains('.')) && !address.ends_with('/');
    match (folder.is_empty(), has_ending) {
        (true, _) => "index.html".to_owned(),
        (false, true) => folder.to_owned(),
        (false, false) => format!("{folder}/index.html"),
    }
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
