//! What somebody wrote, before anything is known to be true: one struct per file kind, plain serde.
//! Only `resolve` turns these into domain types. Field names are those of YAML; labels are in the label table.
//!
//! A field without `Option` or `default` is required by the shape of the file and reported as `missing-field`.
//! A field that the law requires is `Option` here, and a rule of `check` reports it with its clause.

mod administrative_procedure;
mod agency;
mod declaration;
mod federation;
mod inspection;
mod number;
mod reference;
mod review;
mod scalar;
mod site;
mod work_process;

pub use administrative_procedure::*;
pub use agency::*;
pub use declaration::*;
pub use federation::*;
pub use inspection::*;
pub use reference::*;
pub use review::*;
pub use scalar::*;
pub use site::*;
pub use work_process::*;

use crate::origin::Origin;

/// A parsed record and where it was written.
#[derive(Debug, Clone)]
pub struct Sourced<T> {
    pub origin: Origin,
    pub raw: T,
}

/// A Markdown file: its front matter and its text.
#[derive(Debug, Clone)]
pub struct RawPage<T> {
    pub front: T,
    /// The Markdown below the front matter, NFC.
    pub body: String,
    /// The line of the file, counted from 1, on which the body begins.
    pub body_line: u32,
}

/// A record kept in an agency's folder, with the name of that folder.
#[derive(Debug, Clone)]
pub struct Owned<T> {
    pub agency: String,
    /// Name of the file without folder and ending: the year, the date or the slug.
    pub stem: String,
    pub record: Sourced<T>,
}

/// Everything that was read, file kind by file kind, in the order of the paths.
#[derive(Debug, Default)]
pub struct RawProject {
    pub standards: Vec<Sourced<RawStandard>>,
    pub frameworks: Vec<Sourced<RawFramework>>,
    pub deadlines: Vec<Sourced<RawDeadline>>,
    pub administrations: Vec<Sourced<RawAdministration>>,
    pub holidays: Vec<Sourced<RawHolidays>>,
    pub redirects: Vec<Sourced<RawRedirect>>,
    pub feeds: Vec<Sourced<RawFeed>>,
    pub feed_states: Vec<Sourced<RawFeedState>>,
    pub approvals: Vec<Sourced<RawApproval>>,
    pub legal_documents: Vec<Sourced<RawLegalDocument>>,
    pub administrative_procedures: Vec<Sourced<RawAdministrativeProcedure>>,
    pub agencies: Vec<Owned<RawAgency>>,
    pub declarations: Vec<Owned<RawPage<RawDeclaration>>>,
    pub quality_policies: Vec<Owned<RawPage<RawQualityPolicy>>>,
    pub objectives: Vec<Owned<RawObjectives>>,
    pub documents: Vec<Owned<RawDocuments>>,
    pub work_processes: Vec<Owned<RawPage<RawWorkProcess>>>,
    pub reviews: Vec<Owned<RawReviews>>,
    pub postings: Vec<Owned<RawPostings>>,
    pub results: Vec<Owned<RawResults>>,
    pub inspections: Vec<Sourced<RawInspection>>,
    pub pages: Vec<Sourced<RawPage<RawFreePage>>>,
    /// Files that had errors: what is missing because of them is not reported again.
    pub broken: std::collections::BTreeSet<std::sync::Arc<str>>,
}
