//! What falls due, for whom, when, by which clause. The rules about clocks and `congbo due` both ask here.

use super::*;
use crate::origin::Origin;

/// Something that an agency must do by a day.
#[derive(Debug, Clone)]
pub struct DueDate {
    pub kind: DueKind,
    /// `None` for what is of the whole site.
    pub agency: Option<AgencyId>,
    /// What it is about: a work process, a procedure, a finding, a page.
    pub subject: String,
    /// The record that began the clock.
    pub origin: Origin,
    /// The last day; `None` where it must be done at once.
    pub due_on: Option<Date>,
    pub basis: String,
    /// Whether the public may read of what it is about.
    pub is_public: bool,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DueKind {
    InternalAudit,
    ManagementReview,
    LegalUpdate,
    CorrectiveAction,
    Redeclaration,
    CatalogueUpdate,
    PageReview,
}

impl DueKind {
    /// What is to be done, in Vietnamese and in English.
    pub fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::InternalAudit => ("Đánh giá nội bộ", "Internal audit"),
            Self::ManagementReview => ("Xem xét của lãnh đạo", "Management review"),
            Self::LegalUpdate => ("Cập nhật văn bản pháp luật", "Legal update"),
            Self::CorrectiveAction => ("Khắc phục", "Corrective action"),
            Self::Redeclaration => ("Công bố lại", "Redeclaration"),
            Self::CatalogueUpdate => ("Cập nhật danh mục thủ tục", "Catalogue update"),
            Self::PageReview => ("Rà soát trang", "Page review"),
        }
    }

    /// Its name in data, and in the table of deadlines where it has one there.
    pub fn key(self) -> &'static str {
        match self {
            Self::InternalAudit => "internal_audit",
            Self::ManagementReview => "management_review",
            Self::LegalUpdate => "legal_update",
            Self::CorrectiveAction => "corrective_action",
            Self::Redeclaration => "redeclaration",
            Self::CatalogueUpdate => "catalogue_update",
            Self::PageReview => "page_review",
        }
    }
}

impl DueDate {
    /// Whether its day is over on `today`, or it must be done at once.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.due_on.is_none_or(|on| on < today)
    }
}

/// When a system last did what it must do every year.
#[derive(Debug, Clone)]
pub enum LastHeld {
    On(Date, Origin),
    Never,
    /// A wrong or future date, told by its own rule, may be the one that counts.
    Unsure,
}

impl Register {
    /// Everything that has a day on which it falls due, or must be done at once: the overdue first, then by date.
    pub fn due_dates(&self, today: Date, review_months: u32) -> Vec<DueDate> {
        let mut found = Vec::new();
        self.yearly_dates(today, &mut found);
        self.redeclaration_dates(today, &mut found);
        self.legal_dates(today, &mut found);
        self.corrective_dates(&mut found);
        self.catalogue_dates(&mut found);
        found.extend(self.page_reviews(review_months));
        found.sort_by(|left, right| {
            let key = |due: &DueDate| (due.due_on, due.kind, due.agency.clone(), due.subject.clone(), due.origin.clone());
            key(left).cmp(&key(right))
        });
        found
    }

    /// When a living system last held an audit (or a review).
    pub fn last_held(&self, living: &LivingSystem<'_>, kind: DueKind, today: Date) -> LastHeld {
        let list = if kind == DueKind::InternalAudit { "internal_audits" } else { "management_reviews" };
        let mut last: Option<(Date, Origin)> = None;
        for (_, records) in self.records_of(living) {
            if records.reviews.origin.as_ref().is_some_and(|origin| self.has_told(&origin.field(list))) {
                return LastHeld::Unsure;
            }
            let held: Vec<(Option<Date>, &Origin)> = match kind {
                DueKind::InternalAudit => records.reviews.internal_audits.iter().map(|audit| (audit.held_on, &audit.origin)).collect(),
                _ => records.reviews.management_reviews.iter().map(|review| (review.held_on, &review.origin)).collect(),
            };
            last = held.into_iter().filter_map(|(on, origin)| Some((on?, origin.field("held_on")))).chain(last).max();
        }
        match last {
            Some((on, _)) if on > today => LastHeld::Unsure,
            Some((on, origin)) => LastHeld::On(on, origin),
            None => LastHeld::Never,
        }
    }

    fn yearly_dates(&self, today: Date, found: &mut Vec<DueDate>) {
        for kind in [DueKind::InternalAudit, DueKind::ManagementReview] {
            let Some(deadline) = self.deadlines.get(kind.key()) else { continue };
            for (living, declaration) in self.declared(today).filter(|(living, _)| !self.is_unread(living)) {
                let (due_on, origin) = match self.last_held(&living, kind, today) {
                    LastHeld::On(on, origin) => (Some(deadline.last_day(on)), origin),
                    LastHeld::Never => (None, declaration.origin.clone()),
                    LastHeld::Unsure => continue,
                };
                let (agency, subject, basis) = (Some(living.agency.id.clone()), living.agency.name.clone(), deadline.basis.clone());
                found.push(DueDate { kind, agency, subject, origin, due_on, basis, is_public: true });
            }
        }
    }

    fn redeclaration_dates(&self, today: Date, found: &mut Vec<DueDate>) {
        for (living, declaration) in self.declared(today).filter(|(living, declaration)| self.annex_change(living, declaration).is_some()) {
            found.push(DueDate {
                kind: DueKind::Redeclaration,
                agency: Some(living.agency.id.clone()),
                subject: declaration.number.as_ref().map_or_else(|| declaration.slug.clone(), ToString::to_string),
                origin: declaration.origin.field("annex"),
                due_on: None,
                basis: REDECLARATION_BASIS.to_owned(),
                is_public: true,
            });
        }
    }

    fn legal_dates(&self, today: Date, found: &mut Vec<DueDate>) {
        let Some(deadline) = self.deadlines.get(DueKind::LegalUpdate.key()) else { return };
        for (agency, process) in self.active_processes() {
            for change in self.unanswered_changes(process, today) {
                found.push(DueDate {
                    kind: DueKind::LegalUpdate,
                    agency: Some(agency.id.clone()),
                    subject: format!("{} {} – {}", process.code, process.title, change.document.number),
                    origin: process.origin.field("legal_bases").item(change.index),
                    due_on: change.due_on,
                    basis: deadline.basis.clone(),
                    is_public: process.is_public(),
                });
            }
        }
    }

    /// The last day to correct a nonconformity: its own date, else that of the law.
    pub fn correction_due(&self, nonconformity: &Nonconformity) -> Option<Date> {
        nonconformity.due.or_else(|| self.corrective_day(nonconformity.found_on))
    }

    /// The last day to correct a finding: its own date, and never later than the law allows.
    pub fn finding_due(&self, inspected: &InspectedAgency, finding: &Finding) -> Option<Date> {
        finding.due.into_iter().chain(self.corrective_day(inspected.record_on)).min()
    }

    fn corrective_day(&self, start: Option<Date>) -> Option<Date> {
        Some(self.deadlines.get(DueKind::CorrectiveAction.key())?.last_day(start?))
    }

    /// Whether something found is open: not closed, and no date of it was told to be wrong.
    pub fn is_open(&self, closed_on: Option<Date>, origin: &Origin) -> bool {
        closed_on.is_none() && !self.has_told(&origin.field("closed_on")) && !self.has_told(&origin.field("due"))
    }

    fn corrective_dates(&self, found: &mut Vec<DueDate>) {
        let Some(deadline) = self.deadlines.get(DueKind::CorrectiveAction.key()) else { return };
        let mut push = |agency: &Agency, subject: String, origin: &Origin, due_on: Option<Date>| {
            let Some(due_on) = due_on else { return };
            let (agency, basis) = (Some(agency.id.clone()), deadline.basis.clone());
            found.push(DueDate { kind: DueKind::CorrectiveAction, agency, subject, origin: origin.clone(), due_on: Some(due_on), basis, is_public: false });
        };
        for agency in self.agencies.values().filter(|agency| agency.is_active()) {
            for one in self.records(&agency.id).reviews.nonconformities.iter().filter(|one| self.is_open(one.closed_on, &one.origin)) {
                push(agency, one.description.clone(), &one.origin, self.correction_due(one));
            }
        }
        for inspected in self.inspections.values().flat_map(|inspection| &inspection.agencies) {
            let Some(agency) = self.agencies.get(&inspected.agency).filter(|agency| agency.is_active()) else { continue };
            for finding in inspected.findings.iter().filter(|finding| self.is_open(finding.closed_on, &finding.origin)) {
                push(agency, format!("{} {}", finding.point, finding.text), &finding.origin, self.finding_due(inspected, finding));
            }
        }
    }

    /// When a newer decision announced a procedure than the catalogue knows, and the last day to take it over.
    pub fn catalogue_lag<'a>(&'a self, procedure: &'a AdministrativeProcedure) -> Option<CatalogueLag<'a>> {
        let deadline = self.deadlines.get(DueKind::CatalogueUpdate.key())?;
        let own = procedure.announcement.as_ref();
        let national = self.national_records.get(&procedure.code).and_then(|national| national.announcement.as_ref());
        let announced = |one: &Announcement| one.issued_on;
        // The national record tells of a decision that the entry does not; or the entry names one and was not looked at since.
        let newer = national.filter(|national| announced(national).is_some() && announced(national) > own.and_then(announced));
        let checked_on = procedure.source.as_ref().and_then(|source| source.checked_on);
        let unread = own.filter(|own| announced(own).zip(checked_on).is_some_and(|(issued_on, checked_on)| checked_on < issued_on));
        let announcement = newer.or(unread)?;
        let days = deadline.working_days.unwrap_or(0);
        let due_on = self.working_days_after(deadline.last_day(announcement.issued_on?), days);
        Some(CatalogueLag { announcement, due_on, is_national: newer.is_some(), deadline })
    }

    fn catalogue_dates(&self, found: &mut Vec<DueDate>) {
        for procedure in self.administrative_procedures.values() {
            let Some(lag) = self.catalogue_lag(procedure) else { continue };
            found.push(DueDate {
                kind: DueKind::CatalogueUpdate,
                agency: None,
                subject: format!("{} {}", procedure.code.key(), procedure.name),
                origin: procedure.origin.field("announcement"),
                due_on: Some(lag.due_on),
                basis: lag.deadline.basis.clone(),
                is_public: true,
            });
        }
    }

    /// When each page and each local note must be looked at again.
    pub fn page_reviews(&self, review_months: u32) -> Vec<DueDate> {
        let mut found = Vec::new();
        let due = |agency: Option<&Agency>, subject: &str, origin: &Origin, reviewed_on: Option<Date>, is_public| DueDate {
            kind: DueKind::PageReview,
            agency: agency.map(|agency| agency.id.clone()),
            subject: subject.to_owned(),
            origin: origin.clone(),
            due_on: reviewed_on.map(|on| months_after(on, review_months)),
            basis: PAGE_BASIS.to_owned(),
            is_public,
        };
        for page in self.pages.iter().filter(|page| page.visibility == vocabulary::Visibility::Public && !self.has_told(&page.origin.field("reviewed_on"))) {
            found.push(due(None, &page.title, &page.origin, page.reviewed_on, true));
        }
        for agency in self.agencies.values().filter(|agency| agency.is_active()) {
            for service in agency.local_services.iter().filter(|service| service.reviewed_on.is_some()) {
                found.push(due(Some(agency), service.code.as_str(), &service.origin, service.reviewed_on, true));
            }
        }
        found
    }
}

/// The clause that wants a redeclaration; it sets no day.
pub const REDECLARATION_BASIS: &str = "QĐ 19/2014/QĐ-TTg, Điều 4 khoản 4 điểm c";

/// The clause that wants pages to be kept right; its period is the site's own.
pub const PAGE_BASIS: &str = "NĐ 224/2026/NĐ-CP, Điều 9 khoản 3";

/// A decision that the catalogue has not taken over.
#[derive(Debug, Clone, Copy)]
pub struct CatalogueLag<'a> {
    pub announcement: &'a Announcement,
    pub due_on: Date,
    /// Whether the decision is known from the national record.
    pub is_national: bool,
    pub deadline: &'a Deadline,
}
