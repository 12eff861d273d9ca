//! What holds for every page of a built site, seen on the sample province and on a single agency.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use lol_html::{RewriteStrSettings, element, rewrite_str, text};

use crate::project::{Project, TODAY, tree};

/// A built site: pages by path, and every other file's name.
struct Site {
    pages: BTreeMap<String, String>,
    files: BTreeSet<String>,
}

impl Site {
    fn build(project: &Project) -> Self {
        project.run(&format!("build --as-of {TODAY}")).exit(0);
        Self::read(&project.path("public"))
    }

    fn read(folder: &Path) -> Self {
        let files = tree(folder);
        let pages = files
            .iter()
            .filter(|(path, _)| path.ends_with(".html"))
            .map(|(path, bytes)| (path.clone(), String::from_utf8(bytes.clone()).expect("UTF-8")))
            .collect();
        Self { pages, files: files.into_iter().map(|(path, _)| path).collect() }
    }
}

static SAMPLE: LazyLock<Site> = LazyLock::new(|| Site::build(&Project::sample()));
static SINGLE: LazyLock<Site> = LazyLock::new(|| Site::build(&Project::minimal()));

fn pages() -> impl Iterator<Item = (&'static str, &'static str)> {
    SAMPLE.pages.iter().chain(&SINGLE.pages).map(|(path, page)| (path.as_str(), page.as_str()))
}

/// What the elements that a selector finds give.
pub fn collect(page: &str, selector: &str, give: impl Fn(&lol_html::html_content::Element<'_, '_>) -> Option<String>) -> Vec<String> {
    let mut found = Vec::new();
    let handler = element!(selector, |element| {
        found.extend(give(element));
        Ok(())
    });
    rewrite_str(page, RewriteStrSettings::new().append_element_content_handler(handler)).expect("HTML");
    found
}

fn words(page: &str, selector: &str) -> String {
    let mut found = String::new();
    let handler = text!(selector, |chunk| {
        found.push_str(chunk.as_str());
        Ok(())
    });
    rewrite_str(page, RewriteStrSettings::new().append_element_content_handler(handler)).expect("HTML");
    found
}

/// Where a relative link leads, as a file of the site and an anchor.
pub fn target(page: &str, link: &str) -> (String, Option<String>) {
    let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor.to_owned())));
    if path.is_empty() {
        return (page.to_owned(), anchor);
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => assert!(parts.pop().is_some(), "{page}: {link} leaves the site"),
            part => parts.push(part),
        }
    }
    let mut file = parts.join("/");
    if path.ends_with('/') || file.is_empty() {
        file = if file.is_empty() { "index.html".to_owned() } else { format!("{file}/index.html") };
    }
    (file, anchor)
}

#[test]
fn every_internal_link_and_anchor_leads_somewhere() {
    for site in [&*SAMPLE, &*SINGLE] {
        let ids: BTreeMap<&str, BTreeSet<String>> =
            site.pages.iter().map(|(path, page)| (path.as_str(), collect(page, "[id]", |e| e.get_attribute("id")).into_iter().collect())).collect();
        for (path, page) in site.pages.iter().filter(|(path, _)| *path != "404.html") {
            let links = collect(page, "a[href], link[rel=stylesheet][href], img[src], script[src], link[rel=icon][href]", |e| {
                e.get_attribute("href").or_else(|| e.get_attribute("src"))
            });
            for link in links.iter().filter(|link| !link.contains(':')) {
                assert!(!link.starts_with('/'), "{path}: {link} does not work in a sub-folder");
                let (file, anchor) = target(path, link);
                assert!(site.files.contains(&file), "{path}: {link} leads to {file}, which is not there");
                if let Some(anchor) = anchor {
                    assert!(ids[file.as_str()].contains(&anchor), "{path}: {link} has no anchor");
                }
            }
        }
    }
}

#[test]
fn ids_are_unique_on_a_page() {
    for (path, page) in pages() {
        let ids = collect(page, "[id]", |e| e.get_attribute("id"));
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{path}: {ids:?}");
    }
}

#[test]
fn every_page_says_its_language_title_description_and_has_one_h1() {
    for (path, page) in pages() {
        let expected = if path.contains("en/") && path.split('/').any(|part| part == "en") { "en" } else { "vi" };
        assert_eq!(collect(page, "html", |e| e.get_attribute("lang")), [expected], "{path}");
        assert_eq!(collect(page, "h1", |_| Some(String::new())).len(), 1, "{path}");
        assert!(!words(page, "title").trim().is_empty() && !words(page, "h1").trim().is_empty(), "{path}");
        assert_eq!(collect(page, "meta[name=description]", |e| e.get_attribute("content")).iter().filter(|text| !text.trim().is_empty()).count(), 1, "{path}");
        assert_eq!(collect(page, "meta[name=viewport]", |e| e.get_attribute("content")).len(), 1, "{path}");
        assert_eq!(collect(page, "main", |_| Some(String::new())).len(), 1, "{path}");
    }
}

#[test]
fn headings_never_skip_a_level() {
    for (path, page) in pages() {
        let levels: Vec<u8> = collect(page, "h1, h2, h3, h4, h5, h6", |e| Some(e.tag_name())).iter().map(|name| name.as_bytes()[1] - b'0').collect();
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{path}: {levels:?}");
    }
}

/// Scripts other than the site's own files, and those with anything in them.
fn foreign_scripts(page: &str) -> Vec<String> {
    let own = |source: &str| source.trim_start_matches("../").trim_start_matches('/').starts_with("tinh/");
    let scripts = collect(page, "script:not([type='application/ld+json'])", |e| Some(e.get_attribute("src").unwrap_or_default()));
    assert!(words(page, "script:not([type='application/ld+json'])").trim().is_empty());
    scripts.into_iter().filter(|source| !own(source)).collect()
}

#[test]
fn nothing_is_inline_and_nothing_comes_from_elsewhere() {
    for (path, page) in pages() {
        assert!(collect(page, "[style], style", |e| Some(e.tag_name())).is_empty(), "{path}");
        assert!(foreign_scripts(page).is_empty(), "{path}");
        let handlers = collect(page, "*", |e| e.attributes().iter().map(|attribute| attribute.name()).find(|name| name.starts_with("on")));
        assert!(handlers.is_empty(), "{path}: {handlers:?}");
        let loaded =
            collect(page, "link[rel=stylesheet], link[rel=icon], img, iframe, source, video", |e| e.get_attribute("href").or_else(|| e.get_attribute("src")));
        assert!(loaded.iter().all(|link| !link.contains("//")), "{path}: {loaded:?}");
        let policy = collect(page, "meta[http-equiv=Content-Security-Policy]", |e| e.get_attribute("content"));
        assert!(policy.len() == 1 && policy[0].contains("default-src 'none'") && !policy[0].contains("unsafe"), "{path}: {policy:?}");
    }
}

#[test]
fn the_sample_says_that_it_is_a_sample_on_every_page() {
    for (path, page) in &SAMPLE.pages {
        assert!(page.contains("Trang mẫu: không phải cơ quan có thật") || page.contains("Sample: not a real agency"), "{path}");
    }
    assert!(SINGLE.pages.values().all(|page| !page.contains("Trang mẫu")));
}

#[test]
fn no_page_calls_the_declaration_a_certificate() {
    for (path, page) in pages() {
        let words = words(page, "body").to_lowercase();
        for wrong in ["được chứng nhận phù hợp", "chứng nhận iso", "certified to", "is certified"] {
            assert!(!words.contains(wrong), "{path}: {wrong}");
        }
    }
}

#[test]
fn what_is_internal_or_a_draft_reaches_no_file() {
    let marker = "ma-rieng-noi-bo-4711";
    let process = "content/agencies/xa-thu/work-processes/ho-tich.md";
    let project = Project::minimal();
    let base = project.read(process);
    let hidden = |front: &str, code: &str| {
        base.replace("code: QT-01", &format!("code: {code}\n{front}")).replace("Quy trình hộ tịch", marker).replace("covers: [\"1.000001\"]", "covers: []")
    };
    let project = project
        .file("content/agencies/xa-thu/work-processes/noi-bo.md", hidden("visibility: internal", "QT-02"))
        .file("content/agencies/xa-thu/work-processes/noi-bo-2.md", hidden("kind: internal", "QT-03"))
        .file("content/agencies/xa-thu/work-processes/du-thao.md", hidden("status: draft", "QT-04"))
        .file("content/pages/noi-bo.md", format!("---\ntitle: {marker}\nvisibility: internal\n---\n{marker}\n"))
        .edit(
            "content/agencies/xa-thu/documents.yaml",
            "internal: []",
            &format!("internal:\n  - {{ code: TL-01, title: {marker}, issued_on: 2026-01-05, visibility: internal }}"),
        );
    project.run(&format!("build --as-of {TODAY}")).exit(0);
    for (path, bytes) in tree(&project.path("public")) {
        assert!(!String::from_utf8_lossy(&bytes).contains(marker), "{path}");
        assert!(!path.contains("noi-bo") && !path.contains("du-thao"), "{path}");
    }
}

#[test]
fn content_never_becomes_markup() {
    let attack = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><b>";
    let quoted = serde_json::to_string(attack).expect("JSON is YAML");
    let body = format!(
        "{attack}\n\n[a](javascript:alert(3)) [b](JaVaScRiPt:alert(4)) <https://ok.example> ![c](x\" onerror=\"alert(5))\n\n# T {{onclick=alert(6)}}\n\n<svg onload=alert(7)>\n"
    );
    let project = Project::minimal()
        .edit("content/agencies/xa-thu/agency.yaml", "name: Ủy ban nhân dân xã Thử", &format!("name: {quoted}"))
        .edit("content/agencies/xa-thu/agency.yaml", "Thôn 1, xã Thử", attack.replace(['"', '\''], "").as_str())
        .edit("content/administrative-procedures/list.yaml", "name: Cấp bản sao trích lục hộ tịch", &format!("name: {quoted}"))
        .edit("content/administrative-procedures/list.yaml", "Nộp hồ sơ, nhận kết quả.", &serde_json::to_string(&body).expect("JSON is YAML"))
        .edit("content/agencies/xa-thu/quality-policy.md", "Đúng luật, đúng hạn.", &body)
        .edit("content/site.yaml", "title: Trang thử", &format!("title: {quoted}\nrules: {{ unsafe-link: warning, raw-html: warning, image-without-alternative: warning, missing-attachment: warning, broken-link: warning, external-resource: warning }}"));
    let site = Site::build(&project);
    for (path, page) in &site.pages {
        assert!(foreign_scripts(page).is_empty() && collect(page, "svg[onload], b", |e| Some(e.tag_name())).is_empty(), "{path}");
        let handlers = collect(page, "*", |e| e.attributes().iter().map(|attribute| attribute.name()).find(|name| name.starts_with("on")));
        assert!(handlers.is_empty(), "{path}: {handlers:?}");
        let links = collect(page, "a[href]", |e| e.get_attribute("href"));
        assert!(links.iter().all(|link| !link.to_lowercase().contains("javascript")), "{path}: {links:?}");
    }
}

#[test]
fn one_agency_has_its_pages_at_the_root_and_a_province_has_them_below() {
    let code = "thu-tuc/1.000001-cap-ban-sao-trich-luc-ho-tich/index.html";
    assert!(SINGLE.files.contains(code) && SINGLE.files.contains("cong-bo/index.html") && SINGLE.files.contains("t/1.000001/index.html"));
    assert!(!SINGLE.files.iter().any(|path| path.starts_with("co-quan/")));
    for agency in ["ubnd-tinh", "phuong-hoa-ban", "xa-ben-lau"] {
        assert!(SAMPLE.files.contains(&format!("co-quan/{agency}/cong-bo/index.html")), "{agency}");
    }
    for page in [
        "index.html",
        "co-quan/index.html",
        "thu-tuc/index.html",
        "van-ban/index.html",
        "sap-xep/index.html",
        "chua-cong-bo/index.html",
        "kiem-tra/2026/index.html",
        "kiem-tra/2026/theo-diem/index.html",
        "so-sanh/index.html",
        "so-sanh/1.001193/index.html",
        "tong-hop/2026/thu-tuc-con-thieu/index.html",
        "tong-hop/2026/index.html",
    ] {
        assert!(SAMPLE.files.contains(page), "{page}");
    }
}

#[test]
fn the_procedure_page_gives_the_answer_first() {
    let page = &SINGLE.pages["thu-tuc/1.000001-cap-ban-sao-trich-luc-ho-tich/index.html"];
    let words = words(page, "main");
    let order = ["Tóm tắt", "1 ngày làm việc", "Không thu phí, lệ phí", "Tờ khai", "63/2010/NĐ-CP"];
    let places: Vec<_> = order.iter().map(|part| words.find(part).unwrap_or_else(|| panic!("{part} is not in {words}"))).collect();
    assert!(places.is_sorted(), "{order:?} stand at {places:?}");
}

/// A project with so many procedures that no single page could list them on a slow line.
fn long_catalogue() -> Project {
    let one = |number: usize| {
        let field = if number < 300 { "Đường sắt" } else { "Hàng hải" };
        let name = ["Cấp", "Đăng ký", "Xác nhận"][number % 3];
        format!("- {{ code: \"9.{number:06}\", name: {name} việc thứ {number}, field: {field}, levels: [ministry] }}\n")
    };
    Project::sample()
        .edit("content/site.yaml", "missing-premises-posting: error", "missing-premises-posting: error, incomplete-administrative-procedure: off")
        .file("content/administrative-procedures/nhieu.yaml", (0..400).map(one).collect::<String>())
}

#[test]
fn a_long_catalogue_is_an_index_of_fields_and_letters_with_short_pages() {
    let project = long_catalogue();
    project.run(&format!("build --as-of {TODAY}")).exit(0);
    let index = project.read("public/thu-tuc/index.html");
    assert!(words(&index, "main").contains("Đường sắt (300)"), "the index counts each field");
    assert!(!index.contains("9.000001"), "the index lists no procedure");
    let first = project.read("public/thu-tuc/linh-vuc/duong-sat/index.html");
    let second = project.read("public/thu-tuc/linh-vuc/duong-sat/2/index.html");
    assert_eq!(collect(&first, ".codes > li", |_| Some(String::new())).len(), 250);
    assert!(words(&second, "h1").contains("Đường sắt, trang 2"));
    let letters = project.read("public/thu-tuc/a-z/index.html");
    assert!(words(&letters, "main").contains("Đ (1"), "Đ is a letter of its own");
    // A small agency keeps the whole list on one page, with anchors.
    let small = project.read("public/co-quan/phuong-hoa-ban/thu-tuc/index.html");
    assert!(small.contains("id=\"linh-vuc-ho-tich\""), "{small}");
}

#[test]
fn sitemap_and_robots_name_every_public_page_by_its_address() {
    let project = Project::minimal();
    project.run(&format!("build --as-of {TODAY}")).exit(0);
    let sitemap = project.read("public/sitemap.xml");
    for path in SINGLE.pages.keys().filter(|path| *path != "404.html" && !path.starts_with("t/") && !is_sheet(path)) {
        let address = format!("<loc>https://iso.thu.example/{}</loc>", path.trim_end_matches("index.html"));
        assert!(sitemap.contains(&address), "{address}");
    }
    assert!(project.read("public/robots.txt").contains("Sitemap: https://iso.thu.example/sitemap.xml"));
}

/// A sheet to print says what another page says.
fn is_sheet(path: &str) -> bool {
    path.starts_with("niem-yet/") && path != "niem-yet/index.html"
}

#[test]
fn a_file_of_the_sites_own_theme_wins_and_an_unused_one_is_told() {
    let project = Project::minimal()
        .edit("content/site.yaml", "title: Trang thử\n", "title: Trang thử\ntheme: themes/rieng\n")
        .file(
            "themes/rieng/templates/not_found.html",
            "<!DOCTYPE html><html lang=\"vi\"><head><title>Riêng</title></head><body><main><h1>Trang riêng</h1></main></body></html>",
        )
        .file("themes/rieng/templates/khong-dung.html", "x");
    project.run(&format!("build --as-of {TODAY}")).exit(0).says("không trang nào dùng tệp templates/khong-dung.html");
    assert!(project.read("public/404.html").contains("Trang riêng"));
    let broken = project.file("themes/rieng/templates/not_found.html", "{% if %}");
    broken.run(&format!("build --as-of {TODAY}")).exit(2).says("not_found.html").says("1:");
}
