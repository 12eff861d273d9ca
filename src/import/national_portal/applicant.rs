//! Who may ask: the portal joins names that hold commas themselves with commas.

use super::findings::Findings;
use super::rules;

/// The names of the portal. Longer ones stand before their own beginnings.
const NAMES: &[&str] = &[
    "Công dân Việt Nam mà không xác định được nơi thường trú hoặc nơi tạm trú",
    "Công dân Việt Nam",
    "Cán bộ, công chức, viên chức",
    "Doanh nghiệp có vốn đầu tư nước ngoài",
    "Doanh nghiệp Việt Nam",
    "Doanh nghiệp",
    "Hợp tác xã",
    "Người nước ngoài cư trú tại Việt Nam",
    "Người nước ngoài đã cư trú tại Việt Nam",
    "Người nước ngoài",
    "Người Việt Nam định cư ở nước ngoài",
    "Tổ chức (không bao gồm doanh nghiệp, HTX)",
    "Tổ chức Đảng",
    "Tổ chức nước ngoài",
    "Đảng viên",
];

/// The names in a text. One that the portal's list does not have is kept and told.
pub(super) fn applicants(text: &str, findings: &mut Findings<'_>) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let known = NAMES.iter().find(|name| rest.strip_prefix(**name).is_some_and(|after| after.is_empty() || after.starts_with(',')));
        let name = match known {
            Some(name) => name,
            None => {
                let name = &rest[..end_of_name(rest)];
                findings.tell(rules::unstructured, name);
                name
            }
        };
        names.push(name.trim().to_owned());
        rest = rest[name.len()..].trim_start_matches([',', ' ']);
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Up to the next comma outside of brackets.
fn end_of_name(text: &str) -> usize {
    let mut depth = 0i32;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth <= 0 && at > 0 => return at,
            _ => {}
        }
    }
    text.len()
}
