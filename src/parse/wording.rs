//! Fields, values and lists of them as messages write them.

use super::labels::LabelTable;
use super::repair::quoted;
use crate::diagnostic::{Lang, Text};

/// `duration (Thời gian)`: the name to type and what it means.
pub fn labelled(lang: Lang, kind: &str, name: &str) -> String {
    match LabelTable::get(lang).field(kind, name) {
        Some(label) => format!("{name} ({})", label.label),
        None => name.to_owned(),
    }
}

pub fn label(lang: Lang, kind: &str, name: &str) -> String {
    LabelTable::get(lang).field(kind, name).map_or_else(|| name.to_owned(), |label| label.label.clone())
}

/// The names of fields to choose from, those that must be there first.
pub fn one_of(kind: &str, names: &[&str], required: &[&str]) -> Text {
    const MOST_SHOWN: usize = 12;
    let (first, then): (Vec<&str>, Vec<&str>) = names.iter().partition(|name| required.contains(name));
    let shown: Vec<&str> = first.into_iter().chain(then).collect();
    let list = |lang| shown.iter().take(MOST_SHOWN).map(|name| labelled(lang, kind, name)).collect::<Vec<_>>().join(", ");
    let more = if shown.len() > MOST_SHOWN { ", …" } else { "" };
    if shown.is_empty() {
        return Text::fixed("xóa dòng này", "delete this line");
    }
    Text::new(
        format!("xóa dòng này, hoặc dùng một trong các mục: {}{more}", list(Lang::Vi)),
        format!("delete this line, or use one of: {}{more}", list(Lang::En)),
    )
}

/// A value of a closed list as YAML takes it.
pub fn plain_value(value: &str) -> String {
    if value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')) { value.to_owned() } else { quoted(value) }
}

pub fn shorten(text: &str) -> String {
    let line = text.lines().next().unwrap_or("");
    if line.chars().count() > 60 { format!("{}…", line.chars().take(60).collect::<String>()) } else { line.to_owned() }
}
