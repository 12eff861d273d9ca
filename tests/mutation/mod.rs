//! No input makes the program crash or hang, and no refusal is without a place: every file of the sample, of the
//! starters and some records of the national portal, damaged in thousands of ways. A short form runs always;
//! `CONGBO_LONG=1` runs the long one, `CONGBO_SEED=n` another selection.

pub mod mutant;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use congbo::config::Flags;
use congbo::diagnostic::{Diagnostic, Lang, Severity};
use congbo::import::catalogue_files;
use congbo::import::national_portal::{PortalFile, read};
use congbo::output::{OutputFile, Sink};
use congbo::parse::node::Node;
use congbo::pipeline::{Judged, judge_tree};
use congbo::report::{Format, print};
use congbo::source::{Print, Refusal, RefusalReason, SourceAttachment, SourceText, SourceTree, decode, hex};
use congbo::theme::Theme;
use sha2::{Digest, Sha256};

use crate::project::{Project, TODAY, tree};
use mutant::{Mutant, mutant};

/// Mutants of each file in the short form, and in the long one.
const SHORT: usize = 1;
const LONG: usize = 200;
/// Of how many mutants one is judged with all other files, and its site rendered where nothing is wrong.
const WHOLE_ONE_OF: usize = 12;
/// What one file may take; a debug build is many times slower.
const TIME_LIMIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 30 } else { 5 });

#[test]
fn damaged_files_of_the_sample_are_judged_and_told() {
    let project = Project::sample();
    judge_mutants("the sample", &Originals::of(tree(&project.path(""))));
}

#[test]
fn damaged_files_of_a_starter_are_judged_and_told() {
    let project = Project::new();
    let _ = project.run("init trang --level province").exit(0);
    judge_mutants("the starter", &Originals::of(tree(&project.path("trang"))));
}

#[test]
fn damaged_records_of_the_national_portal_are_imported_or_told() {
    let portal = include_bytes!("../fuzz/portal.jsonl");
    let count = 50 * if is_long() { LONG } else { SHORT };
    for number in 0..count {
        let mutant = mutant(portal, b"{\"a\": \"b\"}\n", seed(number));
        watched("portal.jsonl", number, &mutant, || import(&mutant.bytes));
    }
    println!("{count} mutants of portal.jsonl");
}

/// A project before it is damaged.
struct Originals {
    texts: BTreeMap<String, (Vec<u8>, SourceText)>,
    attachments: BTreeMap<Arc<str>, SourceAttachment>,
    theme: Theme,
}

impl Originals {
    fn of(files: Vec<(String, Vec<u8>)>) -> Self {
        let mut originals = Self { texts: BTreeMap::new(), attachments: BTreeMap::new(), theme: Theme::load(Path::new("."), None).expect("the default theme") };
        for (path, bytes) in files.into_iter().filter(|(path, _)| !path.ends_with("README.md")) {
            if path.contains("/files/") {
                let attachment =
                    SourceAttachment { disk_path: path.as_str().into(), size_bytes: bytes.len() as u64, sha256: hex(&Sha256::digest(&bytes)), head: bytes };
                originals.attachments.insert(path.into(), attachment);
            } else {
                let text = source(&bytes).expect("an original is text");
                originals.texts.insert(path, (bytes, text));
            }
        }
        originals
    }

    /// The mutant with the files around it: all of them, or those of its own agency and what is shared.
    fn around(&self, path: &str, mutant: &[u8], is_whole: bool) -> SourceTree {
        let agency = |path: &str| path.strip_prefix("content/agencies/").and_then(|rest| rest.split('/').next()).map(str::to_owned);
        let own = agency(path).or_else(|| self.texts.keys().find_map(|path| agency(path)));
        let mut tree = SourceTree::default();
        tree.attachments = self.attachments.clone();
        for (other, (_, text)) in self.texts.iter().filter(|(other, _)| is_whole || agency(other).is_none_or(|agency| Some(agency) == own)) {
            tree.texts.insert(other.as_str().into(), text.clone());
        }
        match source(mutant) {
            Ok(text) => drop(tree.texts.insert(path.into(), text)),
            Err(reason) => {
                tree.texts.remove(path);
                tree.refusals.push(Refusal { path: path.into(), reason });
            }
        }
        tree
    }

    /// Judges one mutant and, if it is one of those and has no errors, renders its site. Returns whether it did.
    fn judge(&self, path: &str, mutant: &Mutant, is_whole: bool) -> bool {
        let judged = judge_tree(self.around(path, &mutant.bytes, is_whole), flags());
        assert_told(path, &judged);
        let is_rendered = is_whole && !judged.has_errors();
        if is_rendered {
            congbo::render::render(&judged.register, &judged.config, &self.theme, &congbo::render::Previous::default(), &Nowhere)
                .expect("a site without errors is rendered");
        }
        is_rendered
    }
}

fn judge_mutants(name: &str, originals: &Originals) {
    let paths: Vec<&String> = originals.texts.keys().collect();
    let count = paths.len() * if is_long() { LONG } else { SHORT };
    let (next, rendered, slowest) = (AtomicUsize::new(0), AtomicUsize::new(0), Mutex::new(Duration::ZERO));
    let work = || loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= count {
            break;
        }
        let (path, other) = (paths[number % paths.len()], paths[(number * 7 + 3) % paths.len()]);
        let mutant = mutant(&originals.texts[path].0, &originals.texts[other].0, seed(number));
        let mut is_rendered = false;
        let took = watched(path, number, &mutant, || is_rendered = originals.judge(path, &mutant, number % WHOLE_ONE_OF == 0));
        rendered.fetch_add(usize::from(is_rendered), Ordering::Relaxed);
        let mut slowest = slowest.lock().expect("nobody panics while holding it");
        *slowest = took.max(*slowest);
    };
    // Threads of our own: one that waits inside the program must not take up another mutant meanwhile.
    std::thread::scope(|scope| {
        let threads = [scope.spawn(work), scope.spawn(work)];
        threads.into_iter().for_each(|thread| thread.join().expect("no mutant fails; the one that did is named above"));
    });
    println!("{count} mutants of {name}: {} rendered, the slowest took {:?}", rendered.into_inner(), slowest.into_inner());
}

fn source(bytes: &[u8]) -> Result<SourceText, RefusalReason> {
    decode(bytes).map(|(text, remarks)| SourceText { text: text.into(), remarks, is_shipped: false })
}

fn flags() -> Flags {
    Flags { today: TODAY.parse().expect("a date"), is_release: false }
}

/// A file that was refused is told at a place of it; every place that is told is there; every report can be printed.
fn assert_told(path: &str, judged: &Judged) {
    if judged.register.broken.contains(path) {
        let is_told = judged.diagnostics.iter().any(|diagnostic| &*diagnostic.origin.file == path && diagnostic.severity == Severity::Error);
        assert!(is_told, "the file was refused without a word");
    }
    let mut roots: BTreeMap<Arc<str>, Option<Node>> = BTreeMap::new();
    for diagnostic in &judged.diagnostics {
        assert_place(diagnostic, &judged.tree, &mut roots);
        assert!(!diagnostic.message.vi.trim().is_empty() && !diagnostic.message.en.trim().is_empty(), "{diagnostic:?}");
    }
    for format in [Format::Text, Format::Github, Format::Json, Format::Sarif] {
        let mut out = Vec::new();
        print(&judged.diagnostics, &judged.tree, format, Lang::Vi, 140, &mut out).expect("a report in memory");
        let out = String::from_utf8(out).expect("a report in UTF-8");
        let is_for_people = matches!(format, Format::Text | Format::Github);
        assert!(!is_for_people || !out.contains('\u{202e}'), "a report with a sign that turns its words around");
    }
}

fn assert_place(diagnostic: &Diagnostic, tree: &SourceTree, roots: &mut BTreeMap<Arc<str>, Option<Node>>) {
    let Some(text) = tree.text(&diagnostic.origin.file) else { return };
    let root = roots.entry(diagnostic.origin.file.clone()).or_insert_with(|| congbo::parse::locate(&diagnostic.origin.file, text));
    let region = congbo::parse::node::locate(root.as_ref(), &diagnostic.origin.place);
    let lines = text.split('\n').count() as u32;
    assert!(
        region.line >= 1 && region.line <= lines + 1 && region.column >= 1 && region.end_column >= region.column,
        "{region:?} of {lines} lines: {diagnostic:?}"
    );
    let length = text.split('\n').nth(region.line as usize - 1).map_or(0, |line| line.chars().count()) as u32;
    assert!(region.column <= length + 1, "{region:?}, but the line has {length} characters: {diagnostic:?}");
}

fn import(bytes: &[u8]) {
    let text: String = String::from_utf8_lossy(bytes).into_owned();
    let import = read(&text, PortalFile { path: "portal.jsonl", checked_on: None });
    let mut out = Vec::new();
    print(&import.diagnostics, &SourceTree::default(), Format::Text, Lang::Vi, 140, &mut out).expect("a report in memory");
    let mut tree = SourceTree::default();
    for file in catalogue_files(&import.records) {
        tree.insert_text(&format!("content/administrative-procedures/{}", file.name), &file.text);
    }
    let mut diagnostics = Vec::new();
    let project = congbo::parse::parse(&tree, &mut diagnostics);
    assert!(project.broken.is_empty(), "what was imported is not read back: {diagnostics:#?}");
    assert_eq!(project.administrative_procedures.len(), import.records.len());
}

/// Runs with a limit of time; a panic says which mutant it was.
#[expect(clippy::disallowed_methods, reason = "a test that measures time")]
fn watched(path: &str, number: usize, mutant: &Mutant, work: impl FnOnce()) -> Duration {
    let started = Instant::now();
    let result = catch_unwind(AssertUnwindSafe(work));
    let took = started.elapsed();
    if result.is_err() || took > TIME_LIMIT {
        let text: String = String::from_utf8_lossy(&mutant.bytes).chars().take(3_000).collect();
        panic!("mutant {number} of {path} (CONGBO_SEED={}) took {took:?}; {:?}:\n{text}", first_seed(), mutant.made_by);
    }
    took
}

/// Another seed for every mutant.
fn seed(number: usize) -> u64 {
    first_seed().wrapping_mul(1_000_003).wrapping_add(number as u64)
}

#[expect(clippy::disallowed_methods, reason = "the seed of a test")]
fn first_seed() -> u64 {
    std::env::var("CONGBO_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1)
}

#[expect(clippy::disallowed_methods, reason = "the length of a test")]
fn is_long() -> bool {
    std::env::var("CONGBO_LONG").is_ok_and(|long| long == "1")
}

/// Takes every file and keeps none.
struct Nowhere;

impl Sink for Nowhere {
    fn reuse(&self, _path: &str, _key: &Print) -> anyhow::Result<bool> {
        Ok(false)
    }

    fn write(&self, _file: OutputFile, _key: &Print) -> anyhow::Result<()> {
        Ok(())
    }
}
