//! A work process that was not brought up to date after a document that it cites changed.

use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{Agency, LegalChange, LegalChangeKind, WorkProcess, short_date};

pub static RULE: Rule = Rule {
    id: "overdue-legal-update",
    severity: Severity::Error,
    summary: Text::fixed(
        "văn bản viện dẫn đã thay đổi mà quy trình chưa được sửa hoặc rà soát (nhắc trước khi quá ba tháng)",
        "a cited document changed and the work process was neither revised nor reviewed since",
    ),
    basis: Some("QĐ 19/2014/QĐ-TTg, Điều 4 khoản 4 điểm a"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (agency, process) in case.active_processes().filter(|(_, process)| !case.register.has_told(&process.origin.field("legal_reviews"))) {
        found.extend(case.register.unanswered_changes(process, case.today).iter().filter_map(|change| reported(case, agency, process, change)));
    }
}

fn reported(case: &Case<'_>, agency: &Agency, process: &WorkProcess, change: &LegalChange<'_>) -> Option<Diagnostic> {
    let due_on = change.due_on?;
    let number = &change.document.number;
    let by: Vec<&str> = change.by.iter().map(|number| number.as_str()).collect();
    let by = by.join(", ");
    let (what_vi, what_en) = match change.kind {
        LegalChangeKind::Ended if by.is_empty() => ("hết hiệu lực".to_owned(), "ended".to_owned()),
        LegalChangeKind::Ended => (format!("được thay thế bởi {by}"), format!("was replaced by {by}")),
        LegalChangeKind::Amended => (format!("được sửa đổi bởi {by}, có hiệu lực"), format!("was amended by {by}, in force")),
        LegalChangeKind::TookEffect => ("có hiệu lực".to_owned(), "took effect".to_owned()),
    };
    let (on, due) = (short_date(change.on), short_date(due_on));
    let is_late = case.today > due_on;
    let (level, late_vi, late_en) = if is_late {
        (Severity::Error, "quá hạn cập nhật từ", "the update was due by")
    } else {
        (Severity::Warning, "hạn cập nhật", "the update is due by")
    };
    let message = Text::new(
        format!("{}: quy trình {} viện dẫn {number}, {what_vi} từ {on}, nhưng chưa sửa đổi hoặc rà soát; {late_vi} {due}", agency.name, process.code),
        format!(
            "{}: work process {} cites {number}, which {what_en} on {on}, and was neither revised nor reviewed since; {late_en} {due}",
            agency.name, process.code
        ),
    );
    let review = format!("legal_reviews:  - {{ document: {number}, reviewed_on: {}, conclusion: … }}", case.today);
    let hint = Text::new(
        format!("đối chiếu với văn bản mới; phải sửa thì sửa và tăng lần sửa đổi (revisions), không phải sửa thì ghi  {review}"),
        format!("compare with the new document; revise the work process (revisions), or where nothing changes write  {review}"),
    );
    let diagnostic = Diagnostic::new(&RULE, process.origin.field("legal_bases").item(change.index), message).level(level);
    Some(diagnostic.related(change.document.origin.clone(), Text::fixed("theo sổ văn bản pháp luật", "by the register of legal documents")).hint(hint))
}
