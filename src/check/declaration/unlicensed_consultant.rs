//! A consultant without the number of the certificate that the law asks for.

use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};

pub static RULE: Rule = Rule {
    id: "unlicensed-consultant",
    severity: Severity::Warning,
    summary: Text::fixed("tổ chức tư vấn chưa ghi số Giấy xác nhận đủ điều kiện tư vấn", "a consultant without the number of a certificate"),
    basis: Some("QĐ 19/2014/QĐ-TTg, Điều 7 khoản 2 và khoản 4; TT 26/2014/TT-BKHCN, Điều 36 khoản 2 điểm e"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (_, declaration) in case.declared() {
        let Some(consultant) = &declaration.consultant else { continue };
        if consultant.certificate.as_ref().is_some_and(|certificate| !certificate.trim().is_empty()) {
            continue;
        }
        let name = &consultant.name;
        let message = Text::new(
            format!("{name} tư vấn cho hệ thống nhưng chưa ghi số Giấy xác nhận đủ điều kiện tư vấn"),
            format!("{name} advised on the system, but its certificate is not named"),
        );
        found.push(Diagnostic::new(&RULE, declaration.origin.field("consultant"), message).hint(Text::new(
            format!("ghi số trên giấy:  consultant: {{ name: {name}, certificate: <số giấy xác nhận> }}"),
            format!("write the number:  consultant: {{ name: {name}, certificate: <number> }}"),
        )));
    }
}
