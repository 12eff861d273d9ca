//! Text of a starter file that nobody has replaced yet.

use memchr::memmem;

use super::scan;
use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};

pub static RULE: Rule = Rule {
    id: "sample-content",
    severity: Severity::Warning,
    summary: Text::fixed("còn chữ mẫu [MẪU] chưa thay; là lỗi khi phát hành", "placeholder text [MẪU] is left; an error for a release"),
    basis: None,
};

/// What `init` writes where an officer must fill something in.
const MARK: &str = "[MẪU";

/// Whether a text has the mark.
pub fn may_tell(text: &str) -> bool {
    memmem::find(text.as_bytes(), MARK.as_bytes()).is_some() || unfilled(text).next().is_some()
}

/// Values that are the dots of a form: `number: …`. Where each begins, in bytes.
fn unfilled(text: &str) -> impl Iterator<Item = usize> + '_ {
    [": …", ": ...", ": \"…\""].into_iter().flat_map(move |dots| {
        let is_all = move |at: &usize| text[at + dots.len()..].chars().next().is_none_or(|next| matches!(next, '\n' | ',' | '}' | ']'));
        memmem::find_iter(text.as_bytes(), dots).filter(is_all).map(|at| at + 2)
    })
}

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for text in &case.register.texts {
        if !may_tell(&text.text) {
            continue;
        }
        let lines = scan::Lines::of(text);
        if let Some(at) = unfilled(&text.text).find(|at| lines.is_yaml(*at) && !lines.is_comment(*at)) {
            found.push(
                Diagnostic::new(&RULE, lines.place(at), Text::fixed("chưa thay dấu ba chấm bằng giá trị thật", "the dots of the form were not filled in"))
                    .level(Severity::Error)
                    .hint(Text::fixed("ghi giá trị thật, hoặc xóa cả dòng nếu không có", "write the value, or delete the line if there is none")),
            );
        }
        let places: Vec<usize> = text.text.match_indices(MARK).map(|(at, _)| at).filter(|at| !lines.is_comment(*at)).collect();
        let Some(first) = places.first() else { continue };
        let message = match places.len() {
            1 => Text::fixed("còn chữ mẫu [MẪU] chưa thay", "placeholder text [MẪU] is left"),
            count => Text::new(
                format!("còn {count} chỗ chữ mẫu [MẪU] chưa thay, chỗ đầu ở đây"),
                format!("{count} placeholders [MẪU] are left; the first one is here"),
            ),
        };
        let level = if case.is_release { Severity::Error } else { Severity::Warning };
        found.push(
            Diagnostic::new(&RULE, lines.place(*first), message)
                .level(level)
                .hint(Text::fixed("thay cả đoạn [MẪU] bằng nội dung thật của cơ quan", "replace the whole [MẪU] passage with the agency's own text")),
        );
    }
}
