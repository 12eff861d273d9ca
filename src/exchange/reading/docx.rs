//! The tables of a Word document. Text outside of tables is not looked at.

use std::io::{Cursor, Read};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use zip::ZipArchive;

use super::{FileFormat, Filling, Grid, GridKind, MOST_UNPACKED_BYTES, Refusal, SAVE_ANEW, Tables};

/// Deepest nesting of tables.
const DEEPEST: usize = 16;

pub(super) fn read(bytes: &[u8]) -> Result<Tables, Refusal> {
    let broken = || Refusal::new("tệp Word hỏng, không đọc được", SAVE_ANEW);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    let mut xml = String::new();
    archive.by_name("word/document.xml").map_err(|_| broken())?.read_to_string(&mut xml).map_err(|_| broken())?;
    let mut reader = Reader::from_str(&xml);
    let mut document = Document { grids: Vec::new(), left: MOST_UNPACKED_BYTES, depth: 0, table: None };
    loop {
        match reader.read_event().map_err(|_| broken())? {
            Event::Start(element) => document.open(&element)?,
            Event::Empty(element) => {
                document.open(&element)?;
                document.close(element.local_name().as_ref())?;
            }
            Event::End(element) => document.close(element.local_name().as_ref())?,
            Event::Text(text) => document.text(&text.xml_content(XmlVersion::Implicit1_0)),
            Event::CData(text) => document.text(&text.xml_content(XmlVersion::Implicit1_0)),
            Event::GeneralRef(reference) => document.text(&resolved(&reference)),
            Event::Eof => break,
            _ => {}
        }
    }
    if document.grids.is_empty() {
        return Err(Refusal::new("tệp Word không có bảng nào", "danh sách phải ở trong bảng (Insert → Table) thì mới đọc được"));
    }
    Ok(Tables { format: FileFormat::Docx, grids: document.grids, notes: Vec::new() })
}

fn resolved(reference: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    match reference.as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
    .to_owned()
}

struct Document {
    grids: Vec<Grid>,
    left: u64,
    /// Open tables; only the outermost is read, what stands in inner ones is text of its cell.
    depth: usize,
    table: Option<Table>,
}

/// The outermost table that is open.
struct Table {
    filling: Filling,
    row: u32,
    column: u32,
    span: u32,
    text: String,
    is_in_text: bool,
    is_continued: bool,
    is_in_cell: bool,
    /// Columns whose cell goes on from the row above: first row, first and last column.
    merging: Vec<(u32, u32, u32)>,
    /// A cell begins a region in this row, and may be merged downwards.
    is_start: bool,
}

impl Document {
    fn open(&mut self, element: &BytesStart<'_>) -> Result<(), Refusal> {
        let name = element.local_name();
        if name.as_ref() == "tbl" {
            self.depth += 1;
            if self.depth > DEEPEST {
                return Err(Refusal::new("tệp Word có bảng lồng nhau quá nhiều lớp", SAVE_ANEW));
            }
            if self.depth == 1 {
                let filling = Filling::new(&format!("Bảng {}", self.grids.len() + 1), self.left);
                self.table = Some(Table::new(filling));
            }
            return Ok(());
        }
        let is_outermost = self.depth == 1;
        let Some(table) = &mut self.table else { return Ok(()) };
        let attribute = |wanted: &str| {
            let found = element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == wanted);
            found.map(|attribute| attribute.value.clone().into_owned())
        };
        match name.as_ref() {
            "tc" if is_outermost => table.open_cell(),
            "gridSpan" if is_outermost => table.span = attribute("val").and_then(|text| text.parse().ok()).filter(|span| (1..=256).contains(span)).unwrap_or(1),
            "vMerge" if is_outermost => match attribute("val").as_deref() {
                Some("restart") => table.is_start = true,
                _ => table.is_continued = true,
            },
            "t" => table.is_in_text = true,
            "tab" => table.text.push(' '),
            "br" | "cr" => table.text.push('\n'),
            "noBreakHyphen" => table.text.push('-'),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Refusal> {
        let is_outermost = self.depth == 1;
        if name == "tbl" {
            self.depth = self.depth.saturating_sub(1);
            if is_outermost && let Some(table) = self.table.take() {
                self.left = table.filling.left;
                self.grids.push(table.finish());
            }
            return Ok(());
        }
        let Some(table) = &mut self.table else { return Ok(()) };
        match name {
            "t" => table.is_in_text = false,
            "p" => table.text.push('\n'),
            "tc" if is_outermost => table.close_cell()?,
            "tr" if is_outermost => {
                table.row += 1;
                table.column = 0;
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(table) = self.table.as_mut().filter(|table| table.is_in_text && table.is_in_cell) {
            table.text.push_str(text);
        }
    }
}

impl Table {
    fn new(filling: Filling) -> Self {
        Self {
            filling,
            row: 0,
            column: 0,
            span: 1,
            text: String::new(),
            is_in_text: false,
            is_continued: false,
            is_in_cell: false,
            merging: Vec::new(),
            is_start: false,
        }
    }

    fn open_cell(&mut self) {
        self.text.clear();
        (self.span, self.is_continued, self.is_start, self.is_in_cell) = (1, false, false, true);
    }

    fn close_cell(&mut self) -> Result<(), Refusal> {
        let (first, last) = (self.column, self.column + self.span - 1);
        self.column += self.span;
        self.is_in_cell = false;
        let open = self.merging.iter().position(|(_, column, _)| *column == first);
        match open.filter(|_| self.is_continued) {
            Some(_) => return Ok(()),
            None => {
                if let Some(at) = open {
                    self.end_merge(at);
                }
            }
        }
        if self.is_start {
            self.merging.push((self.row, first, last));
        } else if last > first {
            self.filling.grid.merged.push([self.row, first, self.row, last]);
        }
        let text = self.text.trim().to_owned();
        self.filling.add(self.row, first, text, GridKind::Text)
    }

    /// The region ended in the row above.
    fn end_merge(&mut self, at: usize) {
        let (row, first, last) = self.merging.swap_remove(at);
        self.filling.grid.merged.push([row, first, self.row.saturating_sub(1).max(row), last]);
    }

    fn finish(mut self) -> Grid {
        while !self.merging.is_empty() {
            self.end_merge(0);
        }
        self.filling.grid.merged.sort_unstable();
        self.filling.grid
    }
}
