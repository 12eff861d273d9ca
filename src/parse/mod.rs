//! Text to raw records: the only place that knows YAML. Never fails: what could be read comes back
//! together with every problem of every file.

mod file_kind;
mod format;
mod front_matter;
pub mod labels;
mod line;
mod meaning;
pub mod node;
pub mod raw;
mod refusal;
mod repair;
mod schema;
pub mod shape;
mod typing;
mod wording;
pub mod yaml;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

pub use file_kind::{FileKind, LOCK_FILE};
pub use format::{Formatted, comments, format, is_plain_text};
pub use meaning::meaning;
pub use refusal::RULES as REFUSAL_RULES;

use crate::diagnostic::{Diagnostic, Rule, Severity, Text, nearest};
use crate::origin::Origin;
use crate::source::{NoteKind, Remark, SourceTree};
use raw::*;
use yaml::YamlText;

/// What can be told of the files that were not read.
pub fn refusals(tree: &SourceTree) -> Vec<Diagnostic> {
    tree.refusals.iter().map(refusal::refused).collect()
}

/// A file that no part of the program looks at.
pub static MISPLACED_FILE: Rule = Rule {
    id: "misplaced-file",
    severity: Severity::Warning,
    summary: Text::fixed("tệp nằm ở chỗ chương trình không đọc", "a file in a place that is not read"),
    basis: None,
};

/// The rules of reading: what `congbo rules` lists for load and parse.
pub static RULES: &[&Rule] = &[
    &yaml::INVALID_YAML,
    &yaml::UNSUPPORTED_YAML,
    &shape::UNKNOWN_KEY,
    &shape::DUPLICATE_KEY,
    &shape::WRONG_TYPE,
    &shape::UNKNOWN_VALUE,
    &shape::MISSING_FIELD,
    &MISPLACED_FILE,
];

/// What was made of one file.
#[derive(Clone)]
pub struct Parsed {
    /// In a box: most files are of the catalogue, whose records are taken out.
    records: Option<Box<Records>>,
    pub problems: Vec<Diagnostic>,
}

/// Reads all files that a tree holds, in parallel, except `site.yaml`, which `config` reads.
pub fn parse(tree: &SourceTree, diagnostics: &mut Vec<Diagnostic>) -> RawProject {
    gather(tree, parse_texts(tree), diagnostics)
}

/// Reads each file that a tree holds.
pub fn parse_texts(tree: &SourceTree) -> Vec<(Arc<str>, Parsed)> {
    tree.texts.par_iter().map(|(path, source)| (path.clone(), parse_file(path, &source.text))).collect()
}

/// The records of all files together, with what there is to tell of them, in the order of their paths.
pub fn gather(tree: &SourceTree, parsed: Vec<(Arc<str>, Parsed)>, diagnostics: &mut Vec<Diagnostic>) -> RawProject {
    let has_error = |(path, parsed): &(Arc<str>, Parsed)| {
        let lines = error_lines(path, tree, &parsed.problems);
        (!lines.is_empty()).then(|| (path.clone(), lines))
    };
    let remarked = |path: &Arc<str>| tree.texts.get(path).is_some_and(|source| !source.remarks.is_empty());
    let lines_with_errors = parsed.iter().filter(|(path, _)| remarked(path)).filter_map(has_error).collect();
    refusal::report(tree, &lines_with_errors, diagnostics);
    let mut project = RawProject::default();
    for refusal in &tree.refusals {
        project.broken.insert(refusal.path.clone());
    }
    // Text with control characters is not read to its end.
    let is_control = |remark: &Remark| matches!(remark.kind, NoteKind::Invisible { found } if found.is_control());
    project.broken.extend(tree.texts.iter().filter(|(_, source)| source.remarks.iter().any(is_control)).map(|(path, _)| path.clone()));
    for (path, Parsed { records, mut problems }) in parsed {
        if problems.iter().any(|problem| problem.severity == Severity::Error) {
            project.broken.insert(path);
        }
        diagnostics.append(&mut problems);
        if let Some(records) = records {
            project.add(*records);
        }
    }
    project
}

/// The lines on which reading found errors.
fn error_lines(path: &str, tree: &SourceTree, problems: &[Diagnostic]) -> BTreeSet<u32> {
    let errors: Vec<&Diagnostic> = problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
    if errors.is_empty() {
        return BTreeSet::new();
    }
    let root = tree.text(path).and_then(|text| locate(path, text));
    errors.iter().map(|problem| node::locate(root.as_ref(), &problem.origin.place).line).collect()
}

/// The records of one file, by kind.
#[derive(Clone)]
enum Records {
    Nothing,
    Standards(Vec<Sourced<RawStandard>>),
    Frameworks(Vec<Sourced<RawFramework>>),
    Deadlines(Vec<Sourced<RawDeadline>>),
    Administrations(Vec<Sourced<RawAdministration>>),
    Holidays(Vec<Sourced<RawHolidays>>),
    Redirects(Vec<Sourced<RawRedirect>>),
    Feeds(Vec<Sourced<RawFeed>>),
    FeedStates(Vec<Sourced<RawFeedState>>),
    Approvals(Vec<Sourced<RawApproval>>),
    LegalDocuments(Vec<Sourced<RawLegalDocument>>),
    AdministrativeProcedures(Vec<Sourced<RawAdministrativeProcedure>>),
    Agency(Owned<RawAgency>),
    Declaration(Owned<RawPage<RawDeclaration>>),
    QualityPolicy(Owned<RawPage<RawQualityPolicy>>),
    Objectives(Owned<RawObjectives>),
    Documents(Owned<RawDocuments>),
    WorkProcess(Owned<RawPage<RawWorkProcess>>),
    Reviews(Owned<RawReviews>),
    Postings(Owned<RawPostings>),
    Results(Owned<RawResults>),
    Inspection(Sourced<RawInspection>),
    Page(Sourced<RawPage<RawFreePage>>),
}

impl Parsed {
    /// Takes out the procedures of a file of the catalogue, which need no other file to be resolved.
    pub fn take_catalogue(&mut self) -> Option<Vec<Sourced<RawAdministrativeProcedure>>> {
        match self.records.take().map(|records| *records) {
            Some(Records::AdministrativeProcedures(records)) => Some(records),
            other => {
                self.records = other.map(Box::new);
                None
            }
        }
    }
}

impl RawProject {
    fn add(&mut self, records: Records) {
        match records {
            Records::Nothing => {}
            Records::Standards(mut records) => self.standards.append(&mut records),
            Records::Frameworks(mut records) => self.frameworks.append(&mut records),
            Records::Deadlines(mut records) => self.deadlines.append(&mut records),
            Records::Administrations(mut records) => self.administrations.append(&mut records),
            Records::Holidays(mut records) => self.holidays.append(&mut records),
            Records::Redirects(mut records) => self.redirects.append(&mut records),
            Records::Feeds(mut records) => self.feeds.append(&mut records),
            Records::FeedStates(mut records) => self.feed_states.append(&mut records),
            Records::Approvals(mut records) => self.approvals.append(&mut records),
            Records::LegalDocuments(mut records) => self.legal_documents.append(&mut records),
            Records::AdministrativeProcedures(mut records) => self.administrative_procedures.append(&mut records),
            Records::Agency(record) => self.agencies.push(record),
            Records::Declaration(record) => self.declarations.push(record),
            Records::QualityPolicy(record) => self.quality_policies.push(record),
            Records::Objectives(record) => self.objectives.push(record),
            Records::Documents(record) => self.documents.push(record),
            Records::WorkProcess(record) => self.work_processes.push(record),
            Records::Reviews(record) => self.reviews.push(record),
            Records::Postings(record) => self.postings.push(record),
            Records::Results(record) => self.results.push(record),
            Records::Inspection(record) => self.inspections.push(record),
            Records::Page(record) => self.pages.push(record),
        }
    }
}

/// Reads one file.
pub fn parse_file(path: &Arc<str>, text: &str) -> Parsed {
    let mut problems = Vec::new();
    let Some(kind) = FileKind::of(path) else {
        problems.push(misplaced(path));
        return Parsed { records: None, problems };
    };
    let file = File { path, text, diagnostics: &mut problems };
    let records = Some(Box::new(file.read(kind)));
    Parsed { records, problems }
}

struct File<'a> {
    path: &'a Arc<str>,
    text: &'a str,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl File<'_> {
    fn read(self, kind: FileKind) -> Records {
        match kind {
            FileKind::Site => Records::Nothing,
            FileKind::Standards => Records::Standards(self.list()),
            FileKind::Frameworks => Records::Frameworks(self.list()),
            FileKind::Deadlines => Records::Deadlines(self.list()),
            FileKind::Administrations => Records::Administrations(self.list()),
            FileKind::Holidays => Records::Holidays(self.list()),
            FileKind::Redirects => Records::Redirects(self.list()),
            FileKind::Federation => Records::Feeds(self.list()),
            FileKind::FederationState => Records::FeedStates(self.list()),
            FileKind::Approvals => Records::Approvals(self.list()),
            FileKind::LegalDocuments => Records::LegalDocuments(self.list()),
            FileKind::AdministrativeProcedures | FileKind::NationalRecords => Records::AdministrativeProcedures(self.list()),
            FileKind::Agency => self.owned().map_or(Records::Nothing, Records::Agency),
            FileKind::Declaration if self.path.ends_with(".md") => self.owned_page().map_or(Records::Nothing, Records::Declaration),
            FileKind::Declaration => {
                let declaration = self.owned().map(|Owned { agency, stem, record }| Owned {
                    agency,
                    stem,
                    record: Sourced { origin: record.origin, raw: RawPage { front: record.raw, body: String::new(), body_line: 1 } },
                });
                declaration.map_or(Records::Nothing, Records::Declaration)
            }
            FileKind::QualityPolicy => self.owned_page().map_or(Records::Nothing, Records::QualityPolicy),
            FileKind::Objectives => self.owned().map_or(Records::Nothing, Records::Objectives),
            FileKind::Documents => self.owned().map_or(Records::Nothing, Records::Documents),
            FileKind::WorkProcess => self.owned_page().map_or(Records::Nothing, Records::WorkProcess),
            FileKind::Postings => self.owned().map_or(Records::Nothing, Records::Postings),
            FileKind::Reviews => self.owned().map_or(Records::Nothing, Records::Reviews),
            FileKind::Results => self.owned().map_or(Records::Nothing, Records::Results),
            FileKind::Inspection => self.record().map_or(Records::Nothing, Records::Inspection),
            FileKind::FreePage => self.page().map_or(Records::Nothing, Records::Page),
        }
    }

    fn origin(&self) -> Origin {
        Origin::root(self.path.clone())
    }

    fn list<T: serde::de::DeserializeOwned + schemars::JsonSchema>(self) -> Vec<Sourced<T>> {
        let yaml = YamlText { file: self.path.clone(), text: self.text, first_line: 1 };
        let records = yaml::read_list(&yaml, self.diagnostics);
        records.into_iter().map(|(origin, raw)| Sourced { origin, raw }).collect()
    }

    fn record<T: serde::de::DeserializeOwned + schemars::JsonSchema>(self) -> Option<Sourced<T>> {
        let (origin, yaml) = (self.origin(), YamlText { file: self.path.clone(), text: self.text, first_line: 1 });
        let raw = yaml::read(&yaml, self.diagnostics)?;
        Some(Sourced { origin, raw })
    }

    fn page<T: serde::de::DeserializeOwned + schemars::JsonSchema>(self) -> Option<Sourced<RawPage<T>>> {
        let origin = self.origin();
        let parts = front_matter::split(self.path, self.text);
        if let Some(diagnostic) = front_matter::missing(self.path, self.text) {
            self.diagnostics.push(diagnostic);
            return None;
        }
        if parts.is_open {
            self.diagnostics.push(yaml::open_front_matter(&parts.yaml));
            return None;
        }
        let front = yaml::read(&parts.yaml, self.diagnostics)?;
        Some(Sourced { origin, raw: RawPage { front, body: parts.body.to_owned(), body_line: parts.body_line } })
    }

    fn owned<T: serde::de::DeserializeOwned + schemars::JsonSchema>(self) -> Option<Owned<T>> {
        let (agency, stem) = owner(self.path);
        Some(Owned { agency, stem, record: self.record()? })
    }

    fn owned_page<T: serde::de::DeserializeOwned + schemars::JsonSchema>(self) -> Option<Owned<RawPage<T>>> {
        let (agency, stem) = owner(self.path);
        Some(Owned { agency, stem, record: self.page()? })
    }
}

/// The agency's folder and the file's stem, of `content/agencies/<id>/…/<stem>.yaml`.
fn owner(path: &str) -> (String, String) {
    let agency = path.split('/').nth(2).unwrap_or("").to_owned();
    let name = path.rsplit('/').next().unwrap_or("");
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
    (agency, stem)
}

/// Positions of the values of a file, for messages.
pub fn locate(path: &str, text: &str) -> Option<node::Node> {
    yaml::reading(&front_matter::parts(&path.into(), text).yaml).root
}

fn misplaced(path: &Arc<str>) -> Diagnostic {
    let message = Text::fixed("chương trình không đọc tệp ở chỗ này", "a file in this place is not read");
    let hint = match right_place(path) {
        Some(right) => Text::new(format!("có phải tên đúng là  {right} ?"), format!("is the right name  {right} ?")),
        None => Text::new(
            format!("chuyển tệp đến một trong các chỗ: {}", FileKind::EXAMPLES.join(", ")),
            format!("move it to one of: {}", FileKind::EXAMPLES.join(", ")),
        ),
    };
    Diagnostic::new(&MISPLACED_FILE, Origin::file(path.clone()), message).hint(hint)
}

/// Where a file was probably meant to be.
fn right_place(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.split('/').collect();
    let name = parts.last().copied().unwrap_or("");
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if let ["content", "agencies", agency, ..] = parts[..] {
        let folder = format!("content/agencies/{agency}");
        if stem.parse::<u16>().is_ok_and(|year| (2000..2100).contains(&year)) {
            return Some(format!("{folder}/objectives/{name} , {folder}/results/{name}"));
        }
        let own = FileKind::EXAMPLES.iter().filter_map(|example| example.strip_prefix("content/agencies/<mã>/")).filter(|example| !example.contains('<'));
        return nearest(name, own)
            .map(|own| format!("{folder}/{own}"))
            .or_else(|| Some(format!("{folder}/work-processes/{name}")).filter(|_| name.ends_with(".md")));
    }
    nearest(path, FileKind::EXAMPLES.iter().copied()).map(str::to_owned)
}
