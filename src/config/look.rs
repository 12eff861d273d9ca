//! How a site looks: its accent and its emblem, checked before anybody has to read them.

use super::invalid;
use crate::diagnostic::{Diagnostic, Text};
use crate::origin::Origin;
use crate::parse::raw::RawEmblem;
use crate::source::SourceTree;

/// Contrast that text needs (WCAG 2.2, 1.4.3).
const MINIMUM_CONTRAST: f64 = 4.5;
/// What the accent stands on in the light scheme of the default theme: page, boxes, warnings.
pub const LIGHT_GROUNDS: [&str; 3] = ["#ffffff", "#f3f4f5", "#fff6e0"];
/// The same in the dark scheme.
pub const DARK_GROUNDS: [&str; 3] = ["#121416", "#1d2124", "#2b2311"];
/// Largest emblem: every first visitor on a slow line waits for it.
const EMBLEM_BYTES: u64 = 20 * 1024;
/// Longest alternative text.
const ALT_CHARACTERS: usize = 120;

/// The colour of a site's own, as `#rrggbb`, in both schemes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accent {
    pub light: String,
    /// Mixed with white until it can be read on dark ground.
    pub dark: String,
}

/// The picture in the masthead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emblem {
    /// Path in the project.
    pub path: String,
    /// What it shows, for those who can't see it.
    pub alt: String,
}

/// The accent for both schemes; `None` with a diagnostic where it can't be read.
pub(super) fn accent(written: &str, origin: &Origin, diagnostics: &mut Vec<Diagnostic>) -> Option<Accent> {
    let Some(worst) = LIGHT_GROUNDS.iter().filter_map(|ground| Some((contrast(written, ground)?, *ground))).min_by(|left, right| left.0.total_cmp(&right.0))
    else {
        diagnostics.push(invalid(
            origin.field("accent"),
            format!("màu nhấn “{written}” không đúng dạng"),
            format!("the accent `{written}` is not a colour"),
            "ghi dạng \"#a3161a\", đặt trong dấu nháy",
            "write it as \"#a3161a\", in quotes",
        ));
        return None;
    };
    if worst.0 < MINIMUM_CONTRAST {
        let (ratio, ground) = (worst.0, worst.1);
        let shown = crate::domain::decimal(ratio, 2);
        diagnostics.push(invalid(
            origin.field("accent"),
            format!("màu nhấn {written} có độ tương phản {shown}:1 với nền {ground}, cần ít nhất 4,5:1"),
            format!("the accent {written} has a contrast of {ratio:.2}:1 on {ground}; at least 4.5:1 is needed"),
            "chọn màu đậm hơn, ví dụ \"#a3161a\"",
            "choose a darker colour, such as \"#a3161a\"",
        ));
        return None;
    }
    Some(Accent { light: written.to_owned(), dark: readable_on_dark(written) })
}

/// Light colours glow less on dark ground than they measure: more than the minimum looks like the other colours there.
const DARK_CONTRAST: f64 = 7.0;

/// The colour, mixed with as little white as dark ground needs.
fn readable_on_dark(colour: &str) -> String {
    let is_readable = |mixed: &str| DARK_GROUNDS.iter().all(|ground| contrast(mixed, ground).is_some_and(|ratio| ratio >= DARK_CONTRAST));
    (0..=20).map(|part| mixed_with_white(colour, part)).find(|mixed| is_readable(mixed)).unwrap_or_else(|| "#ffffff".to_owned())
}

/// A colour with `part` twentieths of white.
fn mixed_with_white(colour: &str, part: u32) -> String {
    let channel = |at: usize| u32::from_str_radix(&colour[at..at + 2], 16).map_or(255, |value| value + (255 - value) * part / 20);
    format!("#{:02x}{:02x}{:02x}", channel(1), channel(3), channel(5))
}

/// The emblem; `None` with a diagnostic where it can't be shown or is not described.
pub(super) fn emblem(raw: RawEmblem, title: &str, tree: &SourceTree, origin: &Origin, diagnostics: &mut Vec<Diagnostic>) -> Option<Emblem> {
    let RawEmblem { file, alt } = raw;
    let path = format!("{}/{}", super::CONTENT_FOLDER, file.trim_start_matches("./"));
    let before = diagnostics.len();
    let mut tell = |field: &str, vi: String, en: String, hint: Text| {
        diagnostics.push(Diagnostic::new(&super::INVALID_SETTING, origin.field(field), Text::new(vi, en)).hint(hint));
    };
    let hint = Text::fixed(
        "đặt ảnh PNG, JPEG hoặc WebP trong content/files/, ghi  file: files/bieu-trung.png",
        "put a PNG, JPEG or WebP image into content/files/ and write  file: files/emblem.png",
    );
    match tree.attachments.get(path.as_str()) {
        None => tell("file", format!("không có tệp biểu trưng “{file}”"), format!("there is no emblem `{file}`"), hint),
        Some(found) if !is_image(&found.head) => {
            tell("file", format!("tệp biểu trưng “{file}” không phải ảnh"), format!("the emblem `{file}` is not an image"), hint)
        }
        Some(found) if found.size_bytes > EMBLEM_BYTES => {
            let size = found.size_bytes.div_ceil(1024);
            let hint = Text::fixed("thu nhỏ ảnh còn khoảng 112 × 112 điểm rồi lưu lại", "make it about 112 × 112 pixels and save it again");
            tell("file", format!("biểu trưng nặng {size} KB, nhiều nhất là 20 KB"), format!("the emblem has {size} KB; 20 KB at most"), hint);
        }
        Some(_) => {}
    }
    if let Some((vi, en)) = alt_problem(&alt, &file, title) {
        let hint = Text::fixed(
            "tả hình trong một cụm từ, ví dụ  alt: Quốc huy Việt Nam ; hình chỉ để trang trí thì ghi  alt: \"\"",
            "describe it in a phrase, such as  alt: Emblem of Viet Nam ; where it is mere decoration write  alt: \"\"",
        );
        tell("alt", vi.to_owned(), en.to_owned(), hint);
    }
    (diagnostics.len() == before).then_some(Emblem { path, alt })
}

/// What is wrong with an alternative text. Empty is right for mere decoration: the name stands beside it.
fn alt_problem(alt: &str, file: &str, title: &str) -> Option<(&'static str, &'static str)> {
    let name = file.rsplit('/').next().unwrap_or(file);
    let first = alt.split_whitespace().next().unwrap_or("").to_lowercase();
    let begins = ["ảnh", "hình", "logo", "image", "picture"].contains(&first.as_str());
    match alt {
        _ if alt.chars().count() > ALT_CHARACTERS => {
            Some(("lời tả biểu trưng quá dài, nhiều nhất 120 ký tự", "the description of the emblem is too long: 120 characters at most"))
        }
        _ if begins => Some((
            "lời tả biểu trưng bắt đầu bằng “ảnh”, “hình” hoặc “logo”: trình đọc màn hình đã nói đây là ảnh",
            "the description of the emblem begins with `image` or `logo`: a screen reader says that by itself",
        )),
        _ if !alt.is_empty() && (alt == name || alt == file) => {
            Some(("lời tả biểu trưng chỉ là tên tệp", "the description of the emblem is only the name of its file"))
        }
        _ if !alt.is_empty() && alt == title => {
            Some(("lời tả biểu trưng lặp lại tên trang, đã có ngay bên cạnh", "the description of the emblem repeats the title beside it"))
        }
        _ => None,
    }
}

fn is_image(head: &[u8]) -> bool {
    head.starts_with(b"\x89PNG\r\n\x1a\n") || head.starts_with(b"\xff\xd8\xff") || (head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP"))
}

/// Contrast of two colours `#rrggbb` as WCAG 2.2 defines it; `None` where one is not a colour.
pub fn contrast(left: &str, right: &str) -> Option<f64> {
    let luminance = |colour: &str| {
        let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&digits[at..at + 2], 16).ok()?) / 255.0;
            Some(if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
        };
        Some(0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?)
    };
    let (left, right) = (luminance(left)?, luminance(right)?);
    Some((left.max(right) + 0.05) / (left.min(right) + 0.05))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accent_can_be_read_on_dark_ground_too() {
        for colour in ["#a3161a", "#0b4f9e", "#000000", "#004d00", "#5b2c83"] {
            let accent = accent(colour, &Origin::file("x"), &mut Vec::new()).unwrap();
            for ground in DARK_GROUNDS {
                let ratio = contrast(&accent.dark, ground).unwrap();
                assert!(ratio >= MINIMUM_CONTRAST, "{colour} as {} has {ratio} on {ground}", accent.dark);
            }
        }
    }

    #[test]
    fn what_a_picture_shows_is_said_without_saying_picture() {
        assert_eq!(alt_problem("Quốc huy Việt Nam", "files/a.png", "Trang"), None);
        assert_eq!(alt_problem("", "files/a.png", "Trang"), None);
        for wrong in ["Logo UBND", "Hình ảnh quốc huy", "a.png", "Trang"] {
            assert!(alt_problem(wrong, "files/a.png", "Trang").is_some(), "{wrong}");
        }
    }
}
