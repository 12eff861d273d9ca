//! What is added to the records of an agency: policy, objectives, documents, reviews, results.

use anyhow::{Result, bail, ensure};
use jiff::ToSpan;

use super::{Added, Content, Setting};
use crate::domain::{Agency, Date, Objective, period_start};
use crate::parse::FileKind;
use crate::starter::skeleton::{self, ObjectiveFacts};
use crate::starter::{Record, known, sample};

fn members(path: String, kind: FileKind, key: &'static str, members: Vec<Record>, whole: Record) -> Added {
    Added { path, content: Content::Members { kind, key: Some(key), members, whole }, next: Vec::new() }
}

fn head(agency: &Agency) -> String {
    agency.head.as_ref().map_or_else(|| sample("Chức vụ"), |head| head.position.clone())
}

/// `quality-policy.md`, of which there is one.
pub(super) fn quality_policy(setting: &Setting<'_>) -> Result<Added> {
    let agency = setting.agency()?;
    let path = format!("content/agencies/{}/quality-policy.md", agency.id);
    ensure!(!setting.is_there(&path), "đã có {path}; khi ban hành lại, sửa tệp ấy: tăng edition thêm 1, ghi approved_on và lời văn mới");
    let (record, text) = skeleton::quality_policy(setting.day(), &head(agency));
    Ok(Added::file(path, crate::starter::markdown(FileKind::QualityPolicy, record, &text)))
}

/// One more objective of a year, or those of a new year: the ones of the year before, to be set anew.
pub(super) fn objective(setting: &Setting<'_>) -> Result<Added> {
    let agency = setting.agency()?;
    let years = &setting.judged.register.records(&agency.id).objectives;
    let year = setting.arguments.year.unwrap_or_else(|| setting.day().year());
    let path = format!("content/agencies/{}/objectives/{year}.yaml", agency.id);
    let of_year = years.get(&year).map(|year| year.objectives.as_slice()).unwrap_or_default();
    let before: Vec<&Objective> = years.range(..year).next_back().map(|(_, year)| year.objectives.iter().collect()).unwrap_or_default();
    let id = known::next_code(of_year.iter().map(|objective| objective.id.as_str())).unwrap_or_else(|| "MT-01".to_owned());
    let one = skeleton::objective(&id, year);
    let again = before.iter().map(|objective| skeleton::objective_again(&facts(objective), year)).collect::<Vec<_>>();
    let carried = if before.is_empty() { vec![one.clone()] } else { again };
    let added = members(path, FileKind::Objectives, "objectives", vec![one], skeleton::objectives(setting.day(), carried));
    Ok(match of_year.is_empty() && !before.is_empty() {
        true => added.next("mục tiêu chép từ năm trước: đặt lại chỉ tiêu, kế hoạch, thời hạn của năm nay"),
        false => added,
    })
}

fn facts(objective: &Objective) -> ObjectiveFacts<'_> {
    ObjectiveFacts {
        id: &objective.id,
        statement: &objective.statement,
        metric: objective.metric.as_deref(),
        target: objective.target.as_ref().map(|target| (target.op, target.value, target.unit.as_deref())),
        unit: objective.unit.as_deref(),
        contributes_to: objective.contributes_to.as_deref(),
        plan: objective.plan.iter().map(|item| (item.action.as_str(), item.responsible.as_deref(), item.resources.as_deref())).collect(),
    }
}

/// A member of the internal list; a code that is there gets its next edition, as a draft.
pub(super) fn document(setting: &Setting<'_>) -> Result<Added> {
    let agency = setting.agency()?;
    let internal = &setting.judged.register.records(&agency.id).documents.internal;
    let asked = setting.arguments.code.as_deref();
    let old = internal.iter().filter(|document| Some(document.code.as_str()) == asked).max_by_key(|document| document.edition);
    let forms = internal.iter().map(|document| document.code.as_str()).filter(|code| code.starts_with("BM"));
    let code = asked.map(str::to_owned).or_else(|| known::next_code(forms)).unwrap_or_else(|| "BM-01".to_owned());
    let title = setting.arguments.title.clone().or_else(|| old.map(|old| old.title.clone())).unwrap_or_else(|| sample("Tên tài liệu"));
    let edition = old.map_or(1, |old| old.edition.unwrap_or(1).saturating_add(1));
    let kind = old.map_or_else(|| known::document_kind(&code), |old| old.kind);
    let record = skeleton::document(&code, &title, kind, edition, setting.day(), &head(agency));
    let path = format!("content/agencies/{}/documents.yaml", agency.id);
    let added = members(path, FileKind::Documents, "internal", vec![record.clone()], Record::new().records("internal", [record]));
    Ok(match old {
        Some(_) => added.next("ban hành xong thì bỏ dòng  status: draft  ở bản mới và ghi  status: obsolete  ở bản cũ"),
        None => added,
    })
}

/// A member of the external list.
pub(super) fn external_document(setting: &Setting<'_>) -> Result<Added> {
    let agency = setting.agency()?;
    let record = match &setting.arguments.number {
        Some(number) => skeleton::external_document(number, setting.day()),
        None => skeleton::unknown_external_document(setting.day()),
    };
    let path = format!("content/agencies/{}/documents.yaml", agency.id);
    let added = members(path, FileKind::Documents, "external", vec![record.clone()], Record::new().records("external", [record]));
    Ok(added.next("văn bản chưa có trong content/law thì thêm bằng lệnh  congbo new legal-document"))
}

/// A member of one of the lists of `reviews.yaml`.
pub(super) fn review(setting: &Setting<'_>, kind: &str) -> Result<Added> {
    let (agency, day) = (setting.agency()?, setting.day());
    let (key, record) = match kind {
        "audit" => ("internal_audits", skeleton::internal_audit(day)),
        "review" => ("management_reviews", skeleton::management_review(day)),
        "nonconformity" => ("nonconformities", skeleton::nonconformity(day, corrective_action_due(setting, day))),
        "training" => ("training", skeleton::training(day)),
        _ => ("complaints", skeleton::complaints(setting.arguments.year.unwrap_or(day.year()))),
    };
    let path = format!("content/agencies/{}/reviews.yaml", agency.id);
    Ok(members(path, FileKind::Reviews, key, vec![record.clone()], Record::new().records(key, [record])))
}

/// The day by which a corrective action must be reported, by the table of deadlines.
pub(super) fn corrective_action_due(setting: &Setting<'_>, day: Date) -> Option<Date> {
    let deadline = setting.judged.register.deadlines.get("corrective_action")?;
    Some(day.saturating_add(i64::from(deadline.months).months()))
}

/// The rows of the next period, one for each field of the last one.
pub(super) fn result(setting: &Setting<'_>) -> Result<Added> {
    let agency = setting.agency()?;
    let results = &setting.judged.register.records(&agency.id).results;
    let last = results.last_key_value().and_then(|(year, results)| Some((*year, results, results.rows.iter().map(|row| &row.period).max()?)));
    let following = || last.map(|(year, _, period)| known::next_period(period).unwrap_or_else(|| known::first_period(year.saturating_add(1), period)));
    let period = setting.arguments.period.clone().or_else(following).unwrap_or_else(|| (setting.day().year() - 1).to_string());
    match period_start(&period) {
        None => bail!("--period: “{period}” không phải một kỳ; ghi năm, quý hoặc tháng, ví dụ 2026, 2026-Q3, 2026-09"),
        Some(start) if start > setting.today => bail!("kỳ {period} chưa bắt đầu; ghi kỳ khác bằng --period, ví dụ --period {}", setting.today.year()),
        Some(_) => {}
    }
    let year: i16 = period[..4].parse()?;
    let path = format!("content/agencies/{}/results/{year}.yaml", agency.id);
    let is_there = results.get(&year).is_some_and(|results| results.rows.iter().any(|row| row.period == period));
    ensure!(!is_there, "đã có kết quả kỳ {period} trong {path}; mở tệp ấy để sửa");
    let mut fields: Vec<Option<&str>> = Vec::new();
    for row in last.into_iter().flat_map(|(_, results, period)| results.rows.iter().filter(move |row| row.period == *period)) {
        if !fields.contains(&row.field.as_deref()) {
            fields.push(row.field.as_deref());
        }
    }
    if fields.is_empty() {
        fields.push(None);
    }
    let rows: Vec<Record> = fields.iter().map(|field| skeleton::result(&period, *field, [0; 5])).collect();
    let whole = skeleton::results(rows.clone());
    Ok(members(path, FileKind::Results, "results", rows, whole)
        .next("điền số thật vào từng dòng có  # [MẪU] , xóa chữ ấy; có hồ sơ quá hạn thì thêm causes và actions"))
}
