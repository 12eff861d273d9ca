//! Sees that something changed in the folders of a project. What it says is a hint, and it says rather too much
//! than too little: whoever hears it compares contents. Reading files says nothing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::sleep;
use std::time::Duration;

use notify::event::{CreateKind, ModifyKind};
use notify::{Error, ErrorKind, EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::file_id::FileId;
use notify_debouncer_full::{DebounceEventResult, DebouncedEvent, Debouncer, FileIdCache, new_debouncer_opt};

use super::preview::Changed;
use crate::source::folders_stamp;

/// How long events are gathered: editors save a file in several steps.
const GATHER: Duration = Duration::from_millis(10);
/// How long a removal waits for what follows it: an editor may be about to write the file anew.
const REMOVAL: Duration = Duration::from_millis(20);
/// How long it must be quiet when many files change at once, as when a branch is checked out.
const QUIET: Duration = Duration::from_millis(100);
/// Changed paths that are many.
const MANY: usize = 16;
/// How often a stream of events that does not end is waited for.
const MOST_WAITS: usize = 50;
/// Time between two looks where nothing tells of changes, and before the second look at new folders: what was
/// written into a folder before the system was asked to watch it has no event.
const LOOK: Duration = Duration::from_secs(1);

/// What a look found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// Nothing so far; a good moment to look at the calendar.
    Nothing,
    Changed(Changed),
    /// The system can't tell of changes any more, for this reason; from now on files are looked at each second.
    Polling(String),
}

/// Watches the folders of a project.
pub struct Watch {
    project: PathBuf,
    /// Folders that count, in the project, and single files.
    places: Vec<PathBuf>,
    source: Source,
    /// Whether a second look is due.
    looks_again: bool,
}

/// Where changes are heard of.
enum Source {
    Events { debouncer: Debouncer<RecommendedWatcher, Removals>, messages: Receiver<Message> },
    Polling { stamp: u64 },
}

/// What threads of the watching say.
enum Message {
    Events(DebounceEventResult),
    Removed(PathBuf),
}

/// Hears of every removal and renaming as it happens. The debouncer forgets a file that is replaced and removed
/// within one moment, as if it had never been there.
struct Removals(Sender<Message>);

impl FileIdCache for Removals {
    fn cached_file_id(&self, _path: &Path) -> Option<impl AsRef<FileId>> {
        None::<&FileId>
    }

    fn add_path(&mut self, _path: &Path, _mode: RecursiveMode) {}

    fn remove_path(&mut self, path: &Path) {
        let _ = self.0.send(Message::Removed(path.to_path_buf()));
    }
}

/// Events of one moment, taken together.
#[derive(Default)]
struct Batch {
    paths: BTreeSet<PathBuf>,
    is_everything: bool,
    /// Whether a folder that counts, or one above it, came or went.
    has_other_roots: bool,
    has_other_folders: bool,
    has_overflow: bool,
    failure: Option<Error>,
}

impl Watch {
    /// Watches these places of the project, by events.
    pub fn events(project: &Path, places: Vec<PathBuf>) -> Result<Self, String> {
        let project = project.canonicalize().unwrap_or_else(|_| project.to_path_buf());
        let (sender, messages) = channel();
        let removals = Removals(sender.clone());
        let gathered = move |result| drop(sender.send(Message::Events(result)));
        let debouncer = new_debouncer_opt(GATHER, Some(GATHER / 2), gathered, removals, notify::Config::default()).map_err(|error| reason(&error))?;
        let mut watch = Self { project, places, source: Source::Events { debouncer, messages }, looks_again: false };
        watch.watch_roots().map_err(|error| reason(&error))?;
        Ok(watch)
    }

    /// Watches these places of the project by looking at them each second.
    pub fn polling(project: &Path, places: Vec<PathBuf>) -> Self {
        let mut watch = Self { project: project.to_path_buf(), places, source: Source::Polling { stamp: 0 }, looks_again: false };
        watch.poll();
        watch
    }

    /// Watches these places from now on.
    pub fn follow(&mut self, places: Vec<PathBuf>) {
        if self.places != places {
            self.places = places;
            self.looks_again = true;
            // A folder that can't be watched is seen when it changes its place or comes back.
            let _ = self.watch_roots();
        }
    }

    /// Waits until something changes, at most `patience`.
    pub fn next(&mut self, patience: Duration) -> Seen {
        match &self.source {
            Source::Polling { .. } => self.look_each_second(patience),
            Source::Events { messages, .. } => {
                let patience = if self.looks_again { LOOK.min(patience) } else { patience };
                match messages.recv_timeout(patience) {
                    Err(RecvTimeoutError::Timeout) if self.looks_again => {
                        self.looks_again = false;
                        Seen::Changed(Changed::Everything)
                    }
                    Err(RecvTimeoutError::Timeout) => Seen::Nothing,
                    Err(RecvTimeoutError::Disconnected) => self.poll_instead("bộ phận theo dõi đã dừng".to_owned()),
                    Ok(first) => {
                        let batch = self.gather(first, messages);
                        self.judge(batch)
                    }
                }
            }
        }
    }

    fn look_each_second(&mut self, patience: Duration) -> Seen {
        for _ in 0..patience.as_secs().max(1) {
            sleep(LOOK);
            // What changed within the last tick of the clock may have changed once more.
            if self.poll() || std::mem::take(&mut self.looks_again) {
                return Seen::Changed(Changed::Everything);
            }
        }
        Seen::Nothing
    }

    /// Whether anything looks different from the last time.
    fn poll(&mut self) -> bool {
        let now = folders_stamp(&self.places.iter().map(|folder| self.project.join(folder)).collect::<Vec<_>>());
        let Source::Polling { stamp } = &mut self.source else { return false };
        let is_changed = std::mem::replace(stamp, now) != now;
        self.looks_again |= is_changed;
        is_changed
    }

    fn poll_instead(&mut self, reason: String) -> Seen {
        self.source = Source::Polling { stamp: 0 };
        self.poll();
        Seen::Polling(reason)
    }

    /// The first message and those that follow at once: where many files change, until it is quiet.
    fn gather(&self, first: Message, messages: &Receiver<Message>) -> Batch {
        let (mut batch, mut message) = (Batch::default(), first);
        for _ in 0..MOST_WAITS {
            // Events were gathered before, removals were not.
            let own = if matches!(message, Message::Removed(_)) { REMOVAL } else { GATHER / 4 };
            self.add(&mut batch, message);
            let wait = match &batch {
                // Reading a very large project makes more events than the system keeps; no haste then.
                Batch { has_overflow: true, .. } => LOOK,
                Batch { paths, .. } if paths.len() > MANY => QUIET,
                Batch { paths, is_everything: false, .. } if paths.is_empty() => Duration::ZERO,
                _ => own,
            };
            match messages.recv_timeout(wait) {
                Ok(next) => message = next,
                Err(_) => return batch,
            }
        }
        self.add(&mut batch, message);
        batch
    }

    fn add(&self, batch: &mut Batch, message: Message) {
        match message {
            Message::Removed(path) => self.add_path(batch, &path),
            Message::Events(Ok(events)) => events.iter().for_each(|event| self.add_event(batch, event)),
            Message::Events(Err(errors)) => {
                batch.is_everything = true;
                batch.failure = errors.into_iter().find(|error| matches!(error.kind, ErrorKind::MaxFilesWatch)).or(batch.failure.take());
            }
        }
    }

    fn add_event(&self, batch: &mut Batch, event: &DebouncedEvent) {
        if event.need_rescan() {
            (batch.is_everything, batch.has_overflow, batch.has_other_folders) = (true, true, true);
        }
        if matches!(event.kind, EventKind::Access(_)) {
            return;
        }
        let is_new = matches!(event.kind, EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)));
        for path in &event.paths {
            self.add_path(batch, path);
            let is_root = self.places.iter().any(|folder| self.project.join(folder).starts_with(path));
            batch.has_other_roots |= is_root && !matches!(event.kind, EventKind::Modify(ModifyKind::Metadata(_) | ModifyKind::Data(_)));
            batch.has_other_folders |= is_new && (event.kind == EventKind::Create(CreateKind::Folder) || path.is_dir());
        }
    }

    /// A path counts if it lies in a folder that counts, or above one.
    fn add_path(&self, batch: &mut Batch, path: &Path) {
        let counts = |folder: &PathBuf| path.starts_with(self.project.join(folder)) || self.project.join(folder).starts_with(path);
        if self.places.iter().any(counts) {
            match path.strip_prefix(&self.project) {
                Ok(inner) if inner != Path::new("") => drop(batch.paths.insert(inner.to_path_buf())),
                _ => batch.is_everything = true,
            }
        }
    }

    fn judge(&mut self, batch: Batch) -> Seen {
        if let Some(error) = batch.failure {
            return self.poll_instead(reason(&error));
        }
        self.looks_again |= batch.has_other_roots || batch.has_other_folders;
        if batch.has_other_roots
            && let Err(error) = self.watch_roots()
            && matches!(error.kind, ErrorKind::MaxFilesWatch)
        {
            return self.poll_instead(reason(&error));
        }
        match batch.is_everything || batch.has_other_roots {
            true => Seen::Changed(Changed::Everything),
            false if batch.paths.is_empty() => Seen::Nothing,
            false => Seen::Changed(Changed::Paths(batch.paths.into_iter().collect())),
        }
    }

    /// Watches the folders that count with all in them, and each folder above them by itself, so that one
    /// that is removed is seen when it comes back.
    fn watch_roots(&mut self) -> notify::Result<()> {
        let Source::Events { debouncer, .. } = &mut self.source else { return Ok(()) };
        let above = |folder: &PathBuf| folder.ancestors().skip(1).map(|folder| self.project.join(folder)).collect::<Vec<_>>();
        let single: BTreeSet<PathBuf> = self.places.iter().flat_map(above).collect();
        let whole = self.places.iter().map(|folder| (self.project.join(folder), RecursiveMode::Recursive));
        for (folder, mode) in single.into_iter().map(|folder| (folder, RecursiveMode::NonRecursive)).chain(whole) {
            if folder.is_dir() {
                debouncer.watch(folder, mode)?;
            }
        }
        Ok(())
    }
}

/// Why events can't be had, for the user.
fn reason(error: &Error) -> String {
    match error.kind {
        ErrorKind::MaxFilesWatch => "hệ thống không cho theo dõi thêm thư mục".to_owned(),
        _ => format!("hệ thống tệp không báo thay đổi: {error}"),
    }
}
