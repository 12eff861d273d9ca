//! `congbo schema`: the JSON Schema of every file kind, for editors.

use anyhow::{Result, bail};

use super::Outcome;
use crate::cli::Schema;
use crate::diagnostic::{Lang, nearest};
use crate::output::write_if_changed;
use crate::parse::FileKind;
use crate::parse::labels::LabelTable;

/// Lists the kinds, prints one schema, or writes all of them into a folder.
pub fn run(arguments: &Schema) -> Result<Outcome> {
    if let Some(folder) = &arguments.to {
        for kind in FileKind::ALL {
            let path = folder.join(format!("{}.schema.json", kind.key()));
            write_if_changed(&path, text(*kind))?;
            say!("{}", path.display());
        }
        return Ok(Outcome::Clean);
    }
    match &arguments.kind {
        None => list()?,
        Some(name) => say!("{}", text(find(name)?).trim_end()),
    }
    Ok(Outcome::Clean)
}

fn text(kind: FileKind) -> String {
    format!("{:#}\n", kind.schema(LabelTable::get(Lang::Vi)))
}

fn list() -> Result<()> {
    for (kind, example) in FileKind::ALL.iter().zip(FileKind::EXAMPLES) {
        let label = LabelTable::get(Lang::Vi).files.get(kind.key()).map_or("", |label| label.label.as_str());
        say!("{:<26}{label}\n{:26}{example}", kind.key(), "");
    }
    Ok(())
}

fn find(name: &str) -> Result<FileKind> {
    let kinds = FileKind::ALL;
    match kinds.iter().find(|kind| kind.key() == name) {
        Some(kind) => Ok(*kind),
        None => match nearest(name, kinds.iter().map(|kind| kind.key())) {
            Some(near) => bail!("không có loại tệp “{name}”; có phải ý anh/chị là {near}?"),
            None => bail!("không có loại tệp “{name}”; xem danh sách bằng lệnh  congbo schema"),
        },
    }
}
