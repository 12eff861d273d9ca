//! Quotes that Word makes around a value: `name: “Xã Mẫu”`. YAML takes them for letters of the name, so they are read as
//! the straight ones that were meant, and that is told.

use super::encoding::{MOST_REMARKS, NoteKind, Remark};

/// The text with straight quotes around values that are wholly in curly ones.
pub(super) fn straightened(text: String, remarks: &mut Vec<Remark>) -> String {
    if !text.contains(is_curly) {
        return text;
    }
    let mut straight = String::with_capacity(text.len());
    for (index, line) in text.split_inclusive('\n').enumerate() {
        match straight_line(line) {
            Some((column, line)) => {
                straight.push_str(&line);
                if remarks.len() < MOST_REMARKS {
                    remarks.push(Remark { kind: NoteKind::CurlyQuotes, line: index as u32 + 1, column });
                }
            }
            None => straight.push_str(line),
        }
    }
    straight
}

fn is_curly(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '‟')
}

/// `key: “value”`, `- “value”`, `key: [“a”, “b”]`: the line with straight quotes and the column of the first one.
fn straight_line(line: &str) -> Option<(u32, String)> {
    if !line.contains(is_curly) {
        return None;
    }
    let written = line.trim_start();
    let lead = &line[..line.len() - written.len()];
    let key = written.find(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit() && c != '_').unwrap_or(0);
    let after_key = written[key..].strip_prefix(": ").filter(|_| key > 0);
    let value = after_key.or_else(|| written.strip_prefix("- "))?;
    let parts = value.trim();
    let items: Vec<&str> = match parts.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) {
        Some(inner) => inner.split(',').map(str::trim).collect(),
        None => vec![parts],
    };
    let is_quoted = |item: &&str| {
        let inner = item.strip_prefix(is_curly).and_then(|rest| rest.strip_suffix(is_curly));
        inner.is_some_and(|inner| !inner.contains(is_curly) && !inner.contains(['"', '\\']))
    };
    if !items.iter().all(|item| is_quoted(item) || !item.contains(is_curly)) || !items.iter().any(is_quoted) {
        return None;
    }
    let column = line.chars().position(is_curly)? as u32 + 1;
    let before = &line[..lead.len() + (written.len() - value.len())];
    Some((column, format!("{before}{}", value.replace(is_curly, "\""))))
}
