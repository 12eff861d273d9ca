//! `congbo build`: all six stages.

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Outcome;
use super::surroundings::{is_clean, is_interactive, judge_and_report, start, summary};
use crate::cli::Build;
use crate::config::CONTENT_FOLDER;
use crate::diagnostic::Lang;
use crate::domain::decimal;
use crate::pipeline::{self, Built};

/// Reads and judges a project; if nothing stands in the way, makes the site, and says what was done.
pub fn run(project: &Path, arguments: &Build, lang: Lang) -> Result<Outcome> {
    let started = start();
    let judged = judge_and_report(project, &arguments.judgement, lang)?;
    if !is_clean(&judged, &arguments.judgement) {
        let words = if lang == Lang::Vi { "chưa tạo trang, trang cũ giữ nguyên" } else { "no site was made, the old one stays" };
        anstream::eprintln!("{}; {words}", summary(&judged, lang));
        return Ok(Outcome::Problems);
    }
    let target = arguments.out.clone().unwrap_or_else(|| project.join("public"));
    let content = project.join(CONTENT_FOLDER);
    ensure!(!is_inside(&target, &content), "{} nằm trong thư mục nội dung; chọn thư mục khác bằng --out", target.display());
    let progress = progress_bar();
    let built = pipeline::build(project, &judged, &target, &|| progress.inc(1))?;
    progress.finish_and_clear();
    tell(&built, &target, &summary(&judged, lang), started.elapsed(), lang);
    Ok(Outcome::Clean)
}

/// Whether one folder lies in another, as far as their names say.
fn is_inside(path: &Path, folder: &Path) -> bool {
    let plain = |path: &Path| {
        path.components().filter(|part| !matches!(part, std::path::Component::CurDir)).map(|part| part.as_os_str().to_owned()).collect::<Vec<_>>()
    };
    plain(path).starts_with(&plain(folder))
}

fn progress_bar() -> ProgressBar {
    let target = if is_interactive() { ProgressDrawTarget::stderr_with_hz(5) } else { ProgressDrawTarget::hidden() };
    let style = ProgressStyle::with_template("{spinner} đã ghi {human_pos} tệp, {elapsed}").unwrap_or_else(|_| ProgressStyle::default_spinner());
    ProgressBar::with_draw_target(None, target).with_style(style)
}

fn tell(built: &Built, target: &Path, problems: &str, elapsed: Duration, lang: Lang) {
    let published = &built.published;
    let (pages, files) = (crate::domain::grouped(built.pages as u64), crate::domain::grouped(published.files as u64));
    let size = decimal(published.size_bytes as f64 / 1_048_576.0, 1);
    let seconds = decimal(elapsed.as_secs_f64(), 2);
    let place = target.display();
    match lang {
        Lang::Vi => anstream::eprintln!("đã tạo {pages} trang ({files} tệp, {size} MB) vào {place} trong {seconds} giây; {problems}"),
        Lang::En => anstream::eprintln!("{pages} pages ({files} files, {size} MB) written to {place} in {seconds} s; {problems}"),
    }
    if !published.withdrawn.is_empty() {
        let count = published.withdrawn.len();
        anstream::eprintln!("{}", if lang == Lang::Vi { format!("đã gỡ {count} tệp không còn trong nội dung") } else { format!("{count} files withdrawn") });
    }
    if !published.kept.is_empty() {
        let list = published.kept.join(", ");
        anstream::eprintln!(
            "{}",
            if lang == Lang::Vi { format!("giữ nguyên tệp không do congbo tạo: {list}") } else { format!("kept files that are not ours: {list}") }
        );
    }
    for path in &built.unused_overrides {
        anstream::eprintln!(
            "{}",
            if lang == Lang::Vi { format!("giao diện riêng: không trang nào dùng tệp {path}") } else { format!("theme: nothing uses {path}") }
        );
    }
}
