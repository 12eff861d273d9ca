//! A procedure of the catalogue that lacks one of the parts which law makes it of.

use crate::check::Case;
use crate::check::wording::{lines, parts, short};
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{AdministrativeProcedure, Channel, Component, ProcedureSteps, fold};

pub static RULE: Rule = Rule {
    id: "incomplete-administrative-procedure",
    severity: Severity::Error,
    summary: Text::fixed(
        "thủ tục thiếu bộ phận bắt buộc; bộ phận có điều kiện chưa ghi và chưa nói là không có thì nhắc",
        "a procedure without a mandatory part; a warning for conditional parts neither filled nor said to be none",
    ),
    basis: Some("NĐ 63/2010/NĐ-CP, Điều 8 khoản 2"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for procedure in case.register.administrative_procedures.values().filter(|procedure| procedure.is_active()) {
        if case.register.broken.contains(&procedure.origin.file) {
            continue;
        }
        let missing = mandatory(procedure);
        if !missing.is_empty() {
            found.push(incomplete(procedure, &missing, Severity::Error));
        }
        let unsaid = conditional(procedure);
        if !unsaid.is_empty() {
            found.push(incomplete(procedure, &unsaid, Severity::Warning));
        }
    }
}

/// The name of a part in both languages, and how to write it.
type Part = (&'static str, &'static str, &'static str);

/// Điểm a–g: what every procedure has.
fn mandatory(procedure: &AdministrativeProcedure) -> Vec<Part> {
    let is_blank = |text: &Option<String>| text.as_ref().is_none_or(|text| text.trim().is_empty());
    let has_time = |channel: &Channel| channel.time_limit.as_ref().is_some_and(|limit| limit.value.is_some() || !is_blank(&limit.text));
    let has_papers = procedure.dossiers.iter().any(|dossier| !dossier.components.is_empty() || dossier.note.is_some());
    let parts: [(bool, Part); 7] = [
        (procedure.name.trim().is_empty(), ("tên thủ tục", "its name", "name: …")),
        (matches!(procedure.steps, ProcedureSteps::Missing), ("trình tự thực hiện", "its steps", "steps: …")),
        (procedure.channels.is_empty(), ("cách thức thực hiện", "ways to hand in", "channels: [{ method: direct, … }]")),
        (!has_papers, ("thành phần hồ sơ", "the papers to hand in", "dossiers: [{ components: […] }]")),
        (
            !procedure.channels.is_empty() && !procedure.channels.iter().all(has_time),
            ("thời hạn giải quyết của mỗi cách thức", "a time limit for each way to hand in", "time_limit: { value: 3, unit: working_day }"),
        ),
        (procedure.applicants.is_empty(), ("đối tượng thực hiện", "its applicants", "applicants: [Công dân Việt Nam]")),
        (
            is_blank(&procedure.competent_agency) && is_blank(&procedure.executing_agency),
            ("cơ quan giải quyết", "the agency that decides", "competent_agency: Ủy ban nhân dân cấp xã"),
        ),
    ];
    parts.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, part)| part).collect()
}

/// Điểm h and the number of sets: what must be said, be it that there is none.
fn conditional(procedure: &AdministrativeProcedure) -> Vec<Part> {
    // The law wants a form only where there is one to fill in: then the dossier names it.
    let lacks_form = procedure.forms.is_empty() && procedure.dossiers.iter().flat_map(|dossier| &dossier.components).any(is_unnamed_form);
    let parts: [(bool, Part); 5] = [
        (procedure.sets.is_none(), ("số lượng bộ hồ sơ", "the number of sets", "sets: 1")),
        (procedure.results.is_empty(), ("kết quả thực hiện", "the result", "results: [Không quy định]")),
        (procedure.conditions.is_none(), ("yêu cầu, điều kiện", "conditions", "conditions: Không quy định.")),
        (
            procedure.channels.iter().any(|channel| channel.fees.is_empty()),
            ("phí, lệ phí của mỗi cách thức", "fees for each way to hand in", "fees: [{ free: true }]"),
        ),
        (lacks_form, ("mẫu của đơn, tờ khai trong hồ sơ", "the form of the application in the dossier", "forms: [Tờ khai đăng ký khai sinh]")),
    ];
    parts.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, part)| part).collect()
}

/// Whether a paper is one to fill in, and nobody said on which form.
fn is_unnamed_form(component: &Component) -> bool {
    let name = fold(component.name.trim());
    component.form.is_none() && (name.starts_with("to khai") || name.starts_with("don ") || name.contains("theo mau"))
}

fn incomplete(procedure: &AdministrativeProcedure, missing: &[Part], level: Severity) -> Diagnostic {
    let names = parts(&missing.iter().map(|(vi, en, _)| (*vi, *en)).collect::<Vec<_>>());
    let lines = lines(&missing.iter().map(|(_, _, line)| *line).collect::<Vec<_>>());
    let name = format!("{} {}", procedure.code.key(), short(&procedure.name, 60));
    let (message, hint) = match level {
        Severity::Error => (
            Text::new(format!("thủ tục {} thiếu: {}", name.trim(), names.vi), format!("the procedure {} lacks: {}", name.trim(), names.en)),
            Text::new(
                format!("chép từ quyết định công bố hoặc Cổng Dịch vụ công quốc gia, ví dụ  {}", lines.vi),
                format!("copy it from the announcing decision or the national portal, such as  {}", lines.en),
            ),
        ),
        _ => (
            Text::new(format!("thủ tục {name} chưa nói rõ: {}", names.vi), format!("the procedure {name} does not say: {}", names.en)),
            Text::new(
                format!("ghi theo quyết định công bố; pháp luật không quy định thì ghi rõ là không, ví dụ  {}", lines.vi),
                format!("write what the announcing decision says, be it that there is none, such as  {}", lines.en),
            ),
        ),
    };
    Diagnostic::new(&RULE, procedure.origin.field("code"), message).level(level).hint(hint)
}
