//! What lies at the other end, none of it trusted: its manifest, what an earlier publication left unfinished, and files that
//! are not ours.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::anyhow;

use super::journal::{Journal, MOST_JOURNAL_BYTES};
use super::plan::{Plan, folders_above};
use super::publish::Options;
use super::site::{LocalSite, STAGE, is_sendable};
use super::target::Target;
use super::trouble::Trouble;
use crate::output::{Item, MANIFEST_NAME, Manifest, ManifestEntry, SIGNATURE_NAME, Sha256Sum};

/// A larger manifest is not read: one of a million files has less.
const MOST_MANIFEST_BYTES: u64 = 512 * 1024 * 1024;
const MOST_SIGNATURE_BYTES: u64 = 16 * 1024;
/// Files that are named in a refusal.
const MOST_NAMED: usize = 5;

pub const JOURNAL: &str = ".congbo-upload/journal.json";
/// The journal while it is written.
pub const NEW_JOURNAL: &str = ".congbo-upload/journal.new";
/// The signature of the manifest before it goes into its place.
pub const NEXT_SIGNATURE: &str = ".congbo-upload/signature";

/// A manifest before it goes into its place.
pub fn next_manifest(sha256: Sha256Sum) -> String {
    format!("{STAGE}/manifest-{sha256}")
}

/// The site at the other end, as far as is known.
#[derive(Debug, Default)]
pub struct Remote {
    manifest: Option<Manifest>,
    /// SHA-256 of the bytes of the manifest that stands there.
    pub sha256: Option<Sha256Sum>,
    pub signature: Option<Vec<u8>>,
    /// Files of which the manifest can't tell how they are now.
    pub touched: BTreeSet<String>,
    /// The manifest that an unfinished publication was on the way to.
    pub unfinished: Option<Sha256Sum>,
    /// Whether there is a manifest of which not a byte may be trusted, and the user said to go on.
    pub is_unknown: bool,
    /// Whether there is nothing at all.
    pub is_empty: bool,
}

static NO_FILES: BTreeMap<Arc<str>, ManifestEntry> = BTreeMap::new();

impl Remote {
    /// The files that its manifest lists.
    pub fn files(&self) -> &BTreeMap<Arc<str>, ManifestEntry> {
        self.manifest.as_ref().map_or(&NO_FILES, |manifest| &manifest.files)
    }

    /// Its number; 0 where there is none.
    pub fn counter(&self) -> u64 {
        self.manifest.as_ref().map_or(0, |manifest| manifest.edition.counter)
    }

    /// Whether it is this site, to the last byte of its manifest and signature.
    pub fn is(&self, site: &LocalSite) -> bool {
        self.sha256 == Some(site.sha256) && self.signature == site.signature
    }

    /// Whether it and this site have the same number, but are not the same.
    pub fn is_fork_of(&self, site: &LocalSite) -> bool {
        self.counter() == site.manifest.edition.counter && self.files() != &site.manifest.files
    }

    /// Reads what is there. Fails where it may not be written over.
    pub fn read(target: &mut Target, site: &LocalSite, options: &Options<'_>, top: &[Item]) -> Result<Self, Trouble> {
        let has = |name: &str| top.iter().any(|item| item.name == name);
        let mut remote = Self { is_empty: top.iter().all(|item| item.name == STAGE), ..Self::default() };
        let journal = if has(STAGE) { remote.read_journal(target, options)? } else { None };
        if has(SIGNATURE_NAME) {
            remote.signature = target.read(SIGNATURE_NAME, MOST_SIGNATURE_BYTES)?;
        }
        let standing = if has(MANIFEST_NAME) { target.read(MANIFEST_NAME, MOST_MANIFEST_BYTES)? } else { None };
        remote.sha256 = standing.as_deref().map(Sha256Sum::of);
        let bytes = match (standing, &journal) {
            // Where a server can't put a file in the place of another one, a cut may fall between the two steps.
            (None, Some(journal)) => {
                let next = target.read(&next_manifest(journal.target_sha256), MOST_MANIFEST_BYTES)?;
                next.filter(|bytes| Sha256Sum::of(bytes) == journal.target_sha256)
            }
            (standing, _) => standing,
        };
        let manifest = bytes.map(|bytes| usable(&bytes).ok_or(bytes.len()));
        match manifest {
            Some(Ok(manifest)) => remote.manifest = Some(manifest),
            Some(Err(_)) if options.force => remote.is_unknown = true,
            Some(Err(_)) => return Err(damaged()),
            None if remote.is_empty || journal.is_some() || options.force => {}
            None => return Err(foreign(top)),
        }
        if let Some(journal) = journal.filter(|journal| Some(journal.target_sha256) != remote.sha256) {
            remote.unfinished = Some(journal.target_sha256);
            remote.touched = journal.touched;
        }
        remote.refuse_roll_back(site, options)?;
        Ok(remote)
    }

    fn read_journal(&self, target: &mut Target, options: &Options<'_>) -> Result<Option<Journal>, Trouble> {
        for (path, is_whole) in [(JOURNAL, true), (NEW_JOURNAL, false)] {
            let Some(bytes) = target.read(path, MOST_JOURNAL_BYTES)? else { continue };
            match Journal::read(&bytes) {
                Some(journal) => return Ok(Some(journal)),
                // Cut while it was written for the first time: nothing of the site was changed yet.
                None if !is_whole || options.all => {}
                None => {
                    return Err(Trouble::told(format!(
                        "tệp {path} trên máy chủ không phải do congbo ghi, hoặc đã hỏng; chạy lại với  --all  để gửi lại mọi tệp"
                    )));
                }
            }
        }
        Ok(None)
    }

    fn refuse_roll_back(&self, site: &LocalSite, options: &Options<'_>) -> Result<(), Trouble> {
        let (there, here) = (self.counter(), site.manifest.edition.counter);
        if there <= here || options.force {
            return Ok(());
        }
        let of = self.manifest.as_ref().map_or("", |manifest| &manifest.edition.as_of);
        Err(Trouble::told(format!(
            "nơi đăng đang có bản mới hơn: số {there} (ngày {of}), ở đây là bản số {here}. Có thể người khác đã đăng, hoặc đây là bản cũ. Lấy manifest.json và thay-doi/du-lieu.json ở đó về một thư mục, chạy  congbo build --previous THƯ-MỤC  rồi đăng lại; nếu đúng là muốn trở về bản cũ thì thêm --force"
        )))
    }

    /// Fails where a new file of ours would take the place of one that is not ours.
    pub fn refuse_collisions(&self, target: &mut Target, plan: &Plan<'_>) -> Result<(), Trouble> {
        if self.is_empty || self.is_unknown {
            return Ok(());
        }
        let mut seen: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut taken = Vec::new();
        for path in plan.send.iter().filter(|(_, is_there)| !is_there).map(|(path, _)| *path) {
            let mut is_there = true;
            for whole in folders_above(path).chain([path]) {
                let (folder, name) = whole.rsplit_once('/').unwrap_or(("", whole));
                if !seen.contains_key(folder) {
                    let names = target.list(folder)?.into_iter().map(|item| item.name).collect();
                    seen.insert(folder.to_owned(), names);
                }
                is_there = seen[folder].contains(name);
                if !is_there {
                    break;
                }
            }
            if is_there {
                taken.push(path);
            }
        }
        if taken.is_empty() {
            return Ok(());
        }
        let more = if taken.len() > MOST_NAMED { format!(" và {} tệp nữa", taken.len() - MOST_NAMED) } else { String::new() };
        let named = taken.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join(", ");
        Err(Trouble::told(format!(
            "nơi đăng đã có tệp không do congbo đưa lên, trùng địa chỉ với trang mới: {named}{more}. Không ghi đè; xóa hoặc đổi tên các tệp đó ở nơi đăng rồi chạy lại"
        )))
    }
}

/// A manifest all of whose paths lie inside the site.
fn usable(bytes: &[u8]) -> Option<Manifest> {
    if bytes.len() as u64 > MOST_MANIFEST_BYTES {
        return None;
    }
    Manifest::read(bytes).filter(|manifest| manifest.files.keys().all(|path| is_sendable(path)))
}

fn damaged() -> Trouble {
    Trouble::Final(anyhow!(
        "{MANIFEST_NAME} ở nơi đăng không phải bản kê do congbo ghi, bị sửa hoặc hỏng, nên không biết tệp nào của ai; chưa thay đổi gì. Nếu đúng là trang của mình, thêm --force: mọi tệp được gửi lại, không tệp nào khác bị xóa"
    ))
}

fn foreign(top: &[Item]) -> Trouble {
    let names: Vec<&str> = top.iter().map(|item| item.name.as_str()).filter(|name| *name != STAGE).take(MOST_NAMED).collect();
    Trouble::Final(anyhow!(
        "nơi đăng không trống và không có trang do congbo lập (đang có {}); chưa thay đổi gì. Chọn thư mục khác, hoặc nếu đúng là chỗ này thì thêm --force: tệp của người khác vẫn giữ nguyên",
        names.join(", ")
    ))
}
