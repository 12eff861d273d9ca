//! `congbo schema`: the JSON Schema of every file kind, and what an editor needs to use them.

use std::path::Path;

use anyhow::{Result, bail};

use super::Outcome;
use crate::cli::Schema;
use crate::diagnostic::{Lang, nearest};
use crate::editor::{Merged, NotMergeable, SCHEMA_FOLDER, extensions, schema_name, schema_text, settings, with_schema_line};
use crate::output::write_if_changed;
use crate::parse::FileKind;
use crate::parse::labels::LabelTable;
use crate::pipeline;
use crate::source::{read_beside, read_named};

/// Lists the kinds, prints one schema, writes all of them into a folder, or puts them in place for editors.
pub fn run(project: &Path, arguments: &Schema) -> Result<Outcome> {
    if arguments.write {
        return put_in_place(project, arguments.lines);
    }
    if let Some(folder) = &arguments.to {
        for kind in FileKind::ALL {
            let path = folder.join(schema_name(*kind));
            write_if_changed(&path, schema_text(*kind))?;
            say!("{}", path.display());
        }
        return Ok(Outcome::Clean);
    }
    match &arguments.kind {
        None => list()?,
        Some(name) => say!("{}", schema_text(find(name)?).trim_end()),
    }
    Ok(Outcome::Clean)
}

/// Schemas, settings of VS Code and, where asked for, the line in each YAML file.
fn put_in_place(project: &Path, wants_lines: bool) -> Result<Outcome> {
    let mut written = 0;
    for kind in FileKind::ALL {
        written += usize::from(write(project, &format!("{SCHEMA_FOLDER}/{}", schema_name(*kind)), &schema_text(*kind))?);
    }
    let mut outcome = Outcome::Clean;
    type Merge = fn(Option<&str>) -> Result<Merged, NotMergeable>;
    for (path, merge) in [(".vscode/settings.json", settings as Merge), (".vscode/extensions.json", extensions as Merge)] {
        match merge(read_beside(project, path)?.as_deref()) {
            Ok(merged) => {
                for (name, before) in &merged.replaced {
                    tell!("{path}: {name} trước đây là {before}");
                }
                written += usize::from(write(project, path, &merged.text)?);
            }
            Err(reason) => {
                tell_by_hand(path, &reason);
                outcome = Outcome::Problems;
            }
        }
    }
    if wants_lines {
        written += write_lines(project)?;
    }
    if written == 0 && outcome == Outcome::Clean {
        tell!("không có gì thay đổi");
    } else if outcome == Outcome::Clean {
        tell!("mở thư mục này bằng VS Code, cài tiện ích YAML (Red Hat) khi được hỏi, là có gợi ý và giải thích khi gõ");
    }
    Ok(outcome)
}

/// A settings file that can't be read is left alone.
fn tell_by_hand(path: &str, reason: &NotMergeable) {
    match reason.position {
        Some((line, column)) => tell!("{path}:{line}:{column}: tệp sai cú pháp JSON, nên để nguyên; sửa chỗ này rồi chạy lại, hoặc thêm bằng tay:"),
        None => tell!("{path}: tệp không phải một nhóm thiết lập {{ … }}, nên để nguyên; thêm bằng tay:"),
    }
    tell!("{}", reason.to_add.trim_end());
}

/// Puts the line into every YAML file of the content that has a schema. Returns how many were changed.
fn write_lines(project: &Path) -> Result<usize> {
    let (tree, limit_bytes) = pipeline::read_content(project)?;
    let mut written = 0;
    for path in tree.texts.keys() {
        // As it lies on the disk: this command changes nothing but that line.
        let text = String::from_utf8(read_named(&project.join(&**path), limit_bytes)?).unwrap_or_default();
        if let Some(text) = with_schema_line(path, &text).filter(|_| !text.is_empty()) {
            written += usize::from(write(project, path, &text)?);
        }
    }
    Ok(written)
}

fn write(project: &Path, path: &str, text: &str) -> Result<bool> {
    let is_written = write_if_changed(&project.join(path), text)?;
    if is_written {
        say!("{path}");
    }
    Ok(is_written)
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
