//! YAML into records: fast when the file is right; when it is not, read again with positions so that
//! every problem of the file is told, and as much as possible of the record survives.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_yaml::granit_parser::ErrorKind;
use serde_yaml::{Budget, DuplicateKeyPolicy, MergeKeyPolicy, Options};

use super::node::{self, Node, NodeValue, Reading, Region};
use super::shape::Shape;
use crate::diagnostic::{Diagnostic, MOST_TOLD, Rule, Severity, Text};
use crate::origin::Origin;

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
    if !needs_care(yaml.text)
        && let Ok(record) = serde_yaml::from_str_with_options(yaml.text, options())
    {
        return Some(record);
    }
    let before = diagnostics.len();
    let record = read_carefully(yaml, diagnostics);
    if record.is_none() && diagnostics.len() == before {
        diagnostics.push(if yaml.text.trim().is_empty() { nothing_written(yaml) } else { unreadable(yaml) });
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
    let tag = bytes.windows(2).any(|pair| pair[1] == b'!' && matches!(pair[0], b' ' | b'-' | b'[' | b',' | b'{'));
    let not_a_number =
        memchr::memchr_iter(b'.', bytes).any(|at| [".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF"].iter().any(|word| bytes[at..].starts_with(word.as_bytes())));
    tag || not_a_number || bytes.starts_with(b"!") || memchr::memmem::find(bytes, b"<<").is_some()
}

fn read_carefully<T: DeserializeOwned + JsonSchema>(yaml: &YamlText<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<T> {
    let reading = reading(yaml);
    if let Some(region) = reading.second_document {
        let mut diagnostic = unsupported(yaml, region, "tài liệu YAML thứ hai (dòng ---)", "a second YAML document (a line ---)");
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
    if let Some(error) = &reading.error {
        let (line, column) = (error.marker().line() as u32 + yaml.first_line - 1, error.marker().col() as u32 + 1);
        diagnostics.push(syntax_error(yaml, error.kind(), line, column));
    }
    let root = reading.root?;
    refuse_properties(yaml, &root, diagnostics);
    let mut shape = Shape::of::<T>(yaml.file.clone(), is_whole);
    let value = shape.check(&root);
    // A file with that many mistakes is another kind of file: nothing of it is a record.
    let is_hopeless = shape.diagnostics.len() >= MOST_TOLD;
    diagnostics.append(&mut shape.diagnostics);
    (is_whole && !is_hopeless).then(|| serde_json::from_value(value).ok()).flatten()
}

/// Anchors, aliases, tags and merge keys.
fn refuse_properties(yaml: &YamlText<'_>, node: &Node, diagnostics: &mut Vec<Diagnostic>) {
    if node.has_property {
        diagnostics.push(unsupported(yaml, node.region, "neo (&), bí danh (*) hoặc nhãn (!)", "an anchor (&), alias (*) or tag (!)"));
    }
    match &node.value {
        NodeValue::List(items) => items.iter().for_each(|item| refuse_properties(yaml, item, diagnostics)),
        NodeValue::Map(entries) => {
            for (key, value) in entries {
                if key.text() == Some("<<") {
                    diagnostics.push(unsupported(yaml, key.region, "khóa gộp (<<)", "a merge key (<<)"));
                }
                refuse_properties(yaml, value, diagnostics);
            }
        }
        NodeValue::Scalar { .. } | NodeValue::Alias => {}
    }
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
    Diagnostic::new(&INVALID_YAML, origin, Text::fixed("tệp chưa có nội dung", "the file is empty"))
        .hint(Text::fixed("điền nội dung, hoặc xóa tệp nếu chưa dùng", "fill it in, or delete it if it is not used"))
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
    let lines: Vec<&str> = yaml.text.lines().take((line - yaml.first_line) as usize + 2).collect();
    let (cause, at) = Cause::of(kind, &lines, (line - yaml.first_line) as usize);
    let (line, column) = match at {
        Some(index) => (index as u32 + yaml.first_line, 1),
        None => (line, column),
    };
    let end_column = if at.is_some() { column + lines[(line - yaml.first_line) as usize].chars().count() as u32 } else { column + 1 };
    let (message, hint) = cause.texts();
    Diagnostic::new(&INVALID_YAML, Origin::stretch(yaml.file.clone(), line, column, end_column), message).hint(hint)
}

/// The last line before the error that opens more brackets than it closes, or closes one too many.
fn open_brackets(lines: &[&str], met: usize) -> Option<usize> {
    let balance = |line: &str| line.chars().fold(0i32, |sum, c| sum + i32::from(matches!(c, '[' | '{')) - i32::from(matches!(c, ']' | '}')));
    let last = met.min(lines.len().checked_sub(1)?);
    let is_open_before = lines[..=last].iter().map(|line| balance(line)).sum::<i32>() != 0;
    is_open_before.then(|| (0..=last).rev().find(|&at| balance(lines[at]) != 0)).flatten()
}

/// What an officer did, rather than what the parser met.
enum Cause {
    Tab,
    ConflictMark,
    OpenQuote,
    OpenBracket,
    ColonInText,
    TextAfterQuote,
    Indentation,
    UnknownAlias,
    SpecialFirstCharacter,
    Other,
}

impl Cause {
    /// The cause of an error that the parser met in line number `met` (from 0), and the line to
    /// look at where that is another one.
    fn of(kind: &ErrorKind, lines: &[&str], met: usize) -> (Self, Option<usize>) {
        use ErrorKind as K;
        let is_conflict = |line: &&str| ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark));
        let has_leading_tab = |line: &&str| line.chars().take_while(|c| c.is_whitespace()).any(|c| c == '\t');
        if let Some(at) = lines.iter().position(is_conflict) {
            return (Self::ConflictMark, Some(at));
        }
        if let Some(at) = lines.iter().position(has_leading_tab) {
            return (Self::Tab, Some(at));
        }
        let written = lines.get(met).copied().unwrap_or("");
        let cause = match kind {
            K::TabNotAllowed | K::TabInBlockIndentation | K::TabInIndentation | K::TabAtBlockScalarStart | K::TabInPlainScalar => Self::Tab,
            K::UnclosedQuotedScalar | K::DocumentIndicatorInQuotedScalar | K::InvalidQuotedScalarIndent => Self::OpenQuote,
            K::MappingValueNotAllowed | K::InvalidColonPlacement if written.matches(": ").count() > 1 => Self::ColonInText,
            K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => Self::TextAfterQuote,
            K::UnknownAnchor | K::MissingAnchorOrAliasName => Self::UnknownAlias,
            K::UnexpectedCharacter { .. } | K::InvalidGlobalTagCharacter | K::ExpectedTagBang | K::MissingTagUri => Self::SpecialFirstCharacter,
            _ if open_brackets(lines, met).is_some() => Self::OpenBracket,
            K::ExpectedBlockMappingKey | K::MappingValueNotAllowed if written.trim_start().starts_with(['"', '\'']) || written.contains(": \"") => {
                Self::TextAfterQuote
            }
            K::ExpectedBlockMappingKey | K::ExpectedBlockSequenceEntry | K::InvalidIndentation | K::BlockSequenceEntryNotAllowed => Self::Indentation,
            K::MappingKeyNotAllowed | K::MappingValueNotAllowed | K::SimpleKeyExpected | K::InvalidSimpleKey | K::InvalidBlockScalarIndent => Self::Indentation,
            _ => Self::Other,
        };
        let at = match cause {
            Self::OpenQuote => (0..=met.min(lines.len().saturating_sub(1))).rev().find(|&at| lines[at].matches('"').count() % 2 == 1),
            Self::OpenBracket => open_brackets(lines, met),
            _ => None,
        };
        (cause, at)
    }

    fn texts(&self) -> (Text, Text) {
        let (vi, en, hint_vi, hint_en) = match self {
            Self::Tab => (
                "dòng này thụt vào bằng phím Tab",
                "this line is indented with a tab",
                "xóa Tab, thụt vào bằng dấu cách, mỗi cấp 2 dấu cách",
                "delete the tab and indent with spaces, two for each level",
            ),
            Self::ConflictMark => (
                "còn dấu xung đột khi ghép tệp (<<<<<<<, =======, >>>>>>>)",
                "merge conflict marks are left (<<<<<<<, =======, >>>>>>>)",
                "giữ lại phần đúng, xóa phần kia và xóa cả ba dòng dấu",
                "keep the right part, delete the other one and the three lines of marks",
            ),
            Self::OpenQuote => (
                "thiếu dấu nháy đóng",
                "a closing quote is missing",
                "thêm dấu nháy ở cuối giá trị; bên trong nháy kép, viết dấu nháy kép là \\\"",
                "add a quote at the end of the value; inside double quotes write a double quote as \\\"",
            ),
            Self::OpenBracket => (
                "thiếu hoặc nhầm dấu ngoặc đóng ] hoặc }, hoặc thiếu dấu phẩy",
                "a closing bracket ] or } or a comma is missing or wrong",
                "kiểm tra từng cặp ngoặc; giữa hai mục trong ngoặc phải có dấu phẩy",
                "check every pair of brackets; items inside brackets are separated by commas",
            ),
            Self::ColonInText => (
                "giá trị có dấu hai chấm nên phải đặt trong dấu nháy kép",
                "a value with a colon must stand in double quotes",
                "đặt cả giá trị trong dấu nháy kép, ví dụ  title: \"Quy trình: tiếp công dân\"",
                "put the whole value in double quotes, such as  title: \"Process: reception\"",
            ),
            Self::TextAfterQuote => (
                "còn chữ sau dấu nháy đóng",
                "there is text after the closing quote",
                "đặt cả giá trị trong một cặp nháy; dấu nháy kép bên trong viết là \\\"",
                "put the whole value in one pair of quotes; write a double quote inside as \\\"",
            ),
            Self::Indentation => (
                "dòng này thụt vào không khớp với các dòng trên",
                "the indentation of this line does not fit the lines above",
                "các mục cùng cấp phải thẳng cột với nhau; mỗi cấp con thụt thêm 2 dấu cách; sau dấu hai chấm có một dấu cách",
                "entries of one level start in the same column; each level below is two spaces further; a space follows the colon",
            ),
            Self::UnknownAlias => (
                "giá trị bắt đầu bằng dấu * hoặc & nên phải đặt trong dấu nháy kép",
                "a value that begins with * or & must stand in double quotes",
                "đặt cả giá trị trong dấu nháy kép",
                "put the whole value in double quotes",
            ),
            Self::SpecialFirstCharacter => (
                "giá trị bắt đầu bằng ký tự đặc biệt (@ ` % ! …) nên phải đặt trong dấu nháy kép",
                "a value that begins with a special character (@ ` % ! …) must stand in double quotes",
                "đặt cả giá trị trong dấu nháy kép",
                "put the whole value in double quotes",
            ),
            Self::Other => (
                "sai cú pháp ở gần đây",
                "the syntax is wrong near here",
                "mỗi dòng có dạng  tên: giá trị ; giá trị có ký tự đặc biệt thì đặt trong dấu nháy kép",
                "each line has the form  name: value ; put values with special characters in double quotes",
            ),
        };
        (Text::fixed(vi, en), Text::fixed(hint_vi, hint_en))
    }
}
