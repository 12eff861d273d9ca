//! `5 WORKING_DAY`, `7.5 WORKING_DAY`, `1 OTHER`, or a sentence. A number is only taken where it has a unit.

use super::findings::Findings;
use super::rules;
use crate::domain::vocabulary::TimeUnit;
use crate::import::plain_text::one_line;
use crate::parse::raw::RawTimeLimit;

/// Longest description that says the time limit itself, in characters.
const SENTENCE_CHARACTERS: usize = 300;

/// The time limit, and the description that is left. Where the number says nothing (`1 OTHER`), a
/// description of one sentence is the time limit.
pub(super) fn time_limit(written: &str, description: Option<String>, findings: &mut Findings<'_>) -> (Option<RawTimeLimit>, Option<String>) {
    let written = one_line(written);
    if written.is_empty() || written == "Không có thông tin" {
        return (None, description);
    }
    let (amount, unit) = match written.rsplit_once(' ') {
        Some((amount, unit)) => (amount.trim(), unit),
        None => ("", written.as_str()),
    };
    let (amount, unit) =
        if amount.ends_with(" ngày làm") && unit == "việc" { (amount.trim_end_matches("ngày làm").trim(), "ngày làm việc") } else { (amount, unit) };
    match unit_of(unit) {
        Some(Unit::Known(unit)) if amount.parse::<u32>().is_ok_and(|value| value > 0) => {
            (Some(RawTimeLimit { value: amount.parse().ok(), unit: Some(unit), text: None }), description)
        }
        Some(Unit::Known(unit)) if amount.parse::<f64>().is_ok() => {
            findings.tell(rules::doubtful_limit, &written);
            (Some(only_text(format!("{} {}", amount.replace('.', ","), unit_word(unit)))), description)
        }
        Some(Unit::Other) => without_unit(amount, &written, description, findings),
        _ => {
            findings.tell(rules::doubtful_limit, &written);
            (Some(only_text(written)), description)
        }
    }
}

/// `OTHER`: the limit is in words, or nowhere.
fn without_unit(amount: &str, written: &str, description: Option<String>, findings: &mut Findings<'_>) -> (Option<RawTimeLimit>, Option<String>) {
    findings.tell(rules::doubtful_limit, written);
    let is_placeholder = matches!(amount, "" | "-" | "0" | "1" | "01");
    if !is_placeholder {
        let is_number = amount.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
        let text = if is_number { format!("{amount} (nguồn không ghi đơn vị)") } else { amount.to_owned() };
        return (Some(only_text(text)), description);
    }
    match description {
        Some(text) if !text.contains('\n') && text.chars().count() <= SENTENCE_CHARACTERS => (Some(only_text(text)), None),
        Some(text) => (Some(only_text("Theo mô tả".to_owned())), Some(text)),
        None => (None, None),
    }
}

fn only_text(text: String) -> RawTimeLimit {
    RawTimeLimit { value: None, unit: None, text: Some(text) }
}

enum Unit {
    Known(TimeUnit),
    Other,
}

fn unit_of(word: &str) -> Option<Unit> {
    Some(Unit::Known(match word {
        "WORKING_DAY" | "ngày làm việc" => TimeUnit::WorkingDay,
        "DAY" | "ngày" => TimeUnit::Day,
        "HOUR" | "giờ" => TimeUnit::Hour,
        "MONTH" | "tháng" => TimeUnit::Month,
        "YEAR" | "năm" => TimeUnit::Year,
        "OTHER" => return Some(Unit::Other),
        _ => return None,
    }))
}

fn unit_word(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::WorkingDay => "ngày làm việc",
        TimeUnit::Day => "ngày",
        TimeUnit::Hour => "giờ",
        TimeUnit::Month => "tháng",
        TimeUnit::Year => "năm",
    }
}
