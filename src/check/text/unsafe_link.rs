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
                let diagnostic = Diagnostic::new(&RULE, markdown.origin_at(problem.offset), message);
                if is_on_a_disk(target) {
                    let name = target.rsplit(['\\', '/']).next().unwrap_or("");
                    found.push(diagnostic.hint(Text::new(
                        format!("tệp này nằm trên máy của anh/chị, người khác không mở được: chép vào thư mục files/ của cơ quan rồi ghi  (../files/{name})"),
                        format!("this file is on your own disk, where nobody else can open it: copy it to the agency's files/ and write  (../files/{name})"),
                    )));
                    continue;
                }
                found.push(diagnostic.hint(Text::fixed(
                    "dùng địa chỉ bắt đầu bằng https:// , mailto: hoặc tel: , hoặc đường dẫn đến tệp trong nội dung",
                    "use an address that begins with https:// , mailto: or tel: , or the path of a file of the content",
                )));
            }
        }
    }
    contacts(case, found);
    for (address, origin) in addresses(case) {
        if !is_web(address) {
            let message = Text::new(format!("“{}” không phải địa chỉ trang web", short(address, 60)), format!("`{}` is not a web address", short(address, 60)));
            let field = origin.field_name().to_owned();
            let is_bare = address.contains('.') && !address.contains(':') && !address.contains(char::is_whitespace);
            let example = if is_bare { format!("https://{address}") } else { "https://dichvucong.gov.vn/".to_owned() };
            found.push(Diagnostic::new(&RULE, origin, message).hint(Text::new(
                format!("ghi đủ địa chỉ, bắt đầu bằng https:// , ví dụ  {field}: {example}"),
                format!("write the whole address, beginning with https:// , such as  {field}: {example}"),
            )));
        }
    }
}

/// `C:\\congbo\\12-qd.pdf`, `file:///…`
fn is_on_a_disk(target: &str) -> bool {
    let mut letters = target.chars();
    let is_drive = letters.next().is_some_and(|c| c.is_ascii_alphabetic()) && letters.next() == Some(':') && matches!(letters.next(), Some('\\' | '/'));
    is_drive || target.starts_with("file:") || target.starts_with("\\\\")
}

/// Mail addresses and telephone numbers of agencies, of which the site makes links.
fn contacts(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for agency in case.register.agencies.values() {
        if let Some(email) = agency.email.as_deref().filter(|email| !is_mail(email)) {
            let message = Text::new(format!("“{}” không phải địa chỉ thư điện tử", short(email, 60)), format!("`{}` is not a mail address", short(email, 60)));
            found.push(Diagnostic::new(&RULE, agency.origin.field("email"), message).hint(Text::fixed(
                "ghi đủ tên hộp thư, dấu @ và tên miền, ví dụ  email: vanthu@xa.tinh.gov.vn",
                "write the mailbox, the @ and the domain, such as  email: vanthu@xa.tinh.gov.vn",
            )));
        }
        let phone = agency.phone.as_deref().filter(|phone| !phone.contains(char::is_lowercase));
        if let Some(phone) = phone.filter(|phone| phone.contains(char::is_alphabetic)) {
            let digits: String = phone
                .chars()
                .map(|c| {
                    if matches!(c, 'O' | 'Q') {
                        '0'
                    } else if matches!(c, 'I') {
                        '1'
                    } else {
                        c
                    }
                })
                .collect();
            let message =
                Text::new(format!("số điện thoại “{}” có chữ cái", short(phone, 40)), format!("the telephone number `{}` has letters", short(phone, 40)));
            let hint = if digits.contains(char::is_alphabetic) {
                Text::fixed("chỉ ghi số máy của cơ quan, ví dụ  phone: 0203 000 0000", "write the number only, such as  phone: 0203 000 0000")
            } else {
                Text::new(
                    format!("gõ lại bằng chữ số; nếu là chữ O thay cho số 0, ghi  phone: {digits}"),
                    format!("type it in digits; if it is an O for a zero, write  phone: {digits}"),
                )
            };
            found.push(Diagnostic::new(&RULE, agency.origin.field("phone"), message).hint(hint));
        }
    }
}

fn is_mail(address: &str) -> bool {
    let is_plain =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '@' | ',' | ';' | '<' | '>' | '"'));
    address
        .split_once('@')
        .is_some_and(|(name, domain)| is_plain(name) && is_plain(domain) && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.'))
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
