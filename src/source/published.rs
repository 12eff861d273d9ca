//! A file that an earlier build published, read as what it is: bytes that anybody may have changed since.

use std::fs;
use std::io::Read;
use std::path::Path;

/// Why a published file can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unusable {
    /// There is none.
    Missing,
    /// It is larger than the limit, no plain file, or can't be read.
    Refused,
}

/// The bytes of a plain file of at most this size. Links are not followed, and nothing else than a file is opened.
pub fn read_published_file(path: &Path, most_bytes: u64) -> Result<Vec<u8>, Unusable> {
    let metadata =
        fs::symlink_metadata(path).map_err(|error| if error.kind() == std::io::ErrorKind::NotFound { Unusable::Missing } else { Unusable::Refused })?;
    if !metadata.is_file() || metadata.len() > most_bytes {
        return Err(Unusable::Refused);
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize);
    let file = fs::File::open(path).map_err(|_| Unusable::Refused)?;
    // It may have grown since it was looked at.
    file.take(most_bytes + 1).read_to_end(&mut bytes).map_err(|_| Unusable::Refused)?;
    if bytes.len() as u64 > most_bytes { Err(Unusable::Refused) } else { Ok(bytes) }
}
