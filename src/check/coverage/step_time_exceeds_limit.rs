//! Steps that together take longer than the procedure allows. Units are never converted:
//! where steps and limit do not all count in the same one, nothing is said.

use crate::check::Case;
use crate::check::wording::{amount, named};
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::vocabulary::{SubmissionMethod, TimeUnit};
use crate::domain::{AdministrativeProcedure, Agency, TimeLimit, WorkProcess};

pub static RULE: Rule = Rule {
    id: "step-time-exceeds-limit",
    severity: Severity::Error,
    summary: Text::fixed("tổng thời gian các bước dài hơn thời hạn giải quyết của thủ tục", "the steps take longer than the procedure's time limit"),
    basis: Some("NĐ 63/2010/NĐ-CP, Điều 8 khoản 2 điểm đ; TT 26/2014/TT-BKHCN, Điều 36 khoản 1 điểm c"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for (agency, process) in case.active_processes() {
        let Some((total, unit)) = total(process) else { continue };
        for (index, code) in process.covers.iter().enumerate() {
            let Some(procedure) = case.register.administrative_procedures.get(code).filter(|procedure| procedure.is_active()) else { continue };
            let Some(longest) = longest(agency, procedure, unit).filter(|longest| total > longest + 1e-9) else { continue };
            let name = named(case.register, code);
            let (sum, limit) = (amount(total, unit), amount(longest, unit));
            let message = Text::new(
                format!("quy trình {}: các bước cộng lại {}, thủ tục {name} chỉ cho {}", process.code, sum.vi, limit.vi),
                format!("work process {}: its steps add up to {}, but {name} allows {}", process.code, sum.en, limit.en),
            );
            let diagnostic = Diagnostic::new(&RULE, case.code_place(&process.origin.field("covers"), index), message);
            found.push(diagnostic.related(procedure.origin.field("channels"), Text::fixed("thời hạn của thủ tục", "the procedure's limit")).hint(Text::fixed(
                "rút ngắn duration của các bước, hoặc tách thủ tục có thời hạn ngắn hơn ra quy trình khác",
                "shorten the steps, or give procedures with a shorter limit a work process of their own",
            )));
        }
    }
}

/// The sum of all steps, where every step has a duration and all count in one unit.
fn total(process: &WorkProcess) -> Option<(f64, TimeUnit)> {
    let unit = process.steps.first()?.duration?.unit;
    let mut total = 0.0;
    for step in &process.steps {
        total += step.duration.filter(|duration| duration.unit == unit)?.value;
    }
    Some((total, unit))
}

/// The longest time that handing in directly allows, where it counts in `unit`. What the agency promised itself comes first.
fn longest(agency: &Agency, procedure: &AdministrativeProcedure, unit: TimeUnit) -> Option<f64> {
    let service = agency.local_services.iter().find(|service| service.code == procedure.code);
    let own = service.and_then(|service| service.own_limit(SubmissionMethod::Direct));
    let direct = procedure.channels.iter().filter(|channel| channel.method == SubmissionMethod::Direct);
    let limits = direct.map(|channel| own.or(channel.time_limit.as_ref()));
    let longest = limits.map(|limit| days(limit?, unit)).collect::<Option<Vec<u32>>>()?;
    longest.into_iter().max().map(f64::from)
}

/// The number of a limit. Its text may name a longer one for some cases: then that one counts.
fn days(limit: &TimeLimit, unit: TimeUnit) -> Option<u32> {
    let value = limit.value.filter(|_| limit.unit == Some(unit))?;
    let text = limit.text.as_deref().unwrap_or("");
    let in_text = text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).filter(|number| *number < 1000).max();
    Some(value.max(in_text.unwrap_or(0)))
}
