//! HTML written into a text: it is never passed through.

use super::markdown_problems;
use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::MarkdownProblemKind;

pub static RULE: Rule = Rule {
    id: "raw-html",
    severity: Severity::Warning,
    summary: Text::fixed("HTML trong văn bản sẽ hiện thành chữ, không có tác dụng", "HTML in a text is shown as it is written"),
    basis: None,
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    markdown_problems(case, &RULE, say, found);
}

fn say(kind: &MarkdownProblemKind) -> Option<(Text, Text)> {
    let MarkdownProblemKind::RawHtml = kind else { return None };
    Some((
        Text::fixed("có thẻ HTML, sẽ hiện nguyên như chữ trên trang", "an HTML tag; the page will show it as it is written"),
        Text::fixed(
            "xóa thẻ; dùng **đậm**, *nghiêng*, danh sách bắt đầu bằng dấu - ; dấu < trong văn bản viết là &lt;",
            "delete it; use **bold**, *italics*, lists that begin with - ; write < as &lt;",
        ),
    ))
}
