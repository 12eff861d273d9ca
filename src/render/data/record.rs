//! What every record of open data is: a struct with the names of the content files, and a row of a table.

use std::borrow::Cow;

use anyhow::Result;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::site::Site;
use super::Set;
use super::book::Value;
use crate::domain::Date;
use crate::theme::Words;

/// A record of open data. All its fields are always there; what is not known is `null` or empty.
pub(super) trait Record: Serialize + JsonSchema {
    const SET: Set;
    /// The columns of its table, in the order of `cells`.
    const COLUMNS: &'static [&'static str];

    /// Its row of the table.
    fn cells(&self) -> Vec<Cell<'_>>;
}

/// A cell of a table.
#[derive(Debug, Serialize)]
pub(super) enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    Number(f64),
    /// `2026-03-05`
    Day(Cow<'a, str>),
    /// A value of a closed list, by the list and its name in content files.
    Choice(&'static str, String),
}

impl<'a> Cell<'a> {
    /// A text, empty where there is none.
    pub fn text(text: impl Into<Option<&'a str>>) -> Self {
        text.into().map_or(Self::Empty, |text| Self::Text(text.into()))
    }

    /// A text that was put together.
    pub fn made(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.into()) }
    }

    /// Several texts.
    pub fn list<T: AsRef<str>>(texts: &[T]) -> Self {
        Self::made(texts.iter().map(AsRef::as_ref).collect::<Vec<_>>().join("; "))
    }

    /// A day.
    pub fn day(day: &'a Option<String>) -> Self {
        day.as_deref().map_or(Self::Empty, |day| Self::Day(day.into()))
    }

    /// A number.
    pub fn number(number: impl Into<Option<u32>>) -> Self {
        number.into().map_or(Self::Empty, |number| Self::Number(number.into()))
    }

    /// A value of a closed list.
    pub fn choice(list: &'static str, value: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_value(value) {
            Ok(serde_json::Value::String(value)) => Self::Choice(list, value),
            _ => Self::Empty,
        }
    }

    /// As the workbook shows it: with the labels of the site.
    pub fn in_workbook<'c>(&'c self, words: &'c Words) -> Value<'c> {
        match self {
            Self::Empty => Value::Empty,
            Self::Text(text) => Value::Text(text.as_ref().into()),
            Self::Number(number) => Value::Number(*number),
            Self::Day(day) => day.parse::<Date>().map_or_else(|_| Value::Text(day.as_ref().into()), Value::Day),
            Self::Choice(list, value) => Value::Text(words.label(list, value).into()),
        }
    }

    /// As a table of plain text has it: with the names of content files.
    pub fn in_csv(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) | Self::Day(text) => text.as_ref().into(),
            Self::Number(number) => number.to_string().into(),
            Self::Choice(_, value) => value.as_str().into(),
        }
    }
}

/// What stands before the records of a file.
#[derive(Serialize)]
pub(super) struct Header<'a> {
    /// Leads to the schema from the file.
    schema: String,
    title: &'a str,
    publisher: &'a str,
    license: Option<&'a str>,
}

impl<'a> Header<'a> {
    pub fn new(site: &'a Site<'_>, set: Set) -> Self {
        let words = site.words();
        let word = set.word();
        let title = words.get(&word).unwrap_or(set.name());
        Self { schema: format!("schema/{}.json", set.name()), title, publisher: &site.config.title, license: site.config.license.as_deref() }
    }
}

/// Address of a page by its folder: in full where the site knows its own, else from the root of the site.
pub(super) fn address(site: &Site<'_>, folder: &str) -> String {
    let base = &site.config.base_url;
    if base.is_empty() { super::path::page(folder) } else { format!("{base}{folder}") }
}

/// JSON of a value in a table of columns.
pub(super) fn schema_of<R: Record>() -> Result<serde_json::Value> {
    let settings = schemars::generate::SchemaSettings::draft07().for_serialize();
    Ok(settings.into_generator().into_root_schema_for::<R>().into())
}
