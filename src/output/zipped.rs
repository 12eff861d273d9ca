//! A folder as one zip: the same bytes for the same files, on every machine.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::pieces::{BUFFER_BYTES, Pieces};
use super::write_whole;

/// What readers of the old format can take; a larger file is marked.
const MOST_PLAIN_BYTES: u64 = u32::MAX as u64 / 2;
/// Everybody may read them, their owner may write.
const PERMISSIONS: u32 = 0o644;

/// Writes these files of a folder, in this order, into a zip that is put in place when it is whole. They bear midnight of the
/// date `on`, as far as the format knows it: 1980 to 2107. Returns the size of the zip.
pub(super) fn zip_folder<'p>(folder: &Path, names: impl Iterator<Item = &'p str>, archive: &Path, on: jiff::civil::Date) -> io::Result<u64> {
    let time = u16::try_from(on.year()).ok().and_then(|year| DateTime::from_date_and_time(year, on.month() as u8, on.day() as u8, 0, 0, 0).ok());
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(time.unwrap_or_default()).unix_permissions(PERMISSIONS);
    write_whole(archive, |partial| {
        let mut writer = ZipWriter::new(BufWriter::with_capacity(BUFFER_BYTES, Pieces::create(partial)?));
        for name in names {
            let mut file = File::open(folder.join(name))?;
            let is_large = file.metadata()?.len() > MOST_PLAIN_BYTES;
            writer.start_file(name, options.large_file(is_large))?;
            io::copy(&mut file, &mut writer)?;
        }
        writer.finish()?.flush()
    })?;
    Ok(archive.metadata()?.len())
}
