//! What a file says, however it is laid out: to know whether a document changed since it was approved.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::front_matter::{self, Parts};
use super::node::{Node, NodeValue};
use super::yaml::reading;

/// The values of a file with its fields sorted, and the text below its front matter; without the fields of the
/// record that are named. Comments, quotes, the order of fields and spaces at the ends of lines say nothing. A file
/// that is not YAML says what stands in it.
pub fn meaning(path: &Arc<str>, text: &str, without: &[&str]) -> String {
    let Parts { yaml, body, .. } = front_matter::parts(path, text);
    let reading = reading(&yaml);
    let Some(root) = reading.root.filter(|_| reading.error.is_none()) else { return text.to_owned() };
    let mut value = value_of(&root);
    if let Value::Object(fields) = &mut value {
        fields.retain(|name, _| !without.contains(&name.as_str()));
    }
    let lines: Vec<&str> = body.lines().map(str::trim_end).collect();
    format!("{value}\n{}", lines.join("\n").trim_matches('\n'))
}

/// What is not written is absent.
fn value_of(node: &Node) -> Value {
    match &node.value {
        _ if node.is_null() => Value::Null,
        NodeValue::Scalar { text, .. } => json!(text),
        NodeValue::List(items) => items.iter().map(value_of).collect(),
        NodeValue::Map(entries) => {
            let fields: BTreeMap<&str, Value> =
                entries.iter().filter(|(_, value)| !value.is_null()).filter_map(|(key, value)| Some((key.text()?, value_of(value)))).collect();
            json!(fields)
        }
        NodeValue::Alias => Value::Null,
    }
}
