//! Policy and objectives of the corpus; and the least that the rules want beside them, made up: one work
//! process for all procedures, the yearly audit and review, last year's results.

use anyhow::{Context, Result};
use congbo::import::yaml_writer;
use serde_json::{Value, json};

use crate::File;
use crate::agency::{file_of, position, signer};
use crate::neutral::{Agency, Corpus, Objective};
use crate::project::YEAR;

/// All files of the agency's quality management.
pub fn files(corpus: &Corpus, codes: &[String]) -> Result<Vec<File>> {
    let agency = &corpus.agency;
    let policy = page(&json!({ "approved_on": agency.date, "signer": signer(agency) }), &corpus.policy);
    let objectives: Result<Vec<Value>> = corpus.objectives.iter().map(|one| objective(one).with_context(|| agency.slug.clone())).collect();
    let yaml = |path: String, value: Value| file_of(agency, &path, yaml_writer::write(&value));
    Ok(vec![
        file_of(agency, "quality-policy.md", policy),
        yaml(format!("objectives/{YEAR}.yaml"), json!({ "objectives": objectives? })),
        file_of(agency, "work-processes/giai-quyet-thu-tuc.md", work_process(agency, codes)),
        yaml("reviews.yaml".to_owned(), reviews()),
        yaml(format!("results/{}.yaml", YEAR - 1), results()),
    ])
}

fn page(front: &Value, body: &str) -> String {
    format!("---\n{}---\n\n{}\n", yaml_writer::write(front), body.trim_end())
}

fn objective(one: &Objective) -> Result<Value> {
    let Objective { code, objective, measure, target, result, responsible } = one;
    let target = percent(target.strip_prefix("≥ ").with_context(|| format!("the target {target:?} is not known"))?)?;
    Ok(json!({
        "id": code,
        "statement": objective,
        "metric": measure,
        "target": { "op": ">=", "value": target, "unit": "%" },
        "plan": [{ "action": "Theo dõi hằng tháng", "responsible": responsible, "resources": "Sẵn có", "due": format!("{YEAR}-12-31") }],
        "results": [{ "period": YEAR.to_string(), "value": percent(result)? }],
    }))
}

/// `89,1%`
fn percent(written: &str) -> Result<f64> {
    let number = written.strip_suffix('%').with_context(|| format!("{written:?} is no percentage"))?;
    number.replace(',', ".").parse().with_context(|| format!("{written:?} is no percentage"))
}

fn work_process(agency: &Agency, codes: &[String]) -> String {
    let front = json!({
        "code": "QT-01",
        "title": "Quy trình giải quyết thủ tục hành chính",
        "edition": 1,
        "revision": 0,
        "issued_on": agency.date,
        "approved_by": position(agency),
        "covers": codes,
    });
    page(&front, "Các bước, thời gian, biểu mẫu và kết quả của mỗi bước ghi ở trang của từng thủ tục.")
}

fn reviews() -> Value {
    json!({
        "internal_audits": [{ "held_on": format!("{YEAR}-06-15"), "findings": "Không có điểm không phù hợp." }],
        "management_reviews": [{ "held_on": format!("{YEAR}-06-30"), "conclusion": "Hệ thống phù hợp, tiếp tục duy trì." }],
    })
}

fn results() -> Value {
    json!({ "results": [{ "period": (YEAR - 1).to_string(), "received": 100, "early": 60, "on_time": 40, "late": 0, "pending": 0 }] })
}
