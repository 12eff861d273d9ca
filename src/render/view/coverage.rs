//! The province: who has declared, who has not, how dossiers and inspections went.

use std::collections::BTreeSet;

use jiff::ToSpan;
use serde::Serialize;

use super::super::agency_site::AgencySite;
use super::super::path;
use super::super::site::Site;
use super::{BarChartView, DeclarationState, FigureView, LateCount, LinkView, StackChartView, covered, declaration_state, iso, late_count, standard_name};
use crate::domain::vocabulary::{AgencyLevel, AgencyStatus, Obligation, Rating};
use crate::domain::{Agency, Date, Results};

/// Whether and how an agency has declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(in super::super) enum AgencyState {
    Declared,
    OldStandard,
    Missing,
}

/// One agency in a list of the province.
#[derive(Debug, Serialize)]
pub(in super::super) struct AgencyView {
    pub name: String,
    pub href: String,
    pub level: AgencyLevel,
    pub obligation: Obligation,
    pub state: AgencyState,
    /// Whether the public site tells that an agency has not declared.
    pub is_told: bool,
    pub standard: Option<String>,
    pub declared_on: Option<String>,
    pub covered: usize,
    pub competence: usize,
    pub shared_with: Option<LinkView>,
    pub audit_on: Option<String>,
    pub review_on: Option<String>,
    pub is_audit_overdue: bool,
    pub is_review_overdue: bool,
    pub rating: Option<Rating>,
    pub late_percent: Option<f64>,
    pub late: Option<u32>,
    pub finished: Option<u32>,
}

/// Agencies of one level.
#[derive(Debug, Serialize)]
pub(in super::super) struct LevelView {
    pub level: AgencyLevel,
    pub id: &'static str,
    pub declared: usize,
    pub agencies: Vec<AgencyView>,
}

impl AgencyView {
    /// An agency as it stands on `date`, with its rating and results of `year`.
    pub fn new(site: &Site<'_>, agency: &Agency, date: Date, year: Option<i16>) -> Self {
        let pages = AgencySite::new(site, agency);
        let current = pages.system.and_then(|system| system.current_declaration(date));
        let reviews = &site.register.records(&agency.qms).reviews;
        let until = |dates: Vec<Option<Date>>| dates.into_iter().flatten().filter(|on| *on <= date).max();
        let audit_on = until(reviews.internal_audits.iter().map(|audit| audit.held_on).collect());
        let review_on = until(reviews.management_reviews.iter().map(|review| review.held_on).collect());
        let results = year.and_then(|year| pages.records.results.get(&year));
        let inspected = year.and_then(|year| site.register.inspections.get(&year)).and_then(|one| one.agencies.iter().find(|one| one.agency == agency.id));
        Self {
            name: agency.name.clone(),
            href: pages.href(""),
            level: agency.level,
            obligation: agency.obligation,
            state: match current {
                None => AgencyState::Missing,
                Some(current) if declaration_state(&pages, current) == DeclarationState::OldStandard => AgencyState::OldStandard,
                Some(_) => AgencyState::Declared,
            },
            is_told: current.is_some() || site.config.shows_overdue,
            standard: current.and_then(|current| standard_name(&pages, current)),
            declared_on: iso(current.and_then(|current| current.issued_on)),
            covered: current.map_or(0, |current| covered(&pages, current)),
            competence: pages.procedures.len(),
            shared_with: pages.shared_link(""),
            is_audit_overdue: current.is_some() && is_overdue(site, "internal_audit", audit_on, date),
            is_review_overdue: current.is_some() && is_overdue(site, "management_review", review_on, date),
            audit_on: iso(audit_on),
            review_on: iso(review_on),
            rating: inspected.and_then(|one| one.rating),
            late_percent: results.and_then(Results::late_percent),
            late: results.map(|results| results.total(|row| row.late)),
            finished: results.map(|results| results.total(crate::domain::ResultRow::finished)),
        }
    }
}

/// Whether the law's time between two audits or reviews is over. Without a known limit nothing is.
fn is_overdue(site: &Site<'_>, deadline: &str, last: Option<Date>, date: Date) -> bool {
    let Some(deadline) = site.register.deadlines.get(deadline) else { return false };
    last.and_then(|last| last.checked_add(i64::from(deadline.months).months()).ok()).is_none_or(|next| next < date)
}

/// All active agencies by level, each in the Vietnamese order of names.
pub(in super::super) fn levels(site: &Site<'_>, date: Date, year: Option<i16>) -> Vec<LevelView> {
    let mut levels: Vec<LevelView> = Vec::new();
    for agency in site.active_agencies() {
        let view = AgencyView::new(site, agency, date, year);
        match levels.iter_mut().find(|level| level.level == agency.level) {
            Some(level) => level.agencies.push(view),
            None => levels.push(LevelView { level: agency.level, id: anchor(agency.level), declared: 0, agencies: vec![view] }),
        }
    }
    for level in &mut levels {
        level.declared = level.agencies.iter().filter(|agency| agency.state != AgencyState::Missing).count();
    }
    levels
}

fn anchor(level: AgencyLevel) -> &'static str {
    match level {
        AgencyLevel::Ministry => "bo",
        AgencyLevel::Province => "tinh",
        AgencyLevel::Department => "so",
        AgencyLevel::SubDepartment => "chi-cuc",
        AgencyLevel::Commune => "xa-phuong",
        AgencyLevel::PublicUnit => "don-vi-su-nghiep",
        AgencyLevel::District => "huyen",
    }
}

/// How many agencies have declared, among those obliged and those encouraged.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(in super::super) struct CoverageView {
    pub declared: usize,
    pub total: usize,
    pub obliged_declared: usize,
    pub obliged: usize,
    pub old_standard: usize,
}

impl CoverageView {
    /// Counts over all levels.
    pub fn new(levels: &[LevelView]) -> Self {
        let mut coverage = Self::default();
        for agency in levels.iter().flat_map(|level| &level.agencies) {
            let has_declared = usize::from(agency.state != AgencyState::Missing);
            let is_obliged = usize::from(agency.obligation == Obligation::Mandatory);
            coverage.total += 1;
            coverage.declared += has_declared;
            coverage.obliged += is_obliged;
            coverage.obliged_declared += is_obliged * has_declared;
            coverage.old_standard += usize::from(agency.state == AgencyState::OldStandard);
        }
        coverage
    }
}

/// The late dossiers of all agencies together, by year up to one, the newest first.
pub(in super::super) fn late_rates(site: &Site<'_>, until: i16) -> Vec<LateCount> {
    let records = || site.register.records.values();
    let years: BTreeSet<i16> = records().flat_map(|records| records.results.range(..=until)).map(|(year, _)| *year).collect();
    let count = |year: i16| late_count(site.words().fill("year_n", &[("year", &year.to_string())]), records().filter_map(|records| records.results.get(&year)));
    years.into_iter().rev().map(count).collect()
}

fn late_chart(site: &Site<'_>, until: i16) -> Option<BarChartView> {
    let words = site.words();
    BarChartView::late(late_rates(site, until), words.text("late_by_year"), words.text("year_column"), words)
}

/// The charts of a province up to a year.
#[derive(Debug, Serialize)]
pub(in super::super) struct ChartsView {
    pub coverage: Option<StackChartView>,
    pub ratings: Option<StackChartView>,
    pub late: Option<BarChartView>,
}

impl ChartsView {
    /// What can be drawn of the years up to one.
    pub fn new(site: &Site<'_>, coverage: &CoverageView, until: i16) -> Self {
        Self { coverage: StackChartView::coverage(coverage, site.words()), ratings: StackChartView::ratings(site, until), late: late_chart(site, until) }
    }
}

/// The home page of a province.
#[derive(Debug, Serialize)]
pub(in super::super) struct ProvinceHomeView<'a> {
    pub title: &'a str,
    pub province: Option<&'a str>,
    pub lead_unit: Option<&'a str>,
    pub coverage: CoverageView,
    pub figures: Vec<FigureView>,
    pub charts: ChartsView,
    pub inspection_year: Option<i16>,
    pub inspection_href: Option<String>,
    pub levels: Vec<LevelView>,
    pub sections: Vec<super::SectionView<'a>>,
    pub pages: Vec<LinkView>,
}

/// The list of agencies, or of those that have not declared.
#[derive(Debug, Serialize)]
pub(in super::super) struct AgenciesView {
    pub coverage: CoverageView,
    pub levels: Vec<LevelView>,
    pub ended: Vec<EndedEntryView>,
    /// A to Z.
    pub names: Vec<LinkView>,
}

/// An agency that is no more.
#[derive(Debug, Serialize)]
pub(in super::super) struct EndedEntryView {
    pub agency: LinkView,
    pub status: AgencyStatus,
    pub ended_on: Option<String>,
    pub successor: Option<LinkView>,
}

/// The agencies that were merged or dissolved.
pub(in super::super) fn ended(site: &Site<'_>) -> Vec<EndedEntryView> {
    let ended = site.register.agencies.values().filter(|agency| !agency.is_active());
    let view = |agency: &Agency| EndedEntryView {
        agency: LinkView { href: Some(path::page(&site.agency_folder(agency))), title: agency.name.clone() },
        status: agency.status,
        ended_on: iso(agency.ended_on),
        successor: agency.successor.as_ref().map(|id| super::agency_link(site, id)),
    };
    ended.map(view).collect()
}

/// The agencies without a declaration, on an old edition, or past the law's times.
#[derive(Debug, Serialize)]
pub(in super::super) struct MissingView {
    /// Whether everybody may read who they are.
    pub is_shown: bool,
    pub coverage: CoverageView,
    pub obliged: Vec<AgencyView>,
    pub encouraged: Vec<AgencyView>,
    pub old_standard: Vec<AgencyView>,
    pub incomplete: Vec<AgencyView>,
    pub overdue: Vec<AgencyView>,
}

impl MissingView {
    /// Sorts all active agencies into what they lack; one may be in several lists.
    pub fn new(site: &Site<'_>) -> Self {
        let (today, is_shown) = (site.today(), site.config.shows_overdue);
        let all = || site.active_agencies().into_iter().filter(|_| is_shown).map(|agency| AgencyView::new(site, agency, today, None));
        let missing = |obligation: Obligation| all().filter(|agency| agency.state == AgencyState::Missing && agency.obligation == obligation).collect();
        Self {
            is_shown,
            coverage: CoverageView::new(&levels(site, today, None)),
            obliged: missing(Obligation::Mandatory),
            encouraged: missing(Obligation::Encouraged),
            old_standard: all().filter(|agency| agency.state == AgencyState::OldStandard).collect(),
            incomplete: all().filter(|agency| agency.state != AgencyState::Missing && agency.covered < agency.competence).collect(),
            overdue: all().filter(|agency| agency.shared_with.is_none() && (agency.is_audit_overdue || agency.is_review_overdue)).collect(),
        }
    }
}
