//! Who cites which legal document: collected once, for the pages of the documents.

use std::collections::BTreeMap;

use crate::domain::{AdministrativeProcedure, Agency, Declaration, DocumentNumber, Register, WorkProcess};

/// What cites one document.
#[derive(Debug, Default)]
pub(super) struct Citation<'a> {
    pub administrative_procedures: Vec<&'a AdministrativeProcedure>,
    pub work_processes: Vec<(&'a Agency, &'a WorkProcess)>,
    pub declarations: Vec<(&'a Agency, &'a Declaration)>,
}

impl Citation<'_> {
    /// How many records cite it.
    pub fn count(&self) -> usize {
        self.administrative_procedures.len() + self.work_processes.len() + self.declarations.len()
    }
}

/// All citations by the document's number.
#[derive(Debug, Default)]
pub(super) struct Citations<'a>(pub BTreeMap<&'a DocumentNumber, Citation<'a>>);

impl<'a> Citations<'a> {
    /// Looks through procedures, public work processes and declarations.
    pub fn new(register: &'a Register) -> Self {
        let mut citations = Self::default();
        for procedure in register.administrative_procedures.values() {
            for number in procedure.legal_bases.iter().filter_map(|basis| basis.number.as_ref()) {
                citations.of(number).administrative_procedures.push(procedure);
            }
        }
        for agency in register.agencies.values().filter(|agency| agency.is_active()) {
            for process in register.records(&agency.id).work_processes.iter().filter(|process| process.is_public()) {
                for number in &process.legal_bases {
                    citations.of(number).work_processes.push((agency, process));
                }
            }
            for declaration in register.quality_systems.get(&agency.id).iter().flat_map(|system| &system.declarations) {
                for number in &declaration.legal_bases {
                    citations.of(number).declarations.push((agency, declaration));
                }
            }
        }
        citations
    }

    fn of(&mut self, number: &'a DocumentNumber) -> &mut Citation<'a> {
        self.0.entry(number).or_default()
    }
}
