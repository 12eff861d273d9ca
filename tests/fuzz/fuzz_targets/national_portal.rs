//! Records of the national portal: whatever is imported is written as YAML that is read back, record by record.
#![no_main]

use congbo::import::catalogue_files;
use congbo::import::national_portal::{PortalFile, read};
use congbo::parse::parse;
use congbo::source::SourceTree;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let import = read(text, PortalFile { path: "portal.jsonl", checked_on: None });
    let mut tree = SourceTree::default();
    let files = catalogue_files(&import.records);
    for file in &files {
        tree.insert_text(&format!("content/administrative-procedures/{}", file.name), &file.text);
    }
    let mut diagnostics = Vec::new();
    let project = parse(&tree, &mut diagnostics);
    assert!(project.broken.is_empty(), "{diagnostics:?}\n{files:?}");
    assert_eq!(project.administrative_procedures.len(), import.records.len(), "{files:?}");
});
