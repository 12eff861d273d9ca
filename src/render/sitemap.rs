//! `sitemap.xml` and `robots.txt`: absolute addresses, so only where the site knows its own.

use std::fmt::Write as _;

use anyhow::Result;

use super::site::Site;
use crate::domain::Date;
use crate::markdown::escape;

/// Most addresses of one file. The protocol allows 50,000; a smaller map takes less memory while it is made.
const ADDRESSES_PER_FILE: usize = 10_000;

/// A page that search engines may list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Address {
    pub folder: Box<str>,
    /// A real date of the content; `None` where there is none.
    pub updated_on: Option<Date>,
}

/// Writes `robots.txt`, and the site map where `base_url` is known.
pub(super) fn write(site: &Site<'_>) -> Result<()> {
    let base = &site.config.base_url;
    let mut robots = String::from("User-agent: *\nAllow: /\n");
    if !base.is_empty() {
        robots.push_str(&format!("Sitemap: {base}sitemap.xml\n"));
        write_maps(site, base)?;
    }
    site.write_bytes("robots.txt".to_owned(), robots.into_bytes())
}

fn write_maps(site: &Site<'_>, base: &str) -> Result<()> {
    let addresses = site.addresses();
    if addresses.len() <= ADDRESSES_PER_FILE {
        return site.write_bytes("sitemap.xml".to_owned(), map(base, &addresses));
    }
    let mut index = header("sitemapindex");
    for (number, part) in addresses.chunks(ADDRESSES_PER_FILE).enumerate() {
        let name = format!("sitemap-{}.xml", number + 1);
        site.write_bytes(name.clone(), map(base, part))?;
        index.push_str(&format!("<sitemap><loc>{}</loc></sitemap>\n", escape(&format!("{base}{name}"))));
    }
    index.push_str("</sitemapindex>\n");
    site.write_bytes("sitemap.xml".to_owned(), index.into_bytes())
}

fn map(base: &str, addresses: &[Address]) -> Vec<u8> {
    let base = escape(base);
    let mut map = header("urlset");
    for Address { folder, updated_on } in addresses {
        let updated = updated_on.map(|date| format!("<lastmod>{date}</lastmod>")).unwrap_or_default();
        let _ = writeln!(map, "<url><loc>{base}{}</loc>{updated}</url>", escape(folder));
    }
    map.push_str("</urlset>\n");
    map.into_bytes()
}

fn header(root: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n")
}
