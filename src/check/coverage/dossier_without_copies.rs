//! Papers of a dossier that do not say how many originals and copies; instructions that pose as papers.

use crate::check::Case;
use crate::check::wording::{several, short};
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{AdministrativeProcedure, Component};

pub static RULE: Rule = Rule {
    id: "dossier-without-copies",
    severity: Severity::Warning,
    summary: Text::fixed("giấy tờ trong hồ sơ chưa ghi số bản chính, bản sao", "a paper without the number of originals and copies"),
    basis: Some("NĐ 63/2010/NĐ-CP, Điều 8 khoản 2 điểm d"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for procedure in case.register.administrative_procedures.values().filter(|procedure| procedure.is_active()) {
        found.extend(of_procedure(procedure));
    }
}

fn of_procedure(procedure: &AdministrativeProcedure) -> Option<Diagnostic> {
    let mut first = None;
    let mut names = Vec::new();
    let mut has_zeros = false;
    for (dossier_index, dossier) in procedure.dossiers.iter().enumerate() {
        for (index, component) in dossier.components.iter().enumerate().filter(|(_, component)| !is_counted(component)) {
            first.get_or_insert_with(|| procedure.origin.field("dossiers").item(dossier_index).field("components").item(index));
            has_zeros |= component.originals == Some(0);
            names.push(format!("“{}”", short(component.name.trim(), 50)));
        }
    }
    let first = first?;
    let listed = several(&names, 5);
    let code = procedure.code.key();
    let message = Text::new(
        format!("thủ tục {code}: {} giấy tờ chưa có số bản chính, bản sao: {}", names.len(), listed.vi),
        format!("procedure {code}: {} papers have no number of originals or copies: {}", names.len(), listed.en),
    );
    let hint = if has_zeros {
        Text::fixed(
            "ghi  originals: 1  hoặc  copies: 1 ; chỉ cho xem thì ghi  present_only: true ; lời hướng dẫn thì chuyển sang note",
            "write  originals: 1  or  copies: 1 ; if it is only shown write  present_only: true ; move instructions to note",
        )
    } else {
        Text::fixed(
            "ghi  originals: 1  hoặc  copies: 1 ; chỉ cho xem thì ghi  present_only: true",
            "write  originals: 1  or  copies: 1 ; if it is only shown write  present_only: true",
        )
    };
    Some(Diagnostic::new(&RULE, first, message).hint(hint))
}

fn is_counted(component: &Component) -> bool {
    component.is_present_only || component.originals.unwrap_or(0) + component.copies.unwrap_or(0) > 0
}
