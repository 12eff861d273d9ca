//! A name that no list, heading or printed sheet can hold.

use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "title-too-long",
    severity: Severity::Warning,
    summary: Text::fixed("tên dài quá giới hạn của trang", "a name longer than the site's limit"),
    basis: None,
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let register = case.register;
    let agencies = register.agencies.values().map(|agency| (&agency.name, &agency.origin, "name"));
    // Names of the national catalogue are not the agency's to shorten.
    let own = register.administrative_procedures.values().filter(|procedure| procedure.source.as_ref().is_none_or(|source| source.lacks.is_empty()));
    let procedures = own.map(|procedure| (&procedure.name, &procedure.origin, "name"));
    let records = register.records.values();
    let work_processes = records.clone().flat_map(|records| &records.work_processes).map(|process| (&process.title, &process.origin, "title"));
    let documents = records.flat_map(|records| &records.documents.internal).map(|document| (&document.title, &document.origin, "title"));
    let pages = register.pages.iter().map(|page| (&page.title, &page.origin, "title"));
    for (title, record, field) in agencies.chain(procedures).chain(work_processes).chain(documents).chain(pages) {
        // No text has more characters than bytes.
        let length = if title.len() > case.title_characters as usize { title.chars().count() } else { 0 };
        if length > case.title_characters as usize {
            found.push(too_long(length, case.title_characters, record.field(field)));
        }
    }
}

fn too_long(length: usize, limit: u32, origin: Origin) -> Diagnostic {
    let message = Text::new(format!("tên dài {length} ký tự, giới hạn là {limit}"), format!("the name has {length} characters of at most {limit}"));
    Diagnostic::new(&RULE, origin, message).hint(Text::fixed(
        "rút ngắn tên, chuyển phần giải thích vào nội dung; hoặc nâng  limits: { title_characters: … }  trong site.yaml",
        "shorten the name and move the explanation into the text; or raise  limits: { title_characters: … }  in site.yaml",
    ))
}
