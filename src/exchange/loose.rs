//! Cells that say several things at once, as offices write them: `03 ngày làm việc`, `8.000 đồng/bản`, numbers of laws one
//! below the other. What is plain becomes rows of the sheet that has a place for it; what is not is kept in words and told.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::RecordKind;
use super::cell::{count, normal, written};
use super::columns::{CellKind, Role, SHEETS, SheetKind};
use super::content::{Content, canonical};
use super::headings::{Heading, Loose, Meaning, plain};
use super::merge::{Remark, RemarkLevel};
use super::rows::{get, rows_of};
use super::sheet::{TypedCell, TypedRow, TypedSheet};
use super::typing::ListRow;
use crate::domain::DocumentNumber;

/// Field and level of the section that a procedure stands in, where the list has no column for them.
pub fn sections(rows: &mut [ListRow], kind: &SheetKind, content: &Content, heading: &Heading) {
    let columns = kind.columns();
    let at = |path: &str| columns.iter().position(|(role, column)| *role == Role::Inner && column.path == path);
    let is_there = |at: usize| heading.columns.iter().any(|(_, meaning)| *meaning == Meaning::Column(at));
    let (Some(field_at), Some(levels_at)) = (at("field"), at("levels")) else { return };
    let fields = content.records.values().filter_map(|record| get(&record.value, "field").and_then(Value::as_str));
    let spellings: BTreeMap<String, &str> = fields.map(|field| (plain(field), field)).collect();
    let known = |field: &str| spellings.get(&plain(field)).map_or(field.to_owned(), |field| (*field).to_owned());
    for row in rows {
        let Some(code) = row.cells[0].clone().filter(|cell| !cell.text.is_empty()) else { continue };
        let record = record_of(content, &code.text);
        if let Some(field) = row.section.field.as_deref().filter(|_| !is_there(field_at)) {
            row.cells[field_at] = Some(TypedCell::new(known(field), code.place.clone()));
        }
        // A procedure that is known has its levels already.
        if let Some(level) = row.section.level.filter(|_| !is_there(levels_at) && record.is_none()) {
            row.cells[levels_at] = Some(TypedCell::new(written(Some(&json!([level])), CellKind::Words("execution_level")), code.place));
        }
        // Another spelling of the same field is no other field.
        let own = record.and_then(|(_, record)| get(record, "field").and_then(Value::as_str));
        if let Some(cell) = row.cells[field_at].as_mut().filter(|cell| !normal(&cell.text).is_empty()) {
            cell.text = own.filter(|own| plain(own) == plain(&cell.text)).map_or_else(|| known(&normal(&cell.text)), str::to_owned);
        }
    }
}

fn record_of<'c>(content: &'c Content, code: &str) -> Option<(&'c Vec<String>, &'c Value)> {
    let id = (RecordKind::AdministrativeProcedure, canonical(RecordKind::AdministrativeProcedure, vec![normal(code)]));
    content.records.get_key_value(&id).map(|((_, key), record)| (key, &record.value))
}

/// Sheets of what the cells of a list say.
pub fn sheets(rows: &[ListRow], content: &Content, remarks: &mut Vec<Remark>, name: &str) -> Vec<TypedSheet> {
    let sheet = |label: &str| {
        SHEETS.iter().find(|sheet| sheet.label == label).map(|kind| TypedSheet { kind, name: name.to_owned(), rows: Vec::new(), is_partial: true })
    };
    let (Some(mut channels), Some(mut laws), Some(mut dossiers)) = (sheet("channels"), sheet("legal_bases"), sheet("dossiers")) else { return Vec::new() };
    for row in rows {
        let Some(code) = row.cells[0].as_ref().map(|cell| normal(&cell.text)).filter(|code| !code.is_empty()) else { continue };
        let of = |kind: Loose| row.loose.iter().find(|(other, cell)| *other == kind && !normal(&cell.text).is_empty()).map(|(_, cell)| cell);
        let known = record_of(content, &code);
        let cells = Cells { code: &code, methods: of(Loose::Methods), limit: of(Loose::TimeLimit), fees: of(Loose::Fees) };
        match known {
            Some(known) => cells.against(channels.kind, known, &mut channels.rows, remarks),
            None => cells.as_channels(channels.kind, &mut channels.rows, remarks),
        }
        if let Some(cell) = of(Loose::LegalBases) {
            legal_bases(laws.kind, &code, known, cell, &mut laws.rows);
        }
        if let Some(cell) = of(Loose::Papers) {
            match known.filter(|(_, record)| get(record, "dossiers").is_some()) {
                Some(_) => {
                    let hint = "sửa ở bảng Thành phần hồ sơ của tệp do  congbo export xlsx  tạo";
                    remarks.push(Remark::new(
                        RemarkLevel::Information,
                        &cell.place,
                        "nội dung đã có thành phần hồ sơ của thủ tục này: ô này không dùng đến",
                        hint,
                    ));
                }
                None => papers(dossiers.kind, &code, cell, &mut dossiers.rows),
            }
        }
    }
    [channels, laws, dossiers].into_iter().filter(|sheet| !sheet.rows.is_empty()).collect()
}

/// A row of a sheet with some cells filled, by the paths of their columns.
fn row(kind: &SheetKind, code: &str, place: &str, cells: &[(Role, &str, String)]) -> TypedRow {
    let cell = |(role, column): &(Role, &super::columns::Column)| {
        if *role == Role::Key {
            return Some(TypedCell::new(code, place));
        }
        let found = cells.iter().find(|(other, path, _)| other == role && *path == column.path);
        found.map(|(_, _, text)| TypedCell::new(text.clone(), place))
    };
    TypedRow { cells: kind.columns().iter().map(cell).collect() }
}

/// The cells about ways to hand in.
struct Cells<'c> {
    code: &'c str,
    methods: Option<&'c TypedCell>,
    limit: Option<&'c TypedCell>,
    fees: Option<&'c TypedCell>,
}

impl Cells<'_> {
    /// The channels of a new procedure.
    fn as_channels(&self, kind: &SheetKind, rows: &mut Vec<TypedRow>, remarks: &mut Vec<Remark>) {
        let Some(first) = self.methods.or(self.limit).or(self.fees) else { return };
        let mut methods = self.methods.map(|cell| methods(&cell.text)).unwrap_or_default();
        if methods.is_empty() {
            let hint = "sau khi nhập, thêm cách nộp khác ở bảng Cách thức thực hiện của tệp do  congbo export xlsx  tạo";
            remarks.push(Remark::new(RemarkLevel::Warning, &first.place, "danh sách không ghi cách nộp: ghi là nộp trực tiếp", hint));
            methods = vec!["direct"];
        }
        for (ordinal, method) in (1..).zip(methods) {
            let mut outer = vec![(Role::Ordinal, "", ordinal.to_string()), (Role::Outer, "method", method.to_owned())];
            if let Some(cell) = self.limit {
                let [value, unit, text] = limit(&cell.text);
                outer.extend([(Role::Outer, "time_limit.value", value), (Role::Outer, "time_limit.unit", unit), (Role::Outer, "time_limit.text", text)]);
            }
            let fees = self.fees.map(|cell| fees(&cell.text)).unwrap_or_else(|| vec![Vec::new()]);
            for fee in fees {
                let mut cells = outer.clone();
                cells.extend(fee.into_iter().map(|(path, text)| (Role::Inner, path, text)));
                rows.push(row(kind, self.code, &self.fees.unwrap_or(first).place, &cells));
            }
        }
    }

    /// A limit that is the same for all ways to hand in, of a procedure that is known. Fees are only compared.
    fn against(&self, kind: &SheetKind, (key, record): (&Vec<String>, &Value), rows: &mut Vec<TypedRow>, remarks: &mut Vec<Remark>) {
        let old = rows_of(kind, key, record);
        if old.is_empty() {
            return self.as_channels(kind, rows, remarks);
        }
        let columns = kind.columns();
        let at = |path: &str| columns.iter().position(|(role, column)| *role == Role::Outer && column.path == path).unwrap_or(0);
        let places = ["time_limit.value", "time_limit.unit", "time_limit.text"].map(at);
        let firsts = || old.iter().filter(|row| row.is_first);
        let hint = "so lại; nếu nội dung sai thì sửa ở bảng Cách thức thực hiện của tệp do  congbo export xlsx  tạo";
        if let Some(cell) = self.limit {
            let new = limit(&cell.text);
            let limits: Vec<[&String; 3]> = firsts().map(|row| places.map(|at| &row.cells[at])).collect();
            let same = |limit: &[&String; 3]| plain(&limit.map(String::as_str).join(" ")) == plain(&new.join(" "));
            let unit = written(Some(&json!(new[1])), CellKind::Word("time_unit"));
            let is_same = |limit: &[&String; 3]| same(limit) || (limit[0] == &new[0] && limit[1] == &unit && !new[0].is_empty());
            let is_new = !limits.iter().all(is_same);
            if is_new && limits.iter().all(|limit| limit == &limits[0]) && limits[0][2].is_empty() && !new[0].is_empty() {
                for old in &old {
                    let cells = columns.iter().zip(&old.cells).enumerate().map(|(index, (_, text))| {
                        let changed = places[..2].iter().position(|at| *at == index && old.is_first).map(|part| new[part].clone());
                        TypedCell::new(changed.unwrap_or_else(|| text.clone()), cell.place.clone())
                    });
                    rows.push(TypedRow { cells: cells.map(Some).collect() });
                }
            } else if is_new {
                let what = format!("thời hạn “{}” khác nội dung đang có, không đổi gì", normal(&cell.text).replace('\n', " "));
                remarks.push(Remark::new(RemarkLevel::Warning, &cell.place, what, hint));
            }
        }
        if let Some(cell) = self.fees
            && !firsts().all(|first| agrees(&first.outer, record, &cell.text))
        {
            let what = format!("phí, lệ phí “{}” khác nội dung đang có, không đổi gì", normal(&cell.text).replace('\n', " "));
            remarks.push(Remark::new(RemarkLevel::Warning, &cell.place, what, hint));
        }
    }
}

/// Whether the fees of a way to hand in are what a text says, as far as that can be told.
fn agrees(outer: &serde_json::Map<String, Value>, record: &Value, text: &str) -> bool {
    let channels = get(record, "channels").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let Some(channel) = channels.iter().find(|channel| channel.get("method") == outer.get("method")) else { return true };
    let old = channel.get("fees").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let is_free = |fee: &Value| fee.get("free") == Some(&Value::Bool(true));
    fees(text).iter().all(|new| {
        let part = |path: &str| new.iter().find(|(other, _)| *other == path).map(|(_, text)| text.as_str());
        match (part("free"), part("amount"), part("text")) {
            (Some(_), ..) => old.is_empty() || old.iter().all(is_free),
            (_, Some(amount), _) => old.iter().any(|fee| fee.get("amount").map(ToString::to_string).as_deref() == Some(amount)),
            (.., Some(text)) => old.iter().any(|fee| fee.get("text").and_then(Value::as_str).is_some_and(|other| plain(other) == plain(text))),
            _ => true,
        }
    })
}

/// Ways to hand in that a text names.
fn methods(text: &str) -> Vec<&'static str> {
    let folded = plain(text);
    let names = [("truc tiep", "direct"), ("truc tuyen", "online"), ("buu chinh", "postal"), ("buu dien", "postal")];
    let mut found: Vec<&'static str> = names.into_iter().filter(|(words, _)| folded.contains(words)).map(|(_, method)| method).collect();
    found.dedup();
    found
}

/// Number, unit and words of `03 ngày làm việc`; words alone where there is more to it.
fn limit(text: &str) -> [String; 3] {
    let text = normal(text);
    let folded = plain(&text);
    let unit = |rest: &str| match rest {
        "ngay lam viec" | "nlv" => Some("working_day"),
        "ngay" => Some("day"),
        "gio" | "gio lam viec" => Some("hour"),
        "thang" => Some("month"),
        "nam" => Some("year"),
        _ => None,
    };
    let (number, rest) = folded.split_once(' ').unwrap_or((&folded, ""));
    match (number.parse::<u32>().ok().filter(|number| *number > 0), unit(rest)) {
        (Some(number), Some(unit)) => [number.to_string(), unit.to_owned(), String::new()],
        _ => [String::new(), String::new(), text],
    }
}

/// The fees that a text states, line by line: free, one amount of money, or words.
fn fees(text: &str) -> Vec<Vec<(&'static str, String)>> {
    let lines = normal(text);
    let lines = lines.lines().map(|line| line.trim().trim_start_matches(['-', '+', '•']).trim()).filter(|line| !line.is_empty());
    lines.map(fee).collect()
}

fn fee(line: &str) -> Vec<(&'static str, String)> {
    let folded = plain(line);
    let is_free = matches!(
        folded.as_str(),
        "khong" | "khong co" | "mien phi" | "khong thu" | "khong thu phi" | "khong quy dinh" | "mien" | "khong thu phi le phi" | "khong mat phi"
    );
    if is_free {
        return vec![("free", "Có".to_owned())];
    }
    let kind = if folded.starts_with("le phi") {
        Some("fee")
    } else if folded.starts_with("phi") {
        Some("charge")
    } else {
        None
    };
    let start = line.find(|c: char| c.is_ascii_digit());
    let number: &str = start.map_or("", |start| line[start..].split(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).next().unwrap_or(""));
    let after = start.map_or("", |start| line[start + number.len()..].trim_start());
    let has_one_number = line.chars().filter(|c| c.is_ascii_digit()).count() == number.chars().filter(|c| c.is_ascii_digit()).count();
    let unit = plain(after);
    let is_money = ["dong", "vnd", "d"].iter().any(|word| unit == *word || unit.starts_with(&format!("{word} ")));
    let amount = count(number.trim_end_matches(['.', ','])).ok().filter(|amount| has_one_number && is_money && *amount >= 1_000);
    let mut fee: Vec<(&'static str, String)> = kind.map(|kind| ("kind", kind.to_owned())).into_iter().collect();
    match amount {
        Some(amount) => {
            fee.push(("amount", amount.to_string()));
            let is_plain =
                matches!(unit.as_str(), "dong" | "vnd" | "d") && start.is_some_and(|start| matches!(plain(&line[..start]).as_str(), "" | "phi" | "le phi"));
            if !is_plain {
                fee.push(("text", line.to_owned()));
            }
        }
        None => fee.push(("text", line.to_owned())),
    }
    fee
}

/// Numbers of laws in a text, in addition to those that the procedure has.
fn legal_bases(kind: &SheetKind, code: &str, known: Option<(&Vec<String>, &Value)>, cell: &TypedCell, rows: &mut Vec<TypedRow>) {
    let old = known.map(|(key, record)| rows_of(kind, key, record)).unwrap_or_default();
    let columns = kind.columns();
    let at = |path: &str| columns.iter().position(|(_, column)| column.path == path).unwrap_or(0);
    let has = |number: &DocumentNumber, title: &str| {
        old.iter().any(|row| DocumentNumber::new(&row.cells[at("number")]) == *number || (!title.is_empty() && plain(&row.cells[at("title")]) == plain(title)))
    };
    let mut added: Vec<TypedRow> = Vec::new();
    let mut seen: Vec<DocumentNumber> = Vec::new();
    for line in normal(&cell.text).lines().flat_map(|line| line.split(';')).map(|line| line.trim().trim_start_matches(['-', '+', '•', '*']).trim()) {
        let words = line.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')')).map(|word| word.trim_end_matches(['.', ':']));
        let numbers: Vec<DocumentNumber> =
            words.filter(|word| word.contains('/') || word.contains('-')).map(DocumentNumber::new).filter(DocumentNumber::is_well_formed).collect();
        for number in &numbers {
            if !has(number, "") && !seen.contains(number) {
                seen.push(number.clone());
                added.push(row(kind, code, &cell.place, &[(Role::Inner, "number", number.as_str().to_owned())]));
            }
        }
        if numbers.is_empty() && !line.is_empty() && !has(&DocumentNumber::new(line), line) {
            added.push(row(kind, code, &cell.place, &[(Role::Inner, "title", line.to_owned())]));
        }
    }
    if added.is_empty() {
        return;
    }
    for old in &old {
        rows.push(TypedRow { cells: old.cells.iter().map(|text| Some(TypedCell::new(text.clone(), cell.place.clone()))).collect() });
    }
    rows.extend(added);
}

/// Papers of a new procedure, one a line, with the numbers of copies that stand behind it.
fn papers(kind: &SheetKind, code: &str, cell: &TypedCell, rows: &mut Vec<TypedRow>) {
    let text = normal(&cell.text);
    let lines =
        text.lines().map(|line| line.trim().trim_start_matches(['-', '+', '•', '*']).trim().trim_end_matches([';', '.'])).filter(|line| !line.is_empty());
    rows.extend(lines.map(|line| {
        let (name, counts) = counted(line);
        let mut cells = vec![(Role::Ordinal, "", "1".to_owned()), (Role::Inner, "name", name.to_owned())];
        cells.extend(counts.iter().filter(|(_, count)| *count > 0).map(|(field, count)| (Role::Inner, *field, count.to_string())));
        row(kind, code, &cell.place, &cells)
    }));
}

/// A paper and how many of it are handed in, as in `Giấy khai sinh: 01 bản chính, 01 bản sao` or `Ảnh 4x6 (02 bản chính)`.
fn counted(line: &str) -> (&str, Vec<(&'static str, u32)>) {
    for (at, mark) in line.char_indices().filter(|(_, c)| matches!(c, ':' | '(')) {
        let tail = line[at + mark.len_utf8()..].trim().trim_end_matches([')', '.', ';']);
        let counts: Option<Vec<(&'static str, u32)>> = tail.split([',', ';']).flat_map(|part| part.split(" và ")).map(copies).collect();
        let is_whole = counts
            .as_ref()
            .is_some_and(|counts| counts.iter().any(|(_, count)| *count > 0) && counts.len() <= 2 && (counts.len() < 2 || counts[0].0 != counts[1].0));
        if let Some(counts) = counts.filter(|_| is_whole) {
            return (line[..at].trim_end_matches([' ', ';', '.', ',']), counts);
        }
    }
    (line, Vec::new())
}

/// `01 bản chính` or `Bản sao: 1`.
fn copies(text: &str) -> Option<(&'static str, u32)> {
    let folded = crate::domain::fold(text.trim());
    let folded = folded.strip_prefix("so luong").map_or(folded.as_str(), |rest| rest.trim_start_matches([':', ' ']));
    let digits = folded.trim_matches(|c: char| !c.is_ascii_digit());
    let words = folded.replacen(digits, "", 1);
    let field = match words.trim_matches([' ', ':', '-']) {
        "ban chinh" | "ban goc" => "originals",
        "ban sao" | "ban chup" | "ban sao y" | "ban sao chung thuc" | "ban photo" => "copies",
        _ => return None,
    };
    digits.parse().ok().filter(|count| *count < 100).map(|count| (field, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_copies_stand_behind_a_paper() {
        assert_eq!(counted("Giấy khai sinh: 01 bản chính, 00 bản sao"), ("Giấy khai sinh", vec![("originals", 1), ("copies", 0)]));
        assert_eq!(counted("Ảnh 4x6 (02 bản chính)"), ("Ảnh 4x6", vec![("originals", 2)]));
        assert_eq!(counted("Căn cước (Bản chính: 1, Bản sao: 2)"), ("Căn cước", vec![("originals", 1), ("copies", 2)]));
        assert_eq!(counted("Sổ hộ khẩu (bản sao) : Số lượng: 01 bản sao và 01 bản chính."), ("Sổ hộ khẩu (bản sao)", vec![("copies", 1), ("originals", 1)]));
        // What is no number of copies stays in the name.
        for line in ["Đơn đề nghị (Mẫu số 01)", "Bản chính: giấy ra viện", "Biên bản: 01 bản chính, 01 bản chính", "Tờ khai: 00 bản chính", "Giấy tờ khác"]
        {
            assert_eq!(counted(line), (line, vec![]), "{line}");
        }
    }
}
