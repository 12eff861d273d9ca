//! Files that are broken, hostile or not what their name says: each ends in a clear message, within bounds.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::book::{Book, container, raw_row, raw_workbook, raw_workbook_with};
use crate::project::{Project, Run};

const HEADING: [(&str, &str); 2] = [("A", "Mã số TTHC"), ("B", "Tên thủ tục hành chính")];
const ROW: [(&str, &str); 2] = [("A", "1.000001"), ("B", "Cấp bản sao trích lục hộ tịch")];

/// Imports these bytes under a name.
fn import(name: &str, bytes: &[u8]) -> Run {
    Project::minimal().file(name, bytes).run(&format!("import xlsx {name}"))
}

fn rows(more: &str) -> String {
    format!("{}{}{more}", raw_row(1, &HEADING), raw_row(2, &ROW))
}

#[test]
fn the_least_workbook_is_read() {
    let _ = import("a.xlsx", &raw_workbook(&rows(""), "", "")).exit(0).says("không có gì thay đổi");
}

#[test]
fn a_cell_in_the_farthest_corner_takes_no_memory() {
    let corner = "<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>x</t></is></c></row>";
    let _ = import("a.xlsx", &raw_workbook(&rows(corner), "", "")).exit(0).says("Danh mục!XFD1048576: từ ô này trở đi nằm ngoài 50.000 dòng × 256 cột");
}

#[test]
fn a_container_that_unpacks_to_more_than_is_read_is_refused() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("xl/workbook.xml", SimpleFileOptions::default()).expect("a part");
    let piece = vec![b' '; 1024 * 1024];
    for _ in 0..80 {
        zip.write_all(&piece).expect("a part");
    }
    let bytes = zip.finish().expect("a container").into_inner();
    assert!(bytes.len() < 200_000);
    let _ = import("a.xlsx", &bytes).exit(2).says("tệp bung ra lớn hơn 64 MiB");
}

#[test]
fn one_text_that_every_cell_repeats_is_refused() {
    // 30 KB of text, 40,000 times.
    let strings = format!("<si><t>{}</t></si>", "x".repeat(30_000));
    let cells: String = (3..40_000).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>")).collect();
    let _ = import("a.xlsx", &raw_workbook(&rows(&cells), &strings, "")).exit(2).says("tệp chứa hơn 64 MiB chữ");
}

#[test]
fn a_hidden_sheet_is_told_and_not_read() {
    let project = Project::minimal().file("a.xlsx", raw_workbook(&rows(""), "", "state=\"veryHidden\""));
    let _ = project.run("import xlsx a.xlsx").exit(0).says("Danh mục: trang tính bị ẩn, không đọc").says("--sheet \"Danh mục\"");
    let shown = project.file("b.xlsx", raw_workbook(&rows(&raw_row(3, &[("A", "1.000002"), ("B", "Thủ tục ẩn")])), "", "state=\"hidden\""));
    let _ = shown.run("import xlsx b.xlsx --yes").exit(0).does_not_say("1.000002");
    let mut command = shown.command(&[], "import xlsx b.xlsx --yes --sheet");
    let _ = Run::of(command.arg("Danh mục")).exit(0).says("+ thủ tục 1.000002");
}

#[test]
fn a_formula_counts_as_what_was_computed_and_is_told() {
    let formula =
        "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>1.000001</t></is></c><c r=\"B2\" t=\"str\"><f>A1&amp;\"x\"</f><v>Tên do công thức tính</v></c></row>";
    let run = import("a.xlsx", &raw_workbook(&format!("{}{formula}", raw_row(1, &HEADING)), "", "")).exit(1);
    let _ = run.says("Danh mục!B2: 1 ô có công thức").says("→ “Tên do công thức tính”");
}

#[test]
fn an_error_in_a_cell_changes_nothing() {
    let error = "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>1.000001</t></is></c><c r=\"B2\" t=\"e\"><v>#REF!</v></c></row>";
    let run = import("a.xlsx", &raw_workbook(&format!("{}{error}", raw_row(1, &HEADING)), "", "")).exit(1);
    let _ = run.says("Danh mục!B2: ô này báo lỗi #REF!").says("không có gì thay đổi");
}

#[test]
fn broken_shared_strings_are_told() {
    let cell = "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>7</v></c><c r=\"B3\" t=\"s\"><v>-1</v></c></row>";
    let _ = import("a.xlsx", &raw_workbook(&rows(cell), "<si><t>một</t></si>", "")).exit(2).says("bảng tính hỏng ở trang tính “Danh mục”");
    let _ = import("b.xlsx", &raw_workbook(&rows(""), "<si><t>một</si>", "")).exit(2).says("bảng tính hỏng");
}

#[test]
fn a_part_that_is_missing_or_cut_is_told() {
    let _ = import("a.xlsx", &container(&[("xl/workbook.xml", b"<workbook/>")])).exit(2).says("tệp thiếu phần");
    let whole = raw_workbook(&rows(""), "", "");
    let _ = import("b.xlsx", &whole[..whole.len() / 2]).exit(2).says("tệp hỏng hoặc tải về chưa đủ");
}

#[test]
fn two_parts_of_one_name_are_refused() {
    let mut bytes = container(&[("xl/workbook.xml", b"<workbook/>"), ("xl/workbook.xmk", b"<workbook/>")]);
    let name = b"xl/workbook.xmk";
    let at: Vec<usize> = (0..bytes.len() - name.len()).filter(|at| bytes[*at..].starts_with(name)).collect();
    at.iter().for_each(|at| bytes[at + name.len() - 1] = b'l');
    let _ = import("a.xlsx", &bytes).exit(2).says("hai phần cùng tên");
}

#[test]
fn other_files_are_told_by_what_they_are() {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let old = |name: &str| [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), vec![0; 512], wide(name)].concat();
    for (bytes, said) in [
        (old("Workbook"), "tệp Excel kiểu cũ (.xls)"),
        (old("EncryptedPackage"), "tệp đặt mật khẩu nên không đọc được"),
        (old("WordDocument"), "tệp Word kiểu cũ (.doc)"),
        (b"%PDF-1.7\n".to_vec(), "tệp là PDF"),
        (b"<html><table><tr><td>1</td></tr></table></html>".to_vec(), "tệp là trang web"),
        (container(&[("content.xml", b"<x/>")]), "tệp của LibreOffice"),
        (container(&[("anh.png", b"x")]), "tệp nén"),
        (Vec::new(), "tệp rỗng"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "tệp không phải Excel, Word hay CSV"),
    ] {
        let _ = import("danh-sach.xlsx", &bytes).exit(2).says(said).says("danh-sach.xlsx: ");
    }
}

#[test]
fn a_wrong_ending_does_not_matter() {
    let _ = import("danh-muc.xls", &raw_workbook(&rows(""), "", "")).exit(0).says("không có gì thay đổi");
    let _ =
        import("danh-muc.xlsx", "Mã số TTHC;Tên thủ tục hành chính\n1.000001;Cấp bản sao trích lục hộ tịch\n".as_bytes()).exit(0).says("không có gì thay đổi");
}

#[test]
fn a_workbook_without_a_list_is_told() {
    let project = Project::minimal();
    Book::of("Sheet1", &[&["Xin chào"], &["1", "2", "3"]]).write(&project.path("a.xlsx"));
    let _ = project.run("import xlsx a.xlsx").exit(0).says("Sheet1: không nhận ra dòng tên cột").says("Mã số TTHC và Tên thủ tục hành chính");
}

#[cfg(target_os = "linux")]
#[test]
fn a_small_file_that_asks_for_all_memory_is_stopped() {
    // A quarter of a megabyte that holds ten million looks of cells.
    let looks = format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf/>".repeat(10_500_000));
    let bytes = raw_workbook_with(&rows(""), "", "", &[("xl/styles.xml", looks.as_bytes())]);
    assert!(bytes.len() < 300_000, "{}", bytes.len());
    let _ = import("a.xlsx", &bytes).exit(2).says("cần quá nhiều bộ nhớ hoặc thời gian nên đã dừng");
}
