//! A disk that fills up: at the first file, in the middle, one page too early. The old site stays byte for byte.

use super::disk::Disk;
use super::strace::trace;
use super::two_versions::{TwoVersions, build, small};
use super::{is_long, tell};
use crate::project::{Project, Run};

const PAGE_BYTES: u64 = 4096;

#[test]
fn a_full_disk_leaves_the_old_site_and_is_named() {
    match Disk::mount("size=64m") {
        Ok(disk) => fill(disk),
        Err(reason) => {
            tell(&format!("no small disk can be mounted here ({reason}); strace says in its place that the disk is full"));
            pretend();
        }
    }
}

#[test]
fn a_disk_without_room_for_more_files_is_the_same() {
    let Ok(mut disk) = Disk::mount("size=64m,nr_inodes=100000") else {
        tell("no small disk can be mounted here; the case without room for more files is the same as the one of a full disk");
        return pretend();
    };
    let versions = TwoVersions::of(small(Project::inside(disk.path())));
    let (_, used) = disk.used();
    for room in [1, 2, 20, 60, 100] {
        disk.remount(&format!("nr_inodes={}", used + room));
        fails(&versions, &format!("room for {room} files"));
    }
    disk.remount("nr_inodes=100000");
    versions.builds_normally();
}

/// Looks for the least room in which a build succeeds, halving what is between too little and enough. So failures
/// come at all stages, and the last ones just before the end.
fn fill(mut disk: Disk) {
    let versions = TwoVersions::of(small(Project::inside(disk.path())));
    let (used, _) = disk.used();
    let (mut too_little, mut enough) = (0, used / PAGE_BYTES);
    let mut told = vec![try_with(&mut disk, &versions, 0).expect_err("no room at all")];
    while enough - too_little > 1 {
        let room = (too_little + enough) / 2;
        match try_with(&mut disk, &versions, room) {
            Ok(()) => enough = room,
            Err(what) => {
                told.push(what);
                too_little = room;
            }
        }
    }
    told.sort();
    told.dedup();
    tell(&format!("a build of {} files succeeds with {} KB of room; with less, it stopped at {} places", versions.size().0, enough * 4, told.len()));
    let is_at_end = |what: &&String| what.contains("manifest.json");
    assert!(told.iter().any(|what| !is_at_end(&what)) && told.iter().any(|what| is_at_end(&what)), "in the middle and at the end: {told:#?}");
    for room in if is_long() { (0..too_little).collect() } else { vec![1, too_little / 3, too_little] } {
        let _ = try_with(&mut disk, &versions, room).expect_err("less room than enough");
    }
    disk.remount("size=64m");
    versions.builds_normally();
}

/// Builds the other version with so many free pages. The message of a build that failed.
fn try_with(disk: &mut Disk, versions: &TwoVersions, room_pages: u64) -> Result<(), String> {
    let before = versions.published();
    versions.write(before.other());
    disk.remount(&format!("size={}", disk.used().0 + room_pages * PAGE_BYTES));
    let run = versions.project.run(&build());
    let result = if versions.is_old_or_new(&run, before) { Err(names_disk_and_path(&run)) } else { Ok(()) };
    versions.is_tidy();
    disk.remount("size=64m");
    result
}

fn fails(versions: &TwoVersions, case: &str) {
    let before = versions.published();
    versions.write(before.other());
    let run = versions.project.run(&build());
    assert!(versions.is_old_or_new(&run, before), "{case}: {}", run.err());
    names_disk_and_path(&run);
    versions.is_tidy();
}

/// Exit code 2, and a last line that says what is short and where.
fn names_disk_and_path(run: &Run) -> String {
    assert_eq!(run.code(), Some(2), "{}", run.err());
    let line = run.err().lines().last().unwrap_or_default().to_owned();
    assert!(line.contains("lỗi: ") && line.contains("ổ đĩa đã hết chỗ") && line.contains("./"), "{line}");
    line
}

/// The same without a disk: from a certain write on, every one fails for want of room.
fn pretend() {
    let versions = TwoVersions::of(small(Project::new()));
    for first in [1, 10, 60] {
        let before = versions.published();
        versions.write(before.other());
        let inject = format!("inject=mkdir,write,copy_file_range:error=ENOSPC:when={first}+");
        let (run, _) = trace(&versions.project, &["-E", "RAYON_NUM_THREADS=1", "-e", "trace=mkdir,write,copy_file_range", "-e", &inject], &build());
        assert_eq!(run.code(), Some(2), "from write {first} on");
        assert_eq!(versions.published(), before);
        versions.is_tidy();
    }
    versions.builds_normally();
}
