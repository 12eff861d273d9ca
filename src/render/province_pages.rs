//! The pages of a province, in order.

use anyhow::Result;
use rayon::prelude::*;

use super::citation::Citations;
use super::page::{self, Crumb, Head, Listing};
use super::search::SearchScope;
use super::shell::{Owner, Section};
use super::site::Site;
use super::view::*;
use super::{changes, comparison_pages, data, english, free_pages, path, yearly_pages};
use crate::domain::{Agency, LegalDocument, grouped};

/// The sections of a province, in order.
pub(super) static SECTIONS: &[Section] = &[
    Section::top("co-quan/", "section_agencies"),
    Section::top("thu-tuc/", "section_procedures"),
    Section::top("kiem-tra/", "section_inspections"),
    Section::bottom("tong-hop/", "section_dashboard"),
    Section::bottom(comparison_pages::SECTION, "section_comparison"),
    Section::top("chua-cong-bo/", "section_missing"),
    Section::bottom("van-ban/", "section_law"),
    Section::bottom("sap-xep/", "section_reorganisation"),
    Section::bottom("thay-doi/", "section_changes"),
    Section::bottom(data::SECTION, "section_data"),
    Section::top("lien-he/", "section_contact"),
    Section::bottom(free_pages::ABOUT, "section_about"),
    Section::bottom("tro-nang/", "section_accessibility"),
    Section::bottom("so-do/", "section_map"),
];

/// The list of those who have not declared or are overdue.
const MISSING: &str = "chua-cong-bo/";

/// The sections that the site shows: the list of the missing only where it was asked for.
fn sections<'a>(site: &'a Site<'_>) -> impl Iterator<Item = &'static Section> + use<'a> {
    let shows_overdue = site.config.shows_overdue;
    SECTIONS.iter().filter(move |section| shows_overdue || section.folder != MISSING)
}

/// Pages of a province that are made together.
type Part = fn(&Site<'_>, &Owner) -> Result<()>;

/// Writes everything that belongs to no single agency, but for the pages of procedures.
pub(super) fn write(site: &Site<'_>, owner: &Owner) -> Result<()> {
    let parts: [Part; 15] = [
        changes::write_for_province,
        law,
        home,
        agencies,
        procedure_lists,
        yearly_pages::inspections,
        yearly_pages::dashboards,
        comparison_pages::write,
        missing,
        reorganisation,
        contact,
        site_map,
        english::write_for_province,
        free_pages::write,
        data_page,
    ];
    parts.par_iter().try_for_each(|part| part(site, owner))
}

/// The agencies that do each procedure, by its rank, in the Vietnamese order of their names.
pub(super) fn doers<'a>(site: &Site<'a>) -> Vec<Vec<&'a Agency>> {
    let mut doers = vec![Vec::new(); site.catalogue.len()];
    for agency in site.active_agencies() {
        for rank in &site.standing(&agency.id).ranks {
            doers[*rank].push(agency);
        }
    }
    doers
}

/// The province as the owner of pages.
pub(super) fn owner(site: &Site<'_>) -> Owner {
    let config = site.config;
    Owner {
        name: config.title.clone(),
        short_name: config.title.clone(),
        base: String::new(),
        parent: None,
        sections: sections(site).copied().collect(),
        english: english::PROVINCE_SECTIONS,
        english_name: config.title_en.clone(),
        contact: config.lead_unit.as_ref().map_or_else(
            || ContactView { feedback_url: config.feedback_url.clone(), ..ContactView::default() },
            |unit| ContactView::of_lead_unit(unit, &config.feedback_url),
        ),
        taken: None,
    }
}

pub(super) fn section_head(site: &Site<'_>, template: &'static str, section: &'static str) -> Head {
    let words = site.words();
    let word = SECTIONS.iter().find(|known| known.folder == section).map_or("home", |known| known.word);
    let crumbs = vec![Crumb { href: path::page(""), title: words.text("home").to_owned() }];
    let title = words.text(word);
    let about = summary(words, word);
    Head::new(template, section.to_owned(), section, title).described(format!("{about} {}", site.config.title)).below(crumbs)
}

/// A page below a section.
pub(super) fn inner_head(site: &Site<'_>, template: &'static str, section: &'static str, folder: String, title: String) -> Head {
    let mut head = section_head(site, template, section);
    head.crumbs.push(Crumb { href: path::page(section), title: head.title.clone() });
    head.description = format!("{title}. {}", site.config.title);
    Head { folder, title, ..head }
}

fn home(site: &Site<'_>, owner: &Owner) -> Result<()> {
    let words = site.words();
    let title = words.text("province_home_title");
    let head = Head::new("province/home.html", String::new(), "", title)
        .described(words.fill("province_description", &[("title", &site.config.title)]))
        .searching(SearchScope::Site);
    page::write(site, owner, &head, || home_view(site))
}

fn home_view<'a>(site: &Site<'a>) -> ProvinceHomeView<'a> {
    let words = site.words();
    let inspection = site.register.inspections.values().next_back();
    let levels = levels(site, site.today(), inspection.map(|inspection| inspection.year));
    let coverage = CoverageView::new(&levels);
    let charts = ChartsView::new(site, &coverage, i16::MAX);
    let of = |part: usize, total: usize| words.fill("n_of_total", &[("n", &grouped(part as u64)), ("total", &grouped(total as u64))]);
    let figure = |value: String, word: &str, href: &str| FigureView { value, label: words.text(word).to_owned(), href: Some(path::page(href)) };
    let mut figures = vec![
        figure(of(coverage.declared, coverage.total), "figure_declared", "co-quan/"),
        figure(of(coverage.obliged_declared, coverage.obliged), "figure_obliged", if site.config.shows_overdue { MISSING } else { "tong-hop/" }),
        figure(grouped(site.register.administrative_procedures.len() as u64), "figure_catalogue", "thu-tuc/"),
    ];
    if let Some((bar, percent)) = charts.late.as_ref().and_then(|late| late.rows.first()).and_then(|bar| Some((bar, bar.percent?))) {
        let label = words.fill("figure_late_percent", &[("period", &bar.label.to_lowercase())]);
        figures.push(FigureView { value: format!("{}%", crate::domain::decimal(percent, 1)), label, href: Some(format!("{}#ho-so", path::page(""))) });
    }
    ProvinceHomeView {
        title: &site.config.title,
        province: site.config.province.as_ref().map(|province| province.name.as_str()),
        lead_unit: site.config.lead_unit.as_ref().map(|unit| unit.name.as_str()),
        coverage,
        figures,
        charts,
        inspection_year: inspection.map(|inspection| inspection.year),
        inspection_href: inspection.map(|inspection| path::page(&format!("kiem-tra/{}/", inspection.year))),
        levels,
        sections: sections(site)
            .map(|section| SectionView { title: words.text(section.word), summary: summary(words, section.word), href: path::page(section.folder) })
            .collect(),
        pages: free_pages::links(site),
    }
}

fn agencies(site: &Site<'_>, owner: &Owner) -> Result<()> {
    page::write(site, owner, &section_head(site, "province/agencies.html", "co-quan/"), || {
        let levels = levels(site, site.today(), None);
        let mut names: Vec<LinkView> =
            levels.iter().flat_map(|level| &level.agencies).map(|agency| LinkView { href: Some(agency.href.clone()), title: agency.name.clone() }).collect();
        names.sort_by(|left, right| site.order.compare(&left.title, &right.title));
        AgenciesView { coverage: CoverageView::new(&levels), levels, ended: ended(site), names }
    })
}

fn procedure_lists(site: &Site<'_>, owner: &Owner) -> Result<()> {
    if !site.wants("thu-tuc/index.html") && !["thu-tuc/linh-vuc/", "thu-tuc/a-z/"].into_iter().any(|folder| site.wants_below(folder)) {
        return Ok(());
    }
    let counts: Vec<usize> = doers(site).iter().map(Vec::len).collect();
    let counted: Vec<_> = site.catalogue.iter().zip(counts).map(|(entry, count)| (entry.procedure, Some(count))).collect();
    let by_field = section_head(site, "procedures.html", "thu-tuc/").searching(SearchScope::Site);
    let by_letter =
        inner_head(site, "procedures.html", "thu-tuc/", "thu-tuc/a-z/".to_owned(), site.words().text("procedures_a_z").to_owned()).searching(SearchScope::Site);
    for (head, grouping) in [(by_field, Grouping::Field), (by_letter, Grouping::Letter)] {
        let pages = ProceduresView::new(site, "", &counted, grouping).into_pages("");
        pages.into_iter().try_for_each(|page| super::agency_pages::list_page(site, owner, &head, page))?;
    }
    Ok(())
}

fn missing(site: &Site<'_>, owner: &Owner) -> Result<()> {
    let mut head = section_head(site, "province/missing.html", MISSING);
    if !site.config.shows_overdue {
        // The address stays, for those who kept it; what stood there is in the report of the lead unit.
        head.listing = Listing::Unlisted;
    }
    page::write(site, owner, &head, || MissingView::new(site))
}

fn law(site: &Site<'_>, owner: &Owner) -> Result<()> {
    let section = "van-ban/";
    if !site.wants_below(section) {
        return Ok(());
    }
    let citations = Citations::new(site.register);
    let (list, years) = LawView::pages(site, &citations);
    page::write(site, owner, &section_head(site, "province/law.html", section), || list)?;
    for page in years {
        let title = match page.year {
            Some(year) => site.words().fill("law_of_year", &[("year", &year.to_string())]),
            None => site.words().text("law_without_date").to_owned(),
        };
        page::write(site, owner, &inner_head(site, "province/law.html", section, page.folder, title), || page.list)?;
    }
    let documents: Vec<&LegalDocument> = site.register.legal_documents.values().collect();
    documents.par_iter().try_for_each(|document| {
        let title = site.words().fill("law_document_title", &[("number", document.number.as_str())]);
        let head = inner_head(site, "province/law_document.html", section, path::legal_document(&document.number), title)
            .described(document.title.clone())
            .updated(document.verified_on);
        page::write(site, owner, &head, || CitedView::new(site, &citations, document))
    })
}

fn reorganisation(site: &Site<'_>, owner: &Owner) -> Result<()> {
    page::write(site, owner, &section_head(site, "province/reorganisation.html", "sap-xep/"), || ReorganisationView::new(site))
}

fn contact(site: &Site<'_>, owner: &Owner) -> Result<()> {
    page::write(site, owner, &section_head(site, "contact.html", "lien-he/"), || ContactPageView::of_lead_unit(owner.contact.clone()))?;
    page::write(site, owner, &section_head(site, "accessibility.html", "tro-nang/"), || &owner.contact)
}

fn data_page(site: &Site<'_>, owner: &Owner) -> Result<()> {
    data::write_page(site, owner, &section_head(site, "data.html", data::SECTION))
}

fn site_map(site: &Site<'_>, owner: &Owner) -> Result<()> {
    let words = site.words();
    let agencies = || site.active_agencies().into_iter().map(|agency| agency_link(site, &agency.id)).collect();
    let years = |section: &str, years: Vec<i16>| -> Vec<LinkView> {
        let link = |year: &i16| LinkView { href: Some(path::page(&format!("{section}{year}/"))), title: words.fill("year_n", &[("year", &year.to_string())]) };
        years.iter().map(link).collect()
    };
    let mut parts: Vec<MapPartView> = sections(site)
        .map(|section| MapPartView {
            title: words.text(section.word).to_owned(),
            href: path::page(section.folder),
            links: match section.folder {
                "co-quan/" => agencies(),
                "kiem-tra/" => years(section.folder, site.register.inspections.keys().rev().copied().collect()),
                "tong-hop/" => years(section.folder, dashboard_years(site)),
                _ => Vec::new(),
            },
        })
        .collect();
    let pages = free_pages::links(site).into_iter();
    parts.extend(pages.map(|page| MapPartView { title: page.title, href: page.href.unwrap_or_default(), links: Vec::new() }));
    page::write(site, owner, &section_head(site, "map.html", "so-do/"), || MapView { built_on: site.today().to_string(), parts })
}
