//! Every kind of YAML file: the first byte chooses the kind, the rest is the file.
#![no_main]

use congbo_fuzz::read_alone;
use libfuzzer_sys::fuzz_target;

const PATHS: &[&str] = &[
    "content/site.yaml",
    "content/standards.yaml",
    "content/frameworks.yaml",
    "content/deadlines.yaml",
    "content/law/a.yaml",
    "content/administrative-procedures/a.yaml",
    "content/agencies/a/agency.yaml",
    "content/agencies/a/declarations/2026-01-05.yaml",
    "content/agencies/a/objectives/2026.yaml",
    "content/agencies/a/documents.yaml",
    "content/agencies/a/reviews.yaml",
    "content/agencies/a/results/2025.yaml",
    "content/inspections/2025.yaml",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else { return };
    if let Ok(text) = std::str::from_utf8(rest) {
        read_alone(PATHS[usize::from(*kind) % PATHS.len()], text);
    }
});
