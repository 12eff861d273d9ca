//! Skeletons of work processes, documents, objectives and results.

use super::super::{Item, Record, sample};
use crate::domain::Date;
use crate::domain::vocabulary::{Comparison, DocumentKind};

/// What is known of a work process.
pub struct WorkProcessFacts {
    pub code: String,
    pub title: String,
    pub edition: u32,
    pub issued_on: Date,
    /// Position of the one who approves it.
    pub approved_by: String,
    /// Codes and the names of the procedures.
    pub covers: Vec<(String, Option<String>)>,
    pub purpose: String,
    pub legal_bases: Vec<String>,
    pub steps: Vec<Record>,
    /// Whether it is not in use yet.
    pub is_draft: bool,
}

/// The front matter of `work-processes/<slug>.md`, and its text.
pub fn work_process(facts: WorkProcessFacts) -> (Record, String) {
    let kind = if facts.covers.is_empty() { "general" } else { "administrative" };
    let record = Record::new().text("code", facts.code).text("title", facts.title);
    let record = record
        .plain("edition", facts.edition)
        .plain("revision", 0)
        .plain("issued_on", facts.issued_on)
        .sampled()
        .text("approved_by", facts.approved_by)
        .plain("kind", kind)
        .items("covers", facts.covers.into_iter().map(|(code, name)| Item::Text(code, name)))
        .text("purpose", facts.purpose)
        .texts("legal_bases", facts.legal_bases)
        .records("steps", facts.steps)
        .records("records", [Record::new().text("name", sample("Sổ, hồ sơ lưu")).text("kept_by", sample("Văn phòng")).text("kept_for", sample("10 năm"))]);
    let record = if facts.is_draft { record.plain("status", "draft") } else { record };
    (record, sample("Phần này ghi thêm những điều cần lưu ý khi thực hiện quy trình."))
}

/// Steps that fit into every time limit: two, of `hours` together.
pub fn sample_steps(hours: u32) -> Vec<Record> {
    let step = |action: &str, responsible: &str, hours: u32, method: &str, output: &str| {
        Record::new()
            .text("action", sample(action))
            .text("responsible", sample(responsible))
            .record("duration", Record::new().plain("value", hours).plain("unit", "hour"))
            .text("method", sample(method))
            .text("output", output)
    };
    let first = (hours / 4).max(1);
    vec![
        step("Tiếp nhận hồ sơ", "Công chức một cửa", first, "Kiểm tra giấy tờ, ghi sổ, in giấy hẹn", "Giấy hẹn"),
        step("Ký và trả kết quả", "Lãnh đạo, công chức một cửa", (hours - first).max(1), "Đối chiếu hồ sơ, ký kết quả", "Kết quả giải quyết"),
    ]
}

/// A member of `internal` in `documents.yaml`.
pub fn document(code: &str, title: &str, kind: DocumentKind, edition: u32, issued_on: Date, approved_by: &str) -> Record {
    let record = Record::new()
        .text("code", code)
        .text("title", title)
        .word("kind", kind)
        .plain("edition", edition)
        .plain("revision", 0)
        .plain("issued_on", issued_on)
        .sampled();
    // An edition after the first is a draft until the one in use is taken out of use.
    let record = if edition > 1 { record.plain("status", "draft") } else { record };
    record.text("approved_by", approved_by)
}

/// A member of `external` in `documents.yaml`.
pub fn external_document(number: &str, updated_on: Date) -> Record {
    Record::new().text("number", number).plain("updated_on", updated_on)
}

/// The same where the document is not known yet.
pub fn unknown_external_document(updated_on: Date) -> Record {
    Record::new().text("number", format!("01/{}/NĐ-CP", updated_on.year())).sampled().plain("updated_on", updated_on)
}

/// A member of `objectives`.
pub fn objective(id: &str, year: i16) -> Record {
    let target = Record::new().text("op", ">=").plain("value", 98).text("unit", "%");
    let plan = Record::new()
        .text("action", sample("Nhắc hồ sơ sắp đến hạn mỗi ngày"))
        .text("responsible", sample("Văn phòng"))
        .text("resources", sample("Phần mềm một cửa"))
        .plain("due", format!("{year}-12-31"));
    Record::new()
        .text("id", id)
        .text("statement", sample("Giải quyết hồ sơ đúng và trước hạn"))
        .text("metric", sample("Tỷ lệ hồ sơ đúng và trước hạn"))
        .record("target", target)
        .records("plan", [plan])
}

/// An objective as it was set before.
pub struct ObjectiveFacts<'a> {
    pub id: &'a str,
    pub statement: &'a str,
    pub metric: Option<&'a str>,
    /// Sign, number and unit.
    pub target: Option<(Comparison, f64, Option<&'a str>)>,
    pub unit: Option<&'a str>,
    pub contributes_to: Option<&'a str>,
    /// Action, who does it, and with what.
    pub plan: Vec<(&'a str, Option<&'a str>, Option<&'a str>)>,
}

/// The same objective for another year: target and plan must be set anew.
pub fn objective_again(facts: &ObjectiveFacts<'_>, year: i16) -> Record {
    let record = Record::new().text("id", facts.id).text("statement", facts.statement).some_text("metric", facts.metric);
    let record = match facts.target {
        Some((op, value, unit)) => record.record("target", Record::new().word("op", op).plain("value", value).sampled().some_text("unit", unit)),
        None => record,
    };
    let record = record.some_text("unit", facts.unit).some_text("contributes_to", facts.contributes_to);
    let due = format!("{year}-12-31");
    let item = |(action, responsible, resources): &(&str, Option<&str>, Option<&str>)| {
        Record::new().text("action", *action).some_text("responsible", *responsible).some_text("resources", *resources).plain("due", &due).sampled()
    };
    record.records("plan", facts.plan.iter().map(item).collect::<Vec<_>>())
}

/// `objectives/<year>.yaml`
pub fn objectives(approved_on: Date, objectives: Vec<Record>) -> Record {
    Record::new().plain("approved_on", approved_on).sampled().records("objectives", objectives)
}

/// A member of `results`: figures that somebody must fill in.
pub fn result(period: &str, field: Option<&str>, figures: [u32; 5]) -> Record {
    let [received, early, on_time, late, pending] = figures;
    Record::new()
        .text("period", period)
        .some_text("field", field)
        .plain("received", received)
        .sampled()
        .plain("early", early)
        .sampled()
        .plain("on_time", on_time)
        .sampled()
        .plain("late", late)
        .sampled()
        .plain("pending", pending)
        .sampled()
}

/// `results/<year>.yaml`
pub fn results(results: Vec<Record>) -> Record {
    Record::new().text("source", sample("Hệ thống thông tin giải quyết thủ tục hành chính")).records("results", results)
}
