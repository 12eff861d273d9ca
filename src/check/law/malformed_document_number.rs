//! A number and symbol that no Vietnamese document has.

use super::is_title;
use crate::check::Case;
use crate::check::wording::short;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{Announcement, DocumentNumber, Register};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "malformed-document-number",
    severity: Severity::Warning,
    summary: Text::fixed("số, ký hiệu văn bản sai thể thức", "a document number that is not of a known form"),
    basis: Some("NĐ 30/2020/NĐ-CP, Phụ lục I và Phụ lục III"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let mut judge = |number: &DocumentNumber, origin: Origin| found.extend(judged(number, origin));
    in_declarations(case.register, &mut judge);
    in_catalogue(case.register, &mut judge);
    for records in case.register.records.values() {
        for process in &records.work_processes {
            each(&process.legal_bases, &process.origin.field("legal_bases"), &mut judge);
            for (index, review) in process.legal_reviews.iter().enumerate() {
                judge(&review.document, process.origin.field("legal_reviews").item(index).field("document"));
            }
        }
        records.documents.external.iter().for_each(|document| judge(&document.number, document.origin.clone()));
    }
    for document in case.register.legal_documents.values() {
        judge(&document.number, document.origin.field("number"));
        each(&document.replaced_by, &document.origin.field("replaced_by"), &mut judge);
        each(&document.amended_by, &document.origin.field("amended_by"), &mut judge);
    }
    for inspection in case.register.inspections.values() {
        announced(inspection.decision.as_ref(), &inspection.origin.field("decision"), &mut judge);
    }
}

fn in_declarations(register: &Register, judge: &mut impl FnMut(&DocumentNumber, Origin)) {
    for declaration in register.quality_systems.values().flat_map(|system| &system.declarations) {
        let origin = &declaration.origin;
        let confirmation = declaration.validity_confirmation.as_ref().and_then(|confirmation| confirmation.number.as_ref());
        let notice = declaration.lead_unit_notice.as_ref().and_then(|notice| notice.number.as_ref());
        let numbers = [
            (declaration.number.as_ref(), origin.field("number")),
            (declaration.supersedes.as_ref(), origin.field("supersedes")),
            (confirmation, origin.field("validity_confirmation").field("number")),
            (notice, origin.field("lead_unit_notice").field("number")),
        ];
        numbers.into_iter().filter_map(|(number, origin)| Some((number?, origin))).for_each(|(number, origin)| judge(number, origin));
        each(&declaration.legal_bases, &origin.field("legal_bases"), judge);
    }
}

fn in_catalogue(register: &Register, judge: &mut impl FnMut(&DocumentNumber, Origin)) {
    for procedure in register.administrative_procedures.values() {
        announced(procedure.announcement.as_ref(), &procedure.origin.field("announcement"), judge);
        for (index, basis) in procedure.legal_bases.iter().enumerate() {
            if let Some(number) = &basis.number {
                judge(number, procedure.origin.field("legal_bases").item(index));
            }
        }
        for (channel_index, channel) in procedure.channels.iter().enumerate() {
            for (index, fee) in channel.fees.iter().enumerate() {
                if let Some(number) = &fee.legal_basis {
                    judge(number, procedure.origin.field("channels").item(channel_index).field("fees").item(index).field("legal_basis"));
                }
            }
        }
    }
}

fn announced(announcement: Option<&Announcement>, origin: &Origin, judge: &mut impl FnMut(&DocumentNumber, Origin)) {
    if let Some(announcement) = announcement {
        judge(&announcement.number, origin.field("number"));
    }
}

fn each(numbers: &[DocumentNumber], list: &Origin, judge: &mut impl FnMut(&DocumentNumber, Origin)) {
    numbers.iter().enumerate().for_each(|(index, number)| judge(number, list.item(index)));
}

fn judged(number: &DocumentNumber, origin: Origin) -> Option<Diagnostic> {
    let text = number.as_str();
    if text.is_empty() || number.is_well_formed() || is_title(text) {
        return None;
    }
    let shown = short(text, 60);
    let message = Text::new(format!("“{shown}” không đúng thể thức số, ký hiệu văn bản"), format!("`{shown}` is not the number of a document"));
    let diagnostic = Diagnostic::new(&RULE, origin, message);
    Some(match repaired(text) {
        Some(better) => diagnostic.hint(Text::new(format!("nếu đúng là văn bản này, ghi  {better}"), format!("if this is meant, write  {better}"))),
        None => diagnostic.hint(Text::fixed(
            "ghi số và ký hiệu như trên văn bản, ví dụ  19/2014/QĐ-TTg , 12/QĐ-UBND",
            "write number and symbol as printed, such as  19/2014/QĐ-TTg , 12/QĐ-UBND",
        )),
    })
}

/// The number that is left when words around it and spaces inside it go.
fn repaired(text: &str) -> Option<String> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let from = text.find(|c: char| c.is_ascii_digit())?;
    let word = text[from..].split([' ', ',', ';', '(']).next().unwrap_or("").trim_end_matches('.');
    [compact, word.to_owned()].into_iter().find(|candidate| candidate != text && DocumentNumber::new(candidate).is_well_formed())
}
