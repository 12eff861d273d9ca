//! One value as the text of a cell, and back. What can't be read is told with what to write instead.

use serde_json::{Map, Value, json};
use unicode_normalization::UnicodeNormalization;

use super::columns::CellKind;
use crate::diagnostic::{Lang, nearest};
use crate::domain::fold;
use crate::parse::labels::LabelTable;

/// Most characters that a cell holds, in units of UTF-16.
pub const LONGEST_CELL: usize = 32_767;
/// How the cell begins that stands for a text no cell holds; the number of the text follows.
pub const TOO_LONG: &str = "(nội dung dài hơn một ô bảng tính, để ở trang ẩn: giữ nguyên ô này, muốn sửa thì sửa trong tệp YAML) số ";
/// A flag that is set.
const YES: &str = "Có";

/// The text of a cell.
pub fn written(value: Option<&Value>, kind: CellKind) -> String {
    let Some(value) = value.filter(|value| !value.is_null()) else {
        return String::new();
    };
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string().replace('.', ","),
        other => other.to_string(),
    };
    let lines = |each: &dyn Fn(&Value) -> String| value.as_array().map(|items| items.iter().map(each).collect::<Vec<_>>().join("\n")).unwrap_or_default();
    let written = match kind {
        CellKind::Text | CellKind::Count | CellKind::Decimal => text(value),
        CellKind::Prose => value.as_str().unwrap_or("").to_owned(),
        CellKind::Flag => if value == &Value::Bool(true) { YES } else { "" }.to_owned(),
        CellKind::Day => text(value).split('-').rev().collect::<Vec<_>>().join("/"),
        CellKind::Word(list) => word(list, value),
        CellKind::Words(list) => lines(&|item| word(list, item)),
        CellKind::Lines => lines(&|item| text(item).trim().replace('\n', "\n  ")),
        CellKind::Forms => lines(&form),
    };
    normal(&written)
}

fn word(list: &str, value: &Value) -> String {
    let key = value.as_str().unwrap_or("");
    LabelTable::get(Lang::Vi).value(list, key).unwrap_or(key).to_owned()
}

fn form(item: &Value) -> String {
    let name = item.get("name").and_then(Value::as_str).or(item.as_str()).unwrap_or("").trim().replace('\n', "\n  ");
    match item.get("file").and_then(Value::as_str) {
        Some(file) => format!("{name} | {file}"),
        None => name,
    }
}

/// A text as cells hold it: composed, lines ended by `\n`, no controls, no spaces around it.
pub fn normal(text: &str) -> String {
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() };
    let kept: String = text.nfc().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    kept.trim().to_owned()
}

/// Why the text of a cell is no value, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    pub what: String,
    pub hint: String,
}

fn unreadable(what: impl Into<String>, hint: impl Into<String>) -> Unreadable {
    Unreadable { what: what.into(), hint: hint.into() }
}

/// The value that the text of a cell stands for; nothing where it is empty.
pub fn value(text: &str, kind: CellKind) -> Result<Option<Value>, Unreadable> {
    let text = normal(text);
    if text.is_empty() {
        return Ok(None);
    }
    if text.starts_with(TOO_LONG) {
        return Err(unreadable("ô này chỉ đánh dấu một nội dung quá dài", "chép nội dung ấy vào tệp YAML"));
    }
    let value = match kind {
        CellKind::Text | CellKind::Prose => Value::String(text),
        CellKind::Lines => items(&text).into(),
        CellKind::Forms => Value::Array(items(&text).iter().map(|item| form_value(item)).collect()),
        CellKind::Count => json!(count(&text)?),
        CellKind::Decimal => decimal(&text)?,
        CellKind::Flag => json!(flag(&text)?),
        CellKind::Day => json!(day(&text)?),
        CellKind::Word(list) => json!(word_value(list, &text)?),
        CellKind::Words(list) => {
            let words = text.split(['\n', ';', ',']).map(str::trim).filter(|word| !word.is_empty());
            // A label may have a comma of its own.
            let whole = text.lines().map(str::trim).filter(|word| !word.is_empty()).map(|word| word_value(list, word)).collect::<Result<Vec<_>, _>>();
            json!(whole.or_else(|_| words.map(|word| word_value(list, word)).collect::<Result<Vec<_>, _>>())?)
        }
    };
    Ok(Some(value))
}

/// Lines that begin with two spaces go on with the item before them.
fn items(text: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match items.last_mut().filter(|_| line.starts_with("  ")) {
            Some(item) => {
                item.push('\n');
                item.push_str(line.strip_prefix("  ").unwrap_or(line));
            }
            None => items.push(line.trim().to_owned()),
        }
    }
    items
}

fn form_value(item: &str) -> Value {
    let mut fields = Map::new();
    match item.rsplit_once(" | ") {
        Some((name, file)) => {
            fields.insert("name".to_owned(), name.trim().into());
            fields.insert("file".to_owned(), file.trim().into());
        }
        None => drop(fields.insert("name".to_owned(), item.into())),
    }
    Value::Object(fields)
}

/// A whole number, its thousands apart by dots or spaces or not.
pub fn count(text: &str) -> Result<u64, Unreadable> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{A0}').collect();
    let groups: Vec<&str> = plain.split(['.', ',']).collect();
    let is_grouped = groups.len() > 1 && groups[1..].iter().all(|group| group.len() == 3) && (1..=3).contains(&groups[0].len());
    let joined = if is_grouped { groups.concat() } else { plain };
    let is_number = !joined.is_empty() && joined.bytes().all(|b| b.is_ascii_digit());
    joined.parse().ok().filter(|_| is_number).ok_or_else(|| unreadable(format!("“{text}” không phải số nguyên"), "viết một số nguyên, ví dụ 3"))
}

fn decimal(text: &str) -> Result<Value, Unreadable> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let number = plain.trim_end_matches('%').replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite());
    let number = number.ok_or_else(|| unreadable(format!("“{text}” không phải số"), "viết một số, ví dụ 95 hoặc 97,5"))?;
    Ok(if number.fract() == 0.0 && number.abs() < 1e15 { json!(number as i64) } else { json!(number) })
}

fn flag(text: &str) -> Result<bool, Unreadable> {
    match fold(text).as_str() {
        "co" | "x" | "true" | "1" | "yes" | "v" | "mien" | "mien phi" => Ok(true),
        "khong" | "false" | "0" | "no" | "-" => Ok(false),
        _ => Err(unreadable(format!("“{text}” không phải Có hay để trống"), "ghi Có, hoặc để trống")),
    }
}

/// A date as people write it, as content files do.
pub fn day(text: &str) -> Result<String, Unreadable> {
    let wrong = || unreadable(format!("“{text}” không phải một ngày có thật"), "viết ngày/tháng/năm, ví dụ 05/03/2026");
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    let [first, second, third] = parts[..] else { return Err(wrong()) };
    let (year, month, day) = if first.len() == 4 { (first, second, third) } else { (third, second, first) };
    let number = |text: &str| text.parse::<i16>().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit()));
    let date = (|| {
        let (year, month, day) = (number(year).filter(|_| year.len() == 4)?, number(month)?, number(day)?);
        crate::domain::Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
    })();
    date.map(|date| date.to_string()).ok_or_else(wrong)
}

/// The word of a closed list: by its label or by itself, without regard to marks.
pub fn word_value(list: &str, text: &str) -> Result<String, Unreadable> {
    let labels = LabelTable::get(Lang::Vi).values.get(list);
    let same = |left: &str, right: &str| fold(left.trim()) == fold(right.trim());
    let found = labels.and_then(|labels| labels.iter().find(|(key, label)| same(key, text) || same(label, text)));
    found.map(|(key, _)| key.clone()).ok_or_else(|| {
        let choices: Vec<&str> = labels.map(|labels| labels.values().map(String::as_str).collect()).unwrap_or_default();
        let hint = match nearest(text, choices.iter().copied()) {
            Some(near) => format!("có phải ý anh/chị là “{near}”?"),
            None => format!("chọn một trong: {}", choices.join("; ")),
        };
        unreadable(format!("“{text}” không có trong danh sách"), hint)
    })
}
