//! What the reader takes and what it refuses, and how it says so.

use std::os::unix::fs::symlink;

use crate::project::{Project, TODAY};

const AGENCY: &str = "content/agencies/xa-thu/agency.yaml";

fn check(project: &Project, code: i32) -> crate::project::Run {
    project.run(&format!("check --as-of {TODAY}")).exit(code)
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_fine() {
    let project = Project::minimal();
    let text = project.read(AGENCY).replace('\n', "\r\n");
    check(&project.file(AGENCY, format!("\u{FEFF}{text}")), 0).says("0 lỗi, 0 cảnh báo");
}

#[test]
fn positions_are_right_behind_a_byte_order_mark_and_windows_line_ends() {
    let project = Project::minimal();
    let text = project.read(AGENCY).replace("level: commune", "levle: commune").replace('\n', "\r\n");
    check(&project.file(AGENCY, format!("\u{FEFF}{text}")), 1).says("agency.yaml:3:1");
}

#[test]
fn separate_marks_are_read_as_composed_letters_and_told() {
    let decomposed = "Ủy ban nhân dân xã Thử".replace('Ử', "Ư\u{309}").replace("ã", "a\u{303}");
    check(&Project::minimal().edit(AGENCY, "Ủy ban nhân dân xã Thử", &decomposed), 0).says("thông tin[not-nfc]").says("agency.yaml:2:");
}

#[test]
fn legacy_encodings_are_named_with_the_way_out() {
    // "Ủy ban nhân dân xã" in each encoding, written byte by byte.
    let tcvn3 = b"name: Uy ban nh\xA9n d\xA9n x\xB7 Th\xF6, qu\xAFn l\xFD \xAE\xCAt \xAEai\n".as_slice();
    let windows_1258 = b"name: U\xD2y ban nh\xE2n d\xE2n x\xE3 Th\xFD\xD2, \xF0\xE2\xECt \xF0ai\n".as_slice();
    let vni = b"name: U\xFBy ban nha\xE2n da\xE2n xa\xF5 Th\xF6\xFB, \xF1a\xE1t \xF1ai, qua\xE4n ly\xF9\n".as_slice();
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain("name: Ủy ban\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for (bytes, name) in [(tcvn3, "TCVN3"), (windows_1258, "Windows-1258"), (vni, "VNI"), (&utf16, "UTF-16")] {
        check(&Project::minimal().file(AGENCY, bytes), 1).says("lỗi[legacy-encoding]").says(name).says("cách sửa").does_not_say("missing-declaration");
    }
}

#[test]
fn text_typed_in_tcvn3_inside_a_utf8_file_is_told() {
    check(&Project::minimal().edit(AGENCY, "Ủy ban nhân dân xã Thử", "Uû ban nh©n d©n x· Thö, qu¶n lý ®Êt ®ai"), 1)
        .says("lỗi[legacy-encoding]")
        .says("TCVN3")
        .says("agency.yaml:2:");
}

#[test]
fn the_icelandic_eth_is_read_as_d_with_a_warning() {
    let project = Project::minimal().edit(AGENCY, "Thôn 1, xã Thử", "Ðường 1, xã Thử");
    check(&project, 0).says("cảnh báo[confusable-letter]").says("U+00D0").says("agency.yaml:5:10");
}

#[test]
fn a_cyrillic_letter_inside_a_word_is_told() {
    check(&Project::minimal().edit(AGENCY, "Thôn 1", "Thôn Вắc"), 0).says("cảnh báo[confusable-letter]").says("U+0412");
}

#[test]
fn bidirectional_and_control_characters_are_refused() {
    for hidden in ['\u{202E}', '\u{2066}', '\u{7}'] {
        check(&Project::minimal().edit(AGENCY, "Thôn 1", &format!("Thôn {hidden}1")), 1)
            .says("lỗi[invisible-character]")
            .says(&format!("U+{:04X}", hidden as u32));
    }
    check(&Project::minimal().edit(AGENCY, "Thôn 1", "Thôn\u{200B} 1"), 0).says("cảnh báo[invisible-character]");
}

#[test]
fn links_are_not_followed_wherever_they_lead() {
    let project = Project::minimal().file("outside.yaml", "id: bi-mat\n");
    symlink(project.path("outside.yaml"), project.path("content/agencies/xa-thu/lien-ket.yaml")).expect("a link");
    symlink("/etc", project.path("content/agencies/xa-khac")).expect("a link to a folder");
    check(&project, 1)
        .says("content/agencies/xa-thu/lien-ket.yaml")
        .says("content/agencies/xa-khac")
        .says("đây là liên kết đến chỗ khác, không đọc")
        .does_not_say("bi-mat");
}

#[test]
fn special_files_are_refused_without_waiting_for_them() {
    let project = Project::minimal();
    let made = std::process::Command::new("mkfifo").arg(project.path("content/pages.yaml")).status().expect("mkfifo");
    assert!(made.success());
    check(&project, 1).says("đây không phải là tệp thường");
}

#[test]
fn a_file_that_is_a_bomb_elsewhere_is_small_here() {
    let mut bomb = String::from("a: &a [x, x, x, x, x, x, x, x, x]\n");
    for (name, previous) in ('b'..='i').zip('a'..='h') {
        bomb.push_str(&format!("{name}: &{name} [{}]\n", vec![format!("*{previous}"); 9].join(", ")));
    }
    check(&Project::minimal().file("content/standards.yaml", bomb), 1).says("lỗi[unsupported-yaml]");
}

#[test]
fn hidden_files_and_the_readme_are_left_alone() {
    let project = Project::minimal().file("content/.DS_Store", [0, 1, 2]).file("content/~$list.xlsx", [0]).file("content/README.md", "# Ghi chú\n");
    check(&project, 0).says("0 lỗi, 0 cảnh báo");
}

#[test]
fn a_missing_content_folder_is_an_error_of_its_own() {
    Project::new().run("check").exit(2).says("không mở được thư mục").says("content");
}
