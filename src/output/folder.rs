//! Staging a site beside its target, and putting it in the target's place.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use super::manifest::{MANIFEST_NAME, Manifest, ManifestEntry};
use super::swap::swap_in;
use super::{OutputBody, OutputFile};

/// A build being written. Dropped before `swap_in`, it leaves the public folder as it was.
pub struct Staging {
    project: PathBuf,
    target: PathBuf,
    stage: PathBuf,
    /// Held until the end: one build at a time.
    _lock: File,
    previous: Manifest,
    written: Mutex<Written>,
}

#[derive(Default)]
struct Written {
    files: BTreeMap<String, ManifestEntry>,
    /// Paths as a file system without case would see them.
    folded: BTreeMap<String, String>,
    folders: BTreeSet<PathBuf>,
}

/// What a finished build did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    pub files: usize,
    pub size_bytes: u64,
    /// Files of the previous build that are gone now.
    pub withdrawn: Vec<String>,
    /// Files that are not ours and stay.
    pub kept: Vec<String>,
}

impl Staging {
    /// Locks the target, clears what a killed build left, and opens an empty stage beside it.
    pub fn begin(target: &Path, project: &Path) -> Result<Self> {
        let name = target.file_name().with_context(|| format!("{} không phải tên một thư mục", target.display()))?.to_string_lossy().into_owned();
        let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(parent).with_context(|| format!("không tạo được thư mục {}", parent.display()))?;
        let lock = lock(&parent.join(format!(".{name}.congbo-lock")))?;
        let (stage, old) = (parent.join(format!(".{name}.congbo-new")), parent.join(format!(".{name}.congbo-old")));
        recover(target, &stage, &old)?;
        let previous = previous_manifest(target)?;
        fs::create_dir(&stage).with_context(|| format!("không tạo được thư mục tạm {}", stage.display()))?;
        let (project, target) = (project.to_path_buf(), target.to_path_buf());
        Ok(Self { project, target, stage, _lock: lock, previous, written: Mutex::default() })
    }

    /// Writes one file into the stage. May be called from many threads.
    pub fn write(&self, file: OutputFile) -> Result<()> {
        let OutputFile { path, body } = file;
        anyhow::ensure!(is_inside(&path), "địa chỉ trang không dùng được: {path}");
        self.claim(&path)?;
        let bytes = match body {
            OutputBody::Bytes(bytes) => bytes,
            OutputBody::Copy(source) => {
                let source = self.project.join(&*source);
                fs::read(&source).with_context(|| format!("không đọc được {}", source.display()))?
            }
        };
        let disk_path = self.stage.join(&path);
        fs::write(&disk_path, &bytes).with_context(|| format!("không ghi được {}", disk_path.display()))?;
        let entry = ManifestEntry { size_bytes: bytes.len() as u64, sha256: crate::source::hex(&Sha256::digest(&bytes)) };
        self.lock_written().files.insert(path, entry);
        Ok(())
    }

    /// Keeps what is not ours, writes the manifest, verifies the stage and puts it in the target's place.
    pub fn swap_in(self) -> Result<Published> {
        let files = std::mem::take(&mut self.lock_written().files);
        let kept = self.keep_foreign_files(&files)?;
        let manifest = Manifest::new(files);
        let manifest_path = self.stage.join(MANIFEST_NAME);
        fs::write(&manifest_path, manifest.to_json()).with_context(|| format!("không ghi được {}", manifest_path.display()))?;
        self.verify(&manifest, &kept)?;
        swap_in(&self.stage, &self.target)?;
        let withdrawn = self.previous.files.keys().filter(|path| !manifest.files.contains_key(*path)).cloned().collect();
        Ok(Published { files: manifest.files.len(), size_bytes: manifest.files.values().map(|entry| entry.size_bytes).sum(), withdrawn, kept })
    }

    fn lock_written(&self) -> std::sync::MutexGuard<'_, Written> {
        self.written.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Reserves a path, so that no two pages ever overwrite each other, and makes its folder.
    fn claim(&self, path: &str) -> Result<()> {
        let mut written = self.lock_written();
        if let Some(other) = written.folded.insert(path.to_lowercase(), path.to_owned()) {
            bail!("hai trang có cùng địa chỉ: {other} và {path}; sửa mã hoặc tên để hai bản ghi khác nhau");
        }
        if let Some(folder) = self.stage.join(path).parent()
            && !written.folders.contains(folder)
        {
            fs::create_dir_all(folder).with_context(|| format!("không tạo được thư mục {}", folder.display()))?;
            written.folders.insert(folder.to_path_buf());
        }
        Ok(())
    }

    /// Takes over files of the target that no build of ours wrote.
    fn keep_foreign_files(&self, ours: &BTreeMap<String, ManifestEntry>) -> Result<Vec<String>> {
        let mut kept = Vec::new();
        if !self.target.is_dir() {
            return Ok(kept);
        }
        for entry in WalkDir::new(&self.target).min_depth(1).sort_by_file_name() {
            let entry = entry.with_context(|| format!("không đọc được {}", self.target.display()))?;
            let path = relative(&self.target, entry.path());
            if path == MANIFEST_NAME || self.previous.files.contains_key(&path) {
                continue;
            }
            let (from, to) = (entry.path(), self.stage.join(&path));
            if entry.file_type().is_dir() {
                let is_empty = fs::read_dir(from).is_ok_and(|mut entries| entries.next().is_none());
                if is_empty {
                    fs::create_dir_all(&to).with_context(|| format!("không tạo được thư mục {}", to.display()))?;
                }
                continue;
            }
            if ours.contains_key(&path) {
                bail!("{} không do congbo tạo nhưng trùng địa chỉ với một trang mới; chuyển tệp đó đi chỗ khác rồi chạy lại", from.display());
            }
            keep(from, &to).with_context(|| format!("không giữ lại được {}", from.display()))?;
            kept.push(path);
        }
        Ok(kept)
    }

    /// The stage holds exactly the files of the manifest, those kept, and nothing else.
    fn verify(&self, manifest: &Manifest, kept: &[String]) -> Result<()> {
        let mut found = 0usize;
        for entry in WalkDir::new(&self.stage).min_depth(1) {
            let entry = entry.with_context(|| format!("không kiểm tra được {}", self.stage.display()))?;
            if entry.file_type().is_dir() {
                continue;
            }
            let path = relative(&self.stage, entry.path());
            if path == MANIFEST_NAME || kept.binary_search(&path).is_ok() {
                continue;
            }
            let size_bytes = entry.metadata().with_context(|| format!("không kiểm tra được {path}"))?.len();
            match manifest.files.get(&path) {
                Some(expected) if expected.size_bytes == size_bytes => found += 1,
                _ => bail!("tệp vừa ghi không nguyên vẹn: {path}"),
            }
        }
        anyhow::ensure!(found == manifest.files.len(), "thiếu {} tệp vừa ghi trong {}", manifest.files.len() - found, self.stage.display());
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // After a swap the stage holds the old site, or is gone.
        let _ = fs::remove_dir_all(&self.stage);
    }
}

fn lock(path: &Path) -> Result<File> {
    let file = File::options().create(true).append(true).open(path).with_context(|| format!("không mở được tệp khóa {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => bail!("một lệnh build khác đang ghi thư mục này ({}); chờ nó xong rồi chạy lại", path.display()),
        Err(fs::TryLockError::Error(error)) => Err(error).with_context(|| format!("không khóa được {}", path.display())),
    }
}

/// Clears what a killed build left behind; we hold the lock, so it is nobody's.
fn recover(target: &Path, stage: &Path, old: &Path) -> Result<()> {
    if !target.exists() && old.exists() {
        fs::rename(old, target).with_context(|| format!("không phục hồi được {}", target.display()))?;
    }
    for leftover in [stage, old] {
        match fs::remove_dir_all(leftover) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error).with_context(|| format!("không dọn được {}", leftover.display())),
            _ => {}
        }
    }
    Ok(())
}

/// The manifest of the target. A folder with files but without a manifest is not ours to replace.
fn previous_manifest(target: &Path) -> Result<Manifest> {
    let metadata = match fs::symlink_metadata(target) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Manifest::default()),
        Err(error) => return Err(error).with_context(|| format!("không đọc được {}", target.display())),
    };
    anyhow::ensure!(metadata.is_dir(), "{} không phải là thư mục; chọn thư mục khác bằng --out", target.display());
    let path = target.join(MANIFEST_NAME);
    match fs::read(&path) {
        Ok(bytes) => Manifest::read(&bytes).with_context(|| format!("{} không phải bản kê của congbo; chọn thư mục khác bằng --out", path.display())),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let is_empty = fs::read_dir(target).with_context(|| format!("không đọc được {}", target.display()))?.next().is_none();
            anyhow::ensure!(is_empty, "thư mục {} đã có tệp không do congbo tạo; chọn thư mục khác bằng --out, hoặc chuyển các tệp đó đi", target.display());
            Ok(Manifest::default())
        }
        Err(error) => Err(error).with_context(|| format!("không đọc được {}", path.display())),
    }
}

fn keep(from: &Path, to: &Path) -> std::io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    if fs::symlink_metadata(from)?.is_symlink() {
        #[cfg(unix)]
        return std::os::unix::fs::symlink(fs::read_link(from)?, to);
    }
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop))
}

/// A path made of plain names only.
fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && path.split('/').all(|part| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\0']))
        && path != MANIFEST_NAME
}

fn relative(root: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(root).unwrap_or(path);
    inner.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
