//! Lists as offices have them: title rows, merged cells, sections, damaged codes, old encodings. All of them are samples.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::book::Book;
use crate::project::Project;

const CATALOGUE: &str = "content/administrative-procedures";

/// A project whose catalogue has the codes that the lists are about.
fn project() -> Project {
    let file = format!("{CATALOGUE}/mau.yaml");
    let procedure = |code: &str, name: &str, more: &str| format!("- code: \"{code}\"\n  name: \"{name}\"\n  field: Hộ tịch\n  levels: [commune]\n{more}\n");
    let limit =
        "  channels:\n    - method: direct\n      time_limit: { value: 5, unit: working_day }\n      fees: [{ free: true }]\n  legal_bases: [60/2014/QH13]\n";
    let all = [
        procedure("1.004810", "[MẪU] Đăng ký việc một", ""),
        procedure("1.102023", "[MẪU] Đăng ký việc hai", ""),
        procedure("2.000815", "[MẪU] Đăng ký việc ba", limit),
        procedure("1.000110", "[MẪU] Đăng ký việc bốn", ""),
    ];
    Project::minimal().file(&file, all.join("\n"))
}

/// A list as a department sends it round.
fn messy(project: &Project) {
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet();
    page.set_name("Phụ lục I").expect("a name");
    let plain = Format::new();
    let titles = [
        "ỦY BAN NHÂN DÂN TỈNH SÔNG MÂY (MẪU)",
        "DANH MỤC THỦ TỤC HÀNH CHÍNH THUỘC THẨM QUYỀN GIẢI QUYẾT",
        "(Kèm theo Quyết định số 00/QĐ-UBND ngày 02/11/2026)",
    ];
    for (row, title) in (0..).zip(titles) {
        page.merge_range(row, 0, row, 6, title, &plain).expect("a title");
    }
    let headings = ["STT", "Mã số\nTTHC", "TÊN THỦ TỤC  HÀNH CHÍNH", "Thời hạn giải quyết", "Phí, lệ phí\n(nếu có)", "Căn cứ pháp lý", "Người theo dõi"];
    for (column, heading) in (0..).zip(headings) {
        page.write_string(4, column, heading).expect("a heading");
        page.write_number(5, column, f64::from(column) + 1.0).expect("a number");
    }
    page.merge_range(6, 0, 6, 6, "A. THỦ TỤC HÀNH CHÍNH CẤP XÃ", &plain).expect("a section");
    page.merge_range(7, 0, 7, 6, "I. LĨNH VỰC HỘ TỊCH (04 TTHC)", &plain).expect("a section");
    page.write_number(8, 1, 1.00481).expect("a number");
    page.write_string(8, 2, "[MẪU] Đăng ký việc một").expect("a name");
    page.write_string(8, 3, "03 ngày làm việc").expect("a limit");
    page.write_string(8, 4, "Không").expect("a fee");
    let day = ExcelDateTime::from_ymd(2023, 10, 1).expect("a day");
    page.write_datetime_with_format(9, 1, &day, &Format::new().set_num_format("d.m.yyyy")).expect("a date");
    page.write_string(9, 2, "[MẪU] Đăng ký việc hai").expect("a name");
    page.write_string(10, 1, "2.000815").expect("a code");
    page.write_string(10, 2, "[MẪU] Đăng ký việc ba").expect("a name");
    page.write_string(10, 3, "4 ngày làm việc").expect("a limit");
    page.write_string(10, 4, "8.000 đồng/bản").expect("a fee");
    page.write_string(10, 5, "- Luật Hộ tịch (60/2014/QH13);\n- Nghị định số 123/2015/NĐ-CP ngày 15/11/2015").expect("laws");
    page.write_string(11, 2, "[MẪU] Đăng ký việc bốn").expect("a name");
    page.write_string(11, 3, "Trong ngày").expect("a limit");
    // The heading again, as at the top of a page.
    for (column, heading) in (0..).zip(headings) {
        page.write_string(12, column, heading).expect("a heading");
    }
    page.write_string(13, 0, "II").expect("a section");
    page.write_string(13, 1, "Lĩnh vực: Chứng thực").expect("a section");
    page.write_number(14, 1, 1_009_999.0).expect("a number");
    page.write_string(14, 2, "[MẪU] Chứng thực việc năm").expect("a name");
    page.merge_range(14, 3, 15, 3, "02 ngày làm việc", &plain).expect("a limit of two procedures");
    page.write_string(14, 4, "Lệ phí: 10.000 đồng").expect("a fee");
    page.write_string(15, 1, "1.00999").expect("half a code");
    page.write_string(15, 2, "[MẪU] Chứng thực việc sáu").expect("a name");
    page.write_string(16, 0, "Tổng số: 06 thủ tục").expect("a sum");
    workbook.save(project.path("danh-muc.xlsx")).expect("a workbook");
}

#[test]
fn a_list_as_offices_send_it_round_is_read() {
    let project = project();
    messy(&project);
    let run = project.run("import xlsx danh-muc.xlsx --yes").exit(1);
    let _ = run
        .says("Phụ lục I!B9: mã bị đổi thành số “1.00481”, đọc lại là 1.004810")
        .says("Phụ lục I!B10: mã bị đổi thành ngày “01/10/2023”, đọc lại là 1.102023")
        .says("Phụ lục I!B12: không ghi mã; theo tên thì là 1.000110")
        .says("Phụ lục I!B15: mã bị đổi thành số “1009999”, đọc lại là 1.009999")
        .says("lỗi: Phụ lục I!B16: “1.00999” không phải mã thủ tục")
        .says("Số thời gian (Phụ lục I!D11): “5” → “4”")
        .says("Phụ lục I!E11: phí, lệ phí “8.000 đồng/bản” khác nội dung đang có, không đổi gì")
        .says("thêm dòng Phụ lục I!F11: 123/2015/NĐ-CP")
        .says("cột “Người theo dõi” không dùng đến")
        .says("bỏ qua: “Tổng số: 06 thủ tục”")
        .says("danh sách không ghi cách nộp: ghi là nộp trực tiếp")
        .says("thêm 1, sửa 3, xóa 0; danh sách thiếu 1");
    let known = project.read(&format!("{CATALOGUE}/mau.yaml"));
    for part in [
        "        value: 3\n        unit: working_day\n      fees:\n        - free: true\n",
        "        text: Trong ngày\n",
        "        value: 4\n",
        "  legal_bases:\n    - 60/2014/QH13\n    - 123/2015/NĐ-CP\n",
    ] {
        assert!(known.contains(part), "no {part} in {known}");
    }
    let new = project.read(&format!("{CATALOGUE}/chung-thuc.yaml"));
    assert_eq!(
        new,
        "- code: \"1.009999\"\n  name: \"[MẪU] Chứng thực việc năm\"\n  field: Chứng thực\n  levels: [commune]\n  channels:\n    - method: direct\n      \
         time_limit:\n        value: 2\n        unit: working_day\n      fees:\n        - kind: fee\n          amount: 10000\n"
    );
    // Nothing more to do the second time.
    let _ = project.run("import xlsx danh-muc.xlsx --yes").exit(1).says("thêm 0, sửa 0, xóa 0");
}

#[test]
fn columns_come_in_any_order_and_headings_without_marks() {
    let project = Project::minimal();
    let rows: &[&[&str]] = &[
        &["Kết quả", "LINH VUC", "ten thu tuc hanh chinh", "Cơ quan thực hiện", "ma tthc", "Mức độ DVC", "Cách thức thực hiện", "Thành phần hồ sơ"],
        &[
            "Giấy mẫu",
            "Hộ tịch",
            "[MẪU] Cấp giấy mẫu",
            "UBND xã",
            " 1.000 002 ",
            "Một phần",
            "Trực tiếp, trực tuyến hoặc qua dịch vụ bưu chính",
            "- Tờ khai;\n- Bản sao giấy tờ.",
        ],
    ];
    Book::of("Sheet1", rows).write(&project.path("a.xlsx"));
    let _ = project.run("import xlsx a.xlsx --yes").exit(1).says("“Một phần” không có trong danh sách").says("+ thủ tục 1.000002: [MẪU] Cấp giấy mẫu");
    let text = project.read(&format!("{CATALOGUE}/list.yaml"));
    for part in ["method: direct", "method: online", "method: postal", "- name: Tờ khai\n", "- name: Bản sao giấy tờ\n", "executing_agency: UBND xã\n"]
    {
        assert!(text.contains(part), "no {part} in {text}");
    }
}

const LIST: &str = "STT;Mã số TTHC;Tên thủ tục hành chính;Lĩnh vực\n1;1.000001;\"Cấp bản sao; trích lục hộ tịch\";Hộ tịch\n2;1.000002;Đăng ký giấy tờ mẫu ở xã, phường;Hộ tịch\n";

/// The list read from these bytes must say what `LIST` does.
fn assert_is_list(bytes: &[u8]) {
    let project = Project::minimal().file("a.csv", bytes);
    let run = project.run("import csv a.csv --yes").exit(0);
    let _ = run.says("“Cấp bản sao trích lục hộ tịch” → “Cấp bản sao; trích lục hộ tịch”").says("+ thủ tục 1.000002: Đăng ký giấy tờ mẫu ở xã, phường");
}

#[test]
fn csv_is_read_in_the_encodings_and_with_the_separators_of_offices() {
    assert_is_list(LIST.as_bytes());
    assert_is_list(format!("\u{feff}{LIST}").as_bytes());
    assert_is_list(LIST.replace('\n', "\r\n").as_bytes());
    let tabs = LIST.replace("Cấp bản sao; trích", "Cấp bản sao\u{1}trích").replace(';', "\t").replace('\u{1}', "; ");
    assert_is_list(tabs.as_bytes());
    let commas = LIST.replace("mẫu ở xã, phường", "mẫu ở xã\u{1} phường").replace("\"Cấp bản sao; trích", "\"Cấp bản sao\u{2} trích").replace(';', ",");
    assert_is_list(commas.replace("Đăng ký giấy tờ mẫu ở xã\u{1} phường", "\"Đăng ký giấy tờ mẫu ở xã, phường\"").replace('\u{2}', ";").as_bytes());
    let little: Vec<u8> = tabs.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_is_list(&[&[0xFF, 0xFE], &*little].concat());
    let big: Vec<u8> = LIST.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_is_list(&[&[0xFE, 0xFF], &*big].concat());
    assert_is_list(&windows_1258(LIST));
}

/// Base letters and combining tones, as that code page has them.
fn windows_1258(text: &str) -> Vec<u8> {
    use unicode_normalization::UnicodeNormalization;
    let letter = |c: char| -> Vec<u8> {
        // Letters that the page has whole; of others the tone is a byte of its own.
        let parts: Vec<char> = c.nfd().collect();
        let tone = parts.iter().position(|part| matches!(part, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'));
        let base: String = parts.iter().enumerate().filter(|(at, _)| Some(*at) != tone).map(|(_, part)| *part).nfc().collect();
        let byte = |c: char| match c {
            'ă' => 0xE3,
            'Ă' => 0xC3,
            'đ' => 0xF0,
            'Đ' => 0xD0,
            'ơ' => 0xF5,
            'ư' => 0xFD,
            '\u{300}' => 0xCC,
            '\u{301}' => 0xEC,
            '\u{303}' => 0xDE,
            '\u{309}' => 0xD2,
            '\u{323}' => 0xF2,
            c => u8::try_from(u32::from(c)).expect("a letter of Latin-1"),
        };
        base.chars().map(byte).chain(tone.map(|at| byte(parts[at]))).collect()
    };
    text.chars().flat_map(letter).collect()
}

#[test]
fn text_typed_in_an_old_font_is_refused_with_what_to_do() {
    let tcvn3 = b"M\xB7 TTHC;T\xAAn th\xF1 t\xF4c h\xB5nh ch\xDDnh\n1.000001;\xA7\xA8ng k\xFD t\xB9m tr\xF3 \xA9 \xAA \xAB \xAC \xAD \xAE\n";
    let project = Project::minimal().file("a.csv", tcvn3);
    let _ = project.run("import csv a.csv").exit(2).says("chữ trong tệp viết bằng TCVN3").says("UniKey");
}

#[test]
fn a_list_of_documents_needs_to_know_its_agency() {
    let project = Project::sample();
    let rows: &[&[&str]] = &[
        &["DANH MỤC TÀI LIỆU NỘI BỘ (MẪU)"],
        &["TT", "Mã tài liệu", "Tên tài liệu", "Lần ban hành", "Ngày ban hành"],
        &["1", "BM 08/HB", "Phiếu hẹn mẫu", "1", "02/11/2026"],
    ];
    Book::of("Tài liệu", rows).write(&project.path("a.xlsx"));
    let _ = project.run("import xlsx a.xlsx --yes").exit(1).says("bảng này là của một cơ quan").says("--agency MÃ");
    let _ = project.run("import xlsx a.xlsx --yes --agency phuong-hoa-ban").exit(0).says("+ tài liệu BM 08/HB: Phiếu hẹn mẫu");
    assert!(project.read("content/agencies/phuong-hoa-ban/documents.yaml").contains("    title: Phiếu hẹn mẫu\n"));
}

#[test]
fn the_content_folder_may_be_named() {
    let project = Project::minimal().file("a.csv", LIST);
    let _ = project.run("import csv a.csv --yes --to content").exit(0).says("thêm 1, sửa 1");
    let _ = project.run("import csv a.csv --to content/law").exit(2).says("--to phải là thư mục content");
    let _ = project.run("import csv none.csv").exit(2).says("none.csv");
}
