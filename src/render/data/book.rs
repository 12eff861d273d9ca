//! Workbooks for people who work in a spreadsheet: the only place that knows how an XLSX file is made. Rows are written
//! as they come and never kept; the same rows on the same day give the same bytes.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet};

use crate::domain::{Date, grouped};

/// Most rows of a sheet, its heading among them: more a spreadsheet does not show.
const MOST_ROWS: u32 = 1_048_576;
/// Longest text of a cell, in characters.
const LONGEST_TEXT: usize = 32_767;
/// Longest name of a sheet, in characters.
const LONGEST_NAME: usize = 31;

/// A cell.
#[derive(Debug, Clone)]
pub(super) enum Value<'a> {
    Empty,
    /// Always a text, never a formula.
    Text(Cow<'a, str>),
    Number(f64),
    Day(Date),
}

/// A workbook that is being made: a page of text, or sheets with a heading and rows, and at the end `save`.
pub(super) struct Book {
    workbook: Workbook,
    formats: Formats,
    /// The next row of the sheet.
    row: u32,
    /// Rows that the sheet has no room for.
    left_out: u64,
    most_rows: u32,
}

struct Formats {
    heading: Format,
    text: Format,
    day: Format,
}

impl Book {
    /// An empty workbook made on a day. What is made meanwhile lies in the folder `scratch`, else in that of the system.
    pub fn new(title: &str, on: Date, scratch: Option<&Path>) -> Result<Self> {
        let mut workbook = Workbook::new();
        if let Some(scratch) = scratch {
            workbook.set_tempdir(scratch).with_context(|| format!("không ghi được vào {}", scratch.display()))?;
        }
        let made_at = ExcelDateTime::from_ymd(on.year().clamp(1900, 9999) as u16, on.month() as u8, on.day() as u8)?;
        workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made_at));
        let formats = Formats {
            heading: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top),
            text: Format::new().set_align(FormatAlign::Top),
            day: Format::new().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Top),
        };
        Ok(Self { workbook, formats, row: 0, left_out: 0, most_rows: MOST_ROWS })
    }

    /// A sheet of lines of text.
    pub fn page(&mut self, name: &str, lines: &[String]) -> Result<()> {
        self.begin(name)?.set_column_width(0, 100)?;
        for line in lines {
            self.row(&[Value::Text(line.into())])?;
        }
        Ok(())
    }

    /// Begins a sheet with a heading that stays in view.
    pub fn sheet(&mut self, name: &str, headings: &[String]) -> Result<()> {
        let format = self.formats.heading.clone();
        let sheet = self.begin(name)?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, heading) in (0..).zip(headings) {
            sheet.set_column_width(column, 22)?;
            sheet.write_string_with_format(0, column, heading.as_str(), &format)?;
        }
        self.row = 1;
        Ok(())
    }

    fn begin(&mut self, name: &str) -> Result<&mut Worksheet> {
        (self.row, self.left_out) = (0, 0);
        let name: String = name.chars().map(|c| if "[]:*?/\\".contains(c) { ' ' } else { c }).take(LONGEST_NAME).collect();
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        Ok(sheet.set_name(name)?)
    }

    /// Adds a row to the sheet. One that it has no room for is counted.
    pub fn row(&mut self, cells: &[Value<'_>]) -> Result<()> {
        // The last row is kept for what could not be shown.
        if self.row >= self.most_rows - 1 {
            self.left_out += 1;
            return Ok(());
        }
        let (row, formats) = (self.row, &self.formats);
        let last = self.workbook.worksheets().len() - 1;
        let sheet = self.workbook.worksheet_from_index(last)?;
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Value::Empty => continue,
                Value::Text(text) => sheet.write_string_with_format(row, column, fitting(text).as_ref(), &formats.text)?,
                Value::Number(number) => sheet.write_number_with_format(row, column, *number, &formats.text)?,
                Value::Day(day) if (1900..=9999).contains(&day.year()) => {
                    let day = ExcelDateTime::from_ymd(day.year() as u16, day.month() as u8, day.day() as u8)?;
                    sheet.write_datetime_with_format(row, column, &day, &formats.day)?
                }
                Value::Day(day) => sheet.write_string_with_format(row, column, day.to_string(), &formats.text)?,
            };
        }
        self.row += 1;
        Ok(())
    }

    /// Ends a sheet: says in its last row how many rows were left out, where some were. `{count}` in the sentence is their number.
    pub fn end_sheet(&mut self, sentence: &str) -> Result<()> {
        if self.left_out > 0 {
            let last = self.workbook.worksheets().len() - 1;
            let sentence = sentence.replace("{count}", &grouped(self.left_out));
            self.workbook.worksheet_from_index(last)?.write_string(self.most_rows - 1, 0, sentence)?;
        }
        Ok(())
    }

    /// Writes the workbook.
    pub fn save(mut self, out: &mut (dyn Write + Send)) -> Result<()> {
        Ok(self.workbook.save_to_writer(out)?)
    }
}

/// A text that a cell has room for.
fn fitting(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(LONGEST_TEXT) {
        None => text.into(),
        Some(_) => {
            let end = text.char_indices().nth(LONGEST_TEXT - 1).map_or(text.len(), |(at, _)| at);
            format!("{}…", &text[..end]).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use calamine::{Data, Reader, Xlsx};

    use super::*;

    fn read(book: Book) -> (Vec<u8>, Vec<Vec<Data>>) {
        let mut bytes = Vec::new();
        book.save(&mut bytes).unwrap();
        let mut read: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes.clone())).unwrap();
        let range = read.worksheet_range("Bảng").unwrap();
        (bytes, range.rows().map(<[Data]>::to_vec).collect())
    }

    fn made(rows: &[&[Value<'_>]], most_rows: u32) -> (Vec<u8>, Vec<Vec<Data>>) {
        let mut book = Book::new("Sổ", jiff::civil::date(2026, 11, 21), None).unwrap();
        book.most_rows = most_rows;
        book.sheet("Bảng", &["Tên".to_owned(), "Số".to_owned()]).unwrap();
        rows.iter().for_each(|row| book.row(row).unwrap());
        book.end_sheet("Còn {count} dòng").unwrap();
        read(book)
    }

    #[test]
    fn texts_stay_texts_and_the_bytes_are_the_same_each_time() {
        let row: &[Value<'_>] = &[Value::Text("=1+1".into()), Value::Number(1.5)];
        let (bytes, rows) = made(&[row, &[Value::Empty, Value::Day(jiff::civil::date(2026, 3, 5))]], MOST_ROWS);
        assert_eq!(rows[1], [Data::String("=1+1".to_owned()), Data::Float(1.5)]);
        assert!(matches!(&rows[2][1], Data::DateTime(day) if day.to_ymd_hms_milli().0 == 2026), "{rows:?}");
        assert_eq!(bytes, made(&[row, &[Value::Empty, Value::Day(jiff::civil::date(2026, 3, 5))]], MOST_ROWS).0);
    }

    #[test]
    fn what_has_no_room_is_counted_in_the_last_row() {
        let row: &[Value<'_>] = &[Value::Text("x".into())];
        let (_, rows) = made(&[row; 5], 4);
        assert_eq!(rows.len(), 4);
        assert_eq!(rows[3][0], Data::String("Còn 3 dòng".to_owned()));
        let long = "ạ".repeat(LONGEST_TEXT + 10);
        let (_, rows) = made(&[&[Value::Text(long.as_str().into())]], MOST_ROWS);
        assert!(matches!(&rows[1][0], Data::String(text) if text.chars().count() == LONGEST_TEXT && text.ends_with('…')));
    }
}
