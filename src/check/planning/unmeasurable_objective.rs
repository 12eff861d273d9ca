//! An objective without a metric or without a target.

use super::objectives;
use crate::check::Case;
use crate::check::wording::{lines, parts, short};
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};

pub static RULE: Rule = Rule {
    id: "unmeasurable-objective",
    severity: Severity::Warning,
    summary: Text::fixed("mục tiêu không có cách đo hoặc chỉ tiêu", "an objective without metric or target"),
    basis: Some("TCVN ISO 9001:2015, 6.2.1"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (_, objective) in objectives(case) {
        let missing: Vec<(&str, &str, &str)> = [
            (objective.metric.as_ref().is_none_or(|metric| metric.trim().is_empty()), ("cách đo", "a metric", "metric: Tỷ lệ hồ sơ trả đúng hạn")),
            (objective.target.is_none(), ("chỉ tiêu", "a target", "target: { op: \">=\", value: 98, unit: \"%\" }")),
        ]
        .into_iter()
        .filter(|(is_missing, _)| *is_missing)
        .map(|(_, part)| part)
        .collect();
        if missing.is_empty() {
            continue;
        }
        let names = parts(&missing.iter().map(|(vi, en, _)| (*vi, *en)).collect::<Vec<_>>());
        let lines = lines(&missing.iter().map(|part| part.2).collect::<Vec<_>>());
        let statement = short(&objective.statement, 60);
        let message = Text::new(
            format!("mục tiêu {} ({statement}) chưa có {}", objective.id, names.vi),
            format!("the objective {} ({statement}) has no {}", objective.id, names.en.trim_start_matches("a ").replace(", a ", ", ")),
        );
        found.push(
            Diagnostic::new(&RULE, objective.origin.field("id"), message)
                .hint(Text::new(format!("thêm, ví dụ  {}", lines.vi), format!("add, for example  {}", lines.en))),
        );
    }
}
