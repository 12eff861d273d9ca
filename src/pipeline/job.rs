//! A build that knows the one before it: what is the same is not made again, and a build of the same
//! things does nothing at all.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use serde::{Deserialize, Serialize};

use super::{Built, Judged, PreviousFound, PreviousState, rules, shipped_tables};
use crate::config::{CONTENT_FOLDER, Flags};
use crate::diagnostic::{Diagnostic, Severity, Text};
use crate::domain::Date;
use crate::origin::Origin;
use crate::output::{Before, Earlier, MANIFEST_NAME, Published, SIGNATURE_NAME, Sign, Staging, has_leftovers};
use crate::parse::LOCK_FILE;
use crate::render::{self, Moves};
use crate::signature::SigningKey;
use crate::source::{Inventory, Print, SourceTree, read_beside, read_published_file};
use crate::theme::Theme;

/// The cache folder of a project. It may be deleted or damaged at any time without harm.
pub const CACHE_FOLDER: &str = ".congbo-cache";

/// A larger manifest is signed anew each time.
const MOST_SIGNED_BYTES: u64 = 512 * 1024 * 1024;

/// One build: from where, to where, by which program, when.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    pub project: &'a Path,
    pub target: &'a Path,
    /// The public folder, or the record kept of it, to compare with; else the target is.
    pub previous: Option<&'a Path>,
    /// Whether every text gets compressed copies beside it.
    pub compresses: bool,
    /// The program that runs, for another one makes other pages.
    pub program: &'a Path,
    pub flags: Flags,
    /// Signs the manifest.
    pub sign: Option<&'a SigningKey>,
    /// Nanoseconds since 1970, before anything was read.
    pub now: i64,
}

/// A build that would make what is there already.
pub struct Unchanged {
    /// The files that diagnostics speak of.
    pub tree: SourceTree,
    pub diagnostics: Vec<Diagnostic>,
    pub switched_off: BTreeMap<String, usize>,
    pub built: Built,
}

/// What is kept of a build to know another one of the same things.
#[derive(Serialize, Deserialize)]
struct Note<'n> {
    today: Date,
    is_release: bool,
    compresses: bool,
    read_at: i64,
    inventory: Cow<'n, Inventory>,
    theme: Option<String>,
    theme_key: Print,
    lock: Option<Print>,
    diagnostics: Vec<NotedDiagnostic>,
    switched_off: BTreeMap<String, usize>,
    /// Print of the record that was named to compare with.
    previous: Option<Print>,
    pages: usize,
    unused_overrides: Vec<String>,
}

/// A diagnostic, its rule by name.
#[derive(Serialize, Deserialize)]
struct NotedDiagnostic {
    rule: String,
    severity: Severity,
    message: Text,
    origin: Origin,
    related: Vec<(Origin, Text)>,
    hints: Vec<Text>,
}

impl Job<'_> {
    /// What the last build into this target left, if it can be used.
    pub fn earlier(&self) -> Option<Earlier> {
        Earlier::read(&self.place(), self.program)
    }

    /// The last build, if this one would read and make the very same things.
    pub fn unchanged(&self, earlier: &Earlier) -> Option<Unchanged> {
        let note: Note<'_> = postcard::from_bytes(&earlier.note).ok()?;
        let is_same = (note.today, note.is_release, note.compresses) == (self.flags.today, self.flags.is_release, self.compresses)
            && note.lock == lock_print(self.project)
            && note.inventory.holds(self.project, CONTENT_FOLDER, note.read_at)
            && self.compares_alike(note.previous)
            && Theme::key_of(self.project, note.theme.as_deref()).ok() == Some(note.theme_key)
            && !has_leftovers(self.target)
            && self.is_signed()
            && earlier.holds(self.target);
        if !is_same {
            return None;
        }
        let diagnostics: Vec<Diagnostic> = note.diagnostics.into_iter().map(NotedDiagnostic::into_diagnostic).collect::<Option<_>>()?;
        let told = diagnostics.iter().flat_map(|one| one.related.iter().map(|(origin, _)| origin).chain([&one.origin]));
        let files: BTreeSet<&Arc<str>> = told.map(|origin| &origin.file).collect();
        let mut tree = SourceTree::of_files(self.project, files);
        for (path, text) in shipped_tables(|path| note.inventory.files.iter().any(|file| &*file.path == path)) {
            tree.insert_shipped(path, text);
        }
        let (files, size_bytes) = earlier.size();
        let published = Published { files, size_bytes, ..Published::default() };
        let built = Built {
            pages: note.pages,
            published,
            unused_overrides: note.unused_overrides,
            previous: (PreviousState::Read, PathBuf::new()),
            moves: Moves::default(),
        };
        Some(Unchanged { tree, diagnostics, switched_off: note.switched_off, built })
    }

    /// Whether the manifest has the signature that was asked for.
    fn is_signed(&self) -> bool {
        let Some(key) = self.sign else { return true };
        let read = |name| read_published_file(&self.target.join(name), MOST_SIGNED_BYTES).ok();
        let Some((manifest, signature)) = read(MANIFEST_NAME).zip(read(SIGNATURE_NAME)) else { return false };
        String::from_utf8(signature).is_ok_and(|signature| key.holds(&manifest, &signature))
    }

    /// Whether comparing would give what is there. The target compared with itself does: it says what the sources
    /// still say. A record that was named must be the one that was compared with.
    fn compares_alike(&self, compared: Option<Print>) -> bool {
        self.previous.is_none_or(|published| compared == Some(PreviousFound::read(published).print))
    }

    /// Renders and writes what the earlier build did not make from the same things. `on_file` hears of every
    /// file that is made.
    pub fn build(&self, judged: &Judged, earlier: Option<Earlier>, on_file: &(dyn Fn() + Sync)) -> Result<Built> {
        let theme = Theme::load(self.project, judged.config.theme.as_deref())?;
        let comment = format!("congbo {}", self.flags.today);
        let sign = |bytes: &[u8], old: Option<&str>| self.sign.map_or(Ok(None), |key| key.sign(bytes, old, &comment));
        let staging = Staging::begin(self.target, self.project, earlier, on_file)?
            .compressing(self.compresses)
            .on(self.flags.today.to_string())
            .after(self.previous.and_then(Before::of_folder))
            .signed(self.sign.map(|_| &sign as &Sign<'_>));
        // After what a killed build left was cleared, and before anything is replaced.
        let found = PreviousFound::read(self.previous.unwrap_or(self.target));
        let summary = render::render(&judged.register, &judged.config, &theme, &found.previous, &staging)?;
        let (published, done) = staging.swap_in()?;
        let built = Built {
            pages: summary.pages,
            published,
            unused_overrides: theme.unused_overrides().to_vec(),
            previous: (found.state, found.place),
            moves: summary.moves,
        };
        if let Some(mut done) = done {
            done.note = postcard::to_allocvec(&self.note(judged, &theme, &built, found.print))?;
            // What can't be kept is only made again.
            let _ = done.write(&self.place(), self.program);
        }
        Ok(built)
    }

    fn note<'n>(&self, judged: &'n Judged, theme: &Theme, built: &Built, previous: Print) -> Note<'n> {
        Note {
            today: self.flags.today,
            is_release: self.flags.is_release,
            compresses: self.compresses,
            read_at: self.now,
            inventory: Cow::Borrowed(&judged.tree.inventory),
            theme: judged.config.theme.clone(),
            theme_key: theme.whole_key(),
            lock: judged.tree.text(LOCK_FILE).map(|text| Print::of(text.as_bytes())),
            diagnostics: judged.diagnostics.iter().map(NotedDiagnostic::new).collect(),
            switched_off: judged.switched_off.clone(),
            previous: self.previous.map(|_| previous),
            pages: built.pages,
            unused_overrides: built.unused_overrides.clone(),
        }
    }

    fn place(&self) -> PathBuf {
        Earlier::place(&self.project.join(CACHE_FOLDER), self.target)
    }
}

/// What was approved decides what is told.
fn lock_print(project: &Path) -> Option<Print> {
    read_beside(project, LOCK_FILE).ok().flatten().map(|text| Print::of(text.as_bytes()))
}

impl NotedDiagnostic {
    fn new(diagnostic: &Diagnostic) -> Self {
        let Diagnostic { rule, severity, message, origin, related, hints } = diagnostic.clone();
        Self { rule: rule.id.to_owned(), severity, message, origin, related, hints }
    }

    fn into_diagnostic(self) -> Option<Diagnostic> {
        let Self { rule, severity, message, origin, related, hints } = self;
        let rule = rules().into_iter().find(|known| known.id == rule)?;
        Some(Diagnostic { rule, severity, message, origin, related, hints })
    }
}
