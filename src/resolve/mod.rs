//! Raw records to domain types: ids linked, dates real, selectors expanded. The only door between the two.
//! Never fails: what can't be resolved is left out and told.

mod administrative_procedure;
mod agency;
mod approval;
mod competence;
mod declaration;
mod document;
mod federation;
mod inspection;
mod objective;
mod posting;
mod reference;
mod review;
mod shared;
mod written_date;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use administrative_procedure::{Catalogued, catalogue};
pub use approval::fingerprints;
pub use shared::Shared;

use crate::diagnostic::{Diagnostic, Rule, Severity, Text, nearest};
use crate::domain::vocabulary::Visibility;
use crate::domain::{Attachment, AttachmentKind, Date, DocumentNumber, Duplicate, ProcedureCode, PublicText, Register, TextSubject};
use crate::origin::Origin;
use crate::parse::raw::{RawCode, RawDate, RawProject};
use crate::source::SourceTree;
use written_date::impossible_date;

/// A date that no calendar has, or that is not written as one.
pub static IMPOSSIBLE_DATE: Rule = Rule {
    id: "impossible-date",
    severity: Severity::Error,
    summary: Text::fixed("ngày không có thật hoặc viết sai dạng", "a date that does not exist or is not written as year-month-day"),
    basis: None,
};
/// A code that no administrative procedure can have.
pub static MALFORMED_PROCEDURE_CODE: Rule = Rule {
    id: "malformed-procedure-code",
    severity: Severity::Error,
    summary: Text::fixed("mã thủ tục hành chính sai dạng", "a malformed code of an administrative procedure"),
    basis: Some("NĐ 63/2010/NĐ-CP, Điều 24 (Cơ sở dữ liệu quốc gia về TTHC)"),
};
/// An id that can't be part of an address, or is not that of its folder.
pub static INVALID_ID: Rule = Rule {
    id: "invalid-id",
    severity: Severity::Error,
    summary: Text::fixed("mã định danh hoặc tên tệp không dùng được", "an id or file name that can't be used"),
    basis: None,
};
/// A reference to a record that nobody wrote.
pub static UNKNOWN_REFERENCE: Rule = Rule {
    id: "unknown-reference",
    severity: Severity::Error,
    summary: Text::fixed(
        "nhắc đến một cơ quan, tiêu chuẩn, đơn vị hoặc mục tiêu không có",
        "a reference to an agency, standard, unit or objective that is not there",
    ),
    basis: None,
};
/// Agencies that are above each other.
pub static CIRCULAR_PARENT: Rule = Rule {
    id: "circular-parent",
    severity: Severity::Error,
    summary: Text::fixed("cơ quan là cấp trên của chính mình, trực tiếp hoặc qua cơ quan khác", "an agency that is above itself, directly or through others"),
    basis: None,
};

/// The rules of this stage.
pub static RULES: &[&Rule] = &[&IMPOSSIBLE_DATE, &MALFORMED_PROCEDURE_CODE, &INVALID_ID, &UNKNOWN_REFERENCE, &CIRCULAR_PARENT];

/// Resolves everything that was read.
pub fn resolve(mut raw: RawProject, tree: &SourceTree, diagnostics: &mut Vec<Diagnostic>) -> Register {
    let shared = Shared::default();
    let files = vec![catalogue(std::mem::take(&mut raw.administrative_procedures), &shared)];
    resolve_with(raw, files, tree, &shared, diagnostics)
}

/// The same, with the files of the catalogue resolved already.
pub fn resolve_with(raw: RawProject, catalogue: Vec<Catalogued>, tree: &SourceTree, shared: &Shared, diagnostics: &mut Vec<Diagnostic>) -> Register {
    let mut resolver = Resolver { register: Register::default(), shared, diagnostics };
    let RawProject {
        standards,
        frameworks,
        deadlines,
        administrations,
        holidays,
        redirects,
        feeds,
        feed_states,
        approvals,
        legal_documents,
        administrative_procedures: _,
        agencies,
        declarations,
        quality_policies,
        objectives,
        documents,
        work_processes,
        reviews,
        postings,
        results,
        inspections,
        pages,
        broken,
    } = raw;
    resolver.register.broken = broken;
    resolver.standards(standards);
    resolver.frameworks(frameworks);
    resolver.deadlines(deadlines);
    resolver.administrations(administrations);
    resolver.holidays(holidays);
    resolver.redirects(redirects);
    resolver.legal_documents(legal_documents);
    resolver.catalogue(catalogue);
    let competences = resolver.agencies(agencies);
    resolver.link_agencies();
    resolver.expand_competences(competences);
    resolver.declarations(declarations);
    resolver.quality_policies(quality_policies);
    resolver.objectives(objectives);
    resolver.documents(documents);
    resolver.work_processes(work_processes);
    resolver.reviews(reviews);
    resolver.postings(postings);
    resolver.results(results);
    resolver.inspections(inspections);
    resolver.pages(pages);
    resolver.federation(feeds, feed_states);
    resolver.attachments(tree);
    resolver.texts(tree);
    resolver.approvals(approvals, tree);
    // A date that only differs from the name of its file is there for the other rules to judge.
    let told = resolver.diagnostics.iter().filter(|told| told.severity == Severity::Error).map(|told| told.origin.clone());
    resolver.register.told.extend(told);
    resolver.register
}

/// A resolution in progress.
struct Resolver<'a> {
    register: Register,
    shared: &'a Shared,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Resolver<'_> {
    /// A date, if it exists.
    fn date(&mut self, raw: &RawDate, origin: &Origin) -> Option<Date> {
        let text = raw.0.trim();
        // An empty text stands for a missing required date, which the parser has told already.
        if text.is_empty() {
            return None;
        }
        let is_written_right = text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
        if let Some(date) = text.parse::<Date>().ok().filter(|_| is_written_right) {
            return Some(date);
        }
        self.diagnostics.push(impossible_date(text, origin));
        None
    }

    fn optional_date(&mut self, raw: Option<&RawDate>, origin: &Origin, field: &str) -> Option<Date> {
        raw.and_then(|raw| self.date(raw, &origin.field(field)))
    }

    /// A code of an administrative procedure, if it has the form of one.
    fn code(&mut self, raw: &RawCode, origin: &Origin) -> Option<ProcedureCode> {
        if raw.0.is_empty() {
            return None;
        }
        let code = ProcedureCode::parse(&raw.0);
        if code.is_none() {
            self.diagnostics.push(malformed_code(&raw.0, origin));
        }
        code
    }

    fn codes(&mut self, raw: &[RawCode], origin: &Origin) -> Vec<ProcedureCode> {
        raw.iter().enumerate().filter_map(|(index, raw)| self.code(raw, &origin.item(index))).collect()
    }

    /// Keeps the first of two records with one key and remembers the other for `duplicate-code`.
    fn duplicate(&mut self, kind: &'static str, code: &str, first: &Origin, second: &Origin) {
        self.register.duplicates.push(Duplicate { code: code.to_owned(), kind, first: first.clone(), second: second.clone() });
    }

    fn unknown<'a>(&mut self, what: (&str, &str), name: &str, origin: Origin, known: impl Iterator<Item = &'a str>) {
        let message = Text::new(format!("không có {} nào là “{name}”", what.0), format!("there is no {} `{name}`", what.1));
        let mut diagnostic = Diagnostic::new(&UNKNOWN_REFERENCE, origin, message);
        let known: Vec<&str> = known.collect();
        let slug = crate::domain::slug(name, 80);
        let exact = known.iter().copied().find(|known| *known == slug);
        diagnostic = match exact.or_else(|| nearest(name, known.iter().copied())) {
            Some(near) => diagnostic.hint(Text::new(format!("có phải ý anh/chị là {near}?"), format!("did you mean {near}?"))),
            None if what.1 == "agency" => diagnostic.hint(Text::new(
                format!("sửa mã cho đúng tên thư mục của cơ quan, hoặc thêm tệp content/agencies/{slug}/agency.yaml"),
                format!("write the name of the agency's folder, or add the file content/agencies/{slug}/agency.yaml"),
            )),
            None if known.len() <= 12 && !known.is_empty() => {
                diagnostic.hint(Text::new(format!("đang có: {}", known.join(", ")), format!("there are: {}", known.join(", "))))
            }
            None => diagnostic.hint(Text::fixed("kiểm tra chính tả, hoặc thêm bản ghi còn thiếu", "check the spelling, or add the missing record")),
        };
        self.diagnostics.push(diagnostic);
    }

    fn attachments(&mut self, tree: &SourceTree) {
        for (path, source) in &tree.attachments {
            let attachment =
                Attachment { path: path.clone(), size_bytes: source.size_bytes, sha256: source.sha256.clone(), kind: attachment_kind(&source.head) };
            self.register.attachments.insert(path.clone(), attachment);
        }
    }

    /// The files whose words the public will read. Drafts and internal work processes and pages are not among them.
    fn texts(&mut self, tree: &SourceTree) {
        let processes = self.register.records.values().flat_map(|records| &records.work_processes);
        let kept_back = processes.filter(|process| !process.is_public()).map(|process| process.origin.file.clone());
        let internal_pages = self.register.pages.iter().filter(|page| page.visibility == Visibility::Internal);
        let internal: BTreeSet<Arc<str>> = kept_back.chain(internal_pages.map(|page| page.origin.file.clone())).collect();
        for (path, source) in tree.texts.iter().filter(|(path, _)| !internal.contains(*path)) {
            self.register.texts.push(PublicText { file: path.clone(), text: source.text.clone(), subject: subject(path) });
        }
        let nothing: Arc<str> = "".into();
        let laid_aside = tree.laid_aside().map(|path| PublicText { file: path.clone(), text: nothing.clone(), subject: subject(path) });
        self.register.texts.extend(laid_aside);
    }
}

/// A list of document numbers as written.
fn numbers(raw: Vec<String>) -> Vec<DocumentNumber> {
    raw.iter().map(|number| DocumentNumber::new(number)).collect()
}

fn subject(path: &str) -> TextSubject {
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    match parts.as_slice() {
        ["site.yaml"] | ["agencies", _, "agency.yaml"] => TextSubject::Contact,
        ["administrative-procedures", ..] | ["agencies", _, "work-processes", _] => TextSubject::AdministrativeProcedure,
        ["law" | "national", ..]
        | [
            "standards.yaml"
            | "frameworks.yaml"
            | "deadlines.yaml"
            | "administrations.yaml"
            | "holidays.yaml"
            | "redirects.yaml"
            | "federation.yaml"
            | "federation-state.yaml",
        ] => TextSubject::Reference,
        _ => TextSubject::QualityManagement,
    }
}

fn attachment_kind(head: &[u8]) -> AttachmentKind {
    if let Some(version) = head.strip_prefix(b"%PDF-")
        && let [major, b'.', minor, ..] = version
    {
        return AttachmentKind::Pdf { major: major.wrapping_sub(b'0'), minor: minor.wrapping_sub(b'0') };
    }
    match head {
        [b'P', b'K', 3, 4, ..] => AttachmentKind::Zip,
        [0x89, b'P', b'N', b'G', ..] => AttachmentKind::Png,
        [0xFF, 0xD8, 0xFF, ..] => AttachmentKind::Jpeg,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => AttachmentKind::Webp,
        _ => AttachmentKind::Other,
    }
}

fn malformed_code(text: &str, origin: &Origin) -> Diagnostic {
    let message = Text::new(format!("“{text}” không phải là mã thủ tục hành chính"), format!("`{text}` is not a code of an administrative procedure"));
    let diagnostic = Diagnostic::new(&MALFORMED_PROCEDURE_CODE, origin.clone(), message);
    let say = |code: &str| {
        Text::new(format!("so với danh mục, nếu đúng thì ghi  \"{code}\""), format!("compare with the catalogue; if it is right write  \"{code}\""))
    };
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_code_like = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '-' | '“' | '”' | '\''));
    match text.split_once('.') {
        _ if text.split([',', ';', ' ']).filter(|part| ProcedureCode::parse(part.trim()).is_some()).count() > 1 => {
            let codes: Vec<String> = text.split([',', ';', ' ']).map(str::trim).filter(|part| !part.is_empty()).map(|code| format!("\"{code}\"")).collect();
            diagnostic.hint(Text::new(
                format!("mỗi mã đặt trong một cặp nháy:  [{}]", codes.join(", ")),
                format!("put each code in quotes of its own:  [{}]", codes.join(", ")),
            ))
        }
        Some((head, cut)) if is_code_like && head.len() == 1 && !cut.is_empty() && cut.len() < 6 && cut.chars().all(|c| c.is_ascii_digit()) => {
            let whole = format!("{head}.{cut:0<6}");
            diagnostic.hint(Text::new(
                format!("có thể bảng tính đã bỏ số 0 ở cuối: so với danh mục, nếu đúng thì ghi  \"{whole}\""),
                format!("a spreadsheet may have dropped zeros at the end: if so, write  \"{whole}\""),
            ))
        }
        _ if is_code_like && digits.len() == 7 && !digits.starts_with('0') => diagnostic.hint(say(&format!("{}.{}", &digits[..1], &digits[1..]))),
        _ => diagnostic.hint(Text::fixed(
            "mã có dạng \"1.001193\": một chữ số, dấu chấm, sáu chữ số, đặt trong dấu nháy kép",
            "a code looks like \"1.001193\": one digit, a dot, six digits, in double quotes",
        )),
    }
}

/// Inserts unless the key is taken; the record that is there stays.
fn insert<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, value: V) -> Option<&V> {
    use std::collections::btree_map::Entry;
    match map.entry(key) {
        Entry::Vacant(entry) => {
            entry.insert(value);
            None
        }
        Entry::Occupied(entry) => Some(entry.into_mut()),
    }
}
