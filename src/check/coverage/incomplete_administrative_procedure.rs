//! A procedure of the catalogue that lacks one of the parts which law makes it of.

use std::collections::HashMap;

use crate::check::Case;
use crate::check::wording::{lines, parts, short};
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::vocabulary::AdministrativeProcedurePart as Missing;
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
    let mut forms = Forms::default();
    for procedure in case.register.administrative_procedures.values().filter(|procedure| procedure.is_active()) {
        if case.register.broken.contains(&procedure.origin.file) {
            continue;
        }
        // What the national record itself does not state is no omission of the agency.
        let national: &[Missing] = procedure.source.as_ref().map_or(&[], |source| &source.lacks);
        let (unstated, missing): (Vec<Part>, Vec<Part>) = mandatory(procedure).into_iter().partition(|part| national.contains(&part.0));
        if !missing.is_empty() {
            found.push(incomplete(procedure, &missing));
        }
        if !unstated.is_empty() {
            found.push(unstated_by_source(procedure, &unstated));
        }
        let unsaid: Vec<Part> = conditional(procedure, &mut forms).into_iter().filter(|part| !national.contains(&part.0)).collect();
        if !unsaid.is_empty() {
            found.push(not_said(procedure, &unsaid));
        }
    }
}

/// A part, its name in both languages, and how to write it.
type Part = (Missing, &'static str, &'static str, &'static str);

/// Điểm a–g: what every procedure has.
fn mandatory(procedure: &AdministrativeProcedure) -> Vec<Part> {
    let is_blank = |text: &Option<String>| text.as_ref().is_none_or(|text| text.trim().is_empty());
    let has_time =
        |channel: &Channel| channel.time_limit.as_ref().is_some_and(|limit| (limit.value.is_some() && limit.unit.is_some()) || !is_blank(&limit.text));
    let has_papers = procedure.dossiers.iter().any(|dossier| !dossier.components.is_empty() || dossier.note.is_some());
    let parts: [(bool, Part); 7] = [
        (procedure.name.trim().is_empty(), (Missing::Name, "tên thủ tục", "its name", "name: …")),
        (matches!(procedure.steps, ProcedureSteps::Missing), (Missing::Steps, "trình tự thực hiện", "its steps", "steps: …")),
        (procedure.channels.is_empty(), (Missing::Channels, "cách thức thực hiện", "ways to hand in", "channels: [{ method: direct, … }]")),
        (!has_papers, (Missing::Dossiers, "thành phần hồ sơ", "the papers to hand in", "dossiers: [{ components: […] }]")),
        (
            !procedure.channels.is_empty() && !procedure.channels.iter().all(has_time),
            (
                Missing::TimeLimit,
                "thời hạn giải quyết của mỗi cách thức (số và đơn vị)",
                "a time limit for each way to hand in (number and unit)",
                "time_limit: { value: 3, unit: working_day }",
            ),
        ),
        (procedure.applicants.is_empty(), (Missing::Applicants, "đối tượng thực hiện", "its applicants", "applicants: [Công dân Việt Nam]")),
        (
            [&procedure.competent_agency, &procedure.executing_agency].into_iter().flatten().all(|agency| agency.trim().is_empty()),
            (Missing::CompetentAgency, "cơ quan giải quyết", "the agency that decides", "competent_agency: Ủy ban nhân dân cấp xã"),
        ),
    ];
    parts.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, part)| part).collect()
}

/// Điểm h and the number of sets: what must be said, be it that there is none.
fn conditional(procedure: &AdministrativeProcedure, forms: &mut Forms) -> Vec<Part> {
    // The law wants a form only where there is one to fill in: then the dossier names it.
    let lacks_form =
        procedure.forms.is_empty() && procedure.dossiers.iter().flat_map(|dossier| &dossier.components).any(|component| forms.is_unnamed(component));
    let parts: [(bool, Part); 5] = [
        (procedure.sets.is_none(), (Missing::Sets, "số lượng bộ hồ sơ", "the number of sets", "sets: 1")),
        (procedure.results.is_empty(), (Missing::Results, "kết quả thực hiện", "the result", "results: [Không quy định]")),
        (procedure.conditions.is_none(), (Missing::Conditions, "yêu cầu, điều kiện", "conditions", "conditions: Không quy định.")),
        (
            procedure.channels.iter().any(|channel| channel.fees.is_empty()),
            (Missing::Fees, "phí, lệ phí của mỗi cách thức", "fees for each way to hand in", "fees: [{ free: true }]"),
        ),
        (lacks_form, (Missing::Forms, "mẫu của đơn, tờ khai trong hồ sơ", "the form of the application in the dossier", "forms: [Tờ khai đăng ký khai sinh]")),
    ];
    parts.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, part)| part).collect()
}

/// Papers to fill in, by where the register keeps their names: a name that many procedures share is read once.
#[derive(Default)]
struct Forms(HashMap<(*const u8, usize), bool>);

impl Forms {
    /// Whether a paper is one to fill in, and nobody said on which form.
    fn is_unnamed(&mut self, component: &Component) -> bool {
        let name = &component.name;
        component.form.is_none() && *self.0.entry((name.as_ptr(), name.len())).or_insert_with(|| is_form(name))
    }
}

fn is_form(name: &str) -> bool {
    let name = fold(name.trim());
    name.starts_with("to khai") || name.starts_with("don ") || name.contains("theo mau")
}

fn incomplete(procedure: &AdministrativeProcedure, missing: &[Part]) -> Diagnostic {
    let (name, names, lines) = words(procedure, missing);
    new(procedure, Severity::Error, format!("thủ tục {name} thiếu: {}", names.vi), format!("the procedure {name} lacks: {}", names.en)).hint(Text::new(
        format!("chép từ quyết định công bố hoặc Cổng Dịch vụ công quốc gia, ví dụ  {}", lines.vi),
        format!("copy it from the announcing decision or the national portal, such as  {}", lines.en),
    ))
}

fn unstated_by_source(procedure: &AdministrativeProcedure, missing: &[Part]) -> Diagnostic {
    let (name, names, lines) = words(procedure, missing);
    let (vi, en) =
        (format!("bản ghi quốc gia của thủ tục {name} không nêu: {}", names.vi), format!("the national record of {name} does not state: {}", names.en));
    new(procedure, Severity::Warning, vi, en).hint(Text::new(
        format!("tra quyết định công bố rồi bổ sung, ví dụ  {}", lines.vi),
        format!("look it up in the announcing decision and add it, such as  {}", lines.en),
    ))
}

fn not_said(procedure: &AdministrativeProcedure, missing: &[Part]) -> Diagnostic {
    let (name, names, lines) = words(procedure, missing);
    let (vi, en) = (format!("thủ tục {name} chưa nói rõ: {}", names.vi), format!("the procedure {name} does not say: {}", names.en));
    new(procedure, Severity::Warning, vi, en).hint(Text::new(
        format!("ghi theo quyết định công bố; pháp luật không quy định thì ghi rõ là không, ví dụ  {}", lines.vi),
        format!("write what the announcing decision says, be it that there is none, such as  {}", lines.en),
    ))
}

/// The procedure, the names of the parts, and the lines to write.
fn words(procedure: &AdministrativeProcedure, missing: &[Part]) -> (String, Text, Text) {
    let names = parts(&missing.iter().map(|(_, vi, en, _)| (*vi, *en)).collect::<Vec<_>>());
    let lines = lines(&missing.iter().map(|(_, _, _, line)| *line).collect::<Vec<_>>());
    (format!("{} {}", procedure.code.key(), short(&procedure.name, 60)).trim().to_owned(), names, lines)
}

fn new(procedure: &AdministrativeProcedure, level: Severity, vi: String, en: String) -> Diagnostic {
    Diagnostic::new(&RULE, procedure.origin.field("code"), Text::new(vi, en)).level(level)
}
