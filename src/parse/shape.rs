//! Compares a YAML value with the shape of a record and tells every difference at its place:
//! unknown and repeated keys, wrong types, values out of their list, missing fields.
//! What it returns can be read by serde, as far as the record could be saved.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

use super::labels::LabelTable;
use super::node::{Node, NodeValue};
use super::repair;
use super::wording::{label, labelled, one_of, plain_value, shorten};
use crate::diagnostic::{Diagnostic, Lang, MOST_TOLD, Rule, Severity, Text};
use crate::origin::Origin;

/// A key that the record does not have.
pub static UNKNOWN_KEY: Rule = Rule {
    id: "unknown-key",
    severity: Severity::Error,
    summary: Text::fixed("tên mục không có trong mẫu", "a key that the record does not have"),
    basis: None,
};
/// A key written twice.
pub static DUPLICATE_KEY: Rule =
    Rule { id: "duplicate-key", severity: Severity::Error, summary: Text::fixed("một mục được ghi hai lần", "a key is written twice"), basis: None };
/// A value of another type.
pub static WRONG_TYPE: Rule =
    Rule { id: "wrong-type", severity: Severity::Error, summary: Text::fixed("giá trị sai kiểu", "a value of the wrong type"), basis: None };
/// A value that its closed list does not have.
pub static UNKNOWN_VALUE: Rule = Rule {
    id: "unknown-value",
    severity: Severity::Error,
    summary: Text::fixed("giá trị không nằm trong danh sách cho phép", "a value that its list does not have"),
    basis: None,
};
/// A field that the record can't do without.
pub static MISSING_FIELD: Rule =
    Rule { id: "missing-field", severity: Severity::Error, summary: Text::fixed("thiếu mục bắt buộc", "a required field is missing"), basis: None };

/// The schema of a record as JSON Schema draft-07, as schemars makes it.
pub fn schema_of<T: JsonSchema>() -> Value {
    SchemaSettings::draft07().into_generator().into_root_schema_for::<T>().into()
}

/// A comparison in progress.
pub struct Shape {
    file: Arc<str>,
    schema: Value,
    /// Whether the file was read to its end; otherwise what is missing may only be unread.
    is_whole: bool,
    pub diagnostics: Vec<Diagnostic>,
}

/// What a place in the schema expects.
struct Expected<'a> {
    schema: &'a Map<String, Value>,
    /// What the schema describes, as the label table spells it (`agency_level`).
    kind: String,
    /// The record that has the field (`agency`).
    owner: String,
    /// The field, empty for the file as a whole.
    name: &'a str,
    /// The place in the file: `steps[2].duration`.
    origin: Origin,
}

impl Shape {
    /// A comparison with the shape of `T`.
    pub fn of<T: JsonSchema>(file: Arc<str>, is_whole: bool) -> Self {
        Self { file, schema: schema_of::<T>(), is_whole, diagnostics: Vec::new() }
    }

    /// Compares and returns what serde can read.
    pub fn check(&mut self, root: &Node) -> Value {
        let schema = self.schema.clone();
        let Some(root_schema) = schema.as_object() else { return Value::Null };
        let kind = root_schema.get("title").and_then(Value::as_str).map(kind_of).unwrap_or_default();
        self.value(root, &Expected { schema: root_schema, kind, owner: String::new(), name: "", origin: Origin::root(self.file.clone()) }, &schema)
            .unwrap_or(Value::Null)
    }

    /// `None` where nothing usable was written.
    fn value(&mut self, node: &Node, expected: &Expected<'_>, root: &Value) -> Option<Value> {
        // Aliases are refused elsewhere; one cause gives one message.
        if matches!(node.value, NodeValue::Alias) {
            return None;
        }
        let (schema, kind) = resolve(expected.schema, &expected.kind, root, node);
        let expected = Expected { schema, kind, owner: expected.owner.clone(), name: expected.name, origin: expected.origin.clone() };
        if let Some(allowed) = allowed_values(expected.schema) {
            return self.listed(node, &expected, &allowed);
        }
        match type_of(expected.schema) {
            "object" => self.object(node, &expected, root),
            "array" => self.array(node, &expected, root),
            other => self.scalar(node, &expected, other),
        }
    }

    fn object(&mut self, node: &Node, expected: &Expected<'_>, root: &Value) -> Option<Value> {
        let NodeValue::Map(entries) = &node.value else {
            self.wrong_type(node, expected, "một nhóm mục con (mỗi mục một dòng, thụt vào 2 dấu cách)", "a group of fields");
            return None;
        };
        let properties = expected.schema.get("properties").and_then(Value::as_object);
        let additional = expected.schema.get("additionalProperties").and_then(Value::as_object);
        let mut object = Map::new();
        let mut seen: BTreeMap<&str, &Node> = BTreeMap::new();
        let mut misspelt: Vec<&str> = Vec::new();
        let unwritten = LazyCell::new(|| unwritten(properties, entries));
        for (key, value) in entries {
            let Some(name) = key.text() else { continue };
            if let Some(first) = seen.get(name) {
                self.duplicate_key(key, first, name);
                continue;
            }
            seen.insert(name, key);
            let schema = properties.and_then(|properties| properties.get(name)).and_then(Value::as_object).or(additional);
            let Some(schema) = schema else {
                // Behind a place that could not be read nothing is sure.
                if name != "<<" && !value.is_open {
                    misspelt.extend(self.unknown_key(name, value, expected, properties, &unwritten));
                }
                continue;
            };
            if value.is_null() {
                continue;
            }
            let field = Expected { schema, kind: expected.kind.clone(), owner: expected.kind.clone(), name, origin: expected.origin.field(name) };
            if let Some(value) = self.value(value, &field, root) {
                object.insert(name.to_owned(), value);
            }
        }
        let mut has_wrong_part = false;
        let is_optional_value = expected.origin.is_inside_file() && !expected.origin.is_item();
        let required = expected.schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        for name in required.filter(|name| !object.contains_key(*name)).collect::<Vec<_>>() {
            let was_written = seen.contains_key(name);
            let value = entries.iter().find(|(key, _)| key.text() == Some(name)).map(|(_, value)| value);
            let is_missing = (!was_written && !misspelt.contains(&name)) || value.is_some_and(Node::is_null);
            if self.is_whole && is_missing {
                self.missing_field(name, was_written, expected);
            }
            has_wrong_part |= was_written && !is_missing;
            let schema = properties.and_then(|properties| properties.get(name)).and_then(Value::as_object);
            if let Some(value) = schema.and_then(|schema| stand_in(schema, root)) {
                object.insert(name.to_owned(), value);
            }
        }
        // A group one part of which was told to be wrong says nothing; better none than one made up.
        let is_useless = is_optional_value && has_wrong_part;
        (!is_useless).then_some(Value::Object(object))
    }

    fn array(&mut self, node: &Node, expected: &Expected<'_>, root: &Value) -> Option<Value> {
        let NodeValue::List(items) = &node.value else {
            self.wrong_type(
                node,
                expected,
                "một danh sách (mỗi phần tử một dòng, bắt đầu bằng dấu - và một dấu cách)",
                "a list (one item a line, each beginning with - and a space)",
            );
            return None;
        };
        let schema = expected.schema.get("items").and_then(Value::as_object)?;
        let items = items.iter().enumerate().filter(|(_, item)| !item.is_null());
        let values = items.filter_map(|(index, item)| {
            let origin = expected.origin.item(index);
            let item_expected = Expected { schema, kind: expected.kind.clone(), owner: expected.owner.clone(), name: expected.name, origin };
            // What can't be read keeps its number, so that later places stay right.
            self.value(item, &item_expected, root).or_else(|| stand_in(schema, root))
        });
        Some(values.collect())
    }

    fn listed(&mut self, node: &Node, expected: &Expected<'_>, allowed: &[&str]) -> Option<Value> {
        let Some(text) = node.text() else {
            self.wrong_type(node, expected, "một từ trong danh sách cho phép", "one word of its list");
            return None;
        };
        if allowed.contains(&text) {
            return Some(Value::String(text.to_owned()));
        }
        self.unknown_value(text, expected, allowed);
        None
    }

    fn scalar(&mut self, node: &Node, expected: &Expected<'_>, type_name: &str) -> Option<Value> {
        let (wanted_vi, wanted_en) = wanted(type_name);
        let Some(text) = node.text() else {
            self.wrong_type(node, expected, wanted_vi, wanted_en);
            return None;
        };
        let value = match type_name {
            "integer" => text.parse::<u64>().ok().map(Value::from),
            "number" => {
                let least = expected.schema.get("minimum").and_then(Value::as_f64).unwrap_or(f64::NEG_INFINITY);
                text.parse::<f64>().ok().filter(|number| *number >= least).and_then(serde_json::Number::from_f64).map(Value::Number)
            }
            "boolean" => text.parse::<bool>().ok().map(Value::Bool),
            _ => Some(Value::String(text.to_owned())),
        };
        if value.is_none() {
            self.wrong_type(node, expected, wanted_vi, wanted_en);
        }
        value
    }

    /// Keeps a problem; of very many the last one says that there are more.
    fn tell(&mut self, mut diagnostic: Diagnostic) {
        if self.diagnostics.len() + 1 == MOST_TOLD {
            diagnostic.hints = vec![Text::fixed(
                "tệp còn nhiều chỗ khác nữa, không kể hết: xem lại cả tệp, so với tệp mẫu do «congbo init» tạo",
                "there are more, too many to tell: look at the whole file and compare it with one made by `congbo init`",
            )];
        }
        if self.diagnostics.len() < MOST_TOLD {
            self.diagnostics.push(diagnostic);
        }
    }

    fn origin(&self, node: &Node) -> Origin {
        Origin::stretch(self.file.clone(), node.region.line, node.region.column, node.region.end_column)
    }

    /// Returns the name that was meant, as far as one can tell.
    fn unknown_key<'a>(
        &mut self,
        name: &str,
        value: &Node,
        expected: &Expected<'_>,
        properties: Option<&'a Map<String, Value>>,
        unwritten: &[&'a str],
    ) -> Option<&'a str> {
        if self.diagnostics.len() >= MOST_TOLD {
            return None;
        }
        let kind = &expected.kind;
        let names: Vec<&'a str> = properties.into_iter().flat_map(|properties| properties.keys()).map(String::as_str).collect();
        if name.chars().all(|c| c.is_ascii_digit()) {
            let message = Text::new(
                format!("có dấu phẩy trước “{name}”, nên phần sau bị hiểu là một mục khác"),
                format!("the comma before `{name}` makes what follows another field"),
            );
            let hint = Text::new(format!("số thập phân viết bằng dấu chấm, ví dụ 0.{name}"), format!("write decimals with a point, such as 0.{name}"));
            self.tell(Diagnostic::new(&UNKNOWN_KEY, expected.origin.field(name).key(), message).hint(hint));
            return None;
        }
        let required: Vec<&str> = expected.schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        let near = repair::meant(name, kind, unwritten, &required).or_else(|| repair::meant(name, kind, &names, &required));
        let hint = match near {
            Some(near) if near == name.to_lowercase() || !name.is_ascii() => Text::new(
                format!("tên mục là chữ tiếng Anh thường: thay bằng  {near}  ({})", label(Lang::Vi, kind, near)),
                format!("names of fields are small letters without marks: write  {near}  ({})", label(Lang::En, kind, near)),
            ),
            Some(near) => {
                Text::new(format!("có phải ý anh/chị là {}?", labelled(Lang::Vi, kind, near)), format!("did you mean {}?", labelled(Lang::En, kind, near)))
            }
            None => self.inside_another(name, value, kind, properties).unwrap_or_else(|| one_of(kind, unwritten, &required)),
        };
        let foreign = name.chars().find(|c| !c.is_ascii() && near.is_some_and(|near| near.chars().count() == name.chars().count()));
        if let (Some(foreign), Some(near)) = (foreign, near) {
            let message = Text::new(
                format!("tên mục “{name}” có chữ “{foreign}” của bảng chữ cái khác, chỉ nhìn giống"),
                format!("the name `{name}` has the letter `{foreign}` of another alphabet, which only looks right"),
            );
            let hint = Text::new(format!("xóa tên mục rồi gõ lại bằng tay  {near}"), format!("delete the name and type it by hand  {near}"));
            self.tell(Diagnostic::new(&UNKNOWN_KEY, expected.origin.field(name).key(), message).hint(hint));
            return Some(near);
        }
        let message = Text::new(format!("không có mục nào tên là “{}” ở đây", shorten(name)), format!("there is no field called `{}` here", shorten(name)));
        self.tell(Diagnostic::new(&UNKNOWN_KEY, expected.origin.field(name).key(), message).hint(hint));
        near
    }

    /// Where the key belongs into a group of this record.
    fn inside_another(&self, name: &str, value: &Node, kind: &str, properties: Option<&Map<String, Value>>) -> Option<Text> {
        let group = properties?.iter().find(|(_, schema)| {
            let Some(schema) = schema.as_object() else { return false };
            let (schema, _) = resolve(schema, "", &self.schema, &Node::EMPTY_GROUP);
            type_of(schema) == "object" && schema.get("properties").and_then(Value::as_object).is_some_and(|fields| fields.contains_key(name))
        });
        let (group, _) = group?;
        let value = value.text().map_or("…".to_owned(), repair::quoted);
        Some(Text::new(
            format!("{name} nằm trong {}: ghi  {group}: {{ {name}: {value} }}", labelled(Lang::Vi, kind, group)),
            format!("{name} belongs into {}: write  {group}: {{ {name}: {value} }}", labelled(Lang::En, kind, group)),
        ))
    }

    fn duplicate_key(&mut self, key: &Node, first: &Node, name: &str) {
        let message = Text::new(format!("mục “{}” được ghi hai lần", shorten(name)), format!("the field `{}` is written twice", shorten(name)));
        let diagnostic = Diagnostic::new(&DUPLICATE_KEY, self.origin(key), message)
            .related(self.origin(first), Text::fixed("lần thứ nhất ở đây", "the first one is here"))
            .hint(Text::fixed("giữ lại một dòng, xóa dòng kia", "keep one line, delete the other"));
        self.tell(diagnostic);
    }

    fn wrong_type(&mut self, node: &Node, expected: &Expected<'_>, vi: &str, en: &str) {
        if node.is_open {
            return;
        }
        let (found_vi, found_en) = match &node.value {
            NodeValue::Scalar { text, .. } => (format!("“{}”", shorten(text)), format!("`{}`", shorten(text))),
            NodeValue::List(_) => ("một danh sách".to_owned(), "a list".to_owned()),
            NodeValue::Map(_) => ("một nhóm mục con".to_owned(), "a group of fields".to_owned()),
            NodeValue::Alias => ("một bí danh".to_owned(), "an alias".to_owned()),
        };
        let (label_vi, label_en) = (named(Lang::Vi, expected), named(Lang::En, expected));
        let message = Text::new(format!("{label_vi} phải là {vi}, đang là {found_vi}"), format!("{label_en} must be {en}, but is {found_en}"));
        let mut diagnostic = Diagnostic::new(&WRONG_TYPE, expected.origin.clone(), message);
        let hint = repair::instead(node, expected.schema, type_of(expected.schema), expected.name, &self.schema).or_else(|| field_hint(expected));
        diagnostic.hints.extend(hint);
        self.tell(diagnostic);
    }

    fn unknown_value(&mut self, text: &str, expected: &Expected<'_>, allowed: &[&str]) {
        let list_name = &expected.kind;
        let show = |lang: Lang, value: &str| match LabelTable::get(lang).value(list_name, value) {
            Some(label) => format!("{value} ({label})"),
            None => value.to_owned(),
        };
        let near = repair::meant_value(text, list_name, allowed);
        let list = |lang| allowed.iter().map(|value| show(lang, value)).collect::<Vec<_>>().join(", ");
        let hint = match near {
            Some(near) => {
                let line = if expected.origin.is_item() { near.to_owned() } else { format!("{}: {}", expected.name, plain_value(near)) };
                Text::new(
                    format!("có phải ý anh/chị là {}? ghi  {line}", show(Lang::Vi, near)),
                    format!("did you mean {}? write  {line}", show(Lang::En, near)),
                )
            }
            None => Text::new(format!("chọn một trong: {}", list(Lang::Vi)), format!("choose one of: {}", list(Lang::En))),
        };
        let (label_vi, label_en) = (named(Lang::Vi, expected), named(Lang::En, expected));
        let message = Text::new(format!("{label_vi} không thể là “{}”", shorten(text)), format!("{label_en} can't be `{}`", shorten(text)));
        self.tell(Diagnostic::new(&UNKNOWN_VALUE, expected.origin.clone(), message).hint(hint));
    }

    fn missing_field(&mut self, name: &str, is_written: bool, expected: &Expected<'_>) {
        let kind = &expected.kind;
        let (of_vi, of_en) = (labelled(Lang::Vi, kind, name), labelled(Lang::En, kind, name));
        let message = match is_written {
            true => Text::new(format!("mục {of_vi} chưa có giá trị"), format!("the field {of_en} has no value")),
            false => Text::new(format!("thiếu mục {of_vi}"), format!("the field {of_en} is missing")),
        };
        let example = repair::example(kind, name);
        let (line_vi, line_en) = match (is_written, &example) {
            (true, Some(line)) => (format!("ghi giá trị sau dấu hai chấm, ví dụ  {line}"), format!("write the value after the colon, such as  {line}")),
            (false, Some(line)) => (format!("thêm dòng này với giá trị đúng, ví dụ  {line}"), format!("add this line with the right value, such as  {line}")),
            (true, None) => (format!("ghi giá trị sau  {name}:"), format!("write the value after  {name}:")),
            (false, None) => (format!("thêm dòng  {name}: …"), format!("add a line  {name}: …")),
        };
        let hint = |lang: Lang, line: String| match LabelTable::get(lang).field(kind, name).map(|label| label.hint.as_str()) {
            // The example in it was shown.
            Some(hint) if !hint.is_empty() && example.is_none() => format!("{line}\n{hint}"),
            _ => line,
        };
        let diagnostic =
            Diagnostic::new(&MISSING_FIELD, expected.origin.field(name), message).hint(Text::new(hint(Lang::Vi, line_vi), hint(Lang::En, line_en)));
        self.tell(diagnostic);
    }
}

/// The names of the record that no key has.
fn unwritten<'a>(properties: Option<&'a Map<String, Value>>, entries: &[(Node, Node)]) -> Vec<&'a str> {
    let written: BTreeSet<&str> = entries.iter().filter_map(|(key, _)| key.text()).collect();
    properties.into_iter().flat_map(Map::keys).map(String::as_str).filter(|name| !written.contains(name)).collect()
}

fn named(lang: Lang, expected: &Expected<'_>) -> String {
    if expected.name.is_empty() {
        return if lang == Lang::Vi { "nội dung tệp".into() } else { "the content of the file".into() };
    }
    labelled(lang, &expected.owner, expected.name)
}

fn field_hint(expected: &Expected<'_>) -> Option<Text> {
    let hint = |lang| LabelTable::get(lang).field(&expected.owner, expected.name).map(|label| label.hint.clone()).unwrap_or_default();
    (!hint(Lang::Vi).is_empty()).then(|| Text::new(hint(Lang::Vi), hint(Lang::En)))
}

/// What belongs where the schema has a type, in both languages.
pub(super) fn wanted(type_name: &str) -> (&'static str, &'static str) {
    match type_name {
        "integer" => ("số nguyên từ 0 trở lên, viết liền, không kèm chữ", "a whole number from 0 up, without dots or letters"),
        "number" => ("một số, phần lẻ viết sau dấu chấm", "a number with a decimal point"),
        "boolean" => ("true (có) hoặc false (không)", "true or false"),
        _ => ("một dòng chữ", "a text"),
    }
}

/// Follows references and picks the branch of an alternative that fits what was written.
fn resolve<'a>(schema: &'a Map<String, Value>, kind: &str, root: &'a Value, node: &Node) -> (&'a Map<String, Value>, String) {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let name = reference.rsplit('/').next().unwrap_or("");
        if let Some(target) = root.pointer(reference.trim_start_matches('#')).and_then(Value::as_object) {
            return resolve(target, &kind_of(name), root, node);
        }
    }
    if let Some([only]) = schema.get("allOf").and_then(Value::as_array).map(Vec::as_slice)
        && let Some(only) = only.as_object()
    {
        return resolve(only, kind, root, node);
    }
    if let Some(branches) = schema.get("anyOf").and_then(Value::as_array) {
        let wanted: &[&str] = match &node.value {
            NodeValue::Map(_) => &["object"],
            NodeValue::List(_) => &["array"],
            NodeValue::Scalar { .. } | NodeValue::Alias => &["string", "integer", "number", "boolean"],
        };
        let resolved: Vec<_> = branches
            .iter()
            .filter_map(Value::as_object)
            .map(|branch| resolve(branch, kind, root, node))
            .filter(|(branch, _)| type_of(branch) != "null")
            .collect();
        let is_array = |(branch, _): &(&Map<String, Value>, String)| type_of(branch) == "array";
        let fits = resolved.iter().position(|(branch, _)| wanted.contains(&type_of(branch)) || (wanted[0] == "string" && allowed_values(branch).is_some()));
        // Where nothing fits, the list is what an officer is most likely to mean.
        let chosen = fits.or_else(|| resolved.iter().position(is_array)).unwrap_or(0);
        if let Some(branch) = resolved.into_iter().nth(chosen) {
            return branch;
        }
    }
    (schema, kind.to_owned())
}

fn type_of(schema: &Map<String, Value>) -> &str {
    match schema.get("type") {
        Some(Value::String(name)) => name,
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).find(|name| *name != "null").unwrap_or("string"),
        _ if schema.contains_key("properties") => "object",
        _ => "string",
    }
}

/// The values of a closed list, however the schema writes it.
fn allowed_values(schema: &Map<String, Value>) -> Option<Vec<&str>> {
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        return Some(values.iter().filter_map(Value::as_str).collect());
    }
    if let Some(value) = schema.get("const").and_then(Value::as_str) {
        return Some(vec![value]);
    }
    let branches = schema.get("oneOf").and_then(Value::as_array)?;
    let values: Vec<_> = branches.iter().filter_map(Value::as_object).filter_map(allowed_values).flatten().collect();
    (!values.is_empty()).then_some(values)
}

/// Something to put in place of a missing required field, so that the rest of the record is still checked.
fn stand_in(schema: &Map<String, Value>, root: &Value) -> Option<Value> {
    let (schema, _) = resolve(schema, "", root, &Node::EMPTY_TEXT);
    if let Some(first) = allowed_values(schema).and_then(|values| values.first().copied()) {
        return Some(Value::String(first.to_owned()));
    }
    match type_of(schema) {
        "string" => Some(Value::String(String::new())),
        "integer" | "number" => Some(Value::from(0)),
        "boolean" => Some(Value::Bool(false)),
        "array" => Some(Value::Array(Vec::new())),
        "object" => {
            let required = schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
            let properties = schema.get("properties").and_then(Value::as_object);
            let fields = required.filter_map(|name| Some((name.to_owned(), stand_in(properties?.get(name)?.as_object()?, root)?)));
            Some(Value::Object(fields.collect()))
        }
        _ => None,
    }
}

/// `RawWorkProcess` -> `work_process`, `AgencyLevel` -> `agency_level`: the spelling of the label table.
pub fn kind_of(type_name: &str) -> String {
    let name = type_name.strip_prefix("Raw").unwrap_or(type_name);
    let mut kind = String::with_capacity(name.len() + 4);
    for (index, c) in name.chars().enumerate() {
        if c.is_uppercase() && index > 0 {
            kind.push('_');
        }
        kind.extend(c.to_lowercase());
    }
    kind
}
