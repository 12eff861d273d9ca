//! The command line: exit codes, formats, colours, help.

use serde_json::Value;

use crate::project::{Project, TODAY};

#[test]
fn exit_codes_tell_clean_problems_and_could_not_run() {
    let check = format!("check --as-of {TODAY}");
    Project::minimal().run(&check).exit(0);
    Project::minimal().edit("content/site.yaml", "title", "tile").run(&check).exit(1);
    Project::new().run(&check).exit(2);
    Project::minimal().run("chek").exit(2).says("có phải ý anh/chị là").says("check");
    Project::minimal().run("check --as-of 5/3/2026").exit(2).says("năm-tháng-ngày");
}

#[test]
fn warnings_pass_unless_strict() {
    let project = Project::minimal().edit("content/agencies/xa-thu/agency.yaml", "Thôn 1", "Ðôn 1");
    project.run(&format!("check --as-of {TODAY}")).exit(0).says("1 cảnh báo");
    project.run(&format!("check --strict --as-of {TODAY}")).exit(1);
}

#[test]
fn a_site_can_raise_lower_and_switch_off_a_level_but_never_in_silence() {
    let with = |rules: &str| {
        Project::minimal()
            .without("content/agencies/xa-thu/declarations/2026-03-02.yaml")
            .file("content/site.yaml", format!("title: Trang thử\nbase_url: https://iso.thu.example/\nrules: {rules}\n"))
            .run(&format!("check --as-of {TODAY}"))
    };
    with("{}").exit(0).says("cảnh báo[missing-declaration]");
    with("{ missing-declaration: error }").exit(1).says("lỗi[missing-declaration]");
    with("{ missing-declaration: information }").exit(0).says("thông tin[missing-declaration]");
    with("{ missing-declaration: off }").exit(0).does_not_say("[missing-declaration]").says("site.yaml đã tắt: missing-declaration (1)");
}

#[test]
fn many_problems_are_counted_by_their_rule_at_the_end() {
    let lines: String = (0..40).map(|number| format!("- {{ number: \"{number}\", title: Văn bản mẫu }}\n")).collect();
    let run = Project::minimal().file("content/law/nhieu.yaml", lines).run(&format!("check --as-of {TODAY}")).exit(0);
    run.says("     40  cảnh báo[malformed-document-number]  số, ký hiệu văn bản sai thể thức\n0 lỗi, 40 cảnh báo");
    Project::minimal().edit("content/site.yaml", "title", "tile").run(&format!("check --as-of {TODAY}")).exit(1).does_not_say("      1  lỗi");
}

#[test]
fn json_holds_every_diagnostic_with_its_place() {
    let run = Project::minimal()
        .edit("content/site.yaml", "title: Trang thử", "tile: Trang thử\nmau: đỏ")
        .run(&format!("check --format json --as-of {TODAY}"))
        .exit(1);
    let document: Value = serde_json::from_str(&run.out()).expect("JSON");
    assert_eq!(document["counts"]["errors"], 2);
    let places: Vec<_> =
        document["diagnostics"].as_array().expect("a list").iter().map(|d| (d["rule"].clone(), d["line"].clone(), d["column"].clone())).collect();
    assert_eq!(places, [("unknown-key".into(), 1.into(), 1.into()), ("unknown-key".into(), 2.into(), 1.into())]);
}

#[test]
fn sarif_names_the_rule_the_place_and_the_level() {
    let run = Project::minimal().edit("content/site.yaml", "title", "tile").run(&format!("check --format sarif --as-of {TODAY}")).exit(1);
    let log: Value = serde_json::from_str(&run.out()).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "unknown-key");
    assert_eq!(result["level"], "error");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "content/site.yaml");
    assert_eq!((&place["region"]["startLine"], &place["region"]["endColumn"]), (&1.into(), &5.into()));
    assert!(log["runs"][0]["tool"]["driver"]["rules"].as_array().is_some_and(|rules| rules.iter().any(|rule| rule["id"] == "unknown-key")));
}

#[test]
fn github_annotations_are_one_line_each() {
    let run = Project::minimal().edit("content/site.yaml", "title", "tile").run(&format!("check --format github --as-of {TODAY}")).exit(1);
    assert!(run.out().starts_with("::error file=content/site.yaml,line=1,col=1,title=unknown-key::"), "{}", run.out());
    assert_eq!(run.out().lines().count(), 1);
}

#[test]
fn content_cannot_forge_lines_of_a_log() {
    let forged = "\"x\\n::error file=a,line=1::giả\\n\\u001b[31mlỗi[gia]: giả\"";
    let project = Project::minimal().edit("content/agencies/xa-thu/agency.yaml", "level: commune", &format!("level: {forged}"));
    for format in ["text", "github"] {
        let run = project.run(&format!("check --format {format} --as-of {TODAY}")).exit(1);
        let lines: Vec<String> = format!("{}{}", run.out(), run.err()).lines().map(str::to_owned).collect();
        assert!(lines.iter().all(|line| !line.starts_with("::error file=a") && !line.starts_with("lỗi[gia]")), "{lines:#?}");
        assert!(!run.out().contains('\u{1b}') && !run.err().contains('\u{1b}'));
    }
}

#[test]
fn there_are_no_colours_where_there_is_no_terminal() {
    let project = Project::minimal().edit("content/site.yaml", "title", "tile");
    let run = project.run(&format!("check --as-of {TODAY}")).exit(1);
    assert!(!run.err().contains('\u{1b}'));
    let forced = project.run_with(&format!("check --as-of {TODAY}"), &[("CLICOLOR_FORCE", "1")]).exit(1);
    assert!(forced.err().contains('\u{1b}'));
    let refused = project.run_with(&format!("check --as-of {TODAY}"), &[("NO_COLOR", "1")]).exit(1);
    assert!(!refused.err().contains('\u{1b}'));
}

#[test]
fn today_is_as_of_else_source_date_epoch() {
    // The audit of 10 February 2026 is a year old in March 2027.
    let project = Project::minimal();
    project.run("check").exit(0);
    project.run("check --as-of 2027-03-01").exit(1).says("overdue-internal-audit");
    project.run_with("check", &[("SOURCE_DATE_EPOCH", "1803859200")]).exit(1).says("overdue-internal-audit");
    project.run_with("check", &[("SOURCE_DATE_EPOCH", "hôm nay")]).exit(2).says("SOURCE_DATE_EPOCH");
}

#[test]
fn every_rule_is_listed_and_explained() {
    let project = Project::new();
    let list = project.run("rules").exit(0).out();
    for rule in congbo::pipeline::rules() {
        assert!(list.contains(&format!("{}  [", rule.id)), "{} is not listed", rule.id);
        let page = project.run(&format!("rules {}", rule.id)).exit(0).out();
        assert!(page.contains("## Sai") && page.contains("## Đúng"), "{} is not explained", rule.id);
    }
    project.run("rules mising-declaration").exit(2).says("missing-declaration");
}

#[test]
fn one_damaged_line_of_an_import_is_told_and_the_others_are_kept() {
    let good = r#"{"Mã thủ tục": "1.000001", "Tên thủ tục": "Cấp giấy mẫu", "Lĩnh vực": "Hộ tịch"}"#;
    let mut bytes = format!("{good}\n").into_bytes();
    bytes.extend(b"\xff\xfe\n");
    bytes.extend(good.replace("000001", "000002").into_bytes());
    let project = Project::new().file("a.jsonl", bytes);
    project.run("import national-portal a.jsonl --to muc").exit(1).says("đã nhập 2 thủ tục").says("a.jsonl:2:1");
    project.run("import national-portal a.jsonl --to muc").exit(1).says("0 tệp thay đổi");
    assert!(project.read("muc/ho-tich.yaml").contains("1.000002"));
}

#[test]
fn tables_that_come_with_the_program_are_not_called_files_of_the_project() {
    let run = Project::minimal().run("check --as-of 2027-03-01").exit(1);
    assert!(run.err().contains("bảng có sẵn trong congbo") && !run.err().contains("content/deadlines.yaml"), "{}", run.err());
}

#[test]
fn completions_are_made_for_each_shell() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        assert!(Project::new().run(&format!("completions {shell}")).exit(0).out().contains("congbo"));
    }
}

#[test]
fn help_is_vietnamese() {
    let help = Project::new().run("--help").exit(0).out();
    for word in ["Cách dùng:", "Lệnh:", "Tùy chọn:", "Kiểm tra nội dung"] {
        assert!(help.contains(word), "{help}");
    }
    for word in ["Usage", "Options", "OPTIONS", "Commands"] {
        assert!(!help.contains(word), "{help}");
    }
}

#[test]
fn a_starter_of_each_level_builds_with_nothing_but_its_samples() {
    for level in ["commune", "department", "province"] {
        let project = Project::new();
        project.run(&format!("init trang --level {level}")).exit(0).says("bước tiếp theo");
        let run = project.run(&format!("build --project trang --as-of {TODAY}")).exit(0).says("đã tạo");
        let problems: Vec<String> = run.err().lines().filter(|line| line.contains("]: ")).map(str::to_owned).collect();
        assert!(!problems.is_empty() && problems.iter().all(|line| line.starts_with("cảnh báo[sample-content]")), "{level}: {problems:#?}");
        project.run(&format!("check --project trang --release --as-of {TODAY}")).exit(1).says("lỗi[sample-content]");
        project.run("init trang").exit(2).says("đã có sẵn");
    }
}

#[test]
fn names_given_to_init_reach_the_files() {
    let project = Project::new();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_congbo"));
    let arguments = ["init", "trang", "--name", "Ủy ban nhân dân phường \"Hòa\" Đông", "--province", "tỉnh Thử"];
    let output = command.current_dir(project.path("")).env("SOURCE_DATE_EPOCH", "1795212000").args(arguments).output().expect("the program runs");
    assert!(output.status.success());
    let agency = project.read("trang/content/agencies/phuong-hoa-dong/agency.yaml");
    assert!(agency.contains("id: phuong-hoa-dong") && agency.contains(r#"name: Ủy ban nhân dân phường "Hòa" Đông"#), "{agency}");
    project.run("check --project trang").exit(0);
}
