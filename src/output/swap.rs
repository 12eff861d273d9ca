//! One rename between the old site and the new one.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Puts `stage` in the place of `target`. Where the file system can exchange two folders in one step,
/// nobody ever sees anything but the old or the new site, and the old one is left at `stage`.
pub fn swap_in(stage: &Path, target: &Path) -> Result<()> {
    let failed = || format!("không đưa được trang mới vào {}", target.display());
    if !target.exists() {
        return fs::rename(stage, target).with_context(failed);
    }
    if exchange(stage, target) {
        return Ok(());
    }
    // Two renames: a build killed between them is recovered by the next one.
    let old = old_folder(stage);
    fs::rename(target, &old).with_context(failed)?;
    if let Err(error) = fs::rename(stage, target) {
        let _ = fs::rename(&old, target);
        return Err(error).with_context(failed);
    }
    let _ = fs::remove_dir_all(&old);
    Ok(())
}

#[cfg(target_os = "linux")]
fn exchange(stage: &Path, target: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, stage, CWD, target, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn exchange(_stage: &Path, _target: &Path) -> bool {
    false
}

fn old_folder(stage: &Path) -> PathBuf {
    let name = stage.file_name().map(|name| name.to_string_lossy().replace(".congbo-new", ".congbo-old")).unwrap_or_default();
    stage.with_file_name(name)
}
