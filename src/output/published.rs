//! A public folder as somebody finds it, be it untouched or not. Links are never followed.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{MANIFEST_NAME, ManifestEntry, SIGNATURE_NAME, Sha256Sum, tree};

/// A public folder and the plain files that lie in it.
pub struct PublishedFolder {
    root: PathBuf,
    files: BTreeSet<String>,
    /// Links, sockets and names that are no UTF-8.
    strange: Vec<String>,
}

/// What lies at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    File(ManifestEntry),
    Missing,
    /// Something that can't be read, and why.
    Unreadable(String),
}

impl PublishedFolder {
    /// Looks what lies in a folder. Fails where it can't be opened.
    pub fn open(root: &Path) -> io::Result<Self> {
        let mut folder = Self { root: root.to_path_buf(), files: BTreeSet::new(), strange: Vec::new() };
        for path in tree::list(root)? {
            let is_plain = fs::symlink_metadata(root.join(&path)).is_ok_and(|metadata| metadata.is_file());
            match path.to_str() {
                Some(path) if path.ends_with('/') => {}
                Some(path) if is_plain => drop(folder.files.insert(path.to_owned())),
                _ => folder.strange.push(path.to_string_lossy().into_owned()),
            }
        }
        folder.strange.sort();
        Ok(folder)
    }

    /// The bytes of a small file, `None` where it is not there.
    pub fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        if self.files.contains(path) { fs::read(self.root.join(path)).map(Some) } else { Ok(None) }
    }

    /// A file to read from; `None` where it is not there.
    pub fn file(&self, path: &str) -> io::Result<Option<File>> {
        if self.files.contains(path) { File::open(self.root.join(path)).map(Some) } else { Ok(None) }
    }

    /// What lies at a path.
    pub fn look(&self, path: &str) -> Found {
        if !self.files.contains(path) {
            return Found::Missing;
        }
        match File::open(self.root.join(path)).and_then(|file| entry_of(file, u64::MAX)) {
            Ok(entry) => Found::File(entry),
            Err(error) => Found::Unreadable(error.to_string()),
        }
    }

    /// Everything but the manifest and its signature, sorted.
    pub fn others(&self) -> impl Iterator<Item = &str> {
        let files = self.files.iter().filter(|path| *path != MANIFEST_NAME && *path != SIGNATURE_NAME);
        files.chain(&self.strange).map(String::as_str)
    }
}

/// The entry of what a reader gives, of which no more than `most_bytes` and one are read.
pub fn entry_of(reader: impl Read, most_bytes: u64) -> io::Result<ManifestEntry> {
    let (mut reader, mut hasher, mut size_bytes) = (reader.take(most_bytes.saturating_add(1)), Sha256::new(), 0);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok(ManifestEntry { size_bytes, sha256: Sha256Sum(hasher.finalize().into()) }),
            Ok(count) => {
                hasher.update(&buffer[..count]);
                size_bytes += count as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Whether a path is one of a page: made of plain names only, and none that the manifest needs.
pub fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && path.split('/').all(|part| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\0']))
        && path != MANIFEST_NAME
        && path != SIGNATURE_NAME
}
