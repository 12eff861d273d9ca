//! `congbo new`: a commented skeleton of something that an officer adds, with what is known filled in, in its right place.

mod agency;
mod catalogue;
mod declaration;
mod record;
mod work_process;

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use super::Outcome;
use super::report::known_agency;
use super::surroundings::{flags_on, today};
use crate::cli::{New, Post};
use crate::diagnostic::{Lang, nearest};
use crate::domain::{Agency, Date, fold, short_date};
use crate::output::write_if_changed;
use crate::parse::FileKind;
use crate::pipeline::{self, Judged};
use crate::source::{exists, read_beside};
use crate::starter::{Appended, Record, append};

/// What can be added, and what it is in Vietnamese.
const KINDS: &[(&str, &str)] = &[
    ("declaration", "bản công bố: quyết định công bố, công bố lại"),
    ("work-process", "quy trình, hoặc lần ban hành tiếp theo của một quy trình"),
    ("objective", "mục tiêu chất lượng của năm"),
    ("audit", "cuộc đánh giá nội bộ"),
    ("review", "cuộc xem xét của lãnh đạo"),
    ("nonconformity", "điểm không phù hợp và việc khắc phục"),
    ("training", "lớp đào tạo"),
    ("complaint", "khiếu nại của năm"),
    ("document", "tài liệu nội bộ trong danh mục"),
    ("external-document", "văn bản bên ngoài trong danh mục"),
    ("result", "kết quả giải quyết hồ sơ của kỳ tiếp theo"),
    ("posting", "bản đã niêm yết tại trụ sở (như lệnh congbo post)"),
    ("quality-policy", "chính sách chất lượng"),
    ("agency", "cơ quan"),
    ("legal-document", "văn bản pháp luật"),
    ("administrative-procedure", "thủ tục hành chính trong danh mục"),
    ("inspection", "kết quả kiểm tra một cơ quan, do đơn vị chủ trì ghi"),
    ("page", "trang tự do"),
];

/// Adds what was asked for, and says where it is and what to do next.
pub fn run(project: &Path, arguments: &New, lang: Lang) -> Result<Outcome> {
    let Some(kind) = &arguments.kind else { return list() };
    let kind = known_kind(kind)?;
    let today = today()?;
    let setting = Setting { project, arguments, judged: &pipeline::judge(project, flags_on(Some(today))?)?, today };
    if kind == "posting" {
        let sheet = vec![arguments.code.clone().unwrap_or_else(|| "declaration".to_owned())];
        let post = Post { agency: setting.agency()?.id.to_string(), sheet, dry_run: arguments.dry_run, as_of: arguments.date };
        return super::post::run(project, &post, lang);
    }
    let added = added(kind, &setting)?;
    let text = added.text(project)?;
    if arguments.dry_run {
        say!("{}", text.trim_end());
        tell!("chưa ghi vào {} (--dry-run)", added.path);
        return Ok(Outcome::Clean);
    }
    write_if_changed(&project.join(&added.path), &text)?;
    say!("đã ghi {}", added.path);
    say!("bước tiếp theo:");
    let last = "chạy  congbo check".to_owned();
    let steps = ["mở tệp, thay các chỗ có chữ [MẪU] bằng nội dung thật".to_owned()].into_iter().chain(added.next).chain([last]);
    for (number, step) in (1..).zip(steps) {
        say!("  {number}. {step}");
    }
    if setting.day() > today {
        tell!("lưu ý: ngày {} chưa đến; trước ngày ấy congbo check báo lỗi future-date", short_date(setting.day()));
    }
    Ok(Outcome::Clean)
}

fn list() -> Result<Outcome> {
    for (name, words) in KINDS {
        say!("{name:<26}{words}");
    }
    Ok(Outcome::Clean)
}

/// The kind of this name; a slip or a Vietnamese word leads to the nearest one.
fn known_kind(written: &str) -> Result<&'static str> {
    let names = || KINDS.iter().map(|(name, _)| *name);
    let plain = written.to_lowercase().replace('_', "-");
    if let Some(name) = names().find(|name| *name == plain) {
        return Ok(name);
    }
    let folded = fold(&plain.replace('-', " "));
    let by_words = KINDS.iter().find(|(_, words)| fold(words).contains(&folded)).map(|(name, _)| *name);
    match nearest(&plain, names()).or(by_words) {
        Some(near) => bail!("không có loại “{written}”; có phải ý anh/chị là {near}?"),
        None => bail!("không có loại “{written}”; xem danh sách bằng lệnh  congbo new"),
    }
}

/// The project and what was asked for.
struct Setting<'a> {
    project: &'a Path,
    arguments: &'a New,
    judged: &'a Judged,
    today: Date,
}

impl Setting<'_> {
    /// The day that it is about.
    fn day(&self) -> Date {
        self.arguments.date.unwrap_or(self.today)
    }

    /// The agency that was named, or the only one.
    fn agency(&self) -> Result<&Agency> {
        let register = &self.judged.register;
        let agency = self.named_agency()?;
        ensure!(!register.is_taken_over(&agency.id), "nội dung của {} lấy từ trang riêng của cơ quan; thêm ở đó, rồi chạy  congbo aggregate", agency.name);
        Ok(agency)
    }

    fn named_agency(&self) -> Result<&Agency> {
        let register = &self.judged.register;
        let active: Vec<&Agency> = register.agencies.values().filter(|agency| agency.is_active()).collect();
        match (&self.arguments.agency, active.as_slice()) {
            (Some(written), _) => {
                let id = known_agency(self.judged, written)?;
                register.agencies.get(&id).with_context(|| format!("không có cơ quan “{written}”"))
            }
            (None, [only]) => Ok(only),
            (None, []) => bail!("chưa có cơ quan nào; thêm bằng lệnh  congbo new agency"),
            (None, several) => {
                let ids: Vec<&str> = several.iter().map(|agency| agency.id.as_str()).collect();
                bail!("dự án có {} cơ quan; ghi  --agency  và một mã: {}", ids.len(), ids.join(", "))
            }
        }
    }

    fn is_there(&self, path: &str) -> bool {
        exists(&self.project.join(path))
    }

    /// A path that nothing has yet: `name.md`, else `name-2.md` and on.
    fn free_path(&self, folder: &str, name: &str, ending: &str) -> String {
        let numbered = (2..).map(|number| format!("{folder}/{name}-{number}.{ending}"));
        let mut paths = std::iter::once(format!("{folder}/{name}.{ending}")).chain(numbered);
        paths.find(|path| !self.is_there(path)).unwrap_or_default()
    }
}

/// Something to add.
struct Added {
    /// Path in the project.
    path: String,
    content: Content,
    /// What to do next, besides replacing the samples.
    next: Vec<String>,
}

enum Content {
    /// A new file.
    File(String),
    /// Members of a list of a file, and the record of the whole file where there is none.
    Members { kind: FileKind, key: Option<&'static str>, members: Vec<Record>, whole: Record },
}

impl Added {
    fn file(path: String, text: String) -> Self {
        Self { path, content: Content::File(text), next: Vec::new() }
    }

    fn next(mut self, step: impl Into<String>) -> Self {
        self.next.push(step.into());
        self
    }

    /// The whole text of the file with what is added. What is there is never written over.
    fn text(&self, project: &Path) -> Result<String> {
        let path = &self.path;
        match &self.content {
            Content::File(text) => {
                ensure!(!exists(&project.join(path)), "đã có {path}; mở tệp ấy để sửa, hoặc ghi ngày, mã, tên khác");
                Ok(text.clone())
            }
            Content::Members { kind, key, members, whole } => match read_beside(project, path)? {
                None => Ok(crate::starter::file(*kind, std::slice::from_ref(whole))),
                Some(text) => members.iter().try_fold(text, |text, member| match append(*kind, &text, *key, member) {
                    Appended::Text(text) => Ok(text),
                    Appended::ByHand(lines) => bail!("{path} viết theo cách chương trình không chèn thêm được; hãy tự thêm vào tệp ấy:\n\n{lines}"),
                }),
            },
        }
    }
}

fn added(kind: &str, setting: &Setting<'_>) -> Result<Added> {
    match kind {
        "declaration" => declaration::add(setting),
        "work-process" => work_process::add(setting),
        "agency" => agency::add(setting),
        "legal-document" => Ok(catalogue::legal_document(setting)),
        "administrative-procedure" => catalogue::administrative_procedure(setting),
        "page" => Ok(catalogue::page(setting)),
        "inspection" => catalogue::inspection(setting),
        "quality-policy" => record::quality_policy(setting),
        "objective" => record::objective(setting),
        "document" => record::document(setting),
        "external-document" => record::external_document(setting),
        "result" => record::result(setting),
        other => record::review(setting, other),
    }
}
