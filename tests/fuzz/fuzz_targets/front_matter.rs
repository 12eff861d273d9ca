//! Markdown files with front matter: the first byte chooses the kind, the rest is the file.
#![no_main]

use congbo_fuzz::read_alone;
use libfuzzer_sys::fuzz_target;

const PATHS: &[&str] = &[
    "content/agencies/a/quality-policy.md",
    "content/agencies/a/work-processes/a.md",
    "content/agencies/a/declarations/2026-01-05.md",
    "content/pages/a.md",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else { return };
    if let Ok(text) = std::str::from_utf8(rest) {
        read_alone(PATHS[usize::from(*kind) % PATHS.len()], text);
    }
});
