//! The list of the files that we own in a public folder, with their hashes.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Name of the manifest in the public folder.
pub const MANIFEST_NAME: &str = "manifest.json";

/// What a build wrote, by path.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this format.
    pub version: u32,
    pub generator: String,
    pub files: BTreeMap<Arc<str>, ManifestEntry>,
}

/// A file of the manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestEntry {
    pub size_bytes: u64,
    pub sha256: Sha256Sum,
}

impl ManifestEntry {
    /// The entry of a file with these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { size_bytes: bytes.len() as u64, sha256: Sha256Sum(Sha256::digest(bytes).into()) }
    }
}

/// A SHA-256, written in small hexadecimal letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sha256Sum(pub [u8; 32]);

impl std::fmt::Display for Sha256Sum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&crate::source::hex(&self.0))
    }
}

impl Serialize for Sha256Sum {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self) } else { self.0.serialize(serializer) }
    }
}

impl<'de> Deserialize<'de> for Sha256Sum {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return <[u8; 32]>::deserialize(deserializer).map(Self);
        }
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        let byte = |pair: &[u8]| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok());
        let bytes: Option<Vec<u8>> = text.as_bytes().chunks(2).map(byte).collect();
        bytes.and_then(|bytes| bytes.try_into().ok()).map(Self).ok_or_else(|| serde::de::Error::custom("not a SHA-256"))
    }
}

impl Manifest {
    /// A manifest of these files.
    pub fn new(files: BTreeMap<Arc<str>, ManifestEntry>) -> Self {
        Self { version: 1, generator: "congbo".to_owned(), files }
    }

    /// Writes the manifest as it is published.
    pub fn write(&self, mut out: impl Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut out, self)?;
        out.write_all(b"\n")?;
        out.flush()
    }

    /// Reads a manifest; `None` where the bytes are not one of ours.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice::<Self>(bytes).ok().filter(|manifest| manifest.generator == "congbo")
    }

    /// What an earlier manifest and this one do not have in common, sorted by path.
    pub fn changes_since(&self, earlier: &Self) -> Vec<Change> {
        let mut changes: Vec<Change> = Vec::new();
        for (path, entry) in &self.files {
            match earlier.files.get(path) {
                None => changes.push(Change { kind: ChangeKind::Added, path: path.clone() }),
                Some(before) if before != entry => changes.push(Change { kind: ChangeKind::Modified, path: path.clone() }),
                Some(_) => {}
            }
        }
        let gone = earlier.files.keys().filter(|path| !self.files.contains_key(*path));
        changes.extend(gone.map(|path| Change { kind: ChangeKind::Deleted, path: path.clone() }));
        changes.sort_by(|left, right| left.path.cmp(&right.path));
        changes
    }
}

/// A file that one build made otherwise than the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub kind: ChangeKind,
    pub path: Arc<str>,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    Added,
    Modified,
    Deleted,
}

impl std::fmt::Display for Change {
    /// A letter as in `git diff --name-status`, a tab, the path.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let letter = match self.kind {
            ChangeKind::Added => 'A',
            ChangeKind::Modified => 'M',
            ChangeKind::Deleted => 'D',
        };
        write!(f, "{letter}\t{}", self.path)
    }
}
