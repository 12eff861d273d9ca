//! The only reader of content: a folder becomes a `SourceTree`. Nothing is followed out of the folder,
//! nothing is interpreted; what can't be read is kept as a refusal, so that every problem is told in one run.

mod beside;
mod encoding;
mod inventory;
mod print;
mod published;
mod quotes;
mod stamp;

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, OnceLock};

use anyhow::{Context, Result};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

pub use beside::{read_beside, read_named, read_small_text};
pub use encoding::{Encoding, NoteKind, Remark, decode, saved_again};
pub use inventory::{Inventory, InventoryEntry};
pub use print::{Print, hex};
pub use published::{Unusable, read_published_file};
pub use stamp::Stamp;

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
#[derive(Debug, Clone, Default)]
pub struct SourceTree {
    pub texts: BTreeMap<Arc<str>, SourceText>,
    /// Files that were read and looked at, and whose text is not kept: read again when somebody asks.
    laid_aside: BTreeMap<Arc<str>, OnceLock<String>>,
    /// The folder that paths begin in, from which texts that were laid aside are read.
    project: PathBuf,
    pub attachments: BTreeMap<Arc<str>, SourceAttachment>,
    pub refusals: Vec<Refusal>,
    pub inventory: Inventory,
}

/// Most files that one thread takes at once: at the end none waits long for another.
const SHARE: usize = 64;

/// A text file: NFC, without byte order mark, lines ending in `\n`.
#[derive(Debug, Clone)]
pub struct SourceText {
    pub text: Arc<str>,
    /// What was changed while reading, and characters to look at.
    pub remarks: Vec<Remark>,
    /// Whether it comes with the program and not from the project's folder.
    pub is_shipped: bool,
}

/// Something for each file, sorted by its path in the project.
pub type ByPath<T> = Vec<(Arc<str>, T)>;

/// What to do with a text after it was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    Keep,
    LayAside,
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
    /// Ends in the middle of a letter, or in room that was never filled, behind this line and column: it was copied in part.
    CutOff(u32, u32),
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
        Ok(Self::load_with(project, folder, limits, |_, _| ((), Keeping::Keep))?.0)
    }

    /// The same; `look` sees every text as soon as it is read, on several threads, and says whether it is needed
    /// any longer. What it made of them comes back too, sorted by path.
    pub fn load_with<T: Send>(
        project: &Path,
        folder: &str,
        limits: Limits,
        look: impl Fn(&Arc<str>, &SourceText) -> (T, Keeping) + Sync,
    ) -> Result<(Self, ByPath<T>)> {
        let root = project.join(folder);
        let metadata = fs::symlink_metadata(&root).with_context(|| format!("không mở được thư mục {}", root.display()))?;
        anyhow::ensure!(metadata.is_dir(), "{} không phải là thư mục", root.display());
        let mut tree = Self { project: project.to_path_buf(), ..Self::default() };
        let (entries, problems) = entries(&root)?;
        for (path, reason) in problems {
            tree.refuse(project_path(project, &path), reason);
        }
        let read = |entry| {
            let (path, file) = read_entry(project, &root, entry, limits);
            let (file, made) = match file {
                Ok((Loaded::Text(text), seen)) => {
                    let (made, keeping) = look(&path, &text);
                    (Ok((keeping.of(text), seen)), Some(made))
                }
                file => (file, None),
            };
            (path, file, made)
        };
        let files: Vec<_> = entries.par_iter().with_max_len(SHARE).map(read).collect();
        let mut looked_at = Vec::with_capacity(files.len());
        for (path, file, made) in files {
            looked_at.extend(made.map(|made| (path.clone(), made)));
            match file {
                Ok((loaded, seen)) => {
                    tree.inventory.files.push(InventoryEntry { path: path.clone(), stamp: seen.stamp, print: seen.print });
                    tree.insert(path, loaded);
                }
                Err(reason) => tree.refuse(path, reason),
            }
        }
        tree.inventory.is_whole = tree.refusals.is_empty();
        tree.refusals.sort_by(|left, right| left.path.cmp(&right.path));
        looked_at.sort_by(|left, right| left.0.cmp(&right.0));
        Ok((tree, looked_at))
    }

    /// Reads one file anew, by its path in the project, whose folder was read before. Returns what `look` made of
    /// it where it is a text that could be read, and `None` where the whole folder must be read instead.
    pub fn reread<T>(
        &mut self,
        project: &Path,
        folder: &str,
        path: &Arc<str>,
        limits: Limits,
        look: impl Fn(&Arc<str>, &SourceText) -> (T, Keeping),
    ) -> Option<T> {
        if passes_link(project, Path::new(&**path)) {
            return None;
        }
        let at = self.inventory.files.iter().position(|file| file.path == *path)?;
        let entry = WalkDir::new(project.join(&**path)).max_depth(0).into_iter().next()?.ok()?;
        let (Loaded::Text(text), seen) = read_entry(project, &project.join(folder), &entry, limits).1.ok()? else { return None };
        self.inventory.files[at] = InventoryEntry { path: path.clone(), stamp: seen.stamp, print: seen.print };
        let (made, keeping) = look(path, &text);
        self.texts.remove(path);
        self.laid_aside.remove(path);
        self.insert(path.clone(), keeping.of(text));
        Some(made)
    }

    fn insert(&mut self, path: Arc<str>, loaded: Loaded) {
        match loaded {
            Loaded::Text(text) => drop(self.texts.insert(path, text)),
            Loaded::LaidAside => drop(self.laid_aside.insert(path, OnceLock::new())),
            Loaded::Attachment(attachment) => drop(self.attachments.insert(path, attachment)),
        }
    }

    /// Reads only these files, by their paths in the project; those that can't be read are left out.
    pub fn of_files<'p>(project: &Path, paths: impl IntoParallelIterator<Item = &'p Arc<str>>) -> Self {
        let read = |path: &Arc<str>| {
            let (text, remarks) = decode(&fs::read(project.join(&**path)).ok()?).ok()?;
            Some((path.clone(), SourceText { text: text.into(), remarks, is_shipped: false }))
        };
        Self { texts: paths.into_par_iter().filter_map(read).collect(), ..Self::default() }
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
        match self.texts.get(path) {
            Some(source) => Some(source.text.as_ref()),
            None => self.laid_aside.get(path).map(|text| text.get_or_init(|| self.read_again(path)).as_str()),
        }
    }

    /// The files that were read and whose text is not kept.
    pub fn laid_aside(&self) -> impl Iterator<Item = &Arc<str>> {
        self.laid_aside.keys()
    }

    /// A text as it is now; empty where it can't be read any more.
    fn read_again(&self, path: &str) -> String {
        let bytes = fs::read(self.project.join(path)).ok();
        bytes.and_then(|bytes| decode(&bytes).ok()).map_or_else(String::new, |(text, _)| text)
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

/// The bytes of an attachment that `SourceTree::load` found, read as it reads them: never through a link.
pub fn read_attached_file(project: &Path, path: &str) -> Result<Vec<u8>> {
    let disk_path = project.join(path);
    anyhow::ensure!(!passes_link(project, Path::new(path)), "{} là liên kết", disk_path.display());
    fs::read(&disk_path).with_context(|| format!("không đọc được {}", disk_path.display()))
}

/// Whether a path of the project leads through a link, or out of the project.
fn passes_link(project: &Path, path: &Path) -> bool {
    let mut place = project.to_path_buf();
    path.components().any(|part| {
        place.push(part);
        !matches!(part, Component::Normal(_)) || fs::symlink_metadata(&place).is_ok_and(|metadata| metadata.is_symlink())
    })
}

/// Name, size and time of change of everything below some folders, as one number: what polling compares.
pub fn folders_stamp(folders: &[PathBuf]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for entry in folders.iter().flat_map(|folder| WalkDir::new(folder).follow_links(false).sort_by_file_name()).flatten() {
        let metadata = entry.metadata().ok();
        let changed_at = metadata.as_ref().and_then(|metadata| metadata.modified().ok());
        (entry.path(), metadata.map(|metadata| metadata.len()), changed_at).hash(&mut hasher);
    }
    hasher.finish()
}

/// The text of a settings file that must be known before the folder is read, as it would be read there;
/// `None` where that would be refused.
pub fn read_settings(project: &Path, folder: &str, name: &str) -> Option<String> {
    let (root, path) = (project.join(folder), project.join(folder).join(name));
    let is_plain = fs::symlink_metadata(root).ok()?.is_dir() && fs::symlink_metadata(&path).ok()?.is_file();
    let loaded = is_plain.then(|| read_text(&path, Limits::HIGHEST.source_file_bytes).ok()).flatten();
    loaded.and_then(|(loaded, _)| if let Loaded::Text(source) = loaded { Some(source.text.to_string()) } else { None })
}

/// Whether something is there, file or folder.
pub fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

impl Keeping {
    fn of(self, text: SourceText) -> Loaded {
        match self {
            Self::Keep => Loaded::Text(text),
            Self::LayAside => Loaded::LaidAside,
        }
    }
}

enum Loaded {
    Text(SourceText),
    LaidAside,
    Attachment(SourceAttachment),
}

/// A place that could not be looked at, and why.
type Unseen = (PathBuf, RefusalReason);

/// Everything below the content folder that is no folder, sorted; and what could not be looked at.
fn entries(root: &Path) -> Result<(Vec<walkdir::DirEntry>, Vec<Unseen>)> {
    let (mut entries, mut problems) = (Vec::new(), Vec::new());
    let walk = WalkDir::new(root).follow_links(false).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(|entry| !is_hidden(entry)) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() || is_read_me(root, &entry) => {}
            Ok(entry) => entries.push(entry),
            Err(error) => problems.push((error.path().unwrap_or(root).to_path_buf(), RefusalReason::Unreadable(error.to_string()))),
        }
    }
    Ok((entries, problems))
}

/// A note for people, not content.
fn is_read_me(root: &Path, entry: &walkdir::DirEntry) -> bool {
    entry.file_name().eq_ignore_ascii_case("README.md") && !is_attachment(root, entry.path())
}

fn is_attachment(root: &Path, path: &Path) -> bool {
    path.strip_prefix(root).is_ok_and(|inner| inner.components().any(|c| c.as_os_str() == "files"))
}

/// How a file looked and what was in it when it was read.
struct Seen {
    stamp: Stamp,
    print: Print,
}

fn read_entry(project: &Path, root: &Path, entry: &walkdir::DirEntry, limits: Limits) -> (Arc<str>, Result<(Loaded, Seen), RefusalReason>) {
    let path = project_path(project, entry.path());
    let is_attachment = is_attachment(root, entry.path());
    let loaded = match entry.file_name().to_str() {
        None => Err(RefusalReason::UnusableName),
        Some(_) if entry.path_is_symlink() => Err(RefusalReason::Link),
        Some(_) if !entry.file_type().is_file() => Err(RefusalReason::SpecialFile),
        Some(name) if !is_usable_name(name) => Err(RefusalReason::UnusableName),
        Some(_) if is_attachment => read_attachment(entry.path(), limits.attachment_bytes),
        Some(name) if name.ends_with(".yaml") || name.ends_with(".md") => read_text(entry.path(), limits.source_file_bytes),
        Some(_) => Err(RefusalReason::UnknownKind),
    };
    (path, loaded)
}

fn read_text(path: &Path, limit_bytes: u64) -> Result<(Loaded, Seen), RefusalReason> {
    let (bytes, seen) = read_limited(path, limit_bytes)?;
    let (text, remarks) = decode(&bytes)?;
    Ok((Loaded::Text(SourceText { text: text.into(), remarks, is_shipped: false }), seen))
}

fn read_attachment(path: &Path, limit_bytes: u64) -> Result<(Loaded, Seen), RefusalReason> {
    let (mut file, metadata) = open_limited(path, limit_bytes)?;
    let mut head = Vec::new();
    let mut hasher = Sha256::new();
    let mut read_bytes = 0;
    let mut piece = vec![0; 64 * 1024];
    loop {
        let length = file.read(&mut piece).map_err(unreadable)?;
        if length == 0 {
            break;
        }
        read_bytes += length as u64;
        hasher.update(&piece[..length]);
        let missing = HEAD_BYTES - head.len();
        head.extend_from_slice(&piece[..length.min(missing)]);
    }
    refuse_above(read_bytes, metadata.len(), limit_bytes)?;
    let print = Print(hasher.finalize().into());
    let attachment = SourceAttachment { disk_path: path.to_path_buf(), size_bytes: read_bytes, sha256: hex(&print.0), head };
    Ok((Loaded::Attachment(attachment), Seen { stamp: Stamp::of(&metadata), print }))
}

/// Bytes of an attachment that are kept, enough to know what kind of file it is.
const HEAD_BYTES: usize = 1024;

fn read_limited(path: &Path, limit_bytes: u64) -> Result<(Vec<u8>, Seen), RefusalReason> {
    let (mut file, metadata) = open_limited(path, limit_bytes)?;
    let mut bytes = Vec::with_capacity(metadata.len() as usize + 1);
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    refuse_above(bytes.len() as u64, metadata.len(), limit_bytes)?;
    let seen = Seen { stamp: Stamp::of(&metadata), print: Print::of(&bytes) };
    Ok((bytes, seen))
}

/// A file and what is known of it. At most one byte over the limit can be read from it, so that a file that grows
/// meanwhile is refused too.
fn open_limited(path: &Path, limit_bytes: u64) -> Result<(impl Read, fs::Metadata), RefusalReason> {
    let file = fs::File::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    refuse_above(metadata.len(), metadata.len(), limit_bytes)?;
    Ok((file.take(limit_bytes.saturating_add(1)), metadata))
}

fn refuse_above(read_bytes: u64, size_bytes: u64, limit_bytes: u64) -> Result<(), RefusalReason> {
    if read_bytes <= limit_bytes { Ok(()) } else { Err(RefusalReason::TooLarge { size_bytes: size_bytes.max(read_bytes), limit_bytes }) }
}

fn unreadable(error: std::io::Error) -> RefusalReason {
    RefusalReason::Unreadable(error.to_string())
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
