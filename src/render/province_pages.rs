//! The pages of a province, in order.

use anyhow::Result;
use rayon::prelude::*;
use tera::Value;

use super::page::{self, Crumb, Head};
use super::shell::{Owner, Section, Stand};
use super::site::Site;
use super::view::*;
use super::{free_pages, national, path};
use crate::domain::{Agency, grouped};
use crate::theme::Lang;

/// The sections of a province, in order.
static SECTIONS: &[Section] = &[
    Section::top("co-quan/", "section_agencies"),
    Section::top("thu-tuc/", "section_procedures"),
    Section::top("kiem-tra/", "section_inspections"),
    Section::bottom("tong-hop/", "section_dashboard"),
    Section::top("chua-cong-bo/", "section_missing"),
    Section::bottom("van-ban/", "section_law"),
    Section::bottom("sap-xep/", "section_reorganisation"),
    Section::top("lien-he/", "section_contact"),
    Section::bottom("tro-nang/", "section_accessibility"),
    Section::bottom("so-do/", "section_map"),
];

/// Writes everything that belongs to no single agency.
pub(super) fn write(site: &Site<'_>) -> Result<()> {
    let owner = owner(site);
    home(site, &owner)?;
    agencies(site, &owner)?;
    administrative_procedures(site, &owner)?;
    inspections(site, &owner)?;
    dashboards(site, &owner)?;
    missing(site, &owner)?;
    law(site, &owner)?;
    reorganisation(site, &owner)?;
    contact(site, &owner)?;
    site_map(site, &owner)?;
    english(site, &owner)?;
    free_pages::write(site, &owner)
}

/// The province as the owner of pages.
pub(super) fn owner(site: &Site<'_>) -> Owner {
    let config = site.config;
    Owner {
        name: config.title.clone(),
        short_name: config.title.clone(),
        base: String::new(),
        parent: None,
        sections: SECTIONS.to_vec(),
        contact: config.lead_unit.as_ref().map_or_else(
            || ContactView { feedback_url: config.feedback_url.clone(), ..ContactView::default() },
            |unit| ContactView::of_lead_unit(unit, &config.feedback_url),
        ),
    }
}

fn section_head(site: &Site<'_>, template: &'static str, section: &'static str) -> Head {
    let words = site.words();
    let word = SECTIONS.iter().find(|known| known.folder == section).map_or("home", |known| known.word);
    let crumbs = vec![Crumb { href: path::page(""), title: words.text("home").to_owned() }];
    let title = words.text(word);
    let about = summary(words, word);
    Head::new(template, section.to_owned(), section, title).described(format!("{about} {}", site.config.title)).below(crumbs)
}

/// A page below a section.
fn inner_head(site: &Site<'_>, template: &'static str, section: &'static str, folder: String, title: String) -> Head {
    let mut head = section_head(site, template, section);
    head.crumbs.push(Crumb { href: path::page(section), title: head.title.clone() });
    head.description = format!("{title}. {}", site.config.title);
    Head { folder, title, ..head }
}

fn home(site: &Site<'_>, owner: &Owner) -> Result<()> {
    let words = site.words();
    let title = words.text("province_home_title");
    let head = Head::new("province/home.html", String::new(), "", title).described(words.fill("province_description", &[("title", &site.config.title)]));
    page::write(site, owner, &head, &home_view(site))
}

fn home_view<'a>(site: &Site<'a>) -> ProvinceHomeView<'a> {
    let words = site.words();
    let inspection = site.register.inspections.values().next_back();
    let levels = levels(site, site.today(), inspection.map(|inspection| inspection.year));
    let coverage = CoverageView::new(&levels);
    let last_year = site.register.records.values().filter_map(|records| records.results.keys().next_back()).max().copied();
    let late = last_year.and_then(|year| late_rate(site, year));
    let of = |part: usize, total: usize| words.fill("n_of_total", &[("n", &grouped(part as u64)), ("total", &grouped(total as u64))]);
    let figure = |value: String, word: &str, href: &str| FigureView { value, label: words.text(word).to_owned(), href: Some(path::page(href)) };
    let mut figures = vec![
        figure(of(coverage.declared, coverage.total), "figure_declared", "co-quan/"),
        figure(of(coverage.obliged_declared, coverage.obliged), "figure_obliged", "chua-cong-bo/"),
        figure(grouped(site.register.administrative_procedures.len() as u64), "figure_catalogue", "thu-tuc/"),
    ];
    if let Some(share) = late.as_ref().and_then(|late| late.percent.zip(Some(late.year))) {
        let label = words.fill("figure_late_percent", &[("year", &share.1.to_string())]);
        figures.push(FigureView { value: format!("{}%", crate::domain::decimal(share.0, 1)), label, href: None });
    }
    ProvinceHomeView {
        title: &site.config.title,
        province: site.config.province.as_ref().map(|province| province.name.as_str()),
        lead_unit: site.config.lead_unit.as_ref().map(|unit| unit.name.as_str()),
        coverage,
        figures,
        ratings: inspection.map(ratings).unwrap_or_default(),
        inspection_year: inspection.map(|inspection| inspection.year),
        inspection_href: inspection.map(|inspection| path::page(&format!("kiem-tra/{}/", inspection.year))),
        late,
        levels,
        sections: SECTIONS
            .iter()
            .map(|section| SectionView { title: words.text(section.word), summary: summary(words, section.word), href: path::page(section.folder) })
            .collect(),
        pages: free_pages::links(site),
    }
}

fn agencies(site: &Site<'_>, owner: &Owner) -> Result<()> {
    let levels = levels(site, site.today(), None);
    let mut names: Vec<LinkView> =
        levels.iter().flat_map(|level| &level.agencies).map(|agency| LinkView { href: Some(agency.href.clone()), title: agency.name.clone() }).collect();
    names.sort_by(|left, right| site.order.compare(&left.title, &right.title));
    let view = AgenciesView { coverage: CoverageView::new(&levels), levels, ended: ended(site), names };
    page::write(site, owner, &section_head(site, "province/agencies.html", "co-quan/"), &view)
}

fn administrative_procedures(site: &Site<'_>, owner: &Owner) -> Result<()> {
    let (words, doers) = (site.words(), doers(site));
    let mut catalogue: Vec<_> = site.register.administrative_procedures.values().collect();
    catalogue.sort_by_key(|procedure| site.rank(&procedure.code));
    let counted: Vec<_> = catalogue.iter().map(|procedure| (*procedure, Some(doers.get(&site.rank(&procedure.code)).map_or(0, Vec::len)))).collect();
    let head = section_head(site, "procedures.html", "thu-tuc/");
    page::write(site, owner, &head, &ProceduresView::new(site, "", &counted, Grouping::Field))?;
    let head = inner_head(site, "procedures.html", "thu-tuc/", "thu-tuc/a-z/".to_owned(), words.text("procedures_a_z").to_owned());
    page::write(site, owner, &head, &ProceduresView::new(site, "", &counted, Grouping::Letter))?;
    let root = path::up("thu-tuc/x/");
    let shell = owner.shell(site, &Stand { root: &root, section: "thu-tuc/", lang: Lang::Vi })?;
    let shared = page::context(site, &root, Lang::Vi)?;
    catalogue.par_iter().try_for_each(|procedure| {
        let fragment = national::fragment(site, procedure, &root)?;
        let none: Vec<&Agency> = Vec::new();
        let agencies = doers.get(&site.rank(&procedure.code)).unwrap_or(&none);
        let view = ProvinceProcedureView {
            name: &procedure.name,
            code: procedure.code.as_str(),
            agencies: agencies
                .iter()
                .map(|agency| LinkView {
                    href: Some(path::page(&format!("{}{}", site.agency_folder(agency), path::administrative_procedure(procedure)))),
                    title: agency.name.clone(),
                })
                .collect(),
            version: &fragment.print,
            checked_on: iso(reviewed(procedure, None)),
        };
        let mut context = shared.clone();
        context.insert_value("view", Value::try_from_serializable(&view)?);
        context.insert_value("national", fragment.html.clone());
        let folder = path::administrative_procedure(procedure);
        let head = inner_head(site, "province/procedure.html", "thu-tuc/", folder, procedure.name.clone()).updated(reviewed(procedure, None));
        page::write_in(site, owner, &head, &shell, context)
    })
}

fn inspections(site: &Site<'_>, owner: &Owner) -> Result<()> {
    let words = site.words();
    let years = site.register.inspections.values().rev().map(|inspection| {
        let count = inspection.agencies.len().to_string();
        YearView {
            year: inspection.year,
            href: path::page(&format!("kiem-tra/{}/", inspection.year)),
            summary: words.fill("inspections_count", &[("count", &count)]),
        }
    });
    years_page(site, owner, "kiem-tra/", "inspections", years.collect())?;
    for inspection in site.register.inspections.values() {
        let title = words.fill("inspection_title", &[("year", &inspection.year.to_string())]);
        let head = inner_head(site, "province/inspection.html", "kiem-tra/", format!("kiem-tra/{}/", inspection.year), title);
        page::write(site, owner, &head, &InspectionView::new(site, inspection))?;
    }
    Ok(())
}

fn dashboards(site: &Site<'_>, owner: &Owner) -> Result<()> {
    let words = site.words();
    let years = site.register.inspections.values().rev().map(|inspection| YearView {
        year: inspection.year,
        href: path::page(&format!("tong-hop/{}/", inspection.year)),
        summary: words.text("dashboard_summary").to_owned(),
    });
    years_page(site, owner, "tong-hop/", "dashboard", years.collect())?;
    for inspection in site.register.inspections.values() {
        let title = words.fill("dashboard_title", &[("year", &inspection.year.to_string())]);
        let head = inner_head(site, "province/dashboard.html", "tong-hop/", format!("tong-hop/{}/", inspection.year), title);
        page::write(site, owner, &head, &DashboardView::new(site, inspection))?;
    }
    Ok(())
}

fn missing(site: &Site<'_>, owner: &Owner) -> Result<()> {
    page::write(site, owner, &section_head(site, "province/missing.html", "chua-cong-bo/"), &MissingView::new(site))
}

fn law(site: &Site<'_>, owner: &Owner) -> Result<()> {
    let documents: Vec<LegalDocumentView<'_>> = site.register.legal_documents.values().map(|document| LegalDocumentView::new(site, document)).collect();
    page::write(site, owner, &section_head(site, "province/law.html", "van-ban/"), &LawView::new(site, documents))?;
    for document in site.register.legal_documents.values() {
        let title = site.words().fill("law_document_title", &[("number", document.number.as_str())]);
        let head = inner_head(site, "province/law_document.html", "van-ban/", path::legal_document(&document.number), title)
            .described(document.title.clone())
            .updated(document.verified_on);
        page::write(site, owner, &head, &CitedView::new(site, document))?;
    }
    Ok(())
}

fn reorganisation(site: &Site<'_>, owner: &Owner) -> Result<()> {
    page::write(site, owner, &section_head(site, "province/reorganisation.html", "sap-xep/"), &ReorganisationView::new(site))
}

fn contact(site: &Site<'_>, owner: &Owner) -> Result<()> {
    let view = ContactPageView::of_lead_unit(owner.contact.clone());
    page::write(site, owner, &section_head(site, "contact.html", "lien-he/"), &view)?;
    page::write(site, owner, &section_head(site, "accessibility.html", "tro-nang/"), &owner.contact)
}

fn site_map(site: &Site<'_>, owner: &Owner) -> Result<()> {
    let words = site.words();
    let agencies = || site.active_agencies().into_iter().map(|agency| agency_link(site, &agency.id)).collect();
    let years = |section: &str| -> Vec<LinkView> {
        let link = |year: &i16| LinkView { href: Some(path::page(&format!("{section}{year}/"))), title: words.fill("year_n", &[("year", &year.to_string())]) };
        site.register.inspections.keys().rev().map(link).collect()
    };
    let mut parts: Vec<MapPartView> = SECTIONS
        .iter()
        .map(|section| MapPartView {
            title: words.text(section.word).to_owned(),
            href: path::page(section.folder),
            links: match section.folder {
                "co-quan/" => agencies(),
                "kiem-tra/" | "tong-hop/" => years(section.folder),
                _ => Vec::new(),
            },
        })
        .collect();
    let pages = free_pages::links(site).into_iter();
    parts.extend(pages.map(|page| MapPartView { title: page.title, href: page.href.unwrap_or_default(), links: Vec::new() }));
    page::write(site, owner, &section_head(site, "map.html", "so-do/"), &MapView { parts })
}

fn english(site: &Site<'_>, owner: &Owner) -> Result<()> {
    if !site.config.has_english() {
        return Ok(());
    }
    let words = site.theme.words(Lang::En);
    let mut head = Head::new("province/en.html", "en/".to_owned(), "en/", words.text("english_title"))
        .described(words.fill("english_description", &[("name", &site.config.title)]));
    head.lang = Lang::En;
    page::write(site, owner, &head, &home_view(site))
}

fn years_page(site: &Site<'_>, owner: &Owner, section: &'static str, stem: &str, years: Vec<YearView>) -> Result<()> {
    let words = site.words();
    let view =
        YearsView { intro: words.text(&format!("{stem}_intro")).to_owned(), empty: words.text(&format!("{stem}_empty")).to_owned(), years, shared_with: None };
    page::write(site, owner, &section_head(site, "years.html", section), &view)
}
