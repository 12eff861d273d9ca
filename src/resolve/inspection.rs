//! Inspections by the lead unit.

use super::{Resolver, insert};
use crate::domain::*;
use crate::origin::Origin;
use crate::parse::raw::*;

impl Resolver<'_> {
    pub(super) fn inspections(&mut self, records: Vec<Sourced<RawInspection>>) {
        for Sourced { origin, raw } in records {
            let RawInspection { year, decision, plan, agencies, stated_totals } = raw;
            let inspection = Inspection {
                year,
                decision: decision.map(|raw| self.announcement(raw, &origin.field("decision"))),
                plan: plan.into_iter().enumerate().filter_map(|(index, raw)| self.planned_inspection(raw, &origin.field("plan").item(index))).collect(),
                agencies: agencies
                    .into_iter()
                    .enumerate()
                    .filter_map(|(index, raw)| self.inspected_agency(raw, origin.field("agencies").item(index)))
                    .collect(),
                stated_totals: stated_totals.map(|raw| stated_inspection(raw, origin.field("stated_totals"))),
                origin: origin.clone(),
            };
            let stem = origin.file.rsplit('/').next().unwrap_or("").trim_end_matches(".yaml").to_owned();
            if stem.parse::<i16>().is_ok_and(|named| named != year && year != 0) {
                self.other_name(&stem, &year.to_string(), origin.field("year"));
            }
            if let Some(first) = insert(&mut self.register.inspections, year, inspection).map(|first| first.origin.clone()) {
                self.duplicate("inspection", &year.to_string(), &first.field("year"), &origin.field("year"));
            }
        }
    }

    fn planned_inspection(&mut self, raw: RawPlannedInspection, origin: &Origin) -> Option<PlannedInspection> {
        let RawPlannedInspection { agency, form, planned_on } = raw;
        Some(PlannedInspection {
            agency: self.known_agency(&agency, origin.field("agency"))?,
            form,
            planned_on: self.optional_date(planned_on.as_ref(), origin, "planned_on"),
        })
    }

    fn inspected_agency(&mut self, raw: RawInspectedAgency, origin: Origin) -> Option<InspectedAgency> {
        let RawInspectedAgency { agency, form, record_on, rating, score, self_score, findings } = raw;
        Some(InspectedAgency {
            agency: self.known_agency(&agency, origin.field("agency"))?,
            form,
            record_on: self.date(&record_on, &origin.field("record_on")),
            rating,
            score,
            self_score,
            findings: findings.into_iter().enumerate().map(|(index, raw)| self.finding(raw, origin.field("findings").item(index))).collect(),
            origin,
        })
    }

    fn finding(&mut self, raw: RawFinding, origin: Origin) -> Finding {
        let RawFinding { point, text, due, closed_on } = raw;
        Finding {
            point,
            text,
            due: self.optional_date(due.as_ref(), &origin, "due"),
            closed_on: self.optional_date(closed_on.as_ref(), &origin, "closed_on"),
            origin,
        }
    }

    /// The agency that an inspection names; told where it is not in the register.
    fn known_agency(&mut self, written: &str, origin: Origin) -> Option<AgencyId> {
        if written.is_empty() {
            return None;
        }
        let id = AgencyId::parse(written).filter(|id| self.register.agencies.contains_key(id));
        if id.is_none() && !AgencyId::parse(written).is_some_and(|id| self.register.unread.contains(&id)) {
            let known: Vec<String> = self.register.agencies.keys().map(AgencyId::to_string).collect();
            self.unknown(("cơ quan", "agency"), written, origin, known.iter().map(String::as_str));
        }
        id
    }
}

fn stated_inspection(raw: RawStatedInspection, origin: Origin) -> StatedInspection {
    let RawStatedInspection { agencies, on_site, dossier, ratings } = raw;
    let ratings = ratings.into_iter().map(|RawStatedRating { rating, agencies, percent }| StatedRating { rating, agencies, percent }).collect();
    StatedInspection { agencies, on_site, dossier, ratings, origin }
}
