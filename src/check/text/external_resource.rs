//! An image that a reader's browser would fetch from another site.

use super::markdown_problems;
use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::MarkdownProblemKind;

pub static RULE: Rule =
    Rule {
        id: "external-resource", severity: Severity::Error, summary: Text::fixed("hình lấy từ trang khác", "an image from another site"), basis: None
    };

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    markdown_problems(case, &RULE, say, found);
}

fn say(kind: &MarkdownProblemKind) -> Option<(Text, Text)> {
    let MarkdownProblemKind::ExternalImage(address) = kind else { return None };
    Some((
        Text::new(format!("hình lấy từ trang khác: {address}"), format!("an image from another site: {address}")),
        Text::fixed("bỏ hình, hoặc đặt một liên kết đến trang đó:  [tên trang](địa chỉ)", "drop the image, or link to that page:  [its name](address)"),
    ))
}
