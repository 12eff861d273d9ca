//! The pages of a province by year: inspections in several orders, and the dashboard.

use anyhow::Result;

use super::page::{self, Head, Listing};
use super::path;
use super::province_pages::{inner_head, section_head};
use super::shell::Owner;
use super::site::Site;
use super::view::*;
use crate::domain::Inspection;

/// Writes the years of inspections, and each year in every order of its table.
pub(super) fn inspections(site: &Site<'_>, owner: &Owner) -> Result<()> {
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
        for order in InspectionOrder::of(inspection) {
            page::write(site, owner, &inspection_head(site, inspection, order), || InspectionView::new(site, inspection, order))?;
        }
    }
    Ok(())
}

/// The other orders say the same: search engines list the first one only.
fn inspection_head(site: &Site<'_>, inspection: &Inspection, order: InspectionOrder) -> Head {
    let words = site.words();
    let title = words.fill("inspection_title", &[("year", &inspection.year.to_string())]);
    if order == InspectionOrder::Name {
        return inner_head(site, "province/inspection.html", "kiem-tra/", order.folder(inspection.year), title);
    }
    let sorted = format!("{title}, {}", words.text(order.word()));
    let head = inner_head(site, "province/inspection.html", "kiem-tra/", order.folder(inspection.year), sorted);
    Head { listing: Listing::Unlisted, ..head }
}

/// Writes the list of years and the dashboard of each.
pub(super) fn dashboards(site: &Site<'_>, owner: &Owner) -> Result<()> {
    let words = site.words();
    let years = dashboard_years(site);
    let view = |year: &i16| YearView { year: *year, href: path::page(&format!("tong-hop/{year}/")), summary: words.text("dashboard_summary").to_owned() };
    years_page(site, owner, "tong-hop/", "dashboard", years.iter().map(view).collect())?;
    for year in years.iter().copied() {
        let title = words.fill("dashboard_title", &[("year", &year.to_string())]);
        let head = inner_head(site, "province/dashboard.html", "tong-hop/", format!("tong-hop/{year}/"), title);
        page::write(site, owner, &head, || DashboardView::new(site, year))?;
    }
    let this_year = site.today().year();
    if years.contains(&this_year) { gap_lists(site, owner, this_year) } else { Ok(()) }
}

/// The procedures that are not declared everywhere, where the dashboard can't name them all.
fn gap_lists(site: &Site<'_>, owner: &Owner, year: i16) -> Result<()> {
    if !site.wants_below(&format!("tong-hop/{year}/")) {
        return Ok(());
    }
    for ((folder, view), number) in GapListView::pages(site, year).into_iter().zip(1..) {
        let words = site.words();
        let mut title = words.fill("gap_list_title", &[("year", &year.to_string())]);
        if number > 1 {
            title = format!("{title}, {}", words.fill("page_n", &[("number", &number.to_string())]).to_lowercase());
        }
        page::write(site, owner, &inner_head(site, "province/gap_list.html", "tong-hop/", folder, title), || view)?;
    }
    Ok(())
}

fn years_page(site: &Site<'_>, owner: &Owner, section: &'static str, stem: &str, years: Vec<YearView>) -> Result<()> {
    let words = site.words();
    let (intro, empty) = (words.text(&format!("{stem}_intro")).to_owned(), words.text(&format!("{stem}_empty")).to_owned());
    page::write(site, owner, &section_head(site, "years.html", section), || YearsView { intro, empty, years, shared_with: None })
}
