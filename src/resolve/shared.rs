//! Texts that many records have in common, kept once.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::domain::DocumentNumber;

/// The texts and numbers met so far, by any thread.
#[derive(Debug, Default)]
pub struct Shared {
    shelves: [Mutex<Shelf>; 16],
}

#[derive(Debug, Default)]
struct Shelf {
    texts: HashSet<Arc<str>>,
    numbers: HashMap<String, DocumentNumber>,
}

impl Shared {
    /// The text, as it was kept when it was first met.
    pub(super) fn text(&self, text: String) -> Arc<str> {
        let mut shelf = self.shelf(&text);
        if let Some(known) = shelf.texts.get(text.as_str()) {
            return known.clone();
        }
        let text: Arc<str> = text.into();
        shelf.texts.insert(text.clone());
        text
    }

    pub(super) fn optional(&self, text: Option<String>) -> Option<Arc<str>> {
        text.map(|text| self.text(text))
    }

    /// The number of a document.
    pub(super) fn number(&self, written: &str) -> DocumentNumber {
        let mut shelf = self.shelf(written);
        if let Some(known) = shelf.numbers.get(written) {
            return known.clone();
        }
        let number = DocumentNumber::new(written);
        shelf.numbers.insert(written.to_owned(), number.clone());
        number
    }

    /// Texts are spread by their length and last letter, so that threads seldom wait for each other.
    fn shelf(&self, text: &str) -> MutexGuard<'_, Shelf> {
        let place = text.len() + text.bytes().next_back().map_or(0, usize::from);
        self.shelves[place % self.shelves.len()].lock().unwrap_or_else(PoisonError::into_inner)
    }
}
