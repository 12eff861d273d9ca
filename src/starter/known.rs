//! What can be known when something is added: the standard in force, the next code, the next period, why it is declared again.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::vocabulary::{DocumentKind, DocumentStatus, RedeclarationReason};
use crate::domain::{Agency, Date, Declaration, ProcedureCode, Register, StandardId, slug};
use crate::starter::SAMPLE;

/// The edition of the standard in force on a day, by `standards.yaml`: the one adopted last that was not withdrawn by then.
pub fn standard_on(register: &Register, day: Date) -> Option<&StandardId> {
    let in_force = register.standards.values().filter(|standard| standard.is_adopted(day) && !standard.is_withdrawn(day));
    in_force.max_by_key(|standard| standard.adopted_on).map(|standard| &standard.id)
}

/// Why an agency declares again, as far as the two scopes and editions tell.
pub fn reason(old: &Declaration, annex: &BTreeSet<ProcedureCode>, standard: Option<&StandardId>) -> Option<RedeclarationReason> {
    let before: BTreeSet<ProcedureCode> = old.annex.iter().cloned().collect();
    let (added, removed) = (annex.difference(&before).next().is_some(), before.difference(annex).next().is_some());
    match (standard.is_some() && old.standard.is_some() && old.standard.as_ref() != standard, added, removed) {
        (true, _, _) => Some(RedeclarationReason::StandardChanged),
        (false, true, true) => Some(RedeclarationReason::ScopeAdjusted),
        (false, true, false) => Some(RedeclarationReason::ScopeExtended),
        (false, false, true) => Some(RedeclarationReason::ScopeNarrowed),
        (false, false, false) => None,
    }
}

/// Procedures that an agency is competent for and that no work process of its system covers, of one field: the first one's.
pub fn uncovered(register: &Register, agency: &Agency) -> Vec<ProcedureCode> {
    let system = register.quality_system(agency);
    let members = system.into_iter().flat_map(|system| &system.members);
    let processes = members.flat_map(|id| &register.records(id).work_processes);
    let in_use = |status| matches!(status, DocumentStatus::Active | DocumentStatus::Draft);
    let covered: BTreeSet<&ProcedureCode> = processes.filter(|process| in_use(process.status)).flat_map(|process| &process.covers).collect();
    let left: Vec<&ProcedureCode> = agency.competence.iter().flatten().filter(|code| !covered.contains(code)).collect();
    let field = |code: &ProcedureCode| register.administrative_procedures.get(code).map(|procedure| procedure.field.clone());
    let first = left.first().map(|code| field(code));
    left.into_iter().filter(|code| Some(field(code)) == first).cloned().collect()
}

/// The code after the highest one, written as most are: `QT 12/HB` after `QT 11/HB`. The first number in a code counts.
pub fn next_code<'a>(codes: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let parts = |code: &'a str| {
        let from = code.find(|c: char| c.is_ascii_digit())?;
        let width = code[from..].bytes().take_while(u8::is_ascii_digit).count();
        let number: u64 = code[from..from + width].parse().ok()?;
        Some((number, width, (&code[..from], &code[from + width..])))
    };
    let parsed: Vec<_> = codes.into_iter().filter_map(parts).collect();
    let (number, width, _) = parsed.iter().max_by_key(|(number, ..)| *number)?;
    let mut alike: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    parsed.iter().for_each(|(_, _, around)| *alike.entry(*around).or_default() += 1);
    let ((before, after), _) = alike.into_iter().max_by_key(|(_, count)| *count)?;
    Some(format!("{before}{:0width$}{after}", number.checked_add(1)?))
}

/// The first code that a pattern of codes allows: `(QT|HD)-##` gives `QT-01`.
pub fn first_code(pattern: &str) -> String {
    let (mut code, mut rest) = (String::new(), pattern);
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '(' => {
                let (inner, after) = rest.split_once(')').unwrap_or((rest, ""));
                code.push_str(inner.split('|').next().unwrap_or(""));
                rest = after;
            }
            '#' => code.push(if rest.starts_with('#') { '0' } else { '1' }),
            '*' => {}
            c => code.push(c),
        }
    }
    code
}

/// The period after the last one that is written: `2026-Q4` after `2026-Q3`, `2026-07` after `2026-06`. `None` at the end of the year.
pub fn next_period(last: &str) -> Option<String> {
    let (year, part) = last.split_once('-')?;
    let (mark, number, most) = match (part.strip_prefix('Q'), part.strip_prefix('H')) {
        (Some(quarter), _) => ("Q", quarter, 4),
        (None, Some(half)) => ("H", half, 2),
        (None, None) => ("", part, 12),
    };
    let next = number.parse::<u32>().ok()?.checked_add(1).filter(|next| *next <= most)?;
    Some(if mark.is_empty() { format!("{year}-{next:02}") } else { format!("{year}-{mark}{next}") })
}

/// The first period of a year, of the kind that is written there: `2027-Q1` where `2026-Q4` is.
pub fn first_period(year: i16, like: &str) -> String {
    match like.split_once('-').map(|(_, part)| part) {
        Some(part) if part.starts_with('Q') => format!("{year}-Q1"),
        Some(part) if part.starts_with('H') => format!("{year}-H1"),
        Some(_) => format!("{year}-01"),
        None => year.to_string(),
    }
}

/// What the letters at the beginning of a code mostly mean.
pub fn document_kind(code: &str) -> DocumentKind {
    let letters: String = code.chars().take_while(|c| c.is_alphabetic()).collect();
    match letters.to_uppercase().as_str() {
        "BM" => DocumentKind::Form,
        "HD" => DocumentKind::WorkInstruction,
        "QT" => DocumentKind::WorkProcess,
        "CS" | "CSCL" => DocumentKind::Policy,
        "MT" | "MTCL" => DocumentKind::Objectives,
        _ => DocumentKind::Other,
    }
}

/// An id made of a name: `phuong-hoa-binh` of “Ủy ban nhân dân phường Hòa Bình”.
pub fn id_of(name: &str) -> String {
    let short = name.trim_start_matches(SAMPLE).trim().replace("Ủy ban nhân dân ", "").replace("Uỷ ban nhân dân ", "");
    let id = slug(&short, 60);
    if id.is_empty() { "co-quan".to_owned() } else { id }
}
