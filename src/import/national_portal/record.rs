//! The labelled texts of a line into a record of the catalogue.

use super::findings::Findings;
use super::source_record::SourceRecord;
use super::{SOURCE_NAME, applicant, channel, dossier, legal_basis, rules};
use crate::domain::vocabulary::{AdministrativeProcedurePart as Part, AdministrativeProcedureStatus, ExecutionLevel};
use crate::domain::{Date, ProcedureCode, fold};
use crate::import::markdown_text::{title, to_markdown};
use crate::import::plain_text::{one_line, tidy_lines};
use crate::parse::raw::*;

/// Ending of the code of a record that the portal has deleted.
const DELETED_ENDING: &str = "-Xoa";

/// The record; `None`, and told, where it has no usable code.
pub(super) fn record(mut source: SourceRecord, checked_on: Option<Date>, findings: &mut Findings<'_>) -> Option<RawAdministrativeProcedure> {
    let (code, status) = code(&source.take("Mã thủ tục", findings).unwrap_or_default(), findings)?;
    let announcement = source.take("Số quyết định", findings).and_then(|text| legal_basis::announcement(&text, findings));
    let name = source.take("Tên thủ tục", findings).map(|text| one_line(&text)).unwrap_or_else(|| nameless(&code, findings));
    let levels = source.take("Cấp thực hiện", findings).map(|text| levels(&text, findings)).unwrap_or_default();
    let regulation = source.take("Loại thủ tục", findings).map(|text| regulation(&one_line(&text)));
    let field = source.take("Lĩnh vực", findings).map(|text| one_line(&text));
    let steps = source.take("Trình tự thực hiện", findings).map(|text| ListOr::Other(steps(&text)));
    let channels = source.take("Cách thức thực hiện", findings).map(|text| channel::channels(&text, findings)).unwrap_or_default();
    let dossiers = source.take("Thành phần hồ sơ", findings).map(|text| dossier::dossiers(&text, findings)).unwrap_or_default();
    let applicants = source.take("Đối tượng thực hiện", findings).map(|text| applicant::applicants(&one_line(&text), findings)).unwrap_or_default();
    let mut plain = |label: &'static str, findings: &mut Findings<'_>| source.take(label, findings).map(|text| tidy_lines(&text));
    let executing_agency = plain("Cơ quan thực hiện", findings);
    let competent_agency = plain("Cơ quan có thẩm quyền", findings);
    let receiving_place = plain("Địa chỉ tiếp nhận HS", findings);
    let authorised_agency = plain("Cơ quan được ủy quyền", findings);
    let coordinating_agencies = plain("Cơ quan phối hợp", findings);
    let results = plain("Kết quả thực hiện", findings).map(|text| results(&text)).unwrap_or_default();
    let conditions = plain("Yêu cầu, điều kiện thực hiện", findings).map(|text| to_markdown(&text));
    let keywords = plain("Từ khóa", findings).map(|text| keywords(without_label(&text))).unwrap_or_default();
    let description = plain("Mô tả", findings).map(|text| to_markdown(text.trim_end().trim_end_matches("Từ khóa:").trim_end()));
    let legal_bases = source.take("Căn cứ pháp lý", findings).map(|text| legal_basis::legal_bases(&text, findings)).unwrap_or_default();
    for (label, text) in source.rest() {
        findings.keep_under(&label, &text);
    }
    let mut record = RawAdministrativeProcedure {
        code,
        name,
        name_en: None,
        field,
        field_en: None,
        levels,
        applicants,
        announcement,
        regulation,
        description,
        channels,
        dossiers,
        sets: None,
        steps,
        competent_agency,
        executing_agency,
        authorised_agency,
        coordinating_agencies,
        receiving_place,
        results,
        conditions,
        legal_bases,
        // The portal's printed form names no attachments; forms are only mentioned in running text.
        forms: Vec::new(),
        online_level: None,
        status,
        keywords,
        source: None,
        import_notes: std::mem::take(&mut findings.notes),
    };
    let lacks = lacks(&record);
    record.source =
        Some(RawNationalSource { url: None, name: Some(SOURCE_NAME.to_owned()), checked_on: checked_on.map(|date| RawDate(date.to_string())), lacks });
    Some(record)
}

/// The parts that the record does not state. The portal's printed form never states sets and forms.
fn lacks(record: &RawAdministrativeProcedure) -> Vec<Part> {
    let has_time = |channel: &RawChannel| channel.time_limit.is_some();
    let missing = [
        (Part::Steps, record.steps.is_none()),
        (Part::Channels, record.channels.is_empty()),
        (Part::Dossiers, !record.dossiers.iter().any(|dossier| !dossier.components.is_empty() || dossier.note.is_some())),
        (Part::Sets, true),
        (Part::TimeLimit, !record.channels.iter().all(has_time)),
        (Part::Applicants, record.applicants.is_empty()),
        (Part::CompetentAgency, record.competent_agency.is_none() && record.executing_agency.is_none()),
        (Part::Results, record.results.is_empty()),
        (Part::Conditions, record.conditions.is_none()),
        (Part::Fees, record.channels.iter().any(|channel| channel.fees.is_empty())),
        (Part::Forms, true),
    ];
    missing.into_iter().filter(|(_, is_missing)| *is_missing).map(|(part, _)| part).collect()
}

fn code(written: &str, findings: &mut Findings<'_>) -> Option<(RawCode, AdministrativeProcedureStatus)> {
    let written = one_line(written);
    let (code, status) = match written.strip_suffix(DELETED_ENDING) {
        Some(code) => (code, AdministrativeProcedureStatus::Abolished),
        None => (written.as_str(), AdministrativeProcedureStatus::Active),
    };
    if ProcedureCode::parse(code).is_none() {
        findings.tell(rules::malformed_code, &written);
        return None;
    }
    if status == AdministrativeProcedureStatus::Abolished {
        findings.keep(&written);
    }
    Some((RawCode(code.to_owned()), status))
}

fn nameless(code: &RawCode, findings: &mut Findings<'_>) -> String {
    findings.tell(rules::unstructured, "nguồn không ghi tên thủ tục");
    format!("Thủ tục {} (nguồn không ghi tên)", code.0)
}

/// The portal prints one level, the lowest; other exports print several.
fn levels(text: &str, findings: &mut Findings<'_>) -> Vec<ExecutionLevel> {
    let mut levels = Vec::new();
    for part in text.split([',', ';']).map(one_line).filter(|part| !part.is_empty()) {
        match fold(&part).as_str() {
            "cap bo" => levels.push(ExecutionLevel::Ministry),
            "cap tinh" => levels.push(ExecutionLevel::Province),
            "cap xa" => levels.push(ExecutionLevel::Commune),
            "nganh doc" => levels.push(ExecutionLevel::Vertical),
            "co quan khac" => levels.push(ExecutionLevel::Other),
            _ => findings.keep(&part),
        }
    }
    levels
}

/// The portal's words where it prints them, the same words for its codes where it does not.
fn regulation(written: &str) -> String {
    match written {
        "ASSIGNED_REGULATION" => "TTHC được luật giao quy định chi tiết",
        "NOT_ASSIGNED_REGULATION" => "TTHC không được luật giao quy định chi tiết",
        "CENTRAL_REGULATION" => "TTHC do trung ương quy định",
        "LOCAL_REGULATION" => "TTHC do địa phương quy định",
        "OTHER" => "Khác",
        other => other,
    }
    .to_owned()
}

/// Lines `  * title` head a group of steps; all else is text.
fn steps(text: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut lines = String::new();
    for line in text.lines() {
        match line.strip_prefix("  * ") {
            Some(words) if !words.trim().is_empty() => {
                parts.push(to_markdown(&std::mem::take(&mut lines)));
                parts.push(title(words));
            }
            _ => {
                lines.push_str(line);
                lines.push('\n');
            }
        }
    }
    parts.push(to_markdown(&lines));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// Splits at commas before words that begin the name of another document.
fn results(text: &str) -> Vec<String> {
    const BEGINNINGS: &[&str] =
        &["Giấy ", "Quyết định ", "Văn bản ", "Thông báo ", "Chứng chỉ ", "Chứng nhận ", "Công văn ", "Biên bản ", "Bằng ", "Thẻ ", "Trích lục "];
    let mut results = Vec::new();
    let mut rest = text;
    let mut begin = 0;
    while let Some(at) = rest[begin..].find(", ").map(|at| at + begin) {
        let (before, after) = (&rest[..at], &rest[at + 2..]);
        let is_balanced = before.matches('(').count() == before.matches(')').count();
        if is_balanced && BEGINNINGS.iter().any(|word| after.starts_with(word)) {
            results.push(before.to_owned());
            (rest, begin) = (after, 0);
        } else {
            begin = at + 2;
        }
    }
    results.push(rest.to_owned());
    results.retain(|result| !result.trim().is_empty());
    results
}

fn without_label(text: &str) -> &str {
    text.strip_prefix("Từ khóa:").unwrap_or(text).trim()
}

/// Short words separated by commas; a whole sentence stays whole.
fn keywords(text: &str) -> Vec<String> {
    const LONGEST_WORDS: usize = 6;
    let parts: Vec<String> = text.split([',', ';', '\n']).map(one_line).filter(|part| !part.is_empty()).collect();
    let is_list = parts.iter().all(|part| part.split(' ').count() <= LONGEST_WORDS);
    if is_list { parts } else { vec![one_line(text)] }
}
