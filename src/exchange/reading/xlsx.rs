//! A workbook cell by cell: never a whole sheet at once, as a sheet may claim a cell in its farthest corner.

use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::{FileFormat, Filling, Grid, GridKind, MOST_UNPACKED_BYTES, Refusal, SAVE_ANEW, Tables};

/// Most formulas of a sheet whose places are told.
const MOST_FORMULAS: usize = 1_000;

pub(super) fn read(bytes: &[u8]) -> Result<Tables, Refusal> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| refusal(&error, None))?;
    let sheets: Vec<_> = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).cloned().collect();
    let (mut grids, mut left) = (Vec::new(), MOST_UNPACKED_BYTES);
    for sheet in sheets {
        let filling = read_sheet(&mut book, &sheet.name, left)?;
        left = filling.left;
        let merged = book.merge_cells_by_sheet_name(&sheet.name).map_err(|error| refusal(&error, Some(&sheet.name)))?;
        let merged = merged.iter().map(|region| [region.start.0, region.start.1, region.end.0, region.end.1]).collect();
        grids.push(Grid { is_hidden: sheet.visible != SheetVisible::Visible, merged, ..filling.grid });
    }
    if grids.is_empty() {
        return Err(Refusal::new("tệp không có trang tính nào", SAVE_ANEW));
    }
    Ok(Tables { format: FileFormat::Xlsx, grids, notes: Vec::new() })
}

fn read_sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, left: u64) -> Result<Filling, Refusal> {
    let failed = |error: XlsxError| refusal(&error, Some(name));
    let mut cells = book.worksheet_cells_reader(name).map_err(failed)?;
    let mut filling = Filling::new(name, left);
    let mut last = 0;
    while let Some(cell) = cells.next_cell_with_formula().map_err(failed)? {
        let (row, column) = cell.pos;
        // Rows that go back would be told of the wrong place.
        if row < last {
            return Err(Refusal::new(format!("trang tính “{name}” có dòng sai thứ tự"), SAVE_ANEW));
        }
        last = row;
        let (text, kind) = text(&cell.value);
        if cell.formula.is_some() && filling.grid.formulas.len() < MOST_FORMULAS {
            filling.grid.formulas.push(cell.pos);
        }
        filling.add(row, column, text, kind)?;
    }
    Ok(filling)
}

fn text(value: &DataRef<'_>) -> (String, GridKind) {
    match value {
        DataRef::Int(number) => (number.to_string(), GridKind::Number),
        DataRef::Float(number) => (number.to_string(), GridKind::Number),
        DataRef::String(text) => (text.clone(), GridKind::Text),
        DataRef::SharedString(text) => ((*text).to_owned(), GridKind::Text),
        DataRef::Bool(is_true) => (if *is_true { "Có" } else { "Không" }.to_owned(), GridKind::Text),
        DataRef::DateTime(moment) if moment.is_duration() => (moment.as_f64().to_string(), GridKind::Number),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            (format!("{day:02}/{month:02}/{year:04}"), GridKind::Day)
        }
        DataRef::DateTimeIso(text) => {
            let day = text.split('T').next().unwrap_or(text);
            (day.split('-').rev().collect::<Vec<_>>().join("/"), GridKind::Day)
        }
        DataRef::DurationIso(text) => (text.clone(), GridKind::Text),
        DataRef::Error(error) => (error.to_string(), GridKind::Error),
        DataRef::Empty => (String::new(), GridKind::Text),
    }
}

fn refusal(error: &XlsxError, sheet: Option<&str>) -> Refusal {
    let place = sheet.map(|sheet| format!(" ở trang tính “{sheet}”")).unwrap_or_default();
    match error {
        XlsxError::Password => Refusal::new("tệp đặt mật khẩu nên không đọc được", "bỏ mật khẩu, lưu lại rồi nhập"),
        XlsxError::FileNotFound(part) => Refusal::new(format!("tệp thiếu phần {part}"), SAVE_ANEW),
        _ => Refusal::new(format!("bảng tính hỏng{place}, không đọc được"), SAVE_ANEW),
    }
}
