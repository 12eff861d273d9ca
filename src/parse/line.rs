//! Lines of YAML as an officer types them, taken apart without reading YAML.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::labels::LabelTable;
use crate::diagnostic::Lang;

/// A line taken apart: `  - title: Quy trình`.
pub(super) struct Entry<'a> {
    /// What stands before the key, in characters.
    pub(super) lead: usize,
    pub(super) key: &'a str,
    pub(super) value: &'a str,
}

/// What Word makes of a hyphen or an asterisk at the beginning of a line.
pub(super) fn is_list_mark(c: char) -> bool {
    matches!(c, '–' | '—' | '−' | '‐' | '‑' | '•' | '●' | '▪' | '◦' | '·' | '\u{F0B7}')
}

/// What to say of such a mark.
pub(super) fn wrong_mark(mark: char) -> (String, String) {
    (format!("dấu “{mark}” không phải dấu gạch đầu dòng - trên bàn phím"), format!("`{mark}` is not the hyphen - of the keyboard"))
}

/// A text in double quotes; quotes inside it become curly ones, which need nothing special.
pub(super) fn in_quotes(text: &str) -> String {
    let text = text.trim();
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''));
    let inner = match quote {
        Some(quote) if text.len() > 1 && text.ends_with(quote) && text.matches(quote).count().is_multiple_of(2) && text.matches(quote).count() != 2 => {
            text[1..text.len() - 1].to_owned()
        }
        Some(quote) if text.len() > 1 && text.ends_with(quote) && text.matches(quote).count() == 2 => text[1..text.len() - 1].to_owned(),
        _ => text.to_owned(),
    };
    let mut is_open = false;
    let curly: String = inner
        .chars()
        .map(|c| match c {
            '"' => {
                is_open = !is_open;
                if is_open { '“' } else { '”' }
            }
            c => c,
        })
        .collect();
    format!("\"{}\"", curly.replace('\\', "\\\\"))
}

/// What stands before a known field at the beginning of a line, the field, and the rest of the line.
pub(super) fn field_at_start(line: &str) -> Option<(usize, &str, &str)> {
    let written = line.trim_start_matches([' ', '-']);
    let end = written.find(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit() && c != '_')?;
    let (key, rest) = written.split_at(end);
    is_field(key).then(|| (line.chars().count() - written.chars().count(), key, rest))
}

pub(super) fn entry(line: &str) -> Option<Entry<'_>> {
    let written = line.trim_start_matches(' ');
    let written = written.strip_prefix("- ").map_or(written, |rest| rest.trim_start_matches(' '));
    let (key, value) = written.split_once(':')?;
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')) && (value.is_empty() || value.starts_with(' '));
    is_key.then(|| Entry { lead: line.chars().count() - written.chars().count(), key, value: value.trim() })
}

pub(super) fn is_content(line: &str) -> bool {
    let written = line.trim();
    !written.is_empty() && !written.starts_with('#') && written != "---"
}

pub(super) fn balance(line: &str) -> i32 {
    line.chars().fold(0i32, |sum, c| sum + i32::from(matches!(c, '[' | '{')) - i32::from(matches!(c, ']' | '}')))
}

/// Where a field inside braces begins without a comma before it, and its name.
pub(super) fn missing_comma(line: &str) -> Option<(usize, &str)> {
    let open = line.find('{')?;
    line.match_indices(": ").filter(|(at, _)| *at > open).find_map(|(at, _)| {
        let start = line[..at]
            .rfind(|c: char| !c.is_ascii_lowercase() && c != '_')
            .map_or(0, |before| before + line[before..].chars().next().map_or(1, char::len_utf8));
        let name = &line[start..at];
        let before = line[..start].trim_end();
        (is_field(name) && line[..start].ends_with(' ') && !before.ends_with([',', '{', '[', ':', '-'])).then_some((start, name))
    })
}

/// Whether any record has a field of this name.
pub(super) fn is_field(name: &str) -> bool {
    static FIELDS: LazyLock<BTreeSet<&'static str>> =
        LazyLock::new(|| LabelTable::get(Lang::Vi).fields.keys().map(|key| key.rsplit('.').next().unwrap_or(key)).collect());
    FIELDS.contains(name)
}
