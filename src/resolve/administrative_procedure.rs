//! The catalogue of administrative procedures.

use super::shared::Shared;
use super::{Resolver, insert};
use crate::domain::*;
use crate::markdown;
use crate::origin::Origin;
use crate::parse::raw::*;

impl Resolver<'_> {
    pub(super) fn administrative_procedures(&mut self, records: Vec<Sourced<RawAdministrativeProcedure>>) {
        for Sourced { origin, raw } in records {
            let Some(code) = self.code(&raw.code, &origin.field("code")) else {
                // Without this procedure, nothing is known to be missing from the catalogue.
                self.register.broken.insert(origin.file);
                continue;
            };
            let procedure = self.administrative_procedure(code.clone(), raw, origin.clone());
            if let Some(first) = insert(&mut self.register.administrative_procedures, code.clone(), Box::new(procedure)).map(|first| first.origin.clone()) {
                self.duplicate("administrative_procedure", code.key(), &first.field("code"), &origin.field("code"));
            }
        }
    }

    fn administrative_procedure(&mut self, code: ProcedureCode, raw: RawAdministrativeProcedure, origin: Origin) -> AdministrativeProcedure {
        let RawAdministrativeProcedure {
            code: _,
            name,
            field,
            levels,
            applicants,
            announcement,
            regulation,
            description,
            channels,
            dossiers,
            sets,
            steps,
            competent_agency,
            executing_agency,
            authorised_agency,
            coordinating_agencies,
            receiving_place,
            results,
            conditions,
            legal_bases,
            forms,
            online_level,
            status,
            keywords,
            source,
            import_notes,
        } = raw;
        let issued = announcement.map(|raw| self.announcement(raw, &origin.field("announcement")));
        let source = source.map(|RawNationalSource { url, name, checked_on, lacks }| NationalSource {
            url,
            name,
            checked_on: self.optional_date(checked_on.as_ref(), &origin.field("source"), "checked_on"),
            lacks,
        });
        let shared = &mut self.shared;
        AdministrativeProcedure {
            code,
            name,
            field: shared.text(field.unwrap_or_default()),
            levels,
            applicants: applicants.into_iter().map(|applicant| shared.text(applicant)).collect(),
            announcement: issued,
            regulation,
            description: boxed_text(description, &origin, "description"),
            channels: each(channels, &origin.field("channels"), |raw, origin| channel(raw, origin, shared)),
            dossiers: each(dossiers, &origin.field("dossiers"), |raw, origin| dossier(raw, origin, shared)),
            sets,
            steps: steps_of(steps, &origin.field("steps"), shared),
            competent_agency: shared.optional(competent_agency),
            executing_agency: shared.optional(executing_agency),
            authorised_agency: shared.optional(authorised_agency),
            coordinating_agencies: shared.optional(coordinating_agencies),
            receiving_place: shared.optional(receiving_place),
            results,
            conditions: boxed_text(conditions, &origin, "conditions"),
            legal_bases: legal_bases.into_iter().map(|Short(raw)| legal_basis(raw, shared)).collect(),
            forms: forms.into_iter().map(|Short(RawForm { name, file })| Form { name, file }).collect(),
            online_level,
            status,
            keywords,
            source,
            import_notes,
            origin,
        }
    }

    pub(super) fn announcement(&mut self, raw: RawAnnouncement, origin: &Origin) -> Announcement {
        let RawAnnouncement { number, issued_on } = raw;
        Announcement { number: DocumentNumber::new(&number), issued_on: self.optional_date(issued_on.as_ref(), origin, "issued_on") }
    }
}

fn each<R, T>(records: Vec<R>, origin: &Origin, mut make: impl FnMut(R, &Origin) -> T) -> Vec<T> {
    records.into_iter().enumerate().map(|(index, raw)| make(raw, &origin.item(index))).collect::<Vec<T>>()
}

/// A Markdown text inside a YAML value.
pub(super) fn text(text: Option<String>, origin: &Origin, field: &str) -> Option<Markdown> {
    text.filter(|text| !text.trim().is_empty()).map(|text| markdown::inspect(&text, origin.field(field), None))
}

fn boxed_text(written: Option<String>, origin: &Origin, field: &str) -> Option<Box<Markdown>> {
    text(written, origin, field).map(Box::new)
}

fn steps_of(raw: Option<ListOr<String, RawProcedureStep>>, origin: &Origin, shared: &mut Shared) -> ProcedureSteps {
    match raw {
        None => ProcedureSteps::Missing,
        Some(ListOr::Other(text)) if text.trim().is_empty() => ProcedureSteps::Missing,
        Some(ListOr::Other(text)) => ProcedureSteps::Text(markdown::inspect(&text, origin.clone(), None)),
        Some(ListOr::List(steps)) if steps.is_empty() => ProcedureSteps::Missing,
        Some(ListOr::List(steps)) => ProcedureSteps::List(each(steps, origin, |raw, origin| step(raw, origin, shared))),
    }
}

fn step(raw: RawProcedureStep, origin: &Origin, shared: &mut Shared) -> ProcedureStep {
    let RawProcedureStep { action, responsible, text } = raw;
    ProcedureStep { action: shared.text(action), responsible: shared.optional(responsible), text: boxed_text(text, origin, "text") }
}

fn channel(raw: RawChannel, origin: &Origin, shared: &mut Shared) -> Channel {
    let RawChannel { method, time_limit, fees, note } = raw;
    Channel {
        method,
        time_limit: time_limit.map(|RawTimeLimit { value, unit, text }| TimeLimit { value, unit, text }),
        fees: fees.into_iter().map(|raw| fee(raw, shared)).collect(),
        note: boxed_text(note, origin, "note"),
    }
}

fn fee(raw: RawFee, shared: &mut Shared) -> Fee {
    let RawFee { kind, amount, currency, free, text, legal_basis } = raw;
    Fee {
        kind,
        amount,
        currency: shared.text(currency.unwrap_or_else(|| "VND".to_owned())),
        is_free: free,
        text,
        legal_basis: legal_basis.map(|number| shared.number(&number)),
    }
}

fn dossier(raw: RawDossier, origin: &Origin, shared: &mut Shared) -> Dossier {
    let RawDossier { case, components, note } = raw;
    Dossier { case, components: components.into_iter().map(|raw| component(raw, shared)).collect::<Vec<_>>(), note: boxed_text(note, origin, "note") }
}

fn component(raw: RawComponent, shared: &mut Shared) -> Component {
    let RawComponent { name, originals, copies, present_only, form, note } = raw;
    Component {
        name: shared.text(name),
        originals,
        copies,
        is_present_only: present_only,
        form: shared.optional(form),
        note: note.map(String::into_boxed_str),
    }
}

fn legal_basis(raw: RawLegalBasis, shared: &mut Shared) -> LegalBasis {
    let RawLegalBasis { number, title } = raw;
    LegalBasis { number: number.filter(|number| !number.trim().is_empty()).map(|number| shared.number(&number)), title: shared.optional(title) }
}
