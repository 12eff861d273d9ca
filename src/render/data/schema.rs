//! The JSON Schema (draft-07) of each kind of record, with the labels of the site, for a whole file and for the data
//! beside a page.

use anyhow::Result;
use serde_json::{Value, json};

use super::super::site::Site;
use super::people::{AgencyRecord, DeclarationRecord};
use super::procedure::ProcedureRecord;
use super::record::schema_of;
use super::work::{InspectionRecord, LegalRecord, ResultRecord, WorkProcessRecord};
use super::{Set, table};
use crate::theme::Words;

/// The schema of a kind of record.
pub(super) fn of(site: &Site<'_>, set: Set) -> Result<Vec<u8>> {
    let mut record = match set {
        Set::Agencies => schema_of::<AgencyRecord<'_>>(),
        Set::Declarations => schema_of::<DeclarationRecord<'_>>(),
        Set::AdministrativeProcedures => schema_of::<ProcedureRecord<'_>>(),
        Set::WorkProcesses => schema_of::<WorkProcessRecord<'_>>(),
        Set::LegalDocuments => schema_of::<LegalRecord<'_>>(),
        Set::Results => schema_of::<ResultRecord<'_>>(),
        Set::Inspections => schema_of::<InspectionRecord<'_>>(),
    }?;
    let words = site.words();
    let mut definitions = record.as_object_mut().and_then(|record| record.remove("definitions")).unwrap_or_else(|| json!({}));
    record.as_object_mut().and_then(|record| record.remove("$schema"));
    label(&mut record, set, words);
    definitions["record"] = record;
    let text = json!({ "type": "string" });
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": words.text(&set.word()),
        "type": "object",
        "properties": {
            "schema": text,
            "title": text,
            "publisher": text,
            "license": { "type": ["string", "null"] },
            "records": { "type": "array", "items": { "$ref": "#/definitions/record" } },
            "record": { "$ref": "#/definitions/record" },
        },
        "required": ["schema", "license"],
        "oneOf": [{ "required": ["records"] }, { "required": ["record"] }],
        "additionalProperties": false,
        "definitions": definitions,
    });
    Ok(format!("{schema:#}\n").into_bytes())
}

/// Gives the fields of a record their labels; what they mean stays in English, from the program.
fn label(record: &mut Value, set: Set, words: &Words) {
    let Some(fields) = record.get_mut("properties").and_then(Value::as_object_mut) else { return };
    for (name, field) in fields {
        // Words beside a reference are ignored by draft-07, so the reference goes into `allOf`.
        if let Some(reference) = field.as_object_mut().and_then(|field| field.remove("$ref")) {
            field["allOf"] = json!([{ "$ref": reference }]);
        }
        field["title"] = json!(table::heading(set, name, words));
    }
}
