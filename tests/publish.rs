//! The public folder: whole, ours, and nothing else of it touched.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;

use congbo::output::{Manifest, ManifestEntry, OutputFile, Sink, Staging};
use congbo::source::Print;

use crate::project::{Project, TODAY, tree};

const KEY: Print = Print([0; 32]);

fn build(project: &Project) -> crate::project::Run {
    project.run(&format!("build --as-of {TODAY}"))
}

#[test]
fn a_build_makes_the_site_and_lists_its_files_with_their_hashes() {
    let project = Project::minimal();
    build(&project).exit(0).says("đã tạo");
    let files = tree(&project.path("public"));
    let manifest = Manifest::read(project.read("public/manifest.json").as_bytes()).expect("a manifest");
    assert!(manifest.files.contains_key("index.html"));
    assert_eq!(files.len(), manifest.files.len() + 1);
    for (path, bytes) in files.iter().filter(|(path, _)| path != "manifest.json") {
        assert_eq!(manifest.files[path.as_str()], ManifestEntry::of(bytes), "{path}");
    }
    assert!(fs::read_dir(project.path("")).expect("the project").all(|entry| !entry.expect("an entry").file_name().to_string_lossy().contains("congbo-new")));
}

#[test]
fn withdrawn_pages_disappear() {
    let project = Project::minimal().file("content/pages/cu.md", "---\ntitle: Trang cũ\n---\nNội dung.\n");
    build(&project).exit(0);
    assert!(project.path("public/trang/cu/index.html").exists());
    let project = project.without("content/pages/cu.md");
    build(&project).exit(1).says("lỗi[lost-url]: địa chỉ /trang/cu/ đã công bố");
    assert!(project.path("public/trang/cu/index.html").exists());
    let project = project.file("content/site.yaml", "title: Trang thử\nbase_url: https://iso.thu.example/\nrules: { lost-url: off }\n");
    build(&project).exit(0).says("đã gỡ");
    assert!(!project.path("public/trang").exists());
}

#[test]
fn an_abolished_procedure_keeps_its_pages_and_says_so() {
    // Codes on walls lead there for years.
    let levels = "title: Trang thử\nrules: { redeclaration-needed: warning, abolished-administrative-procedure: warning }\n";
    let project = Project::minimal().file("content/site.yaml", levels);
    build(&project).exit(0);
    let (page, short) = ("public/thu-tuc/1.000001-cap-ban-sao-trich-luc-ho-tich/index.html", "public/t/1.000001/index.html");
    assert!(!project.read(page).contains("đã bị bãi bỏ") && project.path(short).exists());
    let project = project.edit("content/administrative-procedures/list.yaml", "  field:", "  status: abolished\n  field:");
    build(&project).exit(0).does_not_say("lost-url");
    assert!(project.read(page).contains("bãi bỏ"), "{}", project.read(page));
    assert!(project.read(short).contains("bãi bỏ"), "{}", project.read(short));
    assert!(!project.read("public/thu-tuc/index.html").contains("1.000001"), "it is no longer on offer");
}

#[test]
fn a_page_that_moved_leaves_a_link_behind() {
    let page = "---\ntitle: Trang cũ\nreviewed_on: 2026-11-01\n---\nNội dung.\n";
    let project = Project::minimal().file("content/pages/cu.md", page);
    build(&project).exit(0);
    let project = project.without("content/pages/cu.md").file("content/pages/moi.md", page);
    build(&project).exit(1).says("{ from: trang/cu/, to:");
    let project = project.file("content/redirects.yaml", "- { from: trang/cu/, to: trang/moi/ }\n");
    build(&project).exit(0);
    let stub = project.read("public/trang/cu/index.html");
    assert!(stub.contains(r#"<link rel="canonical" href="https://iso.thu.example/trang/moi/">"#), "{stub}");
    assert!(stub.contains(r#"<a href="../../trang/moi/index.html">"#), "{stub}");
    build(&project).exit(0).says("không có gì thay đổi");
}

#[test]
fn files_that_are_not_ours_stay() {
    let project = Project::minimal();
    build(&project).exit(0);
    let project = project.file("public/google123.html", "xác minh").file("public/tep-cu/a.pdf", "tệp của cơ quan");
    fs::create_dir(project.path("public/trong")).expect("an empty folder");
    project.run(&format!("build --clean --as-of {TODAY}")).exit(0).says("giữ nguyên tệp không do congbo tạo: google123.html, tep-cu/a.pdf");
    build(&project).exit(0);
    let project = project.edit("content/site.yaml", "title: ", "title: Bản mới - ");
    build(&project).exit(0).says("giữ nguyên tệp không do congbo tạo: google123.html, tep-cu/a.pdf");
    assert_eq!(project.read("public/google123.html"), "xác minh");
    assert_eq!(project.read("public/tep-cu/a.pdf"), "tệp của cơ quan");
    assert!(project.path("public/trong").is_dir());
}

#[test]
fn a_folder_that_is_not_ours_is_not_replaced() {
    let project = Project::minimal().file("public/index.html", "trang của người khác");
    build(&project).exit(2).says("đã có tệp không do congbo tạo").says("--out");
    assert_eq!(tree(&project.path("public")).len(), 1);
}

#[test]
fn the_public_folder_never_lies_in_the_content() {
    let project = Project::minimal();
    let whole = project.path("content/x").display().to_string();
    for out in ["content", "content/public", "./content/x", "./y/../content/x", "content/../content/x", &whole] {
        project.run(&format!("build --out {out} --as-of {TODAY}")).exit(2).says("nằm trong thư mục nội dung");
    }
}

#[test]
fn a_file_of_somebody_else_in_the_way_of_a_page_is_named_and_kept() {
    let project = Project::minimal();
    build(&project).exit(0);
    let project = project.file("public/trang/moi/index.html", "của người khác").file("content/pages/moi.md", "---\ntitle: Trang mới\n---\nNội dung.\n");
    build(&project).exit(2).says("trang/moi/index.html");
    assert_eq!(project.read("public/trang/moi/index.html"), "của người khác");
}

#[test]
fn errors_in_the_content_leave_the_old_site_as_it_was() {
    let project = Project::minimal();
    build(&project).exit(0);
    let before = tree(&project.path("public"));
    let project = project.edit("content/site.yaml", "title", "tile");
    build(&project).exit(1).says("chưa tạo trang, trang cũ giữ nguyên");
    assert!(before == tree(&project.path("public")));
}

#[test]
fn two_builds_at_once_do_not_mix() {
    let project = Project::minimal();
    build(&project).exit(0);
    let lock = File::options().append(true).open(project.path(".public.congbo-lock")).expect("the lock");
    lock.lock().expect("the lock is free");
    let project = project.edit("content/site.yaml", "title: ", "title: Bản mới - ");
    build(&project).exit(2).says("một lệnh build khác đang ghi thư mục này");
    drop(lock);
    build(&project).exit(0);
}

#[test]
fn what_a_killed_build_left_is_cleared() {
    let project = Project::minimal();
    build(&project).exit(0);
    let project = project.file(".public.congbo-new/index.html", "dở dang");
    build(&project).exit(0);
    assert!(!project.path(".public.congbo-new").exists());
    // Killed between two renames: the old site is found again.
    fs::rename(project.path("public"), project.path(".public.congbo-old")).expect("a rename");
    let project = project.edit("content/site.yaml", "title", "tile");
    build(&project).exit(1);
    let project = project.edit("content/site.yaml", "tile", "title");
    build(&project).exit(0);
    assert!(project.path("public/index.html").exists() && !project.path(".public.congbo-old").exists());
}

#[test]
fn two_pages_at_one_address_are_an_error_that_names_both() {
    let project = Project::new();
    let staging = Staging::begin(&project.path("public"), &project.path(""), None, &|| {}).expect("a stage");
    staging.write(OutputFile::bytes("thu-tuc/A/index.html", "một"), &KEY).expect("the first page");
    staging.write(OutputFile::bytes("thu-tuc/a/index.html", "hai"), &KEY).expect("the second page");
    let error = staging.swap_in().expect_err("two pages at one address");
    assert!(!project.path("public").exists());
    assert!(error.to_string().contains("thu-tuc/A/index.html") && error.to_string().contains("thu-tuc/a/index.html"));
}

#[test]
fn no_page_leaves_the_public_folder() {
    let project = Project::new();
    let staging = Staging::begin(&project.path("public"), &project.path(""), None, &|| {}).expect("a stage");
    for path in ["../x.html", "/x.html", "a/../../x.html", "a//b.html", "", "manifest.json", "a\\b.html"] {
        assert!(staging.write(OutputFile::bytes(path, "x"), &KEY).is_err(), "{path}");
    }
}

#[test]
fn an_unfinished_build_changes_nothing() {
    let project = Project::minimal();
    build(&project).exit(0);
    let before = tree(&project.path("public"));
    let staging = Staging::begin(&project.path("public"), &project.path(""), None, &|| {}).expect("a stage");
    staging.write(OutputFile::bytes("index.html", "dở dang"), &KEY).expect("a page");
    drop(staging);
    assert!(before == tree(&project.path("public")));
}

#[test]
fn compressed_copies_come_and_go_with_their_texts() {
    let project = Project::minimal();
    let build = |flags: &str| project.run(&format!("build {flags} --as-of {TODAY}")).exit(0);
    let copies = |project: &Project| {
        let files: BTreeMap<String, Vec<u8>> = tree(&project.path("public")).into_iter().collect();
        let is_text = |path: &str| [".html", ".css", ".js", ".json", ".xml", ".txt"].iter().any(|ending| path.ends_with(ending)) && path != "manifest.json";
        let texts: Vec<String> = files.keys().filter(|path| is_text(path)).cloned().collect();
        for path in &texts {
            let mut plain = Vec::new();
            flate2::read::GzDecoder::new(&*files[&format!("{path}.gz")]).read_to_end(&mut plain).expect("a gzip file");
            assert_eq!(plain, files[path], "{path}.gz");
            let mut plain = Vec::new();
            brotli::Decompressor::new(&*files[&format!("{path}.br")], 4096).read_to_end(&mut plain).expect("a brotli file");
            assert_eq!(plain, files[path], "{path}.br");
        }
        texts.len()
    };
    build("--compress");
    let first = copies(&project);
    assert!(first > 10, "{first} texts");
    build("--compress").says("không có gì thay đổi");
    let project = project.edit("content/site.yaml", "Trang thử", "Trang khác");
    project.run(&format!("build --compress --as-of {TODAY}")).exit(0);
    assert_eq!(copies(&project), first);
    project.run(&format!("build --as-of {TODAY}")).exit(0);
    let left: Vec<String> =
        tree(&project.path("public")).into_iter().map(|(path, _)| path).filter(|path| path.ends_with(".gz") || path.ends_with(".br")).collect();
    assert_eq!(left, Vec::<String>::new());
}
