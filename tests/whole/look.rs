//! One look at a public folder, as somebody has it who opened the folder once and reads on through that handle.

use std::collections::BTreeMap;
use std::fs::{self, File, Metadata};
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest, Sha256};

/// SHA-256 of every file but the manifest, by path. The manifest is compared with these instead.
pub type Files = BTreeMap<String, String>;

/// What a look found.
pub enum Look {
    /// Every file of the manifest is there and has the hash that the manifest says.
    Whole(Files),
    /// The folder was exchanged for another while it was read, and some of it was gone already.
    Exchanged,
    /// What may never be seen.
    Broken(String),
}

enum Trouble {
    /// Something could not be opened: no harm if it belongs to a site that was just replaced.
    Gone(String),
    /// Bytes that do not belong together: never right.
    Mixed(String),
}

/// Reads the whole folder through one handle.
pub fn look(public: &Path) -> Look {
    let handle = match File::open(public) {
        Ok(handle) => handle,
        Err(error) => return Look::Broken(format!("{} can't be opened: {error}", public.display())),
    };
    let through_handle = PathBuf::from(format!("/proc/self/fd/{}", handle.as_raw_fd()));
    let found = read(&through_handle, public);
    let is_still_there = is_same(&handle.metadata(), &fs::metadata(public));
    match found {
        Err(Trouble::Mixed(what)) => Look::Broken(what),
        // The old site is being removed: what a walk no longer finds is not missing.
        _ if !is_still_there => Look::Exchanged,
        Ok(files) => Look::Whole(files),
        Err(Trouble::Gone(what)) => Look::Broken(format!("missing: {what}")),
    }
}

fn is_same(left: &io::Result<Metadata>, right: &io::Result<Metadata>) -> bool {
    matches!((left, right), (Ok(left), Ok(right)) if (left.dev(), left.ino()) == (right.dev(), right.ino()))
}

/// The manifest, every file that it lists, then a walk for files that it does not list. Before each file
/// the public path is looked at too: there must be a folder at any time.
fn read(root: &Path, public: &Path) -> Result<Files, Trouble> {
    let bytes = open(root, "manifest.json")?;
    let manifest: Value = serde_json::from_slice(&bytes).map_err(|error| Trouble::Mixed(format!("manifest.json is not whole: {error}")))?;
    let listed = manifest["files"].as_object().ok_or_else(|| Trouble::Mixed("manifest.json lists no files".to_owned()))?;
    let mut files = Files::new();
    for (path, entry) in listed {
        if !public.is_dir() {
            return Err(Trouble::Mixed(format!("at this moment there is no {}", public.display())));
        }
        let found = sha256(&open(root, path)?);
        if entry["sha256"] != *found {
            return Err(Trouble::Mixed(format!("{path} has other bytes than its manifest says")));
        }
        files.insert(path.clone(), found);
    }
    for entry in walkdir::WalkDir::new(root).min_depth(1) {
        let entry = entry.map_err(|error| Trouble::Gone(error.to_string()))?;
        let path = entry.path().strip_prefix(root).expect("below the folder").to_string_lossy().into_owned();
        if !entry.file_type().is_dir() && path != "manifest.json" && !listed.contains_key(&path) {
            files.insert(path.clone(), sha256(&open(root, &path)?));
        }
    }
    Ok(files)
}

fn open(root: &Path, path: &str) -> Result<Vec<u8>, Trouble> {
    fs::read(root.join(path)).map_err(|error| Trouble::Gone(format!("{path}: {error}")))
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
