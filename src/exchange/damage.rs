//! Codes that a spreadsheet took for numbers or dates: put right where the catalogue or the digits leave no doubt, else told.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::normal;
use super::columns::{RecordKind, Role, SheetKind};
use super::content::Content;
use super::headings::plain;
use super::merge::{Remark, RemarkLevel};
use super::rows::get;
use super::sheet::TypedCell;
use super::typing::ListRow;
use crate::domain::ProcedureCode;

/// The catalogue by code and by name.
struct Known {
    codes: BTreeSet<String>,
    names: BTreeMap<String, Vec<String>>,
}

impl Known {
    fn of(content: &Content) -> Self {
        let mut known = Self { codes: BTreeSet::new(), names: BTreeMap::new() };
        for ((_, key), record) in content.records.iter().filter(|((kind, _), _)| *kind == RecordKind::AdministrativeProcedure) {
            known.codes.insert(key[0].clone());
            let name = get(&record.value, "name").and_then(serde_json::Value::as_str).unwrap_or("");
            known.names.entry(plain(name)).or_default().push(key[0].clone());
        }
        known
    }
}

/// Puts the codes of a list right.
pub fn restore(rows: &mut [ListRow], kind: &SheetKind, content: &Content, remarks: &mut Vec<Remark>) {
    let known = Known::of(content);
    let name_at = kind.columns().iter().position(|(role, column)| matches!(role, Role::Inner | Role::Name) && column.path == "name").unwrap_or(1);
    for row in rows {
        let name = row.cells[name_at].as_ref().map(|cell| normal(&cell.text)).unwrap_or_default();
        let first_place = row.cells.iter().flatten().next().map(|cell| cell.place.clone()).unwrap_or_default();
        let written = row.cells[0].clone().unwrap_or_else(|| TypedCell::new("", first_place));
        let text = normal(&written.text);
        if text.is_empty() && name.is_empty() {
            continue;
        }
        let tidy: String = text.split_whitespace().collect::<String>().replace(',', ".").trim_end_matches('.').to_owned();
        if !written.is_number && !written.is_day && ProcedureCode::parse(&tidy).is_some() {
            row.cells[0] = Some(TypedCell { text: tidy, ..written });
            continue;
        }
        let mut tell = |level, what: String, hint: &str| remarks.push(Remark::new(level, &written.place, what, hint));
        let of_name = known.names.get(&plain(&name)).filter(|codes| codes.len() == 1).map(|codes| codes[0].clone());
        let candidates = if written.is_day { of_day(&text) } else { of_number(&tidy) };
        let mut in_catalogue: Vec<&String> = candidates.iter().filter(|code| known.codes.contains(*code)).collect();
        in_catalogue.dedup();
        let found = match (in_catalogue.as_slice(), &of_name) {
            ([code], _) => Some((*code).clone()),
            (_, Some(code)) if text.is_empty() || candidates.contains(code) => Some(code.clone()),
            ([], _) => candidates.first().filter(|_| candidates.len() == 1 && has_all_digits(&tidy) && !written.is_day).cloned(),
            _ => None,
        };
        match found {
            Some(code) => {
                if text.is_empty() {
                    tell(RemarkLevel::Information, format!("không ghi mã; theo tên thì là {code}"), "xem lại, và ghi mã vào ô này");
                } else if text != code {
                    let why = if written.is_day { "ngày" } else { "số" };
                    tell(RemarkLevel::Information, format!("mã bị đổi thành {why} “{text}”, đọc lại là {code}"), "đặt định dạng cột là Text rồi gõ lại mã");
                }
                row.cells[0] = Some(TypedCell { text: code, ..written });
            }
            None if text.is_empty() => {}
            None => {
                let hint = match candidates.as_slice() {
                    [] => "mã có dạng 1.001193: một chữ số, dấu chấm, sáu chữ số; đặt định dạng cột là Text rồi gõ lại".to_owned(),
                    some => format!("không chắc là {}; đặt định dạng cột là Text rồi gõ lại mã", some.join(" hay ")),
                };
                tell(RemarkLevel::Error, format!("“{text}” không phải mã thủ tục, dòng này bị bỏ qua"), &hint);
                // Told here, so not once more when rows are compared.
                row.cells.iter_mut().for_each(|cell| *cell = None);
                row.loose.clear();
            }
        }
    }
}

/// Whether no zero at the end can have been lost.
fn has_all_digits(text: &str) -> bool {
    text.split_once('.').map_or(text.len() == 7, |(_, digits)| digits.len() >= 6)
}

/// The codes that a number may have been: `1.00481` was `1.004810`, `1004873` was `1.004873`.
fn of_number(text: &str) -> Vec<String> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let code = match text.split_once('.') {
        Some((first, rest)) if is_digits(first) && first.len() == 1 && is_digits(rest) && rest.len() <= 6 => format!("{first}.{rest:0<6}"),
        None if is_digits(text) && text.len() == 7 => format!("{}.{}", &text[..1], &text[1..]),
        _ => return Vec::new(),
    };
    ProcedureCode::parse(&code).map(|_| code).into_iter().collect()
}

/// The codes that a date may have been: 01/10/2023 was `1.102023`, or `10.012023`, which is none.
fn of_day(text: &str) -> Vec<String> {
    let parts: Vec<&str> = text.split('/').collect();
    let [day, month, year] = parts[..] else { return Vec::new() };
    let short = |text: &str| text.trim_start_matches('0').to_owned();
    let forms = [format!("{}.{month}{year}", short(day)), format!("{}.{day}{year}", short(month))];
    let mut codes: Vec<String> = forms.into_iter().filter(|code| code.len() == 8 && ProcedureCode::parse(code).is_some()).collect();
    codes.sort();
    codes.dedup();
    codes
}
