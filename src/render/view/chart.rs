//! Charts as plain numbers: shares of a bar in percent of its width, rows in `em`. Templates only draw them.
//! Small numbers are never turned into percentages, and what can't be compared is not drawn.

use serde::Serialize;

use super::super::site::Site;
use super::CoverageView;
use crate::domain::vocabulary::Rating;
use crate::domain::{Results, decimal, grouped};
use crate::theme::Words;

/// Under this many cases a percentage says nothing.
const FEWEST_CASES: u64 = 20;
/// Narrowest part, in percent of the bar, that has room for words on a phone, and how much a letter of them takes.
const NARROWEST_LABEL: f64 = 22.0;
const LETTER_WIDTH: f64 = 2.7;
/// Height of a row with the words above its bar, in `em`.
const ROW_HEIGHT: f64 = 3.5;

/// Bars that are each divided into parts of a whole.
#[derive(Debug, Serialize)]
pub(in super::super) struct StackChartView {
    pub caption: String,
    /// What the chart shows, as a sentence.
    pub finding: String,
    /// What a row is.
    pub row_title: String,
    /// What the parts are, first to last.
    pub columns: Vec<String>,
    pub rows: Vec<StackRowView>,
    /// In `em`.
    pub height: f64,
}

/// One divided bar.
#[derive(Debug, Serialize)]
pub(in super::super) struct StackRowView {
    pub label: String,
    pub total: u64,
    pub top: f64,
    pub parts: Vec<PartView>,
}

/// A part of a bar: where it begins, how wide it is and where its middle is, in percent.
#[derive(Debug, PartialEq, Serialize)]
pub(in super::super) struct PartView {
    pub count: u64,
    pub percent: Option<f64>,
    pub left: f64,
    pub width: f64,
    pub middle: f64,
    /// `None` where there is no room for it.
    pub label: Option<String>,
}

/// Plain bars from zero.
#[derive(Debug, Serialize)]
pub(in super::super) struct BarChartView {
    pub caption: String,
    pub finding: String,
    pub row_title: String,
    pub rows: Vec<BarView>,
    /// What the whole width stands for, in percent.
    pub scale: f64,
    /// In `em`; zero where there is nothing to compare.
    pub height: f64,
}

/// A share of late dossiers.
#[derive(Debug, Serialize)]
pub(in super::super) struct BarView {
    pub label: String,
    pub late: u64,
    pub finished: u64,
    pub percent: Option<f64>,
    pub top: f64,
    /// In percent of the scale.
    pub width: f64,
}

/// Late and finished dossiers of a year or a period.
#[derive(Debug, Clone)]
pub(in super::super) struct LateCount {
    pub label: String,
    pub late: u64,
    pub finished: u64,
}

/// A share in percent, rounded as it is shown; `None` under 20 cases.
pub(in super::super) fn share(part: u64, whole: u64) -> Option<f64> {
    (whole >= FEWEST_CASES).then(|| (part as f64 * 1000.0 / whole as f64).round() / 10.0)
}

impl StackChartView {
    /// How many agencies have declared: of all, and of those obliged.
    pub fn coverage(coverage: &CoverageView, words: &Words) -> Option<Self> {
        let columns = [words.text("agency_declared"), words.text("agency_missing")];
        let rows = [("all_agencies", coverage.declared, coverage.total), ("obliged_agencies", coverage.obliged_declared, coverage.obliged)];
        let rows = rows.into_iter().filter(|(_, _, total)| *total > 0);
        let rows = rows.map(|(word, declared, total)| (words.text(word).to_owned(), vec![declared as u64, (total - declared) as u64])).collect();
        let numbers = [coverage.declared, coverage.total, coverage.obliged_declared, coverage.obliged].map(|number| grouped(number as u64));
        let gaps = [("declared", &*numbers[0]), ("total", &numbers[1]), ("obliged_declared", &numbers[2]), ("obliged", &numbers[3])];
        let finding = words.fill("coverage_sentence", &gaps);
        Self::new(words.text("coverage_caption"), finding, words.text("agencies_column"), &columns, rows)
    }

    /// The ratings of all inspections up to a year, newest first.
    pub fn ratings(site: &Site<'_>, year: i16) -> Option<Self> {
        let words = site.words();
        let all = [(Rating::Tot, "tot"), (Rating::Kha, "kha"), (Rating::TrungBinh, "trung_binh"), (Rating::Yeu, "yeu")];
        let years = || site.register.inspections.range(..=year).rev().filter(|(_, one)| one.agencies.iter().any(|agency| agency.rating.is_some()));
        let count = |inspection: &crate::domain::Inspection, rating: Rating| inspection.agencies.iter().filter(|one| one.rating == Some(rating)).count() as u64;
        let given: Vec<_> = all.into_iter().filter(|(rating, _)| years().any(|(_, inspection)| count(inspection, *rating) > 0)).collect();
        let columns: Vec<&str> = given.iter().map(|(_, key)| words.label("rating", key)).collect();
        let rows: Vec<(String, Vec<u64>)> = years()
            .map(|(year, inspection)| {
                let counts = given.iter().map(|(rating, _)| count(inspection, *rating)).collect();
                (words.fill("year_n", &[("year", &year.to_string())]), counts)
            })
            .collect();
        let finding = rating_finding(&rows, columns.first()?, words);
        Self::new(words.text("ratings_caption"), finding, words.text("year_column"), &columns, rows)
    }

    /// `None` where there is nothing to divide.
    pub(super) fn new(caption: &str, finding: String, row_title: &str, columns: &[&str], rows: Vec<(String, Vec<u64>)>) -> Option<Self> {
        if rows.is_empty() {
            return None;
        }
        let height = row_top(rows.len());
        let rows = rows.into_iter().enumerate().map(|(at, (label, counts))| StackRowView {
            label,
            total: counts.iter().sum(),
            top: row_top(at),
            parts: parts(&counts, columns),
        });
        Some(Self {
            caption: caption.to_owned(),
            finding,
            row_title: row_title.to_owned(),
            columns: columns.iter().map(|&column| column.to_owned()).collect(),
            rows: rows.collect(),
            height,
        })
    }
}

/// The best rating of the newest year, and how it changed.
fn rating_finding(rows: &[(String, Vec<u64>)], best: &str, words: &Words) -> String {
    let Some((label, counts)) = rows.first() else { return String::new() };
    let (number, total) = (counts.first().copied().unwrap_or(0), counts.iter().sum::<u64>());
    let (number_text, total_text) = (grouped(number), grouped(total));
    let mut sentence = words.fill("ratings_finding", &[("period", label), ("n", &number_text), ("total", &total_text), ("rating", best)]);
    if let Some((before_label, before)) = rows.get(1) {
        let (before_number, before_total) = (before.first().copied().unwrap_or(0), before.iter().sum::<u64>());
        sentence.push_str(&compared(before_label, share(number, total).zip(share(before_number, before_total)), (before_number, before_total), words));
    }
    sentence + "."
}

/// `, tăng 3,2 điểm phần trăm so với năm 2025`; under 20 cases only the numbers of before.
fn compared(label: &str, shares: Option<(f64, f64)>, before: (u64, u64), words: &Words) -> String {
    let label = lower_first(label);
    let Some((now, then)) = shares else {
        return words.fill("compared_counts", &[("period", &label), ("n", &grouped(before.0)), ("total", &grouped(before.1))]);
    };
    let points = ((now - then) * 10.0).round() / 10.0;
    let word = if points > 0.0 {
        "compared_more"
    } else if points < 0.0 {
        "compared_less"
    } else {
        "compared_same"
    };
    words.fill(word, &[("period", &label), ("points", &decimal(points.abs(), 1))])
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

impl BarChartView {
    /// Shares of late dossiers, the newest first; `None` without any.
    pub fn late(counts: Vec<LateCount>, caption: &str, row_title: &str, words: &Words) -> Option<Self> {
        let newest = counts.first()?;
        let shares: Vec<Option<f64>> = counts.iter().map(|count| share(count.late, count.finished)).collect();
        let finding = late_finding(newest, counts.get(1), words);
        let scale = scale(&shares);
        let widths = widths(&shares, scale);
        // One bar alone, or none that is longer than nothing, compares nothing.
        let is_drawn = shares.iter().flatten().count() >= 2 && widths.iter().any(|width| *width > 0.0);
        let drawn = shares.iter().filter(|share| share.is_some()).count();
        let mut row = 0;
        let rows = counts.iter().zip(&shares).zip(&widths).map(|((count, percent), width)| {
            let top = row_top(row);
            row += usize::from(percent.is_some());
            BarView { label: count.label.clone(), late: count.late, finished: count.finished, percent: *percent, top, width: *width }
        });
        let rows = rows.collect();
        let height = if is_drawn { row_top(drawn) } else { 0.0 };
        Some(Self { caption: caption.to_owned(), finding, row_title: row_title.to_owned(), rows, scale, height })
    }
}

/// The late dossiers of an agency up to a year, newest first.
pub(in super::super) fn late_by_year<'r>(results: impl DoubleEndedIterator<Item = (&'r i16, &'r Results)>, year: i16, words: &Words) -> Vec<LateCount> {
    let count = |(year, results): (&i16, &Results)| late_count(words.fill("year_n", &[("year", &year.to_string())]), [results].into_iter());
    results.filter(|(other, _)| **other <= year).rev().map(count).collect()
}

/// The late dossiers of several results under one label.
pub(in super::super) fn late_count<'r>(label: String, results: impl Iterator<Item = &'r Results>) -> LateCount {
    results.flat_map(|results| &results.rows).fold(LateCount { label, late: 0, finished: 0 }, |sum, row| LateCount {
        late: sum.late + u64::from(row.late),
        finished: sum.finished + u64::from(row.finished()),
        ..sum
    })
}

fn late_finding(newest: &LateCount, before: Option<&LateCount>, words: &Words) -> String {
    let now = share(newest.late, newest.finished);
    let (late, finished) = (grouped(newest.late), grouped(newest.finished));
    let percent = now.map(|now| decimal(now, 1)).unwrap_or_default();
    let word = if now.is_some() { "late_finding" } else { "late_finding_few" };
    let mut sentence = words.fill(word, &[("period", &newest.label), ("late", &late), ("finished", &finished), ("percent", &percent)]);
    if let Some(before) = before.filter(|before| before.finished > 0) {
        let shares = now.zip(share(before.late, before.finished));
        sentence.push_str(&compared(&before.label, shares, (before.late, before.finished), words));
    }
    sentence + "."
}

fn row_top(row: usize) -> f64 {
    hundredths(row as f64 * ROW_HEIGHT)
}

/// The parts of a bar: together they are as wide as the bar.
fn parts(counts: &[u64], names: &[&str]) -> Vec<PartView> {
    let total: u64 = counts.iter().sum();
    let mut before = 0;
    let edge = |count: u64| if total == 0 { 0.0 } else { hundredths(count as f64 * 100.0 / total as f64) };
    let part = |(count, name): (&u64, &&str)| {
        let (left, right) = (edge(before), edge(before + count));
        before += count;
        let width = hundredths(right - left);
        let label = Some(format!("{name} {}", grouped(*count))).filter(|label| width >= NARROWEST_LABEL.max(label.chars().count() as f64 * LETTER_WIDTH));
        PartView { count: *count, percent: share(*count, total), left, width, middle: hundredths(left + width / 2.0), label }
    };
    counts.iter().zip(names).map(part).collect()
}

/// The end of the scale: a round number, at least 1 %, so that a rate next to nothing does not look like a wall.
fn scale(shares: &[Option<f64>]) -> f64 {
    let longest = shares.iter().flatten().copied().fold(0.0, f64::max);
    [1.0, 2.0, 5.0, 10.0, 20.0, 50.0].into_iter().find(|end| longest <= *end).unwrap_or(100.0)
}

/// The lengths of bars that begin at zero.
fn widths(shares: &[Option<f64>], scale: f64) -> Vec<f64> {
    shares.iter().map(|share| share.map_or(0.0, |share| hundredths(share * 100.0 / scale))).collect()
}

fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{Lang, Theme};

    fn theme() -> Theme {
        Theme::load(std::path::Path::new("."), None).unwrap()
    }

    fn count(label: &str, late: u64, finished: u64) -> LateCount {
        LateCount { label: label.to_owned(), late, finished }
    }

    #[test]
    fn parts_fill_the_bar_and_narrow_ones_have_no_words() {
        let parts = parts(&[4, 2, 1], &["Tốt", "Khá", "Yếu"]);
        assert_eq!(parts.iter().map(|part| (part.left, part.width)).collect::<Vec<_>>(), [(0.0, 57.14), (57.14, 28.57), (85.71, 14.29)]);
        assert_eq!(parts.iter().map(|part| part.label.as_deref()).collect::<Vec<_>>(), [Some("Tốt 4"), Some("Khá 2"), None]);
        assert_eq!(parts[0].middle, 28.57);
        // Long words need more room than short ones.
        let parts = super::parts(&[3, 1], &["Chưa công bố", "Theo tiêu chuẩn cũ"]);
        assert_eq!(parts.iter().map(|part| part.label.as_deref()).collect::<Vec<_>>(), [Some("Chưa công bố 3"), None]);
    }

    #[test]
    fn nothing_under_twenty_cases_becomes_a_percentage() {
        assert_eq!((share(1, 19), share(1, 20), share(43, 106)), (None, Some(5.0), Some(40.6)));
        let theme = theme();
        let chart = BarChartView::late(vec![count("Năm 2026", 1, 19), count("Năm 2025", 3, 100)], "", "", theme.words(Lang::Vi)).unwrap();
        assert_eq!(chart.height, 0.0, "one bar compares nothing");
        assert_eq!(chart.finding, "Năm 2026: 1 trên 19 hồ sơ quá hạn; năm 2025 là 3 trên 100.");
        assert!(chart.rows[0].percent.is_none());
    }

    #[test]
    fn changes_are_told_in_points() {
        let theme = theme();
        let chart = BarChartView::late(vec![count("Năm 2026", 3, 100), count("Năm 2025", 48, 1000)], "", "", theme.words(Lang::Vi)).unwrap();
        assert_eq!(chart.finding, "Năm 2026: 3% hồ sơ quá hạn (3 trên 100), giảm 1,8 điểm phần trăm so với năm 2025.");
        assert_eq!(chart.rows.iter().map(|row| row.width).collect::<Vec<_>>(), [60.0, 96.0]);
        assert_eq!(chart.scale, 5.0);
        assert_eq!((chart.rows[1].top, chart.height), (3.5, 7.0));
    }

    #[test]
    fn where_nothing_is_late_nothing_is_drawn() {
        let theme = theme();
        let chart = BarChartView::late(vec![count("Năm 2026", 0, 100), count("Năm 2025", 0, 90)], "", "", theme.words(Lang::Vi)).unwrap();
        assert_eq!(chart.height, 0.0);
        assert_eq!(chart.finding, "Năm 2026: 0% hồ sơ quá hạn (0 trên 100), bằng năm 2025.");
    }

    #[test]
    fn ratings_of_few_agencies_are_compared_by_number() {
        let theme = theme();
        let rows = [("Năm 2026".to_owned(), vec![4, 3]), ("Năm 2025".to_owned(), vec![2, 4])];
        assert_eq!(rating_finding(&rows, "Tốt", theme.words(Lang::Vi)), "Năm 2026: 4 trên 7 cơ quan được xếp loại Tốt; năm 2025 là 2 trên 6.");
        let rows = [("Năm 2026".to_owned(), vec![30, 10]), ("Năm 2025".to_owned(), vec![25, 25])];
        assert_eq!(
            rating_finding(&rows, "Tốt", theme.words(Lang::Vi)),
            "Năm 2026: 30 trên 40 cơ quan được xếp loại Tốt, tăng 25 điểm phần trăm so với năm 2025."
        );
    }
}
