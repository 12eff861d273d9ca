//! A workbook that a test reads, changes and writes, as an officer would.

use std::io::{Cursor, Write};
use std::path::Path;

use calamine::{Data, Reader, SheetVisible, Xlsx};
use rust_xlsxwriter::{Format, Workbook};
use zip::write::{SimpleFileOptions, ZipWriter};

/// Sheets of texts.
#[derive(Default)]
pub struct Book {
    pub sheets: Vec<Sheet>,
}

/// A sheet: its rows from the first one.
#[derive(Default)]
pub struct Sheet {
    pub name: String,
    pub is_hidden: bool,
    pub rows: Vec<Vec<String>>,
}

impl Book {
    /// The texts of a workbook.
    pub fn read(path: &Path) -> Self {
        let bytes = std::fs::read(path).expect("a workbook");
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        let sheets = book.sheets_metadata().to_vec();
        let mut read = Self::default();
        for sheet in sheets {
            let range = book.worksheet_range(&sheet.name).expect("a sheet");
            let rows = range.rows().map(|row| row.iter().map(text).collect()).collect();
            read.sheets.push(Sheet { name: sheet.name, is_hidden: sheet.visible != SheetVisible::Visible, rows });
        }
        read
    }

    /// A workbook of one sheet.
    pub fn of(name: &str, rows: &[&[&str]]) -> Self {
        let rows = rows.iter().map(|row| row.iter().map(|text| (*text).to_owned()).collect()).collect();
        Self { sheets: vec![Sheet { name: name.to_owned(), is_hidden: false, rows }] }
    }

    /// A sheet that must be there.
    pub fn sheet(&mut self, name: &str) -> &mut Sheet {
        self.sheets.iter_mut().find(|sheet| sheet.name == name).unwrap_or_else(|| panic!("no sheet {name}"))
    }

    /// Puts a text where the row of a code and the column of a heading meet.
    pub fn set(mut self, sheet: &str, code: &str, heading: &str, text: &str) -> Self {
        let sheet = self.sheet(sheet);
        let column = sheet.column(heading);
        let row = sheet.rows.iter_mut().find(|row| row[0] == code).unwrap_or_else(|| panic!("no row {code}"));
        row[column] = text.to_owned();
        self
    }

    /// Takes out every row of a code.
    pub fn without(mut self, sheet: &str, code: &str) -> Self {
        self.sheet(sheet).rows.retain(|row| row[0] != code);
        self
    }

    /// Writes all texts as texts.
    pub fn write(&self, path: &Path) {
        let mut workbook = Workbook::new();
        let text = Format::new().set_num_format("@");
        for sheet in &self.sheets {
            let page = workbook.add_worksheet();
            page.set_name(&sheet.name).expect("a name").set_hidden(sheet.is_hidden);
            for (row, cells) in (0..).zip(&sheet.rows) {
                for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                    page.write_string_with_format(row, column, cell, &text).expect("a cell");
                }
            }
        }
        workbook.save(path).expect("a workbook");
    }
}

impl Sheet {
    /// The number of a column.
    pub fn column(&self, heading: &str) -> usize {
        self.rows[0].iter().position(|other| other == heading).unwrap_or_else(|| panic!("no column {heading} in {:?}", self.rows[0]))
    }

    /// Adds a row with texts below headings.
    pub fn add(&mut self, cells: &[(&str, &str)]) {
        let mut row = vec![String::new(); self.rows[0].len()];
        for (heading, text) in cells {
            let column = self.column(heading);
            row[column] = (*text).to_owned();
        }
        self.rows.push(row);
    }
}

fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        other => panic!("{other:?} is no text"),
    }
}

/// A zip container of parts.
pub fn container(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(bytes).expect("a part");
    }
    zip.finish().expect("a container").into_inner()
}

/// The least that is a workbook, with this XML as the rows of its one sheet.
pub fn raw_workbook(rows: &str, shared_strings: &str, sheet_attributes: &str) -> Vec<u8> {
    raw_workbook_with(rows, shared_strings, sheet_attributes, &[])
}

/// The same with more parts.
pub fn raw_workbook_with(rows: &str, shared_strings: &str, sheet_attributes: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let types = format!("<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>");
    let root = format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let workbook = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets><sheet name=\"Danh mục\" sheetId=\"1\" r:id=\"rId1\" {sheet_attributes}/></sheets></workbook>"
    );
    let relations = format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{RELATIONS}/sharedStrings\" Target=\"sharedStrings.xml\"/>\
         <Relationship Id=\"rId3\" Type=\"{RELATIONS}/styles\" Target=\"styles.xml\"/></Relationships>"
    );
    let sheet = format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>");
    let strings = format!("<sst xmlns=\"{MAIN}\">{shared_strings}</sst>");
    let parts: [(&str, &[u8]); 6] = [
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
    ];
    container(&[&parts, more].concat())
}

/// A row of texts that stand in their cells.
pub fn raw_row(row: u32, cells: &[(&str, &str)]) -> String {
    let cell = |(column, text): &(&str, &str)| format!("<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    format!("<row r=\"{row}\">{}</row>", cells.iter().map(cell).collect::<String>())
}
