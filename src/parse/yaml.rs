//! YAML into records: fast when the file is right; when it is not, read again with positions so that
//! every problem of the file is told, and as much as possible of the record survives.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_yaml::granit_parser::ErrorKind;
use serde_yaml::{Budget, DuplicateKeyPolicy, MergeKeyPolicy, Options};

use super::node::{self, Node, NodeValue, Reading, Region};
use super::shape::Shape;
use super::typing::{Broken, Slip, hidden_by_mark};
use crate::diagnostic::{Diagnostic, MOST_TOLD, Rule, Severity, Text};
use crate::origin::{Origin, Place};

/// Deepest nesting of lists and groups.
pub const DEPTH_LIMIT: usize = 32;

/// The text is not YAML.
pub static INVALID_YAML: Rule =
    Rule { id: "invalid-yaml", severity: Severity::Error, summary: Text::fixed("tệp sai cú pháp YAML", "the file is not valid YAML"), basis: None };

/// A construct of YAML that content files do not use.
pub static UNSUPPORTED_YAML: Rule = Rule {
    id: "unsupported-yaml",
    severity: Severity::Error,
    summary: Text::fixed(
        "dùng cấu trúc YAML không được phép (neo &, bí danh *, nhãn !, gộp <<, tài liệu thứ hai)",
        "a YAML construct that content files do not use (anchors, aliases, tags, merge keys, second documents)",
    ),
    basis: None,
};

/// A piece of YAML inside a file.
#[derive(Debug, Clone)]
pub struct YamlText<'a> {
    pub file: Arc<str>,
    pub text: &'a str,
    /// The line of the file on which the piece begins, from 1.
    pub first_line: u32,
}

/// Reads one record. What could be read comes back together with all problems.
pub fn read<T: DeserializeOwned + JsonSchema>(yaml: &YamlText<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<T> {
    if !yaml.file.ends_with(".md") && is_nothing(yaml.text) {
        diagnostics.push(nothing_written(yaml));
        return None;
    }
    if !needs_care(yaml.text)
        && let Ok(record) = serde_yaml::from_str_with_options(yaml.text, options())
    {
        return Some(record);
    }
    let before = diagnostics.len();
    let record = read_carefully(yaml, diagnostics);
    if record.is_none() && diagnostics.len() == before && !has_controls(yaml.text) {
        diagnostics.push(if is_nothing(yaml.text) { nothing_written(yaml) } else { unreadable(yaml) });
    }
    record
}

/// Reads one record that has no errors; the problems where it has.
pub fn read_sound<T: DeserializeOwned + JsonSchema>(yaml: &YamlText<'_>) -> Result<T, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let record = read(yaml, &mut problems);
    let has_errors = problems.iter().any(|problem| problem.severity == Severity::Error);
    record.filter(|_| !has_errors).ok_or(problems)
}

/// Reads a list of records, or one record that stands alone.
pub fn read_list<T: DeserializeOwned + JsonSchema>(yaml: &YamlText<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<(Origin, T)> {
    let origin = Origin::root(yaml.file.clone());
    if is_list(yaml.text) {
        let records: Vec<T> = read(yaml, diagnostics).unwrap_or_default();
        records.into_iter().enumerate().map(|(index, record)| (origin.item(index), record)).collect()
    } else {
        read(yaml, diagnostics).map(|record| (origin, record)).into_iter().collect()
    }
}

/// How strictly YAML is read: no anchors, tags, merge keys or second documents, within a budget.
pub fn options() -> Options {
    let mut budget = Budget::default();
    budget.max_depth = DEPTH_LIMIT;
    budget.max_anchors = 0;
    budget.max_aliases = 0;
    budget.max_documents = 1;
    budget.max_merge_keys = 0;
    let mut options = Options::default();
    options.budget = Some(budget);
    options.duplicate_keys = DuplicateKeyPolicy::Error;
    options.merge_keys = MergeKeyPolicy::Error;
    options.strict_booleans = true;
    options.reject_unsupported_tags = true;
    options.with_snippet = false;
    options
}

/// Reads again with positions.
pub fn reading(yaml: &YamlText<'_>) -> Reading {
    node::read(yaml.text, yaml.first_line, DEPTH_LIMIT)
}

/// Whether there are only remarks and empty lines.
fn is_nothing(text: &str) -> bool {
    text.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with('#') || line == "---")
}

/// Whether the first thing written is a list item.
fn is_list(text: &str) -> bool {
    text.lines()
        .map(str::trim_end)
        .find(|line| !line.trim_start().is_empty() && !line.trim_start().starts_with('#') && *line != "---")
        .is_some_and(|line| line.trim_start().starts_with("- ") || line.trim() == "-" || line.trim_start().starts_with('['))
}

/// Explicit tags, a plain `<<` and numbers that are none pass the fast reading; the careful one decides.
fn needs_care(text: &str) -> bool {
    let bytes = text.as_bytes();
    let tag = memchr::memchr_iter(b'!', bytes).any(|at| at > 0 && matches!(bytes[at - 1], b' ' | b'-' | b'[' | b',' | b'{'));
    let not_a_number =
        memchr::memchr_iter(b'.', bytes).any(|at| [".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF"].iter().any(|word| bytes[at..].starts_with(word.as_bytes())));
    let hidden = memchr::memmem::find_iter(bytes, b": #").any(|at| bytes.get(at + 3).is_some_and(|next| !next.is_ascii_whitespace()));
    tag || not_a_number || hidden || bytes.starts_with(b"!") || memchr::memmem::find(bytes, b"<<").is_some()
}

fn has_controls(text: &str) -> bool {
    text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t'))
}

fn read_carefully<T: DeserializeOwned + JsonSchema>(yaml: &YamlText<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<T> {
    let reading = reading(yaml);
    if let Some(region) = reading.second_document {
        let mut diagnostic = unsupported(yaml, region, "phần thứ hai, sau dòng --- ở giữa tệp,", "a second YAML document (a line ---)");
        diagnostic.hints =
            vec![Text::fixed("xóa dòng --- này, hoặc tách phần sau thành một tệp khác", "delete this line ---, or move what follows to another file")];
        diagnostics.push(diagnostic);
    }
    if let Some(region) = reading.too_deep {
        let vi = format!("lồng nhau quá {DEPTH_LIMIT} cấp");
        let mut diagnostic = unsupported(yaml, region, &vi, &format!("nesting deeper than {DEPTH_LIMIT} levels"));
        diagnostic.hints = vec![Text::fixed(
            "không mẫu nào cần nhiều cấp như vậy: bớt dấu ngoặc hoặc dấu cách thụt đầu dòng",
            "no record needs that many levels: use fewer brackets, or indent less",
        )];
        diagnostics.push(diagnostic);
    }
    let is_whole = reading.error.is_none();
    let mut broken_at = u32::MAX;
    // Control characters are told where the file was decoded: they are the cause of what is met here.
    if let Some(error) = reading.error.as_ref().filter(|_| !has_controls(yaml.text)) {
        let (line, column) = (error.marker().line() as u32 + yaml.first_line - 1, error.marker().col() as u32 + 1);
        let diagnostic = syntax_error(yaml, error.kind(), line, column);
        if let Place::Position { line, .. } = diagnostic.origin.place {
            broken_at = line;
        }
        diagnostics.push(diagnostic);
    }
    let root = reading.root?;
    let lines: Vec<&str> = yaml.text.lines().collect();
    refuse_properties(yaml, &lines, &root, None, diagnostics);
    let mut shape = Shape::of::<T>(yaml.file.clone(), is_whole);
    let value = shape.check(&root);
    // What stands at and after a place that could not be read was read wrong: one cause gives one message.
    let is_before = |diagnostic: &Diagnostic| broken_at == u32::MAX || node::locate(Some(&root), &diagnostic.origin.place).line < broken_at;
    shape.diagnostics.retain(is_before);
    // A file with that many mistakes is another kind of file: nothing of it is a record.
    let is_hopeless = shape.diagnostics.len() >= MOST_TOLD;
    diagnostics.append(&mut shape.diagnostics);
    (is_whole && !is_hopeless).then(|| serde_json::from_value(value).ok()).flatten()
}

/// Anchors, tags, merge keys, and values that became remarks. An alias repeats an anchor, which is told.
fn refuse_properties(yaml: &YamlText<'_>, lines: &[&str], node: &Node, key: Option<&str>, diagnostics: &mut Vec<Diagnostic>) {
    if node.has_property && !matches!(node.value, NodeValue::Alias) {
        diagnostics.push(property(yaml, node, key));
    }
    match &node.value {
        NodeValue::List(items) => items.iter().for_each(|item| refuse_properties(yaml, lines, item, None, diagnostics)),
        NodeValue::Map(entries) => {
            for (key, value) in entries {
                if key.text() == Some("<<") {
                    diagnostics.push(unsupported(yaml, key.region, "khóa gộp (<<)", "a merge key (<<)"));
                }
                if value.is_null() {
                    let slip = hidden_by_mark(lines, (key.region.line - yaml.first_line) as usize);
                    diagnostics.extend(slip.map(|slip| slip_at(yaml, lines, slip)));
                }
                refuse_properties(yaml, lines, value, key.text(), diagnostics);
            }
        }
        NodeValue::Scalar { .. } | NodeValue::Alias => {}
    }
}

/// An anchor or a tag, with the line as it should be where it stands before a text.
fn property(yaml: &YamlText<'_>, node: &Node, key: Option<&str>) -> Diagnostic {
    let diagnostic = unsupported(yaml, node.region, "dấu & (neo), * (bí danh) hoặc ! (nhãn) ở đầu giá trị", "an anchor (&), alias (*) or tag (!)");
    let (Some(key), Some(text)) = (key, node.text().filter(|text| text.len() <= 200 && !text.contains(['\n', '"', '\\']))) else { return diagnostic };
    let hint = Text::new(
        format!("ghi  {key}: \"{text}\" ; chỗ nào dùng lại giá trị này thì ghi đủ như vậy"),
        format!("write  {key}: \"{text}\" ; write it out where the value is used again"),
    );
    Diagnostic { hints: vec![hint], ..diagnostic }
}

fn unsupported(yaml: &YamlText<'_>, region: Region, vi: &str, en: &str) -> Diagnostic {
    let origin = Origin::position(yaml.file.clone(), region.line, region.column);
    Diagnostic::new(&UNSUPPORTED_YAML, origin, Text::new(format!("{vi} không được dùng trong tệp nội dung"), format!("{en} is not used in content files")))
        .hint(Text::fixed(
            "viết lại đầy đủ giá trị ở từng chỗ; giá trị có dấu ! & * ở đầu thì đặt trong dấu nháy kép",
            "write the value out in each place; put a value that begins with ! & * in double quotes",
        ))
}

/// An empty file, or a Markdown file without its front matter.
fn nothing_written(yaml: &YamlText<'_>) -> Diagnostic {
    let origin = Origin::file(yaml.file.clone());
    if yaml.file.ends_with(".md") {
        return Diagnostic::new(&INVALID_YAML, origin, Text::fixed("tệp chưa có phần khai báo ở đầu", "the file has no front matter")).hint(Text::fixed(
            "dòng đầu tiên là  --- , tiếp theo là các mục khai báo, rồi một dòng  --- , sau đó mới đến nội dung",
            "the first line is  --- , then the fields, then a line  --- , and then the text",
        ));
    }
    let message = match yaml.text.trim().is_empty() {
        true => Text::fixed("tệp trống", "the file is empty"),
        false => Text::fixed("tệp chỉ có lời ghi chú, chưa có mục nào", "the file has only remarks and no field"),
    };
    Diagnostic::new(&INVALID_YAML, origin, message).hint(Text::fixed("điền nội dung, hoặc xóa tệp nếu chưa dùng", "fill it in, or delete it if it is not used"))
}

/// A Markdown file whose front matter never ends.
pub fn open_front_matter(yaml: &YamlText<'_>) -> Diagnostic {
    let message = Text::fixed("phần khai báo mở bằng dòng  ---  nhưng chưa đóng", "the front matter is opened by a line  ---  and never closed");
    Diagnostic::new(&INVALID_YAML, Origin::stretch(yaml.file.clone(), 1, 1, 4), message)
        .hint(Text::fixed("thêm một dòng  ---  sau mục khai báo cuối cùng, trước phần nội dung", "add a line  ---  after the last field, before the text"))
}

fn unreadable(yaml: &YamlText<'_>) -> Diagnostic {
    let message = Text::fixed("không đọc được tệp này", "this file could not be read");
    Diagnostic::new(&INVALID_YAML, Origin::file(yaml.file.clone()), message)
        .hint(Text::fixed("so với tệp mẫu do «congbo init» tạo", "compare it with a file made by `congbo init`"))
}

/// A message for a syntax error, in the words of somebody who does not know YAML.
fn syntax_error(yaml: &YamlText<'_>, kind: &ErrorKind, line: u32, column: u32) -> Diagnostic {
    let met = (line - yaml.first_line) as usize;
    let lines: Vec<&str> = yaml.text.lines().take(met + 2).collect();
    // An error at the end of the text is met behind its last line.
    let met = met.min(lines.len().saturating_sub(1));
    let slip = Broken { lines: &lines, met, is_cut: !yaml.text.ends_with('\n') }.slip(kind);
    if slip.is_whole_line {
        slip_at(yaml, &lines, slip)
    } else {
        Diagnostic::new(&INVALID_YAML, Origin::position(yaml.file.clone(), line, column), slip.message).hint(slip.hint)
    }
}

fn slip_at(yaml: &YamlText<'_>, lines: &[&str], slip: Slip) -> Diagnostic {
    let written = lines.get(slip.line).copied().unwrap_or("");
    let start = written.chars().take_while(|c| *c == ' ').count() as u32 + 1;
    let end = written.trim_end().chars().count() as u32 + 1;
    let origin = Origin::stretch(yaml.file.clone(), slip.line as u32 + yaml.first_line, start, end.max(start + 1));
    Diagnostic::new(&INVALID_YAML, origin, slip.message).hint(slip.hint)
}
