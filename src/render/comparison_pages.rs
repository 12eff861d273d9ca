//! `/so-sanh/`: one procedure between the agencies that do it. Its pages are made with those of the procedure, one
//! after the other; the list names those that some agency does on terms of its own.

use anyhow::Result;

use super::page::{self, Head};
use super::path;
use super::province_pages::{doers, inner_head, section_head};
use super::shell::{Owner, Shell, Stand};
use super::site::{CatalogueEntry, Site};
use super::view::*;
use crate::domain::Agency;
use crate::theme::Lang;

/// The section of all these pages.
pub(super) const SECTION: &str = "so-sanh/";
/// Procedures on a page of the list.
const PAGE_LENGTH: usize = 250;

/// Writes the list.
pub(super) fn write(site: &Site<'_>, owner: &Owner) -> Result<()> {
    if !site.wants_below(SECTION) {
        return Ok(());
    }
    let doers = doers(site);
    let compared = || site.catalogue.iter().zip(&doers).filter(|(_, doers)| is_compared(doers));
    let entries: Vec<ComparisonEntryView<'_>> = compared().filter_map(|(entry, doers)| ComparisonEntryView::new(site, entry, doers)).collect();
    let count = entries.len();
    let parts: Vec<&[ComparisonEntryView<'_>]> = if entries.is_empty() { vec![&[]] } else { entries.chunks(PAGE_LENGTH).collect() };
    for (part, number) in parts.iter().zip(1..) {
        let view = ComparisonsView { compared: compared().count(), count, procedures: part.to_vec(), pager: pager(SECTION, number, parts.len()) };
        page::write(site, owner, &list_head(site, number), || view)?;
    }
    Ok(())
}

fn list_head(site: &Site<'_>, number: usize) -> Head {
    let head = section_head(site, "province/comparisons.html", SECTION);
    if number == 1 {
        return head;
    }
    let title = format!("{}, {}", head.title, site.words().fill("page_n", &[("number", &number.to_string())]).to_lowercase());
    inner_head(site, "province/comparisons.html", SECTION, page_folder(SECTION, number), title)
}

/// What stands around the pages: they lie equally deep.
pub(super) fn shell<'a>(site: &Site<'_>, owner: &'a Owner) -> Shell<'a> {
    owner.shell(site, Stand { root: path::up("so-sanh/x/"), section: SECTION, lang: Lang::Vi, other_language: None })
}

/// Writes the page of one procedure, where two agencies or more do it.
pub(super) fn write_one(site: &Site<'_>, shell: &Shell<'_>, entry: &CatalogueEntry<'_>, doers: &[&Agency]) -> Result<()> {
    let folder = path::comparison(entry.procedure);
    if !is_compared(doers) || !site.wants_below(&folder) {
        return Ok(());
    }
    let title = site.words().fill("comparison_title", &[("name", &entry.procedure.name)]);
    let head = inner_head(site, "province/comparison.html", SECTION, folder, title);
    if !site.takes_page(&head) {
        return Ok(());
    }
    page::write_view(site, &head, shell, &ComparisonView::new(site, entry, doers))
}
