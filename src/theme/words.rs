//! The words of one language: those of the theme and the labels of fields and values.

use anyhow::{Result, anyhow};
use tera::Value;

use super::Lang;
use crate::parse::labels::LabelTable;

/// The words of one language; a site's own table goes over the default one key by key.
#[derive(Debug)]
pub struct Words {
    lang: Lang,
    table: LabelTable,
    value: Value,
}

impl Words {
    pub(super) fn load(lang: Lang, own: &str) -> Result<Self> {
        let own = LabelTable::read(own).map_err(|error| anyhow!("bảng nhãn của giao diện (i18n/{}.yaml) có lỗi: {error}", code(lang)))?;
        let table = LabelTable::get(lang).clone().under(own);
        Ok(Self { lang, value: Value::from_serializable(&table.text), table })
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
        self.table.text.get(key).map(String::as_str)
    }

    /// A word of the theme; its key where the table does not have it, so that the gap is seen.
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.get(key).unwrap_or(key)
    }

    /// A sentence with its gaps `{name}` filled.
    pub fn fill(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        let mut filled = String::new();
        for piece in pieces(self.text(key)) {
            match piece {
                Piece::Text(text) => filled.push_str(text),
                Piece::Gap(name) => match gaps.iter().find(|(known, _)| *known == name) {
                    Some((_, value)) => filled.push_str(value),
                    None => filled.push_str(&format!("{{{name}}}")),
                },
            }
        }
        filled
    }

    /// The label of a value of a closed list.
    pub fn label<'a>(&'a self, list: &str, value: &'a str) -> &'a str {
        self.table.value(list, value).unwrap_or(value)
    }

    /// The label of a field, `record.field` or `field`.
    pub fn field<'a>(&'a self, name: &'a str) -> &'a str {
        let bare = || self.table.fields.get(name.split_once('.')?.1);
        self.table.fields.get(name).or_else(bare).map_or(name, |label| label.label.as_str())
    }
}

/// A piece of a sentence: words, or the name of a gap `{name}`.
#[derive(Clone, Copy)]
pub(super) enum Piece<'a> {
    Text(&'a str),
    Gap(&'a str),
}

/// A sentence in pieces.
pub(super) fn pieces(sentence: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = sentence;
    std::iter::from_fn(move || {
        let piece = match (rest.find('{'), rest.find('}')) {
            _ if rest.is_empty() => return None,
            (Some(0), Some(end)) => (Piece::Gap(&rest[1..end]), end + 1),
            (Some(0), None) | (None, _) => (Piece::Text(rest), rest.len()),
            (Some(start), _) => (Piece::Text(&rest[..start]), start),
        };
        rest = &rest[piece.1..];
        Some(piece.0)
    })
}

/// `vi` or `en`.
pub(super) fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => "vi",
        Lang::En => "en",
    }
}
