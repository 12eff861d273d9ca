//! A heading two levels below the one before it.

use super::markdown_problems;
use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::MarkdownProblemKind;

pub static RULE: Rule = Rule {
    id: "heading-skipped",
    severity: Severity::Warning,
    summary: Text::fixed("đề mục nhảy cấp", "a heading level is skipped"),
    basis: Some("TT 32/2017/TT-BTTTT, Điều 18"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    markdown_problems(case, &RULE, say, found);
}

fn say(kind: &MarkdownProblemKind) -> Option<(Text, Text)> {
    let MarkdownProblemKind::HeadingSkipped = kind else { return None };
    Some((
        Text::fixed(
            "đề mục nhảy cấp, người dùng trình đọc màn hình tưởng thiếu một phần",
            "a heading level is skipped; people who listen to the page miss a part",
        ),
        Text::fixed("bớt một dấu # : dưới ## là ### , không phải ####", "use one # less: below ## comes ### , not ####"),
    ))
}
