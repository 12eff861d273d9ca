//! An agency as a whole: its home, its contact page, its end, its English summary.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::agency_site::AgencySite;
use super::super::site::Site;
use super::{ContactView, DeclarationView, FigureView, LinkView, ProceduresView, iso, phone_link, phone_text};
use crate::domain::vocabulary::{AgencyLevel, AgencyStatus, Obligation};
use crate::domain::{Agency, Declaration, ProcedureCode, grouped};
use crate::theme::Words;

/// The home page.
#[derive(Debug, Serialize)]
pub(in super::super) struct HomeView<'a> {
    pub name: &'a str,
    pub level: AgencyLevel,
    pub obligation: Obligation,
    pub declaration: Option<DeclarationView>,
    pub shared_with: Option<LinkView>,
    pub figures: Vec<FigureView>,
    pub fields: Vec<FieldView>,
    pub sections: Vec<SectionView<'a>>,
    pub contact: ContactView,
    pub desk: Option<DeskView<'a>>,
    pub note: Option<&'a str>,
    pub predecessors: Vec<PredecessorView<'a>>,
    pub href_procedures: String,
    pub href_declaration: String,
}

/// A field of procedures and where its list begins.
#[derive(Debug, Serialize)]
pub(in super::super) struct FieldView {
    pub title: String,
    pub href: String,
    pub count: usize,
}

/// A section and what it is for.
#[derive(Debug, Serialize)]
pub(in super::super) struct SectionView<'a> {
    pub title: &'a str,
    pub summary: &'a str,
    pub href: String,
}

/// The one-stop desk.
#[derive(Debug, Serialize)]
pub(in super::super) struct DeskView<'a> {
    pub name: &'a str,
    pub address: Option<&'a str>,
    pub phone: Option<String>,
    pub phone_link: Option<String>,
}

/// An agency that this one replaced.
#[derive(Debug, Serialize)]
pub(in super::super) struct PredecessorView<'a> {
    pub name: &'a str,
    pub until: Option<String>,
    pub note: Option<&'a str>,
    pub url: Option<&'a str>,
}

impl<'a> HomeView<'a> {
    /// The agency at a glance.
    pub fn new(pages: &'a AgencySite<'a>, list: &ProceduresView<'_>, root: &str) -> Self {
        let owner = pages.system_owner.map(|owner| AgencySite::new(pages.site, owner));
        let holder = owner.as_ref().unwrap_or(pages);
        let words = pages.site.words();
        Self {
            name: &pages.agency.name,
            level: pages.agency.level,
            obligation: pages.agency.obligation,
            declaration: pages.current.map(|current| DeclarationView::new(holder, current, root)),
            shared_with: pages.shared_link(""),
            figures: figures(pages, words),
            fields: list.groups.iter().map(|group| FieldView { title: group.title.clone(), href: group.href.clone(), count: group.count }).collect(),
            sections: sections(pages, words),
            contact: pages.owner.contact.clone(),
            desk: desk(pages.agency),
            note: pages.agency.note.as_deref(),
            predecessors: predecessors(pages.agency),
            href_procedures: pages.href("thu-tuc/"),
            href_declaration: pages.href("cong-bo/"),
        }
    }
}

/// The sections with what each is for.
pub(in super::super) fn sections<'a>(pages: &AgencySite<'_>, words: &'a Words) -> Vec<SectionView<'a>> {
    let sections = pages.owner.sections.iter();
    sections.map(|section| SectionView { title: words.text(section.word), summary: summary(words, section.word), href: pages.href(section.folder) }).collect()
}

/// The sentence under a section's title: `section_policy` has `about_policy`.
pub(in super::super) fn summary<'w>(words: &'w Words, section_word: &str) -> &'w str {
    words.get(&section_word.replace("section_", "about_")).unwrap_or("")
}

fn figures(pages: &AgencySite<'_>, words: &Words) -> Vec<FigureView> {
    let mut figures = Vec::new();
    if !pages.procedures.is_empty() {
        figures.push(FigureView {
            value: grouped(pages.procedures.len() as u64),
            label: words.text("figure_procedures").to_owned(),
            href: Some(pages.href("thu-tuc/")),
        });
    }
    if let Some(current) = pages.current.filter(|_| !pages.procedures.is_empty()) {
        let covered = covered(pages, current);
        figures.push(FigureView {
            value: words.fill("n_of_total", &[("n", &grouped(covered as u64)), ("total", &grouped(pages.procedures.len() as u64))]),
            label: words.text("figure_covered").to_owned(),
            href: Some(pages.href("cong-bo/")),
        });
    }
    if let Some((year, results)) = pages.records.results.last_key_value() {
        let late = results.total(|row| row.late);
        let (value, word) = match results.late_percent() {
            Some(share) => (format!("{}%", crate::domain::decimal(share, 1)), "figure_late_percent"),
            None => (grouped(late.into()), "figure_late"),
        };
        figures.push(FigureView {
            value,
            label: words.fill(word, &[("period", &words.fill("year_n", &[("year", &year.to_string())]).to_lowercase())]),
            href: Some(pages.href(&format!("ket-qua/{year}/"))),
        });
    }
    figures
}

/// How many of an agency's procedures a declaration covers.
pub(in super::super) fn covered(pages: &AgencySite<'_>, declaration: &Declaration) -> usize {
    let annex: BTreeSet<&ProcedureCode> = declaration.annex.iter().collect();
    pages.procedures.iter().filter(|procedure| annex.contains(&procedure.code)).count()
}

/// The desk of an agency.
pub(in super::super) fn desk(agency: &Agency) -> Option<DeskView<'_>> {
    let desk = agency.reception_desk.as_ref()?;
    Some(DeskView {
        name: &desk.name,
        address: desk.address.as_deref(),
        phone: desk.phone.as_deref().map(phone_text),
        phone_link: desk.phone.as_deref().map(phone_link),
    })
}

/// The agencies that one replaced.
pub(in super::super) fn predecessors(agency: &Agency) -> Vec<PredecessorView<'_>> {
    agency
        .predecessors
        .iter()
        .map(|one| PredecessorView {
            name: &one.name,
            until: iso(one.until),
            note: one.note.as_deref(),
            url: one.url.as_deref().filter(|url| crate::markdown::is_safe_link(url)),
        })
        .collect()
}

/// The contact page.
#[derive(Debug, Serialize)]
pub(in super::super) struct ContactPageView<'a> {
    pub contact: ContactView,
    pub head: Option<String>,
    pub electronic_id: Option<&'a str>,
    pub desk: Option<DeskView<'a>>,
    pub units: Vec<UnitView<'a>>,
}

/// A section that only the agency's own site has.
#[derive(Debug, Serialize)]
pub(in super::super) struct ElsewhereView<'a> {
    /// Address of the site, where it is known.
    pub address: Option<&'a str>,
}

/// A unit and its telephone.
#[derive(Debug, Serialize)]
pub(in super::super) struct UnitView<'a> {
    pub name: &'a str,
    pub phone: Option<String>,
    pub phone_link: Option<String>,
}

impl<'a> ContactPageView<'a> {
    /// An agency's contact details.
    pub fn of_agency(pages: &'a AgencySite<'a>) -> Self {
        let agency = pages.agency;
        Self {
            contact: pages.owner.contact.clone(),
            head: agency.head.as_ref().map(|head| [Some(head.position.as_str()), head.name.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ")),
            electronic_id: agency.electronic_id.as_deref(),
            desk: desk(agency),
            units: agency
                .units
                .iter()
                .map(|unit| UnitView { name: &unit.name, phone: unit.phone.as_deref().map(phone_text), phone_link: unit.phone.as_deref().map(phone_link) })
                .collect(),
        }
    }

    /// The lead unit's contact details.
    pub fn of_lead_unit(contact: ContactView) -> Self {
        Self { contact, head: None, electronic_id: None, desk: None, units: Vec::new() }
    }
}

/// The page of an agency that is no more.
#[derive(Debug, Serialize)]
pub(in super::super) struct EndedView<'a> {
    pub name: &'a str,
    pub status: AgencyStatus,
    pub ended_on: Option<String>,
    pub successor: Option<LinkView>,
    pub note: Option<&'a str>,
}

impl<'a> EndedView<'a> {
    /// An agency that was merged or dissolved.
    pub fn new(site: &Site<'_>, agency: &'a Agency) -> Self {
        Self {
            name: &agency.name,
            status: agency.status,
            ended_on: iso(agency.ended_on),
            successor: agency.successor.as_ref().map(|id| super::agency_link(site, id)),
            note: agency.note.as_deref(),
        }
    }
}
