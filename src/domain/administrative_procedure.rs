//! Administrative procedures (*thủ tục hành chính*) as the national catalogue announces them.

use std::sync::Arc;

use super::vocabulary::*;
use super::{Date, DocumentNumber, Markdown, ProcedureCode};
use crate::origin::Origin;

/// An administrative procedure. A catalogue has thousands, so what many of them say in the same words (who does
/// a step, a paper, an agency) is kept once and shared. Its eight mandatory parts are those of NĐ 63/2010/NĐ-CP, Điều 8 khoản 2;
/// `incomplete-administrative-procedure` reports missing ones.
#[derive(Debug, Clone)]
pub struct AdministrativeProcedure {
    pub origin: Origin,
    pub code: ProcedureCode,
    pub name: String,
    /// The name in English, where somebody gave it.
    pub name_en: Option<Box<str>>,
    pub field: Arc<str>,
    pub field_en: Option<Arc<str>>,
    pub levels: Vec<ExecutionLevel>,
    pub applicants: Vec<Arc<str>>,
    pub announcement: Option<Announcement>,
    /// How the law assigns the regulation of this procedure, as the national record words it.
    pub regulation: Option<String>,
    pub description: Option<Box<Markdown>>,
    pub channels: Vec<Channel>,
    pub dossiers: Vec<Dossier>,
    /// Number of dossier sets to hand in.
    pub sets: Option<u32>,
    pub steps: ProcedureSteps,
    pub competent_agency: Option<Arc<str>>,
    pub executing_agency: Option<Arc<str>>,
    pub authorised_agency: Option<Arc<str>>,
    pub coordinating_agencies: Option<Arc<str>>,
    pub receiving_place: Option<Arc<str>>,
    pub results: Vec<String>,
    pub conditions: Option<Box<Markdown>>,
    pub legal_bases: Vec<LegalBasis>,
    pub forms: Vec<Form>,
    pub online_level: Option<OnlineLevel>,
    pub status: AdministrativeProcedureStatus,
    pub keywords: Vec<String>,
    pub source: Option<NationalSource>,
    /// What an import could not structure, for the officer to look at.
    pub import_notes: Vec<String>,
}

impl AdministrativeProcedure {
    /// Whether agencies carry it out now.
    pub fn is_active(&self) -> bool {
        self.status != AdministrativeProcedureStatus::Abolished
    }
}

/// Steps as a text or as a list.
#[derive(Debug, Clone)]
pub enum ProcedureSteps {
    Missing,
    Text(Box<Markdown>),
    List(Vec<ProcedureStep>),
}

/// One step of a list.
#[derive(Debug, Clone)]
pub struct ProcedureStep {
    pub action: Arc<str>,
    pub responsible: Option<Arc<str>>,
    pub text: Option<Box<Markdown>>,
}

/// The decision that announced the procedure (*quyết định công bố TTHC*).
#[derive(Debug, Clone)]
pub struct Announcement {
    pub number: DocumentNumber,
    pub issued_on: Option<Date>,
}

/// A way to hand in a dossier. Time limit and fees belong to it, not to the procedure.
#[derive(Debug, Clone)]
pub struct Channel {
    pub method: SubmissionMethod,
    pub time_limit: Option<TimeLimit>,
    pub fees: Vec<Fee>,
    pub note: Option<Box<Markdown>>,
}

/// A time limit (*thời hạn giải quyết*): a number with its unit, a text, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeLimit {
    pub value: Option<u32>,
    pub unit: Option<TimeUnit>,
    pub text: Option<String>,
}

/// A fee (*phí, lệ phí, giá*).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fee {
    /// `None` where the source does not say what kind it is.
    pub kind: Option<FeeKind>,
    /// In whole units of `currency`. Zero without `is_free` is "see the text", not "free".
    pub amount: Option<u64>,
    /// ISO 4217 code; `VND` unless said otherwise.
    pub currency: Arc<str>,
    pub is_free: bool,
    pub text: Option<String>,
    pub legal_basis: Option<DocumentNumber>,
}

/// The papers of one case (*thành phần hồ sơ*).
#[derive(Debug, Clone)]
pub struct Dossier {
    pub case: Option<String>,
    pub components: Vec<Component>,
    pub note: Option<Box<Markdown>>,
}

/// One paper.
#[derive(Debug, Clone)]
pub struct Component {
    pub name: Arc<str>,
    pub originals: Option<u32>,
    pub copies: Option<u32>,
    /// Shown at the desk, not handed in (*xuất trình*).
    pub is_present_only: bool,
    pub form: Option<Arc<str>>,
    pub note: Option<Box<str>>,
}

/// A legal document that a procedure rests on.
#[derive(Debug, Clone)]
pub struct LegalBasis {
    pub number: Option<DocumentNumber>,
    pub title: Option<Arc<str>>,
}

/// A form (*mẫu đơn, tờ khai*), with its file where one is offered.
#[derive(Debug, Clone)]
pub struct Form {
    pub name: String,
    pub file: Option<String>,
}

/// The official national record, which has legal value: NĐ 63/2010/NĐ-CP, Điều 25.
#[derive(Debug, Clone)]
pub struct NationalSource {
    pub url: Option<String>,
    pub name: Option<String>,
    pub checked_on: Option<Date>,
    /// Parts that the national record itself does not state: no omission of whoever copied it.
    pub lacks: Vec<AdministrativeProcedurePart>,
}
