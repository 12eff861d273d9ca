//! The skeletons of the files of one agency. What is known comes in; the rest is a sample to replace.

mod catalogue;
mod work;

use super::{Item, Record, sample};
use crate::domain::Date;
use crate::domain::vocabulary::{RedeclarationReason, SigningAuthority};

pub use catalogue::{administrative_procedure, decision_on_quality_systems, decree_on_procedures, free_page, legal_document, site};
pub use work::{
    ObjectiveFacts, WorkProcessFacts, document, external_document, objective, objective_again, objectives, result, results, sample_steps,
    unknown_external_document, work_process,
};

/// What is known of an agency.
pub struct AgencyFacts<'a> {
    pub id: &'a str,
    pub name: &'a str,
    /// A word of the closed list, such as `commune`.
    pub level: &'a str,
    pub parent: Option<&'a str>,
    /// Position of the head.
    pub head: &'a str,
    /// Codes that it is competent for; none where that is not known yet.
    pub competence: &'a [&'a str],
}

/// `agency.yaml`
pub fn agency(facts: &AgencyFacts<'_>) -> Record {
    let record = Record::new()
        .text("id", facts.id)
        .text("name", facts.name)
        .plain("level", facts.level)
        .some_text("parent", facts.parent)
        .record("head", Record::new().text("position", sample(facts.head)))
        .text("address", sample("Số 1, đường Chính"))
        .text("phone", "0200 000 0000")
        .sampled()
        .text("email", "vanthu@vi-du.example")
        .sampled()
        .text("reception_hours", sample("Thứ Hai đến thứ Sáu: 7 giờ 30 đến 11 giờ 30, 13 giờ 30 đến 17 giờ"))
        .record("reception_desk", Record::new().text("name", sample("Bộ phận tiếp nhận và trả kết quả")))
        .records("units", [Record::new().text("id", "van-phong").text("name", sample("Văn phòng"))]);
    record.texts("administrative_procedures", facts.competence.iter().copied())
}

/// What is known of a declaration.
pub struct DeclarationFacts<'a> {
    pub number: &'a str,
    pub is_number_known: bool,
    pub issued_on: Date,
    pub place: String,
    pub standard: String,
    /// A word of the closed list, such as `first`.
    pub kind: &'a str,
    pub reason: Option<RedeclarationReason>,
    pub scope: String,
    /// Codes and the names of the procedures.
    pub annex: Vec<(String, Option<String>)>,
    pub legal_bases: Vec<String>,
    pub signer: Signer,
    pub recipients: Vec<String>,
    pub supersedes: Option<String>,
    pub confirmed_on: Date,
    pub noticed_on: Date,
}

/// Who signs.
#[derive(Debug, Clone)]
pub struct Signer {
    pub authority: Option<SigningAuthority>,
    pub position: String,
    pub name: String,
}

impl Signer {
    fn record(&self) -> Record {
        let record = Record::new();
        let record = if let Some(authority) = self.authority { record.word("authority", authority) } else { record };
        record.text("position", &self.position).text("name", &self.name)
    }
}

/// `declarations/<date>.yaml`
pub fn declaration(facts: DeclarationFacts<'_>) -> Record {
    let symbol = facts.number.split_once("QĐ-").map_or("UBND", |(_, symbol)| symbol);
    let annex = facts.annex.into_iter().map(|(code, name)| Item::Text(code, name));
    let record = Record::new()
        .text("number", facts.number)
        .sampled_if(!facts.is_number_known)
        .plain("issued_on", facts.issued_on)
        .text("place", facts.place)
        .text("standard", facts.standard)
        .plain("kind", facts.kind);
    let record = match facts.reason {
        Some(reason) => record.word("reason", reason),
        None if facts.kind == "redeclaration" => record.plain("reason", "reorganised").later(),
        None => record,
    };
    let record = record
        .text("scope", facts.scope)
        .items("annex", annex)
        .texts("legal_bases", facts.legal_bases)
        .record("signer", facts.signer.record())
        .texts("recipients", facts.recipients)
        .some_text("supersedes", facts.supersedes);
    let confirmation = Record::new().plain("confirmed_on", facts.confirmed_on).sampled();
    let notice = Record::new().text("number", format!("01/TB-{symbol}")).sampled().plain("sent_on", facts.noticed_on).sampled();
    let posting = Record::new().plain("posted_on", facts.noticed_on).sampled().text("place", sample("Bảng tin tại trụ sở"));
    let record = record.record("validity_confirmation", confirmation).record("lead_unit_notice", notice).record("premises_posting", posting);
    record.record("signed_file", Record::new().text("path", format!("files/quyet-dinh-cong-bo-{}.pdf", facts.issued_on))).later()
}

/// The front matter of `quality-policy.md`, and its text.
pub fn quality_policy(approved_on: Date, position: &str) -> (Record, String) {
    let signer = Signer { authority: None, position: sample(position), name: sample("Họ và tên") };
    let record = Record::new().plain("approved_on", approved_on).sampled().record("signer", signer.record()).plain("edition", 1);
    let text = [
        &sample("Cơ quan cam kết:"),
        "",
        "- giải quyết thủ tục hành chính đúng pháp luật, đúng hạn, công khai;",
        "- lắng nghe ý kiến của người dân và sửa ngay điều chưa đúng;",
        "- rà soát, cải tiến hệ thống quản lý chất lượng mỗi năm.",
    ];
    (record, text.join("\n"))
}

/// A member of `internal_audits`.
pub fn internal_audit(held_on: Date) -> Record {
    Record::new()
        .plain("held_on", held_on)
        .text("scope", sample("Toàn bộ hệ thống"))
        .text("findings", sample("Không có điểm không phù hợp"))
        .text("file", format!("files/bien-ban-danh-gia-noi-bo-{held_on}.pdf"))
        .later()
}

/// A member of `management_reviews`.
pub fn management_review(held_on: Date) -> Record {
    Record::new()
        .plain("held_on", held_on)
        .text("conclusion", sample("Hệ thống còn phù hợp và có hiệu lực"))
        .text("file", format!("files/ket-luan-xem-xet-{held_on}.pdf"))
        .later()
}

/// A member of `nonconformities`.
pub fn nonconformity(found_on: Date, due: Option<Date>) -> Record {
    let record = Record::new()
        .plain("found_on", found_on)
        .text("source", sample("Đánh giá nội bộ"))
        .text("description", sample("Điều chưa phù hợp, ở đâu, trái với quy định nào"))
        .text("cause", sample("Nguyên nhân gốc"))
        .text("corrective_action", sample("Việc làm để không lặp lại"));
    let record = match due {
        Some(due) => record.plain("due", due),
        None => record,
    };
    record.plain("closed_on", due.unwrap_or(found_on)).later()
}

/// A member of `training`.
pub fn training(held_on: Date) -> Record {
    Record::new().plain("held_on", held_on).text("topic", sample("Nội dung đào tạo")).plain("participants", 0).sampled()
}

/// A member of `complaints`.
pub fn complaints(year: i16) -> Record {
    Record::new().plain("year", year).plain("received", 0).sampled().plain("resolved", 0).sampled()
}

/// A member of `agencies` in `inspections/<year>.yaml`.
pub fn inspected_agency(agency: &str, record_on: Date, due: Option<Date>) -> Record {
    let finding = Record::new().text("point", "1a").text("text", sample("Điều chưa phù hợp"));
    let finding = match due {
        Some(due) => finding.plain("due", due),
        None => finding,
    };
    Record::new()
        .text("agency", agency)
        .plain("form", "on_site")
        .plain("record_on", record_on)
        .sampled()
        .plain("rating", "tot")
        .later()
        .records("findings", [finding])
}

/// `inspections/<year>.yaml`
pub fn inspection(year: i16, agencies: Vec<Record>) -> Record {
    let decision = Record::new().text("number", format!("01/QĐ-{}", "SKHCN")).sampled();
    Record::new().plain("year", year).record("decision", decision).records("agencies", agencies)
}
