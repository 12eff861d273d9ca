//! Reads a project as the program does and says how long each stage took and what it found.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use congbo::check::{Case, check};
use congbo::diagnostic::{Diagnostic, Severity};
use congbo::domain::Date;
use congbo::parse::parse;
use congbo::resolve::resolve;
use congbo::source::{Limits, SourceTree};

/// Judges it by the date of `today`, and fails when the project has an error, unless it was made with some.
pub fn read(project: &Path, today: Date, has_faults: bool) -> Result<()> {
    let mut diagnostics = Vec::new();
    let tree = timed("load", || SourceTree::load(project, "content", Limits::default()))?;
    let raw = timed("parse", || parse(&tree, &mut diagnostics));
    let register = timed("resolve", || resolve(raw, &tree, &mut diagnostics));
    let processes: usize = register.records.values().map(|records| records.work_processes.len()).sum();
    println!(
        "{} files, {} agencies, {} administrative procedures, {processes} work processes, {} legal documents",
        tree.texts.len(),
        register.agencies.len(),
        register.administrative_procedures.len(),
        register.legal_documents.len()
    );
    println!("{} duplicates", register.duplicates.len());
    print_counts(&diagnostics);
    if let Some(peak) = peak_memory() {
        println!("peak memory {peak}");
    }
    timed("check", || check(&Case::new(&register, today), &mut diagnostics));
    print_counts(&diagnostics);
    let error = diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error && !has_faults);
    error.map_or(Ok(()), |error| Err(anyhow::anyhow!("{}: {}", error.origin, error.message.en)))
}

/// Does something and says how long it took.
#[allow(clippy::disallowed_methods, reason = "measuring is what this file is for")]
pub fn timed<T>(name: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    println!("{name} {:?}", start.elapsed());
    result
}

/// How often each rule was met.
pub fn print_counts(diagnostics: &[Diagnostic]) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        *counts.entry(diagnostic.rule.id).or_default() += 1;
    }
    println!("{counts:?}");
}

/// As Linux counts it; elsewhere it is not known.
fn peak_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map(|peak| peak.trim().to_owned())
}
