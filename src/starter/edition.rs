//! The next edition of a document with front matter: its own text, with the few keys that a new edition changes.

use super::append::{Appended, append};
use super::record::Record;
use crate::domain::Date;
use crate::import::yaml_writer::text_value;
use crate::parse::FileKind;
use crate::parse::node::{NodeValue, read};
use crate::parse::yaml::DEPTH_LIMIT;

/// The text of a work process as a draft of `edition`, with a row in its table of revisions that says `what` changed.
/// `None` where its front matter is not written key by key.
pub fn next_edition(text: &str, edition: u32, day: Date, what: &str) -> Option<String> {
    let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
    let (front, body) = text.strip_prefix("---\n")?.split_once("\n---\n")?;
    let (edition, day) = (edition.to_string(), format!("{day} # [MẪU]"));
    let keys = [("status", "draft"), ("edition", &edition), ("revision", "0"), ("issued_on", &day)];
    let front = keys.into_iter().try_fold(format!("{front}\n"), |front, (key, value)| with(&front, key, value))?;
    let front = without(&front, "effective_on")?;
    let row = Record::new().plain("edition", edition).plain("revision", 0).plain("on", day).text("what", what);
    let Appended::Text(front) = append(FileKind::WorkProcess, &front, Some("revisions"), &row) else { return None };
    Some(format!("---\n{front}---\n{body}"))
}

/// The line of a key at the outermost level whose value stands on the same line.
fn line_of(front: &str, key: &str) -> Option<Option<usize>> {
    let root = read(front, 1, DEPTH_LIMIT).root?;
    let NodeValue::Map(entries) = root.value else { return None };
    let Some((name, value)) = entries.iter().find(|(name, _)| name.text() == Some(key)) else { return Some(None) };
    let is_one_line = name.region.line == value.region.line && name.region.column == 1 && value.text().is_some_and(|text| !text.contains('\n'));
    is_one_line.then_some(Some(name.region.line as usize - 1))
}

/// The front matter with another value of a key; a key that is not there comes last.
fn with(front: &str, key: &str, value: &str) -> Option<String> {
    let new = format!("{}: {value}", text_value(key, 0));
    let mut lines: Vec<&str> = front.lines().collect();
    match line_of(front, key)? {
        Some(number) => lines[number] = &new,
        None => lines.push(&new),
    }
    Some(lines.join("\n") + "\n")
}

/// The front matter without a key, such as a day that is not known yet.
fn without(front: &str, key: &str) -> Option<String> {
    let at = line_of(front, key)?;
    let lines = front.lines().enumerate().filter(|(number, _)| Some(*number) != at);
    Some(lines.map(|(_, line)| format!("{line}\n")).collect())
}
