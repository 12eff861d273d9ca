//! Dates that are not written as year-month-day, or that no calendar has: what is wrong, and the date that was meant.

use super::IMPOSSIBLE_DATE;
use crate::diagnostic::{Diagnostic, Text};
use crate::domain::{Date, fold, long_date};
use crate::origin::Origin;

/// What is wrong with a text that is no date.
pub(super) fn impossible_date(text: &str, origin: &Origin) -> Diagnostic {
    let (message, meant) = judged(text);
    let name = origin.field_name();
    let line = |date: Date| if name.is_empty() { date.to_string() } else { format!("{name}: {date}") };
    let hint = match meant.as_slice() {
        [] => Text::new(
            format!("viết bốn chữ số năm, hai chữ số tháng, hai chữ số ngày, ví dụ  {}", line(Date::constant(2026, 3, 5))),
            format!("write four digits for the year, two for the month, two for the day, such as  {}", line(Date::constant(2026, 3, 5))),
        ),
        [date, others @ ..] => {
            let others_vi: String = others.iter().map(|date| format!(" ; nếu là {}, ghi  {}", long_date(*date), line(*date))).collect();
            let others_en: String = others.iter().map(|date| format!(" ; or  {}", line(*date))).collect();
            Text::new(format!("nếu là {}, ghi  {}{others_vi}", long_date(*date), line(*date)), format!("write  {}{others_en}", line(*date)))
        }
    };
    Diagnostic::new(&IMPOSSIBLE_DATE, origin.clone(), message).hint(hint)
}

/// What to say, and the dates that may be meant.
fn judged(text: &str) -> (Text, Vec<Date>) {
    let numbers = numbers(text);
    if let [year, month, day] = numbers[..] {
        let is_iso_order = text.chars().next().is_some_and(|c| c.is_ascii_digit()) && numbers_of_year(year);
        let (year, day) = if is_iso_order || year > 31 { (year, day) } else { (full_year(day), year) };
        if let Some(date) = date(year, month, day) {
            return (written_otherwise(text), vec![date]);
        }
        if (13..=31).contains(&month) && (1..=12).contains(&day) && numbers_of_year(year) {
            let message = Text::new(
                format!("“{text}”: không có tháng {month}, có lẽ ngày và tháng đổi chỗ"),
                format!("`{text}`: there is no month {month}; day and month may have changed places"),
            );
            return (message, date(year, day, month).into_iter().collect());
        }
        if let Some(last) = last_day(year, month).filter(|last| day > i64::from(last.day())) {
            let message = Text::new(
                format!("“{text}”: tháng {month} năm {year} chỉ có {} ngày", last.day()),
                format!("`{text}`: month {month} of {year} has only {} days", last.day()),
            );
            let next = last.tomorrow().ok();
            return (message, [Some(last), next].into_iter().flatten().collect());
        }
    }
    if let [month, year] = numbers[..]
        && numbers_of_year(year)
        && (1..=12).contains(&month)
    {
        return (Text::new(format!("“{text}” chưa có ngày"), format!("`{text}` has no day")), Vec::new());
    }
    if let [year] = numbers[..]
        && numbers_of_year(year)
    {
        return (Text::new(format!("“{text}” chỉ có năm, chưa có ngày và tháng"), format!("`{text}` is only a year, without day and month")), Vec::new());
    }
    (Text::new(format!("“{text}” không phải là một ngày viết dạng năm-tháng-ngày"), format!("`{text}` is not a date written as year-month-day")), Vec::new())
}

fn written_otherwise(text: &str) -> Text {
    Text::new(format!("“{text}” chưa viết đúng dạng năm-tháng-ngày"), format!("`{text}` is not written as year-month-day"))
}

/// The numbers of a date however it is written: `5/3/2026`, `ngày 05 tháng 3 năm 2026`, `2026-02-09T07:30:00`.
fn numbers(text: &str) -> Vec<i64> {
    let folded = fold(text).replace("ngay", " ").replace("thang", " ").replace("nam", " ");
    let date = folded.split(['t', ':']).next().filter(|_| text.contains('T')).unwrap_or(&folded).to_owned();
    // A letter among the digits: an o for a zero, an l for a one.
    let date: String = date
        .chars()
        .map(|c| {
            if c == 'o' {
                '0'
            } else if c == 'l' {
                '1'
            } else {
                c
            }
        })
        .collect();
    let parts = date.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(|part| part.parse().ok().filter(|number| *number < 100_000)).collect::<Option<Vec<i64>>>().unwrap_or_default()
}

fn numbers_of_year(number: i64) -> bool {
    (1900..=2999).contains(&number)
}

/// `26` is 2026.
fn full_year(number: i64) -> i64 {
    if (0..100).contains(&number) { 2000 + number } else { number }
}

fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    numbers_of_year(year).then(|| Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()).flatten()
}

fn last_day(year: i64, month: i64) -> Option<Date> {
    date(year, month, 1).map(Date::last_of_month)
}
