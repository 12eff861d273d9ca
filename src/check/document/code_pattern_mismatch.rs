//! A document whose code does not follow the agency's own pattern. In a pattern, `#` is one digit, `*` is any text
//! (or none), `(a|b)` is `a` or `b`, and every other character stands for itself: `(QT|HD|BM)-##`.

use super::controlled;
use crate::check::Case;
use crate::check::wording::short;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::Agency;

pub static RULE: Rule = Rule {
    id: "code-pattern-mismatch",
    severity: Severity::Warning,
    summary: Text::fixed("mã tài liệu không theo quy tắc đặt mã của cơ quan", "a document code that does not follow the agency's pattern"),
    basis: Some("TCVN ISO 9001:2015, 7.5.2"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for agency in case.register.agencies.values() {
        let Some(pattern) = agency.document_code_pattern.as_deref().filter(|pattern| !pattern.trim().is_empty()) else { continue };
        let Some(parts) = parse(pattern) else {
            found.push(unreadable(agency, pattern));
            continue;
        };
        let documents = controlled(case.register, agency);
        for document in documents.iter().filter(|document| !document.is_out_of_use() && !matches(&parts, document.code.trim())) {
            let code = document.code;
            let message = Text::new(
                format!("mã {code} ({}) không theo quy tắc {pattern} của {}", short(document.title, 60), agency.short()),
                format!("the code {code} ({}) does not follow the pattern {pattern} of {}", short(document.title, 60), agency.short()),
            );
            found.push(
                Diagnostic::new(&RULE, document.origin.field("code"), message)
                    .related(agency.origin.field("document_code_pattern"), Text::fixed("quy tắc đặt mã ở đây", "the pattern is here"))
                    .hint(Text::new(
                        format!("sửa mã theo quy tắc, ví dụ {} ; hoặc sửa quy tắc nếu mã này đúng", example(&parts)),
                        format!("write a code such as {} ; or change the pattern if the code is right", example(&parts)),
                    )),
            );
        }
    }
}

/// Longest code and longest pattern, in bytes: comparing costs their product.
const LONGEST: usize = 400;

/// A piece of a pattern.
enum Part {
    Character(char),
    Digit,
    Anything,
    OneOf(Vec<String>),
}

/// `None` where a bracket is not closed, or where the signs are those of a regular expression.
fn parse(pattern: &str) -> Option<Vec<Part>> {
    if pattern.len() > LONGEST || pattern.starts_with('^') || pattern.ends_with('$') || pattern.contains(['[', ']', '{', '}', '\\']) {
        return None;
    }
    let mut parts = Vec::new();
    let mut rest = pattern.trim();
    while let Some(first) = rest.chars().next() {
        let after = &rest[first.len_utf8()..];
        rest = match first {
            '(' => {
                let (inner, after) = after.split_once(')')?;
                parts.push(Part::OneOf(inner.split('|').map(str::to_owned).collect()));
                after
            }
            ')' => return None,
            '#' => {
                parts.push(Part::Digit);
                after
            }
            '*' => {
                parts.push(Part::Anything);
                after
            }
            other => {
                parts.push(Part::Character(other));
                after
            }
        };
    }
    Some(parts)
}

/// Keeps every place in the code that the pattern may have reached, so that `*` costs no more than the rest.
fn matches(parts: &[Part], code: &str) -> bool {
    if code.len() > LONGEST {
        return false;
    }
    let mut reached = vec![0];
    for part in parts {
        let next = |at: usize| -> Vec<usize> {
            let rest = &code[at..];
            match part {
                Part::Character(wanted) => rest.strip_prefix(*wanted).map(|rest| code.len() - rest.len()).into_iter().collect(),
                Part::Digit => rest.strip_prefix(|c: char| c.is_ascii_digit()).map(|rest| code.len() - rest.len()).into_iter().collect(),
                Part::Anything => rest.char_indices().map(|(offset, _)| at + offset).chain([code.len()]).collect(),
                Part::OneOf(choices) => choices.iter().filter(|choice| rest.starts_with(choice.as_str())).map(|choice| at + choice.len()).collect(),
            }
        };
        let mut places: Vec<usize> = reached.into_iter().flat_map(next).collect();
        places.sort_unstable();
        places.dedup();
        reached = places;
    }
    reached.contains(&code.len())
}

fn example(parts: &[Part]) -> String {
    let mut digits = 0;
    parts
        .iter()
        .map(|part| match part {
            Part::Character(c) => c.to_string(),
            Part::Digit => {
                digits += 1;
                if digits % 2 == 1 { "0".to_owned() } else { "1".to_owned() }
            }
            Part::Anything => String::new(),
            Part::OneOf(choices) => choices.first().cloned().unwrap_or_default(),
        })
        .collect()
}

fn unreadable(agency: &Agency, pattern: &str) -> Diagnostic {
    let message = Text::new(format!("quy tắc đặt mã “{pattern}” viết chưa đúng cách"), format!("the pattern `{pattern}` is not written as one"));
    Diagnostic::new(&RULE, agency.origin.field("document_code_pattern"), message).hint(Text::fixed(
        "dấu # là một chữ số, dấu * là đoạn bất kỳ, (QT|HD) là QT hoặc HD; ví dụ  document_code_pattern: \"(QT|HD|BM)-##\"",
        "# is one digit, * is anything, (QT|HD) is QT or HD, such as  document_code_pattern: \"(QT|HD|BM)-##\"",
    ))
}
