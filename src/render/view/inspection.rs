//! Inspections: of a year, and of one agency over the years. Ratings are shown as entered.

use serde::Serialize;

use super::super::agency_site::AgencySite;
use super::super::path;
use super::super::site::Site;
use super::{AnnouncementView, LinkView, StackChartView, iso};
use crate::domain::vocabulary::{InspectionForm, Rating};
use crate::domain::{AgencyId, InspectedAgency, Inspection};

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
            is_overdue: finding.closed_on.is_none() && finding.due.is_some_and(|due| due < today),
        };
        Self {
            year: inspection.year,
            agency: None,
            decision: decision(inspection),
            form: one.form,
            record_on: iso(one.record_on),
            rating: one.rating,
            score: one.score,
            findings: one.findings.iter().map(finding).collect(),
            open: one.findings.iter().filter(|finding| finding.closed_on.is_none()).count(),
            href: site.is_province().then(|| path::page(&format!("kiem-tra/{}/", inspection.year))),
        }
    }
}

impl<'a> InspectionView<'a> {
    /// The inspections of a year, by agency name.
    pub fn new(site: &Site<'a>, inspection: &'a Inspection) -> Self {
        let mut results: Vec<InspectionResultView<'a>> = inspection
            .agencies
            .iter()
            .map(|one| InspectionResultView { agency: Some(agency_link(site, &one.agency)), ..InspectionResultView::new(site, inspection, one) })
            .collect();
        let title = |result: &InspectionResultView<'_>| result.agency.as_ref().map(|agency| agency.title.clone()).unwrap_or_default();
        results.sort_by(|left, right| site.order.compare(&title(left), &title(right)));
        let count = |form: InspectionForm| inspection.agencies.iter().filter(|one| one.form == form).count();
        let stated = inspection.stated_totals.as_ref();
        let differing = |stated: Option<u32>, sum: usize| stated.filter(|stated| *stated as usize != sum);
        let (on_site, by_dossier) = (count(InspectionForm::OnSite), count(InspectionForm::Dossier));
        Self {
            year: inspection.year,
            decision: decision(inspection),
            planned: inspection.plan.iter().map(|plan| planned(site, inspection, plan)).collect(),
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
