//! An agency that was merged away or dissolved and whose own declaration is still in force.

use crate::check::Case;
use crate::check::wording::decision;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::vocabulary::AgencyStatus;
use crate::domain::{Agency, Declaration, Register, short_date};

pub static RULE: Rule = Rule {
    id: "merged-agency-still-active",
    severity: Severity::Warning,
    summary: Text::fixed("cơ quan đã sáp nhập hoặc giải thể còn bản công bố có hiệu lực", "an agency merged away still has a declaration in force"),
    basis: Some("QĐ 19/2014/QĐ-TTg, Điều 4 khoản 4 điểm c"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for system in case.register.quality_systems.values() {
        let has_living = system.members.iter().filter_map(|id| case.register.agencies.get(id)).any(Agency::is_active);
        let Some(agency) = case.register.agencies.get(&system.owner).filter(|agency| !has_living && agency.ended_on.is_none_or(|on| on <= case.today)) else {
            continue;
        };
        if let Some(declaration) = system.current_declaration(case.today).filter(|declaration| !case.register.has_told(&declaration.origin.field("ended_on"))) {
            found.push(reported(case.register, agency, declaration));
        }
    }
}

fn reported(register: &Register, agency: &Agency, declaration: &Declaration) -> Diagnostic {
    let number = decision(declaration);
    let successor = agency.successor.as_ref().and_then(|id| register.agencies.get(id));
    let (what_vi, what_en) = match (agency.status, successor) {
        (AgencyStatus::MergedInto, Some(next)) => (format!("đã nhập vào {}", next.name), format!("was merged into {}", next.name)),
        (AgencyStatus::MergedInto, None) => ("đã sáp nhập".to_owned(), "was merged".to_owned()),
        _ => ("đã giải thể".to_owned(), "was dissolved".to_owned()),
    };
    let (day_vi, day_en) = agency.ended_on.map(|on| (format!(" từ {}", short_date(on)), format!(" on {}", short_date(on)))).unwrap_or_default();
    let message = Text::new(
        format!("{} {what_vi}{day_vi} nhưng bản công bố {number} vẫn còn hiệu lực", agency.name),
        format!("{} {what_en}{day_en}, but its declaration {number} is still in force", agency.name),
    );
    let day = agency.ended_on.map_or("<ngày>".to_owned(), |on| on.to_string());
    Diagnostic::new(&RULE, declaration.origin.field("number"), message)
        .related(agency.origin.field("status"), Text::fixed("tình trạng của cơ quan ghi ở đây", "the state of the agency is stated here"))
        .hint(Text::new(
            format!("thêm vào bản công bố dòng  ended_on: {day} ; cơ quan kế tiếp công bố lại với  reason: reorganised"),
            format!("add to the declaration  ended_on: {day} ; the successor declares again with  reason: reorganised"),
        ))
}
