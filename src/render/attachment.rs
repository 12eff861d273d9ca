//! Attachments: only those that a public record links to reach the site.

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::Result;

use super::agency_site::AgencySite;
use super::path;
use crate::domain::vocabulary::Visibility;
use crate::domain::{Agency, Attachment, ControlledDocument, Markdown, Register};
use crate::output::OutputBody;
use crate::source::Print;

/// Hands on the agency's published attachments.
pub(super) fn write(pages: &AgencySite<'_>) -> Result<()> {
    for attachment in published(pages.site.register, pages.agency) {
        let public = format!("{}{}", pages.base, path::attachment(in_agency(pages.agency, &attachment.path)));
        let key = Print::of_pieces(&[attachment.sha256.as_bytes()]);
        if pages.site.wants(&public) && !pages.site.reuse(&public, &key)? {
            pages.site.write_file(public, OutputBody::Copy(attachment.path.clone()), &key)?;
        }
    }
    Ok(())
}

/// The attachments that public records of an agency link to.
pub(super) fn published<'a>(register: &'a Register, agency: &Agency) -> Vec<&'a Attachment> {
    let mut paths: BTreeSet<Arc<str>> = BTreeSet::new();
    for target in linked(register, agency) {
        if let Some(attachment) = find(register, agency, target) {
            paths.insert(attachment.path.clone());
        }
    }
    paths.iter().filter_map(|path| register.attachments.get(path)).collect()
}

/// The attachment at a path inside an agency's folder.
pub(super) fn find<'a>(register: &'a Register, agency: &Agency, target: &str) -> Option<&'a Attachment> {
    register.attachments.get(format!("{}{}", folder(agency), target.trim_start_matches("./")).as_str())
}

/// The part of an attachment's path below the agency's folder.
pub(super) fn in_agency<'p>(agency: &Agency, path: &'p str) -> &'p str {
    path.strip_prefix(folder(agency).as_str()).unwrap_or(path)
}

/// Whether an internal document may be shown: public and not a draft.
pub(super) fn is_public(document: &ControlledDocument) -> bool {
    use crate::domain::vocabulary::DocumentStatus;
    document.visibility == Visibility::Public && document.status != DocumentStatus::Draft
}

fn folder(agency: &Agency) -> String {
    format!("content/agencies/{}/", agency.id)
}

fn linked<'a>(register: &'a Register, agency: &Agency) -> Vec<&'a str> {
    let records = register.records(&agency.id);
    let declarations = register.quality_systems.get(&agency.id).into_iter().flat_map(|system| &system.declarations);
    let mut targets: Vec<&str> = Vec::new();
    for declaration in declarations {
        targets.extend(declaration.signed_file.as_ref().map(|file| file.path.as_str()));
        targets.extend(declaration.scope.iter().flat_map(links));
    }
    targets.extend(records.documents.internal.iter().filter(|document| is_public(document)).filter_map(|document| document.file.as_deref()));
    targets.extend(records.reviews.internal_audits.iter().filter_map(|audit| audit.file.as_deref()));
    targets.extend(records.reviews.management_reviews.iter().filter_map(|review| review.file.as_deref()));
    targets.extend(records.quality_policy.iter().flat_map(|policy| links(&policy.body)));
    targets.extend(records.work_processes.iter().filter(|process| process.is_public()).flat_map(|process| links(&process.body)));
    targets
}

fn links(text: &Markdown) -> impl Iterator<Item = &str> {
    text.links().iter().map(|link| link.target.as_str())
}
