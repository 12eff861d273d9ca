//! Changes in the text of a content file: only the lines of the fields that change are written anew, so that comments and
//! the hand of whoever wrote the rest stay. Where that can't be done the list is written anew, and its comments are named.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde_json::{Map, Value, json};

use crate::import::yaml_writer;
use crate::parse::node::{Node, NodeValue};
use crate::parse::{comments, locate};

/// What happens to the list of records of a file.
#[derive(Debug, Default)]
pub struct Edits {
    /// Records by their place, with the fields of them that change.
    pub set: BTreeMap<usize, (Value, Vec<String>)>,
    pub removed: BTreeSet<usize>,
    pub added: Vec<Value>,
}

/// The new text of a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Edited {
    /// `None` where nothing is left.
    pub text: Option<String>,
    /// Comments that the old text had and the new one lacks, each with its line.
    pub lost: Vec<(u32, String)>,
}

/// Changes the text field by field; `None` where its shape does not allow that.
pub fn edit(path: &str, text: &str, list: Option<&str>, edits: &Edits) -> Option<Edited> {
    let root = locate(path, text)?;
    let mut page = Page { lines: text.split_inclusive('\n').collect(), comments: comments_of(path, text), changes: Vec::new() };
    if !text.ends_with('\n') && !text.is_empty() {
        return None;
    }
    match (list, &root.value) {
        (None, NodeValue::Map(_)) if edits.added.is_empty() && edits.removed.is_empty() => {
            let end = page.lines.len();
            let (value, fields) = edits.set.get(&0)?;
            page.set_fields(&root, end, 0, value, fields)?;
        }
        (None, NodeValue::Map(_)) if edits.added.is_empty() => return Some(Edited::default()),
        (None, NodeValue::List(items)) => {
            let end = page.lines.len();
            page.change_list(items, end, edits, true)?;
            if edits.removed.len() == items.len() && edits.added.is_empty() {
                return Some(Edited::default());
            }
        }
        (Some(name), NodeValue::Map(entries)) => {
            let at = entries.iter().position(|(key, _)| key.text() == Some(name));
            let Some(at) = at else {
                let group = Value::Object(Map::from_iter([(name.to_owned(), Value::Array(edits.added.clone()))]));
                return Some(Edited { text: Some(format!("{text}{}", yaml_writer::write(&group))), lost: Vec::new() });
            };
            let end = entries.get(at + 1).map_or(page.lines.len(), |(key, _)| key.region.line as usize - 1);
            match &entries[at].1.value {
                NodeValue::List(items) if !items.is_empty() && edits.removed.len() < items.len() => page.change_list(items, end, edits, false)?,
                _ => return None,
            }
        }
        _ => return None,
    }
    Some(page.finish())
}

/// Writes the whole list of a file anew.
pub fn rewrite(path: &str, text: &str, list: Option<&str>, all: &[Value]) -> Edited {
    let Some(name) = list else {
        let new = if all.is_empty() { None } else { Some(yaml_writer::write(&Value::Array(all.to_vec()))) };
        return Edited { text: new, lost: comments_of(path, text) };
    };
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let root = locate(path, text);
    let entries = match root.as_ref().map(|root| &root.value) {
        Some(NodeValue::Map(entries)) => entries.as_slice(),
        _ => &[],
    };
    let group = if all.is_empty() { format!("{name}: []\n") } else { yaml_writer::write(&json!({ name: all })) };
    let Some(at) = entries.iter().position(|(key, _)| key.text() == Some(name)) else {
        return Edited { text: Some(format!("{text}{group}")), lost: Vec::new() };
    };
    let start = entries[at].0.region.line as usize - 1;
    let end = entries.get(at + 1).map_or(lines.len(), |(key, _)| key.region.line as usize - 1);
    let end = trimmed(&lines, start, end, 0);
    let new = format!("{}{group}{}", lines[..start].concat(), lines[end..].concat());
    Edited { text: Some(new), lost: among(&comments_of(path, text), start..end).collect() }
}

/// The lines of a file, and what takes the place of some.
struct Page<'t> {
    lines: Vec<&'t str>,
    comments: Vec<(u32, String)>,
    changes: Vec<(usize, usize, String)>,
}

impl Page<'_> {
    fn change_list(&mut self, items: &[Node], end: usize, edits: &Edits, is_spaced: bool) -> Option<()> {
        let places = items.iter().map(|item| self.dash(item)).collect::<Option<Vec<_>>>()?;
        let indent = places.first().map_or(0, |place| place.1);
        let mut last_end = end;
        for (at, item) in items.iter().enumerate() {
            let (start, _) = places[at];
            let next = places.get(at + 1).map_or(end, |next| next.0);
            let item_end = trimmed(&self.lines, start, next, indent);
            last_end = item_end;
            if edits.removed.contains(&at) {
                let blank = self.lines[item_end..next].iter().take_while(|line| line.trim().is_empty()).count();
                self.changes.push((start, item_end + blank, String::new()));
            } else if let Some((value, fields)) = edits.set.get(&at) {
                let is_group = matches!(item.value, NodeValue::Map(_));
                if !is_group || self.set_fields(item, item_end, indent + 2, value, fields).is_none() {
                    self.changes.retain(|(from, ..)| !(start..item_end).contains(from));
                    self.changes.push((start, item_end, indented(&yaml_writer::write(&json!([value])), indent)));
                }
            }
        }
        if !edits.added.is_empty() {
            let written = edits.added.iter().map(|value| indented(&yaml_writer::write(&json!([value])), indent));
            let separator = if is_spaced { "\n" } else { "" };
            let added: String = written.map(|text| format!("{separator}{text}")).collect();
            self.changes.push((last_end, last_end, added));
        }
        Some(())
    }

    /// Line and column of the dash of an item.
    fn dash(&self, item: &Node) -> Option<(usize, usize)> {
        let line = item.region.line as usize - 1;
        let text = self.lines.get(line)?;
        let indent = text.len() - text.trim_start().len();
        text.trim_start().starts_with("- ").then_some((line, indent))
    }

    /// Writes the fields of a group that change; those that it has no more go.
    fn set_fields(&mut self, group: &Node, end: usize, indent: usize, value: &Value, fields: &[String]) -> Option<()> {
        let NodeValue::Map(entries) = &group.value else { return None };
        let is_block = entries.windows(2).all(|pair| pair[0].0.region.line < pair[1].0.region.line)
            && entries.iter().all(|(key, _)| key.region.column as usize == indent + 1)
            && self.lines.get(group.region.line as usize - 1)?.chars().nth(group.region.column as usize - 1) != Some('{');
        if !is_block || entries.is_empty() {
            return None;
        }
        let value = value.as_object()?;
        let extent = |at: usize, lines: &[&str]| {
            let start = entries[at].0.region.line as usize - 1;
            let next = entries.get(at + 1).map_or(end, |(key, _)| key.region.line as usize - 1);
            (start, trimmed(lines, start, next, indent))
        };
        let mut before: Option<usize> = None;
        for (name, new) in value {
            let at = entries.iter().position(|(key, _)| key.text() == Some(name));
            if fields.contains(name) {
                let text = indented(&yaml_writer::write(&json!({ name.as_str(): new })), indent);
                match (at, before) {
                    (Some(at), _) => {
                        let (start, stop) = extent(at, &self.lines);
                        let lead = self.lines[start].get(..indent)?;
                        self.changes.push((start, stop, format!("{lead}{}", text.get(indent..)?)));
                    }
                    (None, Some(before)) => {
                        let (_, stop) = extent(before, &self.lines);
                        self.changes.push((stop, stop, text));
                    }
                    (None, None) => return None,
                }
            }
            before = at.or(before);
        }
        for name in fields.iter().filter(|name| !value.contains_key(*name)) {
            let at = entries.iter().position(|(key, _)| key.text() == Some(name))?;
            if at == 0 {
                return None;
            }
            let (start, stop) = extent(at, &self.lines);
            self.changes.push((start, stop, String::new()));
        }
        Some(())
    }

    fn finish(self) -> Edited {
        let Self { lines, comments, mut changes } = self;
        // Several pieces may be put in at one place: they keep their order.
        changes.sort_by_key(|(start, end, _)| (*start, *end));
        let (mut text, mut lost, mut at) = (String::new(), Vec::new(), 0);
        for (start, end, new) in changes {
            text.push_str(&lines[at..start.max(at)].concat());
            text.push_str(&new);
            lost.extend(among(&comments, start..end));
            at = end.max(at);
        }
        text.push_str(&lines[at..].concat());
        Edited { text: Some(text), lost }
    }
}

/// The end of what begins at `start`, without empty lines and comments behind it that stand no deeper.
fn trimmed(lines: &[&str], start: usize, end: usize, indent: usize) -> usize {
    let mut end = end;
    while end > start + 1 {
        let line = lines[end - 1];
        let depth = line.len() - line.trim_start().len();
        let is_outside = line.trim().is_empty() || (line.trim_start().starts_with('#') && depth <= indent);
        if !is_outside {
            break;
        }
        end -= 1;
    }
    end
}

/// The comments of a file, each with its line. Where it can't be taken apart, every line that may have one.
fn comments_of(path: &str, text: &str) -> Vec<(u32, String)> {
    let may_have = |(at, line): (usize, &str)| line.find('#').map(|mark| (at as u32 + 1, line[mark..].trim_end().to_owned()));
    comments(path, text).unwrap_or_else(|| text.lines().enumerate().filter_map(may_have).collect())
}

/// Those of the comments that stand on some lines, counted from 0.
fn among(comments: &[(u32, String)], lines: Range<usize>) -> impl Iterator<Item = (u32, String)> {
    comments.iter().filter(move |(line, _)| lines.contains(&(*line as usize - 1))).cloned()
}

fn indented(text: &str, indent: usize) -> String {
    let pad = " ".repeat(indent);
    text.split_inclusive('\n').map(|line| if line.trim().is_empty() { line.to_owned() } else { format!("{pad}{line}") }).collect()
}
