//! What differs between the site here and the one there, in the order in which it goes into its place.

use std::collections::BTreeSet;

use super::remote::Remote;
use super::site::LocalSite;

/// When a file goes into its place: what others need comes first, what leads people there last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// Styles, scripts, images, attachments.
    Asset,
    /// Open data, the search index.
    Data,
    Page,
    /// Feeds, the map of the site, settings of the web server.
    Feed,
}

impl Turn {
    /// All, in their order.
    pub const ALL: [Self; 4] = [Self::Asset, Self::Data, Self::Page, Self::Feed];

    /// The turn of a file, by its name. A compressed copy goes with what it is a copy of.
    pub fn of(path: &str) -> Self {
        let plain = path.strip_suffix(".gz").or_else(|| path.strip_suffix(".br")).unwrap_or(path);
        let name = plain.rsplit('/').next().unwrap_or(plain);
        match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
            "html" => Self::Page,
            "xml" | "atom" | "rss" | "htaccess" | "config" => Self::Feed,
            "txt" if plain == "robots.txt" => Self::Feed,
            "json" | "jsonld" | "csv" | "xlsx" | "ics" | "zip" => Self::Data,
            _ => Self::Asset,
        }
    }
}

/// What there is to do.
#[derive(Debug, Default)]
pub struct Plan<'s> {
    /// Files to send, by turn and path; whether the other end has had one at this address.
    pub send: Vec<(&'s str, bool)>,
    /// Files of the site there that the one here does not have.
    pub remove: BTreeSet<String>,
    /// How many are there as they should be.
    pub same: usize,
    /// What is sent, together.
    pub size_bytes: u64,
}

impl<'s> Plan<'s> {
    /// Compares the two sites. With `sends_all`, nothing there is taken as it should be.
    pub fn new(site: &'s LocalSite, remote: &Remote, sends_all: bool) -> Self {
        let mut plan = Self::default();
        for (path, entry) in &site.manifest.files {
            let before = remote.files().get(path);
            if before == Some(entry) && !sends_all && !remote.touched.contains(&**path) {
                plan.same += 1;
                continue;
            }
            plan.send.push((&**path, before.is_some() || remote.touched.contains(&**path)));
            plan.size_bytes += entry.size_bytes;
        }
        plan.send.sort_by_key(|(path, _)| (Turn::of(path), *path));
        let theirs = remote.files().keys().map(|path| &**path).chain(remote.touched.iter().map(String::as_str));
        plan.remove = theirs.filter(|path| !site.manifest.files.contains_key(*path)).map(str::to_owned).collect();
        plan
    }

    /// Whether nothing differs but perhaps the manifest.
    pub fn is_empty(&self) -> bool {
        self.send.is_empty() && self.remove.is_empty()
    }

    /// The files of a turn.
    pub fn turn(&self, turn: Turn) -> impl Iterator<Item = &'s str> + use<'s, '_> {
        self.send.iter().map(|(path, _)| *path).filter(move |path| Turn::of(path) == turn)
    }

    /// The folders that the files need, each after those above it.
    pub fn folders(&self, known: &BTreeSet<&str>) -> Vec<&'s str> {
        let needed: BTreeSet<&str> = self.send.iter().flat_map(|(path, _)| folders_above(path)).filter(|folder| !known.contains(folder)).collect();
        needed.into_iter().collect()
    }

    /// The folders that may be empty once the files are gone, each before those above it.
    pub fn emptied(&self, site: &LocalSite) -> Vec<&str> {
        let needed: BTreeSet<&str> = site.manifest.files.keys().flat_map(|path| folders_above(path)).collect();
        let left: BTreeSet<&str> = self.remove.iter().flat_map(|path| folders_above(path)).collect();
        left.into_iter().rev().filter(|folder| !needed.contains(folder)).collect()
    }
}

/// `a/b` and `a` of `a/b/c.html`.
pub fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_needs_comes_before_it() {
        let mut paths =
            ["thu-tuc/index.html", "sitemap.xml", "tinh/a.css.br", "thay-doi/feed.xml", "du-lieu/co-quan.json", ".htaccess", "index.html.gz", "tep/a.pdf"];
        paths.sort_by_key(|path| (Turn::of(path), *path));
        assert_eq!(
            paths,
            ["tep/a.pdf", "tinh/a.css.br", "du-lieu/co-quan.json", "index.html.gz", "thu-tuc/index.html", ".htaccess", "sitemap.xml", "thay-doi/feed.xml"]
        );
    }
}
