//! The yearly report of the lead unit, in each format.

use anyhow::{Context, Result, bail};

use super::super::Outcome;
use super::page;
use crate::cli::ReportFormat;
use crate::diagnostic::{Diagnostic, Lang, Severity};
use crate::pipeline::Judged;
use crate::render::{ReportCell, ReportTable, YearlyReport, workbook};
use crate::report;
use crate::theme::Theme;

/// The report as bytes. The outcome tells of errors in the content, and of totals that do not agree.
pub(super) fn make(judged: &Judged, theme: &Theme, year: i16, format: ReportFormat, lang: Lang) -> Result<(Vec<u8>, Outcome)> {
    let Some(mut report) = YearlyReport::new(&judged.register, &judged.config, theme, lang, year)? else {
        bail!("năm {year} chưa đến: báo cáo tính đến {}", judged.config.today);
    };
    let errors: Vec<Diagnostic> = judged.diagnostics.iter().filter(|one| one.severity == Severity::Error).cloned().collect();
    let listed = report::listed(&errors, &judged.tree, lang);
    report.add_errors(theme, lang, listed.into_iter().map(|one| (format!("{}:{}:{}", one.file, one.line, one.column), one.message)));
    let made = match format {
        ReportFormat::Md => markdown(&report).into_bytes(),
        ReportFormat::Html => page(&report.title, &markdown(&report), STYLE, lang).into_bytes(),
        ReportFormat::Json => format!("{}\n", serde_json::to_string_pretty(&report)?).into_bytes(),
        ReportFormat::Xlsx => workbook(&report).context("không lập được bảng tính")?,
    };
    let is_clean = errors.is_empty() && report.is_reconciled;
    Ok((made, if is_clean { Outcome::Clean } else { Outcome::Problems }))
}

fn markdown(report: &YearlyReport) -> String {
    let mut text = format!("# {}\n\n", plain(&report.title));
    report.notes.iter().for_each(|note| text.push_str(&format!("- {}\n", plain(note))));
    report.tables.iter().for_each(|table| text.push_str(&table_text(table)));
    text
}

fn table_text(table: &ReportTable) -> String {
    let mut text = format!("\n## {}\n\n", plain(&table.title));
    if let Some(sentence) = &table.sentence {
        text.push_str(&format!("{}\n\n", plain(sentence)));
    }
    if table.rows.is_empty() {
        text.push_str(&format!("{}\n", plain(&table.empty)));
        return text;
    }
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    text.push_str(&line(table.columns.iter().map(|column| plain(&column.title)).collect()));
    text.push_str(&line(table.columns.iter().map(|column| if column.kind.is_number() { "---:" } else { "---" }.to_owned()).collect()));
    table.rows.iter().for_each(|row| text.push_str(&line(row.iter().map(|cell| plain(&cell.shown())).collect())));
    if let Some(total) = &table.total {
        let bold = |cell: &ReportCell| if *cell == ReportCell::Empty { String::new() } else { format!("**{}**", plain(&cell.shown())) };
        text.push_str(&line(total.iter().map(bold).collect()));
    }
    text
}

/// A text that is not taken for Markdown, in one line.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~') {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}

/// Wide tables scroll on a screen, and are printed across.
const STYLE: &str = "body{max-width:none}table{display:block;overflow-x:auto;border-collapse:collapse;font-size:.85em}th,td{border:1px solid;padding:.3em .5em;text-align:left;vertical-align:top}@page{size:A4 landscape}@media print{table{display:table;width:100%;font-size:9pt}thead{display:table-header-group}tr{break-inside:avoid}}";
