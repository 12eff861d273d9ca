//! Declarations, gathered under the quality system they speak of.

use super::{INVALID_ID, Resolver, numbers};
use crate::diagnostic::{Diagnostic, Severity, Text};
use crate::domain::*;
use crate::markdown;
use crate::origin::Origin;
use crate::parse::raw::*;

impl Resolver<'_> {
    pub(super) fn declarations(&mut self, records: Vec<Owned<RawPage<RawDeclaration>>>) {
        for Owned { agency: folder, stem, record: Sourced { origin, raw } } in records {
            let Some(id) = self.owner(&folder, &origin) else { continue };
            let declaration = self.declaration(stem, raw, origin);
            let system = self.register.agencies.get(&id).map_or(&id, |agency| &agency.qms).clone();
            let system = if self.register.quality_systems.contains_key(&system) { system } else { id };
            if let Some(system) = self.register.quality_systems.get_mut(&system) {
                system.declarations.push(declaration);
            }
        }
        for system in self.register.quality_systems.values_mut() {
            system.declarations.sort_by(|left, right| (left.issued_on, &left.slug).cmp(&(right.issued_on, &right.slug)));
        }
        self.compare_names();
    }

    fn declaration(&mut self, stem: String, raw: RawPage<RawDeclaration>, origin: Origin) -> Declaration {
        let RawPage { front, body, body_line } = raw;
        let RawDeclaration {
            number,
            issued_on,
            place,
            standard,
            kind,
            reason,
            scope,
            scope_en,
            annex,
            exclusions,
            legal_bases,
            proposed_by,
            signer,
            recipients,
            supersedes,
            effective_on,
            ended_on,
            validity_confirmation,
            lead_unit_notice,
            premises_posting,
            signed_file,
            consultant,
            note,
        } = front;
        let number_of = |number: Option<String>| number.filter(|number| !number.trim().is_empty()).map(|number| DocumentNumber::new(&number));
        let in_body = (!body.trim().is_empty()).then(|| markdown::inspect(&body, origin.clone(), Some(body_line)));
        Declaration {
            slug: slug(&stem, 60),
            number: number_of(number),
            issued_on: self.optional_date(issued_on.as_ref(), &origin, "issued_on"),
            place,
            standard: self.standard(standard, &origin),
            kind,
            reason,
            scope: super::administrative_procedure::text(scope, &origin, "scope").or(in_body),
            scope_en: super::administrative_procedure::text(scope_en, &origin, "scope_en"),
            annex: self.codes(&annex, &origin.field("annex")),
            exclusions: exclusions.into_iter().map(|RawExclusion { clause, reason }| Exclusion { clause, reason }).collect(),
            legal_bases: numbers(legal_bases),
            proposed_by,
            signer: signer.map(signer_of),
            recipients,
            supersedes: number_of(supersedes),
            effective_on: self.optional_date(effective_on.as_ref(), &origin, "effective_on"),
            ended_on: self.optional_date(ended_on.as_ref(), &origin, "ended_on"),
            validity_confirmation: validity_confirmation.map(|raw| {
                let RawValidityConfirmation { number, confirmed_on } = raw;
                let confirmed_on = self.date(&confirmed_on, &origin.field("validity_confirmation").field("confirmed_on"));
                ValidityConfirmation { number: number_of(number), confirmed_on }
            }),
            lead_unit_notice: lead_unit_notice.map(|raw| {
                let RawLeadUnitNotice { number, sent_on, to } = raw;
                LeadUnitNotice { number: number_of(number), sent_on: self.date(&sent_on, &origin.field("lead_unit_notice").field("sent_on")), to }
            }),
            premises_posting: premises_posting.map(|raw| {
                let RawPremisesPosting { posted_on, place } = raw;
                PremisesPosting { posted_on: self.date(&posted_on, &origin.field("premises_posting").field("posted_on")), place }
            }),
            signed_file: signed_file.map(|RawSignedFile { path, sha256 }| SignedFile { path, sha256: sha256.map(|hash| hash.to_ascii_lowercase()) }),
            consultant: consultant.map(|RawConsultant { name, certificate }| Consultant { name, certificate }),
            note,
            origin,
        }
    }

    fn standard(&mut self, written: Option<String>, origin: &Origin) -> Option<StandardId> {
        let id = StandardId(written.filter(|id| !id.trim().is_empty())?.as_str().into());
        if !self.register.standards.contains_key(&id) {
            if self.register.has_broken("content/standards.yaml") {
                self.register.told.insert(origin.field("standard"));
                return None;
            }
            let known: Vec<String> = self.register.standards.keys().map(StandardId::to_string).collect();
            self.unknown(("phiên bản tiêu chuẩn", "edition of the standard"), &id.0, origin.field("standard"), known.iter().map(String::as_str));
            return None;
        }
        Some(id)
    }

    /// A file that is named after a day is named after the year of its decision, day and month in their places. A decision in two files is told elsewhere.
    fn compare_names(&mut self) {
        let mut others = Vec::new();
        for system in self.register.quality_systems.values() {
            for declaration in &system.declarations {
                let (Ok(named), Some(issued_on)) = (declaration.slug.parse::<Date>(), declaration.issued_on) else { continue };
                let is_twice = system.declarations.iter().filter(|other| other.number == declaration.number).count() > 1;
                let is_swapped = (named.year(), named.month(), named.day()) == (issued_on.year(), issued_on.day(), issued_on.month());
                if (named.year() != issued_on.year() || is_swapped) && named != issued_on && !is_twice {
                    others.push((declaration.slug.clone(), issued_on.to_string(), declaration.origin.field("issued_on")));
                }
            }
        }
        for (stem, inside, origin) in others {
            self.other_name(&stem, &inside, origin);
        }
    }

    /// A file whose name says another year or day than it holds.
    pub(super) fn other_name(&mut self, stem: &str, inside: &str, origin: Origin) {
        let ending = origin.file.rsplit_once('.').map_or("yaml", |(_, ending)| ending).to_owned();
        let message =
            Text::new(format!("tên tệp là {stem}.{ending} nhưng trong tệp ghi {inside}"), format!("the file is called {stem}.{ending}, but says {inside}"));
        self.diagnostics.push(Diagnostic::new(&INVALID_ID, origin, message).level(Severity::Warning).hint(Text::new(
            format!("nếu {inside} đúng, đổi tên tệp thành  {inside}.{ending} ; nếu không, sửa lại trong tệp"),
            format!("if {inside} is right, rename the file to  {inside}.{ending} ; otherwise correct what it says"),
        )));
    }

    /// The agency of a folder. A folder without an agency is told once, at the file that needs it.
    pub(super) fn owner(&mut self, folder: &str, origin: &Origin) -> Option<AgencyId> {
        let id = AgencyId::parse(folder)?;
        if self.register.agencies.contains_key(&id) {
            return Some(id);
        }
        if self.register.unread.insert(id) {
            let known: Vec<String> = self.register.agencies.keys().map(AgencyId::to_string).collect();
            self.unknown(
                ("tệp agency.yaml của cơ quan", "agency.yaml of an agency"),
                folder,
                Origin::file(origin.file.clone()),
                known.iter().map(String::as_str),
            );
        }
        None
    }
}

pub(super) fn signer_of(raw: RawSigner) -> Signer {
    let RawSigner { authority, position, name } = raw;
    Signer { authority, position, name }
}
