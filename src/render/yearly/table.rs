//! A table of a report: typed cells, and totals that are the sums of the rows because nothing else can make them.

use serde::Serialize;

use crate::domain::{Date, decimal, grouped, short_date};
use crate::theme::Words;

/// No percentage is told of fewer cases: it would say nothing.
const FEWEST_CASES: u64 = 20;

/// A table with its title, its rows and, where something can be added up, its total.
#[derive(Debug, Clone, Serialize)]
pub struct ReportTable {
    /// By which others refer to it.
    pub id: &'static str,
    /// `Bảng 1. …`
    pub title: String,
    /// Short enough for the tab of a worksheet.
    pub sheet: String,
    /// What it shows, in a sentence.
    pub sentence: Option<String>,
    pub columns: Vec<ReportColumn>,
    pub rows: Vec<Vec<ReportCell>>,
    pub total: Option<Vec<ReportCell>>,
    /// What is said where there is no row.
    pub empty: String,
}

/// A column.
#[derive(Debug, Clone, Serialize)]
pub struct ReportColumn {
    pub key: &'static str,
    pub title: String,
    pub kind: ColumnKind,
}

/// What a column holds, which decides how it looks and whether it is added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// Number of the row.
    Rank,
    /// Codes, numbers of documents, short words.
    Text,
    /// Names and sentences.
    Wide,
    /// Added up.
    Count,
    /// A number that is not added up.
    Number,
    /// What share of one column another one is, in percent: of the part and of the whole.
    Share(&'static str, &'static str),
    Day,
}

impl ColumnKind {
    /// Whether numbers stand in it, one under the other.
    pub fn is_number(self) -> bool {
        matches!(self, Self::Rank | Self::Count | Self::Number | Self::Share(..))
    }
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum ReportCell {
    Empty,
    Text(String),
    Count(u64),
    /// With one decimal.
    Decimal(f64),
    Day(Date),
}

impl ReportCell {
    /// A text, or nothing.
    pub(super) fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(text.into()))
    }

    /// A date, or nothing.
    pub(super) fn day(day: Option<Date>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }

    /// As people read it.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Count(count) => grouped(*count),
            Self::Decimal(number) => decimal(*number, 1),
            Self::Day(day) => short_date(*day),
        }
    }
}

impl From<usize> for ReportCell {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

impl From<u64> for ReportCell {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<&str> for ReportCell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for ReportCell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl ReportTable {
    /// A table without rows. Its words are `yearly_<id>` and those that begin so; those of columns `yearly_column_<key>`.
    pub(super) fn new(words: &Words, id: &'static str, columns: &[(&'static str, ColumnKind)]) -> Self {
        let column = |&(key, kind): &(&'static str, ColumnKind)| ReportColumn { key, title: words.text(&format!("yearly_column_{key}")).to_owned(), kind };
        Self {
            id,
            title: words.text(&format!("yearly_{id}")).to_owned(),
            sheet: words.text(&format!("yearly_{id}_sheet")).to_owned(),
            sentence: None,
            columns: columns.iter().map(column).collect(),
            rows: Vec::new(),
            total: None,
            empty: words.text("yearly_empty").to_owned(),
        }
    }

    /// Adds a row; the numbers of rows and the shares are put in here, so they are left out of `cells`.
    pub(super) fn push(&mut self, cells: Vec<ReportCell>) {
        let rank = self.rows.len() + 1;
        let mut cells = cells.into_iter();
        let given = |kind: ColumnKind| !matches!(kind, ColumnKind::Rank | ColumnKind::Share(..));
        let mut row: Vec<ReportCell> = self
            .columns
            .iter()
            .map(|column| match column.kind {
                ColumnKind::Rank => rank.into(),
                kind if given(kind) => cells.next().unwrap_or(ReportCell::Empty),
                _ => ReportCell::Empty,
            })
            .collect();
        debug_assert!(cells.next().is_none(), "{}: a row has more cells than columns", self.id);
        self.fill_shares(&mut row);
        self.rows.push(row);
    }

    /// Says what the table shows.
    pub(super) fn saying(mut self, sentence: String) -> Self {
        self.sentence = Some(sentence);
        self
    }

    /// With its number in the report.
    pub(super) fn numbered(mut self, number: usize, words: &Words) -> Self {
        self.title = words.fill("yearly_table_n", &[("number", &number.to_string()), ("title", &self.title)]);
        self.sheet = format!("{number}. {}", self.sheet);
        self
    }

    /// Adds the rows up, where there are rows and something to add.
    pub(super) fn closed(mut self, words: &Words) -> Self {
        let is_summed = self.columns.iter().any(|column| column.kind == ColumnKind::Count);
        if self.rows.is_empty() || !is_summed {
            return self;
        }
        let label = self.columns.iter().position(|column| matches!(column.kind, ColumnKind::Text | ColumnKind::Wide)).unwrap_or(0);
        let cell = |(at, column): (usize, &ReportColumn)| match column.kind {
            ColumnKind::Count => self.sum(column.key).into(),
            _ if at == label => words.text("yearly_total").into(),
            _ => ReportCell::Empty,
        };
        let mut total: Vec<ReportCell> = self.columns.iter().enumerate().map(cell).collect();
        self.fill_shares(&mut total);
        self.total = Some(total);
        self
    }

    /// The sum of a column of counts.
    pub fn sum(&self, key: &str) -> u64 {
        let Some(at) = self.place(key) else { return 0 };
        self.rows.iter().map(|row| if let ReportCell::Count(count) = row[at] { count } else { 0 }).sum()
    }

    fn place(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.key == key)
    }

    fn fill_shares(&self, row: &mut [ReportCell]) {
        let count = |key: &str| self.place(key).and_then(|at| if let ReportCell::Count(count) = row[at] { Some(count) } else { None });
        let shares: Vec<(usize, ReportCell)> = self
            .columns
            .iter()
            .enumerate()
            .filter_map(|(at, column)| if let ColumnKind::Share(part, whole) = column.kind { Some((at, share(count(part)?, count(whole)?))) } else { None })
            .collect();
        for (at, cell) in shares {
            row[at] = cell;
        }
    }
}

/// What share a part is, in percent to one decimal; nothing where the cases are few.
pub(super) fn share(part: u64, whole: u64) -> ReportCell {
    if whole < FEWEST_CASES {
        return ReportCell::Empty;
    }
    ReportCell::Decimal((part as f64 * 1000.0 / whole as f64).round() / 10.0)
}
