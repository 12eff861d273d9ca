//! Two declarations of one quality system in force at once, and replacements that lead nowhere or in a circle.

use crate::check::wording::decision;
use crate::check::{Case, LivingSystem};
use crate::diagnostic::{Diagnostic, Rule, Severity, Text, nearest};
use crate::domain::{Declaration, QualitySystem, short_date};

pub static RULE: Rule = Rule {
    id: "several-active-declarations",
    severity: Severity::Error,
    summary: Text::fixed(
        "một hệ thống có hai bản công bố cùng hiệu lực, hoặc mục supersedes chỉ sai",
        "two declarations of one system in force at once, or a wrong chain of supersedes",
    ),
    basis: Some("QĐ 19/2014/QĐ-TTg, Điều 4 khoản 4 điểm c"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for living in case.systems() {
        let before = found.len();
        chain(case, &living, found);
        // A broken chain leaves the older decision in force: one cause, one message.
        if found[before..].iter().all(|diagnostic| diagnostic.severity != Severity::Error) {
            both_in_force(case, &living, found);
        }
    }
}

/// Whether following the replacements from a declaration leads back to it.
pub(super) fn is_in_circle(system: &QualitySystem, declaration: &Declaration) -> bool {
    let mut at = declaration;
    for _ in 0..=system.declarations.len() {
        let Some(next) = replaced_by(system, at) else { return false };
        if next.origin == declaration.origin {
            return true;
        }
        at = next;
    }
    false
}

/// The declaration that this one says it replaces.
fn replaced_by<'a>(system: &'a QualitySystem, declaration: &Declaration) -> Option<&'a Declaration> {
    let number = declaration.supersedes.as_ref()?;
    system.declarations.iter().find(|other| other.number.as_ref() == Some(number))
}

fn chain(case: &Case<'_>, living: &LivingSystem<'_>, found: &mut Vec<Diagnostic>) {
    let mut is_circle_told = false;
    for declaration in &living.system.declarations {
        let Some(number) = &declaration.supersedes else { continue };
        if is_in_circle(living.system, declaration) {
            if !is_circle_told {
                found.push(circle(living.system, declaration));
            }
            is_circle_told = true;
        } else if replaced_by(living.system, declaration).is_none() && !case.is_unread(living) {
            found.push(unknown_number(case, living, declaration, number.as_str()));
        }
    }
}

fn circle(system: &QualitySystem, declaration: &Declaration) -> Diagnostic {
    let number = decision(declaration);
    let other = replaced_by(system, declaration);
    let message = match other.filter(|other| other.origin != declaration.origin) {
        Some(other) => Text::new(
            format!("{number} và {} ghi thay thế lẫn nhau", decision(other)),
            format!("{number} and {} are said to replace each other", decision(other)),
        ),
        None => Text::new(format!("{number} ghi thay thế chính nó"), format!("{number} is said to replace itself")),
    };
    let diagnostic = Diagnostic::new(&RULE, declaration.origin.field("supersedes"), message)
        .hint(Text::fixed("chỉ giữ mục supersedes ở quyết định ký sau, xóa ở quyết định ký trước", "keep supersedes in the later decision only"));
    match other.filter(|other| other.origin != declaration.origin && other.supersedes.is_some()) {
        Some(other) => diagnostic.related(other.origin.field("supersedes"), Text::fixed("mục kia ở đây", "the other one is here")),
        None => diagnostic,
    }
}

/// An error where the number is a slip for one that is there; a warning where an old decision was never entered.
fn unknown_number(case: &Case<'_>, living: &LivingSystem<'_>, declaration: &Declaration, number: &str) -> Diagnostic {
    let others = living.system.declarations.iter().filter(|other| other.origin != declaration.origin && other.issued_on < declaration.issued_on);
    let numbers: Vec<&str> =
        others.filter(|other| other.is_in_force(case.today)).filter_map(|other| other.number.as_ref().map(|number| number.as_str())).collect();
    let origin = declaration.origin.field("supersedes");
    let message = Text::new(
        format!("{} ghi thay thế quyết định {number}, nhưng {} không có bản công bố số đó", decision(declaration), living.agency.short()),
        format!("{} replaces {number}, but {} has no declaration of that number", decision(declaration), living.agency.short()),
    );
    let diagnostic = Diagnostic::new(&RULE, origin, message);
    match nearest(number, numbers.iter().copied()).or(numbers.first().copied()) {
        Some(meant) => {
            diagnostic.hint(Text::new(format!("nếu thay thế {meant}, ghi  supersedes: {meant}"), format!("if it replaces {meant}, write  supersedes: {meant}")))
        }
        None => diagnostic.level(Severity::Warning).hint(Text::new(
            format!("thêm quyết định {number} vào declarations/ để giữ lịch sử, hoặc sửa lại số cho đúng"),
            format!("add {number} to declarations/ to keep the history, or correct the number"),
        )),
    }
}

fn both_in_force(case: &Case<'_>, living: &LivingSystem<'_>, found: &mut Vec<Diagnostic>) {
    let system = living.system;
    let is_active =
        |declaration: &&Declaration| declaration.is_in_force(case.today) && declaration.issued_on.is_some() && !system.is_superseded(declaration, case.today);
    let active: Vec<&Declaration> = system.declarations.iter().filter(is_active).collect();
    let Some((newest, older)) = active.split_last() else { return };
    for old in older {
        found.push(second(newest, old));
    }
}

/// One decision in two files.
fn twice(newest: &Declaration, old: &Declaration) -> Diagnostic {
    let number = decision(newest);
    let message = Text::new(format!("{number} được ghi trong hai tệp"), format!("{number} is written in two files"));
    Diagnostic::new(&RULE, newest.origin.field("number"), message).related(old.origin.field("number"), Text::fixed("tệp kia", "the other file")).hint(
        Text::fixed(
            "giữ một tệp, xóa tệp kia; nếu là hai quyết định thì sửa lại số cho đúng",
            "keep one file and delete the other; if they are two decisions, correct the number",
        ),
    )
}

fn second(newest: &Declaration, old: &Declaration) -> Diagnostic {
    if newest.number.is_some() && newest.number == old.number {
        return twice(newest, old);
    }
    let (new_number, old_number) = (decision(newest), decision(old));
    let day = newest.issued_on.map(short_date).unwrap_or_default();
    let ended = newest.issued_on.map(|on| on.to_string()).unwrap_or_default();
    Diagnostic::new(
        &RULE,
        old.origin.field("number"),
        Text::new(
            format!("{old_number} và {new_number} đang cùng có hiệu lực cho một hệ thống"),
            format!("{old_number} and {new_number} are both in force for one system"),
        ),
    )
    .related(newest.origin.field("number"), Text::new(format!("{new_number} ký sau, ngày {day}"), format!("{new_number} is the later one, of {day}")))
    .hint(Text::new(
        format!("nếu {new_number} thay thế {old_number}, thêm vào tệp của {new_number} dòng  supersedes: {old_number} ; nếu không, ghi ngày hết hiệu lực của {old_number}:  ended_on: {ended}"),
        format!("if {new_number} replaces {old_number}, add to its file  supersedes: {old_number} ; otherwise say when {old_number} ended:  ended_on: {ended}"),
    ))
}
