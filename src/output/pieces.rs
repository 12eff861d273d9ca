//! Files that are written piece by piece.

use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use super::{Fill, ManifestEntry, Sha256Sum};

/// How much is put together before it is written.
pub(super) const BUFFER_BYTES: usize = 128 * 1024;

/// The size that the system allows a file.
pub(super) fn largest_file() -> u64 {
    static LARGEST: LazyLock<u64> = LazyLock::new(|| {
        #[cfg(unix)]
        return rustix::process::getrlimit(rustix::process::Resource::Fsize).current.unwrap_or(u64::MAX);
        #[cfg(not(unix))]
        u64::MAX
    });
    *LARGEST
}

/// A file that is written piece by piece, and refuses what the system would not take.
pub(super) struct Pieces {
    file: File,
    at: u64,
    most: u64,
}

impl Pieces {
    pub fn create(path: &Path) -> io::Result<Self> {
        Ok(Self { file: File::create(path)?, at: 0, most: largest_file() })
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.at.saturating_add(bytes.len() as u64) > self.most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let written = self.file.write(bytes)?;
        self.at += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for Pieces {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = self.file.seek(to)?;
        Ok(self.at)
    }
}

/// Fills a file; returns its entry.
pub(super) fn fill_file(file: Pieces, fill: &Fill<'_>) -> anyhow::Result<ManifestEntry> {
    let mut out = BufWriter::with_capacity(BUFFER_BYTES, Summed { file, hasher: Sha256::new(), size_bytes: 0 });
    fill(&mut out)?;
    out.flush()?;
    let Summed { hasher, size_bytes, .. } = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    Ok(ManifestEntry { size_bytes, sha256: Sha256Sum(hasher.finalize().into()) })
}

/// Writes on, and notes the hash and the size of what passes.
struct Summed {
    file: Pieces,
    hasher: Sha256,
    size_bytes: u64,
}

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        let bytes = &bytes[..written];
        self.hasher.update(bytes);
        self.size_bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
