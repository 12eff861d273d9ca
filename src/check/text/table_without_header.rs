//! A table whose columns have no names.

use super::markdown_problems;
use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::MarkdownProblemKind;

pub static RULE: Rule = Rule {
    id: "table-without-header",
    severity: Severity::Error,
    summary: Text::fixed("bảng có cột không có tên", "a table with a column that has no name"),
    basis: Some("TT 32/2017/TT-BTTTT, Điều 18"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    markdown_problems(case, &RULE, say, found);
}

fn say(kind: &MarkdownProblemKind) -> Option<(Text, Text)> {
    let MarkdownProblemKind::TableWithoutHeader = kind else { return None };
    Some((
        Text::fixed(
            "bảng có cột không có tên, người dùng trình đọc màn hình không biết ô thuộc cột nào",
            "a column of the table has no name; people who listen to the page can't tell what a cell is about",
        ),
        Text::fixed("ghi tên mọi cột ở dòng đầu của bảng, ví dụ  | Bước | Người thực hiện |", "name every column in the first row, such as  | Step | Who |"),
    ))
}
