//! Records as rows: headings, and CSV that is safe to open in a spreadsheet.

use std::borrow::Cow;
use std::io::Write;

use anyhow::Result;
use csv::{Terminator, Writer, WriterBuilder};

use super::people::{AgencyRecord, DeclarationRecord};
use super::procedure::ProcedureRecord;
use super::record::Record;
use super::work::{InspectionRecord, LegalRecord, ResultRecord, WorkProcessRecord};
use super::{Set, Visit};
use crate::theme::Words;

/// By it a spreadsheet knows that a file is UTF-8.
pub(super) const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// Writes CSV (RFC 4180): the names of columns, then a line for each record.
pub(super) struct Csv<'o>(Writer<&'o mut (dyn Write + Send)>);

impl<'o> Csv<'o> {
    pub fn new(out: &'o mut (dyn Write + Send)) -> Self {
        Self(WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out))
    }
}

impl Visit for Csv<'_> {
    fn visit<'r, R: Record>(&mut self, records: impl Iterator<Item = R> + 'r) -> Result<()> {
        self.0.write_record(R::COLUMNS)?;
        for record in records {
            for cell in record.cells() {
                self.0.write_field(guarded(&cell.in_csv()).as_bytes())?;
            }
            self.0.write_record(None::<&[u8]>)?;
        }
        Ok(self.0.flush()?)
    }
}

/// A text that no spreadsheet takes for a formula: one that begins like one gets an apostrophe before it.
fn guarded(text: &str) -> Cow<'_, str> {
    const STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if text.starts_with(STARTS) { format!("'{text}").into() } else { text.into() }
}

/// The columns of a kind of record.
fn columns(set: Set) -> &'static [&'static str] {
    match set {
        Set::Agencies => AgencyRecord::COLUMNS,
        Set::Declarations => DeclarationRecord::COLUMNS,
        Set::AdministrativeProcedures => ProcedureRecord::COLUMNS,
        Set::WorkProcesses => WorkProcessRecord::COLUMNS,
        Set::LegalDocuments => LegalRecord::COLUMNS,
        Set::Results => ResultRecord::COLUMNS,
        Set::Inspections => InspectionRecord::COLUMNS,
    }
}

/// The headings of a kind of record, in the words of the site.
pub(super) fn headings(set: Set, words: &Words) -> Vec<String> {
    columns(set).iter().map(|name| heading(set, name, words)).collect()
}

/// What a column or a field is called.
pub(super) fn heading(set: Set, name: &str, words: &Words) -> String {
    let kind = match set {
        Set::Agencies => "agency",
        Set::Declarations => "declaration",
        Set::AdministrativeProcedures => "administrative_procedure",
        Set::WorkProcesses => "work_process",
        Set::LegalDocuments => "legal_document",
        Set::Results => "result_row",
        Set::Inspections => "inspected_agency",
    };
    let (own, field) = (format!("data_{name}"), format!("{kind}.{name}"));
    match (words.get(&own), words.field(&field)) {
        (Some(word), _) => word.to_owned(),
        (None, label) if label != field => label.to_owned(),
        (None, _) => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{Lang, Theme};

    #[test]
    fn what_begins_like_a_formula_is_kept_from_being_one() {
        for text in ["=1+1", "+84 200", "-5", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            assert_eq!(guarded(text), format!("'{text}"));
        }
        assert_eq!(guarded("Ủy ban = nhân dân"), "Ủy ban = nhân dân");
        assert_eq!(guarded(""), "");
    }

    #[test]
    fn every_column_has_a_name_for_people() {
        let theme = Theme::load(std::path::Path::new("."), None).unwrap();
        for (set, lang) in Set::ALL.into_iter().flat_map(|set| [(set, Lang::Vi), (set, Lang::En)]) {
            for (name, heading) in columns(set).iter().zip(headings(set, theme.words(lang))) {
                assert_ne!(*name, heading, "{set:?} {lang:?}");
            }
        }
    }
}
