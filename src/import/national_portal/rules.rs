//! What an import reports: one rule and one function for every kind of doubt.

use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::ProcedureCode;
use crate::origin::Origin;

const fn rule(id: &'static str, severity: Severity, vi: &'static str, en: &'static str) -> Rule {
    Rule { id, severity, summary: Text::fixed(vi, en), basis: None }
}

/// A line that is no record.
pub static REFUSED_LINE: Rule =
    rule("import-refused-line", Severity::Error, "dòng của tệp nguồn không đọc được, đã bỏ qua", "a line that is no record and was left out");
/// A code that no procedure can have.
pub static MALFORMED_CODE: Rule =
    rule("import-malformed-code", Severity::Error, "mã thủ tục sai dạng, bản ghi không được nhập", "a malformed code; the record was left out");
/// Two records, one code.
pub static DUPLICATE_CODE: Rule = rule("import-duplicate-code", Severity::Warning, "hai bản ghi cùng một mã thủ tục", "two records with one code");
/// A number that no document can have.
pub static MALFORMED_NUMBER: Rule =
    rule("import-malformed-number", Severity::Warning, "số, ký hiệu văn bản sai dạng, giữ nguyên văn", "a malformed document number, kept as written");
/// An amount that can't be what it says.
pub static DOUBTFUL_FEE: Rule =
    rule("import-doubtful-fee", Severity::Warning, "mức phí, lệ phí cần xem lại", "a fee to look at: zero, under 1,000 VND, or in another currency");
/// A time limit without a usable number.
pub static DOUBTFUL_LIMIT: Rule = rule(
    "import-doubtful-limit",
    Severity::Warning,
    "thời hạn giải quyết không phải một số nguyên có đơn vị",
    "a time limit that is no whole number with a unit",
);
/// A paper that nobody hands in.
pub static DOUBTFUL_COMPONENT: Rule = rule(
    "import-doubtful-component",
    Severity::Information,
    "thành phần hồ sơ ghi 0 bản chính, 0 bản sao, có thể là lời hướng dẫn",
    "a paper with no originals and no copies: perhaps an instruction",
);
/// A text without a field.
pub static UNSTRUCTURED: Rule = rule(
    "import-unstructured",
    Severity::Information,
    "nội dung chưa tách được thành mục, giữ nguyên văn",
    "a text that could not be structured, kept as it is",
);
/// Characters that nobody can read.
pub static REMOVED_CHARACTERS: Rule =
    rule("import-removed-characters", Severity::Information, "đã bỏ ký tự không đọc được", "characters that can't be read were removed");

/// The rules of this import.
pub static RULES: &[&Rule] = &[
    &REFUSED_LINE,
    &MALFORMED_CODE,
    &DUPLICATE_CODE,
    &MALFORMED_NUMBER,
    &DOUBTFUL_FEE,
    &DOUBTFUL_LIMIT,
    &DOUBTFUL_COMPONENT,
    &UNSTRUCTURED,
    &REMOVED_CHARACTERS,
];

pub(super) fn refused_line(origin: Origin, reason: &str) -> Diagnostic {
    Diagnostic::new(&REFUSED_LINE, origin, Text::new(format!("không đọc được dòng này: {reason}"), format!("this line could not be read: {reason}")))
        .hint(Text::fixed("mỗi dòng là một đối tượng JSON, không quá 1 MiB", "every line is one JSON object of at most 1 MiB"))
}

pub(super) fn malformed_code(origin: Origin, code: &str) -> Diagnostic {
    Diagnostic::new(
        &MALFORMED_CODE,
        origin,
        Text::new(format!("“{code}” không phải là mã thủ tục hành chính"), format!("`{code}` is not a code of an administrative procedure")),
    )
    .hint(Text::fixed("sửa mã trong tệp nguồn rồi nhập lại", "correct the code in the file and import it again"))
}

pub(super) fn duplicate_code(code: &ProcedureCode, [first, second]: [Origin; 2], differing: usize) -> Diagnostic {
    let message = if differing == 0 {
        Text::new(format!("{code} xuất hiện hai lần, nội dung giống nhau"), format!("{code} occurs twice, word for word"))
    } else {
        Text::new(format!("{code} xuất hiện hai lần, khác nhau ở {differing} mục"), format!("{code} occurs twice, {differing} fields differ"))
    };
    Diagnostic::new(&DUPLICATE_CODE, second, message)
        .related(first, Text::fixed("bản ghi được giữ ở đây", "the record that was kept is here"))
        .hint(Text::fixed("phần khác nhau nằm trong import_notes của bản ghi được giữ", "what differs is in import_notes of the record that was kept"))
}

pub(super) fn malformed_number(origin: Origin, number: &str) -> Diagnostic {
    Diagnostic::new(&MALFORMED_NUMBER, origin, Text::new(format!("số, ký hiệu “{number}” sai dạng"), format!("`{number}` is not a document number")))
        .hint(Text::fixed("so với văn bản rồi sửa trong tệp vừa nhập", "compare it with the document and correct the imported file"))
}

const FEE_HINT: Text = Text::fixed(
    "so với văn bản quy định mức thu rồi sửa amount, currency hoặc free",
    "compare it with the legal document, then correct amount, currency or free",
);

pub(super) fn zero_fee(origin: Origin, text: &str) -> Diagnostic {
    let message = Text::new(
        format!("nguồn ghi 0 VNĐ kèm nội dung “{text}”: 0 không có nghĩa là miễn phí"),
        format!("the source says 0 VND with the text `{text}`: zero does not mean free"),
    );
    Diagnostic::new(&DOUBTFUL_FEE, origin, message).hint(FEE_HINT)
}

pub(super) fn bare_zero_fee(origin: Origin, _: &str) -> Diagnostic {
    let message =
        Text::fixed("nguồn ghi 0 VNĐ, không nói là miễn phí: giữ amount: 0", "the source says 0 VND and does not say that it is free: kept as amount: 0");
    Diagnostic::new(&DOUBTFUL_FEE, origin, message).level(Severity::Information).hint(FEE_HINT)
}

pub(super) fn small_fee(origin: Origin, fee: &str) -> Diagnostic {
    let message = Text::new(
        format!("mức thu “{fee}” dưới 1.000 đồng: có thể thiếu ba số 0 hoặc là ngoại tệ"),
        format!("the fee `{fee}` is under 1,000 VND: thousands may be lost, or it is another currency"),
    );
    Diagnostic::new(&DOUBTFUL_FEE, origin, message).hint(FEE_HINT)
}

pub(super) fn other_currency(origin: Origin, fee: &str) -> Diagnostic {
    let message = Text::new(
        format!("“{fee}” ghi VNĐ nhưng phần chữ ghi USD: đã nhập là USD"),
        format!("`{fee}` is labelled VND, but its text says USD: imported as USD"),
    );
    Diagnostic::new(&DOUBTFUL_FEE, origin, message).hint(FEE_HINT)
}

pub(super) fn doubtful_limit(origin: Origin, limit: &str) -> Diagnostic {
    Diagnostic::new(
        &DOUBTFUL_LIMIT,
        origin,
        Text::new(format!("thời hạn “{limit}” không phải một số nguyên có đơn vị"), format!("the time limit `{limit}` is no whole number with a unit")),
    )
    .hint(Text::fixed(
        "nếu thời hạn là một số, ghi value và unit; nếu không, giữ text",
        "where the limit is one number write value and unit; otherwise keep the text",
    ))
}

pub(super) fn doubtful_component(origin: Origin, name: &str) -> Diagnostic {
    Diagnostic::new(&DOUBTFUL_COMPONENT, origin, Text::new(format!("“{name}” ghi 0 bản chính, 0 bản sao"), format!("`{name}` has no originals and no copies")))
        .hint(Text::fixed(
            "nếu là lời hướng dẫn, chuyển vào note của dossiers; nếu là giấy tờ, ghi số bản",
            "move an instruction into the note of the dossier; give a paper its number of copies",
        ))
}

pub(super) fn unstructured(origin: Origin, text: &str) -> Diagnostic {
    Diagnostic::new(&UNSTRUCTURED, origin, Text::new(format!("chưa tách được: {text}"), format!("not structured: {text}")))
        .hint(Text::fixed("xem lại mục này trong tệp vừa nhập", "look at this field in the imported file"))
}

pub(super) fn removed_characters(origin: Origin, label: &str) -> Diagnostic {
    Diagnostic::new(
        &REMOVED_CHARACTERS,
        origin,
        Text::new(format!("mục “{label}” có ký tự không đọc được, đã bỏ"), format!("`{label}` had characters that can't be read; they were removed")),
    )
}
