//! A new work process, or the next edition of one that is there; both as drafts, which are not published.

use anyhow::{Context, Result};

use super::declaration::named;
use super::{Added, Setting};
use crate::domain::{Agency, WorkProcess, slug};
use crate::parse::FileKind;
use crate::source::read_beside;
use crate::starter::skeleton::{self, WorkProcessFacts};
use crate::starter::{known, next_edition, sample};

/// `work-processes/<slug>.md`
pub(super) fn add(setting: &Setting<'_>) -> Result<Added> {
    let agency = setting.agency()?;
    let processes = &setting.judged.register.records(&agency.id).work_processes;
    let asked = setting.arguments.code.as_deref().map(key);
    let same = processes.iter().filter(|process| Some(key(&process.code)) == asked).max_by_key(|process| process.edition);
    match same {
        Some(process) => again(setting, process),
        None => first(setting, agency, processes),
    }
}

fn key(code: &str) -> String {
    code.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
}

fn first(setting: &Setting<'_>, agency: &Agency, processes: &[WorkProcess]) -> Result<Added> {
    let register = &setting.judged.register;
    let by_pattern = || agency.document_code_pattern.as_deref().map(known::first_code);
    let next = known::next_code(processes.iter().map(|process| process.code.as_str()));
    let code = setting.arguments.code.clone().or(next).or_else(by_pattern).unwrap_or_else(|| "QT-01".to_owned());
    let covers = known::uncovered(register, agency);
    let bases = covers.iter().filter_map(|code| register.administrative_procedures.get(code)).flat_map(|procedure| &procedure.legal_bases);
    let mut legal_bases: Vec<String> = bases.filter_map(|basis| basis.number.as_ref()).map(|number| number.as_str().to_owned()).collect();
    legal_bases.sort();
    legal_bases.dedup();
    let title = setting.arguments.title.clone();
    let name = title.as_deref().map(|title| slug(title, 60)).filter(|name| !name.is_empty()).unwrap_or_else(|| slug(&code, 60));
    let head = agency.head.as_ref().map(|head| head.position.clone());
    let (record, text) = skeleton::work_process(WorkProcessFacts {
        code,
        title: title.unwrap_or_else(|| sample("Tên quy trình")),
        edition: 1,
        issued_on: setting.day(),
        approved_by: head.unwrap_or_else(|| sample("Chức vụ")),
        covers: covers.iter().map(|code| (code.to_string(), named(register, code))).collect(),
        purpose: sample("Thống nhất cách tiếp nhận và giải quyết."),
        legal_bases,
        steps: skeleton::sample_steps(8),
        is_draft: true,
    });
    let path = setting.free_path(&format!("content/agencies/{}/work-processes", agency.id), &name, "md");
    let added = Added::file(path, crate::starter::markdown(FileKind::WorkProcess, record, &text));
    let added = match covers.len() {
        0 => added.next("ghi thủ tục được áp dụng ở covers, nếu là quy trình giải quyết thủ tục"),
        count => added.next(format!("xem lại covers: {count} thủ tục cùng lĩnh vực chưa có quy trình nào; xóa thủ tục không làm theo quy trình này")),
    };
    Ok(added.next("ban hành xong thì sửa status: active và ngày ban hành"))
}

/// The text of the present edition as a draft of the next one: nothing of it is lost.
fn again(setting: &Setting<'_>, process: &WorkProcess) -> Result<Added> {
    let file = process.origin.file.to_string();
    let text = read_beside(setting.project, &file)?.with_context(|| format!("không đọc được {file}"))?;
    let edition = process.edition.saturating_add(1);
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let stem = process.slug.rsplit_once("-lan-").filter(|(_, number)| number.parse::<u32>().is_ok()).map_or(&*process.slug, |(stem, _)| stem);
    let path = setting.free_path(folder, &format!("{stem}-lan-{edition}"), "md");
    let what = sample("Nội dung sửa đổi");
    let text = next_edition(&text, edition, setting.day(), &what).with_context(|| {
        format!("{file} viết theo cách chương trình không chép được; hãy tự chép tệp ấy thành {path}, ghi  edition: {edition} ,  revision: 0 ,  status: draft")
    })?;
    Ok(Added::file(path, text)
        .next("sửa nội dung của lần ban hành mới; trang công khai vẫn dùng bản cũ")
        .next(format!("ban hành xong thì ghi  status: active  ở tệp này và  status: superseded  ở {file}")))
}
