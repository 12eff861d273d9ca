//! What editors get: schemas and settings of VS Code in the project, other settings and comments kept, and the line
//! in each file. What an editor makes of them is looked at in `tests/editors`, with the real language server.

use congbo::parse::FileKind;
use serde_json::Value;

use crate::project::{Project, tree};

fn settings(project: &Project) -> Value {
    serde_json::from_str(&project.read(".vscode/settings.json")).expect("JSON")
}

#[test]
fn schemas_and_settings_are_put_into_the_project() {
    let project = Project::minimal();
    project.run("schema --write").exit(0).says("cài tiện ích YAML");
    let settings = settings(&project);
    assert_eq!(settings["files.encoding"], "utf8");
    assert_eq!(settings["[yaml]"]["editor.tabSize"], 2);
    assert_eq!(settings["[markdown]"]["editor.insertSpaces"], true);
    let schemas = settings["yaml.schemas"].as_object().expect("schemas");
    for (path, glob) in schemas {
        let schema: Value = serde_json::from_str(&project.read(path.trim_start_matches("./"))).expect("a schema where the settings say");
        assert!(schema["title"].is_string(), "{path}: {glob}");
    }
    let extensions: Value = serde_json::from_str(&project.read(".vscode/extensions.json")).expect("JSON");
    assert_eq!(extensions["recommendations"], serde_json::json!(["redhat.vscode-yaml"]));
    project.run("check").exit(0);
}

#[test]
fn every_yaml_file_of_a_kind_is_matched_by_its_pattern_and_by_no_other() {
    for kind in FileKind::ALL {
        let Some(glob) = kind.yaml_glob() else { continue };
        let examples = [glob.replace("**/", "").replace('*', "mot"), glob.replace("**/", "hai/").replace('*', "mot")];
        for path in examples {
            assert_eq!(FileKind::of(&path), Some(*kind), "{path}");
        }
    }
    let only_markdown: Vec<_> = FileKind::ALL.iter().filter(|kind| kind.yaml_glob().is_none()).map(|kind| kind.key()).collect();
    assert_eq!(only_markdown, ["quality_policy", "work_process", "free_page"]);
}

#[test]
fn settings_that_are_there_stay_with_their_comments() {
    let project = Project::minimal()
        .file(
            ".vscode/settings.json",
            "{\n  // giao diện của phòng\n  \"workbench.colorTheme\": \"Sáng\", /* giữ */\n  \"[yaml]\": { \"editor.wordWrap\": \"on\" },\n  \"files.encoding\": \"utf16le\", // cũ\n}\n",
        )
        .file(".vscode/extensions.json", "{ \"recommendations\": [\"ms.khac\"] }\n");
    project.run("schema --write").exit(0).says(".vscode/settings.json: files.encoding trước đây là \"utf16le\"");
    let text = project.read(".vscode/settings.json");
    for kept in
        ["// giao diện của phòng", "\"workbench.colorTheme\": \"Sáng\", /* giữ */", "\"editor.wordWrap\": \"on\"", "// cũ", "\"files.encoding\": \"utf8\""]
    {
        assert!(text.contains(kept), "{kept} is not in\n{text}");
    }
    assert!(project.read(".vscode/extensions.json").contains("[\"ms.khac\", \"redhat.vscode-yaml\"]"));
}

#[test]
fn a_second_time_nothing_changes() {
    let project = Project::minimal().file(".vscode/settings.json", "{\n  // của tôi\n}");
    project.run("schema --write --lines").exit(0);
    let before = tree(&project.path("."));
    project.run("schema --write --lines").exit(0).says("không có gì thay đổi");
    assert_eq!(tree(&project.path(".")), before);
}

#[test]
fn settings_that_cannot_be_read_are_left_alone_and_what_to_add_is_said() {
    for (broken, at) in [("{ \"a\": 1,, }", ":1:"), ("{ // hở\n", ":"), ("[1]", ": tệp không phải")] {
        let project = Project::minimal().file(".vscode/settings.json", broken);
        let run = project.run("schema --write").exit(1).says(&format!(".vscode/settings.json{at}")).says("thêm bằng tay").says("\"yaml.schemas\": {");
        assert!(!run.err().contains("JSON or"), "{}", run.err());
        assert_eq!(project.read(".vscode/settings.json"), broken);
        assert!(project.path(".congbo/schema/agency.schema.json").is_file());
    }
}

#[test]
fn who_does_not_want_the_extension_is_not_asked_again() {
    let unwanted = "{ \"unwantedRecommendations\": [\"redhat.vscode-yaml\"] }\n";
    let project = Project::minimal().file(".vscode/extensions.json", unwanted);
    project.run("schema --write").exit(0);
    assert_eq!(project.read(".vscode/extensions.json"), unwanted);
}

#[test]
fn the_line_of_the_schema_is_put_first_mended_and_otherwise_nothing_of_the_file_changes() {
    let project = Project::minimal()
        .file("content/site.yaml", "\u{feff}title: Trang thử\r\nbase_url: https://iso.thu.example/\r\n")
        .file("content/standards.yaml", "# yaml-language-server: $schema=https://vi-du.example/khac.json\n- id: x\n  name: y\n")
        .file("content/redirects.yaml", "# Chuyển chỗ\n# yaml-language-server: $schema=../x/.congbo/schema/cu.json\n[]\n");
    let documents = project.read("content/agencies/xa-thu/documents.yaml");
    let policy = project.read("content/agencies/xa-thu/quality-policy.md");
    project.run("schema --write --lines").exit(0);
    assert_eq!(
        project.read("content/agencies/xa-thu/documents.yaml"),
        format!("# yaml-language-server: $schema=../../../.congbo/schema/documents.schema.json\n{documents}")
    );
    assert_eq!(
        project.read("content/site.yaml"),
        "\u{feff}# yaml-language-server: $schema=../.congbo/schema/site.schema.json\r\ntitle: Trang thử\r\nbase_url: https://iso.thu.example/\r\n"
    );
    assert!(project.read("content/standards.yaml").starts_with("# yaml-language-server: $schema=https://vi-du.example/khac.json\n- id"));
    assert!(project.read("content/redirects.yaml").starts_with("# Chuyển chỗ\n# yaml-language-server: $schema=../.congbo/schema/redirects.schema.json\n[]"));
    assert_eq!(project.read("content/agencies/xa-thu/quality-policy.md"), policy);
}

#[test]
fn the_line_is_asked_for_together_with_the_schemas() {
    Project::minimal().run("schema --lines").exit(2).says("--write");
}
