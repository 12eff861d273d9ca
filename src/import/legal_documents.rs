//! Legal documents, one JSON object a line, into files of `law/`: a file a year. A state that the source does not
//! know stays unknown, and nothing imported counts as verified.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::plain_text::{clean, one_line};
use super::{CatalogueFile, FILE_LIMIT_BYTES, yaml_writer};
use crate::diagnostic::{Diagnostic, Rule, Severity, Text};
use crate::domain::{Date, DocumentNumber};
use crate::origin::Origin;
use crate::parse::raw::RawLegalDocument;
use crate::parse::yaml::{YamlText, read_list};

/// How the names of imported files begin: files of other names are the office's own.
pub const FILE_PREFIX: &str = "nhap-";

/// A line that is no record.
pub static REFUSED_LINE: Rule =
    rule("import-refused-line", Severity::Error, "dòng của tệp nguồn không đọc được, đã bỏ qua", "a line that is no record and was left out");
/// A document that nobody can cite.
pub static WITHOUT_NUMBER: Rule =
    rule("import-without-number", Severity::Warning, "văn bản không có số, ký hiệu, không được nhập", "a document without number; it was left out");
/// Two lines, one number.
pub static DUPLICATE_NUMBER: Rule =
    rule("import-duplicate-number", Severity::Warning, "hai dòng cùng một số, ký hiệu, giữ dòng đầu", "two lines with one number; the first was kept");
/// A date that no calendar has.
pub static DOUBTFUL_DATE: Rule = rule(
    "import-doubtful-date",
    Severity::Warning,
    "ngày không có thật hoặc mâu thuẫn, không nhập ngày đó",
    "a date that does not exist or contradicts another; it was left out",
);
/// A state that this program does not have.
pub static UNKNOWN_STATE: Rule =
    rule("import-unknown-state", Severity::Information, "tình trạng hiệu lực không dùng được, ghi là chưa rõ", "a state that can't be used; it is unknown");

const fn rule(id: &'static str, severity: Severity, vi: &'static str, en: &'static str) -> Rule {
    Rule { id, severity, summary: Text::fixed(vi, en), basis: None }
}

/// What was read: the files to write, and everything doubtful in the order of the lines.
#[derive(Debug, Default)]
pub struct LegalImport {
    pub files: Vec<CatalogueFile>,
    pub documents: usize,
    /// Documents that the office's own register has already.
    pub known: usize,
    pub diagnostics: Vec<Diagnostic>,
}

#[derive(Deserialize)]
struct SourceLine {
    number: Option<String>,
    title: Option<String>,
    issued_date_in_title: Option<String>,
    effect_status: Option<String>,
    effect: Option<SourceEffect>,
    source: Option<String>,
    vbpl_url: Option<String>,
}

#[derive(Deserialize)]
struct SourceEffect {
    issued_date: Option<String>,
    in_force_date: Option<String>,
    source: Option<String>,
}

/// The numbers that files of the office's own have.
pub fn own_numbers(files: &[(&str, &str)]) -> BTreeSet<DocumentNumber> {
    let read = |(path, text): &(&str, &str)| read_list::<RawLegalDocument>(&YamlText { file: Arc::from(*path), text, first_line: 1 }, &mut Vec::new());
    files.iter().flat_map(read).map(|(_, document)| DocumentNumber::new(&document.number)).collect()
}

/// Reads every line. What `own` has is left alone.
pub fn read(text: &str, path: &str, own: &BTreeSet<DocumentNumber>) -> LegalImport {
    let file: Arc<str> = path.into();
    let mut import = LegalImport::default();
    let mut kept: BTreeMap<DocumentNumber, (u32, Value)> = BTreeMap::new();
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    for (line_number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let mut tell = |rule: &'static Rule, vi: String, en: String| {
            import.diagnostics.push(Diagnostic::new(rule, Origin::position(file.clone(), line_number, 1), Text::new(vi, en)));
        };
        let source: SourceLine = match serde_json::from_str(line) {
            Ok(source) => source,
            Err(error) => {
                tell(&REFUSED_LINE, format!("không đọc được dòng này: {error}"), format!("this line could not be read: {error}"));
                continue;
            }
        };
        let title = source.title.as_deref().map(plain).filter(|title| !title.is_empty());
        let number = source.number.as_deref().map(plain).filter(|number| !number.is_empty());
        let Some(number) = number else {
            let title = title.unwrap_or_default();
            tell(&WITHOUT_NUMBER, format!("văn bản “{title}” không có số, ký hiệu"), format!("`{title}` has no number"));
            continue;
        };
        let key = DocumentNumber::new(&number);
        if own.contains(&key) {
            import.known += 1;
        } else if let Some((first, _)) = kept.get(&key) {
            tell(&DUPLICATE_NUMBER, format!("{number} đã có ở dòng {first}"), format!("{number} is on line {first} already"));
        } else {
            let record = record(&number, title, &source, &mut tell);
            kept.insert(key, (line_number, record));
        }
    }
    import.documents = kept.len();
    import.files = files(kept);
    import
}

fn plain(text: &str) -> String {
    one_line(&clean(text).text)
}

fn record(number: &str, title: Option<String>, source: &SourceLine, tell: &mut impl FnMut(&'static Rule, String, String)) -> Value {
    let mut date = |text: Option<&str>| -> Option<Date> {
        let text = text.map(str::trim).filter(|text| !text.is_empty())?;
        let date = text.parse().ok();
        if date.is_none() {
            tell(&DOUBTFUL_DATE, format!("{number}: “{text}” không phải là một ngày"), format!("{number}: `{text}` is not a date"));
        }
        date
    };
    let effect = source.effect.as_ref();
    let issued_on = date(effect.and_then(|effect| effect.issued_date.as_deref())).or_else(|| date(source.issued_date_in_title.as_deref()));
    let effective_on = date(effect.and_then(|effect| effect.in_force_date.as_deref()));
    let is_contradiction = issued_on.zip(effective_on).is_some_and(|(issued_on, effective_on)| effective_on < issued_on);
    if is_contradiction {
        tell(&DOUBTFUL_DATE, format!("{number}: ngày có hiệu lực trước ngày ban hành"), format!("{number}: it took effect before it was issued"));
    }
    let stated = source.effect_status.as_deref().filter(|stated| !stated.is_empty());
    let status = stated.filter(|stated| ["in_force", "not_yet_in_force", "partly_ended", "ended"].contains(stated));
    if let Some(stated) = stated.filter(|_| status.is_none()) {
        tell(&UNKNOWN_STATE, format!("{number}: tình trạng “{stated}”"), format!("{number}: state `{stated}`"));
    }
    let mut fields = Map::new();
    let mut put = |name: &str, value: Option<String>| drop(value.map(|value| fields.insert(name.to_owned(), value.into())));
    put("number", Some(number.to_owned()));
    put("title", Some(title.unwrap_or_else(|| number.to_owned())));
    put("issued_on", issued_on.map(|on| on.to_string()));
    put("effective_on", effective_on.filter(|_| !is_contradiction).map(|on| on.to_string()));
    put("status", status.map(str::to_owned));
    put("note", stated.filter(|_| status.is_none()).map(|stated| format!("Nguồn ghi tình trạng: {stated}.")));
    let from = [source.vbpl_url.as_ref(), effect.and_then(|effect| effect.source.as_ref()), source.source.as_ref()];
    put("source", from.into_iter().flatten().map(|source| plain(source)).find(|source| !source.is_empty()));
    Value::Object(fields)
}

/// A file a year, by the year in the number; split where one would grow too large to be read.
fn files(kept: BTreeMap<DocumentNumber, (u32, Value)>) -> Vec<CatalogueFile> {
    let mut years: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (number, (_, record)) in kept {
        years.entry(year(number.as_str())).or_default().push(record);
    }
    let mut files = Vec::new();
    for (year, records) in years {
        let mut texts: Vec<String> = vec![String::new()];
        for record in records {
            let text = yaml_writer::write(&Value::Array(vec![record]));
            let last = texts.last_mut().filter(|last| last.len() + 1 + text.len() <= FILE_LIMIT_BYTES);
            match last {
                Some(last) if last.is_empty() => *last = text,
                Some(last) => last.extend(["\n", &text]),
                None => texts.push(text),
            }
        }
        let name = |index: usize| if index == 0 { format!("{FILE_PREFIX}{year}.yaml") } else { format!("{FILE_PREFIX}{year}-{}.yaml", index + 1) };
        files.extend(texts.into_iter().enumerate().map(|(index, text)| CatalogueFile { name: name(index), text }));
    }
    files
}

/// `2024` of `31/2024/QH15`.
fn year(number: &str) -> String {
    let is_year = |part: &&str| part.len() == 4 && part.chars().all(|c| c.is_ascii_digit()) && (part.starts_with("19") || part.starts_with("20"));
    number.split('/').find(is_year).unwrap_or("khac").to_owned()
}
