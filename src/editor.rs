//! What an editor needs of a project: the schema of every file kind, the settings of VS Code, and the line
//! by which a file names its schema. Texts only: `commands` reads and writes the files.

mod schema_line;
mod settings;

pub use schema_line::with_schema_line;
pub use settings::{Merged, NotMergeable, extensions, settings};

use crate::diagnostic::Lang;
use crate::parse::FileKind;
use crate::parse::labels::LabelTable;

/// Where the schemas lie in a project.
pub const SCHEMA_FOLDER: &str = ".congbo/schema";

/// The schema of a kind of file as text, its words in Vietnamese.
pub fn schema_text(kind: FileKind) -> String {
    format!("{:#}\n", kind.schema(LabelTable::get(Lang::Vi)))
}

/// Name of the schema of a kind.
pub fn schema_name(kind: FileKind) -> String {
    format!("{}.schema.json", kind.key())
}
