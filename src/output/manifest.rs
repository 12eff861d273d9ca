//! The list of the files that we own in a public folder, with their hashes: by it anyone can check that a site is
//! complete and unaltered, and which one came after which.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::pieces::Hashing;

/// Name of the manifest in the public folder.
pub const MANIFEST_NAME: &str = "manifest.json";
/// Name of the signature of the manifest, in the format of minisign.
pub const SIGNATURE_NAME: &str = "manifest.json.minisig";

/// Version of the form of a manifest. The first had no edition and no seal.
const VERSION: u32 = 2;
/// Who writes manifests.
const GENERATOR: &str = "congbo";
/// What stands between the list of files and the seal.
const BEFORE_SEAL: &str = ",\n  \"self_sha256\": \"";
/// What stands behind the seal.
const AFTER_SEAL: &str = "\"\n}\n";
/// Hexadecimal letters of a SHA-256.
const SUM_LENGTH: usize = 64;

/// What a build wrote, by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Version of this format.
    pub version: u32,
    pub edition: Edition,
    pub files: BTreeMap<Arc<str>, ManifestEntry>,
}

/// A manifest as it is written.
#[derive(Deserialize)]
struct Written {
    version: u32,
    generator: String,
    #[serde(default)]
    counter: u64,
    #[serde(default)]
    as_of: String,
    #[serde(default)]
    previous_sha256: Option<Sha256Sum>,
    files: BTreeMap<Arc<str>, ManifestEntry>,
}

/// Which site this is in the row of those that were published at a place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Counts the sites that differ from the one before, from 1.
    pub counter: u64,
    /// The day (`--as-of`) of the build, `2026-03-05`.
    pub as_of: String,
    /// SHA-256 of the bytes of the manifest before this one.
    pub previous_sha256: Option<Sha256Sum>,
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
        Self { size_bytes: bytes.len() as u64, sha256: Sha256Sum::of(bytes) }
    }
}

/// A SHA-256, written in small hexadecimal letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sha256Sum(pub [u8; 32]);

impl Sha256Sum {
    /// The sum of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

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

impl Edition {
    /// The edition of these files, sorted by path, on this day, published after another one: the same one again where
    /// nothing changed.
    pub fn after<'f>(files: impl Files<'f>, as_of: &str, before: Option<&'f Manifest>, before_sha256: Option<Sha256Sum>) -> Self {
        if let Some(same) = before.filter(|before| before.version == VERSION && before.files.iter().eq(files)) {
            return same.edition.clone();
        }
        let counter = before.map_or(0, |before| before.edition.counter).saturating_add(1);
        Self { counter, as_of: as_of.to_owned(), previous_sha256: before_sha256 }
    }
}

/// Files of a site with what the manifest says of them, sorted by path.
pub trait Files<'f>: ExactSizeIterator<Item = (&'f Arc<str>, &'f ManifestEntry)> + Clone {}

impl<'f, F: ExactSizeIterator<Item = (&'f Arc<str>, &'f ManifestEntry)> + Clone> Files<'f> for F {}

/// Writes the manifest of these files as it is published: a line for each file, and at the end the seal, which is the
/// SHA-256 of everything before it.
pub fn write_manifest<'f>(edition: &Edition, files: impl Files<'f>, out: impl Write) -> io::Result<()> {
    let mut out = Hashing::new(out);
    let Edition { counter, as_of, previous_sha256 } = edition;
    write!(out, "{{\n  \"version\": {VERSION},\n  \"generator\": \"{GENERATOR}\"")?;
    write!(out, ",\n  \"counter\": {counter},\n  \"as_of\": ")?;
    serde_json::to_writer(&mut out, as_of)?;
    out.write_all(b",\n  \"previous_sha256\": ")?;
    serde_json::to_writer(&mut out, previous_sha256)?;
    out.write_all(b",\n  \"files\": {")?;
    let is_empty = files.len() == 0;
    for (at, (path, entry)) in files.enumerate() {
        out.write_all(if at == 0 { b"\n    " } else { b",\n    " })?;
        serde_json::to_writer(&mut out, path)?;
        write!(out, ": {{ \"size_bytes\": {}, \"sha256\": \"{}\" }}", entry.size_bytes, entry.sha256)?;
    }
    out.write_all(if is_empty { b"}" } else { b"\n  }" })?;
    let (mut inner, seal) = out.finish();
    write!(inner, "{BEFORE_SEAL}{seal}{AFTER_SEAL}")?;
    inner.flush()
}

impl Manifest {
    /// Reads a manifest; `None` where the bytes are not one of ours as we wrote it.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let Written { version, generator, counter, as_of, previous_sha256, files } = serde_json::from_slice(bytes).ok()?;
        let is_ours = generator == GENERATOR && (version < VERSION || is_sealed(bytes));
        is_ours.then_some(Self { version, edition: Edition { counter, as_of, previous_sha256 }, files })
    }

    /// The manifest that would be written of these files.
    pub fn of<'f>(edition: &Edition, files: impl Files<'f>) -> Self {
        Self { version: VERSION, edition: edition.clone(), files: files.map(|(path, entry)| (path.clone(), *entry)).collect() }
    }

    /// Whether it is the manifest that would be written of these files.
    pub fn is_of<'f>(&'f self, edition: &Edition, files: impl Files<'f>) -> bool {
        self.version == VERSION && self.edition == *edition && self.files.iter().eq(files)
    }
}

/// What the files of an earlier site and these do not have in common, sorted by path.
pub fn changes_between<'f>(earlier: &BTreeMap<Arc<str>, ManifestEntry>, files: impl Files<'f>) -> Vec<Change> {
    let mut changes = Vec::new();
    let (mut earlier, mut files) = (earlier.iter().peekable(), files.peekable());
    loop {
        let order = match (earlier.peek(), files.peek()) {
            (Some((before, _)), Some((path, _))) => before.cmp(path),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return changes,
        };
        let before = if order.is_le() { earlier.next() } else { None };
        let now = if order.is_ge() { files.next() } else { None };
        let (kind, path) = match (before, now) {
            (Some((path, before)), Some((_, now))) if before != now => (ChangeKind::Modified, path),
            (Some((path, _)), None) => (ChangeKind::Deleted, path),
            (None, Some((path, _))) => (ChangeKind::Added, path),
            _ => continue,
        };
        changes.push(Change { kind, path: path.clone() });
    }
}

/// Whether a manifest ends in the SHA-256 of everything before it.
fn is_sealed(bytes: &[u8]) -> bool {
    let Some(rest) = bytes.strip_suffix(AFTER_SEAL.as_bytes()) else { return false };
    let Some((rest, seal)) = rest.split_at_checked(rest.len().saturating_sub(SUM_LENGTH)) else { return false };
    rest.strip_suffix(BEFORE_SEAL.as_bytes()).is_some_and(|sealed| Sha256Sum::of(sealed).to_string().as_bytes() == seal)
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
