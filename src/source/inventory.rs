//! What files there were and what was in them: whether a later build reads the same things.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::stamp::Stamp;
use super::{Print, entries, project_path};

/// The files of a content folder, in the order in which it is walked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inventory {
    pub files: Vec<InventoryEntry>,
    /// Whether everything that was found is a file that was read.
    pub is_whole: bool,
}

/// A file as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InventoryEntry {
    pub path: Arc<str>,
    pub stamp: Stamp,
    pub print: Print,
}

impl Inventory {
    /// Whether `project/folder` holds the same files with the same bytes. What looks as it did when it was
    /// read, and had rested then (`read_at`, nanoseconds since 1970), is not read again.
    pub fn holds(&self, project: &Path, folder: &str, read_at: i64) -> bool {
        let Ok((entries, problems)) = entries(&project.join(folder)) else { return false };
        if !self.is_whole || !problems.is_empty() || entries.len() != self.files.len() {
            return false;
        }
        entries.par_iter().zip(&self.files).all(|(entry, known)| {
            let Ok(metadata) = entry.metadata() else { return false };
            let is_same_place = metadata.is_file() && project_path(project, entry.path()) == known.path;
            let stamp = Stamp::of(&metadata);
            is_same_place && ((stamp == known.stamp && stamp.is_settled(read_at)) || fs::read(entry.path()).is_ok_and(|bytes| Print::of(&bytes) == known.print))
        })
    }
}
