//! A list that was read, compared with the content: what is new, what is other, what the list lacks. What the list lacks
//! stays unless told otherwise; a cell that can't be read changes nothing and is told.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::align::{Group, NewRow, align};
use super::cell::{normal, value, written};
use super::columns::{CellKind, Column, Part, RecordKind, Role, SheetKind};
use super::content::{Content, Key, Scope, canonical, normalised};
use super::rows::{Row, field_of, get, put, rows_of};
use super::sheet::{TypedCell, TypedRow, TypedSheet};
use crate::diagnostic::Lang;
use crate::domain::ProcedureCode;

/// How bad a remark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RemarkLevel {
    Information,
    Warning,
    /// Something was left out.
    Error,
}

/// Something doubtful, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    pub level: RemarkLevel,
    /// `Thủ tục hành chính!C5`; empty for the file as a whole.
    pub place: String,
    pub what: String,
    pub hint: String,
}

impl Remark {
    /// A remark about a place.
    pub fn new(level: RemarkLevel, place: impl Into<String>, what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { level, place: place.into(), what: what.into(), hint: hint.into() }
    }
}

/// A difference between list and content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Added {
        what: String,
    },
    Changed {
        what: String,
        details: Vec<String>,
    },
    /// In the content and not in the list; stays.
    Lacking {
        what: String,
    },
    Removed {
        what: String,
    },
}

/// What is asked of a comparison.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wish {
    pub delete_missing: bool,
}

/// What came of a comparison.
#[derive(Debug, Default)]
pub struct Merge {
    pub changes: Vec<Change>,
    pub remarks: Vec<Remark>,
    /// Records that are new or other, with the fields that changed.
    pub changed: BTreeMap<(RecordKind, Key), (Value, Vec<String>)>,
    /// Those that are new, in the order of the list.
    pub added: Vec<(RecordKind, Key)>,
    pub removed: BTreeSet<(RecordKind, Key)>,
}

/// A record while it is compared.
struct Work {
    fields: Map<String, Value>,
    is_new: bool,
    details: Vec<String>,
    /// Where its row is, for messages.
    place: String,
    /// Cells that it needs and that are empty or can't be read.
    is_refused: bool,
}

/// Compares sheets with the content.
pub fn merge(content: &Content, scope: &Scope, sheets: &[TypedSheet], wish: Wish) -> Merge {
    let mut merger = Merger { content, scope, wish, work: BTreeMap::new(), merge: Merge::default(), listed: BTreeSet::new() };
    for sheet in sheets.iter().filter(|sheet| sheet.kind.field().is_none()) {
        merger.records(sheet);
    }
    for sheet in sheets.iter().filter(|sheet| sheet.kind.field().is_some()) {
        merger.items(sheet, sheets);
    }
    merger.lacking(sheets);
    merger.finish()
}

struct Merger<'m> {
    content: &'m Content,
    scope: &'m Scope,
    wish: Wish,
    work: BTreeMap<(RecordKind, Key), Work>,
    merge: Merge,
    /// Records that a sheet of items has rows of.
    listed: BTreeSet<(&'static str, Key)>,
}

impl Merger<'_> {
    fn tell(&mut self, level: RemarkLevel, place: &str, what: impl Into<String>, hint: impl Into<String>) {
        self.merge.remarks.push(Remark::new(level, place, what, hint));
    }

    fn records(&mut self, sheet: &TypedSheet) {
        let mut seen: BTreeMap<Key, String> = BTreeMap::new();
        for row in &sheet.rows {
            let Some((key, place)) = self.key(sheet, row) else { continue };
            if let Some(first) = seen.get(&key) {
                let what = format!("{} {} đã có ở {first}; dòng này bị bỏ qua", sheet.kind.record.noun(), key.join(" "));
                self.tell(RemarkLevel::Error, &place, what, "giữ một dòng, xóa dòng kia");
                continue;
            }
            seen.insert(key.clone(), place.clone());
            self.record(sheet, row, key, place);
        }
    }

    /// The record that a row is about, and the place of its key.
    fn key(&mut self, sheet: &TypedSheet, row: &TypedRow) -> Option<(Key, String)> {
        let texts = || row.cells.iter().flatten().map(|cell| normal(&cell.text));
        let place = row.cells.iter().flatten().next().map(|cell| cell.place.clone())?;
        if texts().all(|text| text.is_empty()) {
            return None;
        }
        let mut key = Key::new();
        for (cell, column) in row.cells.iter().zip(sheet.kind.keys) {
            let text = cell.as_ref().map(|cell| normal(&cell.text)).unwrap_or_default();
            if text.is_empty() && column.is_required {
                let heading = column.heading(Lang::Vi);
                self.tell(RemarkLevel::Error, &place, format!("dòng này không có {heading}, bị bỏ qua"), format!("ghi {heading}, hoặc xóa cả dòng"));
                return None;
            }
            key.push(text);
        }
        if sheet.kind.record == RecordKind::AdministrativeProcedure && ProcedureCode::parse(&key[0]).is_none() {
            let what = format!("“{}” không phải mã thủ tục, dòng này bị bỏ qua", key[0]);
            self.tell(RemarkLevel::Error, &place, what, "mã có dạng 1.001193: một chữ số, dấu chấm, sáu chữ số; đặt định dạng ô là Text rồi gõ lại");
            return None;
        }
        let is_year = |text: &str| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        if sheet.kind.keys[0].path == "year" && !is_year(&key[0]) {
            self.tell(RemarkLevel::Error, &place, format!("“{}” không phải năm, dòng này bị bỏ qua", key[0]), "ghi bốn chữ số, ví dụ 2026");
            return None;
        }
        Some((canonical(sheet.kind.record, key), place))
    }

    fn record(&mut self, sheet: &TypedSheet, row: &TypedRow, key: Key, place: String) {
        let id = (sheet.kind.record, key);
        let known = self.content.records.get(&id);
        let mut work = Work { fields: Map::new(), is_new: known.is_none(), details: Vec::new(), place, is_refused: false };
        match known {
            Some(record) => work.fields = record.value.as_object().cloned().unwrap_or_default(),
            None => {
                for (column, (text, cell)) in sheet.kind.keys.iter().zip(id.1.iter().zip(&row.cells)).filter(|(column, _)| column.path != "year") {
                    let written = cell.as_ref().map_or(text.clone(), |cell| normal(&cell.text));
                    put(&mut work.fields, column.path, Some(written).filter(|text| !text.is_empty()).map(Value::String));
                }
            }
        }
        let columns = sheet.kind.columns();
        for ((_, column), cell) in columns.iter().zip(&row.cells).filter(|((role, _), _)| *role == Role::Inner) {
            let Some(cell) = cell else { continue };
            let before = work.fields.clone();
            let detail = self.cell(&mut work.fields, column, cell, Some(&before));
            work.details.extend(detail);
        }
        if work.is_new {
            for column in columns.iter().filter(|(role, column)| *role == Role::Inner && column.is_required).map(|(_, column)| column) {
                if super::rows::field(&work.fields, column.path).is_none() {
                    let heading = column.heading(Lang::Vi);
                    let what = format!("{} mới “{}” chưa có {heading}, không thêm vào", id.0.noun(), id.1.join(" "));
                    self.tell(RemarkLevel::Error, &work.place.clone(), what, format!("ghi {heading} ở dòng này"));
                    work.is_refused = true;
                }
            }
        }
        if work.is_new {
            self.merge.added.push(id.clone());
        }
        self.work.insert(id, work);
    }

    /// Puts the value of a cell into fields. Returns what changed, as a sentence; what can't be read is told here.
    fn cell(&mut self, fields: &mut Map<String, Value>, column: &Column, cell: &TypedCell, before: Option<&Map<String, Value>>) -> Option<String> {
        let old = before.map(|before| written(super::rows::field(before, column.path), column.cell)).unwrap_or_default();
        let new = normal(&cell.text);
        if new == old || (column.cell == CellKind::Flag && old.is_empty() && matches!(value(&new, column.cell), Ok(Some(Value::Bool(false))))) {
            return None;
        }
        let heading = column.heading(Lang::Vi);
        if new.is_empty() && !self.wish.delete_missing {
            self.merge.changes.push(Change::Lacking { what: format!("{}: ô trống, giữ {heading} “{}”", cell.place, brief(&old)) });
            return None;
        }
        match value(&new, column.cell) {
            // Another way to write what is there already.
            Ok(Some(value)) if written(Some(&value), column.cell) == old => None,
            Ok(value) => {
                let shown = written(value.as_ref(), column.cell);
                put(fields, column.path, value);
                Some(format!("{heading} ({}): “{}” → “{}”", cell.place, brief(&old), brief(&shown)))
            }
            Err(error) => {
                self.tell(RemarkLevel::Error, &cell.place, format!("{heading}: {}; ô này bị bỏ qua", error.what), error.hint);
                None
            }
        }
    }

    /// The rows of a sheet of items, record by record.
    fn items(&mut self, sheet: &TypedSheet, all: &[TypedSheet]) {
        let mut groups: Vec<(Key, Vec<&TypedRow>)> = Vec::new();
        let mut places: BTreeMap<Key, usize> = BTreeMap::new();
        for row in &sheet.rows {
            let Some((key, place)) = self.key(sheet, row) else { continue };
            let id = (sheet.kind.record, key.clone());
            if !self.content.records.contains_key(&id) && !self.work.contains_key(&id) {
                let main = all.iter().find(|other| other.kind.record == sheet.kind.record && other.kind.field().is_none());
                let main = main.map_or("bảng chính", |main| main.name.as_str());
                let what = format!("{} {} không có trong nội dung, cũng không có ở bảng {main}; dòng này bị bỏ qua", sheet.kind.record.noun(), key.join(" "));
                self.tell(RemarkLevel::Error, &place, what, "sửa lại mã, hoặc thêm một dòng vào bảng chính");
                continue;
            }
            self.listed.insert((sheet.kind.label, key.clone()));
            let at = *places.entry(key.clone()).or_insert_with(|| {
                groups.push((key, Vec::new()));
                groups.len() - 1
            });
            groups[at].1.push(row);
        }
        for (key, rows) in groups {
            self.group(sheet.kind, key, &rows);
        }
    }

    fn group(&mut self, kind: &'static SheetKind, key: Key, rows: &[&TypedRow]) {
        let id = (kind.record, key);
        let known = self.content.records.get(&id);
        let old = known.map(|record| rows_of(kind, &id.1, &record.value)).unwrap_or_default();
        let group = Group::new(kind, rows);
        let mut merged: Vec<Row> = Vec::new();
        let (mut details, mut is_changed) = (Vec::new(), false);
        for step in align(kind, &old, &group.rows) {
            let new = step.1.map(|at| &group.rows[at]);
            match (step.0.map(|at| &old[at]), new) {
                (Some(old), Some(new)) => {
                    // The first row of its item is lacking, and stays before it.
                    let goes_on = !old.is_first && merged.last().is_some_and(|last| last.outer == old.outer);
                    let mut row = Row { is_first: new.is_first && !goes_on, ..old.clone() };
                    is_changed |= old.is_first != row.is_first;
                    let before = details.len();
                    self.patch(kind, &mut row, new, old, &mut details);
                    is_changed |= details.len() > before;
                    merged.push(row);
                }
                (None, Some(new)) => {
                    let mut row = Row { cells: Vec::new(), outer: Map::new(), inner: None, is_first: new.is_first };
                    if self.fill(kind, &mut row, new, merged.last()) {
                        details.push(format!("thêm dòng {}: {}", new.place, brief(&new.label)));
                        is_changed = true;
                        merged.push(row);
                    }
                }
                (Some(old), None) => {
                    let label = brief(&super::align::label_of(kind, &old.cells));
                    if self.wish.delete_missing {
                        details.push(format!("bỏ dòng “{label}”"));
                        is_changed = true;
                        continue;
                    }
                    let what = format!("{} của {} {}: “{label}”", kind.title(Lang::Vi), kind.record.noun(), id.1.join(" "));
                    self.merge.changes.push(Change::Lacking { what });
                    let is_first = merged.last().is_none_or(|last| last.outer != old.outer);
                    merged.push(Row { is_first, ..old.clone() });
                }
                (None, None) => {}
            }
        }
        if let Some(first) = merged.first_mut() {
            first.is_first = true;
        }
        if !is_changed {
            return;
        }
        let place = group.rows.first().map(|row| row.place.clone()).unwrap_or_default();
        let fields = known.and_then(|record| record.value.as_object().cloned()).unwrap_or_default();
        let work = self.work.entry(id).or_insert(Work { fields, is_new: false, details: Vec::new(), place, is_refused: false });
        if let Some(field) = kind.field() {
            let value = field_of(kind, &merged);
            put(&mut work.fields, field, Some(value).filter(|value| value.as_array().is_none_or(|items| !items.is_empty())));
        }
        if !work.is_new {
            work.details.extend(details.into_iter().map(|detail| format!("{}: {detail}", kind.title(Lang::Vi))));
        }
    }

    /// Changes a row that is there already, cell by cell.
    fn patch(&mut self, kind: &SheetKind, row: &mut Row, new: &NewRow<'_>, old: &Row, details: &mut Vec<String>) {
        let is_other = super::align::label_of(kind, &old.cells) != new.label;
        let mut inner = row.inner.clone().unwrap_or_default();
        let blank = Map::new();
        for ((role, column), cell) in kind.columns().iter().zip(new.cells) {
            let Some(cell) = cell else { continue };
            let detail = match role {
                Role::Outer if new.is_first => self.cell(&mut row.outer, column, cell, Some(&old.outer)),
                // Another paper stands here now: nothing of the former one stays.
                Role::Inner if is_other && normal(&cell.text).is_empty() => {
                    put(&mut inner, column.path, None);
                    None
                }
                Role::Inner => self.cell(&mut inner, column, cell, Some(old.inner.as_ref().unwrap_or(&blank))),
                _ => None,
            };
            details.extend(detail);
        }
        row.inner = Some(inner).filter(|inner| !inner.is_empty());
    }

    /// Fills a new row. Returns whether it has all that it needs.
    fn fill(&mut self, kind: &SheetKind, row: &mut Row, new: &NewRow<'_>, last: Option<&Row>) -> bool {
        if let Some(last) = last.filter(|_| !new.is_first) {
            row.outer = last.outer.clone();
        }
        let mut inner = Map::new();
        for ((role, column), cell) in kind.columns().iter().zip(new.cells) {
            let Some(cell) = cell else { continue };
            let _ = match role {
                Role::Outer if new.is_first => self.cell(&mut row.outer, column, cell, None),
                Role::Inner => self.cell(&mut inner, column, cell, None),
                _ => None,
            };
        }
        let mut is_whole = true;
        for (role, column) in kind.columns().iter().filter(|(role, column)| column.is_required && matches!(role, Role::Outer | Role::Inner)) {
            let fields = if *role == Role::Outer { &mut row.outer } else { &mut inner };
            if (*role == Role::Inner && fields.is_empty()) || super::rows::field(fields, column.path).is_some() {
                continue;
            }
            let heading = column.heading(Lang::Vi);
            // What else the row says is kept, with an empty name.
            let (level, what) = if column.cell == CellKind::Text {
                put(fields, column.path, Some(Value::String(String::new())));
                (RemarkLevel::Warning, "để trống")
            } else {
                is_whole = false;
                (RemarkLevel::Error, "không thêm vào")
            };
            self.tell(level, &new.place, format!("dòng này chưa có {heading}, {what}"), format!("ghi {heading}, hoặc xóa dòng"));
        }
        row.inner = Some(inner).filter(|inner| !inner.is_empty());
        let is_something = row.inner.is_some() || (matches!(kind.part, Part::Nested { .. }) && new.is_first);
        is_whole && is_something
    }

    /// What the content has and the sheets lack.
    fn lacking(&mut self, sheets: &[TypedSheet]) {
        for (kind, key) in &self.content.order {
            let id = (*kind, key.clone());
            let is_in_scope = *kind != RecordKind::AdministrativeProcedure || self.scope.has(key);
            let main = sheets.iter().any(|sheet| sheet.kind.record == *kind && sheet.kind.field().is_none());
            if !is_in_scope || (main && !self.work.contains_key(&id)) {
                if is_in_scope {
                    let what = format!("{} {}", kind.noun(), named(&id, &self.content.records[&id].value));
                    if self.wish.delete_missing {
                        self.merge.changes.push(Change::Removed { what });
                        self.merge.removed.insert(id);
                    } else {
                        self.merge.changes.push(Change::Lacking { what });
                    }
                }
                continue;
            }
            for sheet in sheets.iter().filter(|sheet| sheet.kind.record == *kind && !sheet.is_partial) {
                self.lacking_items(sheet, &id);
            }
        }
    }

    /// A list of a record of which the sheet has no row at all.
    fn lacking_items(&mut self, sheet: &TypedSheet, id: &(RecordKind, Key)) {
        let Some(field) = sheet.kind.field() else { return };
        let record = &self.content.records[id].value;
        let count = get(record, field).and_then(Value::as_array).map_or(0, Vec::len);
        if count == 0 || self.listed.contains(&(sheet.kind.label, id.1.clone())) {
            return;
        }
        let what = format!("{} của {} {} ({count} mục)", sheet.kind.title(Lang::Vi), id.0.noun(), id.1.join(" "));
        if !self.wish.delete_missing {
            self.merge.changes.push(Change::Lacking { what });
            return;
        }
        let fields = record.as_object().cloned().unwrap_or_default();
        let work = self.work.entry(id.clone()).or_insert(Work { fields, is_new: false, details: Vec::new(), place: String::new(), is_refused: false });
        put(&mut work.fields, field, None);
        work.details.push(format!("bỏ {what}"));
    }

    fn finish(mut self) -> Merge {
        let mut works = std::mem::take(&mut self.work);
        // What is new comes in the order of the list, and behind what is only other.
        let added = std::mem::take(&mut self.merge.added);
        let new: Vec<_> = added.into_iter().filter_map(|id| works.remove_entry(&id)).collect();
        for (id, work) in works.into_iter().chain(new) {
            let known = self.content.records.get(&id).map(|record| &record.value);
            if work.is_refused {
                continue;
            }
            let value = match normalised(id.0, Value::Object(work.fields)) {
                Ok(value) => value,
                Err(error) => {
                    let what = format!("{} {} không ghi được ({error})", id.0.noun(), id.1.join(" "));
                    self.tell(RemarkLevel::Error, &work.place, what, "xem lại các ô của dòng này");
                    continue;
                }
            };
            let fields = changed_fields(known, &value);
            if fields.is_empty() {
                continue;
            }
            let what = format!("{} {}", id.0.noun(), named(&id, &value));
            let is_new = work.is_new;
            let change = if is_new { Change::Added { what } } else { Change::Changed { what, details: work.details } };
            self.merge.changes.push(change);
            if is_new {
                self.merge.added.push(id.clone());
            }
            self.merge.changed.insert(id, (value, fields));
        }
        self.merge
    }
}

fn changed_fields(before: Option<&Value>, after: &Value) -> Vec<String> {
    let none = Map::new();
    let (before, after) = (before.and_then(Value::as_object).unwrap_or(&none), after.as_object().unwrap_or(&none));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    names.into_iter().filter(|name| before.get(*name) != after.get(*name)).cloned().collect()
}

/// A record as messages name it.
fn named((kind, key): &(RecordKind, Key), value: &Value) -> String {
    let name = ["name", "title", "statement"].iter().find_map(|field| get(value, field).and_then(Value::as_str));
    let key = key.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ");
    match (kind, name) {
        (_, Some(name)) => format!("{key}: {}", brief(name)),
        (_, None) => key,
    }
}

/// A text on one line, cut short.
fn brief(text: &str) -> String {
    const LONGEST: usize = 100;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST { line } else { line.chars().take(LONGEST).chain(['…']).collect() }
}
