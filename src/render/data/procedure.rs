//! Administrative procedures as records of open data: the national facts, without what an agency adds.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::site::{CatalogueEntry, Site};
use super::super::view::{fee_text, iso, time_text};
use super::Set;
use super::record::{Cell, Record, address};
use crate::domain::vocabulary::*;
use crate::domain::{AdministrativeProcedure, Channel, Component, Dossier, Fee, LegalBasis, Markdown, ProcedureSteps};
use crate::theme::Words;

/// An administrative procedure as the national catalogue announces it: NĐ 63/2010/NĐ-CP, Điều 8. Texts are Markdown.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AdministrativeProcedure")]
pub(super) struct ProcedureRecord<'a> {
    /// National code.
    pub code: &'a str,
    pub name: &'a str,
    pub name_en: Option<&'a str>,
    pub field: &'a str,
    pub levels: &'a [ExecutionLevel],
    pub applicants: Vec<&'a str>,
    pub status: AdministrativeProcedureStatus,
    pub online_level: Option<OnlineLevel>,
    pub description: Option<&'a str>,
    pub announcement_number: Option<&'a str>,
    pub announcement_issued_on: Option<String>,
    pub channels: Vec<ChannelRecord<'a>>,
    pub dossiers: Vec<DossierRecord<'a>>,
    /// Number of dossier sets to hand in.
    pub sets: Option<u32>,
    /// The steps as a list; empty where the catalogue has them as a text.
    pub steps: Vec<StepRecord<'a>>,
    pub steps_text: Option<&'a str>,
    pub competent_agency: Option<&'a str>,
    pub executing_agency: Option<&'a str>,
    pub authorised_agency: Option<&'a str>,
    pub coordinating_agencies: Option<&'a str>,
    pub receiving_place: Option<&'a str>,
    pub results: &'a [String],
    pub conditions: Option<&'a str>,
    pub legal_bases: Vec<LegalBasisRecord<'a>>,
    pub forms: Vec<&'a str>,
    pub keywords: &'a [String],
    /// The official national record, which has legal value.
    pub source_url: Option<&'a str>,
    pub checked_on: Option<String>,
    pub url: String,
    /// What tables say in words is made of.
    #[serde(skip)]
    procedure: &'a AdministrativeProcedure,
    #[serde(skip)]
    words: &'a Words,
}

/// A way to hand in a dossier, to which time limit and fees belong.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Channel")]
pub(super) struct ChannelRecord<'a> {
    pub method: SubmissionMethod,
    pub time_limit: Option<TimeLimitRecord<'a>>,
    pub fees: Vec<FeeRecord<'a>>,
    pub note: Option<&'a str>,
}

/// A time limit. Working days are never turned into days.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TimeLimit")]
pub(super) struct TimeLimitRecord<'a> {
    pub value: Option<u32>,
    pub unit: Option<TimeUnit>,
    pub text: Option<&'a str>,
}

/// A fee. An amount of 0 that is not `free` means: see the text.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Fee")]
pub(super) struct FeeRecord<'a> {
    pub kind: Option<FeeKind>,
    pub amount: Option<u64>,
    /// ISO 4217.
    pub currency: &'a str,
    pub free: bool,
    pub text: Option<&'a str>,
    pub legal_basis: Option<&'a str>,
}

/// The papers of one case.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Dossier")]
pub(super) struct DossierRecord<'a> {
    pub case: Option<&'a str>,
    pub components: Vec<ComponentRecord<'a>>,
    pub note: Option<&'a str>,
}

/// One paper.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Component")]
pub(super) struct ComponentRecord<'a> {
    pub name: &'a str,
    pub originals: Option<u32>,
    pub copies: Option<u32>,
    /// Shown at the desk, not handed in.
    pub present_only: bool,
    pub form: Option<&'a str>,
    pub note: Option<&'a str>,
}

/// One step.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Step")]
pub(super) struct StepRecord<'a> {
    pub action: &'a str,
    pub responsible: Option<&'a str>,
    pub text: Option<&'a str>,
}

/// A legal document that it rests on.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "LegalBasis")]
pub(super) struct LegalBasisRecord<'a> {
    pub number: Option<&'a str>,
    pub title: Option<&'a str>,
}

impl<'a> ProcedureRecord<'a> {
    pub fn new(site: &'a Site<'_>, entry: &CatalogueEntry<'a>) -> Self {
        let procedure = entry.procedure;
        let (steps, steps_text) = steps(&procedure.steps);
        let (announcement, source) = (procedure.announcement.as_ref(), procedure.source.as_ref());
        Self {
            code: procedure.code.as_str(),
            name: &procedure.name,
            name_en: procedure.name_en.as_deref(),
            field: procedure.field.trim(),
            levels: &procedure.levels,
            applicants: procedure.applicants.iter().map(|applicant| &**applicant).collect(),
            status: procedure.status,
            online_level: procedure.online_level,
            description: text(procedure.description.as_deref()),
            announcement_number: announcement.map(|announcement| announcement.number.as_str()),
            announcement_issued_on: iso(announcement.and_then(|announcement| announcement.issued_on)),
            channels: procedure.channels.iter().map(channel).collect(),
            dossiers: procedure.dossiers.iter().map(dossier).collect(),
            sets: procedure.sets,
            steps,
            steps_text,
            competent_agency: procedure.competent_agency.as_deref(),
            executing_agency: procedure.executing_agency.as_deref(),
            authorised_agency: procedure.authorised_agency.as_deref(),
            coordinating_agencies: procedure.coordinating_agencies.as_deref(),
            receiving_place: procedure.receiving_place.as_deref(),
            results: &procedure.results,
            conditions: text(procedure.conditions.as_deref()),
            legal_bases: procedure.legal_bases.iter().map(legal_basis).collect(),
            forms: procedure.forms.iter().map(|form| form.name.as_str()).collect(),
            keywords: &procedure.keywords,
            source_url: source.and_then(|source| source.url.as_deref()),
            checked_on: iso(source.and_then(|source| source.checked_on)),
            url: address(site, entry.folder),
            procedure,
            words: site.words(),
        }
    }

    /// The time limits of all ways in words, once where they are the same.
    pub fn time_limits(&self) -> String {
        self.by_channel(|channel| channel.time_limit.as_ref().map(|limit| time_text(limit, self.words)))
    }

    fn fees(&self) -> String {
        let text = |channel: &Channel| channel.fees.iter().map(|fee| fee_text(fee, self.words)).collect::<Vec<_>>().join("; ");
        self.by_channel(|channel| Some(text(channel)).filter(|text| !text.is_empty()))
    }

    fn by_channel(&self, tell: impl Fn(&Channel) -> Option<String>) -> String {
        let told: Vec<(SubmissionMethod, String)> = self.procedure.channels.iter().filter_map(|channel| Some((channel.method, tell(channel)?))).collect();
        let Some((_, first)) = told.first() else { return String::new() };
        if told.iter().all(|(_, text)| text == first) {
            return first.clone();
        }
        let text = |(method, text): &(SubmissionMethod, String)| format!("{}: {text}", self.words.label("submission_method", method_name(*method)));
        told.iter().map(text).collect::<Vec<_>>().join("; ")
    }
}

/// A way to hand in a dossier as content files name it.
pub(super) fn method_name(method: SubmissionMethod) -> &'static str {
    match method {
        SubmissionMethod::Direct => "direct",
        SubmissionMethod::Online => "online",
        SubmissionMethod::Postal => "postal",
    }
}

fn text(markdown: Option<&Markdown>) -> Option<&str> {
    markdown.map(|markdown| &*markdown.text)
}

fn channel(channel: &Channel) -> ChannelRecord<'_> {
    let limit = channel.time_limit.as_ref();
    ChannelRecord {
        method: channel.method,
        time_limit: limit.map(|limit| TimeLimitRecord { value: limit.value, unit: limit.unit, text: limit.text.as_deref() }),
        fees: channel.fees.iter().map(fee).collect(),
        note: text(channel.note.as_deref()),
    }
}

fn fee(fee: &Fee) -> FeeRecord<'_> {
    FeeRecord {
        kind: fee.kind,
        amount: fee.amount,
        currency: &fee.currency,
        free: fee.is_free,
        text: fee.text.as_deref(),
        legal_basis: fee.legal_basis.as_ref().map(|number| number.as_str()),
    }
}

fn dossier(dossier: &Dossier) -> DossierRecord<'_> {
    let component = |paper: &'_ Component| (paper.originals, paper.copies, paper.is_present_only);
    let components = dossier.components.iter().map(|paper| {
        let (originals, copies, present_only) = component(paper);
        ComponentRecord { name: &paper.name, originals, copies, present_only, form: paper.form.as_deref(), note: paper.note.as_deref() }
    });
    DossierRecord { case: dossier.case.as_deref(), components: components.collect(), note: text(dossier.note.as_deref()) }
}

fn steps(steps: &ProcedureSteps) -> (Vec<StepRecord<'_>>, Option<&str>) {
    match steps {
        ProcedureSteps::Missing => (Vec::new(), None),
        ProcedureSteps::Text(steps) => (Vec::new(), Some(&steps.text)),
        ProcedureSteps::List(list) => {
            let steps = list.iter().map(|step| StepRecord { action: &step.action, responsible: step.responsible.as_deref(), text: text(step.text.as_deref()) });
            (steps.collect(), None)
        }
    }
}

fn legal_basis(basis: &LegalBasis) -> LegalBasisRecord<'_> {
    LegalBasisRecord { number: basis.number.as_ref().map(|number| number.as_str()), title: basis.title.as_deref() }
}

impl Record for ProcedureRecord<'_> {
    const SET: Set = Set::AdministrativeProcedures;
    const COLUMNS: &'static [&'static str] = &[
        "code",
        "name",
        "field",
        "levels",
        "applicants",
        "status",
        "online_level",
        "time_limits",
        "fees",
        "sets",
        "competent_agency",
        "executing_agency",
        "results",
        "announcement_number",
        "announcement_issued_on",
        "legal_bases",
        "source_url",
        "checked_on",
        "url",
    ];

    fn cells(&self) -> Vec<Cell<'_>> {
        let levels: Vec<&str> = self.levels.iter().map(|level| level_name(*level)).collect();
        let legal_bases: Vec<&str> = self.legal_bases.iter().filter_map(|basis| basis.number.or(basis.title)).collect();
        vec![
            Cell::text(self.code),
            Cell::text(self.name),
            Cell::text(self.field),
            if let [level] = levels[..] { Cell::Choice("execution_level", level.to_owned()) } else { Cell::list(&levels) },
            Cell::list(&self.applicants),
            Cell::choice("administrative_procedure_status", &self.status),
            Cell::choice("online_level", &self.online_level),
            Cell::made(self.time_limits()),
            Cell::made(self.fees()),
            Cell::number(self.sets),
            Cell::text(self.competent_agency),
            Cell::text(self.executing_agency),
            Cell::list(self.results),
            Cell::text(self.announcement_number),
            Cell::day(&self.announcement_issued_on),
            Cell::list(&legal_bases),
            Cell::text(self.source_url),
            Cell::day(&self.checked_on),
            Cell::text(self.url.as_str()),
        ]
    }
}

fn level_name(level: ExecutionLevel) -> &'static str {
    match level {
        ExecutionLevel::Ministry => "ministry",
        ExecutionLevel::Vertical => "vertical",
        ExecutionLevel::Province => "province",
        ExecutionLevel::Commune => "commune",
        ExecutionLevel::Other => "other",
    }
}
