//! Public folders at places where a build can't work, or only just: files, links, disks of their own, disks that
//! can only be read, file systems that can't exchange two folders. The message says what to do.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use super::disk::Disk;
use super::strace::trace;
use super::tell;
use super::two_versions::{TwoVersions, build, small};
use crate::project::{Project, tree};

#[test]
fn a_file_in_the_place_of_the_public_folder_stays() {
    let project = Project::minimal().file("public", "của người khác");
    let _ = project.run(&build()).exit(2).says("public không phải là thư mục").says("--out");
    assert_eq!(project.read("public"), "của người khác");
}

#[test]
fn a_link_in_the_place_of_the_public_folder_stays_and_its_end_is_named() {
    let elsewhere = Project::new();
    let there = elsewhere.path("site");
    for has_end in [false, true] {
        let project = Project::minimal();
        if has_end {
            fs::create_dir(&there).expect("a folder");
        }
        symlink(&there, project.path("public")).expect("a link");
        // What a build that was killed between two renames would leave must not be put in the place of the link.
        let project = project.file(".public.congbo-old/index.html", "cũ");
        let _ = project.run(&build()).exit(2).says("public là liên kết").says(&format!("--out {}", there.display()));
        assert_eq!(fs::read_link(project.path("public")).expect("the link"), there);
        assert!(!there.exists() || tree(&there).is_empty());
    }
}

#[test]
fn a_public_folder_on_another_disk_is_written_like_any_other() {
    let (disk, elsewhere) = match Disk::mount("size=64m") {
        Ok(disk) => (Project::inside(disk.path()), Some(disk)),
        Err(_) => (Project::inside("/dev/shm".as_ref()), None),
    };
    let project = small(Project::new());
    let public = disk.path("public");
    for title in ["Trang thử", "Trang thứ hai"] {
        let project = project.copied().edit("content/site.yaml", "Trang thử", title);
        let _ = project.run(&format!("{} --out {}", build(), public.display())).exit(0);
        let _ = project.run(&build()).exit(0);
        // The manifest counts the sites that were published at a place.
        let pages = |folder: &Path| tree(folder).into_iter().filter(|(path, _)| path != "manifest.json").collect::<Vec<_>>();
        assert!(pages(&public) == pages(&project.path("public")), "the same site here and there");
    }
    assert_eq!(disk_names(&disk), [".public.congbo-lock", "public"]);
    drop((disk, elsewhere));
}

#[test]
fn a_disk_that_can_only_be_read_is_named() {
    let Ok(mut disk) = Disk::mount("size=64m") else {
        tell("no disk can be mounted here; strace says in its place that the disk can only be read");
        let versions = TwoVersions::of(small(Project::new()));
        let before = versions.change().other();
        let (run, _) = trace(&versions.project, &["-P", "./.public.congbo-lock", "-e", "inject=openat:error=EROFS"], &build());
        assert!(versions.is_old_or_new(&run, before));
        let _ = run.exit(2).says("ổ đĩa chỉ cho đọc");
        return;
    };
    let versions = TwoVersions::of(small(Project::inside(disk.path())));
    let before = versions.change().other();
    disk.remount("ro");
    let run = versions.project.run(&build());
    assert!(versions.is_old_or_new(&run, before));
    let _ = run.exit(2).says("ổ đĩa chỉ cho đọc").says("./.public.congbo-lock");
    // Sources that can only be read are sources.
    let elsewhere = Project::new();
    let _ = versions.project.run(&format!("{} --out {}", build(), elsewhere.path("public").display())).exit(0);
    assert_eq!(disk_names(&elsewhere), [".public.congbo-lock", "public"]);
    disk.remount("rw");
    versions.builds_normally();
}

#[test]
fn a_public_folder_that_is_a_disk_can_not_be_replaced_and_the_message_says_what_to_do() {
    let Ok(mut disk) = Disk::mount("size=64m") else {
        tell("no disk can be mounted here; strace says in its place that the folder is busy");
        return busy();
    };
    let project = small(Project::inside(disk.path()));
    fs::create_dir(project.path("public")).expect("a folder");
    let inside = disk.inside(&project.path(""));
    let inside: Vec<&str> = inside.iter().map(String::as_str).collect();
    let name = project.path("").file_name().expect("a name").to_string_lossy().into_owned();
    for mount in ["mount -t tmpfs tmpfs", "mount --bind \"$DISK\""] {
        disk.run(&format!("{mount} \"$DISK/{name}/public\"")).expect("a disk in the place of the public folder");
        let _ = project.run_through(&inside, &build()).exit(2).says("./public là một ổ đĩa").says("--out ./public/site");
        assert!(!disk_names(&project).iter().any(|name| name.contains("congbo-new")), "nothing is left beside it");
        disk.run(&format!("umount \"$DISK/{name}/public\"")).expect("no disk any more");
    }
    disk.run(&format!("mount -t tmpfs tmpfs \"$DISK/{name}/public\"")).expect("a disk in the place of the public folder");
    for _ in 0..2 {
        let _ = project.run_through(&inside, &format!("{} --out ./public/site", build())).exit(0);
        disk.run(&format!("test -f \"$DISK/{name}/public/site/index.html\"")).expect("a site on the disk");
    }
    busy();
}

/// Exchange and rename both refuse: a disk that was mounted meanwhile, or a layer of a container's file system.
fn busy() {
    let versions = TwoVersions::of(small(Project::new()));
    for error in ["EBUSY", "EXDEV"] {
        let before = versions.published();
        versions.write(before.other());
        let (run, _) = trace(
            &versions.project,
            &["-e", "trace=?rename,?renameat,renameat2", "-e", &format!("inject=?rename,?renameat,renameat2:error={error}")],
            &build(),
        );
        assert!(versions.is_old_or_new(&run, before));
        let _ = run.exit(2).says("./public").says("--out ./public/site");
        versions.is_tidy();
    }
    versions.builds_normally();
}

#[test]
fn a_file_system_that_can_not_exchange_folders_gets_two_renames_and_finds_back_from_between_them() {
    let versions = TwoVersions::of(small(Project::new()));
    let no_exchange = ["-e", "trace=?rename,?renameat,renameat2", "-e", "inject=renameat2:error=EINVAL"];
    let before = versions.change().other();
    let (run, _) = trace(&versions.project, &no_exchange, &build());
    assert!(!versions.is_old_or_new(&run, before), "{}", run.err());
    versions.is_tidy();
    // Killed at the second rename: for once there is no public folder, and the next build brings it back.
    let before = versions.change().other();
    let killed = [&no_exchange[..], &["-e", "inject=?rename,?renameat:signal=KILL:when=2"]].concat();
    let (run, _) = trace(&versions.project, &killed, &build());
    assert_ne!(run.code(), Some(0));
    assert!(!versions.public().exists(), "this test is about the moment between two renames");
    let _ = versions.project.run_through(&["prlimit", "--fsize=0"], &build()).exit(2);
    assert_eq!(versions.published(), before, "a build that fails brings the old site back too");
    versions.builds_normally();
    // The second rename fails: the old site is put back at once.
    let before = versions.change().other();
    let failing = [&no_exchange[..], &["-e", "inject=?rename,?renameat:error=EIO:when=2"]].concat();
    let (run, _) = trace(&versions.project, &failing, &build());
    assert!(versions.is_old_or_new(&run, before));
    versions.builds_normally();
}

#[test]
fn files_of_others_stay_whatever_their_names_are() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let versions = TwoVersions::of(small(Project::new()));
    let before = versions.change().other();
    // `anh-cu` sorts before `anh/`, but not before `anh`; the last name is not UTF-8.
    let legacy = OsStr::from_bytes(b"public/\xF0\xE3 k\xFD.pdf");
    let names = [OsStr::new("public/anh/a.png"), OsStr::new("public/anh-cu/a.png"), OsStr::new("public/anh.png"), legacy];
    for name in names {
        let path = versions.project.path("").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, name.as_bytes()).expect("a file");
    }
    for _ in 0..2 {
        let _ = versions.project.run(&build()).exit(0);
        for name in names {
            assert_eq!(fs::read(versions.project.path("").join(name)).expect("a file of somebody else"), name.as_bytes());
        }
    }
    assert_ne!(versions.project.read("public/index.html"), format!("{before:?}"));
}

#[test]
fn a_damaged_manifest_is_told_and_nothing_is_replaced() {
    let project = small(Project::new());
    let _ = project.run(&build()).exit(0);
    let manifest = project.read("public/manifest.json");
    // What a power failure, or half an upload, leaves.
    for damaged in ["", &manifest[..manifest.len() / 2], "\0\0\0\0"] {
        fs::write(project.path("public/manifest.json"), damaged).expect("a manifest");
        let before = tree(&project.path("public"));
        let _ = project.run(&build()).exit(2).says("public/manifest.json").says("đã hỏng").says("xóa đi rồi chạy lại").says("--out");
        assert!(before == tree(&project.path("public")));
    }
    fs::remove_dir_all(project.path("public")).expect("the damaged site");
    let _ = project.run(&build()).exit(0);
    assert_eq!(project.read("public/manifest.json"), manifest);
}

/// The names in a project's folder.
fn disk_names(project: &Project) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(project.path("")).expect("a folder").map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
