//! What several targets ask of the program: reading one file in memory, and seeing that what is refused is told.

use congbo::config::{Config, Flags};
use congbo::diagnostic::{Lang, Severity};
use congbo::report::{Format, print};
use congbo::source::SourceTree;
use congbo::{parse, resolve};

/// Reads a project that has only this file, and prints what is told.
/// Panics where a file is refused without a word.
pub fn read_alone(path: &str, text: &str) {
    let mut tree = SourceTree::default();
    tree.insert_text(path, text);
    let mut diagnostics = Vec::new();
    let flags = Flags { today: jiff::civil::date(2026, 11, 21), is_release: false };
    let _ = Config::read(&tree, flags, &mut diagnostics);
    let raw = parse::parse(&tree, &mut diagnostics);
    let register = resolve::resolve(raw, &tree, &mut diagnostics);
    let mut told = Vec::new();
    print(&diagnostics, &tree, Format::Text, Lang::Vi, 140, &mut told).expect("a report in memory");
    assert!(std::str::from_utf8(&told).is_ok(), "a report that is not UTF-8");
    let is_told = diagnostics.iter().any(|diagnostic| &*diagnostic.origin.file == path && diagnostic.severity == Severity::Error);
    assert!(is_told || !register.broken.contains(path), "{path} is refused and nobody is told why");
}
