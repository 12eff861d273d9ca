//! The bulk of a site: the pages of administrative procedures. One procedure after the other, so that its
//! national facts are looked at once, put into the page of every agency that does it, and forgotten.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use anyhow::Result;
use rayon::prelude::*;
use tera::Value;

use super::agency_site::AgencySite;
use super::comparison_pages;
use super::data;
use super::free_pages;
use super::national::{Fingerprint, Fragment};
use super::page::{self, Head, Listing};
use super::path;
use super::process_steps::ProcessSteps;
use super::sheet::{NationalSheet, ProcedureSheet, procedure_fingerprint};
use super::shell::{Owner, Shell, Stand};
use super::site::{CatalogueEntry, Site};
use super::structured::About;
use super::view::*;
use super::{province_pages, sheet};
use crate::domain::{AdministrativeProcedure, Agency, PostedSheet, ProcedureCode, Redirect, WorkProcess};
use crate::theme::Lang;

/// Most procedures that one thread takes at once: at the end none waits long for another.
const SHARE: usize = 32;

/// The section of all these pages.
const SECTION: &str = "thu-tuc/";

/// An agency with the shell around its pages of procedures.
struct Desk<'a> {
    pages: &'a AgencySite<'a>,
    shell: Shell<'a>,
    sheet_shell: Shell<'a>,
    processes: BTreeMap<&'a ProcedureCode, Vec<&'a WorkProcess>>,
    /// By the address of the process.
    steps: BTreeMap<&'a str, ProcessSteps<'a>>,
}

impl<'a> Desk<'a> {
    fn new(site: &Site<'_>, pages: &'a AgencySite<'a>) -> Result<Self> {
        let mut steps = BTreeMap::new();
        for process in pages.public_processes() {
            steps.extend(ProcessSteps::new(pages, process)?.map(|of_process| (process.slug.as_str(), of_process)));
        }
        Ok(Self {
            pages,
            shell: shell(site, &pages.owner, SECTION),
            sheet_shell: shell(site, &pages.owner, sheet::SECTION),
            processes: processes_by_code(pages),
            steps,
        })
    }
}

/// Writes the pages of all procedures, of every agency and, where the site is one, of the province.
pub(super) fn write(site: &Site<'_>, province: Option<&Owner>, agencies: &[AgencySite<'_>]) -> Result<()> {
    let active = agencies.iter().filter(|pages| pages.agency.is_active() && site.wants_below(&pages.base));
    let desks: Vec<Desk<'_>> = active.map(|pages| Desk::new(site, pages)).collect::<Result<_>>()?;
    let mut doers: Vec<Vec<&Desk<'_>>> = vec![Vec::new(); site.catalogue.len()];
    for desk in &desks {
        let standing = site.standing(&desk.pages.agency.id);
        for rank in standing.ranks.iter().chain(&standing.abolished_ranks) {
            doers[*rank].push(desk);
        }
    }
    let province = province.filter(|_| site.wants_below(SECTION) || site.wants_below(comparison_pages::SECTION));
    let province = province.map(|owner| (shell(site, owner, SECTION), comparison_pages::shell(site, owner), province_pages::doers(site)));
    site.catalogue.par_iter().enumerate().with_max_len(SHARE).try_for_each(|(rank, entry)| {
        let facts = Facts { site, entry, fragment: OnceCell::new(), sheet: OnceCell::new() };
        if province.is_some() || !doers[rank].is_empty() {
            data::write_for_procedure(site, entry)?;
        }
        if let Some((shell, comparing, doers)) = &province {
            if site.wants_below(entry.folder) {
                facts.write_for_province(shell, &doers[rank])?;
            }
            facts.write_moved("", shell)?;
            comparison_pages::write_one(site, comparing, entry, &doers[rank])?;
        }
        doers[rank].iter().try_for_each(|desk| {
            facts.write_for_agency(desk)?;
            facts.write_moved(&desk.pages.base, &desk.shell)
        })
    })
}

/// All pages of procedures lie equally deep below their owner.
fn shell<'a>(site: &Site<'_>, owner: &'a Owner, section: &'static str) -> Shell<'a> {
    owner.shell(site, Stand { root: path::up(&format!("{}thu-tuc/x/", owner.base)), section, lang: Lang::Vi, other_language: None })
}

/// A procedure on its way through its pages.
struct Facts<'s, 'a> {
    site: &'s Site<'a>,
    entry: &'s CatalogueEntry<'a>,
    fragment: OnceCell<(Fragment<'a>, OnceCell<Value>)>,
    /// The national part of its sheets.
    sheet: OnceCell<NationalSheet>,
}

impl<'a> Facts<'_, 'a> {
    /// The facts, and a place for their HTML on pages of agencies.
    fn fragment(&self) -> Result<&(Fragment<'a>, OnceCell<Value>)> {
        if self.fragment.get().is_none() {
            let fragment = Fragment::new(self.site, self.entry.procedure)?;
            let _ = self.fragment.set((fragment, OnceCell::new()));
        }
        Ok(self.fragment.get().expect("it was just put there"))
    }

    fn write_for_province(&self, shell: &Shell<'_>, agencies: &[&Agency]) -> Result<()> {
        let (site, procedure, folder) = (self.site, self.entry.procedure, self.entry.folder);
        let checked_on = reviewed(procedure, None);
        let head = province_pages::inner_head(site, "province/procedure.html", SECTION, folder.to_owned(), procedure.name.clone())
            .about(About::Procedure { code: procedure.code.clone(), agency: None })
            .updated(checked_on)
            .with_data();
        if !site.takes_page(&head) {
            return Ok(());
        }
        let (fragment, _) = self.fragment()?;
        let link = |agency: &Agency| LinkView { href: Some(path::page(&format!("{}{folder}", site.agency_folder(agency)))), title: agency.name.clone() };
        let view = ProvinceProcedureView {
            name: &procedure.name,
            code: procedure.code.as_str(),
            agencies: agencies.iter().map(|agency| link(agency)).collect(),
            href_comparison: is_compared(agencies).then(|| path::page(&path::comparison(procedure))),
            version: fragment.fingerprint.short(),
            checked_on: iso(checked_on),
        };
        let key = page::key(site, &head, shell, &(&fragment.fingerprint, &view))?;
        page::make(site, &head, shell, &key, |context| {
            context.insert_value("view", Value::try_from_serializable(&view)?);
            context.insert_value("national", fragment.html(site, shell.root())?);
            Ok(())
        })
    }

    /// What is left at the addresses that the page had under former names of the procedure, unless the site says itself
    /// where they lead.
    fn write_moved(&self, base: &str, shell: &Shell<'_>) -> Result<()> {
        let (site, code) = (self.site, self.entry.procedure.code.key());
        for name in site.former.of(code) {
            let (from, to) = (format!("{base}{}", path::named_procedure(code, name)), format!("{base}{}", self.entry.folder));
            let redirect = Redirect { origin: self.entry.procedure.origin.clone(), from, to, note: None };
            if site.register.redirects.iter().any(|stated| stated.from_file() == redirect.from_file()) {
                continue;
            }
            let (head, view) = free_pages::moved_page(site, &redirect);
            if site.takes_page(&head) {
                page::write_view(site, &head, shell, &view)?;
                if site.former.is_fresh(code, name) {
                    site.note_move(&redirect.from, &redirect.to);
                }
            }
        }
        Ok(())
    }

    fn write_for_agency(&self, desk: &Desk<'_>) -> Result<()> {
        let (site, procedure, pages) = (self.site, self.entry.procedure, desk.pages);
        let local = pages.agency.local_services.iter().find(|service| service.code == procedure.code);
        let gaps = [("name", procedure.name.as_str()), ("code", procedure.code.as_str()), ("agency", &pages.agency.name)];
        let mut head = pages
            .head("agency/procedure.html", SECTION, self.entry.folder, procedure.name.clone())
            .described(site.words().fill("procedure_description", &gaps))
            .about(About::Procedure { code: procedure.code.clone(), agency: Some(pages.agency.id.clone()) })
            .updated(reviewed(procedure, local));
        // The same for all agencies, at the root of the site.
        head.data = Some(data::beside(self.entry.folder));
        let short = short_head(pages, procedure);
        if has_sheet(pages, procedure) {
            self.write_sheet(desk)?;
        }
        let (is_wanted, is_short_wanted) = (site.takes_page(&head), site.takes_page(&short));
        if !is_wanted && !is_short_wanted {
            return Ok(());
        }
        let (fragment, html) = self.fragment()?;
        let processes = desk.processes.get(&procedure.code).map_or(&[][..], Vec::as_slice);
        let steps = processes.iter().find_map(|process| desk.steps.get(process.slug.as_str()));
        let view = ProcedureView::new(pages, procedure, processes, steps);
        let print = view.print(&fragment.fingerprint)?;
        let version = procedure_fingerprint(pages, procedure);
        if is_wanted {
            let key = page::key(site, &head, &desk.shell, &(print, &version))?;
            page::make(site, &head, &desk.shell, &key, |context| {
                context.insert_value("view", Value::try_from_serializable(&view)?);
                context.insert_value("version", Value::from(version.as_str()));
                context.insert_value("national", shared_html(fragment, html, site, desk.shell.root())?);
                context.insert_value("steps", steps.map(|steps| steps.html(pages)).transpose()?.unwrap_or_else(Value::none));
                Ok(())
            })?;
        }
        if is_short_wanted { self.write_short(desk, &short, &view, (&print, &version)) } else { Ok(()) }
    }

    /// The sheet to post; as deep as a procedure's page.
    fn write_sheet(&self, desk: &Desk<'_>) -> Result<()> {
        let national = self.sheet.get_or_init(|| NationalSheet::new(self.site, self.entry.procedure));
        ProcedureSheet::new(desk.pages, self.entry.procedure).write(&desk.sheet_shell, national, self.entry.folder)
    }

    /// The short permanent page that a QR code on a wall leads to; as deep as a procedure's page.
    fn write_short(&self, desk: &Desk<'_>, head: &Head, view: &ProcedureView<'_>, (print, version): (&Fingerprint, &str)) -> Result<()> {
        let view = ShortView {
            agency: &desk.pages.agency.name,
            href: desk.pages.href(self.entry.folder),
            sheet_href: view.sheet_href.as_deref(),
            posted: PostedView::new(desk.pages, &PostedSheet::of(self.entry.procedure), version),
            reviewed_on: view.reviewed_on.as_deref(),
            next_review_on: view.next_review_on.as_deref(),
            is_overdue: view.is_overdue,
            own: view.own.as_ref(),
            phone: view.phone.as_deref(),
            phone_link: view.phone_link.as_deref(),
        };
        let site = self.site;
        let key = page::key(site, head, &desk.shell, &(print, &view))?;
        page::make(site, head, &desk.shell, &key, |context| {
            let (fragment, _) = self.fragment()?;
            let page = format!("{}{}", desk.shell.root(), view.href);
            for part in ["head", "limits", "outcome"] {
                context.insert_value(part, fragment.part_elsewhere(site, part, &page)?);
            }
            context.insert_value("view", Value::try_from_serializable(&view)?);
            Ok(())
        })
    }
}

/// The HTML of the facts; the pages of all agencies lie equally deep.
fn shared_html(fragment: &Fragment<'_>, html: &OnceCell<Value>, site: &Site<'_>, root: &str) -> Result<Value> {
    if let Some(html) = html.get() {
        return Ok(html.clone());
    }
    let made = fragment.html(site, root)?;
    Ok(html.get_or_init(|| made).clone())
}

fn short_head(pages: &AgencySite<'_>, procedure: &AdministrativeProcedure) -> Head {
    let title = pages.site.words().fill("short_title", &[("code", procedure.code.as_str())]);
    let mut head = Head::new("agency/short.html", pages.folder(&path::short(procedure)), SECTION, title).below(pages.crumbs());
    head.listing = Listing::Unlisted;
    head
}
