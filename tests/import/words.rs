//! Counts words on both sides of an import, so that a lost one shows.

use std::collections::BTreeMap;

use congbo::domain::fold;
use congbo::import::yaml_of;
use congbo::parse::raw::RawAdministrativeProcedure;
use serde_json::{Map, Value};

/// Words and how often they occur.
pub type Words = BTreeMap<String, usize>;

/// Words of the source that the record does not have, or has less often.
pub fn lost(source: &Map<String, Value>, record: &RawAdministrativeProcedure) -> Words {
    let mut lost = of_source(source);
    for (word, count) in of_record(record) {
        if let Some(wanted) = lost.get_mut(&word) {
            *wanted = wanted.saturating_sub(count);
        }
    }
    lost.retain(|_, count| *count > 0);
    lost
}

fn of_record(record: &RawAdministrativeProcedure) -> Words {
    let mut words = Words::new();
    add_value(&mut words, &yaml_of(record));
    words
}

fn add_value(words: &mut Words, value: &Value) {
    match value {
        Value::String(text) => add(words, text),
        Value::Number(number) => add(words, &number.to_string()),
        Value::Array(items) => items.iter().for_each(|item| add_value(words, item)),
        Value::Object(fields) => fields.values().for_each(|value| add_value(words, value)),
        Value::Null | Value::Bool(_) => {}
    }
}

fn of_source(source: &Map<String, Value>) -> Words {
    let mut words = Words::new();
    for (label, value) in source {
        let text = visible(value.as_str().unwrap_or_default());
        match label.as_str() {
            "Cấp thực hiện" => add(&mut words, &text.replace("Cấp Tỉnh", "province").replace("Cấp Xã", "commune").replace("Không có thông tin", "")),
            "Loại thủ tục" if text.chars().all(|c| c.is_ascii_uppercase() || c == '_') => {}
            "Cách thức thực hiện" => text.lines().for_each(|line| add(&mut words, &channel_line(line))),
            "Thành phần hồ sơ" => text.lines().for_each(|line| add(&mut words, &dossier_line(line))),
            _ => add(&mut words, &without_nothing(text.trim_end().trim_end_matches("Từ khóa:").trim_start().trim_start_matches("Từ khóa:"))),
        }
    }
    words
}

/// A line of a channel without the labels, units and currency that became fields.
fn channel_line(line: &str) -> String {
    if let Some(limit) = line.strip_prefix("    Thời hạn giải quyết:") {
        return limit_words(limit.trim());
    }
    if let Some(fees) = line.strip_prefix("    Phí, lệ phí:") {
        return fees
            .split(" | ")
            .map(|fee| without_nothing(fee).replace(" VNĐ (", " (").trim_start().trim_start_matches("0 (").replace(" VNĐ", ""))
            .collect::<Vec<_>>()
            .join(" ");
    }
    line.strip_prefix("  * Hình thức nộp:").or_else(|| line.strip_prefix("    Mô tả:")).unwrap_or(line).to_owned()
}

fn limit_words(limit: &str) -> String {
    let whole = |amount: &str| amount.parse::<u32>().is_ok();
    match limit.rsplit_once(' ').unwrap_or(("", limit)) {
        ("" | "-" | "0" | "1" | "01", "OTHER") => String::new(),
        (words, "OTHER") => words.to_owned(),
        (amount, "WORKING_DAY") if !whole(amount) => format!("{amount} ngày làm việc"),
        (amount, "ngày") if whole(amount) => format!("{amount} day"),
        _ => limit.to_owned(),
    }
}

fn dossier_line(line: &str) -> String {
    match line.trim().strip_prefix("Số lượng: Bản chính:") {
        Some(quantities) => quantities.replace("Bản sao:", ""),
        None => without_nothing(line),
    }
}

fn without_nothing(text: &str) -> String {
    let nothing = ["Không có thông tin", "Không có thông tin thành phần hồ sơ", "Không có thông tin căn cứ pháp lý"];
    if nothing.contains(&text.trim().trim_end_matches('.')) { String::new() } else { text.to_owned() }
}

fn add(words: &mut Words, text: &str) {
    let folded = fold(text);
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word.to_owned()).or_default() += 1;
    }
}

/// Without characters that nobody sees; bullets of old fonts are no words.
fn visible(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'))
        .map(|c| if matches!(c, '\u{2028}' | '\u{2029}') { '\n' } else { c })
        .collect::<String>()
}
