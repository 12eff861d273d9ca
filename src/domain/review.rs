//! Audits, reviews, corrective actions, and results of handling dossiers.

use super::Date;
use crate::origin::Origin;

/// What an agency did to keep its QMS working: QĐ 19/2014/QĐ-TTg, Điều 4 khoản 4.
#[derive(Debug, Clone, Default)]
pub struct Reviews {
    /// The file, where there is one.
    pub origin: Option<Origin>,
    pub internal_audits: Vec<InternalAudit>,
    pub management_reviews: Vec<ManagementReview>,
    pub nonconformities: Vec<Nonconformity>,
    pub complaints: Vec<Complaints>,
    pub training: Vec<Training>,
}

/// An internal audit (*đánh giá nội bộ*).
#[derive(Debug, Clone)]
pub struct InternalAudit {
    pub origin: Origin,
    pub held_on: Option<Date>,
    pub scope: Option<String>,
    pub findings: Option<String>,
    pub file: Option<String>,
}

/// A management review (*xem xét của lãnh đạo*).
#[derive(Debug, Clone)]
pub struct ManagementReview {
    pub origin: Origin,
    pub held_on: Option<Date>,
    pub conclusion: Option<String>,
    pub file: Option<String>,
}

/// A nonconformity and what was done about it (ISO 9001, 10.2).
#[derive(Debug, Clone)]
pub struct Nonconformity {
    pub origin: Origin,
    pub found_on: Option<Date>,
    pub source: Option<String>,
    pub description: String,
    pub cause: Option<String>,
    pub corrective_action: Option<String>,
    pub due: Option<Date>,
    pub closed_on: Option<Date>,
}

/// Complaints of one year.
#[derive(Debug, Clone)]
pub struct Complaints {
    pub year: i16,
    pub received: u32,
    pub resolved: u32,
}

/// A training course.
#[derive(Debug, Clone)]
pub struct Training {
    pub held_on: Option<Date>,
    pub topic: String,
    pub participants: Option<u32>,
}

/// Results of handling dossiers in one year.
#[derive(Debug, Clone)]
pub struct Results {
    pub origin: Origin,
    pub source: Option<String>,
    pub rows: Vec<ResultRow>,
    pub stated_totals: Option<StatedResults>,
}

/// The first day of a period: a year, half a year, a quarter or a month (`2026`, `2026-H1`, `2026-Q2`, `2026-06`); `None` of another form.
pub fn period_start(period: &str) -> Option<Date> {
    let (year, part) = period.split_once('-').map_or((period, None), |(year, part)| (year, Some(part)));
    let number = |text: &str| text.parse::<i8>().ok().filter(|number| *number > 0);
    let month = match part {
        None => 1,
        Some(part) => match part.split_at_checked(1)? {
            ("Q" | "q", quarter) => (number(quarter)? - 1).checked_mul(3)? + 1,
            ("H" | "h", half) => (number(half)? - 1).checked_mul(6)? + 1,
            _ => number(part)?,
        },
    };
    Date::new(year.parse().ok().filter(|_| year.len() == 4)?, month, 1).ok()
}

/// Dossiers of one period and field.
#[derive(Debug, Clone)]
pub struct ResultRow {
    pub origin: Origin,
    pub period: String,
    pub field: Option<String>,
    pub received: u32,
    /// Before the time limit; counted apart from `on_time`.
    pub early: Option<u32>,
    pub on_time: u32,
    pub late: u32,
    pub pending: Option<u32>,
    pub causes: Vec<String>,
    pub actions: Vec<String>,
}

impl ResultRow {
    /// Dossiers that were finished: early, on time and late.
    pub fn finished(&self) -> u32 {
        self.early.unwrap_or(0).saturating_add(self.on_time).saturating_add(self.late)
    }
}

impl Results {
    /// The sum over all rows of what `of` takes from each.
    pub fn total(&self, of: impl Fn(&ResultRow) -> u32) -> u32 {
        self.rows.iter().map(of).fold(0, u32::saturating_add)
    }

    /// Share of late dossiers among the finished ones, in percent; `None` under 20 finished ones,
    /// where a percentage says nothing.
    pub fn late_percent(&self) -> Option<f64> {
        let finished = self.total(ResultRow::finished);
        (finished >= 20).then(|| f64::from(self.total(|row| row.late)) * 100.0 / f64::from(finished))
    }
}

/// Totals as somebody stated them.
#[derive(Debug, Clone)]
pub struct StatedResults {
    pub origin: Origin,
    pub received: Option<u32>,
    pub early: Option<u32>,
    pub on_time: Option<u32>,
    pub late: Option<u32>,
    pub pending: Option<u32>,
    pub late_percent: Option<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_begins_on_its_first_day() {
        let starts =
            ["2026", "2026-H2", "2026-Q3", "2026-06", "2026-Q9", "2026-13", "quý I", "26"].map(|period| period_start(period).map(|day| day.to_string()));
        let days = ["2026-01-01", "2026-07-01", "2026-07-01", "2026-06-01"].map(|day| Some(day.to_owned()));
        assert_eq!(starts, [days.as_slice(), &[None, None, None, None]].concat().as_slice());
    }
}
