//! Controlled documents as they were approved, and as they are now: ISO 9001, 7.5.3.

use super::Date;
use crate::origin::Origin;

/// A document as `congbo approve` recorded it in `congbo.lock`.
#[derive(Debug, Clone)]
pub struct Approval {
    pub origin: Origin,
    pub code: Option<String>,
    pub edition: Option<u32>,
    pub revision: Option<u32>,
    pub approved_by: Option<String>,
    pub recorded_on: Option<Date>,
    /// SHA-256 in small hexadecimal letters.
    pub sha256: String,
}

/// A controlled document as it is now.
#[derive(Debug, Clone)]
pub struct Fingerprint {
    pub origin: Origin,
    pub kind: FingerprintKind,
    pub agency: super::AgencyId,
    /// Its code, number or name, for messages.
    pub code: String,
    pub edition: Option<u32>,
    pub revision: Option<u32>,
    pub approved_by: Option<String>,
    /// SHA-256 of what it says, in small hexadecimal letters.
    pub sha256: String,
}

/// What kind of document it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FingerprintKind {
    WorkProcess,
    InternalDocument,
    Declaration,
    QualityPolicy,
}
