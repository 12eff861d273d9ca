//! Steps of a work process that do not say who, how long, how, or what comes of them.

use crate::check::Case;
use crate::check::wording::{several, short};
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{Step, WorkProcess};

pub static RULE: Rule = Rule {
    id: "incomplete-step",
    severity: Severity::Warning,
    summary: Text::fixed("bước của quy trình chưa ghi trách nhiệm, thời gian, cách làm hoặc kết quả", "a step without responsible, duration, method or output"),
    basis: Some("TT 26/2014/TT-BKHCN, Điều 36 khoản 1 điểm d"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (_, process) in case.active_processes().filter(|(_, process)| !case.register.broken.contains(&process.origin.file)) {
        found.extend(of_process(process));
    }
}

fn of_process(process: &WorkProcess) -> Option<Diagnostic> {
    if process.steps.is_empty() {
        return process.body.text.trim().is_empty().then(|| without_steps(process));
    }
    let (mut vi, mut en, mut first) = (Vec::new(), Vec::new(), None);
    for (index, step) in process.steps.iter().enumerate() {
        let missing = missing(step);
        if !missing.is_empty() {
            first.get_or_insert(index);
            let parts = crate::check::wording::parts(&missing);
            vi.push(format!("bước {} ({}) thiếu {}", index + 1, short(&step.action, 40), parts.vi));
            en.push(format!("step {} ({}) lacks {}", index + 1, short(&step.action, 40), parts.en));
        }
    }
    let message = Text::new(format!("quy trình {}: {}", process.code, several(&vi, 8).vi), format!("work process {}: {}", process.code, several(&en, 8).en));
    Some(Diagnostic::new(&RULE, process.origin.field("steps").item(first?), message).hint(Text::fixed(
        "ghi đủ trong mỗi bước, ví dụ  responsible: Công chức Tư pháp – Hộ tịch , duration: { value: 0.5, unit: working_day } , method: … , output: …",
        "write all of it in each step, such as  responsible: … , duration: { value: 0.5, unit: working_day } , method: … , output: …",
    )))
}

fn missing(step: &Step) -> Vec<(&'static str, &'static str)> {
    let is_blank = |text: &Option<String>| text.as_ref().is_none_or(|text| text.trim().is_empty());
    let parts = [
        (is_blank(&step.responsible), ("trách nhiệm", "who")),
        (step.duration.is_none(), ("thời gian", "how long")),
        (is_blank(&step.method), ("cách làm", "how")),
        (is_blank(&step.output), ("kết quả", "the output")),
    ];
    parts.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, part)| part).collect()
}

fn without_steps(process: &WorkProcess) -> Diagnostic {
    let message = Text::new(format!("quy trình {} chưa có bước nào", process.code), format!("work process {} has no steps", process.code));
    Diagnostic::new(&RULE, process.origin.field("code"), message).hint(Text::fixed(
        "thêm các bước:  steps:  - { action: Tiếp nhận hồ sơ, responsible: …, duration: { value: 0.5, unit: working_day }, method: …, output: … }",
        "add them:  steps:  - { action: …, responsible: …, duration: { value: 0.5, unit: working_day }, method: …, output: … }",
    ))
}
