//! Tables of a file as sheets whose columns are known: merged cells filled, titles, repeated headings and rows of sections
//! left out, a table that goes on in the next one put together.

use super::cell::TOO_LONG;
use super::content::{Content, Scope};
use super::headings::{Heading, Loose, Meaning, heading, plain};
use super::merge::{Remark, RemarkLevel};
use super::reading::{Grid, GridCell, GridKind, GridRow, Tables};
use super::section::{Section, section};
use super::sheet::{TypedCell, TypedRow, TypedSheet, column_name};
use super::workbook::{LONG_SHEET, VERSION, VERSION_SHEET};
use super::{damage, loose};
use crate::domain::AgencyId;
use crate::import::plain_text::{clean, one_line};

/// What a list was made into.
#[derive(Debug, Default)]
pub struct Typed {
    pub sheets: Vec<TypedSheet>,
    pub remarks: Vec<Remark>,
    /// Whether the file is a workbook that this program made.
    pub is_own: bool,
}

/// A row of a list of an office.
#[derive(Debug)]
pub struct ListRow {
    pub cells: Vec<Option<TypedCell>>,
    pub loose: Vec<(Loose, TypedCell)>,
    pub section: Section,
}

/// The agency that a workbook of this program is of. Fails where a later edition of the program made it.
pub fn own_workbook(tables: &Tables) -> Result<Option<Option<AgencyId>>, String> {
    let Some(grid) = tables.grids.iter().find(|grid| grid.name == VERSION_SHEET) else { return Ok(None) };
    let value = |name: &str| {
        let row = grid.rows.iter().find(|row| row.cells.first().is_some_and(|cell| cell.text == name))?;
        row.cells.get(1).map(|cell| cell.text.trim().to_owned())
    };
    match value("version").as_deref() {
        Some(VERSION) => Ok(Some(value("agency").as_deref().and_then(AgencyId::parse))),
        version => Err(format!("bảng tính của phiên bản khác ({}); cập nhật congbo, hoặc xuất lại bằng  congbo export xlsx", version.unwrap_or("không rõ"))),
    }
}

/// Sees what the tables hold. `only` names the sheets that are looked at; all that are not hidden where it is empty.
pub fn typed(tables: &Tables, content: &Content, scope: &Scope, only: &[String]) -> Typed {
    let mut typed = Typed { is_own: tables.grids.iter().any(|grid| grid.name == VERSION_SHEET), ..Typed::default() };
    for note in &tables.notes {
        typed.remarks.push(Remark::new(RemarkLevel::Information, "", note, ""));
    }
    let is_asked = |grid: &Grid| only.iter().any(|name| plain(name) == plain(&grid.name));
    for name in only.iter().filter(|name| !tables.grids.iter().any(|grid| plain(&grid.name) == plain(name))) {
        let names = tables.grids.iter().filter(|grid| !grid.name.starts_with('_')).map(|grid| grid.name.as_str()).collect::<Vec<_>>().join("; ");
        typed.remarks.push(Remark::new(RemarkLevel::Error, "", format!("tệp không có bảng “{name}”"), format!("chọn một trong: {names}")));
    }
    let mut last: Option<(Heading, usize)> = None;
    let mut current = Section::default();
    for grid in &tables.grids {
        let is_of_ours = typed.is_own && grid.name.starts_with('_');
        if is_of_ours || grid.rows.is_empty() || (!only.is_empty() && !is_asked(grid)) {
            continue;
        }
        if grid.is_hidden && !is_asked(grid) {
            let hint = format!("nếu cần thì cho hiện trang tính ấy, hoặc thêm  --sheet \"{}\"", grid.name);
            typed.remarks.push(Remark::new(RemarkLevel::Warning, &grid.name, "trang tính bị ẩn, không đọc", hint));
            continue;
        }
        look_over(grid, &mut typed.remarks);
        let mut grid = filled(grid);
        if typed.is_own {
            put_long_texts(&mut grid, tables);
        }
        match heading(&grid) {
            Some(found) => {
                let width = grid.rows[found.at].cells.len();
                tell_unknown(&grid, &found, &mut typed.remarks);
                current = Section::default();
                let rows = list_rows(&grid, &found, (found.at + 1, typed.is_own), &mut current, &mut typed.remarks);
                add(&mut typed, found.clone(), &grid.name, rows, content, scope);
                last = Some((found, width));
            }
            // A table of a document that goes on on the next page.
            None => match last.take().filter(|(_, width)| grid.rows.first().is_some_and(|row| row.cells.len() == *width)) {
                Some((found, width)) => {
                    let rows = list_rows(&grid, &found, (0, typed.is_own), &mut current, &mut typed.remarks);
                    add(&mut typed, found.clone(), &grid.name, rows, content, scope);
                    last = Some((found, width));
                }
                None if typed.is_own => {}
                None => {
                    let hint = "dòng tên cột phải có Mã số TTHC và Tên thủ tục hành chính (hoặc Mã tài liệu và Tên tài liệu)";
                    typed.remarks.push(Remark::new(RemarkLevel::Warning, &grid.name, "không nhận ra dòng tên cột, bỏ qua bảng này", hint));
                }
            },
        }
    }
    typed
}

fn add(typed: &mut Typed, heading: Heading, name: &str, mut rows: Vec<ListRow>, content: &Content, scope: &Scope) {
    let kind = heading.kind;
    if kind.record == super::RecordKind::AdministrativeProcedure {
        damage::restore(&mut rows, kind, content, &mut typed.remarks);
    }
    if !typed.is_own && kind.label == "files.administrative_procedures" {
        loose::sections(&mut rows, kind, content, &heading);
        typed.sheets.extend(loose::sheets(&rows, content, &mut typed.remarks, name));
    }
    if kind.record != super::RecordKind::AdministrativeProcedure && scope.agency.is_none() {
        let hint = "thêm  --agency MÃ  (tên thư mục trong content/agencies)";
        typed.remarks.push(Remark::new(RemarkLevel::Error, name, "bảng này là của một cơ quan, chưa biết cơ quan nào", hint));
        return;
    }
    let rows: Vec<TypedRow> = rows.into_iter().map(|row| TypedRow { cells: row.cells }).collect();
    match typed.sheets.iter_mut().find(|sheet| sheet.kind.label == kind.label && !sheet.is_partial) {
        Some(sheet) => sheet.rows.extend(rows),
        None => typed.sheets.push(TypedSheet { kind, name: name.to_owned(), rows, is_partial: false }),
    }
}

/// Formulas, and cells that are too far away.
fn look_over(grid: &Grid, remarks: &mut Vec<Remark>) {
    if let Some((row, column)) = grid.beyond {
        let what = "từ ô này trở đi nằm ngoài 50.000 dòng × 256 cột, bị bỏ qua";
        remarks.push(Remark::new(RemarkLevel::Warning, place(&grid.name, row, column), what, "xóa các ô thừa ở xa, hoặc tách danh sách thành nhiều tệp"));
    }
    if let Some((row, column)) = grid.formulas.first() {
        let what = format!("{} ô có công thức (từ ô này): dùng giá trị đã tính sẵn trong tệp", grid.formulas.len());
        let hint = "nếu giá trị đã cũ, mở bằng Excel, chép rồi Dán đặc biệt → Giá trị, lưu lại";
        remarks.push(Remark::new(RemarkLevel::Information, place(&grid.name, *row, *column), what, hint));
    }
}

fn tell_unknown(grid: &Grid, heading: &Heading, remarks: &mut Vec<Remark>) {
    let row = grid.rows[heading.at].row;
    for (column, text) in heading.unknown.iter().filter(|(_, text)| !text.trim().is_empty()) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let what = format!("cột “{text}” không dùng đến, bỏ qua");
        remarks.push(Remark::new(
            RemarkLevel::Information,
            place(&grid.name, row, *column),
            what,
            "nếu cần thì đổi tên cột theo bảng do  congbo export xlsx  tạo",
        ));
    }
}

fn place(sheet: &str, row: u32, column: u32) -> String {
    format!("{sheet}!{}{}", column_name(column), row + 1)
}

/// Texts that no cell holds, in the place of the cells that stand for them.
fn put_long_texts(grid: &mut Grid, tables: &Tables) {
    let Some(long) = tables.grids.iter().find(|grid| grid.name == LONG_SHEET) else { return };
    for cell in grid.rows.iter_mut().flat_map(|row| &mut row.cells) {
        let number = cell.text.strip_prefix(TOO_LONG).and_then(|number| number.trim().parse::<u32>().ok());
        if let Some(row) = number.and_then(|number| long.rows.iter().find(|row| row.row + 1 == number)) {
            cell.text = row.cells.iter().map(|piece| piece.text.as_str()).collect();
        }
    }
}

/// Every cell of a merged region says what its first one does, in rows that are there.
fn filled(grid: &Grid) -> Grid {
    let mut grid = grid.clone();
    for [first_row, first_column, last_row, last_column] in grid.merged.clone() {
        let start = grid.rows.iter().find(|row| row.row == first_row);
        let Some(cell) = start.and_then(|row| row.cells.iter().find(|cell| cell.column == first_column)).cloned() else { continue };
        // A region over a whole row is a title; one over more is none that a list has.
        let width = last_column.saturating_sub(first_column).min(256);
        for row in grid.rows.iter_mut().filter(|row| (first_row..=last_row).contains(&row.row)) {
            for column in first_column..=first_column + width {
                if !row.cells.iter().any(|other| other.column == column) {
                    row.cells.push(GridCell { column, ..cell.clone() });
                }
            }
            row.cells.sort_by_key(|cell| cell.column);
        }
    }
    grid
}

/// The rows of a list below its heading.
fn list_rows(grid: &Grid, heading: &Heading, (from, is_own): (usize, bool), current: &mut Section, remarks: &mut Vec<Remark>) -> Vec<ListRow> {
    let is_list = !is_own && heading.kind.label == "files.administrative_procedures";
    let mut rows = Vec::new();
    for row in grid.rows.iter().skip(from) {
        if is_heading_again(row, heading) || is_numbering(row) {
            continue;
        }
        if let Some(found) = section(row, heading).filter(|_| is_list) {
            match found {
                Ok(found) => *current = found.below(std::mem::take(current)),
                Err(text) => {
                    let what = format!("dòng này không phải một thủ tục, bỏ qua: “{text}”");
                    remarks.push(Remark::new(RemarkLevel::Information, place(&grid.name, row.row, row.cells[0].column), what, ""));
                }
            }
            continue;
        }
        let mut row = list_row(grid, row, heading, current, remarks);
        if !is_own {
            tidy(&mut row, heading);
        }
        rows.push(row);
    }
    rows
}

fn list_row(grid: &Grid, row: &GridRow, heading: &Heading, section: &Section, remarks: &mut Vec<Remark>) -> ListRow {
    let mut cells: Vec<Option<TypedCell>> = vec![None; heading.kind.columns().len()];
    let mut loose = Vec::new();
    for (column, meaning) in &heading.columns {
        let place = place(&grid.name, row.row, *column);
        let found = row.cells.iter().find(|cell| cell.column == *column);
        if found.is_some_and(|cell| cell.kind == GridKind::Error) {
            let what = format!("ô này báo lỗi {}, bị bỏ qua", found.map_or("", |cell| cell.text.as_str()));
            remarks.push(Remark::new(RemarkLevel::Error, &place, what, "sửa công thức, hoặc gõ giá trị"));
            continue;
        }
        let is_number = found.is_some_and(|cell| cell.kind == GridKind::Number);
        let is_day = found.is_some_and(|cell| cell.kind == GridKind::Day);
        let text = found.map(|cell| cell.text.clone()).unwrap_or_default();
        let cell = TypedCell { text, place, is_number, is_day };
        match meaning {
            Meaning::Column(at) => cells[*at] = Some(cell),
            Meaning::Loose(kind) => loose.push((*kind, cell)),
            Meaning::Rank => {}
        }
    }
    ListRow { cells, loose, section: section.clone() }
}

/// Texts that were copied through many programs; names on one line.
fn tidy(row: &mut ListRow, heading: &Heading) {
    let texts = row.cells.iter_mut().flatten().chain(row.loose.iter_mut().map(|(_, cell)| cell));
    texts.for_each(|cell| cell.text = clean(&cell.text).text);
    for ((_, column), cell) in heading.kind.columns().iter().zip(&mut row.cells) {
        if let Some(cell) = cell.as_mut().filter(|_| ["code", "name", "field", "title", "number"].contains(&column.path)) {
            cell.text = one_line(&cell.text);
        }
    }
}

/// The heading once more, at the top of a page; or the second row of one that has two.
fn is_heading_again(row: &GridRow, heading: &Heading) -> bool {
    let is_again = |(column, text): &&(u32, String)| row.cells.iter().any(|cell| cell.column == *column && plain(&cell.text) == *text);
    heading.texts.iter().filter(|(_, text)| !text.is_empty()).filter(is_again).count() >= 2
}

/// `(1) (2) (3)` below the heading.
fn is_numbering(row: &GridRow) -> bool {
    let number = |cell: &GridCell| cell.text.trim().trim_matches(['(', ')', '[', ']']).parse::<u32>().ok();
    let numbers: Vec<Option<u32>> = row.cells.iter().map(number).collect();
    numbers.len() >= 3 && numbers.windows(2).all(|pair| pair[0].is_some_and(|first| pair[1] == Some(first + 1)))
}
