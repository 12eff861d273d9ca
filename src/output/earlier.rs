//! What an earlier build made, and from what: kept in the cache folder so that a page need not be made
//! again. Whoever deletes or damages the file, or builds with another version, only waits longer.

use std::fs;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::manifest::{Edition, Files, MANIFEST_NAME, Manifest, ManifestEntry};
use super::pieces::{BUFFER_BYTES, Hashing};
use super::{Pieces, write_whole};
use crate::source::{Print, Stamp};

/// First bytes of the file: its name and the version of its form.
const MAGIC: &[u8; 16] = b"congbo-build-v5\n";

/// An earlier build into one folder.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Earlier {
    /// The program that built it: another one makes other pages.
    program: Program,
    /// Sorted by path.
    files: Vec<EarlierFile>,
    /// How each file looked when the build was done: another look, and it is made again.
    stamps: Vec<Stamp>,
    manifest: Option<Stamp>,
    edition: Edition,
    /// What `pipeline` keeps here to know a build of the same things again.
    pub note: Vec<u8>,
}

/// A program: its length, its beginning, where linkers write down which build it is (the build id of ELF, the UUID of
/// Mach-O, the time stamp of PE), and its end, where they list what is in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Program(Print);

/// How much of the beginning and of the end of a program is looked at.
const PROGRAM_PART: u64 = 64 * 1024;

impl Program {
    fn of(path: &Path) -> std::io::Result<Self> {
        let mut file = fs::File::open(path)?;
        let length = file.metadata()?.len();
        let mut part = |from: u64| -> std::io::Result<Vec<u8>> {
            let mut bytes = Vec::new();
            file.seek(SeekFrom::Start(from))?;
            Read::by_ref(&mut file).take(PROGRAM_PART).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        let (head, tail) = (part(0)?, part(length.saturating_sub(PROGRAM_PART))?);
        Ok(Self(Print::of_pieces(&[&length.to_le_bytes(), &head, &tail])))
    }
}

/// A file of the public folder.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EarlierFile {
    pub path: Arc<str>,
    pub key: Print,
    pub entry: ManifestEntry,
}

impl EarlierFile {
    /// Whether the file still lies in `target` as it was made, when it looked like `stamp`. What looks otherwise than it
    /// did (copied from elsewhere, say) is read and compared.
    fn is_at(&self, target: &Path, stamp: Stamp) -> bool {
        let place = target.join(&*self.path);
        match Stamp::of_path(&place) {
            Some(found) if found == stamp => true,
            Some(_) => fs::read(&place).is_ok_and(|bytes| ManifestEntry::of(&bytes) == self.entry),
            None => false,
        }
    }
}

impl Earlier {
    /// Where the build into `target` is kept, in the cache folder.
    pub fn place(cache: &Path, target: &Path) -> PathBuf {
        let name = crate::source::hex(&Print::of_pieces(&[target.to_string_lossy().as_bytes()]).0[..8]);
        cache.join(format!("build-{name}"))
    }

    /// Reads what is kept; nothing where it is not there, damaged, or made by another program than the one at `program`.
    pub fn read(place: &Path, program: &Path) -> Option<Self> {
        let bytes = fs::read(place).ok()?;
        let rest = bytes.strip_prefix(MAGIC)?;
        let (payload, print) = rest.split_at_checked(rest.len().checked_sub(32)?)?;
        if Print::of(payload).0 != print {
            return None;
        }
        postcard::from_bytes::<Self>(payload)
            .ok()
            .filter(|earlier| earlier.files.len() == earlier.stamps.len() && Program::of(program).is_ok_and(|running| earlier.program == running))
    }

    /// Keeps a build of the program at `program`. A cache that can't be written costs time later, nothing else.
    pub fn write(mut self, place: &Path, program: &Path) -> std::io::Result<()> {
        self.program = Program::of(program)?;
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder)?;
        }
        write_whole(place, |partial| self.write_to(partial))
    }

    /// The name of the form, the build, and the print of it by which damage is known.
    fn write_to(&self, place: &Path) -> std::io::Result<()> {
        let mut file = Pieces::create(place)?;
        file.write_all(MAGIC)?;
        let mut printed = BufWriter::with_capacity(BUFFER_BYTES, Hashing::new(file));
        postcard::to_io(self, &mut printed).map_err(std::io::Error::other)?;
        let (mut file, print) = printed.into_inner().map_err(std::io::IntoInnerError::into_error)?.finish();
        file.write_all(&print.0)?;
        file.flush()
    }

    /// What was built into `target`, sorted by path. A file without a stamp is looked at once more.
    pub(super) fn new(target: &Path, files: Vec<EarlierFile>, mut stamps: Vec<Stamp>, edition: Edition) -> Option<Self> {
        files.par_iter().zip(&mut stamps).filter(|(_, stamp)| **stamp == Stamp::default()).try_for_each(|(file, stamp)| {
            *stamp = Stamp::of_path(&target.join(&*file.path))?;
            Some(())
        })?;
        Some(Self { program: Program::default(), files, stamps, manifest: Stamp::of_path(&target.join(MANIFEST_NAME)), edition, note: Vec::new() })
    }

    /// Whether the public folder is still as the build left it.
    pub fn holds(&self, target: &Path) -> bool {
        let manifest = target.join(MANIFEST_NAME);
        let is_listed = |bytes: &[u8]| Manifest::read(bytes).is_some_and(|manifest| manifest.is_of(&self.edition, listed(&self.files)));
        let is_manifest_same = Stamp::of_path(&manifest) == self.manifest || fs::read(&manifest).is_ok_and(|bytes| is_listed(&bytes));
        is_manifest_same && self.files.par_iter().zip(&self.stamps).all(|(file, stamp)| file.is_at(target, *stamp))
    }

    /// The file at a path of the public folder.
    pub fn file(&self, path: &str) -> Option<&EarlierFile> {
        self.files.get(self.place_of(path)?)
    }

    /// The file at a path, if it was made from the same things and still lies in `target`.
    pub(super) fn same_file(&self, path: &str, key: &Print, target: &Path) -> Option<&EarlierFile> {
        let at = self.place_of(path)?;
        let (file, stamp) = (self.files.get(at)?, self.stamps.get(at)?);
        (file.key == *key && file.is_at(target, *stamp)).then_some(file)
    }

    fn place_of(&self, path: &str) -> Option<usize> {
        self.files.binary_search_by(|file| (*file.path).cmp(path)).ok()
    }

    /// How many files there are, and their bytes.
    pub fn size(&self) -> (usize, u64) {
        (self.files.len(), size_bytes(&self.files))
    }

    /// The manifest of the build.
    pub fn manifest(&self) -> Manifest {
        Manifest::of(&self.edition, listed(&self.files))
    }
}

/// Files with what a manifest says of them.
pub(super) fn listed(files: &[EarlierFile]) -> impl Files<'_> {
    files.iter().map(|file| (&file.path, &file.entry))
}

/// Bytes of all of them.
pub(super) fn size_bytes(files: &[EarlierFile]) -> u64 {
    files.iter().map(|file| file.entry.size_bytes).sum()
}
