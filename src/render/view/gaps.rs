//! Procedures that agencies are competent for and have not declared: how many, and which.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::path;
use super::super::site::Site;
use super::{LinkView, PagerView, StackChartView, page_folder, pager};
use crate::domain::vocabulary::AgencyLevel;
use crate::domain::{Agency, ProcedureCode, grouped};

/// As many procedures are named on the dashboard; the rest on pages of their own.
const NAMED: usize = 20;
/// Procedures on a page of the whole list.
const PAGE_LENGTH: usize = 250;
/// Agencies named for each of them.
const AGENCIES_NAMED: usize = 2;

/// What annexes cover of what agencies are competent for. One procedure of many agencies counts once for each.
#[derive(Debug, Serialize)]
pub(in super::super) struct GapsView<'a> {
    pub competent: usize,
    pub declared: usize,
    pub chart: StackChartView,
    /// How many procedures some agency has not declared.
    pub count: usize,
    /// Those that most agencies lack.
    pub missing: Vec<GapView<'a>>,
    /// The whole list, where it is longer.
    pub href_all: Option<String>,
}

/// A procedure that some agency has not declared.
#[derive(Debug, Clone, Serialize)]
pub(in super::super) struct GapView<'a> {
    pub code: &'a str,
    pub link: LinkView,
    pub lacking: usize,
    pub competent: usize,
    /// The first of those that lack it; empty where the site does not show who they are.
    pub agencies: Vec<LinkView>,
    /// How many more.
    pub more: usize,
}

/// A page of the whole list.
#[derive(Debug, Serialize)]
pub(in super::super) struct GapListView<'a> {
    pub count: usize,
    pub missing: Vec<GapView<'a>>,
    pub pager: Vec<PagerView>,
}

/// Folder of the whole list.
fn list_folder(year: i16) -> String {
    format!("tong-hop/{year}/thu-tuc-con-thieu/")
}

impl<'a> GapsView<'a> {
    /// `None` where no agency says what it is competent for.
    pub fn new(site: &Site<'a>, year: i16) -> Option<Self> {
        let Counted { levels, mut gaps } = count(site);
        let sum = |part: fn(&LevelCount) -> usize| levels.iter().map(part).sum::<usize>();
        let (competent, declared) = (sum(|level| level.competent), sum(|level| level.declared));
        let words = site.words();
        let numbers = [declared, competent, gaps.len()].map(|number| grouped(number as u64));
        let finding = words.fill("gaps_finding", &[("declared", &*numbers[0]), ("competent", &*numbers[1]), ("missing", &*numbers[2])]);
        let rows = levels
            .iter()
            .map(|level| (words.text(short_level(level.level)).to_owned(), vec![level.declared as u64, (level.competent - level.declared) as u64]));
        let columns = [words.text("gap_declared"), words.text("gap_missing")];
        let chart = StackChartView::new(words.text("gaps_caption"), finding, words.text("level_column"), &columns, rows.collect())?;
        let count = gaps.len();
        gaps.sort_by_key(|gap| std::cmp::Reverse(gap.lacking));
        let href_all = (count > NAMED).then(|| path::page(&list_folder(year)));
        gaps.truncate(NAMED);
        Some(Self { competent, declared, chart, count, missing: gaps, href_all })
    }
}

impl<'a> GapListView<'a> {
    /// The pages of the whole list with their folders, by name of the procedure; none where the dashboard names all.
    pub fn pages(site: &Site<'a>, year: i16) -> Vec<(String, Self)> {
        let gaps = count(site).gaps;
        if gaps.len() <= NAMED {
            return Vec::new();
        }
        let (folder, last) = (list_folder(year), gaps.len().div_ceil(PAGE_LENGTH));
        let page = |(part, number): (&[GapView<'a>], usize)| {
            (page_folder(&folder, number), Self { count: gaps.len(), missing: part.to_vec(), pager: pager(&folder, number, last) })
        };
        gaps.chunks(PAGE_LENGTH).zip(1..).map(page).collect()
    }
}

/// The name of a level for narrow places, in the word table.
fn short_level(level: AgencyLevel) -> &'static str {
    match level {
        AgencyLevel::Ministry => "level_ministry",
        AgencyLevel::Province => "level_province",
        AgencyLevel::Department => "level_department",
        AgencyLevel::SubDepartment => "level_sub_department",
        AgencyLevel::Commune => "level_commune",
        AgencyLevel::PublicUnit => "level_public_unit",
        AgencyLevel::District => "level_district",
    }
}

/// Of all agencies of a level together.
struct LevelCount {
    level: AgencyLevel,
    competent: usize,
    declared: usize,
}

struct Counted<'a> {
    levels: Vec<LevelCount>,
    /// In the order of names.
    gaps: Vec<GapView<'a>>,
}

fn count<'a>(site: &Site<'a>) -> Counted<'a> {
    let mut levels: Vec<LevelCount> = Vec::new();
    let mut competent = vec![0; site.catalogue.len()];
    let mut lacking: Vec<Vec<&Agency>> = vec![Vec::new(); site.catalogue.len()];
    // What an agency that does not say is competent for nobody knows.
    for agency in site.active_agencies().into_iter().filter(|agency| agency.competence.is_some()) {
        let standing = site.standing(&agency.id);
        let annex: BTreeSet<&ProcedureCode> = standing.current.iter().flat_map(|current| &current.annex).collect();
        if levels.last().is_none_or(|level| level.level != agency.level) {
            levels.push(LevelCount { level: agency.level, competent: 0, declared: 0 });
        }
        let Some(level) = levels.last_mut() else { continue };
        for rank in &standing.ranks {
            let is_declared = annex.contains(&site.catalogue[*rank].procedure.code);
            level.competent += 1;
            level.declared += usize::from(is_declared);
            competent[*rank] += 1;
            if !is_declared {
                lacking[*rank].push(agency);
            }
        }
    }
    let gaps = lacking.iter().enumerate().filter(|(_, agencies)| !agencies.is_empty());
    let gaps = gaps.map(|(rank, agencies)| gap(site, rank, agencies, competent[rank])).collect();
    Counted { levels: levels.into_iter().filter(|level| level.competent > 0).collect(), gaps }
}

fn gap<'a>(site: &Site<'a>, rank: usize, lacking: &[&Agency], competent: usize) -> GapView<'a> {
    let entry = &site.catalogue[rank];
    let named = if site.config.shows_overdue { lacking.len().min(AGENCIES_NAMED) } else { 0 };
    let page = |agency: &&Agency| LinkView { href: Some(path::page(&site.agency_folder(agency))), title: agency.short().to_owned() };
    GapView {
        code: entry.procedure.code.as_str(),
        link: LinkView { href: Some(path::page(entry.folder)), title: entry.procedure.name.clone() },
        lacking: lacking.len(),
        competent,
        agencies: lacking[..named].iter().map(page).collect(),
        more: if named == 0 { 0 } else { lacking.len() - named },
    }
}
