//! Sheets of a list whose columns are known, cell by cell.

use super::columns::SheetKind;

/// A sheet whose columns are known.
#[derive(Debug)]
pub struct TypedSheet {
    pub kind: &'static SheetKind,
    /// Its name in the file.
    pub name: String,
    pub rows: Vec<TypedRow>,
    /// Whether it was made of cells that say several things, so that what it lacks means nothing.
    pub is_partial: bool,
}

/// A row of it.
#[derive(Debug)]
pub struct TypedRow {
    /// A cell for each column of the kind; `None` where the sheet has no such column.
    pub cells: Vec<Option<TypedCell>>,
}

/// A cell, and its place in the file.
#[derive(Debug, Clone, Default)]
pub struct TypedCell {
    pub text: String,
    /// `Thủ tục hành chính!C5`
    pub place: String,
    /// Whether the file holds a number.
    pub is_number: bool,
    /// Whether the file holds a date.
    pub is_day: bool,
}

impl TypedCell {
    /// A text at a place.
    pub fn new(text: impl Into<String>, place: impl Into<String>) -> Self {
        Self { text: text.into(), place: place.into(), ..Self::default() }
    }
}

/// The letters of a column: `A`, `Z`, `AA`.
pub fn column_name(at: u32) -> String {
    let mut name = String::new();
    let mut rest = at + 1;
    while rest > 0 {
        name.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    name
}
