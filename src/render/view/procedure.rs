//! What one agency adds to a procedure: where, when, who, by which work process, and when it was looked at.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use serde::Serialize;

use super::super::agency_site::AgencySite;
use super::super::national::Fingerprint;
use super::super::path;
use super::super::process_steps::ProcessSteps;
use super::super::sheet::has_procedure_sheets;
use super::{AnswerView, DifferenceView, LegalView, LinkView, PostedView, differences, iso, own_bases, phone_link, phone_text, ways};
use crate::domain::vocabulary::DocumentStatus;
use crate::domain::{AdministrativeProcedure, Channel, Date, LocalService, ProcedureCode, WorkProcess};

/// The agency's own part of a procedure's page.
#[derive(Debug, Serialize)]
pub(in super::super) struct ProcedureView<'a> {
    pub name: &'a str,
    pub code: &'a str,
    pub desk: Option<&'a str>,
    pub place: Option<&'a str>,
    pub address: Option<&'a str>,
    pub hours: Option<&'a str>,
    pub phone: Option<String>,
    pub phone_link: Option<String>,
    pub unit: Option<&'a str>,
    pub online_url: Option<&'a str>,
    /// What holds here and not everywhere.
    pub own: Option<OwnTermsView>,
    pub note: Option<&'a str>,
    pub processes: Vec<LinkView>,
    /// The process whose steps are shown, and their print.
    pub steps_of: Option<(&'a LinkView, Fingerprint)>,
    /// The declaration whose annex has it.
    pub declared_in: Option<LinkView>,
    pub has_declaration: bool,
    pub reviewed_on: Option<String>,
    pub next_review_on: Option<String>,
    pub is_overdue: bool,
    /// The day on which the national record was last compared.
    pub compared_on: Option<String>,
    pub responsible: &'a str,
    pub short_href: String,
    /// The sheet to print, where the agency has one.
    pub sheet_href: Option<String>,
    pub email: Option<&'a str>,
    pub feedback_url: &'a str,
}

/// The terms of an agency, each where it differs from the catalogue's.
#[derive(Debug, Serialize)]
pub(in super::super) struct OwnTermsView {
    pub time: Option<String>,
    pub fee: Option<String>,
    pub ways: Option<String>,
    pub differences: Vec<DifferenceView>,
    pub bases: Vec<LegalView>,
}

impl OwnTermsView {
    /// `None` where nothing differs.
    fn new(pages: &AgencySite<'_>, procedure: &AdministrativeProcedure, local: &LocalService) -> Option<Self> {
        let (site, words) = (pages.site, pages.site.words());
        let differences = differences(local, procedure, words);
        let channels = local.channels(procedure);
        let (here, common) = (AnswerView::of(&channels, &[], words), AnswerView::of(&procedure.channels, &[], words));
        let all = |channels: &[Channel]| ways(channels.iter().map(|channel| channel.method), words);
        (!differences.is_empty()).then(|| Self {
            time: here.time.filter(|time| common.time.as_ref() != Some(time)),
            fee: here.fee.filter(|fee| common.fee.as_ref() != Some(fee)),
            ways: Some(all(&channels)).filter(|ways| *ways != all(&procedure.channels)),
            differences,
            bases: own_bases(site, local),
        })
    }
}

impl<'a> ProcedureView<'a> {
    /// A procedure as the agency does it, by these work processes.
    pub fn new(pages: &'a AgencySite<'_>, procedure: &'a AdministrativeProcedure, processes: &[&WorkProcess], steps: Option<&'a ProcessSteps<'_>>) -> Self {
        let agency = pages.agency;
        let desk = agency.reception_desk.as_ref();
        let local = agency.local_services.iter().find(|service| service.code == procedure.code);
        let phone = local.and_then(|local| local.phone.as_deref()).or(desk.and_then(|desk| desk.phone.as_deref())).or(agency.phone.as_deref());
        let reviewed_on = reviewed(procedure, local);
        let next_review_on = reviewed_on.and_then(|on| on.checked_add(i64::from(pages.site.config.review_months).months()).ok());
        let unit = local.and_then(|local| local.unit.as_deref()).map(|unit| pages.unit_name(unit));
        Self {
            name: &procedure.name,
            code: procedure.code.as_str(),
            desk: desk.map(|desk| desk.name.as_str()),
            place: local.and_then(|local| local.place.as_deref()),
            address: desk.and_then(|desk| desk.address.as_deref()).or(agency.address.as_deref()),
            hours: local.and_then(|local| local.hours.as_deref()).or(agency.reception_hours.as_deref()),
            phone_link: phone.map(phone_link),
            phone: phone.map(phone_text),
            unit,
            online_url: local.and_then(|local| local.online_url.as_deref()),
            own: local.and_then(|local| OwnTermsView::new(pages, procedure, local)),
            note: local.and_then(|local| local.note.as_deref()),
            processes: processes.iter().map(|process| process_link(pages, process)).collect(),
            steps_of: steps.map(|steps| (&steps.link, steps.fingerprint)),
            declared_in: declared_in(pages, procedure),
            has_declaration: pages.current.is_some(),
            reviewed_on: iso(reviewed_on),
            next_review_on: iso(next_review_on),
            is_overdue: next_review_on.is_some_and(|next| next < pages.site.today()),
            compared_on: iso(procedure.source.as_ref().and_then(|source| source.checked_on)),
            responsible: unit.unwrap_or(&agency.name),
            short_href: pages.href(&path::short(procedure)),
            sheet_href: has_sheet(pages, procedure).then(|| pages.href(&path::sheet(procedure))),
            email: agency.email.as_deref(),
            feedback_url: &pages.site.config.feedback_url,
        }
    }

    /// Fingerprint of the page: the national facts and what the agency adds.
    pub fn print(&self, national: &Fingerprint) -> anyhow::Result<Fingerprint> {
        Fingerprint::of(&(national, self))
    }
}

/// Whether the agency has a sheet of a procedure: of what it does now.
pub(in super::super) fn has_sheet(pages: &AgencySite<'_>, procedure: &AdministrativeProcedure) -> bool {
    has_procedure_sheets(pages) && pages.has_page(&procedure.code)
}

/// The latest date on which somebody looked at the page: the agency's own, else that of the national record.
pub(in super::super) fn reviewed(procedure: &AdministrativeProcedure, local: Option<&LocalService>) -> Option<Date> {
    local.and_then(|local| local.reviewed_on).or(procedure.source.as_ref().and_then(|source| source.checked_on))
}

/// The public work processes in use, by the procedures that they cover.
pub(in super::super) fn processes_by_code<'a>(pages: &AgencySite<'a>) -> BTreeMap<&'a ProcedureCode, Vec<&'a WorkProcess>> {
    let mut processes: BTreeMap<&ProcedureCode, Vec<&WorkProcess>> = BTreeMap::new();
    for process in pages.public_processes().filter(|process| process.status == DocumentStatus::Active) {
        for code in process.covers.iter().collect::<BTreeSet<_>>() {
            processes.entry(code).or_default().push(process);
        }
    }
    processes
}

/// The page of a work process.
pub(in super::super) fn process_link(pages: &AgencySite<'_>, process: &WorkProcess) -> LinkView {
    LinkView { href: Some(pages.href(&path::work_process(process))), title: format!("{}: {}", process.code, process.title) }
}

fn declared_in(pages: &AgencySite<'_>, procedure: &AdministrativeProcedure) -> Option<LinkView> {
    let current = pages.current.filter(|current| current.annex.contains(&procedure.code))?;
    Some(LinkView { href: Some(pages.href("cong-bo/")), title: current.number.as_ref()?.to_string() })
}

/// The short permanent page of a procedure.
#[derive(Debug, Serialize)]
pub(in super::super) struct ShortView<'a> {
    pub agency: &'a str,
    pub href: String,
    pub sheet_href: Option<&'a str>,
    pub posted: PostedView,
    pub reviewed_on: Option<&'a str>,
    pub next_review_on: Option<&'a str>,
    pub is_overdue: bool,
    pub own: Option<&'a OwnTermsView>,
    pub phone: Option<&'a str>,
    pub phone_link: Option<&'a str>,
}

/// A procedure in the province and the agencies that do it.
#[derive(Debug, Serialize)]
pub(in super::super) struct ProvinceProcedureView<'a> {
    pub name: &'a str,
    pub code: &'a str,
    pub agencies: Vec<LinkView>,
    /// Where two agencies or more do it.
    pub href_comparison: Option<String>,
    pub version: String,
    pub checked_on: Option<String>,
}
