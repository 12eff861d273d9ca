//! How a file looks from outside: enough to know that nobody touched it since.

use std::fs::Metadata;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// Size, times and number of a file. The time of change can't be set back as the time of modification can:
/// a file with the stamp it had is the file it was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    size_bytes: u64,
    /// Nanoseconds since 1970.
    modified: i64,
    /// Nanoseconds since 1970 of the last change of content, name or rights; where the system has no such time, of the making.
    changed: i64,
    inode: u64,
}

/// Nanoseconds in which a file may change twice and look the same: file systems have coarse clocks.
const COARSEST_CLOCK: i64 = 2_000_000_000;

impl Stamp {
    /// The stamp of a plain file; `None` for anything else.
    pub fn of_path(path: &Path) -> Option<Self> {
        std::fs::symlink_metadata(path).ok().filter(Metadata::is_file).map(|metadata| Self::of(&metadata))
    }

    /// The stamp of a file of which this was told.
    #[cfg(unix)]
    pub fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        let nanoseconds = |seconds: i64, rest: i64| seconds.saturating_mul(1_000_000_000).saturating_add(rest);
        Self {
            size_bytes: metadata.len(),
            modified: nanoseconds(metadata.mtime(), metadata.mtime_nsec()),
            changed: nanoseconds(metadata.ctime(), metadata.ctime_nsec()),
            inode: metadata.ino(),
        }
    }

    /// The stamp of a file that lies in one place only; `None` where it may lie in several.
    pub fn of_only(metadata: &Metadata) -> Option<Self> {
        #[cfg(unix)]
        let is_only = std::os::unix::fs::MetadataExt::nlink(metadata) == 1;
        #[cfg(not(unix))]
        let is_only = false;
        is_only.then(|| Self::of(metadata))
    }

    /// The stamp of a file of which this was told.
    #[cfg(not(unix))]
    pub fn of(metadata: &Metadata) -> Self {
        let nanoseconds = |time: std::io::Result<std::time::SystemTime>| {
            let since = time.ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
            since.map_or(0, |since| since.as_nanos() as i64)
        };
        Self { size_bytes: metadata.len(), modified: nanoseconds(metadata.modified()), changed: nanoseconds(metadata.created()), inode: 0 }
    }

    /// Whether the file was last touched so long before `now` (nanoseconds since 1970) that a further change
    /// would have shown.
    pub fn is_settled(&self, now: i64) -> bool {
        let latest = self.modified.max(self.changed);
        latest.saturating_add(COARSEST_CLOCK) < now
    }
}
