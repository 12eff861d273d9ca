//! `congbo draft`: the decision and the notice as drafts to be signed, the same in every format.

use std::io::Read;

use crate::project::Project;

const DECLARATION: &str = "content/agencies/xa-thu/declarations/2026-03-02.yaml";

fn in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let at = rest.find(part).unwrap_or_else(|| panic!("{part:?} is missing, or not in its place, in:\n{text}"));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn a_decision_is_drafted_in_the_frame_of_the_decree_with_the_declared_list() {
    let law = "- number: 63/2010/NĐ-CP\n  title: Về kiểm soát thủ tục hành chính\n  issuer: Chính phủ\n  issued_on: 2010-06-08\n  effective_on: 2010-10-14\n";
    let project = Project::minimal().file("content/law/law.yaml", law);
    let text = project.run("draft decision xa-thu").exit(0).out();
    in_order(
        &text,
        &[
            "**DỰ THẢO**",
            "**ỦY BAN NHÂN DÂN XÃ THỬ**",
            "Số: ……/QĐ-UBND",
            "**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**",
            "**Độc lập - Tự do - Hạnh phúc**",
            "*Xã Thử, ngày …… tháng …… năm ……*",
            "# QUYẾT ĐỊNH",
            "**CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ THỬ**",
            "*Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ về kiểm soát thủ tục hành chính;*",
            "**QUYẾT ĐỊNH:**",
            "**Điều 1.** Công bố Hệ thống quản lý chất lượng tại Ủy ban nhân dân xã Thử phù hợp Tiêu chuẩn quốc gia TCVN ISO 9001:2015 đối với 01 thủ tục",
            "**Điều 2.** Quyết định này có hiệu lực kể từ ngày ký.",
            "./.",
            "**TM. ỦY BAN NHÂN DÂN**",
            "**CHỦ TỊCH**",
            "**Người ký mẫu**",
            "\\- Lưu: VT.",
            "# PHỤ LỤC",
            "| 01 | 1.000001 | Cấp bản sao trích lục hộ tịch | Hộ tịch |",
        ],
    );
    // A number is given by the registry, not by a program, even where an earlier decision has one.
    assert!(!text.contains("12/QĐ-UBND"), "{text}");
}

#[test]
fn a_notice_names_the_decision_and_whom_it_goes_to() {
    let project = Project::minimal().edit("content/site.yaml", "title:", "lead_unit: { name: Sở Khoa học và Công nghệ tỉnh Thử }\ntitle:");
    in_order(
        &project.run("draft notice xa-thu").exit(0).out(),
        &[
            "**DỰ THẢO**",
            "Số: ……/TB-UBND",
            "# THÔNG BÁO",
            "*Kính gửi: Sở Khoa học và Công nghệ tỉnh Thử*",
            "1\\. Quyết định số 12/QĐ-UBND ngày 02 tháng 3 năm 2026 đã công bố",
            "niêm yết tại trụ sở từ ngày 04 tháng 3 năm 2026: Trụ sở",
            "https://iso.thu.example/cong-bo/",
            "để Sở Khoa học và Công nghệ tỉnh Thử theo dõi, tổng hợp./.",
            "# PHỤ LỤC",
            "| 01 | 1.000001 |",
        ],
    );
}

#[test]
fn a_declaration_that_is_being_prepared_can_be_drafted_before_it_has_a_number() {
    let project = Project::minimal().edit(DECLARATION, "number: 12/QĐ-UBND\nissued_on: 2026-03-02\n", "");
    project.run("check").exit(1).says("incomplete-declaration");
    project.run("draft decision xa-thu").exit(0).says("Số: ……/QĐ-……").says("| 01 | 1.000001 |");
    project.run("draft notice xa-thu").exit(0).says("Quyết định số ……/QĐ-…… ngày …… tháng …… năm ……");
    // Without any declaration the list is what the agency is competent for.
    project.without(DECLARATION).run("draft decision xa-thu").exit(0).says("đối với 01 thủ tục hành chính").says("| 01 | 1.000001 |");
}

#[test]
fn the_same_as_a_page_that_needs_nothing_beside_it() {
    let page = Project::minimal().run("draft decision xa-thu --format html").exit(0).out();
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"vi\">") && !page.contains("<link") && !page.contains("<script"), "{page}");
    in_order(&page, &["@page", "size: A4", "DỰ THẢO", "Số: ……/QĐ-UBND", "<strong>Điều 1.</strong>", "<td data-l=\"Mã\" class=\"narrow\">1.000001</td>"]);
}

#[test]
fn the_same_as_a_file_that_word_processors_open() {
    let project = Project::minimal().edit("content/agencies/xa-thu/agency.yaml", "xã Thử\nlevel", "xã Thử & <Mới>\nlevel");
    project.run("draft decision xa-thu --format docx").exit(2).says("--to du-thao.docx");
    project.run("draft decision xa-thu --format docx --to ra/mot.docx").exit(0).says("đã ghi dự thảo vào ra/mot.docx");
    project.run("draft decision xa-thu --format docx --to ra/hai.docx").exit(0);
    let bytes = std::fs::read(project.path("ra/mot.docx")).expect("the file");
    assert_eq!(bytes, std::fs::read(project.path("ra/hai.docx")).expect("the file"), "the same content gives the same bytes");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a ZIP archive");
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap_or_else(|error| panic!("{name}: {error}")).read_to_string(&mut text).expect("UTF-8");
        text
    };
    let document = part("word/document.xml");
    in_order(
        &document,
        &[
            "DỰ THẢO",
            "ỦY BAN NHÂN DÂN XÃ THỬ &amp; &lt;MỚI&gt;",
            "Số: ……/QĐ-UBND",
            "Điều 1. ",
            "TM. ỦY BAN NHÂN DÂN",
            "<w:sectPr>",
            "PHỤ LỤC",
            "<w:tblHeader/>",
            "1.000001",
        ],
    );
    // A4, 20-20-30-15 mm, in twentieths of a point; the number of the page is left out on the first.
    for expected in ["w:w=\"11906\" w:h=\"16838\"", "w:top=\"1134\" w:right=\"851\" w:bottom=\"1134\" w:left=\"1701\"", "<w:titlePg/>"] {
        assert!(document.contains(expected), "{expected} is missing");
    }
    assert!(part("word/styles.xml").contains("Times New Roman") && part("word/header1.xml").contains(" PAGE "));
    assert!(part("[Content_Types].xml").contains("wordprocessingml.document.main+xml"));
}
