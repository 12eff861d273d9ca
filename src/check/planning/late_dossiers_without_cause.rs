//! Late dossiers without a cause or without an action against it, this year and last year.

use crate::check::Case;
use crate::check::wording::{lines, parts};
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{ResultRow, grouped};

pub static RULE: Rule = Rule {
    id: "late-dossiers-without-cause",
    severity: Severity::Warning,
    summary: Text::fixed("có hồ sơ quá hạn mà không nêu nguyên nhân hoặc biện pháp", "late dossiers without cause or action"),
    basis: Some("TT 26/2014/TT-BKHCN, Điều 36 khoản 1 điểm đ"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for agency in case.register.agencies.values().filter(|agency| agency.is_active()) {
        let results = case.register.records(&agency.id).results.range(case.today.year() - 1..);
        for row in results.flat_map(|(_, results)| &results.rows).filter(|row| row.late > 0) {
            found.extend(unexplained(row, &agency.name));
        }
    }
}

fn unexplained(row: &ResultRow, agency: &str) -> Option<Diagnostic> {
    let missing: Vec<(&str, &str)> = [(row.causes.is_empty(), ("nguyên nhân", "cause")), (row.actions.is_empty(), ("biện pháp", "action"))]
        .into_iter()
        .filter(|(is_missing, _)| *is_missing)
        .map(|(_, part)| part)
        .collect();
    if missing.is_empty() {
        return None;
    }
    let names = parts(&missing);
    let what = row.field.as_ref().map(|field| format!(", {field}")).unwrap_or_default();
    let late = grouped(u64::from(row.late));
    let message = Text::new(
        format!("{agency}: kỳ {}{what} có {late} hồ sơ quá hạn nhưng chưa nêu {}", row.period, names.vi),
        format!("{agency}: {late} late dossiers in {}{what} without {}", row.period, names.en),
    );
    let examples = [
        (row.causes.is_empty(), "causes: [Chậm xác minh tại thôn]"),
        (row.actions.is_empty(), "actions: [Gửi thư xin lỗi và hẹn lại; phân công người theo dõi]"),
    ];
    let lines = lines(&examples.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, line)| line).collect::<Vec<_>>());
    Some(
        Diagnostic::new(&RULE, row.origin.field("late"), message)
            .hint(Text::new(format!("thêm vào mục này, ví dụ  {}", lines.vi), format!("add to this entry, such as  {}", lines.en))),
    )
}
