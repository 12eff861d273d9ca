//! Records into the files of `administrative-procedures/`: one list a field, split where a file would
//! grow too large to be read. Same records, same bytes.

use std::collections::{BTreeMap, BTreeSet};

use super::{yaml_of, yaml_writer};
use crate::domain::slug;
use crate::parse::raw::RawAdministrativeProcedure;

/// A file is closed before it passes this size; readers refuse more than 1 MiB.
pub const FILE_LIMIT_BYTES: usize = 900_000;

/// A file to write below `administrative-procedures/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueFile {
    /// `ho-tich.yaml`, `dat-dai-2.yaml`
    pub name: String,
    pub text: String,
}

/// The files of the records, sorted by name; inside a file records are sorted by code.
pub fn catalogue_files(records: &[RawAdministrativeProcedure]) -> Vec<CatalogueFile> {
    let mut fields: BTreeMap<String, Vec<&RawAdministrativeProcedure>> = BTreeMap::new();
    for record in records {
        fields.entry(field_stem(record.field.as_deref().unwrap_or(""))).or_default().push(record);
    }
    let mut taken: BTreeSet<String> = fields.keys().cloned().collect();
    let mut files = Vec::new();
    for (stem, mut records) in fields {
        records.sort_by(|left, right| left.code.0.cmp(&right.code.0));
        for (index, text) in texts(&records).into_iter().enumerate() {
            let name = if index == 0 { stem.clone() } else { free_name(&stem, &mut taken) };
            files.push(CatalogueFile { name: format!("{name}.yaml"), text });
        }
    }
    files.sort_by(|left, right| left.name.cmp(&right.name));
    files
}

/// Name of the file of a field, without ending.
pub fn field_stem(field: &str) -> String {
    let stem = slug(field, 60);
    if stem.is_empty() { "khong-ro-linh-vuc".to_owned() } else { stem }
}

/// Another field may be called what a second part would be called: `Hạng 2` beside `Hạng`.
fn free_name(stem: &str, taken: &mut BTreeSet<String>) -> String {
    let mut number = 2;
    loop {
        let name = format!("{stem}-{number}");
        if taken.insert(name.clone()) {
            return name;
        }
        number += 1;
    }
}

fn texts(records: &[&RawAdministrativeProcedure]) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for record in records {
        let text = yaml_writer::write(&serde_json::Value::Array(vec![yaml_of(record)]));
        match texts.last_mut().filter(|last| last.len() + 1 + text.len() <= FILE_LIMIT_BYTES) {
            Some(last) => {
                last.push('\n');
                last.push_str(&text);
            }
            None => texts.push(text),
        }
    }
    texts
}
