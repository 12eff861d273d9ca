//! Copies of text files that a server hands out as they are: nothing need be compressed while somebody waits.

use std::io::{BufWriter, Write};

use flate2::{Compression, GzBuilder};

use super::Fill;

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

impl Form {
    /// The same for a text that is never in memory as a whole.
    pub fn compress_pieces(self, out: &mut (dyn Write + Send), fill: &Fill<'_>) -> anyhow::Result<()> {
        match self {
            Self::Gzip => {
                let mut encoder = BufWriter::with_capacity(BUFFER, GzBuilder::new().mtime(0).write(out, Compression::best()));
                fill(&mut encoder)?;
                encoder.into_inner().map_err(std::io::IntoInnerError::into_error)?.finish()?;
            }
            Self::Brotli => {
                let mut encoder = BufWriter::with_capacity(BUFFER, brotli::CompressorWriter::new(out, BUFFER, BROTLI_QUALITY, BROTLI_WINDOW));
                fill(&mut encoder)?;
                encoder.into_inner().map_err(std::io::IntoInnerError::into_error)?.into_inner();
            }
        }
        Ok(())
    }
}

/// Whether a file is a text.
pub(super) fn is_text(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| TEXTS.contains(&ending))
}
