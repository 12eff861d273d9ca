//! A report as an XLSX workbook, one sheet a table. The same report gives the same bytes: the only date inside is its own.

use anyhow::{Context, Result};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use super::yearly::{ColumnKind, ReportCell, ReportTable, YearlyReport};
use crate::domain::Date;

/// The row of the headings; title and sentence stand above it.
const HEADER_ROW: u32 = 2;
/// Characters that the name of a sheet may have.
const LONGEST_SHEET_NAME: usize = 31;
/// A4 in the numbering of the format.
const A4: u8 = 9;
/// Margins in inches: 20 mm above, below and on the right, 30 mm on the left (NĐ 30/2020/NĐ-CP, Phụ lục I).
const MARGINS: (f64, f64) = (0.79, 1.18);

/// The workbook of a report.
pub fn workbook(report: &YearlyReport) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let created = day(report.as_of)?;
    workbook.set_properties(&DocProperties::new().set_title(&report.title).set_author("congbo").set_creation_datetime(&created));
    let looks = Looks::new();
    for (number, table) in report.tables.iter().enumerate() {
        let sheet = workbook.add_worksheet();
        let end = write_table(sheet, table, &report.title, &looks).with_context(|| format!("không ghi được bảng tính “{}”", table.sheet))?;
        if number == 0 {
            for (row, note) in (end + 1..).zip(&report.notes) {
                sheet.write_string_with_format(row, 0, safe(note), &looks.note)?;
            }
        }
    }
    Ok(workbook.save_to_buffer()?)
}

struct Looks {
    title: Format,
    note: Format,
    header: Format,
    text: Format,
    count: Format,
    decimal: Format,
    day: Format,
    total: Format,
    total_decimal: Format,
}

impl Looks {
    fn new() -> Self {
        let plain = Format::new().set_font_name("Times New Roman").set_font_size(12).set_align(FormatAlign::Top);
        let cell = plain.clone().set_border(FormatBorder::Thin);
        let bold = cell.clone().set_bold();
        Self {
            title: plain.clone().set_bold().set_font_size(14),
            note: plain.set_text_wrap(),
            header: bold.clone().set_text_wrap().set_align(FormatAlign::Center).set_background_color(0xE7_E9_EB),
            text: cell.clone().set_text_wrap(),
            count: cell.clone().set_num_format("#,##0"),
            decimal: cell.clone().set_num_format("0.0"),
            day: cell.set_num_format("dd/mm/yyyy"),
            total: bold.clone().set_num_format("#,##0"),
            total_decimal: bold.set_num_format("0.0"),
        }
    }
}

/// Writes a table and sets its sheet up; returns the first row below it.
fn write_table(sheet: &mut Worksheet, table: &ReportTable, report: &str, looks: &Looks) -> Result<u32> {
    sheet.set_name(sheet_name(&table.sheet))?;
    sheet.write_string_with_format(0, 0, safe(&table.title), &looks.title)?;
    sheet.write_string(1, 0, safe(table.sentence.as_deref().unwrap_or(report)))?;
    for (at, column) in (0..).zip(&table.columns) {
        sheet.set_column_width(at, width(column.kind))?;
        sheet.write_string_with_format(HEADER_ROW, at, safe(&column.title), &looks.header)?;
    }
    let mut row = HEADER_ROW + 1;
    for cells in &table.rows {
        write_row(sheet, row, cells, [&looks.text, &looks.count, &looks.decimal, &looks.day])?;
        row += 1;
    }
    if let Some(total) = &table.total {
        write_row(sheet, row, total, [&looks.total, &looks.total, &looks.total_decimal, &looks.total])?;
        row += 1;
    }
    if table.rows.is_empty() {
        sheet.write_string(row, 0, safe(&table.empty))?;
        row += 1;
    }
    sheet.set_freeze_panes(HEADER_ROW + 1, 0)?;
    sheet.set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_margins(MARGINS.1, MARGINS.0, MARGINS.0, MARGINS.0, 0.3, 0.3);
    sheet.set_header("&C&P");
    Ok(row)
}

/// Writes the cells of a row: texts, counts, decimals and dates each in their look.
fn write_row(sheet: &mut Worksheet, row: u32, cells: &[ReportCell], [text, count, decimal, date]: [&Format; 4]) -> Result<()> {
    for (at, cell) in (0..).zip(cells) {
        match cell {
            ReportCell::Empty => sheet.write_blank(row, at, text)?,
            ReportCell::Text(written) => sheet.write_string_with_format(row, at, safe(written), text)?,
            ReportCell::Count(number) => sheet.write_number_with_format(row, at, *number as f64, count)?,
            ReportCell::Decimal(number) => sheet.write_number_with_format(row, at, *number, decimal)?,
            ReportCell::Day(on) => sheet.write_datetime_with_format(row, at, &day(*on)?, date)?,
        };
    }
    Ok(())
}

fn day(date: Date) -> Result<ExcelDateTime> {
    ExcelDateTime::from_ymd(date.year().unsigned_abs(), date.month().unsigned_abs(), date.day().unsigned_abs())
        .with_context(|| format!("bảng tính không ghi được ngày {date}"))
}

/// In characters of the font.
fn width(kind: ColumnKind) -> f64 {
    match kind {
        ColumnKind::Rank => 6.0,
        ColumnKind::Text => 20.0,
        ColumnKind::Wide => 44.0,
        ColumnKind::Count | ColumnKind::Number | ColumnKind::Share(..) | ColumnKind::Day => 13.0,
    }
}

/// A text that no spreadsheet takes for a formula, neither here nor when the sheet is saved as CSV.
fn safe(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text }
}

/// A name that a sheet may have.
fn sheet_name(name: &str) -> String {
    name.chars().map(|c| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') { ' ' } else { c }).take(LONGEST_SHEET_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_begins_a_formula() {
        assert_eq!(safe("=HYPERLINK(\"http://x\")"), "'=HYPERLINK(\"http://x\")");
        assert_eq!(safe("\t@x"), "'@x");
        assert_eq!(safe("- chưa phổ biến"), "'- chưa phổ biến");
        assert_eq!(safe("19/2014/QĐ-TTg"), "19/2014/QĐ-TTg");
    }

    #[test]
    fn names_of_sheets_are_short_and_plain() {
        assert_eq!(sheet_name("5. Danh sách cơ quan"), "5. Danh sách cơ quan");
        assert_eq!(sheet_name("a/b: c"), "a b  c");
        assert_eq!(sheet_name(&"ư".repeat(40)).chars().count(), 31);
    }
}
