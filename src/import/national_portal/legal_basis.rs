//! `Căn cứ pháp lý`: titles of several lines, their number last in brackets; and document numbers as people type them.

use super::findings::Findings;
use super::rules;
use crate::domain::DocumentNumber;
use crate::import::markdown_text::without_bullets;
use crate::import::plain_text::one_line;
use crate::parse::raw::{RawAnnouncement, RawLegalBasis, Short};

/// The legal bases in a text.
pub(super) fn legal_bases(text: &str, findings: &mut Findings<'_>) -> Vec<Short<RawLegalBasis>> {
    let mut entries: Vec<String> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("  * "), entries.last_mut()) {
            (Some(begin), _) => entries.push(begin.to_owned()),
            (None, Some(entry)) => {
                entry.push(' ');
                entry.push_str(line);
            }
            (None, None) if line.trim().is_empty() => {}
            (None, None) => {
                findings.tell(rules::unstructured, line.trim());
                entries.push(line.to_owned());
            }
        }
    }
    entries.iter().map(|entry| one_line(entry)).filter(|entry| !entry.is_empty()).map(|entry| Short(legal_basis(&entry, findings))).collect()
}

/// The number is taken out of the title only where the brackets hold nothing else.
fn legal_basis(entry: &str, findings: &mut Findings<'_>) -> RawLegalBasis {
    let entry = without_bullets(entry);
    let Some((title, inside)) = last_brackets(entry) else {
        findings.tell(rules::unstructured, entry);
        return RawLegalBasis { number: None, title: Some(entry.to_owned()) };
    };
    let found = number_in(inside);
    let Some(number) = found.number else {
        findings.tell(rules::malformed_number, inside);
        let is_numberlike = inside.starts_with(|c: char| c.is_ascii_digit()) && inside.contains(['/', '-']) && !inside.contains(' ');
        return if is_numberlike {
            RawLegalBasis { number: Some(inside.to_owned()), title: non_empty(title) }
        } else {
            RawLegalBasis { number: None, title: Some(entry.to_owned()) }
        };
    };
    let title = if found.has_other_words { Some(entry.to_owned()) } else { non_empty(title) };
    RawLegalBasis { number: Some(number), title }
}

/// `Số quyết định`: the decision that announced the procedure.
pub(super) fn announcement(text: &str, findings: &mut Findings<'_>) -> Option<RawAnnouncement> {
    let written = one_line(text);
    let found = number_in(&written);
    let number = match found.number {
        Some(number) => {
            if found.has_other_words {
                findings.keep(&written);
            }
            number
        }
        None => {
            findings.tell(rules::malformed_number, &written);
            written
        }
    };
    Some(RawAnnouncement { number, issued_on: None })
}

/// A document number inside a text, and whether the text says more.
struct FoundNumber {
    number: Option<String>,
    has_other_words: bool,
}

fn number_in(text: &str) -> FoundNumber {
    let compact = joined(text);
    let words: Vec<&str> = compact.split(' ').collect();
    let numbers: Vec<&str> = words.iter().filter_map(|word| number_of(word)).collect();
    match numbers.as_slice() {
        [number] => FoundNumber { number: Some((*number).to_owned()), has_other_words: words.len() > 1 || has_letters_around(&compact, number) },
        _ => FoundNumber { number: None, has_other_words: false },
    }
}

fn has_letters_around(text: &str, number: &str) -> bool {
    text.split_once(number).is_some_and(|(before, behind)| [before, behind].iter().any(|rest| rest.contains(char::is_alphanumeric)))
}

/// The number in one word, without the punctuation around it and what is glued to it.
fn number_of(word: &str) -> Option<&str> {
    let word = word.trim_start_matches(|c: char| !c.is_ascii_digit()).trim_end_matches(['.', ',', ';', ':', ')']);
    let is_number = !word.is_empty() && DocumentNumber::new(word).is_well_formed();
    if is_number { Some(word) } else { DocumentNumber::without_glued_word(word) }
}

/// Without spaces around `/` and behind `-`: `05/2026 /NQ-HĐND`, `45/2026/QĐ- TTg`.
fn joined(text: &str) -> String {
    let mut text = one_line(text);
    for (apart, together) in [(" /", "/"), ("/ ", "/"), (" - ", "-"), ("- ", "-")] {
        text = text.replace(apart, together);
    }
    text
}

/// Splits `title (inside)` at the brackets that close at the end, however many they hold.
fn last_brackets(entry: &str) -> Option<(&str, &str)> {
    let inner = entry.trim_end().strip_suffix(')')?;
    let mut depth = 1;
    for (at, c) in inner.char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((inner[..at].trim(), inner[at + 1..].trim()));
        }
    }
    None
}

fn non_empty(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
