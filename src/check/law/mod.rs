//! Legal documents: how they are numbered, whether the register has them, whether they are still in force.

mod ended_legal_document;
mod malformed_document_number;
mod unknown_legal_document;

use super::{Case, Check};
use crate::domain::vocabulary::DocumentStatus;
use crate::domain::{Declaration, DocumentNumber, ProcedureCode, WorkProcess};
use crate::origin::Origin;

pub(super) const CHECKS: &[Check] = &[
    (&malformed_document_number::RULE, malformed_document_number::check),
    (&unknown_legal_document::RULE, unknown_legal_document::check),
    (&ended_legal_document::RULE, ended_legal_document::check),
];

/// A legal document that a record in use rests on.
struct Citation<'a> {
    number: &'a DocumentNumber,
    by: Citing<'a>,
    /// The record that cites, and where in its list of legal bases.
    record: &'a Origin,
    index: Option<usize>,
}

/// Who cites.
#[derive(Clone, Copy)]
enum Citing<'a> {
    AdministrativeProcedure(&'a ProcedureCode),
    WorkProcess(&'a WorkProcess),
    Declaration(&'a Declaration),
    /// What an agency does on terms of its own.
    OwnTerms(&'a ProcedureCode),
    /// The list of external documents, which may give the title of a document that the register lacks.
    ExternalList {
        has_title: bool,
    },
}

impl<'a> Citation<'a> {
    /// The citations of a list of legal bases.
    fn listed(numbers: &'a [DocumentNumber], record: &'a Origin, by: Citing<'a>) -> impl Iterator<Item = Self> {
        numbers.iter().enumerate().map(move |(index, number)| Self { number, by, record, index: Some(index) })
    }

    /// Where it stands. Worked out only for what is told: there are tens of thousands.
    fn origin(&self) -> Origin {
        self.index.map_or_else(|| self.record.clone(), |index| self.record.field("legal_bases").item(index))
    }

    /// Who cites, in both languages.
    fn by(&self) -> (String, String) {
        match self.by {
            Citing::AdministrativeProcedure(code) => (format!("thủ tục {}", code.key()), format!("procedure {}", code.key())),
            Citing::WorkProcess(process) => (format!("quy trình {}", process.code), format!("work process {}", process.code)),
            Citing::Declaration(declaration) => {
                let number = super::wording::decision(declaration);
                (format!("bản công bố {number}"), format!("the declaration {number}"))
            }
            Citing::OwnTerms(code) => (format!("own_terms của thủ tục {}", code.key()), format!("own_terms of procedure {}", code.key())),
            Citing::ExternalList { .. } => ("danh mục tài liệu bên ngoài".to_owned(), "the list of external documents".to_owned()),
        }
    }
}

/// Every citation by a procedure, a work process, a declaration in force, an agency's own terms or an external list.
fn citations<'a>(case: &Case<'a>) -> Vec<Citation<'a>> {
    let mut found = Vec::new();
    for procedure in case.register.administrative_procedures.values().filter(|procedure| procedure.is_active()) {
        let by = Citing::AdministrativeProcedure(&procedure.code);
        let numbers = procedure.legal_bases.iter().enumerate().filter_map(|(index, basis)| Some((index, basis.number.as_ref()?)));
        found.extend(numbers.map(|(index, number)| Citation { number, by, record: &procedure.origin, index: Some(index) }));
    }
    for (_, declaration) in case.declared() {
        found.extend(Citation::listed(&declaration.legal_bases, &declaration.origin, Citing::Declaration(declaration)));
    }
    for agency in case.register.agencies.values().filter(|agency| agency.is_active()) {
        for service in &agency.local_services {
            let terms = service.own_terms.iter().filter_map(|terms| Some((terms.legal_basis.as_ref()?, &terms.origin)));
            found.extend(terms.map(|(number, record)| Citation { number, by: Citing::OwnTerms(&service.code), record, index: None }));
        }
        let records = case.register.records(&agency.id);
        for process in records.work_processes.iter().filter(|process| process.status == DocumentStatus::Active) {
            found.extend(Citation::listed(&process.legal_bases, &process.origin, Citing::WorkProcess(process)));
        }
        for document in &records.documents.external {
            let by = Citing::ExternalList { has_title: document.title.is_some() };
            found.push(Citation { number: &document.number, by, record: &document.origin, index: None });
        }
    }
    found
}

/// A law cited by its name alone, as decisions do (NĐ 30/2020/NĐ-CP, Phụ lục I).
fn is_title(text: &str) -> bool {
    const KINDS: &[&str] = &["Luật", "Bộ luật", "Hiến pháp", "Pháp lệnh", "Nghị quyết"];
    !text.contains('/') && KINDS.iter().any(|kind| text.starts_with(kind))
}
