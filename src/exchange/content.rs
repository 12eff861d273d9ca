//! The records of the content that a workbook shows, each with the place where it is written.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::columns::RecordKind;
use crate::diagnostic::{Diagnostic, Severity};
use crate::domain::{AgencyId, ProcedureCode};
use crate::import::yaml_of;
use crate::import::yaml_writer::stated;
use crate::parse::FileKind;
use crate::parse::raw::*;
use crate::parse::yaml::{YamlText, read_list, read_sound};
use crate::source::SourceTree;

/// Which records a workbook shows.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// The agency whose documents, objectives and results are shown; none of these without one.
    pub agency: Option<AgencyId>,
    /// The procedures that are shown; all without such a choice.
    pub codes: Option<BTreeSet<ProcedureCode>>,
}

impl Scope {
    /// Whether a record of the catalogue is shown.
    pub fn has(&self, key: &Key) -> bool {
        match (&self.codes, ProcedureCode::parse(&key[0])) {
            (Some(codes), Some(code)) => codes.contains(&code),
            (Some(_), None) => false,
            (None, _) => true,
        }
    }
}

/// What tells a record from others of its kind, a text for each key column.
pub type Key = Vec<String>;

/// A record and where it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Its fields, in their order, without those that are absent or a default.
    pub value: Value,
    pub file: Arc<str>,
    /// Its place in its list; `None` where the file holds this record alone.
    pub index: Option<usize>,
}

/// All records of the kinds that workbooks show.
#[derive(Debug, Default)]
pub struct Content {
    pub records: BTreeMap<(RecordKind, Key), Record>,
    /// Keys in the order in which they are written.
    pub order: Vec<(RecordKind, Key)>,
    /// Files that have errors: what they hold is not known.
    pub broken: Vec<Arc<str>>,
}

impl Content {
    /// The catalogue, and what the agency wrote.
    pub fn load(tree: &SourceTree, agency: Option<&AgencyId>) -> Self {
        let mut content = Self::default();
        let own = agency.map(|id| format!("content/agencies/{id}/"));
        let is_shown = |path: &str| path.starts_with(CATALOGUE) || own.as_deref().is_some_and(|own| path.starts_with(own));
        for refusal in tree.refusals.iter().filter(|refusal| is_shown(&refusal.path)) {
            content.broken.push(refusal.path.clone());
        }
        for (path, source) in tree.texts.iter().filter(|(path, _)| is_shown(path)) {
            match records_of(path, &source.text) {
                Ok(records) => records.into_iter().for_each(|(kind, key, record)| content.add(kind, key, record)),
                Err(_) => content.broken.push(path.clone()),
            }
        }
        content
    }

    fn add(&mut self, kind: RecordKind, key: Key, record: Record) {
        let key = (kind, canonical(kind, key));
        if !self.records.contains_key(&key) {
            self.order.push(key.clone());
            self.records.insert(key, record);
        }
    }
}

/// Where the catalogue lies.
pub const CATALOGUE: &str = "content/administrative-procedures/";

/// The key under which two spellings meet.
pub fn canonical(kind: RecordKind, mut key: Key) -> Key {
    for part in &mut key {
        *part = part.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    if kind == RecordKind::AdministrativeProcedure
        && let Some(code) = ProcedureCode::parse(&key[0])
    {
        key[0] = code.key().to_owned();
    }
    key
}

/// The records of a file; none where it is of a kind that no workbook shows.
pub fn records_of(path: &Arc<str>, text: &str) -> Result<Vec<(RecordKind, Key, Record)>, Vec<Diagnostic>> {
    let yaml = YamlText { file: path.clone(), text, first_line: 1 };
    let year = path.rsplit('/').next().unwrap_or("").trim_end_matches(".yaml").to_owned();
    let record = |value, index| Record { value, file: path.clone(), index };
    match FileKind::of(path) {
        Some(FileKind::AdministrativeProcedures) => {
            let mut problems = Vec::new();
            let read: Vec<(crate::origin::Origin, RawAdministrativeProcedure)> = read_list(&yaml, &mut problems);
            refuse(problems)?;
            let records = read.iter().enumerate().map(|(index, (origin, raw))| {
                (RecordKind::AdministrativeProcedure, vec![raw.code.0.clone()], record(short(yaml_of(raw)), origin.is_item().then_some(index)))
            });
            Ok(records.collect())
        }
        Some(FileKind::Documents) => {
            let RawDocuments { internal, external } = read_sound(&yaml)?;
            let internal = internal.into_iter().enumerate().map(|(at, raw)| (RecordKind::Document, vec![raw.code.clone()], record(document(raw), Some(at))));
            let external = external
                .into_iter()
                .enumerate()
                .map(|(at, raw)| (RecordKind::ExternalDocument, vec![raw.0.number.clone()], record(external_document(raw.0), Some(at))));
            Ok(internal.chain(external).collect())
        }
        Some(FileKind::Objectives) => {
            let RawObjectives { objectives, .. } = read_sound(&yaml)?;
            let records = objectives.into_iter().enumerate();
            Ok(records.map(|(at, raw)| (RecordKind::Objective, vec![year.clone(), raw.id.clone()], record(objective(raw), Some(at)))).collect())
        }
        Some(FileKind::Results) => {
            let RawResults { results, .. } = read_sound(&yaml)?;
            let key = |raw: &RawResult| vec![year.clone(), raw.period.clone(), raw.field.clone().unwrap_or_default()];
            Ok(results.into_iter().enumerate().map(|(at, raw)| (RecordKind::Result, key(&raw), record(result(raw), Some(at)))).collect())
        }
        _ => Ok(Vec::new()),
    }
}

/// A record from fields that were put together: in the order of its kind, its types right. What is wrong is told in words of the parser.
pub fn normalised(kind: RecordKind, value: Value) -> Result<Value, String> {
    fn raw<T: DeserializeOwned>(value: Value) -> Result<T, String> {
        serde_json::from_value(value).map_err(|error| error.to_string())
    }
    Ok(match kind {
        RecordKind::AdministrativeProcedure => short(yaml_of(&raw::<RawAdministrativeProcedure>(value)?)),
        RecordKind::Document => document(raw(value)?),
        RecordKind::ExternalDocument => external_document(raw::<Short<RawExternalDocument>>(value)?.0),
        RecordKind::Objective => objective(raw(value)?),
        RecordKind::Result => result(raw(value)?),
    })
}

/// A record as its file writes it: a group of one field in its short form.
pub fn in_file(kind: RecordKind, value: &Value) -> Value {
    match (kind, value.as_object()) {
        (RecordKind::ExternalDocument, Some(fields)) if fields.len() == 1 => value["number"].clone(),
        _ => value.clone(),
    }
}

fn refuse(problems: Vec<Diagnostic>) -> Result<(), Vec<Diagnostic>> {
    if problems.iter().any(|problem| problem.severity == Severity::Error) { Err(problems) } else { Ok(()) }
}

/// Legal bases and forms of which only the first field is known are texts.
fn short(mut procedure: Value) -> Value {
    for (list, field) in [("legal_bases", "number"), ("forms", "name")] {
        for item in procedure.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(text) = item.as_object().filter(|fields| fields.len() == 1).and_then(|fields| fields.get(field)).cloned() {
                *item = text;
            }
        }
    }
    procedure
}

fn document(raw: RawDocument) -> Value {
    let RawDocument { code, title, kind, edition, revision, issued_on, status, approved_by, file, framework_item, references, visibility } = raw;
    stated(json!({
        "code": code,
        "title": title,
        "kind": kind,
        "edition": edition,
        "revision": revision,
        "issued_on": issued_on.0,
        "status": (status != Default::default()).then_some(status),
        "approved_by": approved_by,
        "file": file,
        "framework_item": framework_item,
        "references": references,
        "visibility": (visibility != Default::default()).then_some(visibility),
    }))
}

fn external_document(RawExternalDocument { number, title, updated_on }: RawExternalDocument) -> Value {
    stated(json!({ "number": number, "title": title, "updated_on": updated_on.map(|on| on.0) }))
}

fn objective(raw: RawObjective) -> Value {
    let RawObjective { id, statement, metric, target, unit, contributes_to, plan, results } = raw;
    let target = target.map(|RawTarget { op, value, unit }| json!({ "op": op, "value": number(value), "unit": unit }));
    let plan: Vec<Value> = plan
        .into_iter()
        .map(|RawPlanItem { action, responsible, resources, due }| {
            json!({ "action": action, "responsible": responsible, "resources": resources, "due": due.map(|on| on.0) })
        })
        .collect();
    let results: Vec<Value> =
        results.into_iter().map(|RawObjectiveResult { period, value, source }| json!({ "period": period, "value": number(value), "source": source })).collect();
    stated(json!({
        "id": id,
        "statement": statement,
        "metric": metric,
        "target": target,
        "unit": unit,
        "contributes_to": contributes_to,
        "plan": plan,
        "results": results,
    }))
}

fn result(raw: RawResult) -> Value {
    let RawResult { period, field, received, early, on_time, late, pending, causes, actions } = raw;
    stated(json!({
        "period": period,
        "field": field,
        "received": received,
        "early": early,
        "on_time": on_time,
        "late": late,
        "pending": pending,
        "causes": causes,
        "actions": actions,
    }))
}

/// Whole numbers without decimals.
fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 1e15 { json!(value as i64) } else { json!(value) }
}
