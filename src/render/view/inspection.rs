//! Inspections: of a year, and of one agency over the years. Ratings are shown as entered.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::Serialize;

use super::super::agency_site::AgencySite;
use super::super::path;
use super::super::site::Site;
use super::{AnnouncementView, LinkView, StackChartView, iso};
use crate::domain::vocabulary::{InspectionForm, Rating};
use crate::domain::{AgencyId, InspectedAgency, Inspection, decimal};
use crate::theme::Words;

/// One agency's inspection of a year.
#[derive(Debug, Serialize)]
pub(in super::super) struct InspectionResultView<'a> {
    pub year: i16,
    /// `None` on the agency's own page.
    pub agency: Option<LinkView>,
    pub decision: Option<AnnouncementView<'a>>,
    pub form: InspectionForm,
    pub record_on: Option<String>,
    pub rating: Option<Rating>,
    pub score: Option<f64>,
    pub self_score: Option<f64>,
    /// Between the two, in words.
    pub difference: Option<String>,
    pub findings: Vec<FindingView<'a>>,
    pub open: usize,
    /// The province's page of the year.
    pub href: Option<String>,
}

/// A finding.
#[derive(Debug, Serialize)]
pub(in super::super) struct FindingView<'a> {
    pub point: &'a str,
    pub text: &'a str,
    pub due: Option<String>,
    pub closed_on: Option<String>,
    pub is_overdue: bool,
}

/// How many agencies got a rating.
#[derive(Debug, Serialize)]
pub(in super::super) struct RatingView {
    pub rating: Rating,
    pub agencies: usize,
    /// What the report states, where it differs.
    pub stated: Option<u32>,
}

/// The page of a year.
#[derive(Debug, Serialize)]
pub(in super::super) struct InspectionView<'a> {
    pub year: i16,
    pub decision: Option<AnnouncementView<'a>>,
    /// What the headings of the table sort by.
    pub sorts: BTreeMap<&'static str, SortView>,
    /// The same of the plan.
    pub plan_sorts: BTreeMap<&'static str, SortView>,
    pub results: Vec<InspectionResultView<'a>>,
    pub planned: Vec<PlannedView>,
    pub on_site: usize,
    pub by_dossier: usize,
    pub ratings: Vec<RatingView>,
    pub chart: Option<StackChartView>,
    pub stated_agencies: Option<u32>,
    pub stated_on_site: Option<u32>,
    pub stated_dossier: Option<u32>,
    pub years: Vec<LinkView>,
}

/// The orders in which the table of a year is made beforehand: who has no JavaScript sorts by following a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum InspectionOrder {
    Name,
    Form,
    Date,
    Rating,
    Score,
    /// What an agency gave itself above what the inspection gave.
    Difference,
    Findings,
}

impl InspectionOrder {
    /// The orders of a year, that of the names first; one of scores only where there are some.
    pub fn of(inspection: &Inspection) -> Vec<Self> {
        let has_scores = inspection.agencies.iter().any(|one| one.score.is_some());
        let has_both = inspection.agencies.iter().any(|one| difference(one).is_some());
        let scores = [Self::Score].into_iter().filter(|_| has_scores);
        let differences = [Self::Difference].into_iter().filter(|_| has_both);
        [Self::Name, Self::Form, Self::Date, Self::Rating].into_iter().chain(scores).chain(differences).chain([Self::Findings]).collect()
    }

    /// Folder of the page of a year.
    pub fn folder(self, year: i16) -> String {
        let order = match self {
            Self::Name => "",
            Self::Form => "theo-hinh-thuc/",
            Self::Date => "theo-ngay/",
            Self::Rating => "theo-xep-loai/",
            Self::Score => "theo-diem/",
            Self::Difference => "theo-chenh-lech/",
            Self::Findings => "theo-phat-hien/",
        };
        format!("kiem-tra/{year}/{order}")
    }

    /// What it sorts by, in the word table.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "order_name",
            Self::Form => "order_form",
            Self::Date => "order_date",
            Self::Rating => "order_rating",
            Self::Score => "order_score",
            Self::Difference => "order_difference",
            Self::Findings => "order_findings",
        }
    }

    /// Its key in templates, and the direction as `aria-sort` names it.
    fn key(self) -> (&'static str, &'static str) {
        match self {
            Self::Name => ("name", "ascending"),
            Self::Form => ("form", "ascending"),
            Self::Date => ("date", "descending"),
            Self::Rating => ("rating", "descending"),
            Self::Score => ("score", "descending"),
            Self::Difference => ("difference", "descending"),
            Self::Findings => ("findings", "descending"),
        }
    }

    /// Whether the plan has what it looks at.
    fn is_of_plan(self) -> bool {
        matches!(self, Self::Name | Self::Form | Self::Date)
    }

    fn compare(self, left: &InspectedAgency, right: &InspectedAgency) -> Ordering {
        let highest = |left: Option<f64>, right: Option<f64>| right.unwrap_or(f64::MIN).total_cmp(&left.unwrap_or(f64::MIN));
        match self {
            Self::Name => Ordering::Equal,
            Self::Form => (left.form == InspectionForm::Dossier).cmp(&(right.form == InspectionForm::Dossier)),
            Self::Date => right.record_on.cmp(&left.record_on),
            Self::Rating => rank(left.rating).cmp(&rank(right.rating)),
            Self::Score => highest(left.score, right.score),
            Self::Difference => highest(difference(left), difference(right)),
            Self::Findings => (right.findings.len(), open(right)).cmp(&(left.findings.len(), open(left))),
        }
    }
}

/// A heading of the table: where its order is, or that this is it.
#[derive(Debug, Serialize)]
pub(in super::super) struct SortView {
    pub href: String,
    /// `ascending` or `descending` where the page is in this order.
    pub direction: Option<&'static str>,
}

fn sorts(inspection: &Inspection, current: InspectionOrder, anchor: &str) -> BTreeMap<&'static str, SortView> {
    let sort = |order: InspectionOrder| {
        let (key, direction) = order.key();
        let href = format!("{}#{anchor}", path::page(&order.folder(inspection.year)));
        (key, SortView { href, direction: (order == current).then_some(direction) })
    };
    InspectionOrder::of(inspection).into_iter().map(sort).collect()
}

/// Best first; what was not rated comes last.
fn rank(rating: Option<Rating>) -> usize {
    let ranks = [Rating::Tot, Rating::Kha, Rating::TrungBinh, Rating::Yeu];
    ranks.iter().position(|known| Some(*known) == rating).unwrap_or(ranks.len())
}

fn open(one: &InspectedAgency) -> usize {
    one.findings.iter().filter(|finding| finding.closed_on.is_none()).count()
}

/// In points of the same scale, as many decimals as scores have.
fn difference(one: &InspectedAgency) -> Option<f64> {
    Some(((one.self_score? - one.score?) * 100.0).round() / 100.0)
}

/// `cao hơn 3 điểm`, never a bare sign that a screen reader swallows.
fn difference_text(one: &InspectedAgency, words: &Words) -> Option<String> {
    let difference = difference(one)?;
    let word = match difference {
        more if more > 0.0 => "difference_higher",
        less if less < 0.0 => "difference_lower",
        _ => "difference_none",
    };
    Some(words.fill(word, &[("points", &decimal(difference.abs(), 2))]))
}

/// An agency of the plan.
#[derive(Debug, Serialize)]
pub(in super::super) struct PlannedView {
    pub agency: LinkView,
    pub form: InspectionForm,
    pub planned_on: Option<String>,
    pub is_done: bool,
}

impl<'a> InspectionResultView<'a> {
    /// All inspections of an agency, newest first.
    pub fn of_agency(pages: &AgencySite<'a>) -> Vec<Self> {
        let inspections = pages.site.register.inspections.values().rev();
        let of_year = |inspection: &'a Inspection| inspection.agencies.iter().filter(|one| one.agency == pages.agency.id).map(move |one| (inspection, one));
        inspections.flat_map(of_year).map(|(inspection, one)| Self::new(pages.site, inspection, one)).collect()
    }

    fn new(site: &Site<'a>, inspection: &'a Inspection, one: &'a InspectedAgency) -> Self {
        let today = site.today();
        let finding = |finding: &'a crate::domain::Finding| FindingView {
            point: &finding.point,
            text: &finding.text,
            due: iso(finding.due),
            closed_on: iso(finding.closed_on),
            is_overdue: site.config.shows_overdue && finding.closed_on.is_none() && finding.due.is_some_and(|due| due < today),
        };
        Self {
            year: inspection.year,
            agency: None,
            decision: decision(inspection),
            form: one.form,
            record_on: iso(one.record_on),
            rating: one.rating,
            score: one.score,
            self_score: one.self_score,
            difference: difference_text(one, site.words()),
            findings: one.findings.iter().map(finding).collect(),
            open: open(one),
            href: site.is_province().then(|| path::page(&format!("kiem-tra/{}/", inspection.year))),
        }
    }
}

impl<'a> InspectionView<'a> {
    /// The inspections of a year in an order; where two are equal by agency name.
    pub fn new(site: &Site<'a>, inspection: &'a Inspection, order: InspectionOrder) -> Self {
        let mut inspected: Vec<(LinkView, &InspectedAgency)> = inspection.agencies.iter().map(|one| (agency_link(site, &one.agency), one)).collect();
        inspected.sort_by(|left, right| order.compare(left.1, right.1).then_with(|| site.order.compare(&left.0.title, &right.0.title)));
        let result = |(agency, one)| InspectionResultView { agency: Some(agency), ..InspectionResultView::new(site, inspection, one) };
        let results: Vec<InspectionResultView<'a>> = inspected.into_iter().map(result).collect();
        let count = |form: InspectionForm| inspection.agencies.iter().filter(|one| one.form == form).count();
        let stated = inspection.stated_totals.as_ref();
        let differing = |stated: Option<u32>, sum: usize| stated.filter(|stated| *stated as usize != sum);
        let (on_site, by_dossier) = (count(InspectionForm::OnSite), count(InspectionForm::Dossier));
        Self {
            year: inspection.year,
            decision: decision(inspection),
            sorts: sorts(inspection, order, "co-quan"),
            plan_sorts: sorts(inspection, if order.is_of_plan() { order } else { InspectionOrder::Name }, "ke-hoach"),
            planned: plan(site, inspection, order),
            on_site,
            by_dossier,
            ratings: ratings(inspection),
            chart: StackChartView::ratings(site, inspection.year),
            stated_agencies: differing(stated.and_then(|stated| stated.agencies), results.len()),
            stated_on_site: differing(stated.and_then(|stated| stated.on_site), on_site),
            stated_dossier: differing(stated.and_then(|stated| stated.dossier), by_dossier),
            results,
            years: site.register.inspections.keys().rev().filter(|year| **year != inspection.year).map(|year| inspection_link(site, *year)).collect(),
        }
    }
}

/// The ratings that were given, best first, with the stated number where it is another one.
pub(in super::super) fn ratings(inspection: &Inspection) -> Vec<RatingView> {
    let stated =
        |rating: Rating| inspection.stated_totals.as_ref().and_then(|stated| stated.ratings.iter().find(|one| one.rating == rating)).map(|one| one.agencies);
    [Rating::Tot, Rating::Kha, Rating::TrungBinh, Rating::Yeu]
        .into_iter()
        .map(|rating| {
            let agencies = inspection.agencies.iter().filter(|one| one.rating == Some(rating)).count();
            RatingView { rating, agencies, stated: stated(rating).filter(|stated| *stated as usize != agencies) }
        })
        .filter(|view| view.agencies > 0 || view.stated.is_some())
        .collect()
}

/// The plan, in the order of the page where it has what that order looks at, else by agency name.
fn plan(site: &Site<'_>, inspection: &Inspection, order: InspectionOrder) -> Vec<PlannedView> {
    let mut all: Vec<PlannedView> = inspection.plan.iter().map(|plan| planned(site, inspection, plan)).collect();
    all.sort_by(|left, right| {
        let by_order = match order {
            InspectionOrder::Form => (left.form == InspectionForm::Dossier).cmp(&(right.form == InspectionForm::Dossier)),
            InspectionOrder::Date => right.planned_on.cmp(&left.planned_on),
            _ => Ordering::Equal,
        };
        by_order.then_with(|| site.order.compare(&left.agency.title, &right.agency.title))
    });
    all
}

fn planned(site: &Site<'_>, inspection: &Inspection, plan: &crate::domain::PlannedInspection) -> PlannedView {
    PlannedView {
        agency: agency_link(site, &plan.agency),
        form: plan.form,
        planned_on: iso(plan.planned_on),
        is_done: inspection.agencies.iter().any(|one| one.agency == plan.agency),
    }
}

fn inspection_link(site: &Site<'_>, year: i16) -> LinkView {
    LinkView { href: Some(path::page(&format!("kiem-tra/{year}/"))), title: site.words().fill("year_n", &[("year", &year.to_string())]) }
}

fn decision(inspection: &Inspection) -> Option<AnnouncementView<'_>> {
    inspection.decision.as_ref().map(|decision| AnnouncementView { number: decision.number.as_str(), issued_on: iso(decision.issued_on) })
}

/// An agency by its id, with its home where the register has it.
pub(in super::super) fn agency_link(site: &Site<'_>, id: &AgencyId) -> LinkView {
    match site.register.agencies.get(id) {
        Some(agency) => LinkView { href: Some(path::page(&site.agency_folder(agency))), title: agency.name.clone() },
        None => LinkView { href: None, title: id.to_string() },
    }
}
