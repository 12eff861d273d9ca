//! A text as it stands on paper: headings, paragraphs, points and tables, their words without marks. What a link
//! leads to out of the site is written out, for nobody can follow it on a wall.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::{has_syntax, is_external, is_safe_link, options};

/// Deepest list on paper; what is deeper stands there.
const DEEPEST_POINT: usize = 3;
/// What stands before a point, by its depth.
const MARKS: [&str; DEEPEST_POINT] = ["-", "+", "•"];

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextPart {
    Heading(String),
    Paragraph(String),
    /// A point of a list. Its mark is empty where it goes on in another paragraph.
    Point {
        depth: usize,
        mark: String,
        text: String,
    },
    Table {
        header: Vec<String>,
        rows: Vec<Vec<String>>,
    },
}

/// The parts of a text, in their order.
pub fn outline(text: &str) -> Vec<TextPart> {
    if !has_syntax(text) {
        return vec![TextPart::Paragraph(text.trim().to_owned())];
    }
    let mut outline = Outline::default();
    Parser::new_ext(text, options()).for_each(|event| outline.take(event));
    outline.end_paragraph(false);
    outline.parts
}

/// A text on its way into parts.
#[derive(Default)]
struct Outline {
    parts: Vec<TextPart>,
    words: String,
    /// The number of the next point of each open list; `None` where it has none.
    lists: Vec<Option<u64>>,
    /// The mark of a point of which nothing stands yet.
    mark: String,
    links: Vec<(String, usize)>,
    table: Option<(Vec<String>, Vec<Vec<String>>)>,
    row: Vec<String>,
}

impl Outline {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => self.words.push_str(&words),
            Event::SoftBreak => self.words.push(' '),
            Event::HardBreak if self.table.is_some() => self.words.push(' '),
            Event::HardBreak | Event::Rule => self.end_paragraph(false),
            Event::FootnoteReference(name) => self.words.push_str(&format!(" [{name}]")),
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::List(first) => {
                self.end_paragraph(false);
                self.lists.push(first);
            }
            Tag::Item => {
                self.end_paragraph(false);
                let depth = self.lists.len().clamp(1, DEEPEST_POINT) - 1;
                self.mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}.", *number - 1)
                    }
                    _ => MARKS[depth].to_owned(),
                };
            }
            Tag::Paragraph | Tag::Heading { .. } | Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::HtmlBlock => self.end_paragraph(false),
            Tag::FootnoteDefinition(name) => {
                self.end_paragraph(false);
                self.words = format!("[{name}] ");
            }
            Tag::Link { dest_url, .. } => self.links.push((dest_url.to_string(), self.words.len())),
            Tag::Table(_) => {
                self.end_paragraph(false);
                self.table = Some((Vec::new(), Vec::new()));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.end_paragraph(true),
            TagEnd::List(_) => {
                self.end_paragraph(false);
                self.lists.pop();
            }
            TagEnd::Paragraph | TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::FootnoteDefinition => {
                self.end_paragraph(false);
            }
            TagEnd::Link => {
                let Some((target, start)) = self.links.pop() else { return };
                let address = target.trim_start_matches("mailto:").trim_start_matches("tel:");
                let is_said = self.words.get(start..).is_some_and(|said| said.contains(address));
                if is_external(&target) && is_safe_link(&target) && !is_said {
                    self.words.push_str(&format!(" ({address})"));
                }
            }
            TagEnd::TableCell => {
                let cell = one_line(&std::mem::take(&mut self.words));
                self.row.push(cell);
            }
            TagEnd::TableHead => {
                let row = std::mem::take(&mut self.row);
                self.table.get_or_insert_default().0 = row;
            }
            TagEnd::TableRow => {
                let row = std::mem::take(&mut self.row);
                self.table.get_or_insert_default().1.push(row);
            }
            TagEnd::Table => self.parts.extend(self.table.take().map(|(header, rows)| TextPart::Table { header, rows })),
            _ => {}
        }
    }

    fn end_paragraph(&mut self, is_heading: bool) {
        let text = one_line(&std::mem::take(&mut self.words));
        if text.is_empty() {
            return;
        }
        self.parts.push(match self.lists.len() {
            _ if is_heading => TextPart::Heading(text),
            0 => TextPart::Paragraph(text),
            depth => TextPart::Point { depth: depth.min(DEEPEST_POINT) - 1, mark: std::mem::take(&mut self.mark), text },
        });
    }
}

/// Words with single spaces between them.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let part = |part: &TextPart| match part {
            TextPart::Heading(text) => format!("# {text}"),
            TextPart::Paragraph(text) => text.clone(),
            TextPart::Point { depth, mark, text } => format!("{depth}{mark} {text}"),
            TextPart::Table { header, rows } => format!("{header:?}{rows:?}"),
        };
        outline(text).iter().map(part).collect()
    }

    #[test]
    fn points_keep_their_marks_and_emphasis_its_words() {
        assert_eq!(shown("- **Bước 1**: nộp\n  hồ sơ\n  - bản *chính*\n\n1. một\n2. hai"), ["0- Bước 1: nộp hồ sơ", "1+ bản chính", "01. một", "02. hai"]);
        assert_eq!(shown("Không quy định"), ["Không quy định"]);
        assert_eq!(shown("# Mở đầu\n\nMột\\\nhai"), ["# Mở đầu", "Một", "hai"]);
    }

    #[test]
    fn addresses_are_written_out_and_tables_stay_tables() {
        assert_eq!(shown("Xem [Cổng](https://a.example/) và [tệp](files/a.pdf)."), ["Xem Cổng (https://a.example/) và tệp."]);
        assert_eq!(shown("<https://a.example/>"), ["https://a.example/"]);
        assert_eq!(shown("| a | b |\n|---|---|\n| 1 | 2 |"), ["[\"a\", \"b\"][[\"1\", \"2\"]]"]);
    }

    #[test]
    fn nothing_is_lost_in_deep_lists_or_markup() {
        assert_eq!(shown("- a\n  - b\n    - c\n      - d\n\n      e"), ["0- a", "1+ b", "2• c", "2• d", "2 e"]);
        assert_eq!(shown("<b>đậm</b> [x](javascript:a)"), ["<b>đậm</b> x"]);
    }
}
