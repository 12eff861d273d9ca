//! Always whole: whatever happens to a build, the public folder is entirely the old site or entirely the new one.
//!
//! The program runs as a black box; nothing here knows how it writes. `cargo test whole` takes less than a minute.
//! The long form repeats until chance has no place left to hide, and prints its figures:
//!
//! ```sh
//! CONGBO_LONG=1 cargo test whole -- --nocapture --test-threads=1
//! ```
//!
//! `CONGBO_KILLS=1000` changes how often builds are killed (400 in the long form), `CONGBO_SEED=7` repeats the
//! delays of an earlier run. These tests need Linux and `strace`; small disks need the right to mount one in a
//! name space (root, or unprivileged name spaces).

mod broken;
mod disk;
mod disk_full;
mod kill;
mod limits;
mod look;
mod outside;
mod places;
mod seed;
mod steps;
mod strace;
mod together;
mod two_versions;

use std::env::var_os;

/// Whether to take the time that it needs to be sure.
fn is_long() -> bool {
    var_os("CONGBO_LONG").is_some()
}

/// A number from the environment.
fn number(name: &str) -> Option<u64> {
    var_os(name).map(|value| value.to_str().and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("{name} is not a number")))
}

/// Prints a line of figures even where the test harness keeps the output of tests that pass.
fn tell(line: &str) {
    use std::io::Write;
    writeln!(std::io::stderr(), "whole: {line}").expect("standard error");
}
