//! Every rule has a page in `tests/rules/`: what is wrong, what the program says about it, and what is right.
//! Each page is laid over the small project of `tests/base-project.md`, which has no problem at all.
//! `UPDATE_EXPECT=1 cargo test rules` writes what the program says into the pages, to be read before it is kept.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use congbo::diagnostic::Rule;

use crate::rule_page::Page;
use crate::rule_project::Project;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

/// Every rule of the program.
pub fn rules() -> Vec<&'static Rule> {
    congbo::pipeline::rules()
}

pub fn pages() -> Vec<(PathBuf, Page)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder()).expect("tests/rules is there").map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), Page::read(&fs::read_to_string(&path).expect("a page")))).collect()
}

/// The small project without problems.
pub fn base() -> Page {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/base-project.md");
    Page::read(&fs::read_to_string(path).expect("the base project"))
}

#[test]
fn the_base_project_has_no_problem() {
    let base = base();
    assert_eq!(Project::new(&base.wrong, &base).told(), "");
}

#[test]
fn every_rule_has_its_page() {
    let ids: BTreeSet<String> = rules().iter().map(|rule| rule.id.to_owned()).collect();
    let names: BTreeSet<String> = pages().iter().map(|(path, _)| path.file_stem().expect("a name").to_string_lossy().into_owned()).collect();
    let without_page: Vec<_> = ids.difference(&names).collect();
    let without_rule: Vec<_> = names.difference(&ids).collect();
    assert!(without_page.is_empty(), "rules without a page in tests/rules/: {without_page:?}");
    assert!(without_rule.is_empty(), "pages without a rule: {without_rule:?}");
    assert_eq!(ids.len(), rules().len(), "two rules share an id");
}

#[test]
fn pages_are_titled_and_explained() {
    for (path, page) in pages() {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        assert_eq!(page.title, name, "{}: the title is the id of the rule", path.display());
        assert!(!page.explanation.trim().is_empty(), "{}: say what the rule looks for and why", path.display());
        assert!(!page.wrong.is_empty(), "{}: show what is wrong", path.display());
    }
}

#[test]
fn wrong_content_is_told_as_its_page_says() {
    let base = base();
    let mut failures = Vec::new();
    for (path, page) in pages() {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let told = Project::new(&base.wrong, &page).lay(&page.wrong).told();
        if told != page.expected {
            if is_updating() {
                fs::write(&path, page.with_expected(&told)).expect("the page can be written");
            } else {
                failures.push(format!("## {name}\n--- the page says\n{}--- the program says\n{told}", page.expected));
            }
        }
        if !told.lines().filter(|line| !line.starts_with(' ')).all(|line| line.contains(&format!("[{name}]"))) || told.is_empty() {
            failures.push(format!("## {name}\nonly {name} should be told, once for each cause, but the program says\n{told}"));
        }
    }
    assert!(failures.is_empty(), "{} pages differ\n\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn right_content_has_no_problem() {
    let base = base();
    let mut failures = Vec::new();
    for (path, page) in pages() {
        let told = Project::new(&base.wrong, &page).lay(&page.wrong).lay(&page.right).told();
        if !told.is_empty() {
            failures.push(format!("## {}\n{told}", path.display()));
        }
    }
    assert!(failures.is_empty(), "{} pages still have problems once corrected\n\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_problem_is_told_in_english_too() {
    let base = base();
    for (path, page) in pages() {
        for diagnostic in Project::new(&base.wrong, &page).lay(&page.wrong).diagnostics() {
            let texts = std::iter::once(&diagnostic.message).chain(&diagnostic.hints).chain(diagnostic.related.iter().map(|(_, text)| text));
            for text in texts {
                assert!(!text.en.is_empty() && !text.vi.is_empty(), "{}: {text:?}", path.display());
            }
            assert!(diagnostic.message.vi != diagnostic.message.en, "{}: {:?}", path.display(), diagnostic.message);
            assert!(!diagnostic.hints.is_empty(), "{}: say what to do: {:?}", path.display(), diagnostic.message);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the switch that rewrites what pages expect")]
fn is_updating() -> bool {
    std::env::var("UPDATE_EXPECT").is_ok()
}
