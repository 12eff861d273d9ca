//! `congbo approve`: the controlled documents as they are now, into `congbo.lock`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Result, bail, ensure};

use super::Outcome;
use super::surroundings::day;
use crate::cli::Approve;
use crate::config::Flags;
use crate::diagnostic::Lang;
use crate::domain::{Approval, Date, Fingerprint};
use crate::origin::Origin;
use crate::output::write_if_changed;
use crate::parse::LOCK_FILE;
use crate::pipeline::{self, Judged};
use crate::resolve::fingerprints;

/// Shows what will be recorded, and records it. What was changed under the same revision is refused.
pub fn run(project: &Path, arguments: &Approve, lang: Lang) -> Result<Outcome> {
    let today = day(arguments.as_of)?;
    let judged = pipeline::judge(project, Flags { today, is_release: false })?;
    let now = fingerprints(&judged.register, &judged.tree);
    let chosen = chosen(&now, arguments)?;
    let broken: BTreeSet<&str> =
        chosen.iter().filter_map(|name| now.get(name)).map(|one| &*one.origin.file).filter(|file| judged.register.broken.contains(*file)).collect();
    ensure!(broken.is_empty(), "còn lỗi trong {}; xem  congbo check", broken.into_iter().collect::<Vec<_>>().join(", "));
    let mut lock = judged.register.approvals.clone();
    let mut refused = 0;
    for name in &chosen {
        refused += usize::from(record(&mut lock, name, now.get(name), today, lang)?);
    }
    if refused > 0 {
        tell!(
            "{}",
            text(
                lang,
                "chưa ghi: tăng lần sửa đổi của các tài liệu trên rồi chạy lại",
                "nothing was written: raise the revision of these documents and try again"
            )
        );
        return Ok(Outcome::Problems);
    }
    write(project, &judged, &lock, arguments.dry_run, lang)?;
    Ok(Outcome::Clean)
}

fn text(lang: Lang, vi: &'static str, en: &'static str) -> &'static str {
    if lang == Lang::Vi { vi } else { en }
}

/// The names of the documents that were asked for; of those that are gone too where nothing was asked for.
fn chosen(now: &BTreeMap<String, Fingerprint>, arguments: &Approve) -> Result<BTreeSet<String>> {
    let is_of = |one: &Fingerprint| arguments.agency.as_ref().is_none_or(|id| one.agency.as_str() == id);
    let is_named = |one: &Fingerprint| arguments.document.is_empty() || arguments.document.contains(&one.code);
    if let Some(id) = arguments.agency.as_ref().filter(|_| !now.values().any(is_of)) {
        bail!("cơ quan “{id}” không có, hoặc chưa có tài liệu nào");
    }
    if let Some(code) = arguments.document.iter().find(|code| !now.values().any(|one| is_of(one) && one.code == **code)) {
        bail!("không có tài liệu nào có mã “{code}”");
    }
    Ok(now.iter().filter(|(_, one)| is_of(one) && is_named(one)).map(|(name, _)| name.clone()).collect())
}

/// Puts one document into the lock and says so. Returns whether it was refused.
fn record(lock: &mut BTreeMap<String, Approval>, name: &str, now: Option<&Fingerprint>, today: Date, lang: Lang) -> Result<bool> {
    let Some(now) = now else { return Ok(false) };
    let number = |edition: Option<u32>, revision: Option<u32>| match (edition, revision) {
        (Some(edition), revision) => format!("{edition}/{}", revision.unwrap_or(0)),
        _ => "–".to_owned(),
    };
    let is_new = number(now.edition, now.revision);
    match lock.get(name) {
        Some(known) if known.sha256 == now.sha256 && (known.edition, known.revision) == (now.edition, now.revision) => return Ok(false),
        Some(known) if (known.edition, known.revision) == (now.edition, now.revision) => {
            say!("! {name}  {is_new}  {}", text(lang, "nội dung khác bản đã phê duyệt mà số lần không tăng", "changed under the same revision"));
            return Ok(true);
        }
        Some(known) => say!("~ {name}  {} → {is_new}", number(known.edition, known.revision)),
        None => say!("+ {name}  {is_new}"),
    }
    let (code, approved_by) = (Some(now.code.clone()), now.approved_by.clone());
    let (edition, revision, sha256) = (now.edition, now.revision, now.sha256.clone());
    let approval = Approval { origin: Origin::root(LOCK_FILE), code, edition, revision, approved_by, recorded_on: Some(today), sha256 };
    lock.insert(name.to_owned(), approval);
    Ok(false)
}

fn write(project: &Path, judged: &Judged, lock: &BTreeMap<String, Approval>, is_dry: bool, lang: Lang) -> Result<()> {
    let content = lock_text(lock);
    let is_same = judged.tree.text(LOCK_FILE).is_some_and(|known| known == content);
    if is_same {
        tell!("{}", text(lang, "không có gì thay đổi", "nothing changed"));
    } else if is_dry {
        tell!("{}", text(lang, "chưa ghi (--dry-run)", "not written (--dry-run)"));
    } else {
        write_if_changed(&project.join(LOCK_FILE), &content)?;
        match lang {
            Lang::Vi => tell!("đã ghi {} tài liệu vào {LOCK_FILE}", lock.len()),
            Lang::En => tell!("{} documents are recorded in {LOCK_FILE}", lock.len()),
        }
    }
    Ok(())
}

/// One document a line, sorted: two branches that approve different documents merge without a conflict.
fn lock_text(lock: &BTreeMap<String, Approval>) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let mut content = "# Do lệnh congbo approve ghi, mỗi tài liệu một dòng; không sửa tay.\n".to_owned();
    for (name, approval) in lock {
        let number = |number: Option<u32>| number.map_or("null".to_owned(), |number| number.to_string());
        let words = |words: &Option<String>| words.as_deref().map_or("null".to_owned(), quoted);
        let recorded_on = approval.recorded_on.map(|on| on.to_string()).unwrap_or_default();
        content.push_str(&format!(
            "- {{ document: {}, code: {}, edition: {}, revision: {}, approved_by: {}, recorded_on: {recorded_on}, sha256: {} }}\n",
            quoted(name),
            words(&approval.code),
            number(approval.edition),
            number(approval.revision),
            words(&approval.approved_by),
            quoted(&approval.sha256),
        ));
    }
    content
}
