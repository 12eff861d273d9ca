//! The limits that the README publishes, each just below, at and just above, through the program itself: what is above
//! is told with its place, the limit and what to do, and the mistakes of other files are told in the same run.

use std::fs::File;
use std::os::unix::fs::symlink;

use crate::project::{Project, Run, TODAY};

const SITE: &str = "content/site.yaml";
const LAW: &str = "content/law/law.yaml";
const AGENCY: &str = "content/agencies/xa-thu/agency.yaml";
const MEBIBYTE: usize = 1024 * 1024;

fn check(project: &Project) -> Run {
    project.run(&format!("check --as-of {TODAY}"))
}

/// A mistake in another file, which must be told whatever is wrong with the first one.
fn with_other_mistake(project: Project) -> Project {
    project.file("content/pages/khac.md", "---\ntitel: Khác\n---\nNội dung.\n")
}

fn assert_refused(project: Project, words: &[&str]) {
    let mut run = check(&with_other_mistake(project)).exit(1).says("khac.md:2:1").says("cách sửa");
    for words in words {
        run = run.says(words);
    }
}

fn with_limit(limit: &str) -> Project {
    Project::minimal().file(SITE, format!("title: Trang thử\nbase_url: https://iso.thu.example/\nlimits: {{ {limit} }}\n"))
}

/// A file of the law that is `size` bytes long and has nothing wrong.
fn law(project: &Project, size: usize) -> String {
    let text = project.read(LAW);
    format!("{text}{}\n", "#".repeat(size - text.len() - 1))
}

#[test]
fn a_source_file_may_have_one_mebibyte() {
    for size in [MEBIBYTE - 1, MEBIBYTE] {
        let project = Project::minimal();
        let text = law(&project, size);
        check(&project.file(LAW, text)).exit(0).says("0 lỗi, 0 cảnh báo");
    }
    let project = Project::minimal();
    let text = law(&project, MEBIBYTE + 1);
    assert_refused(project.file(LAW, text), &["law.yaml:1:1", "tệp quá lớn: 1048577 byte, cho phép 1048576 byte", "source_file_bytes", "chia thành nhiều tệp"]);
}

#[test]
fn the_limit_of_source_files_is_set_in_site_yaml() {
    for (size, code) in [(499, 0), (500, 0), (501, 1)] {
        let project = with_limit("source_file_bytes: 500").without("content/administrative-procedures/list.yaml");
        let text = law(&project, size);
        let run = check(&project.file(LAW, text));
        assert_eq!(run.err().contains("law.yaml:1:1"), code == 1, "{size}\n{}", run.err());
    }
    let project = with_limit("source_file_bytes: 2000000");
    let text = law(&project, 2_000_000);
    check(&project.file(LAW, text)).exit(0);
}

#[test]
fn a_limit_above_the_highest_is_told_and_the_highest_holds() {
    for (limit, highest) in [("source_file_bytes: 4194305", "4194304"), ("attachment_bytes: 18446744073709551615", "209715200")] {
        check(&with_limit(limit)).exit(1).says("lỗi[invalid-setting]").says("site.yaml:3:").says(highest);
    }
    check(&with_limit("source_file_bytes: 4194304, attachment_bytes: 209715200")).exit(0);
    let project = with_limit("source_file_bytes: 18446744073709551615");
    let text = law(&project, 4 * MEBIBYTE + 1);
    check(&project.file(LAW, text)).exit(1).says("law.yaml:1:1").says("cho phép 4194304 byte");
}

#[test]
fn settings_are_read_with_the_same_care() {
    let large = format!("title: A\n#{}\n", "a".repeat(4 * MEBIBYTE));
    check(&Project::minimal().file(SITE, large)).exit(1).says("site.yaml:1:1").says("tệp quá lớn");
    let project = Project::minimal().without(SITE);
    symlink("/dev/zero", project.path(SITE)).expect("a link");
    check(&project).exit(1).says("site.yaml").says("liên kết");
    let project = Project::minimal().without(SITE);
    let made = std::process::Command::new("mkfifo").arg(project.path(SITE)).status().expect("mkfifo");
    assert!(made.success());
    check(&project).exit(1).says("site.yaml").says("không phải là tệp thường");
}

/// A PDF of `size` bytes in the agency's folder; what follows its head takes no place on the disk.
fn with_attachment(project: Project, size: u64) -> Project {
    let path = "content/agencies/xa-thu/files/quyet-dinh.pdf";
    let project = project.file(path, "%PDF-1.7\n");
    File::options().write(true).open(project.path(path)).and_then(|file| file.set_len(size)).expect("a file of that size");
    project
}

#[test]
fn an_attachment_may_have_twenty_mebibytes() {
    let limit = 20 * MEBIBYTE as u64;
    for size in [limit - 1, limit] {
        let run = check(&with_attachment(Project::minimal(), size)).exit(0);
        assert!(!run.err().contains("lỗi["), "{}", run.err());
    }
    assert_refused(
        with_attachment(Project::minimal(), limit + 1),
        &["quyet-dinh.pdf:1:1", "20971521 byte, cho phép 20971520 byte", "attachment_bytes", "nén ảnh"],
    );
}

#[test]
fn the_limit_of_attachments_is_set_in_site_yaml() {
    for (size, code) in [(99, 0), (100, 0), (101, 1)] {
        check(&with_attachment(with_limit("attachment_bytes: 100"), size)).exit(code);
    }
    check(&with_attachment(with_limit("attachment_bytes: 20971521"), 20_971_521)).exit(0);
}

#[test]
fn an_attachment_is_what_its_name_and_its_first_bytes_say() {
    let kinds: &[(&str, &[u8])] = &[
        ("pdf", b"%PDF-1.7\n"),
        ("docx", b"PK\x03\x04"),
        ("xlsx", b"PK\x03\x04"),
        ("png", b"\x89PNG\r\n\x1a\n"),
        ("jpg", b"\xff\xd8\xff\xe0"),
        ("webp", b"RIFF\0\0\0\0WEBP"),
    ];
    let with = |name: &str, bytes: &[u8]| Project::minimal().file(&format!("content/agencies/xa-thu/files/{name}"), bytes);
    for (ending, bytes) in kinds {
        let _ = check(&with(&format!("a.{ending}"), bytes)).exit(0);
        for (other, _) in kinds.iter().filter(|(_, head)| head != bytes) {
            let run = check(&with(&format!("a.{other}"), bytes)).exit(1);
            let _ = run.says("lỗi[refused-attachment-type]").says(&format!("a.{other}:1:1")).says("không phải là tệp").says("cách sửa");
        }
        let (all_but_one, _) = bytes.split_at(bytes.len().min(3) - 1);
        let _ = check(&with(&format!("a.{ending}"), all_but_one)).exit(1).says("lỗi[refused-attachment-type]");
    }
    for ending in ["doc", "xls", "zip", "rar", "exe", "html", "svg", "gif", "pdf.exe", "PDF.js"] {
        let _ = check(&with(&format!("a.{ending}"), b"%PDF-1.7\n")).exit(1).says("lỗi[refused-attachment-type]").says("không được đăng");
    }
    assert_refused(with("a.exe", b"MZ"), &["a.exe:1:1", "pdf, docx, xlsx, png, jpg"]);
}

#[test]
fn yaml_may_be_nested_thirty_two_levels() {
    // The group around the list is a level of its own.
    let nested = |depth: usize| format!("id: xa-thu\nname: Xã\nlevel: commune\nnote: {}{}\n", "[".repeat(depth - 1), "]".repeat(depth - 1));
    for depth in [31, 32] {
        let run = check(&Project::minimal().file(AGENCY, nested(depth))).exit(1);
        assert!(!run.err().contains("unsupported-yaml") && run.err().contains("wrong-type"), "{depth}\n{}", run.err());
    }
    assert_refused(Project::minimal().file(AGENCY, nested(33)), &["lỗi[unsupported-yaml]", "agency.yaml:4:38", "lồng nhau quá 32 cấp", "bớt dấu ngoặc"]);
    let indented: String = (0..33).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    assert_refused(Project::minimal().file(AGENCY, indented), &["lỗi[unsupported-yaml]", "agency.yaml:33:", "lồng nhau quá 32 cấp"]);
}

#[test]
fn anchors_aliases_tags_merge_keys_and_second_documents_are_refused_where_they_stand() {
    let cases = [
        ("note: &neo Ghi chú\n", "7:12", "dấu & (neo), * (bí danh) hoặc ! (nhãn)"),
        ("note: !!str Ghi chú\n", "7:13", "dấu & (neo), * (bí danh) hoặc ! (nhãn)"),
        ("note: !mau Ghi chú\n", "7:12", "dấu & (neo), * (bí danh) hoặc ! (nhãn)"),
        ("note: *neo\n", "7:1", "bắt đầu bằng dấu *"),
        ("<<: { note: Ghi chú }\n", "7:1", "khóa gộp (<<)"),
        ("---\nnote: Ghi chú\n", "7:1", "phần thứ hai, sau dòng ---"),
    ];
    for (written, place, words) in cases {
        let text = "id: xa-thu\nname: Xã\nlevel: commune\naddress: Thôn 1\nphone: 0200 000 0000\nreception_hours: Sáng\n";
        let project = Project::minimal().file(AGENCY, format!("{text}{written}"));
        assert_refused(project, &[&format!("agency.yaml:{place}"), words]);
    }
}

#[test]
fn markdown_may_be_nested_thirty_two_levels() {
    let page = |depth: usize| format!("---\ntitle: Trang\n---\n{}chữ\n", "> ".repeat(depth));
    for depth in [31, 32] {
        check(&Project::minimal().file("content/pages/sau.md", page(depth))).exit(0).says("0 lỗi, 0 cảnh báo");
    }
    let project = Project::minimal().file("content/pages/sau.md", page(33));
    check(&project).exit(0).says("cảnh báo[deeply-nested-text]").says("sau.md:4:65").says("32 cấp").says("cách sửa");
    // Nothing is lost, so that it is a warning: the deeper part is shown flat. With --strict it is refused.
    project.run(&format!("check --strict --as-of {TODAY}")).exit(1);
    assert_refused(project, &["cảnh báo[deeply-nested-text]"]);
}

#[test]
fn a_title_may_have_five_hundred_characters() {
    let page = |length: usize| format!("---\ntitle: {}\n---\nNội dung.\n", "ă".repeat(length));
    for length in [499, 500] {
        check(&Project::minimal().file("content/pages/dai.md", page(length))).exit(0).says("0 lỗi, 0 cảnh báo");
    }
    let project = Project::minimal().file("content/pages/dai.md", page(501));
    check(&project).exit(0).says("cảnh báo[title-too-long]").says("dai.md:2:8").says("501 ký tự, giới hạn là 500").says("title_characters");
    project.run(&format!("check --strict --as-of {TODAY}")).exit(1);
    assert_refused(project, &["cảnh báo[title-too-long]"]);
    for (length, code) in [(9, 0), (10, 0), (11, 1)] {
        let project = with_limit("title_characters: 10").file("content/pages/dai.md", page(length));
        let run = check(&project).exit(0);
        assert_eq!(run.err().contains("dai.md:2:8"), code == 1, "{length}\n{}", run.err());
    }
}
