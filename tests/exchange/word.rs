//! Lists in tables of Word documents.

use super::book::container;
use crate::project::Project;

/// A document of these tables, each made of rows of cells.
fn document(tables: &[&str]) -> Vec<u8> {
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>\
         <w:p><w:r><w:t>DANH MỤC (MẪU)</w:t></w:r></w:p>{}</w:body></w:document>",
        tables.iter().map(|rows| format!("<w:tbl><w:tblPr/>{rows}</w:tbl><w:p/>")).collect::<String>()
    );
    container(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", xml.as_bytes())])
}

fn row(cells: &[&str]) -> String {
    format!("<w:tr>{}</w:tr>", cells.iter().map(|text| cell("", text)).collect::<String>())
}

fn cell(properties: &str, text: &str) -> String {
    let paragraphs: String = text.split('\n').map(|line| format!("<w:p><w:r><w:t xml:space=\"preserve\">{line}</w:t></w:r></w:p>")).collect();
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>")
}

const HEADING: [&str; 4] = ["STT", "Mã số TTHC", "Tên thủ tục hành chính", "Thời hạn giải quyết"];

#[test]
fn tables_of_a_document_are_read_with_merged_cells_sections_and_repeated_headings() {
    let section = format!("<w:tr>{}{}</w:tr>", cell("", "I"), cell("<w:gridSpan w:val=\"3\"/>", "Lĩnh vực Hộ tịch"));
    let merged = |number: &str, code: &str, name: &str, merge: &str, text: &str| {
        format!("<w:tr>{}{}{}{}</w:tr>", cell("", number), cell("", code), cell("", name), cell(merge, text))
    };
    let first = [
        row(&HEADING),
        section,
        merged("1", "1.000002", "[MẪU] Cấp giấy &amp; tờ\nmẫu", "<w:vMerge w:val=\"restart\"/>", "03 ngày làm việc"),
        merged("2", "1.000003", "[MẪU] Cấp giấy hai", "<w:vMerge/>", ""),
        row(&HEADING),
        row(&["3", "1.000004", "[MẪU] Cấp giấy ba", "10 ngày"]),
    ];
    // The second table goes on on the next page, the third is another one.
    let second = row(&["4", "1.000005", "[MẪU] Cấp giấy bốn", "01 tháng"]);
    let third = row(&["Điện thoại", "Ghi chú"]);
    let project = Project::minimal().file("a.docx", document(&[&first.concat(), &second, &third]));
    let run = project.run("import docx a.docx --yes").exit(0).says("thêm 4, sửa 0, xóa 0");
    let _ = run.says("Bảng 3: không nhận ra dòng tên cột");
    let text = project.read("content/administrative-procedures/list.yaml");
    for part in [
        "  name: \"[MẪU] Cấp giấy & tờ mẫu\"\n",
        "  name: \"[MẪU] Cấp giấy hai\"\n  field: Hộ tịch\n  channels:\n    - method: direct\n      time_limit:\n        value: 3\n        unit: working_day\n",
        "        value: 10\n        unit: day\n",
        "        value: 1\n        unit: month\n",
    ] {
        assert!(text.contains(part), "no {part} in {text}");
    }
}

#[test]
fn a_list_of_documents_is_read_from_word() {
    let rows = [row(&["TT", "Ký hiệu", "Tên tài liệu", "Ngày ban hành", "Lần sửa đổi"]), row(&["1", "HD 09/HB", "Hướng dẫn mẫu", "02/11/2026", "00"])];
    let project = Project::sample().file("a.docx", document(&[&rows.concat()]));
    let _ = project.run("import docx a.docx --yes --agency phuong-hoa-ban").exit(0).says("+ tài liệu HD 09/HB: Hướng dẫn mẫu");
    assert!(project.read("content/agencies/phuong-hoa-ban/documents.yaml").contains("    revision: 0\n    issued_on: 2026-11-02\n"));
}

#[test]
fn documents_without_tables_or_broken_ones_are_told() {
    let project = Project::minimal().file("a.docx", document(&[])).file("b.docx", container(&[("word/document.xml", b"<w:document><w:tbl><w:tr></w:tc>")]));
    let _ = project.run("import docx a.docx").exit(2).says("tệp Word không có bảng nào");
    let _ = project.run("import docx b.docx").exit(2).says("tệp Word hỏng");
    let deep = "<w:tbl><w:tr><w:tc>".repeat(40);
    let project = project.file("c.docx", container(&[("word/document.xml", format!("<w:document>{deep}").as_bytes())]));
    let _ = project.run("import docx c.docx").exit(2).says("lồng nhau quá nhiều lớp");
}
