//! YAML as it is written: every value with its bytes and its notation, every comment, every blank line.
//! What this can't hold (anchors, tags, directives, keys that are no words) is refused with its place.

use std::ops::Range;

use serde_yaml::granit_parser::{Event, Parser, ScalarStyle, Span, StructureStyle};

/// A text and what stands in it.
pub struct Written<'t> {
    pub text: &'t str,
    pub root: Option<Piece>,
    pub comments: Vec<Comment>,
}

/// A value.
pub struct Piece {
    /// Its bytes; those of a list or group that is set in begin with its first part.
    pub range: Range<usize>,
    pub value: PieceValue,
}

/// What a piece holds.
pub enum PieceValue {
    Scalar { text: String, style: ScalarStyle },
    Group(Group),
}

/// A list, or a group of fields.
pub struct Group {
    pub parts: Vec<Part>,
    pub is_map: bool,
    /// In brackets.
    pub is_flow: bool,
}

/// An item of a list, or a field.
pub struct Part {
    pub key: Option<Piece>,
    pub value: Piece,
    /// Offset of its key or dash.
    pub begin: usize,
    /// Its number among all parts that stand on lines of their own, in the order of the file.
    pub number: Option<usize>,
}

/// A comment, from its `#` to the end of its line.
pub struct Comment {
    pub range: Range<usize>,
    /// Whether nothing else stands on its line.
    pub is_alone: bool,
}

/// Offset of what is not YAML as content files use it.
pub struct NotWritten(pub usize);

/// Takes a text apart. `depth_limit` is the deepest nesting.
pub fn written(text: &str, depth_limit: usize) -> Result<Written<'_>, NotWritten> {
    let mut builder = Builder { text, open: Vec::new(), root: None, leaves: Vec::new() };
    let mut documents = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| NotWritten(error.marker().byte_offset().unwrap_or(0).min(text.len())))?;
        let start = offset(&span)?.start;
        match event {
            Event::DocumentStart(_, version) => {
                documents += 1;
                if documents > 1 || version.is_some() {
                    return Err(NotWritten(start));
                }
            }
            Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            Event::Scalar(value, style, 0, None) => {
                let range = offset(&span)?;
                builder.leaves.push(range.clone());
                builder.add(Piece { range, value: PieceValue::Scalar { text: value.into_owned(), style } })?;
            }
            Event::SequenceStart(style, 0, None) => builder.begin(false, style, start),
            Event::MappingStart(style, 0, None) => builder.begin(true, style, start),
            Event::SequenceEnd | Event::MappingEnd => builder.end(offset(&span)?.end)?,
            _ => return Err(NotWritten(start)),
        }
        if builder.open.len() > depth_limit {
            return Err(NotWritten(start));
        }
    }
    let Builder { mut root, leaves, .. } = builder;
    let (comments, dashes) = between(text, &leaves);
    if let Some(root) = &mut root {
        place(root, &dashes);
    }
    Ok(Written { text, root, comments })
}

impl Written<'_> {
    /// Whether the text holds a list.
    pub fn is_list(&self) -> bool {
        matches!(&self.root, Some(Piece { value: PieceValue::Group(group), .. }) if !group.is_map)
    }
}

fn offset(span: &Span) -> Result<Range<usize>, NotWritten> {
    span.byte_range().ok_or(NotWritten(0))
}

struct Builder<'t> {
    text: &'t str,
    /// Groups that are not ended, where they begin, and a key that waits for its value.
    open: Vec<(Group, usize, Option<Piece>)>,
    root: Option<Piece>,
    leaves: Vec<Range<usize>>,
}

impl Builder<'_> {
    fn begin(&mut self, is_map: bool, style: StructureStyle, start: usize) {
        self.open.push((Group { parts: Vec::new(), is_map, is_flow: style == StructureStyle::Flow }, start, None));
    }

    fn end(&mut self, end: usize) -> Result<(), NotWritten> {
        let Some((group, start, None)) = self.open.pop() else { return Err(NotWritten(end)) };
        let end = if group.is_flow { end } else { group.parts.last().map_or(start, |part| part.value.range.end) };
        self.add(Piece { range: start..end, value: PieceValue::Group(group) })
    }

    fn add(&mut self, piece: Piece) -> Result<(), NotWritten> {
        let Some((group, _, key)) = self.open.last_mut() else {
            self.root.get_or_insert(piece);
            return Ok(());
        };
        if !group.is_map {
            group.parts.push(Part { key: None, begin: piece.range.start, value: piece, number: None });
            return Ok(());
        }
        match key.take() {
            Some(key) => group.parts.push(Part { begin: key.range.start, key: Some(key), value: piece, number: None }),
            None => {
                // A key is one word on one line, and written once.
                let start = piece.range.start;
                let PieceValue::Scalar { text, .. } = &piece.value else { return Err(NotWritten(start)) };
                let is_repeated = group.parts.iter().any(|part| part.key_text() == Some(text));
                let before = self.text[..start].trim_end_matches(' ');
                if is_repeated || piece.range.is_empty() || self.text[piece.range.clone()].contains('\n') || before.ends_with('?') {
                    return Err(NotWritten(start));
                }
                *key = Some(piece);
            }
        }
        Ok(())
    }
}

impl Part {
    /// The key as a word.
    pub fn key_text(&self) -> Option<&str> {
        match &self.key.as_ref()?.value {
            PieceValue::Scalar { text, .. } => Some(text),
            PieceValue::Group(_) => None,
        }
    }
}

impl Piece {
    /// The list or group, where it is printed with a line for each part: it is written so, or its brackets
    /// stand on several lines.
    pub fn lined_group(&self, text: &str) -> Option<&Group> {
        match &self.value {
            PieceValue::Group(group) if !group.parts.is_empty() && (!group.is_flow || text[self.range.clone()].contains('\n')) => Some(group),
            _ => None,
        }
    }
}

/// Comments and dashes: what stands between the words.
fn between(text: &str, leaves: &[Range<usize>]) -> (Vec<Comment>, Vec<usize>) {
    let (mut comments, mut dashes) = (Vec::new(), Vec::new());
    let mut at = 0;
    for leaf in leaves.iter().cloned().chain(std::iter::once(text.len()..text.len())) {
        while at < leaf.start {
            let line_start = text.as_bytes()[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
            let before = &text.as_bytes()[line_start..at];
            match text.as_bytes()[at] {
                b'#' if before.last().is_none_or(|byte| matches!(byte, b' ' | b'\t')) => {
                    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
                    comments.push(Comment { range: at..end, is_alone: before.trim_ascii().is_empty() });
                    at = end;
                }
                b'-' if before.iter().all(|byte| matches!(byte, b' ' | b'-')) && text[at + 1..].starts_with([' ', '\n', '\t']) => {
                    dashes.push(at);
                    at += 1;
                }
                _ => at += 1,
            }
        }
        at = at.max(leaf.end);
    }
    (comments, dashes)
}

/// Finds where the parts of lists that are set in begin.
fn place(piece: &mut Piece, dashes: &[usize]) {
    let PieceValue::Group(group) = &mut piece.value else { return };
    for part in &mut group.parts {
        place(&mut part.value, dashes);
        if !group.is_map && !group.is_flow {
            let first = part.value.range.start;
            let before = dashes.partition_point(|dash| *dash < first.max(1));
            // A dash with nothing behind it is where its empty value is.
            part.begin = match dashes.get(before) {
                Some(dash) if *dash == first => *dash,
                _ => before.checked_sub(1).map_or(first, |index| dashes[index]),
            };
        }
    }
    if let (false, Some(first)) = (group.is_flow, group.parts.first()) {
        piece.range.start = first.begin;
    }
}
