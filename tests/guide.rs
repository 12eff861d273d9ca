//! The guide for officers, which is part of the sample: its examples are right, and it lists every rule.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use congbo::diagnostic::{Lang, Rule, Severity};
use congbo::parse::FileKind;

use crate::project::{Project, TODAY};
use crate::rule_page::{Fence, Page};

fn page(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content/pages").join(name)
}

/// The examples of the page on kinds of files, each with the path that stands on it.
fn examples() -> Vec<Fence> {
    Page::read(&fs::read_to_string(page("huong-dan-tep.md")).expect("the guide")).wrong
}

#[test]
fn the_examples_of_the_guide_make_a_project_without_problems() {
    let project = examples().into_iter().fold(Project::new(), |project, example| project.file(&example.path, example.body));
    let run = project.file("content/agencies/xa-mau/files/12-qd-ubnd.pdf", "%PDF-1.7\n").run(&format!("check --strict --as-of {TODAY}")).exit(0);
    assert_eq!(run.err(), "0 lỗi, 0 cảnh báo, 0 thông tin\n");
}

#[test]
fn every_kind_of_file_has_an_example_in_the_guide() {
    let shown: BTreeSet<FileKind> =
        examples().iter().map(|example| FileKind::of(&example.path).unwrap_or_else(|| panic!("{} is read by nobody", example.path))).collect();
    let missing: Vec<&FileKind> = FileKind::ALL.iter().filter(|kind| !shown.contains(kind)).collect();
    assert!(missing.is_empty(), "no example of {missing:?}");
}

#[test]
fn the_path_above_an_example_is_that_of_its_file() {
    let text = fs::read_to_string(page("huong-dan-tep.md")).expect("the guide");
    for example in examples() {
        assert!(text.contains(&format!("Tệp `{}`:\n\n```", example.path)), "{}", example.path);
    }
}

/// `UPDATE_EXPECT=1 cargo test guide` writes the list of the rules into the page.
#[test]
fn the_guide_lists_every_rule() {
    let path = page("huong-dan-quy-tac.md");
    let text = fs::read_to_string(&path).expect("the guide");
    let written = text.split_once(LIST_BEGINS).map_or(text.as_str(), |(before, _)| before).to_owned() + LIST_BEGINS + &list();
    if is_updating() && written != text {
        fs::write(&path, &written).expect("the page can be written");
        return;
    }
    assert!(written == text, "content/pages/huong-dan-quy-tac.md is not what the rules say: UPDATE_EXPECT=1 cargo test guide");
}

/// The heading at which the part begins that is made from the rules.
const LIST_BEGINS: &str = "\n## Lỗi\n";

/// The rules by level, each with what it looks for, its clause, and how its example is mended.
fn list() -> String {
    let mut by_level: BTreeMap<std::cmp::Reverse<Severity>, Vec<&Rule>> = BTreeMap::new();
    for rule in crate::rules::rules() {
        by_level.entry(std::cmp::Reverse(rule.severity)).or_default().push(rule);
    }
    let mut list = String::new();
    for (std::cmp::Reverse(level), rules) in by_level {
        let title = match level {
            Severity::Error => "",
            Severity::Warning => "\n## Cảnh báo\n",
            Severity::Information => "\n## Thông tin\n",
        };
        list.push_str(title);
        list.push('\n');
        for rule in rules {
            let basis = rule.basis.map(|basis| format!(" Căn cứ: {basis}.")).unwrap_or_default();
            list.push_str(&format!("- `{}`: {}.{basis} Ví dụ cách sửa: {}\n", rule.id, plain(rule.summary.get(Lang::Vi)), plain(&fix(rule.id))));
        }
    }
    list
}

/// The first hint on the page of a rule.
fn fix(rule: &str) -> String {
    let page = Page::read(&fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/rules/{rule}.md"))).expect("the page of a rule"));
    page.expected.lines().find_map(|line| line.trim_start().strip_prefix("sửa: ")).unwrap_or_default().to_owned()
}

/// A text in the list: the signs of Markdown in it are only letters, and what it warns of is not found in it.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for c in text.chars() {
        match c {
            '[' | ']' | 'Ð' | '|' => plain.push_str(&format!("&#{};", c as u32)),
            '*' | '_' | '`' | '<' | '>' | '\\' | '#' | '~' | '!' => plain.extend(['\\', c]),
            c => plain.push(c),
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[expect(clippy::disallowed_methods, reason = "the switch that rewrites the list of the guide")]
fn is_updating() -> bool {
    std::env::var("UPDATE_EXPECT").is_ok()
}
