//! The one test binary: whole runs of the program and what holds for all of its parts.

mod import;
