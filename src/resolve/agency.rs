//! Agencies, and the quality systems they share.

use std::collections::{BTreeMap, BTreeSet};

use super::administrative_procedure::{fee, time_limit_of};
use super::{INVALID_ID, Resolver, Shared, insert};
use crate::diagnostic::{Diagnostic, Text};
use crate::domain::vocabulary::AgencyStatus;
use crate::domain::*;
use crate::origin::Origin;
use crate::parse::raw::*;

/// What each agency says it is competent for, before selectors are expanded.
pub(super) type Competences = BTreeMap<AgencyId, ListOr<RawCompetence, RawCode>>;

impl Resolver<'_> {
    pub(super) fn agencies(&mut self, records: Vec<Owned<RawAgency>>) -> Competences {
        let mut competences = Competences::new();
        let mut others = BTreeSet::new();
        for Owned { agency: folder, stem: _, record: Sourced { origin, raw } } in records {
            let Some(id) = self.agency_id(&raw.id, &folder, &origin, &mut others) else { continue };
            let mut raw = raw;
            if let Some(competence) = raw.administrative_procedures.take() {
                competences.insert(id.clone(), competence);
            }
            let agency = self.agency(id.clone(), raw, origin.clone());
            if let Some(first) = insert(&mut self.register.agencies, id.clone(), agency).map(|first| first.origin.clone()) {
                self.duplicate("agency", id.as_str(), &first.field("id"), &origin.field("id"));
            }
        }
        others.retain(|id| !self.register.agencies.contains_key(id));
        self.register.unread.append(&mut others);
        competences
    }

    /// The id of an agency is the name of its folder, where all its files are. Another one written
    /// in the file is told, and those that refer to it are not told again.
    fn agency_id(&mut self, written: &str, folder: &str, origin: &Origin, others: &mut BTreeSet<AgencyId>) -> Option<AgencyId> {
        let origin = origin.field("id");
        match AgencyId::parse(written) {
            // An empty id was told by the parser.
            None if !written.is_empty() => self.diagnostics.push(unusable_id(written, &origin)),
            Some(id) if id.as_str() != folder => {
                self.diagnostics.push(other_folder(&id, folder, &origin));
                others.insert(id);
            }
            _ => {}
        }
        AgencyId::parse(folder)
    }

    fn agency(&mut self, id: AgencyId, raw: RawAgency, origin: Origin) -> Agency {
        let RawAgency {
            id: _,
            name,
            name_en,
            short_name,
            level,
            parent,
            qms,
            electronic_id,
            obligation,
            head,
            address,
            address_en,
            phone,
            email,
            website,
            reception_hours,
            reception_hours_en,
            reception_desk,
            units,
            predecessors,
            status,
            successor,
            ended_on,
            administrative_procedures: _,
            local_services,
            document_code_pattern,
            framework,
            posting_sheets,
            note,
        } = raw;
        let written = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let reference = |written: Option<String>| written.as_deref().and_then(AgencyId::parse);
        Agency {
            name,
            name_en: written(name_en),
            short_name,
            level,
            parent: reference(parent),
            qms: reference(qms).unwrap_or_else(|| id.clone()),
            electronic_id,
            obligation: obligation.unwrap_or_else(|| level.default_obligation()),
            head: head.map(|RawHead { position, name, since }| {
                let since = self.optional_date(since.as_ref(), &origin.field("head"), "since");
                Head { position, name, since }
            }),
            address,
            address_en: written(address_en),
            phone,
            email,
            website,
            reception_hours,
            reception_hours_en: written(reception_hours_en),
            reception_desk: reception_desk.map(|RawReceptionDesk { name, address, phone }| ReceptionDesk { name, address, phone }),
            units: units.into_iter().map(|RawUnit { id, name, phone }| Unit { id, name, phone }).collect(),
            predecessors: predecessors.into_iter().enumerate().map(|(index, raw)| self.predecessor(raw, &origin.field("predecessors").item(index))).collect(),
            status,
            successor: reference(successor),
            ended_on: self.optional_date(ended_on.as_ref(), &origin, "ended_on"),
            competence: None,
            abolished_procedures: BTreeSet::new(),
            local_services: local_services
                .into_iter()
                .enumerate()
                .filter_map(|(index, raw)| self.local_service(raw, origin.field("local_services").item(index)))
                .collect(),
            document_code_pattern,
            framework,
            posting_sheets,
            note,
            id,
            origin,
        }
    }

    fn predecessor(&mut self, raw: RawPredecessor, origin: &Origin) -> Predecessor {
        let RawPredecessor { name, level, until, note, url, source, verified_on } = raw;
        let until = self.optional_date(until.as_ref(), origin, "until");
        Predecessor { name, level, until, note, url, source, verified_on: self.optional_date(verified_on.as_ref(), origin, "verified_on") }
    }

    fn local_service(&mut self, raw: RawLocalService, origin: Origin) -> Option<LocalService> {
        let RawLocalService { code, unit, place, hours, phone, online_url, methods, own_terms, note, reviewed_on } = raw;
        Some(LocalService {
            code: self.code(&code, &origin.field("code"))?,
            unit,
            place,
            hours,
            phone,
            online_url,
            methods,
            own_terms: own_terms.into_iter().enumerate().map(|(index, raw)| own_terms_of(raw, origin.field("own_terms").item(index))).collect(),
            note,
            reviewed_on: self.optional_date(reviewed_on.as_ref(), &origin, "reviewed_on"),
            origin,
        })
    }

    /// Checks the references between agencies, and gathers those that share a quality system.
    pub(super) fn link_agencies(&mut self) {
        let known: Vec<AgencyId> = self.register.agencies.keys().cloned().collect();
        for path in &self.register.broken {
            if let Some(id) = path.strip_prefix("content/agencies/").and_then(|rest| AgencyId::parse(rest.split('/').next()?)) {
                self.register.unread.insert(id);
            }
        }
        let mut missing = Vec::new();
        for agency in self.register.agencies.values() {
            let successor = agency.successor.as_ref().map(|id| (id, "successor"));
            let references = agency.parent.as_ref().map(|id| (id, "parent")).into_iter().chain(successor).chain([(&agency.qms, "qms")]);
            missing.extend(references.filter(|(id, _)| !known.contains(id)).map(|(id, field)| (id.clone(), agency.origin.field(field))));
            if agency.status == AgencyStatus::MergedInto && agency.successor.is_none() {
                self.diagnostics.push(missing_successor(agency));
            }
        }
        for (id, origin) in missing {
            if self.register.unread.contains(&id) {
                continue;
            }
            self.unknown(("cơ quan", "agency"), id.as_str(), origin, known.iter().map(AgencyId::as_str));
        }
        self.refuse_circles();
        self.link_frameworks();
        for agency in self.register.agencies.values() {
            let owner = if known.contains(&agency.qms) { &agency.qms } else { &agency.id };
            let system = self.register.quality_systems.entry(owner.clone()).or_insert_with(|| QualitySystem {
                owner: owner.clone(),
                members: BTreeSet::from([owner.clone()]),
                declarations: Vec::new(),
            });
            system.members.insert(agency.id.clone());
        }
    }
}

impl Resolver<'_> {
    /// Agencies each of which is above the other: told at the first of them, and cut there.
    fn refuse_circles(&mut self) {
        let agencies = &self.register.agencies;
        let mut told: BTreeSet<AgencyId> = BTreeSet::new();
        let mut circles: Vec<Vec<AgencyId>> = Vec::new();
        for id in agencies.keys() {
            let mut path = vec![id.clone()];
            while let Some(next) = path.last().and_then(|last| agencies.get(last)?.parent.clone()) {
                if next == *id {
                    if !told.contains(id) {
                        told.extend(path.iter().cloned());
                        circles.push(path);
                    }
                    break;
                }
                if path.contains(&next) {
                    break;
                }
                path.push(next);
            }
        }
        for circle in circles {
            let Some(agency) = circle.first().and_then(|id| self.register.agencies.get_mut(id)) else { continue };
            agency.parent = None;
            let origin = agency.origin.field("parent");
            self.diagnostics.push(circular(&circle, origin));
        }
    }

    fn link_frameworks(&mut self) {
        let register = &self.register;
        let is_missing = |agency: &&Agency| agency.framework.as_ref().is_some_and(|id| !register.frameworks.contains_key(id));
        let missing: Vec<(String, Origin)> = register
            .agencies
            .values()
            .filter(is_missing)
            .map(|agency| (agency.framework.clone().unwrap_or_default(), agency.origin.field("framework")))
            .collect();
        let known: Vec<String> = register.frameworks.keys().cloned().collect();
        for (id, origin) in missing.into_iter().filter(|_| !self.register.has_broken("content/frameworks.yaml")).collect::<Vec<_>>() {
            self.unknown(("mô hình khung", "framework"), &id, origin, known.iter().map(String::as_str));
        }
    }
}

fn own_terms_of(raw: RawOwnTerms, origin: Origin) -> OwnTerms {
    let RawOwnTerms { method, time_limit, fees, legal_basis } = raw;
    let shared = Shared::default();
    OwnTerms {
        origin,
        method,
        time_limit: time_limit.map(time_limit_of),
        fees: fees.into_iter().map(|raw| fee(raw, &shared)).collect(),
        legal_basis: legal_basis.map(|number| DocumentNumber::new(&number)),
    }
}

fn unusable_id(written: &str, origin: &Origin) -> Diagnostic {
    let better = slug(written, 80);
    Diagnostic::new(
        &INVALID_ID,
        origin.clone(),
        Text::new(format!("mã cơ quan “{written}” không dùng được trong địa chỉ web"), format!("the agency id `{written}` can't be part of an address")),
    )
    .hint(Text::new(
        format!("chỉ dùng chữ thường không dấu, số và dấu gạch nối; ghi  id: {better}  và đặt tên thư mục giống như vậy"),
        format!("use small letters without marks, digits and hyphens; write  id: {better}  and name the folder the same"),
    ))
}

fn other_folder(id: &AgencyId, folder: &str, origin: &Origin) -> Diagnostic {
    Diagnostic::new(
        &INVALID_ID,
        origin.clone(),
        Text::new(format!("mã cơ quan là “{id}” nhưng thư mục tên là “{folder}”"), format!("the agency id is `{id}`, but the folder is called `{folder}`")),
    )
    .hint(if AgencyId::parse(folder).is_none() {
        Text::new(format!("đổi tên thư mục thành {id}"), format!("rename the folder to {id}"))
    } else {
        Text::new(
            format!("đổi tên thư mục thành {id}, hoặc ghi  id: {folder} ; mã không thay đổi sau khi đã công bố"),
            format!("rename the folder to {id}, or write  id: {folder} ; an id never changes once it is public"),
        )
    })
}

fn circular(circle: &[AgencyId], origin: Origin) -> Diagnostic {
    let path: Vec<&str> = circle.iter().chain(circle.first()).map(AgencyId::as_str).collect();
    let message = match circle {
        [only] => Text::new(format!("{only} được ghi là cấp trên của chính mình"), format!("{only} is said to be above itself")),
        _ => Text::new(
            format!("các cơ quan là cấp trên của nhau, thành vòng: {}", path.join(" → ")),
            format!("agencies are above each other, in a circle: {}", path.join(" → ")),
        ),
    };
    Diagnostic::new(&super::CIRCULAR_PARENT, origin, message).hint(Text::fixed(
        "ghi mã của cơ quan quản lý trực tiếp, ví dụ  parent: ubnd-tinh ; cơ quan cao nhất thì xóa dòng parent",
        "write the id of the agency above, such as  parent: ubnd-tinh ; the highest agency has no line parent",
    ))
}

fn missing_successor(agency: &Agency) -> Diagnostic {
    Diagnostic::new(
        &super::UNKNOWN_REFERENCE,
        agency.origin.field("status"),
        Text::new(format!("{} đã sáp nhập nhưng chưa ghi cơ quan kế thừa", agency.name), format!("{} was merged, but its successor is not named", agency.name)),
    )
    .hint(Text::fixed("thêm dòng  successor: <mã cơ quan kế thừa>", "add a line  successor: <id of the successor>"))
}
