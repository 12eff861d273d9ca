//! One agency's part of the site: its records, its current declaration and its shell, prepared once.

use std::sync::OnceLock;

use super::attachment;
use super::english;
use super::free_pages;
use super::page::{Crumb, Head};
use super::path;
use super::search::SearchScope;
use super::shell::{Owner, Section, Taken};
use super::site::Site;
use super::view::{ContactView, FileView, LinkView};
use crate::domain::{AdministrativeProcedure, Agency, AgencyRecords, Declaration, LocalService, Markdown, ProcedureCode, QualitySystem, Register, WorkProcess};
use crate::markdown::{PageFrame, to_html};

/// The sections of every agency, in order.
pub(super) static SECTIONS: &[Section] = &[
    Section::top("thu-tuc/", "section_procedures"),
    Section::top("cong-bo/", "section_declaration"),
    Section::bottom("chinh-sach-chat-luong/", "section_policy"),
    Section::bottom("muc-tieu-chat-luong/", "section_objectives"),
    Section::bottom("quy-trinh/", "section_processes"),
    Section::bottom("tai-lieu/", "section_documents"),
    Section::top("ket-qua/", "section_results"),
    Section::top("kiem-tra/", "section_evidence"),
    Section::bottom("niem-yet/", "section_posting"),
    Section::bottom("thay-doi/", "section_changes"),
    Section::bottom("du-lieu/", "section_data"),
    Section::top("lien-he/", "section_contact"),
    Section::bottom("tro-nang/", "section_accessibility"),
    Section::bottom("so-do/", "section_map"),
];

/// The sections of an agency. Where it is the only one, what a declaration means is told on a page of its own.
fn sections(site: &Site<'_>) -> Vec<Section> {
    let mut sections = SECTIONS.to_vec();
    if !site.is_province() {
        sections.insert(sections.len() - 2, Section::bottom(free_pages::ABOUT, "section_about"));
    }
    sections
}

/// How new the copy of an agency with a site of its own is.
fn taken(register: &Register, agency: &Agency) -> Option<Taken> {
    let feed = register.federation.get(&agency.id)?;
    let copy = feed.copy.as_ref()?;
    let is_web = copy.source.starts_with("https://") || copy.source.starts_with("http://");
    let address = if is_web { Some(copy.source.clone()) } else { agency.website.clone() };
    Some(Taken { fetched_on: copy.fetched_on, failed_on: feed.failed_on, address })
}

/// An agency with everything its pages draw on.
pub(super) struct AgencySite<'a> {
    pub site: &'a Site<'a>,
    pub agency: &'a Agency,
    pub records: &'a AgencyRecords,
    pub system: Option<&'a QualitySystem>,
    /// The agency that answers for the quality system, where it is another one.
    pub system_owner: Option<&'a Agency>,
    pub current: Option<&'a Declaration>,
    /// What it is competent for, by name. Where it did not say: what it declared.
    pub procedures: Vec<&'a AdministrativeProcedure>,
    /// Its folder, empty at the root.
    pub base: String,
    pub owner: Owner,
    /// SHA-256 of what the sheets of its procedures say beside the catalogue, where it says the same for all.
    pub sheet_digest: OnceLock<[u8; 32]>,
}

impl<'a> AgencySite<'a> {
    pub fn new(site: &'a Site<'a>, agency: &'a Agency) -> Self {
        let register = site.register;
        let system = register.quality_system(agency);
        let standing = site.standing(&agency.id);
        let base = site.agency_folder(agency);
        let parent = site.is_province().then(|| Crumb { href: path::page(""), title: site.config.title.clone() });
        let owner = Owner {
            name: agency.name.clone(),
            short_name: agency.short().to_owned(),
            base: base.clone(),
            parent,
            sections: sections(site),
            english: english::AGENCY_SECTIONS,
            english_name: agency.name_en.clone(),
            contact: ContactView::of_agency(agency, &site.config.feedback_url),
            taken: taken(register, agency),
        };
        Self {
            site,
            agency,
            records: register.records(&agency.id),
            system,
            system_owner: if agency.qms == agency.id { None } else { register.agencies.get(&agency.qms) },
            current: standing.current,
            procedures: standing.ranks.iter().map(|rank| site.catalogue[*rank].procedure).collect(),
            base,
            owner,
            sheet_digest: OnceLock::new(),
        }
    }

    /// A folder of the agency.
    pub fn folder(&self, inner: &str) -> String {
        format!("{}{inner}", self.base)
    }

    /// The page of a folder of the agency.
    pub fn href(&self, inner: &str) -> String {
        path::page(&self.folder(inner))
    }

    /// The head of a page in a section; its breadcrumb leads through the section unless it is its first page.
    pub fn head(&self, template: &'static str, section: &'static str, inner: &str, title: impl Into<String>) -> Head {
        let mut crumbs = self.crumbs();
        if inner != section {
            crumbs.push(self.section_crumb(section));
        }
        Head::new(template, self.folder(inner), section, title).below(crumbs)
    }

    /// The way to the agency's home.
    pub fn crumbs(&self) -> Vec<Crumb> {
        let words = self.site.words();
        if !self.site.is_province() {
            return vec![Crumb { href: self.href(""), title: words.text("home").to_owned() }];
        }
        vec![
            Crumb { href: path::page(""), title: words.text("home").to_owned() },
            Crumb { href: path::page("co-quan/"), title: words.text("section_agencies").to_owned() },
            Crumb { href: self.href(""), title: self.agency.short().to_owned() },
        ]
    }

    fn section_crumb(&self, section: &str) -> Crumb {
        let word = SECTIONS.iter().find(|known| known.folder == section).map_or("home", |known| known.word);
        Crumb { href: self.href(section), title: self.site.words().text(word).to_owned() }
    }

    /// What its search boxes look at first.
    pub fn search_scope(&self) -> SearchScope {
        if self.site.is_province() { SearchScope::Agency(self.agency.id.clone()) } else { SearchScope::Site }
    }

    /// Whether the agency has a page about a procedure.
    pub fn has_page(&self, code: &ProcedureCode) -> bool {
        self.site.standing(&self.agency.id).ranks.binary_search(&self.site.rank(code)).is_ok()
    }

    /// What the agency adds to a procedure.
    pub fn local_service(&self, procedure: &AdministrativeProcedure) -> Option<&'a LocalService> {
        self.agency.local_services.iter().find(|service| service.code == procedure.code)
    }

    /// The best page about a procedure: the agency's, else the province's.
    pub fn procedure_link(&self, procedure: &AdministrativeProcedure) -> Option<String> {
        let folder = self.site.procedure_folder(&procedure.code);
        if self.has_page(&procedure.code) {
            return Some(self.href(folder));
        }
        self.site.is_province().then(|| path::page(folder))
    }

    /// A file that a record of the agency links to.
    pub fn file(&self, target: &str, name: &str) -> Option<FileView> {
        let attachment = attachment::find(self.site.register, self.agency, target)?;
        let href = self.folder(&path::attachment(attachment::in_agency(self.agency, &attachment.path)));
        Some(FileView::new(attachment, href, name))
    }

    /// The HTML of a text of the agency, its highest heading at level `top`, on a page `root` below the root.
    pub fn html(&self, text: &Markdown, top_heading: u8, root: &str) -> String {
        let link = |target: &str| Some(format!("{root}{}", self.text_link(target)?));
        to_html(&text.text, &PageFrame { top_heading, link: &link })
    }

    /// The page or file behind a relative link of the agency's content files.
    fn text_link(&self, target: &str) -> Option<String> {
        let target = target.split('#').next().unwrap_or(target).trim_start_matches("./").trim_start_matches("../");
        if let Some(attachment) = attachment::find(self.site.register, self.agency, target) {
            return Some(self.folder(&path::attachment(attachment::in_agency(self.agency, &attachment.path))));
        }
        if target == "quality-policy.md" {
            return Some(self.href("chinh-sach-chat-luong/"));
        }
        let process = target.strip_prefix("work-processes/").unwrap_or(target).strip_suffix(".md")?;
        let found = self.records.work_processes.iter().find(|candidate| candidate.slug == process && candidate.is_public())?;
        Some(self.href(&path::work_process(found)))
    }

    /// The home of another agency.
    pub fn agency_link(&self, agency: &Agency) -> LinkView {
        LinkView { href: Some(path::page(&self.site.agency_folder(agency))), title: agency.name.clone() }
    }

    /// The same section of the agency that answers for the quality system, where it is another one.
    pub fn shared_link(&self, section: &str) -> Option<LinkView> {
        let owner = self.system_owner?;
        Some(LinkView { href: Some(path::page(&format!("{}{section}", self.site.agency_folder(owner)))), title: owner.name.clone() })
    }

    /// The page of another year.
    pub fn year_link(&self, section: &str, year: i16) -> LinkView {
        LinkView { href: Some(self.href(&format!("{section}{year}/"))), title: self.site.words().fill("year_n", &[("year", &year.to_string())]) }
    }

    /// The work processes that may be shown.
    pub fn public_processes(&self) -> impl Iterator<Item = &'a WorkProcess> {
        self.records.work_processes.iter().filter(|process| process.is_public())
    }

    /// Name of a unit of the agency.
    pub fn unit_name<'u>(&'u self, id: &'u str) -> &'u str {
        self.agency.units.iter().find(|unit| unit.id == id).map_or(id, |unit| unit.name.as_str())
    }
}
