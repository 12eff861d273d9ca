//! `congbo import`: foreign tables into content files.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use anyhow::Result;

use super::Outcome;
use super::import_list;
use super::surroundings::WIDTH;
use crate::cli::{Import, ImportLegalDocuments, ImportNationalPortal, ImportSource};
use crate::diagnostic::{Diagnostic, Lang, Rule, Severity};
use crate::import::{catalogue_files, legal_documents, national_portal};
use crate::output::write_if_changed;
use crate::report::{self, Format};
use crate::source::{Limits, SourceTree, exists, read_named_lines};

/// Imports from the source that was named.
pub fn run(project: &Path, arguments: &Import, lang: Lang) -> Result<Outcome> {
    match &arguments.source {
        ImportSource::NationalPortal(arguments) => national_portal(arguments, lang),
        ImportSource::LegalDocuments(arguments) => legal_documents(arguments, lang),
        ImportSource::Xlsx(arguments) | ImportSource::Csv(arguments) | ImportSource::Docx(arguments) => import_list::run(project, arguments, lang),
    }
}

/// Reads the records, writes the files that changed, and tells what was doubtful.
fn national_portal(arguments: &ImportNationalPortal, lang: Lang) -> Result<Outcome> {
    let text = read_named_lines(&arguments.file)?;
    let path = arguments.file.to_string_lossy();
    let import = national_portal::read(&text, national_portal::PortalFile { path: &path, checked_on: arguments.checked_on });
    let files = catalogue_files(&import.records);
    let mut changed = 0;
    for file in &files {
        changed += usize::from(write_if_changed(&arguments.to.join(&file.name), &file.text)?);
    }
    tell(&import.diagnostics, arguments.details, lang)?;
    let (records, folder) = (import.records.len(), arguments.to.display());
    match lang {
        Lang::Vi => tell!("đã nhập {records} thủ tục vào {} tệp trong {folder}, {changed} tệp thay đổi", files.len()),
        Lang::En => tell!("{records} procedures imported into {} files in {folder}, {changed} of them changed", files.len()),
    }
    let has_errors = import.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    Ok(if has_errors { Outcome::Problems } else { Outcome::Clean })
}

/// The same for legal documents. Those that a file of the office's own has already are left out.
fn legal_documents(arguments: &ImportLegalDocuments, lang: Lang) -> Result<Outcome> {
    let text = read_named_lines(&arguments.file)?;
    let path = arguments.file.to_string_lossy();
    let own = own_files(&arguments.to)?;
    let own: Vec<(&str, &str)> = own.texts.iter().filter(|(path, _)| !is_imported(path)).map(|(path, source)| (&**path, &*source.text)).collect();
    let import = legal_documents::read(&text, &path, &legal_documents::own_numbers(&own));
    let mut changed = 0;
    for file in &import.files {
        changed += usize::from(write_if_changed(&arguments.to.join(&file.name), &file.text)?);
    }
    tell(&import.diagnostics, arguments.details, lang)?;
    let (count, files, known, folder) = (import.documents, import.files.len(), import.known, arguments.to.display());
    match lang {
        Lang::Vi => tell!("đã nhập {count} văn bản vào {files} tệp trong {folder}, {changed} tệp thay đổi; {known} văn bản đã có sẵn trong sổ"),
        Lang::En => tell!("{count} documents imported into {files} files in {folder}, {changed} of them changed; the register had {known} already"),
    }
    let has_errors = import.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    Ok(if has_errors { Outcome::Problems } else { Outcome::Clean })
}

/// What the folder holds already.
fn own_files(folder: &Path) -> Result<SourceTree> {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    match name.filter(|_| exists(folder)) {
        Some(name) => SourceTree::load(folder.parent().unwrap_or(Path::new(".")), &name, Limits::default()),
        None => Ok(SourceTree::default()),
    }
}

fn is_imported(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.starts_with(legal_documents::FILE_PREFIX))
}

/// Errors one by one; the rest counted by rule, or one by one on request.
fn tell(diagnostics: &[Diagnostic], is_detailed: bool, lang: Lang) -> Result<()> {
    let shown: Vec<Diagnostic> = diagnostics.iter().filter(|diagnostic| is_detailed || diagnostic.severity == Severity::Error).cloned().collect();
    let mut out = anstream::AutoStream::auto(std::io::stderr());
    report::print(&shown, &SourceTree::default(), Format::Text, lang, WIDTH, &mut out)?;
    let mut counts: BTreeMap<&str, (&Rule, usize)> = BTreeMap::new();
    for diagnostic in diagnostics {
        counts.entry(diagnostic.rule.id).or_insert((diagnostic.rule, 0)).1 += 1;
    }
    for (rule, count) in counts.values() {
        writeln!(out, "{count:>7}  {} ({})", rule.summary.get(lang), rule.id)?;
    }
    if !is_detailed && !counts.is_empty() {
        writeln!(out, "{}", if lang == Lang::Vi { "xem từng điểm: thêm  --details" } else { "to see each of them add  --details" })?;
    }
    Ok(())
}
