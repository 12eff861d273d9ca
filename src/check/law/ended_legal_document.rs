//! A document that has ended and is still cited by something in use.

use std::collections::{BTreeMap, BTreeSet};

use super::{Citation, Citing, citations};
use crate::check::Case;
use crate::check::wording::short;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::vocabulary::LegalStatus;
use crate::domain::{DocumentNumber, LegalDocument, Register, WorkProcess, short_date};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "ended-legal-document",
    severity: Severity::Warning,
    summary: Text::fixed("viện dẫn văn bản đã hết hiệu lực", "a document that has ended is still cited"),
    basis: Some("QĐ 19/2014/QĐ-TTg, Điều 4 khoản 4 điểm a"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    // What a work process has not answered yet is told by `overdue-legal-update`, with the day on which it must be.
    let changes = |process: &WorkProcess| -> Vec<Origin> {
        let place = process.origin.field("legal_bases");
        case.register.unanswered_changes(process, case.today).iter().filter(|change| change.due_on.is_some()).map(|change| place.item(change.index)).collect()
    };
    let unanswered: BTreeSet<Origin> = case.active_processes().flat_map(|(_, process)| changes(process)).collect();
    let ended = case.register.legal_documents.iter().filter(|(_, document)| document.status_on(case.today) == LegalStatus::Ended);
    // Few among many: the tens of thousands of citations are looked up among them alone.
    let ended: BTreeMap<&DocumentNumber, &LegalDocument> = ended.collect();
    let is_unanswered = |citation: &Citation<'_>| matches!(citation.by, Citing::WorkProcess(_)) && unanswered.contains(&citation.origin());
    for citation in citations(case) {
        if let Some(document) = ended.get(citation.number).filter(|_| !is_unanswered(&citation)) {
            found.push(reported(case.register, &citation, document));
        }
    }
}

fn reported(register: &Register, citation: &Citation<'_>, document: &LegalDocument) -> Diagnostic {
    let ended = document.ended_on.map(|on| (format!(" từ {}", short_date(on)), format!(" since {}", short_date(on)))).unwrap_or_default();
    let (by_vi, by_en) = citation.by();
    let mut message =
        Text::new(format!("{by_vi} viện dẫn {}, đã hết hiệu lực{}", document.number, ended.0), format!("{by_en} cites {}, ended{}", document.number, ended.1));
    let successors: Vec<String> = document.replaced_by.iter().map(|number| titled(register, number)).collect();
    if !successors.is_empty() {
        let list = successors.join(", ");
        message = Text::new(format!("{}, được thay thế bởi {list}", message.vi), format!("{}, replaced by {list}", message.en));
    }
    Diagnostic::new(&RULE, citation.origin(), message)
        .related(document.origin.clone(), Text::fixed("theo sổ văn bản pháp luật", "by the register of legal documents"))
        .hint(hint(citation.by, document))
}

fn titled(register: &Register, number: &DocumentNumber) -> String {
    match register.legal_documents.get(number) {
        Some(document) => format!("{number} ({})", short(&document.title, 60)),
        None => number.to_string(),
    }
}

fn hint(by: Citing<'_>, document: &LegalDocument) -> Text {
    let next = document.replaced_by.first().map(|number| number.as_str());
    match (by, next) {
        (Citing::Declaration(_), _) => Text::fixed(
            "không sửa quyết định đã ký; khi công bố lại, viện dẫn văn bản đang có hiệu lực",
            "leave the signed decision as it is; cite the document in force when you declare again",
        ),
        (Citing::WorkProcess(_), Some(next)) => Text::new(
            format!("xem văn bản mới có làm thay đổi quy trình không, rồi thay bằng {next} và tăng lần sửa đổi"),
            format!("see whether the new one changes the work process, then cite {next} and raise the revision"),
        ),
        (_, Some(next)) => Text::new(format!("thay bằng  {next}"), format!("write  {next}")),
        (_, None) => Text::fixed("bỏ văn bản này hoặc thay bằng văn bản đang có hiệu lực", "drop it, or cite the document in force"),
    }
}
