//! `congbo serve`: the site in memory, shown while it is being written.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::Result;

use super::surroundings::{flags_on, print, start, summary};
use super::{Outcome, told};
use crate::cli::Serve;
use crate::diagnostic::Lang;
use crate::domain::{Date, grouped};
use crate::report::Format;
use crate::serve::Server;
use crate::serve::address::{self, Reach, listen};
use crate::serve::live::Announcer;
use crate::serve::preview::{Changed, Preview, Refreshed};
use crate::serve::watch::{Seen, Watch};

/// How often the calendar is looked at.
const MINUTE: Duration = Duration::from_secs(60);

/// Shows the site of a project, and builds it anew whenever a file changes, until Ctrl-C.
pub fn run(project: &Path, arguments: &Serve, lang: Lang) -> Result<Outcome> {
    let preview = Preview::open(project)?;
    let as_of = arguments.as_of;
    flags_on(as_of)?;
    let listener = listen(arguments.port, if arguments.lan { Reach::LocalNetwork } else { Reach::ThisMachine })?;
    if arguments.port.is_none() && !address::is_default(&listener) {
        say(lang, "cổng 1111 đang được chương trình khác dùng, lấy cổng trống tiếp theo", "port 1111 is taken, using the next free one");
    }
    let here = address::local(&listener);
    let there = arguments.lan.then(|| address::in_network(&listener).unwrap_or_default());
    let announcer = Announcer::new(lang);
    let server = Server::new(listener, project, preview.pages(), &announcer);
    let watch = if arguments.poll { Watch::polling(project, preview.places()) } else { watch(project, &preview, lang) };
    say(lang, &format!("đang xem trước tại {here} – nhấn Ctrl+C để dừng"), &format!("preview at {here} – Ctrl+C stops it"));
    if let Some(there) = there {
        tell_network(&there, lang);
    }
    std::thread::spawn(move || keep_fresh(preview, watch, &announcer, as_of, lang));
    if arguments.open {
        open(&here, lang);
    }
    server.run()?;
    Ok(Outcome::Clean)
}

/// Builds now, after every change, and when the day changes. What changes during a build is waiting when it ends.
fn keep_fresh(mut preview: Preview, mut watch: Watch, announcer: &Announcer, as_of: Option<Date>, lang: Lang) -> Result<()> {
    let mut changed = Changed::Everything;
    loop {
        let (started, flags) = (start(), flags_on(as_of)?);
        let refreshed = preview.refresh(&changed, flags);
        let has_new_problems = announcer.announce(&refreshed, preview.pages().stylesheet(), preview.problems(lang));
        tell(&preview, &refreshed, has_new_problems, started.elapsed(), lang)?;
        watch.follow(preview.places());
        changed = loop {
            match watch.next(MINUTE) {
                Seen::Changed(changed) => break changed,
                Seen::Polling(reason) => tell_polling(&reason, lang),
                Seen::Nothing => {}
            }
            if flags_on(as_of)?.today != flags.today {
                break Changed::Everything;
            }
        };
    }
}

fn watch(project: &Path, preview: &Preview, lang: Lang) -> Watch {
    Watch::events(project, preview.places()).unwrap_or_else(|reason| {
        tell_polling(&reason, lang);
        Watch::polling(project, preview.places())
    })
}

/// Starts the browser of the desktop: the only other program that is ever started. Without one, the address was told.
fn open(address: &str, lang: Lang) {
    let program = match std::env::consts::OS {
        "windows" => "explorer",
        "macos" => "open",
        _ => "xdg-open",
    };
    let started = Command::new(program).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    if started.is_err() {
        say(lang, "không mở được trình duyệt; hãy tự mở địa chỉ trên", "no browser could be opened; open the address above yourself");
    }
}

fn tell_network(there: &str, lang: Lang) {
    say(
        lang,
        &format!("cảnh báo: mọi máy trong mạng nội bộ xem được bản nháp này tại {there} – chỉ dùng --lan trong mạng tin cậy"),
        &format!("warning: every machine of the local network can see this draft at {there} – use --lan in a trusted network only"),
    );
}

fn tell_polling(reason: &str, lang: Lang) {
    say(lang, &format!("{reason}; congbo sẽ xem lại các tệp mỗi giây"), &format!("{reason}; files are looked at each second"));
}

/// One line on what a refresh did, after the problems where they are others than before.
fn tell(preview: &Preview, refreshed: &Refreshed, has_new_problems: bool, elapsed: Duration, lang: Lang) -> Result<()> {
    if has_new_problems {
        preview.judged().map_or(Ok(()), |judged| print(&judged.diagnostics, &judged.tree, Format::Text, lang))?;
        if let Some(failure) = preview.failure() {
            tell!("\u{1b}[1;31m{}\u{1b}[0m: {}\n", if lang == Lang::Vi { "lỗi" } else { "error" }, told(failure));
        }
    }
    let milliseconds = grouped(elapsed.as_millis() as u64);
    let (vi, en) = match refreshed {
        Refreshed::Nothing if !has_new_problems => return Ok(()),
        Refreshed::Nothing => ("các trang không thay đổi".to_owned(), "no page changed".to_owned()),
        Refreshed::Stylesheet => ("đã cập nhật kiểu trình bày".to_owned(), "stylesheet updated".to_owned()),
        Refreshed::Pages => ("đã cập nhật các trang".to_owned(), "pages updated".to_owned()),
        Refreshed::Refused => ("chưa cập nhật được, trang cũ giữ nguyên".to_owned(), "not updated, the old pages stay".to_owned()),
    };
    let problems = preview.judged().map_or_else(String::new, |judged| format!("; {}", summary(&judged.diagnostics, &judged.switched_off, lang)));
    say(lang, &format!("{vi} ({milliseconds} ms){problems}"), &format!("{en} ({milliseconds} ms){problems}"));
    Ok(())
}

fn say(lang: Lang, vi: &str, en: &str) {
    tell!("{}", if lang == Lang::Vi { vi } else { en });
}
