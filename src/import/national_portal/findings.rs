//! What a line had to tell: problems with their place, and texts that no field of the record can hold.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::origin::Origin;

/// Problems and left-over texts of one line.
pub(super) struct Findings<'a> {
    file: Arc<str>,
    number: u32,
    line: &'a str,
    label: &'static str,
    pub diagnostics: Vec<Diagnostic>,
    /// Texts for `import_notes`, each with the label it stood under.
    pub notes: Vec<String>,
}

impl<'a> Findings<'a> {
    /// For line `number` of a file, counted from 1.
    pub fn new(file: Arc<str>, number: u32, line: &'a str) -> Self {
        Self { file, number, line, label: "", diagnostics: Vec::new(), notes: Vec::new() }
    }

    /// From now on, problems belong to the field with this label.
    pub fn at(&mut self, label: &'static str) {
        self.label = label;
    }

    /// Tells a problem once, however often the record repeats it.
    pub fn tell(&mut self, problem: fn(Origin, &str) -> Diagnostic, text: &str) {
        let diagnostic = problem(self.origin(), &shortened(text));
        if !self.diagnostics.contains(&diagnostic) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Keeps a text that has no place in the record, and tells it.
    pub fn keep(&mut self, text: &str) {
        let label = self.label;
        self.keep_under(label, text);
    }

    /// The same under a label of its own.
    pub fn keep_under(&mut self, label: &str, text: &str) {
        self.tell(super::rules::unstructured, &format!("{label}: {text}"));
        self.notes.push(format!("{label}: {text}"));
    }

    /// The place of the current field: the column of its label in the line.
    fn origin(&self) -> Origin {
        let quoted = format!("\"{}\"", self.label);
        let before = if self.label.is_empty() { None } else { self.line.find(&quoted).map(|at| &self.line[..at]) };
        let column = before.map_or(1, |before| before.chars().count() as u32 + 1);
        Origin::position(self.file.clone(), self.number, column)
    }
}

/// Enough of a text to recognise it in a message.
fn shortened(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if line.chars().count() > 80 { format!("{}…", line.chars().take(80).collect::<String>()) } else { line }
}
