//! What the writer writes is what the parser reads, whatever the text.

use congbo::import::{yaml_of, yaml_writer};
use congbo::parse::raw::{ListOr, RawAdministrativeProcedure, RawCode};
use congbo::parse::yaml::{YamlText, read_list};
use serde_json::{Value, json};

const HOSTILE: &[&str] = &[
    " leading space",
    "trailing space ",
    "\u{A0}no-break space\u{A0}",
    "a: b",
    "a:",
    ":a",
    "a #b",
    "#a",
    "- a",
    "-",
    "? a",
    "---",
    "...",
    "--- a",
    "'single'",
    "\"double\"",
    "\\n is no line",
    "a \\ b",
    "tab\there",
    "\ttab first",
    "two\nlines",
    "two\n\nparagraphs",
    "last line empty\n",
    "two empty\n\n\n",
    "\nfirst line empty",
    "  indented\nthen not",
    "a\n  indented\n    more\nend",
    "a\n   \nb",
    "a\n\tb",
    "   ",
    "",
    "\n",
    "true",
    "No",
    "null",
    "~",
    "1.001193",
    "2.001610",
    "0123",
    "1e5",
    "2026-03-05",
    "12:30",
    "0x1F",
    ".inf",
    "[a, b]",
    "{a: b}",
    "& anchor",
    "*alias",
    "! tag",
    "!!str a",
    "<<",
    "<<: a",
    "a << b !c",
    "% percent",
    "@ at",
    "` tick",
    "| pipe",
    "> more",
    "a\r\nb",
    "nul \0 and bell \u{7}",
    "line \u{2028} separator \u{85}",
    "\u{FEFF}mark",
    "Đặng Thị Ửng – “quoted” 🙂",
    "e\u{301} not composed",
    "- a\n- b: c\n# d\n---\n\"",
];

fn record(text: &str) -> RawAdministrativeProcedure {
    let mut record: RawAdministrativeProcedure = serde_json::from_value(json!({ "code": "1.001193", "name": text })).expect("a record");
    record.code = RawCode("2.001610".to_owned());
    record.steps = Some(ListOr::Other(text.to_owned()));
    record.applicants = vec![text.to_owned(), text.to_owned()];
    record.import_notes = vec![text.to_owned()];
    record
}

#[track_caller]
fn assert_read_back(records: &[RawAdministrativeProcedure]) {
    let values: Vec<Value> = records.iter().map(yaml_of).collect();
    let text = yaml_writer::write(&Value::Array(values.clone()));
    let mut diagnostics = Vec::new();
    let yaml = YamlText { file: "content/administrative-procedures/a.yaml".into(), text: &text, first_line: 1 };
    let read: Vec<(_, RawAdministrativeProcedure)> = read_list(&yaml, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}\n{text}");
    let read: Vec<Value> = read.iter().map(|(_, record)| yaml_of(record)).collect();
    assert_eq!(read, values, "{text}");
}

#[test]
fn hostile_texts_are_read_back() {
    for text in HOSTILE {
        assert_read_back(&[record(text)]);
    }
    assert_read_back(&HOSTILE.iter().map(|text| record(text)).collect::<Vec<_>>());
}

#[test]
fn very_long_lines_are_read_back() {
    let long = "một dòng rất dài: # ".repeat(5_000);
    assert_read_back(&[record(&long), record(long.trim_end()), record(&format!("{long}\n{long}"))]);
}

#[test]
fn a_record_looks_as_a_person_would_write_it() {
    let value = json!([{
        "code": "1.001193",
        "levels": ["province", "commune"],
        "announcement": { "number": "163/QĐ-BTP", "issued_on": "2026-01-05" },
        "channels": [{ "method": "direct", "time_limit": { "value": 5, "unit": "working_day" } }],
        "steps": "Bước 1: nộp\n\n- một\n- hai",
        "results": ["Giấy khai sinh"],
    }]);
    assert_eq!(
        yaml_writer::write(&value),
        "- code: \"1.001193\"\n  levels: [province, commune]\n  announcement:\n    number: 163/QĐ-BTP\n    issued_on: 2026-01-05\n  channels:\n    - method: direct\n      time_limit:\n        value: 5\n        unit: working_day\n  steps: |-\n    Bước 1: nộp\n\n    - một\n    - hai\n  results:\n    - Giấy khai sinh\n"
    );
}
