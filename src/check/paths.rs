//! Paths that content names: where they lead inside the project, and what was probably meant.

use std::sync::Arc;

use crate::domain::Register;

/// `content/agencies/x/` of any file of that agency.
pub(super) fn agency_folder(file: &str) -> &str {
    match file.match_indices('/').nth(2) {
        Some((end, _)) => &file[..=end],
        None => "",
    }
}

/// `content/pages/` of `content/pages/a.md`.
pub(super) fn folder(file: &str) -> &str {
    file.rfind('/').map_or("", |end| &file[..=end])
}

/// Where a relative path leads from a folder; `None` if it leaves the content folder.
pub(super) fn joined(folder: &str, path: &str) -> Option<String> {
    let path = decoded(path);
    if path.starts_with('/') || path.contains('\\') {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    (parts.first() == Some(&"content")).then(|| parts.join("/"))
}

/// `%20` and the like as the characters they stand for.
fn decoded(path: &str) -> String {
    if !path.contains('%') {
        return path.to_owned();
    }
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok()).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (first, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// How to write, from `folder`, the path of a file below it or beside it.
pub(super) fn relative(folder: &str, target: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = target.split('/').collect();
    let same = from.iter().zip(&to).take_while(|(left, right)| left == right).count();
    let up = std::iter::repeat_n("..", from.len() - same);
    up.chain(to[same..].iter().copied()).collect::<Vec<_>>().join("/")
}

/// The attachment that was probably meant: one of the same name elsewhere, or of nearly that name in the same agency.
pub(super) fn nearest_attachment<'a>(register: &'a Register, file: &str, path: &str) -> Option<&'a Arc<str>> {
    let own = agency_folder(file);
    let name = path.rsplit('/').next().unwrap_or(path);
    let name_of = |path: &Arc<str>| path.rsplit('/').next().unwrap_or("").to_owned();
    let mut candidates: Vec<&Arc<str>> = register.attachments.keys().filter(|path| path.starts_with(own)).collect();
    if let Some(same) = candidates.iter().find(|path| name_of(path).eq_ignore_ascii_case(name)) {
        return Some(same);
    }
    candidates.sort_by_key(|path| path.len());
    let names: Vec<String> = candidates.iter().map(|path| name_of(path)).collect();
    let near = crate::diagnostic::nearest(name, names.iter().map(String::as_str))?.to_owned();
    candidates.into_iter().find(|path| name_of(path) == near)
}
