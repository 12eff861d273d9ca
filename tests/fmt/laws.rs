//! Laws that hold for every file: what is read afterwards is what was read before, every comment is there, and once in
//! order it stays so. Shown on the sample, on every example of the rules, and on thousands of damaged files.

use std::sync::Arc;

use congbo::parse::raw::RawProject;
use congbo::parse::{FileKind, Formatted, format, parse};
use congbo::source::{SourceTree, decode, saved_again};
use unicode_normalization::UnicodeNormalization;

use crate::mutation::mutant::{Chance, mutant};
use crate::project::{Project, tree};
use crate::rules::{base, pages};

/// Files of the sample that are formatted, by their paths.
fn sample() -> Vec<(Arc<str>, String)> {
    let files = tree(&Project::sample().path("")).into_iter().filter(|(path, _)| FileKind::of(path).is_some() && !path.contains("/files/"));
    files.map(|(path, bytes)| (path.into(), String::from_utf8(bytes).expect("UTF-8"))).collect()
}

/// Everything that is read of a file, and what is told of it. Only where the text below the front matter begins may change.
fn read(path: &Arc<str>, text: &str) -> String {
    let mut tree = SourceTree::default();
    tree.insert_text(path, text);
    let mut diagnostics = Vec::new();
    let project: RawProject = parse(&tree, &mut diagnostics);
    let mut told: Vec<String> = diagnostics.iter().map(|one| format!("{} {}", one.rule.id, one.message.vi)).collect();
    told.sort();
    let shown = format!("{project:#?}");
    let lines: Vec<&str> = shown.lines().filter(|line| !line.trim_start().starts_with("body_line: ")).collect();
    format!("{}\n{told:#?}", lines.join("\n")).replace("\\n\",", "\",")
}

/// Formats and holds the result to the laws. `None` where the file is left alone.
#[track_caller]
fn lawful(path: &Arc<str>, text: &str) -> Option<String> {
    let made = match format(path, text) {
        Formatted::Text(made) => made,
        Formatted::LeftAlone(reasons) => {
            assert!(!reasons.is_empty(), "{path} is left alone without a word");
            return None;
        }
    };
    assert_eq!(read(path, &made), read(path, text), "{path} says something else\n{text}\n-----\n{made}");
    assert_eq!(format(path, &made), Formatted::Text(made.clone()), "{path} changes a second time\n{made}");
    Some(made)
}

#[test]
fn the_sample_is_the_same_afterwards() {
    for (path, text) in sample() {
        assert_eq!(lawful(&path, &text).as_deref(), Some(text.as_str()), "{path}");
    }
}

#[test]
fn every_example_of_the_rules_says_the_same_afterwards() {
    let mut count = 0;
    for page in pages().into_iter().map(|(_, page)| page).chain([base()]) {
        for fence in page.wrong.iter().chain(&page.right).filter(|fence| fence.path.ends_with(".yaml") || fence.path.ends_with(".md")) {
            if let Ok((text, _)) = decode(fence.body.as_bytes()) {
                count += usize::from(lawful(&fence.path.as_str().into(), &text).is_some());
            }
        }
    }
    assert!(count > 100, "{count} examples");
}

#[test]
fn damaged_files_say_the_same_afterwards_or_are_left_alone() {
    let files = sample();
    let (mut kept, mut left_alone) = (0, 0);
    for round in 0..6 {
        for (number, (path, text)) in files.iter().enumerate() {
            let other = &files[(number * 7 + 3) % files.len()].1;
            let mutant = mutant(text.as_bytes(), other.as_bytes(), 77_000 * round + number as u64);
            let Ok((text, _)) = decode(&mutant.bytes) else { continue };
            // A second mark of the byte order is no part of a text that was read.
            if text.len() > 200_000 || text.starts_with('\u{feff}') {
                continue;
            }
            match lawful(path, &text) {
                Some(_) => kept += 1,
                None => left_alone += 1,
            }
        }
    }
    assert!(kept > 200 && left_alone > 100, "{kept} kept, {left_alone} left alone");
}

/// Lines of a file that a comment may stand above or behind: fields and items that stand on one line.
fn lines_for_comments(text: &str) -> Vec<usize> {
    let mut lines = Vec::new();
    let mut block: Option<usize> = None;
    let mut is_front = !text.starts_with("---\n");
    for (number, line) in text.lines().enumerate() {
        if line == "---" {
            is_front = number == 0;
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        if line.trim().is_empty() || !is_front || block.is_some_and(|depth| indent > depth) {
            continue;
        }
        block = None;
        if line.ends_with(['|', '>', '-', '+']) {
            block = Some(indent);
        } else if line.trim_start().starts_with("- ") || line.trim_start().split(": ").next().is_some_and(|key| !key.contains(' ')) {
            lines.push(number);
        }
    }
    lines
}

/// A text laid out as somebody in a hurry would: comments everywhere, other indents, other quotes, Windows lines.
struct Untidy<'t> {
    chance: Chance,
    text: &'t str,
    comments: usize,
}

impl Untidy<'_> {
    fn commented(&mut self) -> String {
        let places = lines_for_comments(self.text);
        let mut out = String::new();
        for (number, line) in self.text.lines().enumerate() {
            let indent = " ".repeat(line.len() - line.trim_start().len());
            let may = places.contains(&number);
            if may && self.chance.below(3) == 0 {
                self.comments += 1;
                out.push_str(&format!("{indent}# ghi chú trên {}#\n", self.comments));
            }
            out.push_str(line);
            if may && self.chance.below(3) == 0 {
                self.comments += 1;
                out.push_str(&format!("   # ghi chú cạnh {}#", self.comments));
            }
            out.push('\n');
        }
        out
    }
}

#[test]
fn every_comment_is_there_afterwards() {
    let mut count = 0;
    for (number, (path, text)) in sample().iter().enumerate() {
        let mut untidy = Untidy { chance: Chance::new(number as u64), text, comments: 0 };
        let commented = untidy.commented();
        let made = lawful(path, &commented).unwrap_or_else(|| panic!("{path} is left alone\n{commented}"));
        for comment in 1..=untidy.comments {
            let is_one = made.matches(&format!(" {comment}#\n")).count() == 1;
            assert!(is_one, "comment {comment} of {path}\n{made}");
        }
        let without: String = made
            .lines()
            .filter(|line| !line.trim_start().starts_with("# ghi chú"))
            .map(|line| format!("{}\n", line.split(" # ghi chú").next().unwrap_or("")))
            .collect();
        assert_eq!(without, *text, "{path} but for the comments");
        count += untidy.comments;
    }
    assert!(count > 1_000, "{count} comments");
}

#[test]
fn other_indents_quotes_lines_and_marks_all_end_in_the_same_text() {
    for (path, text) in sample() {
        let (front, body) = match text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) {
            Some((front, body)) => (format!("{front}\n"), Some(body)),
            None => (text.clone(), None),
        };
        let whole = |front: String| match body {
            Some(body) => format!("---\n{front}---\n{body}"),
            None => front,
        };
        let wider: String = front.lines().map(wider).collect();
        let quoted: String = front.lines().map(|line| format!("{}\n", single_quoted(line))).collect();
        let closer: String = front.lines().map(|line| format!("{}   \n", line.replace("{ ", "{").replace(" }", "}"))).collect();
        for (name, untidy) in [("wider", wider), ("quoted", quoted), ("closer", closer)] {
            if name == "closer" && front.contains(": |") {
                continue;
            }
            assert_eq!(lawful(&path, &whole(untidy)).as_deref(), Some(text.as_str()), "{path}: {name}");
        }
        let windows = format!("\u{feff}{}", text.nfd().collect::<String>().replace('\n', "\r\n"));
        assert_eq!(lawful(&path, &saved_again(&windows)).as_deref(), Some(text.as_str()), "{path}: as Windows and macOS save it");
    }
}

/// `name: Xã` as `name: 'Xã'`, where the value is a plain text.
fn single_quoted(line: &str) -> String {
    match line.split_once(": ") {
        Some((key, value)) if is_key(key) && value.starts_with(char::is_alphabetic) && !["true", "false", "null"].contains(&value) => {
            format!("{key}: '{}'", value.replace('\'', "''"))
        }
        _ => line.to_owned(),
    }
}

/// The line with twice the indent; what stands behind a dash too.
fn wider(line: &str) -> String {
    let inner = line.trim_start();
    let indent = " ".repeat(2 * (line.len() - inner.len()));
    match inner.strip_prefix("- ") {
        Some(item) => format!("{indent}-   {item}\n"),
        None => format!("{indent}{inner}\n"),
    }
}

fn is_key(text: &str) -> bool {
    text.trim_start_matches([' ', '-']).chars().all(|c| c.is_ascii_lowercase() || c == '_')
}
