//! Files change in every way that editors and tools change them: the last save is never missed.

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use super::client::{Server, wait_for};
use crate::project::Project;

const AGENCY: &str = "content/agencies/xa-thu/agency.yaml";
const SITE: &str = "content/site.yaml";

/// The record of the agency with another name, which stands on every page.
fn agency(name: &str) -> String {
    Project::minimal().read(AGENCY).replace("xã Thử", name)
}

#[test]
fn a_save_reloads_the_pages() {
    let project = Project::minimal();
    let server = Server::start(&project, "");
    let mut events = server.events();
    let before = events.next_named("state");
    let _project = project.file(AGENCY, agency("Trang mới"));
    let after = events.next_named("reload");
    assert_eq!((after["session"].clone(), after["pages"].as_u64()), (before["session"].clone(), before["pages"].as_u64().map(|pages| pages + 1)));
    assert!(server.get("/").body.contains("Trang mới"));
}

#[test]
fn a_stylesheet_is_swapped_without_reload() {
    let project = Project::minimal().edit(SITE, "title:", "theme: themes/tinh\ntitle:").file("themes/tinh/static/style.css", "p{color:red}");
    let server = Server::start(&project, "");
    let mut events = server.events();
    let before = events.next_named("state");
    let project = project.file("themes/tinh/static/style.css", "p{color:green}");
    let after = events.next_named("css");
    assert_eq!(after["pages"], before["pages"]);
    assert_ne!(after["stylesheet"], before["stylesheet"]);
    assert_eq!(server.get(&format!("/{}", after["stylesheet"].as_str().expect("a path"))).body, "p{color:green}");
    server.until_like_a_clean_build(&project);
}

#[test]
fn a_save_without_a_change_does_nothing() {
    let project = Project::minimal();
    let server = Server::start(&project, "");
    let mut events = server.events();
    events.next_named("state");
    let project = project.file(AGENCY, agency("xã Thử")).file("ghi-chu.txt", "x");
    let _project = project.file(AGENCY, agency("Trang khác"));
    assert_eq!(events.next_named("reload")["pages"], 2);
}

#[test]
fn editors_save_in_many_ways() {
    let project = Project::minimal();
    let server = Server::start(&project, "");
    let at = |name: &str| project.path("content/agencies/xa-thu").join(name);
    let file = at("agency.yaml");
    // vim: a file to see whether it may write, a swap file, the old file aside, a new one, the old one away.
    fs::write(at("4913"), "").expect("a file");
    fs::remove_file(at("4913")).expect("a file");
    fs::write(at(".agency.yaml.swp"), "x").expect("a file");
    fs::rename(&file, at("agency.yaml~")).expect("a file");
    fs::write(&file, agency("Bằng vim")).expect("a file");
    fs::remove_file(at("agency.yaml~")).expect("a file");
    fs::remove_file(at(".agency.yaml.swp")).expect("a file");
    server.until_page("/", "Bằng vim");
    // VS Code: emptied, then written.
    fs::write(&file, "").expect("a file");
    fs::write(&file, agency("Bằng VS Code")).expect("a file");
    server.until_page("/", "Bằng VS Code");
    // A new file in the place of the old one.
    fs::write(at(".agency.yaml.tmp"), agency("Bằng cách đổi tên")).expect("a file");
    fs::rename(at(".agency.yaml.tmp"), &file).expect("a file");
    server.until_page("/", "Bằng cách đổi tên");
    server.until_like_a_clean_build(&project);
}

#[test]
fn a_file_that_is_replaced_and_removed_in_one_moment_is_gone() {
    let page = |title: &str| format!("---\ntitle: {title}\n---\nNội dung.\n");
    let project = Project::minimal().file("content/pages/huong-dan.md", page("Hướng dẫn"));
    let server = Server::start(&project, "");
    assert_eq!(server.get("/trang/huong-dan/").status, 200);
    let project = project.file("content/.tam", page("Hướng dẫn mới"));
    fs::rename(project.path("content/.tam"), project.path("content/pages/huong-dan.md")).expect("a file");
    let project = project.without("content/pages/huong-dan.md");
    server.until("the page to be gone", |server| server.get("/trang/huong-dan/").status == 404);
    server.until_like_a_clean_build(&project);
}

#[test]
fn a_storm_of_saves_ends_with_the_last_one() {
    let mut project = Project::minimal();
    let server = Server::start(&project, "");
    for number in 0..60 {
        project = project.file(AGENCY, agency(&format!("Lần lưu {number}")));
        sleep(Duration::from_millis(number % 7 * 5));
    }
    server.until_page("/", "Lần lưu 59");
    server.until_like_a_clean_build(&project);
}

#[test]
fn many_files_at_once_are_seen_like_a_checkout_of_a_branch() {
    let law = |number: usize, title: &str| format!("- number: {number}/2020/NĐ-CP\n  title: {title} {number}\n  effective_on: 2020-01-01\n");
    let project = second_agency(Project::minimal());
    let server = Server::start(&project, "");
    let mut project = project;
    for number in 100..250 {
        project = project.file(&format!("content/law/nhanh/{number}.yaml"), law(number, "Nghị định"));
    }
    server.until("the last page", |server| server.get("/van-ban/249-2020-nd-cp/").status == 200);
    server.until_like_a_clean_build(&project);
    for number in 100..250 {
        project = project.without(&format!("content/law/nhanh/{number}.yaml"));
    }
    fs::remove_dir(project.path("content/law/nhanh")).expect("a folder");
    server.until("no such page", |server| server.get("/van-ban/249-2020-nd-cp/").status == 404);
    fs::remove_dir_all(project.path("built")).expect("a folder");
    server.until_like_a_clean_build(&project);
}

/// Adds another agency, whose folder is `content/agencies/xa-hai`.
fn second_agency(project: Project) -> Project {
    let agency = project.read("content/agencies/xa-thu/agency.yaml").replace("xa-thu", "xa-hai").replace("xã Thử", "xã Hai");
    project.file("content/agencies/xa-hai/agency.yaml", agency)
}

#[test]
fn folders_that_move_take_their_pages_along() {
    let project = second_agency(Project::minimal());
    let server = Server::start(&project, "");
    let (agency, aside) = (project.path("content/agencies/xa-hai"), project.path("xa-hai"));
    assert_eq!(server.get("/co-quan/xa-hai/").status, 200);
    fs::rename(&agency, &aside).expect("a folder");
    server.until("one agency", |server| server.get("/co-quan/xa-hai/").status == 404);
    fs::rename(&aside, &agency).expect("a folder");
    server.until("two agencies", |server| server.get("/co-quan/xa-hai/").status == 200);
    let project = project.edit("content/agencies/xa-hai/agency.yaml", "xã Hai", "xã Ba");
    server.until_page("/co-quan/xa-hai/", "xã Ba");
    fs::remove_dir_all(&agency).expect("a folder");
    server.until("one agency", |server| server.get("/co-quan/xa-hai/").status == 404);
    server.until_like_a_clean_build(&project);
}

#[test]
fn without_events_files_are_looked_at_each_second() {
    let project = Project::minimal();
    let server = Server::start(&project, "--poll");
    let project = project.file(AGENCY, agency("Xem lại mỗi giây"));
    server.until_page("/", "Xem lại mỗi giây");
    let project = second_agency(project);
    server.until("two agencies", |server| server.get("/co-quan/xa-hai/").status == 200);
    server.until_like_a_clean_build(&project);
}

/// How many bytes a process has read so far.
#[cfg(target_os = "linux")]
fn bytes_read(process: u32) -> u64 {
    let counters = fs::read_to_string(format!("/proc/{process}/io")).expect("the counters of a process");
    counters.lines().find_map(|line| line.strip_prefix("rchar: ")).and_then(|count| count.parse().ok()).expect("a count")
}

#[cfg(target_os = "linux")]
#[test]
fn reading_triggers_nothing() {
    let project = Project::minimal();
    let server = Server::start(&project, "");
    let before = server.state();
    fn read_all(folder: &Path) {
        crate::project::tree(folder);
    }
    // Once the reading of the first build has been forgotten, nothing is read for a second, though others read.
    wait_for("a second without reading", || {
        let read = bytes_read(server.id());
        sleep(Duration::from_millis(500));
        read_all(&project.path("content"));
        sleep(Duration::from_millis(500));
        // Events of the system itself are read, and left alone.
        (bytes_read(server.id()) - read < 4096).then_some(())
    });
    assert_eq!(server.state(), before);
    let _project = project.file(AGENCY, agency("Trang mới"));
    server.until_page("/", "Trang mới");
}

#[test]
fn what_was_approved_is_looked_at_when_it_changes() {
    for arguments in ["", "--poll"] {
        let project = Project::minimal();
        project.run("approve").exit(0);
        let lock = project.read("congbo.lock");
        let server = Server::start(&project, arguments);
        // A document changed under the same revision: an error, until what was approved is another thing.
        let project = project.edit("content/agencies/xa-thu/work-processes/ho-tich.md", "Kiểm tra giấy tờ", "Xem giấy tờ");
        server.until("the error", |server| server.state()["errors"] == 1);
        fs::remove_file(project.path("congbo.lock")).expect("the lock file");
        server.until("no error without a lock file", |server| server.state()["errors"] == 0);
        let project = project.file("congbo.lock", lock);
        server.until("the error again", |server| server.state()["errors"] == 1);
        fs::write(project.path("congbo.lock"), "[]\n").expect("a lock file without documents");
        server.until("no error with a lock file without documents", |server| server.state()["errors"] == 0);
    }
}
