//! `congbo verify`: whether a published site is complete and unaltered.

use std::path::Path;

use anyhow::{Context, Result};

use super::Outcome;
use crate::cli::Verify;
use crate::diagnostic::Lang;
use crate::domain::{Date, grouped, short_date};
use crate::output::{MANIFEST_NAME, SIGNATURE_NAME, write_if_changed};
use crate::signature::VerifyingKey;
use crate::source::{read_named, read_small_text};
use crate::verify::{Finding, Known, ReadManifest, Site, Verified, verify};

/// A manifest that is kept is not larger than one that is read.
const MOST_BYTES: u64 = 512 * 1024 * 1024;

/// Compares a site with its manifest and with what was kept of it, and names everything that is not as it should be.
pub fn run(arguments: &Verify, lang: Lang) -> Result<Outcome> {
    let last = last_manifest(arguments)?;
    let key = arguments.public_key.as_deref().map(public_key).transpose()?;
    let verified = verify(&Site::open(&arguments.place)?, &Known { last: last.as_deref(), key: key.as_ref() })?;
    for finding in &verified.findings {
        say!("{}", sentence(finding, lang));
    }
    tell_result(&verified, &arguments.place, lang);
    if !verified.findings.is_empty() {
        return Ok(Outcome::Problems);
    }
    if let (true, Some(file), Some(manifest)) = (arguments.remember, &arguments.last_manifest, &verified.manifest) {
        write_if_changed(file, &manifest.bytes)?;
    }
    Ok(Outcome::Clean)
}

/// What was kept of the last time. The first time there is nothing to compare with, where it is to be kept.
fn last_manifest(arguments: &Verify) -> Result<Option<Vec<u8>>> {
    match &arguments.last_manifest {
        Some(file) if !arguments.remember || file.exists() => read_named(file, MOST_BYTES).map(Some),
        _ => Ok(None),
    }
}

/// A key from a file, or written out.
fn public_key(named: &str) -> Result<VerifyingKey> {
    let file = Path::new(named);
    let text = if file.exists() { read_small_text(file)? } else { named.to_owned() };
    VerifyingKey::read(&text).with_context(|| named.to_owned())
}

pub(super) fn tell_result(verified: &Verified, place: &str, lang: Lang) {
    let Some(ReadManifest { edition, files, .. }) = &verified.manifest else {
        return tell!("{}", if lang == Lang::Vi { format!("{place}: không đối chiếu được") } else { format!("{place}: can't be checked") });
    };
    let (count, files) = (grouped(verified.findings.len() as u64), grouped(*files as u64));
    let day = edition.as_of.parse::<Date>().map_or_else(|_| edition.as_of.clone(), short_date);
    let counter = edition.counter;
    match (verified.findings.is_empty(), lang) {
        (true, Lang::Vi) => tell!("{place}: bản số {counter}, ngày {day}, {files} tệp, còn nguyên"),
        (true, Lang::En) => tell!("{place}: edition {counter} of {}, {files} files, unaltered", edition.as_of),
        (false, Lang::Vi) => tell!("{place}: bản số {counter}, ngày {day}, {files} tệp; {count} điểm không đúng bản kê"),
        (false, Lang::En) => tell!("{place}: edition {counter} of {}, {files} files; {count} things are not as the manifest says", edition.as_of),
    }
    if let Some(signed) = &verified.signed {
        tell!("{}", if lang == Lang::Vi { format!("chữ ký của bản kê đúng: {signed}") } else { format!("the signature of the manifest holds: {signed}") });
    }
    if !verified.sees_additions {
        let vi = "kiểm tra qua mạng không thấy được tệp thêm vào ngoài bản kê; muốn thấy thì kiểm tra thư mục trên máy chủ";
        let en = "over the web, files that the manifest does not list can't be seen; check the folder on the server for them";
        tell!("{}", if lang == Lang::Vi { vi } else { en });
    }
}

/// A finding as one line.
pub(super) fn sentence(finding: &Finding, lang: Lang) -> String {
    let (vi, en) = match finding {
        Finding::MissingManifest => (format!("thiếu {MANIFEST_NAME}"), format!("missing: {MANIFEST_NAME}")),
        Finding::DamagedManifest => {
            (format!("bị sửa hoặc hỏng: {MANIFEST_NAME} không còn như congbo đã ghi"), format!("altered or damaged: {MANIFEST_NAME} is not as congbo wrote it"))
        }
        Finding::MissingSignature => (format!("thiếu chữ ký: {SIGNATURE_NAME}"), format!("missing signature: {SIGNATURE_NAME}")),
        Finding::WrongSignature => (
            format!("chữ ký sai: {SIGNATURE_NAME} không phải của khóa này cho {MANIFEST_NAME}"),
            format!("wrong signature: {SIGNATURE_NAME} is not of this key on {MANIFEST_NAME}"),
        ),
        Finding::RolledBack { counter, known } => (
            format!("bản cũ bị đưa trở lại: đang là bản số {counter}, lần trước đã là bản số {known}"),
            format!("rolled back: this is edition {counter}, the last time it was {known}"),
        ),
        Finding::Forked(counter) => (
            format!("hai trang khác nhau cùng mang số {counter}: {MANIFEST_NAME} không phải bản đã giữ lại"),
            format!("two different sites are edition {counter}: {MANIFEST_NAME} is not the one that was kept"),
        ),
        Finding::BrokenChain(counter) => (
            format!("bản số {counter} không nối tiếp bản đã giữ lại: mã của bản trước không khớp"),
            format!("edition {counter} does not follow the one that was kept: the hash of the one before differs"),
        ),
        Finding::Altered(path) => (format!("bị sửa: {path}"), format!("altered: {path}")),
        Finding::Swapped(first, second) => (format!("bị tráo cho nhau: {first} và {second}"), format!("exchanged: {first} and {second}")),
        Finding::Replaced { path, by } => (format!("bị thay: {path} đang mang nội dung của {by}"), format!("replaced: {path} has the content of {by}")),
        Finding::Missing(path) => (format!("bị xóa: {path}"), format!("deleted: {path}")),
        Finding::Added(path) => (format!("bị thêm: {path}"), format!("added: {path}")),
        Finding::Unreadable(path, why) => (format!("không đọc được: {path} ({why})"), format!("unreadable: {path} ({why})")),
        Finding::StrangePath(path) => (format!("địa chỉ lạ trong bản kê: {path}"), format!("strange path in the manifest: {path}")),
    };
    if lang == Lang::Vi { vi } else { en }
}
