//! The signed decision as a file: it must be there, be what was published, and be a PDF 1.4 or later.

use crate::check::Case;
use crate::check::paths::{agency_folder, joined, nearest_attachment, relative};
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{Attachment, AttachmentKind, Declaration, SignedFile};

pub static RULE: Rule = Rule {
    id: "signed-file-mismatch",
    severity: Severity::Error,
    summary: Text::fixed(
        "tệp quyết định đã ký không có, bị đổi, rỗng hoặc không phải PDF từ 1.4",
        "the signed decision is missing, altered, empty or not a PDF 1.4 or later",
    ),
    basis: Some("NĐ 30/2020/NĐ-CP, Phụ lục I, Phần II"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for declaration in case.register.quality_systems.values().flat_map(|system| &system.declarations) {
        if let Some(signed) = &declaration.signed_file {
            found.extend(judged(case, declaration, signed));
        }
    }
}

fn judged(case: &Case<'_>, declaration: &Declaration, signed: &SignedFile) -> Option<Diagnostic> {
    let origin = declaration.origin.field("signed_file");
    let folder = agency_folder(&declaration.origin.file);
    let path = joined(folder, &signed.path);
    // A file that was refused is told by `refused-file`.
    if path.as_ref().is_some_and(|path| case.register.broken.contains(path.as_str())) {
        return None;
    }
    let Some(attachment) = path.and_then(|path| case.register.attachments.get(path.as_str())) else {
        return Some(absent(case, declaration, signed));
    };
    if let Some((vi, en)) = unusable(attachment) {
        let message = Text::new(format!("tệp {} {vi}", signed.path), format!("{} {en}", signed.path));
        return Some(Diagnostic::new(&RULE, origin.field("path"), message).hint(Text::fixed(
            "quét màu quyết định đã ký, hoặc lấy bản ký số, lưu thành PDF rồi chép đè vào chỗ này",
            "scan the signed decision in colour, or take the digitally signed one, save it as PDF and put it here",
        )));
    }
    let expected = signed.sha256.as_ref().filter(|hash| hash.as_str() != attachment.sha256)?;
    let message = Text::new(
        format!("tệp {} không phải tệp đã ghi mã băm: tệp đang có {}…, bản công bố ghi {}…", signed.path, first(&attachment.sha256), first(expected)),
        format!("{} is not the file whose hash was noted: it has {}…, the declaration says {}…", signed.path, first(&attachment.sha256), first(expected)),
    );
    Some(Diagnostic::new(&RULE, origin.field("sha256"), message).hint(Text::new(
        format!("so tệp với bản đã ký; nếu đúng là bản đã ký, ghi  sha256: {}", attachment.sha256),
        format!("compare the file with the signed decision; if it is the signed one, write  sha256: {}", attachment.sha256),
    )))
}

fn first(hash: &str) -> String {
    hash.chars().take(12).collect()
}

fn unusable(attachment: &Attachment) -> Option<(String, String)> {
    match attachment.kind {
        _ if attachment.size_bytes == 0 => Some(("rỗng".into(), "is empty".into())),
        AttachmentKind::Pdf { major, minor } if (major, minor) < (1, 4) => {
            Some((format!("là PDF {major}.{minor}, cần từ PDF 1.4"), format!("is PDF {major}.{minor}; at least 1.4 is needed")))
        }
        AttachmentKind::Pdf { .. } => None,
        _ => Some(("không phải là tệp PDF".into(), "is not a PDF".into())),
    }
}

fn absent(case: &Case<'_>, declaration: &Declaration, signed: &SignedFile) -> Diagnostic {
    let folder = agency_folder(&declaration.origin.file);
    let message = Text::new(format!("không có tệp {folder}{}", signed.path), format!("there is no file {folder}{}", signed.path));
    let diagnostic = Diagnostic::new(&RULE, declaration.origin.field("signed_file").field("path"), message);
    match nearest_attachment(case.register, &declaration.origin.file, &signed.path) {
        Some(near) => {
            let near = relative(folder, near);
            diagnostic.hint(Text::new(format!("nếu là tệp {near}, ghi  path: {near}"), format!("if it is {near}, write  path: {near}")))
        }
        None => diagnostic.hint(Text::new(
            format!("chép bản PDF đã ký vào {folder}files/ rồi ghi  path: files/<tên tệp>.pdf"),
            format!("copy the signed PDF to {folder}files/ and write  path: files/<name>.pdf"),
        )),
    }
}
