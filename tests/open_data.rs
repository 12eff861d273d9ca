//! Open data, read back as others read it. `tests/readers` does the same with programs that know nothing of Rust.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use serde_json::Value;

use crate::project::{Project, TODAY, tree};

const AGENCY: &str = "content/agencies/xa-thu/agency.yaml";
const CATALOGUE: &str = "content/administrative-procedures/list.yaml";
const SETS: [&str; 7] = ["agencies", "declarations", "administrative-procedures", "work-processes", "legal-documents", "results", "inspections"];

fn build(project: &Project) {
    let _ = project.run(&format!("build --as-of {TODAY}")).exit(0);
}

fn json(project: &Project, path: &str) -> Value {
    serde_json::from_str(&project.read(&format!("public/{path}"))).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The rows of a CSV file, by column.
fn rows(project: &Project, set: &str) -> Vec<BTreeMap<String, String>> {
    let text = project.read(&format!("public/du-lieu/{set}.csv"));
    let text = text.strip_prefix('\u{FEFF}').expect("a byte order mark");
    csv::Reader::from_reader(text.as_bytes()).deserialize().collect::<Result<_, _>>().expect("CSV")
}

/// The sheets of the workbook, by name.
fn sheets(project: &Project) -> Vec<(String, Vec<Vec<Data>>)> {
    let bytes = std::fs::read(project.path("public/du-lieu/du-lieu.xlsx")).expect("a workbook");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("XLSX");
    book.worksheets().into_iter().map(|(name, range)| (name, range.rows().map(<[Data]>::to_vec).collect())).collect()
}

#[test]
fn a_procedure_says_the_same_in_every_form() {
    let project = Project::minimal();
    build(&project);
    let record = &json(&project, "du-lieu/administrative-procedures.json")["records"][0];
    assert_eq!(record["code"], "1.000001");
    assert_eq!(record["channels"][0]["time_limit"], serde_json::json!({ "value": 1, "unit": "working_day", "text": null }));
    assert_eq!(record["dossiers"][0]["components"][0]["name"], "Tờ khai");
    assert_eq!(record["url"], "https://iso.thu.example/thu-tuc/1.000001-cap-ban-sao-trich-luc-ho-tich/");
    let row = &rows(&project, "administrative-procedures")[0];
    assert_eq!((row["code"].as_str(), row["levels"].as_str(), row["time_limits"].as_str()), ("1.000001", "commune", "1 ngày làm việc"));
    let sheets = sheets(&project);
    let (_, sheet) = sheets.iter().find(|(name, _)| name == "Thủ tục hành chính").expect("a sheet");
    assert_eq!(sheet[0][0], Data::String("Mã thủ tục hành chính".to_owned()));
    // A code is a text, or its zeros would be lost; a word of a closed list is shown by its label.
    assert_eq!(sheet[1][0], Data::String("1.000001".to_owned()));
    assert_eq!(sheet[1][3], Data::String("Cấp xã".to_owned()));
    let graph = &json(&project, "du-lieu/cpsv-ap.jsonld")["@graph"];
    let service = graph.as_array().expect("a graph").iter().find(|node| node["type"] == "PublicService").expect("a service");
    assert_eq!((service["identifier"].as_str(), service["processingTime"].as_str()), (Some("1.000001"), Some("1 ngày làm việc")));
    assert_eq!(service["hasCompetentAuthority"][0]["id"], "https://iso.thu.example/");
    let own = json(&project, "thu-tuc/1.000001-cap-ban-sao-trich-luc-ho-tich/index.json");
    assert_eq!(&own["record"], record);
    assert_eq!(own["schema"], "../../du-lieu/schema/administrative-procedures.json");
}

#[test]
fn every_kind_of_record_is_there() {
    let project = Project::sample();
    build(&project);
    let sheets = sheets(&project);
    assert_eq!(sheets.len(), SETS.len() + 1);
    for (set, (name, sheet)) in SETS.iter().zip(&sheets[1..]) {
        let document = json(&project, &format!("du-lieu/{set}.json"));
        let records = document["records"].as_array().expect("records");
        assert!(!records.is_empty(), "{set}");
        assert_eq!((records.len(), rows(&project, set).len(), sheet.len() - 1), (records.len(), records.len(), records.len()), "{set} {name}");
        let schema = json(&project, &format!("du-lieu/schema/{set}.json"));
        let required = schema["definitions"]["record"]["required"].as_array().expect("required fields");
        let fields: Vec<&str> = records[0].as_object().expect("a record").keys().map(String::as_str).collect();
        assert_eq!(required.iter().filter_map(Value::as_str).collect::<Vec<_>>(), fields, "{set}: every field is always there");
    }
    let agencies = &json(&project, "du-lieu/agencies.json")["records"];
    let ended = agencies.as_array().expect("records").iter().filter(|agency| agency["status"] != "active");
    assert!(ended.clone().count() > 0 && ended.clone().all(|agency| agency["declaration_number"].is_null()));
}

#[test]
fn pages_link_their_data_and_the_data_page_all_of_it() {
    let project = Project::minimal().edit(
        "content/site.yaml",
        "title:",
        "license: CC BY 4.0\nlicense_url: https://creativecommons.org/licenses/by/4.0/\nshow_overdue: true\ntitle:",
    );
    build(&project);
    for folder in ["", "cong-bo/2026-03-02/", "quy-trinh/ho-tich/", "thu-tuc/1.000001-cap-ban-sao-trich-luc-ho-tich/"] {
        let page = project.read(&format!("public/{folder}index.html"));
        let root = "../".repeat(folder.matches('/').count());
        assert!(page.contains(&format!("<link rel=\"alternate\" type=\"application/json\" href=\"{root}{folder}index.json\">")), "{folder}");
        assert_eq!(json(&project, &format!("{folder}index.json"))["license"], "CC BY 4.0");
    }
    let page = project.read("public/du-lieu/index.html");
    for link in [
        "du-lieu/agencies.csv",
        "du-lieu/results.json",
        "du-lieu/du-lieu.xlsx",
        "du-lieu/cpsv-ap.jsonld",
        "du-lieu/dcat.jsonld",
        "du-lieu/schema/results.json",
        "thay-doi/atom.xml",
        "due.ics",
        "manifest.json",
    ] {
        assert!(page.contains(&format!("href=\"../{link}\"")), "{link}");
    }
    assert!(page.contains("<a href=\"https://creativecommons.org/licenses/by/4.0/\">CC BY 4.0</a>"));
    let catalogue = json(&project, "du-lieu/dcat.jsonld");
    assert_eq!(catalogue["license"]["id"], "https://creativecommons.org/licenses/by/4.0/");
    assert_eq!(catalogue["dataset"].as_array().expect("data sets").len(), SETS.len());
    assert_eq!(catalogue["dataset"][0]["distribution"][0]["downloadURL"], "https://iso.thu.example/du-lieu/agencies.csv");
    let project = project.edit("content/site.yaml", "show_overdue: true\n", "");
    build(&project);
    assert!(!project.read("public/du-lieu/index.html").contains("due.ics") && !project.path("public/due.ics").exists());
}

#[test]
fn no_cell_begins_a_formula_and_json_is_as_it_was_written() {
    let formulas = ["=HYPERLINK(\\\"http://x.example\\\",\\\"a\\\")", "+84 200 000", "-1", "@SUM(A1)"];
    for (at, formula) in formulas.iter().enumerate() {
        let project = Project::minimal().edit(AGENCY, "name: Ủy ban nhân dân xã Thử", &format!("name: \"{formula}\"")).edit(
            AGENCY,
            "address: Thôn 1, xã Thử",
            &format!("address: \"{formula}\""),
        );
        let project = project.edit(CATALOGUE, "name: Cấp bản sao trích lục hộ tịch", &format!("name: \"{formula}\"")).edit(
            CATALOGUE,
            "results: [Bản sao trích lục]",
            &format!("results: [\"{formula}\"]"),
        );
        build(&project);
        let written = formula.replace('\\', "");
        assert_eq!(json(&project, "du-lieu/agencies.json")["records"][0]["name"], written);
        let (agency, procedure) = (&rows(&project, "agencies")[0], &rows(&project, "administrative-procedures")[0]);
        for cell in [&agency["name"], &agency["address"], &procedure["name"], &procedure["results"]] {
            assert_eq!(*cell, format!("'{written}"), "{at}");
        }
        for (name, sheet) in sheets(&project) {
            let texts = sheet.iter().flatten().filter(|cell| matches!(cell, Data::String(text) if *text == written)).count();
            assert_eq!(texts > 0, ["Cơ quan", "Thủ tục hành chính"].contains(&name.as_str()), "{name}");
        }
        let bytes = std::fs::read(project.path("public/du-lieu/du-lieu.xlsx")).expect("a workbook");
        assert!(unpacked(&bytes).iter().all(|(_, inner)| !contains(inner, b"<f>")), "{at}");
    }
}

/// The files inside of a zip.
fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let count = archive.len();
    let inner = |at| {
        let mut file = archive.by_index(at).expect("a file of the zip");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("a file of the zip");
        (file.name().expect("a name").into_owned(), bytes)
    };
    (0..count).map(inner).collect()
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

/// Every place of a site where a text stands, inside of archives too.
fn places(project: &Project, needle: &str) -> Vec<String> {
    let has = |bytes: &[u8]| contains(bytes, needle.as_bytes());
    let mut found = Vec::new();
    for (path, bytes) in tree(&project.path("public")) {
        if path.contains(needle) || has(&bytes) {
            found.push(path.clone());
        }
        if bytes.starts_with(b"PK") {
            found.extend(unpacked(&bytes).into_iter().filter(|(_, inner)| has(inner)).map(|(name, _)| format!("{path}!{name}")));
        }
    }
    found
}

/// A project in which everything that can be internal, or is a draft, says a word that nothing else says.
fn with_secrets(visibility: &str) -> Project {
    let process = |slug: &str, settings: &str| {
        format!(
            "---\ncode: KINCODE-{slug}\ntitle: Quy trình kínmật {slug}\nedition: 1\nrevision: 0\nissued_on: 2026-01-05\napproved_by: Chủ tịch kínmật\ncovers: [\"1.000001\"]\nlegal_bases: [63/2010/NĐ-CP]\npurpose: Mục đích kínmật\n{settings}\nsteps:\n  - {{ action: Bước kínmật, responsible: Công chức kínmật, duration: {{ value: 1, unit: hour }}, method: Cách kínmật, output: Kết quả kínmật }}\n---\nLời kínmật.\n"
        )
    };
    Project::minimal()
        .edit("content/site.yaml", "title:", "show_overdue: true\nlanguages: [vi, en]\ntitle:")
        .file("content/agencies/xa-thu/work-processes/kinslug.md", process("noi-bo", visibility))
        .file("content/agencies/xa-thu/documents.yaml", format!("internal:\n  - {{ code: KINCODE-TL, title: Tài liệu kínmật, issued_on: 2026-01-05, approved_by: Chủ tịch, {visibility} }}\nexternal: [63/2010/NĐ-CP]\n"))
        .file("content/pages/kinslug.md", format!("---\ntitle: Trang kínmật\n{visibility}\n---\nLời kínmật.\n"))
}

#[test]
fn what_is_internal_is_in_no_byte_of_any_output() {
    let words = ["kínmật", "KINCODE", "kinslug"];
    // The search finds them where they are public: it can fail.
    let public = with_secrets("visibility: public");
    build(&public);
    for output in ["du-lieu/work-processes.json", "du-lieu/work-processes.csv", "quy-trinh/kinslug/index.json", "trang/kinslug/index.html"] {
        assert!(places(&public, "kínmật").contains(&output.to_owned()), "{output}");
    }
    assert!(places(&public, "kínmật").iter().any(|place| place.starts_with("du-lieu/du-lieu.xlsx!xl/worksheets/")));

    let project = with_secrets("visibility: internal");
    build(&project);
    for word in words {
        assert_eq!(places(&project, word), Vec::<String>::new(), "{word}");
    }
    // A draft is no more public than what is internal.
    let draft = Project::minimal().file(
        "content/agencies/xa-thu/work-processes/kinslug.md",
        "---\ncode: KINCODE\ntitle: kínmật\nedition: 1\nrevision: 0\nissued_on: 2026-01-05\napproved_by: Chủ tịch\ncovers: [\"1.000001\"]\nstatus: draft\nsteps: []\n---\nLời kínmật.\n",
    );
    build(&draft);
    for word in words {
        assert_eq!(places(&draft, word), Vec::<String>::new(), "{word}");
    }
}

#[test]
fn only_data_that_a_change_touches_is_written_again() {
    let project = Project::minimal().file("content/pages/a.md", "---\ntitle: Trang\n---\nMột.\n");
    build(&project);
    let changed = |project: &Project| {
        let _ = project.run(&format!("build --changed-list changed.txt --as-of {TODAY}")).exit(0);
        project.read("changed.txt").lines().filter(|line| line.ends_with(".json") || line.contains("du-lieu/")).map(str::to_owned).collect::<Vec<_>>()
    };
    let project = project.edit("content/pages/a.md", "Một", "Hai");
    assert_eq!(changed(&project), ["M\tmanifest.json"]);
    let project = project.edit("content/agencies/xa-thu/results/2025.yaml", "received: 10, early: 2", "received: 11, early: 3");
    assert_eq!(
        changed(&project),
        ["M\tdu-lieu/du-lieu.xlsx", "M\tdu-lieu/results.csv", "M\tdu-lieu/results.json", "M\tthay-doi/du-lieu.json", "M\tmanifest.json"]
    );
}

#[test]
fn without_an_address_of_its_own_the_data_leads_from_the_files() {
    let project = Project::minimal().file("content/site.yaml", "title: Trang thử\n");
    build(&project);
    assert_eq!(json(&project, "du-lieu/agencies.json")["records"][0]["url"], "index.html");
    let catalogue = json(&project, "du-lieu/dcat.jsonld");
    assert_eq!(catalogue["dataset"][0]["distribution"][0]["downloadURL"], "../du-lieu/agencies.csv");
    assert!(catalogue["license"].is_null());
    let graph = &json(&project, "du-lieu/cpsv-ap.jsonld")["@graph"];
    assert_eq!(graph[1]["id"], "../thu-tuc/1.000001-cap-ban-sao-trich-luc-ho-tich/index.html");
}
