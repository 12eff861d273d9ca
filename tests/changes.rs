//! What changed since the site was published last: told in plain words, carried on from build to build.

use std::fs;

use lol_html::{RewriteStrSettings, rewrite_str, text};

use crate::project::{Project, TODAY, tree};

const AGENCY: &str = "content/agencies/xa-thu/agency.yaml";
const CATALOGUE: &str = "content/administrative-procedures/list.yaml";
const LATER: &str = "2026-12-01";

fn build(project: &Project, day: &str) -> crate::project::Run {
    project.run(&format!("build --as-of {day}")).exit(0)
}

/// The words of a page's main part, in one line.
fn page(project: &Project, path: &str) -> String {
    let mut found = String::new();
    let handler = text!("main", |chunk| {
        found.push_str(chunk.as_str());
        Ok(())
    });
    rewrite_str(&project.read(&format!("public/{path}")), RewriteStrSettings::new().append_element_content_handler(handler)).expect("HTML");
    found.split_whitespace().collect::<Vec<_>>().join(" ").replace("&quot;", "\"").replace(" :", ":")
}

fn assert_tells(project: &Project, path: &str, sentences: &[&str]) {
    let words = page(project, path);
    for sentence in sentences {
        let sentence = sentence.replace('\u{a0}', " ");
        assert!(words.contains(&sentence), "{path} does not tell {sentence:?}:\n{words}");
    }
}

/// The titles of the entries of a feed, as a reader of feeds sees them.
fn feed(project: &Project, path: &str) -> atom_syndication::Feed {
    project.read(&format!("public/{path}")).parse().expect("an Atom feed")
}

fn titles(feed: &atom_syndication::Feed) -> Vec<String> {
    feed.entries().iter().map(|entry| entry.title().to_string()).collect()
}

#[test]
fn the_first_build_says_since_when_changes_are_recorded() {
    let project = Project::minimal();
    build(&project, TODAY);
    assert_tells(&project, "thay-doi/index.html", &["được ghi từ ngày 21 tháng 11 năm 2026", "Chưa có", "24 tháng gần nhất"]);
    let feed = feed(&project, "thay-doi/atom.xml");
    assert_eq!((feed.entries().len(), feed.updated().to_rfc3339()), (0, "2026-11-21T00:00:00+07:00".to_owned()));
}

#[test]
fn a_later_build_says_exactly_what_changed() {
    let project = Project::minimal();
    build(&project, TODAY);
    let project = project
        .edit(CATALOGUE, "value: 1, unit: working_day", "value: 7, unit: working_day")
        .edit(CATALOGUE, "fees: [{ free: true }]", "fees: [{ kind: fee, amount: 8000 }]")
        .edit(
            CATALOGUE,
            "[{ name: Tờ khai, originals: 1, copies: 0 }]",
            "[{ name: Tờ khai, originals: 1, copies: 0 }, { name: Giấy ủy quyền, originals: 1, copies: 0 }]",
        )
        .edit(AGENCY, "phone: 0200 000 0000", "phone: 0200 000 0009")
        .edit("content/agencies/xa-thu/work-processes/ho-tich.md", "edition: 1", "edition: 2")
        .file("content/agencies/xa-thu/objectives/2027.yaml", "objectives: []\n");
    build(&project, LATER);
    let name = "Cấp bản sao trích lục hộ tịch (1.000001)";
    let told = [
        format!("{name}: Thời hạn đổi từ 1 ngày làm việc thành 7 ngày làm việc."),
        format!("{name}: Phí, lệ phí đổi từ Không thu phí, lệ phí thành Lệ phí: 8.000 đồng."),
        format!("{name}: Giấy tờ cần nộp: thêm hoặc sửa Giấy ủy quyền."),
        "QT-01 Quy trình hộ tịch: Ban hành lại: lần ban hành/sửa đổi từ 1/0 thành 2/0.".to_owned(),
        "Mục tiêu chất lượng năm 2027: Mới đăng.".to_owned(),
        "Điện thoại cơ quan: Đổi từ 0200\u{a0}000\u{a0}0000 thành 0200\u{a0}000\u{a0}0009.".to_owned(),
    ];
    assert_tells(&project, "thay-doi/index.html", &told.iter().map(String::as_str).collect::<Vec<_>>());
    assert_tells(&project, "thay-doi/index.html", &["Ngày 01 tháng 12 năm 2026".to_lowercase().as_str(), "được ghi từ ngày 21 tháng 11 năm 2026"]);
    let feed = feed(&project, "thay-doi/atom.xml");
    assert_eq!(titles(&feed), told.map(|sentence| sentence.trim_end_matches('.').to_owned()));
    assert_eq!(feed.links()[0].href(), "https://iso.thu.example/thay-doi/atom.xml");
    let fee = &feed.entries()[1];
    assert_eq!(fee.links()[0].href(), "https://iso.thu.example/thu-tuc/1.000001-cap-ban-sao-trich-luc-ho-tich/");
    assert!(feed.entries().iter().all(|entry| entry.id().starts_with("urn:uuid:") && entry.updated().to_rfc3339() == "2026-12-01T00:00:00+07:00"));
    assert!(project.read("public/index.html").contains("<link rel=\"alternate\" type=\"application/atom+xml\""));
}

#[test]
fn procedures_come_and_go_and_a_declaration_is_made_anew() {
    let levels = "title: Trang thử\nrules: { redeclaration-needed: warning, abolished-administrative-procedure: warning }\n";
    let project = Project::minimal().edit("content/site.yaml", "title: Trang thử\n", levels);
    build(&project, TODAY);
    let second = project.read(CATALOGUE).replace("1.000001", "1.000002").replace("Cấp bản sao trích lục hộ tịch", "Đăng ký khai tử");
    let first = project.read(CATALOGUE);
    let declaration = project.read("content/agencies/xa-thu/declarations/2026-03-02.yaml");
    let project = project
        .file(CATALOGUE, first.clone() + &second)
        .edit("content/agencies/xa-thu/work-processes/ho-tich.md", "[\"1.000001\"]", "[\"1.000001\", \"1.000002\"]")
        .edit(AGENCY, "[\"1.000001\"]", "[\"1.000001\", \"1.000002\"]")
        .file(
            "content/agencies/xa-thu/declarations/2026-12-01.yaml",
            declaration
                .replace("12/QĐ-UBND", "99/QĐ-UBND")
                .replace("2026-03-02", "2026-12-01")
                .replace("2026-03-04", "2026-12-01")
                .replace("[\"1.000001\"]", "[\"1.000001\", \"1.000002\"]")
                + "kind: redeclaration\nreason: scope_extended\nsupersedes: 12/QĐ-UBND\n",
        );
    build(&project, LATER);
    assert_tells(
        &project,
        "thay-doi/index.html",
        &["Đăng ký khai tử (1.000002): Thủ tục mới trong danh mục.", "Quyết định công bố số 99/QĐ-UBND: Công bố lại."],
    );
    let project = project.file(CATALOGUE, first + &second.replace("  field:", "  status: abolished\n  field:"));
    project.run("build --as-of 2026-12-05").exit(0);
    assert_tells(&project, "thay-doi/index.html", &["Đăng ký khai tử (1.000002): Đã bãi bỏ.", "Công bố lại."]);
    assert_eq!(titles(&feed(&project, "thay-doi/atom.xml"))[0], "Đăng ký khai tử (1.000002): Đã bãi bỏ");
}

#[test]
fn a_build_of_the_same_things_adds_nothing_on_the_same_day_or_later() {
    let audits = "title: Trang thử\nrules: { overdue-internal-audit: off, overdue-management-review: off }\n";
    let project = Project::minimal().edit("content/site.yaml", "title: Trang thử\n", audits);
    build(&project, TODAY);
    let project = project.edit(CATALOGUE, "value: 1, unit: working_day", "value: 7, unit: working_day");
    build(&project, LATER);
    let told = tree(&project.path("public"));
    build(&project, LATER).says("không có gì thay đổi");
    project.run(&format!("build --clean --as-of {LATER}")).exit(0);
    assert!(told == tree(&project.path("public")), "a clean build of the same day changes the site");
    let (before, feed) = (project.read("public/thay-doi/index.html"), project.read("public/thay-doi/atom.xml"));
    build(&project, "2027-01-15");
    assert_eq!((before, feed), (project.read("public/thay-doi/index.html"), project.read("public/thay-doi/atom.xml")));
    build(&project, "2028-12-02");
    assert_tells(&project, "thay-doi/index.html", &["chưa có thay đổi nào"]);
}

#[test]
fn what_is_taken_back_on_the_same_day_is_no_change() {
    let project = Project::minimal();
    build(&project, TODAY);
    let before = pages(&project);
    let project = project.edit(CATALOGUE, "value: 1, unit", "value: 7, unit").edit(AGENCY, "phone: 0200 000 0000", "phone: 0200 000 0009");
    build(&project, TODAY);
    assert_ne!(before, pages(&project));
    let project = project.edit(CATALOGUE, "value: 7, unit", "value: 1, unit").edit(AGENCY, "phone: 0200 000 0009", "phone: 0200 000 0000");
    build(&project, TODAY);
    assert!(before == pages(&project));
}

/// Everything but the manifest, which counts the sites that were published.
fn pages(project: &Project) -> Vec<(String, Vec<u8>)> {
    tree(&project.path("public")).into_iter().filter(|(path, _)| path != "manifest.json").collect()
}

#[test]
fn a_clean_checkout_needs_only_the_record_that_was_published() {
    let project = Project::minimal();
    build(&project, TODAY);
    let kept = Project::new().file("du-lieu.json", project.read("public/thay-doi/du-lieu.json"));
    let project = project.edit(CATALOGUE, "value: 1, unit", "value: 7, unit");
    let checkout = project.copied();
    let previous = format!("build --previous {} --as-of {LATER}", kept.path("du-lieu.json").display());
    checkout.run(&previous).exit(0);
    build(&project, LATER);
    assert!(pages(&project) == pages(&checkout));
    checkout.run(&previous).exit(0).says("không có gì thay đổi");
    // A folder serves as well as its file, and another record gives another site.
    let folder = format!("build --previous {} --as-of {LATER}", project.path("public").display());
    checkout.run(&folder).exit(0).says("đã tạo");
    assert!(tree(&project.path("public")) == tree(&checkout.path("public")));
    let nowhere = Project::minimal();
    nowhere.run(&format!("build --previous khong-co.json --as-of {LATER}")).exit(0).says("chưa có khong-co.json");
}

#[test]
fn a_damaged_or_hostile_record_is_told_and_ignored() {
    let project = Project::minimal();
    build(&project, TODAY);
    let good = project.read("public/thay-doi/du-lieu.json");
    let entry = |text: &str| {
        good.replace(
            "\"log\":[]",
            &format!("\"log\":[{{\"on\":\"2026-11-20\",\"kind\":\"contact\",\"subjects\":[{{\"id\":\"phone\",\"title\":\"x\"}}],\"after\":\"{text}\"}}]"),
        )
    };
    let deep = "[".repeat(100_000);
    let damaged = [
        "",
        "{}",
        &good[..good.find("\"status\"").expect("a procedure")],
        &deep,
        &good.replace("\"version\":1", "\"version\":9"),
        &entry("\\u0000"),
        &entry(&"x".repeat(9_000)),
    ];
    for bytes in damaged {
        let project = Project::minimal();
        fs::write(project.path("hong.json"), bytes).expect("a damaged record");
        project.run(&format!("build --previous hong.json --as-of {TODAY}")).exit(0).says("hong.json không phải dữ liệu thay đổi");
        assert_eq!(project.read("public/thay-doi/du-lieu.json"), good, "{}", &bytes[..bytes.len().min(60)]);
    }
    // So is one in the public folder itself.
    let project = Project::minimal();
    build(&project, TODAY);
    fs::write(project.path("public/thay-doi/du-lieu.json"), "{").expect("a damaged record");
    build(&project, LATER).says("du-lieu.json không phải dữ liệu thay đổi");
    assert_tells(&project, "thay-doi/index.html", &["được ghi từ ngày 01 tháng 12 năm 2026"]);
    // What can be read is shown as text and nothing else.
    let project = Project::minimal().file("la.json", entry("<script>alert(1)</script>"));
    project.run(&format!("build --previous la.json --as-of {TODAY}")).exit(0).does_not_say("không phải dữ liệu");
    let html = project.read("public/thay-doi/index.html");
    assert!(html.contains("&lt;script&gt;") && !html.contains("<script>alert"), "{html}");
    // A change of the future, or of long ago, is none.
    let project = Project::minimal().file("sau.json", entry("Số mới").replace("2026-11-20", "2031-01-01"));
    project.run(&format!("build --previous sau.json --as-of {TODAY}")).exit(0);
    assert_tells(&project, "thay-doi/index.html", &["chưa có thay đổi nào"]);
}

#[cfg(unix)]
#[test]
fn a_record_is_never_read_through_a_link() {
    let project = Project::minimal();
    build(&project, TODAY);
    fs::rename(project.path("public/thay-doi/du-lieu.json"), project.path("that.json")).expect("a move");
    std::os::unix::fs::symlink(project.path("that.json"), project.path("lien-ket.json")).expect("a link");
    project.run(&format!("build --previous lien-ket.json --as-of {LATER}")).exit(0).says("lien-ket.json không phải dữ liệu thay đổi");
}

#[test]
fn nothing_internal_is_told_or_recorded() {
    let project = Project::minimal();
    build(&project, TODAY);
    let process = project.read("content/agencies/xa-thu/work-processes/ho-tich.md");
    let hidden = process.replace("QT-01", "QT-99").replace("Quy trình hộ tịch", "Quy trình kín");
    let project = project
        .file("content/agencies/xa-thu/work-processes/kin.md", hidden.replace("---\ncode", "---\nvisibility: internal\ncode"))
        .file("content/agencies/xa-thu/work-processes/nhap.md", hidden.replace("QT-99", "QT-98").replace("---\ncode", "---\nstatus: draft\ncode"))
        .file(
            "content/agencies/xa-thu/documents.yaml",
            "internal:\n  - { code: HD-99, title: Hướng dẫn kín, kind: work_instruction, edition: 1, revision: 0, issued_on: 2026-01-05, visibility: internal }\nexternal: [63/2010/NĐ-CP]\n",
        );
    build(&project, LATER);
    for path in ["thay-doi/index.html", "thay-doi/atom.xml", "thay-doi/du-lieu.json"] {
        assert!(!project.read(&format!("public/{path}")).contains("kín"), "{path}");
    }
}

#[test]
fn a_province_tells_by_agency_and_each_agency_its_own() {
    let project = Project::sample();
    build(&project, TODAY);
    let project = project.edit("content/agencies/phuong-hoa-ban/agency.yaml", "phone: 0200 000 0100", "phone: 0200 000 0199").edit(
        "content/agencies/xa-ben-lau/agency.yaml",
        "name: Ủy ban nhân dân xã Bến Lau",
        "name: Ủy ban nhân dân xã Bến Lau Mới",
    );
    build(&project, LATER);
    assert_tells(&project, "thay-doi/index.html", &["Ủy ban nhân dân phường Hoa Ban Điện thoại cơ quan: Đổi từ", "Ủy ban nhân dân xã Bến Lau Mới: Đổi tên"]);
    assert_tells(&project, "co-quan/phuong-hoa-ban/thay-doi/index.html", &["Điện thoại cơ quan: Đổi từ"]);
    assert!(!page(&project, "co-quan/phuong-hoa-ban/thay-doi/index.html").contains("Bến Lau"));
    assert_eq!(titles(&feed(&project, "co-quan/phuong-hoa-ban/thay-doi/atom.xml")).len(), 1);
    assert_eq!(titles(&feed(&project, "co-quan/so-tu-phap/thay-doi/atom.xml")).len(), 0);
    assert!(titles(&feed(&project, "thay-doi/atom.xml"))[0].starts_with("Ủy ban nhân dân phường Hoa Ban – Điện thoại cơ quan: Đổi từ"));
}

#[test]
fn without_an_address_of_its_own_a_site_links_from_its_feed() {
    let project = Project::minimal().edit("content/site.yaml", "base_url: https://iso.thu.example/\n", "");
    build(&project, TODAY);
    let project = project.edit(CATALOGUE, "value: 1, unit", "value: 7, unit");
    build(&project, LATER);
    let feed = feed(&project, "thay-doi/atom.xml");
    assert!(feed.links().iter().all(|link| link.rel() != "self") && feed.id().starts_with("urn:uuid:"));
    assert_eq!(feed.entries()[0].links()[0].href(), "../thu-tuc/1.000001-cap-ban-sao-trich-luc-ho-tich/index.html");
}

#[test]
fn many_documents_at_once_are_told_in_one_sentence() {
    let project = Project::minimal();
    build(&project, TODAY);
    let document =
        |number: usize| format!("  - {{ code: BM-{number:02}, title: Biểu mẫu {number}, kind: form, edition: 1, revision: 0, issued_on: 2026-01-05 }}\n");
    let list: String = (1..=25).map(document).collect();
    let project = project.file("content/agencies/xa-thu/documents.yaml", format!("internal:\n{list}external: [63/2010/NĐ-CP]\n"));
    build(&project, LATER);
    assert_tells(&project, "thay-doi/index.html", &["Mới ban hành hoặc mới đăng. BM-01 Biểu mẫu 1", "và 5 mục khác"]);
    assert_eq!(feed(&project, "thay-doi/atom.xml").entries().len(), 1);
}

#[test]
fn a_catalogue_imported_anew_is_told_as_a_number() {
    let project = Project::minimal();
    let one = project.read(CATALOGUE);
    let catalogue = |limit: &str| -> String {
        let other = |number: usize| one.replace("1.000001", &format!("1.{number:06}")).replace("value: 1, unit: working_day", limit);
        (1..=250).map(other).collect()
    };
    let project = project.file(CATALOGUE, catalogue("value: 1, unit: working_day"));
    build(&project, TODAY);
    let project = project.file(CATALOGUE, catalogue("value: 2, unit: working_day"));
    build(&project, LATER);
    assert_tells(&project, "thay-doi/index.html", &["250 thủ tục: Thời hạn giải quyết đã thay đổi."]);
}

#[test]
fn only_the_ways_to_hand_in_that_changed_are_named() {
    let direct = "    - method: direct\n      time_limit: { value: 1, unit: working_day }\n      fees: [{ free: true }]\n";
    let online = direct.replace("direct", "online");
    let project = Project::minimal().edit(CATALOGUE, direct, &format!("{direct}{online}"));
    build(&project, TODAY);
    let project = project.edit(CATALOGUE, &online, &online.replace("value: 1", "value: 3"));
    build(&project, LATER);
    assert_tells(&project, "thay-doi/index.html", &["Thời hạn (Trực tuyến) đổi từ 1 ngày làm việc thành 3 ngày làm việc."]);
}
