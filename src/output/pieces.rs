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
    let mut out = BufWriter::with_capacity(BUFFER_BYTES, Hashing::new(file));
    fill(&mut out)?;
    let (file, sha256) = out.into_inner().map_err(io::IntoInnerError::into_error)?.finish();
    Ok(ManifestEntry { size_bytes: file.at, sha256 })
}

/// Writes on, and hashes what passes.
pub(super) struct Hashing<W> {
    inner: W,
    hasher: Sha256,
}

impl<W: Write> Hashing<W> {
    pub fn new(inner: W) -> Self {
        Self { inner, hasher: Sha256::new() }
    }

    /// What it wrote to, and the SHA-256 of everything that passed.
    pub fn finish(self) -> (W, Sha256Sum) {
        (self.inner, Sha256Sum(self.hasher.finalize().into()))
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
