//! What a comparison found, as new texts of content files.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Value, json};

use super::columns::RecordKind;
use super::content::{CATALOGUE, Content, Key, in_file, records_of};
use super::edit::{Edited, Edits, edit, rewrite};
use super::merge::Merge;
use crate::domain::AgencyId;
use crate::import::{FILE_LIMIT_BYTES, field_stem, yaml_writer};
use crate::source::SourceTree;

/// A content file that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Path in the project.
    pub path: String,
    /// `None` where nothing is left of it.
    pub text: Option<String>,
    /// Comments that go, each with its line.
    pub lost: Vec<(u32, String)>,
}

/// The files that a comparison changes. Fails where a file can't be written so that it is read back as it should be.
pub fn files(content: &Content, tree: &SourceTree, merge: &Merge, agency: Option<&AgencyId>) -> Result<Vec<NewFile>, String> {
    let mut places: BTreeMap<(Arc<str>, RecordKind), Edits> = BTreeMap::new();
    let mut homes = Homes::new(content, tree, agency);
    for (id, (value, fields)) in &merge.changed {
        if let Some(record) = content.records.get(id) {
            let edits = places.entry((record.file.clone(), id.0)).or_default();
            edits.set.insert(record.index.unwrap_or(0), (in_file(id.0, value), fields.clone()));
        }
    }
    for id in &merge.added {
        if let Some((value, _)) = merge.changed.get(id) {
            let file = homes.of(id, value).ok_or("phải biết cơ quan nào: thêm --agency")?;
            places.entry((file, id.0)).or_default().added.push(in_file(id.0, value));
        }
    }
    for id in &merge.removed {
        if let Some(record) = content.records.get(id) {
            places.entry((record.file.clone(), id.0)).or_default().removed.insert(record.index.unwrap_or(0));
        }
    }
    let mut files: BTreeMap<Arc<str>, NewFile> = BTreeMap::new();
    for ((path, kind), edits) in places {
        let before = files.get(&path).map_or_else(|| tree.text(&path).map(str::to_owned), |file| file.text.clone());
        let Edited { text, lost } = changed(&path, before.as_deref(), kind, &edits)?;
        let file = files.entry(path.clone()).or_insert_with(|| NewFile { path: path.to_string(), text: None, lost: Vec::new() });
        file.text = text;
        file.lost.extend(lost);
    }
    Ok(files.into_values().collect())
}

/// The new text of one list of a file.
fn changed(path: &Arc<str>, before: Option<&str>, kind: RecordKind, edits: &Edits) -> Result<Edited, String> {
    let Some(before) = before else {
        let all = Value::Array(edits.added.clone());
        let value = kind.list().map_or(all.clone(), |list| json!({ list: all }));
        return Ok(Edited { text: Some(yaml_writer::write(&value)), lost: Vec::new() });
    };
    let expected = expected(path, before, kind, edits).ok_or_else(|| format!("{path}: không đọc lại được"))?;
    let is_right = |edited: &Edited| match &edited.text {
        Some(text) => list_of(path, text, kind).is_some_and(|list| list == expected),
        None => expected.is_empty(),
    };
    edit(path, before, kind.list(), edits)
        .filter(is_right)
        .or_else(|| Some(rewrite(path, before, kind.list(), &expected)).filter(is_right))
        .ok_or_else(|| format!("{path}: không ghi được mà vẫn giữ nguyên các phần khác; sửa tay tệp này"))
}

fn list_of(path: &Arc<str>, text: &str, kind: RecordKind) -> Option<Vec<Value>> {
    let records = records_of(path, text).ok()?;
    Some(records.into_iter().filter(|(other, ..)| *other == kind).map(|(_, _, record)| in_file(kind, &record.value)).collect())
}

fn expected(path: &Arc<str>, before: &str, kind: RecordKind, edits: &Edits) -> Option<Vec<Value>> {
    let old = list_of(path, before, kind)?;
    let kept = old.into_iter().enumerate().filter(|(at, _)| !edits.removed.contains(at));
    let mut all: Vec<Value> = kept.map(|(at, value)| edits.set.get(&at).map_or(value, |(value, _)| value.clone())).collect();
    all.extend(edits.added.iter().cloned());
    Some(all)
}

/// Where new records go.
struct Homes<'h> {
    agency: Option<&'h AgencyId>,
    /// The last file of each field that holds a list, with its size.
    fields: BTreeMap<String, (Arc<str>, usize)>,
    taken: BTreeSet<String>,
}

impl<'h> Homes<'h> {
    fn new(content: &Content, tree: &SourceTree, agency: Option<&'h AgencyId>) -> Self {
        let mut fields = BTreeMap::new();
        let procedures = content.order.iter().filter(|(kind, _)| *kind == RecordKind::AdministrativeProcedure).filter_map(|id| content.records.get(id));
        for record in procedures.filter(|record| record.index.is_some()) {
            let size = tree.text(&record.file).map_or(0, str::len);
            fields.insert(field(&record.value), (record.file.clone(), size));
        }
        Self { agency, fields, taken: tree.texts.keys().map(ToString::to_string).collect() }
    }

    fn of(&mut self, (kind, key): &(RecordKind, Key), value: &Value) -> Option<Arc<str>> {
        let of_agency = |name: &str| self.agency.map(|id| Arc::from(format!("content/agencies/{id}/{name}")));
        match kind {
            RecordKind::AdministrativeProcedure => Some(self.of_field(value)),
            RecordKind::Document | RecordKind::ExternalDocument => of_agency("documents.yaml"),
            RecordKind::Objective => of_agency(&format!("objectives/{}.yaml", key[0])),
            RecordKind::Result => of_agency(&format!("results/{}.yaml", key[0])),
        }
    }

    fn of_field(&mut self, value: &Value) -> Arc<str> {
        let added = yaml_writer::write(&json!([value])).len() + 1;
        let stem = field(value);
        if let Some((file, size)) = self.fields.get_mut(&stem).filter(|(_, size)| size + added <= FILE_LIMIT_BYTES) {
            *size += added;
            return file.clone();
        }
        let names = std::iter::once(stem.clone()).chain((2..).map(|number| format!("{stem}-{number}")));
        let mut paths = names.map(|name| format!("{CATALOGUE}{name}.yaml")).filter(|path| !self.taken.contains(path));
        let path: Arc<str> = paths.next().unwrap_or_default().into();
        drop(paths);
        self.taken.insert(path.to_string());
        self.fields.insert(stem, (path.clone(), added));
        path
    }
}

/// The field as names of files have it.
fn field(value: &Value) -> String {
    field_stem(value.get("field").and_then(Value::as_str).unwrap_or(""))
}
