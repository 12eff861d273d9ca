//! A bundle as somebody gets it: unzipped, opened from a disk, checked.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;
use zip::ZipArchive;

use crate::project::{Project, TODAY, tree};
use crate::site::{collect, target};

/// What lies in a folder into which a zip was unpacked.
struct Unpacked {
    folder: TempDir,
    files: BTreeMap<String, Vec<u8>>,
}

impl Unpacked {
    fn of(archive: &Path) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        ZipArchive::new(File::open(archive).expect("a zip")).expect("a zip").extract(folder.path()).expect("a zip that can be unpacked");
        let files = tree(folder.path()).into_iter().collect();
        Self { folder, files }
    }

    fn text(&self, path: &str) -> String {
        let bytes = self.files.get(path).unwrap_or_else(|| panic!("no {path} in {:?}", self.files.keys()));
        String::from_utf8(bytes.clone()).expect("UTF-8")
    }

    fn pages(&self) -> impl Iterator<Item = (&str, String)> {
        self.files.keys().filter(|path| path.ends_with(".html")).map(|path| (path.as_str(), self.text(path)))
    }

    /// Everything that a page loads or leads to lies in the bundle, or at a full address.
    fn holds_what_it_links(&self) {
        for (path, page) in self.pages() {
            let links = collect(&page, "[href], [src]", |e| e.get_attribute("href").or_else(|| e.get_attribute("src")));
            // What the search box loads, from the top of the bundle.
            let root = "../".repeat(path.matches('/').count());
            let scripts = collect(&page, "[data-files]", |e| e.get_attribute("data-files"));
            let scripts = scripts.iter().flat_map(|files| files.split(' ')).map(|file| format!("{root}{file}"));
            for link in links.into_iter().chain(scripts).filter(|link| !link.contains(':')) {
                assert!(!link.starts_with('/'), "{path}: {link} does not work from a disk");
                let (file, anchor) = target(path, &link);
                assert!(self.files.contains_key(&file), "{path}: {link} leads to {file}, which is not in the bundle");
                if let Some(anchor) = anchor {
                    let ids = collect(&self.text(&file), "[id]", |e| e.get_attribute("id"));
                    assert!(ids.contains(&anchor), "{path}: {link} has no anchor");
                }
            }
        }
    }
}

fn bundle(project: &Project, arguments: &str) -> Unpacked {
    let _ = project.run(&format!("bundle --as-of {TODAY} --out goi.zip {arguments}")).exit(0);
    Unpacked::of(&project.path("goi.zip"))
}

#[test]
fn an_agency_of_a_province_is_a_site_of_its_own_in_which_nothing_is_missing() {
    let bundle = bundle(&Project::sample(), "--agency so-khoa-hoc-va-cong-nghe");
    bundle.holds_what_it_links();
    let start = bundle.text("MO-TRANG.html");
    assert!(start.contains("<a href=\"index.html\">Mở trang của cơ quan</a>") && start.contains("đóng <time datetime=\"2026-11-21\">"), "{start}");
    // Its pages say where they stand on the web.
    assert!(bundle.text("index.html").contains("/co-quan/so-khoa-hoc-va-cong-nghe/\""));
    assert!(bundle.files.keys().any(|path| path.starts_with("t/")));
    for others in ["co-quan/", "van-ban/", "404.html", "sitemap.xml", "robots.txt"] {
        assert!(!bundle.files.keys().any(|path| path.starts_with(others)), "{others}");
    }
    let agencies: Value = serde_json::from_str(&bundle.text("du-lieu/agencies.json")).expect("JSON");
    assert_eq!(agencies["records"].as_array().expect("records").len(), 1);
}

#[test]
fn every_agency_of_the_sample_can_be_bundled() {
    let project = Project::sample();
    for agency in ["ubnd-tinh", "phuong-hoa-ban", "so-tu-phap", "xa-ben-lau", "chi-cuc-tieu-chuan-do-luong-chat-luong"] {
        bundle(&project, &format!("--agency {agency}")).holds_what_it_links();
    }
}

#[test]
fn an_agency_that_shares_a_system_comes_with_the_one_that_answers_for_it() {
    let bundle = bundle(&Project::sample(), "--agency van-phong");
    bundle.holds_what_it_links();
    let start = bundle.text("MO-TRANG.html");
    assert!(start.contains("<a href=\"co-quan/van-phong/index.html\">"), "{start}");
    assert!(bundle.files.keys().any(|path| path.starts_with("co-quan/ubnd-tinh/cong-bo/")));
    // Totals of two agencies never pass for those of the province.
    for (path, page) in bundle.pages() {
        assert!(page.contains("Gói này chỉ có các cơ quan dùng chung") || path.contains("en/") && page.contains("This bundle has only"), "{path}");
    }
    assert!(!bundle.files.keys().any(|path| path.starts_with("co-quan/so-tu-phap/")));
}

#[test]
fn search_works_from_a_disk_for_its_index_is_a_script() {
    let bundle = bundle(&Project::minimal(), "--agency xa-thu");
    let page = bundle.text("index.html");
    let files = collect(&page, "[data-files]", |e| e.get_attribute("data-files")).join(" ");
    let index = files.split(' ').find(|file| file.contains("search-index")).expect("an index");
    let script = bundle.text(index);
    assert!(script.starts_with("(self.congbo=self.congbo||{}).index=") && script.contains("Cấp bản sao trích lục hộ tịch"), "{script}");
    bundle.holds_what_it_links();
}

#[test]
fn the_same_content_gives_the_same_bytes_and_leaves_nothing_beside() {
    let (first, second) = (Project::sample(), Project::sample());
    for project in [&first, &second] {
        let _ = project.run(&format!("bundle --agency so-tu-phap --evidence --as-of {TODAY}")).exit(0).says("MO-TRANG.html");
    }
    let bytes = |project: &Project| std::fs::read(project.path("so-tu-phap-minh-chung.zip")).expect("a zip");
    assert!(bytes(&first) == bytes(&second));
    // Once more, over the old one.
    let _ = first.run(&format!("bundle --agency so-tu-phap --evidence --as-of {TODAY}")).exit(0);
    assert!(bytes(&first) == bytes(&second));
    let mut left: Vec<String> =
        std::fs::read_dir(first.path("")).expect("a folder").map(|entry| entry.expect("an entry").file_name().to_string_lossy().into()).collect();
    left.sort();
    assert_eq!(left, ["content", "so-tu-phap-minh-chung.zip"]);
    let mut archive = ZipArchive::new(File::open(first.path("so-tu-phap-minh-chung.zip")).expect("a zip")).expect("a zip");
    for at in 0..archive.len() {
        let time = archive.by_index(at).expect("a file").last_modified().expect("a time");
        assert_eq!((time.year(), time.month(), time.day()), (2026, 11, 21));
    }
}

#[test]
fn the_bundle_for_inspectors_has_data_pages_report_attachments_and_a_manifest_of_all() {
    let project = Project::minimal().file("content/agencies/xa-thu/files/quyet-dinh.pdf", "%PDF-1.7\nchữ ký\n%%EOF\n").edit(
        "content/agencies/xa-thu/declarations/2026-03-02.yaml",
        "place: Xã Thử",
        "place: Xã Thử\nsigned_file: { path: files/quyet-dinh.pdf }",
    );
    let bundle = bundle(&project, "--agency xa-thu --evidence");
    bundle.holds_what_it_links();
    let start = bundle.text("MO-TRANG.html");
    for ending in ["html", "md", "json"] {
        assert!(start.contains(&format!("href=\"bao-cao/tu-kiem-tra.{ending}\"")), "{start}");
    }
    assert!(bundle.text("bao-cao/tu-kiem-tra.md").starts_with("# Tự kiểm tra hệ thống quản lý chất lượng: Ủy ban nhân dân xã Thử"));
    let report: Value = serde_json::from_str(&bundle.text("bao-cao/tu-kiem-tra.json")).expect("JSON");
    assert_eq!(report["evidence"]["agency"], "xa-thu");
    let signed = bundle.files.iter().find(|(path, _)| path.ends_with("quyet-dinh.pdf")).expect("the signed decision");
    assert!(signed.1.starts_with(b"%PDF-1.7"));
    assert!(bundle.files.contains_key("du-lieu/declarations.json"));
    // The manifest names every other file, and `congbo verify` agrees; after a change it does not.
    let manifest: Value = serde_json::from_str(&bundle.text("manifest.json")).expect("JSON");
    let listed: Vec<&str> = manifest["files"].as_object().expect("files").keys().map(String::as_str).collect();
    assert_eq!(listed, bundle.files.keys().map(String::as_str).filter(|path| *path != "manifest.json").collect::<Vec<_>>());
    let place = bundle.folder.path().display().to_string();
    let _ = project.run(&format!("verify {place}")).exit(0);
    std::fs::write(bundle.folder.path().join("bao-cao/tu-kiem-tra.md"), "đã sửa").expect("a file");
    let _ = project.run(&format!("verify {place}")).exit(1).says("bao-cao/tu-kiem-tra.md");
}

#[test]
fn what_is_internal_or_a_draft_is_in_no_bundle_not_even_in_the_report() {
    let marker = "ma-rieng-noi-bo-4711";
    let process = "content/agencies/xa-thu/work-processes/ho-tich.md";
    let project = Project::minimal();
    let base = project.read(process);
    // `check` has something to say of each.
    let hidden = base
        .replace("code: QT-01", "code: QT-02\nvisibility: internal")
        .replace("Quy trình hộ tịch", marker)
        .replace("Ghi chú của quy trình.", "[MẪU] ghi chú");
    let project = project
        .file("content/agencies/xa-thu/work-processes/ma-rieng-noi-bo-4711.md", hidden.clone())
        .file("content/agencies/xa-thu/work-processes/du-thao.md", hidden.replace("visibility: internal", "status: draft").replace("QT-02", "QT-03"))
        .file("content/agencies/xa-thu/files/ma-rieng-noi-bo-4711.pdf", "%PDF-1.7\nma-rieng-noi-bo-4711\n%%EOF\n")
        .file("content/agencies/xa-thu/files/ma-rieng-noi-bo-4711-cu.pdf", "%PDF-1.7\nma-rieng-noi-bo-4711\n%%EOF\n")
        .edit(
            "content/agencies/xa-thu/documents.yaml",
            "internal: []",
            &format!(
                "internal:\n  - {{ code: {marker}, title: {marker}, issued_on: 2026-01-05, approved_by: Thư ký, visibility: internal, file: files/{marker}.pdf }}"
            ),
        );
    let full = project.run(&format!("report xa-thu --as-of {TODAY}"));
    let withheld = full.out().lines().filter(|line| line.starts_with("- Cảnh báo: ")).count();
    assert!(full.out().contains(marker) && withheld > 1, "the agency's own report tells of them, or this test shows nothing:\n{}", full.out());
    for arguments in ["--agency xa-thu", "--agency xa-thu --evidence"] {
        for (path, bytes) in bundle(&project, arguments).files {
            assert!(!String::from_utf8_lossy(&bytes).contains(marker) && !path.contains(marker), "{arguments}: {path}");
        }
    }
    let told = bundle(&project, "--agency xa-thu --evidence").text("bao-cao/tu-kiem-tra.md");
    assert!(told.contains(&format!("Không nêu ở bản này: {withheld} điểm")), "{told}");
}

#[test]
fn what_cannot_be_bundled_is_told_and_the_old_zip_stays() {
    let project = Project::sample().file("goi.zip", "cũ");
    let run = |arguments: &str| project.run(&format!("bundle --as-of {TODAY} --out goi.zip {arguments}"));
    let _ = run("--agency so-tu-phab").exit(2).says("không có cơ quan “so-tu-phab”").says("so-tu-phap");
    let _ = run("--agency xa-con-say").exit(2).says("không còn hoạt động");
    let _ = project.run(&format!("bundle --as-of {TODAY} --agency so-tu-phap --out content/goi.zip")).exit(2).says("nằm trong thư mục nội dung");
    let _ = project.run(&format!("bundle --as-of {TODAY} --agency so-tu-phap --out content")).exit(2);
    let project = project.edit("content/agencies/so-tu-phap/agency.yaml", "level:", "levle:");
    let _ = project.run(&format!("bundle --as-of {TODAY} --out goi.zip --agency so-tu-phap")).exit(1).says("chưa tạo gói");
    assert_eq!(project.read("goi.zip"), "cũ");
}
