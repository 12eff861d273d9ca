//! Sheets to post at the office: what they say, how a reader sees that the one on the wall is current, and what was posted.

use lol_html::{RewriteStrSettings, rewrite_str, text};

use crate::project::{Project, TODAY, tree};

const SHEET: &str = "public/niem-yet/1.000001/index.html";
const CATALOGUE: &str = "content/administrative-procedures/list.yaml";
const AGENCY: &str = "content/agencies/xa-thu/agency.yaml";
const POSTINGS: &str = "content/agencies/xa-thu/postings.yaml";

fn build(project: &Project) {
    project.run(&format!("build --as-of {TODAY}")).exit(0);
}

/// The words that a selector finds on a page, in one line.
fn words(page: &str, selector: &str) -> String {
    let mut found = String::new();
    let handler = text!(selector, |chunk| {
        found.push_str(chunk.as_str());
        found.push(' ');
        Ok(())
    });
    rewrite_str(page, RewriteStrSettings::new().append_element_content_handler(handler)).expect("HTML");
    found.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The check code that a sheet shows: `3f2a-91c0`.
fn code(project: &Project, path: &str) -> String {
    let code = words(&project.read(path), ".check strong");
    let is_code = code.len() == 9 && code.chars().enumerate().all(|(at, c)| if at == 4 { c == '-' } else { c.is_ascii_hexdigit() });
    assert!(is_code, "{code:?} is no check code");
    code
}

/// The check code after a change to the content.
fn code_with(path: &str, from: &str, to: &str) -> String {
    let project = Project::minimal().edit(path, from, to);
    build(&project);
    code(&project, SHEET)
}

fn in_order(words: &str, parts: &[&str]) {
    let mut rest = words;
    for part in parts {
        let at = rest.find(part).unwrap_or_else(|| panic!("{part:?} is missing, or not in its place, in:\n{words}"));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn a_sheet_of_a_procedure_is_an_extract_in_the_frame_of_the_decree() {
    let announced = "  announcement: { number: 163/QĐ-BTP, issued_on: 2026-02-05 }\n  sets: 1\n";
    let project = Project::minimal().edit(CATALOGUE, "  sets: 1\n", announced);
    build(&project);
    let sheet = words(&project.read(SHEET), "article");
    in_order(
        &sheet,
        &[
            "ỦY BAN NHÂN DÂN XÃ THỬ",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "NIÊM YẾT CÔNG KHAI THỦ TỤC HÀNH CHÍNH",
            "Cấp bản sao trích lục hộ tịch (mã 1.000001)",
            "thủ tục được công bố tại Quyết định số 163/QĐ-BTP ngày 05 tháng 02 năm 2026",
            "https://iso.thu.example/t/1.000001/",
            "a) Trình tự thực hiện",
            "b) Cách thức thực hiện",
            "Trực tiếp 1 ngày làm việc Không thu phí, lệ phí",
            "c) Thành phần hồ sơ",
            "01 Tờ khai 01 00",
            "d) Số lượng bộ hồ sơ 01 bộ",
            "đ) Đối tượng thực hiện - Cá nhân",
            "e) Cơ quan thực hiện",
            "g) Kết quả thực hiện - Bản sao trích lục",
            "h) Mẫu đơn, tờ khai",
            "i) Yêu cầu, điều kiện",
            "k) Căn cứ pháp lý - 63/2010/NĐ-CP",
            "l) Nơi tiếp nhận và trả kết quả",
            "Địa chỉ: Thôn 1, xã Thử",
            "m) Phản ánh, kiến nghị",
        ],
    );
    // No number, no signature and no seal of its own, and nobody certified anything.
    for wrong in ["Số:", "Người ký", "Nơi nhận", "chứng nhận"] {
        assert!(!sheet.contains(wrong), "{wrong:?} is on the sheet:\n{sheet}");
    }
}

#[test]
fn the_sheet_of_the_declaration_has_its_annex() {
    let project = Project::minimal();
    build(&project);
    let page = project.read("public/niem-yet/cong-bo/index.html");
    in_order(
        &words(&page, "article"),
        &[
            "NIÊM YẾT CÔNG BỐ HỆ THỐNG QUẢN LÝ CHẤT LƯỢNG",
            "TCVN ISO 9001:2015",
            "(Trích Quyết định số 12/QĐ-UBND ngày 02 tháng 3 năm 2026 của Ủy ban nhân dân xã Thử)",
            "https://iso.thu.example/t/cong-bo/",
            "Toàn bộ thủ tục hành chính thuộc thẩm quyền.",
            "01 thủ tục, theo danh mục kèm theo.",
            "không phải là chứng nhận",
            "PHỤ LỤC",
            "01 1.000001 Cấp bản sao trích lục hộ tịch Hộ tịch",
        ],
    );
    let code = code(&project, "public/niem-yet/cong-bo/index.html");
    let short = words(&project.read("public/t/cong-bo/index.html"), "main");
    assert!(short.contains(&code) && short.contains("12/QĐ-UBND"), "{short}");
}

#[test]
fn the_code_on_the_wall_is_that_of_the_short_page_the_list_and_the_procedure() {
    let project = Project::minimal();
    build(&project);
    let code = code(&project, SHEET);
    for page in ["t/1.000001/", "niem-yet/", "thu-tuc/1.000001-cap-ban-sao-trich-luc-ho-tich/"] {
        let shown = words(&project.read(&format!("public/{page}index.html")), "main");
        assert!(shown.contains(&code), "{code} is not on {page}:\n{shown}");
    }
    let page = project.read(SHEET);
    assert!(page.contains("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"qr\" role=\"img\""), "{page}");
}

#[test]
fn without_an_address_there_is_no_qr_code_and_the_sheet_says_why() {
    let project = Project::minimal().edit("content/site.yaml", "base_url: https://iso.thu.example/\n", "");
    build(&project);
    let page = project.read(SHEET);
    assert!(!page.contains("<svg"), "{page}");
    assert!(words(&page, ".check").contains("Bản này không có mã QR vì trang chưa khai báo địa chỉ"), "{page}");
    let _ = code(&project, SHEET);
}

#[test]
fn the_code_changes_with_every_fact_and_with_nothing_else() {
    let same = code_with("content/site.yaml", "Trang thử", "Trang khác");
    let facts = [
        (CATALOGUE, "Nộp hồ sơ, nhận kết quả.", "Nộp hồ sơ, chờ, nhận kết quả."),
        (CATALOGUE, "value: 1", "value: 2"),
        (CATALOGUE, "free: true", "kind: fee, amount: 8000"),
        (CATALOGUE, "originals: 1", "originals: 2"),
        (CATALOGUE, "sets: 1", "sets: 2"),
        (CATALOGUE, "[Cá nhân]", "[Cá nhân, Tổ chức]"),
        (CATALOGUE, "results: [Bản sao trích lục]", "results: [Trích lục]"),
        (CATALOGUE, "conditions: Không quy định.", "conditions: Có đơn."),
        (CATALOGUE, "forms: [Tờ khai]", "forms: [Tờ khai mới]"),
        (CATALOGUE, "competent_agency:", "executing_agency: Ủy ban nhân dân cấp xã\n  competent_agency:"),
        (CATALOGUE, "legal_bases: [63/2010/NĐ-CP]", "legal_bases: []"),
        (AGENCY, "Thôn 1", "Thôn 2"),
        (AGENCY, "0200 000 0000", "0200 000 0001"),
        (AGENCY, "Thứ Hai đến thứ Sáu", "Thứ Hai đến thứ Bảy"),
    ];
    let mut seen = vec![same.clone()];
    for (path, from, to) in facts {
        let other = code_with(path, from, to);
        assert!(!seen.contains(&other), "{to:?} does not change the code");
        seen.push(other);
    }
    let nothing = [
        ("content/site.yaml", "https://iso.thu.example/", "https://iso.khac.example/"),
        (CATALOGUE, "  sets: 1\n", "  sets: 1\n  source: { url: https://dichvucong.gov.vn/, checked_on: 2026-11-01 }\n"),
        (AGENCY, "head: { position: Chủ tịch }", "head: { position: Chủ tịch, name: Người khác }"),
    ];
    for (path, from, to) in nothing {
        assert_eq!(code_with(path, from, to), same, "{to:?} changes the code");
    }
}

#[test]
fn a_theme_may_word_a_label_otherwise_without_making_the_wall_wrong() {
    let project = Project::minimal();
    build(&project);
    let before = code(&project, SHEET);
    let labels = "fields:\n  channels: { label: \"Cách làm\", hint: \"Ví dụ trực tiếp.\" }\ntext:\n  sheet_agencies: \"Ai làm\"\n";
    let project = project.file("themes/rieng/i18n/vi.yaml", labels).edit("content/site.yaml", "title:", "theme: themes/rieng\ntitle:");
    build(&project);
    assert!(words(&project.read(SHEET), "article").contains("b) Cách làm"));
    assert_eq!(code(&project, SHEET), before);
}

/// A second agency, so that the site is of a province.
fn province() -> Project {
    let project = Project::minimal();
    let other = project.read(AGENCY).replace("xa-thu", "xa-khac").replace("xã Thử", "xã Khác");
    project.file("content/agencies/xa-khac/agency.yaml", other)
}

fn has_sheet(project: &Project, agency: &str) -> bool {
    project.path(&format!("public/co-quan/{agency}/niem-yet/1.000001/index.html")).exists()
}

#[test]
fn a_province_has_sheets_of_procedures_only_where_somebody_wants_them() {
    let project = province();
    build(&project);
    assert!(!has_sheet(&project, "xa-thu") && project.path("public/co-quan/xa-thu/niem-yet/cong-bo/index.html").exists());
    assert!(words(&project.read("public/co-quan/xa-thu/niem-yet/index.html"), "main").contains("không lập bản niêm yết riêng"));
    // One agency for itself.
    let project = project.edit(AGENCY, "level: commune\n", "level: commune\nposting_sheets: true\n");
    build(&project);
    assert!(has_sheet(&project, "xa-thu") && !has_sheet(&project, "xa-khac"));
    // The whole province, but for that agency.
    let project = project.edit(AGENCY, "posting_sheets: true", "posting_sheets: false").edit("content/site.yaml", "title:", "posting_sheets: true\ntitle:");
    build(&project);
    assert!(!has_sheet(&project, "xa-thu") && has_sheet(&project, "xa-khac"));
}

#[test]
fn an_abolished_procedure_has_no_sheet_but_keeps_its_short_page() {
    let levels = "rules: { redeclaration-needed: warning, abolished-administrative-procedure: warning }\ntitle:";
    let project = Project::minimal().edit("content/site.yaml", "title:", levels);
    build(&project);
    assert!(project.path(SHEET).exists());
    // What is taken down from the wall is no lost address: the code on it leads to the short page.
    let project = project.edit(CATALOGUE, "  sets: 1\n", "  sets: 1\n  status: abolished\n");
    build(&project);
    assert!(!project.path(SHEET).exists() && project.path("public/t/1.000001/index.html").exists());
}

#[test]
fn what_was_posted_is_kept_in_the_content_and_tells_old_sheets_from_the_current_one() {
    let project = Project::minimal();
    project.run("post xa-thu --as-of 2026-03-05").exit(0).says("+ declaration").says("+ 1.000001").says("đã ghi 2 bản niêm yết vào");
    build(&project);
    let first = code(&project, SHEET);
    let short = words(&project.read("public/t/1.000001/index.html"), "main");
    in_order(&short, &[&format!("Mã kiểm tra của bản hiện hành: {first}"), "Đã niêm yết từ ngày 05 tháng 3 năm 2026"]);
    assert!(!short.contains("không còn đúng"), "{short}");
    // Posted again without a change, nothing is written.
    project.run("post xa-thu --as-of 2026-03-06").exit(0).says("mọi bản đã ghi nhận đều là bản hiện hành");

    // The content changes: the sheet on the wall is old, and everybody sees it.
    let project = project.edit(CATALOGUE, "value: 1", "value: 2");
    build(&project);
    let second = code(&project, SHEET);
    let short = words(&project.read("public/t/1.000001/index.html"), "main");
    in_order(
        &short,
        &[&second, "Các bản niêm yết trước đây, nay không còn đúng", &first, "Ngày 05 tháng 3 năm 2026".to_lowercase().as_str(), "Chưa ghi nhận bản thay"],
    );
    assert!(words(&project.read("public/niem-yet/index.html"), "main").contains("Bản đang niêm yết đã cũ"));
    let before = project.read(POSTINGS);
    project.run("post xa-thu --dry-run").exit(0).says(&format!("~ 1.000001  {first} → {second}")).says("1 bản cần in và niêm yết");
    assert_eq!(project.read(POSTINGS), before);

    // The new one is posted; another machine with the same content says the same.
    project.run("post xa-thu --sheet 1.000001 --as-of 2026-04-01").exit(0).says("đã ghi 1 bản");
    let clone = project.copied();
    build(&clone);
    let short = words(&clone.read("public/t/1.000001/index.html"), "main");
    in_order(&short, &[&second, "Đã niêm yết từ ngày 01 tháng 4 năm 2026", &first, "ngày 05 tháng 3 năm 2026", "ngày 01 tháng 4 năm 2026"]);
    assert_eq!(clone.read(POSTINGS).lines().count(), 5, "a line of its own for every posting");
}

#[test]
fn nothing_is_recorded_that_nobody_can_have_posted() {
    let project = Project::minimal();
    project.run("post xa-thu --sheet 9.999999").exit(2).says("không có bản niêm yết “9.999999”");
    project.run("post xa-thi").exit(2).says("có phải ý anh/chị là xa-thu?");
    let broken = Project::minimal().edit(AGENCY, "phone:", "phnoe:");
    broken.run("post xa-thu").exit(2).says("còn lỗi trong content/agencies/xa-thu/agency.yaml");
    assert!(!broken.path(POSTINGS).exists());
    let wrong = "postings:\n  - { sheet: \"12\", fingerprint: \"3f2a-91c0\", posted_on: 2026-13-05 }\n  - { sheet: declaration, fingerprint: \"3f2a-91c0\", posted_on: 2027-01-01 }\n";
    let project = Project::minimal().file(POSTINGS, wrong);
    let told = project.run(&format!("check --as-of {TODAY}")).exit(1).err();
    for expected in ["malformed-procedure-code", "impossible-date"] {
        assert!(told.contains(expected), "{expected} is not told:\n{told}");
    }
}

#[test]
fn sheets_are_taken_over_where_nothing_changed_and_made_anew_where_something_did() {
    let project = Project::minimal();
    build(&project);
    let project = project.edit(AGENCY, "Thôn 1", "Thôn 9");
    build(&project);
    let incremental = tree(&project.path("public"));
    project.run(&format!("build --clean --previous public --out sach --as-of {TODAY}")).exit(0);
    let clean = tree(&project.path("sach"));
    let differing: Vec<&str> = incremental.iter().zip(&clean).filter(|(one, other)| one != other).map(|(one, _)| one.0.as_str()).collect();
    assert!(differing.is_empty() && incremental.len() == clean.len(), "{differing:?}");
    assert!(words(&project.read(SHEET), "article").contains("Thôn 9"));
}
