//! What was published before: the record that a build compares with. Without one, changes are recorded from now on;
//! a damaged one stops nothing.

use std::path::{Path, PathBuf};

use crate::render::{MOST_BYTES, Previous, RECORD_PATH};
use crate::source::{Print, Unusable, read_published_file};

/// A record as it was found.
pub struct PreviousFound {
    pub previous: Previous,
    pub state: PreviousState,
    pub place: PathBuf,
    /// Print of what is there, usable or not.
    pub(super) print: Print,
}

/// Whether there was a record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PreviousState {
    Read,
    #[default]
    Missing,
    /// There is something that no build of ours left there.
    Unusable,
}

impl PreviousFound {
    /// Reads the record of a public folder, or the file of a record that was kept elsewhere.
    pub fn read(published: &Path) -> Self {
        let place = if published.is_dir() { published.join(RECORD_PATH) } else { published.to_path_buf() };
        let bytes = read_published_file(&place, MOST_BYTES);
        let print = bytes.as_deref().map_or_else(|_| Print::default(), Print::of);
        let (previous, state) = match bytes.map(|bytes| Previous::read(&bytes)) {
            Ok(Some(previous)) => (previous, PreviousState::Read),
            Err(Unusable::Missing) => (Previous::default(), PreviousState::Missing),
            Ok(None) | Err(Unusable::Refused) => (Previous::default(), PreviousState::Unusable),
        };
        Self { previous, state, place, print }
    }
}
