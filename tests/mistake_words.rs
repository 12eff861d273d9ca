//! The words of messages: Vietnamese, names of fields and of programs that offices use, and nothing of the program's inside.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use congbo::diagnostic::Lang;
use congbo::parse::labels::LabelTable;

use crate::mistake_cases::cases;
use crate::rule_page::Page;

/// Words of programmers, some of which could pass for a Vietnamese syllable.
const NEVER: &[&str] = &[
    "alias",
    "anchor",
    "and",
    "array",
    "block",
    "boolean",
    "document",
    "enum",
    "error",
    "expected",
    "false value",
    "float",
    "found",
    "front",
    "integer",
    "invalid",
    "list",
    "mapping",
    "matter",
    "missing",
    "must",
    "none",
    "not",
    "null",
    "object",
    "option",
    "panic",
    "parse",
    "parser",
    "scalar",
    "schema",
    "sequence",
    "serde",
    "some",
    "string",
    "struct",
    "tag",
    "the",
    "token",
    "tuple",
    "type",
    "u32",
    "u64",
    "i64",
    "f64",
    "unexpected",
    "unwrap",
    "variant",
    "vec",
];

/// Names that officers know: programs, formats, abbreviations of law and office, and words of menus.
const KNOWN: &[&str] = &[
    "ABC",
    "AutoCorrect",
    "BKHCN",
    "BOM",
    "BTP",
    "BTTTT",
    "CCCD",
    "CP",
    "Encoding",
    "Enter",
    "Excel",
    "File",
    "HTML",
    "ISO",
    "JPEG",
    "KHCN",
    "MB",
    "Markdown",
    "NFC",
    "NFD",
    "Notepad",
    "PDF",
    "PNG",
    "QH",
    "Save",
    "As",
    "Shift",
    "Ctrl",
    "TCVN",
    "TM",
    "TP",
    "TT",
    "TTHC",
    "TTg",
    "Tab",
    "Times",
    "UBND",
    "UTF",
    "UniKey",
    "Unicode",
    "VND",
    "VNI",
    "VPCP",
    "VnTime",
    "WebP",
    "Windows",
    "Word",
    "XN",
    "YAML",
    "byte",
    "congbo",
    "docx",
    "dpi",
    "email",
    "http",
    "https",
    "jpg",
    "lt",
    "mailto",
    "md",
    "approve",
    "USD",
    "photo",
    "web",
    "ubnd",
    "pdf",
    "png",
    "tel",
    "webp",
    "xlsx",
    "true",
    "false",
    "internal",
];

/// The messages of every page: those of mistakes as an officer reads them, and those of rules.
fn messages() -> Vec<(String, String)> {
    let mut messages: Vec<(String, String)> = cases().into_iter().map(|case| (case.name, case.expected)).collect();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")).expect("tests/rules is there") {
        let page = Page::read(&fs::read_to_string(entry.expect("a file").path()).expect("a page"));
        messages.push((page.title, page.expected));
    }
    messages
}

/// What the program says itself: without the lines of the file, places, and the words that it repeats in quotes.
fn own_words(message: &str) -> String {
    let is_excerpt = |line: &str| line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit()).trim_start().starts_with(['|', '-']);
    let lines = message.lines().filter(|line| !is_excerpt(line)).map(|line| match line.split_once(']') {
        Some((level, rest)) if level.contains('[') && !level.contains(' ') || level.starts_with("cảnh báo[") || level.starts_with("thông tin[") => rest,
        _ => line,
    });
    let mut words = String::new();
    let mut depth = 0;
    for c in lines.collect::<Vec<_>>().join("\n").chars() {
        match c {
            '“' => depth += 1,
            '”' => depth -= 1,
            c if depth <= 0 => words.push(c),
            _ => {}
        }
    }
    words
}

/// Whether a word without marks could be Vietnamese: a consonant, vowels, and one of eight endings.
fn is_syllable(word: &str) -> bool {
    let word = word.to_lowercase();
    let vowels = |c: char| "aeiouy".contains(c);
    let onset = &word[..word.find(vowels).unwrap_or(word.len())];
    let rest = &word[onset.len()..];
    let nucleus = &rest[..rest.find(|c| !vowels(c)).unwrap_or(rest.len())];
    let is_onset = ["", "b", "c", "ch", "d", "g", "gh", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "q", "r", "s", "t", "th", "tr", "v", "x"];
    let is_end = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];
    is_onset.contains(&onset) && (1..=3).contains(&nucleus.len()) && is_end.contains(&&rest[nucleus.len()..])
}

/// The words of a message that are neither Vietnamese nor known.
fn strange(message: &str, names: &BTreeSet<String>) -> Vec<String> {
    let own = own_words(message);
    let is_code_point = |word: &str| word.len() == 4 && word.chars().all(|c| c.is_ascii_hexdigit());
    let is_code = |token: &str| {
        token.contains(|c: char| c.is_ascii_digit() || "+_/.@\\<>#{}[]=*`".contains(c)) || token.ends_with(':') || token.contains('-') && token.is_ascii()
    };
    let tokens = own.split_whitespace().map(|token| token.trim_matches(|c: char| "()“”\"'.,;:!?…{}[]".contains(c) && c != ':'));
    let tokens = tokens.filter(|token| !is_code(token));
    let words =
        tokens.flat_map(|token| token.split(|c: char| !c.is_alphabetic())).filter(move |word| word.len() > 1 && word.is_ascii() && !is_code_point(word));
    words
        .filter(|word| NEVER.contains(&word.to_lowercase().as_str()) || !(is_syllable(word) || KNOWN.contains(word) || names.contains(*word)))
        .map(str::to_owned)
        .collect()
}

/// Fields and values as officers type them, their parts too.
fn names() -> BTreeSet<String> {
    let table = LabelTable::get(Lang::Vi);
    let fields = table.fields.keys().map(String::as_str);
    let values = table.values.values().flat_map(|values| values.keys()).map(String::as_str);
    let rules = congbo::pipeline::rules().into_iter().map(|rule| rule.id);
    fields.chain(values).chain(rules).flat_map(|name| name.split(['.', '_', '-'])).map(str::to_owned).collect()
}

#[test]
fn messages_are_vietnamese() {
    let names = names();
    let found: Vec<String> = messages()
        .iter()
        .filter_map(|(name, message)| {
            let strange = strange(message, &names);
            (!strange.is_empty()).then(|| format!("{name}: {}", strange.join(", ")))
        })
        .collect();
    assert!(found.is_empty(), "words that an officer does not know\n{}", found.join("\n"));
}

#[test]
fn a_word_of_a_programmer_would_be_found() {
    let names = names();
    for message in [
        "lỗi[wrong-type]: invalid type: mapping, expected a string\n --> content/site.yaml:1:1\n",
        "lỗi[invalid-yaml]: sai ở token này\n",
        "lỗi[invalid-yaml]: giá trị là null\n",
        "lỗi[invalid-yaml]: cần u32\n  = cách sửa: xem struct RawAgency\n",
        "lỗi[invalid-yaml]: the value\n",
    ] {
        assert!(!strange(message, &names).is_empty(), "{message}");
    }
    assert!(strange("lỗi[unknown-key]: không có mục nào tên là “strange” ở đây\n --> content/site.yaml:1:1\n  |\n1 | strange: 1\n  = cách sửa: ghi  level: commune (Xã, phường, đặc khu)\n", &names).is_empty());
}
