//! The same on all real records, where they are at hand. They are not part of the project.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use congbo::diagnostic::Severity;
use congbo::import::national_portal::{Import, PortalFile, read};
use congbo::import::{FILE_LIMIT_BYTES, catalogue_files};
use congbo::parse::parse;
use congbo::resolve::resolve;
use congbo::source::{SourceTree, read_named_file};
use serde_json::{Map, Value};

use super::words;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/procedures.jsonl");

/// The text and what was read of it; `None`, and said, where the file is not there.
fn real() -> Option<&'static (String, Import)> {
    static REAL: OnceLock<Option<(String, Import)>> = OnceLock::new();
    let real = REAL.get_or_init(|| {
        let text = read_named_file(Path::new(PATH)).ok()?;
        let import = read(&text, PortalFile { path: "procedures.jsonl", checked_on: None });
        Some((text, import))
    });
    if real.is_none() {
        println!("skipped: the real records are not at hand");
    }
    real.as_ref()
}

#[test]
fn no_word_of_a_real_record_is_lost() {
    let Some((text, import)) = real() else { return };
    let by_code: BTreeMap<&str, _> = import.records.iter().map(|record| (record.code.0.as_str(), record)).collect();
    let mut problems = Vec::new();
    for line in text.lines() {
        let source: Map<String, Value> = serde_json::from_str(line).expect("the real file is JSON");
        let code = source["Mã thủ tục"].as_str().unwrap_or_default().trim_end_matches("-Xoa");
        match by_code.get(code) {
            None => problems.push(format!("{code}: no record")),
            Some(record) => {
                let lost = words::lost(&source, record);
                if !lost.is_empty() {
                    problems.push(format!("{code}: {lost:?}"));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{} records lost words:\n{}", problems.len(), problems.iter().take(40).cloned().collect::<Vec<_>>().join("\n"));
}

#[test]
fn files_of_real_records_are_read_back_without_an_error() {
    let Some((_, import)) = real() else { return };
    let files = catalogue_files(&import.records);
    let mut tree = SourceTree::default();
    for file in &files {
        assert!(file.text.len() <= FILE_LIMIT_BYTES, "{} has {} bytes", file.name, file.text.len());
        tree.insert_text(&format!("content/administrative-procedures/{}", file.name), &file.text);
    }
    let mut diagnostics = Vec::new();
    let raw = parse(&tree, &mut diagnostics);
    let register = resolve(raw, &tree, &mut diagnostics);
    let errors: Vec<_> = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).take(10).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert_eq!(register.administrative_procedures.len(), import.records.len());
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in import.diagnostics.iter().chain(&diagnostics) {
        *counts.entry(diagnostic.rule.id).or_default() += 1;
    }
    println!("{} files, {counts:#?}", files.len());
}

#[test]
fn every_markdown_text_of_a_real_record_shows_its_words() {
    use congbo::import::yaml_of;
    let Some((_, import)) = real() else { return };
    for record in &import.records {
        let yaml = yaml_of(record);
        for text in ["steps", "conditions", "description"].iter().filter_map(|name| yaml[*name].as_str()) {
            super::national_portal::assert_shows_its_words(text);
        }
    }
}
