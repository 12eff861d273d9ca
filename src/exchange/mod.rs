//! Content as a workbook for people who work in a spreadsheet, and lists of theirs back into content. A record is compared
//! with the content cell by cell: what is the same stays as it was written, what the list lacks is never deleted unasked.
//! Reads no file and writes none.

mod align;
mod cell;
mod columns;
mod content;
mod damage;
mod edit;
mod headings;
mod loose;
mod merge;
mod reading;
mod rows;
mod save;
mod section;
mod sheet;
mod typing;
mod workbook;

pub use columns::{RecordKind, SHEETS, SheetKind};
pub use content::{Content, Scope};
pub use merge::{Change, Merge, Remark, RemarkLevel, Wish, merge};
pub use reading::{FileFormat, Reading, Tables, read_tables};
pub use save::{NewFile, files};
pub use sheet::{TypedCell, TypedRow, TypedSheet};
pub use typing::{Typed, own_workbook, typed};
pub use workbook::{VERSION_SHEET, workbook};
