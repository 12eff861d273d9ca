//! `congbo aggregate`: the open data of agencies with a site of their own into the content of the province. What is broken
//! or hostile is refused and told, and touches nothing: the last good copy stays.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Result, bail, ensure};
use rayon::prelude::*;
use serde_json::json;

use super::Outcome;
use super::surroundings::{WIDTH, flags_on};
use crate::cli::Aggregate;
use crate::config::Flags;
use crate::diagnostic::{Diagnostic, Lang, Severity, nearest};
use crate::domain::{AgencyId, Date, Feed, FeedCopy, short_date};
use crate::fetch::Website;
use crate::import::open_data::{self, ContentFile, FILES, Wanted};
use crate::import::yaml_writer;
use crate::output::{Sha256Sum, remove_file, write_if_changed};
use crate::pipeline;
use crate::report::{self, Format};
use crate::source::{SourceTree, Unusable, read_published_file};

const SOURCES: &str = "content/federation.yaml";
const STATE: &str = "content/federation-state.yaml";
/// Folder of open data below a site.
const DATA: &str = "du-lieu";
/// Largest file that is taken over.
const MOST_BYTES: u64 = 16 * 1024 * 1024;
/// Most reasons that are told of one agency.
const MOST_REASONS: usize = 10;

type Feeds = BTreeMap<AgencyId, Feed>;

/// What came of one agency.
struct Attempt {
    id: AgencyId,
    source: String,
    taken: std::result::Result<Taken, Vec<String>>,
}

struct Taken {
    files: Vec<ContentFile>,
    sha256: String,
}

/// Where the content lies, and how large its files may be.
struct Place<'p> {
    project: &'p Path,
    tree: SourceTree,
    most_bytes: u64,
}

/// Takes over what can be trusted, and tells what can't.
pub fn run(project: &Path, arguments: &Aggregate, lang: Lang) -> Result<Outcome> {
    let flags = flags_on(arguments.as_of)?;
    let (tree, most_bytes) = pipeline::read_content(project)?;
    ensure!(
        tree.text(SOURCES).is_some(),
        "chưa có {SOURCES}; ghi vào đó mỗi cơ quan một dòng, ví dụ  - {{ agency: xa-ben-lau, source: https://iso.xa-ben-lau.gov.vn/ }}"
    );
    let place = Place { project, tree, most_bytes };
    let mut feeds = known_feeds(&place.tree, flags, lang)?;
    let chosen = chosen(&feeds, &arguments.only)?;
    let mut attempts: Vec<Attempt> = chosen.par_iter().map(|(id, source)| attempt(&place, &feeds, id, source, lang)).collect();
    refuse_what_breaks_rules(&place, &feeds, &mut attempts, flags, lang);
    for attempt in &attempts {
        let is_changed = match &attempt.taken {
            Ok(taken) => write(&place, &attempt.id, &taken.files)?,
            Err(_) => false,
        };
        tell_attempt(attempt, feeds.get(&attempt.id), is_changed, lang)?;
    }
    note(&mut feeds, &attempts, flags.today);
    write_if_changed(&project.join(STATE), state_text(&feeds))?;
    let refused = attempts.iter().filter(|attempt| attempt.taken.is_err()).count();
    match lang {
        Lang::Vi => tell!("đã lấy {} trong {} cơ quan, {refused} không lấy được", attempts.len() - refused, attempts.len()),
        Lang::En => tell!("{} of {} agencies were taken over, {refused} refused", attempts.len() - refused, attempts.len()),
    }
    Ok(if refused == 0 { Outcome::Clean } else { Outcome::Problems })
}

/// The agencies that have a site of their own. Fails where their list has errors.
fn known_feeds(tree: &SourceTree, flags: Flags, lang: Lang) -> Result<Feeds> {
    let judged = pipeline::judge_tree(tree.clone(), flags);
    let is_of_lists = |diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error && [SOURCES, STATE].contains(&&*diagnostic.origin.file);
    let errors: Vec<Diagnostic> = judged.diagnostics.iter().filter(is_of_lists).cloned().collect();
    if !errors.is_empty() {
        let mut out = anstream::AutoStream::auto(std::io::stderr());
        report::print(&errors, &judged.tree, Format::Text, lang, WIDTH, &mut out)?;
        bail!("sửa {SOURCES} rồi chạy lại; {STATE} do lệnh này ghi, nếu hỏng thì lấy lại bản cũ hoặc xóa đi");
    }
    Ok(judged.register.federation)
}

/// Whom to ask, and where.
fn chosen(feeds: &Feeds, only: &[String]) -> Result<Vec<(AgencyId, String)>> {
    let listed: BTreeMap<&AgencyId, &String> = feeds.iter().filter_map(|(id, feed)| Some((id, feed.source.as_ref()?))).collect();
    for id in only {
        if listed.keys().all(|known| known.as_str() != id) {
            match nearest(id, listed.keys().map(|known| known.as_str())) {
                Some(near) => bail!("{SOURCES} không có cơ quan “{id}”; có phải ý anh/chị là {near}?"),
                None => bail!("{SOURCES} không có cơ quan “{id}”"),
            }
        }
    }
    let is_wanted = |id: &AgencyId| only.is_empty() || only.iter().any(|wanted| wanted == id.as_str());
    Ok(listed.into_iter().filter(|(id, _)| is_wanted(id)).map(|(id, source)| (id.clone(), source.clone())).collect())
}

fn attempt(place: &Place<'_>, feeds: &Feeds, id: &AgencyId, source: &str, lang: Lang) -> Attempt {
    let parent = feeds.get(id).and_then(|feed| feed.parent.as_ref()).map(AgencyId::as_str);
    let wanted = Wanted { agency: id.as_str(), parent, most_bytes: place.most_bytes };
    let taken = fetch(place.project, source).and_then(|files| {
        let content = open_data::read(&files, wanted).map_err(|refused| format!("{}: {}", address(source, refused.file), refused.why.get(lang)))?;
        own_content(&place.tree, id, &content)?;
        Ok(Taken { files: content, sha256: Sha256Sum::of(&files.concat()).to_string() })
    });
    Attempt { id: id.clone(), source: source.to_owned(), taken: taken.map_err(|reason| vec![reason]) }
}

fn is_on_the_web(source: &str) -> bool {
    source.starts_with("http://") || source.starts_with("https://")
}

/// Where a file of open data lies, by the address of the site or of the folder of its data.
fn address(source: &str, file: &str) -> String {
    format!("{}/{DATA}/{file}", site_of(source))
}

fn site_of(source: &str) -> &str {
    let source = source.trim_end_matches('/');
    source.strip_suffix(DATA).unwrap_or(source).trim_end_matches('/')
}

/// The files of a site, or why there are none.
fn fetch(project: &Path, source: &str) -> std::result::Result<[Vec<u8>; 4], String> {
    let website = is_on_the_web(source).then(|| Website::feed(site_of(source)));
    let get = |file: &str| -> std::result::Result<Vec<u8>, String> {
        let place = address(source, file);
        let missing = || format!("{place}: không có tệp này; source trong {SOURCES} phải là trang, hoặc thư mục trang công khai, do congbo lập");
        match &website {
            Some(website) => {
                let found = website.get_whole(&format!("{DATA}/{file}"), MOST_BYTES).map_err(|error| super::told(&error))?;
                found.ok_or_else(missing)
            }
            None => read_published_file(&project.join(site_of(source)).join(DATA).join(file), MOST_BYTES).map_err(|unusable| match unusable {
                Unusable::Missing => missing(),
                Unusable::Refused => format!("{place}: không phải tệp thường, lớn quá {MOST_BYTES} byte, hoặc không có quyền đọc"),
            }),
        }
    };
    let mut files: [Vec<u8>; 4] = Default::default();
    for (slot, file) in files.iter_mut().zip(FILES) {
        *slot = get(file)?;
    }
    Ok(files)
}

/// What the province wrote itself is never written over.
fn own_content(tree: &SourceTree, id: &AgencyId, content: &[ContentFile]) -> std::result::Result<(), String> {
    let folder = folder(id);
    let is_own = |path: &str| tree.text(path).is_some_and(|text| !open_data::is_taken_over(text));
    let strange = tree.refusals.iter().map(|refusal| &*refusal.path).find(|path| path.starts_with(&folder) || *path == folder.trim_end_matches('/'));
    match content.iter().map(|file| file.path.as_str()).find(|path| is_own(path)).or(strange) {
        Some(path) => Err(format!("{path} do tỉnh tự viết, không ghi đè; chuyển thư mục {folder} đi nơi khác, hoặc xóa cơ quan này khỏi {SOURCES}")),
        None => Ok(()),
    }
}

fn folder(id: &AgencyId) -> String {
    format!("content/agencies/{id}/")
}

/// Files of an agency that were taken over before.
fn taken_before<'t>(tree: &'t SourceTree, id: &AgencyId) -> impl Iterator<Item = &'t str> {
    let folder = folder(id);
    tree.texts.iter().filter(move |(path, source)| path.starts_with(&folder) && open_data::is_taken_over(&source.text)).map(|(path, _)| &**path)
}

/// Judges the province as it would be, and refuses each feed in whose files an error lies, until none is left.
fn refuse_what_breaks_rules(place: &Place<'_>, feeds: &Feeds, attempts: &mut [Attempt], flags: Flags, lang: Lang) {
    loop {
        let mut tree = place.tree.clone();
        for attempt in attempts.iter() {
            let Ok(taken) = &attempt.taken else { continue };
            taken_before(&place.tree, &attempt.id).for_each(|path| drop(tree.texts.remove(path)));
            taken.files.iter().for_each(|file| tree.insert_text(&file.path, &file.text));
        }
        let mut coming = feeds.clone();
        note(&mut coming, attempts, flags.today);
        tree.insert_text(STATE, &state_text(&coming));
        let judged = pipeline::judge_tree(tree, flags);
        let mut is_settled = true;
        for attempt in attempts.iter_mut().filter(|attempt| attempt.taken.is_ok()) {
            let folder = folder(&attempt.id);
            let errors = judged.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error && diagnostic.origin.file.starts_with(&folder));
            let told = |diagnostic: &Diagnostic| {
                let file = diagnostic.origin.file.trim_start_matches(&folder);
                format!("{file}: {} [{}]", diagnostic.message.get(lang), diagnostic.rule.id)
            };
            let reasons: Vec<String> = errors.map(told).collect();
            if !reasons.is_empty() {
                is_settled = false;
                attempt.taken = Err(reasons);
            }
        }
        if is_settled {
            return;
        }
    }
}

/// Puts the files in their place and removes those of before that are no more. Returns whether anything changed.
fn write(place: &Place<'_>, id: &AgencyId, files: &[ContentFile]) -> Result<bool> {
    let mut is_changed = false;
    for file in files {
        is_changed |= write_if_changed(&place.project.join(&file.path), &file.text)?;
    }
    let now: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    for path in taken_before(&place.tree, id).filter(|path| !now.contains(path)) {
        remove_file(&place.project.join(path))?;
        is_changed = true;
    }
    Ok(is_changed)
}

/// Remembers what came of each agency.
fn note(feeds: &mut Feeds, attempts: &[Attempt], today: Date) {
    for attempt in attempts {
        let Some(feed) = feeds.get_mut(&attempt.id) else { continue };
        match &attempt.taken {
            Ok(taken) => {
                feed.copy = Some(FeedCopy { source: attempt.source.clone(), fetched_on: today, sha256: taken.sha256.clone() });
                feed.failed_on = None;
            }
            Err(_) => feed.failed_on = Some(today),
        }
    }
}

fn state_text(feeds: &Feeds) -> String {
    let record = |(id, feed): (&AgencyId, &Feed)| {
        let mut record = json!({ "agency": id });
        if let Some(copy) = &feed.copy {
            record["source"] = json!(copy.source);
            record["fetched_on"] = json!(copy.fetched_on.to_string());
            record["sha256"] = json!(copy.sha256);
        }
        if let Some(on) = feed.failed_on {
            record["failed_on"] = json!(on.to_string());
        }
        (feed.copy.is_some() || feed.failed_on.is_some()).then_some(record)
    };
    let records: Vec<serde_json::Value> = feeds.iter().filter_map(record).collect();
    format!("# Do lệnh congbo aggregate ghi; không sửa tay.\n{}", yaml_writer::write(&records.into()))
}

fn tell_attempt(attempt: &Attempt, before: Option<&Feed>, is_changed: bool, lang: Lang) -> Result<()> {
    let (id, source, is_vi) = (&attempt.id, &attempt.source, lang == Lang::Vi);
    let reasons = match &attempt.taken {
        Ok(taken) if is_changed => {
            let count = taken.files.len();
            say!("{}", if is_vi { format!("+ {id}  đã lấy {count} tệp từ {source}") } else { format!("+ {id}  {count} files from {source}") });
            return Ok(());
        }
        Ok(_) => {
            say!("= {id}  {}", if is_vi { "không có gì thay đổi" } else { "nothing changed" });
            return Ok(());
        }
        Err(reasons) => reasons,
    };
    let copy = before.and_then(|feed| feed.copy.as_ref()).map(|copy| copy.fetched_on);
    let kept = match (copy, is_vi) {
        (Some(on), true) => format!("vẫn dùng bản lấy ngày {}", short_date(on)),
        (None, true) => "chưa có bản nào để dùng".to_owned(),
        (Some(on), false) => format!("the copy of {on} stays"),
        (None, false) => "there is no copy yet".to_owned(),
    };
    say!("! {id}  {} {source}; {kept}", if is_vi { "không lấy từ" } else { "refused:" });
    for reason in reasons.iter().take(MOST_REASONS) {
        say!("    {reason}");
    }
    if reasons.len() > MOST_REASONS {
        let more = reasons.len() - MOST_REASONS;
        say!("    {}", if is_vi { format!("và {more} lỗi nữa") } else { format!("and {more} more") });
    }
    let advice = if is_vi { "báo cơ quan sửa ở trang của mình, rồi chạy lại" } else { "tell the agency to correct its site, then run" };
    say!("    → {advice}  congbo aggregate --only {id}");
    Ok(())
}
