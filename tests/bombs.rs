//! Small files that make other programs take all memory or all day: each is judged, and a site made of the Markdown ones,
//! within the time and the memory of the design. A debug build gets smaller ones; `CONGBO_PROGRAM=target/release/congbo`
//! runs the real size on the real program.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::project::{Project, TODAY};

const LAW: &str = "content/law/law.yaml";
const SITE: &str = "content/site.yaml";
const PAGE: &str = "content/pages/a.md";
const AGENCY: &str = "content/agencies/xa-thu/agency.yaml";
const POLICY: &str = "content/agencies/xa-thu/quality-policy.md";
const DOCUMENTS: &str = "content/agencies/xa-thu/documents.yaml";
const CATALOGUE: &str = "content/administrative-procedures/list.yaml";

/// Of processor time, all threads together.
const SECONDS: u64 = 5;
const MEGABYTES: usize = 500;

/// Of address space, where a bomb that would take all memory ends: an allocator sets aside more than is used.
const ADDRESS_SPACE_MEGABYTES: usize = 8 * MEGABYTES;

/// A file that is one beginning and then the same again and again.
const REPEATED: &[(&str, &str, &[&str])] = &[
    (
        LAW,
        "",
        &[
            "[",
            "{",
            "]",
            "}",
            "- ",
            "-\n",
            "- - - - ",
            "\"",
            "'",
            "> ",
            "|\n",
            "? ",
            ": ",
            "&a ",
            "*a ",
            "! ",
            "%",
            "#",
            ",",
            "{a: ",
            "[a, ",
            "\t",
            " ",
            "\n",
            "<<: ",
            "---\n",
            "...\n",
            "<<<<<<<\n",
            "a: 1\n",
            "- a\n",
            "- {}\n",
            "? a\n: b\n",
            "[a]: b\n",
            "- {number: 1/2020/NĐ-CP, title: a}\n",
            "- &a x\n",
            "#\u{7}\n",
            "#\u{200b}\n",
            "#aа\n",
            "#Ð\n",
            "#a\u{301}\n",
            "# nh©n d©n\n",
            "a\u{301}\u{323}",
            "\u{e000}",
        ],
    ),
    (LAW, "[", &["a,", "[],"]),
    (LAW, "- number: |\n", &["  a\n"]),
    (LAW, "- number: >\n", &["  a\n"]),
    (LAW, "- number: a\n", &["   a\n"]),
    (LAW, "- number: \"", &["   a\n", "\\q", "\\u0061"]),
    (LAW, "- number: ", &["a", "9", "ă", "a: ", "a#"]),
    (AGENCY, "id: xa-thu\nname: A\nlevel: commune\ndocument_code_pattern: ", &["*a", "(a|", "#"]),
    (AGENCY, "id: xa-thu\nname: A\nlevel: ", &["a"]),
    (AGENCY, "id: xa-thu\nlevel: commune\nname: ", &["ă", "được chứng nhận iso "]),
    (DOCUMENTS, "internal:\n", &["- {code: a, title: A}\n"]),
    (CATALOGUE, "", &["- {code: \"1.000001\", name: A}\n"]),
    (CATALOGUE, "- code: \"1.000001\"\n  name: A\n  channels:\n  - method: direct\n    fees:\n", &["    - {amount: 1}\n"]),
    (PAGE, "---\n", &["a: b\n"]),
    (
        POLICY,
        "---\napproved_on: 2026-01-05\nsigner: { position: Chủ tịch, name: Người ký mẫu }\n---\n",
        &["được chứng nhận ", "được chứng nhận\n", "MẬT\n", "TUYỆT MẬT "],
    ),
];

/// The same of a page.
const MARKDOWN: &[&str] = &[
    "*a **a",
    "**a ",
    "*a _b ",
    "_",
    "__a",
    "[",
    "![",
    "![[",
    "`",
    "``a",
    "[a](b) ",
    "[a](b ",
    "[a](javascript:b) ",
    "[tại đây](https://a.b) ",
    "![](https://a.b/c) ",
    "[a][b] ",
    "[a]: b\n",
    "<",
    "<a ",
    "<b>",
    "<!-- ",
    "<?",
    "<![CDATA[",
    "<http://a> ",
    "&",
    "&amp;",
    "> ",
    ">\n",
    "> - ",
    "- ",
    "- a\n",
    "- a\n\n",
    "1. a\n",
    "# a\n",
    "# a\n###### b\n",
    "a\n===\n",
    "---\n",
    "[^a]",
    "[^",
    "[^a]: b\n",
    "~~a ",
    "```\n",
    "\\",
    "a\\\n",
    "|",
    "|a|b|\n|-|-|\n",
    "| a | b |\n",
    "\t",
    "a\n\n",
    "a  \n",
    "a@gmail.com ",
    "0912345678 ",
    "001234567890 ",
    "được chứng nhận iso ",
    "được chứng nhận iso\n",
    "tài khoản ",
    "tài khoản 123456789 ",
    "[MẪU] ",
    "TUYỆT MẬT ",
    "MẬT\n",
];

#[test]
fn yaml_bombs_are_told_in_time() {
    let size = size();
    let mut failures = Failures::default();
    let mut check = |path: &str, text: &str| failures.run("check", path, text);
    for (path, beginning, pieces) in REPEATED {
        pieces.iter().for_each(|piece| check(path, &repeated(beginning, piece, size)));
    }
    let numbered = |beginning: &str, line: &dyn Fn(usize) -> String| {
        let mut text = beginning.to_owned();
        for line in (0..).map(line) {
            if text.len() + line.len() > size {
                break;
            }
            text.push_str(&line);
        }
        text
    };
    check(LAW, &numbered("", &|n| format!("k{n}: 1\n")));
    check(LAW, &numbered("", &|n| format!("- &a{n} x\n")));
    check(LAW, &numbered("", &|n| format!("- {{number: {n}/2020/NĐ-CP, title: a}}\n")));
    check(LAW, &numbered("", &|n| format!("- {{number: {n}/2020/NĐ-CP, titel: a}}\n")));
    check(LAW, &numbered("", &|n| format!("{}a:\n", " ".repeat(n))));
    check(SITE, &numbered("title: A\n", &|n| format!("k{n}: 1\n")));
    check(SITE, &numbered("title: A\n", &|n| format!("k{n}:\n")));
    check(SITE, &numbered("title: A\n", &|n| format!("k{n}: #a\n")));
    check(SITE, &numbered("title: A\nrules:\n", &|n| format!("  k{n}: off\n")));
    check(CATALOGUE, &numbered("", &|n| format!("- {{code: \"1.{n:06}\", name: A}}\n")));
    check(AGENCY, &numbered("id: xa-thu\nname: A\nlevel: commune\nadministrative_procedures:\n", &|n| format!("- \"1.{n:06}\"\n")));
    check(AGENCY, &numbered("id: xa-thu\nname: A\nlevel: commune\nunits:\n", &|n| format!("- {{id: a{n}, name: b}}\n")));
    check(DOCUMENTS, &numbered("internal:\n", &|n| format!("- {{code: a{n}, title: A}}\n")));
    check(LAW, &format!("{}: 1\n", "a".repeat(size - 10)));
    check(LAW, &billion_laughs());
    check(CATALOGUE, &repeated("- code: \"1.000001\"\n  name: A\n  channels: [{method: direct, fees: [{amount: 0, text: ", "1", size - 5));
    failures.assert_none();
}

#[test]
fn markdown_bombs_become_pages_in_time() {
    let size = size();
    let mut failures = Failures::default();
    let mut build = |text: &str| {
        let page = format!("---\ntitle: A\n---\n{text}");
        failures.run("check", PAGE, &page);
        failures.run("build", PAGE, &page);
    };
    for piece in MARKDOWN {
        build(&repeated("", piece, size));
    }
    let wide = |columns: usize| format!("{}|\n{}|\n", "|a".repeat(columns), "|-".repeat(columns));
    build(&repeated(&wide(1_000), "a\n", size));
    build(&repeated(&wide(size / 8), "a\n", size));
    build(&(1..).map(|length| "`".repeat(length) + " ").take_while(|ticks| ticks.len() * ticks.len() / 2 < size).collect::<String>());
    build(
        &(0..size / 40)
            .map(|number| format!("[^{number}] "))
            .chain(["\n\n".to_owned()])
            .chain((0..size / 40).map(|number| format!("[^{number}]: a\n\n")))
            .collect::<String>(),
    );
    build(&repeated(&format!("[a]: /{}\n\n", "b".repeat(10_000)), "[a] ", size));
    build(&(0..).map(|depth| format!("{}- a\n", "  ".repeat(depth))).take_while(|line| line.len() * line.len() / 4 < size).collect::<String>());
    failures.assert_none();
}

fn billion_laughs() -> String {
    let mut bomb = String::from("a: &a [x, x, x, x, x, x, x, x, x]\n");
    for (name, previous) in ('b'..='i').zip('a'..='h') {
        bomb.push_str(&format!("{name}: &{name} [{}]\n", vec![format!("*{previous}"); 9].join(", ")));
    }
    bomb
}

fn repeated(beginning: &str, piece: &str, size: usize) -> String {
    let mut text = beginning.to_owned();
    text.push_str(&piece.repeat(size.saturating_sub(beginning.len()) / piece.len()));
    text
}

/// Every bomb that went off.
#[derive(Default)]
struct Failures(Vec<String>);

impl Failures {
    /// Runs the program in a shell that limits its processor time, which is the same on a busy machine, and looks at the
    /// most memory it ever had. One that waits for something that never comes is killed.
    #[expect(clippy::disallowed_methods, reason = "a test that measures time")]
    fn run(&mut self, command: &str, path: &str, text: &str) {
        let project = Project::minimal().file(path, text);
        let limited = format!("ulimit -v {} && ulimit -t {SECONDS} && exec \"$0\" {command} --as-of {TODAY}", ADDRESS_SPACE_MEGABYTES * 1024);
        let started = Instant::now();
        let mut shell = Command::new("sh");
        shell.args(["-c", &limited, &program()]).current_dir(project.path("")).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = shell.spawn().expect("the program runs");
        let mut peak = 0;
        let status = loop {
            peak = peak.max(peak_megabytes(child.id()));
            if let Some(status) = child.try_wait().expect("a child") {
                break Some(status);
            }
            if started.elapsed() > Duration::from_secs(20 * SECONDS) {
                child.kill().and_then(|()| child.wait()).expect("a child to kill");
                break None;
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        if !status.is_some_and(|status| matches!(status.code(), Some(0 | 1))) {
            let ending = status.map_or_else(|| "never ends".to_owned(), |status| format!("ends with {status}"));
            self.0.push(format!("{command} of {path} {ending}: {}", start_of(text)));
        }
        if peak > MEGABYTES {
            self.0.push(format!("{command} of {path} takes {peak} MB: {}", start_of(text)));
        }
    }

    fn assert_none(&self) {
        assert!(self.0.is_empty(), "\n{}", self.0.join("\n"));
    }
}

/// The most memory that a running process has had, as the system tells it; 0 where it does not or the process is gone.
fn peak_megabytes(process: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<usize>().ok());
    kilobytes.unwrap_or(0) / 1024
}

fn start_of(text: &str) -> String {
    text.chars().take(120).collect::<String>().escape_debug().collect()
}

/// The program under test: that of this build, or the one that somebody names.
#[expect(clippy::disallowed_methods, reason = "the program to test")]
fn program() -> String {
    let named = std::env::var("CONGBO_PROGRAM").ok();
    named.map_or_else(|| env!("CARGO_BIN_EXE_congbo").to_owned(), |path| format!("{}/{path}", env!("CARGO_MANIFEST_DIR")))
}

/// Size of a bomb in bytes: as large as a source file may be, or a part of it for a program that is not optimised.
#[expect(clippy::disallowed_methods, reason = "the program to test")]
fn size() -> usize {
    let is_whole = std::env::var("CONGBO_PROGRAM").is_ok() || !cfg!(debug_assertions);
    if is_whole { 1024 * 1024 - 100 } else { 32 * 1024 }
}
