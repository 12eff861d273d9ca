//! The catalogue of administrative procedures.

use std::sync::Arc;

use super::shared::Shared;
use super::{Resolver, insert};
use crate::diagnostic::Diagnostic;
use crate::domain::*;
use crate::markdown;
use crate::origin::Origin;
use crate::parse::raw::*;

/// Where records of the national portal are kept to compare with.
const NATIONAL_FOLDER: &str = "content/national/";

/// The procedures of one file of the catalogue, and what there is to tell of them. They need nothing of
/// other files, so each file is resolved as soon as it is parsed.
#[derive(Debug, Clone, Default)]
pub struct Catalogued {
    procedures: Vec<Arc<AdministrativeProcedure>>,
    /// The file, where one of its procedures has no usable code.
    broken: Option<Arc<str>>,
    problems: Vec<Diagnostic>,
}

impl Catalogued {
    /// Whether there is nothing to tell.
    pub fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Resolves the records of one file of the catalogue.
pub fn catalogue(records: Vec<Sourced<RawAdministrativeProcedure>>, shared: &Shared) -> Catalogued {
    let mut catalogued = Catalogued::default();
    let mut resolver = Resolver { register: Register::default(), shared, diagnostics: &mut catalogued.problems };
    for Sourced { origin, raw } in records {
        match resolver.code(&raw.code, &origin.field("code")) {
            Some(code) => catalogued.procedures.push(Arc::new(resolver.administrative_procedure(code, raw, origin))),
            None => catalogued.broken = Some(origin.file),
        }
    }
    catalogued
}

impl Resolver<'_> {
    /// Puts the files of the catalogue together, in the order of their paths.
    pub(super) fn catalogue(&mut self, files: Vec<Catalogued>) {
        for Catalogued { procedures, broken, mut problems } in files {
            self.diagnostics.append(&mut problems);
            // Without such a procedure, nothing is known to be missing from the catalogue.
            self.register.broken.extend(broken);
            for procedure in procedures {
                let (code, origin) = (procedure.code.clone(), procedure.origin.clone());
                let is_national = origin.file.starts_with(NATIONAL_FOLDER);
                let records = if is_national { &mut self.register.national_records } else { &mut self.register.administrative_procedures };
                if let Some(first) = insert(records, code.clone(), procedure).map(|first| first.origin.clone()) {
                    self.duplicate("administrative_procedure", code.key(), &first.field("code"), &origin.field("code"));
                }
            }
        }
    }

    fn administrative_procedure(&mut self, code: ProcedureCode, raw: RawAdministrativeProcedure, origin: Origin) -> AdministrativeProcedure {
        let RawAdministrativeProcedure {
            code: _,
            name,
            name_en,
            field,
            field_en,
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
        let shared = self.shared;
        AdministrativeProcedure {
            code,
            name,
            name_en: name_en.filter(|name| !name.trim().is_empty()).map(String::into_boxed_str),
            field: shared.text(field.unwrap_or_default()),
            field_en: shared.optional(field_en.filter(|field| !field.trim().is_empty())),
            levels: trimmed(levels),
            applicants: trimmed(applicants.into_iter().map(|applicant| shared.text(applicant)).collect()),
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
            results: trimmed(results),
            conditions: boxed_text(conditions, &origin, "conditions"),
            legal_bases: trimmed(legal_bases.into_iter().map(|Short(raw)| legal_basis(raw, shared)).collect()),
            forms: trimmed(forms.into_iter().map(|Short(RawForm { name, file })| Form { name, file }).collect()),
            online_level,
            status,
            keywords: trimmed(keywords),
            source,
            import_notes: trimmed(import_notes),
            origin,
        }
    }

    pub(super) fn announcement(&mut self, raw: RawAnnouncement, origin: &Origin) -> Announcement {
        let RawAnnouncement { number, issued_on } = raw;
        Announcement { number: DocumentNumber::new(&number), issued_on: self.optional_date(issued_on.as_ref(), origin, "issued_on") }
    }
}

fn each<R, T>(records: Vec<R>, origin: &Origin, mut make: impl FnMut(R, &Origin) -> T) -> Vec<T> {
    trimmed(records.into_iter().enumerate().map(|(index, raw)| make(raw, &origin.item(index))).collect())
}

/// Without the room that a list keeps while it grows: a catalogue has a hundred thousand short lists.
fn trimmed<T>(mut list: Vec<T>) -> Vec<T> {
    list.shrink_to_fit();
    list
}

/// A Markdown text inside a YAML value.
pub(super) fn text(text: Option<String>, origin: &Origin, field: &str) -> Option<Markdown> {
    text.filter(|text| !text.trim().is_empty()).map(|text| markdown::inspect(&text, origin.field(field), None))
}

fn boxed_text(written: Option<String>, origin: &Origin, field: &str) -> Option<Box<Markdown>> {
    text(written, origin, field).map(Box::new)
}

fn steps_of(raw: Option<ListOr<String, RawProcedureStep>>, origin: &Origin, shared: &Shared) -> ProcedureSteps {
    match raw {
        None => ProcedureSteps::Missing,
        Some(ListOr::Other(text)) if text.trim().is_empty() => ProcedureSteps::Missing,
        Some(ListOr::Other(text)) => ProcedureSteps::Text(Box::new(markdown::inspect(&text, origin.clone(), None))),
        Some(ListOr::List(steps)) if steps.is_empty() => ProcedureSteps::Missing,
        Some(ListOr::List(steps)) => ProcedureSteps::List(each(steps, origin, |raw, origin| step(raw, origin, shared))),
    }
}

fn step(raw: RawProcedureStep, origin: &Origin, shared: &Shared) -> ProcedureStep {
    let RawProcedureStep { action, responsible, text } = raw;
    ProcedureStep { action: shared.text(action), responsible: shared.optional(responsible), text: boxed_text(text, origin, "text") }
}

fn channel(raw: RawChannel, origin: &Origin, shared: &Shared) -> Channel {
    let RawChannel { method, time_limit, fees, note } = raw;
    Channel {
        method,
        time_limit: time_limit.map(time_limit_of),
        fees: trimmed(fees.into_iter().map(|raw| fee(raw, shared)).collect()),
        note: boxed_text(note, origin, "note"),
    }
}

pub(super) fn time_limit_of(raw: RawTimeLimit) -> TimeLimit {
    let RawTimeLimit { value, unit, text } = raw;
    TimeLimit { value, unit, text }
}

pub(super) fn fee(raw: RawFee, shared: &Shared) -> Fee {
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

fn dossier(raw: RawDossier, origin: &Origin, shared: &Shared) -> Dossier {
    let RawDossier { case, components, note } = raw;
    Dossier { case, components: trimmed(components.into_iter().map(|raw| component(raw, shared)).collect()), note: boxed_text(note, origin, "note") }
}

fn component(raw: RawComponent, shared: &Shared) -> Component {
    let RawComponent { name, originals, copies, present_only, form, note } = raw;
    Component { name: shared.text(name), originals, copies, is_present_only: present_only, form: shared.optional(form), note: note.map(String::into_boxed_str) }
}

fn legal_basis(raw: RawLegalBasis, shared: &Shared) -> LegalBasis {
    let RawLegalBasis { number, title } = raw;
    LegalBasis { number: number.filter(|number| !number.trim().is_empty()).map(|number| shared.number(&number)), title: shared.optional(title) }
}
