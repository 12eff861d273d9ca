//! The part of a register that is about some agencies.

use std::collections::BTreeSet;

use super::{AgencyId, DocumentNumber, ProcedureCode, Register};

impl Register {
    /// Drops the other agencies, and what only they need: procedures that none of these does or declared, law that nothing
    /// here cites, what others were told in an inspection. Addresses that moved belong to the whole site and go too; so do
    /// its free pages, unless all agencies stay.
    pub fn keep_only(&mut self, kept: &BTreeSet<AgencyId>) {
        self.redirects.clear();
        if self.agencies.keys().all(|id| kept.contains(id)) {
            return;
        }
        self.pages.clear();
        self.agencies.retain(|id, _| kept.contains(id));
        self.quality_systems.retain(|owner, _| kept.contains(owner));
        self.records.retain(|id, _| kept.contains(id));
        for inspection in self.inspections.values_mut() {
            inspection.plan.retain(|planned| kept.contains(&planned.agency));
            inspection.agencies.retain(|inspected| kept.contains(&inspected.agency));
            inspection.stated_totals = None;
        }
        self.inspections.retain(|_, inspection| !inspection.plan.is_empty() || !inspection.agencies.is_empty());
        let codes = self.used_procedures();
        self.administrative_procedures.retain(|code, _| codes.contains(code));
        self.national_records.retain(|code, _| codes.contains(code));
        let numbers = self.cited_documents();
        self.legal_documents.retain(|number, _| numbers.contains(number));
    }

    /// Every procedure that an agency does, did, declared or has a process for.
    fn used_procedures(&self) -> BTreeSet<ProcedureCode> {
        let agencies = self.agencies.values().flat_map(|agency| {
            agency.competence.iter().flatten().chain(&agency.abolished_procedures).chain(agency.local_services.iter().map(|service| &service.code))
        });
        let declared = self.quality_systems.values().flat_map(|system| system.declarations.iter().flat_map(|declaration| &declaration.annex));
        let processes = self.records.values().flat_map(|records| records.work_processes.iter().flat_map(|process| &process.covers));
        agencies.chain(declared).chain(processes).cloned().collect()
    }

    /// Every legal document that something cites, and those that changed or replaced one of them.
    fn cited_documents(&self) -> BTreeSet<DocumentNumber> {
        let procedures = self.administrative_procedures.values().flat_map(|procedure| {
            let fees = procedure.channels.iter().flat_map(|channel| channel.fees.iter().filter_map(|fee| fee.legal_basis.as_ref()));
            procedure.legal_bases.iter().filter_map(|basis| basis.number.as_ref()).chain(fees)
        });
        let declarations = self.quality_systems.values().flat_map(|system| system.declarations.iter().flat_map(|declaration| &declaration.legal_bases));
        let records = self.records.values().flat_map(|records| {
            let processes = records.work_processes.iter();
            let processes = processes.flat_map(|process| process.legal_bases.iter().chain(process.legal_reviews.iter().map(|review| &review.document)));
            processes.chain(records.documents.external.iter().map(|document| &document.number))
        });
        let mut found: BTreeSet<DocumentNumber> = BTreeSet::new();
        let mut waiting: Vec<&DocumentNumber> = procedures.chain(declarations).chain(records).collect();
        while let Some(number) = waiting.pop() {
            if found.insert(number.clone())
                && let Some(document) = self.legal_documents.get(number)
            {
                waiting.extend(document.replaced_by.iter().chain(&document.amended_by));
            }
        }
        found
    }
}
