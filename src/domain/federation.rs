//! Agencies that run a site of their own and whose open data a province takes over.

use super::{AgencyId, Date};
use crate::origin::Origin;

/// An agency whose content comes from its own site.
#[derive(Debug, Clone)]
pub struct Feed {
    pub origin: Origin,
    /// A web address, or a folder seen from the project; `None` where `federation.yaml` does not list it any more.
    pub source: Option<String>,
    /// The agency above it, which a site with one agency can't know.
    pub parent: Option<AgencyId>,
    /// What was taken over last; `None` where nothing ever was.
    pub copy: Option<FeedCopy>,
    /// The day of the last attempt, where it failed.
    pub failed_on: Option<Date>,
}

/// The copy that is shown.
#[derive(Debug, Clone)]
pub struct FeedCopy {
    /// Where it came from.
    pub source: String,
    pub fetched_on: Date,
    /// SHA-256 of the files that were taken over, in small hexadecimal letters.
    pub sha256: String,
}
