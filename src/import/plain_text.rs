//! Cleans text that was copied through many programs: one normal form, ordinary spaces, nothing invisible.
//! No word is changed; only `Ð`, which Vietnamese does not have, becomes `Đ`.

use unicode_normalization::UnicodeNormalization;

/// A cleaned text, and whether characters that nobody can read were taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    pub text: String,
    pub has_lost_characters: bool,
}

/// NFC, single spaces, `\n` between lines, no invisible character; private-use bullets become `-`.
pub fn clean(text: &str) -> Cleaned {
    let mut has_lost_characters = false;
    let mut lines: Vec<String> = Vec::new();
    for line in text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
        let mut kept = String::with_capacity(line.len());
        for c in line.chars() {
            match replacement(c) {
                Replacement::Itself => kept.push(c),
                Replacement::Other(other) => kept.push(other),
                Replacement::Nothing => {}
                Replacement::Bullet => {
                    let is_first = kept.trim().is_empty();
                    kept.push_str(if is_first { "- " } else { " " });
                    has_lost_characters |= !is_first;
                }
                Replacement::Unreadable => {
                    kept.push(' ');
                    has_lost_characters = true;
                }
            }
        }
        lines.push(kept.nfc().collect());
    }
    Cleaned { text: lines.join("\n"), has_lost_characters }
}

/// Words of a text on one line, with single spaces.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines without spaces around them and without empty lines at both ends.
pub fn tidy_lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(one_line).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

enum Replacement {
    Itself,
    Other(char),
    Nothing,
    Bullet,
    Unreadable,
}

fn replacement(c: char) -> Replacement {
    match c {
        'Ð' => Replacement::Other('Đ'),
        'ð' => Replacement::Other('đ'),
        '\t' | '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => Replacement::Other(' '),
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' => Replacement::Nothing,
        '\u{E000}'..='\u{F8FF}' => Replacement::Bullet,
        '\u{FFFD}' | '\u{FFFE}' | '\u{FFFF}' | '\u{F0000}'..='\u{10FFFF}' => Replacement::Unreadable,
        c if c.is_control() => Replacement::Unreadable,
        _ => Replacement::Itself,
    }
}
