//! What a command takes from around it: today's date, the terminal.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use jiff::{Timestamp, tz::TimeZone};

use crate::cli::Judgement;
use crate::config::Flags;
use crate::diagnostic::Lang;
use crate::domain::Date;
use crate::pipeline::{self, Judged};
use crate::report::{self, Format};

/// Viet Nam does not change its clocks.
const HOURS_AHEAD_OF_UTC: i8 = 7;

/// Columns of an excerpt, on a terminal and in a log alike.
pub const WIDTH: usize = 140;

/// The flags of a judgement. Today is `--as-of`, else SOURCE_DATE_EPOCH, else the clock in Viet Nam.
pub fn flags(judgement: &Judgement) -> Result<Flags> {
    let today = match judgement.as_of {
        Some(date) => date,
        None => today()?,
    };
    Ok(Flags { today, is_release: judgement.release })
}

/// Today: SOURCE_DATE_EPOCH, else the clock in Viet Nam.
pub fn today() -> Result<Date> {
    Ok(now()?.to_zoned(TimeZone::fixed(jiff::tz::offset(HOURS_AHEAD_OF_UTC))).date())
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock and the environment")]
fn now() -> Result<Timestamp> {
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) => {
            let seconds = seconds.trim().parse().with_context(|| format!("SOURCE_DATE_EPOCH phải là số giây, đang là “{seconds}”"))?;
            Timestamp::from_second(seconds).context("SOURCE_DATE_EPOCH nằm ngoài khoảng ngày dùng được")
        }
        Err(_) => Ok(Timestamp::now()),
    }
}

/// When a command began.
#[expect(clippy::disallowed_methods, reason = "the one place that measures time")]
pub fn start() -> Instant {
    Instant::now()
}

/// Reads and judges a project, prints what was found, and counts it.
pub fn judge_and_report(project: &Path, judgement: &Judgement, lang: Lang) -> Result<Judged> {
    let judged = pipeline::judge(project, flags(judgement)?)?;
    print_problems(&judged, judgement.format, lang)?;
    Ok(judged)
}

/// Prints every problem of a project.
pub fn print_problems(judged: &Judged, format: Format, lang: Lang) -> Result<()> {
    Ok(report::print(&judged.diagnostics, &judged.tree, format, lang, WIDTH, &mut out(format))?)
}

/// Whether nothing stands in the way: errors do, and warnings too with `--strict`.
pub fn is_clean(judged: &Judged, judgement: &Judgement) -> bool {
    let (errors, warnings, _) = report::count(&judged.diagnostics);
    errors == 0 && (!judgement.strict || warnings == 0)
}

/// `3 lỗi, 2 cảnh báo, 1 thông tin`, and what the site switched off.
pub fn summary(judged: &Judged, lang: Lang) -> String {
    let (errors, warnings, information) = report::count(&judged.diagnostics);
    let mut text = match lang {
        Lang::Vi => format!("{errors} lỗi, {warnings} cảnh báo, {information} thông tin"),
        Lang::En => format!("{errors} errors, {warnings} warnings, {information} notes"),
    };
    if !judged.switched_off.is_empty() {
        let off: Vec<String> = judged.switched_off.iter().map(|(rule, count)| format!("{rule} ({count})")).collect();
        let words = if lang == Lang::Vi { "site.yaml đã tắt" } else { "switched off in site.yaml" };
        text = format!("{text}; {words}: {}", off.join(", "));
    }
    text
}

/// Diagnostics for people go to the standard error output, those for programs to the standard output.
fn out(format: Format) -> Box<dyn Write> {
    match format {
        Format::Text => Box::new(anstream::AutoStream::auto(std::io::stderr())),
        Format::Json | Format::Sarif | Format::Github => Box::new(std::io::stdout()),
    }
}

/// Whether progress can be shown.
pub fn is_interactive() -> bool {
    std::io::stderr().is_terminal()
}

/// What the system says went wrong, in Vietnamese where it is a common thing.
pub fn system_error(error: &std::io::Error) -> String {
    use std::io::ErrorKind as Kind;
    match error.kind() {
        Kind::NotFound => "không tìm thấy tệp hoặc thư mục".to_owned(),
        Kind::PermissionDenied => "không có quyền đọc hoặc ghi".to_owned(),
        Kind::AlreadyExists => "đã có tệp hoặc thư mục cùng tên".to_owned(),
        Kind::StorageFull | Kind::QuotaExceeded => "ổ đĩa đã hết chỗ".to_owned(),
        Kind::FileTooLarge => "tệp vượt quá cỡ mà hệ thống cho phép".to_owned(),
        Kind::ReadOnlyFilesystem => "ổ đĩa chỉ cho đọc".to_owned(),
        Kind::NotADirectory => "một phần của đường dẫn không phải là thư mục".to_owned(),
        Kind::IsADirectory => "đây là thư mục, không phải tệp".to_owned(),
        _ => error.to_string(),
    }
}
