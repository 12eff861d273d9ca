//! Audits, management reviews, corrective actions, complaints and training, as the evidence page lists them.

use serde::Serialize;

use super::super::agency_site::AgencySite;
use super::{FileView, iso};

/// An audit or a management review.
#[derive(Debug, Serialize)]
pub(in super::super) struct HeldView<'a> {
    pub held_on: Option<String>,
    pub scope: Option<&'a str>,
    pub outcome: Option<&'a str>,
    pub file: Option<FileView>,
}

/// A nonconformity and what was done about it.
#[derive(Debug, Serialize)]
pub(in super::super) struct NonconformityView<'a> {
    pub found_on: Option<String>,
    pub source: Option<&'a str>,
    pub description: &'a str,
    pub cause: Option<&'a str>,
    pub corrective_action: Option<&'a str>,
    pub due: Option<String>,
    pub closed_on: Option<String>,
    pub is_overdue: bool,
}

/// Complaints of a year.
#[derive(Debug, Serialize)]
pub(in super::super) struct ComplaintsView {
    pub year: i16,
    pub received: u32,
    pub resolved: u32,
}

/// A training course.
#[derive(Debug, Serialize)]
pub(in super::super) struct TrainingView<'a> {
    pub held_on: Option<String>,
    pub topic: &'a str,
    pub participants: Option<u32>,
}

/// All of them, newest first.
#[derive(Debug, Serialize)]
pub(in super::super) struct RecordsView<'a> {
    pub internal_audits: Vec<HeldView<'a>>,
    pub management_reviews: Vec<HeldView<'a>>,
    pub nonconformities: Vec<NonconformityView<'a>>,
    pub complaints: Vec<ComplaintsView>,
    pub training: Vec<TrainingView<'a>>,
}

impl<'a> RecordsView<'a> {
    /// The agency's own records.
    pub fn new(pages: &AgencySite<'a>) -> Self {
        let (reviews, today, words) = (&pages.records.reviews, pages.site.today(), pages.site.words());
        let file = |path: &Option<String>, word: &str| path.as_deref().and_then(|path| pages.file(path, words.text(word)));
        let mut view = Self {
            internal_audits: reviews
                .internal_audits
                .iter()
                .map(|audit| HeldView {
                    held_on: iso(audit.held_on),
                    scope: audit.scope.as_deref(),
                    outcome: audit.findings.as_deref(),
                    file: file(&audit.file, "audit_file"),
                })
                .collect(),
            management_reviews: reviews
                .management_reviews
                .iter()
                .map(|review| HeldView {
                    held_on: iso(review.held_on),
                    scope: None,
                    outcome: review.conclusion.as_deref(),
                    file: file(&review.file, "review_file"),
                })
                .collect(),
            nonconformities: reviews
                .nonconformities
                .iter()
                .map(|one| NonconformityView {
                    found_on: iso(one.found_on),
                    source: one.source.as_deref(),
                    description: &one.description,
                    cause: one.cause.as_deref(),
                    corrective_action: one.corrective_action.as_deref(),
                    due: iso(one.due),
                    closed_on: iso(one.closed_on),
                    is_overdue: pages.site.config.shows_overdue && one.closed_on.is_none() && one.due.is_some_and(|due| due < today),
                })
                .collect(),
            complaints: reviews.complaints.iter().map(|one| ComplaintsView { year: one.year, received: one.received, resolved: one.resolved }).collect(),
            training: reviews
                .training
                .iter()
                .map(|course| TrainingView { held_on: iso(course.held_on), topic: &course.topic, participants: course.participants })
                .collect(),
        };
        view.newest_first();
        view
    }

    fn newest_first(&mut self) {
        self.internal_audits.sort_by(|left, right| right.held_on.cmp(&left.held_on));
        self.management_reviews.sort_by(|left, right| right.held_on.cmp(&left.held_on));
        self.nonconformities.sort_by(|left, right| right.found_on.cmp(&left.found_on));
        self.complaints.sort_by_key(|one| std::cmp::Reverse(one.year));
        self.training.sort_by(|left, right| right.held_on.cmp(&left.held_on));
    }
}
