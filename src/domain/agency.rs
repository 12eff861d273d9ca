//! Agencies and the quality management systems they belong to.

use std::collections::BTreeSet;

use super::vocabulary::*;
use super::{AdministrativeProcedure, AgencyId, Channel, Date, Declaration, DocumentNumber, Fee, Markdown, ProcedureCode, TimeLimit};
use crate::origin::Origin;

/// An agency (*cơ quan*): QĐ 19/2014/QĐ-TTg, Điều 2.
#[derive(Debug, Clone)]
pub struct Agency {
    pub origin: Origin,
    pub id: AgencyId,
    pub name: String,
    /// In English, where the agency gave it; so are the other fields that end in `_en`.
    pub name_en: Option<String>,
    pub short_name: Option<String>,
    pub level: AgencyLevel,
    pub parent: Option<AgencyId>,
    /// The agency whose QMS this one shares; its own id where it has one of its own.
    pub qms: AgencyId,
    pub electronic_id: Option<String>,
    pub obligation: Obligation,
    pub head: Option<Head>,
    pub address: Option<String>,
    pub address_en: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub website: Option<String>,
    pub reception_hours: Option<String>,
    pub reception_hours_en: Option<String>,
    pub reception_desk: Option<ReceptionDesk>,
    pub units: Vec<Unit>,
    pub predecessors: Vec<Predecessor>,
    pub status: AgencyStatus,
    pub successor: Option<AgencyId>,
    pub ended_on: Option<Date>,
    /// What it is competent for now, active procedures only; `None` where the agency did not say.
    pub competence: Option<BTreeSet<ProcedureCode>>,
    /// What it lists or selects and was abolished: the pages stay, for codes on walls lead to them, and say so.
    pub abolished_procedures: BTreeSet<ProcedureCode>,
    pub local_services: Vec<LocalService>,
    pub document_code_pattern: Option<String>,
    pub framework: Option<String>,
    /// Whether sheets of its procedures are made to print; `None` leaves it to the site.
    pub posting_sheets: Option<bool>,
    pub note: Option<String>,
}

impl Agency {
    /// Whether the agency exists now.
    pub fn is_active(&self) -> bool {
        self.status == AgencyStatus::Active
    }

    /// The name for narrow places.
    pub fn short(&self) -> &str {
        self.short_name.as_deref().unwrap_or(&self.name)
    }
}

/// Head of an agency (*người đứng đầu*).
#[derive(Debug, Clone)]
pub struct Head {
    pub position: String,
    pub name: Option<String>,
    /// Since when in office.
    pub since: Option<Date>,
}

/// The one-stop desk (*bộ phận tiếp nhận và trả kết quả*).
#[derive(Debug, Clone)]
pub struct ReceptionDesk {
    pub name: String,
    pub address: Option<String>,
    pub phone: Option<String>,
}

/// A unit inside an agency.
#[derive(Debug, Clone)]
pub struct Unit {
    pub id: String,
    pub name: String,
    pub phone: Option<String>,
}

/// An agency that another one replaced.
#[derive(Debug, Clone)]
pub struct Predecessor {
    pub name: String,
    pub level: Option<AgencyLevel>,
    pub until: Option<Date>,
    pub note: Option<String>,
    pub url: Option<String>,
    /// The decision that ended it, or where it was read.
    pub source: Option<String>,
    /// When it was compared with its source; `None` is not compared.
    pub verified_on: Option<Date>,
}

/// What an agency adds to a national procedure: where, when and who, never a national fact. Its own terms are those that
/// the law leaves to it: a time limit that it shortened, a fee that the province sets by area.
#[derive(Debug, Clone)]
pub struct LocalService {
    pub origin: Origin,
    pub code: ProcedureCode,
    pub unit: Option<String>,
    pub place: Option<String>,
    pub hours: Option<String>,
    pub phone: Option<String>,
    pub online_url: Option<String>,
    /// The ways to hand in here, where they are not all ways of the catalogue; empty is all of them.
    pub methods: Vec<SubmissionMethod>,
    pub own_terms: Vec<OwnTerms>,
    pub note: Option<String>,
    pub reviewed_on: Option<Date>,
}

/// A time limit or fees that are an agency's own.
#[derive(Debug, Clone)]
pub struct OwnTerms {
    pub origin: Origin,
    /// The way of handing in that they hold for; `None` is every way.
    pub method: Option<SubmissionMethod>,
    /// `None` where that of the catalogue holds.
    pub time_limit: Option<TimeLimit>,
    /// Empty where those of the catalogue hold.
    pub fees: Vec<Fee>,
    /// The document that sets them.
    pub legal_basis: Option<DocumentNumber>,
}

impl LocalService {
    /// Whether dossiers are taken here in this way.
    pub fn offers(&self, method: SubmissionMethod) -> bool {
        self.methods.is_empty() || self.methods.contains(&method)
    }

    /// The agency's own time limit for a way of handing in.
    pub fn own_limit(&self, method: SubmissionMethod) -> Option<&TimeLimit> {
        self.terms(method).find_map(|terms| terms.time_limit.as_ref())
    }

    /// The agency's own fees for a way of handing in.
    pub fn own_fees(&self, method: SubmissionMethod) -> Option<&[Fee]> {
        self.terms(method).map(|terms| terms.fees.as_slice()).find(|fees| !fees.is_empty())
    }

    /// The ways to hand in a dossier here, each with the limit and the fees that hold here.
    pub fn channels(&self, procedure: &AdministrativeProcedure) -> Vec<Channel> {
        let here = |channel: &Channel| Channel {
            time_limit: self.own_limit(channel.method).or(channel.time_limit.as_ref()).cloned(),
            fees: self.own_fees(channel.method).unwrap_or(&channel.fees).to_vec(),
            ..channel.clone()
        };
        procedure.channels.iter().filter(|channel| self.offers(channel.method)).map(here).collect()
    }

    /// What is said of this way alone comes before what is said of all.
    fn terms(&self, method: SubmissionMethod) -> impl Iterator<Item = &OwnTerms> {
        let of = move |wanted: Option<SubmissionMethod>| self.own_terms.iter().filter(move |terms| terms.method == wanted);
        of(Some(method)).chain(of(None))
    }
}

/// A quality management system (*HTQLCL*) and the agencies that share it: TT 26/2014/TT-BKHCN, Điều 6.
#[derive(Debug, Clone)]
pub struct QualitySystem {
    /// The agency that answers for it; its id is the id of the system.
    pub owner: AgencyId,
    /// All agencies that share it, the owner among them.
    pub members: BTreeSet<AgencyId>,
    /// Every declaration, oldest first.
    pub declarations: Vec<Declaration>,
}

impl QualitySystem {
    /// The declaration in force on `date`: the latest one issued by then that nothing ended.
    pub fn current_declaration(&self, date: Date) -> Option<&Declaration> {
        self.declarations
            .iter()
            .filter(|declaration| declaration.is_in_force(date) && !self.is_superseded(declaration, date))
            .max_by_key(|declaration| declaration.issued_on)
    }

    /// Whether another declaration issued by `date` says that it replaces this one.
    pub fn is_superseded(&self, declaration: &Declaration, date: Date) -> bool {
        declaration.number.as_ref().is_some_and(|number| {
            self.declarations
                .iter()
                .any(|later| later.supersedes.as_ref() == Some(number) && later.issued_on.is_none_or(|on| on <= date) && later.origin != declaration.origin)
        })
    }
}

/// What an agency keeps about its quality management, apart from declarations.
#[derive(Debug, Clone, Default)]
pub struct AgencyRecords {
    pub quality_policy: Option<super::QualityPolicy>,
    pub objectives: std::collections::BTreeMap<i16, super::YearObjectives>,
    pub documents: super::DocumentLists,
    pub work_processes: Vec<super::WorkProcess>,
    pub reviews: super::Reviews,
    /// In the order of the file, oldest first.
    pub postings: Vec<super::Posting>,
    pub results: std::collections::BTreeMap<i16, super::Results>,
}

/// A page of free text.
#[derive(Debug, Clone)]
pub struct FreePage {
    pub origin: Origin,
    pub slug: String,
    pub title: String,
    pub summary: Option<String>,
    pub order: i32,
    pub reviewed_on: Option<Date>,
    pub visibility: Visibility,
    pub body: Markdown,
}
