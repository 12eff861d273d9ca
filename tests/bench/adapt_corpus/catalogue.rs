//! A procedure of the corpus as a record of the catalogue.

use anyhow::{Context, Result, bail};
use congbo::domain::vocabulary::{AdministrativeProcedureStatus, ExecutionLevel, OnlineLevel, SubmissionMethod, TimeUnit};
use congbo::import::{yaml_of, yaml_writer};
use congbo::parse::raw::*;

use crate::File;
use crate::neutral::{Agency, LegalBasis, Paper, Procedure, Step};
use crate::project::written_date;

/// The code of procedure `number` of the whole corpus, from 0: `1.000000`.
pub fn code(number: usize) -> String {
    format!("{}.{:06}", 1 + number / 1_000_000, number % 1_000_000)
}

/// The record in a file of its own.
pub fn file(code: &str, one: &Procedure, agency: &Agency) -> Result<File> {
    let record = record(code, one, agency).with_context(|| one.slug.clone())?;
    let text = yaml_writer::write(&serde_json::Value::Array(vec![yaml_of(&record)]));
    Ok(File { path: format!("administrative-procedures/{}/{}.yaml", agency.slug, one.slug), text })
}

fn record(code: &str, one: &Procedure, agency: &Agency) -> Result<RawAdministrativeProcedure> {
    let channel = RawChannel { method: SubmissionMethod::Direct, time_limit: Some(time_limit(&one.time_limit)), fees: vec![fee(&one.fee)], note: None };
    let dossier = RawDossier { case: None, components: one.dossier.iter().map(component).collect(), note: None };
    Ok(RawAdministrativeProcedure {
        code: RawCode(code.to_owned()),
        name: one.name.clone(),
        name_en: None,
        field: Some(one.field.clone()),
        field_en: None,
        levels: vec![if crate::agency::is_commune(agency) { ExecutionLevel::Commune } else { ExecutionLevel::Province }],
        applicants: vec!["Tổ chức, cá nhân".to_owned()],
        announcement: None,
        regulation: None,
        // The one Markdown text of a record that no other part of the page explains.
        description: Some(one.guidance.trim_end().to_owned()),
        channels: vec![channel],
        dossiers: vec![dossier],
        sets: Some(1),
        steps: Some(ListOr::List(one.steps.iter().map(step).collect())),
        competent_agency: Some(agency.name.clone()),
        executing_agency: None,
        authorised_agency: None,
        coordinating_agencies: None,
        receiving_place: None,
        results: vec![one.result.clone()],
        conditions: Some("Không quy định.".to_owned()),
        legal_bases: one.legal_basis.iter().map(legal_basis).collect(),
        forms: Vec::new(),
        online_level: Some(online_level(&one.level)?),
        status: AdministrativeProcedureStatus::Active,
        keywords: Vec::new(),
        source: Some(RawNationalSource { url: None, name: None, checked_on: Some(RawDate(one.date.clone())), lacks: Vec::new() }),
        import_notes: vec![format!("Mã trong bộ dữ liệu gốc: {}", one.code)],
    })
}

/// `44 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ`
fn time_limit(written: &str) -> RawTimeLimit {
    let number = written.split_once(" ngày làm việc ").and_then(|(days, rest)| Some((days.parse().ok()?, rest)));
    match number {
        Some((days, rest)) => RawTimeLimit { value: Some(days), unit: Some(TimeUnit::WorkingDay), text: Some(rest.to_owned()) },
        None => RawTimeLimit { value: None, unit: None, text: Some(written.to_owned()) },
    }
}

/// An amount stays the text that it is: the corpus names no document that sets it.
fn fee(written: &str) -> RawFee {
    let free = written == "Không";
    RawFee { kind: None, amount: None, currency: None, free, text: (!free).then(|| written.to_owned()), legal_basis: None }
}

/// A paper with neither originals nor copies is one that is only shown.
fn component(paper: &Paper) -> RawComponent {
    RawComponent {
        name: paper.name.clone(),
        originals: Some(paper.originals),
        copies: Some(paper.copies),
        present_only: paper.originals + paper.copies == 0,
        form: Some(paper.form.clone()),
        note: None,
    }
}

/// A step of the catalogue has no fields for time, form and output: they are its text.
fn step(step: &Step) -> RawProcedureStep {
    let Step { name, responsible, time, form, output } = step;
    RawProcedureStep {
        action: name.clone(),
        responsible: Some(responsible.clone()),
        text: Some(format!("Thời gian: {time}. Biểu mẫu: {form}. Kết quả: {output}.")),
    }
}

/// The date of a basis has no field: it follows the title.
fn legal_basis(basis: &LegalBasis) -> Short<RawLegalBasis> {
    let title = format!("{}, ngày {}", basis.title, written_date(&basis.date));
    Short(RawLegalBasis { number: Some(basis.number.clone()), title: Some(title) })
}

fn online_level(written: &str) -> Result<OnlineLevel> {
    Ok(match written {
        "Toàn trình" => OnlineLevel::Full,
        "Một phần" => OnlineLevel::Partial,
        "Cung cấp thông tin" => OnlineLevel::None,
        other => bail!("the level {other:?} is not known"),
    })
}
