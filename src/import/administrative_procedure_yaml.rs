//! A raw record of an administrative procedure as YAML: keys in the order of the record, nothing written
//! that is absent or a default. Every field is opened by name, so that a new one can't be forgotten.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::domain::vocabulary::AdministrativeProcedureStatus;
use crate::parse::raw::*;

/// The record as a value that `yaml_writer` writes.
pub fn yaml_of(record: &RawAdministrativeProcedure) -> Value {
    let RawAdministrativeProcedure {
        code,
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
    } = record;
    let mut fields = Fields::default();
    fields.put("code", &code.0);
    fields.put("name", name);
    fields.put_some("name_en", name_en);
    fields.put_some("field", field);
    fields.put_some("field_en", field_en);
    fields.put_list("levels", levels, serialised);
    fields.put_list("applicants", applicants, serialised);
    fields.put_some("announcement", &announcement.as_ref().map(announcement_yaml));
    fields.put_some("regulation", regulation);
    fields.put_some("description", description);
    fields.put_list("channels", channels, channel_yaml);
    fields.put_list("dossiers", dossiers, dossier_yaml);
    fields.put_some("sets", sets);
    fields.put_some("steps", &steps.as_ref().map(steps_yaml));
    fields.put_some("competent_agency", competent_agency);
    fields.put_some("executing_agency", executing_agency);
    fields.put_some("authorised_agency", authorised_agency);
    fields.put_some("coordinating_agencies", coordinating_agencies);
    fields.put_some("receiving_place", receiving_place);
    fields.put_list("results", results, serialised);
    fields.put_some("conditions", conditions);
    fields.put_list("legal_bases", legal_bases, |Short(basis)| legal_basis_yaml(basis));
    fields.put_list("forms", forms, |Short(form)| form_yaml(form));
    fields.put_some("online_level", online_level);
    if *status != AdministrativeProcedureStatus::Active {
        fields.put("status", status);
    }
    fields.put_list("keywords", keywords, serialised);
    fields.put_some("source", &source.as_ref().map(source_yaml));
    fields.put_list("import_notes", import_notes, serialised);
    fields.into_value()
}

fn announcement_yaml(RawAnnouncement { number, issued_on }: &RawAnnouncement) -> Value {
    let mut fields = Fields::default();
    fields.put("number", number);
    fields.put_some("issued_on", &issued_on.as_ref().map(|date| &date.0));
    fields.into_value()
}

fn channel_yaml(RawChannel { method, time_limit, fees, note }: &RawChannel) -> Value {
    let mut fields = Fields::default();
    fields.put("method", method);
    if let Some(RawTimeLimit { value, unit, text }) = time_limit {
        let mut limit = Fields::default();
        limit.put_some("value", value);
        limit.put_some("unit", unit);
        limit.put_some("text", text);
        fields.put("time_limit", &limit.into_value());
    }
    fields.put_list("fees", fees, fee_yaml);
    fields.put_some("note", note);
    fields.into_value()
}

fn fee_yaml(RawFee { kind, amount, currency, free, text, legal_basis }: &RawFee) -> Value {
    let mut fields = Fields::default();
    fields.put_some("kind", kind);
    fields.put_some("amount", amount);
    fields.put_some("currency", currency);
    if *free {
        fields.put("free", free);
    }
    fields.put_some("text", text);
    fields.put_some("legal_basis", legal_basis);
    fields.into_value()
}

fn dossier_yaml(RawDossier { case, components, note }: &RawDossier) -> Value {
    let mut fields = Fields::default();
    fields.put_some("case", case);
    fields.put_list("components", components, component_yaml);
    fields.put_some("note", note);
    fields.into_value()
}

fn component_yaml(RawComponent { name, originals, copies, present_only, form, note }: &RawComponent) -> Value {
    let mut fields = Fields::default();
    fields.put("name", name);
    fields.put_some("originals", originals);
    fields.put_some("copies", copies);
    if *present_only {
        fields.put("present_only", present_only);
    }
    fields.put_some("form", form);
    fields.put_some("note", note);
    fields.into_value()
}

fn steps_yaml(steps: &ListOr<String, RawProcedureStep>) -> Value {
    match steps {
        ListOr::Other(text) => Value::String(text.clone()),
        ListOr::List(steps) => steps.iter().map(step_yaml).collect(),
    }
}

fn step_yaml(RawProcedureStep { action, responsible, text }: &RawProcedureStep) -> Value {
    let mut fields = Fields::default();
    fields.put("action", action);
    fields.put_some("responsible", responsible);
    fields.put_some("text", text);
    fields.into_value()
}

fn legal_basis_yaml(RawLegalBasis { number, title }: &RawLegalBasis) -> Value {
    let mut fields = Fields::default();
    fields.put_some("number", number);
    fields.put_some("title", title);
    fields.into_value()
}

fn form_yaml(RawForm { name, file }: &RawForm) -> Value {
    let mut fields = Fields::default();
    fields.put("name", name);
    fields.put_some("file", file);
    fields.into_value()
}

fn source_yaml(RawNationalSource { url, name, checked_on, lacks }: &RawNationalSource) -> Value {
    let mut fields = Fields::default();
    fields.put_some("url", url);
    fields.put_some("name", name);
    fields.put_some("checked_on", &checked_on.as_ref().map(|date| &date.0));
    fields.put_list("lacks", lacks, serialised);
    fields.into_value()
}

/// Keys and values in the order in which they are put.
#[derive(Default)]
struct Fields(Map<String, Value>);

impl Fields {
    fn put<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) {
        self.0.insert(key.to_owned(), serialised(value));
    }

    fn put_some<T: Serialize>(&mut self, key: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.put(key, value);
        }
    }

    fn put_list<T>(&mut self, key: &str, items: &[T], make: fn(&T) -> Value) {
        if !items.is_empty() {
            self.0.insert(key.to_owned(), items.iter().map(make).collect());
        }
    }

    fn into_value(self) -> Value {
        Value::Object(self.0)
    }
}

/// Texts, numbers and words of closed lists: all of them have a JSON form.
fn serialised<T: Serialize + ?Sized>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}
