//! YAML with positions: the slow, careful reading behind every message. Plain parsing does not use it.

use serde_yaml::granit_parser::{Event, Parser, ScalarStyle, ScanError, Span};

use crate::origin::Place;

/// A YAML value and where it stands. Lines and columns count from 1, columns in characters.
#[derive(Debug, Clone)]
pub struct Node {
    pub region: Region,
    pub value: NodeValue,
    /// An explicit tag such as `!!str`, or an anchor.
    pub has_property: bool,
    /// Whether reading stopped inside it or right behind it, so that it may be read wrong.
    pub is_open: bool,
}

/// What a node holds.
#[derive(Debug, Clone)]
pub enum NodeValue {
    Scalar {
        text: String,
        is_quoted: bool,
    },
    List(Vec<Node>),
    /// Keys in the order written; repeated ones are kept.
    Map(Vec<(Node, Node)>),
    Alias,
}

/// A stretch of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region {
    pub line: u32,
    pub column: u32,
    /// Column after the last character.
    pub end_column: u32,
}

impl Region {
    /// The beginning of a file.
    pub const START: Self = Self { line: 1, column: 1, end_column: 2 };
}

impl Node {
    /// A text of nothing, and a group of nothing: to ask a schema for its branch.
    pub const EMPTY_TEXT: Self =
        Self { region: Region::START, value: NodeValue::Scalar { text: String::new(), is_quoted: true }, has_property: false, is_open: false };
    pub const EMPTY_GROUP: Self = Self { region: Region::START, value: NodeValue::Map(Vec::new()), has_property: false, is_open: false };

    /// The scalar as text.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            NodeValue::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether nothing was written: `name:` or `name: ~`.
    pub fn is_null(&self) -> bool {
        matches!(&self.value, NodeValue::Scalar { text, is_quoted: false } if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }
}

/// What the careful reading found: the value as far as it could be read, and what stopped it.
pub struct Reading {
    pub root: Option<Node>,
    pub error: Option<ScanError>,
    /// Where a second document begins.
    pub second_document: Option<Region>,
    /// Where the nesting passes the limit.
    pub too_deep: Option<Region>,
}

/// Reads a YAML text whose first line is line number `first_line` of its file.
pub fn read(text: &str, first_line: u32, depth_limit: usize) -> Reading {
    let mut builder = Builder { first_line, stack: Vec::new(), root: None };
    let mut reading = Reading { root: None, error: None, second_document: None, too_deep: None };
    let mut documents = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                reading.error = Some(error);
                break;
            }
        };
        if matches!(event, Event::DocumentStart(..)) {
            documents += 1;
            if documents > 1 {
                reading.second_document = Some(builder.region(&span));
                break;
            }
        }
        builder.take(event, &span);
        if builder.stack.len() > depth_limit {
            reading.too_deep = Some(builder.region(&span));
            break;
        }
    }
    if reading.error.is_some() {
        builder.mark_open();
    }
    while !builder.stack.is_empty() {
        builder.close();
    }
    reading.root = builder.root;
    reading
}

/// The region of a place; falls back to the nearest place above it.
pub fn locate(root: Option<&Node>, place: &Place) -> Region {
    let (path, wants_key) = match place {
        Place::Whole => return Region::START,
        Place::Position { line, column, end_column } => return Region { line: *line, column: *column, end_column: *end_column },
        Place::Value(path) => (path, false),
        Place::Key(path) => (path, true),
    };
    let Some(mut node) = root else { return Region::START };
    let mut region = node.region;
    for segment in segments(path) {
        let next = match (&node.value, segment) {
            (NodeValue::Map(entries), Segment::Name(name)) => entries.iter().find(|(key, _)| key.text() == Some(name)).map(|(key, value)| (Some(key), value)),
            (NodeValue::List(items), Segment::Index(index)) => items.get(index).map(|item| (None, item)),
            _ => None,
        };
        let Some((key, value)) = next else { return region };
        let is_scalar = matches!(value.value, NodeValue::Scalar { .. }) && !value.is_null();
        region = match key {
            Some(key) if wants_key || !is_scalar => key.region,
            _ => value.region,
        };
        node = value;
    }
    region
}

enum Segment<'a> {
    Name(&'a str),
    Index(usize),
}

fn segments(path: &str) -> impl Iterator<Item = Segment<'_>> {
    path.split(['.', '[']).filter(|part| !part.is_empty()).map(|part| match part.strip_suffix(']') {
        Some(index) => Segment::Index(index.parse().unwrap_or(usize::MAX)),
        None => Segment::Name(part),
    })
}

struct Builder {
    first_line: u32,
    /// Open lists and maps; the second part is a key that waits for its value.
    stack: Vec<(Node, Option<Node>)>,
    root: Option<Node>,
}

impl Builder {
    fn region(&self, span: &Span) -> Region {
        let line = span.start.line() as u32 + self.first_line - 1;
        let column = span.start.col() as u32 + 1;
        let is_one_line = span.end.line() == span.start.line() && span.end.col() > span.start.col();
        let end_column = if is_one_line { span.end.col() as u32 + 1 } else { column + 1 };
        Region { line, column, end_column }
    }

    fn take(&mut self, event: Event<'_>, span: &Span) {
        let region = self.region(span);
        let mut open = |value: NodeValue, has_property| {
            self.stack.push((Node { region, value, has_property, is_open: false }, None));
        };
        match event {
            Event::MappingStart(_, anchor, tag) => open(NodeValue::Map(Vec::new()), anchor != 0 || tag.is_some()),
            Event::SequenceStart(_, anchor, tag) => open(NodeValue::List(Vec::new()), anchor != 0 || tag.is_some()),
            Event::MappingEnd | Event::SequenceEnd => self.close(),
            Event::Scalar(text, style, anchor, tag) => {
                let is_quoted = !matches!(style, ScalarStyle::Plain);
                let value = NodeValue::Scalar { text: text.into_owned(), is_quoted };
                self.add(Node { region, value, has_property: anchor != 0 || tag.is_some(), is_open: false });
            }
            Event::Alias(_) => self.add(Node { region, value: NodeValue::Alias, has_property: true, is_open: false }),
            _ => {}
        }
    }

    /// Marks what reading stopped in: everything that is still open, and what came last.
    fn mark_open(&mut self) {
        self.stack.iter_mut().for_each(|(node, _)| node.is_open = true);
        let last = match self.stack.last_mut() {
            None => self.root.as_mut(),
            Some((Node { value: NodeValue::List(items), .. }, _)) => items.last_mut(),
            Some((Node { value: NodeValue::Map(entries), .. }, _)) => entries.last_mut().map(|(_, value)| value),
            Some(_) => None,
        };
        if let Some(last) = last {
            last.is_open = true;
        }
    }

    fn add(&mut self, node: Node) {
        let Some((parent, key)) = self.stack.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        match &mut parent.value {
            NodeValue::List(items) => items.push(node),
            NodeValue::Map(entries) => match key.take() {
                Some(key) => entries.push((key, node)),
                None => *key = Some(node),
            },
            NodeValue::Scalar { .. } | NodeValue::Alias => {}
        }
    }

    fn close(&mut self) {
        if let Some((node, _)) = self.stack.pop() {
            self.add(node);
        }
    }
}

/// Whether two values say the same, wherever they stand; fields may stand in another order.
pub fn is_same(before: &Node, after: &Node) -> bool {
    match (&before.value, &after.value) {
        (NodeValue::Scalar { text: before_text, .. }, NodeValue::Scalar { text: after_text, .. }) => {
            before_text == after_text && before.is_null() == after.is_null()
        }
        (NodeValue::List(before), NodeValue::List(after)) => {
            before.len() == after.len() && before.iter().zip(after).all(|(before, after)| is_same(before, after))
        }
        (NodeValue::Map(before), NodeValue::Map(after)) => {
            let same_in = |key: &Node, value: &Node| after.iter().any(|(other, after)| other.text() == key.text() && is_same(value, after));
            before.len() == after.len() && before.iter().all(|(key, value)| same_in(key, value))
        }
        _ => false,
    }
}
