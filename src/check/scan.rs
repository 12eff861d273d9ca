//! Looking through texts as their authors see them: places, lines, comments, and every Markdown text of the register.

use crate::domain::vocabulary::Visibility;
use crate::domain::{AdministrativeProcedure, Markdown, ProcedureSteps, PublicText, Register};
use crate::origin::Origin;

/// Line and column of a byte of a text.
pub(super) fn place(text: &PublicText, offset: usize) -> Origin {
    let before = &text.text[..offset];
    let line = before.bytes().filter(|byte| *byte == b'\n').count() as u32 + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() as u32 + 1;
    Origin::position(text.file.clone(), line, column)
}

/// The line of a byte, without its end.
pub(super) fn line_at(text: &str, offset: usize) -> &str {
    let start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |end| offset + end);
    &text[start..end]
}

/// Whether a byte stands in a YAML comment of its own line: nobody but the author reads it.
pub(super) fn is_comment(text: &PublicText, offset: usize) -> bool {
    line_at(&text.text, offset).trim_start().starts_with('#') && offset < yaml_length(text)
}

/// How much of a file, from its beginning, is YAML.
fn yaml_length(text: &PublicText) -> usize {
    if !text.file.ends_with(".md") {
        return text.text.len();
    }
    let Some(rest) = text.text.strip_prefix("---\n") else { return 0 };
    rest.find("\n---").map_or(text.text.len(), |end| end + 5)
}

/// Every Markdown text that the public may read.
pub(super) fn markdowns(register: &Register) -> Vec<&Markdown> {
    let mut found = Vec::new();
    for procedure in register.administrative_procedures.values() {
        of_procedure(procedure, &mut found);
    }
    for system in register.quality_systems.values() {
        found.extend(system.declarations.iter().filter_map(|declaration| declaration.scope.as_ref()));
    }
    for records in register.records.values() {
        found.extend(records.quality_policy.iter().map(|policy| &policy.body));
        found.extend(records.work_processes.iter().filter(|process| process.is_public()).map(|process| &process.body));
    }
    found.extend(register.pages.iter().filter(|page| page.visibility == Visibility::Public).map(|page| &page.body));
    found
}

fn of_procedure<'a>(procedure: &'a AdministrativeProcedure, found: &mut Vec<&'a Markdown>) {
    found.extend(procedure.description.iter().chain(&procedure.conditions).map(Box::as_ref));
    found.extend(procedure.channels.iter().filter_map(|channel| channel.note.as_deref()));
    found.extend(procedure.dossiers.iter().filter_map(|dossier| dossier.note.as_deref()));
    match &procedure.steps {
        ProcedureSteps::Missing => {}
        ProcedureSteps::Text(text) => found.push(text),
        ProcedureSteps::List(steps) => found.extend(steps.iter().filter_map(|step| step.text.as_deref())),
    }
}
