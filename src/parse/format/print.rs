//! Writes a file anew: fields in the order of the model, two spaces for a level, comments and single blank lines kept.

use serde_yaml::granit_parser::ScalarStyle;

use super::expected::{Expected, WordKind};
use super::notes::{AllNotes, Note, Notes};
use super::word;
use super::written::{Group, Part, Piece, PieceValue, Written};

/// The comment by which editors find the schema stays the first line.
const SCHEMA_LINE: &str = "# yaml-language-server:";

/// The text of a file in canonical form. `None` where the root is neither a list nor a group.
pub fn print(written: &Written<'_>, mut notes: AllNotes, expected: Expected<'_>) -> Option<String> {
    let root = written.root.as_ref()?;
    let head = take_head(root, written.text, &mut notes.of_parts);
    let mut printer = Printer { text: written.text, notes: &notes.of_parts, out: String::new() };
    printer.notes_at(0, &head.notes, true);
    if head.is_apart {
        printer.blank_line();
    }
    match (root.lined_group(written.text), &root.value) {
        (Some(group), _) => printer.group(group, expected.of(root), 0, Place::Beginning),
        (None, PieceValue::Group(_)) => {
            let line = printer.in_line(root, expected);
            printer.out.push_str(&line);
            printer.out.push('\n');
        }
        (None, PieceValue::Scalar { .. }) => return None,
    }
    printer.notes_at(0, &notes.at_end, false);
    Some(printer.out)
}

/// Comments about the file as a whole: they stay at its top, whichever field comes first.
struct Head {
    notes: Vec<Note>,
    /// Whether a blank line stands between them and the rest.
    is_apart: bool,
}

fn take_head(root: &Piece, text: &str, notes: &mut [Notes]) -> Head {
    let nothing = Head { notes: Vec::new(), is_apart: false };
    let Some(first) = root.lined_group(text).and_then(|group| group.parts.first()?.number) else { return nothing };
    let first = &mut notes[first];
    let apart = (0..first.above.len()).rev().find(|index| first.above.get(index + 1).map_or(first.has_blank_before, |next| next.has_blank_before));
    let named = first.above.iter().rposition(|note| note.text.starts_with(SCHEMA_LINE));
    let Some(last) = apart.max(named) else { return nothing };
    let is_apart = apart == Some(last);
    let rest = first.above.split_off(last + 1);
    let head = std::mem::replace(&mut first.above, rest);
    match first.above.first_mut() {
        Some(note) => note.has_blank_before = false,
        None => first.has_blank_before = false,
    }
    Head { notes: head, is_apart }
}

/// Where the first line of a group goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// On a line of its own, nothing or the key of the group before it.
    Beginning,
    /// Behind a dash, on the same line.
    Dash,
}

struct Printer<'p> {
    text: &'p str,
    notes: &'p [Notes],
    out: String,
}

impl<'p> Printer<'p> {
    fn group(&mut self, group: &Group, expected: Expected<'_>, indent: usize, place: Place) {
        for (index, part) in in_order(group, expected).into_iter().enumerate() {
            let is_behind_dash = index == 0 && place == Place::Dash;
            if !is_behind_dash {
                self.above(part, expected, indent, index == 0);
                self.spaces(indent);
            }
            match &part.key {
                Some(key) => {
                    let name = self.in_line_key(key);
                    self.out.push_str(&name);
                    self.out.push(':');
                    self.value(part, expected.field(part.key_text().unwrap_or("")), indent);
                }
                None => {
                    self.out.push('-');
                    self.value(part, expected.item(), indent);
                }
            }
        }
        // What stands at the end of a group stays there, whichever field comes last.
        for part in &group.parts {
            let below = self.notes_of(part).map_or(&[][..], |notes| &notes.below);
            self.notes_at(indent, below, false);
        }
    }

    /// What stands on the lines above a part: its comments, and those of the field that goes on the line of its dash.
    fn above(&mut self, part: &Part, expected: Expected<'_>, indent: usize, is_first: bool) {
        let Some(notes) = self.notes_of(part) else { return };
        self.notes_at(indent, &notes.above, is_first);
        if notes.has_blank_before && !(is_first && notes.above.is_empty()) {
            self.blank_line();
        }
        for comment in self.behind_dash(part, expected) {
            self.line(indent, &comment);
        }
    }

    /// Comments that have no place of their own once the first field of an item stands behind its dash.
    fn behind_dash(&self, part: &Part, expected: Expected<'_>) -> Vec<String> {
        let group = part.value.lined_group(self.text).filter(|_| part.key.is_none());
        let Some((group, notes)) = group.zip(self.notes_of(part)) else { return Vec::new() };
        let expected = expected.item().of(&part.value);
        let mut comments: Vec<String> = notes.beside.iter().cloned().collect();
        if let Some(first) = in_order(group, expected).first() {
            let above = self.notes_of(first).map_or(&[][..], |notes| &notes.above);
            comments.extend(above.iter().map(|note| note.text.clone()));
            comments.extend(self.behind_dash(first, expected));
        }
        comments
    }

    fn value(&mut self, part: &Part, expected: Expected<'_>, indent: usize) {
        let piece = &part.value;
        let expected_here = expected.of(piece);
        let beside = self.notes_of(part).and_then(|notes| notes.beside.clone());
        if let Some(group) = piece.lined_group(self.text) {
            if part.key.is_none() {
                self.out.push(' ');
                self.group(group, expected_here, indent + 2, Place::Dash);
                return;
            }
            self.end_line(beside.as_deref());
            self.group(group, expected_here, indent + 2, Place::Beginning);
            return;
        }
        if let PieceValue::Scalar { style: ScalarStyle::Literal | ScalarStyle::Folded, .. } = &piece.value {
            self.block_text(piece, indent, beside.as_deref());
            return;
        }
        let is_long = matches!(piece.value, PieceValue::Scalar { .. }) && self.text[piece.range.clone()].contains('\n');
        if is_long {
            self.long_text(piece, part, indent);
        } else {
            let line = self.in_line(piece, expected);
            if !line.is_empty() {
                self.out.push(' ');
                self.out.push_str(&line);
            }
        }
        self.end_line(beside.as_deref());
    }

    /// A text of several lines, plain or in quotes: its lines as they are, set in anew.
    fn long_text(&mut self, piece: &Piece, part: &Part, indent: usize) {
        let start = part.key.as_ref().map_or(part.begin, |key| key.range.end);
        let mut lines = self.text[piece.range.clone()].split('\n').map(str::trim);
        if self.text[start..piece.range.start].contains('\n') {
            self.out.push('\n');
            self.spaces(indent + 2);
        } else {
            self.out.push(' ');
        }
        self.out.push_str(lines.next().unwrap_or(""));
        for line in lines {
            self.out.push('\n');
            if !line.is_empty() {
                self.spaces(indent + 2);
                self.out.push_str(line);
            }
        }
    }

    /// A text after `|` or `>`: its lines as they are, set in anew.
    fn block_text(&mut self, piece: &Piece, indent: usize, beside: Option<&str>) {
        let before = &self.text[..piece.range.start];
        let header = before.rfind(['|', '>']).unwrap_or(0);
        let marks: String = before[header..].chars().take_while(|c| "|>+-0123456789".contains(*c)).collect();
        let has_depth = marks.contains(|c: char| c.is_ascii_digit());
        let marks: String = marks.chars().map(|c| if c.is_ascii_digit() { '2' } else { c }).collect();
        self.out.push(' ');
        self.out.push_str(&marks);
        self.end_line(beside);
        let Some(first) = self.text[header..].find('\n').map(|length| header + length + 1) else { return };
        let body = &self.text[first.min(piece.range.end)..piece.range.end];
        let line_start = self.text[..piece.range.start].rfind('\n').map_or(0, |end| end + 1);
        let depth = match body.split('\n').find(|line| !line.trim().is_empty()) {
            Some(line) if !has_depth => line.len() - line.trim_start_matches(' ').len(),
            _ => piece.range.start - line_start,
        };
        let mut lines: Vec<&str> = body.split('\n').map(|line| line.get(depth.min(line.len() - line.trim_start_matches(' ').len())..).unwrap_or("")).collect();
        // What comes after the last line break belongs to the next part.
        if lines.last().is_some_and(|line| line.trim().is_empty()) {
            lines.pop();
        }
        if !marks.contains('+') {
            while lines.last().is_some_and(|line| line.is_empty()) {
                lines.pop();
            }
        }
        for line in lines {
            if !line.is_empty() {
                self.spaces(indent + 2);
                self.out.push_str(line);
            }
            self.out.push('\n');
        }
    }

    fn in_line_key(&self, key: &Piece) -> String {
        match &key.value {
            PieceValue::Scalar { text, .. } => word::key(text, &self.text[key.range.clone()]),
            PieceValue::Group(_) => String::new(),
        }
    }

    /// A value on one line: a word, or brackets with everything inside of them.
    fn in_line(&self, piece: &Piece, expected: Expected<'_>) -> String {
        self.in_brackets(piece, expected, false)
    }

    fn in_brackets(&self, piece: &Piece, expected: Expected<'_>, is_inside: bool) -> String {
        let expected = expected.of(piece);
        let PieceValue::Group(group) = &piece.value else { return self.scalar(piece, expected.word(), is_inside) };
        let parts = in_order(group, expected).into_iter().map(|part| match &part.key {
            Some(key) => {
                let value = self.in_brackets(&part.value, expected.field(part.key_text().unwrap_or("")), true);
                let space = if value.is_empty() { "" } else { " " };
                format!("{}:{space}{value}", self.in_line_key(key))
            }
            None => self.in_brackets(&part.value, expected.item(), true),
        });
        let parts = parts.collect::<Vec<_>>().join(", ");
        match (group.is_map, parts.is_empty()) {
            (true, true) => "{}".to_owned(),
            (true, false) => format!("{{ {parts} }}"),
            (false, _) => format!("[{parts}]"),
        }
    }

    fn scalar(&self, piece: &Piece, kind: WordKind, is_inside: bool) -> String {
        match &piece.value {
            PieceValue::Scalar { text, style } => word::word(text, &self.text[piece.range.clone()], *style, kind, is_inside),
            PieceValue::Group(_) => String::new(),
        }
    }

    fn notes_of(&self, part: &Part) -> Option<&'p Notes> {
        part.number.map(|number| &self.notes[number])
    }

    fn notes_at(&mut self, indent: usize, notes: &[Note], is_first: bool) {
        for (index, note) in notes.iter().enumerate() {
            if note.has_blank_before && !(is_first && index == 0) {
                self.blank_line();
            }
            self.line(indent, &note.text);
        }
    }

    fn line(&mut self, indent: usize, text: &str) {
        self.spaces(indent);
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn end_line(&mut self, beside: Option<&str>) {
        if let Some(comment) = beside {
            self.out.push(' ');
            self.out.push_str(comment);
        }
        self.out.push('\n');
    }

    fn blank_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn spaces(&mut self, count: usize) {
        self.out.extend(std::iter::repeat_n(' ', count));
    }
}

/// The parts in the order of the model; fields that it does not have come last, in the order written.
fn in_order<'g>(group: &'g Group, expected: Expected<'_>) -> Vec<&'g Part> {
    let mut parts: Vec<&Part> = group.parts.iter().collect();
    if group.is_map {
        let order = expected.order();
        parts.sort_by_key(|part| part.key_text().and_then(|name| order.iter().position(|known| *known == name)).unwrap_or(usize::MAX));
    }
    parts
}
