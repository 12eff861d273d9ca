//! Turns what the reader refused or changed into diagnostics.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::origin::Origin;
use crate::source::{Encoding, NoteKind, Refusal, RefusalReason, Remark, SourceTree};

/// Text in an encoding of the past.
pub static LEGACY_ENCODING: Rule = Rule {
    id: "legacy-encoding",
    severity: Severity::Error,
    summary: Text::fixed(
        "tệp không phải UTF-8, hoặc chữ gõ bằng bảng mã cũ (TCVN3, VNI)",
        "text that is not UTF-8, or was typed in an old encoding (TCVN3, VNI)",
    ),
    basis: Some("NĐ 30/2020/NĐ-CP, Phụ lục I (Unicode, TCVN 6909:2001)"),
};
/// Text in another normal form.
pub static NOT_NFC: Rule = Rule {
    id: "not-nfc",
    severity: Severity::Information,
    summary: Text::fixed("chữ có dấu ở dạng tổ hợp; đã đọc như dạng dựng sẵn (NFC)", "letters with separate marks; read as composed ones (NFC)"),
    basis: Some("NĐ 30/2020/NĐ-CP, Phụ lục I (Unicode, TCVN 6909:2001)"),
};
/// A letter that only looks right.
pub static CONFUSABLE_LETTER: Rule = Rule {
    id: "confusable-letter",
    severity: Severity::Warning,
    summary: Text::fixed(
        "chữ nhìn giống nhưng là ký tự khác (Ð thay cho Đ, chữ Nga, chữ Hy Lạp)",
        "a letter that looks right but is another one (Ð for Đ, Cyrillic, Greek)",
    ),
    basis: Some("NĐ 30/2020/NĐ-CP, Phụ lục I (Unicode, TCVN 6909:2001)"),
};
/// A character that nobody sees.
pub static INVISIBLE_CHARACTER: Rule = Rule {
    id: "invisible-character",
    severity: Severity::Warning,
    summary: Text::fixed(
        "ký tự không nhìn thấy; ký tự điều khiển và đổi hướng chữ là lỗi",
        "an invisible character; control and bidirectional characters are errors",
    ),
    basis: None,
};
/// A file that is not followed, too large, or of no known kind.
pub static REFUSED_FILE: Rule = Rule {
    id: "refused-file",
    severity: Severity::Error,
    summary: Text::fixed(
        "tệp không được đọc: liên kết, tệp đặc biệt, quá lớn, tên không dùng được",
        "a file that is not read: a link, a special file, too large, an unusable name",
    ),
    basis: None,
};

/// The rules of this file.
pub static RULES: &[&Rule] = &[&LEGACY_ENCODING, &NOT_NFC, &CONFUSABLE_LETTER, &INVISIBLE_CHARACTER, &REFUSED_FILE];

/// All refusals and remarks of a tree.
///
/// A letter that only looks right, on a line that could not be read, is why: the error is told, and not the letter again.
pub fn report(tree: &SourceTree, lines_with_errors: &BTreeMap<Arc<str>, BTreeSet<u32>>, diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.extend(tree.refusals.iter().map(refused));
    for (path, source) in &tree.texts {
        let is_told = |remark: &&Remark| {
            matches!(remark.kind, NoteKind::ForeignLetter { .. }) && lines_with_errors.get(path).is_some_and(|lines| lines.contains(&remark.line))
        };
        diagnostics.extend(source.remarks.iter().filter(|remark| !is_told(remark)).map(|remark| remarked(path, remark)));
    }
}

/// Why one file was not read.
pub(super) fn refused(refusal: &Refusal) -> Diagnostic {
    let file = Origin::file(refusal.path.clone());
    let new = |vi: String, en: String, hint_vi: &'static str, hint_en: &'static str| {
        Diagnostic::new(&REFUSED_FILE, file.clone(), Text::new(vi, en)).hint(Text::fixed(hint_vi, hint_en))
    };
    match &refusal.reason {
        RefusalReason::Link => new(
            "đây là liên kết đến chỗ khác, không đọc".into(),
            "this is a link to another place; links are not followed".into(),
            "chép chính tệp đó vào thư mục nội dung",
            "copy the file itself into the content folder",
        ),
        RefusalReason::SpecialFile => {
            new("đây không phải là tệp thường".into(), "this is not an ordinary file".into(), "xóa khỏi thư mục nội dung", "remove it from the content folder")
        }
        RefusalReason::TooLarge { size_bytes, limit_bytes } => {
            let (found, allowed) = sizes(*size_bytes, *limit_bytes);
            let is_attachment = refusal.path.split('/').any(|folder| folder == "files");
            let (hint_vi, hint_en) = if is_attachment { ATTACHMENT_TOO_LARGE } else { TEXT_TOO_LARGE };
            new(
                format!("tệp quá lớn: {found}, cho phép {allowed}"),
                format!("the file is too large: {} of at most {}", found.replace(',', "."), allowed.replace(',', ".")),
                hint_vi,
                hint_en,
            )
        }
        RefusalReason::Encoding { looks_like, line, column } => encoding(refusal, *looks_like, *line, *column),
        RefusalReason::CutOff(line, column) => {
            let origin = Origin::position(refusal.path.clone(), *line, *column);
            Diagnostic {
                origin,
                ..new(
                    "tệp dừng giữa chừng, có lẽ chưa chép hoặc tải lên xong".into(),
                    "the file stops in the middle; it may have been copied in part".into(),
                    "chép hoặc tải lại cả tệp từ bản gốc",
                    "copy the whole file again",
                )
            }
        }
        RefusalReason::UnknownKind => unknown_kind(&refusal.path),
        RefusalReason::UnusableName => new(
            "tên tệp có ký tự không dùng được trên mọi máy".into(),
            "the file name has characters that not every system can store".into(),
            "đặt tên bằng chữ không dấu, số và dấu gạch nối",
            "use letters without marks, digits and hyphens",
        ),
        RefusalReason::Unreadable(reason) => new(
            format!("không đọc được tệp: {reason}"),
            format!("the file can't be read: {reason}"),
            "kiểm tra quyền đọc của tệp",
            "check that the file may be read",
        ),
    }
}

/// A file by its ending: a misspelt one, a paper of an office program, or anything else.
fn unknown_kind(path: &str) -> Diagnostic {
    let name = path.rsplit('/').next().unwrap_or(path);
    let small = name.to_lowercase();
    let say = |vi: &str, en: &str, hint_vi: String, hint_en: String| {
        Diagnostic::new(&REFUSED_FILE, Origin::file(path), Text::new(vi, en)).hint(Text::new(hint_vi, hint_en))
    };
    for (ending, right) in [(".yaml.txt", ".yaml"), (".yml.txt", ".yaml"), (".md.txt", ".md"), (".yml", ".yaml"), (".yaml", ".yaml"), (".md", ".md")] {
        if small.ends_with(ending) {
            let better = format!("{}{right}", &name[..name.len() - ending.len()]);
            return say(
                &format!("đuôi tệp phải là {right}, chữ thường"),
                &format!("the file name must end in {right}, in small letters"),
                format!("đổi tên tệp thành  {better}"),
                format!("rename the file to  {better}"),
            );
        }
    }
    match small.rsplit('.').next().unwrap_or("") {
        "doc" | "docx" | "rtf" | "odt" => say(
            "tệp Word không được đọc ở đây",
            "a Word file is not read here",
            "chép nội dung sang tệp .md; nếu chỉ để người dân tải về, đặt tệp vào thư mục files/ của cơ quan".into(),
            "copy the text into a .md file; if people are only to download it, put it into the agency's files/ folder".into(),
        ),
        "xls" | "xlsx" | "csv" | "ods" => say(
            "bảng tính không được đọc ở đây",
            "a spreadsheet is not read here",
            "chép số liệu sang tệp .yaml; nếu chỉ để người dân tải về, đặt tệp vào thư mục files/ của cơ quan".into(),
            "copy the data into a .yaml file; if people are only to download it, put it into the agency's files/ folder".into(),
        ),
        "pdf" | "jpg" | "jpeg" | "png" | "webp" | "gif" => say(
            "tệp đính kèm, hình ảnh không được đọc ở đây",
            "an attachment or picture is not read here",
            "chuyển tệp vào thư mục files/ của cơ quan".into(),
            "move it into the agency's files/ folder".into(),
        ),
        _ => say(
            "loại tệp này không được đọc ở đây",
            "this kind of file is not read here",
            "tệp nội dung có đuôi .yaml hoặc .md; ghi chú riêng thì để ngoài thư mục content".into(),
            "content files end in .yaml or .md; keep notes of your own outside the content folder".into(),
        ),
    }
}

const TEXT_TOO_LARGE: (&str, &str) = (
    "chia thành nhiều tệp, hoặc nâng giới hạn  limits: { source_file_bytes: … }  trong site.yaml (cao nhất 4 MB)",
    "split the file, or raise  limits: { source_file_bytes: … }  in site.yaml (4 MB at most)",
);
const ATTACHMENT_TOO_LARGE: (&str, &str) = (
    "quét lại ở 200 dpi hoặc nén ảnh trong tệp, hoặc nâng giới hạn  limits: { attachment_bytes: … }  trong site.yaml (cao nhất 200 MB)",
    "scan it again at 200 dpi or compress its pictures, or raise  limits: { attachment_bytes: … }  in site.yaml (200 MB at most)",
);

/// Two sizes, in bytes where they would look the same otherwise.
fn sizes(found: u64, allowed: u64) -> (String, String) {
    if size(found) == size(allowed) { (format!("{found} byte"), format!("{allowed} byte")) } else { (size(found), size(allowed)) }
}

/// `300 byte`, `1,25 MB`
fn size(size_bytes: u64) -> String {
    const MEGABYTE: f64 = 1024.0 * 1024.0;
    if size_bytes < 100_000 { format!("{size_bytes} byte") } else { format!("{} MB", crate::domain::decimal(size_bytes as f64 / MEGABYTE, 2)) }
}

fn encoding(refusal: &Refusal, looks_like: Encoding, line: u32, column: u32) -> Diagnostic {
    let origin = Origin::position(refusal.path.clone(), line, column);
    let (vi, en) = match looks_like {
        Encoding::Unknown => ("tệp không phải là văn bản UTF-8".to_owned(), "the file is not text in UTF-8".to_owned()),
        known => (format!("tệp không phải UTF-8, có vẻ là {}", known.name()), format!("the file is not UTF-8; it looks like {}", known.name())),
    };
    Diagnostic::new(&LEGACY_ENCODING, origin, Text::new(vi, en)).hint(conversion(looks_like))
}

fn conversion(encoding: Encoding) -> Text {
    match encoding {
        Encoding::Tcvn3 | Encoding::VniWindows => Text::fixed(
            "dùng UniKey: Công cụ (Ctrl+Shift+F6), chọn bảng mã nguồn TCVN3 hoặc VNI và bảng mã đích Unicode, chuyển rồi lưu bằng mã UTF-8",
            "convert with UniKey (Toolkit, Ctrl+Shift+F6) from TCVN3 or VNI to Unicode, then save as UTF-8",
        ),
        Encoding::Utf16 | Encoding::Windows1258 | Encoding::Unknown => Text::fixed(
            "mở bằng Notepad, chọn Tệp > Lưu dưới dạng (File > Save As), ở ô Mã hóa (Encoding) chọn UTF-8 rồi lưu lại",
            "open it in Notepad, choose File > Save As, Encoding: UTF-8, and save",
        ),
    }
}

fn remarked(path: &std::sync::Arc<str>, remark: &Remark) -> Diagnostic {
    let origin = Origin::position(path.clone(), remark.line, remark.column);
    match &remark.kind {
        NoteKind::NotNfc => Diagnostic::new(
            &NOT_NFC,
            origin,
            Text::fixed("chữ có dấu ở dạng tổ hợp (NFD), đã đọc như dạng dựng sẵn", "letters with separate marks (NFD), read as composed ones"),
        )
        .hint(Text::fixed("gõ lại bằng bảng mã Unicode dựng sẵn trong bộ gõ", "type it again with the input method set to precomposed Unicode")),
        NoteKind::ReadAsD { found } => {
            let meant = if *found == 'Ð' { 'Đ' } else { 'đ' };
            let code = *found as u32;
            Diagnostic::new(
                &CONFUSABLE_LETTER,
                origin,
                Text::new(
                    format!("chữ “{found}” (U+{code:04X}) không phải chữ {meant} của tiếng Việt, đã đọc như {meant}"),
                    format!("`{found}` (U+{code:04X}) is not the Vietnamese {meant}; read as {meant}"),
                ),
            )
            .hint(Text::new(format!("gõ lại chữ {meant}"), format!("type {meant} again")))
        }
        NoteKind::ForeignLetter { found, looks_like } => {
            let code = *found as u32;
            Diagnostic::new(
                &CONFUSABLE_LETTER,
                origin,
                Text::new(
                    format!("chữ “{found}” (U+{code:04X}) nhìn giống {looks_like} nhưng thuộc bảng chữ cái khác"),
                    format!("`{found}` (U+{code:04X}) looks like {looks_like} but belongs to another alphabet"),
                ),
            )
            .hint(Text::new(format!("gõ lại chữ {looks_like}"), format!("type {looks_like} again")))
        }
        NoteKind::Invisible { found } => {
            let code = *found as u32;
            let is_dangerous = found.is_control() || matches!(code, 0x200E..=0x200F | 0x202A..=0x202E | 0x2066..=0x2069);
            Diagnostic::new(
                &INVISIBLE_CHARACTER,
                origin,
                Text::new(format!("có ký tự không nhìn thấy U+{code:04X}"), format!("an invisible character U+{code:04X}")),
            )
            .level(if is_dangerous { Severity::Error } else { Severity::Warning })
            .hint(match code {
                0x0B | 0x0C | 0x2028 | 0x2029 => {
                    Text::fixed("đây là dấu xuống dòng của Word: xóa chỗ này rồi gõ một dấu cách", "this is a line break of Word: delete it and type a space")
                }
                _ => Text::fixed("xóa đoạn quanh vị trí này rồi gõ lại bằng tay, không dán", "delete the text around this place and type it again by hand"),
            })
        }
        NoteKind::ZeroWidth { found } => {
            let code = *found as u32;
            Diagnostic::new(
                &INVISIBLE_CHARACTER,
                origin,
                Text::new(
                    format!("có ký tự không nhìn thấy U+{code:04X}, đã đọc như không có"),
                    format!("an invisible character U+{code:04X}, read as if it were not there"),
                ),
            )
            .hint(Text::fixed("xóa đoạn quanh vị trí này rồi gõ lại bằng tay, không dán", "delete the text around this place and type it again by hand"))
        }
        NoteKind::CurlyQuotes => Diagnostic::new(
            &CONFUSABLE_LETTER,
            origin,
            Text::fixed(
                "dấu nháy cong “ ” của Word quanh giá trị, đã đọc như dấu nháy thẳng \" \"",
                "curly quotes of Word around a value, read as straight ones",
            ),
        )
        .hint(Text::fixed(
            "gõ lại dấu nháy thẳng \" ; trong Word tắt mục đổi nháy thẳng thành nháy cong (AutoCorrect)",
            "type straight quotes; switch smart quotes off in Word (AutoCorrect)",
        )),
        NoteKind::LegacyText { looks_like } => Diagnostic::new(
            &LEGACY_ENCODING,
            origin,
            Text::new(format!("chữ có vẻ gõ bằng bảng mã {}", looks_like.name()), format!("text that looks typed in {}", looks_like.name())),
        )
        .hint(conversion(*looks_like)),
    }
}
