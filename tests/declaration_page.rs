//! The page of declarations: what a citizen asks first, and what changed from one decision to the next.

use lol_html::{RewriteStrSettings, rewrite_str, text};

use crate::project::{Project, TODAY};

/// The words of a page's main part, in one line.
fn words(project: &Project, path: &str) -> String {
    let mut found = String::new();
    let handler = text!("main", |chunk| {
        found.push_str(chunk.as_str());
        found.push(' ');
        Ok(())
    });
    rewrite_str(&project.read(&format!("public/{path}")), RewriteStrSettings::new().append_element_content_handler(handler)).expect("HTML");
    found.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ",")
}

fn in_order(words: &str, parts: &[&str]) {
    let mut rest = words;
    for part in parts {
        let at = rest.find(part).unwrap_or_else(|| panic!("{part:?} is missing, or not in its place, in:\n{words}"));
        rest = &rest[at + part.len()..];
    }
}

/// A second declaration of the minimal project, which changes everything that can change.
fn declared_twice() -> Project {
    let project = Project::minimal();
    let catalogue = project.read("content/administrative-procedures/list.yaml");
    let other = catalogue.replace("1.000001", "1.000002").replace("Cấp bản sao trích lục hộ tịch", "Đăng ký khai tử");
    let first = project.read("content/agencies/xa-thu/declarations/2026-03-02.yaml");
    let earlier = first
        .replace("2026-03-0", "2015-03-0")
        .replace("2026-02-25", "2015-02-25")
        .replace("tcvn-iso-9001-2015", "tcvn-iso-9001-2008")
        .replace("12/QĐ-UBND", "07/QĐ-UBND")
        .replace("[\"1.000001\"]", "[\"1.000002\"]")
        .replace("Toàn bộ thủ tục hành chính thuộc thẩm quyền.", "Lĩnh vực hộ tịch.")
        .replace("Người ký mẫu", "Người ký cũ");
    let now = first + "kind: redeclaration\nreason: standard_changed\nsupersedes: 07/QĐ-UBND\nsigned_file: { path: files/12-qd.pdf }\n";
    project
        .file("content/administrative-procedures/list.yaml", catalogue + &other)
        .file("content/agencies/xa-thu/declarations/2015-03-02.yaml", earlier)
        .file("content/agencies/xa-thu/declarations/2026-03-02.yaml", now)
        .file("content/agencies/xa-thu/files/12-qd.pdf", "%PDF-1.4\n")
}

#[test]
fn what_is_asked_first_stands_first() {
    let project = declared_twice();
    project.run(&format!("build --as-of {TODAY}")).exit(0);
    in_order(
        &words(&project, "cong-bo/index.html"),
        &[
            "không phải là giấy chứng nhận",
            "Phù hợp tiêu chuẩn TCVN ISO 9001:2015",
            "Phạm vi công bố Toàn bộ thủ tục",
            "Áp dụng từ ngày 02 tháng 3 năm 2026",
            "Người ký Người ký mẫu, Chủ tịch. Thay mặt",
            "Niêm yết tại trụ sở ngày 04 tháng 3 năm 2026, Trụ sở",
            "Thông báo đến đơn vị chủ trì 13/TB-UBND, ngày 04 tháng 3 năm 2026",
            "Quyết định đã ký (PDF, 9 byte)",
            "certutil -hashfile 12-qd.pdf SHA256",
            "Tự công bố nghĩa là",
        ],
    );
    let hash = "e5c62df5dab5c87b6a015ef3d43597074d1eec433b15f51aec63b8582d0e4ab4";
    assert!(words(&project, "cong-bo/index.html").contains(hash));
    assert!(words(&project, "cong-bo/2015-03-02/index.html").contains("bị thay thế"), "the edition of the old decision was withdrawn");
}

#[test]
fn the_history_says_what_changed_in_between() {
    let project = declared_twice();
    project.run(&format!("build --as-of {TODAY}")).exit(0);
    let told = [
        "Chuyển từ TCVN ISO 9001:2008 sang TCVN ISO 9001:2015.",
        "Thêm 1 thủ tục: 1.000001 Cấp bản sao trích lục hộ tịch",
        "Bớt 1 thủ tục: 1.000002 Đăng ký khai tử",
        "Phạm vi công bố được viết lại: Trước Lĩnh vực hộ tịch. Nay Toàn bộ thủ tục",
        "Người ký: trước là Chủ tịch Người ký cũ, nay là Chủ tịch Người ký mẫu.",
    ];
    let history = words(&project, "cong-bo/index.html");
    in_order(&history, &told);
    in_order(&history, &["07/QĐ-UBND", "Lần công bố sớm nhất có trên trang."]);
    in_order(&words(&project, "cong-bo/2026-03-02/index.html"), &told);
    assert!(!words(&project, "cong-bo/2015-03-02/index.html").contains("Thay đổi so với"));
}
