//! Plain text into Markdown that shows the same words: every line a paragraph or a list item,
//! characters that Markdown would interpret escaped, numbers of the source kept as they are.

use super::plain_text::one_line;

/// Markdown of a plain text. A line that begins with `-` is a list item, one with `+` an item below it;
/// a line that goes on in small letters belongs to the line above.
pub fn to_markdown(text: &str) -> String {
    let mut blocks: Vec<Block> = Vec::new();
    for line in text.lines().map(one_line).filter(|line| !line.is_empty()) {
        let (kind, words) = Kind::of(&line, blocks.last().map(|block| block.kind));
        let goes_on = kind == Kind::Paragraph && blocks.last().is_some_and(|block| goes_on(&block.text, words));
        match blocks.last_mut().filter(|_| goes_on) {
            Some(block) => {
                block.text.push(' ');
                block.text.push_str(words);
            }
            None => blocks.push(Block { kind, text: words.to_owned() }),
        }
    }
    let mut markdown = String::with_capacity(text.len() + text.len() / 16);
    let mut previous: Option<Kind> = None;
    for Block { kind, text } in &blocks {
        match previous {
            None => {}
            Some(previous) if previous.is_item() && kind.is_item() => markdown.push('\n'),
            Some(_) => markdown.push_str("\n\n"),
        }
        markdown.push_str(kind.mark());
        markdown.push_str(&escaped(text));
        previous = Some(*kind);
    }
    markdown
}

/// A line of a title, in bold.
pub fn title(text: &str) -> String {
    format!("**{}**", escaped(&one_line(text)))
}

/// One line of text with everything escaped that Markdown would interpret.
pub fn escaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let characters: Vec<char> = line.chars().collect();
    let number = number_mark(&characters);
    for (at, &c) in characters.iter().enumerate() {
        let next = characters.get(at + 1);
        let is_syntax = match c {
            '\\' | '`' | '*' | '[' | '~' => true,
            '_' => !(at > 0 && characters[at - 1].is_alphanumeric() && next.is_some_and(|next| next.is_alphanumeric())),
            '<' => next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
            '&' => next.is_some_and(|next| next.is_ascii_alphabetic() || *next == '#'),
            '#' | '>' | '-' | '+' | '=' | '|' => at == 0,
            '.' | ')' => number == Some(at),
            _ => false,
        };
        if is_syntax {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

struct Block {
    kind: Kind,
    text: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Paragraph,
    Item,
    Subitem,
}

impl Kind {
    /// What a line is, and its words without the bullets before them.
    fn of(line: &str, previous: Option<Self>) -> (Self, &str) {
        let words = without_bullets(line);
        let mark = &line[..line.len() - words.len()];
        if mark.is_empty() || words.is_empty() {
            return (Self::Paragraph, line);
        }
        let is_below = mark.contains('+') && previous.is_some_and(Self::is_item);
        (if is_below { Self::Subitem } else { Self::Item }, words)
    }

    fn is_item(self) -> bool {
        self != Self::Paragraph
    }

    fn mark(self) -> &'static str {
        match self {
            Self::Paragraph => "",
            Self::Item => "- ",
            Self::Subitem => "  - ",
        }
    }
}

/// A text without bullets before it: `- `, `- -`, `++`, `+)`, `•`. A minus before a number stays.
pub fn without_bullets(line: &str) -> &str {
    const BULLETS: &[char] = &['-', '–', '—', '+', '*', '•', '·', '∙', '▪', '◦', '●', '○', '⁕', '\u{20F0}', ' '];
    let words = line.trim_start_matches(BULLETS);
    let mark = &line[..line.len() - words.len()];
    if mark.is_empty() {
        return line;
    }
    // `+)` is a bullet too; `-5` and `*)` before words are not touched further.
    let words = words.strip_prefix(')').map_or(words, str::trim_start);
    let is_number = words.starts_with(|c: char| c.is_ascii_digit()) && mark.ends_with('-') && mark.trim().len() == 1;
    if is_number { line } else { words }
}

/// Whether `words` go on a line that was broken in the middle of a sentence.
fn goes_on(before: &str, words: &str) -> bool {
    let is_open = !before.ends_with(['.', ';', ':', '!', '?']);
    let mut characters = words.chars();
    let begins_small = characters.next().is_some_and(char::is_lowercase);
    let is_lettered = words.split_once([')', '.']).is_some_and(|(letter, _)| letter.chars().count() <= 3 && !letter.contains(' '));
    is_open && begins_small && !is_lettered
}

/// Where the `.` or `)` stands that would make a line a numbered item.
fn number_mark(characters: &[char]) -> Option<usize> {
    let digits = characters.iter().take_while(|c| c.is_ascii_digit()).count();
    let is_mark = matches!(characters.get(digits), Some('.' | ')')) && characters.get(digits + 1).is_none_or(|c| *c == ' ');
    (digits > 0 && digits <= 9 && is_mark).then_some(digits)
}
