//! The words of one language: those of the theme and the labels of fields and values.

use anyhow::{Result, anyhow};
use tera::Value;

use super::Lang;
use crate::parse::labels::LabelTable;

/// The words of one language; a site's own table goes over the default one key by key.
#[derive(Debug)]
pub struct Words {
    lang: Lang,
    own: LabelTable,
    value: Value,
}

impl Words {
    pub(super) fn load(lang: Lang, own: &str) -> Result<Self> {
        let own = LabelTable::read(own).map_err(|error| anyhow!("bảng nhãn của giao diện (i18n/{}.yaml) có lỗi: {error}", code(lang)))?;
        let mut text = LabelTable::get(lang).text.clone();
        text.extend(own.text.clone());
        Ok(Self { lang, own, value: Value::from_serializable(&text) })
    }

    /// The language as HTML writes it.
    pub fn code(&self) -> &'static str {
        code(self.lang)
    }

    /// All words of the theme as templates see them: `t.key`.
    pub fn value(&self) -> Value {
        self.value.clone()
    }

    /// A word of the theme.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.own.text.get(key).or_else(|| LabelTable::get(self.lang).text.get(key)).map(String::as_str)
    }

    /// A word of the theme; its key where the table does not have it, so that the gap is seen.
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.get(key).unwrap_or(key)
    }

    /// A sentence with its gaps `{name}` filled.
    pub fn fill(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        gaps.iter().fold(self.text(key).to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// The label of a value of a closed list.
    pub fn label<'a>(&'a self, list: &str, value: &'a str) -> &'a str {
        self.own.value(list, value).or_else(|| LabelTable::get(self.lang).value(list, value)).unwrap_or(value)
    }

    /// The label of a field, `record.field` or `field`.
    pub fn field<'a>(&'a self, name: &'a str) -> &'a str {
        let (kind, field) = name.split_once('.').unwrap_or(("", name));
        self.own.field(kind, field).or_else(|| LabelTable::get(self.lang).field(kind, field)).map_or(name, |label| label.label.as_str())
    }
}

/// `vi` or `en`.
pub(super) fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => "vi",
        Lang::En => "en",
    }
}
