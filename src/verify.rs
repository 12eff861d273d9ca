//! Whether a published site is complete and unaltered, by its manifest: what was changed, deleted, added or exchanged, and
//! whether an older site was put in the place of a newer one.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use anyhow::{Context, Result};
use rayon::prelude::*;

use crate::fetch::Website;
use crate::output::{Edition, Found, MANIFEST_NAME, Manifest, ManifestEntry, PublishedFolder, SIGNATURE_NAME, Sha256Sum, entry_of, is_inside};
use crate::signature::VerifyingKey;

/// A larger manifest is not read: one of a million files has less.
const MOST_MANIFEST_BYTES: u64 = 512 * 1024 * 1024;
const MOST_SIGNATURE_BYTES: u64 = 16 * 1024;

/// Where a site lies.
pub enum Site {
    Folder(PublishedFolder),
    Web(Website),
}

/// What a site is compared with, apart from its own manifest.
#[derive(Default)]
pub struct Known<'k> {
    /// The manifest of the last time.
    pub last: Option<&'k [u8]>,
    pub key: Option<&'k VerifyingKey>,
}

/// What was found out.
#[derive(Debug)]
pub struct Verified {
    /// The manifest of the site, where it could be used.
    pub manifest: Option<ReadManifest>,
    /// Everything that is not as it should be, sorted by path.
    pub findings: Vec<Finding>,
    /// Whether files that the manifest does not list would have been seen.
    pub sees_additions: bool,
    /// What the signer signed with the manifest, where a key was given and the signature holds.
    pub signed: Option<String>,
}

/// A manifest and the bytes it was read from.
#[derive(Debug)]
pub struct ReadManifest {
    pub edition: Edition,
    pub files: usize,
    pub bytes: Vec<u8>,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    MissingManifest,
    /// The manifest is none of ours, or not a byte of it may be trusted.
    DamagedManifest,
    MissingSignature,
    WrongSignature,
    /// An older site than the one known from the last time: its number, and the known one.
    RolledBack {
        counter: u64,
        known: u64,
    },
    /// Two sites of one number that are not the same.
    Forked(u64),
    /// The site says that it follows another one than the one known from the last time.
    BrokenChain(u64),
    Altered(String),
    /// Two files in each other's place.
    Swapped(String, String),
    /// A file with the content of another one.
    Replaced {
        path: String,
        by: String,
    },
    Missing(String),
    Added(String),
    Unreadable(String, String),
    /// A path in the manifest that leads out of the site.
    StrangePath(String),
}

impl Site {
    /// The site at a web address, or in a folder. Fails where the folder can't be opened.
    pub fn open(place: &str) -> Result<Self> {
        if place.starts_with("http://") || place.starts_with("https://") {
            return Ok(Self::Web(Website::new(place)));
        }
        let folder = PublishedFolder::open(Path::new(place)).with_context(|| format!("không đọc được thư mục {place}"))?;
        Ok(Self::Folder(folder))
    }

    fn read(&self, path: &str, most_bytes: u64) -> Result<Option<Vec<u8>>> {
        match self {
            Self::Folder(folder) => folder.read(path).with_context(|| format!("không đọc được {path}")),
            Self::Web(website) => website.get_whole(path, most_bytes),
        }
    }

    /// Looks at a file, of which over the web no more is read than `most_bytes` and one.
    fn look(&self, path: &str, most_bytes: u64) -> Found {
        let fetch = |website: &Website| -> Result<Found> {
            let Some(body) = website.get(path)? else { return Ok(Found::Missing) };
            Ok(entry_of(body, most_bytes).map(Found::File)?)
        };
        match self {
            Self::Folder(folder) => folder.look(path),
            Self::Web(website) => fetch(website).unwrap_or_else(|error| Found::Unreadable(reason(&error))),
        }
    }
}

fn reason(error: &anyhow::Error) -> String {
    error.chain().find_map(|cause| cause.downcast_ref::<io::Error>()).map_or_else(|| error.to_string(), ToString::to_string)
}

/// Compares a site with its manifest and with what is known. Fails where it can't be reached at all.
pub fn verify(site: &Site, known: &Known<'_>) -> Result<Verified> {
    let mut verified = Verified { manifest: None, findings: Vec::new(), sees_additions: matches!(site, Site::Folder(_)), signed: None };
    let Some(bytes) = site.read(MANIFEST_NAME, MOST_MANIFEST_BYTES)? else {
        verified.findings.push(Finding::MissingManifest);
        return Ok(verified);
    };
    verified.signed = check_signature(site, known, &bytes, &mut verified.findings)?;
    let Some(manifest) = Manifest::read(&bytes) else {
        verified.findings.push(Finding::DamagedManifest);
        return Ok(verified);
    };
    if let Some(last) = known.last {
        compare_with_last(&manifest.edition, &bytes, last, &mut verified.findings)?;
    }
    compare_files(site, &manifest, &mut verified.findings);
    verified.findings.sort();
    verified.manifest = Some(ReadManifest { edition: manifest.edition, files: manifest.files.len(), bytes });
    Ok(verified)
}

fn check_signature(site: &Site, known: &Known<'_>, bytes: &[u8], findings: &mut Vec<Finding>) -> Result<Option<String>> {
    let Some(key) = known.key else { return Ok(None) };
    let Some(signature) = site.read(SIGNATURE_NAME, MOST_SIGNATURE_BYTES)? else {
        findings.push(Finding::MissingSignature);
        return Ok(None);
    };
    let signed = String::from_utf8(signature).ok().and_then(|signature| key.check(bytes, &signature));
    if signed.is_none() {
        findings.push(Finding::WrongSignature);
    }
    Ok(signed)
}

/// Only somebody who remembers can know that an older site took the place of a newer one.
fn compare_with_last(edition: &Edition, bytes: &[u8], last: &[u8], findings: &mut Vec<Finding>) -> Result<()> {
    let known = Manifest::read(last).context("bản kê của lần trước không phải manifest.json do congbo ghi, hoặc đã hỏng")?.edition;
    let (counter, known) = (edition.counter, known.counter);
    if counter < known {
        findings.push(Finding::RolledBack { counter, known });
    } else if counter == known && bytes != last {
        findings.push(Finding::Forked(counter));
    } else if counter == known + 1 && edition.previous_sha256 != Some(Sha256Sum::of(last)) {
        findings.push(Finding::BrokenChain(counter));
    }
    Ok(())
}

fn compare_files(site: &Site, manifest: &Manifest, findings: &mut Vec<Finding>) {
    // A larger one can't be any of the site.
    let most_bytes = manifest.files.values().map(|entry| entry.size_bytes).max().unwrap_or(0);
    let found: Vec<(&str, Finding, Option<Sha256Sum>)> =
        manifest.files.par_iter().filter_map(|(path, expected)| compare_file(site, path, expected, most_bytes)).collect();
    let (altered, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|(_, finding, _)| matches!(finding, Finding::Altered(_)));
    findings.extend(others.into_iter().map(|(_, finding, _)| finding));
    if !altered.is_empty() {
        name_exchanges(manifest, &altered.into_iter().filter_map(|(path, _, sum)| Some((path, sum?))).collect(), findings);
    }
    if let Site::Folder(folder) = site {
        let unlisted = folder.others().filter(|path| !manifest.files.contains_key(*path));
        findings.extend(unlisted.map(|path| Finding::Added(path.to_owned())));
    }
}

fn compare_file<'m>(site: &Site, path: &'m str, expected: &ManifestEntry, most_bytes: u64) -> Option<(&'m str, Finding, Option<Sha256Sum>)> {
    if !is_inside(path) {
        return Some((path, Finding::StrangePath(path.to_owned()), None));
    }
    match site.look(path, most_bytes) {
        Found::File(entry) if entry == *expected => None,
        Found::File(entry) => Some((path, Finding::Altered(path.to_owned()), Some(entry.sha256))),
        Found::Missing => Some((path, Finding::Missing(path.to_owned()), None)),
        Found::Unreadable(why) => Some((path, Finding::Unreadable(path.to_owned(), why), None)),
    }
}

/// Tells of altered files which of them hold what belongs at another place.
fn name_exchanges(manifest: &Manifest, altered: &BTreeMap<&str, Sha256Sum>, findings: &mut Vec<Finding>) {
    let mut owners: BTreeMap<Sha256Sum, Vec<&str>> = BTreeMap::new();
    for (path, entry) in &manifest.files {
        owners.entry(entry.sha256).or_default().push(path);
    }
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for (path, sum) in altered {
        if told.contains(path) {
            continue;
        }
        let expected = manifest.files[*path].sha256;
        let of_content = owners.get(sum).map_or(&[][..], Vec::as_slice);
        let partner = of_content.iter().find(|other| altered.get(**other) == Some(&expected) && !told.contains(*other));
        findings.push(match (partner, of_content.first()) {
            (Some(other), _) => {
                told.insert(other);
                Finding::Swapped((*path).to_owned(), (*other).to_owned())
            }
            (None, Some(by)) => Finding::Replaced { path: (*path).to_owned(), by: (*by).to_owned() },
            (None, None) => Finding::Altered((*path).to_owned()),
        });
    }
}
