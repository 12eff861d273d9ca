//! What falls due as data: `due.json`, and a calendar to subscribe to (`due.ics`, RFC 5545).

use std::collections::BTreeMap;

use anyhow::Result;
use jiff::ToSpan;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::site::Site;
use crate::domain::{Date, DueDate, Register};
use crate::source::hex;

/// Writes both files, where the site shows everybody what is overdue.
pub(super) fn write(site: &Site<'_>) -> Result<()> {
    if !site.config.shows_overdue || !(site.wants("due.json") || site.wants("due.ics")) {
        return Ok(());
    }
    let today = site.today();
    let due: Vec<DueDate> = site.register.due_dates(today, site.config.review_months).into_iter().filter(|due| due.is_public).collect();
    site.write_bytes("due.json".to_owned(), due_json(site.register, &due, today)?.into_bytes())?;
    site.write_bytes("due.ics".to_owned(), due_calendar(site.register, &due, today).into_bytes())
}

#[derive(Serialize)]
struct DueView<'a> {
    kind: &'static str,
    name: &'static str,
    agency: Option<&'a str>,
    agency_name: Option<&'a str>,
    subject: &'a str,
    /// `null` where it must be done at once.
    due_on: Option<String>,
    is_overdue: bool,
    basis: &'a str,
}

impl<'a> DueView<'a> {
    fn new(register: &'a Register, due: &'a DueDate, today: Date) -> Self {
        let agency = due.agency.as_ref().and_then(|id| register.agencies.get(id));
        Self {
            kind: due.kind.key(),
            name: due.kind.name().0,
            agency: agency.map(|agency| agency.id.as_str()),
            agency_name: agency.map(|agency| agency.name.as_str()),
            subject: &due.subject,
            due_on: due.due_on.map(|on| on.to_string()),
            is_overdue: due.is_overdue(today),
            basis: &due.basis,
        }
    }
}

#[derive(Serialize)]
struct ListView<'a> {
    as_of: String,
    due: Vec<DueView<'a>>,
}

/// The list as JSON, the overdue first.
pub fn due_json(register: &Register, due: &[DueDate], today: Date) -> Result<String> {
    let due = due.iter().map(|due| DueView::new(register, due, today)).collect();
    let mut text = serde_json::to_string_pretty(&ListView { as_of: today.to_string(), due })?;
    text.push('\n');
    Ok(text)
}

/// The list as a calendar of all-day events. What must be done at once stands on `today`.
pub fn due_calendar(register: &Register, due: &[DueDate], today: Date) -> String {
    let mut calendar = String::new();
    let mut line = |text: String| fold_line(&mut calendar, &text);
    for text in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//congbo//due//VI", "CALSCALE:GREGORIAN", "X-WR-CALNAME:Việc đến hạn"] {
        line(text.to_owned());
    }
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for one in due {
        let agency = one.agency.as_ref().and_then(|id| register.agencies.get(id));
        let on = one.due_on.unwrap_or(today);
        let name = agency.map_or_else(String::new, |agency| format!("{}: ", agency.short()));
        let late = if one.is_overdue(today) { "Quá hạn – " } else { "" };
        line("BEGIN:VEVENT".to_owned());
        line(format!("UID:{}", uid(one, &mut seen)));
        line(format!("DTSTAMP:{}T000000Z", compact(today)));
        line(format!("DTSTART;VALUE=DATE:{}", compact(on)));
        line(format!("DTEND;VALUE=DATE:{}", compact(on.checked_add(1.day()).unwrap_or(on))));
        line(format!("SUMMARY:{}", escaped(&format!("{late}{name}{}", one.kind.name().0))));
        line(format!("DESCRIPTION:{}", escaped(&format!("{}\nCăn cứ: {}", one.subject, one.basis))));
        line(format!("CATEGORIES:{}", one.kind.key()));
        line("TRANSP:TRANSPARENT".to_owned());
        line("END:VEVENT".to_owned());
    }
    line("END:VCALENDAR".to_owned());
    calendar
}

/// The same thing keeps its id when its day moves, so that calendars move it too.
fn uid(due: &DueDate, seen: &mut BTreeMap<String, u32>) -> String {
    let agency = due.agency.as_ref().map_or("", |id| id.as_str());
    let mut hasher = Sha256::new();
    for part in [due.kind.key(), agency, &due.subject] {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let hash: String = hex(&hasher.finalize()).chars().take(32).collect();
    let count = seen.entry(hash.clone()).or_insert(0);
    *count += 1;
    if *count == 1 { format!("{hash}@congbo") } else { format!("{hash}-{count}@congbo") }
}

/// `20260305`
fn compact(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// A text value: RFC 5545, 3.3.11. Control characters have no place in one.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// Adds a line, in pieces of at most 75 bytes that never cut a character: RFC 5545, 3.1.
fn fold_line(out: &mut String, line: &str) {
    const LONGEST: usize = 75;
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LONGEST {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}
