//! Skeletons of what is not of one agency: the site, the catalogue, the law, free pages.

use crate::domain::Date;
use crate::starter::{Record, sample};

/// `site.yaml`
pub fn site(title: &str, base_url: &str, province: &str) -> Record {
    Record::new()
        .text("title", title)
        .text("base_url", base_url)
        .words("languages", &["vi"])
        .record("lead_unit", Record::new().text("name", format!("Sở Khoa học và Công nghệ {province}")))
        .record("province", Record::new().text("name", province))
        .plain("review_months", 6)
        .text("accent", "#a3161a")
        .later()
        .record("emblem", Record::new().text("file", "files/quoc-huy.png").text("alt", "Quốc huy Việt Nam"))
        .later()
}

/// A member of a file in `administrative-procedures/`.
pub fn administrative_procedure(code: &str, day: Date, levels: &[&str]) -> Record {
    let channel = |method: &str| {
        let fee = Record::new().plain("kind", "fee").plain("free", true);
        let limit = Record::new().plain("value", 1).plain("unit", "working_day");
        Record::new().plain("method", method).record("time_limit", limit).records("fees", [fee])
    };
    let paper = Record::new().text("name", sample("Giấy tờ tùy thân")).plain("originals", 1).plain("copies", 0).plain("present_only", true);
    let step = |action: &str| Record::new().text("action", sample(action)).text("responsible", "Người yêu cầu");
    Record::new()
        .text("code", code)
        .sampled()
        .text("name", sample("Cấp bản sao giấy tờ từ sổ gốc"))
        .text("field", sample("Hành chính"))
        .words("levels", levels)
        .sampled()
        .texts("applicants", ["Cá nhân", "Tổ chức"])
        .record("announcement", Record::new().text("number", "01/QĐ-UBND").sampled().plain("issued_on", day).sampled())
        .records("channels", [channel("direct"), channel("online")])
        .records("dossiers", [Record::new().records("components", [paper])])
        .plain("sets", 1)
        .records("steps", [step("Nộp hồ sơ tại nơi tiếp nhận hoặc trực tuyến"), step("Nhận kết quả")])
        .text("competent_agency", sample("Cơ quan đang lưu giữ sổ gốc"))
        .texts("results", [sample("Bản sao từ sổ gốc")])
        .text("conditions", "Không quy định.")
        .texts("legal_bases", ["63/2010/NĐ-CP"])
        .texts("forms", ["Không có mẫu đơn"])
        .plain("online_level", "full")
        .record("source", Record::new().text("url", "https://dichvucong.gov.vn/").plain("checked_on", day).sampled())
}

/// Decision 19/2014/QĐ-TTg as a member of a file in `law/`.
pub fn decision_on_quality_systems() -> Record {
    let title = "Về việc áp dụng Hệ thống quản lý chất lượng theo Tiêu chuẩn quốc gia TCVN ISO 9001:2008 vào hoạt động của các cơ quan, tổ chức thuộc hệ thống hành chính nhà nước";
    Record::new()
        .text("number", "19/2014/QĐ-TTg")
        .text("title", title)
        .text("issuer", "Thủ tướng Chính phủ")
        .plain("issued_on", "2014-03-05")
        .plain("effective_on", "2014-05-18")
}

/// Decree 63/2010/NĐ-CP as a member of a file in `law/`.
pub fn decree_on_procedures() -> Record {
    Record::new()
        .text("number", "63/2010/NĐ-CP")
        .text("title", "Về kiểm soát thủ tục hành chính")
        .text("issuer", "Chính phủ")
        .plain("effective_on", "2010-10-14")
}

/// A legal document of which nothing but its number may be known.
pub fn legal_document(number: Option<&str>, title: Option<&str>, day: Date) -> Record {
    let record = match number {
        Some(number) => Record::new().text("number", number),
        None => Record::new().text("number", format!("01/{}/NĐ-CP", day.year())).sampled(),
    };
    record
        .text("title", title.map_or_else(|| sample("Tên văn bản"), str::to_owned))
        .text("issuer", sample("Cơ quan ban hành"))
        .plain("issued_on", day)
        .later()
        .plain("effective_on", day)
        .later()
        .plain("status", "unknown")
}

/// The front matter of a file in `pages/`, and its text.
pub fn free_page(title: &str, reviewed_on: Date, text: &str) -> (Record, String) {
    let record =
        Record::new().text("title", title).text("summary", sample("Một câu nói trang này giúp được gì.")).plain("order", 1).plain("reviewed_on", reviewed_on);
    (record, sample(text))
}
