//! Which record kind a file holds, by its place in the content folder; and its JSON Schema.

use serde_json::Value;

use super::raw::*;
use super::shape::schema_of;

/// What `congbo approve` writes, beside the content folder.
pub const LOCK_FILE: &str = "congbo.lock";

/// A kind of content file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    Site,
    Standards,
    Frameworks,
    Deadlines,
    Administrations,
    Holidays,
    Redirects,
    Federation,
    LegalDocuments,
    AdministrativeProcedures,
    /// Records of the national portal, kept beside the catalogue to compare with.
    NationalRecords,
    Agency,
    Declaration,
    QualityPolicy,
    Objectives,
    Documents,
    WorkProcess,
    Reviews,
    Postings,
    Results,
    Inspection,
    FreePage,
    /// What `congbo approve` wrote: for no author, so not among `ALL`.
    Approvals,
    /// What `congbo aggregate` wrote: for no author either.
    FederationState,
}

impl FileKind {
    /// All kinds, in the order of the content model.
    pub const ALL: &'static [Self] = &[
        Self::Site,
        Self::Standards,
        Self::Frameworks,
        Self::Deadlines,
        Self::Administrations,
        Self::Holidays,
        Self::Redirects,
        Self::Federation,
        Self::LegalDocuments,
        Self::AdministrativeProcedures,
        Self::NationalRecords,
        Self::Agency,
        Self::Declaration,
        Self::QualityPolicy,
        Self::Objectives,
        Self::Documents,
        Self::WorkProcess,
        Self::Reviews,
        Self::Postings,
        Self::Results,
        Self::Inspection,
        Self::FreePage,
    ];

    /// A path of each kind, to name in messages.
    pub const EXAMPLES: &'static [&'static str] = &[
        "content/site.yaml",
        "content/standards.yaml",
        "content/frameworks.yaml",
        "content/deadlines.yaml",
        "content/administrations.yaml",
        "content/holidays.yaml",
        "content/redirects.yaml",
        "content/federation.yaml",
        "content/law/<tên>.yaml",
        "content/administrative-procedures/<tên>.yaml",
        "content/national/<tên>.yaml",
        "content/agencies/<mã>/agency.yaml",
        "content/agencies/<mã>/declarations/<ngày>.yaml",
        "content/agencies/<mã>/quality-policy.md",
        "content/agencies/<mã>/objectives/<năm>.yaml",
        "content/agencies/<mã>/documents.yaml",
        "content/agencies/<mã>/work-processes/<tên>.md",
        "content/agencies/<mã>/reviews.yaml",
        "content/agencies/<mã>/postings.yaml",
        "content/agencies/<mã>/results/<năm>.yaml",
        "content/inspections/<năm>.yaml",
        "content/pages/<tên>.md",
    ];

    /// The kind of the file at a path of the project, `None` where nothing is read.
    pub fn of(path: &str) -> Option<Self> {
        if path == LOCK_FILE {
            return Some(Self::Approvals);
        }
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let is_yaml = path.ends_with(".yaml");
        match parts.as_slice() {
            ["site.yaml"] => Some(Self::Site),
            ["standards.yaml"] => Some(Self::Standards),
            ["frameworks.yaml"] => Some(Self::Frameworks),
            ["deadlines.yaml"] => Some(Self::Deadlines),
            ["administrations.yaml"] => Some(Self::Administrations),
            ["holidays.yaml"] => Some(Self::Holidays),
            ["redirects.yaml"] => Some(Self::Redirects),
            ["federation.yaml"] => Some(Self::Federation),
            ["federation-state.yaml"] => Some(Self::FederationState),
            ["law", .., _] if is_yaml => Some(Self::LegalDocuments),
            ["administrative-procedures", .., _] if is_yaml => Some(Self::AdministrativeProcedures),
            ["national", .., _] if is_yaml => Some(Self::NationalRecords),
            ["agencies", _, "agency.yaml"] => Some(Self::Agency),
            ["agencies", _, "declarations", _] => Some(Self::Declaration),
            ["agencies", _, "quality-policy.md"] => Some(Self::QualityPolicy),
            ["agencies", _, "objectives", _] if is_yaml => Some(Self::Objectives),
            ["agencies", _, "documents.yaml"] => Some(Self::Documents),
            ["agencies", _, "work-processes", _] if !is_yaml => Some(Self::WorkProcess),
            ["agencies", _, "reviews.yaml"] => Some(Self::Reviews),
            ["agencies", _, "postings.yaml"] => Some(Self::Postings),
            ["agencies", _, "results", _] if is_yaml => Some(Self::Results),
            ["inspections", _] if is_yaml => Some(Self::Inspection),
            ["pages", _] if !is_yaml => Some(Self::FreePage),
            _ => None,
        }
    }

    /// Its name in the label table and on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Standards => "standards",
            Self::Frameworks => "frameworks",
            Self::Deadlines => "deadlines",
            Self::Administrations => "administrations",
            Self::Holidays => "holidays",
            Self::Redirects => "redirects",
            Self::Federation => "federation",
            Self::LegalDocuments => "legal_documents",
            Self::AdministrativeProcedures => "administrative_procedures",
            Self::NationalRecords => "national_records",
            Self::Agency => "agency",
            Self::Declaration => "declaration",
            Self::QualityPolicy => "quality_policy",
            Self::Objectives => "objectives",
            Self::Documents => "documents",
            Self::WorkProcess => "work_process",
            Self::Reviews => "reviews",
            Self::Postings => "postings",
            Self::Results => "results",
            Self::Inspection => "inspection",
            Self::FreePage => "free_page",
            Self::Approvals => "approvals",
            Self::FederationState => "federation_state",
        }
    }

    /// The YAML files of this kind, from the folder of the project; `None` where all of them are Markdown.
    pub fn yaml_glob(self) -> Option<&'static str> {
        Some(match self {
            Self::LegalDocuments => "content/law/**/*.yaml",
            Self::AdministrativeProcedures => "content/administrative-procedures/**/*.yaml",
            Self::NationalRecords => "content/national/**/*.yaml",
            Self::Agency => "content/agencies/*/agency.yaml",
            Self::Declaration => "content/agencies/*/declarations/*.yaml",
            Self::Objectives => "content/agencies/*/objectives/*.yaml",
            Self::Documents => "content/agencies/*/documents.yaml",
            Self::Reviews => "content/agencies/*/reviews.yaml",
            Self::Postings => "content/agencies/*/postings.yaml",
            Self::Results => "content/agencies/*/results/*.yaml",
            Self::Inspection => "content/inspections/*.yaml",
            Self::Site => "content/site.yaml",
            Self::Standards => "content/standards.yaml",
            Self::Frameworks => "content/frameworks.yaml",
            Self::Deadlines => "content/deadlines.yaml",
            Self::Administrations => "content/administrations.yaml",
            Self::Holidays => "content/holidays.yaml",
            Self::Redirects => "content/redirects.yaml",
            Self::Federation => "content/federation.yaml",
            Self::FederationState => "content/federation-state.yaml",
            Self::QualityPolicy | Self::WorkProcess | Self::FreePage | Self::Approvals => return None,
        })
    }

    /// The JSON Schema (draft-07) of one record of this kind.
    pub fn record_schema(self) -> Value {
        match self {
            Self::Site => schema_of::<RawSite>(),
            Self::Standards => schema_of::<RawStandard>(),
            Self::Frameworks => schema_of::<RawFramework>(),
            Self::Deadlines => schema_of::<RawDeadline>(),
            Self::Administrations => schema_of::<RawAdministration>(),
            Self::Holidays => schema_of::<RawHolidays>(),
            Self::Redirects => schema_of::<RawRedirect>(),
            Self::Federation => schema_of::<RawFeed>(),
            Self::FederationState => schema_of::<RawFeedState>(),
            Self::LegalDocuments => schema_of::<RawLegalDocument>(),
            Self::AdministrativeProcedures | Self::NationalRecords => schema_of::<RawAdministrativeProcedure>(),
            Self::Agency => schema_of::<RawAgency>(),
            Self::Declaration => schema_of::<RawDeclaration>(),
            Self::QualityPolicy => schema_of::<RawQualityPolicy>(),
            Self::Objectives => schema_of::<RawObjectives>(),
            Self::Documents => schema_of::<RawDocuments>(),
            Self::WorkProcess => schema_of::<RawWorkProcess>(),
            Self::Reviews => schema_of::<RawReviews>(),
            Self::Postings => schema_of::<RawPostings>(),
            Self::Results => schema_of::<RawResults>(),
            Self::Inspection => schema_of::<RawInspection>(),
            Self::FreePage => schema_of::<RawFreePage>(),
            Self::Approvals => schema_of::<RawApproval>(),
        }
    }

    /// Whether the file may hold a list of records.
    pub fn is_list(self) -> bool {
        matches!(
            self,
            Self::Standards
                | Self::Frameworks
                | Self::Deadlines
                | Self::Administrations
                | Self::Holidays
                | Self::Redirects
                | Self::Federation
                | Self::FederationState
                | Self::LegalDocuments
                | Self::AdministrativeProcedures
                | Self::NationalRecords
                | Self::Approvals
        )
    }
}
