//! Quality policy and objectives.

use super::vocabulary::*;
use super::{Date, Markdown, Signer};
use crate::origin::Origin;

/// The quality policy (ISO 9001, 5.2).
#[derive(Debug, Clone)]
pub struct QualityPolicy {
    pub origin: Origin,
    pub approved_on: Option<Date>,
    pub signer: Signer,
    pub edition: Option<u32>,
    pub reviewed_on: Option<Date>,
    pub body: Markdown,
}

/// The objectives of one year.
#[derive(Debug, Clone)]
pub struct YearObjectives {
    pub origin: Origin,
    pub approved_on: Option<Date>,
    pub objectives: Vec<Objective>,
}

/// A quality objective (ISO 9001, 6.2).
#[derive(Debug, Clone)]
pub struct Objective {
    pub origin: Origin,
    pub id: String,
    pub statement: String,
    pub metric: Option<String>,
    pub target: Option<Target>,
    /// The unit that answers for it; `None` for an objective of the whole agency.
    pub unit: Option<String>,
    /// Id of the agency objective that this one serves.
    pub contributes_to: Option<String>,
    pub plan: Vec<PlanItem>,
    pub results: Vec<ObjectiveResult>,
}

/// What must be reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    pub op: Comparison,
    pub value: f64,
    pub unit: Option<String>,
}

impl Target {
    /// Whether a result reaches the target.
    pub fn is_met(&self, value: f64) -> bool {
        match self.op {
            Comparison::AtLeast => value >= self.value,
            Comparison::AtMost => value <= self.value,
            Comparison::Equal => (value - self.value).abs() < 1e-9,
            Comparison::Above => value > self.value,
            Comparison::Below => value < self.value,
        }
    }
}

/// One action of the plan.
#[derive(Debug, Clone)]
pub struct PlanItem {
    pub action: String,
    pub responsible: Option<String>,
    pub resources: Option<String>,
    pub due: Option<Date>,
}

/// What was reached in a period.
#[derive(Debug, Clone)]
pub struct ObjectiveResult {
    pub period: String,
    pub value: f64,
    pub source: Option<String>,
}
