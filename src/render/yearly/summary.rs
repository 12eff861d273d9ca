//! The figures of all tables at a glance, and the proof that they agree.

use super::ColumnKind::{Number, Text, Wide};
use super::Year;
use super::kept;
use super::table::ReportTable;
use crate::domain::StatedInspection;
use crate::domain::vocabulary::Rating;

/// The figures that a reader looks for first: the table and the column where each is added up.
const FIGURES: &[(&str, &str)] = &[
    ("levels", "agencies"),
    ("levels", "obliged"),
    ("levels", "declared"),
    ("levels", "obliged_declared"),
    ("levels", "obliged_missing"),
    ("decisions", "first"),
    ("decisions", "again"),
    ("procedures", "competence"),
    ("procedures", "covered"),
    ("procedures", "uncovered"),
    ("inspections", "planned"),
    ("inspections", "inspected"),
    ("inspections", "on_site"),
    ("inspections", "dossier"),
    ("ratings", "tot"),
    ("ratings", "kha"),
    ("ratings", "trung_binh"),
    ("ratings", "yeu"),
    ("points", "findings"),
    ("points", "closed"),
    ("points", "overdue"),
    ("dossiers", "received"),
    ("dossiers", "finished"),
    ("dossiers", "late"),
];

/// The first table.
pub(super) fn figures(year: &Year<'_>, tables: &[ReportTable]) -> ReportTable {
    let mut table = ReportTable::new(year.words, "summary", &[("figure", Wide), ("amount", Number), ("found_in", Wide)]);
    for (id, key) in FIGURES {
        let Some(source) = find(tables, id) else { continue };
        let label = year.words.text(&format!("yearly_figure_{id}_{key}")).to_owned();
        table.push(vec![label.into(), source.sum(key).into(), source.sheet.clone().into()]);
    }
    table
}

fn find<'t>(tables: &'t [ReportTable], id: &str) -> Option<&'t ReportTable> {
    tables.iter().find(|table| table.id == id)
}

/// The same figure, found in two ways.
struct Pair {
    what: String,
    left: (String, u64),
    right: (String, u64),
}

/// A table, and the columns of it that are added up.
type Sum = (&'static str, &'static [&'static str]);

/// What is compared: a figure of one table with a figure, or several added up, of another.
const SAME: &[(&str, Sum, Sum)] = &[
    ("agencies", ("levels", &["agencies"]), ("levels", &["obliged", "encouraged"])),
    ("agencies", ("levels", &["agencies"]), ("levels", &["declared", "missing"])),
    ("agencies", ("levels", &["agencies"]), ("procedures", &["agencies"])),
    ("declared", ("levels", &["declared"]), ("levels", &["obliged_declared", "encouraged_declared"])),
    ("declared", ("levels", &["declared"]), ("standards", &["declared"])),
    ("obliged_declared", ("levels", &["obliged_declared"]), ("standards", &["obliged"])),
    ("competence", ("procedures", &["competence"]), ("procedures", &["covered", "uncovered"])),
    ("competence", ("procedures", &["competence"]), ("agencies", &["competence"])),
    ("covered", ("procedures", &["covered"]), ("agencies", &["covered"])),
    ("planned", ("inspections", &["planned"]), ("inspections", &["planned_on_site", "planned_dossier"])),
    ("inspected", ("inspections", &["inspected"]), ("inspections", &["on_site", "dossier"])),
    ("inspected", ("inspections", &["inspected"]), ("ratings", &["tot", "kha", "trung_binh", "yeu", "unrated"])),
    ("findings", ("points", &["findings"]), ("points", &["closed", "open", "overdue"])),
    ("findings", ("points", &["findings"]), ("inspected", &["findings"])),
    ("closed", ("points", &["closed"]), ("inspected", &["closed"])),
    ("open", ("points", &["open"]), ("open_findings", &["open"])),
    ("overdue", ("points", &["overdue"]), ("open_findings", &["overdue"])),
    ("finished", ("dossiers", &["finished"]), ("dossiers", &["early", "on_time", "late"])),
];

/// Every total beside the one that it must equal; whether all do.
pub(super) fn reconciliation(year: &Year<'_>, tables: &[ReportTable]) -> (ReportTable, bool) {
    let columns = [("figure", Wide), ("source", Wide), ("amount", Number), ("other_source", Wide), ("other_amount", Number), ("result", Text)];
    let mut table = ReportTable::new(year.words, "reconciliation", &columns);
    let mut is_reconciled = true;
    for Pair { what, left, right } in pairs(year, tables) {
        let is_equal = left.1 == right.1;
        is_reconciled &= is_equal;
        let result = year.words.text(if is_equal { "yearly_equal" } else { "yearly_unequal" });
        table.push(vec![what.into(), left.0.into(), left.1.into(), right.0.into(), right.1.into(), result.into()]);
    }
    (table, is_reconciled)
}

fn pairs(year: &Year<'_>, tables: &[ReportTable]) -> Vec<Pair> {
    let words = year.words;
    let column = |key: &str| words.text(&format!("yearly_column_{key}")).to_owned();
    let side = |(id, keys): (&str, &[&str])| {
        let table = find(tables, id)?;
        let names: Vec<String> = keys.iter().map(|key| column(key)).collect();
        Some((format!("{}: {}", table.sheet, names.join(" + ")), keys.iter().map(|key| table.sum(key)).sum()))
    };
    let mut pairs: Vec<Pair> =
        SAME.iter().filter_map(|(what, left, right)| Some(Pair { what: column(what), left: side(*left)?, right: side(*right)? })).collect();
    let rows = |id: &str| find(tables, id).map(|table| (words.fill("yearly_rows_of", &[("title", &table.sheet)]), table.rows.len() as u64));
    let by_rows = [("agencies", ("levels", "agencies"), "agencies"), ("inspected", ("inspections", "inspected"), "inspected")];
    pairs
        .extend(by_rows.into_iter().filter_map(|(what, (id, key), listed)| Some(Pair { what: column(what), left: side((id, &[key]))?, right: rows(listed)? })));
    // Counted past all tables, from the records themselves.
    let rows = || kept::results(year).into_iter().flat_map(|(_, results)| &results.rows);
    let counted = [("received", rows().map(|row| u64::from(row.received)).sum()), ("late", rows().map(|row| u64::from(row.late)).sum())];
    pairs.extend(counted.into_iter().filter_map(|(key, records)| {
        Some(Pair { what: column(key), left: side(("dossiers", &[key]))?, right: (words.text("yearly_records_of_dossiers").to_owned(), records) })
    }));
    if let Some(stated) = year.inspection.and_then(|inspection| inspection.stated_totals.as_ref()) {
        pairs.extend(stated_pairs(stated, find(tables, "ratings")).into_iter().filter_map(|(key, id, stated)| {
            let by_report = (words.text("yearly_stated_by_inspection").to_owned(), u64::from(stated));
            Some(Pair { what: column(key), left: side((id, &[key]))?, right: by_report })
        }));
    }
    pairs
}

/// What the report on inspections states, by the column in which it is counted. Where it names no agency, or rates none,
/// there is nothing to compare with: `check` adds up what it states.
fn stated_pairs(stated: &StatedInspection, counted: Option<&ReportTable>) -> Vec<(&'static str, &'static str, u32)> {
    let Some(counted) = counted.filter(|table| !table.rows.is_empty()) else { return Vec::new() };
    let is_rated = counted.sum("unrated") < counted.sum("inspected");
    let totals = [("inspected", stated.agencies), ("on_site", stated.on_site), ("dossier", stated.dossier)];
    let rating = |rating: Rating| match rating {
        Rating::Tot => "tot",
        Rating::Kha => "kha",
        Rating::TrungBinh => "trung_binh",
        Rating::Yeu => "yeu",
    };
    let totals = totals.into_iter().filter_map(|(key, stated)| Some((key, "inspections", stated?)));
    totals.chain(stated.ratings.iter().filter(|_| is_rated).map(|one| (rating(one.rating), "ratings", one.agencies))).collect()
}
