//! `congbo export xlsx`: the content as a workbook that an office edits and `congbo import xlsx` takes back.

use std::path::Path;

use anyhow::{Result, ensure};

use super::Outcome;
use super::report::known_agency;
use super::surroundings::flags_on;
use crate::cli::{Export, ExportTarget, ExportXlsx};
use crate::diagnostic::Lang;
use crate::exchange::{Content, RecordKind, Scope, workbook};
use crate::output::write_if_changed;
use crate::pipeline::{self, Judged};

/// Exports in the form that was named.
pub fn run(project: &Path, arguments: &Export, lang: Lang) -> Result<Outcome> {
    match &arguments.target {
        ExportTarget::Xlsx(arguments) => xlsx(project, arguments, lang),
    }
}

/// Writes the workbook of an agency, or of the whole catalogue.
fn xlsx(project: &Path, arguments: &ExportXlsx, lang: Lang) -> Result<Outcome> {
    let (scope, name) = match &arguments.agency {
        Some(agency) => {
            let judged = pipeline::judge(project, flags_on(None)?)?;
            let scope = scope_of(&judged, agency)?;
            let name = scope.agency.as_ref().and_then(|id| judged.register.agencies.get(id)).map(|agency| agency.name.to_string());
            (scope, name)
        }
        None => (Scope::default(), None),
    };
    let (tree, _) = pipeline::read_content(project)?;
    let content = Content::load(&tree, scope.agency.as_ref());
    refuse_broken(&content)?;
    let bytes = workbook(&content, &scope, name.as_deref())?;
    let is_changed = write_if_changed(&arguments.out, bytes)?;
    let count = content.records.keys().filter(|(kind, key)| *kind == RecordKind::AdministrativeProcedure && scope.has(key)).count();
    let file = arguments.out.display();
    match (lang, is_changed) {
        (Lang::Vi, true) => tell!("đã xuất {count} thủ tục vào {file}"),
        (Lang::Vi, false) => tell!("{file} đã đúng như nội dung, không ghi lại ({count} thủ tục)"),
        (Lang::En, true) => tell!("{count} procedures exported to {file}"),
        (Lang::En, false) => tell!("{file} was up to date ({count} procedures)"),
    }
    Ok(Outcome::Clean)
}

/// What a workbook of an agency shows.
pub fn scope_of(judged: &Judged, agency: &str) -> Result<Scope> {
    let id = known_agency(judged, agency)?;
    let codes = judged.register.agencies.get(&id).and_then(|agency| agency.competence.clone()).unwrap_or_default();
    Ok(Scope { agency: Some(id), codes: Some(codes) })
}

/// What can't be read can't be exported whole, and must not be written over.
pub fn refuse_broken(content: &Content) -> Result<()> {
    let broken: Vec<&str> = content.broken.iter().map(|path| &**path).collect();
    ensure!(broken.is_empty(), "còn lỗi trong {}; xem  congbo check", broken.join(", "));
    Ok(())
}
