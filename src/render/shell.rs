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
use super::view::ContactView;
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
    pub contact: ContactView,
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
}

#[derive(Serialize)]
struct ShellView<'a> {
    name: &'a str,
    home: String,
    parent: Option<&'a Crumb>,
    emblem: Option<EmblemView<'a>>,
    nav: Vec<NavView<'a>>,
    sections: Vec<NavView<'a>>,
    translation: Option<String>,
    contact: &'a ContactView,
    is_sample: bool,
    lead_unit: Option<&'a str>,
    license: Option<&'a str>,
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

    fn shell_view<'a>(&'a self, site: &'a Site<'_>, stand: &Stand) -> ShellView<'a> {
        let item = |section: &Section, title| NavView {
            href: path::page(&format!("{}{}", self.base, section.folder)),
            title,
            is_current: section.folder == stand.section,
        };
        let full = |section: &Section| item(section, site.words().text(section.word));
        // The narrow row at the top has shorter words where there are some: `nav_results` for `section_results`.
        let short = |section: &Section| item(section, site.words().get(&section.word.replace("section_", "nav_")).unwrap_or(site.words().text(section.word)));
        let other_language = if stand.lang == Lang::Vi { "en/" } else { "" };
        ShellView {
            name: &self.name,
            home: path::page(&self.base),
            parent: self.parent.as_ref(),
            emblem: asset::emblem(site).zip(site.config.emblem.as_ref()).map(|(href, emblem)| EmblemView { href, alt: &emblem.alt }),
            nav: self.sections.iter().filter(|section| section.place == SectionPlace::TopAndBottom).map(short).collect(),
            sections: self.sections.iter().map(full).collect(),
            translation: site.config.has_english().then(|| path::page(&format!("{}{other_language}", self.base))),
            contact: &self.contact,
            is_sample: site.config.is_sample,
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
