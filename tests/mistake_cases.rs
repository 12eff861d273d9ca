//! The mistakes that officers make, in `tests/mistakes/`: the mistake, the exact message, the right text.
//! Each case is laid over the small project of `tests/base-project.md`, written to a disk and read from it.
//! `UPDATE_EXPECT=1 cargo test mistake_cases` writes what the program says into the pages, to be read before it is kept.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use congbo::config::Flags;
use congbo::diagnostic::Lang;
use congbo::pipeline::judge;
use congbo::report::{Format, print};
use tempfile::TempDir;

use crate::rule_page::{Fence, Page};
use crate::rule_project::Project;
use crate::rules::base;

/// One mistake.
pub struct Case {
    /// The page and the title of the case.
    pub name: String,
    wrong: Vec<Fence>,
    pub expected: String,
    right: Vec<Fence>,
}

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).expect("tests/mistakes is there").map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    paths
}

/// The text of a page before its first case, and the texts of its cases.
fn parts(text: &str) -> (String, Vec<String>) {
    let mut parts = vec![String::new()];
    let mut fence = None;
    for line in text.split_inclusive('\n') {
        let ticks = line.len() - line.trim_start_matches('`').len();
        match fence {
            None if ticks >= 3 => fence = Some(ticks),
            Some(open) if ticks == open && line.trim() == "`".repeat(open) => fence = None,
            None if line.starts_with("## ") => parts.push(String::new()),
            _ => {}
        }
        parts.last_mut().expect("a part").push_str(line);
    }
    let before = parts.remove(0);
    (before, parts)
}

fn read(page: &Path, text: &str) -> Case {
    let title = text.lines().next().unwrap_or("").trim_start_matches("## ");
    let name = format!("{}: {title}", page.file_stem().expect("a name").to_string_lossy());
    let as_page: String =
        text.lines().skip(1).map(|line| format!("{}\n", line.strip_prefix("###").map_or(line.to_owned(), |rest| format!("##{rest}")))).collect();
    let page = Page::read(&as_page);
    let visible =
        |fences: Vec<Fence>| fences.into_iter().map(|fence| Fence { path: characters(&fence.path), body: characters(&fence.body), ..fence }).collect();
    Case { name, wrong: visible(page.wrong), expected: page.expected, right: visible(page.right) }
}

/// `{U+00A0}` is the character that nobody would see on the page.
fn characters(text: &str) -> String {
    let mut parts = text.split("{U+");
    let mut shown = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').expect("{U+0000}");
        shown.push(u32::from_str_radix(code, 16).ok().and_then(char::from_u32).expect("a character"));
        shown.push_str(rest);
    }
    shown
}

/// Every case.
pub fn cases() -> Vec<Case> {
    pages().iter().flat_map(|page| parts(&fs::read_to_string(page).expect("a page")).1.iter().map(|text| read(page, text)).collect::<Vec<_>>()).collect()
}

/// What an officer reads, and how many problems that is.
fn told(project: &Project) -> (String, usize) {
    let folder = TempDir::new().expect("a temporary folder");
    project.write_into(folder.path());
    let flags = Flags { today: "2026-11-21".parse().expect("a date"), is_release: false };
    let judged = judge(folder.path(), flags).expect("a project");
    let mut out = anstream::StripStream::new(Vec::new());
    print(&judged.diagnostics, &judged.tree, Format::Text, Lang::Vi, 100, &mut out).expect("memory");
    out.flush().expect("memory");
    (String::from_utf8(out.into_inner()).expect("UTF-8"), judged.diagnostics.len())
}

#[test]
fn each_mistake_gets_one_message_and_the_right_text_none() {
    let base = base().wrong;
    let mut failures = Vec::new();
    let mut count = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).expect("a page");
        let (mut updated, cases) = parts(&text);
        for text in cases {
            let case = read(&page, &text);
            count += 1;
            let project = Project::on_the_usual_day(&base);
            let (said, number) = told(&project.lay(&case.wrong));
            if number != 1 {
                failures.push(format!("## {}\n{number} messages for one cause\n{said}", case.name));
            } else if said.trim() != case.expected.trim() && !is_updating() {
                failures.push(format!("## {}\n--- the page says\n{}--- the program says\n{said}", case.name, case.expected));
            }
            let (said_of_right, _) = told(&Project::on_the_usual_day(&base).lay(&case.wrong).lay(&case.right));
            if !said_of_right.is_empty() {
                failures.push(format!("## {}\nthe right text still has problems\n{said_of_right}", case.name));
            }
            updated.push_str(&with_message(&text, said.trim()));
        }
        if is_updating() && updated != text {
            fs::write(&page, updated).expect("the page can be written");
        }
    }
    assert!(count >= 60, "only {count} mistakes are shown");
    assert!(failures.is_empty(), "{} of {count} cases differ\n\n{}", failures.len(), failures.join("\n"));
}

/// The text of a case with another message in it.
fn with_message(text: &str, said: &str) -> String {
    let block = format!("### Thông báo\n\n```text\n{said}\n```\n\n");
    let right = text.find("### Đúng").unwrap_or_else(|| panic!("a case without its right text\n{text}"));
    let start = text.find("### Thông báo").unwrap_or(right);
    format!("{}{block}{}", &text[..start], &text[right..])
}

#[expect(clippy::disallowed_methods, reason = "the switch that rewrites what pages expect")]
fn is_updating() -> bool {
    std::env::var("UPDATE_EXPECT").is_ok()
}
