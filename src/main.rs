//! Parse the arguments, run, exit.

use std::process::ExitCode;

/// Many small texts are made and dropped by several threads: a sixth of a build with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    congbo::commands::main()
}
