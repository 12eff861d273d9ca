//! Texts that many records have in common, kept once.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::domain::DocumentNumber;

/// The texts and numbers met so far.
#[derive(Debug, Default)]
pub(super) struct Shared {
    texts: HashSet<Arc<str>>,
    numbers: HashMap<String, DocumentNumber>,
}

impl Shared {
    /// The text, as it was kept when it was first met.
    pub(super) fn text(&mut self, text: String) -> Arc<str> {
        if let Some(known) = self.texts.get(text.as_str()) {
            return known.clone();
        }
        let text: Arc<str> = text.into();
        self.texts.insert(text.clone());
        text
    }

    pub(super) fn optional(&mut self, text: Option<String>) -> Option<Arc<str>> {
        text.map(|text| self.text(text))
    }

    /// The number of a document.
    pub(super) fn number(&mut self, written: &str) -> DocumentNumber {
        if let Some(known) = self.numbers.get(written) {
            return known.clone();
        }
        let number = DocumentNumber::new(written);
        self.numbers.insert(written.to_owned(), number.clone());
        number
    }
}
