//! Cases beyond the pages of the rules. One cause gives one message: a file that can't be read, or a value that
//! is wrong, must not make other rules complain about what is missing because of it. What only looks like a
//! problem passes. Levels and roundings are as the rules say.

use crate::rule_page::Page;
use crate::rule_project::Project;
use crate::rules::base;

/// What the program says about the base project with these fences laid over it.
fn told(fences: &str) -> String {
    let page = Page::read(&format!("# x\n\n## Sai\n\n{fences}"));
    Project::new(&base().wrong, &page).lay(&page.wrong).told()
}

/// The ids of the rules, in the order of the messages.
fn ids(told: &str) -> Vec<&str> {
    told.lines().filter(|line| !line.starts_with(' ')).filter_map(|line| line.split(['[', ']']).nth(1)).collect()
}

fn laid(path: &str, text: &str) -> String {
    told(&format!("````yaml {path}\n{text}\n````\n"))
}

#[test]
fn a_file_that_cannot_be_read_is_told_once() {
    let paths = [
        "content/standards.yaml",
        "content/deadlines.yaml",
        "content/law/chung.yaml",
        "content/administrative-procedures/khai-sinh.yaml",
        "content/agencies/xa-mau/agency.yaml",
        "content/agencies/xa-mau/declarations/2026-03-02.yaml",
        "content/agencies/xa-mau/objectives/2026.yaml",
        "content/agencies/xa-mau/documents.yaml",
        "content/agencies/xa-mau/reviews.yaml",
    ];
    for path in paths {
        let told = laid(path, "a: \"open\nb: 1");
        assert_eq!(ids(&told), ["invalid-yaml"], "{path}\n{told}");
    }
    let told = told("````markdown content/agencies/xa-mau/work-processes/khai-sinh.md\n---\ncode: \"open\n---\n````\n");
    assert_eq!(ids(&told), ["invalid-yaml"], "{told}");
}

#[test]
fn a_refused_file_is_told_once() {
    let paths = [
        "content/standards.yaml",
        "content/administrative-procedures/khai-sinh.yaml",
        "content/agencies/xa-mau/agency.yaml",
        "content/agencies/xa-mau/declarations/2026-03-02.yaml",
        "content/agencies/xa-mau/work-processes/khai-sinh.md",
        "content/agencies/xa-mau/reviews.yaml",
        "content/agencies/xa-mau/files/12-qd-ubnd.pdf",
    ];
    for path in paths {
        let told = told(&format!("```refused {path} too-large\n```\n"));
        assert_eq!(ids(&told), ["refused-file"], "{path}\n{told}");
    }
}

#[test]
fn a_wrong_value_is_told_once() {
    let declaration = "content/agencies/xa-mau/declarations/2026-03-02.yaml";
    let cases = [
        (declaration, "issued_on: 2026-02-30", "impossible-date"),
        (declaration, "validity_confirmation: { number: 06/XN-UBND, confirmed_on: 26/2/2026 }", "impossible-date"),
        (declaration, "ended_on: 31/6/2027", "impossible-date"),
        (declaration, "annex: [\"1.00193\"]", "malformed-procedure-code"),
        (declaration, "annex: [1.001193, 1.001193x]", "malformed-procedure-code"),
        (declaration, "annex: [\"1.001139\"]", "unknown-administrative-procedure"),
        (declaration, "issued_on: 2027-03-02", "future-date"),
        (declaration, "standard: 9001", "unknown-reference"),
        (declaration, "signer: Chủ tịch", "wrong-type"),
        ("content/agencies/xa-mau/agency.yaml", "administrative_procedures: [\"1.00193\"]", "malformed-procedure-code"),
        ("content/agencies/xa-mau/agency.yaml", "administrative_procedures: { levels: [comune] }", "unknown-value"),
        ("content/agencies/xa-mau/agency.yaml", "framework: qd-102", "unknown-reference"),
        ("content/agencies/xa-mau/agency.yaml", "parent: ubnd-tinh", "unknown-reference"),
        ("content/agencies/xa-mau/reviews.yaml", "internal_audits: [{ held_on: 2026-13-01 }]", "impossible-date"),
        ("content/agencies/xa-mau/reviews.yaml", "internal_audits: [{ held_on: 2027-01-28 }]", "future-date"),
        (
            "content/agencies/xa-mau/reviews.yaml",
            "nonconformities: [{ found_on: 2026-01-28, description: x, due: 2026-02-28, closed_on: 30/2/2026 }]",
            "impossible-date",
        ),
        ("content/administrative-procedures/khai-sinh.yaml", "code: \"1.00119\"", "malformed-procedure-code"),
        ("content/administrative-procedures/khai-sinh.yaml", "applicants: Công dân", "wrong-type"),
        ("content/standards.yaml", "- { id: tcvn-iso-9001-2015, name: TCVN, adopted_on: 2015 }", "impossible-date"),
    ];
    for (path, text, rule) in cases {
        let text = if path.ends_with("standards.yaml") { text.to_owned() } else { format!("# …\n{text}") };
        let told = laid(path, &text);
        assert_eq!(ids(&told), [rule], "{path}: {text}\n{told}");
    }
}

#[test]
fn a_procedure_missing_from_the_catalogue_is_told_once() {
    let told = told(concat!(
        "```yaml content/agencies/xa-mau/agency.yaml\n# …\nadministrative_procedures: [\"1.001193\", \"2.000635\"]\n```\n",
        "```yaml content/agencies/xa-mau/declarations/2026-03-02.yaml\n# …\nannex: [\"1.001193\", \"2.000635\"]\n```\n",
        "```markdown content/agencies/xa-mau/work-processes/khai-sinh.md\n---\n# …\ncovers: [\"1.001193\", \"2.000635\"]\n---\n```\n",
    ));
    assert_eq!(ids(&told), ["unknown-reference"], "{told}");
}

/// A page of free text with one line in it.
fn page(line: &str) -> String {
    told(&format!("````markdown content/pages/x.md\n---\ntitle: x\nreviewed_on: 2026-11-01\n---\n{line}\n````\n"))
}

#[test]
fn personal_data_is_found_and_nothing_else_is() {
    let found = [
        "Căn cước 079085012345.",
        "Căn cước: 001 085 012 345",
        "ĐT 0912345678",
        "ĐT:0912.345.678",
        "Gọi (+84) hoặc +84 912 345 678",
        "Tel.0387 654 321",
        "di động\u{a0}0703\u{a0}123\u{a0}456",
        "Email: Nguyen.Van.A@GMAIL.com",
        "STK 0123456789012 ngân hàng",
    ];
    for line in found {
        assert_eq!(ids(&page(line)), ["personal-data"], "{line}");
    }
    let passed = [
        "Mã 1.001193.000.00.00.H55 và 000.00.00.G15-KQ004389",
        "sha256 0912345678abcdef0912345678abcdef0912345678abcdef0912345678abcdef",
        "Mã hồ sơ 000012345678901234",
        "Mã số thuế 0312345678",
        "Mã số thuế: 0312345678-001",
        "Ngày 03.05.2026 12 giờ",
        "Từ 08.2025 đến 09.2026",
        "Tổng đài 1900 1234, máy bàn 0200 000 0100, 028 3829 1234",
        "Số tài khoản 3511.0.9087600 mở tại Kho bạc Nhà nước",
        "tài khoản định danh điện tử mức 2",
        "Thư xamau@xamau.example",
        "Tiêu chuẩn 0123456",
        "KQ-0912345678",
        "https://vi-du.example/tin/0912345678",
    ];
    for line in passed {
        assert_eq!(page(line), "", "{line}");
    }
}

#[test]
fn marks_of_secrecy_are_found_and_words_are_not() {
    for line in ["MẬT", "**TUYỆT MẬT**", "- TỐI MẬT", "Độ mật: Tối mật", "> LƯU HÀNH NỘI BỘ", "MẬT - LƯU HÀNH NỘI BỘ"] {
        assert_eq!(ids(&page(line)), ["state-secret-mark"], "{line}");
    }
    for line in
        ["LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC", "Độ mật: Thường", "Bảo mật thông tin", "Mật độ dân cư", "Tài liệu lưu hành nội bộ không đăng ở đây", "MẬT ONG RỪNG"]
    {
        assert_eq!(page(line), "", "{line}");
    }
}

#[test]
fn certificates_are_found_and_denials_are_not() {
    let found = [
        "Xã đã ĐƯỢC CHỨNG NHẬN ISO 9001:2015.",
        "Hệ thống quản lý chất lượng không ngừng cải tiến và được chứng nhận.",
        "Xã đạt chứng nhận TCVN ISO 9001:2015 năm 2024.",
        "Treo giấy chứng nhận ISO tại sảnh.",
        "An ISO 9001:2015 certified office.",
        "Hệ thống quản lý chất lượng của Ủy ban nhân dân xã được\nchứng nhận phù hợp tiêu chuẩn.",
    ];
    for line in found {
        assert_eq!(ids(&page(line)), ["certification-wording"], "{line}");
    }
    let passed = [
        "Bản công bố không phải giấy chứng nhận ISO.",
        "Hệ thống tự công bố, không được chứng nhận theo ISO 9001.",
        "The quality management system is not certified.",
        "Giấy chứng nhận quyền sử dụng đất được chứng nhận bản sao.",
        "Năm 2010 huyện được chứng nhận ISO 9001:2008.",
        "Trước năm 2014, sở được chứng nhận TCVN ISO 9001:2008.",
        "Cán bộ được chứng nhận hoàn thành khóa học.",
        "GCN: Giấy chứng nhận\nISO: Tổ chức Tiêu chuẩn hóa quốc tế",
    ];
    for line in passed {
        assert_eq!(page(line), "", "{line}");
    }
}

#[test]
fn a_systems_agencies_share_their_reviews() {
    let told = told(concat!(
        "```yaml content/agencies/xa-mau/reviews.yaml\n# không có tệp này\n```\n",
        "```yaml content/agencies/van-phong/agency.yaml\nid: van-phong\nname: Văn phòng\nlevel: department\nqms: xa-mau\n```\n",
        "```yaml content/agencies/van-phong/reviews.yaml\ninternal_audits: [{ held_on: 2026-01-28 }]\nmanagement_reviews: [{ held_on: 2026-02-12 }]\n```\n",
    ));
    assert_eq!(told, "");
}

#[test]
fn a_circle_of_replacements_is_told_once() {
    let told = told(concat!(
        "```yaml content/agencies/xa-mau/declarations/2026-03-02.yaml\n# …\nsupersedes: 20/QĐ-UBND\n```\n",
        "```yaml content/agencies/xa-mau/declarations/2026-05-02.yaml\nnumber: 20/QĐ-UBND\nissued_on: 2026-05-02\nplace: Mẫu\nstandard: tcvn-iso-9001-2015\n",
        "scope: x\nannex: [\"1.001193\"]\nsigner: { position: Chủ tịch, name: A }\nsupersedes: 12/QĐ-UBND\n```\n",
    ));
    assert_eq!(ids(&told), ["several-active-declarations"], "{told}");
}

#[test]
fn a_percentage_must_be_rounded_right() {
    let report = |percent: &str| {
        let totals = format!("stated_totals: {{ agencies: 106, on_site: 16, dossier: 90, ratings: [{{ rating: kha, agencies: 43, percent: {percent} }}] }}");
        told(&format!("```yaml content/inspections/2021.yaml\nyear: 2021\nagencies: []\n{totals}\n```\n"))
    };
    assert_eq!(report("40.6"), "");
    assert!(report("40.5").contains("tỷ lệ Khá ghi 40,5 %, tính lại 43/106 là 40,6 %"), "{}", report("40.5"));
}

#[test]
fn a_report_must_add_up() {
    let told = laid("content/inspections/2021.yaml", "year: 2021\nagencies: []\nstated_totals: { agencies: 106, on_site: 161, dossier: 90 }");
    assert!(told.contains("161 tại trụ sở + 90 qua hồ sơ = 251, nhưng báo cáo ghi tổng 106 cơ quan"), "{told}");
}

#[test]
fn an_old_decision_that_was_never_entered_is_a_warning() {
    let told = laid("content/agencies/xa-mau/declarations/2026-03-02.yaml", "# …\nsupersedes: 08/QĐ-UBND");
    assert!(told.starts_with("cảnh báo[several-active-declarations]"), "{told}");
    assert_eq!(ids(&told).len(), 1, "{told}");
}

#[test]
fn an_edition_that_is_not_adopted_cannot_be_declared() {
    let standards = "- { id: tcvn-iso-9001-2015, name: TCVN ISO 9001:2015, adopted_on: 2015-12-31 }\n- { id: iso-9001-2026, name: ISO 9001:2026 }";
    let told = told(&format!(
        "```yaml content/standards.yaml\n{standards}\n```\n```yaml content/agencies/xa-mau/declarations/2026-03-02.yaml\n# …\nstandard: iso-9001-2026\n```\n"
    ));
    assert!(told.contains("ISO 9001:2026 chưa được công bố là tiêu chuẩn quốc gia"), "{told}");
    assert_eq!(ids(&told), ["withdrawn-standard"], "{told}");
}

#[test]
fn placeholders_only_warn_before_a_release() {
    assert!(page("[MẪU] Viết vài câu về cơ quan.").starts_with("cảnh báo[sample-content]"));
}
