//! The only writer: a stream of files becomes a public folder, entirely or not at all. Files are staged
//! beside the target, verified against their manifest and swapped in by one rename.

mod compress;
mod earlier;
mod folder;
mod manifest;
mod pieces;
mod place;
mod published;
mod swap;
mod tree;
mod zipped;

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};

use crate::source::Print;

pub use earlier::{Earlier, EarlierFile};
pub use folder::{Before, Published, Sign, SignatureState, Staging, has_leftovers, published_paths};
pub use manifest::{Change, ChangeKind, Edition, MANIFEST_NAME, Manifest, ManifestEntry, SIGNATURE_NAME, Sha256Sum, write_manifest};
use pieces::{Pieces, largest_file};
pub use place::{Item, Place, Replacement};
pub use published::{Found, PublishedFolder, entry_of, is_inside};

/// Writes the bytes of a file piece by piece, the same ones however often it is called.
pub type Fill<'f> = dyn Fn(&mut (dyn Write + Send)) -> Result<()> + Sync + 'f;

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

    /// Takes a file that is never in memory as a whole. Without a key its bytes are all that is known of it, and one
    /// that an earlier build made of the same bytes is taken over. Returns the key.
    fn write_pieces(&self, path: &str, key: Option<&Print>, fill: &Fill<'_>) -> Result<Print> {
        let mut bytes = Vec::new();
        fill(&mut bytes)?;
        let key = key.copied().unwrap_or_else(|| Print::of(&bytes));
        self.write(OutputFile::bytes(path, bytes), &key).map(|()| key)
    }
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

/// Writes a file that a command makes for its user, such as a starter or an imported list. A file of
/// the same content is left alone; returns whether anything was written.
pub fn write_if_changed(path: &Path, content: impl AsRef<[u8]>) -> Result<bool> {
    let content = content.as_ref();
    if std::fs::read(path).is_ok_and(|bytes| bytes == content) {
        return Ok(false);
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("không tạo được thư mục {}", folder.display()))?;
    }
    write_whole(path, |partial| write_file(partial, content)).with_context(|| format!("không ghi được {}", path.display()))?;
    Ok(true)
}

/// Removes a file that a command of this program made.
pub fn remove_file(path: &Path) -> Result<()> {
    std::fs::remove_file(path).with_context(|| format!("không xóa được {}", path.display()))
}

/// Writes a file that nobody but its owner may read, where there is none yet.
pub fn write_secret(path: &Path, text: &str) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let failed = || format!("không ghi được {}", path.display());
    options.open(path).with_context(failed)?.write_all(text.as_bytes()).with_context(failed)
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
