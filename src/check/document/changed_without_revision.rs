//! A controlled document says something else than when it was approved, under the same edition and revision.

use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{Approval, Fingerprint, FingerprintKind, short_date};

pub static RULE: Rule = Rule {
    id: "changed-without-revision",
    severity: Severity::Error,
    summary: Text::fixed(
        "tài liệu đã phê duyệt bị thay đổi mà không tăng lần ban hành, lần sửa đổi",
        "an approved document was changed under the same edition and revision",
    ),
    basis: Some("TCVN ISO 9001:2015, 7.5.3.2"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (name, approval) in &case.register.approvals {
        if let Some(now) = case.register.fingerprints.get(name).filter(|now| is_changed(approval, now)) {
            found.push(reported(approval, now));
        }
    }
}

fn is_changed(approval: &Approval, now: &Fingerprint) -> bool {
    approval.sha256 != now.sha256 && (approval.edition, approval.revision) == (now.edition, now.revision)
}

fn reported(approval: &Approval, now: &Fingerprint) -> Diagnostic {
    let code = &now.code;
    let day = approval.recorded_on.map(short_date).unwrap_or_default();
    let (vi, en) = match (now.edition, now.revision) {
        (Some(edition), Some(revision)) => (format!(" (ban hành lần {edition}, sửa đổi {revision})"), format!(" (edition {edition}, revision {revision})")),
        (Some(edition), None) => (format!(" (ban hành lần {edition})"), format!(" (edition {edition})")),
        _ => (String::new(), String::new()),
    };
    let message = Text::new(
        format!("{code}{vi} khác với bản đã phê duyệt, ghi ngày {day}, mà số lần không tăng"),
        format!("{code}{en} is not what was approved (recorded on {day}), under the same number"),
    );
    let hint = match now.kind {
        FingerprintKind::WorkProcess | FingerprintKind::InternalDocument => Text::fixed(
            "nếu sửa vô ý thì trả lại nội dung cũ; nếu sửa thật thì tăng revision (hoặc edition), trình phê duyệt rồi chạy  congbo approve",
            "if it was changed by mistake, take the change back; if not, raise revision (or edition), have it approved and run  congbo approve",
        ),
        FingerprintKind::Declaration => Text::fixed(
            "không sửa quyết định đã ký: trả lại nội dung cũ; có thay đổi thì ký quyết định công bố lại và thêm tệp mới",
            "leave a signed decision as it was: take the change back, and where something changed sign a redeclaration",
        ),
        FingerprintKind::QualityPolicy => Text::fixed(
            "nếu sửa vô ý thì trả lại nội dung cũ; nếu ban hành lại thì tăng edition rồi chạy  congbo approve",
            "if it was changed by mistake, take the change back; if it was issued anew, raise edition and run  congbo approve",
        ),
    };
    Diagnostic::new(&RULE, now.origin.clone(), message)
        .related(approval.origin.clone(), Text::fixed("bản đã phê duyệt ghi ở đây", "the approved one is recorded here"))
        .hint(hint)
}
