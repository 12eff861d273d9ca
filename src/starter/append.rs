//! Adds a record to a list of a file that is there, and leaves every other character of it alone: comments, order, spacing.

use super::record::Record;
use super::write::Writer;
use crate::parse::FileKind;
use crate::parse::node::{Node, NodeValue, is_same, read};
use crate::parse::yaml::DEPTH_LIMIT;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Appended {
    /// The new text of the file.
    Text(String),
    /// The file is written in a way that no record can be added to safely; the lines to add by hand.
    ByHand(String),
}

/// Adds `record` to the list at `key` of a YAML text, or to the text where it is a list itself.
pub fn append(kind: FileKind, text: &str, key: Option<&'static str>, record: &Record) -> Appended {
    let (mark, rest) = text.strip_prefix('\u{FEFF}').map_or(("", text), |rest| ("\u{FEFF}", rest));
    let (plain, is_dos) = (rest.replace("\r\n", "\n"), rest.contains("\r\n"));
    let mut list = List { kind, key, record, text: &plain };
    match list.appended().filter(|new| list.holds_one_more(new)) {
        Some(new) if is_dos => Appended::Text(mark.to_owned() + &new.replace('\n', "\r\n")),
        Some(new) => Appended::Text(mark.to_owned() + &new),
        None => Appended::ByHand(list.lines(0, "")),
    }
}

/// The list that gets a member.
struct List<'a> {
    kind: FileKind,
    key: Option<&'static str>,
    record: &'a Record,
    text: &'a str,
}

impl List<'_> {
    /// The key, where it is not there yet, and the record, with words that the file does not have yet.
    fn lines(&mut self, indent: usize, known: &str) -> String {
        let mut writer = Writer::new(self.kind).after(known);
        let root = writer.root();
        let mut out = String::new();
        let owner = match self.key {
            Some(key) => {
                if indent == 0 && !known.lines().any(|line| line.starts_with(&format!("{key}:"))) {
                    writer.words(root, key).iter().for_each(|line| out.push_str(&format!("# {line}\n")));
                    out.push_str(&format!("{key}:\n"));
                    let inner = writer.inner(root, key);
                    writer.item(&mut out, &inner, self.record, 2);
                    return out;
                }
                writer.inner(root, key)
            }
            None => root.to_owned(),
        };
        writer.item(&mut out, &owner, self.record, indent);
        out
    }

    fn appended(&mut self) -> Option<String> {
        let reading = read(self.text, 1, DEPTH_LIMIT);
        if reading.error.is_some() || reading.second_document.is_some() || reading.too_deep.is_some() {
            return None;
        }
        let Some(root) = reading.root.filter(|root| !root.is_null()) else {
            let text = self.text;
            return Some(joined(text, &self.lines(0, text), text.lines().count(), false));
        };
        let Some(key) = self.key else { return self.behind(&root, true) };
        let NodeValue::Map(entries) = &root.value else { return None };
        match entries.iter().find(|(name, _)| name.text() == Some(key)) {
            None => {
                let text = self.text;
                let is_spaced = text.lines().any(|line| line.trim().is_empty());
                Some(joined(text, &self.lines(0, text), text.trim_end().lines().count(), is_spaced))
            }
            Some((name, value)) if value.is_null() => {
                let text = self.text;
                let number = name.region.line as usize;
                // `key: ~` has its value on the line.
                text.lines().nth(number - 1).filter(|line| line.trim_end().ends_with(':') || line.contains(": #"))?;
                Some(joined(text, &self.lines(2, text), number, false))
            }
            Some((_, value)) => self.behind(value, false),
        }
    }

    /// The text with the record behind the last member of a list.
    fn behind(&mut self, list: &Node, is_root: bool) -> Option<String> {
        let NodeValue::List(items) = &list.value else { return None };
        let lines: Vec<&str> = self.text.lines().collect();
        let line = |node: &Node| node.region.line as usize - 1;
        let before = |node: &Node| lines.get(line(node)).map(|line| line.chars().take(node.region.column as usize - 1).collect::<String>());
        let Some((last, dashed)) = items.last().and_then(|last| Some((last, before(last)?))).filter(|(_, dashed)| dashed.trim() == "-") else {
            return self.unfolded(list);
        };
        let indent = dashed.len() - dashed.trim_start().len();
        let is_inside = |line: &str| line.trim().is_empty() || line.len() - line.trim_start().len() > indent;
        let end = (line(last) + 1..lines.len()).take_while(|number| is_inside(lines[*number])).filter(|number| !lines[*number].trim().is_empty()).last();
        let end = end.unwrap_or(line(last)) + 1;
        let is_spaced = is_root || items.len() > 1 && line(last).checked_sub(1).is_some_and(|above| lines[above].trim().is_empty());
        let text = self.text;
        Some(joined(text, &self.lines(indent, text), end, is_spaced))
    }

    /// A list in brackets becomes one with dashes, its members as they are written.
    fn unfolded(&mut self, list: &Node) -> Option<String> {
        let start = offset(self.text, list)?;
        let Brackets { members, end } = brackets(self.text.get(start..)?)?;
        let text = self.text;
        let (head, tail) = (text[..start].trim_end(), &text[start + end..]);
        let (beside, below) = tail.split_once('\n').unwrap_or((tail, ""));
        let indent = if self.key.is_some() { 2 } else { 0 };
        let mut new = if head.is_empty() { String::new() } else { format!("{head}{beside}\n") };
        members.iter().for_each(|member| new.push_str(&format!("{:indent$}- {member}\n", "")));
        // The words of a key that is there are not written again: its text stands before.
        new.push_str(&self.lines(indent, text));
        Some(new + below)
    }

    /// Whether the new text holds what the old one did, and one more member.
    fn holds_one_more(&self, new: &str) -> bool {
        let (old, new) = (read(self.text, 1, DEPTH_LIMIT), read(new, 1, DEPTH_LIMIT));
        let (true, Some(new)) = (new.error.is_none(), new.root) else { return false };
        let old = old.root.filter(|root| !root.is_null());
        match self.key {
            None => is_longer(old.as_ref(), &new),
            Some(key) => {
                let (NodeValue::Map(after), None | Some(NodeValue::Map(_))) = (&new.value, old.as_ref().map(|old| &old.value)) else { return false };
                let before = match old.as_ref().map(|old| &old.value) {
                    Some(NodeValue::Map(entries)) => entries.as_slice(),
                    _ => &[],
                };
                let find = |entries: &[(Node, Node)]| entries.iter().find(|(name, _)| name.text() == Some(key)).map(|(_, value)| value.clone());
                let others = |entries: &[(Node, Node)]| entries.iter().filter(|(name, _)| name.text() != Some(key)).cloned().collect::<Vec<_>>();
                let (was, others_were, others_are) = (find(before).filter(|value| !value.is_null()), others(before), others(after));
                others_were.len() == others_are.len()
                    && others_were.iter().zip(&others_are).all(|(left, right)| is_same(&left.0, &right.0) && is_same(&left.1, &right.1))
                    && find(after).is_some_and(|list| is_longer(was.as_ref(), &list))
            }
        }
    }
}

/// Lines put behind the line of this number, counted from 1.
fn joined(text: &str, added: &str, behind: usize, is_spaced: bool) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let (above, below) = lines.split_at(behind.min(lines.len()));
    let mut new: String = above.iter().map(|line| format!("{line}\n")).collect();
    if is_spaced && !new.is_empty() {
        new.push('\n');
    }
    new.push_str(added);
    below.iter().for_each(|line| new.push_str(&format!("{line}\n")));
    new
}

fn is_longer(old: Option<&Node>, new: &Node) -> bool {
    let (NodeValue::List(after), before) = (&new.value, old.map(|old| &old.value)) else { return false };
    let before = match before {
        Some(NodeValue::List(items)) => items.as_slice(),
        Some(_) => return false,
        None => &[],
    };
    after.len() == before.len() + 1 && before.iter().zip(after).all(|(left, right)| is_same(left, right))
}

/// Where a node begins, in bytes.
fn offset(text: &str, node: &Node) -> Option<usize> {
    let start: usize = text.split_inclusive('\n').take(node.region.line as usize - 1).map(str::len).sum();
    let line = text.get(start..)?;
    Some(start + line.char_indices().nth(node.region.column as usize - 1)?.0)
}

/// The members of a list in brackets as they are written, and where it ends, in bytes.
struct Brackets<'a> {
    members: Vec<&'a str>,
    end: usize,
}

/// Reads from an opening bracket to its closing one. A comment inside belongs to no member: then nothing is told.
fn brackets(text: &str) -> Option<Brackets<'_>> {
    if !text.starts_with('[') {
        return None;
    }
    let (mut depth, mut quote, mut from, mut members, mut is_escaped) = (0, None, 1, Vec::new(), false);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some('"'), '\\') if !is_escaped => {
                is_escaped = true;
                continue;
            }
            (Some(open), c) if c == open && !is_escaped => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if text[..at].ends_with([' ', '[', '{', ',', '\n']) => quote = Some(c),
            (None, '#') if text[..at].ends_with([' ', '\n']) => return None,
            (None, '[' | '{') => depth += 1,
            (None, ',') if depth == 1 => {
                members.push(text[from..at].trim());
                from = at + 1;
            }
            (None, ']' | '}') => {
                depth -= 1;
                if depth == 0 {
                    members.push(text[from..at].trim());
                    members.retain(|member| !member.is_empty());
                    return Some(Brackets { members, end: at + 1 });
                }
            }
            _ => {}
        }
        is_escaped = false;
    }
    None
}
