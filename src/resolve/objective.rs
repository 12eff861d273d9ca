//! Quality policies and objectives.

use super::declaration::signer_of;
use super::{INVALID_ID, Resolver};
use crate::diagnostic::{Diagnostic, Text};
use crate::domain::*;
use crate::markdown;
use crate::origin::Origin;
use crate::parse::raw::*;

impl Resolver<'_> {
    pub(super) fn quality_policies(&mut self, records: Vec<Owned<RawPage<RawQualityPolicy>>>) {
        for Owned { agency: folder, stem: _, record: Sourced { origin, raw } } in records {
            let Some(id) = self.owner(&folder, &origin) else { continue };
            let RawPage { front: RawQualityPolicy { approved_on, signer, edition, reviewed_on }, body, body_line } = raw;
            let policy = QualityPolicy {
                approved_on: self.date(&approved_on, &origin.field("approved_on")),
                signer: signer_of(signer),
                edition,
                reviewed_on: self.optional_date(reviewed_on.as_ref(), &origin, "reviewed_on"),
                body: markdown::inspect(&body, origin.clone(), Some(body_line)),
                origin,
            };
            self.register.records.entry(id).or_default().quality_policy = Some(policy);
        }
    }

    pub(super) fn objectives(&mut self, records: Vec<Owned<RawObjectives>>) {
        for Owned { agency: folder, stem, record: Sourced { origin, raw } } in records {
            let Some(id) = self.owner(&folder, &origin) else { continue };
            let Some(year) = self.year(&stem, &origin) else { continue };
            let RawObjectives { approved_on, objectives } = raw;
            let year_objectives = YearObjectives {
                approved_on: self.optional_date(approved_on.as_ref(), &origin, "approved_on"),
                objectives: objectives.into_iter().enumerate().map(|(index, raw)| self.objective(raw, origin.field("objectives").item(index))).collect(),
                origin,
            };
            self.link_objectives(&id, &year_objectives);
            self.register.records.entry(id).or_default().objectives.insert(year, year_objectives);
        }
    }

    fn objective(&mut self, raw: RawObjective, origin: Origin) -> Objective {
        let RawObjective { id, statement, metric, target, unit, contributes_to, plan, results } = raw;
        Objective {
            id,
            statement,
            metric,
            target: target.map(|RawTarget { op, value, unit }| Target { op, value, unit }),
            unit,
            contributes_to,
            plan: plan.into_iter().enumerate().map(|(index, raw)| self.plan_item(raw, &origin.field("plan").item(index))).collect(),
            results: results.into_iter().map(|RawObjectiveResult { period, value, source }| ObjectiveResult { period, value, source }).collect(),
            origin,
        }
    }

    fn plan_item(&mut self, raw: RawPlanItem, origin: &Origin) -> PlanItem {
        let RawPlanItem { action, responsible, resources, due } = raw;
        PlanItem { action, responsible, resources, due: self.optional_date(due.as_ref(), origin, "due") }
    }

    /// Units and objectives that objectives name must exist in the agency and the year.
    fn link_objectives(&mut self, agency: &AgencyId, year: &YearObjectives) {
        let units: Vec<String> = self.register.agencies.get(agency).map(|agency| agency.units.iter().map(|unit| unit.id.clone()).collect()).unwrap_or_default();
        let ids: Vec<String> = year.objectives.iter().map(|objective| objective.id.clone()).collect();
        for objective in &year.objectives {
            if let Some(unit) = objective.unit.as_ref().filter(|unit| !units.contains(unit)) {
                self.unknown(("đơn vị", "unit"), unit, objective.origin.field("unit"), units.iter().map(String::as_str));
            }
            if let Some(served) = objective.contributes_to.as_ref().filter(|served| !ids.contains(served)) {
                self.unknown(("mục tiêu", "objective"), served, objective.origin.field("contributes_to"), ids.iter().map(String::as_str));
            }
        }
        let mut seen: std::collections::BTreeMap<&str, &Origin> = std::collections::BTreeMap::new();
        for objective in &year.objectives {
            match seen.get(objective.id.as_str()) {
                Some(first) => {
                    let (first, second) = ((*first).clone(), objective.origin.field("id"));
                    self.register.duplicates.push(Duplicate { code: objective.id.clone(), kind: "objective", first: first.field("id"), second });
                }
                None => drop(seen.insert(&objective.id, &objective.origin)),
            }
        }
    }

    /// The year that a file is named after.
    pub(super) fn year(&mut self, stem: &str, origin: &Origin) -> Option<i16> {
        let year = stem.parse::<i16>().ok().filter(|year| (2000..=2100).contains(year));
        if year.is_none() {
            let message = Text::new(format!("tên tệp “{stem}” không phải là một năm"), format!("the file name `{stem}` is not a year"));
            let hint = Text::fixed("đặt tên tệp theo năm, ví dụ 2026.yaml", "name the file after the year, such as 2026.yaml");
            self.diagnostics.push(Diagnostic::new(&INVALID_ID, Origin::file(origin.file.clone()), message).hint(hint));
        }
        year
    }
}
