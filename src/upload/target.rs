//! The three ways to get at the other end. Each does the same few things with files whose paths are those of the site.

mod folder;
#[cfg(feature = "upload")]
mod ftps;
#[cfg(feature = "upload")]
mod sftp;

use std::path::PathBuf;

use anyhow::Result;

use super::address::Destination;
use super::site::LocalSite;
use super::trouble::Trouble;
use crate::output::Item;

pub use folder::Folder;

/// An open way to the other end.
pub enum Target {
    Folder(Folder),
    #[cfg(feature = "upload")]
    Sftp(Box<sftp::Sftp>),
    #[cfg(feature = "upload")]
    Ftps(Box<ftps::Ftps>),
}

/// What lets us in, and by what we know whom we talk to. Nothing of it is ever printed.
#[derive(Default)]
pub struct Access {
    pub password: Option<String>,
    /// A private key of SSH: its file, its text, and its password.
    pub identity: Option<(PathBuf, String, Option<String>)>,
    /// Where the agent of SSH listens.
    pub agent: Option<PathBuf>,
    /// The fingerprint of the host key, `SHA256:…`.
    pub host_key: Option<String>,
    /// The file of known hosts.
    pub known_hosts: Option<PathBuf>,
    /// Certificates that are trusted instead of those of the web, in PEM.
    pub ca: Option<Vec<u8>>,
}

/// A file on its way.
pub struct Piece<'p> {
    /// Its path in the site.
    pub path: &'p str,
    /// Where it is written.
    pub to: String,
    pub size_bytes: u64,
}

/// Hears of every file that is done.
pub type Done<'d> = dyn FnMut(&str) -> Result<()> + 'd;

/// Calls the same function of each kind of target.
macro_rules! each {
    ($target:expr, $inner:ident => $call:expr) => {
        match $target {
            Target::Folder($inner) => $call,
            #[cfg(feature = "upload")]
            Target::Sftp($inner) => $call,
            #[cfg(feature = "upload")]
            Target::Ftps($inner) => $call,
        }
    };
}

impl Target {
    /// Opens the way to a place.
    pub fn connect(to: &Destination, access: &Access) -> Result<Self, Trouble> {
        match to {
            Destination::Folder(root) => Ok(Self::Folder(Folder::open(root)?)),
            #[cfg(feature = "upload")]
            Destination::Sftp(server) => sftp::Sftp::connect(server, access).map(|sftp| Self::Sftp(Box::new(sftp))),
            #[cfg(feature = "upload")]
            Destination::Ftps(server) => ftps::Ftps::connect(server, access).map(|ftps| Self::Ftps(Box::new(ftps))),
            #[cfg(not(feature = "upload"))]
            Destination::Sftp(_) | Destination::Ftps(_) => {
                let _ = access;
                Err(Trouble::told("chương trình này được tạo không có phần sftp:// và ftps:// (cargo build --features upload)"))
            }
        }
    }

    /// The folder, where the other end is one of this machine.
    pub fn folder(&self) -> Option<PathBuf> {
        match self {
            Self::Folder(folder) => Some(folder.root().to_path_buf()),
            #[cfg(feature = "upload")]
            Self::Sftp(_) | Self::Ftps(_) => None,
        }
    }

    /// The bytes of a file, of which no more than `most_bytes` and one are read; `None` where there is none.
    pub fn read(&mut self, path: &str, most_bytes: u64) -> Result<Option<Vec<u8>>, Trouble> {
        each!(self, target => target.read(path, most_bytes))
    }

    /// What lies in a folder; nothing where there is none.
    pub fn list(&mut self, folder: &str) -> Result<Vec<Item>, Trouble> {
        let mut items = each!(self, target => target.list(folder))?;
        items.retain(|item| item.name != "." && item.name != "..");
        items.sort();
        Ok(items)
    }

    /// Makes folders that are not there yet, those above them first.
    pub fn make_folders(&mut self, folders: &[&str]) -> Result<(), Trouble> {
        each!(self, target => folders.iter().try_for_each(|folder| target.make_folder(folder)))
    }

    /// Writes files of the site, in any order.
    pub fn write(&mut self, pieces: &[Piece<'_>], site: &LocalSite, done: &mut Done<'_>) -> Result<(), Trouble> {
        each!(self, target => target.write(pieces, site, done))
    }

    /// Writes a small file.
    pub fn put(&mut self, path: &str, bytes: &[u8]) -> Result<(), Trouble> {
        each!(self, target => target.put(path, bytes))
    }

    /// Puts files in the place of others, be there one or not, in any order.
    pub fn rename(&mut self, moves: &[(String, String)], done: &mut Done<'_>) -> Result<(), Trouble> {
        each!(self, target => target.rename(moves, done))
    }

    /// Removes files; one that is not there is removed already.
    pub fn remove(&mut self, paths: &[&str], done: &mut Done<'_>) -> Result<(), Trouble> {
        each!(self, target => target.remove(paths, done))
    }

    /// Removes folders in which nothing is left; others stay.
    pub fn remove_folders(&mut self, folders: &[&str]) -> Result<(), Trouble> {
        each!(self, target => folders.iter().try_for_each(|folder| target.remove_folder(folder)))
    }
}

/// What a server said no to.
#[cfg(feature = "upload")]
fn refused(step: &str, path: &str, why: &str) -> Trouble {
    let where_to = if path.is_empty() { "thư mục đăng".to_owned() } else { path.to_owned() };
    Trouble::told(format!("máy chủ không cho {step} {where_to}: {why}"))
}
