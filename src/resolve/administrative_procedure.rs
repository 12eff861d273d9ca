//! The catalogue of administrative procedures.

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
            if let Some(first) = insert(&mut self.register.administrative_procedures, code.clone(), procedure).map(|first| first.origin.clone()) {
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
        AdministrativeProcedure {
            code,
            name,
            field: field.unwrap_or_default(),
            levels,
            applicants,
            announcement: announcement.map(|raw| self.announcement(raw, &origin.field("announcement"))),
            regulation,
            description: text(description, &origin, "description"),
            channels: each(channels, &origin.field("channels"), channel),
            dossiers: each(dossiers, &origin.field("dossiers"), dossier),
            sets,
            steps: steps_of(steps, &origin.field("steps")),
            competent_agency,
            executing_agency,
            authorised_agency,
            coordinating_agencies,
            receiving_place,
            results,
            conditions: text(conditions, &origin, "conditions"),
            legal_bases: legal_bases.into_iter().map(|Short(raw)| legal_basis(raw)).collect(),
            forms: forms.into_iter().map(|Short(RawForm { name, file })| Form { name, file }).collect(),
            online_level,
            status,
            keywords,
            source: source.map(|RawNationalSource { url, name, checked_on, lacks }| NationalSource {
                url,
                name,
                checked_on: self.optional_date(checked_on.as_ref(), &origin.field("source"), "checked_on"),
                lacks,
            }),
            import_notes,
            origin,
        }
    }

    pub(super) fn announcement(&mut self, raw: RawAnnouncement, origin: &Origin) -> Announcement {
        let RawAnnouncement { number, issued_on } = raw;
        Announcement { number: DocumentNumber::new(&number), issued_on: self.optional_date(issued_on.as_ref(), origin, "issued_on") }
    }
}

fn each<R, T>(records: Vec<R>, origin: &Origin, make: fn(R, &Origin) -> T) -> Vec<T> {
    records.into_iter().enumerate().map(|(index, raw)| make(raw, &origin.item(index))).collect()
}

/// A Markdown text inside a YAML value.
pub(super) fn text(text: Option<String>, origin: &Origin, field: &str) -> Option<Markdown> {
    text.filter(|text| !text.trim().is_empty()).map(|text| markdown::inspect(&text, origin.field(field), None))
}

fn steps_of(raw: Option<ListOr<String, RawProcedureStep>>, origin: &Origin) -> ProcedureSteps {
    match raw {
        None => ProcedureSteps::Missing,
        Some(ListOr::Other(text)) if text.trim().is_empty() => ProcedureSteps::Missing,
        Some(ListOr::Other(text)) => ProcedureSteps::Text(markdown::inspect(&text, origin.clone(), None)),
        Some(ListOr::List(steps)) if steps.is_empty() => ProcedureSteps::Missing,
        Some(ListOr::List(steps)) => ProcedureSteps::List(each(steps, origin, step)),
    }
}

fn step(raw: RawProcedureStep, origin: &Origin) -> ProcedureStep {
    let RawProcedureStep { action, responsible, text: details } = raw;
    ProcedureStep { action, responsible, text: text(details, origin, "text") }
}

fn channel(raw: RawChannel, origin: &Origin) -> Channel {
    let RawChannel { method, time_limit, fees, note } = raw;
    Channel {
        method,
        time_limit: time_limit.map(|RawTimeLimit { value, unit, text }| TimeLimit { value, unit, text }),
        fees: fees.into_iter().map(fee).collect(),
        note: text(note, origin, "note"),
    }
}

fn fee(raw: RawFee) -> Fee {
    let RawFee { kind, amount, currency, free, text, legal_basis } = raw;
    Fee {
        kind,
        amount,
        currency: currency.unwrap_or_else(|| "VND".to_owned()),
        is_free: free,
        text,
        legal_basis: legal_basis.map(|number| DocumentNumber::new(&number)),
    }
}

fn dossier(raw: RawDossier, origin: &Origin) -> Dossier {
    let RawDossier { case, components, note } = raw;
    Dossier { case, components: components.into_iter().map(component).collect(), note: text(note, origin, "note") }
}

fn component(raw: RawComponent) -> Component {
    let RawComponent { name, originals, copies, present_only, form, note } = raw;
    Component { name, originals, copies, is_present_only: present_only, form, note }
}

fn legal_basis(raw: RawLegalBasis) -> LegalBasis {
    let RawLegalBasis { number, title } = raw;
    LegalBasis { number: number.filter(|number| !number.trim().is_empty()).map(|number| DocumentNumber::new(&number)), title }
}
