//! What shows each point of TT 26/2014/TT-BKHCN, Điều 36: one function per point.

use super::super::agency_site::AgencySite;
use super::super::path;
use super::evidence::ProofView;
use super::iso;
use crate::domain::vocabulary::{DeclarationKind, DocumentStatus};
use crate::domain::{Date, WorkProcess};

/// 1a: the scope covers the procedures the agency does.
pub(super) fn scope(pages: &AgencySite<'_>) -> Vec<ProofView> {
    let Some(current) = pages.current else { return Vec::new() };
    let competence = pages.system.and_then(|system| pages.site.register.competence(system));
    let text = match competence {
        Some(codes) => {
            let covered = codes.iter().filter(|code| current.annex.contains(code)).count();
            filled(pages, "proof_scope", &[("covered", covered), ("total", codes.len())])
        }
        None => filled(pages, "proof_annex", &[("covered", current.annex.len())]),
    };
    vec![proof(text, current.issued_on, Some(pages.href("cong-bo/")))]
}

/// 1b: the system was made known to the staff.
pub(super) fn training(pages: &AgencySite<'_>) -> Vec<ProofView> {
    let courses = &pages.records.reviews.training;
    let last = courses.iter().filter_map(|course| course.held_on).max();
    some(!courses.is_empty(), || proof(filled(pages, "proof_training", &[("count", courses.len())]), last, Some(anchor(pages, "dao-tao"))))
}

/// 1c: policy, objectives and documents are there and in force.
pub(super) fn compliance(pages: &AgencySite<'_>) -> Vec<ProofView> {
    let records = pages.records;
    let mut proofs = Vec::new();
    if let Some(policy) = &records.quality_policy {
        proofs.push(proof(word(pages, "proof_policy"), policy.approved_on, Some(pages.href("chinh-sach-chat-luong/"))));
    }
    if let Some((year, objectives)) = records.objectives.last_key_value() {
        let text = pages.site.words().fill("proof_objectives", &[("count", &objectives.objectives.len().to_string()), ("year", &year.to_string())]);
        proofs.push(proof(text, objectives.approved_on, Some(pages.href(&format!("muc-tieu-chat-luong/{year}/")))));
    }
    let documents = records.documents.internal.iter().filter(|document| super::super::attachment::is_public(document)).count();
    if documents > 0 {
        proofs.push(proof(filled(pages, "proof_documents", &[("count", documents)]), None, Some(pages.href("tai-lieu/"))));
    }
    proofs
}

/// 1d: the processes are carried out.
pub(super) fn processes(pages: &AgencySite<'_>) -> Vec<ProofView> {
    let in_use: Vec<&WorkProcess> = pages.public_processes().filter(|process| process.status == DocumentStatus::Active).collect();
    let mut proofs = some(!in_use.is_empty(), || {
        let last = in_use.iter().filter_map(|process| process.issued_on).max();
        proof(filled(pages, "proof_processes", &[("count", in_use.len())]), last, Some(pages.href("quy-trinh/")))
    });
    if let Some((year, _)) = pages.records.results.last_key_value() {
        let text = pages.site.words().fill("proof_results", &[("year", &year.to_string())]);
        proofs.push(proof(text, None, Some(pages.href(&format!("ket-qua/{year}/")))));
    }
    proofs
}

/// 1đ: management review, internal audit, corrective action.
pub(super) fn reviews(pages: &AgencySite<'_>) -> Vec<ProofView> {
    let reviews = &pages.records.reviews;
    let mut proofs = Vec::new();
    if let Some(last) = reviews.internal_audits.iter().filter_map(|audit| audit.held_on).max() {
        proofs.push(proof(word(pages, "proof_audit"), Some(last), Some(anchor(pages, "danh-gia-noi-bo"))));
    }
    if let Some(last) = reviews.management_reviews.iter().filter_map(|review| review.held_on).max() {
        proofs.push(proof(word(pages, "proof_review"), Some(last), Some(anchor(pages, "xem-xet-cua-lanh-dao"))));
    }
    let all = reviews.nonconformities.len();
    if all > 0 {
        let closed = reviews.nonconformities.iter().filter(|one| one.closed_on.is_some()).count();
        proofs.push(proof(filled(pages, "proof_nonconformities", &[("closed", closed), ("total", all)]), None, Some(anchor(pages, "khac-phuc"))));
    }
    proofs
}

/// 1e: complaints.
pub(super) fn complaints(pages: &AgencySite<'_>) -> Vec<ProofView> {
    let view = |one: &crate::domain::Complaints| {
        let (year, received, resolved) = (one.year.to_string(), one.received.to_string(), one.resolved.to_string());
        let text = pages.site.words().fill("proof_complaints", &[("year", &year), ("received", &received), ("resolved", &resolved)]);
        proof(text, None, Some(anchor(pages, "phan-anh")))
    };
    pages.records.reviews.complaints.iter().max_by_key(|one| one.year).map(view).into_iter().collect()
}

/// 1g: improvement.
pub(super) fn improvement(pages: &AgencySite<'_>) -> Vec<ProofView> {
    let closed = pages.records.reviews.nonconformities.iter().filter(|one| one.closed_on.is_some());
    let last = closed.clone().filter_map(|one| one.closed_on).max();
    let count = closed.count();
    let mut proofs = some(count > 0, || proof(filled(pages, "proof_closed", &[("count", count)]), last, Some(anchor(pages, "khac-phuc"))));
    let measured = pages.records.objectives.iter().rev().find_map(|(year, objectives)| {
        let count = objectives.objectives.iter().filter(|objective| !objective.results.is_empty()).count();
        (count > 0).then_some((year, count))
    });
    if let Some((year, count)) = measured {
        let text = pages.site.words().fill("proof_measured", &[("count", &count.to_string()), ("year", &year.to_string())]);
        proofs.push(proof(text, None, Some(pages.href(&format!("muc-tieu-chat-luong/{year}/")))));
    }
    proofs
}

/// 2a: leaders, units and persons took part.
pub(super) fn leadership(pages: &AgencySite<'_>) -> Vec<ProofView> {
    let mut proofs = Vec::new();
    if let Some(policy) = &pages.records.quality_policy {
        let signer = policy.signer.position.as_deref().unwrap_or_default();
        let text = pages.site.words().fill("proof_signed_policy", &[("signer", signer)]);
        proofs.push(proof(text, policy.approved_on, Some(pages.href("chinh-sach-chat-luong/"))));
    }
    if let Some(last) = pages.records.reviews.management_reviews.iter().filter_map(|review| review.held_on).max() {
        proofs.push(proof(word(pages, "proof_review"), Some(last), Some(anchor(pages, "xem-xet-cua-lanh-dao"))));
    }
    proofs
}

/// 2b: the head confirmed that the system is valid.
pub(super) fn confirmation(pages: &AgencySite<'_>) -> Vec<ProofView> {
    let confirmation = pages.current.and_then(|current| current.validity_confirmation.as_ref());
    let view = |confirmation: &crate::domain::ValidityConfirmation| {
        let number = confirmation.number.as_ref().map(ToString::to_string).unwrap_or_default();
        proof(pages.site.words().fill("proof_confirmation", &[("number", &number)]), confirmation.confirmed_on, Some(pages.href("cong-bo/")))
    };
    confirmation.map(view).into_iter().collect()
}

/// 2c: declared, notified, posted at the office, and here on the web.
pub(super) fn declaration(pages: &AgencySite<'_>) -> Vec<ProofView> {
    let Some(current) = pages.current else { return Vec::new() };
    let words = pages.site.words();
    let number = current.number.as_ref().map(ToString::to_string).unwrap_or_default();
    let mut proofs = vec![proof(words.fill("proof_declaration", &[("number", &number)]), current.issued_on, Some(pages.href("cong-bo/")))];
    if let Some(notice) = &current.lead_unit_notice {
        let number = notice.number.as_ref().map(ToString::to_string).unwrap_or_default();
        proofs.push(proof(words.fill("proof_notice", &[("number", &number)]), notice.sent_on, Some(pages.href("cong-bo/"))));
    }
    if let Some(posting) = &current.premises_posting {
        proofs.push(proof(word(pages, "proof_posting"), posting.posted_on, Some(pages.href("cong-bo/"))));
    }
    proofs.push(proof(word(pages, "proof_web"), None, Some(pages.href("cong-bo/"))));
    proofs
}

/// 2d: new law was looked at and taken in.
pub(super) fn legal_updates(pages: &AgencySite<'_>) -> Vec<ProofView> {
    let reviews = || pages.public_processes().flat_map(|process| &process.legal_reviews);
    let count = reviews().count();
    let last = reviews().filter_map(|review| review.reviewed_on).max();
    let mut proofs = some(count > 0, || proof(filled(pages, "proof_legal_reviews", &[("count", count)]), last, Some(pages.href("quy-trinh/"))));
    let updated = pages.records.documents.external.iter().filter_map(|document| document.updated_on).max();
    if updated.is_some() {
        proofs.push(proof(word(pages, "proof_external"), updated, Some(pages.href("tai-lieu/"))));
    }
    proofs
}

/// 2đ: declared again when the scope changed.
pub(super) fn redeclaration(pages: &AgencySite<'_>) -> Vec<ProofView> {
    let declarations = pages.system.into_iter().flat_map(|system| &system.declarations);
    let last = declarations.filter(|declaration| declaration.kind == DeclarationKind::Redeclaration).max_by_key(|declaration| declaration.issued_on);
    let view = |last: &crate::domain::Declaration| {
        let number = last.number.as_ref().map(ToString::to_string).unwrap_or_default();
        let href = pages.href(if pages.system_owner.is_none() { path::declaration(last) } else { "cong-bo/".to_owned() }.as_str());
        proof(pages.site.words().fill("proof_redeclaration", &[("number", &number)]), last.issued_on, Some(href))
    };
    last.map(view).into_iter().collect()
}

/// 2e: the consultant, where there was one.
pub(super) fn consultant(pages: &AgencySite<'_>) -> Vec<ProofView> {
    let consultant = pages.current.and_then(|current| current.consultant.as_ref());
    let view = |consultant: &crate::domain::Consultant| {
        let certificate = consultant.certificate.as_deref().unwrap_or(pages.site.words().text("not_stated"));
        let text = pages.site.words().fill("proof_consultant", &[("name", &consultant.name), ("certificate", certificate)]);
        proof(text, None, Some(pages.href("cong-bo/")))
    };
    consultant.map(view).into_iter().collect()
}

fn proof(text: String, on: Option<Date>, href: Option<String>) -> ProofView {
    ProofView { text, on: iso(on), href }
}

fn some(is_there: bool, make: impl FnOnce() -> ProofView) -> Vec<ProofView> {
    if is_there { vec![make()] } else { Vec::new() }
}

fn word(pages: &AgencySite<'_>, key: &str) -> String {
    pages.site.words().text(key).to_owned()
}

fn filled(pages: &AgencySite<'_>, key: &str, counts: &[(&str, usize)]) -> String {
    let texts: Vec<(&str, String)> = counts.iter().map(|(name, count)| (*name, count.to_string())).collect();
    let gaps: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    pages.site.words().fill(key, &gaps)
}

/// A section of the evidence page itself.
fn anchor(pages: &AgencySite<'_>, id: &str) -> String {
    format!("{}#{id}", pages.href("kiem-tra/"))
}
