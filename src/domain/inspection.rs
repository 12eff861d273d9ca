//! Yearly inspections by the lead unit: TT 26/2014/TT-BKHCN, Điều 33–38.

use super::vocabulary::*;
use super::{AgencyId, Announcement, Date};
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
