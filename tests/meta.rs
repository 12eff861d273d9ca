//! What pages tell machines: structured data, languages, addresses, dates of the site map.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use lol_html::{RewriteStrSettings, element, rewrite_str};
use serde_json::Value;

use crate::project::{Project, TODAY, tree};

/// The types of schema.org that pages use, each with its properties. `hasCertification` is not among them and never
/// will be: a declaration is the agency's own word.
const ALLOWED: &[(&str, &[&str])] = &[
    ("WebPage", &["name", "url", "inLanguage", "dateModified", "isPartOf", "breadcrumb", "mainEntity"]),
    ("WebSite", &["name", "url"]),
    ("BreadcrumbList", &["itemListElement"]),
    ("ListItem", &["position", "name", "item"]),
    ("GovernmentOrganization", &["name", "alternateName", "url", "telephone", "email", "address"]),
    ("GovernmentService", &["name", "identifier", "category", "audience", "serviceOutput", "provider"]),
    ("PropertyValue", &["propertyID", "value"]),
    ("Audience", &["audienceType"]),
    ("Thing", &["name"]),
];

static SAMPLE: LazyLock<Vec<(String, String)>> = LazyLock::new(|| pages(&Project::sample()));

fn pages(project: &Project) -> Vec<(String, String)> {
    project.run(&format!("build --as-of {TODAY}")).exit(0);
    let html = tree(&project.path("public")).into_iter().filter(|(path, _)| path.ends_with(".html"));
    html.map(|(path, bytes)| (path, String::from_utf8(bytes).expect("UTF-8"))).collect()
}

fn page<'p>(pages: &'p [(String, String)], start: &str) -> &'p str {
    &pages.iter().find(|(path, _)| path.starts_with(start) && path.ends_with("index.html")).unwrap_or_else(|| panic!("no {start}")).1
}

/// The structured data of a page; it has one block at most.
fn structured(page: &str) -> Option<Value> {
    let mut blocks = page.split("<script type=\"application/ld+json\">").skip(1).map(|rest| rest.split("</script>").next().expect("an end"));
    let block = blocks.next().map(|json| serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}")));
    assert!(blocks.next().is_none());
    block
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

fn check_types(value: &Value, path: &str) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| check_types(item, path)),
        Value::Object(fields) => {
            let kind = fields["@type"].as_str().expect("a type");
            let allowed = ALLOWED.iter().find(|(known, _)| *known == kind).unwrap_or_else(|| panic!("{path}: {kind}")).1;
            for (name, inner) in fields.iter().filter(|(name, _)| !name.starts_with('@')) {
                assert!(allowed.contains(&name.as_str()), "{path}: {kind} has no {name}");
                check_types(inner, path);
            }
        }
        _ => {}
    }
}

#[test]
fn every_listed_page_has_structured_data_of_known_words() {
    for (path, page) in SAMPLE.iter() {
        // What moved is one link to its new address.
        if page.contains("<h1>Trang đã chuyển") {
            continue;
        }
        let is_listed = attributes(page, "meta[name=robots]", "content").is_empty();
        let data = structured(page);
        assert_eq!(data.is_some(), is_listed, "{path}");
        let Some(data) = data else { continue };
        assert_eq!(data["@context"], "https://schema.org", "{path}");
        check_types(&data, path);
        let policy = attributes(page, "meta[http-equiv=Content-Security-Policy]", "content");
        assert!(policy[0].contains("'sha256-") && policy[0].contains("='"), "{path}: {policy:?}");
    }
}

#[test]
fn structured_breadcrumbs_are_those_of_the_page() {
    let mut compared = 0;
    for (path, page) in SAMPLE.iter() {
        let Some(data) = structured(page) else { continue };
        let Some(steps) = data["breadcrumb"]["itemListElement"].as_array() else {
            assert!(!page.contains("<nav class=\"crumb\""), "{path}");
            continue;
        };
        let folder = path.trim_end_matches("index.html");
        let links = attributes(page, "nav.crumb a", "href");
        assert_eq!(links.len() + 1, steps.len(), "{path}");
        for (link, step) in links.iter().zip(steps) {
            let up = link.matches("../").count();
            let kept: Vec<&str> = folder.split_inclusive('/').collect();
            let target = kept[..kept.len() - up].concat() + link.trim_start_matches("../").trim_end_matches("index.html");
            assert_eq!(step["item"], format!("https://iso.songmay.example/{target}"), "{path}");
        }
        let (own, title) = (steps.last().expect("a step"), attributes(page, "meta[property='og:title']", "content"));
        assert!(own["item"].is_null() && data["url"] == format!("https://iso.songmay.example/{folder}"), "{path}");
        assert_eq!(own["name"].as_str().expect("a name"), title[0].replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", "\""), "{path}");
        compared += 1;
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn a_procedure_is_a_service_of_its_agency() {
    let of_agency = structured(page(&SAMPLE, "co-quan/xa-ben-lau/thu-tuc/1.001193-")).expect("structured data");
    let service = &of_agency["mainEntity"];
    assert_eq!((service["@type"].as_str(), service["name"].as_str()), (Some("GovernmentService"), Some("Thủ tục đăng ký khai sinh")));
    assert_eq!((service["identifier"]["value"].as_str(), service["category"].as_str()), (Some("1.001193"), Some("Hộ tịch")));
    assert_eq!(service["provider"]["name"], "Ủy ban nhân dân xã Bến Lau");
    assert_eq!(service["provider"]["url"], "https://iso.songmay.example/co-quan/xa-ben-lau/");
    let of_province = structured(page(&SAMPLE, "thu-tuc/1.001193-")).expect("structured data");
    assert!(of_province["mainEntity"]["provider"].is_null());
    let home = structured(page(&SAMPLE, "co-quan/xa-ben-lau/index.html")).expect("structured data");
    assert_eq!(home["mainEntity"]["@type"], "GovernmentOrganization");
}

#[test]
fn no_page_speaks_of_a_certification_to_machines() {
    for (path, page) in SAMPLE.iter() {
        assert!(!page.contains("hasCertification") && !page.contains("schema.org/Certification"), "{path}");
    }
}

#[test]
fn hostile_names_stay_text_in_the_head() {
    let attack = "</script><script>alert(1)</script><!--\"'><b>&\u{2028}";
    let quoted = serde_json::to_string(attack).expect("JSON is YAML");
    let project = Project::minimal()
        .edit("content/agencies/xa-thu/agency.yaml", "name: Ủy ban nhân dân xã Thử", &format!("name: {quoted}"))
        .edit("content/administrative-procedures/list.yaml", "name: Cấp bản sao trích lục hộ tịch", &format!("name: {quoted}"))
        .edit("content/site.yaml", "title: Trang thử", &format!("title: {quoted}\nrules: {{ raw-html: warning }}"));
    let found = pages(&project);
    for (path, page) in &found {
        assert!(attributes(page, "script:not([type='application/ld+json']):not([src])", "class").is_empty(), "{path}");
        assert!(!page.contains("<script>alert") && !page.contains("<b>"), "{path}");
        structured(page);
    }
    let named = structured(page(&found, "thu-tuc/1.000001-")).expect("structured data");
    assert!(named["mainEntity"]["name"].as_str().expect("a name").starts_with("</script>"), "{named}");
}

#[test]
fn a_page_names_the_page_in_the_other_language_only_where_that_one_is_there_and_names_it_too() {
    let partners = |page: &str| attributes(page, "link[rel=alternate][hreflang]", "href");
    let mut pairs = 0;
    for (path, page) in SAMPLE.iter().filter(|(_, page)| !partners(page).is_empty()) {
        let own = attributes(page, "link[rel=canonical]", "href");
        let named = partners(page);
        assert!(named.contains(&own[0]), "{path}: {named:?}");
        for partner in &named {
            let file = format!("{}index.html", partner.strip_prefix("https://iso.songmay.example/").expect("an own address"));
            let (_, other) = SAMPLE.iter().find(|(known, _)| *known == file).unwrap_or_else(|| panic!("{path}: {partner}"));
            assert_eq!(partners(other), named, "{path}: {partner}");
        }
        pairs += 1;
    }
    assert!(pairs >= 4 && partners(page(&SAMPLE, "index.html")).len() == 3, "{pairs}");
    let project = Project::minimal();
    assert!(pages(&project).iter().all(|(_, page)| !page.contains("<link rel=\"alternate\" hreflang")));
}

#[test]
fn pages_name_their_address_title_and_icon() {
    let page = page(&SAMPLE, "co-quan/xa-ben-lau/thu-tuc/1.001193-");
    let address = attributes(page, "link[rel=canonical]", "href");
    assert_eq!(attributes(page, "meta[property='og:url']", "content"), address);
    assert!(address[0].starts_with("https://iso.songmay.example/co-quan/xa-ben-lau/thu-tuc/1.001193-") && address[0].ends_with('/'));
    assert_eq!(attributes(page, "meta[property='og:title']", "content"), ["Thủ tục đăng ký khai sinh"]);
    assert_eq!(attributes(page, "meta[property='og:locale']", "content"), ["vi_VN"]);
    let icons: BTreeSet<String> = attributes(page, "link[rel=icon]", "type").into_iter().collect();
    assert_eq!(icons, BTreeSet::from(["image/png".to_owned(), "image/svg+xml".to_owned()]));
    assert!(attributes(page, "link[rel=manifest]", "href").is_empty());
}

#[test]
fn the_manifest_names_the_site_and_icons_that_are_there() {
    let project = Project::minimal();
    project.run(&format!("build --as-of {TODAY}")).exit(0);
    assert_eq!(attributes(&project.read("public/index.html"), "link[rel=manifest]", "href"), ["site.webmanifest"]);
    let manifest: Value = serde_json::from_str(&project.read("public/site.webmanifest")).expect("JSON");
    assert_eq!((manifest["name"].as_str(), manifest["start_url"].as_str()), (Some("Trang thử"), Some("index.html")));
    for icon in manifest["icons"].as_array().expect("icons") {
        assert!(project.path(&format!("public/{}", icon["src"].as_str().expect("a path"))).is_file(), "{icon}");
    }
}

#[test]
fn dates_of_the_site_map_come_from_the_content() {
    let project = Project::sample();
    project.run("build --as-of 2026-11-21").exit(0);
    let map = project.read("public/sitemap.xml");
    let date_of = |start: &str| {
        let entry = map.lines().find(|line| line.contains(&format!("<loc>https://iso.songmay.example/{start}"))).expect("an entry").to_owned();
        entry.split_once("<lastmod>").map(|(_, rest)| rest[..10].to_owned())
    };
    assert_eq!(date_of("van-ban/19-2014-qd-ttg/"), Some("2026-11-21".to_owned()), "verified_on in content/law");
    assert_eq!(date_of("co-quan/xa-ben-lau/cong-bo/2025-12-22/"), Some("2025-12-22".to_owned()), "issued_on of the declaration");
    assert_eq!(date_of("tro-nang/"), None, "no date in the content, none in the map");
    project.run("build --clean --as-of 2026-11-22").exit(0);
    assert_eq!(project.read("public/sitemap.xml"), map, "another day is no change");
}
