//! A record as rows of a sheet, and rows as the field of a record.

use serde_json::{Map, Value};

use super::cell::written;
use super::columns::{Column, Part, Role, SheetKind};
use super::content::Key;

/// One row, with the items that it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// A text for each column of the sheet.
    pub cells: Vec<String>,
    /// Fields of the outer item, without the inner ones.
    pub outer: Map<String, Value>,
    /// The inner item, or the item itself where nothing is nested; nothing where the outer one is empty.
    pub inner: Option<Map<String, Value>>,
    /// Whether the row begins an outer item.
    pub is_first: bool,
}

/// The rows of a record in a sheet.
pub fn rows_of(sheet: &SheetKind, key: &Key, record: &Value) -> Vec<Row> {
    let columns = sheet.columns();
    let row = |ordinal: usize, outer: &Map<String, Value>, inner: Option<&Map<String, Value>>, is_first: bool| {
        let mut keys = key.iter();
        let cell = |(role, column): &(Role, &Column)| match role {
            Role::Key => keys.next().cloned().unwrap_or_default(),
            Role::Name => written(get(record, column.path), column.cell),
            Role::Ordinal => ordinal.to_string(),
            // What the outer item is called stands in every row of it.
            Role::Outer if is_first || Some(column.path) == first_outer(sheet) => written(field(outer, column.path), column.cell),
            Role::Outer => String::new(),
            Role::Inner => inner.map(|inner| written(field(inner, column.path), column.cell)).unwrap_or_default(),
        };
        Row { cells: columns.iter().map(cell).collect(), outer: outer.clone(), inner: inner.cloned(), is_first }
    };
    let items = |field: &str| record.get(field).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let none = Map::new();
    match &sheet.part {
        Part::Fields(_) => vec![row(1, &none, record.as_object(), true)],
        Part::Items { field, .. } => {
            let items = items(field).iter().map(|item| as_group(item, sheet));
            items.map(|item| row(1, &none, Some(&item), true)).collect()
        }
        Part::Nested { field, inner_field, .. } => {
            let mut rows = Vec::new();
            for (ordinal, item) in (1..).zip(items(field)) {
                let mut outer = item.as_object().cloned().unwrap_or_default();
                let inner = outer.shift_remove(*inner_field).and_then(|inner| inner.as_array().cloned()).unwrap_or_default();
                if inner.is_empty() {
                    rows.push(row(ordinal, &outer, None, true));
                }
                rows.extend(inner.iter().enumerate().map(|(at, inner)| row(ordinal, &outer, inner.as_object(), at == 0)));
            }
            rows
        }
    }
}

/// What rows make of the field of their record.
pub fn field_of(sheet: &SheetKind, rows: &[Row]) -> Value {
    let Part::Nested { inner_field, .. } = &sheet.part else {
        return rows.iter().filter_map(|row| row.inner.clone()).map(Value::Object).collect();
    };
    let mut items: Vec<(Map<String, Value>, Vec<Value>)> = Vec::new();
    for row in rows {
        if row.is_first || items.is_empty() {
            items.push((row.outer.clone(), Vec::new()));
        }
        if let (Some((_, inner)), Some(one)) = (items.last_mut(), &row.inner) {
            inner.push(Value::Object(one.clone()));
        }
    }
    let whole = |(mut outer, inner): (Map<String, Value>, Vec<Value>)| {
        if !inner.is_empty() {
            outer.insert((*inner_field).to_owned(), inner.into());
        }
        Value::Object(outer)
    };
    items.into_iter().map(whole).collect()
}

/// The path of the first outer column, by which outer items are called.
pub fn first_outer(sheet: &SheetKind) -> Option<&'static str> {
    match &sheet.part {
        Part::Nested { outer, .. } => outer.first().map(|column| column.path),
        Part::Fields(_) | Part::Items { .. } => None,
    }
}

/// An item in its short form is the first field of its long one.
fn as_group(item: &Value, sheet: &SheetKind) -> Map<String, Value> {
    match (item, &sheet.part) {
        (Value::Object(fields), _) => fields.clone(),
        (other, Part::Items { columns, .. }) => Map::from_iter([(columns[0].path.to_owned(), other.clone())]),
        _ => Map::new(),
    }
}

/// The value at a path.
pub fn get<'v>(record: &'v Value, path: &str) -> Option<&'v Value> {
    record.as_object().and_then(|fields| field(fields, path))
}

/// The same below a group.
pub fn field<'v>(fields: &'v Map<String, Value>, path: &str) -> Option<&'v Value> {
    match path.split_once('.') {
        Some((name, rest)) => fields.get(name)?.as_object().and_then(|inner| field(inner, rest)),
        None => fields.get(path),
    }
}

/// Puts a value at a path, or takes it away; a group that becomes empty goes too.
pub fn put(fields: &mut Map<String, Value>, path: &str, value: Option<Value>) {
    match (path.split_once('.'), value) {
        (None, Some(value)) => drop(fields.insert(path.to_owned(), value)),
        (None, None) => drop(fields.shift_remove(path)),
        (Some((name, rest)), value) => {
            let inner = fields.entry(name).or_insert_with(|| Value::Object(Map::new()));
            if !inner.is_object() {
                *inner = Value::Object(Map::new());
            }
            if let Some(inner) = inner.as_object_mut() {
                put(inner, rest, value);
                if inner.is_empty() {
                    fields.shift_remove(name);
                }
            }
        }
    }
}
