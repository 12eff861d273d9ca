//! Something in use that points at a document or form out of use.

use std::collections::BTreeMap;

use super::{Controlled, controlled, key};
use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::vocabulary::DocumentStatus;
use crate::domain::{AgencyRecords, short_date};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "obsolete-reference",
    severity: Severity::Error,
    summary: Text::fixed("tài liệu đang áp dụng viện dẫn tài liệu, biểu mẫu đã hết hiệu lực", "a document in use that points at an obsolete document or form"),
    basis: Some("TCVN ISO 9001:2015, 7.5.3.2"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for agency in case.register.agencies.values().filter(|agency| agency.is_active()) {
        let documents = controlled(case.register, agency);
        let in_use: std::collections::BTreeSet<String> = documents.iter().filter(|document| !document.is_out_of_use()).map(Controlled::key).collect();
        let obsolete = documents.iter().filter(|document| document.is_out_of_use() && !in_use.contains(&document.key()));
        let obsolete: BTreeMap<String, &Controlled<'_>> = obsolete.map(|document| (document.key(), document)).collect();
        if obsolete.is_empty() {
            continue;
        }
        for (owner, text, origin) in references(case.register.records(&agency.id)) {
            if let Some(document) = named(&obsolete, text) {
                found.push(reported(owner, document, origin));
            }
        }
    }
}

/// Whatever something in use points at: who, what, where.
fn references(records: &AgencyRecords) -> Vec<(&str, &str, Origin)> {
    let mut found = Vec::new();
    for process in records.work_processes.iter().filter(|process| process.status == DocumentStatus::Active) {
        let list = process.origin.field("references");
        found.extend(process.references.iter().enumerate().map(|(index, text)| (process.code.as_str(), text.as_str(), list.item(index))));
        for (step, number) in process.steps.iter().zip(0..) {
            let list = process.origin.field("steps").item(number).field("forms");
            found.extend(step.forms.iter().enumerate().map(|(index, text)| (process.code.as_str(), text.as_str(), list.item(index))));
        }
    }
    for document in records.documents.internal.iter().filter(|document| document.status == DocumentStatus::Active) {
        let list = document.origin.field("references");
        found.extend(document.references.iter().enumerate().map(|(index, text)| (document.code.as_str(), text.as_str(), list.item(index))));
    }
    found
}

/// The obsolete document whose code a reference is, or begins with: `BM-01`, `BM-01 Phiếu kiểm soát`.
fn named<'b, 'a>(obsolete: &'b BTreeMap<String, &'b Controlled<'a>>, text: &str) -> Option<&'b Controlled<'a>> {
    let head = text.split([':', '(', ',', ';', '–']).next().unwrap_or(text);
    let words: Vec<&str> = head.split_whitespace().collect();
    let ends = (1..=words.len().min(4)).rev();
    ends.map(|end| key(&words[..end].concat())).find_map(|candidate| obsolete.get(&candidate).copied())
}

fn reported(owner: &str, document: &Controlled<'_>, origin: Origin) -> Diagnostic {
    let code = document.code;
    let (state_vi, state_en) =
        if document.status == DocumentStatus::Superseded { ("đã được thay thế", "superseded") } else { ("đã hết hiệu lực", "obsolete") };
    let day = document.issued_on.map(short_date).unwrap_or_default();
    let message = Text::new(
        format!("{owner} đang áp dụng nhưng viện dẫn {code} (“{}”) {state_vi}", document.title),
        format!("{owner} is in use but points at {code} (“{}”), {state_en}", document.title),
    );
    Diagnostic::new(&RULE, origin, message)
        .related(document.origin.field("status"), Text::new(format!("{code}, ban hành {day}, {state_vi}"), format!("{code}, issued {day}, is {state_en}")))
        .hint(Text::fixed("thay bằng mã của tài liệu đang áp dụng, hoặc bỏ mục viện dẫn này", "name the document in use instead, or drop the reference"))
}
