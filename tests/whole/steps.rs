//! At every step by which a build changes the disk: what if it is killed just there, what if just this step fails?
//! Where `kill.rs` leaves the moment to chance, this takes one moment after the other.

use std::collections::{BTreeMap, BTreeSet};

use super::strace::trace;
use super::two_versions::{TwoVersions, build, small};
use super::{is_long, tell};
use crate::project::Project;

/// Calls that change the disk. A question mark: not every processor has it.
const CHANGING: &str = "?mkdir,mkdirat,openat,write,pwrite64,writev,?rename,?renameat,renameat2,?link,linkat,?symlink,symlinkat,\
                        ?unlink,unlinkat,?rmdir,ftruncate,flock,copy_file_range,sendfile,ioctl,fsync,fdatasync,syncfs,?chmod,fchmod,fchmodat,utimensat";

/// How many steps of each kind of call are tried in the short form.
const STEPS_OF_A_KIND: usize = 3;

#[test]
fn a_build_that_is_killed_at_any_step_leaves_the_old_site_or_the_new_one() {
    let versions = TwoVersions::of(small(Project::new()));
    let (mut old, mut new) = (0, 0);
    for (name, number) in steps(&versions) {
        let before = versions.published();
        versions.write(before.other());
        let run = traced(&versions, &name, &format!("signal=KILL:when={number}"));
        assert_ne!(run.code(), Some(101), "{name} {number}\n{}", run.err());
        let is_new = versions.published() != before;
        assert!(run.code() != Some(0) || is_new, "{name} {number}: ended, but nothing was published");
        *(if is_new { &mut new } else { &mut old }) += 1;
    }
    tell(&format!("killed at a step: {old} left the old site, {new} the new one"));
    assert!(old > 0 && new > 0, "steps before and after the swap were tried");
    versions.builds_normally();
}

#[test]
fn a_build_of_which_any_one_step_fails_changes_nothing_or_succeeds() {
    let versions = TwoVersions::of(small(Project::new()));
    let (mut failed, mut succeeded) = (0, 0);
    for (name, number) in steps(&versions) {
        for error in if is_long() { &["ENOSPC", "EIO", "EACCES", "EMFILE"][..] } else { &["ENOSPC"][..] } {
            let before = versions.published();
            versions.write(before.other());
            let run = traced(&versions, &name, &format!("error={error}:when={number}"));
            let is_failure = match run.code() {
                Some(0) => false,
                Some(1 | 2) => true,
                code => panic!("{name} {number} {error}: ended with {code:?}\n{}", run.err()),
            };
            assert_eq!(versions.published() == before, is_failure, "{name} {number} {error}\n{}", run.err());
            *(if is_failure { &mut failed } else { &mut succeeded }) += 1;
        }
    }
    tell(&format!("one step failed: {failed} builds gave up and changed nothing, {succeeded} succeeded all the same"));
    assert!(failed > 0);
    versions.builds_normally();
}

/// A build that is not shared among threads, so that steps have the same numbers each time.
fn traced(versions: &TwoVersions, name: &str, what: &str) -> crate::project::Run {
    let inject = format!("inject={name}:{what}");
    trace(&versions.project, &["-E", "RAYON_NUM_THREADS=1", "-e", &format!("trace={name}"), "-e", &inject], &build()).0
}

/// The steps to try: a name, and a number that `strace` counts separately in each thread. Only calls on the
/// project's own files count; those of the loader come before anything is done.
fn steps(versions: &TwoVersions) -> Vec<(String, usize)> {
    versions.change();
    let root = versions.project.path("");
    let root = root.canonicalize().expect("the project").to_string_lossy().into_owned();
    let (run, calls) = trace(&versions.project, &["-E", "RAYON_NUM_THREADS=1", "-e", &format!("trace={CHANGING}")], &build());
    let _ = run.exit(0);
    let mut made: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut found: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for call in calls {
        let number = made.entry((call.thread.clone(), call.name.clone())).or_default();
        *number += 1;
        let is_ours = call.rest.contains(&root) || call.quoted().any(|path| path.starts_with("./") || path.starts_with("public"));
        let is_reading = call.name == "openat" && !call.rest.contains("O_CREAT");
        if is_ours && !is_reading {
            found.entry(call.name).or_default().insert(*number);
        }
    }
    let kinds: Vec<String> = found.iter().map(|(name, numbers)| format!("{name} {}", numbers.len())).collect();
    tell(&format!("steps of a build: {}", kinds.join(", ")));
    found.into_iter().flat_map(|(name, numbers)| chosen(numbers).into_iter().map(move |number| (name.clone(), number))).collect()
}

/// All steps of a kind, or some spread over all of them, with the first and the last.
fn chosen(numbers: BTreeSet<usize>) -> Vec<usize> {
    let numbers: Vec<usize> = numbers.into_iter().collect();
    if is_long() || numbers.len() <= STEPS_OF_A_KIND {
        return numbers;
    }
    (0..STEPS_OF_A_KIND).map(|place| numbers[place * (numbers.len() - 1) / (STEPS_OF_A_KIND - 1)]).collect()
}
