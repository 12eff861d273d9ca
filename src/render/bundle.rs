//! The site of one agency as a bundle that somebody carries away: everything is found inside it, from a disk too.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use serde::Serialize;

use super::agency_site::AgencySite;
use super::page::{self, Head, Listing};
use super::shell::Stand;
use super::site::{Arrangement, Site};
use super::{Previous, RenderSummary, attachment, collision, path, province_pages};
use crate::config::Config;
use crate::domain::{Agency, AgencyId, Register};
use crate::origin::{Origin, Place};
use crate::output::{Fill, OutputFile, Sink};
use crate::source::Print;
use crate::theme::{Lang, Theme};

/// The page to begin with, at the top of a bundle.
pub const BUNDLE_START: &str = "MO-TRANG.html";

/// Something beside the site in a bundle.
pub struct Enclosure {
    /// Path in the bundle.
    pub path: String,
    /// What it is called on the first page.
    pub title: String,
    pub bytes: Vec<u8>,
}

/// Reduces a site to that of one agency and, where it shares the quality system of another one, that of the other one too.
/// The pages of an agency that stands alone lie at the root; their address is still that of the agency in the whole site.
pub fn reduce_to(register: &mut Register, config: &mut Config, agency: &Agency) {
    let kept = BTreeSet::from([agency.id.clone(), agency.qms.clone()]);
    let all = register.agencies.len();
    register.keep_only(&kept);
    config.hosting.clear();
    if register.agencies.len() == all {
        return;
    }
    if register.agencies.len() > 1 {
        config.is_part = true;
        return;
    }
    config.title = agency.name.clone();
    config.title_en = agency.name_en.clone();
    if !config.base_url.is_empty() {
        config.base_url.push_str(&path::agency(&agency.id));
    }
}

/// Renders a site that was reduced to an agency, what is enclosed, and the page to begin with.
pub fn render_bundle(
    register: &Register,
    config: &Config,
    theme: &Theme,
    agency: &AgencyId,
    enclosures: Vec<Enclosure>,
    sink: &dyn Sink,
) -> Result<RenderSummary> {
    let sink = Carried(sink);
    let (arrangement, previous) = (Arrangement::new(register), Previous::default());
    let site = Site::new(register, config, theme, &arrangement, &previous, &sink)?;
    collision::check(&site)?;
    super::write(&site)?;
    let agency = register.agencies.get(agency).context("cơ quan không có trong gói")?;
    write_start(&site, agency, &enclosures)?;
    enclosures.into_iter().try_for_each(|enclosure| site.write_bytes(enclosure.path, enclosure.bytes))?;
    Ok(site.summary())
}

#[derive(Serialize)]
struct StartView<'a> {
    name: &'a str,
    as_of: String,
    /// From the top of the bundle.
    href: String,
    /// The agency that answers for the quality system, where it is another one: its pages are there too.
    shared_with: Option<&'a str>,
    /// Address of these pages on the web.
    address: Option<String>,
    enclosures: Vec<EnclosureView<'a>>,
}

#[derive(Serialize)]
struct EnclosureView<'a> {
    href: &'a str,
    title: &'a str,
}

fn write_start(site: &Site<'_>, agency: &Agency, enclosures: &[Enclosure]) -> Result<()> {
    let pages = AgencySite::new(site, agency);
    let owner = if site.is_province() { province_pages::owner(site) } else { pages.owner.clone() };
    let mut head = Head::new("bundle.html", String::new(), "bundle", site.words().text("bundle_title"));
    head.listing = Listing::Unlisted;
    head.file = Some(BUNDLE_START.to_owned());
    if !site.takes_page(&head) {
        return Ok(());
    }
    let shell = owner.shell(site, Stand { root: String::new(), section: head.section, lang: Lang::Vi, other_language: None });
    let view = StartView {
        name: &agency.name,
        as_of: site.today().to_string(),
        href: pages.href(""),
        shared_with: pages.system_owner.map(|owner| owner.name.as_str()),
        address: (!site.config.base_url.is_empty()).then(|| format!("{}{}", site.config.base_url, pages.base)),
        enclosures: enclosures.iter().map(|one| EnclosureView { href: &one.path, title: &one.title }).collect(),
    };
    page::write_view(site, &head, &shell, &view)
}

/// Takes everything but what only a web server or a search engine asks for.
struct Carried<'s>(&'s dyn Sink);

impl Sink for Carried<'_> {
    fn wants(&self, path: &str) -> bool {
        let is_for_servers = ["404.html", "robots.txt"].contains(&path) || (path.starts_with("sitemap") && path.ends_with(".xml"));
        !is_for_servers && self.0.wants(path)
    }

    fn wants_below(&self, folder: &str) -> bool {
        self.0.wants_below(folder)
    }

    fn reuse(&self, path: &str, key: &Print) -> Result<bool> {
        self.0.reuse(path, key)
    }

    fn write(&self, file: OutputFile, key: &Print) -> Result<()> {
        self.0.write(file, key)
    }

    fn write_pieces(&self, path: &str, key: Option<&Print>, fill: &Fill<'_>) -> Result<Print> {
        self.0.write_pieces(path, key, fill)
    }
}

/// What an agency keeps to itself: internal documents and processes, drafts, and files that nothing public leads to.
pub struct Withheld {
    folder: String,
    /// Values of content files, and whole files.
    places: Vec<Origin>,
    /// Codes, titles and files that would tell of them.
    names: Vec<String>,
    public_files: BTreeSet<String>,
}

impl Withheld {
    /// What this agency keeps to itself.
    pub fn of(register: &Register, agency: &Agency) -> Self {
        let records = register.records(&agency.id);
        let documents: Vec<_> = records.documents.internal.iter().filter(|document| !attachment::is_public(document)).collect();
        let processes: Vec<_> = records.work_processes.iter().filter(|process| !process.is_public()).collect();
        let of_documents = documents.iter().flat_map(|document| [Some(&document.code), Some(&document.title), document.file.as_ref()]).flatten();
        let of_processes = processes.iter().flat_map(|process| [&process.code, &process.title, &process.slug]);
        let mut names: Vec<String> = of_documents.chain(of_processes).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
        let public_files: BTreeSet<String> = attachment::published(register, agency).iter().map(|file| file.path.to_string()).collect();
        let folder = format!("content/agencies/{}/files/", agency.id);
        let all = register.attachments.keys().filter(|path| path.starts_with(&folder) && !public_files.contains(&***path));
        names.extend(all.filter_map(|path| path.rsplit('/').next()).map(str::to_owned));
        let whole = processes.iter().map(|process| Origin::file(process.origin.file.clone()));
        let places = documents.iter().map(|document| document.origin.clone()).chain(whole).collect();
        Self { folder, places, names, public_files }
    }

    /// Whether something at this place is kept to itself.
    pub fn holds(&self, origin: &Origin) -> bool {
        let is_hidden_file = origin.file.starts_with(&self.folder) && !self.public_files.contains(&*origin.file);
        is_hidden_file || self.places.iter().any(|place| is_within(origin, place))
    }

    /// Whether a text tells of something that is kept to itself.
    pub fn is_told_by(&self, text: &str) -> bool {
        self.names.iter().any(|name| text.contains(name.as_str()))
    }
}

fn is_within(origin: &Origin, place: &Origin) -> bool {
    if origin.file != place.file {
        return false;
    }
    match (&origin.place, &place.place) {
        (_, Place::Whole) => true,
        (Place::Value(path) | Place::Key(path), Place::Value(outer)) => {
            path.strip_prefix(outer.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        }
        // A place in the text of a list: nobody knows in which of its entries.
        (Place::Position { .. }, _) => true,
        _ => false,
    }
}
