//! `congbo fmt`: one way to lay out a content file, for people and for continuous integration. Nothing is lost.

mod laws;
mod layout;

use crate::project::{Project, tree};

#[test]
fn the_sample_is_in_order() {
    Project::sample().run("fmt --check").exit(0).says("0 trong");
}

#[test]
fn files_are_put_in_order_and_a_second_time_nothing_changes() {
    let path = "content/agencies/xa-thu/documents.yaml";
    let project = Project::minimal().file(path, "external: [ 63/2010/NĐ-CP ]\ninternal: []   # chưa có\n");
    assert_eq!(project.run("fmt --check").exit(1).says("congbo fmt").out(), format!("{path}\n"));
    assert_eq!(project.read(path), "external: [ 63/2010/NĐ-CP ]\ninternal: []   # chưa có\n", "only looked at");
    assert_eq!(project.run("fmt").exit(0).says("đã xếp lại 1 trong").out(), format!("{path}\n"));
    assert_eq!(project.read(path), "internal: [] # chưa có\nexternal: [63/2010/NĐ-CP]\n");
    let before = tree(&project.path("."));
    assert_eq!(project.run("fmt").exit(0).says("đã xếp lại 0 trong").out(), "");
    project.run("fmt --check").exit(0);
    assert_eq!(tree(&project.path(".")), before);
}

#[test]
fn only_the_files_that_are_named_are_put_in_order() {
    let untidy = "external: []\ninternal: []\n";
    let (one, other) = ("content/agencies/xa-thu/documents.yaml", "content/agencies/xa-hai/documents.yaml");
    let project = Project::minimal().file(one, untidy).file(other, untidy);
    assert_eq!(project.run(&format!("fmt --check {one}")).exit(1).out(), format!("{one}\n"));
    assert_eq!(project.run("fmt --check ./content/agencies/xa-hai").exit(1).out(), format!("{other}\n"));
    assert_eq!(project.run(&format!("fmt {}", project.path(other).display())).exit(0).out(), format!("{other}\n"));
    assert_eq!(project.read(one), untidy);
    project.run("fmt content/agencies/xa-ba").exit(2).says("content/agencies/xa-ba không phải tệp nội dung của dự án");
    project.run("fmt khac.yaml").exit(2).says("khac.yaml không phải tệp nội dung");
}

#[test]
fn a_file_that_cannot_be_read_is_left_alone_and_told_and_the_others_are_put_in_order() {
    let (broken, twice, old) = ("content/agencies/xa-thu/agency.yaml", "content/law/law.yaml", "content/holidays.yaml");
    let text = "id: xa-thu\nname: \"Xã Thử\nlevel: commune\n";
    let project = Project::minimal()
        .file(broken, text)
        .file(twice, "- title: A\n  number: 1/2026/NĐ-CP\n  title: B\n")
        .file(old, b"# \xfe\xff\n".as_slice())
        .file("content/agencies/xa-thu/documents.yaml", "external: []\ninternal: []\n");
    let run = project.run("fmt").exit(1);
    assert_eq!(run.out(), "content/agencies/xa-thu/documents.yaml\n");
    let run = run.says(&format!("{broken}:2:1")).says("thiếu dấu nháy đóng").says(&format!("{twice}:3:3")).says("được ghi hai lần").says(old);
    let _ = run.says("được để nguyên");
    assert_eq!(project.read(broken), text);
    project.run("fmt --check --lang en").exit(1).says("were left alone");
}

#[test]
fn what_can_be_written_in_yaml_but_not_in_content_files_is_left_alone() {
    let path = "content/agencies/xa-thu/documents.yaml";
    for text in
        ["internal: &a []\nexternal: *a\n", "internal: !!seq []\n", "? internal\n: []\n", "%YAML 1.2\n---\ninternal: []\n", "internal: []\n---\ninternal: []\n"]
    {
        let project = Project::minimal().file(path, text);
        project.run("fmt").exit(1).says("unsupported-yaml").says(path);
        assert_eq!(project.read(path), text);
    }
}

#[test]
fn every_letter_stays_as_it_is_and_marks_of_windows_go() {
    let (agency, policy) = ("content/agencies/xa-thu/agency.yaml", "content/agencies/xa-thu/quality-policy.md");
    let project = Project::minimal();
    let (text, body) = (project.read(agency).replace("xã Thử\n", "xã Ðông\n"), project.read(policy).replace("Đúng luật", "“Ðúng luật”"));
    assert!(text.contains('Ð') && body.contains('Ð'));
    let project = project.file(agency, format!("\u{feff}{}", text.replace('\n', "\r\n"))).file(policy, &body);
    project.run("fmt").exit(0).says(agency).does_not_say(policy);
    assert_eq!(project.read(agency), text, "what check tells of a letter is for its author to decide");
    assert_eq!(project.read(policy), body);
}

#[test]
fn a_document_that_was_approved_is_the_same_document_afterwards() {
    let process = "content/agencies/xa-thu/work-processes/ho-tich.md";
    let project = Project::minimal();
    project.run("approve").exit(0);
    let project = project.edit(process, "code: QT-01\ntitle: Quy trình hộ tịch\n", "title: 'Quy trình hộ tịch'\n\n\n# mã\ncode: \"QT-01\"\n").edit(
        process,
        "Ghi chú của",
        "Ghi chú  của",
    );
    project.run("check").exit(1).says("changed-without-revision");
    let project = project.edit(process, "Ghi chú  của", "Ghi chú của");
    project.run("check").exit(0);
    project.run("fmt").exit(0).says(process);
    project.run("check").exit(0);
    assert!(project.read(process).starts_with("---\n# mã\ncode: QT-01\ntitle: Quy trình hộ tịch\nedition: 1\n"), "{}", project.read(process));
}

#[test]
fn what_the_program_writes_into_the_content_is_in_order() {
    let project = Project::minimal().edit("content/agencies/xa-thu/agency.yaml", "id: xa-thu", "id: xa-thu\nposting_sheets: true");
    project.run("fmt").exit(0);
    project.run("post xa-thu").exit(0).says("bản niêm yết");
    project.run("fmt --check").exit(0);
    let portal = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fuzz/portal.jsonl");
    let _ = project.run(&format!("import national-portal {portal} --to content/administrative-procedures"));
    assert!(tree(&project.path("content/administrative-procedures")).len() > 1, "something was imported");
    project.run("fmt --check").exit(0);
}
