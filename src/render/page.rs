//! One page: its head, its shell and its view, rendered and handed on.

use anyhow::Result;
use serde::Serialize;
use tera::{Context, Value};

use super::path;
use super::shell::{Owner, Shell, Stand};
use super::site::Site;
use super::sitemap::Address;
use crate::domain::Date;
use crate::theme::Lang;

/// What a page says about itself, apart from its view.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub template: &'static str,
    /// Folder from the root of the site.
    pub folder: String,
    /// Folder of its section, below the owner's.
    pub section: &'static str,
    pub title: String,
    pub description: String,
    /// The way from the home page, without the page itself.
    pub crumbs: Vec<Crumb>,
    /// Only from a date in the content.
    pub updated_on: Option<Date>,
    pub listing: Listing,
    pub lang: Lang,
}

/// Whether search engines may list a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Listing {
    Listed,
    Unlisted,
}

/// A link of the breadcrumb, from the root of the site.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Crumb {
    pub href: String,
    pub title: String,
}

#[derive(Serialize)]
struct HeadView<'a> {
    title: &'a str,
    owner: &'a str,
    description: &'a str,
    canonical: Option<String>,
    is_unlisted: bool,
    crumbs: &'a [Crumb],
    stylesheet: &'a str,
}

impl Head {
    /// A listed Vietnamese page of an owner.
    pub fn new(template: &'static str, folder: String, section: &'static str, title: impl Into<String>) -> Self {
        let title = title.into();
        Self { template, folder, section, description: title.clone(), title, crumbs: Vec::new(), updated_on: None, listing: Listing::Listed, lang: Lang::Vi }
    }

    /// With another description than its title.
    pub fn described(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// With the way that leads to it.
    pub fn below(mut self, crumbs: Vec<Crumb>) -> Self {
        self.crumbs = crumbs;
        self
    }

    /// With the date of its content.
    pub fn updated(mut self, on: Option<Date>) -> Self {
        self.updated_on = on;
        self
    }
}

/// Renders a page with a shell of its own.
pub(super) fn write(site: &Site<'_>, owner: &Owner, head: &Head, view: &impl Serialize) -> Result<()> {
    let root = path::up(&head.folder);
    let shell = owner.shell(site, &Stand { root: &root, section: head.section, lang: head.lang })?;
    let mut context = context(site, &root, head.lang)?;
    context.insert_value("view", Value::try_from_serializable(view)?);
    write_in(site, owner, head, &shell, context)
}

/// The context that all pages of a depth and language begin with.
pub(super) fn context(site: &Site<'_>, root: &str, lang: Lang) -> Result<Context> {
    let words = site.theme.words(lang);
    let mut context = Context::new();
    context.insert_value("root", Value::from(root));
    context.insert_value("lang", Value::from(words.code()));
    context.insert_value("t", words.value());
    Ok(context)
}

/// Renders a page in a shell that other pages share, and hands it on.
pub(super) fn write_in(site: &Site<'_>, owner: &Owner, head: &Head, shell: &Shell, context: Context) -> Result<()> {
    let body = render(site, owner, head, shell, context)?;
    let address = (head.listing == Listing::Listed).then(|| Address { folder: head.folder.clone(), updated_on: head.updated_on });
    site.write_page(&head.folder, body, address)
}

/// Renders a page in a shell that other pages share.
pub(super) fn render(site: &Site<'_>, owner: &Owner, head: &Head, shell: &Shell, mut context: Context) -> Result<Vec<u8>> {
    let is_listed = head.listing == Listing::Listed;
    let base_url = &site.config.base_url;
    let page = HeadView {
        title: &head.title,
        owner: if head.title == owner.short_name { "" } else { &owner.short_name },
        description: &head.description,
        canonical: (is_listed && !base_url.is_empty()).then(|| format!("{base_url}{}", head.folder)),
        is_unlisted: !is_listed,
        crumbs: &head.crumbs,
        stylesheet: &site.stylesheet,
    };
    context.insert_value("page", Value::try_from_serializable(&page)?);
    context.insert_value("top", shell.top.clone());
    context.insert_value("bottom", shell.bottom.clone());
    site.theme.render(head.template, &context)
}
