//! A folder of this machine, such as a mounted share, that is changed file by file.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{Done, Piece};
use crate::output::{Item, Place};
use crate::upload::site::LocalSite;
use crate::upload::trouble::Trouble;

/// An open folder.
pub struct Folder {
    root: PathBuf,
    place: Place,
}

impl Folder {
    /// Opens a folder, which must be there.
    pub fn open(root: &Path) -> Result<Self> {
        Ok(Self { root: root.to_path_buf(), place: Place::open(root)? })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    fn at(&self, path: &str) -> String {
        self.root.join(path).display().to_string()
    }

    pub fn read(&mut self, path: &str, most_bytes: u64) -> Result<Option<Vec<u8>>, Trouble> {
        Ok(self.place.read(path, most_bytes).with_context(|| format!("không đọc được {}", self.at(path)))?)
    }

    pub fn list(&mut self, folder: &str) -> Result<Vec<Item>, Trouble> {
        Ok(self.place.list(folder).with_context(|| format!("không đọc được {}", self.at(folder)))?)
    }

    pub fn make_folder(&mut self, path: &str) -> Result<(), Trouble> {
        Ok(self.place.make_folder(path).with_context(|| format!("không tạo được thư mục {}", self.at(path)))?)
    }

    pub fn write(&mut self, pieces: &[Piece<'_>], site: &LocalSite, done: &mut Done<'_>) -> Result<(), Trouble> {
        for Piece { path, to, .. } in pieces {
            self.place.write(to, &mut site.file(path)?).with_context(|| format!("không ghi được {}", self.at(to)))?;
            done(path)?;
        }
        Ok(())
    }

    pub fn put(&mut self, path: &str, mut bytes: &[u8]) -> Result<(), Trouble> {
        Ok(self.place.write(path, &mut bytes).with_context(|| format!("không ghi được {}", self.at(path)))?)
    }

    pub fn rename(&mut self, moves: &[(String, String)], done: &mut Done<'_>) -> Result<(), Trouble> {
        for (from, to) in moves {
            self.place.rename(from, to).with_context(|| format!("không ghi được {}", self.at(to)))?;
            done(to)?;
        }
        Ok(())
    }

    pub fn remove(&mut self, paths: &[&str], done: &mut Done<'_>) -> Result<(), Trouble> {
        for path in paths {
            self.place.remove(path).with_context(|| format!("không xóa được {}", self.at(path)))?;
            done(path)?;
        }
        Ok(())
    }

    pub fn remove_folder(&mut self, path: &str) -> Result<(), Trouble> {
        self.place.remove_folder(path);
        Ok(())
    }
}
