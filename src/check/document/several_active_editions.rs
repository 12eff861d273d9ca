//! Two editions of one document in use at once, or a list that names another edition than the document itself.

use super::{Controlled, controlled, same_code};
use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::Agency;

pub static RULE: Rule = Rule {
    id: "several-active-editions",
    severity: Severity::Error,
    summary: Text::fixed("một tài liệu có hai lần ban hành cùng đang áp dụng", "two editions of one document in use at once"),
    basis: Some("TCVN ISO 9001:2015, 7.5.3.2"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for agency in case.register.agencies.values() {
        let documents = controlled(case.register, agency);
        let pairs = same_code(&documents).into_iter().filter(|(first, second)| is_clash(first, second));
        found.extend(pairs.map(|(first, second)| reported(agency, first, second)));
    }
}

fn is_clash(first: &Controlled<'_>, second: &Controlled<'_>) -> bool {
    let is_other = |left: Option<u32>, right: Option<u32>| left.is_some() && right.is_some() && left != right;
    first.is_active() && second.is_active() && (is_other(first.edition, second.edition) || is_other(first.revision, second.revision))
}

fn reported(agency: &Agency, first: &Controlled<'_>, second: &Controlled<'_>) -> Diagnostic {
    let code = second.code;
    let (first_text, second_text) = (first.edition_text(), second.edition_text());
    if first.is_process != second.is_process {
        let message = Text::new(
            format!("{}: danh mục ghi {code} {}, nhưng quy trình là {}", agency.short(), second_text.0, first_text.0),
            format!("{}: the list says {code} is {}, but the work process is {}", agency.short(), second_text.1, first_text.1),
        );
        let (edition, revision) = (first.edition.unwrap_or(1), first.revision.unwrap_or(0));
        return Diagnostic::new(&RULE, second.origin.field("edition"), message)
            .related(first.origin.field("edition"), Text::fixed("quy trình ở đây", "the work process is here"))
            .hint(Text::new(
                format!("nếu quy trình đúng, sửa danh mục:  edition: {edition}  và  revision: {revision}"),
                format!("if the work process is right, correct the list:  edition: {edition}  and  revision: {revision}"),
            ));
    }
    let message = Text::new(
        format!("{}: {code} có hai bản cùng đang áp dụng: {} và {}", agency.short(), first_text.0, second_text.0),
        format!("{}: two editions of {code} are in use: {} and {}", agency.short(), first_text.1, second_text.1),
    );
    Diagnostic::new(&RULE, second.origin.field("edition"), message)
        .related(first.origin.field("edition"), Text::fixed("bản kia ở đây", "the other one is here"))
        .hint(Text::fixed("ghi  status: superseded  cho bản cũ", "mark the older one  status: superseded"))
}
