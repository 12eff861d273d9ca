//! An objective of a unit that serves no objective of the agency.

use super::objectives;
use crate::check::Case;
use crate::check::wording::short;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{Objective, YearObjectives};

pub static RULE: Rule = Rule {
    id: "unlinked-objective",
    severity: Severity::Warning,
    summary: Text::fixed("mục tiêu của đơn vị không góp phần vào mục tiêu nào của cơ quan", "a unit's objective that serves no objective of the agency"),
    basis: Some("TCVN ISO 9001:2015, 6.2; TT 26/2014/TT-BKHCN, Điều 36 khoản 1 điểm c"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (year, objective) in objectives(case).filter(|(_, objective)| objective.unit.is_some()) {
        let is_told = ["contributes_to", "unit"].iter().any(|field| case.register.has_told(&objective.origin.field(field)));
        if !is_told && !serves_agency(year, objective) {
            found.push(unlinked(year, objective));
        }
    }
}

/// Whether it leads to an objective of the whole agency, directly or through other units' objectives.
fn serves_agency(year: &YearObjectives, objective: &Objective) -> bool {
    let mut at = objective;
    for _ in 0..year.objectives.len() {
        let Some(next) = at.contributes_to.as_ref().and_then(|id| year.objectives.iter().find(|other| other.id == *id)) else { return false };
        if next.unit.is_none() {
            return true;
        }
        at = next;
    }
    false
}

fn unlinked(year: &YearObjectives, objective: &Objective) -> Diagnostic {
    let message = Text::new(
        format!("mục tiêu {} của đơn vị ({}) không góp phần vào mục tiêu nào của cơ quan", objective.id, short(&objective.statement, 60)),
        format!("the unit's objective {} ({}) serves no objective of the agency", objective.id, short(&objective.statement, 60)),
    );
    let agency: Vec<&str> = year.objectives.iter().filter(|other| other.unit.is_none()).map(|other| other.id.as_str()).collect();
    let field = if objective.contributes_to.is_some() { "contributes_to" } else { "id" };
    let diagnostic = Diagnostic::new(&RULE, objective.origin.field(field), message);
    match agency.first() {
        Some(first) => diagnostic.hint(Text::new(
            format!("thêm  contributes_to: {first}  (mục tiêu của cơ quan: {})", agency.join(", ")),
            format!("add  contributes_to: {first}  (objectives of the agency: {})", agency.join(", ")),
        )),
        None => diagnostic.hint(Text::fixed(
            "thêm mục tiêu của cả cơ quan (không có dòng unit), rồi ghi  contributes_to: <mã của nó>",
            "add an objective of the whole agency, without unit, and write  contributes_to: <its id>",
        )),
    }
}
