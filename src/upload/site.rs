//! What is sent: a built public folder, by its manifest.

use std::io::{self, Read};
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::output::{MANIFEST_NAME, Manifest, ManifestEntry, PublishedFolder, SIGNATURE_NAME, Sha256Sum, is_inside};

/// Folder in which everything is put together at the other end before it goes into its place.
pub const STAGE: &str = ".congbo-upload";

/// A built site on this machine.
pub struct LocalSite {
    folder: PublishedFolder,
    pub manifest: Manifest,
    /// The bytes of the manifest, as they are published.
    pub bytes: Vec<u8>,
    pub sha256: Sha256Sum,
    pub signature: Option<Vec<u8>>,
}

impl LocalSite {
    /// Opens a public folder; fails where it is none of ours.
    pub fn open(root: &Path) -> Result<Self> {
        let advice = || format!("{} không phải thư mục trang do congbo tạo; chạy  congbo build  trước, hoặc chỉ đúng thư mục bằng --from", root.display());
        let folder = PublishedFolder::open(root).with_context(advice)?;
        let bytes = folder.read(MANIFEST_NAME).with_context(advice)?.with_context(advice)?;
        let manifest = Manifest::read(&bytes).with_context(advice)?;
        if let Some(path) = manifest.files.keys().find(|path| !is_sendable(path)) {
            anyhow::bail!("bản kê ở {} có đường dẫn không dùng được: {}", root.display(), path.escape_debug());
        }
        let signature = folder.read(SIGNATURE_NAME).with_context(|| format!("không đọc được {SIGNATURE_NAME}"))?;
        Ok(Self { folder, sha256: Sha256Sum::of(&bytes), manifest, bytes, signature })
    }

    /// A file to read from, which ends in an error where it is not what the manifest says.
    pub fn file(&self, path: &str) -> Result<impl Read + use<>> {
        let changed = || format!("{path} không còn như lúc tạo trang; chạy  congbo build  rồi đăng lại");
        let expected = *self.manifest.files.get(path).with_context(changed)?;
        let inner = self.folder.file(path).with_context(|| format!("không đọc được {path}"))?.with_context(changed)?;
        Ok(Checked { inner, hasher: Sha256::new(), size_bytes: 0, expected })
    }

    /// The files that lie in the folder and are not of the site.
    pub fn others(&self) -> impl Iterator<Item = &str> {
        self.folder.others().filter(|path| !self.manifest.files.contains_key(*path))
    }
}

/// Whether a path may be written at the other end. Manifests of there are not trusted, and a control character would end a
/// command of FTP early.
pub fn is_sendable(path: &str) -> bool {
    is_inside(path) && !path.chars().any(char::is_control) && path.split('/').next() != Some(STAGE) && path.len() <= 1024
}

/// Reads on, and fails at the end where what was read is not what was expected.
struct Checked<R> {
    inner: R,
    hasher: Sha256,
    size_bytes: u64,
    expected: ManifestEntry,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.hasher.update(&buffer[..count]);
        self.size_bytes += count as u64;
        let is_whole = || Sha256Sum(self.hasher.clone().finalize().into()) == self.expected.sha256;
        let is_wrong = self.size_bytes > self.expected.size_bytes || (count == 0 && !buffer.is_empty() && !is_whole());
        if is_wrong { Err(io::Error::other("tệp không còn như lúc tạo trang; chạy  congbo build  rồi đăng lại")) } else { Ok(count) }
    }
}
