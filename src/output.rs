//! The only writer: a stream of files becomes a public folder, entirely or not at all. Files are staged
//! beside the target, verified against their manifest and swapped in by one rename.

mod compress;
mod earlier;
mod folder;
mod manifest;
mod swap;
mod tree;

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};

use crate::source::Print;

pub use earlier::{Earlier, EarlierFile};
pub use folder::{Published, Staging, has_leftovers, published_paths};
pub use manifest::{Change, ChangeKind, MANIFEST_NAME, Manifest, ManifestEntry, Sha256Sum};

/// Where the files of a site go: into a folder, or into memory.
pub trait Sink: Sync {
    /// Whether anybody asks for the file at this path; what nobody asks for is not made.
    fn wants(&self, _path: &str) -> bool {
        true
    }

    /// Whether anybody asks for any file below this folder.
    fn wants_below(&self, _folder: &str) -> bool {
        true
    }

    /// Takes over the file that an earlier build made from the same things. Returns whether there was one.
    fn reuse(&self, path: &str, key: &Print) -> Result<bool>;

    /// Takes a file that was made from what the key stands for.
    fn write(&self, file: OutputFile, key: &Print) -> Result<()>;
}

/// A file of the public site.
#[derive(Debug, Clone)]
pub struct OutputFile {
    /// Path in the public folder, with `/`: `thu-tuc/index.html`.
    pub path: String,
    pub body: OutputBody,
}

/// What a file holds.
#[derive(Debug, Clone)]
pub enum OutputBody {
    Bytes(Vec<u8>),
    /// The bytes of an attachment, by its path in the project.
    Copy(Arc<str>),
}

impl OutputFile {
    /// A file with these bytes.
    pub fn bytes(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), body: OutputBody::Bytes(bytes.into()) }
    }

    /// A copy of an attachment of the project.
    pub fn copy(path: impl Into<String>, attachment: Arc<str>) -> Self {
        Self { path: path.into(), body: OutputBody::Copy(attachment) }
    }
}

/// Writes one file. Where the system limits the size of files, a larger one is refused here: the system would
/// end the program by a signal, without a word to the user.
fn write_file(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if bytes.len() as u64 > largest_file() {
        return Err(std::io::ErrorKind::FileTooLarge.into());
    }
    std::fs::write(path, bytes)
}

/// The size that the system allows a file.
fn largest_file() -> u64 {
    #[cfg(unix)]
    return rustix::process::getrlimit(rustix::process::Resource::Fsize).current.unwrap_or(u64::MAX);
    #[cfg(not(unix))]
    u64::MAX
}

/// A file that is written piece by piece, and refuses what the system would not take.
struct Pieces {
    file: std::fs::File,
    room: u64,
}

impl Pieces {
    fn create(path: &Path) -> std::io::Result<Self> {
        Ok(Self { file: std::fs::File::create(path)?, room: largest_file() })
    }
}

impl std::io::Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if bytes.len() as u64 > self.room {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        let written = self.file.write(bytes)?;
        self.room -= written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

/// Writes a file that a command makes for its user, such as a starter or an imported list. A file of
/// the same content is left alone; returns whether anything was written.
pub fn write_if_changed(path: &Path, text: &str) -> Result<bool> {
    if std::fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes()) {
        return Ok(false);
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("không tạo được thư mục {}", folder.display()))?;
    }
    write_whole(path, |partial| write_file(partial, text.as_bytes())).with_context(|| format!("không ghi được {}", path.display()))?;
    Ok(true)
}

/// Puts a file somewhere, its folder too, so that nobody ever sees half of it.
pub fn write_file_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("không tạo được thư mục {}", folder.display()))?;
    }
    write_whole(path, |partial| write_file(partial, bytes)).with_context(|| format!("không ghi được {}", path.display()))
}

/// Lets `write` make a file beside its place, and puts it there, so that nobody ever sees half of it.
fn write_whole(path: &Path, write: impl FnOnce(&Path) -> std::io::Result<()>) -> std::io::Result<()> {
    let partial = path.with_extension("congbo-tmp");
    let written = write(&partial).and_then(|()| std::fs::rename(&partial, path));
    if written.is_err() {
        let _ = std::fs::remove_file(&partial);
    }
    written
}
