//! Dates of a declaration that contradict the order of the steps in law:
//! audit, review, confirmation of validity, declaration, then notice and posting.

use crate::check::wording::decision;
use crate::check::{Case, LivingSystem};
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::vocabulary::DeclarationKind;
use crate::domain::{Date, Declaration, short_date};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "declaration-date-order",
    severity: Severity::Error,
    summary: Text::fixed(
        "thứ tự ngày không đúng các bước: đánh giá, xem xét, xác nhận hiệu lực, công bố, thông báo và niêm yết",
        "dates out of order: audit, review, confirmation, declaration, notice and posting",
    ),
    basis: Some("QĐ 19/2014/QĐ-TTg, Điều 4 khoản 2 và khoản 3"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for system in case.register.quality_systems.values() {
        for declaration in &system.declarations {
            own_dates(case, declaration, found);
        }
    }
    for (living, declaration) in case.declared() {
        // Declaring again repeats the declaration, not the steps before it (Điều 4 khoản 4 điểm c).
        if declaration.kind == DeclarationKind::First {
            steps_before(case, &living, declaration, found);
        }
    }
}

/// Something that happened, and where it was written.
struct Event {
    name: (&'static str, &'static str),
    on: Date,
    origin: Origin,
}

impl Event {
    fn new(case: &Case<'_>, name: (&'static str, &'static str), on: Option<Date>, origin: Origin) -> Option<Self> {
        case.past(on).map(|on| Self { name, on, origin })
    }
}

/// The dates inside one declaration.
fn own_dates(case: &Case<'_>, declaration: &Declaration, found: &mut Vec<Diagnostic>) {
    let at = |path: &[&str]| path.iter().fold(declaration.origin.clone(), |origin, field| origin.field(field));
    let issued = Event::new(case, ("ký quyết định công bố", "the declaration"), declaration.issued_on, at(&["issued_on"]));
    let Some(issued) = issued else { return };
    let confirmed = declaration.validity_confirmation.as_ref().and_then(|confirmation| confirmation.confirmed_on);
    let sent = declaration.lead_unit_notice.as_ref().and_then(|notice| notice.sent_on);
    let posted = declaration.premises_posting.as_ref().and_then(|posting| posting.posted_on);
    let confirmed = Event::new(case, ("xác nhận hiệu lực hệ thống", "the confirmation of validity"), confirmed, at(&["validity_confirmation", "confirmed_on"]));
    let later = [
        Event::new(case, ("thông báo cho đơn vị chủ trì", "the notice to the lead unit"), sent, at(&["lead_unit_notice", "sent_on"])),
        Event::new(case, ("niêm yết tại trụ sở", "the posting at the office"), posted, at(&["premises_posting", "posted_on"])),
        Event::new(case, ("hết hiệu lực", "the end of the decision"), declaration.ended_on, at(&["ended_on"])),
    ];
    if let Some(confirmed) = confirmed.filter(|confirmed| confirmed.on > issued.on) {
        found.push(out_of_order(&confirmed, &issued, &confirmed, decision(declaration)));
    }
    for event in later.into_iter().flatten().filter(|event| event.on < issued.on) {
        found.push(out_of_order(&issued, &event, &event, decision(declaration)));
    }
}

/// Audit and review before a first declaration.
fn steps_before(case: &Case<'_>, living: &LivingSystem<'_>, declaration: &Declaration, found: &mut Vec<Diagnostic>) {
    let Some(issued_on) = case.past(declaration.issued_on) else { return };
    let mut audits = Vec::new();
    let mut reviews = Vec::new();
    for (_, records) in case.records_of(living) {
        let audit_name = ("đánh giá nội bộ", "the internal audit");
        let review_name = ("xem xét của lãnh đạo", "the management review");
        audits.extend(records.reviews.internal_audits.iter().filter_map(|audit| Event::new(case, audit_name, audit.held_on, audit.origin.field("held_on"))));
        reviews.extend(
            records.reviews.management_reviews.iter().filter_map(|review| Event::new(case, review_name, review.held_on, review.origin.field("held_on"))),
        );
    }
    let latest = |events: Vec<Event>| events.into_iter().filter(|event| event.on <= issued_on).max_by_key(|event| event.on);
    let (audit, review) = (latest(audits), latest(reviews));
    if let (Some(audit), Some(review)) = (&audit, &review)
        && audit.on > review.on
    {
        found.push(out_of_order(audit, review, review, decision(declaration)));
    }
    let confirmed = declaration.validity_confirmation.as_ref().and_then(|confirmation| confirmation.confirmed_on);
    let origin = declaration.origin.field("validity_confirmation").field("confirmed_on");
    let confirmed = Event::new(case, ("xác nhận hiệu lực hệ thống", "the confirmation of validity"), confirmed, origin);
    if let (Some(review), Some(confirmed)) = (&review, &confirmed)
        && review.on > confirmed.on
        && confirmed.on <= issued_on
    {
        found.push(out_of_order(review, confirmed, confirmed, decision(declaration)));
    }
}

/// `first` must not come after `second`; `wrong` is the one whose date is pointed at.
fn out_of_order(first: &Event, second: &Event, wrong: &Event, number: &str) -> Diagnostic {
    let other = if std::ptr::eq(wrong, first) { second } else { first };
    let message = Text::new(
        format!("quyết định {number}: {} ({}) phải trước hoặc cùng ngày {} ({})", first.name.0, short_date(first.on), second.name.0, short_date(second.on)),
        format!("{number}: {} ({}) must not come after {} ({})", first.name.1, short_date(first.on), second.name.1, short_date(second.on)),
    );
    Diagnostic::new(&RULE, wrong.origin.clone(), message)
        .related(other.origin.clone(), Text::new(format!("ngày {} ở đây", other.name.0), format!("{} is here", other.name.1)))
        .hint(Text::fixed(
            "so với văn bản đã ký và sửa lại ngày chép sai; nếu ngày đúng như vậy, các bước đã làm ngược và phải làm lại",
            "compare with the signed papers and correct the date; if the dates are right, the steps were taken in the wrong order and must be repeated",
        ))
}
