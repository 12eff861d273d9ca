//! `congbo init`: questions, defaults, and a starter of each level that builds and says what each key is.

use std::io::Write;
use std::process::{Command, Stdio};

use congbo::diagnostic::Lang;
use congbo::parse::labels::LabelTable;
use congbo::parse::node::{Node, NodeValue};
use congbo::parse::{FileKind, locate};
use serde_json::Value;

use crate::project::{Project, tree};

const LEVELS: [&str; 3] = ["commune", "department", "province"];

fn starter(level: &str) -> Project {
    let project = Project::new();
    project.run(&format!("init . --level {level}")).exit(0).says("bước tiếp theo");
    project
}

/// Runs `congbo init` on a terminal and types these lines.
fn typed(project: &Project, arguments: &str, lines: &str) -> String {
    let command = format!("{} init {arguments}", env!("CARGO_BIN_EXE_congbo"));
    let mut terminal = Command::new("script")
        .args(["-qec", &command, "/dev/null"])
        .current_dir(project.path(""))
        .env("SOURCE_DATE_EPOCH", "1795212000")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("script of util-linux");
    terminal.stdin.take().expect("a pipe").write_all(lines.as_bytes()).expect("a terminal that reads");
    let output = terminal.wait_with_output().expect("an end");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn questions_are_asked_one_by_one_and_a_wrong_answer_again() {
    let project = Project::new();
    let answers = [
        "trang",
        "4",
        "1",
        "UY BAN NHAN DAN PHUONG HOA BINH",
        "Ủy ban nhân dân phường Hòa Bình",
        "Phường Hòa Bình",
        "",
        "Phú Thọ",
        "tỉnh Phú Thọ",
        "iso hoa binh",
        "iso.hoabinh.example",
        "31/02/2026",
        "30/11/2026",
        "05/3/2026",
    ];
    let said = typed(&project, "", &(answers.join("\n") + "\n"));
    for reason in [
        "gõ 1, 2 hoặc 3",
        "viết có dấu tiếng Việt",
        "chỉ dùng chữ thường không dấu, chữ số và gạch ngang, ví dụ phuong-hoa-binh",
        "viết cả chữ tỉnh hoặc thành phố, ví dụ tỉnh Phú Thọ",
        "ghi địa chỉ web, ví dụ https://iso.tinh.gov.vn/",
        "không có ngày 31/02/2026 trong lịch",
        "ngày 30/11/2026 chưa đến, hôm nay là 21/11/2026",
    ] {
        assert!(said.contains(reason), "{reason:?} is not in\n{said}");
    }
    let site = project.read("trang/content/site.yaml");
    assert!(site.contains("base_url: https://iso.hoabinh.example/") && site.contains("name: tỉnh Phú Thọ"), "{site}");
    let agency = project.read("trang/content/agencies/phuong-hoa-binh/agency.yaml");
    assert!(agency.contains("name: Ủy ban nhân dân phường Hòa Bình") && agency.contains("level: commune"), "{agency}");
    assert!(project.read("trang/content/agencies/phuong-hoa-binh/declarations/2026-03-05.yaml").contains("issued_on: 2026-03-05"));
    project.run("check --project trang").exit(0);
}

#[test]
fn only_what_no_flag_says_is_asked_and_an_end_makes_nothing() {
    let project = Project::new();
    let flags = "trang --level department --id so-tu-phap --province tỉnh --base-url iso.thu.example --declared-on 2026-05-04";
    let said = typed(&project, flags, "Sở Tư pháp\n");
    assert!(said.contains("Tên đầy đủ của cơ quan") && !said.contains("Loại cơ quan") && !said.contains("Ngày ký"), "{said}");
    assert!(project.read("trang/content/agencies/so-tu-phap/agency.yaml").contains("name: Sở Tư pháp"));
    assert!(typed(&project, "khac", "1\n\u{4}").contains("đã dừng, chưa tạo tệp nào"));
    assert!(!project.path("khac").exists());
}

#[test]
fn without_a_terminal_flags_and_defaults_do_and_a_wrong_flag_is_named() {
    let project = Project::new();
    project.run("init").exit(2).says("còn thiếu <THƯ MỤC>");
    for (flag, reason) in [
        ("--id Phường", "--id: chỉ dùng chữ thường không dấu"),
        ("--base-url trang", "--base-url: ghi địa chỉ web"),
        ("--declared-on 2026-12-01", "--declared-on: ngày 01/12/2026 chưa đến"),
        ("--name HOABINH", "--name: viết có dấu tiếng Việt"),
    ] {
        project.run(&format!("init trang {flag}")).exit(2).says(reason);
    }
    project.run("init trang --id phuong-hoa-binh --declared-on 2026-03-05").exit(0);
    assert!(project.path("trang/content/agencies/phuong-hoa-binh/declarations/2026-03-05.yaml").exists());
}

#[test]
fn a_declaration_of_long_ago_has_the_standard_of_its_day_and_reviews_since() {
    let project = Project::new();
    project.run("init . --declared-on 2019-01-15").exit(0);
    project.run("check").exit(0).does_not_say("overdue");
    let project = Project::new();
    project.run("init . --id phuong --declared-on 2014-06-02").exit(0);
    assert!(project.read("content/agencies/phuong/declarations/2014-06-02.yaml").contains("standard: tcvn-iso-9001-2008"));
    // True all the same: who declared under that edition has to declare again.
    project.run("check").exit(1).says("withdrawn-standard").does_not_say("overdue");
}

#[test]
fn samples_of_each_level_stop_a_release_until_they_are_replaced() {
    for level in LEVELS {
        let project = starter(level);
        project.run("build --release").exit(1).says("lỗi[sample-content]").says("chưa tạo trang");
        project.run("build").exit(0);
        // What an officer would type instead of each sample.
        for (path, bytes) in tree(&project.path("content")) {
            let text = String::from_utf8(bytes).expect("UTF-8");
            let replaced = text.replace("[MẪU] ", "").replace(" # [MẪU]", "").replace("[MẪU]", "");
            std::fs::write(project.path("content").join(path), replaced).expect("a file to write");
        }
        project.run("build --release").exit(0).does_not_say("sample-content");
    }
}

/// Every key of a file with the words that its schema has for it.
fn described(schema: &Value, record: &Value, node: &Node, found: &mut Vec<(String, String)>) {
    match &node.value {
        NodeValue::List(items) => items.iter().for_each(|item| described(schema, record, item, found)),
        NodeValue::Map(entries) => {
            for (key, value) in entries {
                let key = key.text().expect("a key");
                let property = &record["properties"][key];
                found.push((key.to_owned(), property["description"].as_str().unwrap_or_else(|| panic!("no words for {key}")).to_owned()));
                let text = property.to_string();
                let names = text.split("#/definitions/").skip(1).map(|rest| rest.split('"').next().unwrap_or(""));
                let through = |name: &str| {
                    let definition = &schema["definitions"][name];
                    let inner = definition.to_string();
                    let next = inner.split("#/definitions/").nth(1).map(|rest| rest.split('"').next().unwrap_or("").to_owned());
                    if definition["properties"].is_object() { name.to_owned() } else { next.unwrap_or_default() }
                };
                let inner = names.map(through).find(|name| schema["definitions"][name.as_str()]["properties"].is_object());
                if let Some(inner) = inner {
                    described(schema, &schema["definitions"][inner.as_str()], value, found);
                }
            }
        }
        _ => {}
    }
}

/// Each key of a written file stands below the words of the label table.
pub fn assert_described(path: &str, text: &str) {
    let kind = FileKind::of(path).unwrap_or_else(|| panic!("{path} is no content file"));
    let schema = kind.schema(LabelTable::get(Lang::Vi));
    let record = if schema["properties"].is_object() { &schema } else { &schema["definitions"]["Record"] };
    let mut found = Vec::new();
    described(&schema, record, &locate(path, text).expect("YAML"), &mut found);
    assert!(!found.is_empty(), "{path} has no keys");
    for (key, words) in found {
        assert!(text.contains(&format!("# {words}\n")), "{path}: {key} without “{words}”\n{text}");
    }
}

#[test]
fn every_key_of_a_starter_has_the_words_of_the_label_table() {
    for level in LEVELS {
        for (path, bytes) in tree(&starter(level).path("content")) {
            let text = String::from_utf8(bytes).expect("UTF-8");
            assert_described(&format!("content/{path}"), &text);
            let label = &LabelTable::get(Lang::Vi).files[FileKind::of(&format!("content/{path}")).expect("a kind").key()].label;
            assert!(text.contains(&format!("# {label}. ")), "{path} does not say what it is");
        }
    }
}

#[test]
fn a_starter_and_what_is_added_to_it_is_in_the_layout_of_fmt() {
    for level in LEVELS {
        let project = starter(level);
        project.run("fmt --check").exit(0);
        let agency = tree(&project.path("content/agencies"))[0].0.split('/').next().expect("an agency").to_owned();
        for kind in ["declaration", "work-process", "audit", "nonconformity", "result", "document", "objective", "legal-document", "page", "inspection"] {
            project.run(&format!("new {kind} --agency {agency}")).exit(0);
        }
        project.run("fmt --check").exit(0);
    }
}

#[test]
fn what_is_commented_out_is_right_once_its_marks_are_removed() {
    let project = starter("commune");
    for (path, bytes) in tree(&project.path("content")) {
        let text = String::from_utf8(bytes).expect("UTF-8");
        let lines = text.lines().map(|line| {
            let mark = line
                .trim_start()
                .strip_prefix("# ")
                .filter(|rest| rest.trim_start().starts_with('#') || rest.trim_start().split(':').next().is_some_and(is_key));
            mark.map_or_else(|| line.to_owned(), |rest| format!("{}{rest}", &line[..line.len() - line.trim_start().len()]))
        });
        std::fs::write(project.path("content").join(path), lines.collect::<Vec<_>>().join("\n") + "\n").expect("a file to write");
    }
    let said = project.run("check").err();
    for rule in ["unknown-key", "invalid-yaml", "wrong-type", "unknown-value", "duplicate-key"] {
        assert!(!said.contains(rule), "{said}");
    }
    // The files that the comments name are not there yet.
    assert!(said.contains("files/quyet-dinh-cong-bo-"), "{said}");
}

fn is_key(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') && !["congbo", "http", "https"].contains(&word)
}
