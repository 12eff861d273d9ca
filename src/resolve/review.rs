//! Audits, reviews, corrective actions and results.

use super::Resolver;
use crate::domain::*;
use crate::origin::Origin;
use crate::parse::raw::*;

impl Resolver<'_> {
    pub(super) fn reviews(&mut self, records: Vec<Owned<RawReviews>>) {
        for Owned { agency: folder, stem: _, record: Sourced { origin, raw } } in records {
            let Some(id) = self.owner(&folder, &origin) else { continue };
            let RawReviews { internal_audits, management_reviews, nonconformities, complaints, training } = raw;
            let at = |field: &str, index: usize| origin.field(field).item(index);
            let reviews = Reviews {
                internal_audits: internal_audits.into_iter().enumerate().map(|(index, raw)| self.internal_audit(raw, at("internal_audits", index))).collect(),
                management_reviews: management_reviews
                    .into_iter()
                    .enumerate()
                    .map(|(index, raw)| self.management_review(raw, at("management_reviews", index)))
                    .collect(),
                nonconformities: nonconformities.into_iter().enumerate().map(|(index, raw)| self.nonconformity(raw, at("nonconformities", index))).collect(),
                complaints: complaints.into_iter().map(|RawComplaints { year, received, resolved }| Complaints { year, received, resolved }).collect(),
                training: training.into_iter().enumerate().map(|(index, raw)| self.training(raw, &at("training", index))).collect(),
                origin: Some(origin.clone()),
            };
            self.register.records.entry(id).or_default().reviews = reviews;
        }
    }

    fn internal_audit(&mut self, raw: RawInternalAudit, origin: Origin) -> InternalAudit {
        let RawInternalAudit { held_on, scope, findings, file } = raw;
        InternalAudit { held_on: self.date(&held_on, &origin.field("held_on")), scope, findings, file, origin }
    }

    fn management_review(&mut self, raw: RawManagementReview, origin: Origin) -> ManagementReview {
        let RawManagementReview { held_on, conclusion, file } = raw;
        ManagementReview { held_on: self.date(&held_on, &origin.field("held_on")), conclusion, file, origin }
    }

    fn nonconformity(&mut self, raw: RawNonconformity, origin: Origin) -> Nonconformity {
        let RawNonconformity { found_on, source, description, cause, corrective_action, due, closed_on } = raw;
        Nonconformity {
            found_on: self.date(&found_on, &origin.field("found_on")),
            source,
            description,
            cause,
            corrective_action,
            due: self.optional_date(due.as_ref(), &origin, "due"),
            closed_on: self.optional_date(closed_on.as_ref(), &origin, "closed_on"),
            origin,
        }
    }

    fn training(&mut self, raw: RawTraining, origin: &Origin) -> Training {
        let RawTraining { held_on, topic, participants } = raw;
        Training { held_on: self.date(&held_on, &origin.field("held_on")), topic, participants }
    }

    pub(super) fn results(&mut self, records: Vec<Owned<RawResults>>) {
        for Owned { agency: folder, stem, record: Sourced { origin, raw } } in records {
            let Some(id) = self.owner(&folder, &origin) else { continue };
            let Some(year) = self.year(&stem, &origin) else { continue };
            let RawResults { source, results, stated_totals } = raw;
            let rows = results.into_iter().enumerate().map(|(index, raw)| result_row(raw, origin.field("results").item(index)));
            let other = |row: &ResultRow| row.period.get(..4).filter(|period| period.parse::<i16>().is_ok_and(|period| period != year)).map(str::to_owned);
            let rows: Vec<ResultRow> = rows.collect();
            if let Some((inside, origin)) = rows.iter().find_map(|row| Some((other(row)?, row.origin.field("period")))) {
                self.other_name(&stem, &inside, origin);
            }
            let stated_totals = stated_totals.map(|raw| stated_results(raw, origin.field("stated_totals")));
            self.register.records.entry(id).or_default().results.insert(year, Results { source, rows, stated_totals, origin });
        }
    }
}

fn result_row(raw: RawResult, origin: Origin) -> ResultRow {
    let RawResult { period, field, received, early, on_time, late, pending, causes, actions } = raw;
    ResultRow { period, field, received, early, on_time, late, pending, causes, actions, origin }
}

fn stated_results(raw: RawStatedResults, origin: Origin) -> StatedResults {
    let RawStatedResults { received, early, on_time, late, pending, late_percent } = raw;
    StatedResults { received, early, on_time, late, pending, late_percent, origin }
}
