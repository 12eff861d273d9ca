//! Fees that leave a reader in doubt what to pay: no basis, a zero that is not said to be free, thousands lost.

use crate::check::Case;
use crate::check::wording::short;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{AdministrativeProcedure, Fee, fold, grouped};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "unclear-fee",
    severity: Severity::Warning,
    summary: Text::fixed(
        "phí, lệ phí không rõ: thiếu căn cứ, ghi 0 mà không nói là miễn, dưới 1.000 đồng, số và lời khác nhau",
        "a fee without basis, a zero not said to be free, under 1,000 dong, or a text that names another amount",
    ),
    basis: Some("NĐ 63/2010/NĐ-CP, Điều 8 khoản 2 điểm h"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for procedure in case.register.administrative_procedures.values().filter(|procedure| procedure.is_active()) {
        of_procedure(procedure, found);
    }
}

/// The same fee in several channels is told once.
fn of_procedure(procedure: &AdministrativeProcedure, found: &mut Vec<Diagnostic>) {
    let mut told: Vec<&Fee> = Vec::new();
    for (channel_index, channel) in procedure.channels.iter().enumerate() {
        for (index, fee) in channel.fees.iter().enumerate() {
            let Some(doubt) = Doubt::about(fee).filter(|_| !told.contains(&fee)) else { continue };
            told.push(fee);
            let origin = procedure.origin.field("channels").item(channel_index).field("fees").item(index);
            found.push(doubt.reported(procedure, fee, origin));
        }
    }
}

enum Doubt {
    Contradiction,
    ZeroBesideText,
    Zero,
    Nothing,
    TooSmall,
    NoBasis,
}

impl Doubt {
    fn about(fee: &Fee) -> Option<Self> {
        let text = fee.text.as_deref().unwrap_or("").trim();
        match fee.amount {
            Some(amount) if amount > 0 && fee.is_free => Some(Self::Contradiction),
            _ if fee.is_free => None,
            Some(0) if names_amount(text) => Some(Self::ZeroBesideText),
            Some(0) if says_free(text) => None,
            Some(0) => Some(Self::Zero),
            Some(amount) if amount < 1000 && &*fee.currency == "VND" => Some(Self::TooSmall),
            Some(_) if fee.legal_basis.is_none() && !names_basis(text) => Some(Self::NoBasis),
            None if text.is_empty() => Some(Self::Nothing),
            _ => None,
        }
    }

    fn reported(&self, procedure: &AdministrativeProcedure, fee: &Fee, origin: Origin) -> Diagnostic {
        let code = procedure.code.key();
        let amount = grouped(fee.amount.unwrap_or(0));
        let text = short(fee.text.as_deref().unwrap_or("").trim(), 80);
        let currency = if &*fee.currency == "VND" { "đồng" } else { &fee.currency };
        let (vi, en, hint_vi, hint_en) = match self {
            Self::Contradiction => (
                format!("ghi miễn thu nhưng có mức {amount} {currency}"),
                format!("is said to be free and to be {amount} {currency}"),
                "giữ một trong hai: xóa dòng free: true hoặc xóa dòng amount",
                "keep one of the two: delete free: true or the amount",
            ),
            Self::ZeroBesideText => (
                format!("ghi 0 nhưng lời diễn giải nêu mức thu: “{text}”"),
                format!("is 0, but its text names an amount: “{text}”"),
                "tách mỗi mức thu thành một khoản với amount là số tiền; trường hợp không thu thì ghi  free: true",
                "make each amount an entry of its own; where nothing is due write  free: true",
            ),
            Self::Zero => (
                "ghi 0 nhưng không nói là miễn thu".to_owned(),
                "is 0 without being said to be free".to_owned(),
                "nếu không thu, ghi  { free: true } ; nếu có thu, ghi số tiền vào amount",
                "if nothing is due write  { free: true } ; otherwise write the amount",
            ),
            Self::Nothing => (
                "không có mức thu, cũng không có lời diễn giải".to_owned(),
                "has neither an amount nor a text".to_owned(),
                "ghi  { amount: 8000, legal_basis: <số văn bản> }  hoặc  { free: true }",
                "write  { amount: 8000, legal_basis: <number> }  or  { free: true }",
            ),
            Self::TooSmall => (
                format!("chỉ {amount} đồng, có thể đã mất ba số 0"),
                format!("is only {amount} dong; three zeros may have been lost"),
                "so với văn bản thu phí rồi ghi đủ, ví dụ  amount: 8000 ; nếu là ngoại tệ, ghi  currency: USD",
                "compare with the document and write it whole, such as  amount: 8000 ; for dollars write  currency: USD",
            ),
            Self::NoBasis => (
                format!("{amount} {currency} chưa ghi văn bản quy định mức thu"),
                format!("{amount} {currency} has no legal basis"),
                "thêm  legal_basis: <số, ký hiệu văn bản> , ví dụ  legal_basis: 226/2016/TT-BTC",
                "add  legal_basis: <number> , such as  legal_basis: 226/2016/TT-BTC",
            ),
        };
        let message = Text::new(format!("thủ tục {code}: khoản thu {vi}"), format!("procedure {code}: a fee {en}"));
        Diagnostic::new(&RULE, origin, message).hint(Text::fixed(hint_vi, hint_en))
    }
}

/// Whether a text names an amount of money: `8.000 đồng`, `10% mức thu`, `50 USD`.
fn names_amount(text: &str) -> bool {
    let folded = fold(text);
    let units = ["dong", "vnd", "d/", "usd", "%"];
    let mut rest = folded.as_str();
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        rest = rest[at..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',').trim_start();
        if units.iter().any(|unit| rest.starts_with(unit)) {
            return !folded.starts_with("0 ");
        }
    }
    false
}

fn says_free(text: &str) -> bool {
    let folded = fold(text);
    ["mien", "khong thu", "khong mat", "khong quy dinh", "khong co", "khong phai nop"].iter().any(|word| folded.contains(word))
}

fn names_basis(text: &str) -> bool {
    let folded = fold(text);
    ["thong tu", "nghi dinh", "nghi quyet", "quyet dinh", "luat", "/tt-", "/nd-", "/nq-", "/qd-", "hdnd"].iter().any(|word| folded.contains(word))
}
