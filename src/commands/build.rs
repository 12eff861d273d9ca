//! `congbo build`: all six stages.

use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Outcome;
use super::surroundings::{flags, is_clean, is_interactive, judge_and_report, key_password, nanoseconds, print, program, start, summary};
use crate::cli::Build;
use crate::config::CONTENT_FOLDER;
use crate::diagnostic::Lang;
use crate::domain::decimal;
use crate::output::{ChangeKind, MANIFEST_NAME, Published, SIGNATURE_NAME, SignatureState, write_if_changed};
use crate::pipeline::{Built, Job, PreviousState};
use crate::render::RECORD_PATH;
use crate::signature::SigningKey;
use crate::source::read_small_text;

/// Reads and judges a project; if nothing stands in the way, makes the site, and says what was done.
pub fn run(project: &Path, arguments: &Build, lang: Lang) -> Result<Outcome> {
    let (started, judgement) = (start(), &arguments.judgement);
    let target = arguments.out.clone().unwrap_or_else(|| project.join("public"));
    let content = project.join(CONTENT_FOLDER);
    ensure!(!is_inside(&target, &content), "{} nằm trong thư mục nội dung; chọn thư mục khác bằng --out", target.display());
    let key = arguments.sign.as_deref().map(signing_key).transpose()?;
    let job = Job {
        project,
        target: &target,
        previous: arguments.previous.as_deref(),
        compresses: arguments.compress,
        program: &program()?,
        flags: flags(judgement)?,
        sign: key.as_ref(),
        now: nanoseconds(),
    };
    let earlier = if arguments.clean { None } else { job.earlier() };
    if let Some(same) = earlier.as_ref().and_then(|earlier| job.unchanged(earlier)) {
        print(&same.diagnostics, &same.tree, judgement.format, lang)?;
        let problems = summary(&same.diagnostics, &same.switched_off, lang);
        if !is_clean(&same.diagnostics, judgement) {
            return Ok(not_made(&problems, lang));
        }
        list_changes(arguments.changed_list.as_deref(), &same.built.published)?;
        tell_unchanged(&same.built, &target, &problems, started.elapsed(), lang);
        return Ok(Outcome::Clean);
    }
    let judged = judge_and_report(project, (&target, job.previous.unwrap_or(&target)), judgement, lang)?;
    let problems = summary(&judged.diagnostics, &judged.switched_off, lang);
    if !is_clean(&judged.diagnostics, judgement) {
        return Ok(not_made(&problems, lang));
    }
    let progress = progress_bar();
    let built = job.build(&judged, earlier, &|| progress.inc(1))?;
    progress.finish_and_clear();
    list_changes(arguments.changed_list.as_deref(), &built.published)?;
    tell(&built, &target, &problems, started.elapsed(), lang);
    tell_previous(&built, arguments.previous.is_some(), lang);
    tell_signature(built.published.signature, lang);
    tell_moves(&built, lang);
    // The program ends here: the system takes back in one step what would be freed piece by piece.
    std::mem::forget(judged);
    Ok(Outcome::Clean)
}

fn signing_key(file: &Path) -> Result<SigningKey> {
    let text = read_small_text(file)?;
    SigningKey::read(&text, || key_password(file)).with_context(|| file.display().to_string())
}

/// Says that problems stand in the way.
fn not_made(problems: &str, lang: Lang) -> Outcome {
    let words = if lang == Lang::Vi { "chưa tạo trang, trang cũ giữ nguyên" } else { "no site was made, the old one stays" };
    tell!("{problems}; {words}");
    Outcome::Problems
}

/// Writes which files are not as they were: a letter (A, M, D), a tab, the path. The manifest comes last, as
/// it is uploaded last.
fn list_changes(file: Option<&Path>, published: &Published) -> Result<()> {
    let Some(file) = file else { return Ok(()) };
    let mut list: String = published.changes.iter().map(|change| format!("{change}\n")).collect();
    if !list.is_empty() {
        list.push_str(&format!("M\t{MANIFEST_NAME}\n"));
    }
    match published.signature {
        SignatureState::Made => list.push_str(&format!("M\t{SIGNATURE_NAME}\n")),
        SignatureState::Dropped => list.push_str(&format!("D\t{SIGNATURE_NAME}\n")),
        SignatureState::None | SignatureState::Kept => {}
    }
    write_if_changed(file, &list).map(drop)
}

/// Whether one folder lies in another, as far as their names say.
pub(super) fn is_inside(path: &Path, folder: &Path) -> bool {
    let plain = |path: &Path| {
        let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        whole.components().fold(PathBuf::new(), |mut plain, part| {
            match part {
                Component::ParentDir => drop(plain.pop()),
                part => plain.push(part),
            }
            plain
        })
    };
    plain(path).starts_with(plain(folder))
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
        Lang::Vi => tell!("đã tạo {pages} trang ({files} tệp, {size} MB) vào {place} trong {seconds} giây; {problems}"),
        Lang::En => tell!("{pages} pages ({files} files, {size} MB) written to {place} in {seconds} s; {problems}"),
    }
    let count = published.changes.iter().filter(|change| change.kind == ChangeKind::Deleted).count();
    if count > 0 {
        tell!("{}", if lang == Lang::Vi { format!("đã gỡ {count} tệp không còn trong nội dung") } else { format!("{count} files withdrawn") });
    }
    if !published.kept.is_empty() {
        let list = published.kept.join(", ");
        tell!("{}", if lang == Lang::Vi { format!("giữ nguyên tệp không do congbo tạo: {list}") } else { format!("kept files that are not ours: {list}") });
    }
    tell_unused(built, lang);
}

/// Says so where changes could not be compared with what was published before.
fn tell_previous(built: &Built, is_named: bool, lang: Lang) {
    let (state, place) = (built.previous.0, built.previous.1.display());
    match (state, lang) {
        (PreviousState::Missing, Lang::Vi) if is_named => tell!("chưa có {place}: thay đổi được ghi từ lần này"),
        (PreviousState::Missing, Lang::En) if is_named => tell!("there is no {place}: changes are recorded from now on"),
        (PreviousState::Read | PreviousState::Missing, _) => {}
        (PreviousState::Unusable, Lang::Vi) => {
            tell!("{place} không phải dữ liệu thay đổi do congbo ghi, hoặc đã hỏng: bỏ qua tệp này, ghi thay đổi lại từ lần này");
        }
        (PreviousState::Unusable, Lang::En) => {
            tell!("{place} is no record of changes written by congbo, or damaged: ignored, changes are recorded from now on")
        }
    }
}

fn tell_signature(state: SignatureState, lang: Lang) {
    match (state, lang) {
        (SignatureState::Made, Lang::Vi) => tell!("đã ký {MANIFEST_NAME} vào {SIGNATURE_NAME}"),
        (SignatureState::Made, Lang::En) => tell!("{MANIFEST_NAME} signed in {SIGNATURE_NAME}"),
        (SignatureState::Dropped, Lang::Vi) => tell!("{SIGNATURE_NAME} là chữ ký của trang trước, đã gỡ; ký lại bằng  --sign TỆP KHÓA"),
        (SignatureState::Dropped, Lang::En) => tell!("{SIGNATURE_NAME} was of the site before and is withdrawn; sign again with  --sign KEYFILE"),
        (SignatureState::None | SignatureState::Kept, _) => {}
    }
}

/// Names the addresses that procedures left because their names changed, as lines for a permanent record.
fn tell_moves(built: &Built, lang: Lang) {
    let moves = &built.moves;
    if moves.count == 0 {
        return;
    }
    tell!(
        "{}",
        match lang {
            Lang::Vi => format!(
                "{} địa chỉ cũ của thủ tục đã đổi tên vẫn dẫn đến trang hiện nay, chừng nào còn {RECORD_PATH} của lần trước; để giữ vĩnh viễn, thêm vào content/redirects.yaml:",
                moves.count
            ),
            Lang::En => format!(
                "{} old addresses of renamed procedures lead on, as long as the {RECORD_PATH} of the last build is there; to keep them for good, add to content/redirects.yaml:",
                moves.count
            ),
        }
    );
    for (from, to) in &moves.first {
        tell!("- {{ from: {from}, to: {to} }}");
    }
    let rest = moves.count - moves.first.len();
    if rest > 0 {
        tell!("{}", if lang == Lang::Vi { format!("# … và {rest} địa chỉ nữa") } else { format!("# … and {rest} more") });
    }
}

fn tell_unchanged(built: &Built, target: &Path, problems: &str, elapsed: Duration, lang: Lang) {
    let pages = crate::domain::grouped(built.pages as u64);
    let (seconds, place) = (decimal(elapsed.as_secs_f64(), 2), target.display());
    match lang {
        Lang::Vi => tell!("không có gì thay đổi: {pages} trang trong {place} giữ nguyên ({seconds} giây); {problems}"),
        Lang::En => tell!("nothing changed: the {pages} pages in {place} stay as they are ({seconds} s); {problems}"),
    }
    tell_unused(built, lang);
}

fn tell_unused(built: &Built, lang: Lang) {
    for path in &built.unused_overrides {
        tell!("{}", if lang == Lang::Vi { format!("giao diện riêng: không trang nào dùng tệp {path}") } else { format!("theme: nothing uses {path}") });
    }
}
