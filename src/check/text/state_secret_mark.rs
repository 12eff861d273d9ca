//! A mark of a state secret or of internal circulation in public text. Only the mark itself counts, standing alone
//! on a line or as a value: words such as "bảo mật" and titles about "bí mật nhà nước" are ordinary.

use memchr::memmem;

use super::scan;
use crate::check::Case;
use crate::diagnostic::{Diagnostic, MOST_TOLD, Rule, Severity, Text};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "state-secret-mark",
    severity: Severity::Error,
    summary: Text::fixed("có dấu chỉ độ mật hoặc dấu lưu hành nội bộ trong nội dung công khai", "a mark of secrecy or internal circulation in public content"),
    basis: Some("QĐ 19/2014/QĐ-TTg, Điều 3 khoản 3; Luật Bảo vệ bí mật nhà nước số 117/2025/QH15"),
};

const MARKS: &[&str] = &["MẬT", "TỐI MẬT", "TUYỆT MẬT", "LƯU HÀNH NỘI BỘ", "TÀI LIỆU LƯU HÀNH NỘI BỘ", "TÀI LIỆU MẬT"];

/// What a mark cannot do without.
const NEEDLES: &[&str] = &["MẬT", "LƯU HÀNH NỘI BỘ", "ộ mật", "Ộ MẬT"];

/// Whether a text has words that a mark is made of.
pub fn may_tell(text: &str) -> bool {
    NEEDLES.iter().any(|needle| memmem::find(text.as_bytes(), needle.as_bytes()).is_some())
}

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for text in &case.register.texts {
        let mut places: Vec<usize> = NEEDLES.iter().flat_map(|needle| text.text.match_indices(needle)).map(|(at, _)| at).collect();
        places.sort_unstable();
        if places.is_empty() {
            continue;
        }
        let lines = scan::Lines::of(text);
        let mut numbers: Vec<usize> = places.into_iter().filter(|at| !lines.is_comment(*at)).map(|at| lines.number(at)).collect();
        numbers.dedup();
        let marked = numbers.into_iter().map(|number| lines.line(number)).filter_map(|(start, line)| Some((start, line, mark_of(line)?)));
        found.extend(marked.take(MOST_TOLD).map(|(start, line, mark)| reported(lines.place(start + line.rfind(mark).unwrap_or(0)), mark)));
    }
}

/// The mark that a line is, once list signs, quotes, brackets and the name of a field are taken away.
fn mark_of(line: &str) -> Option<&str> {
    let bare = stripped(line);
    let is_joined = |text: &str| !text.is_empty() && text.split(" - ").flat_map(|part| part.split([',', ';', '–', '—', '|'])).all(is_mark);
    if is_joined(bare) {
        return Some(bare);
    }
    let (name, value) = bare.split_once(':')?;
    let value = stripped(value);
    let is_degree = stripped(name).to_lowercase().ends_with("độ mật");
    let is_named_degree = is_degree && MARKS.contains(&value.to_uppercase().as_str());
    (is_joined(value) || is_named_degree).then_some(value)
}

fn is_mark(text: &str) -> bool {
    MARKS.contains(&stripped(text))
}

fn stripped(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '-' | '*' | '_' | '#' | '>' | '"' | '\'' | '“' | '”' | '(' | ')' | '[' | ']' | '.' | '!' | '{' | '}' | ',')
    })
}

fn reported(place: Origin, mark: &str) -> Diagnostic {
    let message = Text::new(format!("có dấu “{mark}” trong nội dung công khai"), format!("the mark “{mark}” in public content"));
    Diagnostic::new(&RULE, place, message).hint(Text::fixed(
        "không đăng: lấy tài liệu ra khỏi thư mục content ngay và báo người phụ trách bảo mật; nếu chỉ là lời giải thích, viết thường trong câu",
        "do not publish it: take it out of the content folder now and tell whoever is in charge; if it is only explained, write it in small letters inside a sentence",
    ))
}
