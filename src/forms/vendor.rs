//! The parts of Sveltia CMS that an office takes from npm itself: which version is known, and by which SHA-256. The script
//! would load its icons and its Vietnamese words from other hosts; here they lie beside it.

use serde::Deserialize;

/// A version that was tried.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vendor {
    pub version: String,
    pub verified_on: String,
    /// Packages to install, with their versions.
    pub packages: Vec<String>,
    pub files: Vec<VendorFile>,
    /// Addresses in the script and what stands there instead.
    pub replacements: Vec<(String, String)>,
}

/// A file of a package.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VendorFile {
    /// Where it lies below `node_modules`.
    pub from: String,
    pub sha256: String,
    /// Where it goes in the folder.
    pub to: String,
    /// Whether addresses in it are replaced.
    #[serde(default)]
    pub is_script: bool,
}

impl Vendor {
    /// The version that comes known with the program.
    pub fn known() -> Self {
        serde_json::from_str(include_str!("vendor.json")).expect("the table is part of the program and tested")
    }

    /// The script with its own addresses; `None` where one of those to be replaced is not in it.
    pub fn own_addresses(&self, script: &str) -> Option<String> {
        self.replacements.iter().try_fold(script.to_owned(), |text, (from, to)| text.contains(from).then(|| text.replace(from, to)))
    }
}
