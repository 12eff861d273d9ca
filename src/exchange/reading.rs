//! A foreign file as plain tables: XLSX, CSV or DOCX, told by what it holds and never by its name. The file may be broken or
//! hostile: this runs in a process of its own with little memory and time, and everything it makes is bounded.

mod container;
mod delimited;
mod docx;
mod xlsx;

use serde::{Deserialize, Serialize};

/// Most bytes of a container when it is unpacked, and of the text that is taken out of a file.
pub const MOST_UNPACKED_BYTES: u64 = 64 * 1024 * 1024;
/// Most rows of a table.
pub const MOST_ROWS: u32 = 50_000;
/// Most columns of a table.
pub const MOST_COLUMNS: u32 = 256;

/// What kind of file was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileFormat {
    Xlsx,
    Csv,
    Docx,
}

/// A file that was read, or why it was not.
#[derive(Debug, Serialize, Deserialize)]
pub enum Reading {
    Tables(Tables),
    Refused { what: String, hint: String },
}

/// The tables of a file.
#[derive(Debug, Serialize, Deserialize)]
pub struct Tables {
    pub format: FileFormat,
    pub grids: Vec<Grid>,
    /// What there is to tell of the file as a whole.
    pub notes: Vec<String>,
}

/// One table, as far as it holds anything.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Grid {
    pub name: String,
    pub is_hidden: bool,
    pub rows: Vec<GridRow>,
    /// Regions that are one cell: first row and column, last row and column.
    pub merged: Vec<[u32; 4]>,
    /// Places of formulas.
    pub formulas: Vec<(u32, u32)>,
    /// Something stands beyond the last row or column that is read.
    pub beyond: Option<(u32, u32)>,
}

/// A row, counted from 0.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GridRow {
    pub row: u32,
    pub cells: Vec<GridCell>,
}

/// A cell that is not empty.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GridCell {
    pub column: u32,
    pub text: String,
    pub kind: GridKind,
}

/// What a cell was in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum GridKind {
    Text,
    Number,
    Day,
    Error,
}

/// Why a file was not read, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub what: String,
    pub hint: String,
}

impl Refusal {
    pub(super) fn new(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { what: what.into(), hint: hint.into() }
    }
}

/// Reads the bytes of a file.
pub fn read_tables(bytes: &[u8]) -> Reading {
    match tables(bytes) {
        Ok(tables) => Reading::Tables(tables),
        Err(Refusal { what, hint }) => Reading::Refused { what, hint },
    }
}

fn tables(bytes: &[u8]) -> Result<Tables, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::new("tệp rỗng", "chép lại tệp từ nơi gửi"));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return match container::kind(bytes)? {
            container::Kind::Workbook => xlsx::read(bytes),
            container::Kind::Document => docx::read(bytes),
            container::Kind::Other(name) => Err(Refusal::new(format!("tệp là {name}, không phải .xlsx hay .docx"), SAVE_ANEW)),
        };
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Err(old_office(bytes));
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).to_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    if head.starts_with("%pdf") {
        return Err(Refusal::new("tệp là PDF, không có bảng để đọc", "lấy tệp Word hoặc Excel gốc của danh sách này"));
    }
    if head.starts_with("<html") || head.starts_with("<!doctype") || head.starts_with("<table") || head.starts_with("<?xml") || head.starts_with("{\\rtf") {
        return Err(Refusal::new("tệp là trang web, XML hoặc RTF mang tên bảng tính", SAVE_ANEW));
    }
    delimited::read(bytes)
}

const SAVE_ANEW: &str = "mở tệp bằng Excel (hoặc Word), chọn Lưu thành (Save As), kiểu .xlsx (hoặc .docx), rồi nhập tệp mới";

/// Files of Office before 2007, and those that a password locks.
fn old_office(bytes: &[u8]) -> Refusal {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem(bytes, &wide)
    };
    if has("EncryptedPackage") || has("EncryptionInfo") {
        Refusal::new("tệp đặt mật khẩu nên không đọc được", "mở tệp, bỏ mật khẩu (File → Info → Protect), lưu lại rồi nhập")
    } else if has("WordDocument") {
        Refusal::new("tệp Word kiểu cũ (.doc)", SAVE_ANEW)
    } else {
        Refusal::new("tệp Excel kiểu cũ (.xls)", SAVE_ANEW)
    }
}

fn memmem(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// A table that is being filled, bounded.
pub(super) struct Filling {
    pub grid: Grid,
    /// Bytes of text that may still be added to any table of the file.
    left: u64,
}

impl Filling {
    fn new(name: &str, left: u64) -> Self {
        Self { grid: Grid { name: name.to_owned(), ..Grid::default() }, left }
    }

    /// Adds a cell; cells come row by row.
    fn add(&mut self, row: u32, column: u32, text: String, kind: GridKind) -> Result<(), Refusal> {
        if text.trim().is_empty() {
            return Ok(());
        }
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            self.grid.beyond.get_or_insert((row, column));
            return Ok(());
        }
        let cost = text.len() as u64 + 32;
        if cost > self.left {
            let what = format!("tệp chứa hơn {} MiB chữ", MOST_UNPACKED_BYTES / 1024 / 1024);
            return Err(Refusal::new(what, "tách danh sách thành nhiều tệp"));
        }
        self.left -= cost;
        if self.grid.rows.last().is_none_or(|last| last.row != row) {
            self.grid.rows.push(GridRow { row, cells: Vec::new() });
        }
        if let Some(last) = self.grid.rows.last_mut() {
            last.cells.push(GridCell { column, text, kind });
        }
        Ok(())
    }
}
