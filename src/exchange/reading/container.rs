//! Looks at a zip container before anything in it is read: how many parts, how large unpacked, which kind of file.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{MOST_UNPACKED_BYTES, Refusal, SAVE_ANEW};

/// Most parts of a container.
const MOST_PARTS: usize = 4_096;

/// What a container is.
pub(super) enum Kind {
    Workbook,
    Document,
    Other(&'static str),
}

/// Unpacks every part once, counting, so that no size that the container states is trusted.
pub(super) fn kind(bytes: &[u8]) -> Result<Kind, Refusal> {
    let broken = || Refusal::new("tệp hỏng hoặc tải về chưa đủ", "chép lại tệp từ nơi gửi; nếu vẫn vậy thì mở bằng Excel hoặc Word rồi lưu thành tệp mới");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    if archive.len() > MOST_PARTS || stated_parts(bytes).is_some_and(|stated| stated != archive.len()) {
        return Err(Refusal::new("tệp có quá nhiều phần, hoặc hai phần cùng tên", SAVE_ANEW));
    }
    let mut left = MOST_UNPACKED_BYTES;
    let mut names = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|error| if is_encrypted(&error) { locked() } else { broken() })?;
        names.push(part.name().map_err(|_| broken())?.into_owned());
        let read = std::io::copy(&mut (&mut part).take(left + 1), &mut std::io::sink()).map_err(|_| broken())?;
        left = left.checked_sub(read).ok_or_else(|| {
            let what = format!("tệp bung ra lớn hơn {} MiB", MOST_UNPACKED_BYTES / 1024 / 1024);
            Refusal::new(what, "đây không phải danh sách bình thường; chép riêng bảng cần nhập sang một tệp mới")
        })?;
    }
    let has = |name: &str| names.iter().any(|other| other.eq_ignore_ascii_case(name));
    Ok(if has("word/document.xml") {
        Kind::Document
    } else if has("xl/workbook.xml") {
        Kind::Workbook
    } else if has("xl/workbook.bin") {
        Kind::Other("bảng tính nhị phân (.xlsb)")
    } else if has("content.xml") {
        Kind::Other("tệp của LibreOffice (.ods, .odt)")
    } else {
        Kind::Other("tệp nén")
    })
}

fn is_encrypted(error: &zip::result::ZipError) -> bool {
    matches!(error, zip::result::ZipError::UnsupportedArchive(reason) if reason.contains("assword"))
}

fn locked() -> Refusal {
    Refusal::new("tệp đặt mật khẩu nên không đọc được", "bỏ mật khẩu, lưu lại rồi nhập")
}

/// How many parts the end of the container states; two of one name count twice there.
fn stated_parts(bytes: &[u8]) -> Option<usize> {
    let tail = &bytes[bytes.len().saturating_sub(22 + 65_535)..];
    let at = tail.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let count = tail.get(at + 10..at + 12)?;
    Some(usize::from(u16::from_le_bytes([count[0], count[1]])))
}
