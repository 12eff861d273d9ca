//! The view of the lead unit: inspections, totals, merged agencies.

mod inconsistent_inspection;
pub mod lost_url;
mod merged_agency_still_active;
mod on_site_share_too_low;
mod totals_do_not_reconcile;

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    (&totals_do_not_reconcile::RULE, totals_do_not_reconcile::check),
    (&inconsistent_inspection::RULE, inconsistent_inspection::check),
    (&on_site_share_too_low::RULE, on_site_share_too_low::check),
    (&merged_agency_still_active::RULE, merged_agency_still_active::check),
];
