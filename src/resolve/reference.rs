//! Standards, frameworks, deadlines, legal documents, free pages.

use std::collections::BTreeSet;

use super::{INVALID_ID, Resolver, insert, numbers};
use crate::diagnostic::{Diagnostic, Text};
use crate::domain::*;
use crate::markdown;
use crate::origin::Origin;
use crate::parse::raw::*;

impl Resolver<'_> {
    pub(super) fn standards(&mut self, records: Vec<Sourced<RawStandard>>) {
        for Sourced { origin, raw } in records {
            let RawStandard { id, name, adopted_on, withdrawn_on, replaced_by, note, source, verified_on } = raw;
            let standard = Standard {
                id: StandardId(id.as_str().into()),
                name,
                adopted_on: self.optional_date(adopted_on.as_ref(), &origin, "adopted_on"),
                withdrawn_on: self.optional_date(withdrawn_on.as_ref(), &origin, "withdrawn_on"),
                replaced_by: replaced_by.map(|id| StandardId(id.as_str().into())),
                note,
                source,
                verified_on: self.optional_date(verified_on.as_ref(), &origin, "verified_on"),
                origin: origin.clone(),
            };
            if let Some(first) = insert(&mut self.register.standards, standard.id.clone(), standard).map(|first| first.origin.clone()) {
                self.duplicate("standard", &id, &first.field("id"), &origin.field("id"));
            }
        }
    }

    pub(super) fn frameworks(&mut self, records: Vec<Sourced<RawFramework>>) {
        for Sourced { origin, raw } in records {
            let RawFramework { id, name, standard, items, source, verified_on } = raw;
            let framework = Framework {
                id: id.clone(),
                name,
                standard: standard.map(|id| StandardId(id.as_str().into())),
                items: items.into_iter().map(|RawFrameworkItem { id, title }| FrameworkItem { id, title }).collect(),
                source,
                verified_on: self.optional_date(verified_on.as_ref(), &origin, "verified_on"),
                origin: origin.clone(),
            };
            if let Some(first) = insert(&mut self.register.frameworks, id.clone(), framework).map(|first| first.origin.clone()) {
                self.duplicate("framework", &id, &first.field("id"), &origin.field("id"));
            }
        }
    }

    pub(super) fn deadlines(&mut self, records: Vec<Sourced<RawDeadline>>) {
        for Sourced { origin, raw } in records {
            let RawDeadline { id, name: _, months, working_days, warn_after_months, one_in, basis, source, verified_on } = raw;
            let deadline = Deadline {
                id: id.clone(),
                months,
                working_days,
                warn_after_months,
                one_in,
                basis,
                source,
                verified_on: self.optional_date(verified_on.as_ref(), &origin, "verified_on"),
                origin: origin.clone(),
            };
            if let Some(first) = insert(&mut self.register.deadlines, id.clone(), deadline).map(|first| first.origin.clone()) {
                self.duplicate("deadline", &id, &first.field("id"), &origin.field("id"));
            }
        }
    }

    pub(super) fn administrations(&mut self, records: Vec<Sourced<RawAdministration>>) {
        for Sourced { origin, raw } in records {
            let RawAdministration { names, ended_on, replaced_by, note, source, verified_on } = raw;
            let Some(ended_on) = self.date(&ended_on, &origin.field("ended_on")) else { continue };
            let verified_on = self.optional_date(verified_on.as_ref(), &origin, "verified_on");
            self.register.administrations.push(Administration { names, ended_on, replaced_by, note, source, verified_on, origin });
        }
    }

    pub(super) fn holidays(&mut self, records: Vec<Sourced<RawHolidays>>) {
        for Sourced { origin, raw } in records {
            let RawHolidays { year, days_off, working_days, note: _, source, verified_on } = raw;
            let place = |field: &str, index: usize| origin.field(field).item(index);
            let days_off: Vec<Date> =
                days_off.iter().enumerate().filter_map(|(index, day)| self.date(&day.on, &place("days_off", index).field("on"))).collect();
            let working_days: Vec<Date> = working_days.iter().enumerate().filter_map(|(index, on)| self.date(on, &place("working_days", index))).collect();
            let verified_on = self.optional_date(verified_on.as_ref(), &origin, "verified_on");
            let holidays = Holidays { days_off, working_days, source, verified_on, origin: origin.clone() };
            if let Some(first) = insert(&mut self.register.holidays, year, holidays).map(|first| first.origin.clone()) {
                self.duplicate("holidays", &year.to_string(), &first.field("year"), &origin.field("year"));
            }
        }
    }

    pub(super) fn redirects(&mut self, records: Vec<Sourced<RawRedirect>>) {
        let plain = |address: &str| address.trim().trim_start_matches('/').to_owned();
        let redirects =
            records.into_iter().map(|Sourced { origin, raw: RawRedirect { from, to, note } }| Redirect { from: plain(&from), to: plain(&to), note, origin });
        self.register.redirects.extend(redirects);
    }

    pub(super) fn legal_documents(&mut self, records: Vec<Sourced<RawLegalDocument>>) {
        let mut numberless = Vec::new();
        for Sourced { origin, raw } in records {
            let RawLegalDocument { number, title, issuer, issued_on, effective_on, ended_on, replaced_by, amended_by, status, note, source, verified_on } = raw;
            if number.trim().is_empty() {
                numberless.push((title, origin.field("number")));
                continue;
            }
            let document = LegalDocument {
                number: DocumentNumber::new(&number),
                title,
                issuer,
                issued_on: self.optional_date(issued_on.as_ref(), &origin, "issued_on"),
                effective_on: self.optional_date(effective_on.as_ref(), &origin, "effective_on"),
                ended_on: self.optional_date(ended_on.as_ref(), &origin, "ended_on"),
                replaced_by: numbers(replaced_by),
                amended_by: numbers(amended_by),
                status,
                note,
                source,
                verified_on: self.optional_date(verified_on.as_ref(), &origin, "verified_on"),
                origin: origin.clone(),
            };
            if let Some(first) = insert(&mut self.register.legal_documents, document.number.clone(), document).map(|first| first.origin.clone()) {
                self.duplicate("legal_document", &number, &first.field("number"), &origin.field("number"));
            }
        }
        self.numberless(numberless);
    }

    pub(super) fn pages(&mut self, records: Vec<Sourced<RawPage<RawFreePage>>>) {
        for Sourced { origin, raw } in records {
            let RawPage { front, body, body_line } = raw;
            let RawFreePage { title, summary, order, reviewed_on, visibility } = front;
            let stem = origin.file.rsplit('/').next().unwrap_or("").trim_end_matches(".md").to_owned();
            let page = FreePage {
                slug: slug(&stem, 80),
                title,
                summary,
                order: order.unwrap_or(0),
                reviewed_on: self.optional_date(reviewed_on.as_ref(), &origin, "reviewed_on"),
                visibility,
                body: markdown::inspect(&body, origin.clone(), Some(body_line)),
                origin,
            };
            self.register.pages.push(page);
        }
        self.register.pages.sort_by(|left, right| (left.order, &left.slug).cmp(&(right.order, &right.slug)));
    }

    /// Legal documents that nobody can cite. An empty number that stands for a missing one was told by the parser.
    fn numberless(&mut self, documents: Vec<(String, Origin)>) {
        let told: BTreeSet<Origin> = if documents.is_empty() { BTreeSet::new() } else { self.diagnostics.iter().map(|told| told.origin.clone()).collect() };
        let is_told = |place: &Origin| told.contains(place) || told.contains(&place.record());
        for (title, place) in documents.into_iter().filter(|(_, place)| !is_told(place)) {
            let message = Text::new(format!("văn bản “{title}” chưa có số, ký hiệu"), format!("the legal document `{title}` has no number"));
            let hint = Text::fixed("ghi số, ký hiệu, ví dụ  number: \"19/2014/QĐ-TTg\"", "write its number, such as  number: \"19/2014/QĐ-TTg\"");
            self.diagnostics.push(Diagnostic::new(&INVALID_ID, place, message).hint(hint));
        }
    }
}
