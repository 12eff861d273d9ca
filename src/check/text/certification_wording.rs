//! Words that call a self-declared quality system "certified". Denials, and certificates from before 2014
//! told as history, are let through.

use super::scan;
use crate::check::Case;
use crate::diagnostic::{Diagnostic, MOST_TOLD, Rule, Severity, Text};
use crate::domain::{PublicText, TextSubject};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "certification-wording",
    severity: Severity::Error,
    summary: Text::fixed("nói như thể hệ thống tự công bố đã qua chứng nhận", "a self-declared system is called \"certified\""),
    basis: Some("QĐ 19/2014/QĐ-TTg, Điều 4"),
};

/// How far a sentence is followed to both sides of a phrase, in characters.
const LONGEST_SENTENCE: usize = 500;

/// In small letters.
const PHRASES: &[&str] = &[
    "được chứng nhận",
    "đạt chứng nhận",
    "đạt chứng chỉ",
    "giấy chứng nhận iso",
    "giấy chứng nhận tcvn",
    "giấy chứng nhận hệ thống",
    "chứng nhận iso",
    "chứng chỉ iso",
    "certified",
];

/// Words of which one must be near: otherwise a paper is certified, or a person, not the quality system.
const SUBJECTS: &[&str] = &["iso", "9001", "tcvn", "hệ thống quản lý", "htqlcl", "quality", "qms", "hệ thống chất lượng"];

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let is_judged = |text: &&PublicText| matches!(text.subject, TextSubject::QualityManagement | TextSubject::Contact);
    for text in case.register.texts.iter().filter(is_judged) {
        let is_suspect =
            ["hứng nhận", "HỨNG NHẬN", "hứng Nhận", "hứng chỉ", "HỨNG CHỈ", "hứng Chỉ", "ertified", "ERTIFIED"].iter().any(|stem| text.text.contains(stem));
        if is_suspect {
            of_text(text, found);
        }
    }
}

/// Looks at one character for each of the text.
fn of_text(text: &PublicText, found: &mut Vec<Diagnostic>) {
    let lines = scan::Lines::of(text);
    let before_count = found.len();
    let offsets: Vec<usize> = text.text.char_indices().map(|(at, _)| at).collect();
    let plain = plain(&text.text);
    let is_end = |at: usize| plain[at] == '\n' || (matches!(plain[at], '.' | ';' | '!' | '?') && plain.get(at + 1).is_none_or(|c| c.is_whitespace()));
    let mut last_end = 0;
    for at in 0..plain.len() {
        let Some(phrase) = PHRASES.iter().find(|phrase| at >= last_end && phrase_is_at(&plain, at, phrase)) else { continue };
        let length = phrase.chars().count();
        let (first, last) = (at.saturating_sub(LONGEST_SENTENCE), (at + LONGEST_SENTENCE).min(plain.len()));
        let start = (first..at).rev().find(|at| is_end(*at)).map_or(first, |end| end + 1);
        let end = (at..last).find(|at| is_end(*at)).unwrap_or(last);
        let sentence: String = plain[start..end].iter().collect();
        let before: String = plain[start..at].iter().collect();
        last_end = at + length;
        if is_about_system(text, &sentence) && !is_denied(&before) && !is_history(&sentence) && !lines.is_comment(offsets[at]) {
            let words: String = text.text[offsets[at]..].chars().take(length).map(|c| if c == '\n' { ' ' } else { c }).collect();
            found.push(reported(lines.place(offsets[at]), &words));
            if found.len() - before_count == MOST_TOLD {
                break;
            }
        }
    }
}

/// Small letters; the end of a line as a space where prose goes on in the next one.
fn plain(text: &str) -> Vec<char> {
    const PROSE: usize = 40;
    let mut plain = Vec::with_capacity(text.len());
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        plain.extend(line.chars().map(|c| c.to_lowercase().next().unwrap_or(c)));
        let Some(next) = lines.peek().map(|next| next.trim_start()) else { break };
        let is_field = next.split_whitespace().next().is_some_and(|word| word.ends_with(':'));
        let goes_on = line.chars().count() >= PROSE && next.starts_with(char::is_alphabetic) && !is_field;
        plain.push(if goes_on { ' ' } else { '\n' });
    }
    plain
}

fn phrase_is_at(plain: &[char], at: usize, phrase: &str) -> bool {
    // The letters first: nearly everywhere the very first one is another.
    let is_there = phrase.chars().enumerate().all(|(index, c)| plain.get(at + index) == Some(&c));
    let is_start = || at == 0 || !plain[at - 1].is_alphanumeric();
    let is_whole = || plain.get(at + phrase.chars().count()).is_none_or(|c| !c.is_alphanumeric());
    is_there && is_start() && is_whole()
}

fn is_about_system(text: &PublicText, sentence: &str) -> bool {
    let is_system_file = text.file.contains("/declarations/") || text.file.ends_with("/quality-policy.md");
    is_system_file || SUBJECTS.iter().any(|subject| sentence.contains(subject))
}

/// Whether the same clause says no before the phrase: "không phải giấy chứng nhận".
fn is_denied(before: &str) -> bool {
    let clause = before.rsplit([',', ':', '(']).next().unwrap_or(before);
    let words: Vec<&str> = clause.split_whitespace().collect();
    words.iter().enumerate().any(|(index, word)| match *word {
        "không" => !matches!(words.get(index + 1), Some(&("ngừng" | "chỉ" | "những"))),
        "chưa" | "chẳng" | "not" | "never" | "no" | "nor" => true,
        _ => false,
    })
}

/// Whether the sentence tells of a year before 2014. The year of an edition, `9001:2008`, is none.
fn is_history(sentence: &str) -> bool {
    let characters: Vec<char> = sentence.chars().collect();
    let is_digit = |at: usize| characters.get(at).is_some_and(char::is_ascii_digit);
    (0..characters.len()).any(|at| {
        let is_number =
            (at..at + 4).all(is_digit) && !is_digit(at + 4) && (at == 0 || !(is_digit(at - 1) || characters[at - 1] == ':' || characters[at - 1] == '-'));
        let year: String = characters.iter().skip(at).take(4).collect();
        let told: String = characters[at.saturating_sub(10)..at].iter().collect();
        let limit = if told.contains("trước") || told.contains("before") { 2014 } else { 2013 };
        is_number && year.parse::<u16>().is_ok_and(|year| (1990..=limit).contains(&year))
    })
}

fn reported(place: Origin, words: &str) -> Diagnostic {
    let message = Text::new(
        format!("không được viết “{words}”: cơ quan tự công bố hệ thống phù hợp tiêu chuẩn, không do tổ chức nào chứng nhận"),
        format!("“{words}” is wrong: the agency declares conformity itself, nobody certifies it"),
    );
    Diagnostic::new(&RULE, place, message).hint(Text::fixed(
        "viết: công bố hệ thống quản lý chất lượng phù hợp TCVN ISO 9001:2015",
        "write: declared that its quality management system conforms to TCVN ISO 9001:2015",
    ))
}
