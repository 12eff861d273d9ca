//! Editions that go backwards: in a table of revisions, or between a document in use and its old editions.

use super::{Controlled, controlled, same_code};
use crate::check::Case;
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{Revision, WorkProcess, short_date};

pub static RULE: Rule = Rule {
    id: "edition-goes-back",
    severity: Severity::Error,
    summary: Text::fixed("lần ban hành, lần sửa đổi giảm đi theo thời gian", "an edition or revision lower than an earlier one"),
    basis: Some("TCVN ISO 9001:2015, 7.5.3.2"),
};

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for agency in case.register.agencies.values() {
        for process in &case.register.records(&agency.id).work_processes {
            found.extend(in_table(process));
        }
        let documents = controlled(case.register, agency);
        found.extend(same_code(&documents).into_iter().filter_map(|(first, second)| between(first, second)));
    }
}

/// The first step back in a table of revisions, in the order of its dates; then a header below the table.
fn in_table(process: &WorkProcess) -> Option<Diagnostic> {
    let mut rows: Vec<(usize, &Revision)> = process.revisions.iter().enumerate().filter(|(_, row)| row.on.is_some()).collect();
    rows.sort_by_key(|(index, row)| (row.on, row.edition, row.revision, *index));
    let number = |row: &Revision| (row.edition, row.revision);
    let at = |index: usize| process.origin.field("revisions").item(index);
    let back = rows.windows(2).find(|pair| pair[0].1.on < pair[1].1.on && number(pair[1].1) <= number(pair[0].1));
    if let Some([(before_index, before), (index, row)]) = back {
        let message = Text::new(
            format!(
                "{}: ngày {} ghi {}/{}, nhưng trước đó ngày {} đã là {}/{}",
                process.code,
                day(row),
                row.edition,
                row.revision,
                day(before),
                before.edition,
                before.revision
            ),
            format!("{}: {}/{} on {} comes after {}/{} on {}", process.code, row.edition, row.revision, day(row), before.edition, before.revision, day(before)),
        );
        return Some(Diagnostic::new(&RULE, at(*index), message).related(at(*before_index), Text::fixed("dòng trước đó", "the row before")).hint(Text::fixed(
            "sửa lại số lần hoặc ngày: mỗi lần sửa đổi tăng thêm 1; ban hành lại thì edition tăng 1 và revision về 0",
            "correct the number or the date: each revision adds 1; a new edition adds 1 and sets revision to 0",
        )));
    }
    let (index, last) = rows.last()?;
    ((process.edition, process.revision) < number(last)).then(|| {
        let message = Text::new(
            format!("{}: phần đầu ghi {}/{}, nhưng bảng sửa đổi đã đến {}/{}", process.code, process.edition, process.revision, last.edition, last.revision),
            format!("{}: the header says {}/{}, but its table goes up to {}/{}", process.code, process.edition, process.revision, last.edition, last.revision),
        );
        Diagnostic::new(&RULE, process.origin.field("edition"), message).related(at(*index), Text::fixed("dòng cuối của bảng", "the last row")).hint(Text::new(
            format!("ghi  edition: {}  và  revision: {}", last.edition, last.revision),
            format!("write  edition: {}  and  revision: {}", last.edition, last.revision),
        ))
    })
}

fn day(row: &Revision) -> String {
    row.on.map(short_date).unwrap_or_default()
}

/// A document in use below an old edition of itself.
fn between(first: &Controlled<'_>, second: &Controlled<'_>) -> Option<Diagnostic> {
    let (active, old) = match (first.is_active(), second.is_active()) {
        (true, false) if second.is_out_of_use() => (first, second),
        (false, true) if first.is_out_of_use() => (second, first),
        _ => return None,
    };
    let number = |document: &Controlled<'_>| Some((document.edition?, document.revision.unwrap_or(0)));
    let is_later = active.issued_on.zip(old.issued_on).is_none_or(|(active, old)| active >= old);
    if number(active)? >= number(old)? || !is_later {
        return None;
    }
    let (active_text, old_text) = (active.edition_text(), old.edition_text());
    let message = Text::new(
        format!("{}: bản đang áp dụng {} thấp hơn bản cũ {}", active.code, active_text.0, old_text.0),
        format!("{}: the one in use, {}, is below the old one, {}", active.code, active_text.1, old_text.1),
    );
    Some(
        Diagnostic::new(&RULE, active.origin.field("edition"), message)
            .related(old.origin.field("edition"), Text::fixed("bản cũ ở đây", "the old one is here"))
            .hint(Text::fixed(
                "sửa lại lần ban hành, hoặc đổi status nếu hai bản bị ghi nhầm tình trạng",
                "correct the edition, or the status if the two were mixed up",
            )),
    )
}
