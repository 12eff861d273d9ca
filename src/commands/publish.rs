//! `congbo publish`: a built site to where the agency publishes it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Outcome;
use super::surroundings::{account_password, is_interactive, key_password, known_hosts, nanoseconds, pause, ssh_agent, start};
use super::verify::{sentence, tell_result};
use crate::cli::Publish;
use crate::config::{CONTENT_FOLDER, Config};
use crate::diagnostic::Lang;
use crate::domain::{decimal, grouped};
use crate::output::{ChangeKind, PublishedFolder, Sha256Sum};
use crate::source::{SourceTree, read_named, read_settings, read_small_text};
use crate::upload::{Access, Destination, Event, LocalSite, Options, Plan, Sent, Target, look, publish};
use crate::verify::{Finding, Known, Site, Verified, verify};

/// How long somebody else who may still be publishing is watched.
const WATCH: Duration = Duration::from_secs(4);
/// Problems that are named.
const MOST_NAMED: usize = 10;
const MOST_PEM_BYTES: u64 = 4 * 1024 * 1024;

/// Makes sure that the site here is whole, sends what differs, and says what was done.
pub fn run(project: &Path, arguments: &Publish, lang: Lang) -> Result<Outcome> {
    let started = start();
    let to = Destination::read(&arguments.to)?;
    let from = arguments.from.clone().unwrap_or_else(|| project.join("public"));
    let web = arguments.verify.as_deref().map(|address| web_address(project, address)).transpose()?;
    refuse_own_folder(&to, &from)?;
    let site = LocalSite::open(&from)?;
    if !is_whole(&from, lang)? {
        return Ok(Outcome::Problems);
    }
    let access = access(arguments, &to)?;
    let options = Options {
        force: arguments.force,
        all: arguments.all,
        exchanges: true,
        retries: arguments.retries,
        token: Sha256Sum::of(format!("{} {}", nanoseconds(), std::process::id()).as_bytes()).to_string(),
        watch: WATCH,
        pause: &pause,
    };
    if arguments.dry_run {
        let mut target = Target::connect(&to, &access).map_err(|trouble| trouble.into_error())?;
        let (plan, before) = look(&mut target, &site, &options).map_err(|trouble| trouble.into_error())?;
        tell_plan(&plan, before, lang)?;
        return Ok(Outcome::Clean);
    }
    let progress = Progress::new();
    let sent = publish(&|| Target::connect(&to, &access), &site, &options, &mut |event| {
        progress.hear(event, lang);
        Ok(())
    });
    progress.bar.finish_and_clear();
    tell(&sent?, &site, &to, started.elapsed(), lang);
    tell_others(&site, lang);
    match web {
        Some(address) => check_web(&address, &site, lang),
        None => Ok(Outcome::Clean),
    }
}

/// A site that is published into itself would be gone.
fn refuse_own_folder(to: &Destination, from: &Path) -> Result<()> {
    let Destination::Folder(to) = to else { return Ok(()) };
    let is_one = super::build::is_inside(to, from) || super::build::is_inside(from, to);
    ensure!(!is_one, "{} và {} nằm trong nhau; chọn nơi đăng khác", to.display(), from.display());
    Ok(())
}

/// Compares the site with its manifest. What was altered after the build is not sent.
fn is_whole(from: &Path, lang: Lang) -> Result<bool> {
    let folder = PublishedFolder::open(from).with_context(|| format!("không đọc được thư mục {}", from.display()))?;
    let found = verify(&Site::Folder(folder), &Known::default())?.findings;
    let wrong: Vec<&Finding> = found.iter().filter(|finding| !matches!(finding, Finding::Added(_))).collect();
    for finding in wrong.iter().take(MOST_NAMED) {
        say!("{}", sentence(finding, lang));
    }
    if wrong.is_empty() {
        return Ok(true);
    }
    let (count, place) = (wrong.len(), from.display());
    match lang {
        Lang::Vi => tell!("{place} không còn như lúc tạo ({count} điểm), nên không gửi gì; chạy  congbo build  rồi đăng lại"),
        Lang::En => tell!("{place} is not as it was built ({count} things), so nothing was sent; run  congbo build  and publish again"),
    }
    Ok(false)
}

/// Passwords and keys, of which only what this destination needs is looked at.
fn access(arguments: &Publish, to: &Destination) -> Result<Access> {
    let (is_sftp, is_ftps) = (matches!(to, Destination::Sftp(_)), matches!(to, Destination::Ftps(_)));
    ensure!(is_sftp || (arguments.identity.is_none() && arguments.host_key.is_none()), "--identity và --host-key chỉ dùng với sftp://");
    ensure!(is_ftps || arguments.ca.is_none(), "--ca chỉ dùng với ftps://");
    let mut access = Access::default();
    if !is_sftp && !is_ftps {
        return Ok(access);
    }
    access.password = account_password();
    if is_sftp {
        access.identity = arguments.identity.as_deref().map(identity).transpose()?;
        access.agent = ssh_agent().filter(|_| arguments.identity.is_none());
        access.host_key = arguments.host_key.as_deref().map(host_key).transpose()?;
        access.known_hosts = known_hosts();
    }
    access.ca = arguments.ca.as_deref().map(|file| read_named(file, MOST_PEM_BYTES)).transpose()?;
    Ok(access)
}

fn identity(file: &Path) -> Result<(PathBuf, String, Option<String>)> {
    Ok((file.to_path_buf(), read_small_text(file)?, key_password(file).ok()))
}

fn host_key(typed: &str) -> Result<String> {
    let sum = typed.strip_prefix("SHA256:").map(|sum| sum.trim_end_matches('=')).filter(|sum| sum.len() == 43);
    let sum = sum.with_context(|| format!("--host-key phải có dạng SHA256: và 43 chữ số, như lệnh ssh-keygen -l in ra; đang là “{typed}”"))?;
    Ok(format!("SHA256:{sum}"))
}

/// The address of `--verify`, else that of `site.yaml`.
fn web_address(project: &Path, typed: &str) -> Result<String> {
    let address = if typed.is_empty() { base_url(project)? } else { typed.to_owned() };
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    ensure!(is_web, "--verify cần địa chỉ web: điền base_url trong content/site.yaml, hoặc ghi  --verify=https://…");
    Ok(address)
}

fn base_url(project: &Path) -> Result<String> {
    let mut tree = SourceTree::default();
    if let Some(text) = read_settings(project, CONTENT_FOLDER, "site.yaml") {
        tree.insert_text(&format!("{CONTENT_FOLDER}/site.yaml"), &text);
    }
    Ok(Config::read(&tree, super::surroundings::flags_on(None)?, &mut Vec::new()).base_url)
}

fn tell_plan(plan: &Plan<'_>, before: u64, lang: Lang) -> Result<()> {
    for (path, is_there) in &plan.send {
        let kind = if *is_there { ChangeKind::Modified } else { ChangeKind::Added };
        say!("{}", crate::output::Change { kind, path: (*path).into() });
    }
    for path in &plan.remove {
        say!("{}", crate::output::Change { kind: ChangeKind::Deleted, path: path.as_str().into() });
    }
    let (send, size, remove, same) =
        (grouped(plan.send.len() as u64), megabytes(plan.size_bytes), grouped(plan.remove.len() as u64), grouped(plan.same as u64));
    match lang {
        Lang::Vi => tell!("chạy thử, chưa gửi gì: sẽ gửi {send} tệp ({size} MB), gỡ {remove} tệp; {same} tệp đã đúng; nơi đăng đang có bản số {before}"),
        Lang::En => tell!("dry run, nothing was sent: {send} files to send ({size} MB), {remove} to remove, {same} are right; edition {before} is there"),
    }
    Ok(())
}

fn megabytes(size_bytes: u64) -> String {
    decimal(size_bytes as f64 / 1_048_576.0, 1)
}

/// A bar on a terminal; elsewhere only what the reader of a log must know.
struct Progress {
    bar: ProgressBar,
}

impl Progress {
    fn new() -> Self {
        let target = if is_interactive() { ProgressDrawTarget::stderr_with_hz(5) } else { ProgressDrawTarget::hidden() };
        let style = ProgressStyle::with_template("{spinner} {msg} {human_pos}/{human_len} tệp, {elapsed}").unwrap_or_else(|_| ProgressStyle::default_spinner());
        Self { bar: ProgressBar::with_draw_target(None, target).with_style(style).with_message("đang kết nối") }
    }

    fn hear(&self, event: Event<'_>, lang: Lang) {
        match event {
            Event::Planned { files, .. } => {
                self.bar.set_message("đang gửi");
                self.bar.set_length(files as u64);
                self.bar.set_position(0);
            }
            Event::Ready => {
                self.bar.set_message("đang đưa vào chỗ");
                self.bar.set_position(0);
            }
            Event::Sent(_) | Event::Placed(_) => self.bar.inc(1),
            Event::Removed(_) => {}
            Event::Again { why, after } => self.bar.suspend(|| match lang {
                Lang::Vi => tell!("mất kết nối ({why}); thử lại sau {} giây", after.as_secs()),
                Lang::En => tell!("the link broke ({why}); trying again in {} s", after.as_secs()),
            }),
        }
    }
}

fn tell(sent: &Sent, site: &LocalSite, to: &Destination, elapsed: Duration, lang: Lang) {
    let (counter, before, place) = (site.manifest.edition.counter, sent.before, place(to));
    let (files, size, removed, same) = (grouped(sent.sent as u64), megabytes(sent.size_bytes), grouped(sent.removed as u64), grouped(sent.same as u64));
    let seconds = decimal(elapsed.as_secs_f64(), 1);
    match lang {
        Lang::Vi => {
            let step = if sent.is_exchanged { "; cả thư mục được thay trong một bước" } else { "" };
            tell!("đã đăng bản số {counter} lên {place}: gửi {files} tệp ({size} MB), gỡ {removed} tệp, {same} tệp đã đúng, trong {seconds} giây{step}");
        }
        Lang::En => {
            let step = if sent.is_exchanged { "; the folder was exchanged in one step" } else { "" };
            tell!("edition {counter} published to {place}: {files} files sent ({size} MB), {removed} removed, {same} were right, in {seconds} s{step}");
        }
    }
    if sent.retried > 0 {
        let count = sent.retried;
        tell!("{}", if lang == Lang::Vi { format!("mạng đứt {count} lần, đã tự nối lại") } else { format!("the link broke {count} times") });
    }
    if sent.is_fork {
        match lang {
            Lang::Vi => {
                tell!("nơi đăng trước đó cũng là bản số {before} nhưng khác bản này; lần sau tạo trang bằng  congbo build --previous  để số đếm đi tiếp")
            }
            Lang::En => tell!("what was there was edition {before} too, but another one; build with  --previous  so that the counter goes on"),
        }
    }
}

/// The destination without the name of the account.
fn place(to: &Destination) -> String {
    match to {
        Destination::Folder(folder) => folder.display().to_string(),
        Destination::Sftp(server) => format!("sftp://{}{}", server.name(22), server.typed_path()),
        Destination::Ftps(server) => format!("ftps://{}{}", server.name(21), server.typed_path()),
    }
}

/// Names what lies in the public folder and was not sent, because it is not of the site.
fn tell_others(site: &LocalSite, lang: Lang) {
    let others: Vec<&str> = site.others().collect();
    if others.is_empty() {
        return;
    }
    let named = others.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join(", ");
    let count = others.len();
    tell!(
        "{}",
        if lang == Lang::Vi {
            format!("{count} tệp không do congbo tạo không được gửi: {named}")
        } else {
            format!("{count} files that are not ours were not sent: {named}")
        }
    );
}

/// Reads the whole site over the web, as a visitor would.
fn check_web(address: &str, site: &LocalSite, lang: Lang) -> Result<Outcome> {
    let verified: Verified = verify(&Site::open(address)?, &Known::default())?;
    for finding in &verified.findings {
        say!("{}", sentence(finding, lang));
    }
    tell_result(&verified, address, lang);
    let is_ours = verified.manifest.as_ref().is_some_and(|manifest| manifest.bytes == site.bytes);
    if !is_ours {
        match lang {
            Lang::Vi => tell!("{address} không phải bản vừa đăng: xem lại địa chỉ này có trỏ vào thư mục vừa đăng không, hoặc bộ nhớ đệm chưa hết hạn"),
            Lang::En => tell!("{address} is not what was published just now: look where that address leads, or wait for a cache"),
        }
    }
    Ok(if is_ours && verified.findings.is_empty() { Outcome::Clean } else { Outcome::Problems })
}
