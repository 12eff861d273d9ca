//! A field of a schema as a field of a form.

use serde_json::{Map, Value, json};

use crate::parse::labels::LabelTable;
use crate::parse::shape::kind_of;

/// Texts that may have several lines.
const LONG: &[&str] = &[
    "scope",
    "scope_en",
    "note",
    "purpose",
    "description",
    "conditions",
    "text",
    "method",
    "findings",
    "conclusion",
    "cause",
    "corrective_action",
    "statement",
    "meaning",
    "what",
    "reason",
    "address",
    "reception_hours",
];

/// Makes form fields of the records of one schema.
pub struct Fields<'s> {
    pub root: &'s Value,
    pub labels: &'s LabelTable,
    /// What a choice among agencies offers: ids with names.
    pub agencies: &'s [(String, String)],
}

impl Fields<'_> {
    /// The fields of a record of this kind. What has several forms in YAML (a code or a group, a text or a list) is no
    /// field of a form: it stays in the file as it is.
    pub fn of_record(&self, schema: &Map<String, Value>, kind: &str) -> Vec<Value> {
        let required: Vec<&str> = schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        let fields = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        fields.filter_map(|(name, field)| self.field(name, field, kind, required.contains(&name.as_str()))).collect()
    }

    /// All fields of a group inside of a record; `None` where one is no field of a form: saving the others would lose it.
    fn of_group(&self, schema: &Map<String, Value>, kind: &str) -> Option<Vec<Value>> {
        let fields = self.of_record(schema, kind);
        (fields.len() == schema.get("properties")?.as_object()?.len()).then_some(fields)
    }

    fn field(&self, name: &str, schema: &Value, owner: &str, is_required: bool) -> Option<Value> {
        let mut field = self.widget(name, schema)?;
        let object = field.as_object_mut()?;
        let label = self.labels.field(owner, name);
        object.insert("name".into(), json!(name));
        object.insert("label".into(), json!(label.map_or(name, |label| &label.label)));
        if let Some(label) = label.filter(|label| !label.hint.is_empty()) {
            object.insert("hint".into(), json!(label.hint));
        }
        object.insert("required".into(), json!(is_required));
        Some(field)
    }

    /// The widget of a place; `None` where it takes several forms.
    fn widget(&self, name: &str, schema: &Value) -> Option<Value> {
        let (schema, kind) = self.follow(schema, String::new())?;
        if let Some(options) = self.options(&schema, &kind) {
            return Some(json!({ "widget": "select", "options": options }));
        }
        if matches!(name, "parent" | "qms" | "successor") {
            let options: Vec<Value> = self.agencies.iter().map(|(id, name)| json!({ "label": name, "value": id })).collect();
            return (!options.is_empty()).then(|| json!({ "widget": "select", "options": options }));
        }
        Some(match (kind.as_str(), type_of(&schema)) {
            ("date", _) => json!({ "widget": "datetime", "type": "date", "format": "YYYY-MM-DD" }),
            ("administrative_procedure_code", _) => {
                json!({ "widget": "string", "pattern": ["^[1-9]\\.\\d{6}", "Mã thủ tục có dạng 1.001193"] })
            }
            (_, "string") if LONG.contains(&name) => json!({ "widget": "text" }),
            (_, "string") => json!({ "widget": "string" }),
            (_, "integer") => json!({ "widget": "number", "value_type": "int", "min": 0 }),
            (_, "number") => json!({ "widget": "number", "value_type": "float", "step": 0.1 }),
            (_, "boolean") => json!({ "widget": "boolean" }),
            (_, "array") => self.list(name, schema.get("items")?)?,
            (_, "object") if schema.contains_key("properties") => {
                json!({ "widget": "object", "collapsed": "auto", "fields": self.of_group(&schema, &kind)? })
            }
            _ => return None,
        })
    }

    fn list(&self, name: &str, items: &Value) -> Option<Value> {
        let (schema, kind) = self.follow(items, String::new())?;
        if let Some(options) = self.options(&schema, &kind) {
            return Some(json!({ "widget": "select", "multiple": true, "options": options }));
        }
        if schema.contains_key("properties") {
            let fields = self.of_group(&schema, &kind)?;
            let summary = fields.first().and_then(|field| field["name"].as_str()).map(|name| format!("{{{{fields.{name}}}}}"));
            return Some(json!({ "widget": "list", "collapsed": true, "summary": summary, "fields": fields }));
        }
        let mut item = self.widget(name, items)?;
        item["name"] = json!("value");
        item["label"] = json!("Giá trị");
        Some(json!({ "widget": "list", "field": item }))
    }

    fn options(&self, schema: &Map<String, Value>, kind: &str) -> Option<Vec<Value>> {
        let values: Vec<&str> = match (schema.get("enum"), schema.get("oneOf")) {
            (Some(Value::Array(values)), _) => values.iter().filter_map(Value::as_str).collect(),
            (_, Some(Value::Array(branches))) => branches.iter().flat_map(consts).collect(),
            _ => return None,
        };
        Some(values.into_iter().map(|value| json!({ "label": self.labels.value(kind, value).unwrap_or(value), "value": value })).collect())
    }

    /// The schema that a reference leads to and the kind it is; `None` for alternatives.
    fn follow(&self, schema: &Value, kind: String) -> Option<(Map<String, Value>, String)> {
        let object = schema.as_object()?;
        if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
            let target = self.root.pointer(reference.trim_start_matches('#'))?;
            return self.follow(target, kind_of(reference.rsplit('/').next().unwrap_or("")));
        }
        for branches in ["allOf", "anyOf"] {
            if let Some(branches) = object.get(branches).and_then(Value::as_array) {
                let mut wanted = branches.iter().filter(|branch| branch["type"] != "null");
                return match (wanted.next(), wanted.next()) {
                    (Some(only), None) => self.follow(only, kind),
                    _ => None,
                };
            }
        }
        Some((object.clone(), kind))
    }
}

fn consts(branch: &Value) -> Vec<&str> {
    match branch.get("enum").and_then(Value::as_array) {
        Some(values) => values.iter().filter_map(Value::as_str).collect(),
        None => branch.get("const").and_then(Value::as_str).into_iter().collect(),
    }
}

fn type_of(schema: &Map<String, Value>) -> &str {
    match schema.get("type") {
        Some(Value::String(kind)) => kind,
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null").unwrap_or(""),
        _ => "",
    }
}
