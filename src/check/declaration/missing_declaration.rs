//! A quality system with a living agency and no declaration in force.

use crate::check::paths::agency_folder;
use crate::check::wording::decision;
use crate::check::{Case, LivingSystem};
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{Declaration, short_date};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "missing-declaration",
    severity: Severity::Warning,
    summary: Text::fixed("cơ quan đang hoạt động chưa có bản công bố", "an active agency has no declaration"),
    basis: Some("QĐ 19/2014/QĐ-TTg, Điều 4 khoản 3"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for living in case.systems() {
        let has_declaration = living.system.current_declaration(case.today).is_some();
        if !has_declaration && !case.is_unread(&living) && !is_told_otherwise(case, &living) {
            found.push(missing(case, &living));
        }
    }
}

/// A wrong or future date and a circle of replacements are told by their own rules.
fn is_told_otherwise(case: &Case<'_>, living: &LivingSystem<'_>) -> bool {
    let declarations = &living.system.declarations;
    declarations.iter().any(|declaration| {
        let is_future = declaration.issued_on.is_some_and(|on| on > case.today);
        let is_in_circle = declaration.is_in_force(case.today) && super::several_active_declarations::is_in_circle(living.system, declaration);
        is_future || is_in_circle || case.register.has_told(&declaration.origin.field("ended_on"))
    })
}

fn missing(case: &Case<'_>, living: &LivingSystem<'_>) -> Diagnostic {
    let agency = living.agency;
    let last = living.system.declarations.last();
    let (mut vi, mut en) = match (living.is_mandatory(), last) {
        (_, Some(_)) => (format!("{} không còn bản công bố nào có hiệu lực", agency.name), format!("{} has no declaration in force any more", agency.name)),
        (true, None) => (
            format!("{} phải áp dụng hệ thống quản lý chất lượng nhưng chưa có bản công bố", agency.name),
            format!("{} must run a quality management system but has no declaration", agency.name),
        ),
        (false, None) => (
            format!("{} được khuyến khích áp dụng hệ thống quản lý chất lượng, chưa có bản công bố", agency.name),
            format!("{} is encouraged to run a quality management system and has no declaration", agency.name),
        ),
    };
    let others: Vec<&str> = living.members.iter().filter(|member| member.id != agency.id).map(|member| member.short()).collect();
    if !others.is_empty() {
        vi.push_str(&format!(" (dùng chung với {})", others.join(", ")));
        en.push_str(&format!(" (shared with {})", others.join(", ")));
    }
    let folder = agency_folder(&agency.origin.file);
    let file = format!("{folder}declarations/{}.yaml", case.today);
    let diagnostic = Diagnostic::new(&RULE, Origin::file(agency.origin.file.clone()), Text::new(vi, en)).hint(Text::new(
        format!("khi đã ký quyết định công bố, thêm tệp {file} (đặt tên theo ngày ký)"),
        format!("once the decision is signed, add {file}, named after the day of signing"),
    ));
    match last {
        Some(last) => diagnostic.related(last.origin.field("ended_on"), ended(last)),
        None => diagnostic,
    }
}

fn ended(last: &Declaration) -> Text {
    let number = decision(last);
    match last.ended_on {
        Some(on) => {
            Text::new(format!("bản gần nhất, {number}, đã hết hiệu lực từ {}", short_date(on)), format!("the last one, {number}, ended on {}", short_date(on)))
        }
        None => Text::new(format!("bản gần nhất là {number}"), format!("the last one is {number}")),
    }
}
