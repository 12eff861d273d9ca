//! Everything that is true, linked and sorted: what the rules judge and the pages show.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::*;
use crate::origin::{Origin, Place};

/// All records of a project. Collections are sorted: never in the order of a hash.
#[derive(Debug, Default)]
pub struct Register {
    pub standards: BTreeMap<StandardId, Standard>,
    pub frameworks: BTreeMap<String, Framework>,
    pub deadlines: BTreeMap<String, Deadline>,
    pub administrations: Vec<Administration>,
    /// Public holidays by year.
    pub holidays: BTreeMap<i16, Holidays>,
    /// Addresses that moved, in their order.
    pub redirects: Vec<Redirect>,
    /// Agencies whose content comes from a site of their own.
    pub federation: BTreeMap<AgencyId, Feed>,
    /// Controlled documents as they were approved, by `agency/document`.
    pub approvals: BTreeMap<String, Approval>,
    /// The same documents as they are now; only where some were approved.
    pub fingerprints: BTreeMap<String, Fingerprint>,
    pub legal_documents: BTreeMap<DocumentNumber, LegalDocument>,
    pub administrative_procedures: BTreeMap<ProcedureCode, Arc<AdministrativeProcedure>>,
    /// Records of the national portal to compare with.
    pub national_records: BTreeMap<ProcedureCode, Arc<AdministrativeProcedure>>,
    pub agencies: BTreeMap<AgencyId, Agency>,
    /// By the id of the agency that owns the system.
    pub quality_systems: BTreeMap<AgencyId, QualitySystem>,
    pub records: BTreeMap<AgencyId, AgencyRecords>,
    pub inspections: BTreeMap<i16, Inspection>,
    pub pages: Vec<FreePage>,
    /// Attachments by their path in the project: `content/agencies/x/files/a.pdf`.
    pub attachments: BTreeMap<Arc<str>, Attachment>,
    /// The files that the public will read, for the rules that look at wording.
    pub texts: Vec<PublicText>,
    /// Agencies some of whose files could not be read; what is missing there may only be unread.
    pub unread: BTreeSet<AgencyId>,
    /// Files that were refused or had errors; what is missing because of them is not a problem of its own.
    pub broken: BTreeSet<Arc<str>>,
    /// Places whose value was told to be wrong and left out; their absence is not a problem of its own.
    pub told: BTreeSet<Origin>,
    /// Codes that an agency calls its own and that were told to be missing from the catalogue.
    pub missing_procedures: BTreeSet<ProcedureCode>,
    /// Codes and numbers that are used twice, with both places; `duplicate-code` reports them.
    pub duplicates: Vec<Duplicate>,
}

impl Register {
    /// The quality system that an agency belongs to.
    pub fn quality_system(&self, agency: &Agency) -> Option<&QualitySystem> {
        self.quality_systems.get(&agency.qms)
    }

    /// Whether the content of an agency was taken over from its own site, where alone it can be corrected.
    pub fn is_taken_over(&self, agency: &AgencyId) -> bool {
        self.federation.get(agency).is_some_and(|feed| feed.copy.is_some())
    }

    /// The records of an agency; every agency has some, be they empty.
    pub fn records(&self, agency: &AgencyId) -> &AgencyRecords {
        static EMPTY: std::sync::LazyLock<AgencyRecords> = std::sync::LazyLock::new(AgencyRecords::default);
        self.records.get(agency).unwrap_or(&EMPTY)
    }

    /// What all agencies of a quality system are competent for together; `None` if none of them said.
    pub fn competence(&self, system: &QualitySystem) -> Option<BTreeSet<ProcedureCode>> {
        let mut stated = system.members.iter().filter_map(|id| self.agencies.get(id)?.competence.as_ref()).peekable();
        stated.peek()?;
        Some(stated.flatten().cloned().collect())
    }

    /// Whether a file whose path begins with `prefix` could not be read whole.
    pub fn has_broken(&self, prefix: &str) -> bool {
        let from = (std::ops::Bound::Included(prefix), std::ops::Bound::Unbounded);
        self.broken.range::<str, _>(from).next().is_some_and(|path| path.starts_with(prefix))
    }

    /// Whether the value at `origin`, or one inside it, was told to be wrong and left out.
    pub fn has_told(&self, origin: &Origin) -> bool {
        let Place::Value(path) = &origin.place else { return self.told.contains(origin) };
        self.told
            .range(origin.clone()..)
            .take_while(|told| told.file == origin.file)
            .map_while(|told| if let Place::Value(told) = &told.place { told.strip_prefix(path.as_str()) } else { None })
            .any(|rest| path.is_empty() || rest.is_empty() || rest.starts_with(['.', '[']))
    }

    /// The state of a legal document on `date`; unknown where the register does not have it.
    pub fn legal_status(&self, number: &DocumentNumber, date: Date) -> vocabulary::LegalStatus {
        self.legal_documents.get(number).map_or(vocabulary::LegalStatus::Unknown, |document| document.status_on(date))
    }
}

/// A file below `files/`, looked at but not interpreted.
#[derive(Debug, Clone)]
pub struct Attachment {
    pub path: Arc<str>,
    pub size_bytes: u64,
    /// SHA-256 in small hexadecimal letters.
    pub sha256: String,
    pub kind: AttachmentKind,
}

/// What a file is by its first bytes, whatever its name says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttachmentKind {
    /// A PDF and the version in its header.
    Pdf {
        major: u8,
        minor: u8,
    },
    /// DOCX, XLSX and other zipped office files.
    Zip,
    Png,
    Jpeg,
    Webp,
    Other,
}

/// A content file that the public will read, as its author sees it.
#[derive(Debug, Clone)]
pub struct PublicText {
    pub file: Arc<str>,
    /// Empty where it was looked at before and has no words to tell of.
    pub text: Arc<str>,
    pub subject: TextSubject,
}

/// What a text speaks about, for rules that judge only some of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextSubject {
    /// The agency and its quality management system.
    QualityManagement,
    /// An administrative procedure, where "giấy chứng nhận" is an ordinary word.
    AdministrativeProcedure,
    /// Contact details of an office, where a phone number belongs.
    Contact,
    /// Law and standards, quoted.
    Reference,
}

/// Two records with one code.
#[derive(Debug, Clone)]
pub struct Duplicate {
    pub code: String,
    /// What they are, as a field kind: `administrative_procedure`, `agency`, `legal_document`, `work_process`…
    pub kind: &'static str,
    pub first: Origin,
    pub second: Origin,
}
