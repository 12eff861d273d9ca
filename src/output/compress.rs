//! Copies of text files that a server hands out as they are: nothing need be compressed while somebody waits.

use std::io::Write;

use flate2::{Compression, GzBuilder};

/// Endings of names of texts.
const TEXTS: &[&str] = &["html", "css", "js", "json", "jsonld", "xml", "txt", "csv", "ics", "svg", "webmanifest"];
/// How much brotli looks for; the steps above take ten times as long for a few percent.
const BROTLI_QUALITY: u32 = 9;
const BROTLI_WINDOW: u32 = 22;
const BUFFER: usize = 16 * 1024;

/// A form of compressed copies.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    Gzip,
    Brotli,
}

/// Every form.
pub(super) const FORMS: [Form; 2] = [Form::Gzip, Form::Brotli];

impl Form {
    /// The copy of a file: `index.html.gz`.
    pub fn copy_of(self, path: &str) -> String {
        format!("{path}.{}", if matches!(self, Self::Gzip) { "gz" } else { "br" })
    }

    /// The same bytes for the same text, on every day.
    pub fn compress(self, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
        match self {
            Self::Gzip => {
                let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
                encoder.write_all(bytes)?;
                encoder.finish()
            }
            Self::Brotli => {
                let mut encoder = brotli::CompressorWriter::new(Vec::new(), BUFFER, BROTLI_QUALITY, BROTLI_WINDOW);
                encoder.write_all(bytes)?;
                Ok(encoder.into_inner())
            }
        }
    }
}

/// Whether a file is a text.
pub(super) fn is_text(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| TEXTS.contains(&ending))
}
