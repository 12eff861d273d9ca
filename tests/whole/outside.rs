//! A build and a check run no program, open no socket, and touch no file outside of the project and its public
//! folder, whatever the content asks for. `strace` tells every call.

use std::os::unix::fs::symlink;
use std::path::{Component, Path, PathBuf};

use super::strace::{Call, trace};
use super::two_versions::small;
use crate::project::{Project, TODAY};

/// What the system's own parts open or look at before or beside our code, and why. Nothing else is allowed.
const OPENED_BY_THE_SYSTEM: &[(&str, &str)] = &[
    ("/etc/ld.so.preload", "the loader"),
    ("/etc/ld.so.cache", "the loader: where libraries are"),
    ("/lib/", "the loader: libc, libm, libgcc_s"),
    ("/lib64/", "the same"),
    ("/usr/lib/", "the same"),
    ("/proc/self/maps", "libc: how large the stack of the first thread is"),
    ("/proc/sys/vm/overcommit_memory", "the allocator: how the system gives memory"),
    ("/sys/kernel/mm/transparent_hugepage/", "the same"),
    ("/sys/devices/system/node/", "the same"),
    ("/proc/self/exe", "our own program, by whose bytes a build knows whether an earlier one was made by it"),
    (env!("CARGO_BIN_EXE_congbo"), "the same"),
    ("/proc/self/cgroup", "std::thread::available_parallelism: how many processors may be used"),
    ("/proc/self/mountinfo", "the same"),
    ("/sys/fs/cgroup/", "the same"),
    ("/sys/devices/system/cpu/", "the same"),
];

/// What a build may change, by the first name below the folder in which the public folder lies.
const CHANGEABLE: &[&str] = &["public", ".public.congbo-lock", ".public.congbo-new", ".public.congbo-old", ".congbo-cache"];

const TRACED: &str = "trace=%file,%network,%process,io_uring_setup";

#[test]
fn a_build_and_a_check_stay_in_their_project() {
    let project = small(Project::new());
    // The first build, one over an old site with a file to withdraw, and one over a killed build's rest.
    for arguments in ["check", "build", "build --strict", "check --format json", "build"] {
        assert_eq!(stays_inside(&project, arguments), Some(0), "{arguments}");
        if arguments == "build" && project.path("content/pages/trang-9.md").exists() {
            std::fs::remove_file(project.path("content/pages/trang-9.md")).expect("a page");
            std::fs::write(project.path("content/redirects.yaml"), "- { from: trang/trang-9/, to: index.html }\n").expect("a redirect");
            std::fs::create_dir(project.path(".public.congbo-new")).expect("the rest of a killed build");
        }
    }
}

#[test]
fn files_that_content_names_outside_of_the_project_are_never_touched() {
    let policy = "content/agencies/xa-thu/quality-policy.md";
    let documents = "content/agencies/xa-thu/documents.yaml";
    for outside in ["../../../../../../etc/passwd", "files/../../../../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "files/%2e%2e/%2e%2e/passwd"]
    {
        let project = Project::minimal();
        let text = project.read(policy) + &format!("\n[đã ký]({outside}) ![ảnh]({outside})\n\n[x]: {outside}\n[x]\n");
        stays_inside(&project.file(policy, text), "build");
        let document =
            format!("internal: [{{ number: TL-01, title: Tài liệu, edition: 1, issued_on: 2026-01-05, visibility: public, file: \"{outside}\" }}]\n");
        stays_inside(&Project::minimal().file(documents, document), "build");
        stays_inside(&Project::minimal().edit("content/site.yaml", "title", &format!("theme: \"{outside}\"\ntitle")), "build");
    }
}

#[test]
fn links_out_of_the_content_are_never_followed() {
    let elsewhere = Project::new().file("secret/secret.md", "---\ntitle: Bí mật\n---\nBí mật.\n").file("secret/site.yaml", "title: Bí mật\n");
    let secret = elsewhere.path("secret");
    let places = [
        ("secret.md", "content/pages/bi-mat.md"),
        ("secret.md", "content/agencies/xa-thu/files/bi-mat.pdf"),
        ("", "content/pages/thu-muc"),
        ("", "content/agencies/xa-thu/files"),
        ("site.yaml", "content/site.yaml"),
        ("", "content/law"),
        ("", "content"),
    ];
    for (from, to) in places {
        let project = Project::minimal();
        let to = project.path(to);
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        if to.exists() {
            std::fs::rename(&to, to.with_extension("before")).expect("a rename");
        }
        symlink(secret.join(from), &to).expect("a link");
        for arguments in ["check", "build"] {
            assert_ne!(stays_inside(&project, arguments), Some(0), "{}", to.display());
        }
    }
}

#[test]
fn a_pipe_in_the_place_of_a_file_does_not_stop_the_program_for_ever() {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    for path in ["content/site.yaml", "content/agencies/xa-thu/agency.yaml", "content/agencies/xa-thu/files/a.pdf", "content/pages/a.md"] {
        let project = Project::minimal();
        let _ = std::fs::remove_file(project.path(path));
        std::fs::create_dir_all(project.path(path).parent().expect("a folder")).expect("a folder");
        mknodat(CWD, project.path(path), FileType::Fifo, Mode::from_raw_mode(0o644), 0).expect("a pipe");
        let run = project.run_through(&["timeout", "20"], &format!("build --as-of {TODAY}")).exit(1);
        let _ = run.says(path);
    }
}

/// Runs a command under `strace`, judges every call, and gives back the exit code.
fn stays_inside(project: &Project, arguments: &str) -> Option<i32> {
    let root = project.path("").canonicalize().expect("the project");
    let (run, calls) = trace(project, &["-e", TRACED], &format!("{arguments} --as-of {TODAY}"));
    assert!(matches!(run.code(), Some(0..=2)), "{arguments}: {:?}\n{}", run.code(), run.err());
    let mut programs = 0;
    for call in &calls {
        let told = || format!("{arguments}: {}{}", call.name, call.rest);
        match call.name.as_str() {
            "execve" => programs += 1,
            "clone" | "clone3" => assert!(call.rest.contains("CLONE_THREAD"), "starts a process: {}", told()),
            "exit" | "exit_group" => {}
            _ if call.rest.starts_with("(") && call.quoted().next().is_some() => judge(call, &root, &told()),
            "fork" | "vfork" | "execveat" | "io_uring_setup" => panic!("{}", told()),
            _ => assert!(!is_of_network(&call.name), "uses the network: {}", told()),
        }
        assert!(!is_of_network(&call.name), "uses the network: {}", told());
    }
    assert_eq!(programs, 1, "{arguments}: the only program is our own");
    run.code()
}

fn is_of_network(name: &str) -> bool {
    ["socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg", "recvfrom", "recvmsg"].contains(&name)
}

/// Every path of a call, and where an opened file really lies, must be inside.
fn judge(call: &Call, root: &Path, told: &str) {
    let is_changing = ![
        "open",
        "openat",
        "openat2",
        "stat",
        "lstat",
        "statx",
        "newfstatat",
        "access",
        "faccessat",
        "faccessat2",
        "readlink",
        "readlinkat",
        "statfs",
        "getcwd",
    ]
    .contains(&call.name.as_str())
        || ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"].iter().any(|flag| call.rest.contains(flag));
    for path in call.quoted().filter(|path| !path.is_empty()).map(|path| plain(&folder_of(call, root).join(path))).chain(opened(call)) {
        let is_system = OPENED_BY_THE_SYSTEM
            .iter()
            .any(|(allowed, _)| path.starts_with(allowed) || allowed.ends_with('/') && path == Path::new(allowed.trim_end_matches('/')));
        match path.strip_prefix(root) {
            Ok(inner) if is_changing => {
                let first = inner.components().next().map(|part| part.as_os_str().to_string_lossy().into_owned()).unwrap_or_default();
                // `mkdir` of the project itself finds it there.
                assert!(first.is_empty() && call.name == "mkdir" || CHANGEABLE.contains(&first.as_str()), "changes {}: {told}", path.display());
            }
            Ok(_) => {}
            Err(_) => assert!(is_system && !is_changing, "touches {}: {told}", path.display()),
        }
    }
}

/// The folder that a relative path starts from: `openat(7</tmp/x/public>, "a", …)`.
fn folder_of(call: &Call, root: &Path) -> PathBuf {
    let first = call.rest.trim_start_matches('(').split(',').next().unwrap_or("");
    match (first.starts_with(|c: char| c.is_ascii_digit()), first.split_once('<')) {
        (true, Some((_, path))) => PathBuf::from(path.trim_end_matches('>')),
        _ => root.to_path_buf(),
    }
}

/// Where a file lies that was opened, links followed: `… = 3</tmp/x/content/site.yaml>`.
fn opened(call: &Call) -> Option<PathBuf> {
    let (_, result) = call.rest.rsplit_once(" = ")?;
    let (_, path) = result.split_once('<')?;
    let path = path.trim_end_matches('>');
    // The kernel names the process, we mean ourselves.
    let own = path.strip_prefix("/proc/").and_then(|rest| rest.split_once('/')).filter(|(process, _)| process.bytes().all(|byte| byte.is_ascii_digit()));
    Some(own.map_or_else(|| PathBuf::from(path), |(_, rest)| Path::new("/proc/self").join(rest)))
}

/// A path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut plain, part| {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
        plain
    })
}
