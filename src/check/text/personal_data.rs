//! Personal data in public text: citizen ids, private telephones and mailboxes, bank accounts.
//! Office contacts belong in `agency.yaml` and `site.yaml`; what stands there may stand anywhere.

use std::collections::BTreeSet;

use memchr::memmem;

use super::scan;
use crate::check::Case;
use crate::diagnostic::{Diagnostic, MOST_TOLD, Rule, Severity, Text};
use crate::domain::TextSubject;
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "personal-data",
    severity: Severity::Error,
    summary: Text::fixed(
        "số định danh cá nhân, điện thoại riêng, hộp thư riêng hoặc số tài khoản trong nội dung công khai",
        "a citizen id, a private telephone or mailbox, or a bank account in public text",
    ),
    basis: Some("Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15"),
};

/// Whether a text has something that looks like personal data.
pub fn may_tell(text: &str) -> bool {
    numbers(text).iter().any(|number| number.is_citizen_id() || number.is_mobile()) || !accounts(text).is_empty() || !mailboxes(text).is_empty()
}

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let contacts = case.register.texts.iter().filter(|text| text.subject == TextSubject::Contact);
    let office: BTreeSet<String> = contacts.flat_map(|text| numbers(&text.text)).filter(|number| number.is_mobile()).map(|number| number.digits).collect();
    for text in &case.register.texts {
        let mut in_text: Vec<(usize, Kind, String)> = Vec::new();
        let is_contact = text.subject == TextSubject::Contact;
        for number in numbers(&text.text) {
            if number.is_citizen_id() {
                in_text.push((number.at, Kind::CitizenId, number.digits));
            } else if !is_contact && number.is_mobile() && !office.contains(&number.digits) && !is_tax_code(&text.text, number.at) {
                in_text.push((number.at, Kind::Telephone, number.digits));
            }
        }
        in_text.extend(accounts(&text.text).into_iter().map(|(at, account)| (at, Kind::Account, account)));
        if !is_contact {
            in_text.extend(mailboxes(&text.text).into_iter().map(|(at, mailbox)| (at, Kind::Mailbox, mailbox)));
        }
        in_text.sort_by_key(|(at, ..)| *at);
        // An account number may look like a telephone number too: one place, one message.
        in_text.dedup_by_key(|(at, ..)| *at);
        if in_text.is_empty() {
            continue;
        }
        let lines = scan::Lines::of(text);
        let public = in_text.into_iter().filter(|(at, ..)| !lines.is_comment(*at));
        found.extend(public.take(MOST_TOLD).map(|(at, kind, value)| reported(lines.place(at), kind, &value)));
    }
}

#[derive(Clone, Copy)]
enum Kind {
    CitizenId,
    Telephone,
    Mailbox,
    Account,
}

/// Groups of digits with single spaces, dots or hyphens between them, standing apart from letters.
struct Number {
    at: usize,
    digits: String,
    /// Length of each group.
    groups: Vec<usize>,
}

impl Number {
    /// Twelve digits: a province (001 to 096), then sex and century, year of birth and six more.
    fn is_citizen_id(&self) -> bool {
        let is_written_so = matches!(self.groups[..], [12] | [3, 3, 3, 3]);
        is_written_so && self.digits.len() == 12 && self.digits.starts_with('0') && (1..=96).contains(&self.digits[..3].parse().unwrap_or(0))
    }

    /// Ten digits with the first two of a mobile network, grouped as people group them.
    fn is_mobile(&self) -> bool {
        let is_written_so = matches!(self.groups[..], [10] | [4, 3, 3] | [3, 3, 4] | [3, 4, 3] | [4, 6] | [3, 7] | [5, 5] | [4, 2, 2, 2] | [4, 2, 4]);
        is_written_so && self.digits.len() == 10 && ["03", "05", "07", "08", "09"].iter().any(|network| self.digits.starts_with(network))
    }
}

/// Every number of a text that begins with zero, or with +84 read as zero, and stands apart.
fn numbers(text: &str) -> Vec<Number> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() && bytes[at] != b'+' {
            at += 1;
            continue;
        }
        let start = at;
        let mut groups = Vec::new();
        at = run_end(bytes, start, |length| groups.push(length)).max(start + 1);
        if matches!(bytes[start], b'0' | b'+') && is_apart(text, start, at) {
            found.extend(number(text, start, at, groups));
        }
    }
    found
}

/// Where a run of digits ends, telling the length of each group on the way. One space (or no-break space),
/// dot or hyphen may stand between two groups.
fn run_end(bytes: &[u8], start: usize, mut group: impl FnMut(usize)) -> usize {
    let mut at = start + usize::from(bytes[start] == b'+');
    loop {
        let length = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if length == 0 {
            return at;
        }
        group(length);
        at += length;
        let separator = match bytes[at..] {
            [b' ' | b'.' | b'-', ..] => 1,
            [0xC2, 0xA0, ..] => 2,
            _ => return at,
        };
        if !bytes.get(at + separator).is_some_and(u8::is_ascii_digit) {
            return at;
        }
        at += separator;
    }
}

/// Whether a run of digits is no part of a word, a code, a path or a longer number.
fn is_apart(text: &str, start: usize, end: usize) -> bool {
    let mut before = text[..start].chars().rev();
    let is_joined_before = match before.next() {
        Some('.') => before.next().is_some_and(|c| c.is_ascii_digit()),
        Some('-' | '/') => before.next().is_some_and(char::is_alphanumeric),
        Some(c) => c.is_alphanumeric() || matches!(c, '_' | '#' | '%' | '='),
        None => false,
    };
    let is_joined_after = text[end..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '_' | '@'));
    !is_joined_before && !is_joined_after
}

fn number(text: &str, start: usize, end: usize, mut groups: Vec<usize>) -> Option<Number> {
    let written = &text[start..end];
    if groups.iter().sum::<usize>() > 14 {
        return None;
    }
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    if let Some(rest) = digits.strip_prefix("84").filter(|_| written.starts_with('+')) {
        // +84 912 345 678 is 0912 345 678.
        if groups[0] == 2 {
            groups.remove(0);
            *groups.first_mut()? += 1;
        } else {
            groups[0] -= 1;
        }
        return Some(Number { at: start, digits: format!("0{rest}"), groups });
    }
    digits.starts_with('0').then_some(Number { at: start, digits, groups })
}

/// Tax codes of companies in one city begin with 03 too.
fn is_tax_code(text: &str, at: usize) -> bool {
    let before = near_before(text, at, 40).to_lowercase();
    ["thuế", "mst", "doanh nghiệp", "đăng ký kinh doanh"].iter().any(|word| before.contains(word))
}

/// The last `length` bytes or so before a place, on the same line.
fn near_before(text: &str, at: usize, length: usize) -> &str {
    let mut from = at.saturating_sub(length);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    text[from..at].rsplit('\n').next().unwrap_or("")
}

/// The next `length` bytes or so, on the same line.
fn near_after(text: &str, from: usize, length: usize) -> &str {
    let mut to = (from + length).min(text.len());
    while !text.is_char_boundary(to) {
        to += 1;
    }
    text[from..to].split('\n').next().unwrap_or("")
}

/// Mailboxes of services that offices do not use.
fn mailboxes(text: &str) -> Vec<(usize, String)> {
    const SERVICES: &[&str] = &["gmail.", "yahoo.", "hotmail.", "outlook.", "icloud."];
    let ats = text.match_indices('@').filter(|(at, _)| {
        let after: String = text[at + 1..].chars().take(8).flat_map(char::to_lowercase).collect();
        SERVICES.iter().any(|service| after.starts_with(service))
    });
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    ats.filter_map(|(at, _)| {
        let start = text[..at].rfind(|c| !is_part(c)).map_or(0, |end| end + text[end..].chars().next().map_or(1, char::len_utf8));
        let end = text[at + 1..].find(|c| !is_part(c)).map_or(text.len(), |end| at + 1 + end);
        (start < at).then(|| (start, text[start..end].trim_end_matches('.').to_owned()))
    })
    .collect()
}

/// Numbers of at least eight digits after "số tài khoản". Accounts of the State Treasury are public.
fn accounts(text: &str) -> Vec<(usize, String)> {
    let needles = ["ài khoản", "ÀI KHOẢN", "STK"];
    let mentions = needles.iter().flat_map(|needle| memmem::find_iter(text.as_bytes(), needle.as_bytes()).map(move |at| (at, *needle)));
    mentions
        .filter_map(|(at, needle)| {
            let from = at + needle.len();
            let line = near_after(text, from, 600);
            let digit = line.find(|c: char| c.is_ascii_digit())?;
            let is_near = line[..digit].chars().count() <= 20 && !line[..digit].contains(['.', ';']);
            let written: String = line[digit..].chars().take_while(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-')).collect();
            let digits: String = written.chars().filter(char::is_ascii_digit).collect();
            let around = format!("{} {}", near_before(text, at, 160), line).to_lowercase();
            let is_public = around.contains("kho bạc") || around.contains("kbnn");
            (is_near && digits.len() >= 8 && !is_public).then_some((from + digit, digits))
        })
        .collect()
}

fn reported(place: Origin, kind: Kind, value: &str) -> Diagnostic {
    let shown = masked(value);
    let (vi, en, hint_vi, hint_en) = match kind {
        Kind::CitizenId => (
            format!("có số định danh cá nhân {shown}"),
            format!("a citizen id, {shown}"),
            "xóa số này; nếu cần ví dụ, ghi  <số căn cước>",
            "delete it; for an example write  <citizen id>",
        ),
        Kind::Telephone => (
            format!("có số điện thoại di động {shown} không phải số của cơ quan nào"),
            format!("a mobile number, {shown}, that is no agency's"),
            "xóa số này; nếu là số của cơ quan, ghi vào mục phone trong agency.yaml",
            "delete it; if it is an office number, write it as phone in agency.yaml",
        ),
        Kind::Mailbox => (
            format!("có hộp thư riêng {shown}"),
            format!("a private mailbox, {shown}"),
            "thay bằng hộp thư công vụ của cơ quan, ví dụ  tiepnhan@tencoquan.gov.vn",
            "write the agency's own mailbox instead",
        ),
        Kind::Account => (
            format!("có số tài khoản {shown}"),
            format!("a bank account, {shown}"),
            "xóa số tài khoản; nơi thu phí ghi tên cơ quan, hoặc tài khoản tại Kho bạc Nhà nước",
            "delete it; name the office that takes the fee, or its account at the State Treasury",
        ),
    };
    Diagnostic::new(&RULE, place, Text::new(vi, en)).hint(Text::fixed(hint_vi, hint_en))
}

/// Enough to find it, not enough to spread it further in logs.
fn masked(value: &str) -> String {
    if let Some((name, domain)) = value.split_once('@') {
        return format!("{}…@{domain}", name.chars().take(2).collect::<String>());
    }
    let shown: String = value.chars().take(4).collect();
    format!("{shown}{}", "•".repeat(value.chars().count().saturating_sub(4)))
}
