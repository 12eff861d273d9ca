//! An objective without a plan, or with a plan that does not say who, with what, or until when.

use super::objectives;
use crate::check::Case;
use crate::check::wording::{parts, short};
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{Objective, PlanItem, Register};

pub static RULE: Rule = Rule {
    id: "objective-without-plan",
    severity: Severity::Warning,
    summary: Text::fixed(
        "mục tiêu không có kế hoạch, hoặc kế hoạch thiếu người làm, nguồn lực, thời hạn",
        "an objective without a plan, or a plan without responsible, resources or due date",
    ),
    basis: Some("TCVN ISO 9001:2015, 6.2.2"),
};

const EXAMPLE: &str = "plan:  - { action: …, responsible: …, resources: …, due: ";

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (_, objective) in objectives(case) {
        let year_end = format!("{}-12-31", case.today.year());
        if objective.plan.is_empty() {
            let message = Text::new(
                format!("mục tiêu {} ({}) chưa có kế hoạch thực hiện", objective.id, short(&objective.statement, 60)),
                format!("the objective {} ({}) has no plan", objective.id, short(&objective.statement, 60)),
            );
            found.push(
                Diagnostic::new(&RULE, objective.origin.field("id"), message)
                    .hint(Text::new(format!("thêm  {EXAMPLE}{year_end} }}"), format!("add  {EXAMPLE}{year_end} }}"))),
            );
        } else {
            found.extend(vague(case.register, objective, &year_end));
        }
    }
}

fn vague(register: &Register, objective: &Objective, year_end: &str) -> Option<Diagnostic> {
    let (mut vi, mut en, mut first) = (Vec::new(), Vec::new(), None);
    for (index, item) in objective.plan.iter().enumerate() {
        let is_due_told = register.has_told(&objective.origin.field("plan").item(index).field("due"));
        let missing = missing(item, is_due_told);
        if !missing.is_empty() {
            first.get_or_insert(index);
            let names = parts(&missing);
            vi.push(format!("“{}” thiếu {}", short(&item.action, 40), names.vi));
            en.push(format!("“{}” lacks {}", short(&item.action, 40), names.en));
        }
    }
    let message = Text::new(
        format!("kế hoạch của mục tiêu {} chưa rõ: {}", objective.id, vi.join("; ")),
        format!("the plan of {} is vague: {}", objective.id, en.join("; ")),
    );
    Some(
        Diagnostic::new(&RULE, objective.origin.field("plan").item(first?), message).hint(Text::new(
            format!("ghi đủ  responsible: … , resources: … , due: {year_end}"),
            format!("write  responsible: … , resources: … , due: {year_end}"),
        )),
    )
}

fn missing(item: &PlanItem, is_due_told: bool) -> Vec<(&'static str, &'static str)> {
    let is_blank = |text: &Option<String>| text.as_ref().is_none_or(|text| text.trim().is_empty());
    let parts = [
        (is_blank(&item.responsible), ("người thực hiện", "who")),
        (is_blank(&item.resources), ("nguồn lực", "resources")),
        (item.due.is_none() && !is_due_told, ("thời hạn", "a due date")),
    ];
    parts.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, part)| part).collect()
}
