//! An image that says nothing to somebody who can't see it.

use super::markdown_problems;
use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::MarkdownProblemKind;

pub static RULE: Rule = Rule {
    id: "image-without-alternative",
    severity: Severity::Error,
    summary: Text::fixed("hình không có lời mô tả", "an image without alternative text"),
    basis: Some("TT 32/2017/TT-BTTTT, Điều 18"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    markdown_problems(case, &RULE, say, found);
}

fn say(kind: &MarkdownProblemKind) -> Option<(Text, Text)> {
    let MarkdownProblemKind::ImageWithoutAlternative = kind else { return None };
    Some((
        Text::fixed("hình không có lời mô tả cho người không nhìn được", "an image without a description for people who can't see it"),
        Text::fixed(
            "ghi trong ngoặc vuông hình nói điều gì:  ![Sơ đồ các bước đăng ký](…)",
            "say in the square brackets what it shows:  ![The steps of registration](…)",
        ),
    ))
}
