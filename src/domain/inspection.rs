//! Yearly inspections by the lead unit: TT 26/2014/TT-BKHCN, Điều 33–38.

use std::collections::BTreeSet;

use super::vocabulary::*;
use super::{Agency, AgencyId, Announcement, Date, Deadline, QualitySystem, Register};
use crate::origin::Origin;

/// The inspections of one year.
#[derive(Debug, Clone)]
pub struct Inspection {
    pub origin: Origin,
    pub year: i16,
    pub decision: Option<Announcement>,
    pub plan: Vec<PlannedInspection>,
    pub agencies: Vec<InspectedAgency>,
    pub stated_totals: Option<StatedInspection>,
}

/// An agency that the plan names.
#[derive(Debug, Clone)]
pub struct PlannedInspection {
    pub agency: AgencyId,
    pub form: InspectionForm,
    pub planned_on: Option<Date>,
}

/// The inspection of one agency.
#[derive(Debug, Clone)]
pub struct InspectedAgency {
    pub origin: Origin,
    pub agency: AgencyId,
    pub form: InspectionForm,
    pub record_on: Option<Date>,
    pub rating: Option<Rating>,
    pub score: Option<f64>,
    /// What the agency gave itself before, on the same scale.
    pub self_score: Option<f64>,
    pub findings: Vec<Finding>,
}

/// A finding at a point of TT 26/2014/TT-BKHCN, Điều 36 (`1a` … `2đ`, `2e`).
#[derive(Debug, Clone)]
pub struct Finding {
    pub origin: Origin,
    pub point: String,
    pub text: String,
    pub due: Option<Date>,
    pub closed_on: Option<Date>,
}

/// Totals as the report states them: reconciled, never trusted.
#[derive(Debug, Clone)]
pub struct StatedInspection {
    pub origin: Origin,
    pub agencies: Option<u32>,
    pub on_site: Option<u32>,
    pub dossier: Option<u32>,
    pub ratings: Vec<StatedRating>,
}

/// How many agencies the report states for a rating.
#[derive(Debug, Clone)]
pub struct StatedRating {
    pub rating: Rating,
    pub agencies: u32,
    pub percent: Option<f64>,
}

/// How many of the systems that must be inspected in a year were inspected at their office: TT 26/2014/TT-BKHCN,
/// Điều 33 khoản 2. Agencies that share a system are inspected together and count once (Điều 6).
#[derive(Debug, Clone)]
pub struct OnSiteShare<'a> {
    /// Systems with an agency that the law obliges.
    pub obliged: usize,
    /// Inspected at their office.
    pub visited: usize,
    /// Not yet, but planned for a day that has not come.
    pub planned: usize,
    /// The rest, by the agency that answers for each.
    pub left: Vec<&'a Agency>,
    /// How many the law wants, and by which clause.
    pub needed: usize,
    pub limit: &'a Deadline,
}

impl OnSiteShare<'_> {
    /// Whether it is enough, with what is still planned.
    pub fn is_enough(&self) -> bool {
        self.visited + self.planned >= self.needed
    }
}

impl Register {
    /// The share of a year; `None` where the table of deadlines has no such share.
    pub fn on_site_share(&self, inspection: &Inspection, today: Date) -> Option<OnSiteShare<'_>> {
        let limit = self.deadlines.get("on_site_inspection")?;
        let one_in = limit.one_in.filter(|count| *count > 0)? as usize;
        let is_on_site = |form: InspectionForm| form == InspectionForm::OnSite;
        let done: BTreeSet<&AgencyId> = inspection.agencies.iter().filter(|one| is_on_site(one.form)).map(|one| &one.agency).collect();
        let is_ahead = |one: &&PlannedInspection| is_on_site(one.form) && one.planned_on.is_some_and(|on| on > today);
        let ahead: BTreeSet<&AgencyId> = inspection.plan.iter().filter(is_ahead).map(|one| &one.agency).collect();
        let (mut obliged, mut visited, mut planned, mut left) = (0, 0, 0, Vec::new());
        for system in self.quality_systems.values().filter(|system| self.was_obliged(system, inspection.year)) {
            let has = |agencies: &BTreeSet<&AgencyId>| system.members.iter().any(|member| agencies.contains(member));
            obliged += 1;
            match (has(&done), has(&ahead)) {
                (true, _) => visited += 1,
                (false, true) => planned += 1,
                (false, false) => left.extend(self.agencies.get(&system.owner)),
            }
        }
        Some(OnSiteShare { obliged, visited, planned, left, needed: obliged.div_ceil(one_in), limit })
    }

    /// Whether an agency of the system existed after a year began to count, and was obliged.
    fn was_obliged(&self, system: &QualitySystem, year: i16) -> bool {
        let existed = |agency: &Agency| agency.is_active() || agency.ended_on.is_some_and(|on| on.year() > year);
        system.members.iter().filter_map(|id| self.agencies.get(id)).any(|agency| agency.obligation == Obligation::Mandatory && existed(agency))
    }
}
