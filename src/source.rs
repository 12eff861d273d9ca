//! The only reader of content: a folder becomes a `SourceTree`. Nothing is followed out of the folder,
//! nothing is interpreted; what can't be read is kept as a refusal, so that every problem is told in one run.

mod encoding;

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

pub use encoding::{Encoding, NoteKind, Remark, decode};

/// Sizes above which a file is refused; `site.yaml` may change them.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// A YAML or Markdown file.
    pub source_file_bytes: u64,
    /// An attachment.
    pub attachment_bytes: u64,
}

impl Limits {
    /// The highest that `site.yaml` may set: more would take more memory than the machine of an office has.
    pub const HIGHEST: Self = Self { source_file_bytes: 4 * 1024 * 1024, attachment_bytes: 200 * 1024 * 1024 };
}

impl Default for Limits {
    fn default() -> Self {
        Self { source_file_bytes: 1024 * 1024, attachment_bytes: 20 * 1024 * 1024 }
    }
}

/// All files of a content folder, by their path in the project (`content/site.yaml`).
#[derive(Debug, Default)]
pub struct SourceTree {
    pub texts: BTreeMap<Arc<str>, SourceText>,
    pub attachments: BTreeMap<Arc<str>, SourceAttachment>,
    pub refusals: Vec<Refusal>,
}

/// A text file: NFC, without byte order mark, lines ending in `\n`.
#[derive(Debug, Clone)]
pub struct SourceText {
    pub text: Arc<str>,
    /// What was changed while reading, and characters to look at.
    pub remarks: Vec<Remark>,
    /// Whether it comes with the program and not from the project's folder.
    pub is_shipped: bool,
}

/// A file below `files/`; its bytes stay on the disk.
#[derive(Debug, Clone)]
pub struct SourceAttachment {
    pub disk_path: PathBuf,
    pub size_bytes: u64,
    /// SHA-256 in small hexadecimal letters.
    pub sha256: String,
    /// The first bytes, enough to know what kind of file it is.
    pub head: Vec<u8>,
}

/// A file that was not read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub path: Arc<str>,
    pub reason: RefusalReason,
}

/// Why a file was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusalReason {
    /// A symbolic link, or a file reached through one.
    Link,
    /// A pipe, a socket or a device.
    SpecialFile,
    TooLarge {
        size_bytes: u64,
        limit_bytes: u64,
    },
    /// Not UTF-8; the encoding it looks like, and the line of the first byte that is not.
    Encoding {
        looks_like: Encoding,
        line: u32,
        column: u32,
    },
    /// Neither YAML, nor Markdown, nor below `files/`.
    UnknownKind,
    /// A file name that is not UTF-8 or that Windows can't store.
    UnusableName,
    /// The system's own words.
    Unreadable(String),
}

impl SourceTree {
    /// Reads every file below `project/folder`. Fails only when the folder itself can't be opened.
    pub fn load(project: &Path, folder: &str, limits: Limits) -> Result<Self> {
        let root = project.join(folder);
        let metadata = fs::symlink_metadata(&root).with_context(|| format!("không mở được thư mục {}", root.display()))?;
        anyhow::ensure!(metadata.is_dir(), "{} không phải là thư mục", root.display());
        let mut tree = Self::default();
        let mut entries = Vec::new();
        let walk = WalkDir::new(&root).follow_links(false).sort_by_file_name();
        for entry in walk.into_iter().filter_entry(|entry| !is_hidden(entry)) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => entries.push(entry),
                Err(error) => {
                    let path = error.path().unwrap_or(&root).to_path_buf();
                    tree.refuse(project_path(project, &path), RefusalReason::Unreadable(error.to_string()));
                }
            }
        }
        let files: Vec<_> = entries.par_iter().filter_map(|entry| read_entry(project, &root, entry, limits)).collect();
        for (path, file) in files {
            match file {
                Ok(Loaded::Text(text)) => drop(tree.texts.insert(path, text)),
                Ok(Loaded::Attachment(attachment)) => drop(tree.attachments.insert(path, attachment)),
                Err(reason) => tree.refuse(path, reason),
            }
        }
        tree.refusals.sort_by(|left, right| left.path.cmp(&right.path));
        Ok(tree)
    }

    /// Adds a text that comes with the program.
    pub fn insert_shipped(&mut self, path: &str, text: &str) {
        self.insert_text(path, text);
        if let Some(source) = self.texts.get_mut(path) {
            source.is_shipped = true;
        }
    }

    /// Adds a text as if it had been read from the disk.
    pub fn insert_text(&mut self, path: &str, text: &str) {
        match decode(text.as_bytes()) {
            Ok((text, remarks)) => drop(self.texts.insert(path.into(), SourceText { text: text.into(), remarks, is_shipped: false })),
            Err(reason) => self.refuse(path.into(), reason),
        }
    }

    /// The text of a file, if it was read.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(|source| source.text.as_ref())
    }

    fn refuse(&mut self, path: Arc<str>, reason: RefusalReason) {
        self.refusals.push(Refusal { path, reason });
    }
}

/// A text file outside of any content folder, such as a theme's template, read with the same care.
pub fn read_folder(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in WalkDir::new(folder).follow_links(false).sort_by_file_name() {
        let entry = entry.with_context(|| format!("không đọc được thư mục {}", folder.display()))?;
        if entry.file_type().is_file() {
            let bytes = fs::read(entry.path()).with_context(|| format!("không đọc được {}", entry.path().display()))?;
            files.insert(project_path(folder, entry.path()).to_string(), bytes);
        }
    }
    Ok(files)
}

/// One file named on the command line, as text in UTF-8.
pub fn read_named_file(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("không đọc được {}", path.display()))?;
    String::from_utf8(bytes).with_context(|| format!("{} không phải là văn bản UTF-8", path.display()))
}

/// One file named on the command line, line by line: a line that is not UTF-8 becomes one replacement
/// character, which is no record of anything, so that its number is told and the other lines are kept.
pub fn read_named_lines(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("không đọc được {}", path.display()))?;
    let lines = bytes.split(|byte| *byte == b'\n').map(|line| std::str::from_utf8(line).unwrap_or("\u{FFFD}"));
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

/// The text of a settings file that must be known before the folder is read, as it would be read there;
/// `None` where that would be refused.
pub fn read_settings(path: &Path) -> Option<String> {
    let is_file = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file());
    is_file.then(|| read_text(path, Limits::HIGHEST.source_file_bytes).ok()).flatten().map(|source| source.text.to_string())
}

/// Whether something is there, file or folder.
pub fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

enum Loaded {
    Text(SourceText),
    Attachment(SourceAttachment),
}

type ReadEntry = (Arc<str>, Result<Loaded, RefusalReason>);

fn read_entry(project: &Path, root: &Path, entry: &walkdir::DirEntry, limits: Limits) -> Option<ReadEntry> {
    let path = project_path(project, entry.path());
    let is_attachment = entry.path().strip_prefix(root).is_ok_and(|inner| inner.components().any(|c| c.as_os_str() == "files"));
    let name = entry.file_name().to_str();
    if !is_attachment && name.is_some_and(|name| name.eq_ignore_ascii_case("README.md")) {
        return None;
    }
    let loaded = match name {
        None => Err(RefusalReason::UnusableName),
        Some(_) if entry.path_is_symlink() => Err(RefusalReason::Link),
        Some(_) if !entry.file_type().is_file() => Err(RefusalReason::SpecialFile),
        Some(name) if !is_usable_name(name) => Err(RefusalReason::UnusableName),
        Some(_) if is_attachment => read_attachment(entry.path(), limits.attachment_bytes).map(Loaded::Attachment),
        Some(name) if name.ends_with(".yaml") || name.ends_with(".md") => read_text(entry.path(), limits.source_file_bytes).map(Loaded::Text),
        Some(_) => Err(RefusalReason::UnknownKind),
    };
    Some((path, loaded))
}

fn read_text(path: &Path, limit_bytes: u64) -> Result<SourceText, RefusalReason> {
    let bytes = read_limited(path, limit_bytes)?;
    let (text, remarks) = decode(&bytes)?;
    Ok(SourceText { text: text.into(), remarks, is_shipped: false })
}

fn read_attachment(path: &Path, limit_bytes: u64) -> Result<SourceAttachment, RefusalReason> {
    let (mut file, size_bytes) = open_limited(path, limit_bytes)?;
    let mut head = Vec::new();
    let mut hash = Sha256::new();
    let mut read_bytes = 0;
    let mut piece = vec![0; 64 * 1024];
    loop {
        let length = file.read(&mut piece).map_err(unreadable)?;
        if length == 0 {
            break;
        }
        read_bytes += length as u64;
        hash.update(&piece[..length]);
        let missing = HEAD_BYTES - head.len();
        head.extend_from_slice(&piece[..length.min(missing)]);
    }
    refuse_above(read_bytes, size_bytes, limit_bytes)?;
    Ok(SourceAttachment { disk_path: path.to_path_buf(), size_bytes: read_bytes, sha256: hex(&hash.finalize()), head })
}

/// Bytes of an attachment that are kept, enough to know what kind of file it is.
const HEAD_BYTES: usize = 1024;

fn read_limited(path: &Path, limit_bytes: u64) -> Result<Vec<u8>, RefusalReason> {
    let (mut file, size_bytes) = open_limited(path, limit_bytes)?;
    let mut bytes = Vec::with_capacity(size_bytes as usize + 1);
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    refuse_above(bytes.len() as u64, size_bytes, limit_bytes)?;
    Ok(bytes)
}

/// A file and its size. At most one byte over the limit can be read from it, so that a file that grows
/// meanwhile is refused too.
fn open_limited(path: &Path, limit_bytes: u64) -> Result<(impl Read, u64), RefusalReason> {
    let file = fs::File::open(path).map_err(unreadable)?;
    let size_bytes = file.metadata().map_err(unreadable)?.len();
    refuse_above(size_bytes, size_bytes, limit_bytes)?;
    Ok((file.take(limit_bytes.saturating_add(1)), size_bytes))
}

fn refuse_above(read_bytes: u64, size_bytes: u64, limit_bytes: u64) -> Result<(), RefusalReason> {
    if read_bytes <= limit_bytes { Ok(()) } else { Err(RefusalReason::TooLarge { size_bytes: size_bytes.max(read_bytes), limit_bytes }) }
}

fn unreadable(error: std::io::Error) -> RefusalReason {
    RefusalReason::Unreadable(error.to_string())
}

/// Small hexadecimal letters, two a byte.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn is_hidden(entry: &walkdir::DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().to_str().is_some_and(|name| name.starts_with('.') || name.starts_with("~$"))
}

fn is_usable_name(name: &str) -> bool {
    !name.ends_with(['.', ' ']) && !name.chars().any(|c| c.is_control() || r#"<>:"|?*\"#.contains(c))
}

fn project_path(project: &Path, path: &Path) -> Arc<str> {
    let inner = path.strip_prefix(project).unwrap_or(path);
    inner.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/").into()
}
