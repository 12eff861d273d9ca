//! `congbo report --year`: what the lead unit sends up in November and December. The workbook is read back by another
//! program's reader, and compared with the Markdown and with the data.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use serde_json::Value;

use crate::project::Project;

const DAY: &str = "--as-of 2026-11-21";
const INSPECTION: &str = "content/inspections/2026.yaml";

fn workbook(project: &Project, year: i16) -> Vec<u8> {
    project.run(&format!("report --year {year} --out bao-cao.xlsx {DAY}")).exit(0).says("đã ghi bao-cao.xlsx");
    std::fs::read(project.path("bao-cao.xlsx")).expect("a workbook")
}

fn json(project: &Project, arguments: &str) -> Value {
    serde_json::from_str(&project.run(&format!("report --format json {arguments}")).out()).expect("JSON")
}

fn table<'r>(report: &'r Value, id: &str) -> &'r Value {
    report["tables"].as_array().expect("tables").iter().find(|table| table["id"] == id).unwrap_or_else(|| panic!("no table {id}"))
}

fn column(table: &Value, key: &str) -> usize {
    table["columns"].as_array().expect("columns").iter().position(|column| column["key"] == key).unwrap_or_else(|| panic!("no column {key}"))
}

/// The column of a table, row by row.
fn values(report: &Value, id: &str, key: &str) -> Vec<Value> {
    let table = table(report, id);
    let at = column(table, key);
    table["rows"].as_array().expect("rows").iter().map(|row| row[at].clone()).collect()
}

fn total(report: &Value, id: &str, key: &str) -> u64 {
    let table = table(report, id);
    table["total"][column(table, key)].as_u64().unwrap_or_else(|| panic!("{id} has no total of {key}"))
}

/// A cell as the data have it: numbers, texts, and dates as `2026-03-05`.
fn read_back(cell: &Data) -> Value {
    match cell {
        Data::Empty => Value::Null,
        Data::Float(number) if number.fract() == 0.0 => Value::from(*number as u64),
        Data::Float(number) => Value::from(*number),
        Data::DateTime(day) => {
            let first: jiff::civil::Date = "1899-12-30".parse().expect("the first day of a workbook");
            Value::from((first + jiff::Span::new().days(day.as_f64() as i64)).to_string())
        }
        Data::String(text) => Value::from(text.strip_prefix('\'').unwrap_or(text)),
        other => panic!("a cell of another kind: {other:?}"),
    }
}

fn same(cell: &Value, other: &Value) -> bool {
    cell == other || (cell.is_number() && cell.as_f64() == other.as_f64())
}

/// The rows of a Markdown table below a heading, headings of columns left out.
fn markdown_rows(text: &str, title: &str) -> Vec<Vec<String>> {
    let part = text.split(&format!("\n## {title}\n")).nth(1).unwrap_or_else(|| panic!("no table “{title}”"));
    let lines = part.lines().take_while(|line| !line.starts_with("## ")).filter(|line| line.starts_with("| "));
    let cells = |line: &str| line.trim_matches('|').split(" | ").map(|cell| cell.trim().trim_matches('*').to_owned()).collect();
    lines.skip(2).map(cells).collect()
}

/// As Markdown writes it.
fn written(cell: &Value) -> String {
    match cell {
        Value::Null => String::new(),
        Value::String(text) => match text.parse::<jiff::civil::Date>() {
            Ok(day) if text.len() == 10 => congbo::domain::short_date(day),
            _ => text.clone(),
        },
        Value::Number(number) => match number.as_u64() {
            Some(count) => congbo::domain::grouped(count),
            None => congbo::domain::decimal(number.as_f64().expect("a number"), 1),
        },
        other => panic!("{other}"),
    }
}

#[test]
fn the_workbook_the_markdown_and_the_data_say_the_same() {
    let project = Project::sample();
    let mut read: Xlsx<_> = Xlsx::new(Cursor::new(workbook(&project, 2026))).expect("a workbook");
    let report = json(&project, &format!("--year 2026 {DAY}"));
    let text = project.run(&format!("report --year 2026 {DAY}")).exit(0).out();
    let tables = report["tables"].as_array().expect("tables");
    let names: Vec<&str> = tables.iter().map(|table| table["sheet"].as_str().expect("a sheet")).collect();
    assert_eq!(read.sheet_names(), names);
    for (name, table) in names.iter().zip(tables) {
        let sheet = read.worksheet_range(name).expect("a sheet");
        let cell = |row: usize, at: usize| read_back(sheet.get_value((row as u32, at as u32)).unwrap_or(&Data::Empty));
        assert_eq!(cell(0, 0), table["title"]);
        let columns = table["columns"].as_array().expect("columns");
        columns.iter().enumerate().for_each(|(at, column)| assert_eq!(cell(2, at), column["title"], "{name}"));
        let rows: Vec<&Value> = table["rows"].as_array().expect("rows").iter().chain(table.get("total").filter(|total| !total.is_null())).collect();
        let in_text = markdown_rows(&text, table["title"].as_str().expect("a title"));
        assert_eq!(in_text.len(), rows.len(), "{name}");
        for (number, row) in rows.iter().enumerate() {
            for at in 0..columns.len() {
                let found = cell(3 + number, at);
                assert!(same(&found, &row[at]), "{name}, row {number}, column {at}: {found} is not {}", row[at]);
                assert_eq!(in_text[number][at], written(&row[at]), "{name}, row {number}, column {at}");
            }
        }
        let formulas = read.worksheet_formula(name).expect("formulas");
        assert!(formulas.used_cells().next().is_none(), "{name} holds a formula");
    }
}

#[test]
fn every_total_is_the_sum_of_its_rows_and_agrees_with_the_other_tables() {
    let report = json(&Project::sample(), &format!("--year 2026 {DAY}"));
    for table in report["tables"].as_array().expect("tables") {
        for (at, column) in table["columns"].as_array().expect("columns").iter().enumerate() {
            if column["kind"] == "count" && !table["total"].is_null() {
                let sum: u64 = table["rows"].as_array().expect("rows").iter().filter_map(|row| row[at].as_u64()).sum();
                assert_eq!(table["total"][at].as_u64(), Some(sum), "{}: {}", table["id"], column["key"]);
            }
        }
    }
    assert_eq!(report["is_reconciled"], true);
    assert!(values(&report, "reconciliation", "result").iter().all(|result| result == "Khớp"));
    // The province that the sample shows on its pages: 8 agencies, 5 obliged, 7 declared, 7 inspected of which 4 on site.
    assert_eq!(["agencies", "obliged", "declared"].map(|key| total(&report, "levels", key)), [8, 5, 7]);
    assert_eq!(["inspected", "on_site", "dossier", "not_yet"].map(|key| total(&report, "inspections", key)), [7, 4, 3, 0]);
    assert_eq!(["tot", "kha", "trung_binh", "yeu"].map(|key| total(&report, "ratings", key)), [4, 3, 0, 0]);
    assert_eq!(["first", "again"].map(|key| total(&report, "decisions", key)), [1, 4]);
}

#[test]
fn the_workbook_is_ready_to_print_and_the_same_every_time() {
    let project = Project::sample();
    let first = workbook(&project, 2026);
    project.run(&format!("report --year 2026 --out bao-cao.xlsx {DAY}")).exit(0).says("bao-cao.xlsx không thay đổi");
    std::fs::remove_file(project.path("bao-cao.xlsx")).expect("the workbook");
    assert!(first == workbook(&project, 2026), "the same report gave other bytes");
    let mut parts = zip::ZipArchive::new(Cursor::new(first)).expect("a zip");
    let mut part = |name: &str| {
        let mut text = String::new();
        parts.by_name(name).unwrap_or_else(|_| panic!("no {name}")).read_to_string(&mut text).expect("XML");
        text
    };
    let sheet = part("xl/worksheets/sheet6.xml");
    for wanted in ["<pane ySplit=\"3\"", "state=\"frozen\"", "paperSize=\"9\"", "orientation=\"landscape\"", "<cols>"] {
        assert!(sheet.contains(wanted), "{wanted} is not in {}", &sheet[..800.min(sheet.len())]);
    }
    assert!(part("xl/workbook.xml").contains("_xlnm.Print_Titles"), "the headings are not repeated on each page");
    assert!(part("docProps/core.xml").contains("2026-11-21T00:00:00Z"));
}

#[test]
fn it_says_that_it_is_not_the_official_form() {
    let text = Project::minimal().run(&format!("report --year 2026 {DAY}")).out();
    assert!(text.contains("không phải mẫu báo cáo ban hành kèm theo QĐ 19/2014/QĐ-TTg (Phụ lục II)"), "{text}");
    assert!(text.contains("tính đến ngày 21 tháng 11 năm 2026"), "{text}");
    let english = Project::minimal().run(&format!("report --year 2026 --lang en {DAY}")).out();
    assert!(english.contains("not the form issued with Decision 19/2014/QĐ-TTg (Annex II)") && english.contains("Table 1. "), "{english}");
    let page = Project::minimal().run(&format!("report --year 2026 --format html {DAY}")).out();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("<table>") && !page.contains("<script"), "{page}");
}

#[test]
fn stated_totals_that_do_not_add_up_are_errors_with_both_figures() {
    let project = Project::sample().edit(INSPECTION, "  on_site: 4\n", "  on_site: 14\n");
    project.run(&format!("check {DAY}")).exit(1).says("báo cáo ghi 14 cơ quan kiểm tra tại trụ sở, cộng từ chi tiết là 4");
    let report = json(&project, &format!("--year 2026 {DAY}"));
    assert_eq!(report["is_reconciled"], false);
    let errors = values(&report, "errors", "error");
    assert!(errors.iter().any(|error| error.as_str().is_some_and(|error| error.contains("14") && error.contains("là 4"))), "{errors:?}");
    let text = project.run(&format!("report --year 2026 {DAY}")).exit(1).out();
    assert!(text.contains("| 4 | Số tổng ghi trong dữ liệu kiểm tra | 14 | LỆCH |"), "{text}");
    // What is sent up is what was counted.
    assert_eq!(total(&report, "inspections", "on_site"), 4);
}

#[test]
fn who_lacks_what_is_told_whatever_the_public_site_shows() {
    let project = Project::sample()
        .edit("content/site.yaml", "show_overdue: true", "show_overdue: false")
        .edit(INSPECTION, "  - agency: so-tu-phap\n    form: on_site\n    record_on: 2026-10-08\n    rating: kha\n    score: 86\n    self_score: 92\n    findings:\n      - point: 2d\n        text: Mẫu đơn trên trang thông tin chưa thay theo văn bản mới.\n        due: 2026-12-05\n", "")
        .file("content/agencies/so-moi/agency.yaml", "id: so-moi\nname: Sở Mới\nlevel: department\n");
    let report = json(&project, &format!("--year 2026 {DAY}"));
    let lacks: Vec<(String, String)> = values(&report, "lacking", "agency")
        .iter()
        .zip(values(&report, "lacking", "lack"))
        .map(|(agency, lack)| (agency.as_str().expect("a name").to_owned(), lack.as_str().expect("words").to_owned()))
        .collect();
    let has = |agency: &str, lack: &str| lacks.iter().any(|(known, words)| known == agency && words.contains(lack));
    assert!(has("Sở Mới", "chưa công bố") && has("Sở Mới", "chưa được kiểm tra trong năm"), "{lacks:?}");
    assert!(has("Sở Tư pháp tỉnh Sông Mây", "chưa được kiểm tra trong năm"), "{lacks:?}");
    // A commune is encouraged, not obliged: that it has not declared is counted and no lack.
    assert!(!lacks.iter().any(|(agency, _)| agency.contains("Trảng Mây")), "{lacks:?}");
    assert_eq!((total(&report, "levels", "missing"), total(&report, "levels", "obliged_missing")), (2, 1));
    assert_eq!(total(&report, "inspections", "not_yet"), 1);
}

#[test]
fn an_earlier_year_is_counted_as_of_its_last_day() {
    let report = json(&Project::sample(), &format!("--year 2025 {DAY}"));
    assert_eq!(report["as_of"], "2025-12-31");
    // What was declared in 2026 had not been.
    let issued = values(&report, "agencies", "issued_on");
    assert!(issued.iter().filter_map(Value::as_str).all(|day| day <= "2025-12-31"), "{issued:?}");
    assert_eq!(["findings", "closed", "open", "overdue"].map(|key| total(&report, "points", key)), [5, 5, 0, 0]);
    // In the middle of December one was still open.
    let report = json(&Project::sample(), "--year 2025 --as-of 2025-12-10");
    assert_eq!(["findings", "closed", "open", "overdue"].map(|key| total(&report, "points", key)), [5, 4, 1, 0]);
    let _ = Project::sample().run(&format!("report --year 2027 {DAY}")).exit(2).says("năm 2027 chưa đến");
}

#[test]
fn texts_of_the_content_are_neither_formulas_nor_markdown() {
    let hostile = r#"=HYPERLINK(\"https://x.example\") | **đậm** <b>"#;
    let project = Project::sample().edit(INSPECTION, "Mẫu đơn trên trang thông tin chưa thay theo văn bản mới.", &format!("\"{hostile}\""));
    let hostile = hostile.replace('\\', "");
    let mut read: Xlsx<_> = Xlsx::new(Cursor::new(workbook(&project, 2026))).expect("a workbook");
    let name = read.sheet_names().into_iter().find(|name| name.contains("Chưa khắc phục")).expect("the sheet");
    let sheet = read.worksheet_range(&name).expect("the sheet");
    let texts: Vec<&str> = sheet.used_cells().filter_map(|(_, _, cell)| if let Data::String(text) = cell { Some(text.as_str()) } else { None }).collect();
    assert!(texts.contains(&format!("'{hostile}").as_str()), "{texts:?}");
    assert!(texts.iter().all(|text| !text.starts_with(['=', '+', '-', '@'])), "{texts:?}");
    let text = project.run(&format!("report --year 2026 {DAY}")).exit(0).out();
    assert!(text.contains(r#"=HYPERLINK("https://x.example") \| \*\*đậm\*\* \<b\>"#), "{text}");
}

#[test]
fn what_can_not_be_made_is_told() {
    let project = Project::minimal();
    project.run("report").exit(2).says("--year");
    project.run("report xa-thu --year 2026").exit(2).says("không dùng chung");
    project.run("report --year 2026 --format xlsx").exit(2).says("--out ten-tep.xlsx");
    project.run("report xa-thu --out tu-kiem-tra.xlsx").exit(2).says("không có dạng xlsx");
    project.run("report --year 26").exit(2).says("26");
    project.run("report xa-thu --out tu-kiem-tra.html").exit(0).says("đã ghi tu-kiem-tra.html");
    assert!(project.read("tu-kiem-tra.html").starts_with("<!DOCTYPE html>"));
}
