//! What people find on the pages of the default theme, seen on the sample province.

use std::sync::LazyLock;

use lol_html::{RewriteStrSettings, element, rewrite_str, text};

use crate::project::{Project, TODAY};

static SAMPLE: LazyLock<Project> = LazyLock::new(|| {
    let project = Project::sample();
    project.run(&format!("build --as-of {TODAY}")).exit(0);
    project
});

const BIRTH: &str = "public/co-quan/phuong-hoa-ban/thu-tuc/1.001193-thu-tuc-dang-ky-khai-sinh/index.html";

/// The text of what a selector finds, white space as a reader sees it.
fn words(page: &str, selector: &str) -> String {
    let mut found = String::new();
    let handler = text!(selector, |chunk| {
        found.push_str(chunk.as_str());
        found.push_str(if chunk.last_in_text_node() { " " } else { "" });
        Ok(())
    });
    rewrite_str(page, RewriteStrSettings::new().append_element_content_handler(handler)).expect("HTML");
    found.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn attributes(page: &str, selector: &str, name: &str) -> Vec<String> {
    let mut found = Vec::new();
    let handler = element!(selector, |element| {
        found.extend(element.get_attribute(name));
        Ok(())
    });
    rewrite_str(page, RewriteStrSettings::new().append_element_content_handler(handler)).expect("HTML");
    found
}

fn in_order(text: &str, parts: &[&str]) {
    let places: Vec<_> = parts.iter().map(|part| text.find(part).unwrap_or_else(|| panic!("{part} is not in {text}"))).collect();
    assert!(places.is_sorted(), "{parts:?} stand at {places:?}");
}

#[test]
fn a_procedure_answers_first_then_tells_everything_in_the_order_of_the_work() {
    let page = SAMPLE.read(BIRTH);
    in_order(&words(&page, ".answer dt"), &["Thời hạn", "Phí, lệ phí", "Giấy tờ", "Nơi nộp", "Kết quả", "Giờ nhận", "Trực tuyến"]);
    let answer = words(&page, ".answer");
    for part in ["1 ngày làm việc", "Không thu, hoặc 8.000 đồng", "Quầy số 2", "Giấy khai sinh", "Tất cả các buổi làm việc", "Nộp hồ sơ trực tuyến"]
    {
        assert!(answer.contains(part), "{part} is not in {answer}");
    }
    let order =
        ["Tóm tắt", "Trên trang này", "Thành phần hồ sơ", "Các bước", "Thời hạn, phí theo cách nộp", "Yêu cầu", "Mẫu đơn", "Kết quả", "Căn cứ", "Liên hệ"];
    in_order(&words(&page, "h2"), &order);
}

#[test]
fn the_cases_of_a_dossier_can_be_chosen_without_a_script() {
    let page = SAMPLE.read(BIRTH);
    assert_eq!(attributes(&page, ".cases a", "href"), ["#ho-so-1", "#ho-so-2", "#ho-so-3", "#ho-so-4"]);
    assert_eq!(attributes(&page, "table.papers", "id"), ["ho-so-1", "ho-so-2", "ho-so-3", "ho-so-4"]);
}

#[test]
fn the_steps_are_those_of_the_work_process_with_who_and_how_long() {
    let page = SAMPLE.read(BIRTH);
    let steps = words(&page, "main .steps");
    in_order(&steps, &["Tiếp nhận, kiểm tra hồ sơ", "Người thực hiện: Người tiếp nhận", "Thời gian: 0,125 ngày làm việc", "Ghi sổ"]);
    assert!(steps.contains("Thủ tục hành chính (TTHC)"), "a short word is written out where it first stands: {steps}");
    assert!(words(&page, "details").contains("Trình tự nêu trong quyết định công bố"), "the national order of steps is kept");
}

#[test]
fn every_page_of_a_procedure_says_whom_to_call_when_and_where() {
    for agency in ["phuong-hoa-ban", "xa-ben-lau", "so-tu-phap", "ubnd-tinh"] {
        let list = SAMPLE.read(&format!("public/co-quan/{agency}/thu-tuc/index.html"));
        for href in attributes(&list, ".codes a", "href") {
            let page = SAMPLE.read(&format!("public/{}", href.trim_start_matches("../")));
            let contact = words(&page, "main dt");
            for part in ["Điện thoại", "Giờ tiếp nhận", "Địa chỉ", "Phản ánh, kiến nghị"] {
                assert!(contact.contains(part), "{href}: {part} is not in {contact}");
            }
        }
    }
}

#[test]
fn a_chart_has_a_finding_words_and_a_table() {
    for path in ["public/index.html", "public/tong-hop/2026/index.html", "public/kiem-tra/2026/index.html"] {
        let page = SAMPLE.read(path);
        let charts = attributes(&page, "svg", "role").len();
        assert!(charts > 0 && attributes(&page, "svg", "aria-label").len() == charts, "{path}");
        assert!(words(&page, "main").contains("Năm 2026: 4 trên 7 cơ quan được xếp loại Tốt; năm 2025 là 2 trên 6."), "{path}");
        assert!(words(&page, "svg").contains("Tốt 4"), "{path}");
        assert!(!words(&page, "table.counts").contains("57,1%"), "{path}: seven agencies are too few for a percentage");
    }
    let results = SAMPLE.read("public/co-quan/phuong-hoa-ban/ket-qua/2026/index.html");
    assert!(words(&results, "main").contains("Quý 3 năm 2026: 0% hồ sơ quá hạn (0 trên 983), giảm 0,3 điểm phần trăm so với quý 2 năm 2026."));
    assert!(words(&results, ".counts").contains("Tỷ lệ quá hạn"));
}

#[test]
fn the_short_page_of_a_sheet_on_the_wall_answers_and_says_whether_it_is_current() {
    let page = SAMPLE.read("public/co-quan/phuong-hoa-ban/t/1.001193/index.html");
    in_order(&words(&page, "main"), &["Thủ tục đăng ký khai sinh", "Thời hạn", "1 ngày làm việc", "Xem đầy đủ", "Mã kiểm tra của bản hiện hành"]);
    let amended = SAMPLE.read("public/co-quan/phuong-hoa-ban/t/2.000815/index.html");
    assert!(words(&amended, ".banner").contains("Thủ tục được sửa đổi, bổ sung"));
    for link in attributes(&page, ".answer a", "href") {
        assert!(!link.starts_with('#'), "{link} leads to an anchor of another page");
    }
}

#[test]
fn it_is_told_in_plain_words_that_a_declaration_is_no_certificate() {
    for path in ["public/index.html", "public/co-quan/phuong-hoa-ban/index.html"] {
        assert!(attributes(&SAMPLE.read(path), "footer a", "href").iter().any(|href| href.ends_with("gioi-thieu/index.html")), "{path}");
    }
    let page = SAMPLE.read("public/gioi-thieu/index.html");
    in_order(&words(&page, "main"), &["nghĩa là gì", "tiêu chuẩn quốc gia", "không phải là gì", "Không phải là giấy chứng nhận", "kiểm tra bằng cách nào"]);
}

#[test]
fn the_emblem_stands_before_the_name_with_its_description() {
    let page = SAMPLE.read("public/index.html");
    assert_eq!(attributes(&page, "header img", "alt"), ["Núi, sông và mây trong vòng tròn đỏ, biểu trưng mẫu"]);
    let source = attributes(&page, "header img", "src");
    assert!(SAMPLE.path("public").join(&source[0]).is_file(), "{source:?}");
}
