//! Workbooks for people who work in a spreadsheet: the only place that knows how the XLSX files of the open data are made.
//! Rows are written as they come and never kept; the same rows on the same day give the same bytes. The library that
//! makes the yearly report keeps either all rows or files of its own, and ends the program where these have no room.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, StreamWriter, ZipWriter};

use crate::domain::{Date, grouped};
use crate::markdown::escape;

/// Most rows of a sheet, its heading among them: more a spreadsheet does not show.
const MOST_ROWS: u32 = 1_048_576;
/// Longest text of a cell, in characters.
const LONGEST_TEXT: usize = 32_767;
/// Longest name of a sheet, in characters.
const LONGEST_NAME: usize = 31;
/// From this day on spreadsheets count days as calendars do.
const FIRST_DAY: Date = jiff::civil::date(1900, 3, 1);
/// The day before the first that they count.
const DAY_ZERO: Date = jiff::civil::date(1899, 12, 30);
const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
/// How a cell looks, by its place in `STYLES`.
const HEADING: u32 = 1;
const TEXT: u32 = 2;
const DAY: u32 = 3;
const STYLES: &str = concat!(
    r#"<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>"#,
    r#"<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>"#,
    r#"<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>"#,
    r#"<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"#,
    r#"<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4">"#,
    r#"<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>"#,
    r#"<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>"#,
    r#"<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top"/></xf>"#,
    r#"<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>"#,
    r#"</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>"#,
);

/// A cell.
#[derive(Debug, Clone)]
pub(super) enum Value<'a> {
    Empty,
    /// Always a text, never a formula.
    Text(Cow<'a, str>),
    Number(f64),
    Day(Date),
}

/// A workbook that is being made: a page of text, or sheets with a heading and rows, and at the end `finish`.
pub(super) struct Book<W: Write> {
    zip: ZipWriter<StreamWriter<Remembering<W>>>,
    failed: Failure,
    title: String,
    made_on: Date,
    sheets: Vec<String>,
    /// Rows of the sheet so far.
    row: u32,
    /// Rows that the sheet has no room for.
    left_out: u64,
    most_rows: u32,
    line: String,
}

impl<W: Write> Book<W> {
    /// An empty workbook made on a day.
    pub fn new(out: W, title: &str, made_on: Date) -> Self {
        let failed = Failure::default();
        let zip = ZipWriter::new_stream(Remembering { out, failed: failed.clone() });
        Self { zip, failed, title: title.to_owned(), made_on, sheets: Vec::new(), row: 0, left_out: 0, most_rows: MOST_ROWS, line: String::new() }
    }

    /// A sheet of lines of text.
    pub fn page(&mut self, name: &str, lines: &[String]) -> Result<()> {
        self.begin(name, "", 1, 100)?;
        for line in lines {
            self.row(&[Value::Text(line.into())])?;
        }
        self.close()
    }

    /// Begins a sheet with a heading that stays in view.
    pub fn sheet(&mut self, name: &str, headings: &[String]) -> Result<()> {
        let pane = r#"<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>"#;
        self.begin(name, pane, headings.len(), 22)?;
        self.write_row(headings.iter().map(|heading| (Value::Text(heading.into()), HEADING)))
    }

    /// Adds a row to the sheet. One that it has no room for is counted.
    pub fn row(&mut self, cells: &[Value<'_>]) -> Result<()> {
        // The last row is kept for what could not be shown.
        if self.row >= self.most_rows - 1 {
            self.left_out += 1;
            return Ok(());
        }
        self.write_row(cells.iter().map(|cell| (cell.clone(), TEXT)))
    }

    /// Ends a sheet: says in its last row how many rows were left out, where some were. `{count}` in the sentence is their number.
    pub fn end_sheet(&mut self, sentence: &str) -> Result<()> {
        if self.left_out > 0 {
            let sentence = sentence.replace("{count}", &grouped(self.left_out));
            self.write_row([(Value::Text(sentence.into()), TEXT)].into_iter())?;
        }
        self.close()
    }

    /// Writes what a workbook has beside its sheets, and hands on what went wrong before.
    pub fn finish(mut self) -> Result<()> {
        let sheets = || (1..).zip(&self.sheets);
        let list: String = sheets().map(|(number, name)| format!("<sheet name=\"{}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>", escape(name))).collect();
        let workbook = format!("{XML}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets>{list}</sheets></workbook>");
        let relation = |number: usize, kind: &str, target: &str| format!("<Relationship Id=\"rId{number}\" Type=\"{kind}\" Target=\"{target}\"/>");
        let mut inside: String =
            sheets().map(|(number, _)| relation(number, &format!("{RELATIONS}/worksheet"), &format!("worksheets/sheet{number}.xml"))).collect();
        inside.push_str(&relation(self.sheets.len() + 1, &format!("{RELATIONS}/styles"), "styles.xml"));
        let outside = relation(1, &format!("{RELATIONS}/officeDocument"), "xl/workbook.xml")
            + &relation(2, &format!("{PACKAGE}/relationships/metadata/core-properties"), "docProps/core.xml");
        let relations = |list: &str| format!("{XML}<Relationships xmlns=\"{PACKAGE}/relationships\">{list}</Relationships>");
        let kind = |part: &str, kind: &str| format!("<Override PartName=\"/{part}\" ContentType=\"application/vnd.openxmlformats-{kind}+xml\"/>");
        let mut kinds: String =
            sheets().map(|(number, _)| kind(&format!("xl/worksheets/sheet{number}.xml"), "officedocument.spreadsheetml.worksheet")).collect();
        kinds.push_str(&kind("xl/workbook.xml", "officedocument.spreadsheetml.sheet.main"));
        kinds.push_str(&kind("xl/styles.xml", "officedocument.spreadsheetml.styles"));
        kinds.push_str(&kind("docProps/core.xml", "package.core-properties"));
        let types = format!(
            "{XML}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>{kinds}</Types>"
        );
        let core = format!(
            "{XML}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
             xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>\
             <dcterms:created xsi:type=\"dcterms:W3CDTF\">{}T00:00:00Z</dcterms:created></cp:coreProperties>",
            escape(&self.title),
            self.made_on
        );
        let styles = format!("{XML}<styleSheet xmlns=\"{MAIN}\">{STYLES}</styleSheet>");
        let parts = [
            ("[Content_Types].xml", types),
            ("_rels/.rels", relations(&outside)),
            ("docProps/core.xml", core),
            ("xl/workbook.xml", workbook),
            ("xl/_rels/workbook.xml.rels", relations(&inside)),
            ("xl/styles.xml", styles),
        ];
        for (name, text) in parts {
            self.part(name)?;
            self.zip.write_all(text.as_bytes())?;
        }
        self.zip.finish()?;
        self.failed.told()
    }

    fn part(&mut self, name: &str) -> Result<()> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(zip::DateTime::default());
        Ok(self.zip.start_file(name, options)?)
    }

    fn begin(&mut self, name: &str, pane: &str, columns: usize, width: u32) -> Result<()> {
        (self.row, self.left_out) = (0, 0);
        self.sheets.push(name.chars().map(|c| if "[]:*?/\\".contains(c) { ' ' } else { c }).take(LONGEST_NAME).collect());
        self.part(&format!("xl/worksheets/sheet{}.xml", self.sheets.len()))?;
        let begin = format!(
            "{XML}<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\">{pane}</sheetView></sheetViews>\
             <cols><col min=\"1\" max=\"{}\" width=\"{width}\" customWidth=\"1\"/></cols><sheetData>",
            columns.max(1)
        );
        Ok(self.zip.write_all(begin.as_bytes())?)
    }

    fn write_row<'v>(&mut self, cells: impl Iterator<Item = (Value<'v>, u32)>) -> Result<()> {
        self.failed.told()?;
        self.row += 1;
        self.line.clear();
        let _ = write!(self.line, "<row r=\"{}\">", self.row);
        for (column, (cell, style)) in (0..).zip(cells) {
            let place = Place { column, row: self.row };
            let _ = match cell {
                Value::Empty => Ok(()),
                Value::Text(text) => {
                    write!(self.line, "<c r=\"{place}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>", fitting(&text))
                }
                Value::Number(number) => write!(self.line, "<c r=\"{place}\" s=\"{style}\"><v>{number}</v></c>"),
                Value::Day(day) if day >= FIRST_DAY => {
                    let days = (day - DAY_ZERO).get_days();
                    write!(self.line, "<c r=\"{place}\" s=\"{DAY}\"><v>{days}</v></c>")
                }
                Value::Day(day) => write!(self.line, "<c r=\"{place}\" s=\"{style}\" t=\"inlineStr\"><is><t>{day}</t></is></c>"),
            };
        }
        self.line.push_str("</row>");
        Ok(self.zip.write_all(self.line.as_bytes())?)
    }

    fn close(&mut self) -> Result<()> {
        Ok(self.zip.write_all(b"</sheetData></worksheet>")?)
    }
}

/// A cell by its column, from 0, and its row, from 1: `AB12`.
struct Place {
    column: u32,
    row: u32,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let letter = |number: u32| char::from(b'A' + (number % 26) as u8);
        if self.column >= 26 {
            f.write_char(letter(self.column / 26 - 1))?;
        }
        write!(f, "{}{}", letter(self.column), self.row)
    }
}

/// A text that a cell has room for, as XML. Characters that XML does not have become spaces.
fn fitting(text: &str) -> String {
    let cut = match text.char_indices().nth(LONGEST_TEXT) {
        None => Cow::Borrowed(text),
        Some(_) => {
            let end = text.char_indices().nth(LONGEST_TEXT - 1).map_or(text.len(), |(at, _)| at);
            format!("{}…", &text[..end]).into()
        }
    };
    let is_lacking = |c: char| (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    escape(&cut.replace(is_lacking, " ")).replace("_x", "_x005F_x")
}

/// What went wrong first.
#[derive(Clone, Default)]
struct Failure(Arc<Mutex<Option<io::Error>>>);

impl Failure {
    fn told(&self) -> Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take().map_or(Ok(()), |error| Err(error.into()))
    }
}

/// Remembers what went wrong and takes no more, for an archive that can't be ended complains on the terminal.
struct Remembering<W> {
    out: W,
    failed: Failure,
}

impl<W: Write> Write for Remembering<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut failed = self.failed.0.lock().unwrap_or_else(PoisonError::into_inner);
        if failed.is_none() {
            *failed = self.out.write_all(bytes).err();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use calamine::{Data, Reader, Xlsx};

    use super::*;

    fn read(bytes: Vec<u8>) -> (Vec<u8>, Vec<Vec<Data>>) {
        let mut read: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes.clone())).unwrap();
        let range = read.worksheet_range("Bảng").unwrap();
        (bytes, range.rows().map(<[Data]>::to_vec).collect())
    }

    fn made(rows: &[&[Value<'_>]], most_rows: u32) -> (Vec<u8>, Vec<Vec<Data>>) {
        let mut bytes = Vec::new();
        let mut book = Book::new(&mut bytes, "Sổ", jiff::civil::date(2026, 11, 21));
        book.most_rows = most_rows;
        book.sheet("Bảng", &["Tên".to_owned(), "Số".to_owned()]).unwrap();
        rows.iter().for_each(|row| book.row(row).unwrap());
        book.end_sheet("Còn {count} dòng").unwrap();
        book.finish().unwrap();
        read(bytes)
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

    #[test]
    fn what_can_not_be_written_is_told_and_stops_nothing_else() {
        struct Full(usize);
        impl Write for Full {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
                Ok(bytes.len())
            }

            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        for room in [0, 100, 1_000] {
            let mut book = Book::new(Full(room), "Sổ", jiff::civil::date(2026, 11, 21));
            let made = book.page("Bảng", &["Một dòng".to_owned()]).and_then(|()| book.finish());
            let error = made.unwrap_err();
            assert_eq!(error.downcast_ref::<io::Error>().map(io::Error::kind), Some(io::ErrorKind::StorageFull), "{room}: {error}");
        }
    }

    #[test]
    fn columns_have_letters_and_texts_no_marks_of_their_own() {
        let places = [0, 25, 26, 51, 52, 701].map(|column| Place { column, row: 7 }.to_string());
        assert_eq!(places, ["A7", "Z7", "AA7", "AZ7", "BA7", "ZZ7"]);
        let (_, rows) = made(&[&[Value::Text("a < b & \u{1}c".into())]], MOST_ROWS);
        assert_eq!(rows[1][0], Data::String("a < b &  c".to_owned()));
    }
}
