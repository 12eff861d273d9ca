//! Parse the arguments, run, exit.

use std::process::ExitCode;

fn main() -> ExitCode {
    congbo::commands::main()
}
