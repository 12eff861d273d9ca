//! The label table and the JSON Schemas: complete, used, and in step with the records.

use std::collections::BTreeSet;

use congbo::diagnostic::Lang;
use congbo::parse::FileKind;
use congbo::parse::labels::LabelTable;
use congbo::parse::shape::kind_of;
use serde_json::Value;

use crate::project::Project;

/// Every record and field of every file kind: (`work_process`, `covers`).
fn fields() -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for kind in FileKind::ALL {
        let schema = kind.record_schema();
        let root = schema["title"].as_str().map(kind_of).expect("a name");
        collect(&root, &schema, &mut found);
        for (name, definition) in schema["definitions"].as_object().into_iter().flatten() {
            collect(&kind_of(name), definition, &mut found);
        }
    }
    found
}

fn collect(kind: &str, schema: &Value, found: &mut BTreeSet<(String, String)>) {
    found.extend(schema["properties"].as_object().into_iter().flatten().map(|(name, _)| (kind.to_owned(), name.clone())));
}

#[test]
fn every_field_has_a_label_in_both_languages() {
    for lang in [Lang::Vi, Lang::En] {
        let table = LabelTable::get(lang);
        let missing: Vec<_> = fields().into_iter().filter(|(kind, name)| table.field(kind, name).is_none_or(|label| label.label.is_empty())).collect();
        assert!(missing.is_empty(), "{lang:?}: {missing:?}");
    }
}

#[test]
fn every_label_belongs_to_a_field() {
    let fields = fields();
    for key in LabelTable::get(Lang::Vi).fields.keys() {
        let is_used = match key.split_once('.') {
            Some((kind, name)) => fields.contains(&(kind.to_owned(), name.to_owned())),
            None => fields.iter().any(|(_, name)| name == key),
        };
        assert!(is_used, "{key} labels nothing");
    }
}

#[test]
fn both_tables_have_the_same_keys() {
    let (vi, en) = (LabelTable::get(Lang::Vi), LabelTable::get(Lang::En));
    assert_eq!(vi.fields.keys().collect::<Vec<_>>(), en.fields.keys().collect::<Vec<_>>());
    assert_eq!(vi.files.keys().collect::<Vec<_>>(), en.files.keys().collect::<Vec<_>>());
    assert_eq!(vi.text.keys().collect::<Vec<_>>(), en.text.keys().collect::<Vec<_>>());
    for (list, values) in &vi.values {
        assert_eq!(values.keys().collect::<Vec<_>>(), en.values[list].keys().collect::<Vec<_>>(), "{list}");
    }
}

#[test]
fn every_value_of_a_closed_list_has_a_label() {
    for kind in FileKind::ALL {
        let schema = kind.schema(LabelTable::get(Lang::Vi));
        for (name, definition) in schema["definitions"].as_object().into_iter().flatten() {
            for (value, described) in definition["enum"].as_array().into_iter().flatten().zip(definition["enumDescriptions"].as_array().into_iter().flatten()) {
                assert_ne!(value, described, "{}: {value} has no label in {}", kind.key(), kind_of(name));
            }
        }
    }
}

#[test]
fn schemas_are_draft_07_with_vietnamese_titles() {
    for kind in FileKind::ALL {
        let schema = kind.schema(LabelTable::get(Lang::Vi));
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#", "{}", kind.key());
        assert_eq!(schema["title"], LabelTable::get(Lang::Vi).files[kind.key()].label.as_str());
        let text = schema.to_string();
        assert!(!text.contains("\"$defs\"") && !text.contains("prefixItems"), "{} uses a later draft", kind.key());
        assert!(text.contains("\"description\":\""), "{}", kind.key());
    }
}

#[test]
fn references_inside_a_schema_lead_somewhere() {
    for kind in FileKind::ALL {
        let schema = kind.schema(LabelTable::get(Lang::Vi));
        let mut values = vec![&schema];
        while let Some(value) = values.pop() {
            if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
                assert!(schema.pointer(reference.trim_start_matches('#')).is_some(), "{}: {reference}", kind.key());
            }
            match value {
                Value::Object(object) => values.extend(object.values()),
                Value::Array(items) => values.extend(items),
                _ => {}
            }
        }
    }
}

#[test]
fn the_command_prints_one_schema_or_writes_all() {
    let project = Project::new();
    let printed: Value = serde_json::from_str(&project.run("schema agency").exit(0).out()).expect("JSON");
    assert_eq!(
        printed["properties"]["reception_hours"]["title"],
        LabelTable::get(Lang::Vi).field("agency", "reception_hours").expect("a label").label.as_str()
    );
    project.run("schema --to luoc-do").exit(0);
    for kind in FileKind::ALL {
        let written = project.read(&format!("luoc-do/{}.schema.json", kind.key()));
        assert!(serde_json::from_str::<Value>(&written).is_ok());
    }
    project.run("schema agencyy").exit(2).says("có phải ý anh/chị là agency?");
}
