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
