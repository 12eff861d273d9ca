//! A province takes over what agencies publish on their own sites; what is broken or hostile touches nothing.

use std::fs;
use std::path::PathBuf;

use crate::loopback;
use crate::project::{Project, Run, TODAY, tree};

/// An agency with a site of its own, built.
fn commune(id: &str, name: &str) -> Project {
    let project = Project::minimal();
    if id != "xa-thu" {
        fs::rename(project.path("content/agencies/xa-thu"), project.path(&format!("content/agencies/{id}"))).expect("a folder");
    }
    let agency = format!("content/agencies/{id}/agency.yaml");
    let project = project.edit(&agency, "id: xa-thu", &format!("id: {id}")).edit(&agency, "xã Thử\nlevel", &format!("{name}\nlevel"));
    let _ = project.run(&format!("build --as-of {TODAY}")).exit(0);
    project
}

/// A province with the same catalogue, no agency of its own, and these sources.
fn province(sources: &[(&str, String)]) -> Project {
    let project = Project::minimal().edit("content/site.yaml", "Trang thử", "Tỉnh Thử");
    fs::remove_dir_all(project.path("content/agencies")).expect("a folder");
    let lines: String = sources.iter().map(|(id, source)| format!("- {{ agency: {id}, source: \"{source}\" }}\n")).collect();
    project.file("content/federation.yaml", lines)
}

fn folder(project: &Project) -> String {
    project.path("public").display().to_string()
}

fn aggregate(project: &Project, code: i32) -> Run {
    project.run(&format!("aggregate --as-of {TODAY}")).exit(code)
}

/// Serves a folder over loopback. Below `/chuyen/` everything has moved to another place.
fn serve(folder: PathBuf) -> String {
    loopback::serve(folder, |path| path.starts_with("chuyen/").then_some("302 Found\r\nLocation: http://127.0.0.1:1/"))
}

#[test]
fn good_agencies_are_taken_over_and_a_hostile_one_is_not() {
    let (first, second, third) = (commune("xa-mot", "Một"), commune("xa-hai", "Hai"), commune("xa-ba", "Ba"));
    let third = third.edit("public/du-lieu/agencies.json", "Ba\"", "Ba<script>alert(1)</script>\"");
    let sources = [("xa-mot", serve(first.path("public"))), ("xa-hai", folder(&second)), ("xa-ba", folder(&third))];
    let province = province(&sources);
    let run = aggregate(&province, 1).says("đã lấy 2 trong 3 cơ quan, 1 không lấy được").says("records[0].name: có mã HTML");
    let run = run.says("chưa có bản nào để dùng").says("congbo aggregate --only xa-ba");
    assert!(run.out().contains("+ xa-mot  đã lấy 4 tệp từ http://127.0.0.1:"), "{}", run.out());
    assert!(!province.path("content/agencies/xa-ba").exists());

    // What the data says is in the content, and is marked.
    let declaration = province.read("content/agencies/xa-mot/declarations/2026-03-02.yaml");
    assert!(declaration.starts_with("# Do lệnh congbo aggregate lấy từ trang riêng của cơ quan"), "{declaration}");
    assert!(declaration.contains("number: 12/QĐ-UBND\n") || declaration.contains("number: \"12/QĐ-UBND\"\n"), "{declaration}");
    assert!(declaration.contains("sent_on: 2026-03-04"), "{declaration}");
    // A second run changes no byte.
    let content = tree(&province.path("content"));
    let _ = aggregate(&province, 1).says("= xa-mot  không có gì thay đổi");
    assert!(tree(&province.path("content")) == content);

    // The province is without errors, and shows the agencies with where they come from.
    let _ = province.run(&format!("check --as-of {TODAY}")).exit(0).does_not_say("missing-").does_not_say("lỗi[");
    let _ = province.run("report --year 2026").exit(0).does_not_say("Chưa có mục tiêu chất lượng của năm");
    let _ = province.run(&format!("build --as-of {TODAY}")).exit(0);
    let list = province.read("public/co-quan/index.html");
    assert!(list.contains("Một") && list.contains("Hai") && !list.contains("Ủy ban nhân dân Ba"), "{list}");
    let page = province.read("public/co-quan/xa-mot/index.html");
    assert!(page.contains("Số liệu lấy <time datetime=\"2026-11-21\">ngày 21 tháng 11 năm 2026</time>"), "{page}");
    assert!(page.contains(&format!("<a href=\"{}\"", sources[0].1)) && !page.contains("không thành công"), "{page}");
    assert!(page.contains("12/QĐ-UBND"), "{page}");
    // What open data does not have is not said to be missing.
    for section in ["chinh-sach-chat-luong", "muc-tieu-chat-luong", "tai-lieu", "kiem-tra"] {
        let page = province.read(&format!("public/co-quan/xa-mot/{section}/index.html"));
        assert!(page.contains("không có mục này") && !page.contains("chưa đăng") && !page.contains("Chưa có"), "{section}: {page}");
    }
    // Where a folder on this machine lies is nobody's business.
    let published = tree(&province.path("public"));
    let local = folder(&second);
    assert!(published.iter().all(|(_, bytes)| !String::from_utf8_lossy(bytes).contains(&local)));
}

#[test]
fn the_last_good_copy_stays_and_is_shown_as_such() {
    let (commune, other) = (commune("xa-thu", "Thử"), commune("xa-hai", "Hai"));
    let province = province(&[("xa-thu", folder(&commune)), ("xa-hai", folder(&other))]);
    let _ = aggregate(&province, 0);
    let good = tree(&province.path("content/agencies"));
    let data = commune.read("public/du-lieu/declarations.json");

    let commune = commune.file("public/du-lieu/declarations.json", &data[..data.len() / 2]);
    let run = province.run("aggregate --as-of 2026-11-25").exit(1).says("vẫn dùng bản lấy ngày 21/11/2026").says("= xa-hai");
    let _ = run.says("declarations.json: không phải JSON");
    assert!(tree(&province.path("content/agencies")) == good);
    let _ = province.run("build --as-of 2026-11-25").exit(0);
    let page = province.read("public/co-quan/xa-thu/lien-he/index.html");
    assert!(page.contains("Lần lấy gần nhất không thành công: <time datetime=\"2026-11-25\">"), "{page}");
    assert!(page.contains("Số liệu lấy <time datetime=\"2026-11-21\">"), "{page}");

    // Healthy again, with one work process less.
    let commune = commune.edit("content/agencies/xa-thu/work-processes/ho-tich.md", "code: QT-01", "code: QT-02");
    let _ = commune.run("build --clean --as-of 2026-11-26").exit(0);
    let _ = province.run("aggregate --as-of 2026-11-26").exit(0).says("+ xa-thu");
    assert!(!province.path("content/agencies/xa-thu/work-processes/qt-01.md").exists());
    assert!(province.path("content/agencies/xa-thu/work-processes/qt-02.md").exists());
    let _ = province.run("build --as-of 2026-11-26").exit(0);
    assert!(!province.read("public/co-quan/xa-thu/lien-he/index.html").contains("không thành công"));
}

/// What somebody does to a file of the feed, and what is told of it.
const HOSTILE: &[(&str, &str, &str, &str)] = &[
    ("agencies", "{\"schema\"", "<html>{\"schema\"", "agencies.json: không phải JSON"),
    ("agencies", "\"id\":\"xa-thu\"", "\"id\":\"xa-khac\"", "“xa-thu” là cơ quan không có"),
    ("agencies", "\"id\":\"xa-thu\"", "\"id\":\"../../etc\"", "agencies.json"),
    ("agencies", "\"phone\":\"", "\"la\":1,\"phone\":\"", "có mục lạ “la”"),
    ("agencies", "\"name\":\"", "\"name\":\"A\",\"name\":\"", "mục “name” có hai lần"),
    ("agencies", "\"level\":\"commune\"", "\"level\":\"kingdom\"", "giá trị “kingdom” không có trong danh sách"),
    ("agencies", "\"level\":\"commune\"", "\"level\":7", "agencies.json: giá trị"),
    ("agencies", "\"parent\":null", "\"parent\":\"bo-la\"", "bo-la"),
    ("agencies", "\"website\":null", "\"website\":\"javascript:alert(1)\"", "không phải http, https"),
    ("agencies", "[\"1.000001\"]", "[\"1.000001\",\"1.000001\"]", "mã thủ tục “1.000001” có hai lần"),
    ("agencies", "[\"1.000001\"]", "[\"9.999999\"]", "9.999999"),
    ("agencies", "\"address\":\"", "\"address\":\"\\u202e", "U+202E"),
    ("agencies", "\"address\":\"", "\"address\":\"\\u0000", "U+0000"),
    ("declarations", "\"agency\":\"xa-thu\"", "\"agency\":\"xa-la\"", "có số liệu của “xa-la”"),
    ("declarations", "\"issued_on\":\"2026-03-02\"", "\"issued_on\":\"../../../x\"", "ngày ban hành “../../../x” không có thật"),
    ("declarations", "\"issued_on\":\"2026-03-02\"", "\"issued_on\":\"2027-03-02\"", "[future-date]"),
    ("declarations", "\"standard\":\"tcvn-iso-9001-2015\"", "\"standard\":\"khong-co\"", "[unknown-reference]"),
    ("declarations", "Toàn bộ thủ tục", "Tất cả <img src=x> thủ tục", "scope: có mã HTML"),
    ("declarations", "Toàn bộ thủ tục", "[Toàn bộ](javascript:alert) thủ tục", "[unsafe-link]"),
    ("work-processes", "\"code\":\"QT-01\"", "\"code\":\"../..\"", "mã quy trình “../..” không dùng được"),
    ("work-processes", "\"issued_on\":\"2026-01-05\"", "\"issued_on\":\"2026-02-30\"", "2026-02-30"),
    ("results", "\"period\":\"2025\"", "\"period\":\"2099\"", "results"),
    ("results", "\"received\":10", "\"received\":-10", "results.json: giá trị sai kiểu"),
];

#[test]
fn every_hostile_form_is_refused_and_named() {
    let commune = commune("xa-thu", "Thử");
    let province = province(&[("xa-thu", folder(&commune))]);
    for (file, from, to, told) in HOSTILE {
        let path = format!("public/du-lieu/{file}.json");
        let good = commune.read(&path);
        assert!(good.contains(from), "{file}: {from} is not in\n{good}");
        fs::write(commune.path(&path), good.replacen(from, to, 1)).expect("a hostile file");
        let run = aggregate(&province, 1);
        let is_told =
            run.out().contains(told) || *file == "agencies" && from.starts_with("\"id\"") && run.out().contains("cơ quan không có trong agencies.json");
        assert!(is_told, "{to}: {}", run.out());
        assert!(!province.path("content/agencies").exists(), "{to}");
        fs::write(commune.path(&path), good).expect("the good file");
    }
    let records = commune.read("public/du-lieu/work-processes.json");
    let (head, rest) = records.split_once("[\n").expect("records");
    let row = rest.lines().next().expect("a record");
    fs::write(commune.path("public/du-lieu/work-processes.json"), format!("{head}[\n{row},\n{rest}")).expect("a file");
    let _ = aggregate(&province, 1).says("mã quy trình “qt-01” có hai lần");
    fs::write(commune.path("public/du-lieu/work-processes.json"), format!("{records}{}", " ".repeat(16 * 1024 * 1024))).expect("a file");
    let _ = aggregate(&province, 1).says("work-processes.json: không phải tệp thường, lớn quá 16777216 byte");
    fs::remove_file(commune.path("public/du-lieu/work-processes.json")).expect("a file");
    let _ = aggregate(&province, 1).says("work-processes.json: không có tệp này");
    let _good_again = commune.file("public/du-lieu/work-processes.json", records);
    let _ = aggregate(&province, 0);
}

#[test]
fn a_server_that_leads_away_or_sends_too_much_is_refused() {
    let commune = commune("xa-thu", "Thử");
    let address = serve(commune.path("public"));
    let province = province(&[("xa-thu", format!("{address}chuyen/"))]);
    let _ = aggregate(&province, 1).says("máy chủ chuyển sang địa chỉ khác (302)");
    let province = province.file("content/federation.yaml", format!("- {{ agency: xa-thu, source: \"{address}khong/co\" }}\n"));
    let _ = aggregate(&province, 1).says("không có tệp này");
    let province = province.file("content/federation.yaml", format!("- {{ agency: xa-thu, source: \"{}\" }}\n", loopback::nobody()));
    let _ = aggregate(&province, 1).says("không tải được");
    let results = commune.read("public/du-lieu/results.json");
    let _sends_too_much = commune.file("public/du-lieu/results.json", format!("{results}{}", " ".repeat(16 * 1024 * 1024)));
    let province = province.file("content/federation.yaml", format!("- {{ agency: xa-thu, source: \"{address}du-lieu/\" }}\n"));
    let _ = aggregate(&province, 1).says("results.json lớn quá 16777216 byte");
}

#[test]
fn what_the_province_wrote_itself_is_not_written_over() {
    let commune = commune("xa-thu", "Thử");
    let province = province(&[("xa-thu", folder(&commune))]).file("content/agencies/xa-thu/agency.yaml", "id: xa-thu\nname: Xã Thử\nlevel: commune\n");
    let _ = aggregate(&province, 1).says("content/agencies/xa-thu/agency.yaml do tỉnh tự viết, không ghi đè");
    assert_eq!(province.read("content/agencies/xa-thu/agency.yaml"), "id: xa-thu\nname: Xã Thử\nlevel: commune\n");
    assert!(!province.path("content/agencies/xa-thu/declarations").exists());
}

#[test]
fn the_list_of_sources_must_be_right_before_anything_is_fetched() {
    let _ = Project::minimal().run("aggregate").exit(2).says("chưa có content/federation.yaml");
    let (first, second) = (commune("xa-mot", "Một"), commune("xa-hai", "Hai"));
    let province = province(&[("xa-mot", folder(&first)), ("xa-hai", folder(&second))]);
    let _ = province.run("aggregate --only xa-mott").exit(2).says("có phải ý anh/chị là xa-mot?");
    let _ = province.run(&format!("aggregate --only xa-hai --as-of {TODAY}")).exit(0).says("đã lấy 1 trong 1 cơ quan");
    assert!(!province.path("content/agencies/xa-mot").exists());
    let sources = province.read("content/federation.yaml");
    let twice = province.file("content/federation.yaml", format!("{sources}{}", sources.lines().next().expect("a line")));
    let _ = twice.run("aggregate").exit(2).says("xa-mot").says("duplicate-code");
    let wrong = twice.file("content/federation.yaml", "- { agency: ../x, source: https://x.example/ }\n");
    let _ = wrong.run("aggregate").exit(2).says("“../x” không phải là mã cơ quan");
    let typed = wrong.file("content/federation.yaml", "- { agency: xa-mot, url: https://x.example/ }\n");
    let _ = typed.run("aggregate").exit(2).says("unknown-key");
}

#[test]
fn an_agency_of_the_sample_comes_back_from_its_open_data() {
    let source = Project::sample();
    let _ = source.run(&format!("build --as-of {TODAY}")).exit(0);
    let province = Project::sample();
    let own = province.read("content/agencies/phuong-hoa-ban/declarations/2026-03-02.md");
    fs::remove_dir_all(province.path("content/agencies/phuong-hoa-ban")).expect("a folder");
    let province = province.file("content/federation.yaml", format!("- {{ agency: phuong-hoa-ban, source: \"{}\" }}\n", folder(&source)));
    let _ = aggregate(&province, 0).says("+ phuong-hoa-ban");
    let _ = province.run(&format!("check --as-of {TODAY}")).exit(0).does_not_say("phuong-hoa-ban");
    let taken = province.read("content/agencies/phuong-hoa-ban/declarations/2026-03-02.yaml");
    for code in own.lines().filter(|line| line.starts_with("  - \"") && line.contains(".0")) {
        assert!(taken.contains(code.trim()), "{code} is not in\n{taken}");
    }
    // A link into the files of the agency leads nowhere here: its words stay.
    let processes = tree(&province.path("content/agencies/phuong-hoa-ban/work-processes"));
    assert!(processes.iter().all(|(_, bytes)| !String::from_utf8_lossy(bytes).contains("../files/")));
    assert!(processes.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("Phiếu kiểm soát hồ sơ.")));
}
