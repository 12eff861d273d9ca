//! One rename between the old site and the new one.

use std::fs;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};

/// Puts `stage` in the place of `target`. Where the file system can exchange two folders in one step,
/// nobody ever sees anything but the old or the new site, and the old one is left at `stage`.
///
/// Nothing is forced onto the disk first. One `syncfs` took 5 % of a build of the sample and 8 % of a province's
/// (38,000 files) on ext4, far more where others write to the same disk, and it helps only against a power
/// failure in the half minute after a build: a damaged manifest is noticed by the next one.
pub fn swap_in(stage: &Path, target: &Path) -> Result<()> {
    let failed = |error| cannot_replace(error, target);
    if !target.exists() {
        return fs::rename(stage, target).map_err(failed);
    }
    match exchange(stage, target) {
        Err(error) if is_unknown_here(&error) => {}
        result => return result.map_err(failed),
    }
    // Two renames: a build killed between them is recovered by the next one.
    let old = beside(target, "old");
    fs::rename(target, &old).map_err(failed)?;
    if let Err(error) = fs::rename(stage, target) {
        let _ = fs::rename(&old, target);
        return Err(failed(error));
    }
    let _ = fs::remove_dir_all(&old);
    Ok(())
}

/// Fails, before any work is done, where a folder can't be replaced because another disk is mounted there.
pub fn ensure_replaceable(target: &Path) -> Result<()> {
    anyhow::ensure!(!is_mount_point(target), "{} là một ổ đĩa được gắn vào, {}", target.display(), way_out(target));
    Ok(())
}

fn cannot_replace(error: Error, target: &Path) -> anyhow::Error {
    let failed = format!("không đưa được trang mới vào {}", target.display());
    match error.kind() {
        // Mounted meanwhile, in use as a root, or a folder of a container's lower layer.
        ErrorKind::ResourceBusy | ErrorKind::CrossesDevices => {
            anyhow!("{failed}: thư mục này do hệ thống gắn vào hoặc đang giữ, {}", way_out(target))
        }
        _ => Err::<(), _>(error).context(failed).unwrap_err(),
    }
}

fn way_out(target: &Path) -> String {
    format!("không thể thay cả thư mục trong một bước; ghi vào một thư mục con của nó:  --out {}", target.join("site").display())
}

/// Whether the file system or the system does not know how to exchange two folders.
fn is_unknown_here(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported)
}

#[cfg(target_os = "linux")]
fn exchange(stage: &Path, target: &Path) -> Result<(), Error> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, stage, CWD, target, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_os = "linux"))]
fn exchange(_stage: &Path, _target: &Path) -> Result<(), Error> {
    Err(ErrorKind::Unsupported.into())
}

#[cfg(target_os = "linux")]
pub(super) fn is_mount_point(path: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty()).is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(not(target_os = "linux"))]
pub(super) fn is_mount_point(_path: &Path) -> bool {
    false
}

/// What a build keeps beside a target while it works, hidden: `lock`, `new` and `old`.
pub(super) fn beside(target: &Path, ending: &str) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.congbo-{ending}"))
}
