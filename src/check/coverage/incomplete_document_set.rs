//! Documents that the agency's model framework asks for and its list of documents does not have.

use crate::check::wording::several;
use crate::check::{Case, LivingSystem};
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::vocabulary::{DocumentStatus, WorkProcessKind};
use crate::domain::{Agency, Framework};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "incomplete-document-set",
    severity: Severity::Warning,
    summary: Text::fixed("danh mục tài liệu thiếu tài liệu mà mô hình khung yêu cầu", "a document that the model framework asks for is not listed"),
    basis: Some("QĐ 19/2014/QĐ-TTg, Điều 4 khoản 1 và Điều 5"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (living, _) in case.declared().filter(|(living, _)| !case.is_unread(living)) {
        let with_framework = living.members.iter().copied().find(|member| member.framework.is_some());
        let Some(agency) = with_framework else { continue };
        let Some(framework) = agency.framework.as_ref().and_then(|id| case.register.frameworks.get(id)) else { continue };
        let missing: Vec<String> =
            framework.items.iter().filter(|item| !is_there(case, &living, &item.id)).map(|item| format!("{} ({})", item.title, item.id)).collect();
        if !missing.is_empty() {
            found.push(reported(case, &living, agency, framework, &missing));
        }
    }
}

/// Whether a member lists a document for the item; the item of the work processes is met by having some.
fn is_there(case: &Case<'_>, living: &LivingSystem<'_>, item: &str) -> bool {
    case.records_of(living).any(|(_, records)| {
        let in_use = |status: DocumentStatus| matches!(status, DocumentStatus::Active | DocumentStatus::Draft);
        let is_listed = records.documents.internal.iter().any(|document| document.framework_item.as_deref() == Some(item) && in_use(document.status));
        let has_processes =
            item == "quy-trinh-tthc" && records.work_processes.iter().any(|process| process.kind == WorkProcessKind::Administrative && in_use(process.status));
        is_listed || has_processes
    })
}

fn reported(case: &Case<'_>, living: &LivingSystem<'_>, agency: &Agency, framework: &Framework, missing: &[String]) -> Diagnostic {
    let names = several(missing, 12);
    let message = Text::new(
        format!("{}: danh mục tài liệu thiếu {} tài liệu của mô hình khung: {}", agency.name, missing.len(), names.vi),
        format!("{}: {} documents of the model framework are not listed: {}", agency.name, missing.len(), names.en),
    );
    let list = case.records_of(living).find_map(|(_, records)| records.documents.internal.first()).map(|document| document.origin.file.clone());
    let origin = Origin::file(list.unwrap_or_else(|| agency.origin.file.clone()));
    Diagnostic::new(&RULE, origin, message).related(framework.origin.clone(), Text::new(framework.name.clone(), framework.name.clone())).hint(Text::fixed(
        "nếu đã có tài liệu, thêm mã mục vào nó trong documents.yaml, ví dụ  framework_item: chinh-sach ; nếu chưa có, soạn và ban hành",
        "if the document exists, add its item in documents.yaml, such as  framework_item: chinh-sach ; otherwise write and issue it",
    ))
}
