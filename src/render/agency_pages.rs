//! The pages of one agency, in order.

use anyhow::Result;
use serde::Serialize;

use super::agency_site::AgencySite;
use super::page::{self, Crumb, Head};
use super::shell::Owner;
use super::site::Site;
use super::structured::About;
use super::view::*;
use super::{attachment, changes, data, english, path, search, sheet};
use crate::domain::Date;

/// Writes everything of one agency but its pages of procedures; of an agency that is no more, one page that names its successor.
pub(super) fn write(pages: &AgencySite<'_>) -> Result<()> {
    if !pages.site.wants_below(&pages.base) {
        return Ok(());
    }
    if !pages.agency.is_active() {
        return ended(pages);
    }
    home(pages)?;
    declarations(pages)?;
    policy(pages)?;
    objectives(pages)?;
    documents(pages)?;
    procedure_lists(pages)?;
    work_processes(pages)?;
    results(pages)?;
    evidence(pages)?;
    sheet::write(pages)?;
    changes::write_for_agency(pages)?;
    data_page(pages)?;
    contact(pages)?;
    accessibility(pages)?;
    site_map(pages)?;
    english::write_for_agency(pages)?;
    attachment::write(pages)?;
    search::write_list(pages.site, pages.agency)?;
    if !pages.site.is_province() {
        site_pages(pages)?;
    }
    Ok(())
}

fn put<V: Serialize>(pages: &AgencySite<'_>, head: &Head, view: impl FnOnce() -> V) -> Result<()> {
    page::write(pages.site, &pages.owner, head, view)
}

fn home(pages: &AgencySite<'_>) -> Result<()> {
    let words = pages.site.words();
    let mut crumbs = pages.crumbs();
    crumbs.pop();
    let head = Head::new("agency/home.html", pages.folder(""), "", pages.agency.short())
        .described(words.fill("home_description", &[("name", &pages.agency.name)]))
        .below(crumbs)
        .updated(pages.current.and_then(|current| current.issued_on))
        .about(About::Agency(pages.agency.id.clone()))
        .searching(pages.search_scope())
        .with_data();
    put(pages, &head, || HomeView::new(pages, &list(pages, Grouping::Field), &path::up(&head.folder)))
}

fn declarations(pages: &AgencySite<'_>) -> Result<()> {
    let words = pages.site.words();
    let head = pages
        .head("agency/declarations.html", "cong-bo/", "cong-bo/", words.text("section_declaration"))
        .described(words.fill("declarations_description", &[("name", &pages.agency.name)]))
        .updated(pages.current.and_then(|current| current.issued_on));
    put(pages, &head, || DeclarationsView::new(pages, &path::up(&head.folder)))?;
    if pages.system_owner.is_some() {
        return Ok(());
    }
    for (index, declaration) in pages.system.iter().flat_map(|system| &system.declarations).enumerate() {
        let number = declaration.number.as_ref().map_or(declaration.slug.as_str(), |number| number.as_str());
        let title = words.fill("declaration_title", &[("number", number)]);
        let head = pages
            .head("agency/declaration.html", "cong-bo/", &path::declaration(declaration), title.clone())
            .described(format!("{title}. {}", pages.agency.name))
            .updated(declaration.issued_on)
            .with_data();
        put(pages, &head, || DeclarationPageView::new(pages, index, declaration, &path::up(&head.folder)))?;
    }
    Ok(())
}

/// Writes the page of a section about which the open data of the agency says nothing, where that is all that is known of
/// it: what is missing here may well be on its own site. Returns whether it did.
fn elsewhere(pages: &AgencySite<'_>, section: &'static str, word: &str, is_empty: bool) -> Result<bool> {
    let Some(taken) = pages.owner.taken.as_ref().filter(|_| is_empty) else { return Ok(false) };
    put(pages, &section_head(pages, "agency/elsewhere.html", section, word), || ElsewhereView { address: taken.address.as_deref() })?;
    Ok(true)
}

fn policy(pages: &AgencySite<'_>) -> Result<()> {
    let section = "chinh-sach-chat-luong/";
    let policy = pages.records.quality_policy.as_ref();
    if elsewhere(pages, section, "section_policy", policy.is_none())? {
        return Ok(());
    }
    let head = section_head(pages, "agency/policy.html", section, "section_policy").updated(policy.and_then(|policy| policy.approved_on));
    let root = path::up(&head.folder);
    put(pages, &head, || PolicyView { policy: policy.map(|policy| PolicyTextView::new(pages, policy, &root)), shared_with: pages.shared_link(section) })
}

fn objectives(pages: &AgencySite<'_>) -> Result<()> {
    let (words, section) = (pages.site.words(), "muc-tieu-chat-luong/");
    if elsewhere(pages, section, "section_objectives", pages.records.objectives.is_empty())? {
        return Ok(());
    }
    let years = pages.records.objectives.iter().rev().map(|(year, objectives)| {
        let count = objectives.objectives.len().to_string();
        year_view(pages, section, *year, words.fill("objectives_count", &[("count", &count)]))
    });
    years_page(pages, section, "objectives", years.collect())?;
    for (year, objectives) in &pages.records.objectives {
        let title = words.fill("objectives_title", &[("year", &year.to_string())]);
        let head = pages.head("agency/objectives.html", section, &format!("{section}{year}/"), title).updated(objectives.approved_on);
        put(pages, &head, || ObjectivesView::new(pages, *year, objectives))?;
    }
    Ok(())
}

fn documents(pages: &AgencySite<'_>) -> Result<()> {
    let documents = &pages.records.documents;
    if elsewhere(pages, "tai-lieu/", "section_documents", documents.internal.is_empty() && documents.external.is_empty())? {
        return Ok(());
    }
    let updated: Option<Date> = pages.records.documents.internal.iter().filter_map(|document| document.issued_on).max();
    let head = section_head(pages, "agency/documents.html", "tai-lieu/", "section_documents").updated(updated);
    put(pages, &head, || DocumentsView::new(pages))
}

fn list<'a>(pages: &AgencySite<'a>, grouping: Grouping) -> ProceduresView<'a> {
    let counted: Vec<_> = pages.procedures.iter().map(|procedure| (*procedure, None)).collect();
    ProceduresView { shared_with: pages.shared_link("thu-tuc/"), ..ProceduresView::new(pages.site, &pages.base, &counted, grouping) }
}

fn procedure_lists(pages: &AgencySite<'_>) -> Result<()> {
    let words = pages.site.words();
    let count = pages.procedures.len().to_string();
    let description = words.fill("procedures_description", &[("count", &count), ("name", &pages.agency.name)]);
    let head = section_head(pages, "procedures.html", "thu-tuc/", "section_procedures").described(description).searching(pages.search_scope());
    let by_letter = pages.head("procedures.html", "thu-tuc/", "thu-tuc/a-z/", words.text("procedures_a_z")).searching(pages.search_scope());
    for page in list(pages, Grouping::Field).into_pages(&pages.base) {
        list_page(pages.site, &pages.owner, &head, page)?;
    }
    if pages.procedures.is_empty() {
        return Ok(());
    }
    list(pages, Grouping::Letter).into_pages(&pages.base).into_iter().try_for_each(|page| list_page(pages.site, &pages.owner, &by_letter, page))
}

/// A page of a list, its head that of the list but for what it is a part of.
pub(super) fn list_page(site: &Site<'_>, owner: &Owner, list: &Head, page: ListPage<'_>) -> Result<()> {
    let mut head = list.clone();
    if let Some((group, number)) = &page.group {
        head.crumbs.push(Crumb { href: path::page(&list.folder), title: list.title.clone() });
        let word = if *number == 1 { "procedures_group" } else { "procedures_group_page" };
        head.title = site.words().fill(word, &[("group", group), ("page", &number.to_string())]);
        head.description = format!("{}. {}", head.title, owner.name);
    }
    head.folder = format!("{}{}", owner.base, page.folder);
    page::write(site, owner, &head, || page.view)
}

fn work_processes(pages: &AgencySite<'_>) -> Result<()> {
    let section = "quy-trinh/";
    put(pages, &section_head(pages, "agency/processes.html", section, "section_processes"), || ProcessesView::new(pages))?;
    for process in pages.public_processes() {
        let head = pages.head("agency/process.html", section, &path::work_process(process), process.title.clone()).updated(process.issued_on).with_data();
        let description = format!("{} {}. {}", process.code, process.title, pages.agency.name);
        put(pages, &head.clone().described(description), || ProcessView::new(pages, process, &path::up(&head.folder)))?;
    }
    Ok(())
}

fn results(pages: &AgencySite<'_>) -> Result<()> {
    let (words, section) = (pages.site.words(), "ket-qua/");
    let years = pages.records.results.iter().rev().map(|(year, results)| {
        let total = TotalView::new(results);
        let gaps = [("received", crate::domain::grouped(total.received.into())), ("late", crate::domain::grouped(total.late.into()))];
        let gaps: Vec<(&str, &str)> = gaps.iter().map(|(name, value)| (*name, value.as_str())).collect();
        year_view(pages, section, *year, words.fill("results_count", &gaps))
    });
    years_page(pages, section, "results", years.collect())?;
    for (year, results) in &pages.records.results {
        let title = words.fill("results_title", &[("year", &year.to_string())]);
        put(pages, &pages.head("agency/results.html", section, &format!("{section}{year}/"), title), || ResultsView::new(pages, *year, results))?;
    }
    Ok(())
}

fn evidence(pages: &AgencySite<'_>) -> Result<()> {
    let words = pages.site.words();
    // The self-check needs what open data has not; the inspections of the lead unit have pages of their own.
    if elsewhere(pages, "kiem-tra/", "section_evidence", true)? {
        return Ok(());
    }
    let head = section_head(pages, "agency/evidence.html", "kiem-tra/", "section_evidence")
        .described(words.fill("evidence_description", &[("name", &pages.agency.name)]));
    put(pages, &head, || EvidenceView::new(pages))
}

/// The data of an agency, and beside its pages their own. The page of the only agency is about all data.
fn data_page(pages: &AgencySite<'_>) -> Result<()> {
    data::write_for_agency(pages)?;
    if pages.site.is_province() {
        return data::write_page_of_agency(pages, &section_head(pages, "agency/data.html", data::SECTION, "section_data"));
    }
    data::write_page(pages.site, &pages.owner, &section_head(pages, "data.html", data::SECTION, "section_data"))
}

fn contact(pages: &AgencySite<'_>) -> Result<()> {
    put(pages, &section_head(pages, "contact.html", "lien-he/", "section_contact"), || ContactPageView::of_agency(pages))
}

fn accessibility(pages: &AgencySite<'_>) -> Result<()> {
    put(pages, &section_head(pages, "accessibility.html", "tro-nang/", "section_accessibility"), || &pages.owner.contact)
}

fn site_map(pages: &AgencySite<'_>) -> Result<()> {
    let records = pages.records;
    let years = |section: &str, years: Vec<i16>| years.into_iter().rev().map(|year| pages.year_link(section, year)).collect();
    let parts = pages.owner.sections.iter().map(|section| MapPartView {
        title: pages.site.words().text(section.word).to_owned(),
        href: pages.href(section.folder),
        links: match section.folder {
            "muc-tieu-chat-luong/" => years(section.folder, records.objectives.keys().copied().collect()),
            "ket-qua/" => years(section.folder, records.results.keys().copied().collect()),
            "thu-tuc/" => {
                list(pages, Grouping::Field).groups.iter().map(|group| LinkView { href: Some(group.href.clone()), title: group.title.clone() }).collect()
            }
            _ => Vec::new(),
        },
    });
    put(pages, &section_head(pages, "map.html", "so-do/", "section_map"), || MapView { built_on: pages.site.today().to_string(), parts: parts.collect() })
}

fn ended(pages: &AgencySite<'_>) -> Result<()> {
    let mut crumbs = pages.crumbs();
    crumbs.pop();
    let owner = super::province_pages::owner(pages.site);
    let head = Head::new("agency/ended.html", pages.folder(""), "co-quan/", pages.agency.name.clone()).below(crumbs).updated(pages.agency.ended_on);
    page::write(pages.site, &owner, &head, || EndedView::new(pages.site, pages.agency))
}

/// Free pages and the page for addresses that do not exist, at the root of a one-agency site.
fn site_pages(pages: &AgencySite<'_>) -> Result<()> {
    super::free_pages::write(pages.site, &pages.owner)
}

fn section_head(pages: &AgencySite<'_>, template: &'static str, section: &'static str, word: &str) -> Head {
    let title = pages.site.words().text(word);
    pages.head(template, section, section, title).described(format!("{title}: {}", pages.agency.name))
}

fn year_view(pages: &AgencySite<'_>, section: &str, year: i16, summary: String) -> YearView {
    YearView { year, href: pages.href(&format!("{section}{year}/")), summary }
}

/// The page that lists the years of a section; its words begin with `stem`.
fn years_page(pages: &AgencySite<'_>, section: &'static str, stem: &str, years: Vec<YearView>) -> Result<()> {
    let words = pages.site.words();
    let view = || YearsView {
        intro: words.text(&format!("{stem}_intro")).to_owned(),
        empty: words.text(&format!("{stem}_empty")).to_owned(),
        years,
        shared_with: pages.shared_link(section),
    };
    put(pages, &section_head(pages, "years.html", section, &format!("section_{stem}")), view)
}
