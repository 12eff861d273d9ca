//! `congbo due`: what falls due, for whom, by which clause.

use std::path::Path;

use anyhow::{Result, bail};
use jiff::ToSpan;

use super::Outcome;
use super::surroundings::day;
use crate::cli::{Due, DueFormat};
use crate::config::Flags;
use crate::diagnostic::{Lang, nearest};
use crate::domain::{Date, DueDate, Register, short_date};
use crate::pipeline::{self, Judged};
use crate::render::{due_calendar, due_json};

/// Lists what is overdue and what falls due soon, by the same functions as the rules.
pub fn run(project: &Path, arguments: &Due, lang: Lang) -> Result<Outcome> {
    let today = day(arguments.as_of)?;
    let judged = pipeline::judge(project, Flags { today, is_release: false })?;
    if let Some(id) = &arguments.agency {
        ensure_known(&judged.register, id)?;
    }
    let until = today.saturating_add(i64::from(arguments.within).days());
    let mut due = judged.register.due_dates(today, judged.config.review_months);
    due.retain(|due| due.due_on.is_none_or(|on| on <= until));
    due.retain(|due| arguments.agency.as_ref().is_none_or(|id| due.agency.as_ref().is_some_and(|agency| agency.as_str() == id)));
    match arguments.format {
        DueFormat::Json => say!("{}", due_json(&judged.register, &due, today)?.trim_end()),
        DueFormat::Ics => {
            use std::io::Write as _;
            anstream::stdout().write_all(due_calendar(&judged.register, &due, today).as_bytes())?;
        }
        DueFormat::Text => list(&judged.register, &due, today, lang)?,
    }
    tell_errors(&judged, lang);
    Ok(Outcome::Clean)
}

fn ensure_known(register: &Register, id: &str) -> Result<()> {
    if register.agencies.keys().any(|known| known.as_str() == id) {
        return Ok(());
    }
    match nearest(id, register.agencies.keys().map(|known| known.as_str())) {
        Some(near) => bail!("không có cơ quan “{id}”; có phải ý anh/chị là {near}?"),
        None => bail!("không có cơ quan “{id}”"),
    }
}

fn list(register: &Register, due: &[DueDate], today: Date, lang: Lang) -> Result<()> {
    if due.is_empty() {
        say!("{}", if lang == Lang::Vi { "không có việc nào đến hạn" } else { "nothing falls due" });
    }
    for one in due {
        let agency = one.agency.as_ref().and_then(|id| register.agencies.get(id)).map_or("", |agency| agency.name.as_str());
        let name = if lang == Lang::Vi { one.kind.name().0 } else { one.kind.name().1 };
        let about = if one.subject == agency { String::new() } else { format!(": {}", one.subject) };
        say!("{}  {}  {name}{about}", when(one, today, lang), if agency.is_empty() { "–" } else { agency });
        say!("    {}", one.basis);
    }
    Ok(())
}

fn when(due: &DueDate, today: Date, lang: Lang) -> String {
    match (due.due_on, lang) {
        (None, Lang::Vi) => "LÀM NGAY".to_owned(),
        (None, Lang::En) => "AT ONCE".to_owned(),
        (Some(on), Lang::Vi) if on < today => format!("QUÁ HẠN {}", short_date(on)),
        (Some(on), Lang::En) if on < today => format!("OVERDUE {on}"),
        (Some(on), Lang::Vi) => format!("hạn {}", short_date(on)),
        (Some(on), Lang::En) => format!("due {on}"),
    }
}

/// What could not be read is not in the list.
fn tell_errors(judged: &Judged, lang: Lang) {
    if judged.has_errors() {
        tell!(
            "{}",
            if lang == Lang::Vi {
                "nội dung còn lỗi, danh sách có thể thiếu: xem  congbo check"
            } else {
                "there are errors, the list may lack something: see  congbo check"
            }
        );
    }
}
