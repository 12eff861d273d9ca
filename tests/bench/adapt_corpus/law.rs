//! The register of legal documents: every number that the corpus cites, with the title and the date of
//! its first citation. One file a year.

use std::collections::BTreeMap;

use congbo::domain::DocumentNumber;
use congbo::import::yaml_writer;
use serde_json::{Value, json};

use crate::File;
use crate::neutral::LegalBasis;

/// The documents met so far.
#[derive(Default)]
pub struct Law(BTreeMap<DocumentNumber, Value>);

impl Law {
    /// Takes what a procedure cites.
    pub fn add(&mut self, bases: &[LegalBasis]) {
        for LegalBasis { number, title, date } in bases {
            let record = || json!({ "number": number, "title": title, "issued_on": date, "status": "in_force" });
            self.0.entry(DocumentNumber::new(number)).or_insert_with(record);
        }
    }

    /// The files of `law/`.
    pub fn files(self) -> Vec<File> {
        let mut years: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for (number, record) in self.0 {
            let year = number.as_str().split('/').nth(1).filter(|year| year.parse::<u16>().is_ok()).unwrap_or("khac");
            years.entry(year.to_owned()).or_default().push(record);
        }
        let files = years.into_iter();
        files.map(|(year, records)| File { path: format!("law/{year}.yaml"), text: yaml_writer::write(&Value::Array(records)) }).collect()
    }
}
