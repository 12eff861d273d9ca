//! The canonical form of a content file, for `congbo fmt`: fields in the order of the model, one way to write each
//! word, two spaces for a level. Comments stay, long texts keep their lines. What comes out is read again: where it
//! would not mean the same, the file is left alone.

mod expected;
mod notes;
mod print;
mod word;
mod written;

use std::sync::Arc;

use super::front_matter::{self, Parts};
use super::node::{Node, is_same};
use super::yaml::{DEPTH_LIMIT, INVALID_YAML, UNSUPPORTED_YAML, YamlText};
use super::{FileKind, parse_file, shape, yaml};
use crate::diagnostic::{Diagnostic, Text};
use crate::origin::Origin;
use expected::Expected;
pub use word::is_plain_text;
use written::{NotWritten, written};

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formatted {
    /// The text in canonical form, which may be the same.
    Text(String),
    /// The file is left alone, for these reasons.
    LeftAlone(Vec<Diagnostic>),
}

/// The canonical form of the file at a path of the project; `text` is in NFC, its lines end in `\n`.
pub fn format(path: &Arc<str>, text: &str) -> Formatted {
    let Some(kind) = FileKind::of(path) else { return Formatted::Text(text.to_owned()) };
    let before = parse_file(path, text).problems;
    // Nothing is moved in a file that can't be read to its end.
    let unreadable = [&INVALID_YAML, &UNSUPPORTED_YAML, &shape::DUPLICATE_KEY];
    let reasons: Vec<Diagnostic> = before.iter().filter(|problem| unreadable.iter().any(|rule| rule.id == problem.rule.id)).cloned().collect();
    if !reasons.is_empty() {
        return Formatted::LeftAlone(reasons);
    }
    let made = match canonical(kind, path, text) {
        Ok(made) => made,
        Err(reason) => return Formatted::LeftAlone(vec![*reason]),
    };
    if made == text {
        return Formatted::Text(made);
    }
    let told = |problems: &[Diagnostic]| {
        let mut told: Vec<_> = problems.iter().map(|problem| (problem.rule.id, problem.message.vi.to_string())).collect();
        told.sort();
        told
    };
    let is_same = means_the_same(path, text, &made) && told(&before) == told(&parse_file(path, &made).problems);
    if is_same { Formatted::Text(made) } else { Formatted::LeftAlone(vec![not_kept(path)]) }
}

/// The comments of a content file, each with its line, counted from 1; `None` where the file can't be taken apart.
pub fn comments(path: &str, text: &str) -> Option<Vec<(u32, String)>> {
    comments_in(&front_matter::parts(&path.into(), text).yaml)
}

fn comments_in(yaml: &YamlText<'_>) -> Option<Vec<(u32, String)>> {
    let written = written(yaml.text, DEPTH_LIMIT).ok()?;
    let (mut line, mut seen) = (yaml.first_line, 0);
    let placed = written.comments.iter().map(|comment| {
        line += yaml.text[seen..comment.range.start].matches('\n').count() as u32;
        seen = comment.range.start;
        (line, yaml.text[comment.range.clone()].trim_end().to_owned())
    });
    Some(placed.collect())
}

fn canonical(kind: FileKind, path: &Arc<str>, text: &str) -> Result<String, Box<Diagnostic>> {
    let schema = kind.record_schema();
    if !path.ends_with(".md") {
        return canonical_yaml(path, text, 1, Expected::root(&schema));
    }
    let parts = front_matter::split(path, text);
    let made = canonical_yaml(path, parts.yaml.text, parts.yaml.first_line, Expected::root(&schema))?;
    let end = if parts.body.is_empty() || parts.body.ends_with('\n') { "" } else { "\n" };
    Ok(if parts.yaml.text.is_empty() && !text.starts_with("---\n") { text.to_owned() } else { format!("---\n{made}---\n{}{end}", parts.body) })
}

fn canonical_yaml(path: &Arc<str>, text: &str, first_line: u32, expected: Expected<'_>) -> Result<String, Box<Diagnostic>> {
    let mut written = written(text, DEPTH_LIMIT).map_err(|NotWritten(at)| Box::new(not_written(path, text, first_line, at)))?;
    let notes = notes::gather(&mut written);
    // A catalogue is a list of records, or one record that stands alone.
    let expected = if written.is_list() { expected.listed() } else { expected };
    Ok(print::print(&written, notes, expected).unwrap_or_else(|| text.to_owned()))
}

fn not_written(path: &Arc<str>, text: &str, first_line: u32, at: usize) -> Diagnostic {
    let before = &text[..at];
    let line = before.matches('\n').count() as u32 + first_line;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() as u32 + 1;
    Diagnostic::new(
        &UNSUPPORTED_YAML,
        Origin::position(path.clone(), line, column),
        Text::fixed("chỗ này viết theo cách lệnh fmt không xếp lại được", "this is written in a way that fmt can't put in order"),
    )
    .hint(Text::fixed("viết mỗi mục một dòng dạng  tên: giá trị", "write one field a line, such as  name: value"))
}

fn not_kept(path: &Arc<str>) -> Diagnostic {
    Diagnostic::new(
        &UNSUPPORTED_YAML,
        Origin::file(path.clone()),
        Text::fixed("không xếp lại được tệp này mà vẫn giữ đúng nội dung", "this file can't be put in order without changing what it says"),
    )
    .hint(Text::fixed("tệp được để nguyên, không cần làm gì", "it was left alone; nothing needs to be done"))
}

/// Whether two texts of a file say the same: values, comments, and the text below the front matter.
fn means_the_same(path: &Arc<str>, before: &str, after: &str) -> bool {
    let (before, after) = (Meaning::of(path, before), Meaning::of(path, after));
    before.comments == after.comments
        && before.body == after.body
        && match (&before.root, &after.root) {
            (Some(before), Some(after)) => is_same(before, after),
            (before, after) => before.is_none() && after.is_none(),
        }
}

/// What a file says.
struct Meaning {
    root: Option<Node>,
    comments: Option<Vec<String>>,
    body: String,
}

impl Meaning {
    fn of(path: &Arc<str>, text: &str) -> Self {
        let Parts { yaml, body, .. } = front_matter::parts(path, text);
        let comments = comments_in(&yaml).map(|comments| {
            let mut texts: Vec<String> = comments.into_iter().map(|(_, text)| text).collect();
            texts.sort();
            texts
        });
        Self { root: yaml::reading(&yaml).root, comments, body: body.trim_end_matches('\n').to_owned() }
    }
}
