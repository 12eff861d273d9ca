//! A decision announced a procedure anew, and the catalogue does not show it after the time of the law.

use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{AdministrativeProcedure, CatalogueLag, Register, short_date};

pub static RULE: Rule = Rule {
    id: "late-catalogue-update",
    severity: Severity::Warning,
    summary: Text::fixed(
        "quyết định công bố mới hơn bản ghi trong danh mục quá 5 ngày làm việc",
        "an announcement is newer than the catalogue entry by more than 5 working days",
    ),
    basis: Some("TT 26/2014/TT-BKHCN, Điều 4 khoản 3"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for procedure in case.register.administrative_procedures.values().filter(|procedure| procedure.is_active()) {
        if let Some(lag) = case.register.catalogue_lag(procedure).filter(|lag| lag.due_on < case.today) {
            found.push(reported(case, procedure, &lag));
        }
    }
}

fn reported(case: &Case<'_>, procedure: &AdministrativeProcedure, lag: &CatalogueLag<'_>) -> Diagnostic {
    let (code, number) = (procedure.code.key(), &lag.announcement.number);
    let (issued, due) = (lag.announcement.issued_on.map(short_date).unwrap_or_default(), short_date(lag.due_on));
    let message = Text::new(
        format!("thủ tục {code} đã công bố lại theo {number} ngày {issued}, danh mục chưa cập nhật; hạn là {due}{}", uncertain(case.register, lag).vi),
        format!("procedure {code} was announced anew by {number} on {issued}; the catalogue was to follow by {due}{}", uncertain(case.register, lag).en),
    );
    let diagnostic = Diagnostic::new(&RULE, procedure.origin.field("announcement"), message);
    let diagnostic = match case.register.national_records.get(&procedure.code).filter(|_| lag.is_national) {
        Some(national) => diagnostic.related(national.origin.field("announcement"), Text::fixed("theo bản ghi quốc gia", "by the national record")),
        None => diagnostic,
    };
    diagnostic.hint(Text::new(
        format!("đối chiếu từng mục với bản ghi quốc gia, sửa lại, rồi ghi quyết định mới và  source: {{ checked_on: {} }}", case.today),
        format!("compare every part with the national record, correct it, and write the new decision and  source: {{ checked_on: {} }}", case.today),
    ))
}

/// What to know of the working days that were counted.
fn uncertain(register: &Register, lag: &CatalogueLag<'_>) -> Text {
    match register.holidays.contains_key(&lag.due_on.year()) {
        true => Text::fixed("", ""),
        false => Text::new(
            format!(" (chưa có bảng ngày nghỉ năm {}, chỉ trừ cuối tuần)", lag.due_on.year()),
            format!(" (no table of holidays of {}: only weekends were left out)", lag.due_on.year()),
        ),
    }
}
