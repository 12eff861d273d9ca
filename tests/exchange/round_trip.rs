//! The workbook that this program makes: out, back in, and out again.

use std::io::Read;

use zip::ZipArchive;

use super::book::Book;
use crate::project::{Project, tree};

const PROCEDURES: &str = "Thủ tục hành chính";
const AGENCY: &str = "phuong-hoa-ban";

fn export(project: &Project, file: &str) -> Vec<u8> {
    let _ = project.run(&format!("export xlsx --agency {AGENCY} --out {file}")).exit(0).says("đã xuất 24 thủ tục");
    std::fs::read(project.path(file)).expect("a workbook")
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    let project = Project::sample();
    assert_eq!(export(&project, "a.xlsx"), export(&project, "b.xlsx"));
    let _ = project.run("export xlsx --agency phuong-hoa-ban --out a.xlsx").exit(0).says("không ghi lại");
}

#[test]
fn a_workbook_that_nobody_changed_changes_nothing() {
    let project = Project::sample();
    export(&project, "a.xlsx");
    let before = tree(&project.path("content"));
    let _ = project.run("import xlsx a.xlsx --yes --delete-missing").exit(0).says("thêm 0, sửa 0, xóa 0; danh sách thiếu 0").says("không ghi gì");
    assert!(before == tree(&project.path("content")));
}

#[test]
fn export_import_export_is_identical() {
    let project = Project::sample();
    let first = export(&project, "a.xlsx");
    for path in ["content/administrative-procedures", "content/agencies/phuong-hoa-ban/objectives", "content/agencies/phuong-hoa-ban/results"] {
        std::fs::remove_dir_all(project.path(path)).expect("a folder");
    }
    let project = project.without("content/agencies/phuong-hoa-ban/documents.yaml");
    let _ = project.run("import xlsx a.xlsx --yes").exit(0).says("thêm 123, sửa 0, xóa 0");
    assert!(first == export(&project, "b.xlsx"));
}

#[test]
fn the_whole_catalogue_goes_out_and_comes_back() {
    let project = Project::sample();
    let _ = project.run("export xlsx --out a.xlsx").exit(0).says("đã xuất 42 thủ tục");
    std::fs::remove_dir_all(project.path("content/administrative-procedures")).expect("a folder");
    let _ = project.run("import xlsx a.xlsx --yes").exit(0).says("thêm 42");
    let _ = project.run("export xlsx --out b.xlsx").exit(0);
    assert!(std::fs::read(project.path("a.xlsx")).expect("a workbook") == std::fs::read(project.path("b.xlsx")).expect("a workbook"));
    let names: Vec<String> = Book::read(&project.path("a.xlsx")).sheets.into_iter().map(|sheet| sheet.name).collect();
    // What agencies wrote is in a workbook of one agency only.
    assert_eq!(
        names,
        ["Hướng dẫn", PROCEDURES, "Thành phần hồ sơ", "Các bước thực hiện", "Cách thức thực hiện", "Căn cứ pháp lý", "_danh_muc", "_noi_dung_dai", "_congbo"]
    );
}

#[test]
fn cells_are_texts_headings_stay_and_lists_offer_their_words() {
    let project = Project::sample();
    export(&project, "a.xlsx");
    let mut book = Book::read(&project.path("a.xlsx"));
    let hidden: Vec<&str> = book.sheets.iter().filter(|sheet| sheet.is_hidden).map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(hidden, ["_danh_muc", "_noi_dung_dai", "_congbo"]);
    assert_eq!(book.sheet("_congbo").rows[1], ["version", "1"]);
    let codes: Vec<&str> = book.sheet(PROCEDURES).rows.iter().skip(1).map(|row| row[0].as_str()).collect();
    assert!(codes.contains(&"1.001570") && codes.is_sorted(), "{codes:?}");
    let mut archive = ZipArchive::new(std::fs::File::open(project.path("a.xlsx")).expect("a workbook")).expect("a zip");
    let mut sheet = String::new();
    archive.by_name("xl/worksheets/sheet5.xml").expect("a sheet").read_to_string(&mut sheet).expect("XML");
    for part in ["state=\"frozen\"", "<dataValidation ", "_danh_muc!$", "<autoFilter "] {
        assert!(sheet.contains(part), "no {part} in {sheet}");
    }
}

#[test]
fn a_text_longer_than_a_cell_is_not_lost() {
    let file = "content/administrative-procedures/list.yaml";
    let long: String = (0..9_000).map(|number| format!("điều {number} ")).collect();
    let project = Project::minimal().edit(file, "conditions: Không quy định.", &format!("conditions: {}", long.trim()));
    let before = project.read(file);
    let _ = project.run("export xlsx --out a.xlsx").exit(0);
    let _ = project.run("import xlsx a.xlsx --yes").exit(0).says("không ghi gì");
    std::fs::remove_file(project.path(file)).expect("a file");
    let _ = project.run("import xlsx a.xlsx --yes").exit(0).says("thêm 1");
    assert!(before.contains(long.trim()) && project.read("content/administrative-procedures/ho-tich.yaml").contains(long.trim()));
    let _ = project.run("export xlsx --out b.xlsx").exit(0);
    assert!(std::fs::read(project.path("a.xlsx")).expect("a workbook") == std::fs::read(project.path("b.xlsx")).expect("a workbook"));
}

#[test]
fn nothing_is_written_before_somebody_agrees() {
    let project = Project::sample();
    export(&project, "a.xlsx");
    Book::read(&project.path("a.xlsx")).set(PROCEDURES, "1.000656", "Lĩnh vực", "Hộ tịch, quốc tịch").write(&project.path("a.xlsx"));
    let before = tree(&project.path("content"));
    let run = project.run("import xlsx a.xlsx").exit(1);
    let _ = run
        .says("~ thủ tục 1.000656: Thủ tục đăng ký khai tử")
        .says("Lĩnh vực (Thủ tục hành chính!C2): “Hộ tịch” → “Hộ tịch, quốc tịch”")
        .says("chạy lại với  --yes")
        .says("chưa ghi gì");
    assert!(before == tree(&project.path("content")));
}

#[test]
fn only_the_lines_of_a_change_are_written() {
    let file = "content/administrative-procedures/list.yaml";
    let project = Project::minimal();
    let text = project.read(file);
    let text = format!("# Danh mục của xã\n{}", text.replace("  sets: 1\n", "  # hỏi lại Sở\n  sets: 1 # theo quyết định\n"));
    let project = project.file(file, &text);
    let _ = project.run("export xlsx --out a.xlsx").exit(0);
    Book::read(&project.path("a.xlsx")).set(PROCEDURES, "1.000001", "Tên thủ tục hành chính", "Cấp bản sao: trích lục").write(&project.path("a.xlsx"));
    let _ = project.run("import xlsx a.xlsx --yes").exit(0).does_not_say("sẽ mất");
    assert_eq!(project.read(file), text.replace("Cấp bản sao trích lục hộ tịch", "\"Cấp bản sao: trích lục\""));
    // A comment in the line that changes is named before it goes.
    let _ = project.run("export xlsx --out a.xlsx").exit(0);
    Book::read(&project.path("a.xlsx")).set(PROCEDURES, "1.000001", "Số lượng bộ hồ sơ", "2").write(&project.path("a.xlsx"));
    let _ = project.run("import xlsx a.xlsx --yes").exit(0).says("ghi chú này sẽ mất: # theo quyết định");
    assert!(project.read(file).contains("  # hỏi lại Sở\n  sets: 2\n"), "{}", project.read(file));
}

#[test]
fn a_mark_inside_a_text_is_no_comment_that_would_go() {
    let file = "content/administrative-procedures/list.yaml";
    let project = Project::minimal().edit(file, "conditions: Không quy định.", "conditions: \"Đủ hai điều:\n\n    # một\n\n    # hai\"");
    let _ = project.run("export xlsx --out a.xlsx").exit(0);
    Book::read(&project.path("a.xlsx")).set(PROCEDURES, "1.000001", "Yêu cầu, điều kiện", "Không.").write(&project.path("a.xlsx"));
    let _ = project.run("import xlsx a.xlsx --yes").exit(0).does_not_say("sẽ mất");
    assert!(project.read(file).contains("  conditions: Không.\n"), "{}", project.read(file));
}

#[test]
fn what_the_sheet_lacks_stays_unless_told() {
    let project = Project::sample();
    let _ = project.run("export xlsx --out a.xlsx").exit(0);
    let mut book = Book::read(&project.path("a.xlsx")).without(PROCEDURES, "1.000656").without("Căn cứ pháp lý", "1.001193").set(
        PROCEDURES,
        "2.000815",
        "Yêu cầu, điều kiện",
        "",
    );
    let papers = book.sheet("Thành phần hồ sơ");
    let at = papers.rows.iter().position(|row| row[0] == "1.001699").expect("a paper");
    papers.rows.remove(at);
    for sheet in ["Thành phần hồ sơ", "Các bước thực hiện", "Cách thức thực hiện", "Căn cứ pháp lý"] {
        book = book.without(sheet, "1.000656");
    }
    book.write(&project.path("a.xlsx"));
    let before = tree(&project.path("content"));
    let run = project.run("import xlsx a.xlsx --yes").exit(0).says("danh sách thiếu 4").says("--delete-missing");
    let _ = run
        .says("danh sách không có, giữ nguyên: thủ tục 1.000656")
        .says("Thành phần hồ sơ của thủ tục 1.001699: “Đơn đề nghị theo Mẫu số 01”")
        .says("Căn cứ pháp lý của thủ tục 1.001193")
        .says("ô trống, giữ Yêu cầu, điều kiện");
    assert!(before == tree(&project.path("content")));
    let _ = project.run("import xlsx a.xlsx --yes --delete-missing").exit(0).says("xóa 1;").says("- thủ tục 1.000656");
    let catalogue: String =
        tree(&project.path("content/administrative-procedures")).into_iter().map(|(_, bytes)| String::from_utf8(bytes).expect("UTF-8")).collect();
    assert!(!catalogue.contains("1.000656") && catalogue.contains("1.001699"));
    let _ = project.run("import xlsx a.xlsx --yes --delete-missing").exit(0).says("không ghi gì");
}

#[test]
fn the_list_of_one_agency_takes_nothing_from_the_others() {
    let project = Project::sample();
    export(&project, "a.xlsx");
    let mut book = Book::read(&project.path("a.xlsx"));
    for sheet in [PROCEDURES, "Thành phần hồ sơ", "Các bước thực hiện", "Cách thức thực hiện", "Căn cứ pháp lý"] {
        book = book.without(sheet, "1.000656");
    }
    book.write(&project.path("a.xlsx"));
    let before = tree(&project.path("content"));
    let run = project.run("import xlsx a.xlsx --yes --delete-missing").exit(0).says("thủ tục 1.000656 giữ lại trong danh mục: ");
    let _ = run.says("bỏ mã này ở administrative_procedures trong content/agencies/phuong-hoa-ban/agency.yaml");
    assert!(before == tree(&project.path("content")));
}

#[test]
fn papers_steps_and_fees_change_row_by_row() {
    let project = Project::minimal();
    let _ = project.run("export xlsx --out a.xlsx").exit(0);
    let mut book = Book::read(&project.path("a.xlsx")).set("Thành phần hồ sơ", "1.000001", "Số bản sao", "2");
    book.sheet("Thành phần hồ sơ").add(&[("Mã thủ tục hành chính", "1.000001"), ("Tên giấy tờ", "Giấy ủy quyền"), ("Chỉ xuất trình", "Có")]);
    book.sheet("Cách thức thực hiện").add(&[
        ("Mã thủ tục hành chính", "1.000001"),
        ("Hình thức nộp", "trực tuyến"),
        ("Số thời gian", "03"),
        ("Đơn vị thời gian", "Ngày làm việc"),
        ("Loại khoản thu", "Lệ phí"),
        ("Mức thu", "8.000"),
    ]);
    book.write(&project.path("a.xlsx"));
    let run = project.run("import xlsx a.xlsx --yes").exit(0).says("Số bản sao (Thành phần hồ sơ!H2): “0” → “2”");
    let _ = run.says("thêm dòng Thành phần hồ sơ!A3: Giấy ủy quyền").says("thêm 0, sửa 1, xóa 0");
    let text = project.read("content/administrative-procedures/list.yaml");
    for part in [
        "copies: 2\n        - name: Giấy ủy quyền\n          present_only: true\n",
        "    - method: online\n      time_limit:\n        value: 3\n        unit: working_day\n      fees:\n        - kind: fee\n          amount: 8000\n",
    ] {
        assert!(text.contains(part), "{text}");
    }
    let _ = project.run("check").exit(0);
}

#[test]
fn documents_objectives_and_results_come_back() {
    let project = Project::sample();
    export(&project, "a.xlsx");
    let mut book = Book::read(&project.path("a.xlsx")).set("Danh mục tài liệu", "BM 03/HB", "Lần sửa đổi", "1");
    book.sheet("Danh mục tài liệu").add(&[
        ("Mã tài liệu", "BM 09/HB"),
        ("Tên tài liệu", "Phiếu khảo sát"),
        ("Loại tài liệu", "Biểu mẫu"),
        ("Ngày ban hành", "02/11/2026"),
    ]);
    book.sheet("Kết quả thực hiện mục tiêu").add(&[("Năm", "2026"), ("Mã mục tiêu", "MT-02"), ("Kỳ", "2026-Q4"), ("Giá trị", "96,5")]);
    book.sheet("Kết quả giải quyết hồ sơ").add(&[
        ("Năm", "2026"),
        ("Kỳ", "2026-Q4"),
        ("Lĩnh vực", "Hộ tịch"),
        ("Số tiếp nhận", "1.204"),
        ("Giải quyết đúng hạn", "1204"),
        ("Giải quyết quá hạn", "0"),
    ]);
    book.write(&project.path("a.xlsx"));
    let _ = project.run("import xlsx a.xlsx --yes").exit(0).says("thêm 2, sửa 2, xóa 0");
    let read = |file: &str| project.read(&format!("content/agencies/phuong-hoa-ban/{file}"));
    assert!(read("documents.yaml").contains("  - code: BM 09/HB\n"));
    assert!(read("documents.yaml").contains("issued_on: 2026-11-02\nexternal:\n  - 19/2014/QĐ-TTg\n"), "{}", read("documents.yaml"));
    assert!(read("objectives/2026.yaml").contains("        value: 96.5\n"));
    assert!(read("results/2026.yaml").contains("received: 1204\n") && read("results/2026.yaml").contains("\nstated_totals: {"));
}

#[test]
fn a_cell_that_cannot_be_read_is_told_by_its_place_and_changes_nothing() {
    let project = Project::minimal();
    let _ = project.run("export xlsx --out a.xlsx").exit(0);
    let mut book = Book::read(&project.path("a.xlsx"))
        .set(PROCEDURES, "1.000001", "Số lượng bộ hồ sơ", "một")
        .set(PROCEDURES, "1.000001", "Tình trạng thủ tục", "Đang thực hiệm")
        .set(PROCEDURES, "1.000001", "Ngày ban hành", "31/02/2026");
    book.sheet(PROCEDURES).add(&[("Mã thủ tục hành chính", "1.00"), ("Tên thủ tục hành chính", "Thủ tục mã sai")]);
    book.sheet(PROCEDURES).add(&[("Mã thủ tục hành chính", "1.000002")]);
    book.sheet("Căn cứ pháp lý").add(&[("Mã thủ tục hành chính", "1.000009"), ("Số, ký hiệu", "60/2014/QH13")]);
    book.write(&project.path("a.xlsx"));
    let before = tree(&project.path("content"));
    let run = project.run("import xlsx a.xlsx --yes").exit(1);
    let _ = run
        .says("lỗi: Thủ tục hành chính!M2: Số lượng bộ hồ sơ: “một” không phải số nguyên")
        .says("Tình trạng thủ tục: “Đang thực hiệm” không có trong danh sách")
        .says("có phải ý anh/chị là “Đang thực hiện”?")
        .says("“31/02/2026” không phải một ngày có thật")
        .says("Thủ tục hành chính!A3: “1.00” không phải mã thủ tục")
        .says("thủ tục mới “1.000002” chưa có Tên thủ tục hành chính, không thêm vào")
        .says("Căn cứ pháp lý!A3: thủ tục 1.000009 không có trong nội dung");
    assert!(before == tree(&project.path("content")));
}

#[test]
fn content_with_errors_is_neither_exported_nor_written_over() {
    let project = Project::minimal();
    let _ = project.run("export xlsx --out a.xlsx").exit(0);
    let project = project.edit("content/administrative-procedures/list.yaml", "  sets: 1\n", "  setts: 1\n");
    for command in ["export xlsx --out b.xlsx", "import xlsx a.xlsx --yes"] {
        let _ = project.run(command).exit(2).says("còn lỗi trong content/administrative-procedures/list.yaml; xem  congbo check");
    }
}

#[test]
fn a_workbook_of_a_later_edition_or_another_agency_is_refused() {
    let project = Project::sample();
    export(&project, "a.xlsx");
    let _ = project.run("import xlsx a.xlsx --agency so-tu-phap").exit(2).says("bảng tính này là của cơ quan phuong-hoa-ban");
    let mut book = Book::read(&project.path("a.xlsx"));
    book.sheet("_congbo").rows[1][1] = "2".to_owned();
    book.write(&project.path("a.xlsx"));
    let _ = project.run("import xlsx a.xlsx").exit(2).says("bảng tính của phiên bản khác (2); cập nhật congbo");
}
