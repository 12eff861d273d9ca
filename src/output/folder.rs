//! Staging a site beside its target, and putting it in the target's place.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufWriter, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::Mutex;

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use super::compress::{FORMS, Form, is_text};
use super::earlier::{Earlier, EarlierFile, listed, size_bytes};
use super::manifest::{Change, Edition, MANIFEST_NAME, Manifest, ManifestEntry, SIGNATURE_NAME, Sha256Sum, changes_between, write_manifest};
use super::pieces::{Pieces, fill_file};
use super::swap::{beside, ensure_replaceable, swap_in};
use super::zipped::zip_folder;
use super::{Fill, OutputBody, OutputFile, Sink, is_inside, tree, write_file};
use crate::source::{Print, Stamp, read_attached_file};

/// A build being written. Dropped before `swap_in`, it leaves the public folder as it was.
pub struct Staging<'a> {
    project: PathBuf,
    target: PathBuf,
    stage: PathBuf,
    /// Held until the end: one build at a time.
    _lock: File,
    previous: Arc<Manifest>,
    /// The manifest that this one comes after.
    before: Option<Before>,
    as_of: String,
    sign: Option<&'a Sign<'a>>,
    earlier: Earlier,
    written: Mutex<Vec<EarlierFile>>,
    compresses: bool,
    /// Whether the target never comes to be, so that nobody locks it again.
    is_passing: bool,
    on_file: &'a (dyn Fn() + Sync),
}

/// Makes the signature of the bytes of a manifest; `None` where the one that is there, if any, still holds.
pub type Sign<'s> = dyn Fn(&[u8], Option<&str>) -> Result<Option<String>> + Sync + 's;

/// A manifest that was published before, and the SHA-256 of its bytes.
#[derive(Debug, Clone)]
pub struct Before {
    pub manifest: Arc<Manifest>,
    pub sha256: Sha256Sum,
}

impl Before {
    /// Takes the bytes of a manifest; `None` where they are none of ours.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        Some(Self { manifest: Manifest::read(bytes)?.into(), sha256: Sha256Sum::of(bytes) })
    }

    /// The manifest of a folder that was published elsewhere; `None` where it has none that can be used.
    pub fn of_folder(folder: &Path) -> Option<Self> {
        Self::read(&fs::read(folder.join(MANIFEST_NAME)).ok()?)
    }
}

/// What a finished build did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    pub files: usize,
    pub size_bytes: u64,
    /// What is not as it was before, the manifest itself left out.
    pub changes: Vec<Change>,
    /// Files that are not ours and stay.
    pub kept: Vec<String>,
    /// Number of the site in the row of those published here.
    pub counter: u64,
    pub signature: SignatureState,
}

/// What became of the signature of the manifest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SignatureState {
    #[default]
    None,
    Made,
    /// The one that was there still holds.
    Kept,
    /// The one that was there no longer held, and nobody signed anew.
    Dropped,
}

impl<'a> Staging<'a> {
    /// Locks the target, clears what a killed build left, and opens an empty stage beside it.
    /// Files of an earlier build may be taken over from the target. `on_file` hears of every other one.
    pub fn begin(target: &Path, project: &Path, earlier: Option<Earlier>, on_file: &'a (dyn Fn() + Sync)) -> Result<Self> {
        anyhow::ensure!(target.file_name().is_some(), "{} không phải tên một thư mục", target.display());
        let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(parent).with_context(|| format!("không tạo được thư mục {}", parent.display()))?;
        let lock = lock(&beside(target, "lock"))?;
        let (stage, old) = (beside(target, "new"), beside(target, "old"));
        recover(target, &stage, &old)?;
        ensure_replaceable(target)?;
        let earlier = earlier.unwrap_or_default();
        let before = previous_manifest(target)?;
        let previous = before.as_ref().map_or_else(|| earlier.manifest().into(), |before| before.manifest.clone());
        fs::create_dir(&stage).with_context(|| format!("không tạo được thư mục tạm {}", stage.display()))?;
        let (project, target) = (project.to_path_buf(), target.to_path_buf());
        let (as_of, written) = (String::new(), Mutex::default());
        Ok(Self { project, target, stage, _lock: lock, previous, before, as_of, sign: None, earlier, written, compresses: false, is_passing: false, on_file })
    }

    /// Locks the place of a zip, and opens an empty stage beside it for what goes into it.
    pub fn for_zip(archive: &Path, project: &Path, on_file: &'a (dyn Fn() + Sync)) -> Result<Self> {
        anyhow::ensure!(!archive.is_dir(), "{} là thư mục; ghi tên tệp, ví dụ  --out goi.zip", archive.display());
        let name = archive.file_name().with_context(|| format!("{} không phải tên một tệp", archive.display()))?.to_string_lossy().into_owned();
        let passing = archive.with_file_name(format!("{name}.congbo"));
        let mut staging = Self::begin(&passing, project, None, on_file)?;
        staging.is_passing = true;
        Ok(staging)
    }

    /// With the day of the build, `2026-03-05`.
    pub fn on(mut self, as_of: impl Into<String>) -> Self {
        self.as_of = as_of.into();
        self
    }

    /// After a manifest that was published elsewhere, where there is one, instead of that of the target.
    pub fn after(mut self, before: Option<Before>) -> Self {
        if before.is_some() {
            self.before = before;
        }
        self
    }

    /// Signed.
    pub fn signed(mut self, sign: Option<&'a Sign<'a>>) -> Self {
        self.sign = sign;
        self
    }

    /// Whether every text gets compressed copies beside it.
    pub fn compressing(mut self, compresses: bool) -> Self {
        self.compresses = compresses;
        self
    }

    /// The copies that a file has beside it.
    fn forms(&self, path: &str) -> &'static [Form] {
        if self.compresses && is_text(path) { &FORMS } else { &[] }
    }

    fn write_one(&self, path: String, bytes: &[u8], key: &Print) -> Result<()> {
        self.in_stage(&path, |to| write_file(to, bytes)).with_context(|| format!("không ghi được {}", self.stage.join(&path).display()))?;
        let entry = ManifestEntry::of(bytes);
        self.lock_written().push(EarlierFile { path: path.into(), key: *key, entry });
        Ok(())
    }

    /// Keeps what is not ours, writes the manifest, verifies the stage, puts it in the target's place and
    /// removes the old site. Returns also what may be kept for the next build.
    pub fn swap_in(self) -> Result<(Published, Option<Earlier>)> {
        let files = self.take_written()?;
        let before = self.before.as_ref();
        let edition = Edition::after(listed(&files), &self.as_of, before.map(|before| &*before.manifest), before.map(|before| before.sha256));
        let kept = self.keep_foreign_files(&files)?;
        let sign = || self.put_signature(&self.put_manifest(&edition, &files)?);
        let (signature, stamps) = rayon::join(sign, || self.verify(&files));
        let (signature, stamps) = (signature?, stamps?);
        swap_in(&self.stage, &self.target)?;
        // After a swap the stage holds the old site, or is gone. A rest is cleared by the next build.
        let _ = tree::remove(&self.stage);
        let published = Published {
            files: files.len(),
            size_bytes: size_bytes(&files),
            changes: changes_between(&self.previous.files, listed(&files)),
            kept,
            counter: edition.counter,
            signature,
        };
        Ok((published, Earlier::new(&self.target, files, stamps, edition)))
    }

    /// Writes the manifest, verifies the stage and puts everything into one zip, whose files bear the date `on`: the old
    /// zip or the new one lies there, never half of one.
    pub fn pack(self, archive: &Path, on: jiff::civil::Date) -> Result<Published> {
        let files = self.take_written()?;
        let edition = Edition::after(listed(&files), &self.as_of, None, None);
        let _ = self.put_manifest(&edition, &files)?;
        let _ = self.verify(&files)?;
        let names = files.iter().map(|file| &*file.path).chain([MANIFEST_NAME]);
        let size_bytes = zip_folder(&self.stage, names, archive, on).with_context(|| format!("không ghi được {}", archive.display()))?;
        Ok(Published { files: files.len(), size_bytes, counter: edition.counter, ..Published::default() })
    }

    /// What was written, sorted by path. Fails where two files have one address.
    fn take_written(&self) -> Result<Vec<EarlierFile>> {
        let mut files = std::mem::take(&mut *self.lock_written());
        refuse_shared_addresses(&files)?;
        files.par_sort_unstable_by(|left, right| left.path.cmp(&right.path));
        Ok(files)
    }

    /// Writes the manifest, and returns where it lies.
    fn put_manifest(&self, edition: &Edition, files: &[EarlierFile]) -> Result<PathBuf> {
        let place = self.stage.join(MANIFEST_NAME);
        Pieces::create(&place)
            .and_then(|file| write_manifest(edition, listed(files), BufWriter::new(file)))
            .with_context(|| format!("không ghi được {}", place.display()))?;
        Ok(place)
    }

    /// Signs the manifest in the stage where somebody wants it signed. A signature that was there stays as long as it holds.
    fn put_signature(&self, manifest: &Path) -> Result<SignatureState> {
        let old = fs::read_to_string(self.target.join(SIGNATURE_NAME)).ok();
        if self.sign.is_none() && old.is_none() {
            return Ok(SignatureState::None);
        }
        let bytes = fs::read(manifest).with_context(|| format!("không đọc được {}", manifest.display()))?;
        let is_same = fs::read(self.target.join(MANIFEST_NAME)).is_ok_and(|published| published == bytes);
        let old = old.filter(|_| is_same);
        let (text, state) = match (self.sign, old) {
            (Some(sign), old) => match (sign(&bytes, old.as_deref())?, old) {
                (Some(new), _) => (new, SignatureState::Made),
                (None, Some(old)) => (old, SignatureState::Kept),
                (None, None) => return Ok(SignatureState::None),
            },
            (None, Some(old)) => (old, SignatureState::Kept),
            (None, None) => return Ok(SignatureState::Dropped),
        };
        let place = self.stage.join(SIGNATURE_NAME);
        write_file(&place, text.as_bytes()).with_context(|| format!("không ghi được {}", place.display()))?;
        Ok(state)
    }

    fn lock_written(&self) -> std::sync::MutexGuard<'_, Vec<EarlierFile>> {
        self.written.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Takes over files of the target that no build of ours wrote.
    fn keep_foreign_files(&self, ours: &[EarlierFile]) -> Result<Vec<String>> {
        let mut kept = Vec::new();
        if !self.target.is_dir() {
            return Ok(kept);
        }
        let mut found = tree::list(&self.target).with_context(|| format!("không đọc được {}", self.target.display()))?;
        found.retain(|path| path.to_str().is_none_or(|path| path != MANIFEST_NAME && path != SIGNATURE_NAME && !self.previous.files.contains_key(path)));
        found.sort_unstable();
        for path in found {
            let (from, to, path) = (self.target.join(&path), self.stage.join(&path), path.to_string_lossy());
            if path.ends_with('/') {
                fs::create_dir_all(&to).with_context(|| format!("không tạo được thư mục {}", to.display()))?;
                continue;
            }
            if ours.binary_search_by(|file| (*file.path).cmp(&path)).is_ok() {
                bail!("{} không do congbo tạo nhưng trùng địa chỉ với một trang mới; chuyển tệp đó đi chỗ khác rồi chạy lại", from.display());
            }
            keep(&from, &to).with_context(|| format!("không giữ lại được {}", from.display()))?;
            kept.push(path.into_owned());
        }
        Ok(kept)
    }

    /// Every file lies in the stage with the size that the manifest says. Returns how each looks, as far as it will look
    /// so in the target too: one that the old site shares looks otherwise as soon as that is removed.
    fn verify(&self, files: &[EarlierFile]) -> Result<Vec<Stamp>> {
        let mut stamps = vec![Stamp::default(); files.len()];
        files.par_iter().zip(&mut stamps).try_for_each(|(file, stamp)| {
            let metadata = fs::symlink_metadata(self.stage.join(&*file.path)).with_context(|| format!("không kiểm tra được {}", file.path))?;
            anyhow::ensure!(metadata.is_file() && metadata.len() == file.entry.size_bytes, "tệp vừa ghi không nguyên vẹn: {}", file.path);
            *stamp = Stamp::of_only(&metadata).unwrap_or_default();
            Ok(())
        })?;
        Ok(stamps)
    }

    /// Runs `step` on the path of a file in the stage, and once more where its folder was missing.
    fn in_stage<T>(&self, path: &str, step: impl Fn(&Path) -> io::Result<T>) -> io::Result<T> {
        let place = self.stage.join(path);
        if let Some(folder) = place.parent() {
            match fs::create_dir(folder) {
                Err(error) if error.kind() == ErrorKind::NotFound => fs::create_dir_all(folder)?,
                Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
                _ => {}
            }
        }
        step(&place)
    }
}

/// Whether a killed build left something beside the target that the next one clears.
pub fn has_leftovers(target: &Path) -> bool {
    ["new", "old"].iter().any(|ending| fs::symlink_metadata(beside(target, ending)).is_ok())
}

impl Sink for Staging<'_> {
    fn reuse(&self, path: &str, key: &Print) -> Result<bool> {
        let whole = std::iter::once(path.to_owned()).chain(self.forms(path).iter().map(|form| form.copy_of(path)));
        let found: Option<Vec<&EarlierFile>> = whole.map(|path| self.earlier.same_file(&path, key, &self.target)).collect();
        let Some(files) = found else { return Ok(false) };
        for (linked, file) in files.iter().enumerate() {
            // Where a file can't be linked all are made again, and a real obstacle shows then.
            if self.in_stage(&file.path, |to| fs::hard_link(self.target.join(&*file.path), to)).is_err() {
                files[..linked].iter().try_for_each(|file| fs::remove_file(self.stage.join(&*file.path)))?;
                return Ok(false);
            }
        }
        self.lock_written().extend(files.into_iter().cloned());
        Ok(true)
    }

    fn write(&self, file: OutputFile, key: &Print) -> Result<()> {
        let OutputFile { path, body } = file;
        anyhow::ensure!(is_inside(&path), "địa chỉ trang không dùng được: {path}");
        let bytes = match body {
            OutputBody::Bytes(bytes) => bytes,
            // By now it may have become a link out of the project.
            OutputBody::Copy(source) => read_attached_file(&self.project, &source)?,
        };
        for form in self.forms(&path) {
            let copy = form.copy_of(&path);
            let compressed = form.compress(&bytes).with_context(|| format!("không nén được {path}"))?;
            self.write_one(copy, &compressed, key)?;
        }
        self.write_one(path, &bytes, key)?;
        (self.on_file)();
        Ok(())
    }

    fn write_pieces(&self, path: &str, key: Option<&Print>, fill: &Fill<'_>) -> Result<Print> {
        anyhow::ensure!(is_inside(path), "địa chỉ trang không dùng được: {path}");
        let failed = || format!("không ghi được {}", self.stage.join(path).display());
        let make = || fill_file(self.in_stage(path, Pieces::create).with_context(failed)?, fill).with_context(failed);
        let mut entry = make()?;
        let print = Print(entry.sha256.0);
        // What came out as it was is the same file, with its copies.
        if key.is_none() && self.earlier.file(path).is_some_and(|file| file.key == print) {
            fs::remove_file(self.stage.join(path)).with_context(failed)?;
            if self.reuse(path, &print)? {
                return Ok(print);
            }
            entry = make()?;
        }
        (self.on_file)();
        let key = key.copied().unwrap_or(print);
        self.lock_written().push(EarlierFile { path: path.into(), key, entry });
        for form in self.forms(path) {
            let copy = form.copy_of(path);
            let file = self.in_stage(&copy, Pieces::create).with_context(failed)?;
            let entry = fill_file(file, &|out| form.compress_pieces(out, fill)).with_context(failed)?;
            self.lock_written().push(EarlierFile { path: copy.into(), key, entry });
        }
        Ok(key)
    }
}

impl Drop for Staging<'_> {
    fn drop(&mut self) {
        let _ = tree::remove(&self.stage);
        if self.is_passing {
            let _ = fs::remove_file(beside(&self.target, "lock"));
        }
    }
}

/// Two pages at one address, be it only for file systems without case, must never overwrite each other.
fn refuse_shared_addresses(files: &[EarlierFile]) -> Result<()> {
    let hash = |path: &str| {
        let mut hasher = DefaultHasher::new();
        path.chars().flat_map(char::to_lowercase).for_each(|c| c.hash(&mut hasher));
        hasher.finish()
    };
    let mut hashed: Vec<(u64, &str)> = files.par_iter().map(|file| (hash(&file.path), &*file.path)).collect();
    hashed.par_sort_unstable();
    // Equal hashes stand side by side; whether the paths are equal too is looked at then.
    let alike = |group: &[(u64, &str)]| {
        let mut folded: Vec<(String, String)> = group.iter().map(|(_, path)| (path.to_lowercase(), (*path).to_owned())).collect();
        folded.sort_unstable();
        folded.windows(2).find(|pair| pair[0].0 == pair[1].0).map(|pair| (pair[0].1.clone(), pair[1].1.clone()))
    };
    match hashed.chunk_by(|left, right| left.0 == right.0).filter(|group| group.len() > 1).find_map(alike) {
        Some((first, second)) => bail!("hai trang có cùng địa chỉ: {first} và {second}; sửa mã hoặc tên để hai bản ghi khác nhau"),
        None => Ok(()),
    }
}

pub(super) fn lock(path: &Path) -> Result<File> {
    let file = File::options().create(true).append(true).open(path).with_context(|| format!("không mở được tệp khóa {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => bail!("một lệnh build khác đang ghi thư mục này ({}); chờ nó xong rồi chạy lại", path.display()),
        Err(fs::TryLockError::Error(error)) => Err(error).with_context(|| format!("không khóa được {}", path.display())),
    }
}

/// Clears what a killed build left behind; we hold the lock, so it is nobody's.
pub(super) fn recover(target: &Path, stage: &Path, old: &Path) -> Result<()> {
    if fs::symlink_metadata(target).is_err() && old.exists() {
        fs::rename(old, target).with_context(|| format!("không phục hồi được {}", target.display()))?;
    }
    [stage, old].into_iter().try_for_each(|leftover| tree::remove(leftover).with_context(|| format!("không dọn được {}", leftover.display())))
}

/// The manifest of the target, where there is a site. A folder with files but without a manifest is not
/// ours to replace.
fn previous_manifest(target: &Path) -> Result<Option<Before>> {
    let metadata = match fs::symlink_metadata(target) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("không đọc được {}", target.display())),
    };
    if let Ok(end) = fs::read_link(target) {
        bail!("{} là liên kết, không thay thế được; ghi thẳng vào thư mục thật:  --out {}", target.display(), end.display());
    }
    anyhow::ensure!(metadata.is_dir(), "{} không phải là thư mục; chọn thư mục khác bằng --out", target.display());
    let path = target.join(MANIFEST_NAME);
    match fs::read(&path) {
        Ok(bytes) => {
            let before = Before::read(&bytes).with_context(|| format!("{} không phải bản kê của congbo, hoặc đã hỏng; nếu thư mục này do congbo tạo thì xóa đi rồi chạy lại, nếu không thì chọn thư mục khác bằng --out", path.display()))?;
            Ok(Some(before))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let is_empty = fs::read_dir(target).with_context(|| format!("không đọc được {}", target.display()))?.next().is_none();
            anyhow::ensure!(is_empty, "thư mục {} đã có tệp không do congbo tạo; chọn thư mục khác bằng --out, hoặc chuyển các tệp đó đi", target.display());
            Ok(None)
        }
        Err(error) => Err(error).with_context(|| format!("không đọc được {}", path.display())),
    }
}

/// The paths that the site in a public folder has, sorted; none where there is no site of ours.
pub fn published_paths(target: &Path) -> Vec<Arc<str>> {
    let manifest = fs::read(target.join(MANIFEST_NAME)).ok().and_then(|bytes| Manifest::read(&bytes));
    manifest.map(|manifest| manifest.files.into_keys().collect()).unwrap_or_default()
}

pub(super) fn keep(from: &Path, to: &Path) -> std::io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    if fs::symlink_metadata(from)?.is_symlink() {
        #[cfg(unix)]
        return std::os::unix::fs::symlink(fs::read_link(from)?, to);
    }
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop))
}
