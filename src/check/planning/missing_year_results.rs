//! A system that was declared last year and has no results of that year, after January.

use super::is_after_january;
use crate::check::Case;
use crate::check::paths::agency_folder;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "missing-year-results",
    severity: Severity::Warning,
    summary: Text::fixed("chưa có kết quả giải quyết hồ sơ của năm trước (sau ngày 31/01)", "no results of last year, after 31 January"),
    basis: Some("TT 26/2014/TT-BKHCN, Điều 36 khoản 1 điểm d"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let year = case.today.year() - 1;
    for (living, _) in case.declared().filter(|(living, _)| is_after_january(case) && !case.is_unread(living)) {
        let was_declared = living.system.declarations.iter().filter_map(|declaration| declaration.issued_on).any(|on| on.year() <= year);
        if !was_declared || case.records_of(&living).any(|(_, records)| records.results.contains_key(&year)) {
            continue;
        }
        let agency = living.agency;
        let message = Text::new(format!("{} chưa có kết quả giải quyết hồ sơ năm {year}", agency.name), format!("{} has no results of {year}", agency.name));
        let file = format!("{}results/{year}.yaml", agency_folder(&agency.origin.file));
        found.push(Diagnostic::new(&RULE, Origin::file(agency.origin.file.clone()), message).hint(Text::new(
            format!("thêm tệp {file} với  results:  - {{ period: \"{year}\", received: 0, early: 0, on_time: 0, late: 0, pending: 0 }}"),
            format!("add {file} with  results:  - {{ period: \"{year}\", received: 0, early: 0, on_time: 0, late: 0, pending: 0 }}"),
        )));
    }
}
