//! The only writer: a stream of files becomes a public folder, entirely or not at all.

/// A file of the public site.
#[derive(Debug, Clone)]
pub struct OutputFile {
    /// Path in the public folder, with `/`: `thu-tuc/index.html`.
    pub path: String,
    pub body: OutputBody,
}

/// What a file holds.
#[derive(Debug, Clone)]
pub enum OutputBody {
    Bytes(Vec<u8>),
    /// The bytes of an attachment, by its path in the project.
    Copy(std::sync::Arc<str>),
}
