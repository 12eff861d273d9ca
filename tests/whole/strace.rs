//! The program under `strace`, which tells every call to the system and can make any one of them fail or be the last.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use crate::project::{Project, Run};

/// One call to the system.
pub struct Call {
    /// The thread that made it.
    pub thread: String,
    /// `openat`
    pub name: String,
    /// Everything behind the name: `(AT_FDCWD, "./public", O_RDONLY) = 3`
    pub rest: String,
}

impl Call {
    /// The texts in quotation marks: paths, for calls that take paths.
    pub fn quoted(&self) -> impl Iterator<Item = &str> {
        self.rest.split('"').skip(1).step_by(2)
    }
}

/// Runs `congbo` under `strace` and gives back what it did and every call of this set, in order.
pub fn trace(project: &Project, options: &[&str], arguments: &str) -> (Run, Vec<Call>) {
    is_installed();
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let log = folder.path().join("calls");
    let log_path = log.to_str().expect("a plain path");
    let wrapper = [&["strace", "-f", "-y", "-s", "4096", "-o", log_path], options].concat();
    let run = project.run_through(&wrapper, arguments);
    let text = fs::read_to_string(&log).unwrap_or_default();
    assert!(text.contains("execve(") || !options.iter().any(|option| option.contains("execve")), "strace could not trace (ptrace forbidden?):\n{}", run.err());
    (run, calls(&text))
}

/// Lines are `4711  openat(AT_FDCWD, "x", O_RDONLY) = 3`; a call during which another thread made one is told
/// in two lines, `… <unfinished ...>` and `<... openat resumed>…`, which are joined here.
fn calls(text: &str) -> Vec<Call> {
    let mut begun: BTreeMap<&str, String> = BTreeMap::new();
    let mut calls = Vec::new();
    for line in text.lines() {
        let Some((thread, call)) = line.split_once(' ') else { continue };
        let call = call.trim_start();
        let whole = match (call.strip_suffix("<unfinished ...>"), call.strip_prefix("<... ")) {
            (Some(first), _) => {
                begun.insert(thread, first.to_owned());
                continue;
            }
            (None, Some(second)) => begun.remove(thread).unwrap_or_default() + second.split_once("resumed>").map_or("", |(_, rest)| rest),
            (None, None) => call.to_owned(),
        };
        if let Some((name, _)) = whole.split_once('(').filter(|(name, _)| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')) {
            calls.push(Call { thread: thread.to_owned(), name: name.to_owned(), rest: whole[name.len()..].to_owned() });
        }
    }
    calls
}

fn is_installed() {
    let is_there = Command::new("strace").arg("-V").output().is_ok_and(|output| output.status.success());
    assert!(is_there, "these tests watch the program with strace; on Debian: apt-get install strace");
}
