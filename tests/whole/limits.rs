//! Limits that a shared host sets: the size of a file, the number of open files, memory, and outputs that take no more.

use std::fs::{self, File};
use std::process::{Command, Stdio};

use super::two_versions::{TwoVersions, build, small};
use crate::project::{Project, Run};

fn limited(versions: &TwoVersions, limit: &str) -> Run {
    versions.project.run_through(&["prlimit", limit], &build())
}

#[test]
fn a_limit_on_the_size_of_files_is_told_and_changes_nothing() {
    let versions = TwoVersions::of(small(Project::new()));
    let files = crate::project::tree(&versions.public());
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
    let largest = pages.map(|(_, bytes)| bytes.len()).max().expect("a site has pages");
    for bytes in [0, 1, 4096, largest - 1] {
        let before = versions.published();
        versions.write(before.other());
        let run = limited(&versions, &format!("--fsize={bytes}"));
        assert!(versions.is_old_or_new(&run, before), "{bytes} bytes are too few");
        let _ = run.exit(2).says("tệp vượt quá cỡ mà hệ thống cho phép").says("./");
        versions.is_tidy();
    }
    versions.builds_normally();
}

#[test]
fn few_open_files_are_enough_or_told() {
    let versions = TwoVersions::of(small(Project::new()));
    let mut enough = Vec::new();
    for files in [5, 6, 7, 8, 10, 12, 16, 24, 32, 64] {
        let before = versions.published();
        versions.write(before.other());
        let run = limited(&versions, &format!("--nofile={files}"));
        if versions.is_old_or_new(&run, before) {
            let _ = run.says("mở quá nhiều tệp");
        } else {
            enough.push(files);
        }
        versions.builds_normally();
    }
    assert!(enough.contains(&64), "64 open files are enough: {enough:?}");
}

#[test]
fn a_build_that_runs_out_of_memory_changes_nothing() {
    let versions = TwoVersions::of(small(Project::new()));
    for megabytes in [8, 16, 24, 32, 64, 96] {
        let before = versions.published();
        versions.write(before.other());
        let run = limited(&versions, &format!("--as={}", megabytes << 20));
        assert_eq!(versions.published() != before, run.code() == Some(0), "{megabytes} MB\n{}", run.err());
    }
    versions.builds_normally();
}

#[test]
fn messages_that_nobody_can_read_stop_no_build() {
    // The project has a problem to tell, in the middle of everything.
    let project = Project::minimal().edit("content/agencies/xa-thu/agency.yaml", "Thôn 1", "Thôn Вắc");
    for format in ["text", "json"] {
        let arguments = format!("{} --format {format}", build());
        let run = |command: &mut Command| {
            let status = command.status().expect("the program runs");
            assert!(project.path("public/index.html").exists(), "{format}: {status}");
            fs::remove_dir_all(project.path("public")).expect("the site");
            status.code()
        };
        let mut command = project.command(&[], &arguments);
        assert_eq!(run(command.stdout(Stdio::null()).stderr(full())), Some(0), "{format}");
        let mut command = project.command(&[], &arguments);
        assert_eq!(run(command.stdout(closed()).stderr(closed())), Some(0), "{format}");
    }
    // What a program was to read is another matter: it would take a part for the whole.
    let mut command = project.command(&[], &format!("{} --format json", build()));
    let output = command.stdout(full()).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("ổ đĩa đã hết chỗ") && !project.path("public").exists());
}

#[test]
fn problems_are_problems_also_when_nobody_reads_them() {
    let project = Project::minimal().edit("content/site.yaml", "title", "tile");
    for command in ["check", "build"] {
        for output in [full, closed] {
            let mut command = project.command(&[], &format!("{command} --as-of {}", crate::project::TODAY));
            assert_eq!(command.stdout(output()).stderr(output()).status().expect("the program runs").code(), Some(1));
        }
    }
    let mut command = project.command(&[], "rules");
    assert_eq!(command.stdout(closed()).status().expect("the program runs").code(), Some(0), "a list that is read to its half");
}

/// An output on a disk that is full.
fn full() -> Stdio {
    File::options().write(true).open("/dev/full").expect("/dev/full").into()
}

/// An output whose reader has gone.
fn closed() -> Stdio {
    let (_, writer) = std::io::pipe().expect("a pipe");
    writer.into()
}
