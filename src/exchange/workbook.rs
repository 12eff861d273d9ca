//! The workbook that an office fills in: text cells only, headings that stay in view, lists to choose from. The same records
//! give the same bytes.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use rust_xlsxwriter::{DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet};

use super::cell::{LONGEST_CELL, TOO_LONG};
use super::columns::{CellKind, Column, Part, RecordKind, Role, SHEETS, SheetKind};
use super::content::{Content, Scope};
use super::rows::rows_of;
use crate::diagnostic::Lang;
use crate::parse::labels::LabelTable;

/// The hidden sheet that says what the workbook is: form, edition, agency.
pub const VERSION_SHEET: &str = "_congbo";
/// The edition of the form; readers refuse a later one.
pub const VERSION: &str = "1";
/// The hidden sheet of the lists to choose from.
const CHOICES_SHEET: &str = "_danh_muc";
/// The hidden sheet of texts that no cell holds, each a row of pieces.
pub const LONG_SHEET: &str = "_noi_dung_dai";
/// Characters of a piece.
const PIECE: usize = 15_000;
/// Rows below the records that take part in the lists to choose from.
const SPARE_ROWS: u32 = 1_000;
/// Most rows of a sheet that is read back.
pub const MOST_ROWS: usize = 50_000;

/// The workbook of the records in a scope.
pub fn workbook(content: &Content, scope: &Scope, agency_name: Option<&str>) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title("Nội dung công bố").set_author("congbo").set_creation_datetime(&created));
    let looks = Looks::new();
    guide(workbook.add_worksheet(), agency_name, &looks)?;
    let choices = Choices::new();
    let mut long: Vec<String> = Vec::new();
    for sheet in SHEETS.iter().filter(|sheet| is_shown(sheet, scope)) {
        let mut rows = rows(content, scope, sheet);
        anyhow::ensure!(rows.len() < MOST_ROWS, "bảng “{}” có hơn {MOST_ROWS} dòng; xuất riêng từng cơ quan bằng --agency", sheet.title(Lang::Vi));
        for text in rows.iter_mut().flatten().filter(|text| text.encode_utf16().count() > LONGEST_CELL) {
            let number = long.len() + 1;
            long.push(std::mem::replace(text, format!("{TOO_LONG}{number}")));
        }
        let page = workbook.add_worksheet();
        write(page, sheet, &rows, &choices, &looks).with_context(|| format!("không ghi được bảng tính “{}”", sheet.title(Lang::Vi)))?;
    }
    choices.write(workbook.add_worksheet())?;
    write_long(workbook.add_worksheet(), &long)?;
    let version = workbook.add_worksheet();
    version.set_name(VERSION_SHEET)?.set_hidden(true);
    let agency = scope.agency.as_ref().map_or("", |id| id.as_str());
    for (row, (name, value)) in (0..).zip([("congbo", "content"), ("version", VERSION), ("agency", agency)]) {
        version.write_string(row, 0, name)?;
        version.write_string(row, 1, value)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn write_long(page: &mut Worksheet, long: &[String]) -> Result<()> {
    page.set_name(LONG_SHEET)?.set_hidden(true);
    for (row, text) in (0..).zip(long) {
        let characters: Vec<char> = text.chars().collect();
        for (column, piece) in (0..).zip(characters.chunks(PIECE)) {
            page.write_string(row, column, piece.iter().collect::<String>())?;
        }
    }
    Ok(())
}

/// What agencies wrote is shown only of one agency.
fn is_shown(sheet: &SheetKind, scope: &Scope) -> bool {
    sheet.record == RecordKind::AdministrativeProcedure || scope.agency.is_some()
}

fn rows(content: &Content, scope: &Scope, sheet: &SheetKind) -> Vec<Vec<String>> {
    let mut keys: Vec<&_> = content.order.iter().filter(|(kind, _)| *kind == sheet.record).collect();
    if sheet.record == RecordKind::AdministrativeProcedure {
        keys.retain(|(_, key)| scope.has(key));
        keys.sort();
    }
    let of = |key: &(RecordKind, Vec<String>)| content.records.get(key).map(|record| rows_of(sheet, &key.1, &record.value)).unwrap_or_default();
    keys.into_iter().flat_map(of).map(|row| row.cells).collect()
}

struct Looks {
    title: Format,
    line: Format,
    heading: Format,
    needed: Format,
    text: Format,
    locked: Format,
}

impl Looks {
    fn new() -> Self {
        let plain = Format::new().set_font_name("Times New Roman").set_font_size(12).set_align(FormatAlign::Top).set_text_wrap();
        let text = plain.clone().set_num_format("@");
        let heading = text.clone().set_bold().set_border(FormatBorder::Thin).set_align(FormatAlign::Center).set_background_color(0xE7_E9_EB);
        Self {
            title: plain.clone().set_bold().set_font_size(14),
            line: plain,
            needed: heading.clone().set_background_color(0xFF_E8_A3),
            heading,
            locked: text.clone().set_font_color(0x50_5A_5F),
            text,
        }
    }
}

fn write(page: &mut Worksheet, sheet: &SheetKind, rows: &[Vec<String>], choices: &Choices, looks: &Looks) -> Result<()> {
    page.set_name(sheet.title(Lang::Vi))?;
    let columns = sheet.columns();
    let last_row = rows.len() as u32 + SPARE_ROWS;
    for (at, (role, column)) in (0..).zip(&columns) {
        let is_needed = column.is_required || *role == Role::Key;
        page.set_column_width(at, width(*role, column))?;
        page.set_column_format(at, if *role == Role::Name { &looks.locked } else { &looks.text })?;
        page.write_string_with_format(0, at, column.heading(Lang::Vi), if is_needed { &looks.needed } else { &looks.heading })?;
        let mut help = DataValidation::new();
        help = match (column.cell, choices.range(column.cell)) {
            (CellKind::Word(_), Some(range)) => help.allow_list_formula(Formula::new(range)),
            (CellKind::Flag, _) => help.allow_list_strings(&["Có"])?,
            _ => help.allow_any_value(),
        };
        let title: String = column.heading(Lang::Vi).chars().take(32).collect();
        let hint: String =
            if *role == Role::Name { "Chỉ để dễ nhìn, không nhập vào.".to_owned() } else { column.hint().chars().take(255).collect() };
        let help = help.set_input_title(title)?.set_input_message(hint)?;
        let help = help.set_error_title("Giá trị không có trong danh sách")?.set_error_message("Chọn một giá trị trong danh sách, hoặc để trống.")?;
        page.add_data_validation(1, at, last_row, at, &help)?;
    }
    for (row, cells) in (1..).zip(rows) {
        for (at, ((role, _), text)) in (0..).zip(columns.iter().zip(cells)).filter(|(_, (_, text))| !text.is_empty()) {
            page.write_string_with_format(row, at, text, if *role == Role::Name { &looks.locked } else { &looks.text })?;
        }
    }
    let frozen = sheet.keys.len() as u16 + u16::from(sheet.record == RecordKind::AdministrativeProcedure);
    page.set_freeze_panes(1, frozen)?;
    page.autofilter(0, 0, rows.len() as u32, columns.len() as u16 - 1)?;
    page.set_landscape().set_paper_size(9).set_repeat_rows(0, 0)?;
    Ok(())
}

/// In characters of the font.
fn width(role: Role, column: &Column) -> f64 {
    match (role, column.cell) {
        (Role::Name, _) => 32.0,
        (Role::Ordinal, _) | (_, CellKind::Count | CellKind::Flag | CellKind::Decimal) => 10.0,
        (Role::Key, _) | (_, CellKind::Day) => 15.0,
        (_, CellKind::Prose | CellKind::Lines | CellKind::Forms) => 48.0,
        _ if ["name", "text", "title", "statement", "action", "conditions", "case"].contains(&column.path) => 48.0,
        _ => 22.0,
    }
}

/// The closed lists, each a column of a hidden sheet.
struct Choices {
    columns: BTreeMap<&'static str, (u16, Vec<&'static str>)>,
}

impl Choices {
    fn new() -> Self {
        let mut columns = BTreeMap::new();
        let table = LabelTable::get(Lang::Vi);
        for (_, column) in SHEETS.iter().flat_map(SheetKind::columns) {
            if let (CellKind::Word(list) | CellKind::Words(list), next) = (column.cell, columns.len() as u16) {
                let labels = || table.values.get(list).map(|labels| labels.values().map(String::as_str).collect()).unwrap_or_default();
                columns.entry(list).or_insert_with(|| (next, labels()));
            }
        }
        Self { columns }
    }

    /// Where the list of a column stands: `=_danh_muc!$A$2:$A$6`.
    fn range(&self, cell: CellKind) -> Option<String> {
        let CellKind::Word(list) = cell else { return None };
        let (at, labels) = self.columns.get(list)?;
        let letter = super::sheet::column_name(u32::from(*at));
        Some(format!("={CHOICES_SHEET}!${letter}$2:${letter}${}", labels.len() + 1))
    }

    fn write(&self, page: &mut Worksheet) -> Result<()> {
        page.set_name(CHOICES_SHEET)?.set_hidden(true);
        for (list, (at, labels)) in &self.columns {
            page.write_string(0, *at, *list)?;
            for (row, label) in (1..).zip(labels) {
                page.write_string(row, *at, *label)?;
            }
        }
        Ok(())
    }
}

fn guide(page: &mut Worksheet, agency_name: Option<&str>, looks: &Looks) -> Result<()> {
    page.set_name("Hướng dẫn")?;
    page.set_column_width(0, 110)?;
    let title = match agency_name {
        Some(name) => format!("Nội dung công bố của {name}"),
        None => "Danh mục thủ tục hành chính".to_owned(),
    };
    page.write_string_with_format(0, 0, title, &looks.title)?;
    for (row, line) in (1..).zip(GUIDE) {
        page.write_string_with_format(row, 0, *line, &looks.line)?;
    }
    let tables = SHEETS.iter().map(|sheet| match &sheet.part {
        Part::Fields(_) => format!("• {}: mỗi {} một dòng.", sheet.title(Lang::Vi), sheet.record.noun()),
        Part::Items { .. } | Part::Nested { .. } => {
            format!("• {}: mỗi mục một dòng, nhiều dòng cùng mã là của cùng một {}.", sheet.title(Lang::Vi), sheet.record.noun())
        }
    });
    for (row, line) in (GUIDE.len() as u32 + 1..).zip(tables) {
        page.write_string_with_format(row, 0, line, &looks.line)?;
    }
    Ok(())
}

const GUIDE: &[&str] = &[
    "1. Sửa, thêm dòng ở các bảng; ô nền vàng ở dòng đầu là cột phải ghi. Đứng ở một ô để xem cách ghi.",
    "2. Lưu tệp, rồi chạy lệnh:  congbo import xlsx TỆP.xlsx  Chương trình in ra từng chỗ sẽ thêm, sẽ sửa và hỏi trước khi ghi.",
    "3. Dòng bị xóa, ô để trống trong bảng không làm mất gì trong nội dung; muốn xóa thật thì thêm  --delete-missing",
    "4. Mọi ô là chữ, mã thủ tục giữ nguyên như 1.004810. Chép từ nơi khác sang thì dùng Dán đặc biệt → Giá trị.",
    "5. Ngày viết ngày/tháng/năm, ví dụ 05/03/2026. Ô có nhiều mục thì mỗi mục một dòng (Alt+Enter).",
    "6. Thứ tự cột đổi được, cột không dùng xóa được; đừng đổi tên cột và tên bảng.",
    "7. Tệp này có thể có tài liệu nội bộ: không đăng công khai.",
    "Các bảng:",
];
