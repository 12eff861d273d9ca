//! One page: its head, its shell and its view, rendered and handed on unless an earlier one still holds.

use anyhow::Result;
use serde::Serialize;
use tera::{Context, Value};

use super::search::{self, SearchScope, SearchView};
use super::shell::{Owner, Shell, Stand};
use super::site::Site;
use super::structured::{self, About, Block};
use super::{asset, changes, data, english, path};
use crate::domain::Date;
use crate::markdown::is_external;
use crate::output::OutputBody;
use crate::source::Print;
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
    /// The page that this one only leads to, from the root of the site or in full.
    pub moved_to: Option<String>,
    pub lang: Lang,
    /// The file where it is not the `index.html` of the folder.
    pub file: Option<String>,
    /// Where it has a search box.
    pub search: Option<SearchScope>,
    pub about: About,
    /// The data of the page, from the root of the site.
    pub data: Option<String>,
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
    search: Option<SearchView>,
    updated_on: Option<Date>,
    site: &'a str,
    /// The feed of changes.
    feed: String,
    /// The same page in each language, where there are both.
    languages: Option<Languages>,
    /// Only on the home page of the site.
    manifest: Option<&'static str>,
    data: Option<&'a str>,
}

/// Addresses of a page in each language.
#[derive(Serialize)]
struct Languages {
    vi: String,
    en: String,
}

impl<'a> HeadView<'a> {
    fn new(site: &'a Site<'_>, head: &'a Head, shell: &'a Shell<'_>) -> Result<Self> {
        let owner = shell.owner();
        let is_listed = head.listing == Listing::Listed;
        let base_url = &site.config.base_url;
        Ok(Self {
            title: &head.title,
            owner: if head.title == owner.short(head.lang) { "" } else { owner.short(head.lang) },
            description: &head.description,
            canonical: match &head.moved_to {
                Some(to) if is_external(to) => Some(to.clone()),
                Some(to) => (!base_url.is_empty()).then(|| format!("{base_url}{to}")),
                None => (is_listed && !base_url.is_empty()).then(|| format!("{base_url}{}", head.folder)),
            },
            is_unlisted: !is_listed && head.moved_to.is_none(),
            crumbs: &head.crumbs,
            stylesheet: &site.stylesheet,
            search: head.search.as_ref().map(|scope| search::view(site, scope)).transpose()?,
            updated_on: head.updated_on,
            site: &site.config.title,
            languages: languages(site, head, owner),
            manifest: (head.folder.is_empty() && is_listed).then_some(asset::MANIFEST),
            feed: changes::feed_path(owner),
            data: head.data.as_deref(),
        })
    }
}

impl Head {
    /// A listed Vietnamese page of an owner.
    pub fn new(template: &'static str, folder: String, section: &'static str, title: impl Into<String>) -> Self {
        let title = title.into();
        Self {
            template,
            folder,
            section,
            description: title.clone(),
            title,
            crumbs: Vec::new(),
            updated_on: None,
            listing: Listing::Listed,
            moved_to: None,
            lang: Lang::Vi,
            file: None,
            search: None,
            about: About::Nothing,
            data: None,
        }
    }

    /// With its data beside it.
    pub fn with_data(self) -> Self {
        let data = Some(data::beside(&self.folder));
        Self { data, ..self }
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

    /// With a search box.
    pub fn searching(mut self, scope: SearchScope) -> Self {
        self.search = Some(scope);
        self
    }

    /// With what it is about.
    pub fn about(mut self, about: About) -> Self {
        self.about = about;
        self
    }

    /// With the date of its content.
    pub fn updated(mut self, on: Option<Date>) -> Self {
        self.updated_on = on;
        self
    }
}

/// Makes a page with a shell of its own, if somebody asks for it.
pub(super) fn write<V: Serialize>(site: &Site<'_>, owner: &Owner, head: &Head, view: impl FnOnce() -> V) -> Result<()> {
    if !site.takes_page(head) {
        return Ok(());
    }
    let other_language = english::counterpart(site, owner, head).map(|(_, folder)| folder);
    let shell = owner.shell(site, Stand { root: path::up(&head.folder), section: head.section, lang: head.lang, other_language });
    write_view(site, head, &shell, &view())
}

/// Makes a page, in a shell that others share, from its view alone.
pub(super) fn write_view(site: &Site<'_>, head: &Head, shell: &Shell<'_>, view: &impl Serialize) -> Result<()> {
    let key = key(site, head, shell, view)?;
    make(site, head, shell, &key, |context| {
        context.insert_value("view", Value::try_from_serializable(view)?);
        Ok(())
    })
}

/// The key of a page: what stands in its view or for it, with everything around it.
pub(super) fn key(site: &Site<'_>, head: &Head, shell: &Shell<'_>, view: &impl Serialize) -> Result<Print> {
    let page = HeadView::new(site, head, shell)?;
    let view = serde_json::to_vec(&(view, page))?;
    Ok(Print::of_pieces(&[&site.theme_key.0, &shell.key.0, head.template.as_bytes(), &view]))
}

/// Makes a page unless the one of an earlier build still holds. `fill` puts its view into the context.
pub(super) fn make(site: &Site<'_>, head: &Head, shell: &Shell<'_>, key: &Print, fill: impl FnOnce(&mut Context) -> Result<()>) -> Result<()> {
    let file = head.file.clone().unwrap_or_else(|| path::page(&head.folder));
    if site.reuse(&file, key)? {
        return Ok(());
    }
    let mut context = context(site, shell.root(), head.lang);
    fill(&mut context)?;
    let (top, bottom) = shell.html(site)?;
    context.insert_value("page", Value::try_from_serializable(&HeadView::new(site, head, shell)?)?);
    let Block { json, source } = structured(site, head, shell)?;
    context.insert_value("structured", Value::safe_string(&json));
    context.insert_value("structured_source", Value::safe_string(&source));
    context.insert_value("top", top);
    context.insert_value("bottom", bottom);
    site.write_file(file, OutputBody::Bytes(site.theme.render(head.template, &context)?), key)
}

/// What the page says about itself: only where search engines may list it.
fn structured(site: &Site<'_>, head: &Head, shell: &Shell<'_>) -> Result<Block> {
    match head.listing {
        Listing::Listed => structured::block(site, head, shell.owner()),
        Listing::Unlisted => Ok(Block { json: String::new(), source: String::new() }),
    }
}

/// The addresses of a page that stands in both languages.
fn languages(site: &Site<'_>, head: &Head, owner: &Owner) -> Option<Languages> {
    let base_url = &site.config.base_url;
    if base_url.is_empty() || head.listing != Listing::Listed {
        return None;
    }
    let (lang, folder) = english::counterpart(site, owner, head)?;
    let (own, other) = (format!("{base_url}{}", head.folder), format!("{base_url}{folder}"));
    Some(if lang == Lang::En { Languages { vi: own, en: other } } else { Languages { vi: other, en: own } })
}

/// The context that all pages of a depth and language begin with.
pub(super) fn context(site: &Site<'_>, root: &str, lang: Lang) -> Context {
    let words = site.theme.words(lang);
    let mut context = Context::new();
    context.insert_value("root", Value::from(root));
    context.insert_value("lang", Value::from(words.code()));
    context.insert_value("t", words.value());
    context.insert_value("icons", site.icons.value());
    context
}
