//! Results of handling dossiers in one year.

use serde::Serialize;

use super::super::agency_site::AgencySite;
use super::{BarChartView, LateCount, LinkView, late_by_year, period_text};
use crate::domain::{ResultRow, Results};
use crate::theme::Words;

/// A year's results.
#[derive(Debug, Serialize)]
pub(in super::super) struct ResultsView<'a> {
    pub year: i16,
    pub source: Option<&'a str>,
    pub rows: Vec<ResultRowView<'a>>,
    pub total: TotalView,
    pub by_year: Option<BarChartView>,
    /// Only where there are several periods.
    pub by_period: Option<BarChartView>,
    /// Totals that the agency stated and that differ from the sum.
    pub differs: bool,
    pub stated_received: Option<u32>,
    pub stated_late: Option<u32>,
    pub late_rows: Vec<LateView<'a>>,
    pub years: Vec<LinkView>,
}

/// One period and field.
#[derive(Debug, Serialize)]
pub(in super::super) struct ResultRowView<'a> {
    pub period: String,
    pub field: Option<&'a str>,
    pub received: u32,
    pub early: Option<u32>,
    pub on_time: u32,
    pub late: u32,
    pub pending: Option<u32>,
}

/// Sums over all rows.
#[derive(Debug, Serialize)]
pub(in super::super) struct TotalView {
    pub received: u32,
    pub early: u32,
    pub on_time: u32,
    pub late: u32,
    pub pending: u32,
    pub finished: u32,
}

/// Why dossiers were late, and what was done.
#[derive(Debug, Serialize)]
pub(in super::super) struct LateView<'a> {
    pub period: String,
    pub field: Option<&'a str>,
    pub late: u32,
    pub causes: &'a [String],
    pub actions: &'a [String],
}

impl TotalView {
    /// The sums of a year.
    pub fn new(results: &Results) -> Self {
        Self {
            received: results.total(|row| row.received),
            early: results.total(|row| row.early.unwrap_or(0)),
            on_time: results.total(|row| row.on_time),
            late: results.total(|row| row.late),
            pending: results.total(|row| row.pending.unwrap_or(0)),
            finished: results.total(ResultRow::finished),
        }
    }
}

impl<'a> ResultsView<'a> {
    /// The results of one year.
    pub fn new(pages: &AgencySite<'_>, year: i16, results: &'a Results) -> Self {
        let (total, words) = (TotalView::new(results), pages.site.words());
        let stated = results.stated_totals.as_ref();
        let mut years: Vec<LinkView> = pages.records.results.keys().filter(|other| **other != year).map(|other| pages.year_link("ket-qua/", *other)).collect();
        years.reverse();
        let is_off = |stated: Option<u32>, sum: u32| stated.is_some_and(|stated| stated != sum);
        Self {
            year,
            source: results.source.as_deref(),
            rows: results.rows.iter().map(|one| row(one, words)).collect(),
            by_year: BarChartView::late(late_by_year(pages.records.results.iter(), year, words), words.text("late_by_year"), words.text("year_column"), words),
            by_period: by_period(results, words),
            differs: stated
                .is_some_and(|stated| is_off(stated.received, total.received) || is_off(stated.late, total.late) || is_off(stated.on_time, total.on_time)),
            stated_received: stated.and_then(|stated| stated.received),
            stated_late: stated.and_then(|stated| stated.late),
            late_rows: results
                .rows
                .iter()
                .filter(|row| row.late > 0)
                .map(|row| LateView {
                    period: period_text(&row.period, words),
                    field: row.field.as_deref(),
                    late: row.late,
                    causes: &row.causes,
                    actions: &row.actions,
                })
                .collect(),
            years,
            total,
        }
    }
}

/// The periods of a year, the newest first.
fn by_period(results: &Results, words: &Words) -> Option<BarChartView> {
    let mut counts: Vec<LateCount> = Vec::new();
    for row in &results.rows {
        let label = period_text(&row.period, words);
        if !counts.iter().any(|count| count.label == label) {
            counts.push(LateCount { label: label.clone(), late: 0, finished: 0 });
        }
        for count in counts.iter_mut().filter(|count| count.label == label) {
            count.late += u64::from(row.late);
            count.finished += u64::from(row.finished());
        }
    }
    counts.reverse();
    BarChartView::late(counts, words.text("late_by_period"), words.text("period_column"), words).filter(|chart| chart.height > 0.0)
}

fn row<'a>(row: &'a ResultRow, words: &Words) -> ResultRowView<'a> {
    ResultRowView {
        period: period_text(&row.period, words),
        field: row.field.as_deref(),
        received: row.received,
        early: row.early,
        on_time: row.on_time,
        late: row.late,
        pending: row.pending,
    }
}
