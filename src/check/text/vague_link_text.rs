//! A link called "here": read out alone, it says nothing.

use super::markdown_problems;
use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::MarkdownProblemKind;

pub static RULE: Rule = Rule {
    id: "vague-link-text",
    severity: Severity::Warning,
    summary: Text::fixed("chữ của liên kết không nói dẫn đến đâu", "a link text that does not say where it leads"),
    basis: Some("TT 32/2017/TT-BTTTT, Điều 18"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    markdown_problems(case, &RULE, say, found);
}

fn say(kind: &MarkdownProblemKind) -> Option<(Text, Text)> {
    let MarkdownProblemKind::VagueLinkText(words) = kind else { return None };
    Some((
        Text::new(format!("liên kết “{words}” không nói dẫn đến đâu"), format!("the link `{words}` does not say where it leads")),
        Text::fixed(
            "lấy tên của nơi đến làm chữ liên kết:  [Mẫu tờ khai đăng ký khai sinh](…)",
            "use the name of what it leads to:  [Birth registration form](…)",
        ),
    ))
}
