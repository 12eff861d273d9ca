//! Pages of free text, the page that tells what a declaration is, and the page for addresses that do not exist.

use anyhow::Result;
use serde::Serialize;

use super::page::{self, Crumb, Head, Listing};
use super::path;
use super::search::SearchScope;
use super::shell::{Owner, Stand};
use super::site::Site;
use super::view::{ContactView, FreePageView, LinkView, iso};
use crate::domain::vocabulary::Visibility;
use crate::domain::{FreePage, Redirect};
use crate::markdown::{PageFrame, to_html};
use crate::theme::Lang;

/// Where it is told what a declaration means.
pub(super) const ABOUT: &str = "gioi-thieu/";

/// Writes them for the owner of the root.
pub(super) fn write(site: &Site<'_>, owner: &Owner) -> Result<()> {
    for free_page in public(site) {
        write_page(site, owner, free_page)?;
    }
    about(site, owner)?;
    site.register.redirects.iter().filter(|redirect| redirect.is_page() && !redirect.from.is_empty()).try_for_each(|redirect| moved(site, owner, redirect))?;
    not_found(site, owner)
}

fn about(site: &Site<'_>, owner: &Owner) -> Result<()> {
    let words = site.words();
    let home = Crumb { href: path::page(""), title: words.text("home").to_owned() };
    let head = Head::new("about.html", ABOUT.to_owned(), ABOUT, words.text("section_about")).described(words.text("about_about")).below(vec![home]);
    page::write(site, owner, &head, || &owner.contact)
}

/// What is left at an address that moved: a link, and the new address for search engines.
fn moved(site: &Site<'_>, owner: &Owner, redirect: &Redirect) -> Result<()> {
    // Where it led to may have moved on.
    let onward = redirect.is_inside().then(|| site.now_at(&redirect.to)).flatten();
    let redirect = &Redirect { to: onward.unwrap_or_else(|| redirect.to.clone()), ..redirect.clone() };
    let (head, view) = moved_page(site, redirect);
    page::write(site, owner, &head, || view)
}

/// The head and the view of the page at an address that moved.
pub(super) fn moved_page(site: &Site<'_>, redirect: &Redirect) -> (Head, LinkView) {
    let file = redirect.from_file();
    let folder = file.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let mut head = Head::new("moved.html", folder, "", site.words().text("moved_title"));
    head.listing = Listing::Unlisted;
    head.moved_to = Some(redirect.to.clone());
    head.file = Some(file);
    let root = path::up(&head.folder);
    let href = if redirect.is_inside() { format!("{root}{}", redirect.to_file()) } else { redirect.to.clone() };
    let title = site.config.base_url.is_empty().then(|| format!("/{}", redirect.to));
    let title = title.unwrap_or_else(|| if redirect.is_inside() { format!("{}{}", site.config.base_url, redirect.to) } else { redirect.to.clone() });
    (head, LinkView { href: Some(href), title })
}

/// The free pages to show, in their order.
pub(super) fn public<'a>(site: &Site<'a>) -> Vec<&'a FreePage> {
    let mut pages: Vec<&FreePage> = site.register.pages.iter().filter(|page| page.visibility == Visibility::Public).collect();
    pages.sort_by(|left, right| left.order.cmp(&right.order).then_with(|| site.order.compare(&left.title, &right.title)));
    pages
}

/// Links to the free pages.
pub(super) fn links(site: &Site<'_>) -> Vec<LinkView> {
    public(site).into_iter().map(|page| LinkView { href: Some(path::page(&path::free_page(&page.slug))), title: page.title.clone() }).collect()
}

fn write_page(site: &Site<'_>, owner: &Owner, free_page: &FreePage) -> Result<()> {
    let home = Crumb { href: path::page(""), title: site.words().text("home").to_owned() };
    let head = Head::new("free.html", path::free_page(&free_page.slug), "trang/", free_page.title.clone())
        .described(free_page.summary.clone().unwrap_or_else(|| free_page.title.clone()))
        .below(vec![home])
        .updated(free_page.reviewed_on);
    let root = path::up(&head.folder);
    let link = |target: &str| {
        let other = target.trim_start_matches("./").strip_suffix(".md")?;
        let found = public(site).into_iter().find(|page| page.slug == other)?;
        Some(format!("{root}{}", path::page(&path::free_page(&found.slug))))
    };
    let view = || FreePageView {
        title: &free_page.title,
        summary: free_page.summary.as_deref(),
        body_html: to_html(&free_page.body.text, &PageFrame { top_heading: 2, link: &link }),
        reviewed_on: iso(free_page.reviewed_on),
    };
    page::write(site, owner, &head, view)
}

#[derive(Serialize)]
struct NotFoundView {
    href_home: String,
    contact: ContactView,
    /// The lists of procedures: by field, and A to Z.
    href_fields: String,
    href_letters: String,
}

/// `404.html` is shown at any depth: its links begin at the path of the site's own address.
fn not_found(site: &Site<'_>, owner: &Owner) -> Result<()> {
    let words = site.words();
    let root = path::base_path(&site.config.base_url);
    let shell = owner.shell(site, Stand { root: root.to_owned(), section: "404", lang: Lang::Vi, other_language: None });
    let view = NotFoundView {
        href_home: path::page(&owner.base),
        contact: owner.contact.clone(),
        href_fields: path::page(&format!("{}thu-tuc/", owner.base)),
        href_letters: path::page(&format!("{}thu-tuc/a-z/", owner.base)),
    };
    let mut head = Head::new("not_found.html", String::new(), "404", words.text("not_found_title")).searching(SearchScope::Site);
    head.listing = Listing::Unlisted;
    head.file = Some("404.html".to_owned());
    if !site.takes_page(&head) {
        return Ok(());
    }
    page::write_view(site, &head, &shell, &view)
}
