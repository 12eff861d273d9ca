//! A project in a temporary folder and the program run on it:
//! `Project::new().file(path, text).run("check").stderr(…).exit(1)`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The day on which tests judge, unless they say otherwise.
pub const TODAY: &str = "2026-11-21";

/// A project folder that is removed at the end of the test.
pub struct Project {
    folder: TempDir,
}

impl Project {
    /// An empty project.
    pub fn new() -> Self {
        Self { folder: TempDir::new().expect("a temporary folder") }
    }

    /// An empty project inside a folder, such as a disk that was made for the test.
    pub fn inside(folder: &Path) -> Self {
        Self { folder: TempDir::new_in(folder).expect("a temporary folder") }
    }

    /// A project with the least that has nothing wrong: one agency, one procedure, all records.
    pub fn minimal() -> Self {
        Self::new().with_minimal_content()
    }

    /// The same, in a folder that is there already.
    pub fn with_minimal_content(self) -> Self {
        MINIMAL.iter().fold(self, |project, (path, text)| project.file(path, text))
    }

    /// A copy of the sample province that comes with the program.
    pub fn sample() -> Self {
        let project = Self::new();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &project.path("content"));
        project
    }

    /// The same sources in another folder, without anything that a build made.
    pub fn copied(&self) -> Self {
        let project = Self::new();
        for folder in ["content", "themes"].into_iter().filter(|folder| self.path(folder).is_dir()) {
            copy(&self.path(folder), &project.path(folder));
        }
        project
    }

    /// Adds or replaces a file.
    pub fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file in the project")).expect("a folder of the project");
        fs::write(path, text).expect("a file of the project");
        self
    }

    /// Removes a file.
    pub fn without(self, path: &str) -> Self {
        fs::remove_file(self.path(path)).expect("a file to remove");
        self
    }

    /// Replaces text in a file, which must hold it.
    pub fn edit(self, path: &str, from: &str, to: &str) -> Self {
        let text = fs::read_to_string(self.path(path)).expect("a file to edit");
        assert!(text.contains(from), "{path} does not hold {from:?}");
        let edited = text.replace(from, to);
        self.file(path, edited)
    }

    /// A path inside the project.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The text of a file that must be there.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Runs `congbo` in the project, on the day of the tests, with arguments separated by spaces.
    #[must_use]
    pub fn run(&self, arguments: &str) -> Run {
        self.run_with(arguments, &[])
    }

    /// The same with variables of the environment.
    #[must_use]
    pub fn run_with(&self, arguments: &str, environment: &[(&str, &str)]) -> Run {
        Run::of(self.command(&[], arguments).envs(environment.iter().copied()))
    }

    /// Runs `congbo` through another program that takes a command at its end: `prlimit`, `strace`.
    #[must_use]
    pub fn run_through(&self, wrapper: &[&str], arguments: &str) -> Run {
        Run::of(&mut self.command(wrapper, arguments))
    }

    /// The command that `run` runs, not started yet.
    pub fn command(&self, wrapper: &[&str], arguments: &str) -> Command {
        let mut words = wrapper.iter().copied().chain([env!("CARGO_BIN_EXE_congbo")]).chain(arguments.split_whitespace());
        let mut command = Command::new(words.next().expect("a program"));
        // 2026-11-21, 05:00 in Viet Nam.
        command.current_dir(self.folder.path()).args(words).env_clear().env("SOURCE_DATE_EPOCH", "1795212000");
        command
    }
}

/// What a run printed and how it ended.
pub struct Run {
    output: Output,
}

impl Run {
    /// Runs a command to its end.
    pub fn of(command: &mut Command) -> Self {
        Self { output: command.output().unwrap_or_else(|error| panic!("{command:?}: {error}")) }
    }

    /// The exit code must be this one.
    pub fn exit(self, code: i32) -> Self {
        assert_eq!(self.output.status.code(), Some(code), "\n{}\n{}", self.out(), self.err());
        self
    }

    /// The exit code; `None` where a signal ended the program.
    pub fn code(&self) -> Option<i32> {
        self.output.status.code()
    }

    /// What was printed for programs.
    pub fn out(&self) -> String {
        String::from_utf8(self.output.stdout.clone()).expect("output is UTF-8")
    }

    /// What was printed for people.
    pub fn err(&self) -> String {
        String::from_utf8(self.output.stderr.clone()).expect("output is UTF-8")
    }

    /// Both must hold this text somewhere.
    pub fn says(self, text: &str) -> Self {
        assert!(self.out().contains(text) || self.err().contains(text), "{text:?} is not in\n{}\n{}", self.out(), self.err());
        self
    }

    /// Neither may hold this text.
    pub fn does_not_say(self, text: &str) -> Self {
        assert!(!self.out().contains(text) && !self.err().contains(text), "{text:?} is in\n{}\n{}", self.out(), self.err());
        self
    }
}

/// Every file below a folder with its bytes, sorted.
pub fn tree(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.expect("a folder that can be read");
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).expect("below the folder").to_string_lossy().into_owned();
            files.push((path, fs::read(entry.path()).expect("a file that can be read")));
        }
    }
    files
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in tree(from) {
        let path = to.join(path);
        fs::create_dir_all(path.parent().expect("a file in a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
}

/// The least that has nothing wrong on the day of the tests.
const MINIMAL: &[(&str, &str)] = &[
    ("content/site.yaml", "title: Trang thử\nbase_url: https://iso.thu.example/\n"),
    ("content/law/law.yaml", "- number: 63/2010/NĐ-CP\n  title: Về kiểm soát thủ tục hành chính\n  effective_on: 2010-10-14\n"),
    (
        "content/administrative-procedures/list.yaml",
        r#"- code: "1.000001"
  name: Cấp bản sao trích lục hộ tịch
  field: Hộ tịch
  levels: [commune]
  applicants: [Cá nhân]
  channels:
    - method: direct
      time_limit: { value: 1, unit: working_day }
      fees: [{ free: true }]
  dossiers:
    - components: [{ name: Tờ khai, originals: 1, copies: 0 }]
  sets: 1
  steps: Nộp hồ sơ, nhận kết quả.
  competent_agency: Ủy ban nhân dân cấp xã
  results: [Bản sao trích lục]
  conditions: Không quy định.
  legal_bases: [63/2010/NĐ-CP]
  forms: [Tờ khai]
"#,
    ),
    (
        "content/agencies/xa-thu/agency.yaml",
        r#"id: xa-thu
name: Ủy ban nhân dân xã Thử
level: commune
head: { position: Chủ tịch }
address: Thôn 1, xã Thử
phone: 0200 000 0000
reception_hours: Thứ Hai đến thứ Sáu
administrative_procedures: ["1.000001"]
"#,
    ),
    (
        "content/agencies/xa-thu/declarations/2026-03-02.yaml",
        r#"number: 12/QĐ-UBND
issued_on: 2026-03-02
place: Xã Thử
standard: tcvn-iso-9001-2015
scope: Toàn bộ thủ tục hành chính thuộc thẩm quyền.
annex: ["1.000001"]
legal_bases: [63/2010/NĐ-CP]
signer: { authority: TM, position: Chủ tịch, name: Người ký mẫu }
validity_confirmation: { confirmed_on: 2026-02-25 }
lead_unit_notice: { number: 13/TB-UBND, sent_on: 2026-03-04 }
premises_posting: { posted_on: 2026-03-04, place: Trụ sở }
"#,
    ),
    (
        "content/agencies/xa-thu/quality-policy.md",
        "---\napproved_on: 2026-01-05\nsigner: { position: Chủ tịch, name: Người ký mẫu }\n---\nĐúng luật, đúng hạn.\n",
    ),
    (
        "content/agencies/xa-thu/objectives/2026.yaml",
        r#"objectives:
  - id: dung-han
    statement: Giải quyết đúng hạn
    metric: Tỷ lệ đúng hạn
    target: { op: ">=", value: 95, unit: "%" }
    plan: [{ action: Nhắc hồ sơ, responsible: Văn phòng, resources: Phần mềm, due: 2026-12-31 }]
"#,
    ),
    ("content/agencies/xa-thu/documents.yaml", "internal: []\nexternal: [63/2010/NĐ-CP]\n"),
    (
        "content/agencies/xa-thu/work-processes/ho-tich.md",
        r#"---
code: QT-01
title: Quy trình hộ tịch
edition: 1
revision: 0
issued_on: 2026-01-05
approved_by: Chủ tịch
covers: ["1.000001"]
legal_bases: [63/2010/NĐ-CP]
steps:
  - { action: Tiếp nhận, responsible: Công chức, duration: { value: 1, unit: hour }, method: Kiểm tra giấy tờ, output: Giấy hẹn }
---
Ghi chú của quy trình.
"#,
    ),
    (
        "content/agencies/xa-thu/reviews.yaml",
        "internal_audits: [{ held_on: 2026-02-10, scope: Toàn bộ }]\nmanagement_reviews: [{ held_on: 2026-02-20, conclusion: Phù hợp }]\n",
    ),
    ("content/agencies/xa-thu/results/2025.yaml", "results: [{ period: \"2025\", received: 10, early: 2, on_time: 8, late: 0, pending: 0 }]\n"),
];
