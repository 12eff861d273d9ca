//! What stands around every page: masthead and navigation above, contact and all sections below.
//! An owner (an agency or the province) is prepared once; its shell once per section and depth.

use std::sync::OnceLock;

use anyhow::Result;
use serde::Serialize;
use tera::{Context, Value};

use super::asset;
use super::page::{self, Crumb};
use super::path;
use super::site::Site;
use super::view::{ContactView, iso};
use crate::domain::Date;
use crate::source::Print;
use crate::theme::Lang;

/// An agency or the province: whose page it is.
#[derive(Debug, Clone)]
pub(super) struct Owner {
    pub name: String,
    /// For titles and narrow places.
    pub short_name: String,
    /// Its folder, empty at the root.
    pub base: String,
    /// The site above it, where it is not the site itself.
    pub parent: Option<Crumb>,
    pub sections: Vec<Section>,
    /// The sections of its English pages.
    pub english: &'static [Section],
    /// Its name in English, where it gave one.
    pub english_name: Option<String>,
    pub contact: ContactView,
    /// Where its content comes from a site of its own.
    pub taken: Option<Taken>,
}

/// A copy of what an agency says on its own site.
#[derive(Debug, Clone)]
pub(super) struct Taken {
    pub fetched_on: Date,
    /// The day of the last attempt, where it failed.
    pub failed_on: Option<Date>,
    /// Address of the site, where it has one on the web.
    pub address: Option<String>,
}

/// A section of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Section {
    /// Folder below the owner's.
    pub folder: &'static str,
    /// Print of its title in the word table.
    pub word: &'static str,
    pub place: SectionPlace,
}

/// Where a section is listed: at the top and below, or below only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SectionPlace {
    TopAndBottom,
    Bottom,
}

impl Section {
    /// A section listed above and below.
    pub const fn top(folder: &'static str, word: &'static str) -> Self {
        Self { folder, word, place: SectionPlace::TopAndBottom }
    }

    /// A section listed below only.
    pub const fn bottom(folder: &'static str, word: &'static str) -> Self {
        Self { folder, word, place: SectionPlace::Bottom }
    }
}

/// The shell of one section and one depth; its HTML is made when a page first needs it.
pub(super) struct Shell<'a> {
    owner: &'a Owner,
    stand: Stand,
    /// Stands for the HTML.
    pub key: Print,
    html: OnceLock<(Value, Value)>,
}

/// Where a page stands, as far as its shell depends on it.
#[derive(Debug, Clone)]
pub(super) struct Stand {
    /// What leads to the root of the site.
    pub root: String,
    /// Folder of the section, below the owner's.
    pub section: &'static str,
    pub lang: Lang,
    /// Folder of the same page in the other language.
    pub other_language: Option<String>,
}

#[derive(Serialize)]
struct ShellView<'a> {
    name: &'a str,
    /// Whether the name is Vietnamese on a page that is not.
    is_name_foreign: bool,
    home: String,
    parent: Option<Crumb>,
    is_parent_foreign: bool,
    emblem: Option<EmblemView<'a>>,
    nav: Vec<NavView<'a>>,
    sections: Vec<NavView<'a>>,
    translation: Option<String>,
    contact: &'a ContactView,
    is_sample: bool,
    is_part: bool,
    taken: Option<TakenView<'a>>,
    lead_unit: Option<&'a str>,
    license: Option<&'a str>,
}

/// Dates as written in content files.
#[derive(Serialize)]
struct TakenView<'a> {
    on: String,
    failed_on: Option<String>,
    address: Option<&'a str>,
}

#[derive(Serialize)]
struct EmblemView<'a> {
    href: String,
    alt: &'a str,
}

#[derive(Serialize)]
struct NavView<'a> {
    href: String,
    title: &'a str,
    is_current: bool,
}

impl Owner {
    /// The shell around pages of one section and depth.
    pub fn shell(&self, site: &Site<'_>, stand: Stand) -> Shell<'_> {
        let view = serde_json::to_vec(&self.shell_view(site, &stand)).expect("a shell holds only texts");
        let key = Print::of_pieces(&[&site.theme_key.0, &view, stand.root.as_bytes(), site.theme.words(stand.lang).code().as_bytes()]);
        Shell { owner: self, stand, key, html: OnceLock::new() }
    }

    /// The short name in a language.
    pub fn short(&self, lang: Lang) -> &str {
        self.english_name.as_deref().filter(|_| lang == Lang::En).unwrap_or(&self.short_name)
    }

    fn shell_view<'a>(&'a self, site: &'a Site<'_>, stand: &Stand) -> ShellView<'a> {
        let words = site.theme.words(stand.lang);
        let item = |section: &Section, title| NavView {
            href: path::page(&format!("{}{}", self.base, section.folder)),
            title,
            is_current: section.folder == stand.section,
        };
        let full = |section: &Section| item(section, words.text(section.word));
        // The narrow row at the top has shorter words where there are some: `nav_results` for `section_results`.
        let short = |section: &Section| item(section, words.get(&section.word.replace("section_", "nav_")).unwrap_or(words.text(section.word)));
        let is_english = stand.lang == Lang::En;
        let (sections, home) = if is_english { (self.english, "en/") } else { (self.sections.as_slice(), "") };
        let parent_title = |parent: &Crumb| site.config.title_en.clone().filter(|_| is_english).unwrap_or_else(|| parent.title.clone());
        ShellView {
            name: self.english_name.as_deref().filter(|_| is_english).unwrap_or(&self.name),
            is_name_foreign: is_english && self.english_name.is_none(),
            home: path::page(&format!("{}{home}", self.base)),
            parent: self.parent.as_ref().map(|parent| Crumb { href: path::page(home), title: parent_title(parent) }),
            is_parent_foreign: is_english && site.config.title_en.is_none(),
            emblem: asset::emblem(site).zip(site.config.emblem.as_ref()).map(|(href, emblem)| EmblemView { href, alt: &emblem.alt }),
            nav: sections.iter().filter(|section| section.place == SectionPlace::TopAndBottom).map(short).collect(),
            sections: sections.iter().map(full).collect(),
            translation: stand.other_language.as_deref().map(path::page),
            contact: &self.contact,
            taken: self.taken.as_ref().map(|taken| TakenView {
                on: taken.fetched_on.to_string(),
                failed_on: iso(taken.failed_on),
                address: taken.address.as_deref(),
            }),
            is_sample: site.config.is_sample,
            is_part: site.config.is_part,
            lead_unit: site.config.lead_unit.as_ref().map(|unit| unit.name.as_str()),
            license: site.config.license.as_deref(),
        }
    }
}

impl Shell<'_> {
    /// Whose page it is around.
    pub fn owner(&self) -> &Owner {
        self.owner
    }

    /// What leads to the root of the site.
    pub fn root(&self) -> &str {
        &self.stand.root
    }

    /// What stands above and below the page.
    pub fn html(&self, site: &Site<'_>) -> Result<(Value, Value)> {
        if let Some(html) = self.html.get() {
            return Ok(html.clone());
        }
        let mut context = page::context(site, &self.stand.root, self.stand.lang);
        context.insert("shell", &self.owner.shell_view(site, &self.stand));
        let made = (html(site, "shell/top.html", &context)?, html(site, "shell/bottom.html", &context)?);
        Ok(self.html.get_or_init(|| made).clone())
    }
}

/// A template as a value that needs no escaping any more.
pub(super) fn html(site: &Site<'_>, template: &str, context: &Context) -> Result<Value> {
    Ok(Value::safe_string(&site.theme.render_text(template, context)?))
}
