//! Prints diagnostics: as text with the line in question, as JSON, as SARIF, as annotations of GitHub and GitLab, as Markdown.
//! Lines and columns are found here, once a file, and what content says can't forge a line of output.

mod listed;
mod machine;
mod markdown;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::Arc;

use clap::ValueEnum;
use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Lang, Severity, Text};
use crate::origin::Origin;
use crate::parse::node::{Node, Region, locate};
use crate::source::SourceTree;

pub use listed::{Listed, ListedPlace};

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Cho người đọc: thông báo, dòng có lỗi, cách sửa.
    #[default]
    Text,
    /// JSON cho chương trình khác.
    Json,
    /// SARIF 2.1.0 cho công cụ soát lỗi.
    Sarif,
    /// Chú thích của GitHub Actions.
    Github,
    /// Báo cáo Code Quality của GitLab.
    Gitlab,
    /// Danh sách theo tệp, để ghi vào nhận xét của yêu cầu gộp.
    Markdown,
}

/// A diagnostic and where it is.
pub(crate) struct Located<'a> {
    pub diagnostic: &'a Diagnostic,
    pub region: Region,
    pub line: Option<&'a str>,
    pub related: Vec<Related<'a>>,
}

/// Another place that takes part in a problem.
pub(crate) struct Related<'a> {
    pub origin: &'a Origin,
    pub region: Region,
    pub text: &'a Text,
    /// Whether it is in a table that comes with the program.
    pub is_shipped: bool,
}

/// Prints all diagnostics, sorted by file and line. `width` is that of the terminal, in columns.
pub fn print(diagnostics: &[Diagnostic], tree: &SourceTree, format: Format, lang: Lang, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let located = locate_all(diagnostics, tree);
    match format {
        Format::Text => text::print(&located, lang, width, out),
        Format::Json => machine::json(&located, lang, out),
        Format::Sarif => machine::sarif(&located, lang, out),
        Format::Github => machine::github(&located, lang, out),
        Format::Gitlab => machine::gitlab(&located, lang, out),
        Format::Markdown => markdown::print(&located, lang, out),
    }
}

/// All diagnostics with their places, sorted by file and line.
pub fn listed(diagnostics: &[Diagnostic], tree: &SourceTree, lang: Lang) -> Vec<Listed> {
    locate_all(diagnostics, tree).iter().map(|located| Listed::new(located, lang)).collect()
}

/// How many diagnostics there are of each severity: errors, warnings, information.
pub fn count(diagnostics: &[Diagnostic]) -> (usize, usize, usize) {
    let of = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    (of(Severity::Error), of(Severity::Warning), of(Severity::Information))
}

fn locate_all<'a>(diagnostics: &'a [Diagnostic], tree: &'a SourceTree) -> Vec<Located<'a>> {
    let places = diagnostics.iter().flat_map(|diagnostic| diagnostic.related.iter().map(|(origin, _)| origin).chain([&diagnostic.origin]));
    let files: Vec<&Arc<str>> = places.filter(|origin| origin.needs_reading()).map(|origin| &origin.file).collect::<BTreeSet<_>>().into_iter().collect();
    let read = |file: &&Arc<str>| ((*file).clone(), tree.text(file).and_then(|text| crate::parse::locate(file, text)));
    let mut locator = Locator { tree, roots: files.par_iter().map(read).collect() };
    let mut located: Vec<Located<'a>> = diagnostics
        .iter()
        .map(|diagnostic| Located {
            region: locator.region(&diagnostic.origin),
            line: None,
            related: diagnostic.related.iter().map(|(origin, text)| locator.related(origin, text)).collect(),
            diagnostic,
        })
        .collect();
    let mut lines: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for located in &mut located {
        let file: &str = &located.diagnostic.origin.file;
        let lines = lines.entry(file).or_insert_with(|| tree.text(file).map(|text| text.lines().collect()).unwrap_or_default());
        located.line = lines.get(located.region.line as usize - 1).copied();
    }
    located.sort_by(|left, right| key(left).cmp(&key(right)));
    located
}

fn key<'a>(located: &'a Located<'_>) -> (&'a str, Region, &'a str, &'a str) {
    (&located.diagnostic.origin.file, located.region, located.diagnostic.rule.id, &located.diagnostic.message.vi)
}

/// Finds places, reading each file with positions at most once.
struct Locator<'a> {
    tree: &'a SourceTree,
    roots: BTreeMap<Arc<str>, Option<Node>>,
}

impl Locator<'_> {
    fn related<'b>(&mut self, origin: &'b Origin, text: &'b Text) -> Related<'b> {
        let is_shipped = self.tree.texts.get(&origin.file).is_some_and(|source| source.is_shipped);
        Related { origin, region: self.region(origin), text, is_shipped }
    }

    fn region(&mut self, origin: &Origin) -> Region {
        let tree = self.tree;
        let root = self.roots.entry(origin.file.clone()).or_insert_with(|| {
            let text = tree.text(&origin.file)?;
            crate::parse::locate(&origin.file, text)
        });
        locate(root.as_ref(), &origin.place)
    }
}

/// One line without control characters, so that text from a content file can't look like our own output.
pub(crate) fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => ' ',
            c if c.is_control() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}') => '\u{FFFD}',
            c => c,
        })
        .collect()
}
