//! What an agency with a quality management system keeps: declaration, policy, objectives, documents,
//! reviews and results. Dates stand in the order that the law asks for.

use serde_json::{Value, json};

use crate::Draft;
use crate::agency::Agency;

/// All of them. An agency that carries out no procedure only has its policy.
pub fn files(agency: &Agency) -> Vec<Draft> {
    let mut files = vec![quality_policy(agency)];
    if !agency.codes.is_empty() {
        let yaml = |path: &str, value: Value| Draft::new(path, value);
        files.push(yaml("declarations/2026-03-02.yaml", declaration(agency)));
        files.push(yaml("objectives/2026.yaml", objectives()));
        files.push(yaml("documents.yaml", documents(agency)));
        files.push(yaml("reviews.yaml", reviews()));
        files.push(yaml("results/2025.yaml", results("2025")));
        files.push(yaml("results/2026.yaml", results("2026-H1")));
    }
    files
}

fn quality_policy(agency: &Agency) -> Draft {
    let front = json!({ "approved_on": "2026-01-05", "signer": signer(agency), "edition": 1, "reviewed_on": "2026-10-12" });
    let body = format!(
        "{} cam kết giải quyết thủ tục hành chính **đúng pháp luật, đúng hẹn, công khai**.\n\n- Không tự đặt thêm giấy tờ.\n- Chậm thì xin lỗi và hẹn lại bằng văn bản.\n",
        agency.name
    );
    Draft { body: Some(body), ..Draft::new("quality-policy.md", front) }
}

fn signer(agency: &Agency) -> Value {
    json!({ "authority": "TM", "position": agency.head, "name": "Người ký mẫu" })
}

fn declaration(agency: &Agency) -> Value {
    json!({
        "number": format!("12/{}", agency.symbol),
        "issued_on": "2026-03-02",
        "place": agency.place,
        "standard": "tcvn-iso-9001-2015",
        "kind": "first",
        "scope": "Toàn bộ hoạt động liên quan đến việc giải quyết thủ tục hành chính thuộc thẩm quyền; danh mục tại Phụ lục.",
        "annex": agency.codes,
        "exclusions": [{ "clause": "8.3", "reason": "Thủ tục do pháp luật quy định, cơ quan không tự thiết kế dịch vụ." }],
        "legal_bases": ["19/2014/QĐ-TTg", "26/2014/TT-BKHCN"],
        "proposed_by": "Trưởng Ban Chỉ đạo ISO",
        "signer": signer(agency),
        "recipients": ["Như Điều 3", "Đơn vị chủ trì", "Lưu: VT"],
        "effective_on": "2026-03-02",
        "validity_confirmation": { "number": format!("06/XN-{}", agency.symbol), "confirmed_on": "2026-02-26" },
        "lead_unit_notice": { "number": "15/TB-UBND", "sent_on": "2026-03-05", "to": "Sở Khoa học và Công nghệ" },
        "premises_posting": { "posted_on": "2026-03-05", "place": "Bảng tin tại nơi tiếp nhận và trả kết quả" },
        "note": "Nội dung mẫu để đo chương trình.",
    })
}

fn objectives() -> Value {
    let objective = |id: &str, statement: &str, target: f64| {
        json!({
            "id": id,
            "statement": statement,
            "metric": "Số hồ sơ đạt trên tổng số hồ sơ đã giải quyết",
            "target": { "op": ">=", "value": target, "unit": "%" },
            "plan": [{ "action": "Rà soát hằng tuần", "responsible": "Trung tâm Phục vụ hành chính công", "resources": "Phần mềm một cửa", "due": "2026-12-31" }],
            "results": [{ "period": "2026-Q2", "value": 99.1, "source": "Phần mềm một cửa" }],
        })
    };
    json!({ "approved_on": "2026-01-10", "objectives": [objective("MT-01", "Hồ sơ giải quyết đúng hạn", 99.0), objective("MT-02", "Người dân hài lòng", 95.0)] })
}

fn documents(agency: &Agency) -> Value {
    let items = [
        ("MHT-01", "Bản mô tả hệ thống quản lý chất lượng", "system_description", "mo-ta-he-thong"),
        ("CS-01", "Chính sách chất lượng", "policy", "chinh-sach"),
        ("MT-01", "Mục tiêu chất lượng", "objectives", "muc-tieu"),
        ("RR-01", "Bảng phân tích bối cảnh và rủi ro", "risk_register", "boi-canh-rui-ro"),
        ("HD-01", "Hướng dẫn kiểm soát thông tin dạng văn bản", "work_instruction", "kiem-soat-thong-tin"),
        ("HD-02", "Hướng dẫn quản lý rủi ro và cơ hội", "work_instruction", "rui-ro-co-hoi"),
        ("HD-03", "Hướng dẫn đánh giá nội bộ và xem xét của lãnh đạo", "work_instruction", "danh-gia-xem-xet"),
        ("HD-04", "Hướng dẫn xử lý sự không phù hợp", "work_instruction", "khong-phu-hop"),
        ("HD-05", "Quy trình quản lý các hoạt động nội bộ", "work_instruction", "hoat-dong-noi-bo"),
        ("DM-01", "Danh mục quy trình giải quyết thủ tục hành chính", "other", "quy-trinh-tthc"),
    ];
    let internal: Vec<Value> = items
        .map(|(code, title, kind, item)| {
            json!({ "code": code, "title": title, "kind": kind, "edition": 1, "revision": 0, "issued_on": "2026-01-05", "approved_by": agency.head, "framework_item": item })
        })
        .to_vec();
    json!({ "internal": internal, "external": ["19/2014/QĐ-TTg", "26/2014/TT-BKHCN"] })
}

fn reviews() -> Value {
    json!({
        "internal_audits": [{ "held_on": "2026-01-20", "scope": "Toàn bộ hệ thống", "findings": "Không có điểm không phù hợp." }],
        "management_reviews": [{ "held_on": "2026-02-10", "conclusion": "Hệ thống phù hợp, tiếp tục duy trì." }],
        "complaints": [{ "year": 2025, "received": 2, "resolved": 2 }],
        "training": [{ "held_on": "2026-01-12", "topic": "Phổ biến quy trình", "participants": 20 }],
    })
}

fn results(period: &str) -> Value {
    json!({
        "source": "Phần mềm một cửa (số mẫu)",
        "results": [{
            "period": period, "received": 1000, "early": 600, "on_time": 380, "late": 5, "pending": 15,
            "causes": ["Chờ xác minh"], "actions": ["Phân công người theo dõi"],
        }],
    })
}
