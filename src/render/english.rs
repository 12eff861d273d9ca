//! The English pages: summaries that stand beside the Vietnamese ones, each linked with the page that says the same.
//! What nobody gave in English is shown in Vietnamese and marked so; `missing-translation` tells of it.

use anyhow::Result;
use serde::Serialize;

use super::agency_site::AgencySite;
use super::free_pages;
use super::page::{self, Crumb, Head};
use super::path;
use super::shell::{Owner, Section};
use super::site::Site;
use super::view::*;
use crate::domain::AdministrativeProcedure;
use crate::theme::Lang;

/// The English sections of an agency.
pub(super) static AGENCY_SECTIONS: &[Section] = &[
    Section::top("en/procedures/", "section_procedures"),
    Section::top("en/declaration/", "section_declaration"),
    Section::top("en/contact/", "section_contact"),
    Section::top("en/about/", "section_about"),
];

/// The English sections of a province.
pub(super) static PROVINCE_SECTIONS: &[Section] = &[
    Section::top("en/agencies/", "section_agencies"),
    Section::top("en/procedures/", "section_procedures"),
    Section::top("en/contact/", "section_contact"),
    Section::top("en/about/", "section_about"),
];

/// Folders below an owner that hold the same page in Vietnamese and in English.
const PAIRS: &[(&str, &str)] = &[
    ("", "en/"),
    ("co-quan/", "en/agencies/"),
    ("cong-bo/", "en/declaration/"),
    ("thu-tuc/", "en/procedures/"),
    ("lien-he/", "en/contact/"),
    (free_pages::ABOUT, "en/about/"),
];

/// A text in English, or in Vietnamese where nobody translated it.
#[derive(Debug, Clone, Serialize)]
struct SaidView {
    text: String,
    is_vietnamese: bool,
}

impl SaidView {
    fn new(english: Option<&str>, vietnamese: &str) -> Self {
        Self { text: english.unwrap_or(vietnamese).to_owned(), is_vietnamese: english.is_none() }
    }
}

/// Whom to turn to.
#[derive(Serialize)]
struct EnglishContactView {
    #[serde(flatten)]
    contact: ContactView,
    said_name: SaidView,
    said_address: Option<SaidView>,
    said_hours: Option<SaidView>,
}

#[derive(Serialize)]
struct EnglishHomeView {
    name: SaidView,
    declaration: Option<DeclarationView>,
    href_declaration: String,
    href_procedures: String,
    procedures: usize,
    contact: EnglishContactView,
}

#[derive(Serialize)]
struct EnglishDeclarationView {
    name: SaidView,
    declaration: Option<DeclarationView>,
    scope_en_html: Option<String>,
    annex: Vec<EnglishProcedureView>,
    shared_with: Option<LinkView>,
}

/// A procedure with the page about it, which is in Vietnamese.
#[derive(Serialize)]
struct EnglishProcedureView {
    code: String,
    name: SaidView,
    href: Option<String>,
}

#[derive(Serialize)]
struct EnglishProceduresView {
    /// Of how many procedures; those of the province that have no English name are only counted.
    total: usize,
    named: usize,
    is_province: bool,
    fields: Vec<EnglishFieldView>,
    href_all: String,
}

#[derive(Serialize)]
struct EnglishFieldView {
    title: SaidView,
    procedures: Vec<EnglishProcedureView>,
}

#[derive(Serialize)]
struct EnglishProvinceView {
    title: SaidView,
    coverage: CoverageView,
    href_agencies: String,
    href_procedures: String,
}

#[derive(Serialize)]
struct EnglishAgenciesView {
    coverage: CoverageView,
    levels: Vec<EnglishLevelView>,
}

#[derive(Serialize)]
struct EnglishLevelView {
    level: crate::domain::vocabulary::AgencyLevel,
    agencies: Vec<EnglishAgencyView>,
}

#[derive(Serialize)]
struct EnglishAgencyView {
    said_name: SaidView,
    #[serde(flatten)]
    agency: AgencyView,
}

/// The page in the other language that says the same, where the site has one.
pub(super) fn counterpart(site: &Site<'_>, owner: &Owner, head: &Head) -> Option<(Lang, String)> {
    let inner = head.folder.strip_prefix(&owner.base).filter(|_| site.config.has_english() && head.file.is_none())?;
    // The home of an agency that is no more belongs to the province, and has no English page.
    let has = |folder: &str| folder.is_empty() || folder == "en/" || owner.sections.iter().chain(owner.english).any(|section| section.folder == folder);
    let (lang, other) = match head.lang {
        Lang::Vi => (Lang::En, PAIRS.iter().find(|(vi, _)| *vi == inner)?.1),
        Lang::En => (Lang::Vi, PAIRS.iter().find(|(_, en)| *en == inner)?.0),
    };
    has(other).then(|| (lang, format!("{}{other}", owner.base)))
}

/// Writes the English pages of an agency.
pub(super) fn write_for_agency(pages: &AgencySite<'_>) -> Result<()> {
    let (site, owner) = (pages.site, &pages.owner);
    if !site.config.has_english() {
        return Ok(());
    }
    let words = site.theme.words(Lang::En);
    let updated = pages.current.and_then(|current| current.issued_on);
    let title = owner.short(Lang::En).to_owned();
    let home = head(pages.site, owner, "agency/en.html", "en/", &title).updated(updated);
    page::write(site, owner, &home, || EnglishHomeView {
        name: agency_name(pages),
        declaration: declaration(pages, &path::up(&home.folder)),
        href_declaration: pages.href("en/declaration/"),
        href_procedures: pages.href("en/procedures/"),
        procedures: pages.procedures.len(),
        contact: agency_contact(pages),
    })?;
    let of_declaration = head(site, owner, "en/declaration.html", "en/declaration/", words.text("section_declaration")).updated(updated);
    page::write(site, owner, &of_declaration, || declaration_view(pages, &path::up(&of_declaration.folder)))?;
    let of_procedures = head(site, owner, "en/procedures.html", "en/procedures/", words.text("section_procedures"));
    page::write(site, owner, &of_procedures, || {
        let listed: Vec<&AdministrativeProcedure> = pages.procedures.clone();
        procedures_view(&listed, listed.len(), false, pages.href("thu-tuc/"), &|one| pages.procedure_link(one))
    })?;
    page::write(site, owner, &head(site, owner, "en/contact.html", "en/contact/", words.text("section_contact")), || agency_contact(pages))?;
    page::write(site, owner, &head(site, owner, "en/about.html", "en/about/", words.text("section_about")), || ())
}

/// Writes the English pages of a province.
pub(super) fn write_for_province(site: &Site<'_>, owner: &Owner) -> Result<()> {
    if !site.config.has_english() {
        return Ok(());
    }
    let words = site.theme.words(Lang::En);
    let home = head(site, owner, "province/en.html", "en/", words.text("province_home_title"));
    page::write(site, owner, &home, || EnglishProvinceView {
        title: SaidView::new(site.config.title_en.as_deref(), &site.config.title),
        coverage: CoverageView::new(&levels(site, site.today(), None)),
        href_agencies: path::page("en/agencies/"),
        href_procedures: path::page("en/procedures/"),
    })?;
    page::write(site, owner, &head(site, owner, "en/agencies.html", "en/agencies/", words.text("section_agencies")), || agencies_view(site))?;
    page::write(site, owner, &head(site, owner, "en/procedures.html", "en/procedures/", words.text("section_procedures")), || {
        let named: Vec<&AdministrativeProcedure> = site.catalogue.iter().map(|entry| entry.procedure).filter(|one| one.name_en.is_some()).collect();
        procedures_view(&named, site.catalogue.len(), true, path::page("thu-tuc/"), &|one| Some(path::page(site.procedure_folder(&one.code))))
    })?;
    let contact = head(site, owner, "en/contact.html", "en/contact/", words.text("section_contact"));
    page::write(site, owner, &contact, || {
        let unit = site.config.lead_unit.as_ref();
        let address = unit.and_then(|unit| Some(SaidView::new(unit.address_en.as_deref(), unit.address.as_deref()?)));
        let name = SaidView::new(unit.and_then(|unit| unit.name_en.as_deref()), &owner.contact.name);
        EnglishContactView { contact: owner.contact.clone(), said_name: name, said_address: address, said_hours: None }
    })?;
    page::write(site, owner, &head(site, owner, "en/about.html", "en/about/", words.text("section_about")), || ())
}

fn head(site: &Site<'_>, owner: &Owner, template: &'static str, inner: &'static str, title: &str) -> Head {
    let words = site.theme.words(Lang::En);
    let name = owner.english_name.as_deref().unwrap_or(&owner.name);
    let mut crumbs = Vec::new();
    if owner.parent.is_some() {
        crumbs.push(Crumb { href: path::page("en/"), title: words.text("home").to_owned() });
        crumbs.push(Crumb { href: path::page("en/agencies/"), title: words.text("section_agencies").to_owned() });
    }
    if inner != "en/" {
        // A name in Vietnamese would need its own language here.
        let title = owner.english_name.clone().unwrap_or_else(|| words.text("english_home").to_owned());
        let title = if owner.parent.is_some() { title } else { words.text("home").to_owned() };
        crumbs.push(Crumb { href: path::page(&format!("{}en/", owner.base)), title });
    }
    let mut head = Head::new(template, format!("{}{inner}", owner.base), inner, title).described(format!("{title}: {name}")).below(crumbs);
    head.lang = Lang::En;
    head
}

fn agency_name(pages: &AgencySite<'_>) -> SaidView {
    SaidView::new(pages.agency.name_en.as_deref(), &pages.agency.name)
}

fn agency_contact(pages: &AgencySite<'_>) -> EnglishContactView {
    let agency = pages.agency;
    let said = |english: &Option<String>, vietnamese: &Option<String>| Some(SaidView::new(english.as_deref(), vietnamese.as_deref()?));
    EnglishContactView {
        contact: pages.owner.contact.clone(),
        said_name: agency_name(pages),
        said_address: said(&agency.address_en, &agency.address),
        said_hours: said(&agency.reception_hours_en, &agency.reception_hours),
    }
}

/// The current declaration, its file named in English.
fn declaration(pages: &AgencySite<'_>, root: &str) -> Option<DeclarationView> {
    let owner = pages.system_owner.map(|owner| AgencySite::new(pages.site, owner));
    let mut view = DeclarationView::new(owner.as_ref().unwrap_or(pages), pages.current?, root);
    if let Some(file) = &mut view.file {
        file.name = pages.site.theme.words(Lang::En).text("signed_file").to_owned();
    }
    Some(view)
}

fn declaration_view(pages: &AgencySite<'_>, root: &str) -> EnglishDeclarationView {
    let annex = pages.current.iter().flat_map(|current| &current.annex).map(|code| {
        let procedure = pages.site.register.administrative_procedures.get(code);
        let name = procedure.map_or_else(|| SaidView::new(Some(""), ""), |one| SaidView::new(one.name_en.as_deref(), &one.name));
        EnglishProcedureView { code: code.to_string(), name, href: procedure.and_then(|one| pages.procedure_link(one)) }
    });
    let shared = pages.system_owner.map(|owner| LinkView {
        href: Some(path::page(&format!("{}en/declaration/", pages.site.agency_folder(owner)))),
        title: owner.name_en.clone().unwrap_or_else(|| owner.name.clone()),
    });
    EnglishDeclarationView {
        name: agency_name(pages),
        declaration: declaration(pages, root),
        scope_en_html: pages.current.and_then(|current| current.scope_en.as_ref()).map(|scope| pages.html(scope, 3, root)),
        annex: annex.collect(),
        shared_with: shared,
    }
}

fn procedures_view(
    listed: &[&AdministrativeProcedure],
    total: usize,
    is_province: bool,
    href_all: String,
    link: &dyn Fn(&AdministrativeProcedure) -> Option<String>,
) -> EnglishProceduresView {
    let mut fields: std::collections::BTreeMap<&str, Vec<&AdministrativeProcedure>> = std::collections::BTreeMap::new();
    for one in listed {
        fields.entry(one.field.trim()).or_default().push(one);
    }
    let view = |one: &&AdministrativeProcedure| EnglishProcedureView {
        code: one.code.to_string(),
        name: SaidView::new(one.name_en.as_deref(), &one.name),
        href: link(one),
    };
    let mut fields: Vec<EnglishFieldView> = fields
        .into_iter()
        .map(|(field, listed)| EnglishFieldView {
            title: SaidView::new(listed.iter().find_map(|one| one.field_en.as_deref()), field),
            procedures: listed.iter().map(view).collect(),
        })
        .collect();
    // English names come first, those that nobody translated after them.
    for field in &mut fields {
        field.procedures.sort_by(|left, right| (left.name.is_vietnamese, &left.name.text).cmp(&(right.name.is_vietnamese, &right.name.text)));
    }
    fields.sort_by(|left, right| (left.title.is_vietnamese, &left.title.text).cmp(&(right.title.is_vietnamese, &right.title.text)));
    let named = listed.iter().filter(|one| one.name_en.is_some()).count();
    EnglishProceduresView { total, named, is_province, fields, href_all }
}

fn agencies_view(site: &Site<'_>) -> EnglishAgenciesView {
    let levels = levels(site, site.today(), None);
    let coverage = CoverageView::new(&levels);
    let active = site.active_agencies();
    let english = |mut agency: AgencyView| {
        let name = active.iter().find(|one| path::page(&site.agency_folder(one)) == agency.href).and_then(|one| one.name_en.clone());
        agency.href = agency.href.replace("index.html", "en/index.html");
        EnglishAgencyView { said_name: SaidView::new(name.as_deref(), &agency.name), agency }
    };
    let levels = levels.into_iter().map(|level| EnglishLevelView { level: level.level, agencies: level.agencies.into_iter().map(english).collect() });
    EnglishAgenciesView { coverage, levels: levels.collect() }
}
