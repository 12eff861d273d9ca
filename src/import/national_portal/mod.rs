//! Administrative procedures as printed from the national public service portal: one JSON object a line,
//! under the portal's own labels. The data is real and dirty; part of the dirt is the crawler's doing,
//! so nothing here blames an agency.

mod applicant;
mod channel;
mod dossier;
mod fee;
mod findings;
mod legal_basis;
mod record;
mod rules;
mod source_record;
mod time_limit;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::domain::{Date, ProcedureCode};
use crate::origin::Origin;
use crate::parse::raw::RawAdministrativeProcedure;
use findings::Findings;
use source_record::SourceRecord;

pub use rules::RULES;

/// Longest line that is read.
pub const LINE_LIMIT_BYTES: usize = 1024 * 1024;

/// Name of the source, as it is written into every record.
pub const SOURCE_NAME: &str = "Cổng Dịch vụ công quốc gia";

/// The file that a text was read from.
#[derive(Debug, Clone, Copy)]
pub struct PortalFile<'a> {
    /// Path of the file, for messages.
    pub path: &'a str,
    /// The day on which the records were compared with the portal, where somebody did.
    pub checked_on: Option<Date>,
}

/// What was read, sorted by code, and everything that was doubtful about it, in the order of the lines.
#[derive(Debug, Default)]
pub struct Import {
    pub records: Vec<RawAdministrativeProcedure>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads every line. A line that can't be read at all is told as an error and left out; all else is kept.
pub fn read(text: &str, portal_file: PortalFile<'_>) -> Import {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let lines: Vec<(u32, &str)> = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()).collect();
    let file: Arc<str> = portal_file.path.into();
    let read: Vec<Line> = lines.par_iter().map(|(number, line)| read_line(&file, *number, line, portal_file.checked_on)).collect();
    collect(&file, read)
}

/// One line of the file.
struct Line {
    number: u32,
    /// The record with the texts that it was made of, to compare two of one code.
    record: Option<(RawAdministrativeProcedure, SourceRecord)>,
    diagnostics: Vec<Diagnostic>,
}

fn read_line(file: &Arc<str>, number: u32, line: &str, checked_on: Option<Date>) -> Line {
    let mut findings = Findings::new(file.clone(), number, line);
    let record =
        source_record::read(line, &mut findings).and_then(|source| record::record(source.clone(), checked_on, &mut findings).map(|record| (record, source)));
    Line { number, record, diagnostics: findings.diagnostics }
}

/// Gathers the lines; of two records with one code the first stays and keeps what the other says differently.
fn collect(file: &Arc<str>, lines: Vec<Line>) -> Import {
    let mut kept: BTreeMap<ProcedureCode, (u32, RawAdministrativeProcedure, SourceRecord)> = BTreeMap::new();
    let mut diagnostics = Vec::new();
    for Line { number, record, diagnostics: mut found } in lines {
        diagnostics.append(&mut found);
        let Some((record, source)) = record else { continue };
        let Some(code) = ProcedureCode::parse(&record.code.0) else { continue };
        let Some((first_line, first, first_source)) = kept.get_mut(&code) else {
            kept.insert(code, (number, record, source));
            continue;
        };
        let differing = source.differing(first_source);
        let places = [*first_line, number].map(|line| Origin::position(file.clone(), line, 1));
        diagnostics.push(rules::duplicate_code(&code, places, differing.len()));
        first.import_notes.extend(differing.iter().map(|(label, text)| format!("Dòng {number} cùng mã, {label}: {text}")));
    }
    Import { records: kept.into_values().map(|(_, record, _)| record).collect(), diagnostics }
}
