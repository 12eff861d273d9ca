//! Legal documents: how they are numbered, whether the register has them, whether they are still in force.

mod ended_legal_document;
mod malformed_document_number;
mod unknown_legal_document;

use super::{Case, Check};
use crate::domain::DocumentNumber;
use crate::domain::vocabulary::DocumentStatus;
use crate::origin::Origin;

pub(super) const CHECKS: &[Check] = &[
    (&malformed_document_number::RULE, malformed_document_number::check),
    (&unknown_legal_document::RULE, unknown_legal_document::check),
    (&ended_legal_document::RULE, ended_legal_document::check),
];

/// A legal document that a record in use rests on.
struct Citation<'a> {
    number: &'a DocumentNumber,
    origin: Origin,
    /// Who cites it, in both languages.
    by: (String, String),
    kind: Citing,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Citing {
    AdministrativeProcedure,
    WorkProcess,
    Declaration,
    /// The list of external documents; `true` where it gives the title of a document that the register lacks.
    ExternalList(bool),
}

/// Every citation by a procedure, a work process, a declaration in force or an external list.
fn citations<'a>(case: &Case<'a>) -> Vec<Citation<'a>> {
    let mut found = Vec::new();
    for procedure in case.register.administrative_procedures.values().filter(|procedure| procedure.is_active()) {
        let by = (format!("thủ tục {}", procedure.code.key()), format!("procedure {}", procedure.code.key()));
        for (index, basis) in procedure.legal_bases.iter().enumerate() {
            let Some(number) = &basis.number else { continue };
            let origin = procedure.origin.field("legal_bases").item(index);
            found.push(Citation { number, origin, by: by.clone(), kind: Citing::AdministrativeProcedure });
        }
    }
    for (_, declaration) in case.declared() {
        let number = super::wording::decision(declaration);
        let by = (format!("bản công bố {number}"), format!("the declaration {number}"));
        let origin = declaration.origin.field("legal_bases");
        push(&mut found, &declaration.legal_bases, &origin, &by, Citing::Declaration);
    }
    for agency in case.register.agencies.values().filter(|agency| agency.is_active()) {
        let records = case.register.records(&agency.id);
        for process in records.work_processes.iter().filter(|process| process.status == DocumentStatus::Active) {
            let by = (format!("quy trình {}", process.code), format!("work process {}", process.code));
            push(&mut found, &process.legal_bases, &process.origin.field("legal_bases"), &by, Citing::WorkProcess);
        }
        for document in &records.documents.external {
            let by = ("danh mục tài liệu bên ngoài".to_owned(), "the list of external documents".to_owned());
            let kind = Citing::ExternalList(document.title.is_some());
            found.push(Citation { number: &document.number, origin: document.origin.clone(), by, kind });
        }
    }
    found
}

fn push<'a>(found: &mut Vec<Citation<'a>>, numbers: &'a [DocumentNumber], list: &Origin, by: &(String, String), kind: Citing) {
    found.extend(numbers.iter().enumerate().map(|(index, number)| Citation { number, origin: list.item(index), by: by.clone(), kind }));
}

/// A law cited by its name alone, as decisions do (NĐ 30/2020/NĐ-CP, Phụ lục I).
fn is_title(text: &str) -> bool {
    const KINDS: &[&str] = &["Luật", "Bộ luật", "Hiến pháp", "Pháp lệnh", "Nghị quyết"];
    !text.contains('/') && KINDS.iter().any(|kind| text.starts_with(kind))
}
