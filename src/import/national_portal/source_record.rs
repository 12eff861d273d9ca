//! One line of the file: labels and cleaned texts, nothing interpreted yet.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::findings::Findings;
use super::{LINE_LIMIT_BYTES, rules};
use crate::domain::fold;
use crate::import::plain_text::{clean, tidy_lines};

/// Labels and texts in the order of the line; several fields may have one label.
#[derive(Debug, Clone, Default)]
pub(super) struct SourceRecord {
    fields: Vec<(String, String)>,
}

impl SourceRecord {
    /// Takes the text under a label; `None` where there is none, or where it says that there is none.
    /// Indentation is kept, as it is part of the grammar.
    pub fn take(&mut self, label: &'static str, findings: &mut Findings<'_>) -> Option<String> {
        findings.at(label);
        let at = self.fields.iter().position(|(name, _)| name == label)?;
        let (_, text) = self.fields.remove(at);
        (!is_nothing(&text)).then_some(text)
    }

    /// What no field of the record asked for.
    pub fn rest(self) -> impl Iterator<Item = (String, String)> {
        self.fields.into_iter().filter(|(_, text)| !is_nothing(text)).map(|(label, text)| (label, tidy_lines(&text)))
    }

    /// The fields of this record that another one does not have word for word.
    pub fn differing(&self, other: &Self) -> Vec<(String, String)> {
        self.clone().rest().filter(|field| !other.clone().rest().any(|theirs| theirs == *field)).collect()
    }
}

/// Reads a line; what is no JSON object is told.
pub(super) fn read(line: &str, findings: &mut Findings<'_>) -> Option<SourceRecord> {
    if line.len() > LINE_LIMIT_BYTES {
        findings.tell(rules::refused_line, &format!("{} byte", line.len()));
        return None;
    }
    let entries: Entries = match serde_json::from_str(line) {
        Ok(entries) => entries,
        Err(error) => {
            findings.tell(rules::refused_line, &error.to_string());
            return None;
        }
    };
    let mut record = SourceRecord::default();
    for (label, value) in entries.0 {
        let label = tidy_lines(&clean(&label).text);
        let cleaned = clean(&text_of(value));
        if cleaned.has_lost_characters {
            findings.tell(rules::removed_characters, &label);
        }
        record.fields.push((label, cleaned.text));
    }
    Some(record)
}

/// Texts as they are; another type as its JSON, so that nothing is lost.
fn text_of(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// Whether a text is empty or only says "no information".
fn is_nothing(text: &str) -> bool {
    let text = text.trim();
    if text.len() > 120 {
        return false;
    }
    let folded = fold(text);
    let words = folded.trim_end_matches('.').trim_start_matches("tu khoa:").trim();
    matches!(words, "" | "khong co thong tin" | "khong co thong tin thanh phan ho so" | "khong co thong tin can cu phap ly")
}

/// The entries of a JSON object in their order, repeated keys included.
struct Entries(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor;
        impl<'de> Visitor<'de> for EntriesVisitor {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(EntriesVisitor)
    }
}
