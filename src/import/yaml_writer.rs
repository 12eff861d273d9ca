//! Writes YAML that a person reads and edits: one style, keys in the order given, long texts as
//! blocks, and double quotes wherever a reader could take a text for something else: what `congbo fmt` leaves as it is.

use serde_json::Value;

use crate::parse::is_plain_text;

/// A list of records, or one record, as a YAML document.
pub fn write(value: &Value) -> String {
    let mut out = String::new();
    match value {
        Value::Array(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push('\n');
                }
                write_item(&mut out, item, 0);
            }
        }
        Value::Object(fields) if !fields.is_empty() => write_fields(&mut out, fields, 0, false),
        other => {
            out.push_str(&scalar(other, 0));
            out.push('\n');
        }
    }
    out
}

/// One text as the value of a key whose lines are indented so far; a text of several lines becomes a block.
pub fn text_value(written: &str, indent: usize) -> String {
    text(written, Some(indent + 2))
}

fn write_item(out: &mut String, item: &Value, indent: usize) {
    push_spaces(out, indent);
    out.push_str("- ");
    match item {
        Value::Object(fields) if !fields.is_empty() => write_fields(out, fields, indent + 2, true),
        Value::Array(items) if !items.is_empty() => {
            // A list in a list does not occur in content; written in brackets.
            out.push_str(&in_brackets(items));
            out.push('\n');
        }
        other => {
            out.push_str(&scalar(other, indent + 2));
            out.push('\n');
        }
    }
}

/// `is_placed`: the first key already stands in its column, behind a dash.
fn write_fields(out: &mut String, fields: &serde_json::Map<String, Value>, indent: usize, is_placed: bool) {
    for (index, (key, value)) in fields.iter().enumerate() {
        if index > 0 || !is_placed {
            push_spaces(out, indent);
        }
        out.push_str(&text(key, None));
        out.push(':');
        match value {
            Value::Object(inner) if !inner.is_empty() => {
                out.push('\n');
                write_fields(out, inner, indent + 2, false);
            }
            Value::Array(items) if is_short_list(items) => {
                out.push(' ');
                out.push_str(&in_brackets(items));
                out.push('\n');
            }
            Value::Array(items) if !items.is_empty() => {
                out.push('\n');
                items.iter().for_each(|item| write_item(out, item, indent + 2));
            }
            other => {
                out.push(' ');
                out.push_str(&scalar(other, indent + 2));
                out.push('\n');
            }
        }
    }
}

/// Words of closed lists: `[province, commune]`.
fn is_short_list(items: &[Value]) -> bool {
    let is_word = |item: &Value| item.as_str().is_some_and(|text| !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
    !items.is_empty() && items.len() <= 5 && items.iter().all(is_word)
}

fn in_brackets(items: &[Value]) -> String {
    let items: Vec<String> = items
        .iter()
        .map(|item| match item {
            Value::String(text) if is_short_list(std::slice::from_ref(item)) && is_plain_text(text, true) => text.clone(),
            Value::String(text) => quoted(text),
            Value::Array(items) => in_brackets(items),
            other => other.to_string(),
        })
        .collect();
    format!("[{}]", items.join(", "))
}

/// A value without what is not stated: nothing, lists and groups without members.
pub fn stated(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(key, value)| (key, stated(value)));
            let is_stated = |value: &Value| {
                !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty()) && value.as_object().is_none_or(|fields| !fields.is_empty())
            };
            Value::Object(fields.filter(|(_, value)| is_stated(value)).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(stated).collect()),
        other => other,
    }
}

fn scalar(value: &Value, indent: usize) -> String {
    match value {
        Value::String(written) => text(written, Some(indent)),
        other => other.to_string(),
    }
}

/// A text: plain where that is safe, a block where it has lines, else in double quotes.
fn text(written: &str, block_indent: Option<usize>) -> String {
    if is_plain_text(written, false) {
        return written.to_owned();
    }
    match block_indent {
        Some(indent) if is_block(written) => block(written, indent),
        _ => quoted(written),
    }
}

fn is_block(written: &str) -> bool {
    written.contains('\n')
        && written.starts_with(|c: char| !c.is_whitespace())
        && !written.ends_with('\n')
        && written.chars().all(|c| c == '\n' || is_printable(c))
        && written.split('\n').all(|line| line.is_empty() || !line.trim().is_empty())
}

fn is_printable(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

fn block(written: &str, indent: usize) -> String {
    let mut out = String::from("|-");
    for line in written.split('\n') {
        out.push('\n');
        if !line.is_empty() {
            push_spaces(&mut out, indent);
            out.push_str(line);
        }
    }
    out
}

fn quoted(written: &str) -> String {
    let mut out = String::with_capacity(written.len() + 2);
    out.push('"');
    for c in written.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_printable(c) => out.push(c),
            c => out.push_str(&format!("\\U{:08X}", c as u32)),
        }
    }
    out.push('"');
    out
}

fn push_spaces(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}
