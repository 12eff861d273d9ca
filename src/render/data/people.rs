//! Agencies and their declarations as records of open data.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::path;
use super::super::site::Site;
use super::super::view::iso;
use super::Set;
use super::record::{Cell, Record, address};
use crate::domain::vocabulary::*;
use crate::domain::{Agency, Declaration};

/// An agency: QĐ 19/2014/QĐ-TTg, Điều 2.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Agency")]
pub(super) struct AgencyRecord<'a> {
    /// Permanent, never reused.
    pub id: &'a str,
    pub name: &'a str,
    pub name_en: Option<&'a str>,
    pub short_name: Option<&'a str>,
    pub level: AgencyLevel,
    /// Id of the agency above it.
    pub parent: Option<&'a str>,
    /// Id of the agency whose quality management system it shares; its own where it has one of its own.
    pub qms: &'a str,
    pub electronic_id: Option<&'a str>,
    pub obligation: Obligation,
    pub status: AgencyStatus,
    pub ended_on: Option<String>,
    /// Id of the agency that replaced it.
    pub successor: Option<&'a str>,
    pub head_position: Option<&'a str>,
    pub head_name: Option<&'a str>,
    pub address: Option<&'a str>,
    pub phone: Option<&'a str>,
    pub email: Option<&'a str>,
    pub website: Option<&'a str>,
    pub reception_hours: Option<&'a str>,
    pub units: Vec<UnitRecord<'a>>,
    pub predecessors: Vec<PredecessorRecord<'a>>,
    /// Codes of what it is competent for.
    pub administrative_procedures: Vec<&'a str>,
    /// Where, when and who, for procedures of which it says so.
    pub local_services: Vec<LocalServiceRecord<'a>>,
    /// Number of the declaration in force.
    pub declaration_number: Option<&'a str>,
    pub declaration_issued_on: Option<String>,
    pub url: String,
}

/// A unit of an agency.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Unit")]
pub(super) struct UnitRecord<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub phone: Option<&'a str>,
}

/// An agency that this one replaced.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Predecessor")]
pub(super) struct PredecessorRecord<'a> {
    pub name: &'a str,
    pub level: Option<AgencyLevel>,
    pub until: Option<String>,
}

/// What an agency adds to a national procedure.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "LocalService")]
pub(super) struct LocalServiceRecord<'a> {
    /// National code of the procedure.
    pub code: &'a str,
    /// Id of the unit.
    pub unit: Option<&'a str>,
    pub place: Option<&'a str>,
    pub hours: Option<&'a str>,
    pub phone: Option<&'a str>,
    pub online_url: Option<&'a str>,
    pub note: Option<&'a str>,
    pub reviewed_on: Option<String>,
}

impl<'a> AgencyRecord<'a> {
    pub fn new(site: &'a Site<'_>, agency: &'a Agency) -> Self {
        let standing = site.standing(&agency.id);
        let declaration = standing.current.filter(|_| agency.is_active());
        let local = |service: &'a crate::domain::LocalService| LocalServiceRecord {
            code: service.code.as_str(),
            unit: service.unit.as_deref(),
            place: service.place.as_deref(),
            hours: service.hours.as_deref(),
            phone: service.phone.as_deref(),
            online_url: service.online_url.as_deref(),
            note: service.note.as_deref(),
            reviewed_on: iso(service.reviewed_on),
        };
        let predecessor = |one: &'a crate::domain::Predecessor| PredecessorRecord { name: &one.name, level: one.level, until: iso(one.until) };
        Self {
            id: agency.id.as_str(),
            name: &agency.name,
            name_en: agency.name_en.as_deref(),
            short_name: agency.short_name.as_deref(),
            level: agency.level,
            parent: agency.parent.as_ref().map(|parent| parent.as_str()),
            qms: agency.qms.as_str(),
            electronic_id: agency.electronic_id.as_deref(),
            obligation: agency.obligation,
            status: agency.status,
            ended_on: iso(agency.ended_on),
            successor: agency.successor.as_ref().map(|successor| successor.as_str()),
            head_position: agency.head.as_ref().map(|head| head.position.as_str()),
            head_name: agency.head.as_ref().and_then(|head| head.name.as_deref()),
            address: agency.address.as_deref(),
            phone: agency.phone.as_deref(),
            email: agency.email.as_deref(),
            website: agency.website.as_deref(),
            reception_hours: agency.reception_hours.as_deref(),
            units: agency.units.iter().map(|unit| UnitRecord { id: &unit.id, name: &unit.name, phone: unit.phone.as_deref() }).collect(),
            predecessors: agency.predecessors.iter().map(predecessor).collect(),
            administrative_procedures: standing.ranks.iter().map(|rank| site.catalogue[*rank].procedure.code.as_str()).collect(),
            local_services: agency.local_services.iter().map(local).collect(),
            declaration_number: declaration.and_then(|declaration| declaration.number.as_ref()).map(|number| number.as_str()),
            declaration_issued_on: iso(declaration.and_then(|declaration| declaration.issued_on)),
            url: address(site, &site.agency_folder(agency)),
        }
    }
}

impl Record for AgencyRecord<'_> {
    const SET: Set = Set::Agencies;
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "name",
        "name_en",
        "short_name",
        "level",
        "parent",
        "qms",
        "electronic_id",
        "obligation",
        "status",
        "ended_on",
        "successor",
        "head_position",
        "head_name",
        "address",
        "phone",
        "email",
        "website",
        "reception_hours",
        "administrative_procedure_count",
        "declaration_number",
        "declaration_issued_on",
        "url",
    ];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            Cell::text(self.id),
            Cell::text(self.name),
            Cell::text(self.name_en),
            Cell::text(self.short_name),
            Cell::choice("agency_level", &self.level),
            Cell::text(self.parent),
            Cell::text(self.qms),
            Cell::text(self.electronic_id),
            Cell::choice("obligation", &self.obligation),
            Cell::choice("agency_status", &self.status),
            Cell::day(&self.ended_on),
            Cell::text(self.successor),
            Cell::text(self.head_position),
            Cell::text(self.head_name),
            Cell::text(self.address),
            Cell::text(self.phone),
            Cell::text(self.email),
            Cell::text(self.website),
            Cell::text(self.reception_hours),
            Cell::number(self.administrative_procedures.len() as u32),
            Cell::text(self.declaration_number),
            Cell::day(&self.declaration_issued_on),
            Cell::text(self.url.as_str()),
        ]
    }
}

/// A declaration of conformity: the agency's own decision, never a certificate (QĐ 19/2014/QĐ-TTg, Điều 4).
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Declaration")]
pub(super) struct DeclarationRecord<'a> {
    /// Id of the agency that declared.
    pub agency: &'a str,
    pub number: Option<&'a str>,
    pub issued_on: Option<String>,
    pub place: Option<&'a str>,
    /// Id of the edition of the standard.
    pub standard: Option<&'a str>,
    pub standard_name: Option<&'a str>,
    pub kind: DeclarationKind,
    pub reason: Option<RedeclarationReason>,
    /// Markdown.
    pub scope: Option<&'a str>,
    /// Codes of the procedures that it covers: a frozen list.
    pub annex: Vec<&'a str>,
    pub exclusions: Vec<ExclusionRecord<'a>>,
    pub legal_bases: Vec<&'a str>,
    pub signer_authority: Option<SigningAuthority>,
    pub signer_position: Option<&'a str>,
    pub signer_name: Option<&'a str>,
    /// Number of the declaration that it replaces.
    pub supersedes: Option<&'a str>,
    pub effective_on: Option<String>,
    pub ended_on: Option<String>,
    pub confirmed_on: Option<String>,
    pub lead_unit_notice_number: Option<&'a str>,
    pub lead_unit_notice_sent_on: Option<String>,
    pub posted_on: Option<String>,
    pub url: String,
}

/// A clause of the standard that does not apply.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Exclusion")]
pub(super) struct ExclusionRecord<'a> {
    pub clause: &'a str,
    pub reason: Option<&'a str>,
}

impl<'a> DeclarationRecord<'a> {
    pub fn new(site: &'a Site<'_>, agency: &'a Agency, declaration: &'a Declaration) -> Self {
        let standard = declaration.standard.as_ref();
        let (signer, notice) = (declaration.signer.as_ref(), declaration.lead_unit_notice.as_ref());
        let exclusion = |one: &'a crate::domain::Exclusion| ExclusionRecord { clause: &one.clause, reason: one.reason.as_deref() };
        Self {
            agency: agency.id.as_str(),
            number: declaration.number.as_ref().map(|number| number.as_str()),
            issued_on: iso(declaration.issued_on),
            place: declaration.place.as_deref(),
            standard: standard.map(|id| &*id.0),
            standard_name: standard.and_then(|id| site.register.standards.get(id)).map(|standard| standard.name.as_str()),
            kind: declaration.kind,
            reason: declaration.reason,
            scope: declaration.scope.as_ref().map(|scope| &*scope.text),
            annex: declaration.annex.iter().map(|code| code.as_str()).collect(),
            exclusions: declaration.exclusions.iter().map(exclusion).collect(),
            legal_bases: declaration.legal_bases.iter().map(|number| number.as_str()).collect(),
            signer_authority: signer.and_then(|signer| signer.authority),
            signer_position: signer.and_then(|signer| signer.position.as_deref()),
            signer_name: signer.and_then(|signer| signer.name.as_deref()),
            supersedes: declaration.supersedes.as_ref().map(|number| number.as_str()),
            effective_on: iso(declaration.effective_on),
            ended_on: iso(declaration.ended_on),
            confirmed_on: iso(declaration.validity_confirmation.as_ref().and_then(|confirmation| confirmation.confirmed_on)),
            lead_unit_notice_number: notice.and_then(|notice| notice.number.as_ref()).map(|number| number.as_str()),
            lead_unit_notice_sent_on: iso(notice.and_then(|notice| notice.sent_on)),
            posted_on: iso(declaration.premises_posting.as_ref().and_then(|posting| posting.posted_on)),
            url: address(site, &format!("{}{}", site.agency_folder(agency), path::declaration(declaration))),
        }
    }
}

impl Record for DeclarationRecord<'_> {
    const SET: Set = Set::Declarations;
    const COLUMNS: &'static [&'static str] = &[
        "agency",
        "number",
        "issued_on",
        "place",
        "standard",
        "kind",
        "reason",
        "supersedes",
        "effective_on",
        "ended_on",
        "signer_authority",
        "signer_position",
        "signer_name",
        "annex",
        "confirmed_on",
        "lead_unit_notice_number",
        "lead_unit_notice_sent_on",
        "posted_on",
        "url",
    ];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            Cell::text(self.agency),
            Cell::text(self.number),
            Cell::day(&self.issued_on),
            Cell::text(self.place),
            Cell::text(self.standard),
            Cell::choice("declaration_kind", &self.kind),
            Cell::choice("redeclaration_reason", &self.reason),
            Cell::text(self.supersedes),
            Cell::day(&self.effective_on),
            Cell::day(&self.ended_on),
            Cell::choice("signing_authority", &self.signer_authority),
            Cell::text(self.signer_position),
            Cell::text(self.signer_name),
            Cell::list(&self.annex),
            Cell::day(&self.confirmed_on),
            Cell::text(self.lead_unit_notice_number),
            Cell::day(&self.lead_unit_notice_sent_on),
            Cell::day(&self.posted_on),
            Cell::text(self.url.as_str()),
        ]
    }
}
