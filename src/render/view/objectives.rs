//! Quality policy and objectives.

use serde::Serialize;

use super::super::agency_site::AgencySite;
use super::{LinkView, iso, period_text};
use crate::domain::vocabulary::Comparison;
use crate::domain::{Objective, QualityPolicy, YearObjectives};

/// The quality policy.
#[derive(Debug, Serialize)]
pub(in super::super) struct PolicyView {
    pub policy: Option<PolicyTextView>,
    pub shared_with: Option<LinkView>,
}

/// The text of a policy and who stands for it.
#[derive(Debug, Serialize)]
pub(in super::super) struct PolicyTextView {
    pub body_html: String,
    pub approved_on: Option<String>,
    pub reviewed_on: Option<String>,
    pub edition: Option<u32>,
    pub signer: String,
}

impl PolicyTextView {
    /// A policy on a page `root` below the root.
    pub fn new(pages: &AgencySite<'_>, policy: &QualityPolicy, root: &str) -> Self {
        Self {
            body_html: pages.html(&policy.body, 2, root),
            approved_on: iso(policy.approved_on),
            reviewed_on: iso(policy.reviewed_on),
            edition: policy.edition,
            signer: [policy.signer.position.as_deref(), policy.signer.name.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" "),
        }
    }
}

/// The objectives of a year: those of the agency, then those of its units.
#[derive(Debug, Serialize)]
pub(in super::super) struct ObjectivesView<'a> {
    pub year: i16,
    pub approved_on: Option<String>,
    pub objectives: Vec<ObjectiveView<'a>>,
    pub years: Vec<LinkView>,
}

/// One objective.
#[derive(Debug, Serialize)]
pub(in super::super) struct ObjectiveView<'a> {
    pub id: &'a str,
    pub statement: &'a str,
    pub metric: Option<&'a str>,
    pub target: Option<TargetView<'a>>,
    pub unit: Option<&'a str>,
    pub contributes_to: Option<&'a str>,
    pub plan: Vec<PlanView<'a>>,
    pub results: Vec<AchievementView<'a>>,
}

/// What must be reached.
#[derive(Debug, Serialize)]
pub(in super::super) struct TargetView<'a> {
    pub op: Comparison,
    pub value: f64,
    pub unit: Option<&'a str>,
}

/// One action of the plan.
#[derive(Debug, Serialize)]
pub(in super::super) struct PlanView<'a> {
    pub action: &'a str,
    pub responsible: Option<&'a str>,
    pub resources: Option<&'a str>,
    pub due: Option<String>,
}

/// What was reached in a period.
#[derive(Debug, Serialize)]
pub(in super::super) struct AchievementView<'a> {
    pub period: String,
    pub value: f64,
    pub source: Option<&'a str>,
    pub is_met: Option<bool>,
}

impl<'a> ObjectivesView<'a> {
    /// The objectives of one year; those of the whole agency come first.
    pub fn new(pages: &'a AgencySite<'a>, year: i16, objectives: &'a YearObjectives) -> Self {
        let (own, of_units): (Vec<&Objective>, Vec<&Objective>) = objectives.objectives.iter().partition(|objective| objective.unit.is_none());
        let mut years: Vec<LinkView> =
            pages.records.objectives.keys().filter(|other| **other != year).map(|other| pages.year_link("muc-tieu-chat-luong/", *other)).collect();
        years.reverse();
        Self {
            year,
            approved_on: iso(objectives.approved_on),
            objectives: own.into_iter().chain(of_units).map(|objective| ObjectiveView::new(pages, objective)).collect(),
            years,
        }
    }
}

impl<'a> ObjectiveView<'a> {
    fn new(pages: &'a AgencySite<'a>, objective: &'a Objective) -> Self {
        let target = objective.target.as_ref();
        Self {
            id: &objective.id,
            statement: &objective.statement,
            metric: objective.metric.as_deref(),
            target: target.map(|target| TargetView { op: target.op, value: target.value, unit: target.unit.as_deref() }),
            unit: objective.unit.as_deref().map(|unit| pages.unit_name(unit)),
            contributes_to: objective.contributes_to.as_deref(),
            plan: objective
                .plan
                .iter()
                .map(|item| PlanView {
                    action: &item.action,
                    responsible: item.responsible.as_deref(),
                    resources: item.resources.as_deref(),
                    due: iso(item.due),
                })
                .collect(),
            results: objective
                .results
                .iter()
                .map(|result| AchievementView {
                    period: period_text(&result.period, pages.site.words()),
                    value: result.value,
                    source: result.source.as_deref(),
                    is_met: target.map(|target| target.is_met(result.value)),
                })
                .collect(),
        }
    }
}
