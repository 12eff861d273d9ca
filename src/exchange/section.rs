//! Rows between the procedures of a list that say of what field or level those below are: `II. Lĩnh vực Hộ tịch`.

use super::headings::{Heading, Meaning, plain};
use super::reading::GridRow;
use crate::domain::vocabulary::ExecutionLevel;

/// What the rows below a heading of a section have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    pub field: Option<String>,
    pub level: Option<ExecutionLevel>,
}

impl Section {
    /// A heading below another keeps what that one said and it does not.
    pub fn below(self, above: Self) -> Self {
        // A new level begins a new list of fields.
        let field = if self.level.is_some() { self.field } else { self.field.or(above.field) };
        Self { field, level: self.level.or(above.level) }
    }
}

/// Whether a row is one of a section: one text, and nothing in the columns of a record. `Err` holds a text that says nothing.
pub fn section(row: &GridRow, heading: &Heading) -> Option<Result<Section, String>> {
    let is_rank = |column: u32| heading.columns.iter().any(|(other, meaning)| *other == column && *meaning == Meaning::Rank);
    let mut texts: Vec<(&str, bool)> = row.cells.iter().map(|cell| (cell.text.trim(), is_rank(cell.column))).filter(|(text, _)| !text.is_empty()).collect();
    // A merged cell says the same in each of its columns.
    texts.dedup_by_key(|(text, _)| *text);
    let rank = texts.first().filter(|(text, is_rank)| texts.len() == 2 && *is_rank && is_number_of_section(text)).is_some();
    let text = match texts.as_slice() {
        [(text, _)] => *text,
        [_, (text, _)] if rank => *text,
        _ => return None,
    };
    let said = without_number(text);
    let folded = plain(said);
    let level = [
        ("cap bo", ExecutionLevel::Ministry),
        ("trung uong", ExecutionLevel::Ministry),
        ("cap tinh", ExecutionLevel::Province),
        ("cap xa", ExecutionLevel::Commune),
    ]
    .into_iter()
    .find(|(words, _)| folded.contains(words))
    .map(|(_, level)| level);
    if let Some(field) = field(said) {
        return Some(Ok(Section { field: Some(field), level }));
    }
    if level.is_some() && (folded.contains("thu tuc") || folded.contains("tthc") || folded.starts_with("cap")) {
        return Some(Ok(Section { field: None, level }));
    }
    let is_numbered = rank || said.len() < text.len();
    if is_numbered && !folded.starts_with("tong") && said.chars().count() <= 120 {
        return Some(Ok(Section { field: Some(named(said)), level }));
    }
    Some(Err(text.split_whitespace().take(20).collect::<Vec<_>>().join(" ")))
}

/// `Hộ tịch` of `Lĩnh vực Hộ tịch (12 TTHC)`.
fn field(text: &str) -> Option<String> {
    let rest = text.char_indices().find_map(|(at, _)| {
        let head = text.get(..at)?;
        (plain(head) == "linh vuc").then(|| text[at..].trim_start_matches([':', ' ', '.', '-']))
    })?;
    Some(named(rest)).filter(|field| !field.is_empty())
}

/// Without a count in brackets, in small letters but for the first where all are capitals.
fn named(text: &str) -> String {
    let text = text.trim().trim_end_matches([':', '.']).trim();
    let text = match text.rsplit_once('(') {
        Some((name, inside)) if inside.chars().any(|c| c.is_ascii_digit()) => name.trim(),
        _ => text,
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let has_small = text.chars().any(char::is_lowercase);
    if has_small {
        return text;
    }
    let mut letters = text.chars();
    letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect()
}

/// `I`, `IV.`, `A`, `1`
fn is_number_of_section(text: &str) -> bool {
    let text = text.trim_end_matches(['.', ')', '/']);
    let is_roman = !text.is_empty() && text.len() <= 6 && text.chars().all(|c| "IVXLC".contains(c));
    let is_letter = text.chars().count() == 1 && text.chars().all(char::is_uppercase);
    let is_decimal = !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
    is_roman || is_letter || is_decimal
}

/// The text behind `II.`, `A.`, `1)`.
fn without_number(text: &str) -> &str {
    let Some((number, rest)) = text.split_once(['.', ')', '/', '-', ':']) else { return text };
    if is_number_of_section(number.trim()) && rest.starts_with(' ') { rest.trim() } else { text }
}
