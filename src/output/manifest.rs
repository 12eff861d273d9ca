//! The list of the files that we own in a public folder, with their hashes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Name of the manifest in the public folder.
pub const MANIFEST_NAME: &str = "manifest.json";

/// What a build wrote, by path.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this format.
    pub version: u32,
    pub generator: String,
    pub files: BTreeMap<String, ManifestEntry>,
}

/// A file of the manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestEntry {
    pub size_bytes: u64,
    /// SHA-256 in small hexadecimal letters.
    pub sha256: String,
}

impl Manifest {
    /// A manifest of these files.
    pub fn new(files: BTreeMap<String, ManifestEntry>) -> Self {
        Self { version: 1, generator: "congbo".to_owned(), files }
    }

    /// The manifest as it is published.
    pub fn to_json(&self) -> String {
        let mut json = serde_json::to_string_pretty(self).expect("a manifest holds only texts and numbers");
        json.push('\n');
        json
    }

    /// Reads a manifest; `None` where the bytes are not one of ours.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice::<Self>(bytes).ok().filter(|manifest| manifest.generator == "congbo")
    }
}
