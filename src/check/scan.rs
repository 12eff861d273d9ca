//! Looking through texts as their authors see them: places, lines, comments, and every Markdown text of the register.

use crate::domain::vocabulary::Visibility;
use crate::domain::{AdministrativeProcedure, Markdown, ProcedureSteps, PublicText, Register};
use crate::origin::Origin;

/// The lines of a text, found once: places of many finds cost no more than one walk over it.
pub(super) struct Lines<'a> {
    text: &'a PublicText,
    /// Where each line begins, in bytes.
    starts: Vec<usize>,
    yaml_length: usize,
}

impl<'a> Lines<'a> {
    /// Finds the lines of a text.
    pub fn of(text: &'a PublicText) -> Self {
        let starts = std::iter::once(0).chain(text.text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts, yaml_length: yaml_length(text) }
    }

    /// Number, from 0, of the line of a byte.
    pub fn number(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset) - 1
    }

    /// A line by its number, without its end, and where it begins.
    pub fn line(&self, number: usize) -> (usize, &'a str) {
        let start = self.starts[number];
        let end = self.starts.get(number + 1).map_or(self.text.text.len(), |next| next - 1);
        (start, &self.text.text[start..end])
    }

    /// Line and column of a byte.
    pub fn place(&self, offset: usize) -> Origin {
        let number = self.number(offset);
        let column = self.text.text[self.starts[number]..offset].chars().count() as u32 + 1;
        Origin::position(self.text.file.clone(), number as u32 + 1, column)
    }

    /// Whether a byte stands in the YAML of the file.
    pub fn is_yaml(&self, offset: usize) -> bool {
        offset < self.yaml_length
    }

    /// Whether a byte stands in a YAML comment of its own line: nobody but the author reads it.
    pub fn is_comment(&self, offset: usize) -> bool {
        offset < self.yaml_length && self.line(self.number(offset)).1.trim_start().starts_with('#')
    }
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
