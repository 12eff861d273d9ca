//! Procedures in the terms of CPSV-AP 3.2 (the European profile of public services) as JSON-LD. The context is inside of the
//! file: nothing has to be fetched to read it. Time limits stay words: a working day is no `xsd:duration`.

use std::io::Write;

use anyhow::Result;
use serde::Serialize;

use super::super::path;
use super::super::province_pages;
use super::super::site::{CatalogueEntry, Site};
use super::procedure::{ChannelRecord, ComponentRecord, DossierRecord, FeeRecord, ProcedureRecord, method_name};
use super::{LINKED, active, is_done};
use crate::domain::vocabulary::AdministrativeProcedureStatus;
use crate::domain::{Agency, DocumentNumber};

/// Vocabularies of the European Union for languages and currencies, and of ADMS for states.
const VIETNAMESE: &str = "http://publications.europa.eu/resource/authority/language/VIE";
const CURRENCY: &str = "http://publications.europa.eu/resource/authority/currency/";
const COMPLETED: &str = "http://purl.org/adms/status/Completed";
const WITHDRAWN: &str = "http://purl.org/adms/status/Withdrawn";

/// What the names of the file mean.
const CONTEXT: &str = include_str!("cpsv-ap-context.json");

/// A thing of the graph. What is not known is left out, as linked data wants it.
#[derive(Serialize, Default)]
#[serde(rename_all = "camelCase")]
struct Thing<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "str::is_empty")]
    kind_of: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pref_label: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<Box<Thing<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    spatial: Option<Box<Thing<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    if_accessed_through: Option<String>,
}

/// A procedure.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Service<'a> {
    id: String,
    #[serde(rename = "type")]
    kind_of: &'static str,
    identifier: &'a str,
    title: &'a str,
    description: &'a str,
    language: &'static str,
    status: &'static str,
    thematic_area: Thing<'a>,
    #[serde(skip_serializing_if = "String::is_empty")]
    processing_time: String,
    has_competent_authority: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    has_channel: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    has_cost: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    has_input: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    produces: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    holds_requirement: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    has_legal_resource: Vec<Thing<'a>>,
}

/// Writes the agencies and all procedures that have a page.
pub(super) fn write(site: &Site<'_>) -> Result<()> {
    if !site.wants(LINKED) {
        return Ok(());
    }
    let doers = province_pages::doers(site);
    site.write_pieces(LINKED.to_owned(), None, &|out| {
        write!(out, "{{\"@context\":{},\"@graph\":[", CONTEXT.trim_end())?;
        let mut buffer = Vec::new();
        let mut put = |out: &mut (dyn Write + Send), node: Result<Vec<u8>, serde_json::Error>| -> Result<()> {
            out.write_all(if buffer.is_empty() { b"\n" } else { b",\n" })?;
            buffer = node?;
            Ok(out.write_all(&buffer)?)
        };
        for agency in active(site) {
            put(out, serde_json::to_vec(&organisation(site, agency)))?;
        }
        for (entry, doers) in site.catalogue.iter().zip(&doers).filter(|(entry, _)| site.is_province() || is_done(site, entry)) {
            put(out, serde_json::to_vec(&service(site, &ProcedureRecord::new(site, entry), entry, doers)))?;
        }
        Ok(out.write_all(b"\n]}\n")?)
    })?;
    Ok(())
}

/// What a page is called in the graph; leads from the file where the site does not know its own address.
fn name(site: &Site<'_>, folder: &str) -> String {
    let base = &site.config.base_url;
    if base.is_empty() { format!("{}{}", path::up(LINKED), path::page(folder)) } else { format!("{base}{folder}") }
}

fn organisation<'a>(site: &'a Site<'_>, agency: &'a Agency) -> Thing<'a> {
    let location = |name: &'a str| Box::new(Thing { kind_of: "Location", pref_label: Some(name), ..Thing::default() });
    Thing {
        id: Some(name(site, &site.agency_folder(agency))),
        kind_of: "PublicOrganisation",
        identifier: Some(agency.electronic_id.clone().unwrap_or_else(|| agency.id.to_string())),
        pref_label: Some(&agency.name),
        spatial: site.config.province.as_ref().map(|province| location(&province.name)),
        ..Thing::default()
    }
}

fn concept(label: &str) -> Thing<'_> {
    Thing { kind_of: "Concept", pref_label: Some(label), ..Thing::default() }
}

fn service<'a>(site: &'a Site<'_>, record: &'a ProcedureRecord<'a>, entry: &CatalogueEntry<'_>, doers: &[&'a Agency]) -> Service<'a> {
    let (id, code) = (name(site, entry.folder), record.code);
    let authority = |agency: &&'a Agency| Thing { id: Some(name(site, &site.agency_folder(agency))), ..Thing::default() };
    let somebody = || record.competent_agency.map(|name| Thing { kind_of: "PublicOrganisation", pref_label: Some(name), ..Thing::default() });
    let numbered = |kind_of: &'static str, letter: &str, at: usize, title: &'a str| Thing {
        kind_of,
        identifier: Some(format!("{code}/{letter}{}", at + 1)),
        title: Some(title),
        ..Thing::default()
    };
    let condition = |text| Thing { description: Some(text), ..numbered("Requirement", "d", 0, site.words().field("administrative_procedure.conditions")) };
    Service {
        language: VIETNAMESE,
        status: if record.status == AdministrativeProcedureStatus::Abolished { WITHDRAWN } else { COMPLETED },
        thematic_area: concept(record.field),
        processing_time: record.time_limits(),
        has_competent_authority: if doers.is_empty() { somebody().into_iter().collect() } else { doers.iter().map(authority).collect() },
        has_channel: record.channels.iter().map(|channel| channel_thing(site, &id, code, channel)).collect(),
        has_cost: costs(&id, record),
        has_input: inputs(code, &record.dossiers),
        produces: record.results.iter().enumerate().map(|(at, result)| numbered("Output", "k", at, result)).collect(),
        holds_requirement: record.conditions.map(condition).into_iter().collect(),
        has_legal_resource: record.legal_bases.iter().filter_map(|basis| legal_resource(site, basis.number, basis.title)).collect(),
        kind_of: "PublicService",
        identifier: code,
        title: record.name,
        description: record.description.unwrap_or(record.name),
        id,
    }
}

fn channel_thing<'a>(site: &'a Site<'_>, id: &str, code: &str, channel: &'a ChannelRecord<'_>) -> Thing<'a> {
    let method = method_name(channel.method);
    Thing {
        id: Some(format!("{id}#{method}")),
        kind_of: "Channel",
        identifier: Some(format!("{code}/{method}")),
        kind: Some(Box::new(concept(site.words().label("submission_method", method)))),
        description: channel.note,
        ..Thing::default()
    }
}

/// Fees: with a value only where the record says what is to be paid.
fn costs<'a>(id: &str, record: &'a ProcedureRecord<'a>) -> Vec<Thing<'a>> {
    let all = record.channels.iter().flat_map(|channel| channel.fees.iter().map(move |fee| (channel, fee)));
    let cost = |(at, (channel, fee)): (usize, (&ChannelRecord<'_>, &'a FeeRecord<'a>))| {
        let value = if fee.free { Some(0) } else { fee.amount.filter(|amount| *amount > 0) };
        Thing {
            kind_of: "Cost",
            identifier: Some(format!("{}/p{}", record.code, at + 1)),
            description: fee.text,
            value: value.map(|value| value.to_string()),
            currency: value.map(|_| format!("{CURRENCY}{}", fee.currency)),
            if_accessed_through: Some(format!("{id}#{}", method_name(channel.method))),
            ..Thing::default()
        }
    };
    all.enumerate().map(cost).collect()
}

fn inputs<'a>(code: &str, dossiers: &'a [DossierRecord<'a>]) -> Vec<Thing<'a>> {
    let papers = dossiers.iter().flat_map(|dossier| dossier.components.iter().map(move |paper| (dossier, paper)));
    let evidence = |(at, (dossier, paper)): (usize, (&'a DossierRecord<'a>, &'a ComponentRecord<'a>))| Thing {
        kind_of: "Evidence",
        identifier: Some(format!("{code}/g{}", at + 1)),
        title: Some(paper.name),
        description: dossier.case,
        ..Thing::default()
    };
    papers.enumerate().map(evidence).collect()
}

fn legal_resource<'a>(site: &Site<'_>, number: Option<&'a str>, title: Option<&'a str>) -> Option<Thing<'a>> {
    let known = number.map(DocumentNumber::new).filter(|number| site.is_province() && site.register.legal_documents.contains_key(number));
    Some(Thing {
        id: known.map(|number| name(site, &path::legal_document(&number))),
        kind_of: "LegalResource",
        identifier: number.map(str::to_owned),
        title: title.or(number),
        ..Thing::default()
    })
    .filter(|thing| thing.title.is_some())
}
