//! The portal's grammar and its dirt, kind by kind.

use congbo::diagnostic::Severity;
use congbo::domain::fold;
use congbo::domain::vocabulary::{AdministrativeProcedureStatus, ExecutionLevel, FeeKind, SubmissionMethod, TimeUnit};
use congbo::import::national_portal::{Import, PortalFile, read};
use congbo::import::{catalogue_files, yaml_of};
use congbo::markdown::{PageFrame, to_html};
use congbo::parse::raw::*;
use serde_json::{Map, Value, json};

use super::words;

fn import(text: &str) -> Import {
    read(text, PortalFile { path: "portal.jsonl", checked_on: None })
}

/// A record with these fields above what every record has.
fn source(fields: Value) -> Map<String, Value> {
    let mut source = json!({ "Mã thủ tục": "1.000001", "Tên thủ tục": "Cấp giấy mẫu", "Lĩnh vực": "Hộ tịch" });
    let all = source.as_object_mut().expect("an object");
    all.extend(fields.as_object().expect("an object").clone());
    all.clone()
}

/// Imports one record, sees that no word is lost, and returns it with the ids of the rules it met.
#[track_caller]
fn one(fields: Value) -> (RawAdministrativeProcedure, Vec<&'static str>) {
    let source = source(fields);
    let Import { mut records, diagnostics } = import(&Value::Object(source.clone()).to_string());
    let record = records.pop().expect("one record");
    let lost = words::lost(&source, &record);
    assert!(lost.is_empty(), "lost {lost:?} of {source:#?}\nin {:#?}", yaml_of(&record));
    (record, diagnostics.iter().map(|diagnostic| diagnostic.rule.id).collect())
}

fn channel(lines: &str) -> (RawChannel, Vec<&'static str>) {
    let (mut record, rules) = one(json!({ "Cách thức thực hiện": format!("  * Hình thức nộp: DIRECT\n{lines}") }));
    (record.channels.remove(0), rules)
}

fn fee(written: &str) -> (RawFee, Vec<&'static str>) {
    let (mut channel, rules) = channel(&format!("    Thời hạn giải quyết: 5 WORKING_DAY\n    Phí, lệ phí: {written}"));
    (channel.fees.remove(0), rules)
}

/// Every word of a Markdown text is shown, and nothing of it became code, a heading or a link.
#[track_caller]
pub fn assert_shows_its_words(markdown: &str) {
    let html = to_html(markdown, &PageFrame { top_heading: 2, link: &|_| None });
    for tag in ["<pre", "<code", "<h", "<a ", "<em", "<del", "<table", "<blockquote", "<ol", "<sup"] {
        assert!(!html.contains(tag), "{tag} in {html}\nof {markdown}");
    }
    let mut shown = String::new();
    let mut is_tag = false;
    for c in html.chars() {
        match c {
            '<' => is_tag = true,
            '>' => (is_tag, shown) = (false, shown + " "),
            c if !is_tag => shown.push(c),
            _ => {}
        }
    }
    let shown = shown.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    let words = |text: &str| fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&shown), words(markdown), "{html}\nof {markdown}");
}

#[test]
fn simple_fields_keep_their_words() {
    let (record, rules) = one(json!({
        "Số quyết định": "163/QĐ-BTP",
        "Cấp thực hiện": "Cấp Xã",
        "Loại thủ tục": "NOT_ASSIGNED_REGULATION",
        "Đối tượng thực hiện": "Công dân Việt Nam, Tổ chức (không bao gồm doanh nghiệp, HTX), Cán bộ, công chức, viên chức",
        "Cơ quan thực hiện": "Ủy ban nhân dân cấp xã",
        "Cơ quan có thẩm quyền": "Không có thông tin",
        "Kết quả thực hiện": "Giấy khai sinh, Quyết định cho, nhận (nếu có), Văn bản từ chối",
        "Từ khóa": "sinh, giấy khai sinh",
    }));
    assert_eq!(record.levels, [ExecutionLevel::Commune]);
    assert_eq!(record.applicants, ["Công dân Việt Nam", "Tổ chức (không bao gồm doanh nghiệp, HTX)", "Cán bộ, công chức, viên chức"]);
    assert_eq!(record.announcement.as_ref().map(|announcement| announcement.number.as_str()), Some("163/QĐ-BTP"));
    assert_eq!(record.regulation.as_deref(), Some("TTHC không được luật giao quy định chi tiết"));
    assert_eq!(record.competent_agency, None);
    assert_eq!(record.results, ["Giấy khai sinh", "Quyết định cho, nhận (nếu có)", "Văn bản từ chối"]);
    assert_eq!(record.keywords, ["sinh", "giấy khai sinh"]);
    assert!(rules.is_empty(), "{rules:?}");
}

#[test]
fn unknown_labels_applicants_and_levels_are_kept() {
    let (record, rules) = one(json!({
        "Cấp thực hiện": "Cấp Xã, Cấp Huyện",
        "Đối tượng thực hiện": "Hộ kinh doanh (cá nhân, nhóm), Doanh nghiệp",
        "Ghi chú nội bộ": "Xem lại\nhai dòng",
    }));
    assert_eq!(record.levels, [ExecutionLevel::Commune]);
    assert_eq!(record.applicants, ["Hộ kinh doanh (cá nhân, nhóm)", "Doanh nghiệp"]);
    assert_eq!(record.import_notes, ["Cấp thực hiện: Cấp Huyện", "Ghi chú nội bộ: Xem lại\nhai dòng"]);
    assert_eq!(rules, ["import-unstructured"; 3]);
}

#[test]
fn a_deleted_code_is_an_abolished_procedure() {
    let (record, rules) = one(json!({ "Mã thủ tục": "1.014955-Xoa" }));
    assert_eq!((record.code.0.as_str(), record.status), ("1.014955", AdministrativeProcedureStatus::Abolished));
    assert_eq!(rules, ["import-unstructured"]);
}

#[test]
fn channels_are_read_block_by_block() {
    let text = "  * Hình thức nộp: ONLINE\n    Thời hạn giải quyết: 5 WORKING_DAY\n    Phí, lệ phí: 20000 VNĐ (Lệ phí cấp mới) | 5000 VNĐ (Phí thẩm định (nếu có))\n    Mô tả: Trong 5 ngày:\n- Sở: 3 ngày\n    Thời hạn giải quyết: không tính ngày nghỉ\n  * Hình thức nộp: POSTAL\n    Thời hạn giải quyết: 12 ngày\n    Phí, lệ phí: Không có thông tin";
    let (record, rules) = one(json!({ "Cách thức thực hiện": text }));
    let [online, postal] = record.channels.as_slice() else { panic!("{:?}", record.channels) };
    let limit = online.time_limit.as_ref().expect("a limit");
    assert_eq!((online.method, limit.value, limit.unit), (SubmissionMethod::Online, Some(5), Some(TimeUnit::WorkingDay)));
    assert_eq!(
        online.fees.iter().map(|fee| (fee.kind, fee.amount)).collect::<Vec<_>>(),
        [(Some(FeeKind::Fee), Some(20_000)), (Some(FeeKind::Charge), Some(5_000))]
    );
    assert_eq!(online.note.as_deref(), Some("Trong 5 ngày:\n\n- Sở: 3 ngày\n\nThời hạn giải quyết: không tính ngày nghỉ"));
    assert_eq!((postal.time_limit.as_ref().and_then(|limit| limit.unit), postal.fees.len()), (Some(TimeUnit::Day), 0));
    assert!(rules.is_empty(), "{rules:?}");
}

#[test]
fn an_unknown_method_is_kept_as_a_note() {
    let (record, rules) =
        one(json!({ "Cách thức thực hiện": "Nộp ở quầy\n  * Hình thức nộp: FAX\n    Thời hạn giải quyết: 2 HOUR\n    Phí, lệ phí: Theo giờ" }));
    assert!(record.channels.is_empty());
    assert_eq!(record.import_notes.len(), 2);
    assert_eq!(rules, ["import-unstructured"; 2]);
}

#[test]
fn zero_is_not_free() {
    let (zero, rules) = fee("0 VNĐ (Phí thẩm định: 150.000 đồng/hồ sơ)");
    assert_eq!((zero.amount, zero.free, zero.kind), (None, false, Some(FeeKind::Charge)));
    assert_eq!(zero.text.as_deref(), Some("Phí thẩm định: 150.000 đồng/hồ sơ"));
    assert_eq!(rules, ["import-doubtful-fee"]);
    let (bare, rules) = fee("0 VNĐ ()");
    assert_eq!((bare.amount, bare.free, bare.text), (Some(0), false, None));
    assert_eq!(rules, ["import-doubtful-fee"]);
    for text in ["Miễn phí", "Không thu phí", "- Miễn lệ phí (Thông tư số 47/2019/TT-BTC).", "Không có."] {
        let (free, rules) = fee(&format!("0 VNĐ ({text})"));
        assert_eq!((free.amount, free.free), (None, true), "{text}");
        assert!(rules.is_empty() && free.text.is_some());
    }
    for text in ["Miễn lệ phí cho hộ nghèo", "Không quy định", "Theo quy định"] {
        assert!(!fee(&format!("0 VNĐ ({text})")).0.free, "{text}");
    }
}

#[test]
fn small_amounts_are_told_and_not_repaired() {
    let (small, rules) = fee("20 VNĐ (20.000 đ/tờ khai)");
    assert_eq!((small.amount, small.currency, small.text.as_deref()), (Some(20), None, Some("20.000 đ/tờ khai")));
    assert_eq!(rules, ["import-doubtful-fee"]);
    let (dollars, rules) = fee("145 VNĐ (Thẻ tạm trú: 145 USD/thẻ.)");
    assert_eq!((dollars.amount, dollars.currency.as_deref()), (Some(145), Some("USD")));
    assert_eq!(rules, ["import-doubtful-fee"]);
    assert_eq!(fee("45 VNĐ (Thẻ: 145 USD/thẻ.)").0.currency, None);
    assert_eq!(fee("Theo biểu phí | đính kèm").0.text.as_deref(), Some("Theo biểu phí"));
    assert_eq!(fee("99999999999999999999999 VNĐ (quá lớn)").0.amount, None);
    assert_eq!(fee("5000 VNĐ ((hồ sơ))").0.text.as_deref(), Some("hồ sơ"));
    assert_eq!(fee("5000 VNĐ (Giá dịch vụ in)").0.kind, Some(FeeKind::Price));
}

#[test]
fn a_limit_without_a_unit_is_text() {
    let limit = |written: &str, description: &str| {
        let (channel, rules) = channel(&format!("    Thời hạn giải quyết: {written}\n    Phí, lệ phí: Không có thông tin{description}"));
        let limit = channel.time_limit.map(|limit| (limit.value, limit.text));
        (limit, channel.note, rules)
    };
    let told = vec!["import-doubtful-limit"];
    assert_eq!(limit("1 OTHER", "\n    Mô tả: Trong ngày"), (Some((None, Some("Trong ngày".into()))), None, told.clone()));
    assert_eq!(limit(" OTHER", ""), (None, None, told.clone()));
    assert_eq!(limit("1 OTHER", "\n    Mô tả: a:\n- b"), (Some((None, Some("Theo mô tả".into()))), Some("a:\n\n- b".into()), told.clone()));
    assert_eq!(limit("Không quá 03 ngày. OTHER", ""), (Some((None, Some("Không quá 03 ngày.".into()))), None, told.clone()));
    assert_eq!(limit("20 OTHER", ""), (Some((None, Some("20 (nguồn không ghi đơn vị)".into()))), None, told.clone()));
    assert_eq!(limit("7.5 WORKING_DAY", ""), (Some((None, Some("7,5 ngày làm việc".into()))), None, told.clone()));
    assert_eq!(limit("Ngay khi nhận", ""), (Some((None, Some("Ngay khi nhận".into()))), None, told));
    assert_eq!(limit("2 MONTH", ""), (Some((Some(2), None)), None, vec![]));
}

#[test]
fn dossiers_have_cases_papers_and_instructions() {
    let text = "    - + Đơn\n      Số lượng: Bản chính: 1, Bản sao: 0\n  [ Giấy tờ phải xuất trình ]\n    - -\tCăn cước\n      Số lượng: Bản chính: 1, Bản sao: 2\n    - \u{F076}Nộp ở đâu thì nhận ở đó\n      Số lượng: Bản chính: 0, Bản sao: 0";
    let (record, rules) = one(json!({ "Thành phần hồ sơ": text }));
    let [first, shown] = record.dossiers.as_slice() else { panic!("{:?}", record.dossiers) };
    assert_eq!((first.case.as_deref(), first.components[0].name.as_str(), first.components[0].originals), (None, "Đơn", Some(1)));
    assert_eq!(shown.case.as_deref(), Some("Giấy tờ phải xuất trình"));
    assert_eq!(shown.components.iter().map(|paper| paper.name.as_str()).collect::<Vec<_>>(), ["Căn cước", "Nộp ở đâu thì nhận ở đó"]);
    assert_eq!((shown.components[0].copies, shown.components[0].present_only), (Some(2), true));
    let instruction = &shown.components[1];
    assert_eq!((instruction.originals, instruction.copies, instruction.present_only), (Some(0), Some(0), false));
    assert!(rules.contains(&"import-doubtful-component"), "{rules:?}");
}

#[test]
fn numbers_of_legal_documents_are_found() {
    let basis = |text: &str| {
        let (mut record, rules) = one(json!({ "Căn cứ pháp lý": format!("  * {text}") }));
        let Short(basis) = record.legal_bases.remove(0);
        (basis.number, basis.title, rules)
    };
    let found = |number: &str, title: &str| (Some(number.to_owned()), Some(title.to_owned()), vec![]);
    assert_eq!(basis("Luật Hộ tịch (sửa đổi)\nnăm 2014 (60/2014/QH13)"), found("60/2014/QH13", "Luật Hộ tịch (sửa đổi) năm 2014"));
    assert_eq!(basis("Luật X (Luật số 32/2024/QH15)"), found("32/2024/QH15", "Luật X (Luật số 32/2024/QH15)"));
    assert_eq!(basis("Nghị quyết (32/2026/NQ-HĐND (thành phố A))"), found("32/2026/NQ-HĐND", "Nghị quyết (32/2026/NQ-HĐND (thành phố A))"));
    assert_eq!(basis("Quyết định (44 /2026/QĐ- UBND.)"), found("44/2026/QĐ-UBND", "Quyết định"));
    assert_eq!(basis("Nghị định (12/2020)").2, ["import-malformed-number"]);
    assert_eq!(basis("Trang chủ"), (None, Some("Trang chủ".into()), vec!["import-unstructured"]));
}

#[test]
fn a_malformed_decision_number_is_kept() {
    for (written, kept) in [("2580", "2580"), ("QĐ/0001-BCA", "QĐ/0001-BCA"), ("628 /QĐ-BCT", "628/QĐ-BCT"), ("Quyết định số 518/QĐ-BQP", "518/QĐ-BQP")]
    {
        let (record, _) = one(json!({ "Số quyết định": written }));
        assert_eq!(record.announcement.map(|announcement| announcement.number).as_deref(), Some(kept));
    }
}

#[test]
fn steps_render_as_they_were_written() {
    let text = "  * Cấp mới\n    Bước 1: Nộp * hồ sơ_tại_[quầy](x) <b> &amp; `mã`\n    1. Kiểm\n    3. Tra\n    - một\n    + hai\n    và tiếp\n        + thụt sâu\n    # không phải tiêu đề\n    > không trích\n    ~~gạch~~ $5\n    ---\n    a | b\n    --|--\n    đ) điểm\n    • chấm\n    -5 độ\n    [^1]: chú thích\\\n    == bằng";
    let (record, _) = one(json!({ "Trình tự thực hiện": text }));
    let Some(ListOr::Other(steps)) = record.steps else { panic!("no steps") };
    assert_shows_its_words(&steps);
    assert!(steps.starts_with("**Cấp mới**\n\nBước 1: Nộp \\* hồ"), "{steps}");
    assert!(steps.contains("3\\. Tra\n\n- một\n  - hai và tiếp\n  - thụt sâu\n\n\\# không"), "{steps}");
}

#[test]
fn invisible_characters_are_taken_out() {
    let (record, rules) = one(json!({ "Tên thủ tục": "Cấp\u{A0}gi\u{AD}ấy\tmẫu\u{200E}\u{2028}hai  do\u{300}ng Ðà" }));
    assert_eq!(record.name, "Cấp giấy mẫu hai dòng Đà");
    assert!(rules.is_empty(), "{rules:?}");
    let (record, rules) = one(json!({ "Mô tả": "a\u{0}b\u{1b}[31m" }));
    assert_eq!(record.description.as_deref(), Some("a b \\[31m"));
    assert_eq!(rules, ["import-removed-characters"]);
}

#[test]
fn bad_lines_are_told_with_their_line_and_the_others_are_read() {
    let good = Value::Object(source(json!({}))).to_string();
    let huge = format!("{{\"Mã thủ tục\":\"1.000002\",\"Mô tả\":\"{}\"}}", "a ".repeat(600_000));
    let deep = "[".repeat(100_000);
    let lines = ["\u{FEFF}", "", "không phải JSON", "[1, 2]", "\"text\"", "{\"Mã thủ tục\": 5}", "{}", &huge, &deep, "{\"a\":\"\\ud800\"}", "\0", &good];
    let import = import(&lines.join("\r\n"));
    assert_eq!(import.records.len(), 1);
    assert!(import.diagnostics.iter().all(|diagnostic| diagnostic.severity == Severity::Error), "{:#?}", import.diagnostics);
    let places: Vec<String> = import.diagnostics.iter().map(|diagnostic| diagnostic.origin.to_string()).collect();
    let expected: Vec<String> = [(3, 1), (4, 1), (5, 1), (6, 2), (7, 1), (8, 1), (9, 1), (10, 1), (11, 1)]
        .iter()
        .map(|(line, column)| format!("portal.jsonl:{line}:{column}"))
        .collect();
    assert_eq!(places, expected);
}

#[test]
fn wrong_types_are_kept_as_text() {
    let line = r#"{"Mã thủ tục":"1.000003","Tên thủ tục":["a",{"b":1}],"Lĩnh vực":null,"Trình tự thực hiện":7,"Từ khóa":true,"Từ khóa":"hai lần"}"#;
    let import = import(line);
    let record = &import.records[0];
    assert_eq!(record.name, r#"["a",{"b":1}]"#);
    assert!(matches!(&record.steps, Some(ListOr::Other(steps)) if steps == "7"));
    assert_eq!((record.keywords.as_slice(), record.import_notes.as_slice()), (["true".to_owned()].as_slice(), ["Từ khóa: hai lần".to_owned()].as_slice()));
}

#[test]
fn the_second_record_of_a_code_is_not_lost() {
    let lines = [source(json!({})), source(json!({})), source(json!({ "Tên thủ tục": "Tên khác", "Mã thủ tục": "1.000001.000.00.00.H55" }))];
    let text = lines.map(|line| Value::Object(line).to_string()).join("\n");
    let import = import(&text);
    assert_eq!(import.records.len(), 1);
    assert_eq!(import.diagnostics.iter().map(|diagnostic| diagnostic.rule.id).collect::<Vec<_>>(), ["import-duplicate-code"; 2]);
    assert_eq!(import.records[0].name, "Cấp giấy mẫu");
    assert_eq!(import.records[0].import_notes, ["Dòng 3 cùng mã, Mã thủ tục: 1.000001.000.00.00.H55", "Dòng 3 cùng mã, Tên thủ tục: Tên khác"]);
}

#[test]
fn files_are_sorted_and_split_and_always_the_same() {
    let line = |number: usize, field: &str| {
        Value::Object(source(json!({ "Mã thủ tục": format!("1.{number:06}"), "Lĩnh vực": field, "Mô tả": "dài ".repeat(50_000) }))).to_string()
    };
    let mut lines: Vec<String> = (0..9).map(|number| line(number, if number % 2 == 0 { "Đất đai" } else { "ĐẤT - ĐAI" })).collect();
    lines.push(line(20, "Đất đai 2"));
    lines.push(line(21, "***"));
    let files = catalogue_files(&import(&lines.join("\n")).records);
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["dat-dai-2.yaml", "dat-dai-3.yaml", "dat-dai-4.yaml", "dat-dai.yaml", "khong-ro-linh-vuc.yaml"]);
    lines.reverse();
    assert_eq!(catalogue_files(&import(&lines.join("\n")).records), files);
}

#[test]
fn parts_that_the_record_does_not_state_are_named() {
    use congbo::domain::vocabulary::AdministrativeProcedurePart as Part;
    let (record, _) = one(json!({ "Trình tự thực hiện": "Nộp hồ sơ.", "Kết quả thực hiện": "Giấy phép" }));
    let lacks = record.source.expect("a source").lacks;
    assert!(lacks.contains(&Part::Channels) && lacks.contains(&Part::Dossiers) && lacks.contains(&Part::Sets), "{lacks:?}");
    assert!(!lacks.contains(&Part::Steps) && !lacks.contains(&Part::Results), "{lacks:?}");
}
