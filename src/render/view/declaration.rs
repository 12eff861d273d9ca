//! Declarations: the current one, each of them, and what changed from one to the next.

use serde::Serialize;

use super::super::agency_site::AgencySite;
use super::super::path;
use super::{FileView, LegalView, LinkView, iso};
use crate::domain::vocabulary::{DeclarationKind, RedeclarationReason, SigningAuthority};
use crate::domain::{Declaration, ProcedureCode, Standard};

/// How a declaration stands on the day of the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(in super::super) enum DeclarationState {
    /// In force, on an edition of the standard that is in force.
    Current,
    /// In force, on an edition that has been withdrawn.
    OldStandard,
    /// Replaced or ended.
    Superseded,
}

/// A declaration with all it says.
#[derive(Debug, Serialize)]
pub(in super::super) struct DeclarationView {
    pub href: String,
    pub number: Option<String>,
    pub issued_on: Option<String>,
    pub place: Option<String>,
    pub standard: Option<String>,
    pub standard_withdrawn_on: Option<String>,
    pub standard_replaced_by: Option<String>,
    /// From when on it holds.
    pub since: Option<String>,
    pub state: DeclarationState,
    pub kind: DeclarationKind,
    pub reason: Option<RedeclarationReason>,
    pub scope_html: Option<String>,
    pub annex: Vec<AnnexView>,
    pub exclusions: Vec<ExclusionView>,
    pub legal_bases: Vec<LegalView>,
    pub proposed_by: Option<String>,
    pub signer: Option<String>,
    pub signer_position: Option<String>,
    pub signer_name: Option<String>,
    pub authority: Option<SigningAuthority>,
    pub recipients: Vec<String>,
    pub supersedes: Option<LinkView>,
    pub superseded_by: Option<LinkView>,
    pub effective_on: Option<String>,
    pub ended_on: Option<String>,
    pub confirmation_number: Option<String>,
    pub confirmed_on: Option<String>,
    pub notice_number: Option<String>,
    pub notice_sent_on: Option<String>,
    pub notice_to: Option<String>,
    pub posted_on: Option<String>,
    pub posted_at: Option<String>,
    pub file: Option<FileView>,
    pub consultant: Option<String>,
    pub certificate: Option<String>,
    pub note: Option<String>,
}

/// One procedure of the annex.
#[derive(Debug, Serialize)]
pub(in super::super) struct AnnexView {
    pub code: String,
    pub name: Option<String>,
    pub href: Option<String>,
    pub is_active: bool,
}

/// A clause that does not apply.
#[derive(Debug, Serialize)]
pub(in super::super) struct ExclusionView {
    pub clause: String,
    pub reason: Option<String>,
}

/// What one declaration changed against the one before it.
#[derive(Debug, Serialize)]
pub(in super::super) struct ChangeView {
    pub number: Option<String>,
    pub issued_on: Option<String>,
    pub href: String,
    pub state: DeclarationState,
    pub kind: DeclarationKind,
    pub reason: Option<RedeclarationReason>,
    pub standard: Option<String>,
    /// The edition before, where it was another one.
    pub standard_before: Option<String>,
    /// Whether there is an earlier declaration to compare with.
    pub has_before: bool,
    pub covered: usize,
    /// The scope before and now, where it reads differently.
    pub scope_before_html: Option<String>,
    pub scope_html: Option<String>,
    /// Who signed before and now, where it was somebody else.
    pub signer_before: Option<String>,
    pub signer: Option<String>,
    pub added: Vec<AnnexView>,
    pub removed: Vec<AnnexView>,
}

/// The page of one declaration, with what it changed.
#[derive(Debug, Serialize)]
pub(in super::super) struct DeclarationPageView {
    #[serde(flatten)]
    pub declaration: DeclarationView,
    pub change: Option<ChangeView>,
}

impl DeclarationPageView {
    /// The declaration at this place of the quality system's list, on a page `root` below the root.
    pub fn new(pages: &AgencySite<'_>, index: usize, declaration: &Declaration, root: &str) -> Self {
        let change = history(pages, root).into_iter().rev().nth(index).filter(|change| change.has_before);
        Self { declaration: DeclarationView::new(pages, declaration, root), change }
    }
}

/// The page of declarations.
#[derive(Debug, Serialize)]
pub(in super::super) struct DeclarationsView {
    pub current: Option<DeclarationView>,
    /// Newest first.
    pub history: Vec<ChangeView>,
    pub shared_with: Option<LinkView>,
    pub obligation: crate::domain::vocabulary::Obligation,
    /// Procedures that the agency does but the current annex leaves out.
    pub uncovered: Vec<AnnexView>,
}

impl DeclarationsView {
    /// All declarations of the agency's quality system.
    pub fn new(pages: &AgencySite<'_>, root: &str) -> Self {
        let owner = pages.system_owner.map(|owner| AgencySite::new(pages.site, owner));
        let holder = owner.as_ref().unwrap_or(pages);
        let uncovered = pages.current.map(|current| pages.procedures.iter().filter(|procedure| !current.annex.contains(&procedure.code)).collect::<Vec<_>>());
        Self {
            current: pages.current.map(|current| DeclarationView::new(holder, current, root)),
            history: history(holder, root),
            shared_with: pages.system_owner.map(|owner| pages.agency_link(owner)),
            obligation: pages.agency.obligation,
            uncovered: uncovered.into_iter().flatten().map(|procedure| AnnexView::new(pages, &procedure.code)).collect(),
        }
    }
}

impl DeclarationView {
    /// A declaration on a page `root` below the root.
    pub fn new(pages: &AgencySite<'_>, declaration: &Declaration, root: &str) -> Self {
        let standard = standard(pages, declaration);
        let signer = declaration.signer.as_ref();
        let file = declaration.signed_file.as_ref().and_then(|file| pages.file(&file.path, pages.site.words().text("signed_file")));
        Self {
            href: pages.href(&path::declaration(declaration)),
            number: declaration.number.as_ref().map(ToString::to_string),
            issued_on: iso(declaration.issued_on),
            place: declaration.place.clone(),
            standard: standard_name(pages, declaration),
            standard_withdrawn_on: iso(standard.filter(|standard| standard.is_withdrawn(pages.site.today())).and_then(|standard| standard.withdrawn_on)),
            standard_replaced_by: standard.and_then(|standard| pages.site.register.standards.get(standard.replaced_by.as_ref()?)).map(|next| next.name.clone()),
            since: iso(declaration.effective_on.or(declaration.issued_on)),
            state: declaration_state(pages, declaration),
            kind: declaration.kind,
            reason: declaration.reason,
            scope_html: declaration.scope.as_ref().map(|scope| pages.html(scope, 3, root)),
            annex: declaration.annex.iter().map(|code| AnnexView::new(pages, code)).collect(),
            exclusions: declaration.exclusions.iter().map(|one| ExclusionView { clause: one.clause.clone(), reason: one.reason.clone() }).collect(),
            legal_bases: LegalView::all(pages.site, &declaration.legal_bases),
            proposed_by: declaration.proposed_by.clone(),
            signer: signer_text(declaration),
            signer_position: signer.and_then(|signer| signer.position.clone()),
            signer_name: signer.and_then(|signer| signer.name.clone()),
            authority: signer.and_then(|signer| signer.authority),
            recipients: declaration.recipients.clone(),
            supersedes: declaration.supersedes.as_ref().map(|number| by_number(pages, number)),
            superseded_by: successor(pages, declaration),
            effective_on: iso(declaration.effective_on),
            ended_on: iso(declaration.ended_on),
            confirmation_number: declaration.validity_confirmation.as_ref().and_then(|confirmation| confirmation.number.as_ref()).map(ToString::to_string),
            confirmed_on: iso(declaration.validity_confirmation.as_ref().and_then(|confirmation| confirmation.confirmed_on)),
            notice_number: declaration.lead_unit_notice.as_ref().and_then(|notice| notice.number.as_ref()).map(ToString::to_string),
            notice_sent_on: iso(declaration.lead_unit_notice.as_ref().and_then(|notice| notice.sent_on)),
            notice_to: declaration.lead_unit_notice.as_ref().and_then(|notice| notice.to.clone()),
            posted_on: iso(declaration.premises_posting.as_ref().and_then(|posting| posting.posted_on)),
            posted_at: declaration.premises_posting.as_ref().and_then(|posting| posting.place.clone()),
            file,
            consultant: declaration.consultant.as_ref().map(|consultant| consultant.name.clone()),
            certificate: declaration.consultant.as_ref().and_then(|consultant| consultant.certificate.clone()),
            note: declaration.note.clone(),
        }
    }
}

impl AnnexView {
    /// A procedure by its code, with its page where there is one.
    pub fn new(pages: &AgencySite<'_>, code: &ProcedureCode) -> Self {
        let procedure = pages.site.register.administrative_procedures.get(code);
        Self {
            code: code.to_string(),
            name: procedure.map(|procedure| procedure.name.clone()),
            href: procedure.and_then(|procedure| pages.procedure_link(procedure)),
            is_active: procedure.is_none_or(|procedure| procedure.is_active()),
        }
    }
}

/// How a declaration stands today.
pub(in super::super) fn declaration_state(pages: &AgencySite<'_>, declaration: &Declaration) -> DeclarationState {
    let is_current = pages.current.is_some_and(|current| current.origin == declaration.origin);
    match standard(pages, declaration) {
        _ if !is_current => DeclarationState::Superseded,
        Some(standard) if standard.is_withdrawn(pages.site.today()) => DeclarationState::OldStandard,
        _ => DeclarationState::Current,
    }
}

/// Name of the edition that a declaration names.
pub(in super::super) fn standard_name(pages: &AgencySite<'_>, declaration: &Declaration) -> Option<String> {
    let id = declaration.standard.as_ref()?;
    Some(standard(pages, declaration).map_or_else(|| id.to_string(), |standard| standard.name.clone()))
}

fn standard<'a>(pages: &AgencySite<'a>, declaration: &Declaration) -> Option<&'a Standard> {
    pages.site.register.standards.get(declaration.standard.as_ref()?)
}

/// Position and name of whoever signed.
fn signer_text(declaration: &Declaration) -> Option<String> {
    let signer = declaration.signer.as_ref()?;
    Some([signer.position.as_deref(), signer.name.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" "))
}

fn history(pages: &AgencySite<'_>, root: &str) -> Vec<ChangeView> {
    let declarations: Vec<&Declaration> = pages.system.iter().flat_map(|system| &system.declarations).collect();
    let changes = declarations.iter().enumerate().map(|(index, declaration)| {
        let before = index.checked_sub(1).and_then(|at| declarations.get(at)).copied();
        change(pages, declaration, before, root)
    });
    let mut newest_first: Vec<ChangeView> = changes.collect();
    newest_first.reverse();
    newest_first
}

fn change(pages: &AgencySite<'_>, declaration: &Declaration, before: Option<&Declaration>, root: &str) -> ChangeView {
    let missing_from = |codes: &[ProcedureCode], other: &[ProcedureCode]| -> Vec<AnnexView> {
        codes.iter().filter(|code| !other.contains(code)).map(|code| AnnexView::new(pages, code)).collect()
    };
    let earlier_annex = before.map_or(&[] as &[ProcedureCode], |before| &before.annex);
    let scope_text = |declaration: &Declaration| declaration.scope.as_ref().map(|scope| scope.text.trim().to_owned());
    let other_scope = before.filter(|before| scope_text(before) != scope_text(declaration));
    let scope_html = |declaration: &Declaration| declaration.scope.as_ref().map(|scope| pages.html(scope, 5, root));
    let other_signer = before.filter(|before| signer_text(before) != signer_text(declaration));
    ChangeView {
        number: declaration.number.as_ref().map(ToString::to_string),
        issued_on: iso(declaration.issued_on),
        href: pages.href(&path::declaration(declaration)),
        state: declaration_state(pages, declaration),
        kind: declaration.kind,
        reason: declaration.reason,
        standard: standard_name(pages, declaration),
        standard_before: before.filter(|before| before.standard != declaration.standard).and_then(|before| standard_name(pages, before)),
        has_before: before.is_some(),
        covered: declaration.annex.len(),
        scope_before_html: other_scope.and_then(scope_html),
        scope_html: other_scope.and_then(|_| scope_html(declaration)),
        signer_before: other_signer.and_then(signer_text),
        signer: other_signer.and_then(|_| signer_text(declaration)),
        added: if before.is_some() { missing_from(&declaration.annex, earlier_annex) } else { Vec::new() },
        removed: missing_from(earlier_annex, &declaration.annex),
    }
}

fn by_number(pages: &AgencySite<'_>, number: &crate::domain::DocumentNumber) -> LinkView {
    let found = pages.system.iter().flat_map(|system| &system.declarations).find(|declaration| declaration.number.as_ref() == Some(number));
    LinkView { href: found.map(|found| pages.href(&path::declaration(found))), title: number.to_string() }
}

fn successor(pages: &AgencySite<'_>, declaration: &Declaration) -> Option<LinkView> {
    let number = declaration.number.as_ref()?;
    let later = pages.system?.declarations.iter().find(|later| later.supersedes.as_ref() == Some(number))?;
    Some(LinkView { href: Some(pages.href(&path::declaration(later))), title: later.number.as_ref()?.to_string() })
}
