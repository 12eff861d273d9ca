//! What the starter is made of: flags, then answers to questions, then defaults; all judged in the same way.

use anyhow::{Result, anyhow};
use clap::ValueEnum;
use jiff::ToSpan;

use super::question::ask;
use crate::cli::{Init, StarterLevel};
use crate::domain::{AgencyId, Date, fold, short_date};
use crate::markdown::is_safe_link;
use crate::starter::known::id_of;
use crate::starter::{SAMPLE, sample};

/// Everything that the starter needs to know.
pub(super) struct Answers {
    pub level: StarterLevel,
    pub name: String,
    pub id: String,
    pub province: String,
    pub base_url: String,
    pub declared_on: Date,
    pub today: Date,
}

impl Answers {
    /// Takes the flags, and asks for the rest where somebody can answer.
    pub fn of(arguments: &Init, today: Date, asks: bool) -> Result<Self> {
        let Init { folder: _, level, name: name_flag, id: id_flag, province: province_flag, base_url, declared_on, defaults: _, ci: _ } = arguments;
        if asks && [name_flag, id_flag, province_flag, base_url].iter().any(|flag| flag.is_none()) {
            tell!("Trả lời từng câu rồi bấm Enter; để trống thì dùng nội dung trong ngoặc vuông, sửa lại sau cũng được.");
        }
        let level = match level {
            Some(level) => *level,
            None if asks => ask("Loại cơ quan: 1 xã, phường, đặc khu; 2 sở, ngành; 3 cả tỉnh", "1", level_of)?,
            None => StarterLevel::Commune,
        };
        let default_name = match level {
            StarterLevel::Commune => "Ủy ban nhân dân phường",
            StarterLevel::Department => "Sở",
            StarterLevel::Province => "Ủy ban nhân dân tỉnh",
        };
        let name = taken(name_flag.as_deref(), "--name", asks, "Tên đầy đủ của cơ quan", &sample(default_name), name_of)?;
        let id = taken(id_flag.as_deref(), "--id", asks, "Mã cơ quan, dùng làm tên thư mục và không đổi về sau", &id_of(&name), known_id)?;
        let province = match province_flag {
            Some(province) => province.clone(),
            None if asks => ask("Tỉnh, thành phố", &sample("tỉnh"), province_of)?,
            None => sample("tỉnh"),
        };
        let base_url = taken(base_url.as_deref(), "--base-url", asks, "Địa chỉ trang web sẽ công bố", "https://vi-du.example/", address_of)?;
        let declared_on = match declared_on {
            Some(day) => not_after(*day, today).map_err(|reason| anyhow!("--declared-on: {reason}"))?,
            None if asks => ask("Ngày ký quyết định công bố", &default_day(today).to_string(), |answer| day_of(answer, today))?,
            None => default_day(today),
        };
        Ok(Self { level, name, id, province, base_url, declared_on, today })
    }
}

fn default_day(today: Date) -> Date {
    today.saturating_sub(14.days())
}

/// A flag, an answer or the default; a flag that is wrong is told by its name.
fn taken(flag: Option<&str>, name: &str, asks: bool, text: &str, default: &str, check: fn(&str) -> Result<String, String>) -> Result<String> {
    match flag {
        Some(flag) => check(flag).map_err(|reason| anyhow!("{name}: {reason}")),
        None if asks => ask(text, default, check),
        None => Ok(default.to_owned()),
    }
}

fn level_of(answer: &str) -> Result<StarterLevel, String> {
    match fold(answer).as_str() {
        "1" | "xa" | "phuong" | "dac khu" | "xa, phuong" => Ok(StarterLevel::Commune),
        "2" | "so" | "nganh" | "so, nganh" => Ok(StarterLevel::Department),
        "3" | "tinh" | "ca tinh" | "thanh pho" => Ok(StarterLevel::Province),
        word => StarterLevel::from_str(word, true).map_err(|_| "gõ 1, 2 hoặc 3".to_owned()),
    }
}

fn name_of(answer: &str) -> Result<String, String> {
    let letters: Vec<char> = answer.chars().filter(|c| c.is_alphabetic()).collect();
    if answer.chars().any(char::is_control) || letters.len() < 2 {
        Err("ghi tên cơ quan bằng chữ".to_owned())
    } else if answer.chars().count() > 300 {
        Err("tên quá dài; ghi tên trên con dấu".to_owned())
    } else if letters.len() > 5 && letters.iter().all(|c| c.is_ascii()) {
        Err("viết có dấu tiếng Việt, như trên con dấu".to_owned())
    } else if letters.len() > 5 && !letters.iter().any(|c| c.is_lowercase()) {
        Err("viết chữ thường, chỉ viết hoa chữ cái đầu, ví dụ Ủy ban nhân dân phường Hòa Bình".to_owned())
    } else {
        Ok(answer.trim().to_owned())
    }
}

fn known_id(answer: &str) -> Result<String, String> {
    match AgencyId::parse(answer) {
        Some(id) => Ok(id.to_string()),
        None => Err(format!("chỉ dùng chữ thường không dấu, chữ số và gạch ngang, ví dụ {}", id_of(answer))),
    }
}

fn province_of(answer: &str) -> Result<String, String> {
    let folded = fold(answer.trim_start_matches(SAMPLE).trim());
    match folded == "tinh" || folded.starts_with("tinh ") || folded.starts_with("thanh pho ") {
        true => Ok(answer.to_owned()),
        false => Err(format!("viết cả chữ tỉnh hoặc thành phố, ví dụ tỉnh {answer}")),
    }
}

fn address_of(answer: &str) -> Result<String, String> {
    let whole = if answer.contains("://") { answer.to_owned() } else { format!("https://{answer}") };
    let host = whole.split_once("://").map_or("", |(_, rest)| rest.split('/').next().unwrap_or(""));
    let is_web = (whole.starts_with("https://") || whole.starts_with("http://")) && is_safe_link(&whole) && !whole.contains(['"', '<', '>', '?', '#']);
    let is_host =
        host.contains('.') && host.is_ascii() && !host.contains(|c: char| c.is_whitespace() || c == '@') && !host.starts_with('.') && !host.ends_with('.');
    match is_web && is_host && !whole.contains(char::is_whitespace) {
        true => Ok(format!("{}/", whole.trim_end_matches('/'))),
        false => Err("ghi địa chỉ web, ví dụ https://iso.tinh.gov.vn/".to_owned()),
    }
}

/// A day as files have it, or as papers have it: `2026-03-05`, `05/3/2026`.
fn day_of(answer: &str, today: Date) -> Result<Date, String> {
    let parts: Vec<&str> = answer.split(['/', '-', '.']).map(str::trim).collect();
    let number = |text: &str| text.parse::<i16>().ok();
    let day = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => Some((number(year), number(month), number(day))),
        [day, month, year] if year.len() == 4 => Some((number(year), number(month), number(day))),
        _ => None,
    };
    let Some((Some(year), Some(month), Some(day))) = day else { return Err("viết ngày/tháng/năm, ví dụ 05/03/2026".to_owned()) };
    let small = |number: i16| i8::try_from(number).unwrap_or(0);
    let day = Date::new(year, small(month), small(day)).map_err(|_| format!("không có ngày {answer} trong lịch"))?;
    not_after(day, today)
}

fn not_after(day: Date, today: Date) -> Result<Date, String> {
    if day > today {
        Err(format!("ngày {} chưa đến, hôm nay là {}", short_date(day), short_date(today)))
    } else if day.year() < 2000 {
        Err(format!("năm {} quá xa, xem lại năm", day.year()))
    } else {
        Ok(day)
    }
}
