//! What the search box loads: what is in it, and that nothing is in it that the public may not see.
//! How it ranks is tested in a browser: `tests/browser/search.mjs`.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::project::{Project, TODAY, tree};

/// Most bytes of the script that pages with a box load at once.
const LOADER_BYTES: usize = 5 * 1024;

fn built(project: &Project) -> Vec<(String, Vec<u8>)> {
    project.run(&format!("build --as-of {TODAY}")).exit(0);
    tree(&project.path("public")).into_iter().collect()
}

/// The data that a script assigns.
fn data(files: &[(String, Vec<u8>)], start: &str) -> Value {
    let script = files.iter().find(|(path, _)| path.starts_with(start)).map(|(_, bytes)| String::from_utf8_lossy(bytes)).expect("the script");
    let (_, json) = script.split_once(".index=").or_else(|| script.split_once(".own=")).expect("an assignment");
    serde_json::from_str(json.trim_end().trim_end_matches(';')).expect("JSON")
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().expect("a list").iter().filter_map(Value::as_str).collect()
}

#[test]
fn the_index_of_a_province_has_every_procedure_agency_and_legal_document() {
    let files = built(&Project::sample());
    let index = data(&files, "tinh/search-index.");
    let names = texts(&index["procedures"]["names"]);
    assert!(names.contains(&"Thủ tục đăng ký khai sinh"));
    assert_eq!(
        names.len(),
        files
            .iter()
            .filter(|(path, _)| path.starts_with("thu-tuc/") && path.ends_with(".html") && path.matches('/').count() == 2 && !path.contains("a-z"))
            .count()
    );
    assert!(texts(&index["law"]["numbers"]).contains(&"19/2014/QĐ-TTg"));
    assert!(index["agencies"].as_array().expect("a list").iter().any(|agency| agency[0] == "xa-ben-lau"));
    assert_eq!(index["abbreviations"]["tthc"][0], "thủ tục hành chính");
    let ended: Vec<&str> = index["procedures"]["ended"].as_array().expect("a list").iter().map(|at| names[at.as_u64().expect("a place") as usize]).collect();
    assert_eq!(ended.len(), 1, "the sample has one abolished procedure: {ended:?}");
}

#[test]
fn an_agency_of_a_province_has_a_list_of_its_own_that_leads_to_its_pages() {
    let files = built(&Project::sample());
    let names = data(&files, "tinh/search-index.");
    let list = data(&files, "co-quan/xa-ben-lau/search-list.");
    let mut rank = -1;
    let own: BTreeSet<&str> = list["steps"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|step| {
            rank += step.as_i64().expect("a step");
            names["procedures"]["codes"][rank as usize].as_str().expect("a code")
        })
        .collect();
    let start = "co-quan/xa-ben-lau/thu-tuc/";
    let pages: BTreeSet<&str> =
        files.iter().filter_map(|(path, _)| path.strip_prefix(start)?.split_once('-')?.0.get(..8)).filter(|code| code.contains('.')).collect();
    assert_eq!(own.iter().map(|code| &code[..8]).collect::<BTreeSet<_>>(), pages);
    let paths: BTreeSet<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    for page in list["pages"].as_array().expect("a list") {
        let href = format!("co-quan/xa-ben-lau/{}", page[1].as_str().expect("an address").split('#').next().unwrap_or_default());
        assert!(paths.contains(href.as_str()), "{href}");
    }
}

#[test]
fn what_is_internal_a_draft_or_retired_is_not_found() {
    let marker = "ma-rieng-noi-bo-4711";
    let process = "content/agencies/xa-thu/work-processes/ho-tich.md";
    let project = Project::minimal();
    let hidden = |front: &str, code: &str| {
        let text = project.read(process).replace("code: QT-01", &format!("code: {code}\n{front}"));
        text.replace("Quy trình hộ tịch", marker).replace("covers: [\"1.000001\"]", "covers: []")
    };
    let (internal, draft) = (hidden("visibility: internal", "QT-02"), hidden("status: draft", "QT-03"));
    let project = project
        .file("content/agencies/xa-thu/work-processes/noi-bo.md", internal)
        .file("content/agencies/xa-thu/work-processes/du-thao.md", draft)
        .file("content/pages/noi-bo.md", format!("---\ntitle: {marker}\nvisibility: internal\n---\n{marker}\n"));
    let files = built(&project);
    let (_, index) = files.iter().find(|(path, _)| path.starts_with("tinh/search-index.")).expect("the index");
    let index = String::from_utf8_lossy(index);
    assert!(!index.contains(marker), "{index}");
    assert!(index.contains("Quy trình hộ tịch") && index.contains("Cấp bản sao trích lục hộ tịch"), "{index}");
}

#[test]
fn hostile_names_stay_text_in_the_index() {
    let hostile = "</script><script>alert(1)</script>\u{2028}&";
    let quoted = serde_json::to_string(hostile).expect("JSON is YAML");
    let project = Project::minimal().edit("content/site.yaml", "title: Trang thử", "title: Trang thử\nrules: { raw-html: warning }").edit(
        "content/administrative-procedures/list.yaml",
        "name: Cấp bản sao trích lục hộ tịch",
        &format!("name: {quoted}"),
    );
    let files = built(&project);
    let (_, bytes) = files.iter().find(|(path, _)| path.starts_with("tinh/search-index.")).expect("the index");
    assert!(!String::from_utf8_lossy(bytes).contains(['<', '\u{2028}', '&']));
    assert!(texts(&data(&files, "tinh/search-index.")["procedures"]["names"]).iter().any(|name| name.starts_with("</script>")));
}

#[test]
fn boxes_stand_where_people_look_and_load_only_a_small_script() {
    let files = built(&Project::sample());
    let page = |path: &str| files.iter().find(|(known, _)| known == path).map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).expect("a page");
    let agency = "co-quan/xa-ben-lau/";
    for path in ["index.html", "thu-tuc/index.html", "404.html", &format!("{agency}index.html"), &format!("{agency}thu-tuc/index.html")] {
        let page = page(path);
        assert!(page.contains("<template data-search") && page.contains("script-src 'self'"), "{path}");
        assert_eq!(page.matches("<script src=").count(), 1, "{path}");
        assert_eq!(page.contains("search-list."), path.starts_with(agency), "{path}");
        // What is named there is there.
        let named = page.split_once("data-files=\"").and_then(|(_, rest)| rest.split_once('"')).expect("the files").0;
        for name in named.split(' ') {
            assert!(files.iter().any(|(known, _)| known == name), "{path}: {name}");
        }
    }
    assert!(!page(&format!("{agency}lien-he/index.html")).contains("<script src="));
    let (_, loader) = files.iter().find(|(path, _)| path.starts_with("tinh/search.")).expect("the loader");
    assert!(loader.len() <= LOADER_BYTES, "{} bytes even before they are packed", loader.len());
}

#[test]
fn a_site_may_have_abbreviations_of_its_own() {
    let project = Project::minimal()
        .edit("content/site.yaml", "title: Trang thử\n", "title: Trang thử\ntheme: themes/rieng\n")
        .file("themes/rieng/i18n/abbreviations.yaml", "tlht: [trích lục hộ tịch]\n");
    let files = built(&project);
    assert_eq!(data(&files, "tinh/search-index.")["abbreviations"], serde_json::json!({ "tlht": ["trích lục hộ tịch"] }));
    let broken = project.file("themes/rieng/i18n/abbreviations.yaml", "tlht: [");
    broken.run(&format!("build --as-of {TODAY}")).exit(2).says("abbreviations.yaml");
}
