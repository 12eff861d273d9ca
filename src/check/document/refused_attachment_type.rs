//! A file of a kind that is not offered to the public, by its name or by its first bytes.

use std::collections::BTreeSet;

use crate::check::Case;
use crate::check::paths::{agency_folder, joined};
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{Attachment, AttachmentKind};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "refused-attachment-type",
    severity: Severity::Error,
    summary: Text::fixed(
        "tệp đính kèm không thuộc loại được đăng (pdf, docx, xlsx, png, jpg, webp) hoặc nội dung khác đuôi tệp",
        "an attachment that is not pdf, docx, xlsx, png, jpg or webp, or is not what its name says",
    ),
    basis: None,
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    // Signed decisions are judged by `signed-file-mismatch`.
    let declarations = case.register.quality_systems.values().flat_map(|system| &system.declarations);
    let signed: BTreeSet<String> =
        declarations.filter_map(|declaration| joined(agency_folder(&declaration.origin.file), &declaration.signed_file.as_ref()?.path)).collect();
    found.extend(case.register.attachments.values().filter(|attachment| !signed.contains(&*attachment.path)).filter_map(judged));
}

/// Whether its name alone says that it is not published.
pub(super) fn is_refused(attachment: &Attachment) -> bool {
    judged(attachment).is_some()
}

fn judged(attachment: &Attachment) -> Option<Diagnostic> {
    let name = attachment.path.rsplit('/').next().unwrap_or("");
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let is_as_named = match ending.as_str() {
        "pdf" => matches!(attachment.kind, AttachmentKind::Pdf { .. }),
        "docx" | "xlsx" => attachment.kind == AttachmentKind::Zip,
        "png" => attachment.kind == AttachmentKind::Png,
        "jpg" | "jpeg" => attachment.kind == AttachmentKind::Jpeg,
        "webp" => attachment.kind == AttachmentKind::Webp,
        _ => return Some(refused(attachment, format!("loại tệp “.{ending}” không được đăng"), format!("files of the kind `.{ending}` are not published"))),
    };
    if is_as_named {
        return None;
    }
    Some(if attachment.size_bytes == 0 {
        refused(attachment, format!("tệp {name} rỗng"), format!("{name} is empty"))
    } else {
        refused(attachment, format!("tệp {name} không phải là tệp .{ending} thật"), format!("{name} is not really a .{ending} file"))
    })
}

fn refused(attachment: &Attachment, vi: String, en: String) -> Diagnostic {
    Diagnostic::new(&RULE, Origin::file(attachment.path.clone()), Text::new(vi, en)).hint(Text::fixed(
        "mở bằng phần mềm gốc rồi lưu lại thành pdf, docx, xlsx, png, jpg hoặc webp; tệp nén và tệp chạy được thì xóa",
        "open it in its own program and save it as pdf, docx, xlsx, png, jpg or webp; delete archives and programs",
    ))
}
