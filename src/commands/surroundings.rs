//! What a command takes from around it: today's date, the terminal.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use jiff::{Timestamp, tz::TimeZone};

use crate::cli::Judgement;
use crate::config::Flags;
use crate::diagnostic::{Diagnostic, Lang, Severity, Text};
use crate::domain::Date;
use crate::output::published_paths;
use crate::pipeline::{self, Judged};
use crate::report::{self, Format};
use crate::source::SourceTree;

/// Viet Nam does not change its clocks.
const HOURS_AHEAD_OF_UTC: i8 = 7;

/// Columns of an excerpt, on a terminal and in a log alike.
pub const WIDTH: usize = 140;

/// The flags of a judgement. Today is `--as-of`, else SOURCE_DATE_EPOCH, else the clock in Viet Nam.
pub fn flags(judgement: &Judgement) -> Result<Flags> {
    Ok(Flags { is_release: judgement.release, ..flags_on(judgement.as_of)? })
}

/// The flags of a look at the content, not meant for publishing.
pub fn flags_on(as_of: Option<Date>) -> Result<Flags> {
    Ok(Flags { today: day(as_of)?, is_release: false })
}

/// The day that was asked for, else today.
pub fn day(as_of: Option<Date>) -> Result<Date> {
    as_of.map_or_else(today, Ok)
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

/// Now, in nanoseconds since 1970.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock and the environment")]
pub fn nanoseconds() -> i64 {
    i64::try_from(Timestamp::now().as_nanosecond()).unwrap_or(i64::MAX)
}

/// The file of this program.
pub fn program() -> Result<PathBuf> {
    std::env::current_exe().context("không tìm thấy tệp của chương trình")
}

/// The password of a key.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock and the environment")]
pub fn key_password(key: &Path) -> Result<String> {
    std::env::var("CONGBO_KEY_PASSWORD").with_context(|| format!("{} có mật khẩu; đặt vào biến môi trường CONGBO_KEY_PASSWORD", key.display()))
}

/// The password of an account on a server; it stands in no argument, where everybody on the machine could read it.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock and the environment")]
pub fn account_password() -> Option<String> {
    std::env::var("CONGBO_PASSWORD").ok().filter(|password| !password.is_empty())
}

/// Where the agent of SSH listens.
pub fn ssh_agent() -> Option<PathBuf> {
    std::env::var_os("SSH_AUTH_SOCK").filter(|socket| !socket.is_empty()).map(PathBuf::from)
}

/// Where SSH keeps the keys of servers it knows.
pub fn known_hosts() -> Option<PathBuf> {
    std::env::home_dir().map(|home| home.join(".ssh").join("known_hosts"))
}

/// Waits.
pub fn pause(long: Duration) {
    std::thread::sleep(long);
}

/// Reads and judges a project, prints what was found, and counts it.
/// What stands in the public folder `target` is compared with what would stand there; the record of what was published
/// before lies in `previous`.
pub fn judge_and_report(project: &Path, (target, previous): (&Path, &Path), judgement: &Judgement, lang: Lang) -> Result<Judged> {
    let flags = flags(judgement)?;
    let (judged, published) = rayon::join(|| pipeline::judge(project, flags), || published_paths(target));
    let mut judged = judged?;
    judged.compare_with(&published, previous, project)?;
    print(&judged.diagnostics, &judged.tree, judgement.format, lang)?;
    Ok(judged)
}

/// Prints what was found, as asked.
pub fn print(diagnostics: &[Diagnostic], tree: &SourceTree, format: Format, lang: Lang) -> Result<()> {
    match report::print(diagnostics, tree, format, lang, WIDTH, &mut out(format)) {
        // Nobody reads, or not to the end: that stops no build and makes no problem go away.
        Err(_) if format == Format::Text => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        printed => Ok(printed?),
    }
}

/// Whether nothing stands in the way: errors do, and warnings too with `--strict`.
pub fn is_clean(diagnostics: &[Diagnostic], judgement: &Judgement) -> bool {
    let (errors, warnings, _) = report::count(diagnostics);
    errors == 0 && (!judgement.strict || warnings == 0)
}

/// More problems than fit on a few screens: then it is said how many there are of each kind.
const MANY: usize = 30;

/// How many problems there are of each rule, the most frequent first, where they are too many to read on.
fn by_rule(diagnostics: &[Diagnostic], lang: Lang) -> String {
    if diagnostics.len() <= MANY {
        return String::new();
    }
    let mut counts: BTreeMap<(Severity, &str), (usize, &Text)> = BTreeMap::new();
    for diagnostic in diagnostics {
        counts.entry((diagnostic.severity, diagnostic.rule.id)).or_insert((0, &diagnostic.rule.summary)).0 += 1;
    }
    let mut lines: Vec<_> = counts.into_iter().collect();
    lines.sort_by_key(|((severity, rule), (count, _))| (std::cmp::Reverse(*severity), std::cmp::Reverse(*count), *rule));
    let line = |((severity, rule), (count, summary)): ((Severity, &str), (usize, &Text))| {
        format!("{count:>7}  {}[{rule}]  {}\n", severity.name(lang), summary.get(lang))
    };
    lines.into_iter().map(line).collect()
}

/// `3 lỗi, 2 cảnh báo, 1 thông tin`, and what the site switched off. Many problems are counted by their rule first.
pub fn summary(diagnostics: &[Diagnostic], switched_off: &BTreeMap<String, usize>, lang: Lang) -> String {
    let (errors, warnings, information) = report::count(diagnostics);
    let mut text = match lang {
        Lang::Vi => format!("{errors} lỗi, {warnings} cảnh báo, {information} thông tin"),
        Lang::En => format!("{errors} errors, {warnings} warnings, {information} notes"),
    };
    if !switched_off.is_empty() {
        let off: Vec<String> = switched_off.iter().map(|(rule, count)| format!("{rule} ({count})")).collect();
        let words = if lang == Lang::Vi { "site.yaml đã tắt" } else { "switched off in site.yaml" };
        text = format!("{text}; {words}: {}", off.join(", "));
    }
    by_rule(diagnostics, lang) + &text
}

/// Diagnostics for people go to the standard error output, those for programs to the standard output.
fn out(format: Format) -> Box<dyn Write> {
    match format {
        Format::Text => Box::new(anstream::AutoStream::auto(std::io::stderr())),
        Format::Json | Format::Sarif | Format::Github | Format::Gitlab | Format::Markdown => Box::new(std::io::stdout()),
    }
}

/// Whether progress can be shown.
pub fn is_interactive() -> bool {
    std::io::stderr().is_terminal()
}

/// Whether somebody can be asked: a terminal to read the question and one to answer.
pub fn can_ask() -> bool {
    is_interactive() && std::io::stdin().is_terminal()
}

/// What the system says went wrong, in Vietnamese where it is a common thing.
pub fn system_error(error: &std::io::Error) -> String {
    use std::io::ErrorKind as Kind;
    // EMFILE and ENFILE, which have no kind of their own.
    if cfg!(unix) && matches!(error.raw_os_error(), Some(23 | 24)) {
        return "chương trình mở quá nhiều tệp cùng lúc so với giới hạn của hệ thống (xem lệnh ulimit -n)".to_owned();
    }
    match error.kind() {
        Kind::NotFound => "không tìm thấy tệp hoặc thư mục".to_owned(),
        Kind::PermissionDenied => "không có quyền đọc hoặc ghi".to_owned(),
        Kind::AlreadyExists => "đã có tệp hoặc thư mục cùng tên".to_owned(),
        Kind::StorageFull | Kind::QuotaExceeded => "ổ đĩa đã hết chỗ".to_owned(),
        Kind::FileTooLarge => "tệp vượt quá cỡ mà hệ thống cho phép".to_owned(),
        Kind::ReadOnlyFilesystem => "ổ đĩa chỉ cho đọc".to_owned(),
        Kind::NotADirectory => "một phần của đường dẫn không phải là thư mục".to_owned(),
        Kind::IsADirectory => "đây là thư mục, không phải tệp".to_owned(),
        Kind::ResourceBusy => "đang được hệ thống hoặc chương trình khác sử dụng".to_owned(),
        Kind::CrossesDevices => "nằm trên ổ đĩa khác".to_owned(),
        Kind::InvalidFilename => "tên tệp hoặc đường dẫn quá dài hoặc không dùng được".to_owned(),
        Kind::OutOfMemory => "máy đã hết bộ nhớ".to_owned(),
        _ => error.to_string(),
    }
}
