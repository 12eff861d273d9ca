//! How one word or line of text is written: plain where that is safe in every reader of YAML, else in double quotes.
//! Dates are plain, codes of administrative procedures and whatever looks like a number are in quotes.

use serde_yaml::granit_parser::ScalarStyle;

use super::expected::WordKind;

/// A text of one line. `source` is how it is written now; `is_inside_brackets` where a comma would end it.
pub fn word(text: &str, source: &str, style: ScalarStyle, kind: WordKind, is_inside_brackets: bool) -> String {
    let is_plain = style == ScalarStyle::Plain;
    match kind {
        // Nothing, `~` and `null` stay what they are.
        _ if is_plain && (source.is_empty() || is_null(text)) => source.to_owned(),
        WordKind::Literal => source.to_owned(),
        WordKind::Unknown if is_plain => source.to_owned(),
        WordKind::Code => quoted(text, source, style),
        _ if is_plain_text(text, is_inside_brackets) => text.to_owned(),
        _ => quoted(text, source, style),
    }
}

fn quoted(text: &str, source: &str, style: ScalarStyle) -> String {
    if style == ScalarStyle::DoubleQuoted {
        return source.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn is_null(text: &str) -> bool {
    matches!(text, "~" | "null" | "Null" | "NULL")
}

/// Whether a text of one line without quotes is that text to every reader of YAML. `is_inside_brackets` where a comma would end it.
pub fn is_plain_text(text: &str, is_inside_brackets: bool) -> bool {
    const WORDS: &[&str] = &["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else { return false };
    !first.is_whitespace()
        && !last.is_whitespace()
        && !"-?:,[]{}#&*!|>'\"%@`=<~".contains(first)
        && last != ':'
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.chars().any(|c| c.is_control() || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}'))
        && !(is_inside_brackets && text.contains([',', '[', ']', '{', '}']))
        && !WORDS.contains(&text.to_lowercase().as_str())
        && (is_date(text) || !looks_like_number(text))
}

/// `2026-03-05`: the form of dates of the content model, which is written without quotes.
fn is_date(text: &str) -> bool {
    let is_form = |(index, c): (usize, char)| if matches!(index, 4 | 7) { c == '-' } else { c.is_ascii_digit() };
    text.len() == 10 && text.chars().enumerate().all(is_form)
}

/// What some reader could take for a number, a time or a clause: no letter in it, or one of the forms with letters.
fn looks_like_number(text: &str) -> bool {
    let has_form = |digits: &str, is_digit: fn(char) -> bool| !digits.is_empty() && digits.chars().all(|c| is_digit(c) || c == '_');
    let unsigned = text.trim_start_matches(['+', '-']);
    let lower = unsigned.to_lowercase();
    let is_other_base = lower.strip_prefix("0x").is_some_and(|digits| has_form(digits, |c| c.is_ascii_hexdigit()))
        || lower.strip_prefix("0o").is_some_and(|digits| has_form(digits, |c| c.is_digit(8)))
        || lower.strip_prefix("0b").is_some_and(|digits| has_form(digits, |c| c.is_digit(2)));
    let is_float = lower.parse::<f64>().is_ok() || matches!(lower.as_str(), ".inf" | ".nan");
    let is_timestamp =
        lower.starts_with(|c: char| c.is_ascii_digit()) && lower.chars().all(|c| c.is_ascii_digit() || "-:.+tz ".contains(c)) && lower.contains('-');
    let is_only_digits = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') && unsigned.chars().all(|c| c.is_ascii_digit() || "._,:+-".contains(c));
    let is_code = text.len() >= 8 && text.is_char_boundary(8) && text[..8].parse::<f64>().is_ok() && text.as_bytes()[1] == b'.';
    is_code || is_other_base || is_float || is_timestamp || is_only_digits
}

/// A key: a plain word loses its quotes, anything else stays as it is.
pub fn key(text: &str, source: &str) -> String {
    let is_word = text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    if is_word { text.to_owned() } else { source.to_owned() }
}
