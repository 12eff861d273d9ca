//! Sheets to post at the office (*niêm yết*): QĐ 19/2014/QĐ-TTg, Điều 4 khoản 3. A sheet is an extract: it has no number,
//! signature or seal of its own and names the decision it comes from. The sheet of the declaration is always made; those of
//! procedures where the site or the agency wants them, for a province with all of them has half as many pages again.

mod declaration;
mod national;
#[cfg(feature = "pdf")]
mod pdf;
mod procedure;

use std::sync::Mutex;

use anyhow::Result;
use tera::{Context, Value};

pub(super) use declaration::annex_blocks;
pub(super) use national::NationalSheet;
#[cfg(feature = "pdf")]
pub(super) use pdf::Press;
pub(super) use procedure::superior;
pub(super) use procedure::{ProcedureSheet, fingerprint as procedure_fingerprint};

use super::agency_site::AgencySite;
use super::page::{self, Head, Listing};
use super::paper::{Block, Check, Paper, qr_svg};
use super::shell::html;
use super::site::{Arrangement, Site};
use super::view::*;
use super::{Only, Previous, asset, path};
use crate::config::Config;
use crate::domain::{AgencyId, Date, Declaration, PostedSheet, Register, long_date};
use crate::theme::{Lang, Theme};

/// The section of all sheets.
pub(super) const SECTION: &str = "niem-yet/";
/// The stylesheet of papers, below `static/` of a theme.
const STYLESHEET: &str = "sheet.css";

/// Whether an agency's procedures have sheets: as it says, as the site says, else where it is the only agency.
pub(super) fn has_procedure_sheets(pages: &AgencySite<'_>) -> bool {
    let site = pages.site;
    pages.agency.is_active() && pages.agency.posting_sheets.or(site.config.posting_sheets).unwrap_or(!site.is_province())
}

/// A sheet that an agency has to post, as it is now.
#[derive(Debug, Clone)]
pub struct SheetNow {
    pub sheet: PostedSheet,
    pub title: String,
    pub fingerprint: String,
}

/// Every sheet of an agency, the declaration's first; `None` where there is no such agency.
pub fn sheets_of(register: &Register, config: &Config, theme: &Theme, agency: &AgencyId) -> Result<Option<Vec<SheetNow>>> {
    let Some(agency) = register.agencies.get(agency) else { return Ok(None) };
    let (arrangement, previous, nothing) = (Arrangement::new(register), Previous::default(), Only { path: "", file: Mutex::new(None) });
    let site = Site::new(register, config, theme, &arrangement, &previous, &nothing)?;
    let pages = AgencySite::new(&site, agency);
    let mut sheets = Vec::new();
    if let Some(current) = pages.current.filter(|_| pages.system_owner.is_none()) {
        let title = site.words().text("sheet_declaration_title").to_owned();
        sheets.push(SheetNow { sheet: PostedSheet::Declaration, title, fingerprint: declaration::fingerprint(&pages, current) });
    }
    for procedure in pages.procedures.iter().filter(|_| has_procedure_sheets(&pages)) {
        let fingerprint = procedure_fingerprint(&pages, procedure);
        sheets.push(SheetNow { sheet: PostedSheet::of(procedure), title: procedure.name.clone(), fingerprint });
    }
    Ok(Some(sheets))
}

/// Writes the list of an agency's sheets, the sheet of its declaration, and the short page that it leads to.
pub(super) fn write(pages: &AgencySite<'_>) -> Result<()> {
    index(pages)?;
    if pages.system_owner.is_some() {
        return Ok(());
    }
    if let Some(current) = pages.current {
        let sheet = declaration::paper(pages, current)?;
        let head = sheet_head(pages, path::DECLARATION_SHEET, &sheet).updated(current.issued_on);
        write_page(pages, &head, &sheet, &pages.href("cong-bo/"))?;
        write_pdf(pages, path::DECLARATION_SHEET, &sheet, current.issued_on)?;
    }
    short(pages)
}

/// The short permanent page of the declaration.
fn short(pages: &AgencySite<'_>) -> Result<()> {
    let words = pages.site.words();
    let mut head = Head::new("agency/short_declaration.html", pages.folder(path::SHORT_DECLARATION), "cong-bo/", words.text("short_declaration_title"))
        .described(words.fill("declarations_description", &[("name", &pages.agency.name)]))
        .below(pages.crumbs());
    head.listing = Listing::Unlisted;
    page::write(pages.site, &pages.owner, &head, || ShortDeclarationView {
        agency: &pages.agency.name,
        declaration: pages.current.map(|current| link_to(pages, current)),
        standard: pages.current.and_then(|current| standard_name(pages, current)),
        issued_on: iso(pages.current.and_then(|current| current.issued_on)),
        href: pages.href("cong-bo/"),
        posted: pages.current.map(|current| PostedView::new(pages, &PostedSheet::Declaration, &declaration::fingerprint(pages, current))),
    })
}

fn link_to(pages: &AgencySite<'_>, declaration: &Declaration) -> LinkView {
    let title = declaration.number.as_ref().map_or_else(|| declaration.slug.clone(), ToString::to_string);
    LinkView { href: Some(pages.href(&path::declaration(declaration))), title }
}

fn index(pages: &AgencySite<'_>) -> Result<()> {
    let words = pages.site.words();
    let title = words.text("section_posting");
    let first = pages
        .head("agency/sheets.html", SECTION, SECTION, title)
        .described(words.fill("posting_description", &[("name", &pages.agency.name)]))
        .updated(pages.current.and_then(|current| current.issued_on));
    let count = SheetsView::page_count(pages);
    for number in 1..=count {
        let mut head = first.clone();
        if number > 1 {
            head.folder = pages.folder(&page_folder(SECTION, number));
            head.crumbs.push(page::Crumb { href: pages.href(SECTION), title: title.to_owned() });
            head.title = words.fill("page_of", &[("title", title), ("number", &number.to_string())]);
        }
        page::write(pages.site, &pages.owner, &head, || SheetsView::new(pages, number))?;
    }
    Ok(())
}

/// The fingerprint of the sheet of a declaration.
pub(super) fn declaration_fingerprint(pages: &AgencySite<'_>, declaration: &Declaration) -> String {
    declaration::fingerprint(pages, declaration)
}

/// The head of the page of a sheet. A sheet says what another page says: search engines are not to list it.
fn sheet_head(pages: &AgencySite<'_>, folder: &str, paper: &Paper) -> Head {
    let mut head = pages.head("agency/sheet.html", SECTION, folder, paper.name.clone()).described(format!("{}. {}", paper.name, pages.agency.name));
    head.listing = Listing::Unlisted;
    head
}

/// Writes a sheet as a page of its own shell.
fn write_page(pages: &AgencySite<'_>, head: &Head, paper: &Paper, about: &str) -> Result<()> {
    let site = pages.site;
    if !site.takes_page(head) {
        return Ok(());
    }
    let stand = super::shell::Stand { root: path::up(&head.folder), section: SECTION, lang: Lang::Vi, other_language: None };
    let shell = pages.owner.shell(site, stand);
    let view = SheetView::new(pages, head, about)?;
    let key = page::key(site, head, &shell, &(paper, &view))?;
    page::make(site, head, &shell, &key, |context| {
        let parts: Vec<String> = paper.parts.iter().map(|part| blocks_html(site, part)).collect::<Result<_>>()?;
        context.insert_value("paper", paper_html(site, paper, &parts.concat())?);
        context.insert_value("view", Value::try_from_serializable(&view)?);
        Ok(())
    })
}

/// The HTML of a paper around its blocks.
pub(super) fn paper_html(site: &Site<'_>, paper: &Paper, blocks: &str) -> Result<Value> {
    let mut context = context(site);
    context.insert_value("blocks", Value::safe_string(blocks));
    if let Some(annex) = &paper.annex {
        context.insert_value("annex_blocks", Value::safe_string(&blocks_html(site, &annex.blocks)?));
    }
    context.insert_value("qr", paper.check.as_ref().and_then(|check| check.qr.as_deref()).map_or_else(Value::none, Value::safe_string));
    // The blocks are HTML already: not once more as values.
    let frame =
        Paper { parts: Vec::new(), annex: paper.annex.as_ref().map(|annex| super::paper::Annex { blocks: Vec::new(), ..annex.clone() }), ..paper.clone() };
    context.insert_value("paper", Value::try_from_serializable(&frame)?);
    html(site, "paper/paper.html", &context)
}

/// The HTML of some blocks.
pub(super) fn blocks_html(site: &Site<'_>, blocks: &[Block]) -> Result<String> {
    let mut context = context(site);
    context.insert_value("blocks", Value::try_from_serializable(&blocks)?);
    site.theme.render_text("paper/blocks.html", &context)
}

fn context(site: &Site<'_>) -> Context {
    let mut context = page::context(site, "", Lang::Vi);
    context.insert("country", super::paper::COUNTRY);
    context.insert("motto", super::paper::MOTTO);
    context
}

/// Published name of the stylesheet of papers.
pub(super) fn stylesheet(site: &Site<'_>) -> Result<String> {
    asset::published(site.theme, STYLESHEET)
}

/// How the reader of a sheet sees whether it is the current one. Without the site's own address there is no code,
/// and the sheet says why.
fn check(site: &Site<'_>, short: &str, fingerprint: String, reviewed_on: Option<Date>) -> Result<Check> {
    let words = site.words();
    let base_url = &site.config.base_url;
    let address = (!base_url.is_empty()).then(|| format!("{base_url}{short}"));
    let alt = words.text("sheet_qr_alt").to_owned();
    Ok(Check {
        label: words.text("sheet_fingerprint").to_owned(),
        fingerprint,
        text: words.text(if address.is_some() { "sheet_check" } else { "sheet_without_address" }).to_owned(),
        qr: address.as_deref().map(|address| qr_svg(address, &alt)).transpose()?,
        address,
        alt,
        reviewed: reviewed_on.map(|on| words.fill("sheet_reviewed", &[("date", &long_date(on))])),
    })
}

/// Writes a sheet as PDF where the program can make one.
#[cfg(feature = "pdf")]
fn write_pdf(pages: &AgencySite<'_>, folder: &str, paper: &Paper, on: Option<Date>) -> Result<()> {
    pdf::write(pages, folder, paper, on)
}

#[cfg(not(feature = "pdf"))]
fn write_pdf(_: &AgencySite<'_>, _: &str, _: &Paper, _: Option<Date>) -> Result<()> {
    Ok(())
}

/// The address of a sheet as PDF, where the program makes one.
pub(super) fn pdf_href(folder: &str) -> Option<String> {
    cfg!(feature = "pdf").then(|| path::sheet_pdf(folder))
}
