//! The label table: one name in each language for every field, value and file kind.
//! Messages, the JSON Schema and the theme all read it; it lies in `themes/default/i18n/`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::diagnostic::Lang;

/// The labels of one language.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LabelTable {
    pub fields: BTreeMap<String, Label>,
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    pub files: BTreeMap<String, Label>,
    /// Words of the theme.
    pub text: BTreeMap<String, String>,
}

/// A name and what to write there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    pub label: String,
    #[serde(default)]
    pub hint: String,
}

static VI: LazyLock<LabelTable> = LazyLock::new(|| embedded(include_str!("../../themes/default/i18n/vi.yaml")));
static EN: LazyLock<LabelTable> = LazyLock::new(|| embedded(include_str!("../../themes/default/i18n/en.yaml")));

fn embedded(text: &str) -> LabelTable {
    serde_yaml::from_str_with_options(text, super::yaml::options()).expect("the label table is part of the program and tested")
}

impl LabelTable {
    /// The table that comes with the program.
    pub fn get(lang: Lang) -> &'static Self {
        match lang {
            Lang::Vi => &VI,
            Lang::En => &EN,
        }
    }

    /// Reads a table that a site wrote for itself; it may leave out what it does not change.
    pub fn read(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        serde_yaml::from_str_with_options(text, super::yaml::options()).map_err(|error| error.to_string())
    }

    /// This table with another one over it, key by key.
    pub fn under(mut self, over: Self) -> Self {
        self.fields.extend(over.fields);
        self.files.extend(over.files);
        self.text.extend(over.text);
        for (list, words) in over.values {
            self.values.entry(list).or_default().extend(words);
        }
        self
    }

    /// Reads a table of abbreviations, each with what it may stand for.
    pub fn read_abbreviations(text: &str) -> Result<BTreeMap<String, Vec<String>>, String> {
        serde_yaml::from_str_with_options(text, super::yaml::options()).map_err(|error| error.to_string())
    }

    /// The label of a field of a record kind (`declaration`, `number`).
    pub fn field(&self, kind: &str, name: &str) -> Option<&Label> {
        self.fields.get(&format!("{kind}.{name}")).or_else(|| self.fields.get(name))
    }

    /// The label of a value of a closed list (`agency_level`, `commune`).
    pub fn value(&self, list: &str, value: &str) -> Option<&str> {
        self.values.get(list)?.get(value).map(String::as_str)
    }
}
