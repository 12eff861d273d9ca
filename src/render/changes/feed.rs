//! Changes as an Atom feed (RFC 4287), for people who follow an agency without visiting it.

use anyhow::Result;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::super::page;
use super::super::path;
use super::super::shell::Owner;
use super::record::Entry;
use super::told::Told;
use crate::domain::Date;
use crate::source::hex;
use crate::theme::Lang;

/// Most entries of a feed.
const MOST_IN_FEED: usize = 50;

#[derive(Serialize)]
struct FeedView<'a> {
    id: String,
    title: String,
    author: &'a str,
    updated: String,
    /// Absolute, only where the site knows its own address.
    self_href: Option<String>,
    page_href: String,
    entries: Vec<FeedEntryView>,
}

#[derive(Serialize)]
struct FeedEntryView {
    id: String,
    title: String,
    updated: String,
    href: String,
    summary: String,
}

/// Writes the feed of an owner.
pub(super) fn write(told: &Told<'_, '_>, owner: &Owner, place: &str, since: Date, entries: &[&Entry]) -> Result<()> {
    let site = told.site;
    if !site.wants(place) {
        return Ok(());
    }
    let (base, root) = (&site.config.base_url, path::up(place));
    // Without an address of its own the site is a folder: links lead from the feed.
    let address = |inner: &str| if base.is_empty() { format!("{root}{inner}") } else { format!("{base}{}", inner.strip_suffix("index.html").unwrap_or(inner)) };
    let page_href = path::page(&format!("{}{}", owner.base, super::SECTION));
    let newest = &entries[..entries.len().min(MOST_IN_FEED)];
    let view = FeedView {
        id: if base.is_empty() { urn([place, &owner.name]) } else { format!("{base}{place}") },
        title: format!("{} – {}", site.words().text("section_changes"), owner.name),
        author: &owner.name,
        updated: instant(newest.first().map_or(since, |entry| entry.on)),
        self_href: (!base.is_empty()).then(|| format!("{base}{place}")),
        page_href: address(&page_href),
        entries: newest.iter().map(|entry| feed_entry(told, entry, base, &address, &page_href)).collect(),
    };
    let mut context = page::context(site, &root, Lang::Vi);
    context.insert("feed", &view);
    site.write_bytes(place.to_owned(), site.theme.render("feed.xml", &context)?)
}

fn feed_entry(told: &Told<'_, '_>, entry: &Entry, base: &str, address: &dyn Fn(&str) -> String, page_href: &str) -> FeedEntryView {
    let line = told.line(entry);
    let names = line.subjects.iter().map(|subject| subject.title.as_str()).chain(line.more.as_deref()).collect::<Vec<_>>().join("; ");
    let href = line.subjects.first().and_then(|subject| subject.href.clone()).unwrap_or_else(|| page_href.to_owned());
    let (title, summary) = match line.subjects.as_slice() {
        [only] => (format!("{}: {}", only.title, line.text), line.text),
        _ => (line.text.clone(), format!("{} {names}", line.text)),
    };
    let title = match told.owner(entry).filter(|_| entry.agency.is_some()) {
        Some(owner) if owner.title != names => format!("{} – {title}", owner.title),
        _ => title,
    };
    let subjects = entry.subjects.iter().map(|subject| subject.id.as_str());
    let (on, kind) = (entry.on.to_string(), entry.kind.name());
    let id = urn([base, &on, entry.agency.as_deref().unwrap_or(""), &kind].into_iter().chain(subjects));
    FeedEntryView { id, title: title.trim_end_matches('.').to_owned(), updated: instant(entry.on), href: address(&href), summary }
}

/// A day as RFC 3339 wants it: its beginning in Viet Nam.
fn instant(on: Date) -> String {
    format!("{on}T00:00:00+07:00")
}

/// A permanent id: the same for the same change, whoever builds the site and whenever (RFC 9562, version 8).
fn urn<'p>(pieces: impl IntoIterator<Item = &'p str>) -> String {
    let mut hasher = Sha256::new();
    for piece in pieces {
        hasher.update((piece.len() as u64).to_le_bytes());
        hasher.update(piece.as_bytes());
    }
    let mut bytes: [u8; 16] = *hasher.finalize().first_chunk().expect("a hash of 32 bytes");
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let digits = hex(&bytes);
    format!("urn:uuid:{}-{}-{}-{}-{}", &digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..])
}
