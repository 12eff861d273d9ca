//! The catalogue of administrative procedures, imported as an officer would import it.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use congbo::domain::DocumentNumber;
use congbo::domain::vocabulary::{AdministrativeProcedureStatus, ExecutionLevel};
use congbo::import::catalogue_files;
use congbo::import::national_portal::{PortalFile, read as read_portal};
use congbo::parse::raw::{RawAdministrativeProcedure, Short};
use congbo::source::read_named_file;

use crate::{File, measure};

/// All records, and who carries them out.
pub struct Catalogue {
    records: BTreeMap<String, RawAdministrativeProcedure>,
    /// Codes that every commune is competent for.
    pub commune: Vec<String>,
    /// Codes of the province's level, by field.
    pub province: BTreeMap<String, Vec<String>>,
}

/// Reads the records; those of the commune level come first where a number of them is wanted.
pub fn read(data: &Path, per_commune: usize) -> Result<Catalogue> {
    let text = read_named_file(&data.join("procedures.jsonl"))?;
    let file = PortalFile { path: "procedures.jsonl", checked_on: "2026-07-31".parse().ok() };
    let import = measure::timed("import", || read_portal(&text, file));
    measure::print_counts(&import.diagnostics);
    let active = |record: &&RawAdministrativeProcedure| record.status != AdministrativeProcedureStatus::Abolished;
    let (low, high): (Vec<_>, Vec<_>) = import.records.iter().filter(active).partition(|record| record.levels.contains(&ExecutionLevel::Commune));
    let commune = low.iter().chain(&high).take(per_commune).map(|record| record.code.0.clone()).collect();
    let mut province: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for record in high {
        province.entry(record.field.clone().unwrap_or_default()).or_default().push(record.code.0.clone());
    }
    Ok(Catalogue { commune, province, records: import.records.into_iter().map(|record| (record.code.0.clone(), record)).collect() })
}

impl Catalogue {
    /// The files of the catalogue.
    pub fn files(&self) -> Vec<File> {
        let records: Vec<RawAdministrativeProcedure> = self.records.values().cloned().collect();
        let files = catalogue_files(&records).into_iter();
        files.map(|file| File { path: format!("administrative-procedures/{}", file.name), text: file.text }).collect()
    }

    /// The codes of a list by field.
    pub fn by_field<'a>(&'a self, codes: &'a [String]) -> BTreeMap<&'a str, Vec<&'a str>> {
        let mut fields: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for code in codes {
            let field = self.records.get(code).and_then(|record| record.field.as_deref()).unwrap_or("");
            fields.entry(field).or_default().push(code);
        }
        fields
    }

    /// Some legal documents that these procedures rest on.
    pub fn legal_bases(&self, codes: &[&str], most: usize) -> Vec<String> {
        let mut numbers: Vec<String> = Vec::new();
        let bases = codes.iter().filter_map(|code| self.records.get(*code)).flat_map(|record| &record.legal_bases);
        for number in bases.filter_map(|Short(basis)| basis.number.as_ref()) {
            if numbers.len() < most && DocumentNumber::new(number).is_well_formed() && !numbers.contains(number) {
                numbers.push(number.clone());
            }
        }
        numbers
    }
}
