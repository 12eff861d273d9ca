//! What is not of one agency: procedures, law, pages, inspections.

use anyhow::{Result, ensure};

use super::record::corrective_action_due;
use super::{Added, Content, Setting};
use crate::domain::{ProcedureCode, slug};
use crate::parse::FileKind;
use crate::starter::{SAMPLE, sample, skeleton};

/// A member of the one file of the register of law; where there are several, of one named after the year.
pub(super) fn legal_document(setting: &Setting<'_>) -> Added {
    let arguments = setting.arguments;
    let record = skeleton::legal_document(arguments.number.as_deref(), arguments.title.as_deref(), setting.day());
    let mut files: Vec<&str> =
        setting.judged.tree.texts.keys().map(AsRef::as_ref).filter(|path| FileKind::of(path) == Some(FileKind::LegalDocuments)).collect();
    files.dedup();
    let path = match files.as_slice() {
        [only] => (*only).to_owned(),
        _ => format!("content/law/van-ban-{}.yaml", setting.day().year()),
    };
    let content = Content::Members { kind: FileKind::LegalDocuments, key: None, members: vec![record.clone()], whole: record };
    let added = Added { path, content, next: Vec::new() };
    added.next("ghi ngày ban hành, ngày có hiệu lực, tình trạng (status) theo văn bản gốc, và verified_on là ngày đã so")
}

/// A file of its own in the catalogue.
pub(super) fn administrative_procedure(setting: &Setting<'_>) -> Result<Added> {
    let register = &setting.judged.register;
    let samples = register.administrative_procedures.keys().map(ProcedureCode::key).filter(|code| code.starts_with("9."));
    let next = samples.filter_map(|code| code[2..].parse::<u32>().ok()).max().map_or(1, |number| number + 1);
    let code = setting.arguments.code.clone().unwrap_or_else(|| format!("9.{next:06}"));
    let Some(parsed) = ProcedureCode::parse(&code) else {
        anyhow::bail!("--code: “{code}” không phải mã thủ tục; ghi như trên Cổng Dịch vụ công quốc gia, ví dụ 1.001193")
    };
    ensure!(!register.administrative_procedures.contains_key(&parsed), "danh mục đã có thủ tục {code}");
    let path = format!("content/administrative-procedures/{}.yaml", slug(&code, 60));
    // No agency selects it before its level is known.
    let record = skeleton::administrative_procedure(&code, setting.day(), &["other"]);
    let added = Added::file(path, crate::starter::file(FileKind::AdministrativeProcedures, &[record]));
    Ok(added
        .next("ghi levels cho đúng; cơ quan chọn thủ tục theo cấp thì từ lúc ấy phải có quy trình và công bố lại")
        .next("cả danh mục thì nhập một lần bằng lệnh  congbo import national-portal"))
}

/// `pages/<slug>.md`
pub(super) fn page(setting: &Setting<'_>) -> Added {
    let title = setting.arguments.title.clone().unwrap_or_else(|| sample("Tên trang"));
    let name = slug(title.trim_start_matches(SAMPLE), 60);
    let (record, text) = skeleton::free_page(&title, setting.day(), "Nội dung của trang.");
    let path = setting.free_path("content/pages", if name.is_empty() { "trang" } else { &name }, "md");
    Added::file(path, crate::starter::markdown(FileKind::FreePage, record, &text))
}

/// What was found at one agency in a year.
pub(super) fn inspection(setting: &Setting<'_>) -> Result<Added> {
    let (agency, day) = (setting.agency()?, setting.day());
    let year = setting.arguments.year.unwrap_or_else(|| day.year());
    let path = format!("content/inspections/{year}.yaml");
    let is_there = setting.judged.register.inspections.get(&year).is_some_and(|inspection| inspection.agencies.iter().any(|one| one.agency == agency.id));
    ensure!(!is_there, "{path} đã có kết quả kiểm tra {}; mở tệp ấy để sửa", agency.id);
    let record = skeleton::inspected_agency(agency.id.as_str(), day, corrective_action_due(setting, day));
    let whole = skeleton::inspection(year, vec![record.clone()]);
    let content = Content::Members { kind: FileKind::Inspection, key: Some("agencies"), members: vec![record], whole };
    let added = Added { path, content, next: Vec::new() };
    Ok(added.next("ghi rating (xếp loại) theo kết luận của đoàn kiểm tra: chương trình không tự xếp loại"))
}
