//! A record before it is text: keys in their order, values, and what is said beside them.

use std::fmt::Display;

use serde::Serialize;

use super::SAMPLE;

/// Keys and values in the order in which they are written.
#[derive(Debug, Clone, Default)]
pub struct Record {
    pub(super) entries: Vec<Entry>,
}

/// A key with its value.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub key: &'static str,
    pub content: Content,
    /// What is said behind the value.
    pub note: Option<String>,
    /// Written as a comment, to be filled in once it has happened.
    pub is_later: bool,
}

#[derive(Debug, Clone)]
pub(super) enum Content {
    /// A text, quoted where a reader of YAML could take it for something else.
    Text(String),
    /// A number, a date, a word of a closed list: as it is.
    Plain(String),
    List(Vec<Item>),
    /// Short words in brackets, as they are.
    Words(Vec<String>),
    Record(Record),
}

/// A member of a list.
#[derive(Debug, Clone)]
pub enum Item {
    /// A text and what is said behind it.
    Text(String, Option<String>),
    Record(Record),
}

impl Item {
    /// A text alone.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into(), None)
    }
}

impl Record {
    /// A record without keys.
    pub fn new() -> Self {
        Self::default()
    }

    fn with(mut self, key: &'static str, content: Content) -> Self {
        self.entries.push(Entry { key, content, note: None, is_later: false });
        self
    }

    /// Adds a text.
    #[must_use]
    pub fn text(self, key: &'static str, text: impl Into<String>) -> Self {
        self.with(key, Content::Text(text.into()))
    }

    /// Adds a text where there is one.
    #[must_use]
    pub fn some_text(self, key: &'static str, text: Option<impl Into<String>>) -> Self {
        match text {
            Some(text) => self.text(key, text),
            None => self,
        }
    }

    /// Adds a word of the vocabulary, as content files have it.
    #[must_use]
    pub fn word(self, key: &'static str, word: impl Serialize) -> Self {
        match serde_json::to_value(word) {
            Ok(serde_json::Value::String(word)) => self.text(key, word),
            _ => self,
        }
    }

    /// Adds a number, a date or a word of a closed list.
    #[must_use]
    pub fn plain(self, key: &'static str, value: impl Display) -> Self {
        self.with(key, Content::Plain(value.to_string()))
    }

    /// Adds words of a closed list.
    #[must_use]
    pub fn words(self, key: &'static str, words: &[&str]) -> Self {
        self.with(key, Content::Words(words.iter().map(|word| (*word).to_owned()).collect()))
    }

    /// Adds a list of texts.
    #[must_use]
    pub fn texts<T: Into<String>>(self, key: &'static str, texts: impl IntoIterator<Item = T>) -> Self {
        self.items(key, texts.into_iter().map(Item::text))
    }

    /// Adds a list.
    #[must_use]
    pub fn items(self, key: &'static str, items: impl IntoIterator<Item = Item>) -> Self {
        self.with(key, Content::List(items.into_iter().collect()))
    }

    /// Adds a list of records.
    #[must_use]
    pub fn records(self, key: &'static str, records: impl IntoIterator<Item = Self>) -> Self {
        self.items(key, records.into_iter().map(Item::Record))
    }

    /// Adds a record inside this one.
    #[must_use]
    pub fn record(self, key: &'static str, record: Self) -> Self {
        self.with(key, Content::Record(record))
    }

    /// Says something behind the value added last.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        if let Some(entry) = self.entries.last_mut() {
            entry.note = Some(note.into());
        }
        self
    }

    /// Marks the value added last as one to replace, where the value itself has no room for the mark.
    #[must_use]
    pub fn sampled(self) -> Self {
        self.note(SAMPLE)
    }

    /// The same where it holds.
    #[must_use]
    pub fn sampled_if(self, is_sample: bool) -> Self {
        if is_sample { self.sampled() } else { self }
    }

    /// Writes the value added last as a comment, to be filled in once it has happened.
    #[must_use]
    pub fn later(mut self) -> Self {
        if let Some(entry) = self.entries.last_mut() {
            entry.is_later = true;
        }
        self
    }
}
