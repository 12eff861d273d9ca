//! One code, id or number on two records.

use super::{Controlled, controlled, same_code};
use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{Agency, Duplicate};

pub static RULE: Rule = Rule {
    id: "duplicate-code",
    severity: Severity::Error,
    summary: Text::fixed("hai bản ghi dùng chung một mã", "one code on two records"),
    basis: Some("TCVN ISO 9001:2015, 7.5.2"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    // An id copied into another folder is told by `invalid-id`.
    let told = |duplicate: &&Duplicate| !case.register.has_told(&duplicate.second) && !case.register.has_told(&duplicate.first);
    found.extend(case.register.duplicates.iter().filter(told).map(of_records));
    for agency in case.register.agencies.values() {
        let documents = controlled(case.register, agency);
        let pairs = same_code(&documents);
        found.extend(pairs.into_iter().filter(|(first, second)| is_clash(first, second)).map(|(first, second)| of_documents(agency, first, second)));
    }
}

/// Two editions of one document are for other rules; a work process also stands in the internal list.
fn is_clash(first: &Controlled<'_>, second: &Controlled<'_>) -> bool {
    let is_same_edition = first.edition.is_none() || second.edition.is_none() || (first.edition, first.revision) == (second.edition, second.revision);
    first.is_process == second.is_process && !first.is_out_of_use() && !second.is_out_of_use() && is_same_edition
}

fn of_documents(agency: &Agency, first: &Controlled<'_>, second: &Controlled<'_>) -> Diagnostic {
    let code = second.code;
    let message = Text::new(
        format!("{}: mã {code} dùng cho hai tài liệu: “{}” và “{}”", agency.short(), first.title, second.title),
        format!("{}: the code {code} is on two documents: “{}” and “{}”", agency.short(), first.title, second.title),
    );
    Diagnostic::new(&RULE, second.origin.field("code"), message)
        .related(first.origin.field("code"), Text::fixed("mã đã dùng ở đây", "the code is used here first"))
        .hint(Text::fixed(
            "đặt mã khác cho một trong hai; nếu là bản cũ của cùng tài liệu, ghi  status: obsolete  cho bản cũ",
            "give one of them another code; if one is an old edition of the other, mark it  status: obsolete",
        ))
}

fn of_records(duplicate: &Duplicate) -> Diagnostic {
    let (vi, en) = match duplicate.kind {
        "administrative_procedure" => ("thủ tục hành chính", "administrative procedure"),
        "agency" => ("cơ quan", "agency"),
        "legal_document" => ("văn bản", "legal document"),
        "standard" => ("tiêu chuẩn", "standard"),
        "framework" => ("mô hình khung", "framework"),
        "deadline" => ("thời hạn", "deadline"),
        "inspection" => ("đợt kiểm tra của năm", "inspections of the year"),
        "objective" => ("mục tiêu", "objective"),
        _ => ("bản ghi", "record"),
    };
    let code = &duplicate.code;
    let message = Text::new(format!("{vi} {code} được khai hai lần"), format!("the {en} {code} is written twice"));
    Diagnostic::new(&RULE, duplicate.second.clone(), message)
        .related(duplicate.first.clone(), Text::fixed("lần thứ nhất ở đây", "the first one is here"))
        .hint(Text::fixed("xóa một trong hai, hoặc sửa mã nếu là hai bản ghi khác nhau", "delete one of them, or correct the code if they are different"))
}
