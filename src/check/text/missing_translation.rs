//! What the English pages must show in Vietnamese because nobody gave it in English.

use std::collections::BTreeSet;

use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{Agency, ProcedureCode};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "missing-translation",
    severity: Severity::Information,
    summary: Text::fixed("trang tiếng Anh phải dùng chữ tiếng Việt vì chưa có bản dịch", "the English pages show Vietnamese where there is no translation"),
    basis: None,
};

/// Most codes that a message names.
const MOST_NAMED: usize = 5;

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    if !case.has_english {
        return;
    }
    for agency in case.register.agencies.values().filter(|agency| agency.is_active() && !case.register.is_taken_over(&agency.id)) {
        found.extend(agency_fields(agency));
    }
    for (living, declaration) in case.declared().filter(|(_, declaration)| declaration.scope.is_some() && declaration.scope_en.is_none()) {
        if case.register.is_taken_over(&living.agency.id) {
            continue;
        }
        let name = &living.agency.name;
        let message = Text::new(
            format!("bản công bố hiện hành của {name} chưa có phạm vi bằng tiếng Anh"),
            format!("the current declaration of {name} has no scope in English"),
        );
        let hint = Text::fixed("thêm mục  scope_en: …  vào tệp này", "add  scope_en: …  to this file");
        found.push(Diagnostic::new(&RULE, Origin::file(declaration.origin.file.clone()), message).hint(hint));
    }
    found.extend(catalogue(case));
}

fn agency_fields(agency: &Agency) -> Option<Diagnostic> {
    let fields = [
        ("name_en", true, &agency.name_en),
        ("address_en", agency.address.is_some(), &agency.address_en),
        ("reception_hours_en", agency.reception_hours.is_some(), &agency.reception_hours_en),
    ];
    let missing: Vec<&str> = fields.iter().filter(|(_, is_asked, english)| *is_asked && english.is_none()).map(|(field, ..)| *field).collect();
    let list = missing.join(", ");
    let message = Text::new(format!("{}: chưa có {list}", agency.name), format!("{}: {list} is missing", agency.name));
    let hint = Text::new(format!("thêm vào tệp này:  {}: …", missing.first()?), format!("add to this file:  {}: …", missing.first()?));
    Some(Diagnostic::new(&RULE, Origin::file(agency.origin.file.clone()), message).hint(hint))
}

/// One message for the whole catalogue, at the first procedure that some agency does and that has no English name.
fn catalogue(case: &Case<'_>) -> Option<Diagnostic> {
    let active = case.register.agencies.values().filter(|agency| agency.is_active());
    let done: BTreeSet<&ProcedureCode> = active.filter_map(|agency| agency.competence.as_ref()).flatten().collect();
    let procedures: Vec<_> = done.iter().filter_map(|code| case.register.administrative_procedures.get(*code)).collect();
    let missing: Vec<_> = procedures.iter().filter(|procedure| procedure.name_en.is_none()).collect();
    let first = missing.first()?;
    let named: Vec<&str> = missing.iter().take(MOST_NAMED).map(|procedure| procedure.code.key()).collect();
    let (count, total, named) = (missing.len(), procedures.len(), named.join(", "));
    let more = if count > MOST_NAMED { ", …" } else { "" };
    let message = Text::new(
        format!("{count} trong {total} thủ tục chưa có tên tiếng Anh: {named}{more}"),
        format!("{count} of {total} procedures have no English name: {named}{more}"),
    );
    let hint = Text::fixed("thêm mục  name_en: …  (và  field_en: … ) vào từng thủ tục", "add  name_en: …  (and  field_en: … ) to each procedure");
    Some(Diagnostic::new(&RULE, first.origin.field("name"), message).hint(hint))
}
