//! A template that can't be used, with its place.

use std::error::Error;
use std::fmt;

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
        let report = anyhow::Chain::new(error).map(ToString::to_string).collect::<Vec<_>>().join("\n");
        // Not every kind of error has its place as a value; those that have one write it into their report.
        let place = report.lines().find_map(|line| place(line.trim().strip_prefix("--> ")?));
        let (file, line, column) = place.map_or((folder.clone(), 1, 1), |(name, line, column)| (format!("{folder}/{name}"), line, column));
        let message = report.lines().next().unwrap_or_default();
        let message = message.strip_prefix("error: ").unwrap_or(message).to_owned();
        Self { file, line, column, message, report, folder }
    }
}

/// `page.html:2:8`
fn place(text: &str) -> Option<(&str, u32, u32)> {
    let (rest, column) = text.rsplit_once(':')?;
    let (name, line) = rest.rsplit_once(':')?;
    Some((name, line.parse().ok()?, column.parse().ok()?))
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "mẫu giao diện có lỗi ({}):\n{}", self.folder, self.report)
    }
}

impl Error for TemplateError {}
