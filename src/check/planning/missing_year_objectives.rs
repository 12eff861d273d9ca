//! A declared system without quality objectives for this year, after January.

use super::is_after_january;
use crate::check::Case;
use crate::check::paths::agency_folder;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "missing-year-objectives",
    severity: Severity::Warning,
    summary: Text::fixed("chưa có mục tiêu chất lượng của năm nay (sau ngày 31/01)", "no quality objectives for this year, after 31 January"),
    basis: Some("TCVN ISO 9001:2015, 6.2; TT 26/2014/TT-BKHCN, Điều 36 khoản 1 điểm c"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let year = case.today.year();
    for (living, _) in case.declared().filter(|(living, _)| is_after_january(case) && !case.is_unread(living)) {
        if case.records_of(&living).any(|(_, records)| records.objectives.contains_key(&year)) {
            continue;
        }
        let agency = living.agency;
        let message =
            Text::new(format!("{} chưa có mục tiêu chất lượng năm {year}", agency.name), format!("{} has no quality objectives for {year}", agency.name));
        let file = format!("{}objectives/{year}.yaml", agency_folder(&agency.origin.file));
        found.push(Diagnostic::new(&RULE, Origin::file(agency.origin.file.clone()), message).hint(Text::new(
            format!("thêm tệp {file} với  objectives:  - {{ id: MT-01, statement: …, metric: …, target: {{ op: \">=\", value: 98, unit: \"%\" }} }}"),
            format!("add {file} with  objectives:  - {{ id: MT-01, statement: …, metric: …, target: {{ op: \">=\", value: 98, unit: \"%\" }} }}"),
        )));
    }
}
