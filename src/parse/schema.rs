//! The JSON Schema (draft-07) of a file kind, with titles and descriptions from the label table.

use serde_json::{Map, Value, json};

use super::FileKind;
use super::labels::LabelTable;
use super::shape::kind_of;

impl FileKind {
    /// The schema of a file of this kind, its titles and descriptions in the language of `labels`.
    pub fn schema(self, labels: &LabelTable) -> Value {
        let mut schema = self.record_schema();
        if let Some(definitions) = schema.get_mut("definitions").and_then(Value::as_object_mut) {
            for (name, definition) in definitions {
                label(definition, &kind_of(name), labels);
            }
        }
        let record = schema.get("title").and_then(Value::as_str).map(kind_of).unwrap_or_default();
        label(&mut schema, &record, labels);
        if self.is_list() {
            schema = one_or_many(schema);
        }
        if let Some(file) = labels.files.get(self.key()) {
            schema["title"] = json!(file.label);
            schema["description"] = json!(file.hint);
        }
        schema
    }
}

/// Gives every property its label and hint, and every value of a closed list its label.
fn label(schema: &mut Value, kind: &str, labels: &LabelTable) {
    let Some(object) = schema.as_object_mut() else { return };
    // schemars writes our own English comments, which officers should not see.
    object.remove("description");
    object.remove("title");
    describe_values(object, kind, labels);
    let Some(properties) = object.get_mut("properties").and_then(Value::as_object_mut) else { return };
    for (name, property) in properties {
        let Some(label) = labels.field(kind, name) else { continue };
        // Keywords beside `$ref` are ignored by draft-07, so the reference goes into `allOf`.
        if let Some(reference) = property.as_object_mut().and_then(|property| property.remove("$ref")) {
            property["allOf"] = json!([{ "$ref": reference }]);
        }
        property["title"] = json!(label.label);
        property["description"] = json!(format!("{}. {}", label.label, label.hint).trim_end_matches(". "));
    }
}

fn describe_values(object: &mut Map<String, Value>, list: &str, labels: &LabelTable) {
    let values: Vec<String> = match (object.get("enum"), object.get("oneOf")) {
        (Some(Value::Array(values)), _) => values.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        (_, Some(Value::Array(branches))) => branches.iter().filter_map(|branch| branch.get("const")?.as_str()).map(str::to_owned).collect(),
        _ => return,
    };
    if values.is_empty() {
        return;
    }
    let described: Vec<String> =
        values.iter().map(|value| labels.value(list, value).map_or_else(|| value.clone(), |label| format!("{value}: {label}"))).collect();
    object.remove("oneOf");
    object.insert("type".into(), json!("string"));
    object.insert("enum".into(), json!(values));
    object.insert("enumDescriptions".into(), json!(described));
}

/// A file that holds one record or a list of them.
fn one_or_many(mut record: Value) -> Value {
    let definitions = record.as_object_mut().and_then(|object| object.remove("definitions"));
    let dialect = record.as_object_mut().and_then(|object| object.remove("$schema"));
    let mut definitions = definitions.unwrap_or_else(|| json!({}));
    definitions["Record"] = record;
    json!({
        "$schema": dialect,
        "anyOf": [{ "type": "array", "items": { "$ref": "#/definitions/Record" } }, { "$ref": "#/definitions/Record" }],
        "definitions": definitions,
    })
}
