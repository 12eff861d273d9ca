//! What a publication was about to change, kept at the other end while it lasts: files of which the manifest there can't
//! tell how they are now.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::site::is_sendable;
use crate::output::Sha256Sum;

/// A larger one is not read: one of a million files has less.
pub const MOST_JOURNAL_BYTES: u64 = 128 * 1024 * 1024;

const VERSION: u32 = 1;

/// The changes that were begun. It is written when everything is ready beside the site, before the first change of the site.
#[derive(Debug, Serialize, Deserialize)]
pub struct Journal {
    version: u32,
    generator: String,
    /// SHA-256 of the manifest that stands when all is done.
    pub target_sha256: Sha256Sum,
    /// Files that were, are or will be written or removed, of this publication and those that were cut before it.
    pub touched: BTreeSet<String>,
}

impl Journal {
    /// A journal of the way to a manifest.
    pub fn new(target_sha256: Sha256Sum, touched: BTreeSet<String>) -> Self {
        Self { version: VERSION, generator: "congbo".to_owned(), target_sha256, touched }
    }

    /// As it is kept.
    pub fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Reads a journal; `None` where the bytes are none that we wrote, or name a path outside the site.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let journal: Self = serde_json::from_slice(bytes).ok()?;
        (journal.generator == "congbo" && journal.version == VERSION && journal.touched.iter().all(|path| is_sendable(path))).then_some(journal)
    }
}
