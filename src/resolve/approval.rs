//! `congbo.lock`, and what the controlled documents say now, to compare.

use std::collections::BTreeMap;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::Resolver;
use crate::domain::*;
use crate::origin::Origin;
use crate::parse::meaning;
use crate::parse::raw::*;
use crate::source::{SourceTree, hex};

/// Fields that say something about a document, not something in it: they may change without a revision.
const ABOUT_PROCESS: &[&str] = &["legal_reviews", "status", "visibility", "revisions"];
const ABOUT_DECLARATION: &[&str] = &["lead_unit_notice", "premises_posting", "ended_on", "note", "signed_file"];
const ABOUT_POLICY: &[&str] = &["reviewed_on"];

impl Resolver<'_> {
    pub(super) fn approvals(&mut self, records: Vec<Sourced<RawApproval>>, tree: &SourceTree) {
        for Sourced { origin, raw } in records {
            let RawApproval { document, code, edition, revision, approved_by, recorded_on, sha256 } = raw;
            let recorded_on = self.date(&recorded_on, &origin.field("recorded_on"));
            self.register.approvals.insert(document, Approval { code, edition, revision, approved_by, recorded_on, sha256, origin });
        }
        if !self.register.approvals.is_empty() {
            self.register.fingerprints = fingerprints(&self.register, tree);
        }
    }
}

/// Every controlled document in use, by its place in the content: work processes, internal documents,
/// declarations, quality policies.
pub fn fingerprints(register: &Register, tree: &SourceTree) -> BTreeMap<String, Fingerprint> {
    let agencies: Vec<&Agency> = register.agencies.values().filter(|agency| agency.is_active()).collect();
    agencies.par_iter().flat_map_iter(|agency| of_agency(register, agency, tree)).collect()
}

fn of_agency(register: &Register, agency: &Agency, tree: &SourceTree) -> Vec<(String, Fingerprint)> {
    let records = register.records(&agency.id);
    let text = |origin: &Origin, about: &[&str]| tree.text(&origin.file).map(|text| digest(&[&meaning(&origin.file, text, about)]));
    let mut found = Vec::new();
    let mut push = |name: String, kind, code: &str, edition, revision, approved_by: Option<&str>, origin: &Origin, sha256: Option<String>| {
        let Some(sha256) = sha256 else { return };
        let (agency, code, origin) = (agency.id.clone(), code.to_owned(), origin.clone());
        let fingerprint = Fingerprint { origin, kind, agency, code, edition, revision, approved_by: approved_by.map(str::to_owned), sha256 };
        found.push((name, fingerprint));
    };
    for process in records.work_processes.iter().filter(|process| process.status == vocabulary::DocumentStatus::Active) {
        let (name, sha256) = (format!("{}/work-processes/{}", agency.id, process.slug), text(&process.origin, ABOUT_PROCESS));
        let (edition, revision) = (Some(process.edition), Some(process.revision));
        push(name, FingerprintKind::WorkProcess, &process.code, edition, revision, Some(&process.approved_by), &process.origin, sha256);
    }
    for document in records.documents.internal.iter().filter(|document| document.status == vocabulary::DocumentStatus::Active) {
        let file = document.file.as_ref().map(|file| format!("content/agencies/{}/{file}", agency.id));
        let bytes = file.and_then(|path| register.attachments.get(path.as_str())).map_or("", |attachment| &attachment.sha256);
        let (name, sha256) = (format!("{}/documents/{}", agency.id, document.code), digest(&[&document.code, &document.title, bytes]));
        let approved_by = document.approved_by.as_deref();
        push(name, FingerprintKind::InternalDocument, &document.code, document.edition, document.revision, approved_by, &document.origin, Some(sha256));
    }
    let current = register.quality_systems.get(&agency.id).into_iter().flat_map(|system| &system.declarations);
    for declaration in current {
        let (name, code) = (
            format!("{}/declarations/{}", agency.id, declaration.slug),
            declaration.number.as_ref().map_or(declaration.slug.as_str(), |number| number.as_str()),
        );
        let signer = declaration.signer.as_ref().and_then(|signer| signer.position.as_deref());
        push(name, FingerprintKind::Declaration, code, None, None, signer, &declaration.origin, text(&declaration.origin, ABOUT_DECLARATION));
    }
    if let Some(policy) = &records.quality_policy {
        let name = format!("{}/quality-policy", agency.id);
        push(
            name,
            FingerprintKind::QualityPolicy,
            "quality-policy",
            policy.edition,
            None,
            policy.signer.position.as_deref(),
            &policy.origin,
            text(&policy.origin, ABOUT_POLICY),
        );
    }
    found
}

fn digest(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hex(&hasher.finalize())
}
