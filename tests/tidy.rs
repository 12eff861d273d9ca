//! The architecture as tests: who may use whom, and how files look.

use std::path::Path;

use crate::project::tree;

struct Source {
    path: String,
    text: String,
}

fn sources(folder: &str) -> Vec<Source> {
    let files = tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    let rust = files.into_iter().filter(|(path, _)| path.ends_with(".rs"));
    rust.map(|(path, bytes)| Source { path: format!("{folder}/{path}"), text: String::from_utf8(bytes).expect("UTF-8") }).collect()
}

/// The stage or support module that a source file belongs to.
fn module(path: &str) -> &str {
    path.trim_start_matches("src/").split(['/', '.']).next().unwrap_or("")
}

/// Who may use whom. `pipeline`, `commands` and the roots may use everything.
const MAY_USE: &[(&str, &[&str])] = &[
    ("origin", &[]),
    ("domain", &["origin"]),
    ("diagnostic", &["origin"]),
    ("markdown", &["domain", "origin"]),
    ("source", &[]),
    ("output", &["source"]),
    ("parse", &["source", "diagnostic", "origin", "domain"]),
    ("config", &["source", "diagnostic", "origin", "domain", "markdown", "parse"]),
    ("theme", &["source", "diagnostic", "parse", "domain", "markdown"]),
    ("resolve", &["parse", "domain", "diagnostic", "origin", "markdown", "source"]),
    ("check", &["domain", "diagnostic", "origin"]),
    ("render", &["domain", "config", "theme", "output", "markdown", "origin", "source"]),
    ("import", &["parse", "diagnostic", "origin", "domain", "source", "markdown"]),
    ("starter", &["parse", "domain", "diagnostic", "import"]),
    ("exchange", &["parse", "diagnostic", "origin", "domain", "source", "import"]),
    ("editor", &["parse", "diagnostic"]),
    ("forms", &["parse"]),
    ("fetch", &[]),
    ("signature", &[]),
    ("verify", &["fetch", "output", "signature"]),
    ("upload", &["output"]),
    ("report", &["diagnostic", "origin", "parse", "source"]),
    ("cli", &["domain", "report"]),
    ("serve", &["pipeline", "render", "output", "config", "diagnostic", "report", "source", "theme", "origin", "markdown"]),
];

#[test]
fn modules_use_only_what_they_may() {
    for source in sources("src") {
        let own = module(&source.path);
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == own) else { continue };
        for (number, line) in source.text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for used in line.split("crate::").skip(1).map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("")) {
                let is_known = used.is_empty() || used == own || allowed.contains(&used);
                assert!(is_known, "{}:{}: {own} may not use {used}", source.path, number + 1);
            }
        }
    }
}

#[test]
fn parse_uses_of_the_domain_only_its_vocabulary_and_text() {
    for source in sources("src/parse") {
        for used in source.text.split("crate::domain::").skip(1) {
            let name: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            assert!(["vocabulary", "fold", "decimal"].contains(&name.as_str()), "{}: domain::{name}", source.path);
        }
    }
}

#[test]
fn each_outside_crate_has_its_place() {
    let places: &[(&str, &[&str])] = &[
        ("serde_yaml::", &["parse"]),
        ("pulldown_cmark", &["markdown"]),
        ("tera::", &["theme", "render"]),
        ("rust_xlsxwriter", &["render", "exchange"]),
        ("walkdir::", &["source", "output"]),
        ("rustix::", &["output", "commands"]),
        ("flate2::", &["output"]),
        ("brotli::", &["output"]),
        ("memchr::", &["parse", "check"]),
        ("simdutf8::", &["source", "theme"]),
        ("postcard::", &["output", "pipeline"]),
        ("clap::", &["cli", "commands", "report"]),
        ("annotate_snippets", &["report"]),
        ("std::fs", &["source", "output"]),
        ("std::env", &["commands"]),
        ("jiff::Timestamp", &["commands"]),
        ("Timestamp::now", &["commands"]),
        ("println!", &["commands"]),
        ("print!(", &["commands"]),
        ("std::process", &["commands", "main"]),
        ("std::net", &["serve", "upload"]),
        ("axum", &["serve"]),
        ("tokio", &["serve", "upload"]),
        ("notify", &["serve"]),
        ("schemars::", &["parse", "domain", "render"]),
        ("ureq", &["fetch"]),
        ("minisign", &["signature"]),
        ("russh", &["upload"]),
        ("suppaftp", &["upload"]),
        ("rustls::", &["upload"]),
        ("webpki_roots", &["upload"]),
        ("futures_util", &["serve", "upload"]),
        ("csv::", &["render", "exchange"]),
        ("calamine", &["exchange", "render"]),
        ("quick_xml", &["exchange"]),
        ("encoding_rs", &["exchange"]),
        ("rust_xlsxwriter", &["render", "exchange"]),
        ("fast_qr::", &["render"]),
        ("zip::", &["output", "render", "exchange"]),
        ("typst", &["render"]),
        ("jsonc_parser", &["editor"]),
    ];
    for source in sources("src") {
        for (name, allowed) in places {
            let is_used = source.text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(name) && !line.contains("anstream::Auto"));
            assert!(!is_used || allowed.contains(&module(&source.path)), "{} uses {name}", source.path);
        }
    }
}

#[test]
fn the_server_reads_no_file_by_itself_and_only_its_watch_knows_the_file_system() {
    for source in sources("src/serve").into_iter().filter(|source| source.path != "src/serve/watch.rs") {
        for name in ["std::fs", "notify"] {
            assert!(!source.text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(name)), "{} uses {name}", source.path);
        }
    }
}

#[test]
fn each_way_to_a_server_stays_in_its_file() {
    let places = [
        ("russh", "src/upload/target/sftp"),
        ("tokio", "src/upload/target/sftp"),
        ("async ", "src/upload/target/sftp"),
        ("suppaftp", "src/upload/target/ftps"),
    ];
    for source in sources("src").into_iter().filter(|source| module(&source.path) == "upload") {
        for (name, place) in places.iter().filter(|(_, place)| !source.path.starts_with(place)) {
            let is_used = source.text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(name));
            assert!(!is_used, "{} uses {name}, which is known in {place} only", source.path);
        }
    }
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    for source in sources("src").into_iter().chain(sources("tests")) {
        assert!(source.text.starts_with("//!"), "{} does not begin with //!", source.path);
        let lines = source.text.lines().count();
        assert!(lines <= 500, "{} has {lines} lines", source.path);
    }
}

#[test]
fn nothing_is_left_unfinished() {
    let marks =
        [concat!("todo", "!("), concat!("unimplemented", "!("), concat!("dbg", "!("), concat!("#[", "ignore"), concat!("FIX", "ME"), concat!("XX", "X")];
    for source in sources("src").into_iter().chain(sources("tests")) {
        for mark in marks {
            assert!(!source.text.contains(mark), "{} holds {mark}", source.path);
        }
    }
}

#[test]
fn an_administrative_procedure_is_never_just_a_procedure() {
    let names = ["struct Procedure ", "struct Procedure{", "enum Procedure ", "fn procedure(", "fn procedures(", "tthc", "Tthc", "TTHC_"];
    for source in sources("src") {
        for (number, line) in source.text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//") && !line.contains('"')) {
            for name in names {
                assert!(!line.contains(name), "{}:{}: {line}", source.path, number + 1);
            }
        }
    }
}

#[test]
fn the_top_level_is_the_design_card() {
    let mut found: Vec<String> = std::fs::read_dir(env!("CARGO_MANIFEST_DIR"))
        .expect("the project")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.') && !["target", "public"].contains(&name.as_str()))
        .collect();
    found.sort();
    assert_eq!(found, ["Cargo.lock", "Cargo.toml", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "content", "src", "tests", "themes"]);
}

#[test]
fn commands_of_the_readme_exist() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("a README");
    let commands: Vec<&str> = readme.lines().filter_map(|line| line.trim().strip_prefix("congbo ")).collect();
    assert!(commands.len() >= 5, "the README shows {} commands", commands.len());
    for line in commands {
        let name = line.split_whitespace().next().unwrap_or("");
        let run = crate::project::Project::new().run(&format!("{name} --help"));
        let _ = run.exit(0);
    }
    for command in ["cargo run --release -- build", "tests/run"] {
        assert!(readme.contains(command), "the README does not name {command}");
    }
}
