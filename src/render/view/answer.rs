//! The answer at the top of a procedure's page, short enough for a phone: how long, how much, how many papers.
//! What it leaves out stands in full below it.

use serde::Serialize;

use super::unit_label;
use crate::domain::{AdministrativeProcedure, Channel, Dossier, Fee, TimeLimit, grouped};
use crate::theme::Words;

/// Longest text that is still an answer; a longer one is left to the table below.
const ANSWER_LENGTH: usize = 90;

/// Each is `None` where the record does not say.
#[derive(Debug, Serialize)]
pub(in super::super) struct AnswerView {
    pub time: Option<String>,
    pub fee: Option<String>,
    pub papers: Option<String>,
}

impl AnswerView {
    /// The answer of a procedure over all its channels and cases.
    pub fn new(procedure: &AdministrativeProcedure, words: &Words) -> Self {
        Self::of(&procedure.channels, &procedure.dossiers, words)
    }

    /// The answer of these channels and cases.
    pub fn of(channels: &[Channel], dossiers: &[Dossier], words: &Words) -> Self {
        let limits: Vec<&TimeLimit> = channels.iter().filter_map(|channel| channel.time_limit.as_ref()).collect();
        let fees: Vec<&Fee> = channels.iter().flat_map(|channel| &channel.fees).collect();
        Self { time: time(&limits, words), fee: fee(&fees, words), papers: papers(dossiers, words) }
    }
}

/// `1 ngày làm việc`; of several the range where they share a unit, else each of them.
fn time(limits: &[&TimeLimit], words: &Words) -> Option<String> {
    let number = |limit: &TimeLimit| limit.value.filter(|value| *value > 0).zip(limit.unit);
    let mut units: Vec<_> = limits.iter().filter_map(|limit| number(limit)).map(|(_, unit)| unit).collect();
    units.dedup();
    let values: Vec<u32> = limits.iter().filter_map(|limit| number(limit)).map(|(value, _)| value).collect();
    let is_all_numbers = values.len() == limits.len();
    if let ([unit], true, Some(low), Some(high)) = (units.as_slice(), is_all_numbers, values.iter().min(), values.iter().max()) {
        let unit = unit_label(*unit, words);
        let (low_text, high_text) = (grouped((*low).into()), grouped((*high).into()));
        let range = words.fill("answer_time_range", &[("low", &low_text), ("high", &high_text), ("unit", unit)]);
        return Some(if low == high { format!("{low_text} {unit}") } else { range });
    }
    let mut texts: Vec<String> = Vec::new();
    for limit in limits {
        let text = number(limit).map(|(value, unit)| format!("{} {}", grouped(value.into()), unit_label(unit, words)));
        let Some(text) = text.or_else(|| limit.text.as_ref().map(|text| text.trim().trim_end_matches('.').to_owned())) else { continue };
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    match texts.as_slice() {
        [] => None,
        [only] if only.chars().count() <= ANSWER_LENGTH => Some(only.clone()),
        [first, second] if first.len() + second.len() <= ANSWER_LENGTH => Some(words.fill("answer_time_either", &[("first", first), ("second", second)])),
        _ => Some(words.text("answer_see_below").to_owned()),
    }
}

/// What has to be paid. Nothing is called free that the record does not call free.
fn fee(fees: &[&Fee], words: &Words) -> Option<String> {
    let is_free = fees.iter().any(|fee| fee.is_free);
    let mut amounts: Vec<u64> = fees.iter().filter(|fee| !fee.is_free).filter_map(|fee| fee.amount).filter(|amount| *amount > 0).collect();
    amounts.sort_unstable();
    let has_other = fees.iter().any(|fee| !fee.is_free && fee.amount.is_none_or(|amount| amount == 0));
    let currency = fees.iter().find(|fee| fee.amount.is_some()).map_or("VND", |fee| &*fee.currency);
    let unit = if currency == "VND" { words.text("currency_vnd") } else { currency };
    let amount = amounts.first().zip(amounts.last()).map(|(low, high)| {
        let (low_text, high_text) = (grouped(*low), grouped(*high));
        let range = words.fill("answer_fee_range", &[("low", &low_text), ("high", &high_text), ("unit", unit)]);
        if low == high { format!("{low_text} {unit}") } else { range }
    });
    match (is_free, amount, has_other) {
        (true, None, false) => Some(words.text("fee_free").to_owned()),
        (false, Some(amount), false) => Some(amount),
        (true, Some(amount), _) => Some(words.fill("answer_fee_free_or", &[("amount", &amount)])),
        (false, Some(amount), true) => Some(words.fill("answer_fee_by_case", &[("amount", &amount)])),
        (true, None, true) => Some(words.text("answer_fee_free_by_case").to_owned()),
        (false, None, true) => Some(only_text(fees).unwrap_or_else(|| words.text("answer_see_below").to_owned())),
        (false, None, false) => None,
    }
}

fn only_text(fees: &[&Fee]) -> Option<String> {
    let mut texts: Vec<&str> = fees.iter().filter_map(|fee| fee.text.as_deref()).map(|text| text.trim().trim_end_matches('.')).collect();
    texts.dedup();
    let [only] = texts.as_slice() else { return None };
    (only.chars().count() <= ANSWER_LENGTH).then(|| (*only).to_owned())
}

/// `3 giấy tờ`; of several cases the fewest and the most.
fn papers(dossiers: &[Dossier], words: &Words) -> Option<String> {
    let counts: Vec<usize> = dossiers.iter().map(|dossier| dossier.components.len()).filter(|count| *count > 0).collect();
    let (low, high) = (counts.iter().min()?, counts.iter().max()?);
    let count = if low == high { low.to_string() } else { format!("{low}–{high}") };
    let cases = counts.len().to_string();
    let word = if counts.len() == 1 { "answer_papers" } else { "answer_papers_by_case" };
    Some(words.fill(word, &[("count", &count), ("cases", &cases)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::vocabulary::TimeUnit;
    use crate::theme::{Lang, Theme};

    fn theme() -> Theme {
        Theme::load(std::path::Path::new("."), None).unwrap()
    }

    fn limit(value: Option<u32>, text: Option<&str>) -> TimeLimit {
        TimeLimit { value, unit: value.map(|_| TimeUnit::WorkingDay), text: text.map(str::to_owned) }
    }

    fn one(amount: Option<u64>, is_free: bool, text: Option<&str>) -> Fee {
        Fee { kind: None, amount, currency: "VND".into(), is_free, text: text.map(str::to_owned), legal_basis: None }
    }

    #[test]
    fn the_time_is_a_number_a_range_or_where_to_read_it() {
        let theme = theme();
        let said = |limits: &[TimeLimit]| time(&limits.iter().collect::<Vec<_>>(), theme.words(Lang::Vi));
        assert_eq!(said(&[limit(Some(1), Some("Trong ngày")), limit(Some(1), None)]).as_deref(), Some("1 ngày làm việc"));
        assert_eq!(said(&[limit(Some(3), None), limit(Some(15), None)]).as_deref(), Some("3 đến 15 ngày làm việc, tùy cách nộp"));
        assert_eq!(said(&[limit(None, Some("Trả ngay."))]).as_deref(), Some("Trả ngay"));
        assert_eq!(said(&[limit(None, Some(&"rất dài ".repeat(30)))]).as_deref(), Some("Tùy trường hợp, xem chi tiết"));
        assert_eq!(said(&[]), None);
    }

    #[test]
    fn the_fee_is_only_called_free_where_the_record_says_so() {
        let theme = theme();
        let said = |fees: &[Fee]| fee(&fees.iter().collect::<Vec<_>>(), theme.words(Lang::Vi));
        assert_eq!(said(&[one(None, true, None)]).as_deref(), Some("Không thu phí, lệ phí"));
        assert_eq!(said(&[one(Some(8000), false, None), one(Some(50000), false, None)]).as_deref(), Some("8.000 đến 50.000 đồng, tùy trường hợp"));
        assert_eq!(said(&[one(None, true, None), one(Some(8000), false, None)]).as_deref(), Some("Không thu, hoặc 8.000 đồng, tùy trường hợp"));
        assert_eq!(said(&[one(Some(0), false, Some("theo nghị quyết của tỉnh"))]).as_deref(), Some("theo nghị quyết của tỉnh"));
        assert_eq!(said(&[one(Some(0), false, None)]).as_deref(), Some("Tùy trường hợp, xem chi tiết"));
        assert_eq!(said(&[]), None);
    }
}
