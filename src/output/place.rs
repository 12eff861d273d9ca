//! A folder that somebody publishes into: file by file, or as a whole where one rename can put the new site in place.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::folder::{keep, lock, recover};
use super::pieces::Pieces;
use super::swap::{beside, is_mount_point, swap_in};
use super::tree;

/// A folder whose files are changed one by one. Paths are those of pages, with `/`.
pub struct Place {
    root: PathBuf,
}

/// Something that lies in a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    pub name: String,
    pub size_bytes: u64,
    pub is_folder: bool,
}

impl Place {
    /// The folder at a path, which must be there.
    pub fn open(root: &Path) -> Result<Self> {
        let metadata = fs::metadata(root).with_context(|| format!("không mở được thư mục {}", root.display()))?;
        anyhow::ensure!(metadata.is_dir(), "{} không phải là thư mục", root.display());
        Ok(Self { root: root.to_path_buf() })
    }

    fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// The bytes of a file, of which no more than `most_bytes` and one are read; `None` where there is none.
    pub fn read(&self, path: &str, most_bytes: u64) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        match File::open(self.at(path)) {
            Ok(file) => file.take(most_bytes.saturating_add(1)).read_to_end(&mut bytes)?,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        Ok(Some(bytes))
    }

    /// What lies in a folder, sorted; nothing where there is none. Names that are no UTF-8 can't be ours and are left out.
    pub fn list(&self, folder: &str) -> io::Result<Vec<Item>> {
        let entries = match fs::read_dir(self.at(folder)) {
            Ok(entries) => entries,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut items = Vec::new();
        for entry in entries {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let metadata = entry.metadata()?;
            items.push(Item { name, size_bytes: metadata.len(), is_folder: metadata.is_dir() });
        }
        items.sort();
        Ok(items)
    }

    /// Makes a folder and those above it, where they are not there yet.
    pub fn make_folder(&self, path: &str) -> io::Result<()> {
        fs::create_dir_all(self.at(path))
    }

    /// Writes a file from its beginning.
    pub fn write(&self, path: &str, bytes: &mut dyn Read) -> io::Result<()> {
        let mut file = Pieces::create(&self.at(path))?;
        io::copy(bytes, &mut file)?;
        file.flush()
    }

    /// Puts a file in the place of another one, be there one or not.
    pub fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.at(from), self.at(to))
    }

    /// Removes a file; one that is not there is removed already.
    pub fn remove(&self, path: &str) -> io::Result<()> {
        match fs::remove_file(self.at(path)) {
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(()),
            result => result,
        }
    }

    /// Removes a folder where nothing is left in it.
    pub fn remove_folder(&self, path: &str) {
        let _ = fs::remove_dir(self.at(path));
    }
}

/// A new site beside the folder that it will take the place of. Dropped before `finish`, it leaves that folder as it was.
pub struct Replacement {
    target: PathBuf,
    stage: PathBuf,
    _lock: File,
}

impl Replacement {
    /// Locks a folder and opens an empty stage beside it; `None` where nothing can be put beside it, or where it can't be
    /// exchanged because a disk is mounted there. Fails where a build or another publication holds it.
    pub fn begin(target: &Path) -> Result<Option<Self>> {
        let target = fs::canonicalize(target).with_context(|| format!("không mở được thư mục {}", target.display()))?;
        if target.file_name().is_none() || is_mount_point(&target) {
            return Ok(None);
        }
        let lock = match lock(&beside(&target, "lock")) {
            Ok(lock) => lock,
            Err(error) if error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(is_refusal)) => return Ok(None),
            Err(error) => return Err(error),
        };
        let (stage, old) = (beside(&target, "new"), beside(&target, "old"));
        recover(&target, &stage, &old)?;
        fs::create_dir(&stage).with_context(|| format!("không tạo được thư mục tạm {}", stage.display()))?;
        Ok(Some(Self { target, stage, _lock: lock }))
    }

    /// Takes over what lies in the folder now, but what `leaves` names: linked, not copied, where that is possible.
    pub fn keep(&self, leaves: impl Fn(&str) -> bool) -> Result<()> {
        let found = tree::list(&self.target).with_context(|| format!("không đọc được {}", self.target.display()))?;
        for path in found.iter().filter(|path| path.to_str().is_none_or(|path| !leaves(path))) {
            let (from, to) = (self.target.join(path), self.stage.join(path));
            if path.to_string_lossy().ends_with('/') {
                fs::create_dir_all(&to).with_context(|| format!("không tạo được thư mục {}", to.display()))?;
            } else {
                keep(&from, &to).with_context(|| format!("không giữ lại được {}", from.display()))?;
            }
        }
        Ok(())
    }

    /// Writes a file of the new site.
    pub fn write(&self, path: &str, bytes: &mut dyn Read) -> Result<()> {
        let to = self.stage.join(path);
        let failed = || format!("không ghi được {}", to.display());
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).with_context(failed)?;
        }
        let mut file = Pieces::create(&to).with_context(failed)?;
        io::copy(bytes, &mut file).and_then(|_| file.flush()).with_context(failed)
    }

    /// Puts the new site in the place of the old one, and removes that.
    pub fn finish(self) -> Result<()> {
        fs::metadata(&self.target).and_then(|old| fs::set_permissions(&self.stage, old.permissions())).context("không đặt được quyền của thư mục")?;
        swap_in(&self.stage, &self.target)
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        let _ = tree::remove(&self.stage);
    }
}

/// Whether the system lets nobody write beside the folder.
fn is_refusal(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
}
