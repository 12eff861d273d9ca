//! Records as commented YAML.

use super::comment::Comments;
use super::record::{Content, Entry, Item, Record};
use crate::import::yaml_writer::text_value;
use crate::parse::FileKind;

/// A whole file that holds these records: one, or a list of them where files of the kind are lists.
pub fn file(kind: FileKind, records: &[Record]) -> String {
    let mut writer = Writer::new(kind);
    let mut out = format!("# {}\n", writer.comments.header());
    let root = writer.root();
    for record in records {
        out.push('\n');
        if kind.is_list() {
            writer.item(&mut out, root, record, 0);
        } else {
            writer.is_spaced = true;
            writer.record(&mut out, root, record, 0);
        }
    }
    // The first key brings its own empty line where keys are spaced.
    out.replacen("\n\n\n", "\n\n", 1)
}

/// A Markdown file: the record between two lines `---`, and the text below.
pub fn markdown(kind: FileKind, record: Record, body: &str) -> String {
    format!("---\n{}---\n{}\n", file(kind, &[record]), body.trim_end())
}

/// Writes records of one file kind; each key has its words the first time that it is met.
pub(super) struct Writer {
    comments: Comments,
    /// Whether an empty line goes before each key of the outermost record.
    is_spaced: bool,
}

impl Writer {
    pub fn new(kind: FileKind) -> Self {
        Self { comments: Comments::of(kind), is_spaced: false }
    }

    /// The same for a text that goes on: words that it has are not said again.
    pub fn after(mut self, known: &str) -> Self {
        self.comments.known = known.to_owned();
        self
    }

    /// The record that a file of this kind holds, as `record` and `item` name it.
    pub fn root(&self) -> &'static str {
        self.comments.root()
    }

    /// The record kind inside a field.
    pub fn inner(&self, owner: &str, key: &str) -> String {
        self.comments.inner(owner, key).unwrap_or_else(|| owner.to_owned())
    }

    /// The words above a key.
    pub fn words(&mut self, owner: &str, key: &str) -> Vec<String> {
        self.comments.lines(owner, key)
    }

    /// A record, each key on a line of its own.
    pub fn record(&mut self, out: &mut String, owner: &str, record: &Record, indent: usize) {
        for entry in &record.entries {
            if self.is_spaced && indent == 0 {
                out.push('\n');
            }
            self.entry(out, owner, entry, indent);
        }
    }

    /// A record as a member of a list: the dash stands before its first key, its words above the dash.
    pub fn item(&mut self, out: &mut String, owner: &str, record: &Record, indent: usize) {
        let mut lines = String::new();
        self.record(&mut lines, owner, record, indent + 2);
        let mut is_placed = false;
        for line in lines.lines() {
            let text = line.trim_start();
            if is_placed {
                out.push_str(line);
            } else if text.starts_with('#') {
                out.push_str(&format!("{:indent$}{text}", ""));
            } else {
                out.push_str(&format!("{:indent$}- {text}", ""));
                is_placed = true;
            }
            out.push('\n');
        }
    }

    fn entry(&mut self, out: &mut String, owner: &str, entry: &Entry, indent: usize) {
        for line in self.comments.lines(owner, entry.key) {
            out.push_str(&format!("{:indent$}# {line}\n", ""));
        }
        let mut lines = String::new();
        self.value(&mut lines, owner, entry, indent);
        for line in lines.lines() {
            match entry.is_later {
                true => out.push_str(&format!("{:indent$}# {}\n", "", &line[indent.min(line.len())..])),
                false => out.push_str(&format!("{line}\n")),
            }
        }
    }

    fn value(&mut self, out: &mut String, owner: &str, entry: &Entry, indent: usize) {
        let Entry { key, content, note, is_later: _ } = entry;
        let note = beside(note.as_deref());
        out.push_str(&format!("{:indent$}{}:", "", text_value(key, 0)));
        match content {
            // Behind the last line of a block a note would be a part of it.
            Content::Text(text) if text.contains('\n') => out.push_str(&format!(" {}\n", text_value(text, indent))),
            Content::Text(text) => out.push_str(&format!(" {}{note}\n", text_value(text, indent))),
            Content::Plain(value) => out.push_str(&format!(" {value}{note}\n")),
            Content::Words(words) => out.push_str(&format!(" [{}]{note}\n", words.join(", "))),
            Content::List(items) if items.is_empty() => out.push_str(&format!(" []{note}\n")),
            Content::List(items) => {
                out.push_str(&format!("{note}\n"));
                let inner = self.inner(owner, key);
                items.iter().for_each(|item| self.member(out, &inner, item, indent + 2));
            }
            Content::Record(record) => {
                out.push_str(&format!("{note}\n"));
                let inner = self.inner(owner, key);
                self.record(out, &inner, record, indent + 2);
            }
        }
    }

    fn member(&mut self, out: &mut String, owner: &str, item: &Item, indent: usize) {
        match item {
            Item::Text(text, note) => out.push_str(&format!("{:indent$}- {}{}\n", "", text_value(text, indent), beside(note.as_deref()))),
            Item::Record(record) => self.item(out, owner, record, indent),
        }
    }
}

/// A note behind a value, on its line.
fn beside(note: Option<&str>) -> String {
    note.map(|note| format!(" # {}", note.split_whitespace().collect::<Vec<_>>().join(" "))).unwrap_or_default()
}
