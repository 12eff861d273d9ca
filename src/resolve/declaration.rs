//! Declarations, gathered under the quality system they speak of.

use super::{Resolver, numbers};
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
