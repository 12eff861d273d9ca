//! What the schema of a file kind expects in a place: which fields in which order, and which kind of word.

use serde_json::{Map, Value};

use super::written::{Piece, PieceValue};

/// A place in the schema; nothing is known below a field that the schema does not have.
#[derive(Clone, Copy)]
pub struct Expected<'s> {
    schema: Option<&'s Map<String, Value>>,
    root: &'s Value,
    /// Name of the definition that was followed.
    name: &'s str,
    /// Whether a list of these is expected.
    is_listed: bool,
}

/// The kind of word in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordKind {
    Text,
    /// A code of an administrative procedure: always in quotes.
    Code,
    /// A number or a truth value.
    Literal,
    Unknown,
}

impl<'s> Expected<'s> {
    /// The record of a file kind.
    pub fn root(root: &'s Value) -> Self {
        Self { schema: root.as_object(), root, name: "", is_listed: false }
    }

    /// A list of what is expected here, of which each item is one.
    pub fn listed(self) -> Self {
        Self { is_listed: true, ..self }
    }

    /// What is expected of this piece: references followed, the branch that fits chosen.
    pub fn of(self, piece: &Piece) -> Self {
        if self.is_listed {
            return self;
        }
        let wanted: &[&str] = match &piece.value {
            PieceValue::Scalar { .. } => &["string", "integer", "number", "boolean"],
            PieceValue::Group(group) if group.is_map => &["object"],
            PieceValue::Group(_) => &["array"],
        };
        self.follow(wanted)
    }

    fn follow(self, wanted: &[&str]) -> Self {
        let Some(schema) = self.schema else { return self };
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let target = self.root.pointer(reference.trim_start_matches('#')).and_then(Value::as_object);
            let name = reference.rsplit('/').next().unwrap_or("");
            return Self { schema: target, name, ..self }.follow(wanted);
        }
        for branches in ["anyOf", "allOf"] {
            if let Some(branches) = schema.get(branches).and_then(Value::as_array) {
                let followed = branches.iter().map(|branch| Self { schema: branch.as_object(), ..self }.follow(wanted));
                let fitting = followed.into_iter().find(|branch| branch.types().iter().any(|kind| wanted.contains(kind)));
                return fitting.unwrap_or(Self { schema: None, ..self });
            }
        }
        self
    }

    fn types(self) -> Vec<&'s str> {
        let Some(schema) = self.schema else { return Vec::new() };
        match schema.get("type") {
            Some(Value::String(kind)) => vec![kind],
            Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
            _ if schema.contains_key("enum") || schema.contains_key("oneOf") => vec!["string"],
            _ => Vec::new(),
        }
    }

    /// The fields of the record, in their order.
    pub fn order(self) -> Vec<&'s str> {
        let fields = self.schema.and_then(|schema| schema.get("properties")?.as_object());
        fields.map(|fields| fields.keys().map(String::as_str).collect()).unwrap_or_default()
    }

    /// What is expected in a field.
    pub fn field(self, name: &str) -> Self {
        let field = self.schema.and_then(|schema| schema.get("properties")?.get(name).or_else(|| schema.get("additionalProperties")));
        Self { schema: field.and_then(Value::as_object), name: "", ..self }
    }

    /// What is expected of the items of a list.
    pub fn item(self) -> Self {
        if self.is_listed {
            return Self { is_listed: false, ..self };
        }
        Self { schema: self.schema.and_then(|schema| schema.get("items")?.as_object()), name: "", ..self }
    }

    /// The kind of word expected.
    pub fn word(self) -> WordKind {
        let types = self.types();
        if self.name == "AdministrativeProcedureCode" {
            WordKind::Code
        } else if types.contains(&"string") {
            WordKind::Text
        } else if types.is_empty() {
            WordKind::Unknown
        } else {
            WordKind::Literal
        }
    }
}
