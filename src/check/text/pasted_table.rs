//! Rows of a spreadsheet pasted into a Markdown text: tabs between the cells, which a page runs together.

use super::scan;
use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};

pub static RULE: Rule = Rule {
    id: "pasted-table",
    severity: Severity::Warning,
    summary: Text::fixed("bảng dán từ Excel hoặc Word, các ô sẽ dính vào nhau", "rows pasted from a spreadsheet, whose cells run together"),
    basis: None,
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for text in case.register.texts.iter().filter(|text| text.file.ends_with(".md") && text.text.contains('\t')) {
        let mut offset = 0;
        let mut rows: Vec<(usize, usize)> = Vec::new();
        for line in text.text.split_inclusive('\n') {
            let cells = cells(line);
            // Two rows of as many cells one after the other make a table.
            match rows.last() {
                Some((_, last)) if cells > 1 && *last == cells => rows.push((offset, cells)),
                _ if rows.len() > 1 => break,
                _ => rows = if cells > 1 { vec![(offset, cells)] } else { Vec::new() },
            }
            offset += line.len();
        }
        if let [(first, cells), _, ..] = rows[..] {
            found.push(pasted(text, first, cells));
        }
    }
}

fn cells(line: &str) -> usize {
    let is_row = line.contains('\t') && !line.starts_with([' ', '\t', '|', '-', '#', '`']);
    if is_row { line.trim_end().split('\t').count() } else { 0 }
}

fn pasted(text: &crate::domain::PublicText, first: usize, cells: usize) -> Diagnostic {
    let heading: Vec<&str> = text.text[first..].lines().next().unwrap_or("").split('\t').map(str::trim).collect();
    let row = format!("| {} |", heading.join(" | "));
    let rule = format!("|{}", " --- |".repeat(cells));
    Diagnostic::new(
        &RULE,
        scan::Lines::of(text).place(first),
        Text::fixed(
            "bảng dán từ Excel hoặc Word: các ô cách nhau bằng phím Tab sẽ dính vào nhau trên trang",
            "rows pasted from a spreadsheet: cells separated by tabs run together on the page",
        ),
    )
    .hint(Text::new(
        format!("viết mỗi hàng một dòng, các ô cách nhau bằng dấu | , hai dòng đầu là\n{row}\n{rule}"),
        format!("write one row a line, with | between the cells; the first two lines are\n{row}\n{rule}"),
    ))
}
