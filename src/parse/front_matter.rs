//! Splits a Markdown file into its front matter and its text.

use std::sync::Arc;

use super::yaml::{INVALID_YAML, YamlText};
use crate::diagnostic::{Diagnostic, Text};
use crate::origin::Origin;

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

/// The YAML of a content file, and what stands below it: a file that is no Markdown is YAML as a whole.
pub fn parts<'a>(file: &Arc<str>, text: &'a str) -> Parts<'a> {
    if file.ends_with(".md") {
        return split(file, text);
    }
    Parts { yaml: YamlText { file: file.clone(), text, first_line: 1 }, body: "", body_line: 1, is_open: false }
}

/// What is wrong where the first line is not `---`: dashes of Word, a line before it, or no front matter at all.
pub fn missing(file: &Arc<str>, text: &str) -> Option<Diagnostic> {
    if text.starts_with("---\n") || text.trim().is_empty() {
        return None;
    }
    let (at, first) = text.lines().enumerate().find(|(_, line)| !line.trim().is_empty())?;
    let origin = Origin::stretch(file.clone(), at as u32 + 1, 1, first.chars().count() as u32 + 1);
    let new = |message: Text, hint: Text| Some(Diagnostic::new(&INVALID_YAML, origin.clone(), message).hint(hint));
    let is_dashes = first.trim().chars().all(|c| matches!(c, '-' | '–' | '—' | '_' | ' '));
    let first_rule = text.lines().position(|line| line.trim_end() == "---");
    if at == 0 && is_dashes {
        let first: String = first.chars().take(20).collect();
        let message = Text::new(format!("dòng đầu phải là ba dấu gạch nối ---, đang là “{first}”"), format!("the first line must be ---, but is `{first}`"));
        return new(
            message,
            Text::fixed("gõ lại đúng ba dấu - liền nhau, ở cả dòng mở và dòng đóng phần khai báo", "type three hyphens, above and below the fields"),
        );
    }
    if first.trim_end() == "---" {
        return new(
            Text::fixed("trước dòng --- mở phần khai báo còn dòng trống", "there are empty lines before the line --- that opens the fields"),
            Text::fixed("xóa dòng trống, để dòng --- là dòng đầu tiên của tệp", "delete them, so that --- is the first line of the file"),
        );
    }
    let is_key = |line: &str| line.split_once(':').is_some_and(|(key, _)| !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
    if first_rule.and_then(|rule| text.lines().nth(rule + 1)).is_some_and(is_key) {
        return new(
            Text::fixed("trước dòng --- mở phần khai báo còn chữ", "there is text before the line --- that opens the fields"),
            Text::fixed(
                "để dòng --- là dòng đầu tiên của tệp; chữ này chuyển xuống sau dòng --- thứ hai, hoặc xóa",
                "make --- the first line of the file; move this text below the second line ---, or delete it",
            ),
        );
    }
    new(
        Text::fixed("tệp chưa có phần khai báo ở đầu", "the file has no front matter"),
        Text::fixed(
            "dòng đầu tiên là  --- , tiếp theo là các mục khai báo, rồi một dòng  --- , sau đó mới đến nội dung",
            "the first line is  --- , then the fields, then a line  --- , and then the text",
        ),
    )
}
