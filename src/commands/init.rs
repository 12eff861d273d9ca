//! `congbo init`: a starter that builds, with every place to fill in marked `[MẪU]`, and pipelines that keep it built.

mod answers;
mod ci;
mod question;

use std::path::Path;

use anyhow::{Result, bail, ensure};
use jiff::ToSpan;

use super::Outcome;
use super::surroundings::{can_ask, flags_on, today};
use crate::cli::{Init, StarterLevel};
use crate::domain::Date;
use crate::domain::vocabulary::DocumentKind;
use crate::output::write_if_changed;
use crate::parse::FileKind;
use crate::pipeline;
use crate::source::{SourceTree, exists};
use crate::starter::skeleton::{self, AgencyFacts, DeclarationFacts, Signer, WorkProcessFacts};
use crate::starter::{Record, known, sample};
use answers::Answers;

/// Makes the starter, or adds pipelines to a project. A folder that already has content is left alone.
pub fn run(project: &Path, arguments: &Init) -> Result<Outcome> {
    let asks = can_ask() && !arguments.defaults;
    let folder = match (&arguments.folder, arguments.ci) {
        (Some(folder), _) => folder.clone(),
        (None, Some(_)) => project.to_path_buf(),
        (None, None) if asks => question::folder()?,
        (None, None) => bail!("còn thiếu <THƯ MỤC>: ghi tên thư mục sẽ tạo, ví dụ  congbo init trang-iso"),
    };
    let content = folder.join("content");
    if let Some(service) = arguments.ci.filter(|_| exists(&content)) {
        return ci::add(&folder, service);
    }
    let is_named = arguments.folder.is_some() || arguments.ci.is_none();
    ensure!(is_named, "{} chưa có; chạy trong thư mục của dự án, hoặc ghi tên thư mục sẽ tạo", content.display());
    ensure!(!exists(&content), "{} đã có sẵn; chọn thư mục khác", content.display());
    let answers = Answers::of(arguments, today()?, asks)?;
    let files = files(&answers)?;
    for (path, text) in &files {
        write_if_changed(&content.join(path), text)?;
    }
    let shown = folder.display();
    say!("đã tạo {} tệp trong {shown}", files.len());
    if let Some(service) = arguments.ci {
        ci::add(&folder, service)?;
    }
    say!("bước tiếp theo:");
    say!("  1. mở content/agencies/{}/agency.yaml, thay các chỗ có chữ [MẪU]", answers.id);
    say!("  2. chạy  congbo check --project {shown}");
    say!("  3. chạy  congbo build --project {shown}");
    Ok(Outcome::Clean)
}

/// Code of the one sample procedure.
const SAMPLE_CODE: &str = "9.000001";

/// An agency of the starter.
struct Starter {
    id: String,
    name: String,
    level: &'static str,
    head: &'static str,
}

fn agencies(answers: &Answers) -> Vec<Starter> {
    let main = |level, head| Starter { id: answers.id.clone(), name: answers.name.clone(), level, head };
    let other = |name: &str, level, head| Starter { id: known::id_of(name), name: sample(name), level, head };
    match answers.level {
        StarterLevel::Commune => vec![main("commune", "Chủ tịch")],
        StarterLevel::Department => vec![main("department", "Giám đốc")],
        StarterLevel::Province => {
            vec![main("province", "Chủ tịch"), other("Sở Tư pháp", "department", "Giám đốc"), other("Ủy ban nhân dân xã", "commune", "Chủ tịch")]
        }
    }
}

/// Every file of the starter by its path below `content/`.
fn files(answers: &Answers) -> Result<Vec<(String, String)>> {
    let dates = Dates::of(answers);
    let file = |kind, record| crate::starter::file(kind, &[record]);
    let site = skeleton::site(&format!("Hệ thống quản lý chất lượng – {}", answers.name), &answers.base_url, &answers.province);
    let law = [skeleton::decision_on_quality_systems(), skeleton::decree_on_procedures()];
    let (page, text) = skeleton::free_page("Hệ thống quản lý chất lượng là gì", dates.today, ABOUT);
    let mut files = vec![
        ("site.yaml".to_owned(), HOW_TO.to_owned() + &file(FileKind::Site, site)),
        (
            "administrative-procedures/mau.yaml".to_owned(),
            file(FileKind::AdministrativeProcedures, skeleton::administrative_procedure(SAMPLE_CODE, dates.today, &["commune", "province"])),
        ),
        ("law/van-ban.yaml".to_owned(), crate::starter::file(FileKind::LegalDocuments, &law)),
        ("pages/gioi-thieu.md".to_owned(), crate::starter::markdown(FileKind::FreePage, page, &text)),
    ];
    // The tables that come with the program say which edition was in force.
    let shipped = pipeline::judge_tree(SourceTree::default(), flags_on(Some(answers.today))?).register;
    let standard = known::standard_on(&shipped, answers.declared_on).map_or_else(|| sample("mã trong standards.yaml"), ToString::to_string);
    for agency in agencies(answers) {
        files.extend(agency.files(&dates, &standard).into_iter().map(|(path, text)| (format!("agencies/{}/{path}", agency.id), text)));
    }
    Ok(files)
}

impl Starter {
    fn files(&self, dates: &Dates, standard: &str) -> Vec<(String, String)> {
        let file = |kind, record| crate::starter::file(kind, &[record]);
        let facts = AgencyFacts { id: &self.id, name: &self.name, level: self.level, parent: None, head: self.head, competence: &[SAMPLE_CODE] };
        let (policy, promise) = skeleton::quality_policy(dates.audit, self.head);
        let (process, remark) = skeleton::work_process(self.work_process(dates));
        let objectives = skeleton::objectives(dates.audit, vec![skeleton::objective("dung-han", dates.today.year())]);
        let last_year = dates.today.year() - 1;
        let results = skeleton::results(vec![skeleton::result(&last_year.to_string(), None, [100, 60, 40, 0, 0])]);
        let policy_document = skeleton::document("CSCL", &sample("Chính sách chất lượng"), DocumentKind::Policy, 1, dates.audit, &sample(self.head));
        let external = ["19/2014/QĐ-TTg", "63/2010/NĐ-CP"].map(|number| skeleton::external_document(number, dates.audit));
        let documents = Record::new().records("internal", [policy_document]).records("external", external);
        vec![
            ("agency.yaml".to_owned(), file(FileKind::Agency, skeleton::agency(&facts))),
            (format!("declarations/{}.yaml", dates.declared), file(FileKind::Declaration, skeleton::declaration(self.declaration(dates, standard)))),
            ("quality-policy.md".to_owned(), crate::starter::markdown(FileKind::QualityPolicy, policy, &promise)),
            (format!("objectives/{}.yaml", dates.today.year()), file(FileKind::Objectives, objectives)),
            ("documents.yaml".to_owned(), file(FileKind::Documents, documents)),
            ("work-processes/quy-trinh-mau.md".to_owned(), crate::starter::markdown(FileKind::WorkProcess, process, &remark)),
            ("reviews.yaml".to_owned(), file(FileKind::Reviews, dates.reviews())),
            (format!("results/{last_year}.yaml"), file(FileKind::Results, results)),
        ]
    }

    fn declaration(&self, dates: &Dates, standard: &str) -> DeclarationFacts<'static> {
        DeclarationFacts {
            number: if self.level == "department" { "01/QĐ-SO" } else { "01/QĐ-UBND" },
            is_number_known: false,
            issued_on: dates.declared,
            place: sample("Địa danh"),
            standard: standard.to_owned(),
            kind: "first",
            reason: None,
            scope: sample("Toàn bộ hoạt động liên quan đến thực hiện thủ tục hành chính cho tổ chức, cá nhân thuộc thẩm quyền giải quyết của cơ quan."),
            annex: vec![(SAMPLE_CODE.to_owned(), Some(sample("Cấp bản sao giấy tờ từ sổ gốc")))],
            legal_bases: vec!["19/2014/QĐ-TTg".to_owned()],
            signer: Signer { authority: None, position: sample(self.head), name: sample("Họ và tên") },
            recipients: vec![sample("Đơn vị chủ trì"), "Lưu: VT".to_owned()],
            supersedes: None,
            confirmed_on: dates.confirmed,
            noticed_on: dates.noticed,
        }
    }

    fn work_process(&self, dates: &Dates) -> WorkProcessFacts {
        WorkProcessFacts {
            code: "QT-01".to_owned(),
            title: sample("Quy trình cấp bản sao từ sổ gốc"),
            edition: 1,
            issued_on: dates.audit,
            approved_by: sample(self.head),
            covers: vec![(SAMPLE_CODE.to_owned(), None)],
            purpose: sample("Thống nhất cách tiếp nhận và giải quyết."),
            legal_bases: vec!["63/2010/NĐ-CP".to_owned()],
            steps: skeleton::sample_steps(8),
            is_draft: false,
        }
    }
}

/// Dates in the order that the law asks for: audit, review, confirmation, declaration, notice.
struct Dates {
    audit: Date,
    review: Date,
    confirmed: Date,
    declared: Date,
    noticed: Date,
    today: Date,
}

impl Dates {
    fn of(answers: &Answers) -> Self {
        let (declared, today) = (answers.declared_on, answers.today);
        let before = |days: i64| declared.saturating_sub(days.days());
        Self { audit: before(26), review: before(16), confirmed: before(6), declared, noticed: declared.saturating_add(4.days()).min(today), today }
    }

    /// Audit and review before the declaration; where that is long ago, one of each since, as every year asks for.
    fn reviews(&self) -> Record {
        let is_long_ago = |day: Date| day < self.today.saturating_sub(10.months());
        let since = |days: i64| self.today.saturating_sub(days.days());
        let audits = [self.audit].into_iter().chain(is_long_ago(self.audit).then(|| since(40)));
        let reviews = [self.review].into_iter().chain(is_long_ago(self.review).then(|| since(30)));
        Record::new().records("internal_audits", audits.map(skeleton::internal_audit)).records("management_reviews", reviews.map(skeleton::management_review))
    }
}

/// At the head of the first file that an officer opens.
const HOW_TO: &str = "# Dòng bắt đầu bằng dấu # là lời giải thích, chương trình bỏ qua.
# Chỗ nào có chữ [MẪU] là nội dung mẫu: thay bằng nội dung thật rồi xóa chữ [MẪU]. Mục có dấu # phía trước thì xóa dấu # khi dùng.
";

const ABOUT: &str = "Hệ thống quản lý chất lượng là cách cơ quan sắp xếp công việc để mỗi hồ sơ đều được giải quyết
đúng luật, đúng hạn và giống nhau với mọi người. Cơ quan tự công bố hệ thống của mình phù hợp với
tiêu chuẩn, thông báo cho đơn vị chủ trì và niêm yết tại trụ sở.";
