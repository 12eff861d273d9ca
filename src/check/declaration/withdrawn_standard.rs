//! A declaration of conformity with an edition that was not in force as TCVN on its date, or is not any more.

use crate::check::Case;
use crate::check::wording::decision;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{Declaration, Register, Standard, short_date};

pub static RULE: Rule = Rule {
    id: "withdrawn-standard",
    severity: Severity::Error,
    summary: Text::fixed(
        "công bố theo phiên bản tiêu chuẩn đã hủy bỏ, hoặc chưa được công bố là TCVN",
        "an edition of the standard that was withdrawn or not yet adopted as TCVN",
    ),
    basis: Some("QĐ 19/2014/QĐ-TTg, Điều 4"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for living in case.systems() {
        let current = living.system.current_declaration(case.today);
        for declaration in &living.system.declarations {
            let is_current = current.is_some_and(|current| current.origin == declaration.origin);
            found.extend(judged(case, declaration, is_current));
        }
    }
}

fn judged(case: &Case<'_>, declaration: &Declaration, is_current: bool) -> Option<Diagnostic> {
    let standard = case.register.standards.get(declaration.standard.as_ref()?)?;
    let issued_on = case.past(declaration.issued_on)?;
    if ["adopted_on", "withdrawn_on"].iter().any(|field| case.register.has_told(&standard.origin.field(field))) {
        return None;
    }
    let origin = declaration.origin.field("standard");
    let level = if is_current { Severity::Error } else { Severity::Warning };
    let (name, number, day) = (&standard.name, decision(declaration), short_date(issued_on));
    if !standard.is_adopted(issued_on) {
        return Some(not_adopted(standard, number, &day, origin).level(level));
    }
    let withdrawn_on = standard.withdrawn_on.filter(|on| is_current && *on <= case.today)?;
    let withdrawn = short_date(withdrawn_on);
    let (vi, en) = if withdrawn_on <= issued_on {
        (format!("trước khi ký {number} ngày {day}"), format!("before {number} was signed on {day}"))
    } else {
        (format!("sau khi ký {number} ngày {day}"), format!("after {number} was signed on {day}"))
    };
    let message = Text::new(format!("{name} đã bị thay thế từ {withdrawn}, {vi}"), format!("{name} was withdrawn on {withdrawn}, {en}"));
    Some(
        Diagnostic::new(&RULE, origin, message)
            .related(standard.origin.field("withdrawn_on"), Text::fixed("theo bảng tiêu chuẩn", "by the table of standards"))
            .hint(successor(case.register, standard)),
    )
}

fn not_adopted(standard: &Standard, number: &str, day: &str, origin: crate::origin::Origin) -> Diagnostic {
    let name = &standard.name;
    let (vi, en) = match standard.adopted_on {
        Some(on) => (format!("mãi đến {} mới được công bố là tiêu chuẩn quốc gia", short_date(on)), format!("was adopted as TCVN only on {}", short_date(on))),
        None => ("chưa được công bố là tiêu chuẩn quốc gia".to_owned(), "is not adopted as TCVN yet".to_owned()),
    };
    let message = Text::new(
        format!("quyết định {number} ký ngày {day} công bố theo {name}, nhưng {name} {vi}"),
        format!("{number} of {day} declares {name}, which {en}"),
    );
    Diagnostic::new(&RULE, origin, message)
        .related(standard.origin.clone(), Text::fixed("theo bảng tiêu chuẩn", "by the table of standards"))
        .hint(Text::fixed(
            "kiểm tra ngày ký và phiên bản ghi trong quyết định; nếu bảng sai, sửa adopted_on trong content/standards.yaml theo quyết định của Bộ Khoa học và Công nghệ",
            "check the date and the edition in the decision; if the table is wrong, correct adopted_on in content/standards.yaml",
        ))
}

fn successor(register: &Register, standard: &Standard) -> Text {
    match standard.replaced_by.as_ref().and_then(|id| register.standards.get(id)) {
        Some(next) => Text::new(
            format!("chuyển hệ thống sang {} rồi công bố lại; trong tệp mới ghi  standard: {}  và  reason: standard_changed", next.name, next.id),
            format!("move to {} and declare again; in the new file write  standard: {}  and  reason: standard_changed", next.name, next.id),
        ),
        None => Text::fixed("công bố lại theo phiên bản đang có hiệu lực", "declare again with the edition in force"),
    }
}
