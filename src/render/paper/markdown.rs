//! A paper as Markdown: what a word processor or a chat takes, with the words of the content never read as marks.

use super::{Annex, Block, COUNTRY, Closing, MOTTO, Paper, marked};

/// The whole paper.
pub fn markdown(paper: &Paper) -> String {
    let mut text = Lines::default();
    paper.draft_mark.iter().for_each(|mark| text.bold(mark));
    paper.superior.iter().for_each(|superior| text.add(superior));
    text.bold(&paper.issuer);
    paper.number.iter().for_each(|number| text.add(number));
    text.bold(COUNTRY);
    text.bold(MOTTO);
    paper.place_and_date.iter().for_each(|place| text.slanted(place));
    text.heading(1, &format!("{} – {}", paper.kind, paper.subject));
    paper.below_subject.iter().for_each(|below| text.slanted(below));
    paper.parts.iter().flat_map(|part| part.iter()).for_each(|block| text.block(block));
    if let Some(Closing { title, recipients, authority, signer }) = &paper.closing {
        authority.iter().chain(signer).for_each(|line| text.bold(line));
        text.bold(title);
        recipients.iter().for_each(|line| text.add(line));
    }
    if let Some(Annex { title, subject, of, blocks }) = &paper.annex {
        text.heading(1, &format!("{title} – {subject}"));
        text.slanted(of);
        blocks.iter().for_each(|block| text.block(block));
    }
    text.0
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    fn push(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push_str("\n\n");
    }

    fn add(&mut self, text: &str) {
        self.push(&plain(text));
    }

    fn bold(&mut self, text: &str) {
        self.push(&format!("**{}**", escaped(text)));
    }

    fn slanted(&mut self, text: &str) {
        self.push(&format!("*{}*", escaped(text)));
    }

    fn heading(&mut self, level: usize, text: &str) {
        self.push(&format!("{} {}", "#".repeat(level), escaped(text)));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { mark, title, .. } => self.heading(2, &marked(mark, title)),
            Block::Middle { text } | Block::Subheading { text } => self.bold(text),
            Block::Basis { text } => self.slanted(text),
            Block::Text { text } | Block::Note { text } => self.add(text),
            Block::Article { mark, text } => self.push(&format!("**{}** {}", escaped(mark), escaped(text))),
            Block::Field { label, text, .. } => self.add(&format!("{label}: {text}")),
            Block::Point { mark, text, .. } => self.add(&marked(mark, text)),
            Block::Table { columns, rows, .. } => {
                let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
                self.0.push_str(&line(columns.iter().map(|column| escaped(&column.title)).collect()));
                self.0.push_str(&line(columns.iter().map(|_| "---".to_owned()).collect()));
                rows.iter().for_each(|row| self.0.push_str(&line(row.iter().map(|cell| escaped(cell)).collect())));
                self.0.push('\n');
            }
        }
    }
}

/// A text that is no list, heading or rule at the start of a line either.
fn plain(text: &str) -> String {
    let escaped = escaped(text);
    let number = escaped.bytes().take_while(u8::is_ascii_digit).count();
    if number > 0 && escaped[number..].starts_with(['.', ')']) {
        return format!("{}\\{}", &escaped[..number], &escaped[number..]);
    }
    if escaped.starts_with(['-', '+', '=']) { format!("\\{escaped}") } else { escaped }
}

/// A text without a character that Markdown reads.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{TextPart, outline};

    #[test]
    fn what_is_written_is_what_is_read() {
        for text in ["*a* _b_ [c](d) <e> | # f ~ & `g`", "- Như Điều 3;", "1. Một", "2) hai", "+ ba", "#!"] {
            assert_eq!(outline(&plain(text)), [TextPart::Paragraph(text.to_owned())], "{text}");
        }
    }
}
