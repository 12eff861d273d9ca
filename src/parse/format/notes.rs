//! Which comment and which blank line belongs to which part of a file.

use super::written::{Comment, Group, Piece, PieceValue, Written};
use serde_yaml::granit_parser::ScalarStyle;

/// What stands around a part.
#[derive(Default)]
pub struct Notes {
    /// Comments on lines above it.
    pub above: Vec<Note>,
    /// The comment at the end of its line.
    pub beside: Option<String>,
    /// Comments after everything that belongs to it.
    pub below: Vec<Note>,
    /// Whether a blank line stands before the part itself.
    pub has_blank_before: bool,
}

/// A comment on a line of its own.
pub struct Note {
    pub text: String,
    pub has_blank_before: bool,
}

/// The notes of every part by its number, and those at the end of the file.
pub struct AllNotes {
    pub of_parts: Vec<Notes>,
    pub at_end: Vec<Note>,
}

/// A part that stands on lines of its own.
struct Anchor {
    begin: usize,
    end: usize,
    column: usize,
}

/// Numbers the parts of a text and gives each its notes.
pub fn gather(written: &mut Written<'_>) -> AllNotes {
    let text = written.text;
    let mut anchors = Vec::new();
    if let Some(root) = &mut written.root {
        number(root, text, &mut anchors);
    }
    let kept = kept_blank_lines(written.root.as_ref());
    let is_blank_before = |at: usize| {
        let line_start = line_start(text, at);
        let previous = line_start.checked_sub(1).map(|end| self::line_start(text, end)..end);
        previous.is_some_and(|line| text[line.clone()].trim().is_empty() && !kept.iter().any(|range| range.contains(&line.start)))
    };
    let mut notes: Vec<Notes> = anchors.iter().map(|anchor| Notes { has_blank_before: is_blank_before(anchor.begin), ..Notes::default() }).collect();
    let mut at_end = Vec::new();
    for Comment { range, is_alone } in &written.comments {
        let words = text[range.clone()].trim_end().to_owned();
        let note = Note { text: words, has_blank_before: is_blank_before(range.start) };
        let next = anchors.partition_point(|anchor| anchor.begin < range.start);
        if !is_alone {
            let owner = beside(&anchors[..next], text, range.start);
            match owner {
                Some(owner) if notes[owner].beside.is_none() => notes[owner].beside = Some(note.text),
                Some(owner) => notes[owner].above.push(note),
                None => at_end.push(note),
            }
            continue;
        }
        let column = range.start - line_start(text, range.start);
        let next_column = anchors.get(next).map(|anchor| anchor.column);
        let before = || (0..next).rev().find(|index| anchors[*index].column <= column);
        match next_column {
            Some(next_column) if column <= next_column => notes[next].above.push(note),
            Some(_) => match before() {
                Some(owner) => notes[owner].below.push(note),
                None => notes[next].above.push(note),
            },
            None => match before().filter(|_| column > 0) {
                Some(owner) => notes[owner].below.push(note),
                None => at_end.push(note),
            },
        }
    }
    AllNotes { of_parts: notes, at_end }
}

/// The part that a comment at the end of a line belongs to: the last one that begins on that line, or ends on it.
fn beside(before: &[Anchor], text: &str, at: usize) -> Option<usize> {
    let start = line_start(text, at);
    let begins = before.iter().rposition(|anchor| anchor.begin >= start);
    let ends = || before.iter().rposition(|anchor| anchor.end <= at && anchor.end > start);
    begins.or_else(ends).or_else(|| before.len().checked_sub(1))
}

/// Numbers the parts, those of a list or group before those inside of them.
fn number(piece: &mut Piece, text: &str, anchors: &mut Vec<Anchor>) {
    if piece.lined_group(text).is_none() {
        return;
    }
    let PieceValue::Group(Group { parts, .. }) = &mut piece.value else { return };
    for part in parts {
        part.number = Some(anchors.len());
        let end = part.key.as_ref().map_or(part.begin, |key| key.range.end).max(part.value.range.end);
        anchors.push(Anchor { begin: part.begin, end, column: part.begin - line_start(text, part.begin) });
        number(&mut part.value, text, anchors);
    }
}

/// Texts whose last blank lines are part of them (`|+`): their bytes.
fn kept_blank_lines(piece: Option<&Piece>) -> Vec<std::ops::Range<usize>> {
    match piece.map(|piece| (&piece.value, &piece.range)) {
        Some((PieceValue::Scalar { text, style: ScalarStyle::Literal | ScalarStyle::Folded }, range)) if text.ends_with("\n\n") => vec![range.clone()],
        Some((PieceValue::Group(group), _)) => group.parts.iter().flat_map(|part| kept_blank_lines(Some(&part.value))).collect(),
        _ => Vec::new(),
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}
