//! What to type instead of a value or a key that does not fit its field.

use serde_json::{Map, Value};

use super::labels::LabelTable;
use super::line::{is_list_mark, wrong_mark};
use super::node::{Node, NodeValue};
use crate::diagnostic::{Lang, Text, nearest};
use crate::domain::fold;

type Schema = Map<String, Value>;

/// Longest value that is written out again in a hint, in bytes.
const LONGEST_REPAIRED: usize = 400;

/// The line to write instead of a value of the wrong type, where what was written says it plainly enough.
pub fn instead(node: &Node, schema: &Schema, type_name: &str, name: &str, root: &Value) -> Option<Text> {
    match &node.value {
        NodeValue::Scalar { text, .. } if text.len() <= LONGEST_REPAIRED => of_text(text.trim(), schema, type_name, name, root),
        NodeValue::List(items) if type_name == "object" && matches!(items.as_slice(), [Node { value: NodeValue::Map(_), .. }]) => {
            Some(Text::fixed("ở đây chỉ có một nhóm: bỏ dấu gạch - ở đầu dòng", "there is only one group here: take away the - at the beginning of the line"))
        }
        NodeValue::List(items) if type_name == "string" => {
            let parts: Vec<&str> = items.iter().filter_map(Node::text).collect();
            (parts.len() == items.len()).then(|| line(name, &quoted(&parts.join(", ")))).flatten()
        }
        NodeValue::Map(entries) if type_name == "string" => {
            let parts: Vec<&str> = entries.iter().filter_map(|(_, value)| value.text()).collect();
            (parts.len() == entries.len()).then(|| line(name, &quoted(&parts.join(", ")))).flatten()
        }
        NodeValue::Map(entries) if type_name == "array" => {
            let (key, value) = entries.first()?;
            let first = format!("- {}: {}", key.text()?, value.text().unwrap_or("…"));
            Some(Text::new(
                format!("thêm dấu gạch và một dấu cách trước mục đầu của mỗi nhóm, ví dụ  {first}"),
                format!("put a hyphen and a space before the first field of each group, such as  {first}"),
            ))
        }
        _ => None,
    }
}

fn of_text(text: &str, schema: &Schema, type_name: &str, name: &str, root: &Value) -> Option<Text> {
    if let Some(mark) = text.chars().next().filter(|mark| matches!(type_name, "array" | "object") && is_list_mark(*mark)) {
        let rest = text.trim_start_matches(mark).trim();
        let (vi, en) = wrong_mark(mark);
        return Some(Text::new(format!("{vi}; ghi  - {rest}"), format!("{en}; write  - {rest}")));
    }
    match type_name {
        "boolean" => match fold(text).as_str() {
            "co" | "yes" | "y" | "on" | "dung" | "1" | "x" => line(name, "true"),
            "khong" | "no" | "n" | "off" | "sai" | "0" => line(name, "false"),
            _ => Some(Text::new(format!("ghi  {name}: true  hoặc  {name}: false"), format!("write  {name}: true  or  {name}: false"))),
        },
        "integer" | "number" if text.starts_with('-') && text[1..].trim().replace(',', ".").parse::<f64>().is_ok() => {
            let positive = text[1..].trim().replace(',', ".");
            Some(Text::new(
                format!("không có số âm ở đây; nếu dấu - là gõ thừa, ghi  {name}: {positive}"),
                format!("there are no negative numbers here; if the - is a slip, write  {name}: {positive}"),
            ))
        }
        "integer" => {
            let number = whole_number(text)?.to_string();
            (number != text).then(|| line(name, &number)).flatten()
        }
        "number" => {
            let number = text.trim_end_matches('%').trim().replace(',', ".");
            number.parse::<f64>().ok().filter(|number| number.is_finite())?;
            line(name, &number)
        }
        "array" if is_nothing(text) => Some(Text::new(format!("xóa dòng này, hoặc ghi  {name}: []"), format!("delete this line, or write  {name}: []"))),
        // The one thing that was written goes where it belongs.
        "array" if !name.is_empty() => {
            let item = schema.get("items").and_then(Value::as_object);
            let record = item.and_then(|item| record_of(item, root));
            let first = record.and_then(first_text);
            match (record, first) {
                (None, _) => line(name, &format!("[{}]", quoted(text))),
                (Some(_), Some(first)) => line(name, &format!("[{{ {first}: {} }}]", quoted(text))),
                (Some(_), None) => None,
            }
        }
        "object" => group(text, schema, name),
        _ => None,
    }
}

/// A text where a group of fields is wanted: number and unit, or the one field that must be there.
fn group(text: &str, schema: &Schema, name: &str) -> Option<Text> {
    let properties = schema.get("properties")?.as_object()?;
    if name.is_empty() {
        let first = schema.get("required")?.as_array()?.first()?.as_str()?;
        return Some(Text::new(
            format!("mỗi dòng có dạng  tên: giá trị ; dòng đầu thường là  {first}: …"),
            format!("each line has the form  name: value ; the first one is mostly  {first}: …"),
        ));
    }
    if properties.contains_key("value") && properties.contains_key("unit") {
        return Some(match quantity(text) {
            Some((value, Some(unit))) => line(name, &format!("{{ value: {value}, unit: {unit} }}"))?,
            Some((value, None)) => Text::new(
                format!("nếu là ngày làm việc, ghi  {name}: {{ value: {value}, unit: working_day }} ; nếu là giờ, ghi  unit: hour"),
                format!("for working days write  {name}: {{ value: {value}, unit: working_day }} ; for hours  unit: hour"),
            ),
            None => Text::new(
                format!("ghi số và đơn vị, ví dụ  {name}: {{ value: 3, unit: working_day }}"),
                format!("write number and unit, such as  {name}: {{ value: 3, unit: working_day }}"),
            ),
        });
    }
    first_text(schema).and_then(|first| line(name, &format!("{{ {first}: {} }}", quoted(text))))
}

/// The group of fields that a list is made of, where it takes no plain text.
fn record_of<'a>(item: &'a Schema, root: &'a Value) -> Option<&'a Schema> {
    if item.contains_key("anyOf") {
        return None;
    }
    let target = item.get("$ref").and_then(Value::as_str).and_then(|reference| root.pointer(reference.trim_start_matches('#'))).and_then(Value::as_object);
    Some(target.unwrap_or(item)).filter(|schema| schema.contains_key("properties"))
}

/// The field of a group that a plain text was probably meant for: the first that must be there, or else the first.
fn first_text(schema: &Schema) -> Option<&str> {
    let properties = schema.get("properties")?.as_object()?;
    let required = schema.get("required").and_then(Value::as_array).and_then(|names| names.first()).and_then(Value::as_str);
    let first = required.or_else(|| properties.keys().next().map(String::as_str))?;
    let is_text = properties.get(first)?.as_object()?.get("type").and_then(Value::as_str) == Some("string");
    is_text.then_some(first)
}

/// `1 ngày làm việc`, `0,5 giờ`, `30 phút`, `nửa ngày`, `5`: a number and, where it is told, the name of its unit.
fn quantity(text: &str) -> Option<(String, Option<&'static str>)> {
    let folded = fold(text);
    let folded = folded.trim();
    let end = folded.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(folded.len());
    let (number, unit) = match folded.strip_prefix("nua ") {
        Some(unit) => ("0.5".to_owned(), unit.trim()),
        None => (folded[..end].replace(',', "."), folded[end..].trim()),
    };
    let value: f64 = number.parse().ok()?;
    if unit.is_empty() {
        return Some((number, None));
    }
    if unit == "phut" {
        return Some(((value / 60.0).to_string(), Some("hour")));
    }
    // Half a day is told in working days.
    if number == "0.5" && unit == "ngay" {
        return Some((number, Some("working_day")));
    }
    let units = LabelTable::get(Lang::Vi).values.get("time_unit")?;
    let name = units.iter().find(|(name, label)| fold(label) == unit || *name == unit).map(|(name, _)| name.as_str())?;
    Some((number, Some(name)))
}

/// The whole number that a text says: `5 ngày`, `8.000 đồng`, `50k`, `lần 1`. `None` for `2,5 ngày`, where nothing is sure.
fn whole_number(text: &str) -> Option<u64> {
    let folded = fold(text);
    let counted = ["lan thu ", "lan ", "so ", "nam ", "quy ", "thang "].iter().find_map(|word| folded.strip_prefix(word));
    let text = counted.unwrap_or(&folded).trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | ' ')).unwrap_or(text.len());
    let leading = text[..end].trim_end_matches(['.', ',', ' ']);
    let groups: Vec<&str> = leading.split(['.', ',', ' ']).collect();
    let is_grouped = groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
    let is_number = !groups[0].is_empty() && (groups.len() == 1 || is_grouped);
    let number: u64 = is_number.then(|| groups.concat().parse().ok()).flatten()?;
    let times = match text[end..].trim().split(' ').next().unwrap_or("") {
        "k" | "nghin" | "ngan" => 1_000,
        "tr" | "trieu" | "m" => 1_000_000,
        "ty" | "ti" => 1_000_000_000,
        _ => 1,
    };
    number.checked_mul(times)
}

fn is_nothing(text: &str) -> bool {
    matches!(fold(text).as_str(), "khong" | "khong co" | "chua co" | "none" | "no" | "-" | "trong" | "0")
}

/// `ghi  name: value`
fn line(name: &str, value: &str) -> Option<Text> {
    if value.len() > LONGEST_REPAIRED {
        return None;
    }
    let written = if name.is_empty() { value.to_owned() } else { format!("{name}: {value}") };
    Some(Text::new(format!("ghi  {written}"), format!("write  {written}")))
}

/// A line to follow, from the example in the label table: `approved_on: 2026-01-12`.
pub fn example(kind: &str, name: &str) -> Option<String> {
    let hint = &LabelTable::get(Lang::Vi).field(kind, name)?.hint;
    let (_, shown) = hint.split_once("ví dụ ").or_else(|| hint.split_once("Ví dụ "))?;
    let shown = shown.trim_end_matches('.');
    let value = match shown.chars().next()? {
        '[' | '{' | '"' => shown,
        _ => {
            let end = shown
                .find([',', ';', '('])
                .filter(|_| shown.split(' ').next().is_some_and(|word| word.len() > 1 && word.chars().all(|c| !c.is_uppercase() || shown.contains('-'))));
            shown[..end.unwrap_or(shown.len())].trim()
        }
    };
    Some(format!("{name}: {value}"))
}

/// The field that was meant with a key: spelt nearly so, in other letters, or by its Vietnamese name.
pub fn meant<'a>(typed: &str, kind: &str, names: &[&'a str], required: &[&str]) -> Option<&'a str> {
    let plain: String = typed.chars().map(|c| if matches!(c, ' ' | '-') { '_' } else { latin(c) }).collect::<String>().to_lowercase();
    let plain = plain.trim_matches('*');
    names.iter().copied().find(|name| *name == plain).or_else(|| nearest(plain, names.iter().copied())).or_else(|| by_label(typed, kind, names, required))
}

/// The Latin letter that a Cyrillic one is mistaken for.
fn latin(c: char) -> char {
    match c {
        'а' => 'a',
        'е' => 'e',
        'о' => 'o',
        'р' => 'p',
        'с' => 'c',
        'у' => 'y',
        'х' => 'x',
        'і' => 'i',
        other => other,
    }
}

/// The field whose Vietnamese name shares most words with what was typed, with or without marks.
fn by_label<'a>(typed: &str, kind: &str, names: &[&'a str], required: &[&str]) -> Option<&'a str> {
    let folded = fold(&typed.replace(['_', '-'], " "));
    let words: Vec<&str> = folded.split_whitespace().collect();
    let likeness = |name: &str| {
        let label = LabelTable::get(Lang::Vi).field(kind, name).map(|label| fold(&label.label)).unwrap_or_default();
        let own: Vec<&str> = label.split_whitespace().collect();
        if own == words {
            return 1000;
        }
        let shared = words.iter().filter(|word| own.contains(word)).count();
        let begins = own.iter().zip(&words).take_while(|(own, typed)| own == typed).count();
        let is_alike = shared >= 2 || (words.len() == 1 && begins == 1);
        if is_alike { shared * 10 + begins * 10 + usize::from(required.contains(&name)) * 5 } else { 0 }
    };
    names
        .iter()
        .copied()
        .map(|name| (likeness(name), name))
        .filter(|(likeness, _)| *likeness > 0)
        .rev()
        .max_by_key(|(likeness, _)| *likeness)
        .map(|(_, name)| name)
}

/// The value of a closed list that was meant: spelt nearly so, or by its Vietnamese name or a part of it.
pub fn meant_value<'a>(typed: &str, list: &str, allowed: &[&'a str]) -> Option<&'a str> {
    let symbol = match typed {
        "≥" | "=>" => Some(">="),
        "≤" | "=<" => Some("<="),
        _ => None,
    };
    if let Some(symbol) = symbol {
        return allowed.iter().copied().find(|value| *value == symbol);
    }
    let folded = fold(typed);
    let label = |value: &str| LabelTable::get(Lang::Vi).value(list, value).map(fold).unwrap_or_default();
    let is_part = |value: &&str| label(value).split([',', ';', '(']).any(|part| part.trim() == folded);
    let plain = typed.to_lowercase().replace([' ', '-'], "_");
    let is_word = typed.chars().count() > 1;
    let exact = allowed.iter().copied().find(|value| *value == plain || label(value) == folded);
    exact
        .or_else(|| allowed.iter().copied().find(is_part))
        .or_else(|| is_word.then(|| nearest(typed, allowed.iter().copied())).flatten())
        .or_else(|| one_word(&folded, allowed, &label))
}

/// The only value whose name has a word that was typed and no other has.
fn one_word<'a>(folded: &str, allowed: &[&'a str], label: &dyn Fn(&str) -> String) -> Option<&'a str> {
    let words: Vec<&str> = folded.split_whitespace().filter(|word| word.len() > 2).collect();
    let mut fitting = allowed.iter().copied().filter(|value| {
        let label = label(value);
        !words.is_empty() && words.iter().all(|word| label.split([' ', ',']).any(|own| own == *word))
    });
    fitting.next().filter(|_| fitting.next().is_none())
}

/// A text as YAML in double quotes.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
