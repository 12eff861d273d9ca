//! `20000 VNĐ (text) | 0 VNĐ (text) | text`. Zero is not free, and an amount is never repaired.

use super::findings::Findings;
use super::rules;
use crate::domain::fold;
use crate::domain::vocabulary::FeeKind;
use crate::import::plain_text::one_line;
use crate::parse::raw::RawFee;

/// Amounts below are doubtful in đồng.
const SMALLEST_USUAL_VND: u64 = 1_000;

/// The fees in a text.
pub(super) fn fees(written: &str, findings: &mut Findings<'_>) -> Vec<RawFee> {
    let written = one_line(written);
    if written == "Không có thông tin" {
        return Vec::new();
    }
    parts(&written).into_iter().filter(|part| !part.trim().is_empty()).map(|part| fee(part.trim(), findings)).collect()
}

fn fee(part: &str, findings: &mut Findings<'_>) -> RawFee {
    let Some((amount, currency, text)) = amount_and_text(part) else {
        return RawFee { kind: kind_of(part), amount: None, currency: None, free: is_free(part), text: Some(part.to_owned()), legal_basis: None };
    };
    let text = Some(without_junk(text)).filter(|text| !text.is_empty() && *text != "0");
    let mut fee = RawFee {
        kind: text.and_then(kind_of),
        amount: Some(amount),
        currency: (currency != "VND").then(|| currency.to_owned()),
        free: false,
        text: text.map(str::to_owned),
        legal_basis: None,
    };
    match text {
        None if amount == 0 => findings.tell(rules::bare_zero_fee, ""),
        Some(text) if amount == 0 && is_free(text) => (fee.amount, fee.free) = (None, true),
        Some(text) if amount == 0 => {
            findings.tell(rules::zero_fee, text);
            fee.amount = None;
        }
        _ if amount < SMALLEST_USUAL_VND && currency == "VND" => {
            if text.is_some_and(|text| says_usd(text, amount)) {
                findings.tell(rules::other_currency, part);
                fee.currency = Some("USD".to_owned());
            } else {
                findings.tell(rules::small_fee, part);
            }
        }
        _ => {}
    }
    fee
}

/// `20000 VNĐ (text)`; `None` for anything else.
fn amount_and_text(part: &str) -> Option<(u64, &'static str, &str)> {
    let (amount, rest) = part.split_once(' ')?;
    let amount: u64 = amount.parse().ok()?;
    let (currency, text) = rest.split_once(' ').unwrap_or((rest, ""));
    let currency = match currency {
        "VNĐ" | "VND" | "đồng" => "VND",
        "USD" => "USD",
        "EUR" => "EUR",
        _ => return None,
    };
    if text.is_empty() {
        return Some((amount, currency, ""));
    }
    let text = text.strip_prefix('(')?.strip_suffix(')')?;
    Some((amount, currency, text.trim()))
}

/// Splits at ` | ` outside of brackets, and before every `20000 VNĐ (`.
fn parts(written: &str) -> Vec<&str> {
    const SEPARATOR: &str = " | ";
    let mut parts = Vec::new();
    let mut begin = 0;
    for (at, _) in written.match_indices(SEPARATOR) {
        let after = &written[at + SEPARATOR.len()..];
        let before = &written[begin..at];
        let is_balanced = before.matches('(').count() <= before.matches(')').count();
        let starts_amount = after.split_once(" VNĐ").is_some_and(|(amount, _)| amount.parse::<u64>().is_ok());
        if is_balanced || starts_amount {
            parts.push(before);
            begin = at + SEPARATOR.len();
        }
    }
    parts.push(&written[begin..]);
    parts
}

/// Without bullets, brackets around all of it, and brackets and colons that lost what stood before them.
fn without_junk(text: &str) -> &str {
    let text = crate::import::markdown_text::without_bullets(text.trim());
    let text = text.trim_start_matches([')', ':', ' ']).trim();
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).filter(|inner| !inner.contains(['(', ')']));
    inner.unwrap_or(text).trim()
}

/// Whether the whole text says plainly that nothing is paid.
fn is_free(text: &str) -> bool {
    let folded = fold(without_junk(text));
    let words = folded.split('(').next().unwrap_or("").trim().trim_end_matches(['.', ',', ';']).trim();
    const FREE: &[&str] = &[
        "mien phi",
        "mien le phi",
        "mien phi, le phi",
        "duoc mien phi",
        "duoc mien le phi",
        "khong",
        "khong co",
        "khong co phi",
        "khong co le phi",
        "khong co phi, le phi",
        "khong thu",
        "khong thu phi",
        "khong thu le phi",
        "khong thu phi, le phi",
        "khong mat phi",
        "khong phai nop phi",
        "khong phai nop le phi",
        "khong phai nop phi, le phi",
        "khong phi",
        "khong le phi",
    ];
    FREE.contains(&words)
}

/// Whether the text names the same amount in dollars: `145 USD/thẻ`.
fn says_usd(text: &str, amount: u64) -> bool {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let named = format!("{amount}USD");
    compact.match_indices(&named).any(|(at, _)| !compact[..at].ends_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',')))
}

/// *Phí*, *lệ phí* or *giá*, where the text speaks of only one of them.
fn kind_of(text: &str) -> Option<FeeKind> {
    let lower = without_junk(text).to_lowercase();
    let leading = |word: &str| lower.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    if leading("lệ phí") {
        return Some(FeeKind::Fee);
    }
    if leading("phí") {
        return Some(FeeKind::Charge);
    }
    if leading("giá dịch vụ") || leading("giá") {
        return Some(FeeKind::Price);
    }
    // "phí" also ends "lệ phí", "chi phí", "kinh phí", "miễn phí"; "Luật phí và lệ phí" is a law.
    let others =
        ["lệ phí", "chi phí", "kinh phí", "miễn phí", "học phí"].iter().fold(lower.replace("phí và lệ phí", ""), |text, word| text.replace(word, ""));
    let has_fee = lower.replace("phí và lệ phí", "").contains("lệ phí");
    match (others.contains("phí"), has_fee) {
        (true, false) => Some(FeeKind::Charge),
        (false, true) => Some(FeeKind::Fee),
        (true, true) | (false, false) => None,
    }
}
