//! A template that can't be used, with its place.

use std::error::Error;
use std::fmt;

use tera::ErrorKind;

/// A template that can't be used. Its text is the template engine's own report, which shows the line.
#[derive(Debug)]
pub struct TemplateError {
    /// Path in the project; the folder of the templates where the engine names no file.
    pub file: String,
    /// Line and column are counted from 1.
    pub line: u32,
    pub column: u32,
    /// What is wrong, in the engine's words.
    pub message: String,
    /// File, line and message as the engine prints them.
    report: String,
    folder: String,
}

impl TemplateError {
    pub(super) fn new(error: &tera::Error, folder: &str) -> Self {
        let folder = format!("{folder}/templates");
        let causes: Vec<String> = anyhow::Chain::new(error).map(ToString::to_string).collect();
        let report = causes.join("\n");
        match error.kind() {
            ErrorKind::SyntaxError(at) | ErrorKind::RenderingError(at) => Self {
                file: format!("{folder}/{}", at.filename()),
                line: number(at.span().start_line),
                column: number(at.span().start_col + 1),
                message: at.message().to_owned(),
                report,
                folder,
            },
            _ => Self { file: folder.clone(), line: 1, column: 1, message: causes.join(": "), report, folder },
        }
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX).max(1)
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "mẫu giao diện có lỗi ({}):\n{}", self.folder, self.report)
    }
}

impl Error for TemplateError {}
