//! Diagnostics as a list by file, to put under a merge or pull request. What content says can't forge markup or call people.

use std::io::{self, Write};

use super::{Located, one_line};
use crate::diagnostic::{Lang, Severity};

/// Before everything else: by it a later run finds its own comment.
const MARK: &str = "<!-- congbo -->";

/// Most bytes of a comment; that of GitHub is the smaller limit, 65,536 characters.
const MOST_BYTES: usize = 60_000;

/// Prints a heading with the counts and each problem below its file, as many as a comment holds.
pub fn print(located: &[Located<'_>], lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let of = |severity: Severity| located.iter().filter(|located| located.diagnostic.severity == severity).count();
    let (errors, warnings, information) = (of(Severity::Error), of(Severity::Warning), of(Severity::Information));
    let mut text = match lang {
        _ if located.is_empty() && lang == Lang::Vi => format!("{MARK}\n### ✅ congbo: không có lỗi, không có cảnh báo\n"),
        _ if located.is_empty() => format!("{MARK}\n### ✅ congbo: no errors, no warnings\n"),
        Lang::Vi => format!("{MARK}\n### congbo: {errors} lỗi, {warnings} cảnh báo, {information} thông tin\n"),
        Lang::En => format!("{MARK}\n### congbo: {errors} errors, {warnings} warnings, {information} notes\n"),
    };
    let mut file = None;
    for (index, one) in located.iter().enumerate() {
        let own = &*one.diagnostic.origin.file;
        let heading = if file == Some(own) { String::new() } else { format!("\n**{}**\n\n", escaped(own)) };
        let entry = heading + &entry(one, lang);
        if text.len() + entry.len() > MOST_BYTES {
            text.push_str(&rest(located.len() - index, lang));
            break;
        }
        text.push_str(&entry);
        file = Some(own);
    }
    out.write_all(text.as_bytes())
}

fn entry(located: &Located<'_>, lang: Lang) -> String {
    let diagnostic = located.diagnostic;
    let sign = match diagnostic.severity {
        Severity::Error => "❌",
        Severity::Warning => "⚠️",
        Severity::Information => "ℹ️",
    };
    let (line, fix, basis) = if lang == Lang::Vi { ("dòng", "Cách sửa", "Căn cứ") } else { ("line", "Fix", "Basis") };
    let (severity, number, rule) = (diagnostic.severity.name(lang), located.region.line, diagnostic.rule.id);
    let mut text = format!("- {sign} **{severity}**, {line} {number}: {} (`{rule}`)\n", escaped(diagnostic.message.get(lang)));
    for hint in &diagnostic.hints {
        text.push_str(&format!("  - {fix}: {}\n", escaped(hint.get(lang))));
    }
    if let Some(clause) = diagnostic.rule.basis {
        text.push_str(&format!("  - {basis}: {}\n", escaped(clause)));
    }
    text
}

fn rest(count: usize, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("\n… và {count} chỗ nữa; xem đủ bằng lệnh `congbo check`\n"),
        Lang::En => format!("\n… and {count} more; see them all with `congbo check`\n"),
    }
}

/// One line in which no character is markup, a link, an image, or the name of a person or an issue to be told.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let line = one_line(text);
    let mut characters = line.chars().peekable();
    let mut before = ' ';
    while let Some(c) = characters.next() {
        let next = characters.peek().copied();
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' => out.extend(['\\', c]),
            // A call needs its sign right before the name, a reference before the number.
            '@' if !before.is_alphanumeric() && next.is_some_and(char::is_alphanumeric) => out.extend([c, APART]),
            '#' | '!' if next.is_some_and(|next| next.is_ascii_digit()) => out.extend([c, APART]),
            c => out.push(c),
        }
        before = c;
    }
    out
}

/// Takes no room and keeps two characters from being read as one word.
const APART: char = '\u{2060}';
