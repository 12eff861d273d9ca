//! Builds that fail by their own project: a theme, an attachment, the content. The old site stays as it was.

use std::fs;

use super::strace::trace;
use super::two_versions::{ATTACHMENT, TwoVersions, build, small};
use crate::project::{Project, tree};

#[test]
fn a_template_that_fails_while_pages_are_made_changes_nothing() {
    let free_page = include_str!("../../themes/default/templates/free.html");
    let project = small(Project::new());
    let site = project.read("content/site.yaml") + "theme: themes/rieng\n";
    let versions = TwoVersions::of(project.file("content/site.yaml", site).file("themes/rieng/templates/free.html", free_page));
    let before = versions.change().other();
    let template = "themes/rieng/templates/free.html";
    // Right for the first pages, wrong for one in the middle.
    let broken = "{% if page.title is containing(\"Trang 25\") %}{{ nothing.of.this }}{% endif %}\n";
    for text in [format!("{free_page}{broken}"), format!("{free_page}{{{{ nothing.of.this }}}}\n"), format!("{free_page}{{% if %}}")] {
        fs::write(versions.project.path(template), text).expect("a template");
        let run = versions.project.run(&build());
        assert!(versions.is_old_or_new(&run, before));
        let _ = run.exit(2).says("mẫu giao diện có lỗi").says("free.html");
        versions.is_tidy();
    }
    fs::write(versions.project.path(template), free_page).expect("a template");
    versions.builds_normally();
}

#[test]
fn an_attachment_that_is_gone_when_it_is_needed_changes_nothing() {
    let project = small(Project::new());
    let _ = project.run(&build()).exit(0);
    let opened = format!("./{ATTACHMENT}");
    for error in ["ENOENT", "EACCES", "EIO"] {
        // It is opened when sources are read, and again when it is published. It has changed, so that it must be.
        let mut failures = 0;
        for opening in ["when=1", "when=2", "when=1+"] {
            let before = tree(&project.path("public"));
            fs::write(project.path(ATTACHMENT), format!("%PDF-1.4 {error} {opening}")).expect("another attachment");
            let inject = format!("inject=openat:error={error}:{opening}");
            let (run, _) = trace(&project, &["-P", &opened, "-e", "trace=openat", "-e", &inject], &build());
            if run.code() != Some(0) {
                assert!(matches!(run.code(), Some(1 | 2)), "{:?}\n{}", run.code(), run.err());
                let _ = run.says("lỗi").says("ban-ky.pdf");
                assert!(before == tree(&project.path("public")), "{error} {opening}");
                failures += 1;
            }
        }
        assert!(failures > 0, "{error} went unnoticed");
    }
    let _ = project.run(&build()).exit(0);
}

#[test]
fn problems_in_the_content_change_nothing() {
    let versions = TwoVersions::of(small(Project::new()));
    let before = versions.change().other();
    for (path, text) in
        [("content/pages/trang-7.md", "không có phần đầu\n"), ("content/law/law.yaml", "- {"), ("content/pages/trang-7.md", "---\ntitle: [\n---\n")]
    {
        let right = versions.project.read(path);
        fs::write(versions.project.path(path), text).expect("a broken file");
        let run = versions.project.run(&build());
        assert!(versions.is_old_or_new(&run, before));
        let _ = run.exit(1).says(path).says("trang cũ giữ nguyên");
        fs::write(versions.project.path(path), right).expect("the right file");
    }
    versions.builds_normally();
}
