//! The settings of VS Code for a project, put into those that are there: comments and everything else stay.

use jsonc_parser::ParseOptions;
use jsonc_parser::cst::{CstInputValue, CstNode, CstObject, CstRootNode};

use super::{SCHEMA_FOLDER, schema_name};
use crate::parse::FileKind;

/// The extension that knows YAML.
const EXTENSION: &str = "redhat.vscode-yaml";

/// A settings file with what was put into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    pub text: String,
    /// Settings that had another value: name, what stood there.
    pub replaced: Vec<(String, String)>,
}

/// The file is no JSON, or no group of settings: this is what to add by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotMergeable {
    /// Line and column where reading stopped, from 1; `None` where it is JSON of another shape.
    pub position: Option<(usize, usize)>,
    pub to_add: String,
}

/// `.vscode/settings.json`: which schema is for which files, and how texts are written.
pub fn settings(known: Option<&str>) -> Result<Merged, NotMergeable> {
    merge(known, |root, replaced| {
        let schemas = group(root, "yaml.schemas", replaced);
        for kind in FileKind::ALL {
            if let Some(glob) = kind.yaml_glob() {
                let schema = format!("./{SCHEMA_FOLDER}/{}", schema_name(*kind));
                set(&schemas, &schema, CstInputValue::String(glob.to_owned()), replaced);
            }
        }
        set(root, "files.encoding", CstInputValue::String("utf8".to_owned()), replaced);
        set(root, "files.eol", CstInputValue::String("\n".to_owned()), replaced);
        for language in ["[yaml]", "[markdown]"] {
            let of_language = group(root, language, replaced);
            set(&of_language, "editor.insertSpaces", CstInputValue::Bool(true), replaced);
            set(&of_language, "editor.tabSize", CstInputValue::Number("2".to_owned()), replaced);
            set(&of_language, "editor.detectIndentation", CstInputValue::Bool(false), replaced);
        }
    })
}

/// `.vscode/extensions.json`: offers the extension to whoever opens the folder.
pub fn extensions(known: Option<&str>) -> Result<Merged, NotMergeable> {
    merge(known, |root, _| {
        let is_named = |list: &str| root.array_value(list).is_some_and(|list| list.elements().iter().any(|name| is_text(name, EXTENSION)));
        // Who does not want it has said so.
        if !is_named("recommendations") && !is_named("unwantedRecommendations") {
            root.array_value_or_set("recommendations").append(CstInputValue::String(EXTENSION.to_owned()));
        }
    })
}

fn merge(known: Option<&str>, put: impl Fn(&CstObject, &mut Vec<(String, String)>)) -> Result<Merged, NotMergeable> {
    let made = |root: &CstRootNode, object: &CstObject| {
        let mut replaced = Vec::new();
        put(object, &mut replaced);
        Merged { text: format!("{}\n", root.to_string().trim_end()), replaced }
    };
    let alone = || {
        let root = CstRootNode::parse("{\n}\n", &options()).expect("an empty group");
        made(&root, &root.object_value_or_set()).text
    };
    let Some(known) = known.filter(|text| !text.trim().is_empty()) else { return Ok(Merged { text: alone(), replaced: Vec::new() }) };
    let root = CstRootNode::parse(known.trim_start_matches('\u{feff}'), &options())
        .map_err(|error| NotMergeable { position: Some((error.line_display(), error.column_display())), to_add: alone() })?;
    match root.object_value_or_create() {
        Some(object) => Ok(made(&root, &object)),
        None => Err(NotMergeable { position: None, to_add: alone() }),
    }
}

/// What VS Code itself reads: JSON with comments and commas at the end.
fn options() -> ParseOptions {
    ParseOptions {
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
        ..ParseOptions::default()
    }
}

fn group(object: &CstObject, name: &str, replaced: &mut Vec<(String, String)>) -> CstObject {
    if let (None, Some(known)) = (object.object_value(name), object.get(name).and_then(|property| property.value())) {
        replaced.push((name.to_owned(), known.to_string()));
    }
    object.object_value_or_set(name)
}

fn set(object: &CstObject, name: &str, value: CstInputValue, replaced: &mut Vec<(String, String)>) {
    let Some(property) = object.get(name) else {
        object.append(name, value);
        return;
    };
    let known = property.value();
    if known.as_ref().is_some_and(|known| is_value(known, &value)) {
        return;
    }
    replaced.push((name.to_owned(), known.map(|known| known.to_string()).unwrap_or_default()));
    property.set_value(value);
}

fn is_value(node: &CstNode, value: &CstInputValue) -> bool {
    match value {
        CstInputValue::Bool(wanted) => node.as_boolean_lit().is_some_and(|known| known.value() == *wanted),
        CstInputValue::String(wanted) => is_text(node, wanted),
        CstInputValue::Number(wanted) => node.to_string() == *wanted,
        _ => false,
    }
}

fn is_text(node: &CstNode, wanted: &str) -> bool {
    node.as_string_lit().and_then(|text| text.decoded_value().ok()).is_some_and(|known| known == wanted)
}
