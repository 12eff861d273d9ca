//! Work processes and the lists of documents.

use super::{Resolver, numbers};
use crate::domain::vocabulary::{Visibility, WorkProcessKind};
use crate::domain::*;
use crate::markdown;
use crate::origin::Origin;
use crate::parse::raw::*;

impl Resolver<'_> {
    pub(super) fn work_processes(&mut self, records: Vec<Owned<RawPage<RawWorkProcess>>>) {
        for Owned { agency: folder, stem, record: Sourced { origin, raw } } in records {
            let Some(id) = self.owner(&folder, &origin) else { continue };
            let process = self.work_process(stem, raw, origin);
            self.register.records.entry(id).or_default().work_processes.push(process);
        }
        for records in self.register.records.values_mut() {
            records.work_processes.sort_by(|left, right| (&left.code, &left.slug).cmp(&(&right.code, &right.slug)));
        }
    }

    fn work_process(&mut self, stem: String, raw: RawPage<RawWorkProcess>, origin: Origin) -> WorkProcess {
        let RawPage { front, body, body_line } = raw;
        let RawWorkProcess {
            code,
            title,
            edition,
            revision,
            issued_on,
            effective_on,
            drafted_by,
            reviewed_by,
            approved_by,
            kind,
            covers,
            purpose,
            scope,
            definitions,
            legal_bases,
            references,
            steps,
            records,
            revisions,
            legal_reviews,
            unit,
            status,
            visibility,
        } = front;
        // Internal work is not for the public unless the agency says so.
        let default = if kind == WorkProcessKind::Internal { Visibility::Internal } else { Visibility::Public };
        WorkProcess {
            slug: slug(&stem, 80),
            code,
            title,
            edition,
            revision,
            issued_on: self.date(&issued_on, &origin.field("issued_on")),
            effective_on: self.optional_date(effective_on.as_ref(), &origin, "effective_on"),
            drafted_by,
            reviewed_by,
            approved_by,
            kind,
            covers: self.codes(&covers, &origin.field("covers")),
            purpose,
            scope,
            definitions: definitions.into_iter().map(|RawDefinition { term, meaning }| Definition { term, meaning }).collect(),
            legal_bases: numbers(legal_bases),
            references,
            steps: steps.into_iter().map(step).collect(),
            records: records.into_iter().map(|RawRetainedRecord { name, kept_by, kept_for }| RetainedRecord { name, kept_by, kept_for }).collect(),
            revisions: revisions.into_iter().enumerate().map(|(index, raw)| self.revision(raw, &origin.field("revisions").item(index))).collect(),
            legal_reviews: legal_reviews
                .into_iter()
                .enumerate()
                .map(|(index, raw)| self.legal_review(raw, &origin.field("legal_reviews").item(index)))
                .collect(),
            unit,
            status,
            visibility: visibility.unwrap_or(default),
            body: markdown::inspect(&body, origin.clone(), Some(body_line)),
            origin,
        }
    }

    fn revision(&mut self, raw: RawRevision, origin: &Origin) -> Revision {
        let RawRevision { edition, revision, on, what } = raw;
        Revision { edition, revision, on: self.date(&on, &origin.field("on")), what }
    }

    fn legal_review(&mut self, raw: RawLegalReview, origin: &Origin) -> LegalReview {
        let RawLegalReview { document, reviewed_on, conclusion } = raw;
        LegalReview { document: DocumentNumber::new(&document), reviewed_on: self.date(&reviewed_on, &origin.field("reviewed_on")), conclusion }
    }

    pub(super) fn documents(&mut self, records: Vec<Owned<RawDocuments>>) {
        for Owned { agency: folder, stem: _, record: Sourced { origin, raw } } in records {
            let Some(id) = self.owner(&folder, &origin) else { continue };
            let RawDocuments { internal, external } = raw;
            let internal = internal.into_iter().enumerate().map(|(index, raw)| self.document(raw, origin.field("internal").item(index))).collect();
            let external =
                external.into_iter().enumerate().map(|(index, Short(raw))| self.external_document(raw, origin.field("external").item(index))).collect();
            self.register.records.entry(id).or_default().documents = DocumentLists { internal, external };
        }
    }

    fn document(&mut self, raw: RawDocument, origin: Origin) -> ControlledDocument {
        let RawDocument { code, title, kind, edition, revision, issued_on, status, approved_by, file, framework_item, references, visibility } = raw;
        ControlledDocument {
            code,
            title,
            kind,
            edition,
            revision,
            issued_on: self.date(&issued_on, &origin.field("issued_on")),
            status,
            approved_by,
            file,
            framework_item,
            references,
            visibility,
            origin,
        }
    }

    fn external_document(&mut self, raw: RawExternalDocument, origin: Origin) -> ExternalDocument {
        let RawExternalDocument { number, title, updated_on } = raw;
        ExternalDocument { number: DocumentNumber::new(&number), title, updated_on: self.optional_date(updated_on.as_ref(), &origin, "updated_on"), origin }
    }
}

fn step(raw: RawStep) -> Step {
    let RawStep { action, responsible, duration, method, forms, output } = raw;
    Step { action, responsible, duration: duration.map(|RawDuration { value, unit }| StepDuration { value, unit }), method, forms, output }
}
