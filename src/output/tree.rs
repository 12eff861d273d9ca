//! Large trees of files: gone through with several threads.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

/// Everything below a folder but the folders that hold something, by path with `/`; folders end in `/`.
/// Names are those of the system: what others put there need not be UTF-8.
pub(super) fn list(root: &Path) -> io::Result<Vec<OsString>> {
    list_below(root, OsStr::new(""))
}

fn list_below(root: &Path, prefix: &OsStr) -> io::Result<Vec<OsString>> {
    let (mut found, mut folders) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(root.join(prefix))? {
        let entry = entry?;
        let mut path = prefix.to_owned();
        path.push(entry.file_name());
        if entry.file_type()?.is_dir() {
            path.push("/");
            folders.push(path);
        } else {
            found.push(path);
        }
    }
    if found.is_empty() && folders.is_empty() && !prefix.is_empty() {
        found.push(prefix.to_owned());
    }
    let inner: io::Result<Vec<Vec<OsString>>> = folders.par_iter().map(|folder| list_below(root, folder)).collect();
    found.extend(inner?.into_iter().flatten());
    Ok(found)
}

/// Removes a folder and everything in it; one that is not there is removed already.
pub(super) fn remove(root: &Path) -> io::Result<()> {
    let gone = |result: io::Result<()>| match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        result => result,
    };
    match fs::symlink_metadata(root) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
        Ok(metadata) if !metadata.is_dir() => return gone(fs::remove_file(root)),
        Ok(_) => {}
    }
    let mut folders: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(root)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() { folders.push(entry.path()) } else { gone(fs::remove_file(entry.path()))? }
    }
    folders.par_iter().try_for_each(|folder| remove(folder))?;
    gone(fs::remove_dir(root))
}
