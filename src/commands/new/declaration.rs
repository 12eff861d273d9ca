//! A new declaration: the first one, or one that replaces that in force, with the procedures of the present competence.

use anyhow::{Result, ensure};

use super::{Added, Setting};
use crate::domain::{Agency, Declaration, ProcedureCode, Register};
use crate::parse::FileKind;
use crate::starter::skeleton::{self, DeclarationFacts, Signer};
use crate::starter::{known, sample};

/// `declarations/<date>.yaml`
pub(super) fn add(setting: &Setting<'_>) -> Result<Added> {
    let (agency, register, day) = (setting.agency()?, &setting.judged.register, setting.day());
    let folder = format!("content/agencies/{}/declarations", agency.id);
    ensure!(!setting.is_there(&format!("{folder}/{day}.md")), "đã có {folder}/{day}.md; mở tệp ấy để sửa, hoặc ghi ngày khác bằng --date");
    let system = register.quality_system(agency);
    let competence = system.and_then(|system| register.competence(system)).unwrap_or_default();
    ensure!(
        !competence.is_empty(),
        "{} chưa có thủ tục nào thuộc thẩm quyền để đưa vào phụ lục; ghi administrative_procedures trong content/agencies/{}/agency.yaml trước",
        agency.name,
        agency.id
    );
    let declarations = system.map(|system| system.declarations.as_slice()).unwrap_or_default();
    let in_force = system.and_then(|system| system.current_declaration(day));
    let before = in_force.or_else(|| declarations.iter().rfind(|declaration| declaration.issued_on.is_some_and(|on| on < day)));
    let standard = known::standard_on(register, day);
    let reason = before.and_then(|before| known::reason(before, &competence, standard));
    let number = number(setting, before, agency);
    let facts = DeclarationFacts {
        number: &number,
        is_number_known: setting.arguments.number.is_some(),
        issued_on: day,
        place: before.and_then(|before| before.place.clone()).unwrap_or_else(|| sample("Địa danh")),
        standard: standard.map_or_else(|| sample("mã trong standards.yaml"), ToString::to_string),
        kind: if before.is_some() { "redeclaration" } else { "first" },
        reason,
        scope: scope(before),
        annex: competence.iter().map(|code| (code.to_string(), named(register, code))).collect(),
        legal_bases: bases(before),
        signer: signer(before, agency),
        recipients: before
            .map(|before| before.recipients.clone())
            .filter(|list| !list.is_empty())
            .unwrap_or_else(|| vec![sample("Đơn vị chủ trì"), "Lưu: VT".to_owned()]),
        supersedes: before.and_then(|before| before.number.as_ref()).map(|number| number.as_str().to_owned()),
        confirmed_on: day,
        noticed_on: day,
    };
    let added = Added::file(format!("{folder}/{day}.yaml"), crate::starter::file(FileKind::Declaration, &[skeleton::declaration(facts)]));
    Ok(added
        .next(format!("soạn quyết định để trình ký:  congbo draft decision {}", agency.id))
        .next("ký xong thì ghi số, ngày thật của xác nhận hiệu lực, thông báo, niêm yết; việc nào chưa làm thì xóa mục ấy"))
}

/// A number of the agency's own kind, to be replaced; never that of another decision.
fn number(setting: &Setting<'_>, before: Option<&Declaration>, agency: &Agency) -> String {
    let last = before.and_then(|before| before.number.as_ref()).map(|number| number.as_str().to_owned());
    let symbol = last.as_deref().and_then(|number| number.split_once('/')).map(|(_, symbol)| symbol.to_owned());
    let usual = if agency.name.contains("nhân dân") { "QĐ-UBND" } else { "QĐ-SO" };
    setting.arguments.number.clone().unwrap_or_else(|| format!("00/{}", symbol.unwrap_or_else(|| usual.to_owned())))
}

fn scope(before: Option<&Declaration>) -> String {
    let last = before.and_then(|before| before.scope.as_ref()).map(|scope| scope.text.trim().to_owned());
    last.unwrap_or_else(|| sample("Toàn bộ hoạt động liên quan đến thực hiện thủ tục hành chính thuộc thẩm quyền giải quyết của cơ quan."))
}

fn bases(before: Option<&Declaration>) -> Vec<String> {
    let last: Vec<String> = before.into_iter().flat_map(|before| &before.legal_bases).map(|number| number.as_str().to_owned()).collect();
    if last.is_empty() { vec!["19/2014/QĐ-TTg".to_owned()] } else { last }
}

/// The head, as the agency or the last decision names them.
fn signer(before: Option<&Declaration>, agency: &Agency) -> Signer {
    let last = before.and_then(|before| before.signer.as_ref());
    let head = agency.head.as_ref();
    Signer {
        authority: last.and_then(|last| last.authority),
        position: last.and_then(|last| last.position.clone()).or_else(|| head.map(|head| head.position.clone())).unwrap_or_else(|| sample("Chức vụ")),
        name: head.and_then(|head| head.name.clone()).or_else(|| last.and_then(|last| last.name.clone())).unwrap_or_else(|| sample("Họ và tên")),
    }
}

/// Longest name beside a code, in characters.
const MOST_CHARACTERS: usize = 90;

/// The name of a procedure, to be read beside its code; the beginning of a long one.
pub(super) fn named(register: &Register, code: &ProcedureCode) -> Option<String> {
    let name = &register.administrative_procedures.get(code)?.name;
    let is_long = name.chars().count() > MOST_CHARACTERS;
    let shown: String = name.chars().take(MOST_CHARACTERS).collect();
    Some(if is_long { format!("{} …", shown.trim_end()) } else { shown })
}
