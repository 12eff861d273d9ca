//! A declaration that leaves out what the law's form asks for: one message names all that is missing.

use crate::check::Case;
use crate::check::wording::{decision, lines, parts};
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{Declaration, Register};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "incomplete-declaration",
    severity: Severity::Error,
    summary: Text::fixed(
        "bản công bố thiếu số, ngày, địa danh, tiêu chuẩn, phạm vi, phụ lục hoặc người ký",
        "a declaration without number, date, place, standard, scope, annex or signer",
    ),
    basis: Some("QĐ 19/2014/QĐ-TTg, Điều 4 khoản 3 và Phụ lục I"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let declarations = case.register.quality_systems.values().flat_map(|system| &system.declarations);
    for declaration in declarations.filter(|declaration| !case.register.broken.contains(&declaration.origin.file)) {
        let missing: Vec<Part> = missing_parts(declaration).into_iter().filter(|part| !is_told(case.register, declaration, part.0)).collect();
        if !missing.is_empty() {
            found.push(incomplete(declaration, &missing));
        }
    }
}

/// A field, its name in both languages, and an example of it.
type Part = (&'static str, &'static str, &'static str, &'static str);

const SIGNER: &str = "{ authority: TM, position: Chủ tịch, name: Nguyễn Văn A }";

fn missing_parts(declaration: &Declaration) -> Vec<Part> {
    let signer = declaration.signer.as_ref();
    let is_blank = |text: Option<&String>| text.is_none_or(|text| text.trim().is_empty());
    let parts: [(bool, Part); 9] = [
        (declaration.number.is_none(), ("number", "số quyết định", "number", "12/QĐ-UBND")),
        (declaration.issued_on.is_none(), ("issued_on", "ngày ký", "date of signing", "2026-03-02")),
        (is_blank(declaration.place.as_ref()), ("place", "địa danh", "place", "Hoa Ban")),
        (declaration.standard.is_none(), ("standard", "tiêu chuẩn áp dụng", "standard", "tcvn-iso-9001-2015")),
        (declaration.scope.is_none(), ("scope", "phạm vi", "scope", "Toàn bộ hoạt động liên quan đến thực hiện thủ tục hành chính cho tổ chức, cá nhân")),
        (declaration.annex.is_empty(), ("annex", "phụ lục thủ tục", "annex", "[\"1.001193\"]")),
        (signer.is_none(), ("signer", "người ký", "signer", SIGNER)),
        (signer.is_some_and(|signer| is_blank(signer.position.as_ref())), ("signer", "chức vụ người ký", "position of the signer", SIGNER)),
        (signer.is_some_and(|signer| is_blank(signer.name.as_ref())), ("signer", "họ tên người ký", "name of the signer", SIGNER)),
    ];
    parts.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, part)| part).collect()
}

fn is_told(register: &Register, declaration: &Declaration, field: &str) -> bool {
    register.has_told(&declaration.origin.field(field))
}

fn incomplete(declaration: &Declaration, missing: &[Part]) -> Diagnostic {
    let names: Vec<(&str, &str)> = missing.iter().map(|(_, vi, en, _)| (*vi, *en)).collect();
    let names = parts(&names);
    let mut examples: Vec<String> = missing.iter().map(|(field, _, _, example)| format!("{field}: {example}")).collect();
    examples.dedup_by_key(|line| line.split(':').next().unwrap_or("").to_owned());
    let lines = lines(&examples);
    let number = decision(declaration);
    Diagnostic::new(
        &RULE,
        Origin::file(declaration.origin.file.clone()),
        Text::new(format!("bản công bố {number} thiếu: {}", names.vi), format!("the declaration {number} lacks: {}", names.en)),
    )
    .hint(Text::new(format!("chép từ quyết định đã ký, ví dụ  {}", lines.vi), format!("copy it from the signed decision, such as  {}", lines.en)))
}
