//! `kill -9` at random moments, while somebody reads the site all the time.

use std::fs;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::look::{Look, look};
use super::seed::Random;
use super::two_versions::{TwoVersions, Version, build, small};
use super::{is_long, number, tell};
use crate::project::Project;

/// What the reader saw.
#[derive(Default)]
struct Seen {
    whole: usize,
    exchanged: usize,
    /// Mixed, incomplete or absent: must stay empty.
    broken: Vec<String>,
}

/// What the killed builds left.
#[derive(Default)]
struct Left {
    before_the_swap: usize,
    after_the_swap: usize,
    /// Builds that had ended when the kill came.
    ended: usize,
}

#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one_and_readers_never_see_another() {
    let kills = number("CONGBO_KILLS").unwrap_or(if is_long() { 400 } else { 25 });
    let mut random = Random::new();
    let versions = TwoVersions::of(if is_long() { Project::sample() } else { small(Project::new()) });
    let (files, telling) = versions.size();
    tell(&format!("{kills} kills, CONGBO_SEED={}, {files} files of which {telling} tell their version", random.seed));
    let stop = AtomicBool::new(false);
    let (left, seen) = thread::scope(|scope| {
        let reader = scope.spawn(|| read_on(&versions, &stop));
        let stopping = StopAtEnd(&stop);
        let span = longest_build(&versions);
        let mut left = Left::default();
        let mut published = versions.published();
        for _ in 0..kills {
            published = kill_after(span.mul_f64(random.fraction() * 1.1), &versions, published, &mut left);
        }
        drop(stopping);
        (left, reader.join().expect("the reader"))
    });
    let Left { before_the_swap, after_the_swap, ended } = left;
    tell(&format!("killed before the swap {before_the_swap}, after it {after_the_swap}, had ended {ended}"));
    tell(&format!("trees read {}, exchanged while read {}, broken {}", seen.whole, seen.exchanged, seen.broken.len()));
    assert!(seen.broken.is_empty(), "{:#?}", seen.broken);
    assert!(seen.whole > 0 && before_the_swap > 0, "nothing was tried");
    versions.builds_normally();
}

/// Reads the public folder again and again. Every tree that can be read is of one version.
fn read_on(versions: &TwoVersions, stop: &AtomicBool) -> Seen {
    let mut seen = Seen::default();
    while !stop.load(Ordering::Relaxed) {
        match look(&versions.public()) {
            Look::Whole(files) if versions.version(&files).is_some() => seen.whole += 1,
            Look::Whole(files) => seen.broken.push(format!("of neither version: {}", versions.strange(&files))),
            Look::Exchanged => seen.exchanged += 1,
            Look::Broken(what) => seen.broken.push(what),
        }
    }
    seen
}

/// How long a build takes while somebody reads: the longest of a few.
#[expect(clippy::disallowed_methods, reason = "delays are spread over the time that a build takes")]
fn longest_build(versions: &TwoVersions) -> Duration {
    let one = |_| {
        let start = Instant::now();
        versions.builds_normally();
        start.elapsed()
    };
    (0..3).map(one).max().expect("three builds")
}

/// Starts a build of the other version, kills it after a delay and says which version is there.
fn kill_after(delay: Duration, versions: &TwoVersions, before: Version, left: &mut Left) -> Version {
    let wanted = before.other();
    versions.write(wanted);
    let mut child = versions.project.command(&[], &build()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program runs");
    thread::sleep(delay);
    child.kill().expect("a kill");
    let has_ended = child.wait().expect("an end").code().is_some();
    let published = versions.published();
    let counter = match () {
        () if has_ended => &mut left.ended,
        () if published == wanted => &mut left.after_the_swap,
        () => &mut left.before_the_swap,
    };
    *counter += 1;
    assert!(!has_ended || published == wanted, "a build that ended has published");
    let beside = fs::read_dir(versions.project.path("")).expect("the project").count();
    assert!(beside <= 7, "what killed builds leave grows");
    published
}

/// Stops the reader, also when a check fails.
struct StopAtEnd<'a>(&'a AtomicBool);

impl Drop for StopAtEnd<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
