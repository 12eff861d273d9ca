//! Documents that a file cites and the register does not have: their state is unknown, never "in force".

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::{Citation, Citing, citations, is_title};
use crate::check::Case;
use crate::check::wording::several;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{DocumentNumber, fold};

pub static RULE: Rule = Rule {
    id: "unknown-legal-document",
    severity: Severity::Information,
    summary: Text::fixed(
        "văn bản được viện dẫn chưa có trong content/law/, nên chưa biết còn hiệu lực hay không",
        "a cited document that content/law/ does not have, so that its state is unknown",
    ),
    basis: None,
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    if case.register.has_broken("content/law/") {
        return;
    }
    let known: HashSet<&str> = case.register.legal_documents.keys().map(DocumentNumber::key).collect();
    // A number that many cite is kept once: whether it is known is looked up once.
    let mut looked_up: HashMap<*const u8, bool> = HashMap::new();
    let mut files: BTreeMap<Arc<str>, Vec<Citation<'_>>> = BTreeMap::new();
    for citation in citations(case) {
        let text = citation.number.as_str();
        let key = citation.number.key();
        let is_known = *looked_up.entry(key.as_ptr()).or_insert_with(|| known.contains(key)) || matches!(citation.by, Citing::ExternalList { has_title: true });
        // What is no number is told by `malformed-document-number`.
        if !is_known && !is_title(text) && citation.number.is_well_formed() {
            files.entry(citation.record.file.clone()).or_default().push(citation);
        }
    }
    let known: Vec<&str> = case.register.legal_documents.values().map(|document| document.number.as_str()).collect();
    found.extend(files.into_values().map(|citations| of_file(&citations, &known)));
}

fn of_file(citations: &[Citation<'_>], known: &[&str]) -> Diagnostic {
    let mut numbers: Vec<String> = citations.iter().map(|citation| citation.number.to_string()).collect();
    numbers.sort();
    numbers.dedup();
    let listed = several(&numbers, 12);
    let message = Text::new(
        format!("chưa rõ hiệu lực của {} văn bản được viện dẫn trong tệp này: {}", numbers.len(), listed.vi),
        format!("the state of {} documents that this file cites is not known: {}", numbers.len(), listed.en),
    );
    let number = &numbers[0];
    let diagnostic = Diagnostic::new(&RULE, citations[0].origin(), message);
    // The same letters and digits with other marks between them: `19/2014/QĐTTg`.
    let letters = |number: &str| fold(number).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    if let Some(near) = known.iter().find(|known| letters(known) == letters(number)) {
        return diagnostic.hint(Text::new(format!("nếu là {near}, ghi đúng như vậy  {near}"), format!("if it is {near}, write it so")));
    }
    diagnostic.hint(Text::new(
        format!("thêm vào một tệp trong content/law/, ví dụ  - {{ number: {number}, title: …, effective_on: …, status: in_force }}"),
        format!("add it to a file in content/law/, such as  - {{ number: {number}, title: …, effective_on: …, status: in_force }}"),
    ))
}
