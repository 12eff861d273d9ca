//! Where something was written: a file and a place inside it. Lines and columns are found
//! only when a diagnostic is printed (`report.rs`), so parsing stays plain and fast.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A place in a content file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// Path relative to the project folder, with `/`: `content/agencies/x/agency.yaml`.
    pub file: Arc<str>,
    pub place: Place,
}

/// The place inside the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    /// The file as a whole; printed as line 1, column 1.
    Whole,
    /// A stretch of a line; line and columns counted from 1, columns in characters, the last one not part of it.
    Position { line: u32, column: u32, end_column: u32 },
    /// A value inside the YAML, such as `steps[2].duration`; empty is the whole document.
    Value(String),
    /// The key rather than the value: `steps[2].durration`.
    Key(String),
}

impl Origin {
    /// The file as a whole.
    pub fn file(file: impl Into<Arc<str>>) -> Self {
        Self { file: file.into(), place: Place::Whole }
    }

    /// The whole YAML value of the file, from which fields are reached.
    pub fn root(file: impl Into<Arc<str>>) -> Self {
        Self { file: file.into(), place: Place::Value(String::new()) }
    }

    /// A line and a column of the file, both counted from 1.
    pub fn position(file: impl Into<Arc<str>>, line: u32, column: u32) -> Self {
        Self { file: file.into(), place: Place::Position { line, column, end_column: column + 1 } }
    }

    /// A stretch of a line, from `column` up to but not including `end_column`.
    pub fn stretch(file: impl Into<Arc<str>>, line: u32, column: u32, end_column: u32) -> Self {
        Self { file: file.into(), place: Place::Position { line, column, end_column } }
    }

    /// The value under `name`, below this place.
    pub fn field(&self, name: &str) -> Self {
        let path = self.path();
        let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        Self { file: self.file.clone(), place: Place::Value(path) }
    }

    /// The element number `index` (from 0), below this place.
    pub fn item(&self, index: usize) -> Self {
        Self { file: self.file.clone(), place: Place::Value(format!("{}[{index}]", self.path())) }
    }

    /// The key itself instead of its value.
    pub fn key(&self) -> Self {
        Self { file: self.file.clone(), place: Place::Key(self.path().to_owned()) }
    }

    /// Another place in the same file, by line and column counted from 1.
    pub fn at(&self, line: u32, column: u32) -> Self {
        Self::position(self.file.clone(), line, column)
    }

    /// Whether its line and column are known only when the file is read with positions.
    pub fn needs_reading(&self) -> bool {
        matches!(self.place, Place::Value(_) | Place::Key(_))
    }

    /// Whether this is a value inside the file, rather than the file as a whole or a place in its text.
    pub fn is_inside_file(&self) -> bool {
        matches!(&self.place, Place::Value(path) if !path.is_empty())
    }

    /// The record that holds this field: `[3]` for `[3].number`.
    pub fn record(&self) -> Self {
        let path = self.path();
        let parent = path.rsplit_once('.').map_or("", |(parent, _)| parent);
        Self { file: self.file.clone(), place: Place::Value(parent.to_owned()) }
    }

    /// Whether this is an element of a list.
    pub fn is_item(&self) -> bool {
        matches!(&self.place, Place::Value(path) if path.ends_with(']'))
    }

    /// The name of the field: `sent_on` of `lead_unit_notice.sent_on`; empty for an element of a list.
    pub fn field_name(&self) -> &str {
        let path = self.path();
        let name = path.rsplit_once('.').map_or(path, |(_, name)| name);
        if name.contains('[') { "" } else { name }
    }

    fn path(&self) -> &str {
        match &self.place {
            Place::Value(path) | Place::Key(path) => path,
            Place::Whole | Place::Position { .. } => "",
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Whole => write!(f, "{}", self.file),
            Place::Position { line, column, .. } => write!(f, "{}:{line}:{column}", self.file),
            Place::Value(path) | Place::Key(path) => write!(f, "{}#{path}", self.file),
        }
    }
}
