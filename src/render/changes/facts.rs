//! The facts of the register that changes speak of. Only what pages show: nothing internal gets in here.

use std::collections::BTreeMap;
use std::convert::Infallible;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::super::path;
use super::super::site::Site;
use super::super::view::{fee_text, time_text};
use super::record::*;
use crate::domain::vocabulary::{DocumentStatus, Visibility};
use crate::domain::*;
use crate::source::hex;

/// Longest words about a time limit or a fee; longer ones are only compared.
const LONGEST_WORDS: usize = 200;

/// How many procedures are looked at together.
const PART: usize = 2_000;

/// Hands on the facts of the procedures in the order of their codes, part by part.
pub(super) fn catalogued<E>(site: &Site<'_>, mut take: impl FnMut(Vec<(String, ProcedureFacts)>) -> Result<(), E>) -> Result<(), E> {
    let texts = Texts::default();
    let all: Vec<&AdministrativeProcedure> = site.register.administrative_procedures.values().map(|procedure| &**procedure).collect();
    for part in all.chunks(PART) {
        take(part.par_iter().map(|procedure| (procedure.code.key().to_owned(), procedure_facts(site, procedure, &texts))).collect())?;
    }
    Ok(())
}

impl Facts {
    /// What a site says now.
    pub fn of(site: &Site<'_>) -> Self {
        let mut facts = Self::of_agencies(site);
        let Ok(()) = catalogued::<Infallible>(site, |part| {
            facts.procedures.extend(part);
            Ok(())
        });
        facts
    }

    /// The same without the procedures.
    pub fn of_agencies(site: &Site<'_>) -> Self {
        let mut facts = Self::default();
        for agency in site.register.agencies.values() {
            let codes: Vec<String> = site.standing(&agency.id).ranks.iter().map(|rank| site.catalogue[*rank].procedure.code.key().to_owned()).collect();
            let codes = sorted(codes);
            let list = hash(codes.iter().map(String::as_str));
            facts.agencies.insert(agency.id.to_string(), agency_facts(site, agency, &list));
            facts.lists.entry(list).or_insert(codes);
        }
        facts.inspections = site.register.inspections.values().map(|inspection| (inspection.year, inspection_hash(inspection))).collect();
        facts
    }
}

fn sorted(mut codes: Vec<String>) -> Vec<String> {
    codes.sort_unstable();
    codes
}

fn procedure_facts(site: &Site<'_>, procedure: &AdministrativeProcedure, texts: &Texts) -> ProcedureFacts {
    let words = site.words();
    let times = by_channel(site, &procedure.channels, texts, |channel| channel.time_limit.iter().map(|limit| time_text(&short_limit(limit), words)).collect());
    let fees = by_channel(site, &procedure.channels, texts, |channel| channel.fees.iter().map(|fee| fee_text(&short_fee(fee), words)).collect());
    let time = procedure.channels.iter().flat_map(|channel| {
        let limit = channel.time_limit.as_ref();
        [
            key(&channel.method),
            number(limit.and_then(|limit| limit.value)),
            key(&limit.and_then(|limit| limit.unit)),
            text(limit.and_then(|limit| limit.text.as_deref())),
        ]
    });
    let fee = procedure.channels.iter().flat_map(|channel| std::iter::once(key(&channel.method)).chain(channel.fees.iter().flat_map(fee_pieces)));
    ProcedureFacts {
        name: shown(&procedure.name).into(),
        status: procedure.status,
        time: Fact { hash: Hash(digest(time)), words: times },
        fee: Fact { hash: Hash(digest(fee)), words: fees },
        papers: Papers(procedure.dossiers.iter().flat_map(|dossier| dossier.components.iter().map(|paper| paper_hash(dossier, paper))).collect()),
    }
}

/// What holds for each way to hand in a dossier, where it can be told in few words.
fn by_channel(site: &Site<'_>, channels: &[Channel], texts: &Texts, lines: impl Fn(&Channel) -> Vec<String>) -> Ways {
    let mut told: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for channel in channels {
        let method = key(&channel.method);
        let label = site.words().label("submission_method", method.trim_matches('"'));
        told.entry(label.to_owned()).or_default().extend(lines(channel));
    }
    told.into_iter().filter_map(|(label, lines)| Some((texts.shared(label), texts.shared(few(&lines.join("; "))?)))).collect::<BTreeMap<_, _>>().into()
}

/// A time limit without the words beside its number.
fn short_limit(limit: &TimeLimit) -> TimeLimit {
    let has_number = limit.value.is_some_and(|value| value > 0) && limit.unit.is_some();
    TimeLimit { text: limit.text.clone().filter(|_| !has_number), ..limit.clone() }
}

/// A fee without the words beside its amount.
fn short_fee(fee: &Fee) -> Fee {
    let has_amount = fee.is_free || fee.amount.is_some_and(|amount| amount > 0);
    Fee { text: fee.text.clone().filter(|_| !has_amount), legal_basis: None, ..fee.clone() }
}

fn fee_pieces(fee: &Fee) -> Vec<String> {
    vec![
        key(&fee.kind),
        fee.amount.map_or_else(String::new, |amount| amount.to_string()),
        fee.currency.to_string(),
        fee.is_free.to_string(),
        text(fee.text.as_deref()),
        text(fee.legal_basis.as_ref().map(DocumentNumber::key)),
    ]
}

/// The hash of one paper of one case.
pub(super) fn paper_hash(dossier: &Dossier, paper: &Component) -> PaperHash {
    let pieces = [text(dossier.case.as_deref()), paper.name.to_string(), number(paper.originals), number(paper.copies), paper.is_present_only.to_string()];
    let [first, second, third, fourth, ..] = digest(pieces);
    [first, second, third, fourth]
}

fn agency_facts(site: &Site<'_>, agency: &Agency, list: &str) -> AgencyFacts {
    let mut facts = AgencyFacts { name: shown(&agency.name), is_active: agency.is_active(), procedures: list.to_owned(), ..AgencyFacts::default() };
    if !agency.is_active() {
        return facts;
    }
    facts.contact = contact(agency);
    if agency.qms == agency.id {
        let system = site.register.quality_system(agency);
        facts.declarations = system.iter().flat_map(|system| &system.declarations).map(|one| (path::declaration(one), declaration_facts(site, one))).collect();
        facts.current = site.standing(&agency.id).current.map(path::declaration);
    }
    let records = site.register.records(&agency.id);
    let processes = records.work_processes.iter().filter(|process| process.is_public()).map(|process| (path::work_process(process), process_facts(process)));
    let documents = records.documents.internal.iter().filter(|document| is_shown(document)).map(|document| (shown(&document.code), document_facts(document)));
    facts.documents = processes.chain(documents).collect();
    facts.records = record_facts(site, records);
    facts
}

fn is_shown(document: &ControlledDocument) -> bool {
    document.visibility == Visibility::Public && document.status != DocumentStatus::Draft
}

fn contact(agency: &Agency) -> BTreeMap<String, String> {
    let desk = agency.reception_desk.as_ref();
    [
        ("address", agency.address.as_deref()),
        ("phone", agency.phone.as_deref()),
        ("email", agency.email.as_deref()),
        ("website", agency.website.as_deref()),
        ("reception_hours", agency.reception_hours.as_deref()),
        ("reception_desk.address", desk.and_then(|desk| desk.address.as_deref())),
        ("reception_desk.phone", desk.and_then(|desk| desk.phone.as_deref())),
    ]
    .into_iter()
    .filter_map(|(field, text)| Some((field.to_owned(), shown(text?))))
    .collect()
}

fn declaration_facts(site: &Site<'_>, declaration: &Declaration) -> DeclarationFacts {
    let number = declaration.number.as_ref().map_or(declaration.slug.as_str(), DocumentNumber::as_str);
    let signer = declaration.signer.as_ref();
    let pieces = [
        number.to_owned(),
        date(declaration.issued_on),
        text(declaration.standard.as_ref().map(|id| &*id.0)),
        key(&declaration.kind),
        text(declaration.scope.as_ref().map(|scope| &*scope.text)),
        text(signer.and_then(|signer| signer.position.as_deref())),
        text(signer.and_then(|signer| signer.name.as_deref())),
        date(declaration.effective_on),
        date(declaration.ended_on),
    ];
    let annex = declaration.annex.iter().map(|code| code.key().to_owned());
    DeclarationFacts { title: shown(&site.words().fill("declaration_title", &[("number", number)])), hash: hash(pieces.into_iter().chain(annex)) }
}

fn process_facts(process: &WorkProcess) -> DocumentFacts {
    DocumentFacts {
        title: shown(&format!("{} {}", process.code, process.title)),
        edition: format!("{}/{}", process.edition, process.revision),
        is_ended: process.status != DocumentStatus::Active,
    }
}

fn document_facts(document: &ControlledDocument) -> DocumentFacts {
    let part = |number: Option<u32>| number.unwrap_or(0);
    DocumentFacts {
        title: shown(&format!("{} {}", document.code, document.title)),
        edition: format!("{}/{}", part(document.edition), part(document.revision)),
        is_ended: document.status != DocumentStatus::Active,
    }
}

fn record_facts(site: &Site<'_>, records: &AgencyRecords) -> BTreeMap<String, RecordFacts> {
    let words = site.words();
    let mut facts = BTreeMap::new();
    if let Some(policy) = &records.quality_policy {
        let pieces = [policy.body.text.to_string(), date(policy.approved_on), number(policy.edition)];
        facts.insert("chinh-sach-chat-luong/".to_owned(), RecordFacts { title: words.text("section_policy").to_owned(), hash: hash(pieces) });
    }
    for (year, objectives) in &records.objectives {
        let title = words.fill("objectives_title", &[("year", &year.to_string())]);
        facts.insert(format!("muc-tieu-chat-luong/{year}/"), RecordFacts { title, hash: hash(objectives.objectives.iter().flat_map(objective_pieces)) });
    }
    for (year, results) in &records.results {
        let title = words.fill("results_title", &[("year", &year.to_string())]);
        facts.insert(format!("ket-qua/{year}/"), RecordFacts { title, hash: hash(results.rows.iter().flat_map(row_pieces)) });
    }
    facts
}

fn objective_pieces(objective: &Objective) -> Vec<String> {
    let target = objective.target.as_ref();
    let mut pieces =
        vec![objective.id.clone(), objective.statement.clone(), target.map_or_else(String::new, |target| format!("{} {}", key(&target.op), target.value))];
    pieces.extend(objective.results.iter().flat_map(|result| [result.period.clone(), result.value.to_string()]));
    pieces
}

fn row_pieces(row: &ResultRow) -> Vec<String> {
    let counts = [Some(row.received), row.early, Some(row.on_time), Some(row.late), row.pending].map(number);
    [row.period.clone(), text(row.field.as_deref())].into_iter().chain(counts).collect()
}

fn inspection_hash(inspection: &Inspection) -> String {
    hash(inspection.agencies.iter().flat_map(|one| {
        let findings = one.findings.iter().flat_map(|finding| [finding.point.clone(), finding.text.clone(), date(finding.closed_on)]);
        [one.agency.to_string(), key(&one.rating)].into_iter().chain(findings).collect::<Vec<_>>()
    }))
}

/// A value of a closed list as its files write it, which no new version of the program changes.
fn key(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn number(number: Option<u32>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

fn date(date: Option<Date>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}

fn text(text: Option<&str>) -> String {
    text.unwrap_or_default().to_owned()
}

/// Words that are told whole, or not at all.
fn few(words: &str) -> Option<String> {
    let words = shown(words);
    (!words.is_empty() && words.chars().count() <= LONGEST_WORDS).then_some(words)
}

/// A text on one line, fit for a page, a feed and the next build.
pub(super) fn shown(text: &str) -> String {
    let line: String = text.chars().map(|c| if is_unprintable(c) { ' ' } else { c }).take(LONGEST_TEXT).collect();
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Twelve characters that stand for these pieces, where one ends and the next begins being part of it.
fn hash(pieces: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    hex(&digest(pieces))
}

/// The same as bytes.
fn digest(pieces: impl IntoIterator<Item = impl AsRef<str>>) -> [u8; 6] {
    let mut hasher = Sha256::new();
    for piece in pieces {
        hasher.update((piece.as_ref().len() as u64).to_le_bytes());
        hasher.update(piece.as_ref().as_bytes());
    }
    let whole = hasher.finalize();
    std::array::from_fn(|at| whole[at])
}
