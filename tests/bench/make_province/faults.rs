//! The faults that inspectors find, made on purpose, and whether the rules find just these. Each agency gets a few.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use congbo::config::Flags;
use congbo::domain::Date;
use congbo::import::yaml_writer;
use congbo::pipeline;
use serde_json::{Value, json};

use crate::agency::Agency;
use crate::{Draft, File};

/// The day on which a province is judged.
pub const TODAY: Date = jiff::civil::date(2026, 11, 21);
/// Kinds of faults of one agency.
const FAULTS_OF_ONE: usize = 3;
const DECLARATION: &str = "declarations/2026-03-02.yaml";
const OBJECTIVES: &str = "objectives/2026.yaml";
const RESULTS: &str = "results/2026.yaml";
const DOCUMENTS: &str = "documents.yaml";
const REVIEWS: &str = "reviews.yaml";
/// The first work process; its name follows its field.
const PROCESS: &str = "work-processes/qt-001-";

/// Something wrong in one file, and the rule that must find it there.
struct Fault {
    rule: &'static str,
    file: &'static str,
    make: fn(&mut Value),
}

const fn fault(rule: &'static str, file: &'static str, make: fn(&mut Value)) -> Fault {
    Fault { rule, file, make }
}

/// Every fault. Those of one file that stand side by side do not hide each other.
static FAULTS: &[Fault] = &[
    fault("missing-lead-unit-notice", DECLARATION, |data| drop_key(data, "lead_unit_notice")),
    fault("overdue-internal-audit", REVIEWS, |data| data["internal_audits"][0]["held_on"] = json!("2025-10-20")),
    fault("objective-without-plan", OBJECTIVES, |data| drop_key(&mut data["objectives"][0], "plan")),
    fault("missing-premises-posting", DECLARATION, |data| drop_key(data, "premises_posting")),
    fault("overdue-management-review", REVIEWS, |data| data["management_reviews"][0]["held_on"] = json!("2025-11-10")),
    fault("unmeasurable-objective", OBJECTIVES, |data| drop_key(&mut data["objectives"][1], "target")),
    fault("missing-validity-confirmation", DECLARATION, |data| drop_key(data, "validity_confirmation")),
    fault("overdue-corrective-action", REVIEWS, |data| {
        data["nonconformities"] = json!([{ "found_on": "2026-01-28", "description": "Bảng niêm yết ghi mức phí cũ.", "due": "2026-03-15" }]);
    }),
    fault("unlinked-objective", OBJECTIVES, |data| data["objectives"][1]["unit"] = json!("van-phong")),
    fault("withdrawn-standard", DECLARATION, |data| data["standard"] = json!("tcvn-iso-9001-2008")),
    fault("late-dossiers-without-cause", RESULTS, |data| drop_key(&mut data["results"][0], "causes")),
    fault("incomplete-step", PROCESS, |data| drop_key(&mut data["steps"][1], "responsible")),
    fault("unjustified-exclusion", DECLARATION, |data| data["exclusions"] = json!([{ "clause": "8.3" }])),
    fault("totals-do-not-reconcile", RESULTS, |data| data["stated_totals"] = json!({ "received": 10_000 })),
    fault("step-time-exceeds-limit", "work-processes/", |data| data["steps"][1]["duration"]["value"] = json!(400)),
    fault("unlicensed-consultant", DECLARATION, |data| data["consultant"] = json!({ "name": "Công ty Tư vấn Mẫu" })),
    fault("incomplete-document-set", DOCUMENTS, |data| drop_first(&mut data["internal"])),
    fault("overdue-legal-update", PROCESS, |data| push(&mut data["legal_bases"], json!("901/2020/NĐ-CP"))),
    fault("incomplete-declaration", DECLARATION, |data| drop_key(data, "signer")),
    fault("approver-not-head", DOCUMENTS, |data| data["internal"][4]["approved_by"] = json!("Chuyên viên")),
    fault("ended-legal-document", PROCESS, |data| push(&mut data["legal_bases"], json!("902/2019/NĐ-CP"))),
    fault("redeclaration-needed", DECLARATION, |data| drop_first(&mut data["annex"])),
    fault("several-active-editions", DOCUMENTS, |data| {
        let mut again = data["internal"][5].clone();
        again["edition"] = json!(2);
        push(&mut data["internal"], again);
    }),
    fault("edition-goes-back", PROCESS, |data| {
        push(&mut data["revisions"], json!({ "edition": 1, "revision": 1, "on": "2026-06-10", "what": "Rút ngắn thời gian." }));
    }),
    fault("declaration-date-order", DECLARATION, |data| data["validity_confirmation"]["confirmed_on"] = json!("2026-03-20")),
    fault("future-date", RESULTS, |data| data["results"][0]["period"] = json!("2027-Q1")),
    fault("obsolete-reference", PROCESS, |data| data["references"] = json!(["HD-99"])),
    fault("certification-wording", DECLARATION, |data| data["scope"] = json!("Hệ thống đã được cấp giấy chứng nhận ISO 9001:2015.")),
    fault("personal-data", REVIEWS, |data| data["management_reviews"][0]["conclusion"] = json!("Liên hệ ông A, căn cước 001085012345.")),
    fault("unknown-administrative-procedure", PROCESS, |data| push(&mut data["covers"], json!("9.999999"))),
    fault("malformed-document-number", DECLARATION, |data| data["number"] = json!("Quyết định số 12")),
    fault("state-secret-mark", REVIEWS, |data| data["training"][0]["topic"] = json!("TUYỆT MẬT")),
    fault("uncovered-administrative-procedure", PROCESS, |data| drop_first(&mut data["covers"])),
    fault("abolished-administration", DECLARATION, |data| data["scope"] = json!("Hoạt động của Ủy ban nhân dân cấp huyện về thủ tục hành chính.")),
    fault("missing-year-objectives", OBJECTIVES, |data| *data = Value::Null),
    fault("missing-declaration", DECLARATION, |data| *data = Value::Null),
    fault("confusable-letter", DECLARATION, |data| data["proposed_by"] = json!("Ðại diện lãnh đạo")),
];

fn drop_key(data: &mut Value, key: &str) {
    data.as_object_mut().expect("a record").shift_remove(key);
}

fn drop_first(data: &mut Value) {
    data.as_array_mut().expect("a list").remove(0);
}

fn push(data: &mut Value, item: Value) {
    data.as_array_mut().expect("a list").push(item);
}

/// The faults of an agency; one without procedures has none. An agency makes no two faults in one file, for one could
/// hide the other, and one that has not declared has no clocks.
fn faults_of(number: usize, agency: &Agency) -> Vec<&'static Fault> {
    let mut files = BTreeSet::new();
    let all = (0..FAULTS.len()).map(|step| &FAULTS[(number * FAULTS_OF_ONE + step) % FAULTS.len()]);
    let is_apart = |fault: &&Fault| files.insert(fault.file);
    let faults: Vec<&Fault> = if agency.codes.is_empty() { Vec::new() } else { all.filter(is_apart).take(FAULTS_OF_ONE).collect() };
    match faults.iter().find(|fault| fault.rule == "missing-declaration") {
        Some(alone) => vec![alone],
        None => faults,
    }
}

/// Makes the faults of an agency in its files.
pub fn make(number: usize, agency: &Agency, drafts: &mut Vec<Draft>) {
    for fault in faults_of(number, agency) {
        if fault.rule == "obsolete-reference" {
            let documents = drafts.iter_mut().find(|draft| draft.path == DOCUMENTS).expect("its documents");
            let old = json!({ "code": "HD-99", "title": "Hướng dẫn cũ", "kind": "work_instruction", "issued_on": "2022-03-01", "status": "obsolete" });
            push(&mut documents.data["internal"], old);
        }
        for draft in drafts.iter_mut().filter(|draft| draft.path.starts_with(fault.file)) {
            (fault.make)(&mut draft.data);
        }
    }
    drafts.retain(|draft| !draft.data.is_null());
}

/// Made-up documents that ended: one long ago, one a month before the province is judged.
pub fn law() -> File {
    let documents = json!([
        { "number": "901/2020/NĐ-CP", "title": "Văn bản mẫu đã được thay thế", "ended_on": "2026-07-01", "replaced_by": ["903/2026/NĐ-CP"], "status": "ended" },
        { "number": "902/2019/NĐ-CP", "title": "Văn bản mẫu đã bãi bỏ trước khi quy trình ban hành", "ended_on": "2025-06-01", "status": "ended" },
        { "number": "903/2026/NĐ-CP", "title": "Văn bản mẫu thay thế", "issued_on": "2026-05-20", "effective_on": "2026-07-01", "status": "in_force" },
    ]);
    File { path: "law/mau.yaml".to_owned(), text: yaml_writer::write(&documents) }
}

/// Says of each rule how many faults were made, how many it found, and what else it told of the agencies.
pub fn judge(project: &Path, agencies: &[Agency]) -> Result<()> {
    let judged = pipeline::judge(project, Flags { today: TODAY, is_release: false })?;
    let mut told: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    let mut elsewhere: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in &judged.diagnostics {
        match diagnostic.origin.file.strip_prefix("content/agencies/").and_then(|path| path.split('/').next()) {
            Some(agency) => *told.entry(diagnostic.rule.id).or_default().entry(agency.to_owned()).or_default() += 1,
            None => *elsewhere.entry(diagnostic.rule.id).or_default() += 1,
        }
    }
    let mut made: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (number, agency) in agencies.iter().enumerate() {
        for fault in faults_of(number, agency) {
            made.entry(fault.rule).or_default().insert(&agency.id);
        }
    }
    println!("{:40} {:>5} {:>5} {:>5}  beside them", "rule", "made", "found", "miss");
    let rules: BTreeSet<&str> = made.keys().chain(told.keys()).copied().collect();
    let mut missed = 0;
    for rule in rules {
        let (made, told) = (made.get(rule).cloned().unwrap_or_default(), told.get(rule).cloned().unwrap_or_default());
        let found = made.iter().filter(|agency| told.contains_key(**agency)).count();
        let beside: Vec<String> =
            told.iter().filter(|(agency, _)| !made.contains(agency.as_str())).map(|(agency, count)| format!("{agency} {count}")).collect();
        missed += made.len() - found;
        println!(
            "{rule:40} {:>5} {found:>5} {:>5}  {} {}",
            made.len(),
            made.len() - found,
            beside.len(),
            beside.iter().take(6).cloned().collect::<Vec<_>>().join(", ")
        );
    }
    println!("of the catalogue, the register and the province: {elsewhere:?}");
    anyhow::ensure!(missed == 0, "{missed} faults were not found");
    Ok(())
}
