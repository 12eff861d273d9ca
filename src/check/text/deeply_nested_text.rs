//! Lists or quotes nested deeper than the page shows.

use super::markdown_problems;
use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::MarkdownProblemKind;

pub static RULE: Rule = Rule {
    id: "deeply-nested-text",
    severity: Severity::Warning,
    summary: Text::fixed("danh sách, trích dẫn hoặc chữ đậm, nghiêng lồng quá sâu", "lists, quotes or emphasis nested too deeply"),
    basis: None,
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    markdown_problems(case, &RULE, say, found);
}

fn say(kind: &MarkdownProblemKind) -> Option<(Text, Text)> {
    let MarkdownProblemKind::TooDeep = kind else { return None };
    Some((
        Text::fixed(
            "danh sách, trích dẫn hoặc chữ đậm, nghiêng lồng quá 32 cấp, phần sâu hơn hiện ngang cấp",
            "lists, quotes or emphasis nested deeper than 32 levels; what is deeper is shown flat",
        ),
        Text::fixed("bớt dấu cách thụt đầu dòng hoặc dấu > ; chia thành nhiều danh sách", "indent less, use fewer > signs, or make several lists"),
    ))
}
