//! Working days: weekends and the table of public holidays (`holidays.yaml`).

use jiff::ToSpan;
use jiff::civil::Weekday;

use super::{Date, Register};

impl Register {
    /// Whether offices are open. Of a year that the table does not have, only the weekends are known.
    pub fn is_working_day(&self, date: Date) -> bool {
        let is_weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        match self.holidays.get(&date.year()) {
            Some(year) if is_weekend => year.working_days.contains(&date),
            Some(year) => !year.days_off.contains(&date),
            None => !is_weekend,
        }
    }

    /// The `count`th working day after `start`.
    pub fn working_days_after(&self, start: Date, count: u32) -> Date {
        let (mut date, mut left) = (start, count.min(1_000));
        while left > 0 {
            date = match date.checked_add(1.day()) {
                Ok(next) => next,
                Err(_) => return date,
            };
            left -= u32::from(self.is_working_day(date));
        }
        date
    }
}
