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

/// Takes a number and, for where it is malformed, how to find its place.
type Judge<'j> = dyn FnMut(&DocumentNumber, &dyn Fn() -> Origin) + 'j;

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let judge: &mut Judge<'_> = &mut |number, origin| found.extend(judged(number, origin));
    in_declarations(case.register, judge);
    in_catalogue(case.register, judge);
    for records in case.register.records.values() {
        for process in &records.work_processes {
            each(&process.legal_bases, &process.origin, "legal_bases", judge);
            for (index, review) in process.legal_reviews.iter().enumerate() {
                judge(&review.document, &|| process.origin.field("legal_reviews").item(index).field("document"));
            }
        }
        records.documents.external.iter().for_each(|document| judge(&document.number, &|| document.origin.clone()));
    }
    for document in case.register.legal_documents.values() {
        judge(&document.number, &|| document.origin.field("number"));
        each(&document.replaced_by, &document.origin, "replaced_by", judge);
        each(&document.amended_by, &document.origin, "amended_by", judge);
    }
    for inspection in case.register.inspections.values() {
        announced(inspection.decision.as_ref(), &inspection.origin, "decision", judge);
    }
}

fn in_declarations(register: &Register, judge: &mut Judge<'_>) {
    for declaration in register.quality_systems.values().flat_map(|system| &system.declarations) {
        let origin = &declaration.origin;
        let confirmation = declaration.validity_confirmation.as_ref().and_then(|confirmation| confirmation.number.as_ref());
        let notice = declaration.lead_unit_notice.as_ref().and_then(|notice| notice.number.as_ref());
        let numbers: [(_, &[&str]); 4] = [
            (declaration.number.as_ref(), &["number"]),
            (declaration.supersedes.as_ref(), &["supersedes"]),
            (confirmation, &["validity_confirmation", "number"]),
            (notice, &["lead_unit_notice", "number"]),
        ];
        for (number, fields) in numbers.into_iter().filter_map(|(number, fields)| Some((number?, fields))) {
            judge(number, &|| fields.iter().fold(origin.clone(), |origin, field| origin.field(field)));
        }
        each(&declaration.legal_bases, origin, "legal_bases", judge);
    }
}

fn in_catalogue(register: &Register, judge: &mut Judge<'_>) {
    for procedure in register.administrative_procedures.values() {
        let origin = &procedure.origin;
        announced(procedure.announcement.as_ref(), origin, "announcement", judge);
        for (index, basis) in procedure.legal_bases.iter().enumerate() {
            if let Some(number) = &basis.number {
                judge(number, &|| origin.field("legal_bases").item(index));
            }
        }
        for (channel_index, channel) in procedure.channels.iter().enumerate() {
            for (index, fee) in channel.fees.iter().enumerate() {
                if let Some(number) = &fee.legal_basis {
                    judge(number, &|| origin.field("channels").item(channel_index).field("fees").item(index).field("legal_basis"));
                }
            }
        }
    }
}

fn announced(announcement: Option<&Announcement>, record: &Origin, field: &str, judge: &mut Judge<'_>) {
    if let Some(announcement) = announcement {
        judge(&announcement.number, &|| record.field(field).field("number"));
    }
}

fn each(numbers: &[DocumentNumber], record: &Origin, field: &str, judge: &mut Judge<'_>) {
    numbers.iter().enumerate().for_each(|(index, number)| judge(number, &|| record.field(field).item(index)));
}

fn judged(number: &DocumentNumber, origin: &dyn Fn() -> Origin) -> Option<Diagnostic> {
    let text = number.as_str();
    if text.is_empty() || number.is_well_formed() || is_title(text) || is_unfilled(text) {
        return None;
    }
    let shown = short(text, 60);
    let message = Text::new(format!("“{shown}” không đúng thể thức số, ký hiệu văn bản"), format!("`{shown}` is not the number of a document"));
    let diagnostic = Diagnostic::new(&RULE, origin(), message);
    Some(match repaired(text) {
        Some(better) => diagnostic.hint(Text::new(format!("nếu đúng là văn bản này, ghi  {better}"), format!("if this is meant, write  {better}"))),
        None => diagnostic.hint(Text::fixed(
            "ghi số và ký hiệu như trên văn bản, ví dụ  19/2014/QĐ-TTg , 12/QĐ-UBND",
            "write number and symbol as printed, such as  19/2014/QĐ-TTg , 12/QĐ-UBND",
        )),
    })
}

/// The mark of a form that nobody filled in, which `sample-content` tells.
fn is_unfilled(text: &str) -> bool {
    matches!(text.trim(), "…" | "...")
}

/// The number that is left when words around it or behind it and spaces inside it go.
fn repaired(text: &str) -> Option<String> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let from = text.find(|c: char| c.is_ascii_digit())?;
    let word = text[from..].split([' ', ',', ';', '(']).next().unwrap_or("").trim_end_matches('.');
    let whole = [&*compact, word].into_iter().find(|candidate| *candidate != text && DocumentNumber::new(candidate).is_well_formed());
    whole.or_else(|| DocumentNumber::without_glued_word(word)).map(str::to_owned)
}
