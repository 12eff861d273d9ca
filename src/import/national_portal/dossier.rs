//! `Thành phần hồ sơ`: cases in brackets, papers with their numbers of originals and copies.

use super::findings::Findings;
use super::rules;
use crate::domain::fold;
use crate::import::markdown_text::{to_markdown, without_bullets};
use crate::import::plain_text::one_line;
use crate::parse::raw::{RawComponent, RawDossier};

/// The dossiers in a text, one a case.
pub(super) fn dossiers(text: &str, findings: &mut Findings<'_>) -> Vec<RawDossier> {
    let mut dossiers: Vec<RawDossier> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        if let Some(case) = case_of(line) {
            let case = Some(without_bullets(&one_line(case)).to_owned()).filter(|case| !case.is_empty());
            dossiers.push(RawDossier { case, components: Vec::new(), note: None });
            continue;
        }
        if dossiers.is_empty() {
            dossiers.push(RawDossier { case: None, components: Vec::new(), note: None });
        }
        if let Some(dossier) = dossiers.last_mut() {
            add(dossier, line, findings);
        }
    }
    for dossier in &mut dossiers {
        finish(dossier, findings);
    }
    dossiers
}

fn add(dossier: &mut RawDossier, line: &str, findings: &mut Findings<'_>) {
    if let Some(item) = line.strip_prefix("    - ").or_else(|| line.strip_prefix("    -")) {
        let name = one_line(item);
        dossier.components.push(RawComponent { name, originals: None, copies: None, present_only: false, form: None, note: None });
        return;
    }
    match (quantities(line), dossier.components.last_mut()) {
        (Some((originals, copies)), Some(component)) if component.originals.is_none() => {
            (component.originals, component.copies) = (Some(originals), Some(copies));
        }
        (None, Some(component)) => component.name = format!("{} {}", component.name, one_line(line)),
        _ => {
            findings.tell(rules::unstructured, line.trim());
            let note = dossier.note.take().unwrap_or_default();
            dossier.note = Some(format!("{note}\n{line}"));
        }
    }
}

/// Cleans the names, tells instructions posing as papers, marks what is only shown.
fn finish(dossier: &mut RawDossier, findings: &mut Findings<'_>) {
    let is_shown_only = dossier.case.as_deref().is_some_and(|case| {
        let folded = fold(case);
        matches!(folded.trim_end_matches([':', '.', ' ']), "giay to phai xuat trinh" | "giay to xuat trinh" | "xuat trinh")
    });
    for component in &mut dossier.components {
        component.name = component_name(&component.name).to_owned();
        let is_instruction = (component.originals, component.copies) == (Some(0), Some(0));
        component.present_only = is_shown_only && !is_instruction;
        if is_instruction {
            findings.tell(rules::doubtful_component, &component.name);
        }
    }
    dossier.note = dossier.note.take().map(|note| to_markdown(&note));
}

/// Without doubled bullets and punctuation that lost what stood before it.
fn component_name(name: &str) -> &str {
    let mut words = name.trim();
    loop {
        let shorter = without_bullets(words).trim_start_matches(['.', ',', ';', ':', ')', ' ']);
        if shorter.len() == words.len() || shorter.is_empty() {
            return words;
        }
        words = shorter;
    }
}

fn case_of(line: &str) -> Option<&str> {
    line.strip_prefix("  [")?.trim_end().strip_suffix(']').map(str::trim)
}

/// `      Số lượng: Bản chính: 1, Bản sao: 0`
fn quantities(line: &str) -> Option<(u32, u32)> {
    let rest = line.trim().strip_prefix("Số lượng: Bản chính:")?;
    let (originals, copies) = rest.split_once(", Bản sao:")?;
    Some((originals.trim().parse().ok()?, copies.trim().parse().ok()?))
}
