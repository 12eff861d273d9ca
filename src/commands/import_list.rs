//! `congbo import xlsx|csv|docx`: a list that an office has, compared with the content, shown, and written when somebody
//! agrees.

use std::io::{BufRead, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use super::Outcome;
use super::export::{refuse_broken, scope_of};
use super::read_list;
use super::surroundings::flags_on;
use crate::cli::ImportList;
use crate::diagnostic::Lang;
use crate::domain::ProcedureCode;
use crate::exchange::{self, Change, Content, Merge, NewFile, RecordKind, Remark, RemarkLevel, Scope, Typed, Wish};
use crate::output::{remove_file, write_if_changed};
use crate::pipeline::{self, Judged};

/// Most things of which the list has none that are told one by one.
const MOST_LACKING: usize = 20;

/// Reads, compares, shows, asks, writes.
pub fn run(project: &Path, arguments: &ImportList, _: Lang) -> Result<Outcome> {
    let project = project_of(project, arguments)?;
    let tables = read_list::tables(&arguments.file)?;
    let own = exchange::own_workbook(&tables).map_err(anyhow::Error::msg)?;
    let written = own.flatten();
    if let (Some(asked), Some(written)) = (&arguments.agency, &written) {
        ensure!(asked == written.as_str(), "bảng tính này là của cơ quan {written}, không phải {asked}; bỏ --agency, hoặc chọn đúng tệp");
    }
    let judged = pipeline::judge(&project, flags_on(None)?)?;
    let scope = match arguments.agency.as_deref().or(written.as_ref().map(|id| id.as_str())) {
        Some(agency) => scope_of(&judged, agency)?,
        None => Scope::default(),
    };
    let (tree, _) = pipeline::read_content(&project)?;
    let content = Content::load(&tree, scope.agency.as_ref());
    refuse_broken(&content)?;
    let Typed { sheets, mut remarks, .. } = exchange::typed(&tables, &content, &scope, &arguments.sheet);
    ensure!(!sheets.is_empty() || !remarks.is_empty(), "{} không có bảng nào để nhập", arguments.file.display());
    let mut merge = exchange::merge(&content, &scope, &sheets, Wish { delete_missing: arguments.delete_missing });
    keep_what_others_do(&judged, &scope, &mut merge);
    remarks.append(&mut merge.remarks);
    let files = exchange::files(&content, &tree, &merge, scope.agency.as_ref()).map_err(anyhow::Error::msg)?;
    show(&merge, &files, arguments.delete_missing)?;
    tell_remarks(&remarks);
    let has_errors = remarks.iter().any(|remark| remark.level == RemarkLevel::Error);
    let outcome = if has_errors { Outcome::Problems } else { Outcome::Clean };
    if files.is_empty() {
        tell!("không có gì thay đổi, không ghi gì");
        return Ok(outcome);
    }
    if !arguments.yes && !is_agreed(files.len())? {
        tell!("chưa ghi gì");
        return Ok(Outcome::Problems);
    }
    for file in &files {
        match &file.text {
            Some(text) => drop(write_if_changed(&project.join(&file.path), text)?),
            None => remove_file(&project.join(&file.path))?,
        }
    }
    tell!("đã ghi {} tệp; chạy  congbo check  để kiểm tra", files.len());
    Ok(outcome)
}

/// The project of the content folder that was named.
fn project_of(project: &Path, arguments: &ImportList) -> Result<PathBuf> {
    let Some(to) = &arguments.to else { return Ok(project.to_path_buf()) };
    ensure!(to.file_name().is_some_and(|name| name == "content"), "--to phải là thư mục content của một dự án, đang là {}", to.display());
    Ok(to.parent().map(|parent| if parent.as_os_str().is_empty() { Path::new(".") } else { parent }).unwrap_or(Path::new(".")).to_path_buf())
}

/// A procedure that another agency does stays in the catalogue, whatever the list of one agency lacks.
fn keep_what_others_do(judged: &Judged, scope: &Scope, merge: &mut Merge) {
    let Some(own) = &scope.agency else { return };
    let others = |code: &ProcedureCode| {
        let agencies = judged.register.agencies.iter().filter(|(id, _)| *id != own);
        agencies.filter(|(_, agency)| agency.competence.as_ref().is_some_and(|codes| codes.contains(code))).map(|(id, _)| id.to_string()).next()
    };
    let kept: Vec<_> = merge.removed.iter().filter(|(kind, _)| *kind == RecordKind::AdministrativeProcedure).cloned().collect();
    for id in kept {
        let Some(other) = ProcedureCode::parse(&id.1[0]).and_then(|code| others(&code)) else { continue };
        merge.removed.remove(&id);
        merge.changes.retain(|change| !matches!(change, Change::Removed { what } if what.starts_with(&format!("{} {}", id.0.noun(), id.1[0]))));
        let hint = format!("bỏ mã này ở administrative_procedures trong content/agencies/{own}/agency.yaml");
        merge.remarks.push(Remark::new(RemarkLevel::Warning, "", format!("thủ tục {} giữ lại trong danh mục: {other} cũng thực hiện", id.1[0]), hint));
    }
}

/// The differences, on the standard output.
fn show(merge: &Merge, files: &[NewFile], is_deleting: bool) -> Result<()> {
    let mut lacking = 0;
    let (mut added, mut changed, mut removed) = (0, 0, 0);
    for change in &merge.changes {
        match change {
            Change::Added { what } => {
                added += 1;
                say!("+ {what}");
            }
            Change::Changed { what, details } => {
                changed += 1;
                say!("~ {what}");
                for detail in details {
                    say!("    {detail}");
                }
            }
            Change::Removed { what } => {
                removed += 1;
                say!("- {what}");
            }
            Change::Lacking { what } => {
                lacking += 1;
                if lacking <= MOST_LACKING {
                    say!("? danh sách không có, giữ nguyên: {what}");
                }
            }
        }
    }
    if lacking > MOST_LACKING {
        say!("? … và {} mục khác danh sách không có, giữ nguyên", lacking - MOST_LACKING);
    }
    for file in files {
        for (line, comment) in &file.lost {
            say!("! {}:{line}: ghi chú này sẽ mất: {comment}", file.path);
        }
    }
    let hint = if lacking > 0 && !is_deleting { " (muốn xóa thì thêm --delete-missing)" } else { "" };
    say!("thêm {added}, sửa {changed}, xóa {removed}; danh sách thiếu {lacking}{hint}");
    for file in files {
        say!("tệp sẽ ghi: {}{}", file.path, if file.text.is_none() { " (xóa)" } else { "" });
    }
    Ok(())
}

/// What is doubtful, each with its cell and what to do.
fn tell_remarks(remarks: &[Remark]) {
    for Remark { level, place, what, hint } in remarks {
        let word = match level {
            RemarkLevel::Error => "\u{1b}[1;31mlỗi\u{1b}[0m",
            RemarkLevel::Warning => "\u{1b}[1;33mcảnh báo\u{1b}[0m",
            RemarkLevel::Information => "thông tin",
        };
        let colon = if place.is_empty() { "" } else { ": " };
        tell!("{word}: {place}{colon}{what}");
        if !hint.is_empty() {
            tell!("  = cách sửa: {hint}");
        }
    }
}

/// Asks on a terminal. Where there is none nothing is agreed.
fn is_agreed(files: usize) -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        tell!("không có người trả lời: xem các thay đổi ở trên, đồng ý thì chạy lại với  --yes");
        return Ok(false);
    }
    tell!("Ghi {files} tệp như trên? Gõ c rồi Enter để ghi, Enter để thôi:");
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer).context("không đọc được câu trả lời")?;
    if answer.is_empty() {
        bail!("không có câu trả lời, chưa ghi gì");
    }
    Ok(matches!(crate::domain::fold(answer.trim()).as_str(), "c" | "co" | "y" | "yes"))
}
