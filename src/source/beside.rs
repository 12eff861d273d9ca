//! Files of a project that lie beside its content folder.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// The text of a file of the project beside its content folder, as it would be read there; empty where there is none.
pub fn read_beside(project: &Path, name: &str) -> Result<Option<String>> {
    const LIMIT_BYTES: u64 = 64 * 1024 * 1024;
    let path = project.join(name);
    match fs::symlink_metadata(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("không đọc được {}", path.display())),
        Ok(metadata) => anyhow::ensure!(metadata.is_file() && metadata.len() <= LIMIT_BYTES, "{} không phải tệp đọc được", path.display()),
    }
    let bytes = fs::read(&path).with_context(|| format!("không đọc được {}", path.display()))?;
    let text = String::from_utf8(bytes).with_context(|| format!("{} không phải UTF-8", path.display()))?;
    Ok(Some(text))
}

/// The text of a small file that somebody named on the command line, such as a key.
pub fn read_small_text(path: &Path) -> Result<String> {
    let bytes = read_named(path, 64 * 1024)?;
    String::from_utf8(bytes).with_context(|| format!("{} không phải UTF-8", path.display()))
}

/// The bytes of a file that somebody named on the command line.
pub fn read_named(path: &Path, most_bytes: u64) -> Result<Vec<u8>> {
    let metadata = fs::metadata(path).with_context(|| format!("không đọc được {}", path.display()))?;
    anyhow::ensure!(metadata.is_file() && metadata.len() <= most_bytes, "{} không phải tệp đọc được", path.display());
    fs::read(path).with_context(|| format!("không đọc được {}", path.display()))
}
