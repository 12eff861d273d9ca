//! The words above each key: those of the label table, as the JSON Schema of the file kind has them.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::diagnostic::Lang;
use crate::parse::FileKind;
use crate::parse::labels::LabelTable;

/// The schema of a file kind and what it has been asked for.
pub(super) struct Comments {
    schema: Value,
    /// Records and fields that have their words already.
    told: BTreeSet<(String, String)>,
    /// A text that stands before: what it says is not said again.
    pub known: String,
}

impl Comments {
    pub fn of(kind: FileKind) -> Self {
        Self { schema: kind.schema(LabelTable::get(Lang::Vi)), told: BTreeSet::new(), known: String::new() }
    }

    /// What the file is.
    pub fn header(&self) -> String {
        let words = |name: &str| self.schema.get(name).and_then(Value::as_str).unwrap_or("").to_owned();
        format!("{}. {}", words("title"), words("description"))
    }

    /// The name under which the schema keeps the record of the file; empty where it is the schema itself.
    pub fn root(&self) -> &'static str {
        if self.schema.get("properties").is_some() { "" } else { "Record" }
    }

    fn record(&self, name: &str) -> Option<&Map<String, Value>> {
        if name.is_empty() { self.schema.as_object() } else { self.schema.get("definitions")?.get(name)?.as_object() }
    }

    /// The lines above a key: what to write, then the words to choose from. None above a key that had them.
    pub fn lines(&mut self, record: &str, key: &str) -> Vec<String> {
        if !self.told.insert((record.to_owned(), key.to_owned())) {
            return Vec::new();
        }
        let Some(property) = self.property(record, key) else { return Vec::new() };
        let words = property.get("description").and_then(Value::as_str);
        let choices = self.definitions(property).into_iter().find_map(|(_, definition)| choices(definition));
        let lines = words.map(str::to_owned).into_iter().chain(choices.map(|choices| format!("Giá trị: {choices}.")));
        lines.filter(|line| !self.known.contains(&format!("# {line}"))).collect()
    }

    /// The record kind inside a field.
    pub fn inner(&self, record: &str, key: &str) -> Option<String> {
        let property = self.property(record, key)?;
        let inner = self.definitions(property).into_iter().find(|(_, definition)| definition.get("properties").is_some());
        inner.map(|(name, _)| name.to_owned())
    }

    fn property(&self, record: &str, key: &str) -> Option<&Value> {
        self.record(record)?.get("properties")?.get(key)
    }

    /// The definitions that a property leads to, the nearest first.
    fn definitions<'s>(&'s self, property: &'s Value) -> Vec<(&'s str, &'s Value)> {
        let mut found = Vec::new();
        let mut waiting = vec![property];
        while let Some(value) = waiting.pop() {
            if let Some(name) = value.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix("#/definitions/")) {
                let Some(definition) = self.schema.get("definitions").and_then(|definitions| definitions.get(name)) else { continue };
                found.push((name, definition));
                if definition.get("properties").is_none() {
                    waiting.push(definition);
                }
            }
            let branches = ["allOf", "anyOf", "oneOf"].into_iter().filter_map(|word| value.get(word)?.as_array()).flatten();
            waiting.extend(branches.chain(value.get("items")));
        }
        found
    }
}

/// The values of a closed list with their labels.
fn choices(definition: &Value) -> Option<String> {
    let (values, labels) = (definition.get("enum")?.as_array()?, definition.get("enumDescriptions")?.as_array()?);
    let pairs = values.iter().filter_map(Value::as_str).zip(labels.iter().filter_map(Value::as_str));
    Some(pairs.map(|(value, label)| format!("{value} – {label}")).collect::<Vec<_>>().join("; "))
}
