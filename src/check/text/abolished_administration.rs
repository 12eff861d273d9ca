//! Words of the day: an administration that was ended is still named as if it were at work. What tells of the past,
//! and the titles of documents that it issued, are let through.

use std::collections::HashMap;

use crate::check::{Case, scan};
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{Administration, AdministrativeProcedure, Declaration, Markdown, ProcedureSteps, WorkProcess, short_date};
use crate::origin::Origin;

pub static RULE: Rule = Rule {
    id: "abolished-administration",
    severity: Severity::Warning,
    summary: Text::fixed(
        "còn nhắc cơ quan, cấp hành chính đã kết thúc như đang hoạt động",
        "the district level, or a ministry or department merged away, is named as if it were at work",
    ),
    basis: Some("Chính quyền địa phương hai cấp từ 01/7/2025; sắp xếp bộ, sở năm 2025 (bảng administrations.yaml)"),
};

/// Words near a name that make it one of the past, in small letters.
const OF_THE_PAST: &[&str] = &[
    "trước đây",
    "trước ngày",
    "trước khi",
    "nay là",
    "nguyên là",
    "sáp nhập",
    "hợp nhất",
    "giải thể",
    "đã cấp",
    "cũ",
    "bãi bỏ",
    "thời kỳ",
    "đến ngày 30/6/2025",
];

/// A name as a text writes it, what it names, and where in the text.
type Named<'e> = (String, &'e Administration, usize);

/// How far a sentence is followed to both sides of a name, in bytes.
const LONGEST_SENTENCE: usize = 400;

pub fn check(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let ended: Vec<Ended<'_>> = case.register.administrations.iter().filter(|one| one.ended_on <= case.today).map(Ended::new).collect();
    if ended.is_empty() {
        return;
    }
    let named = |text: &str| named(text, &ended);
    let mut judge = |text: &str, origin: Origin| found.extend(named(text).map(|(name, one, _)| reported(origin, &name, one)));
    for (_, process) in case.active_processes() {
        in_process(process, &mut judge);
    }
    for agency in case.register.agencies.values().filter(|agency| agency.is_active()) {
        let fields = [("address", &agency.address), ("reception_hours", &agency.reception_hours)];
        fields.into_iter().filter_map(|(field, text)| Some((field, text.as_ref()?))).for_each(|(field, text)| judge(text, agency.origin.field(field)));
        for service in &agency.local_services {
            let fields = [("place", &service.place), ("note", &service.note)];
            fields.into_iter().filter_map(|(field, text)| Some((field, text.as_ref()?))).for_each(|(field, text)| judge(text, service.origin.field(field)));
        }
    }
    for markdown in scan::markdowns(case.register).into_iter().filter(|markdown| is_of_today(markdown)) {
        found.extend(named(&markdown.text).map(|(name, one, offset)| reported(markdown.origin_at(offset), &name, one)));
    }
    for declaration in case.register.quality_systems.values().flat_map(|system| &system.declarations) {
        found.extend(in_declaration(declaration, &named));
    }
    // Thousands of procedures name the same few agencies, in texts that the register keeps once: each is looked at once.
    let mut known: HashMap<(*const u8, usize), Option<Named<'_>>> = HashMap::new();
    for procedure in case.register.administrative_procedures.values().filter(|procedure| procedure.is_active()) {
        found.extend(in_procedure(procedure, &mut |text| known.entry((text.as_ptr(), text.len())).or_insert_with(|| named(text)).clone()));
    }
}

/// A decision is judged by the day on which it was signed, and the catalogue is looked at field by field.
fn is_of_today(markdown: &Markdown) -> bool {
    !markdown.origin.file.contains("/declarations/") && !markdown.origin.file.contains("/administrative-procedures/")
}

/// The scope of a decision that was signed when the administration had ended already.
fn in_declaration<'e>(declaration: &Declaration, named: &impl Fn(&str) -> Option<Named<'e>>) -> Option<Diagnostic> {
    let (scope, issued_on) = (declaration.scope.as_ref()?, declaration.issued_on?);
    let (name, one, offset) = named(&scope.text).filter(|(_, one, _)| one.ended_on <= issued_on)?;
    Some(reported(scope.origin_at(offset), &name, one))
}

fn in_process(process: &WorkProcess, judge: &mut impl FnMut(&str, Origin)) {
    let fields = [("title", Some(&process.title)), ("purpose", process.purpose.as_ref()), ("scope", process.scope.as_ref())];
    for (field, text) in fields.into_iter().filter_map(|(field, text)| Some((field, text?))) {
        judge(text, process.origin.field(field));
    }
    for (index, step) in process.steps.iter().enumerate() {
        let place = process.origin.field("steps").item(index);
        let fields =
            [("action", Some(&step.action)), ("responsible", step.responsible.as_ref()), ("method", step.method.as_ref()), ("output", step.output.as_ref())];
        for (field, text) in fields.into_iter().filter_map(|(field, text)| Some((field, text?))) {
            judge(text, place.field(field));
        }
    }
}

/// One problem a procedure, of who carries it out; of a record copied from the national portal only as information.
fn in_procedure<'e>(procedure: &AdministrativeProcedure, named: &mut impl FnMut(&str) -> Option<(String, &'e Administration, usize)>) -> Option<Diagnostic> {
    let fields = [
        ("competent_agency", procedure.competent_agency.as_deref()),
        ("executing_agency", procedure.executing_agency.as_deref()),
        ("authorised_agency", procedure.authorised_agency.as_deref()),
        ("coordinating_agencies", procedure.coordinating_agencies.as_deref()),
        ("receiving_place", procedure.receiving_place.as_deref()),
    ];
    let in_field = fields.into_iter().find_map(|(field, text)| {
        let (name, one, _) = named(text?)?;
        Some((procedure.origin.field(field), name, one))
    });
    let in_step = || match &procedure.steps {
        ProcedureSteps::List(steps) => steps.iter().enumerate().find_map(|(index, step)| {
            let (name, one, _) = named(step.responsible.as_deref()?)?;
            Some((procedure.origin.field("steps").item(index).field("responsible"), name, one))
        }),
        _ => None,
    };
    let (origin, name, one) = in_field.or_else(in_step)?;
    if procedure.source.is_none() {
        return Some(reported(origin, &name, one));
    }
    let (code, day) = (procedure.code.key(), short_date(one.ended_on));
    let message = Text::new(
        format!("bản ghi quốc gia của thủ tục {code} còn ghi “{name}”, kết thúc từ {day}"),
        format!("the national record of procedure {code} still says `{name}`, which ended on {day}"),
    );
    let hint = Text::fixed(
        "không phải lỗi của cơ quan: xem bản ghi mới nhất trên Cổng Dịch vụ công quốc gia rồi nhập lại; nếu ở đó vẫn vậy thì báo cơ quan công bố",
        "no mistake of the agency: look at the national portal and import the record again; where it says so there, tell who announced it",
    );
    Some(Diagnostic::new(&RULE, origin, message).level(Severity::Information).related(one.origin.clone(), source(one)).hint(hint))
}

/// An administration, with its names in small letters, the longest first.
struct Ended<'a> {
    administration: &'a Administration,
    names: Vec<String>,
}

impl<'a> Ended<'a> {
    fn new(administration: &'a Administration) -> Self {
        let mut names: Vec<String> = administration.names.iter().map(|name| plain(name)).collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        Self { administration, names }
    }
}

/// Small letters, and one spelling of *ủy*: each character stays one character.
fn plain(text: &str) -> String {
    text.to_lowercase().replace("uỷ", "ủy")
}

/// The first name in a text that is not of the past, as it is written there, and where.
fn named<'a>(text: &str, ended: &[Ended<'a>]) -> Option<(String, &'a Administration, usize)> {
    const STEMS: &[&str] = &["Bộ ", "bộ ", "Sở ", "sở ", "uyện", "UYỆN", "uận", "UẬN", "hị xã", "HỊ XÃ", "BỘ ", "SỞ "];
    if !STEMS.iter().any(|stem| text.contains(stem)) {
        return None;
    }
    let small = plain(text);
    let mut hits: Vec<(usize, usize, &Administration)> = Vec::new();
    for one in ended {
        for name in &one.names {
            hits.extend(small.match_indices(name.as_str()).map(|(at, _)| (at, name.len(), one.administration)));
        }
    }
    hits.sort_by_key(|(at, length, _)| (*at, std::cmp::Reverse(*length)));
    let (at, length, one) = hits.into_iter().find(|(at, length, _)| is_whole(&small, *at, *length) && !is_of_the_past(&small, *at, *length))?;
    // Lower case may change the length of a text in bytes; then the name is shown in small letters.
    let written = text.get(at..at + length).filter(|written| plain(written) == small[at..at + length]);
    let (name, offset) = written.map_or((&small[at..at + length], 0), |written| (written, at));
    Some((name.to_owned(), one, offset))
}

fn is_whole(text: &str, at: usize, length: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + length..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

/// Whether the sentence tells of the past, or the name is that of who issued a document: `Thông tư 01/2020/TT-BTTTT của Bộ …`.
fn is_of_the_past(text: &str, at: usize, length: usize) -> bool {
    let is_end = |c: char| matches!(c, '\n' | ';' | '!' | '?');
    let sentence_start = text[..at].rfind(is_end).map_or(0, |end| end + 1).max(floor(text, at.saturating_sub(LONGEST_SENTENCE)));
    let rest = at + length;
    let sentence_end = text[rest..].find(is_end).map_or(text.len(), |end| rest + end).min(floor(text, (rest + LONGEST_SENTENCE).min(text.len())));
    let sentence = &text[sentence_start..sentence_end];
    let before = &text[sentence_start..at];
    let is_issuer = before.rsplit(',').next().is_some_and(|clause| {
        let words: Vec<&str> = clause.split_whitespace().collect();
        words.iter().any(|word| word.contains('/') && word.chars().any(|c| c.is_ascii_digit()))
    });
    is_issuer || OF_THE_PAST.iter().any(|word| contains_word(sentence, word))
}

fn contains_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| is_whole(text, at, word.len()))
}

/// The nearest boundary of a character at or before a byte.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn reported(origin: Origin, name: &str, one: &Administration) -> Diagnostic {
    let day = short_date(one.ended_on);
    let message = Text::new(format!("còn ghi “{name}”, đã kết thúc từ {day}"), format!("`{name}` is still named; it ended on {day}"));
    let hint = match &one.replaced_by {
        Some(next) => Text::new(
            format!("thay bằng cơ quan đang thực hiện: {next}; nếu nói chuyện cũ thì viết rõ, ví dụ “trước đây là {name}”"),
            format!("name who does it now: {next}; where it is history say so: “trước đây là {name}”"),
        ),
        None => Text::fixed("thay bằng cơ quan đang thực hiện", "name who does it now"),
    };
    Diagnostic::new(&RULE, origin, message).related(one.origin.clone(), source(one)).hint(hint)
}

/// Where the table has it from; what nobody compared with its source says so.
fn source(one: &Administration) -> Text {
    match (&one.source, one.verified_on) {
        (Some(source), Some(on)) => Text::new(
            format!("theo bảng administrations.yaml, nguồn {source}, đối chiếu ngày {}", short_date(on)),
            format!("by administrations.yaml, from {source}, verified on {}", short_date(on)),
        ),
        _ => Text::fixed("theo bảng administrations.yaml, chưa đối chiếu văn bản gốc", "by administrations.yaml, not verified yet"),
    }
}
