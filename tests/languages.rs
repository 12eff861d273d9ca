//! Vietnamese is complete; English summarises. The switch leads to the same page, and what is not translated says so.

use lol_html::{RewriteStrSettings, element, rewrite_str, text};

use crate::project::{Project, TODAY};

/// Pages that are in both languages, of an agency and of a province.
const OF_AGENCY: &[(&str, &str)] = &[("", "en/"), ("cong-bo/", "en/declaration/"), ("thu-tuc/", "en/procedures/"), ("lien-he/", "en/contact/")];
const OF_PROVINCE: &[(&str, &str)] = &[("", "en/"), ("co-quan/", "en/agencies/"), ("thu-tuc/", "en/procedures/"), ("lien-he/", "en/contact/")];

fn build(project: &Project) {
    project.run(&format!("build --as-of {TODAY}")).exit(0);
}

/// The links to another language in the frame of a page: where they lead, in which language they are written.
fn switches(project: &Project, page: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let handler = element!("header a[hreflang]", |link| {
        assert_eq!(link.get_attribute("lang"), link.get_attribute("hreflang"), "{page}");
        found.push((link.get_attribute("href").unwrap_or_default(), link.get_attribute("lang").unwrap_or_default()));
        Ok(())
    });
    rewrite_str(&project.read(&format!("public/{page}")), RewriteStrSettings::new().append_element_content_handler(handler)).expect("HTML");
    found
}

/// What stands in elements of a page.
fn said(project: &Project, page: &str, selector: &str) -> String {
    let mut found = String::new();
    let handler = text!(selector, |chunk| {
        found.push_str(chunk.as_str());
        found.push(' ');
        Ok(())
    });
    rewrite_str(&project.read(&format!("public/{page}")), RewriteStrSettings::new().append_element_content_handler(handler)).expect("HTML");
    found.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn in_english(project: Project) -> Project {
    project.edit("content/site.yaml", "title: Trang thử\n", "title: Trang thử\nlanguages: [vi, en]\n")
}

#[test]
fn the_switch_leads_to_the_same_page_in_the_other_language() {
    let project = Project::sample();
    build(&project);
    for (base, pairs) in [("", OF_PROVINCE), ("co-quan/phuong-hoa-ban/", OF_AGENCY), ("co-quan/van-phong/", OF_AGENCY)] {
        for (vi, en) in pairs {
            for (from, to, lang) in [(vi, en, "en"), (en, vi, "vi")] {
                let (from, to) = (format!("{base}{from}"), format!("{base}{to}index.html"));
                let root = "../".repeat(from.matches('/').count());
                assert_eq!(switches(&project, &format!("{from}index.html")), [(format!("{root}{to}"), lang.to_owned())], "{from}");
                assert!(project.path(&format!("public/{to}")).exists(), "{to}");
            }
        }
    }
}

#[test]
fn where_there_is_no_such_page_there_is_no_switch() {
    let project = Project::sample();
    build(&project);
    let pages = [
        "404.html",
        "thu-tuc/a-z/index.html",
        "van-ban/index.html",
        "co-quan/xa-con-say/index.html",
        "co-quan/phuong-hoa-ban/ket-qua/index.html",
        "co-quan/so-tu-phap/en/about/index.html",
    ];
    for page in pages {
        assert!(switches(&project, page).is_empty(), "{page}");
    }
    let vietnamese = Project::minimal();
    build(&vietnamese);
    assert!(switches(&vietnamese, "index.html").is_empty() && !vietnamese.path("public/en").exists());
}

#[test]
fn english_is_shown_where_it_is_given_and_vietnamese_is_marked_where_not() {
    let project = in_english(Project::minimal());
    build(&project);
    let vietnamese = |page: &str| said(&project, page, "main [lang=vi]");
    assert!(vietnamese("en/declaration/index.html").contains("Toàn bộ thủ tục hành chính thuộc thẩm quyền."));
    assert!(vietnamese("en/procedures/index.html").contains("Cấp bản sao trích lục hộ tịch"));
    assert!(vietnamese("en/contact/index.html").contains("Thôn 1, xã Thử"));
    let project = project
        .edit("content/agencies/xa-thu/agency.yaml", "address: ", "name_en: People's Committee of Thu Commune\naddress_en: Hamlet 1, Thu Commune\naddress: ")
        .edit("content/agencies/xa-thu/declarations/2026-03-02.yaml", "scope: ", "scope_en: All procedures of the commune.\nscope: ")
        .edit("content/administrative-procedures/list.yaml", "  field: ", "  name_en: Copy of a civil status extract\n  field_en: Civil status\n  field: ");
    build(&project);
    for (page, words) in [
        ("en/index.html", ["People's Committee of Thu Commune", "TCVN ISO 9001:2015", "Hamlet 1"]),
        ("en/declaration/index.html", ["All procedures of the commune.", "Copy of a civil status extract", "2 March 2026"]),
        ("en/procedures/index.html", ["1 of 1 procedures have an English name.", "Civil status", "Copy of a civil status extract"]),
        ("en/contact/index.html", ["People's Committee of Thu Commune", "Hamlet 1, Thu Commune", "Address"]),
    ] {
        let main = said(&project, page, "main").replace("&#39;", "'").replace("&#x27;", "'");
        for word in words {
            assert!(main.contains(word), "{page} does not say {word:?}:\n{main}");
        }
        let marked = said(&project, page, "main [lang=vi]");
        assert!(!marked.contains("Thôn 1") && !marked.contains("Toàn bộ") && !marked.contains("Cấp bản sao"), "{page}: {marked}");
    }
}

#[test]
fn every_english_page_says_that_vietnamese_prevails_and_navigates_in_english() {
    let project = Project::sample();
    build(&project);
    for page in ["en/", "en/agencies/", "en/procedures/", "en/contact/", "en/about/", "co-quan/so-tu-phap/en/", "co-quan/so-tu-phap/en/declaration/"] {
        let page = format!("{page}index.html");
        assert!(said(&project, &page, "main").contains("Vietnamese text"), "{page}");
        assert_eq!(said(&project, &page, "header nav [lang=vi]"), "Tiếng Việt", "{page}");
        assert!(said(&project, &page, "header nav").contains("Procedures"), "{page}");
    }
}

#[test]
fn what_is_not_translated_is_told_and_stops_nothing() {
    let project = in_english(Project::minimal());
    let run = project.run(&format!("check --strict --as-of {TODAY}")).exit(0);
    run.says("thông tin[missing-translation]").says("name_en, address_en, reception_hours_en").says("phạm vi bằng tiếng Anh").says("1 trong 1 thủ tục");
    Project::minimal().run(&format!("check --as-of {TODAY}")).exit(0).does_not_say("missing-translation");
}
