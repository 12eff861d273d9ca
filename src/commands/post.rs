//! `congbo post`: the sheets that were put on the wall, into the agency's `postings.yaml`, so that the public pages can say
//! whether what hangs there is still right.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Result, bail, ensure};

use super::Outcome;
use super::report::known_agency;
use super::surroundings::flags_on;
use crate::cli::Post;
use crate::diagnostic::{Lang, Severity};
use crate::domain::{Date, PostedSheet, Posting};
use crate::output::write_if_changed;
use crate::parse::is_plain_text;
use crate::pipeline;
use crate::render::{SheetNow, sheets_of};
use crate::theme::Theme;

/// Shows which sheets are new and which replace an old one, and records them.
pub fn run(project: &Path, arguments: &Post, lang: Lang) -> Result<Outcome> {
    let flags = flags_on(arguments.as_of)?;
    let judged = pipeline::judge(project, flags)?;
    let theme = Theme::load(project, judged.config.theme.as_deref())?;
    let id = known_agency(&judged, &arguments.agency)?;
    let folder = format!("content/agencies/{id}/");
    let broken: BTreeSet<&str> = judged.diagnostics.iter().filter(|one| one.severity == Severity::Error).map(|one| &*one.origin.file).collect();
    let broken: Vec<&str> = broken.into_iter().filter(|file| file.starts_with(&folder) || file.starts_with("content/administrative-procedures/")).collect();
    ensure!(broken.is_empty(), "còn lỗi trong {}; xem  congbo check", broken.join(", "));
    let now = sheets_of(&judged.register, &judged.config, &theme, &id)?.unwrap_or_default();
    let postings = &judged.register.records(&id).postings;
    let new: Vec<&SheetNow> = chosen(&now, &arguments.sheet)?.into_iter().filter(|sheet| is_new(sheet, postings)).collect();
    for sheet in &new {
        match last(&sheet.sheet, postings) {
            Some(old) => say!("~ {}  {} → {}  {}", sheet.sheet, old.fingerprint, sheet.fingerprint, sheet.title),
            None => say!("+ {}  {}  {}", sheet.sheet, sheet.fingerprint, sheet.title),
        }
    }
    let file = format!("{folder}postings.yaml");
    let told = match (new.is_empty(), arguments.dry_run, lang) {
        (true, _, Lang::Vi) => "mọi bản đã ghi nhận đều là bản hiện hành".to_owned(),
        (true, _, Lang::En) => "what was recorded is all current".to_owned(),
        (false, true, Lang::Vi) => format!("{} bản cần in và niêm yết; chưa ghi (--dry-run)", new.len()),
        (false, true, Lang::En) => format!("{} sheets to print and post; not written (--dry-run)", new.len()),
        (false, false, Lang::Vi) => format!("đã ghi {} bản niêm yết vào {file}", new.len()),
        (false, false, Lang::En) => format!("{} sheets are recorded in {file}", new.len()),
    };
    if !new.is_empty() && !arguments.dry_run {
        write_if_changed(&project.join(&file), text(postings, &new, flags.today))?;
    }
    tell!("{told}");
    Ok(Outcome::Clean)
}

/// The sheets that were asked for; all where none was named.
fn chosen<'s>(now: &'s [SheetNow], asked: &[String]) -> Result<Vec<&'s SheetNow>> {
    if let Some(unknown) = asked.iter().find(|name| !now.iter().any(|sheet| sheet.sheet.to_string() == **name)) {
        bail!("cơ quan không có bản niêm yết “{unknown}”; ghi mã thủ tục có bản niêm yết, hoặc declaration");
    }
    Ok(now.iter().filter(|sheet| asked.is_empty() || asked.contains(&sheet.sheet.to_string())).collect())
}

fn last<'p>(sheet: &PostedSheet, postings: &'p [Posting]) -> Option<&'p Posting> {
    postings.iter().rfind(|posting| posting.sheet == *sheet)
}

fn is_new(sheet: &SheetNow, postings: &[Posting]) -> bool {
    last(&sheet.sheet, postings).is_none_or(|posting| posting.fingerprint != sheet.fingerprint)
}

/// One posting a line, in the order in which they were posted.
fn text(postings: &[Posting], new: &[&SheetNow], today: Date) -> String {
    let mut text = "# Do lệnh congbo post ghi: mỗi lần niêm yết một dòng, mới nhất ở cuối.\npostings:\n".to_owned();
    let mut line = |sheet: &PostedSheet, fingerprint: &str, on: Option<Date>| {
        let on = on.map(|on| on.to_string()).unwrap_or_default();
        let word = |text: &str| if is_plain_text(text, true) { text.to_owned() } else { format!("\"{text}\"") };
        let (sheet, fingerprint) = (word(&sheet.to_string()), word(fingerprint));
        text.push_str(&format!("  - {{ sheet: {sheet}, fingerprint: {fingerprint}, posted_on: {on} }}\n"));
    };
    postings.iter().for_each(|posting| line(&posting.sheet, &posting.fingerprint, posting.posted_on));
    new.iter().for_each(|sheet| line(&sheet.sheet, &sheet.fingerprint, Some(today)));
    text
}
