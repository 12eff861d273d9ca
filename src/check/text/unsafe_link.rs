//! Links that may do something else than open a page, and addresses that are none.

use crate::check::Case;
use crate::check::wording::short;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::MarkdownProblemKind;
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "unsafe-link",
    severity: Severity::Error,
    summary: Text::fixed("liên kết không phải http, https, mailto hoặc tel", "a link that is not http, https, mailto or tel"),
    basis: None,
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for markdown in &case.markdowns {
        for problem in markdown.problems() {
            if let MarkdownProblemKind::UnsafeLink(target) = &problem.kind {
                let message = Text::new(format!("liên kết không an toàn: {}", short(target, 60)), format!("an unsafe link: {}", short(target, 60)));
                found.push(Diagnostic::new(&RULE, markdown.origin_at(problem.offset), message).hint(Text::fixed(
                    "dùng địa chỉ bắt đầu bằng https:// , mailto: hoặc tel: , hoặc đường dẫn đến tệp trong nội dung",
                    "use an address that begins with https:// , mailto: or tel: , or the path of a file of the content",
                )));
            }
        }
    }
    for (address, origin) in addresses(case) {
        if !is_web(address) {
            let message = Text::new(format!("“{}” không phải địa chỉ trang web", short(address, 60)), format!("`{}` is not a web address", short(address, 60)));
            found.push(Diagnostic::new(&RULE, origin, message).hint(Text::fixed(
                "ghi đủ địa chỉ, bắt đầu bằng https:// , ví dụ https://dichvucong.gov.vn/",
                "write the whole address, beginning with https:// , such as https://dichvucong.gov.vn/",
            )));
        }
    }
}

/// Every field that is an address.
fn addresses<'a>(case: &Case<'a>) -> Vec<(&'a str, Origin)> {
    let mut found: Vec<(&str, Origin)> = Vec::new();
    for agency in case.register.agencies.values() {
        found.extend(agency.website.as_deref().map(|url| (url, agency.origin.field("website"))));
        for (index, predecessor) in agency.predecessors.iter().enumerate() {
            found.extend(predecessor.url.as_deref().map(|url| (url, agency.origin.field("predecessors").item(index).field("url"))));
        }
        for service in &agency.local_services {
            found.extend(service.online_url.as_deref().map(|url| (url, service.origin.field("online_url"))));
        }
    }
    for procedure in case.register.administrative_procedures.values() {
        let url = procedure.source.as_ref().and_then(|source| source.url.as_deref());
        found.extend(url.map(|url| (url, procedure.origin.field("source").field("url"))));
    }
    found
}

fn is_web(address: &str) -> bool {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\')))
}
