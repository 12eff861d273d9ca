//! The province in one year: who has declared by which edition, what procedures are covered, what is overdue,
//! how inspections and dossiers went. Counts for everybody; names of the missing and overdue only where the site shows them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::path;
use super::super::site::Site;
use super::{AgencyState, ChartsView, CoverageView, FigureView, GapsView, LevelView, LinkView, SourceView, StackChartView, agency_link, levels};
use crate::domain::vocabulary::{AgencyLevel, InspectionForm, Obligation};
use crate::domain::{AgencyId, Date, DueDate, DueKind, Inspection, decimal, grouped, months_after};
use crate::theme::Words;

/// How far ahead what falls due is counted, in months.
const AHEAD_MONTHS: u32 = 2;

/// Agencies named for each clock: all of a province would be too much for a slow line.
const AGENCIES_NAMED: usize = 20;

/// The page of a year.
#[derive(Debug, Serialize)]
pub(in super::super) struct DashboardView<'a> {
    pub year: i16,
    pub as_of: String,
    /// Whether it is the year of today: what the register only knows of now is shown there.
    pub is_current: bool,
    pub current: Option<LinkView>,
    /// Whether everybody may read who is missing or overdue.
    pub is_shown: bool,
    pub figures: Vec<FigureView>,
    pub coverage: CoverageView,
    pub by_level: Vec<LevelCountView>,
    pub editions: Option<StackChartView>,
    pub gaps: Option<GapsView<'a>>,
    pub clocks: Vec<ClockView<'a>>,
    pub clocks_finding: Option<String>,
    pub scores: Option<ScoresView>,
    pub on_site: Option<OnSiteView<'a>>,
    pub charts: ChartsView,
    /// Agency by agency, only where the site shows who is missing or overdue.
    pub levels: Vec<LevelView>,
    pub inspected: usize,
    pub href_inspection: Option<String>,
    pub years: Vec<LinkView>,
}

/// The agencies of a level in numbers.
#[derive(Debug, Serialize)]
pub(in super::super) struct LevelCountView {
    pub level: AgencyLevel,
    pub coverage: CoverageView,
}

/// What must be done regularly: how many are overdue and how many fall due soon.
#[derive(Debug, Serialize)]
pub(in super::super) struct ClockView<'a> {
    pub name: &'static str,
    pub overdue: usize,
    pub soon: usize,
    pub basis: String,
    /// Where its time was read; what has no table of times is of the site or of no day.
    pub source: Option<SourceView<'a>>,
    /// The first of those whose it is, by name; empty where the site does not show who is overdue.
    pub agencies: Vec<LinkView>,
    /// How many more, who are in `due.json`.
    pub more: usize,
}

/// What agencies gave themselves against what the inspection gave.
#[derive(Debug, Serialize)]
pub(in super::super) struct ScoresView {
    pub chart: StackChartView,
}

/// Inspections at the office against what the law wants.
#[derive(Debug, Serialize)]
pub(in super::super) struct OnSiteView<'a> {
    pub chart: StackChartView,
    pub is_enough: bool,
    /// Whether the year is over, so that nothing can be added.
    pub is_over: bool,
    pub planned: usize,
    pub on_site: usize,
    pub by_dossier: usize,
    pub basis: &'a str,
    pub source: SourceView<'a>,
}

/// The years that have a dashboard, the newest first: from the first with an inspection or results until today's.
/// None of them is lost when time goes on.
pub(in super::super) fn dashboard_years(site: &Site<'_>) -> Vec<i16> {
    let today = site.today().year();
    let results = site.register.records.values().filter_map(|records| records.results.keys().next());
    let first = results.chain(site.register.inspections.keys().next()).min().copied();
    let last = site.register.inspections.keys().next_back().copied().unwrap_or(today).max(today);
    // A year that was mistyped makes no thousand pages.
    first.map(|first| (first.max(today - 30)..=last.min(today + 1)).rev().collect()).unwrap_or_default()
}

impl<'a> DashboardView<'a> {
    /// What the register tells about a year, as of its last day or today.
    pub fn new(site: &Site<'a>, year: i16) -> Self {
        let (today, words) = (site.today(), site.words());
        let last_day = Date::new(year, 12, 31).map_or(today, |day| day.min(today));
        let is_current = year == today.year();
        let inspection = site.register.inspections.get(&year);
        let all = levels(site, last_day, Some(year));
        let coverage = CoverageView::new(&all);
        let link = |year: i16| LinkView { href: Some(path::page(&format!("tong-hop/{year}/"))), title: words.fill("year_n", &[("year", &year.to_string())]) };
        let gaps = is_current.then(|| GapsView::new(site, year)).flatten();
        let clocks = if is_current { clocks(site) } else { Vec::new() };
        let on_site = inspection.and_then(|inspection| on_site(site, inspection));
        let is_shown = site.config.shows_overdue;
        Self {
            year,
            as_of: last_day.to_string(),
            is_current,
            current: (!is_current).then(|| link(today.year())),
            is_shown,
            figures: figures(year, &coverage, gaps.as_ref(), is_current.then_some(&clocks), on_site.as_ref(), words),
            by_level: all.iter().map(|level| LevelCountView { level: level.level, coverage: CoverageView::new(std::slice::from_ref(level)) }).collect(),
            editions: editions(&all, words),
            clocks_finding: is_current.then(|| clocks_finding(&clocks, words)),
            scores: inspection.and_then(|inspection| scores(inspection, words)),
            charts: ChartsView::new(site, &coverage, year),
            levels: if is_shown { all } else { Vec::new() },
            inspected: inspection.map_or(0, |inspection| inspection.agencies.len()),
            href_inspection: inspection.map(|_| path::page(&format!("kiem-tra/{year}/"))),
            years: dashboard_years(site).into_iter().filter(|other| *other != year).map(link).collect(),
            coverage,
            gaps,
            clocks,
            on_site,
        }
    }
}

fn of_total(part: usize, total: usize, words: &Words) -> String {
    words.fill("n_of_total", &[("n", &grouped(part as u64)), ("total", &grouped(total as u64))])
}

fn figures(
    year: i16,
    coverage: &CoverageView,
    gaps: Option<&GapsView<'_>>,
    clocks: Option<&Vec<ClockView<'_>>>,
    on_site: Option<&OnSiteView<'_>>,
    words: &Words,
) -> Vec<FigureView> {
    let page = path::page(&format!("tong-hop/{year}/"));
    let figure = |value: String, word: &str, anchor: &str| FigureView { value, label: words.text(word).to_owned(), href: Some(format!("{page}#{anchor}")) };
    let mut figures = vec![figure(of_total(coverage.obliged_declared, coverage.obliged, words), "figure_obliged", "muc-do")];
    figures.extend(gaps.map(|gaps| figure(of_total(gaps.declared, gaps.competent, words), "figure_gaps", "thu-tuc")));
    figures.extend(clocks.map(|clocks| figure(grouped(clocks.iter().map(|clock| clock.overdue).sum::<usize>() as u64), "figure_overdue", "qua-han")));
    let visited = on_site.and_then(|on_site| on_site.chart.rows.first()).map(|row| (row.parts[0].count as usize, row.total as usize));
    figures.extend(visited.map(|(visited, obliged)| figure(of_total(visited, obliged, words), "figure_on_site", "tai-tru-so")));
    figures
}

/// How many declared by which edition of the standard; the one in force first.
fn editions(levels: &[LevelView], words: &Words) -> Option<StackChartView> {
    let agencies = || levels.iter().flat_map(|level| &level.agencies);
    let mut counts: BTreeMap<(bool, String), u64> = BTreeMap::new();
    for agency in agencies().filter(|agency| agency.state != AgencyState::Missing) {
        let name = agency.standard.clone().unwrap_or_else(|| words.text("edition_not_stated").to_owned());
        *counts.entry((agency.state == AgencyState::OldStandard, name)).or_default() += 1;
    }
    if counts.is_empty() {
        return None;
    }
    let missing = agencies().filter(|agency| agency.state == AgencyState::Missing).count() as u64;
    let told: Vec<String> = counts.iter().map(|((_, name), count)| words.fill("edition_count", &[("count", &grouped(*count)), ("standard", name)])).collect();
    let finding = words.fill("editions_finding", &[("editions", &told.join(", ")), ("missing", &grouped(missing))]);
    let columns: Vec<&str> = counts.keys().map(|(_, name)| name.as_str()).chain([words.text("agency_missing")]).collect();
    let of = |obligation: Option<Obligation>| -> Vec<u64> {
        let is_of = |agency: &&super::AgencyView| obligation.is_none_or(|wanted| agency.obligation == wanted);
        let named = |name: &str| {
            let is_named = |agency: &&super::AgencyView| {
                agency.state != AgencyState::Missing && agency.standard.as_deref().unwrap_or(words.text("edition_not_stated")) == name
            };
            agencies().filter(is_of).filter(is_named).count() as u64
        };
        let of_editions = counts.keys().map(|(_, name)| named(name));
        of_editions.chain([agencies().filter(is_of).filter(|agency| agency.state == AgencyState::Missing).count() as u64]).collect()
    };
    let rows = vec![(words.text("all_agencies").to_owned(), of(None)), (words.text("obliged_agencies").to_owned(), of(Some(Obligation::Mandatory)))];
    let rows = rows.into_iter().filter(|(_, counts)| counts.iter().sum::<u64>() > 0).collect();
    StackChartView::new(words.text("editions_caption"), finding, words.text("agencies_column"), &columns, rows)
}

/// Every clock of which something is overdue or falls due soon. What is not public is only counted.
fn clocks<'a>(site: &Site<'a>) -> Vec<ClockView<'a>> {
    let today = site.today();
    let until = months_after(today, AHEAD_MONTHS);
    let mut by_kind: BTreeMap<DueKind, Vec<DueDate>> = BTreeMap::new();
    let due = site.register.due_dates(today, site.config.review_months).into_iter();
    // An internal work process is nobody's business, not even as a number.
    for one in due.filter(|one| one.is_public || one.kind == DueKind::CorrectiveAction).filter(|one| one.due_on.is_none_or(|on| on <= until)) {
        by_kind.entry(one.kind).or_default().push(one);
    }
    by_kind.into_iter().map(|(kind, due)| clock(site, kind, &due)).collect()
}

fn clock<'a>(site: &Site<'a>, kind: DueKind, due: &[DueDate]) -> ClockView<'a> {
    let late: Vec<&DueDate> = due.iter().filter(|one| one.is_overdue(site.today())).collect();
    let ids: BTreeSet<&AgencyId> = late.iter().filter(|_| site.config.shows_overdue).filter_map(|one| one.agency.as_ref()).collect();
    let mut agencies: Vec<LinkView> = ids.into_iter().map(|id| agency_link(site, id)).collect();
    agencies.sort_by(|left, right| site.order.compare(&left.title, &right.title));
    let more = agencies.len().saturating_sub(AGENCIES_NAMED);
    agencies.truncate(AGENCIES_NAMED);
    let basis = due.first().map(|one| one.basis.clone()).unwrap_or_default();
    let source = site.register.deadlines.get(kind.key()).map(|deadline| SourceView::new(site, deadline.source.as_deref(), deadline.verified_on));
    ClockView { name: kind.name().0, overdue: late.len(), soon: due.len() - late.len(), basis, source, agencies, more }
}

fn clocks_finding(clocks: &[ClockView<'_>], words: &Words) -> String {
    let sum = |count: fn(&ClockView<'_>) -> usize| grouped(clocks.iter().map(count).sum::<usize>() as u64);
    words.fill("clocks_finding", &[("overdue", &sum(|clock| clock.overdue)), ("soon", &sum(|clock| clock.soon)), ("months", &AHEAD_MONTHS.to_string())])
}

/// The difference in points, where the report has both scores.
fn scores(inspection: &Inspection, words: &Words) -> Option<ScoresView> {
    let both: Vec<f64> = inspection.agencies.iter().filter_map(|one| Some(one.self_score? - one.score?)).collect();
    let count = |is: fn(f64) -> bool| both.iter().filter(|difference| is(**difference)).count() as u64;
    let counts = [count(|difference| difference > 1e-9), count(|difference| difference.abs() <= 1e-9), count(|difference| difference < -1e-9)];
    if both.is_empty() {
        return None;
    }
    let mean = both.iter().sum::<f64>() / both.len() as f64;
    let word = match (mean * 10.0).round() {
        mean if mean > 0.0 => "scores_mean_higher",
        mean if mean < 0.0 => "scores_mean_lower",
        _ => "scores_mean_same",
    };
    let numbers = counts.map(grouped);
    let (total, points) = (grouped(both.len() as u64), decimal(mean.abs(), 1));
    let gaps = [("total", &*total), ("higher", &*numbers[0]), ("same", &numbers[1]), ("lower", &numbers[2])];
    let finding = words.fill("scores_finding", &gaps) + &words.fill(word, &[("points", &points)]);
    let columns = ["scores_higher", "scores_same", "scores_lower"].map(|word| words.text(word));
    let rows = vec![(words.text("inspected_agencies").to_owned(), counts.to_vec())];
    StackChartView::new(words.text("scores_caption"), finding, words.text("agencies_column"), &columns, rows).map(|chart| ScoresView { chart })
}

fn on_site<'a>(site: &Site<'a>, inspection: &'a Inspection) -> Option<OnSiteView<'a>> {
    let words = site.words();
    // A report of totals alone does not say which agencies were visited.
    let share = site.register.on_site_share(inspection, site.today()).filter(|share| share.obliged > 0 && !inspection.agencies.is_empty())?;
    let numbers = [share.visited, share.obliged, share.needed].map(|number| grouped(number as u64));
    let gaps = [("visited", &*numbers[0]), ("obliged", &*numbers[1]), ("needed", &*numbers[2]), ("one_in", &*share.limit.one_in.unwrap_or(0).to_string())]
        .map(|(name, value)| (name, value.to_owned()));
    let gaps: Vec<(&str, &str)> = gaps.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let columns = [words.text("visited"), words.text("not_visited")];
    let rows = vec![(words.text("obliged_systems").to_owned(), vec![share.visited as u64, (share.obliged - share.visited) as u64])];
    let count = |form: InspectionForm| inspection.agencies.iter().filter(|one| one.form == form).count();
    Some(OnSiteView {
        chart: StackChartView::new(words.text("on_site_caption"), words.fill("on_site_finding", &gaps), words.text("agencies_column"), &columns, rows)?,
        is_enough: share.visited >= share.needed,
        is_over: inspection.year < site.today().year(),
        planned: share.planned,
        on_site: count(InspectionForm::OnSite),
        by_dossier: count(InspectionForm::Dossier),
        basis: &share.limit.basis,
        source: SourceView::new(site, share.limit.source.as_deref(), share.limit.verified_on),
    })
}
