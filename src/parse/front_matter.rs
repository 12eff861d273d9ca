//! Splits a Markdown file into its front matter and its text.

use std::sync::Arc;

use super::yaml::YamlText;

/// The parts of a file.
pub struct Parts<'a> {
    pub yaml: YamlText<'a>,
    pub body: &'a str,
    /// Line on which the body begins, from 1.
    pub body_line: u32,
    /// Whether front matter was begun and never ended.
    pub is_open: bool,
}

/// Front matter stands between two lines `---`, the first of them line 1. Without them
/// the front matter is empty, so that reading it tells what is missing.
pub fn split<'a>(file: &Arc<str>, text: &'a str) -> Parts<'a> {
    let yaml = |text, first_line| YamlText { file: file.clone(), text, first_line };
    let Some(rest) = text.strip_prefix("---\n") else {
        return Parts { yaml: yaml("", 1), body: text, body_line: 1, is_open: false };
    };
    let mut offset = 0;
    for (index, line) in rest.split_inclusive('\n').enumerate() {
        if line.trim_end() == "---" {
            let body = &rest[offset + line.len()..];
            return Parts { yaml: yaml(&rest[..offset], 2), body, body_line: index as u32 + 3, is_open: false };
        }
        offset += line.len();
    }
    Parts { yaml: yaml(rest, 2), body: "", body_line: 1, is_open: true }
}
