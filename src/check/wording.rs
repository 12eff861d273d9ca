//! Words that several rules use: lists, names of procedures and decisions, amounts of time.

use crate::diagnostic::Text;
use crate::domain::vocabulary::TimeUnit;
use crate::domain::{Declaration, ProcedureCode, Register, decimal};

/// At most `limit` items joined by `; `, and how many more there are.
pub(super) fn several(items: &[String], limit: usize) -> Text {
    let shown = items.iter().take(limit).cloned().collect::<Vec<_>>().join("; ");
    match items.len().saturating_sub(limit) {
        0 => Text::new(shown.clone(), shown),
        more => Text::new(format!("{shown}; và {more} mục khác"), format!("{shown}; and {more} more")),
    }
}

/// Parts of a record in both languages, joined by commas.
pub(super) fn parts(parts: &[(&str, &str)]) -> Text {
    let join = |words: Vec<&str>| words.join(", ");
    Text::new(join(parts.iter().map(|part| part.0).collect()), join(parts.iter().map(|part| part.1).collect()))
}

/// Lines to type, one after another.
pub(super) fn lines<T: AsRef<str>>(lines: &[T]) -> Text {
    let join = |and: &str| lines.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(and);
    Text::new(join("  và  "), join("  and  "))
}

/// `1.001193 Thủ tục đăng ký khai sinh`.
pub(super) fn named(register: &Register, code: &ProcedureCode) -> String {
    match register.administrative_procedures.get(code) {
        Some(procedure) => format!("{} {}", code.key(), short(&procedure.name, 60)),
        None => code.to_string(),
    }
}

/// The first `length` characters of a text, cut at a word.
pub(super) fn short(text: &str, length: usize) -> String {
    if text.chars().count() <= length {
        return text.to_owned();
    }
    let cut: String = text.chars().take(length).collect();
    let end = cut.rfind(' ').filter(|end| *end > cut.len() / 2).unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', ';', ' ']))
}

/// The number of a declaration, or the name of its file where it has none.
pub(super) fn decision(declaration: &Declaration) -> &str {
    declaration.number.as_ref().map_or(&declaration.slug, |number| number.as_str())
}

/// `3 ngày làm việc`, `3 working days`.
pub(super) fn amount(value: f64, unit: TimeUnit) -> Text {
    let (vi, en) = match unit {
        TimeUnit::WorkingDay => ("ngày làm việc", "working days"),
        TimeUnit::Day => ("ngày", "days"),
        TimeUnit::Hour => ("giờ", "hours"),
        TimeUnit::Month => ("tháng", "months"),
        TimeUnit::Year => ("năm", "years"),
    };
    Text::new(format!("{} {vi}", decimal(value, 3)), format!("{} {en}", decimal(value, 3).replace(',', ".")))
}
