//! A document that was approved by somebody who is not the head of the agency. Positions are judged, and a name where
//! the agency says since when its head is in office.

use super::key;
use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::vocabulary::DocumentStatus;
use crate::domain::{Agency, Date, Head};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "approver-not-head",
    severity: Severity::Warning,
    summary: Text::fixed("người phê duyệt tài liệu không phải người đứng đầu", "a document approved by somebody other than the head"),
    basis: Some("QĐ 19/2014/QĐ-TTg, Điều 4 khoản 2 điểm a"),
};

/// Words of which one is in every position, of the head and of others.
const POSITIONS: &[&str] = &[
    "chủ tịch",
    "giám đốc",
    "trưởng",
    "cục trưởng",
    "chánh",
    "bí thư",
    "hiệu trưởng",
    "viện trưởng",
    "bộ trưởng",
    "thứ trưởng",
    "phó",
    "chủ nhiệm",
    "thủ trưởng",
    "người đứng đầu",
    "chuyên viên",
    "công chức",
    "cán bộ",
    "nhân viên",
    "thư ký",
    "kế toán",
    "văn thư",
];

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for agency in case.register.agencies.values().filter(|agency| agency.is_active()) {
        let Some(head) = &agency.head else { continue };
        let records = case.register.records(&agency.id);
        for process in records.work_processes.iter().filter(|process| process.status == DocumentStatus::Active) {
            found.extend(judged(agency, head, &process.code, &process.approved_by, process.issued_on, &process.origin));
        }
        // An entry that is a work process again would tell the same twice.
        let is_process = |code: &str| records.work_processes.iter().any(|process| key(&process.code) == key(code));
        for document in records.documents.internal.iter().filter(|document| document.status == DocumentStatus::Active && !is_process(&document.code)) {
            let Some(approved_by) = &document.approved_by else { continue };
            found.extend(judged(agency, head, &document.code, approved_by, document.issued_on, &document.origin));
        }
    }
}

fn judged(agency: &Agency, head: &Head, code: &str, approved_by: &str, issued_on: Option<Date>, origin: &Origin) -> Option<Diagnostic> {
    if approved_by.trim().is_empty() || is_head(head, approved_by, issued_on) {
        return None;
    }
    let position = &head.position;
    let message = Text::new(
        format!("{code} do “{approved_by}” phê duyệt, không phải {position}, người đứng đầu {}", agency.name),
        format!("{code} was approved by `{approved_by}`, not by {position}, the head of {}", agency.name),
    );
    Some(
        Diagnostic::new(&RULE, origin.field("approved_by"), message)
            .related(agency.origin.field("head"), Text::fixed("người đứng đầu khai ở đây", "the head is stated here"))
            .hint(Text::new(
                format!("trình {position} phê duyệt; cấp phó ký thay thì ghi  approved_by: \"KT. {position}, …\""),
                format!("have it approved by {position}; where a deputy signs for the head write  approved_by: \"KT. {position}, …\""),
            )),
    )
}

/// Whether that is the head, or nothing says that it is not.
fn is_head(head: &Head, approved_by: &str, issued_on: Option<Date>) -> bool {
    let (by, position) = (words(approved_by), words(&head.position));
    let is_for_head = ["kt.", "q.", "tm.", "tuq."].iter().any(|authority| approved_by.trim().to_lowercase().starts_with(authority));
    if is_for_head || by.contains("quyền ") {
        return true;
    }
    let name = head.name.as_deref().map(words);
    if name.as_ref().is_some_and(|name| by.contains(name.as_str())) {
        return true;
    }
    if !POSITIONS.iter().any(|word| by.contains(word)) {
        // A name alone says something only of a time in which the head is known to be in office.
        let is_known = head.since.zip(issued_on).is_some_and(|(since, issued_on)| since <= issued_on);
        return !(is_known && name.is_some());
    }
    // `Chủ tịch` is the head of whom `Chủ tịch Ủy ban nhân dân xã` is written in full, `Phó Chủ tịch` is not.
    let is_deputy = by.starts_with("phó") || by.contains(" phó ");
    let has_deputy_head = position.starts_with("phó") || position.contains(" phó ");
    let core = |text: &str| POSITIONS.iter().filter(|word| text.contains(*word)).max_by_key(|word| word.len()).copied();
    let is_same_position = by.contains(&position) || position.contains(&by) || core(&by) == core(&position);
    // `Thủ trưởng cơ quan` and `người đứng đầu` name the head without his title.
    let is_general = by.contains("thủ trưởng") || by.contains("người đứng đầu");
    (is_deputy == has_deputy_head) && (is_same_position || is_general)
}

/// Small letters and single spaces.
fn words(text: &str) -> String {
    text.to_lowercase().replace("uỷ", "ủy").split_whitespace().collect::<Vec<_>>().join(" ")
}
