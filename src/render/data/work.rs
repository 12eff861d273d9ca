//! Work processes, legal documents, results and inspections as records of open data.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::path;
use super::super::site::Site;
use super::super::view::iso;
use super::record::{Cell, Record, address};
use super::{Set, active};
use crate::domain::vocabulary::*;
use crate::domain::{Agency, InspectedAgency, Inspection, LegalDocument, ResultRow, WorkProcess};

/// A work process: how an agency handles one or many similar procedures (TT 26/2014/TT-BKHCN, Điều 41 khoản 6).
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "WorkProcess")]
pub(super) struct WorkProcessRecord<'a> {
    /// Id of the agency.
    pub agency: &'a str,
    pub code: &'a str,
    pub title: &'a str,
    pub kind: WorkProcessKind,
    pub status: DocumentStatus,
    pub edition: u32,
    pub revision: u32,
    pub issued_on: Option<String>,
    pub effective_on: Option<String>,
    pub drafted_by: Option<&'a str>,
    pub reviewed_by: Option<&'a str>,
    pub approved_by: &'a str,
    /// Id of the unit that answers for it.
    pub unit: Option<&'a str>,
    /// Codes of the procedures that it covers.
    pub covers: Vec<&'a str>,
    pub purpose: Option<&'a str>,
    pub scope: Option<&'a str>,
    pub legal_bases: Vec<&'a str>,
    pub steps: Vec<ProcessStepRecord<'a>>,
    pub records: Vec<RetainedRecord<'a>>,
    /// Markdown.
    pub text: &'a str,
    pub url: String,
}

/// One step: what, who, how long, how.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ProcessStep")]
pub(super) struct ProcessStepRecord<'a> {
    pub action: &'a str,
    pub responsible: Option<&'a str>,
    pub duration: Option<DurationRecord>,
    pub method: Option<&'a str>,
    pub forms: &'a [String],
    pub output: Option<&'a str>,
}

/// How long a step takes.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Duration")]
pub(super) struct DurationRecord {
    pub value: f64,
    pub unit: TimeUnit,
}

/// A record that is kept.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RetainedRecord")]
pub(super) struct RetainedRecord<'a> {
    pub name: &'a str,
    pub kept_by: Option<&'a str>,
    pub kept_for: Option<&'a str>,
}

impl<'a> WorkProcessRecord<'a> {
    pub fn new(site: &'a Site<'_>, agency: &'a Agency, process: &'a WorkProcess) -> Self {
        let step = |step: &'a crate::domain::Step| ProcessStepRecord {
            action: &step.action,
            responsible: step.responsible.as_deref(),
            duration: step.duration.map(|duration| DurationRecord { value: duration.value, unit: duration.unit }),
            method: step.method.as_deref(),
            forms: &step.forms,
            output: step.output.as_deref(),
        };
        let retained = |record: &'a crate::domain::RetainedRecord| RetainedRecord {
            name: &record.name,
            kept_by: record.kept_by.as_deref(),
            kept_for: record.kept_for.as_deref(),
        };
        Self {
            agency: agency.id.as_str(),
            code: &process.code,
            title: &process.title,
            kind: process.kind,
            status: process.status,
            edition: process.edition,
            revision: process.revision,
            issued_on: iso(process.issued_on),
            effective_on: iso(process.effective_on),
            drafted_by: process.drafted_by.as_deref(),
            reviewed_by: process.reviewed_by.as_deref(),
            approved_by: &process.approved_by,
            unit: process.unit.as_deref(),
            covers: process.covers.iter().map(|code| code.as_str()).collect(),
            purpose: process.purpose.as_deref(),
            scope: process.scope.as_deref(),
            legal_bases: process.legal_bases.iter().map(|number| number.as_str()).collect(),
            steps: process.steps.iter().map(step).collect(),
            records: process.records.iter().map(retained).collect(),
            text: &process.body.text,
            url: address(site, &format!("{}{}", site.agency_folder(agency), path::work_process(process))),
        }
    }
}

impl Record for WorkProcessRecord<'_> {
    const SET: Set = Set::WorkProcesses;
    const COLUMNS: &'static [&'static str] = &[
        "agency",
        "code",
        "title",
        "kind",
        "status",
        "edition",
        "revision",
        "issued_on",
        "effective_on",
        "drafted_by",
        "reviewed_by",
        "approved_by",
        "unit",
        "covers",
        "legal_bases",
        "step_count",
        "url",
    ];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            Cell::text(self.agency),
            Cell::text(self.code),
            Cell::text(self.title),
            Cell::choice("work_process_kind", &self.kind),
            Cell::choice("document_status", &self.status),
            Cell::number(self.edition),
            Cell::number(self.revision),
            Cell::day(&self.issued_on),
            Cell::day(&self.effective_on),
            Cell::text(self.drafted_by),
            Cell::text(self.reviewed_by),
            Cell::text(self.approved_by),
            Cell::text(self.unit),
            Cell::list(&self.covers),
            Cell::list(&self.legal_bases),
            Cell::number(self.steps.len() as u32),
            Cell::text(self.url.as_str()),
        ]
    }
}

/// A legal document and its state on the day of the build.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "LegalDocument")]
pub(super) struct LegalRecord<'a> {
    pub number: &'a str,
    pub title: &'a str,
    pub issuer: Option<&'a str>,
    pub issued_on: Option<String>,
    pub effective_on: Option<String>,
    pub ended_on: Option<String>,
    pub status: LegalStatus,
    pub replaced_by: Vec<&'a str>,
    pub amended_by: Vec<&'a str>,
    pub source: Option<&'a str>,
    /// The day on which it was compared with its source; what was not compared has none.
    pub verified_on: Option<String>,
    /// Its page, in a province.
    pub url: Option<String>,
}

impl<'a> LegalRecord<'a> {
    pub fn new(site: &'a Site<'_>, document: &'a LegalDocument) -> Self {
        Self {
            number: document.number.as_str(),
            title: &document.title,
            issuer: document.issuer.as_deref(),
            issued_on: iso(document.issued_on),
            effective_on: iso(document.effective_on),
            ended_on: iso(document.ended_on),
            status: document.status_on(site.today()),
            replaced_by: document.replaced_by.iter().map(|number| number.as_str()).collect(),
            amended_by: document.amended_by.iter().map(|number| number.as_str()).collect(),
            source: document.source.as_deref(),
            verified_on: iso(document.verified_on),
            url: site.is_province().then(|| address(site, &path::legal_document(&document.number))),
        }
    }
}

impl Record for LegalRecord<'_> {
    const SET: Set = Set::LegalDocuments;
    const COLUMNS: &'static [&'static str] =
        &["number", "title", "issuer", "issued_on", "effective_on", "ended_on", "status", "replaced_by", "amended_by", "source", "verified_on", "url"];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            Cell::text(self.number),
            Cell::text(self.title),
            Cell::text(self.issuer),
            Cell::day(&self.issued_on),
            Cell::day(&self.effective_on),
            Cell::day(&self.ended_on),
            Cell::choice("legal_status", &self.status),
            Cell::list(&self.replaced_by),
            Cell::list(&self.amended_by),
            Cell::text(self.source),
            Cell::day(&self.verified_on),
            Cell::text(self.url.as_deref()),
        ]
    }
}

/// Dossiers of one period and field, as the agency counted them.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Result")]
pub(super) struct ResultRecord<'a> {
    /// Id of the agency.
    pub agency: &'a str,
    pub year: i16,
    /// `2026`, `2026-Q2` or `2026-06`.
    pub period: &'a str,
    pub field: Option<&'a str>,
    pub received: u32,
    /// Before the time limit; counted apart from `on_time`.
    pub early: Option<u32>,
    pub on_time: u32,
    pub late: u32,
    pub pending: Option<u32>,
    pub causes: &'a [String],
    pub actions: &'a [String],
    pub source: Option<&'a str>,
    pub url: String,
}

impl<'a> ResultRecord<'a> {
    /// Every row of every agency that exists.
    pub fn all(site: &'a Site<'_>) -> impl Iterator<Item = Self> {
        active(site).flat_map(move |agency| {
            let years = site.register.records(&agency.id).results.iter();
            years.flat_map(move |(year, results)| results.rows.iter().map(move |row| Self::new(site, agency, *year, results.source.as_deref(), row)))
        })
    }

    fn new(site: &Site<'_>, agency: &'a Agency, year: i16, source: Option<&'a str>, row: &'a ResultRow) -> Self {
        Self {
            agency: agency.id.as_str(),
            year,
            period: &row.period,
            field: row.field.as_deref(),
            received: row.received,
            early: row.early,
            on_time: row.on_time,
            late: row.late,
            pending: row.pending,
            causes: &row.causes,
            actions: &row.actions,
            source,
            url: address(site, &format!("{}ket-qua/{year}/", site.agency_folder(agency))),
        }
    }
}

impl Record for ResultRecord<'_> {
    const SET: Set = Set::Results;
    const COLUMNS: &'static [&'static str] =
        &["agency", "year", "period", "field", "received", "early", "on_time", "late", "pending", "causes", "actions", "source", "url"];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            Cell::text(self.agency),
            Cell::Number(self.year.into()),
            Cell::text(self.period),
            Cell::text(self.field),
            Cell::number(self.received),
            Cell::number(self.early),
            Cell::number(self.on_time),
            Cell::number(self.late),
            Cell::number(self.pending),
            Cell::list(self.causes),
            Cell::list(self.actions),
            Cell::text(self.source),
            Cell::text(self.url.as_str()),
        ]
    }
}

/// The inspection of one agency in a year. Ratings are those of the inspecting unit, never computed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Inspection")]
pub(super) struct InspectionRecord<'a> {
    pub year: i16,
    pub decision_number: Option<&'a str>,
    pub decision_issued_on: Option<String>,
    /// Id of the agency.
    pub agency: &'a str,
    pub form: InspectionForm,
    pub record_on: Option<String>,
    pub rating: Option<Rating>,
    pub score: Option<f64>,
    pub findings: Vec<FindingRecord<'a>>,
    /// The page of the year, in a province; else that of the agency.
    pub url: String,
}

/// A finding at a point of TT 26/2014/TT-BKHCN, Điều 36.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
pub(super) struct FindingRecord<'a> {
    pub point: &'a str,
    pub text: &'a str,
    pub due: Option<String>,
    pub closed_on: Option<String>,
}

impl<'a> InspectionRecord<'a> {
    /// Every inspected agency of every year.
    pub fn all(site: &'a Site<'_>) -> impl Iterator<Item = Self> {
        let years = site.register.inspections.values();
        years.flat_map(move |inspection| inspection.agencies.iter().map(move |one| Self::new(site, inspection, one)))
    }

    fn new(site: &Site<'_>, inspection: &'a Inspection, one: &'a InspectedAgency) -> Self {
        let decision = inspection.decision.as_ref();
        let finding = |finding: &'a crate::domain::Finding| FindingRecord {
            point: &finding.point,
            text: &finding.text,
            due: iso(finding.due),
            closed_on: iso(finding.closed_on),
        };
        let folder = if site.is_province() { format!("kiem-tra/{}/", inspection.year) } else { "kiem-tra/".to_owned() };
        Self {
            year: inspection.year,
            decision_number: decision.map(|decision| decision.number.as_str()),
            decision_issued_on: iso(decision.and_then(|decision| decision.issued_on)),
            agency: one.agency.as_str(),
            form: one.form,
            record_on: iso(one.record_on),
            rating: one.rating,
            score: one.score,
            findings: one.findings.iter().map(finding).collect(),
            url: address(site, &folder),
        }
    }
}

impl Record for InspectionRecord<'_> {
    const SET: Set = Set::Inspections;
    const COLUMNS: &'static [&'static str] =
        &["year", "decision_number", "decision_issued_on", "agency", "form", "record_on", "rating", "score", "finding_count", "open_finding_count", "url"];

    fn cells(&self) -> Vec<Cell<'_>> {
        let open = self.findings.iter().filter(|finding| finding.closed_on.is_none()).count();
        vec![
            Cell::Number(self.year.into()),
            Cell::text(self.decision_number),
            Cell::day(&self.decision_issued_on),
            Cell::text(self.agency),
            Cell::choice("inspection_form", &self.form),
            Cell::day(&self.record_on),
            Cell::choice("rating", &self.rating),
            self.score.map_or(Cell::Empty, Cell::Number),
            Cell::number(self.findings.len() as u32),
            Cell::number(open as u32),
            Cell::text(self.url.as_str()),
        ]
    }
}
