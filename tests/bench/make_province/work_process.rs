//! Work processes that cover everything an agency is competent for: one for each field, or for each
//! thirty procedures of a field, as agencies do it (TT 26/2014/TT-BKHCN, Điều 41 khoản 6).

use congbo::domain::slug;
use serde_json::{Value, json};

use crate::Draft;
use crate::agency::Agency;
use crate::catalogue::Catalogue;

/// Most procedures of one work process.
const COVERED: usize = 30;

/// The work processes of an agency.
pub fn files(agency: &Agency, catalogue: &Catalogue) -> Vec<Draft> {
    let groups = catalogue.by_field(&agency.codes);
    let groups = groups.iter().flat_map(|(field, codes)| (1..).zip(codes.chunks(COVERED)).map(move |(part, codes)| (*field, part, codes)));
    (1..).zip(groups).map(|(number, (field, part, codes))| file(agency, catalogue, &Group { number, field, part, codes })).collect()
}

struct Group<'a> {
    number: usize,
    field: &'a str,
    part: usize,
    codes: &'a [&'a str],
}

fn file(agency: &Agency, catalogue: &Catalogue, group: &Group<'_>) -> Draft {
    let Group { number, field, part, codes } = group;
    let part = if *part > 1 { format!(" (phần {part})") } else { String::new() };
    let front = json!({
        "code": format!("QT-{number:03}"),
        "title": format!("Quy trình giải quyết thủ tục lĩnh vực {field}{part}"),
        "edition": 1,
        "revision": 0,
        "issued_on": "2026-01-05",
        "drafted_by": "Trung tâm Phục vụ hành chính công",
        "reviewed_by": "Thư ký Ban Chỉ đạo ISO",
        "approved_by": agency.head,
        "covers": codes,
        "purpose": format!("Thống nhất cách giải quyết hồ sơ lĩnh vực {field}."),
        "legal_bases": catalogue.legal_bases(codes, 6),
        "steps": steps(),
        "records": [{ "name": "Hồ sơ giải quyết thủ tục", "kept_by": "Trung tâm Phục vụ hành chính công", "kept_for": "Theo quy định về lưu trữ" }],
        "revisions": [{ "edition": 1, "revision": 0, "on": "2026-01-05", "what": "Ban hành lần đầu" }],
        "unit": "trung-tam-phuc-vu",
        "status": "active",
    });
    let body = "Quy trình mẫu để đo chương trình.\n\n## Lưu ý\n\nThời hạn, phí và thành phần hồ sơ theo từng thủ tục hành chính.\n";
    let name = format!("work-processes/qt-{number:03}-{}.md", slug(field, 50));
    Draft { body: Some(body.to_owned()), ..Draft::new(&name, front) }
}

/// One working day in all, so that no time limit in days is exceeded.
fn steps() -> Vec<Value> {
    let step = |action: &str, responsible: &str, output: &str| {
        json!({
            "action": action,
            "responsible": responsible,
            "duration": { "value": 0.25, "unit": "working_day" },
            "method": "Theo hướng dẫn của thủ tục và phần mềm một cửa",
            "output": output,
        })
    };
    vec![
        step("Tiếp nhận, kiểm tra hồ sơ", "Người tiếp nhận", "Giấy tiếp nhận và hẹn trả kết quả"),
        step("Thẩm định hồ sơ", "Người được phân công", "Dự thảo kết quả"),
        step("Ký duyệt", "Lãnh đạo cơ quan", "Kết quả đã ký"),
        step("Trả kết quả, lưu hồ sơ", "Người tiếp nhận", "Kết quả đã trả"),
    ]
}
