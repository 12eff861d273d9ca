//! The files of each agency as collections of forms.

use serde_json::{Value, json};

use super::field::Fields;
use crate::parse::FileKind;
use crate::parse::labels::LabelTable;

/// An agency whose files get forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormAgency {
    pub id: String,
    pub name: String,
    /// Whether its declarations are Markdown files.
    pub has_markdown_declarations: bool,
}

/// A set of files, of which each is named after something in it.
struct Entries {
    kind: FileKind,
    folder: &'static str,
    extension: &'static str,
    slug: &'static str,
    identifier: &'static str,
}

const ENTRIES: &[Entries] = &[
    Entries { kind: FileKind::Declaration, folder: "declarations", extension: "yaml", slug: "{{fields.issued_on}}", identifier: "number" },
    // Named after the code, never after the title: a title changes, and an address must not.
    Entries { kind: FileKind::WorkProcess, folder: "work-processes", extension: "md", slug: "{{fields.code}}", identifier: "title" },
    Entries { kind: FileKind::Objectives, folder: "objectives", extension: "yaml", slug: "{{year}}", identifier: "approved_on" },
    Entries { kind: FileKind::Results, folder: "results", extension: "yaml", slug: "{{year}}", identifier: "source" },
];

const FILES: &[(FileKind, &str)] = &[
    (FileKind::Agency, "agency.yaml"),
    (FileKind::QualityPolicy, "quality-policy.md"),
    (FileKind::Documents, "documents.yaml"),
    (FileKind::Reviews, "reviews.yaml"),
];

/// The collections of these agencies. `names` are the ids and names of all agencies, to choose from.
pub fn collections(agencies: &[FormAgency], names: &[(String, String)], labels: &LabelTable) -> Vec<Value> {
    agencies.iter().flat_map(|agency| of_agency(agency, names, labels)).collect()
}

fn of_agency(agency: &FormAgency, names: &[(String, String)], labels: &LabelTable) -> Vec<Value> {
    let folder = format!("content/agencies/{}", agency.id);
    let label = |kind: FileKind| labels.files.get(kind.key()).map_or(kind.key(), |file| &file.label);
    let files: Vec<Value> = FILES
        .iter()
        .map(|(kind, name)| {
            json!({
                "name": kind.key(), "label": label(*kind), "file": format!("{folder}/{name}"), "format": format_of(name),
                "fields": fields(*kind, name, names, labels),
            })
        })
        .collect();
    let mut made = vec![json!({ "name": agency.id, "label": agency.name, "files": files })];
    for Entries { kind, folder: inner, extension, slug, identifier } in ENTRIES {
        let extension = if *kind == FileKind::Declaration && agency.has_markdown_declarations { "md" } else { extension };
        made.push(json!({
            "name": format!("{}--{}", agency.id, kind.key()),
            "label": format!("{} – {}", label(*kind), agency.name),
            "folder": format!("{folder}/{inner}"),
            "extension": extension, "format": format_of(extension),
            "slug": slug, "identifier_field": identifier,
            "summary": format!("{{{{fields.{identifier}}}}} ({{{{slug}}}})"),
            "create": true, "delete": false,
            "fields": fields(*kind, extension, names, labels),
        }));
    }
    made
}

fn format_of(name: &str) -> &'static str {
    if name.ends_with("md") { "yaml-frontmatter" } else { "yaml" }
}

fn fields(kind: FileKind, name: &str, names: &[(String, String)], labels: &LabelTable) -> Vec<Value> {
    let schema = kind.record_schema();
    let record = kind.key();
    let form = Fields { root: &schema, labels, agencies: names };
    let mut made = schema.as_object().map(|schema| form.of_record(schema, record)).unwrap_or_default();
    if name.ends_with("md") {
        // As it is: the form shows the signs of Markdown and changes none of them.
        made.push(json!({ "name": "body", "label": "Nội dung", "hint": "Viết bằng Markdown: dòng trống để sang đoạn, ## trước tiêu đề, - trước mỗi ý.",
                          "widget": "text", "required": false }));
    }
    made
}
