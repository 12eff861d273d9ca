//! Forms in the browser: what `congbo cms` makes and what it refuses. How they look and save is looked at in
//! `tests/editors/forms.mjs`, with the real Sveltia CMS.

use congbo::diagnostic::Lang;
use congbo::forms::{Desk, FormAgency, Repository, RepositoryKind, Vendor, collections, policy};
use congbo::parse::labels::LabelTable;
use serde_json::Value;

use crate::project::Project;

fn repository(kind: RepositoryKind, base_url: Option<&str>) -> Repository {
    Repository { kind, name: "tinh/iso".into(), branch: None, app_id: Some("abc".into()), base_url: base_url.map(str::to_owned) }
}

fn forms() -> Vec<Value> {
    let agency = FormAgency { id: "xa-thu".into(), name: "Xã Thử".into(), has_markdown_declarations: false };
    collections(&[agency], &[("xa-thu".into(), "Xã Thử".into()), ("ubnd-tinh".into(), "UBND tỉnh".into())], LabelTable::get(Lang::Vi))
}

fn collection<'c>(forms: &'c [Value], name: &str) -> &'c Value {
    forms.iter().find(|collection| collection["name"] == name).unwrap_or_else(|| panic!("{name}"))
}

fn field<'c>(fields: &'c Value, name: &str) -> &'c Value {
    fields.as_array().into_iter().flatten().find(|field| field["name"] == name).unwrap_or_else(|| panic!("{name}"))
}

#[test]
fn fields_come_from_the_schema_with_vietnamese_labels() {
    let forms = forms();
    let agency = &collection(&forms, "xa-thu")["files"][0];
    assert_eq!(agency["file"], "content/agencies/xa-thu/agency.yaml");
    let level = field(&agency["fields"], "level");
    assert_eq!((level["widget"].as_str(), level["label"].as_str(), level["required"].as_bool()), (Some("select"), Some("Cấp cơ quan"), Some(true)));
    assert!(level["options"].as_array().expect("options").iter().any(|option| option["value"] == "commune" && option["label"] == "Xã, phường, đặc khu"));
    let parent = field(&agency["fields"], "parent");
    assert_eq!((parent["widget"].as_str(), parent["options"][1]["value"].as_str()), (Some("select"), Some("ubnd-tinh")));
    // What is a code in one file and a group in another is no field of a form.
    assert!(!agency["fields"].as_array().expect("fields").iter().any(|field| field["name"] == "administrative_procedures"));
}

#[test]
fn files_are_named_after_codes_dates_and_years_never_after_titles() {
    let forms = forms();
    for (name, slug) in [("work_process", "{{fields.code}}"), ("declaration", "{{fields.issued_on}}"), ("objectives", "{{year}}"), ("results", "{{year}}")] {
        assert_eq!(collection(&forms, &format!("xa-thu--{name}"))["slug"], slug);
    }
    let process = collection(&forms, "xa-thu--work_process");
    assert_eq!((process["extension"].as_str(), process["format"].as_str()), (Some("md"), Some("yaml-frontmatter")));
    let issued_on = field(&process["fields"], "issued_on");
    assert_eq!((issued_on["widget"].as_str(), issued_on["format"].as_str()), (Some("datetime"), Some("YYYY-MM-DD")));
    assert_eq!(field(&process["fields"], "covers")["field"]["pattern"][0], "^[1-9]\\.\\d{6}");
}

#[test]
fn the_page_loads_nothing_but_its_own_files_and_its_repository() {
    let gitlab = repository(RepositoryKind::GitLab, Some("https://git.vi-du.example"));
    let desk = Desk { repository: &gitlab, site_title: "Trang <b>", site_url: "https://iso.vi-du.example/", collections: Vec::new() };
    let page = desk.page();
    assert!(page.contains("noindex, nofollow") && page.contains("Trang &lt;b>") && page.contains(&policy(&gitlab)), "{page}");
    assert!(!policy(&gitlab).contains("unsafe-eval") && policy(&gitlab).contains("script-src 'self';"));
    assert!(policy(&gitlab).contains("connect-src 'self' blob: data: https://git.vi-du.example;"));
    let settings = desk.settings();
    assert_eq!(settings["backend"]["api_root"], "https://git.vi-du.example/api/v4");
    assert_eq!(settings["publish_mode"], "editorial_workflow");
    let github = repository(RepositoryKind::GitHub, None);
    let settings = Desk { repository: &github, site_title: "A", site_url: "", collections: Vec::new() }.settings();
    assert_eq!(settings["backend"]["auth_methods"], serde_json::json!(["token"]), "nobody to sign in at");
}

#[test]
fn the_known_version_is_named_with_its_files() {
    let vendor = Vendor::known();
    assert!(vendor.packages.iter().any(|package| *package == format!("@sveltia/cms@{}", vendor.version)));
    assert!(vendor.files.iter().all(|file| file.sha256.len() == 64 && !file.to.contains("..")));
    assert_eq!(vendor.own_addresses("no addresses"), None);
}

#[test]
fn the_command_says_what_to_install_and_what_it_lacks() {
    let project = Project::minimal();
    project.run("cms --to quan-tri --backend test-repo").exit(2).says("npm install --ignore-scripts --prefix cms @sveltia/cms@");
    project.run("cms --to quan-tri --backend test-repo --modules khong-co").exit(2).says("thiếu tệp của Sveltia CMS");
    project.run("cms --to quan-tri --backend gitlab").exit(2).says("--repo");
    project.run("cms --to quan-tri --backend gitlab --repo a/b").exit(2).says("--app-id");
    assert!(!project.path("quan-tri").exists());
}

#[test]
fn servers_give_the_forms_a_policy_of_their_own_and_the_site_stays_strict() {
    let project = Project::minimal();
    for server in ["nginx", "caddy"] {
        let (plain, with) =
            (project.run(&format!("hosting {server}")).exit(0).out(), project.run(&format!("hosting {server} --forms /srv/quan-tri")).exit(0).out());
        assert!(!plain.contains("quan-tri") && plain.contains("script-src 'self'"), "{plain}");
        assert!(
            with.contains("/quan-tri/") && with.contains("/srv/quan-tri") && with.contains("noindex, nofollow") && with.contains("script-src 'self'"),
            "{with}"
        );
    }
    project.run("hosting apache --forms /srv/quan-tri").exit(2).says("bỏ --forms");
    project.run("hosting nginx --forms /srv;x").exit(2).says("ký tự");
}
