//! What `congbo init` and `congbo new` write for an officer: skeletons of content files, each key with the words of the
//! label table above it, and what must be replaced marked `[MẪU]`. Nothing here reads or writes a file.

mod append;
mod comment;
mod edition;
pub mod known;
mod record;
pub mod skeleton;
mod write;

pub use append::{Appended, append};
pub use edition::next_edition;
pub use record::{Item, Record};
pub use write::{file, markdown};

/// The mark of what an officer must replace: `sample-content` looks for it.
pub const SAMPLE: &str = "[MẪU]";

/// A text that an officer must replace.
pub fn sample(text: &str) -> String {
    format!("{SAMPLE} {text}")
}
