//! A procedure that is renamed: its old addresses lead to it by themselves, for as long as its code exists and the record of
//! what was published before is there.

use std::fs;

use crate::project::{Project, TODAY, tree};

const CATALOGUE: &str = "content/administrative-procedures/list.yaml";
const FIRST: &str = "thu-tuc/1.000001-cap-ban-sao-trich-luc-ho-tich/";
const SECOND: &str = "thu-tuc/1.000001-cap-ban-sao-giay-khai-sinh/";
const THIRD: &str = "thu-tuc/1.000001-cap-ban-sao-khai-sinh/";

fn build(project: &Project) -> crate::project::Run {
    project.run(&format!("build --as-of {TODAY}"))
}

fn renamed_once(project: Project) -> Project {
    project.edit(CATALOGUE, "Cấp bản sao trích lục hộ tịch", "Cấp bản sao giấy khai sinh")
}

fn renamed_again(project: Project) -> Project {
    project.edit(CATALOGUE, "Cấp bản sao giấy khai sinh", "Cấp bản sao khai sinh")
}

/// The page at an address must be what is left where a page moved away, and lead to another one.
fn assert_leads(project: &Project, from: &str, to: &str) {
    let stub = project.read(&format!("public/{from}index.html"));
    let up = "../".repeat(from.matches('/').count());
    assert!(stub.contains("<h1>Trang đã chuyển</h1>") && stub.contains(&format!("<a href=\"{up}{to}index.html\">")), "{stub}");
    assert!(stub.contains(&format!("<link rel=\"canonical\" href=\"https://iso.thu.example/{to}\">")), "{stub}");
    assert!(!project.read("public/sitemap.xml").contains(from), "search engines are told of {from}");
}

#[test]
fn renamed_twice_both_old_addresses_lead_to_the_present_one() {
    let project = Project::minimal();
    build(&project).exit(0).does_not_say("redirects.yaml");
    let project = renamed_once(project);
    build(&project).exit(0).says("0 lỗi, 0 cảnh báo").says(&format!("- {{ from: {FIRST}, to: {SECOND} }}"));
    assert_leads(&project, FIRST, SECOND);
    build(&project).exit(0).says("không có gì thay đổi");
    let project = renamed_again(project);
    // Only what is new is told; both lead on.
    build(&project).exit(0).says(&format!("- {{ from: {SECOND}, to: {THIRD} }}")).does_not_say(FIRST);
    assert_leads(&project, FIRST, THIRD);
    assert_leads(&project, SECOND, THIRD);
    // Another day, another change, `check`, a build from scratch: they stay.
    let project = project.edit("content/agencies/xa-thu/agency.yaml", "Thôn 1", "Thôn 2");
    project.run("build --clean --as-of 2026-12-01").exit(0).does_not_say("redirects.yaml");
    project.run("check --as-of 2026-12-01").exit(0).does_not_say("lost-url");
    assert_leads(&project, FIRST, THIRD);
}

#[test]
fn a_name_that_is_taken_back_is_no_former_one() {
    let project = Project::minimal();
    build(&project).exit(0);
    let project = renamed_once(project);
    build(&project).exit(0);
    let project = project.edit(CATALOGUE, "Cấp bản sao giấy khai sinh", "Cấp bản sao trích lục hộ tịch");
    build(&project).exit(0);
    assert_leads(&project, SECOND, FIRST);
    assert!(project.read(&format!("public/{FIRST}index.html")).contains("Cấp bản sao trích lục hộ tịch"));
}

#[test]
fn with_the_procedure_gone_all_its_addresses_are_lost_and_told() {
    let project = renamed_once(Project::minimal());
    build(&project).exit(0);
    let project = renamed_again(project);
    build(&project).exit(0);
    let before = tree(&project.path("public"));
    let other = project.read(CATALOGUE).replace("1.000001", "1.000002");
    let mut gone = project.file(CATALOGUE, other);
    for path in ["agency.yaml", "declarations/2026-03-02.yaml", "work-processes/ho-tich.md"] {
        gone = gone.edit(&format!("content/agencies/xa-thu/{path}"), "1.000001", "1.000002");
    }
    build(&gone)
        .exit(1)
        .says(&format!("lỗi[lost-url]: địa chỉ /{SECOND} đã công bố"))
        .says(&format!("lỗi[lost-url]: địa chỉ /{THIRD} đã công bố"))
        .says("chưa tạo trang, trang cũ giữ nguyên");
    assert!(before == tree(&gone.path("public")));
}

#[test]
fn the_record_decides_wherever_the_build_begins() {
    let project = Project::minimal();
    build(&project).exit(0);
    fs::copy(project.path("public/thay-doi/du-lieu.json"), project.path("lan-truoc.json")).expect("the record");
    let project = renamed_once(project);
    build(&project).exit(0);
    // From nothing but the record: the same site, byte for byte, but for the manifest, which counts editions. From the record of that one: once more.
    let pages = |folder: &str| tree(&project.path(folder)).into_iter().filter(|(path, _)| path != "manifest.json").collect::<Vec<_>>();
    let clean = |previous: &str, out: &str| {
        project.run(&format!("build --clean --previous {previous} --out {out} --as-of {TODAY}")).exit(0);
        pages(out)
    };
    assert!(pages("public") == clean("lan-truoc.json", "sach"));
    assert!(pages("public") == clean("sach", "sach-nua"));
    // Without one nobody knows the old name: a clean clone has no page there.
    project.run(&format!("build --out moi --as-of {TODAY}")).exit(0);
    assert!(!project.path("moi").join(FIRST).exists());
    // Nor does a site whose record was lost: that is told, with the line to add.
    let project = renamed_again(project);
    fs::remove_file(project.path("public/thay-doi/du-lieu.json")).expect("the record");
    build(&project).exit(1).says(&format!("{{ from: {SECOND}, to: {THIRD} }}"));
}

#[test]
fn the_line_of_the_note_keeps_the_address_for_good() {
    let project = Project::minimal();
    build(&project).exit(0);
    let project = renamed_once(project);
    let told = build(&project).exit(0).err();
    let line = told.lines().find(|line| line.starts_with("- { from: ")).expect("a line to add").to_owned();
    let project = project.file("content/redirects.yaml", format!("{line}\n"));
    build(&project).exit(0);
    assert_leads(&project, FIRST, SECOND);
    // It leads on after the next name too, and in a clean clone while the page it names is there.
    let project = renamed_again(project);
    build(&project).exit(0);
    assert_leads(&project, FIRST, THIRD);
    let project = project.edit("content/redirects.yaml", SECOND, THIRD);
    fs::remove_dir_all(project.path("public")).expect("the site");
    build(&project).exit(0);
    assert_leads(&project, FIRST, THIRD);
}

#[test]
fn in_a_province_each_page_leads_to_its_own() {
    let catalogue = "content/administrative-procedures/ho-tich.yaml";
    let project = Project::sample();
    build(&project).exit(0);
    let text = project.read(catalogue);
    let name = text.lines().find_map(|line| line.strip_prefix("  name: ")).expect("a procedure");
    let folder = |project: &Project, base: &str| -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(project.path(&format!("public/{base}thu-tuc")))
            .expect("a folder")
            .map(|one| one.expect("an entry").file_name().into_string().expect("a name"))
            .collect();
        names.sort();
        names
    };
    let before = folder(&project, "");
    let project = project.edit(catalogue, &format!("  name: {name}\n"), "  name: Tên mới của thủ tục\n");
    let told = build(&project).exit(0).does_not_say("lost-url").err();
    let after = folder(&project, "");
    let new = after.iter().find(|name| !before.contains(name)).expect("a new address");
    let code = new.split('-').next().expect("a code");
    let old = before.iter().find(|name| name.starts_with(&format!("{code}-"))).expect("the old address");
    for base in ["", "co-quan/phuong-hoa-ban/", "co-quan/xa-ben-lau/"] {
        let stub = project.read(&format!("public/{base}thu-tuc/{old}/index.html"));
        let up = "../".repeat(base.matches('/').count() + 2);
        assert!(stub.contains(&format!("<a href=\"{up}{base}thu-tuc/{new}/index.html\">")), "{stub}");
        assert!(told.contains(&format!("- {{ from: {base}thu-tuc/{old}/, to: {base}thu-tuc/{new}/ }}")), "{told}");
    }
}

#[test]
fn names_in_a_record_are_names_and_nothing_else() {
    let project = Project::minimal();
    build(&project).exit(0);
    let record = project.read("public/thay-doi/du-lieu.json");
    let with = |former: &str| format!("{},\"former\":{former}}}", record.trim_end().strip_suffix('}').expect("an object"));
    for former in [r#"{"1.000001":["../../x"]}"#, r#"{"1.000001":["a/b"]}"#, r#"{"1.000001":["Tên"]}"#, r#"{"../..":["a"]}"#, r#"{"1.000001.H55":["a"]}"#] {
        let project = Project::minimal().file("la.json", with(former));
        project.run(&format!("build --previous la.json --as-of {TODAY}")).exit(0).says("không phải dữ liệu thay đổi");
    }
    let project = Project::minimal().file("tot.json", with(r#"{"1.000001":["ten-cu"],"1.999999":["da-het"]}"#));
    project.run(&format!("build --previous tot.json --as-of {TODAY}")).exit(0).does_not_say("không phải dữ liệu");
    assert_leads(&project, "thu-tuc/1.000001-ten-cu/", FIRST);
    assert!(!project.read("public/thay-doi/du-lieu.json").contains("1.999999"), "a code that is gone has no former names");
}
