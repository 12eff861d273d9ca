//! The first line by which a YAML file names its schema: `# yaml-language-server: $schema=…`. Editors
//! that read no settings of VS Code look at it.

use super::{SCHEMA_FOLDER, schema_name};
use crate::parse::FileKind;

const MARK: &str = "# yaml-language-server: $schema=";

/// The text of the file at a path of the project (`content/site.yaml`) with the line of its schema, and
/// without one that led elsewhere in `.congbo/schema`. `None` where it has the right line, or may not have one.
pub fn with_schema_line(path: &str, text: &str) -> Option<String> {
    let kind = FileKind::of(path).filter(|kind| path.ends_with(".yaml") && FileKind::ALL.contains(kind))?;
    let up = "../".repeat(path.matches('/').count());
    let line = format!("{MARK}{up}{SCHEMA_FOLDER}/{}", schema_name(kind));
    let (mark, text) = match text.strip_prefix('\u{feff}') {
        Some(rest) => ("\u{feff}", rest),
        None => ("", text),
    };
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    if let Some(known) = text.lines().take_while(|line| line.starts_with('#')).find(|line| line.starts_with(MARK)) {
        // A line to a schema of somebody else's is theirs.
        let is_ours = known.contains(&format!("{SCHEMA_FOLDER}/"));
        return (is_ours && known != line).then(|| format!("{mark}{}", text.replacen(known, &line, 1)));
    }
    Some(format!("{mark}{line}{end}{text}"))
}
