//! The JSON Schema (draft-07) of a file kind, with titles and descriptions from the label table.

use serde_json::{Map, Value, json};

use super::FileKind;
use super::labels::LabelTable;
use super::shape::{kind_of, wanted};

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
        explain(&mut schema, None);
        if self.is_list() {
            schema = one_or_many(schema, labels.files.get(self.key()).map_or("", |file| &file.label));
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
    let described: Vec<String> = values.iter().map(|value| labels.value(list, value).map_or_else(|| value.clone(), str::to_owned)).collect();
    object.remove("oneOf");
    object.insert("type".into(), json!("string"));
    object.insert("enum".into(), json!(values));
    object.insert("enumDescriptions".into(), json!(described));
}

/// Says in Vietnamese, as `errorMessage` of editors, what belongs in each place, and takes numbers where a text
/// belongs: a code or a year without quotes is read as the text that it is.
fn explain(schema: &mut Value, name: Option<&str>) {
    let Some(object) = schema.as_object_mut() else { return };
    if let Some(message) = message(object, name) {
        object.insert("errorMessage".into(), json!(message));
    }
    let is_listed = object.contains_key("enum");
    match object.get_mut("type") {
        Some(kind) if *kind == "string" && !is_listed => *kind = json!(["string", "number"]),
        Some(Value::Array(kinds)) if kinds.iter().any(|kind| kind == "string") => kinds.insert(1, json!("number")),
        _ => {}
    }
    for (key, value) in object {
        match (key.as_str(), value) {
            ("properties", Value::Object(fields)) => fields.iter_mut().for_each(|(name, field)| explain(field, Some(name))),
            ("definitions", Value::Object(definitions)) => definitions.values_mut().for_each(|definition| explain(definition, None)),
            ("items" | "additionalProperties", inner) => explain(inner, None),
            ("anyOf" | "allOf", Value::Array(branches)) => branches.iter_mut().for_each(|branch| explain(branch, None)),
            _ => {}
        }
    }
}

fn message(object: &Map<String, Value>, name: Option<&str>) -> Option<String> {
    let text = |key: &str| object.get(key).and_then(Value::as_str);
    let list = |key: &str| object.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>();
    let subject = match (name, text("title")) {
        (Some(name), Some(title)) => format!("{name} ({title})"),
        _ => "chỗ này".to_owned(),
    };
    if object.contains_key("enum") {
        let words: Vec<String> = list("enum").iter().zip(list("enumDescriptions")).map(|(value, label)| format!("{value} ({label})")).collect();
        return Some(format!("chọn một trong: {}", words.join(", ")));
    }
    match text("pattern") {
        Some(pattern) if pattern.starts_with(r"^\d{4}-") => return Some("ngày viết dạng năm-tháng-ngày, ví dụ 2026-03-05".to_owned()),
        Some(_) => return Some("mã thủ tục viết trong dấu nháy kép, ví dụ \"1.001193\"".to_owned()),
        None => {}
    }
    if let Some(fields) = object.get("properties").and_then(Value::as_object) {
        let names: Vec<&str> = fields.keys().map(String::as_str).collect();
        let required = list("required");
        let needed = if required.is_empty() { String::new() } else { format!("; không được thiếu: {}", required.join(", ")) };
        return Some(format!("không khớp mẫu; các mục được dùng: {}{needed}", names.join(", ")));
    }
    let kind = object.get("type")?;
    let kind = kind.as_str().or_else(|| kind.as_array()?.first()?.as_str())?;
    let wanted = match kind {
        "array" => "một danh sách, mỗi phần tử một dòng, bắt đầu bằng dấu - và một dấu cách",
        "object" => "một nhóm mục con, mỗi mục một dòng, thụt vào 2 dấu cách",
        "null" => return None,
        other => wanted(other).0,
    };
    Some(format!("{subject} phải là {wanted}"))
}

/// A file that holds one record or a list of them.
fn one_or_many(mut record: Value, title: &str) -> Value {
    record["title"] = json!(title);
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
