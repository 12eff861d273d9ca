//! CSV as offices save it: `;`, `,` or tab between cells, UTF-8, UTF-16 or Windows-1258.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

use super::{FileFormat, Filling, GridKind, MOST_UNPACKED_BYTES, Refusal, Tables};
use crate::source::{self, NoteKind, RefusalReason, decode};

/// Lines that are looked at to find what stands between cells.
const LOOKED_AT: usize = 20;

pub(super) fn read(bytes: &[u8]) -> Result<Tables, Refusal> {
    let (text, notes) = text(bytes)?;
    let (text, stated) = separator_line(&text);
    let separator = stated.unwrap_or_else(|| separator(text));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut filling = Filling::new("CSV", MOST_UNPACKED_BYTES);
    for (row, record) in (0..).zip(reader.records()) {
        let record = record.map_err(|_| Refusal::new("tệp CSV hỏng", "mở bằng Excel rồi lưu thành .xlsx"))?;
        for (column, cell) in (0..).zip(&record) {
            filling.add(row, column, cell.to_owned(), GridKind::Text)?;
        }
    }
    Ok(Tables { format: FileFormat::Csv, grids: vec![filling.grid], notes })
}

fn text(bytes: &[u8]) -> Result<(String, Vec<String>), Refusal> {
    let wide = |encoding: &'static Encoding, bytes: &[u8]| {
        let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
        if has_errors { Err(unreadable()) } else { Ok((text.nfc().collect(), vec![format!("tệp viết bằng {}", encoding.name())])) }
    };
    if let Some(bytes) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        return wide(UTF_16LE, bytes);
    }
    if let Some(bytes) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        return wide(UTF_16BE, bytes);
    }
    match decode(bytes) {
        Ok((text, remarks)) => {
            if text.contains('\0') {
                return Err(unreadable());
            }
            match remarks.iter().find_map(|remark| if let NoteKind::LegacyText { looks_like } = &remark.kind { Some(looks_like.name()) } else { None }) {
                Some(name) => Err(legacy(name)),
                None => Ok((text, Vec::new())),
            }
        }
        Err(RefusalReason::Encoding { looks_like: source::Encoding::Utf16, .. }) => {
            let zeros_first = bytes.iter().step_by(2).filter(|byte| **byte == 0).count();
            let is_big = zeros_first * 2 > bytes.len() / 2;
            wide(if is_big { UTF_16BE } else { UTF_16LE }, bytes)
        }
        Err(RefusalReason::Encoding { looks_like: looks_like @ (source::Encoding::Tcvn3 | source::Encoding::VniWindows), .. }) => {
            Err(legacy(looks_like.name()))
        }
        Err(_) => {
            if bytes.iter().take(4_096).any(|byte| *byte == 0) {
                return Err(unreadable());
            }
            let (text, _) = WINDOWS_1258.decode_without_bom_handling(bytes);
            Ok((text.nfc().collect(), vec!["tệp viết bằng Windows-1258: xem lại dấu tiếng Việt ở phần thay đổi bên dưới".to_owned()]))
        }
    }
}

fn unreadable() -> Refusal {
    Refusal::new("tệp không phải Excel, Word hay CSV", "lưu danh sách thành .xlsx, .docx hoặc .csv (UTF-8) rồi nhập lại")
}

fn legacy(name: &str) -> Refusal {
    Refusal::new(format!("chữ trong tệp viết bằng {name}"), "mở bằng Excel, dùng UniKey (Ctrl+Shift+F6) chuyển sang Unicode, lưu thành .xlsx rồi nhập lại")
}

/// `sep=;` in the first line, as spreadsheets write it.
fn separator_line(text: &str) -> (&str, Option<u8>) {
    let first = text.lines().next().unwrap_or("");
    match first.trim().strip_prefix("sep=").map(str::as_bytes) {
        Some([separator]) => (&text[first.len()..], Some(*separator)),
        _ => (text, None),
    }
}

/// What occurs most outside of quotes in the first lines.
fn separator(text: &str) -> u8 {
    let mut counts = [(b';', 0usize), (b'\t', 0), (b',', 0)];
    for line in text.lines().take(LOOKED_AT) {
        let mut is_quoted = false;
        for byte in line.bytes() {
            is_quoted ^= byte == b'"';
            for (separator, count) in counts.iter_mut().filter(|(separator, _)| !is_quoted && *separator == byte) {
                // Commas stand in sentences too.
                *count += if *separator == b',' { 2 } else { 3 };
            }
        }
    }
    let mut best = counts[0];
    for other in &counts[1..] {
        if other.1 > best.1 {
            best = *other;
        }
    }
    best.0
}
