//! The register of legal documents. What the data does not know stays unknown; a date that was only
//! found in a title is not taken, as it is often that of another document.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use congbo::domain::DocumentNumber;
use congbo::import::{FILE_LIMIT_BYTES, plain_text, yaml_writer};
use congbo::source::read_named_file;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::File;

#[derive(Deserialize)]
struct Document {
    number: String,
    title: String,
    source: String,
    effect: Option<Effect>,
}

#[derive(Deserialize)]
struct Effect {
    status: String,
    issued_date: Option<String>,
    in_force_date: Option<String>,
    source: String,
}

/// The files of `law/`.
pub fn files(data: &Path) -> Result<Vec<File>> {
    let text = read_named_file(&data.join("legal_documents.jsonl"))?;
    let mut documents: BTreeMap<DocumentNumber, Value> = BTreeMap::new();
    for line in text.lines() {
        let document: Document = serde_json::from_str(line).context("legal_documents.jsonl")?;
        // A title without a number can't be cited.
        if document.number.trim().is_empty() {
            continue;
        }
        documents.entry(DocumentNumber::new(&document.number)).or_insert_with(|| record(document));
    }
    let mut texts = vec![String::new()];
    for record in documents.into_values() {
        let text = yaml_writer::write(&Value::Array(vec![record]));
        if texts.last().is_some_and(|last| last.len() + text.len() > FILE_LIMIT_BYTES) {
            texts.push(String::new());
        }
        if let Some(last) = texts.last_mut() {
            last.push_str(&text);
        }
    }
    Ok((1..).zip(texts).map(|(number, text)| File { path: format!("law/van-ban-{number}.yaml"), text }).collect())
}

fn record(document: Document) -> Value {
    let Document { number, title, source, effect } = document;
    let title = plain_text::one_line(&plain_text::clean(&title).text);
    let mut record = json!({ "number": number, "title": if title.is_empty() { &number } else { &title } });
    let source = match effect {
        None => source,
        Some(Effect { status, issued_date, in_force_date, source }) => {
            let dates = [("issued_on", issued_date), ("effective_on", in_force_date)];
            for (name, date) in dates.into_iter().filter_map(|(name, date)| Some((name, date?))) {
                record[name] = json!(date);
            }
            // "amended" says that it is still in force, in other words.
            record["status"] = json!(if status == "amended" { "in_force" } else { &status });
            source
        }
    };
    record["source"] = json!(source);
    record
}
