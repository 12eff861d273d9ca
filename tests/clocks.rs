//! Clocks: months and working days, what falls due, the calendar that others read, and documents as approved.

use congbo::domain::{Holidays, Register, months_after};
use congbo::origin::Origin;
use jiff::civil::date;
use serde_json::Value;

use crate::project::{Project, TODAY};

#[test]
fn a_month_ends_where_the_calendar_ends_it() {
    let cases = [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 3, date(2026, 11, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 10, 15), 3, date(2027, 1, 15)),
        (date(2026, 3, 5), 0, date(2026, 3, 5)),
    ];
    for (start, months, end) in cases {
        assert_eq!(months_after(start, months), end, "{start} and {months} months");
    }
}

#[test]
fn working_days_leave_out_weekends_and_holidays_and_count_days_worked_instead() {
    let mut register = Register::default();
    // Of a year without a table only the weekends are known.
    assert_eq!(register.working_days_after(date(2026, 8, 28), 1), date(2026, 8, 31));
    let holidays = Holidays {
        origin: Origin::file("content/holidays.yaml"),
        days_off: vec![date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)],
        working_days: vec![date(2026, 8, 22)],
        source: None,
        verified_on: None,
    };
    register.holidays.insert(2026, holidays);
    assert_eq!(register.working_days_after(date(2026, 8, 28), 1), date(2026, 9, 3));
    assert_eq!(register.working_days_after(date(2026, 8, 21), 1), date(2026, 8, 22), "a Saturday on which people work");
    assert_eq!(register.working_days_after(date(2026, 8, 28), 5), date(2026, 9, 9));
}

/// A project with one thing overdue, one soon and one later.
fn busy() -> Project {
    Project::minimal()
        .file(
            "content/agencies/xa-thu/reviews.yaml",
            "internal_audits: [{ held_on: 2026-01-10 }]\nmanagement_reviews: [{ held_on: 2026-02-20 }]\nnonconformities: [{ found_on: 2026-08-31, description: \"Sổ theo dõi hồ sơ; thiếu, chưa đủ ngày trả kết quả của nhiều hồ sơ trong quý ba\" }]\n",
        )
}

#[test]
fn what_falls_due_is_listed_with_its_clause_the_overdue_first() {
    let run = busy().run(&format!("due --as-of {TODAY} --within 60d")).exit(0);
    let out = run.out();
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[0].starts_with("QUÁ HẠN 31/10/2026  Ủy ban nhân dân xã Thử  Khắc phục: Sổ theo dõi"), "{out}");
    assert!(lines[1].contains("Điều 37 khoản 2 điểm c"), "{out}");
    assert_eq!(lines[2], "hạn 10/01/2027  Ủy ban nhân dân xã Thử  Đánh giá nội bộ");
    assert_eq!(lines.len(), 4, "{out}");
    let later = busy().run(&format!("due --as-of {TODAY} --within 20w --agency xa-thu")).exit(0).out();
    assert!(later.contains("hạn 20/02/2027  Ủy ban nhân dân xã Thử  Xem xét của lãnh đạo"), "{later}");
    let _ = busy().run("due --agency xa-thur").exit(2).says("có phải ý anh/chị là xa-thu?");
}

#[test]
fn the_rules_and_the_list_agree() {
    let project = busy();
    let check = project.run(&format!("check --format json --as-of {TODAY}")).exit(1).out();
    let told: Value = serde_json::from_str(&check).expect("JSON");
    let overdue = told["diagnostics"].as_array().expect("a list").iter().filter(|one| one["rule"] == "overdue-corrective-action").count();
    let list: Value = serde_json::from_str(&project.run(&format!("due --format json --as-of {TODAY}")).out()).expect("JSON");
    let due = list["due"].as_array().expect("a list").iter().filter(|one| one["kind"] == "corrective_action" && one["is_overdue"] == true).count();
    assert_eq!((overdue, due), (1, 1));
}

/// An event of a calendar: its properties by name, unfolded and unescaped. Refuses what RFC 5545 does not allow.
fn events(calendar: &[u8]) -> Vec<std::collections::BTreeMap<String, String>> {
    let text = std::str::from_utf8(calendar).expect("UTF-8");
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "every line ends in CRLF");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "no line is longer than 75 bytes");
    let unfolded = text.replace("\r\n ", "");
    let mut lines = unfolded.split("\r\n").filter(|line| !line.is_empty());
    assert_eq!(lines.next(), Some("BEGIN:VCALENDAR"));
    let (mut events, mut current) = (Vec::new(), None);
    for line in lines {
        let (name, value) = line.split_once(':').expect("name:value");
        match (name, value) {
            ("BEGIN", "VEVENT") => current = Some(std::collections::BTreeMap::new()),
            ("END", "VEVENT") => events.push(current.take().expect("an event")),
            ("END", "VCALENDAR") => assert!(current.is_none()),
            _ => {
                let value = value.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\");
                if let Some(event) = &mut current {
                    assert!(event.insert(name.to_owned(), value).is_none(), "{name} twice");
                }
            }
        }
    }
    events
}

#[test]
fn the_calendar_is_read_by_others() {
    let project = busy();
    let calendar = project.run(&format!("due --format ics --as-of {TODAY}")).exit(0).out();
    let events = events(calendar.as_bytes());
    assert_eq!(events.len(), 2);
    let first = &events[0];
    assert_eq!(first["DTSTART;VALUE=DATE"], "20261031");
    assert_eq!(first["DTEND;VALUE=DATE"], "20261101");
    assert_eq!(first["DTSTAMP"], "20261121T000000Z");
    assert_eq!(first["SUMMARY"], "Quá hạn – Ủy ban nhân dân xã Thử: Khắc phục");
    assert!(first["DESCRIPTION"].starts_with("Sổ theo dõi hồ sơ; thiếu, chưa đủ"), "{first:?}");
    let moved = project.edit("content/agencies/xa-thu/reviews.yaml", "2026-01-10", "2026-01-12");
    let again = moved.run(&format!("due --format ics --as-of {TODAY}")).out();
    let uid = |calendar: &[std::collections::BTreeMap<String, String>]| calendar.iter().map(|event| event["UID"].clone()).collect::<Vec<_>>();
    assert_eq!(uid(&events), uid(&self::events(again.as_bytes())), "a thing keeps its id when its day moves");
}

#[test]
fn the_public_site_tells_of_it_only_where_the_site_says_so() {
    let project = busy().edit("content/agencies/xa-thu/reviews.yaml", "nonconformities", "# nonconformities");
    let _ = project.run(&format!("build --as-of {TODAY}")).exit(0);
    assert!(!project.path("public/due.json").exists() && !project.path("public/due.ics").exists());
    let project = project.edit("content/site.yaml", "title:", "show_overdue: true\ntitle:");
    let _ = project.run(&format!("build --as-of {TODAY}")).exit(0);
    assert_eq!(events(project.read("public/due.ics").as_bytes()).len(), 2);
    let list: Value = serde_json::from_str(&project.read("public/due.json")).expect("JSON");
    assert_eq!(list["due"][0]["due_on"], "2027-01-10");
}

const PROCESS: &str = "content/agencies/xa-thu/work-processes/ho-tich.md";

#[test]
fn an_approved_document_does_not_change_in_silence() {
    let project = Project::minimal();
    let _ = project.run(&format!("approve --dry-run --as-of {TODAY}")).exit(0).says("chưa ghi");
    assert!(!project.path("congbo.lock").exists());
    let shown = project.run(&format!("approve --as-of {TODAY}")).exit(0).out();
    assert!(shown.contains("+ xa-thu/work-processes/ho-tich  1/0"), "{shown}");
    let _ = project.run(&format!("check --as-of {TODAY}")).exit(0);
    let lock = project.read("congbo.lock");
    let _ = project.run("approve --as-of 2026-12-01").exit(0).says("không có gì thay đổi");
    assert_eq!(project.read("congbo.lock"), lock);

    // What is said about a document is no change of it.
    let project = project.edit(PROCESS, "steps:", "legal_reviews:\n  - { document: 63/2010/NĐ-CP, reviewed_on: 2026-11-01 }\nsteps:");
    let _ = project.run(&format!("check --as-of {TODAY}")).exit(0);
    let project = project.edit(PROCESS, "Kiểm tra giấy tờ", "Không kiểm tra giấy tờ");
    let _ = project
        .run(&format!("check --as-of {TODAY}"))
        .exit(1)
        .says("lỗi[changed-without-revision]: QT-01 (ban hành lần 1, sửa đổi 0) khác với bản đã phê duyệt");
    let _ = project.run(&format!("approve --as-of {TODAY}")).exit(1).says("chưa ghi: tăng lần sửa đổi");
    assert_eq!(project.read("congbo.lock"), lock);

    let project = project.edit(PROCESS, "revision: 0", "revision: 1");
    let _ = project.run(&format!("check --as-of {TODAY}")).exit(0);
    let shown = project.run(&format!("approve --document QT-01 --as-of {TODAY}")).exit(0).out();
    assert_eq!(shown, "~ xa-thu/work-processes/ho-tich  1/0 → 1/1\n");
    let is_line = |lock: &str| lock.lines().filter(|line| line.starts_with("- { document: ")).count();
    assert_eq!(is_line(&project.read("congbo.lock")), is_line(&lock), "one document, one line");
}

#[test]
fn a_changed_law_makes_work_processes_suspect_until_somebody_answers() {
    let process = "content/agencies/xa-ben-lau/work-processes/dang-ky-ho-kinh-doanh.md";
    let (law, page) = ("public/van-ban/42-2022-nd-cp/index.html", "public/co-quan/xa-ben-lau/quy-trinh/dang-ky-ho-kinh-doanh/index.html");
    let project = Project::sample();
    let _ = project.run(&format!("build --as-of {TODAY}")).exit(0);
    assert!(!project.read(law).contains("Cần rà soát") && !project.read(page).contains("can-ra-soat"), "a review answers it");
    // As it was before the revision and the reviews of August.
    let before: String = project.read(process).split_inclusive('\n').take_while(|line| !line.starts_with("revisions:")).collect();
    let project = project.file(process, format!("{}---\n", before.replace("2026-08-13", "2026-06-01"))).edit(
        "content/site.yaml",
        "missing-premises-posting: error",
        "missing-premises-posting: error, overdue-legal-update: warning",
    );
    let _ = project.run(&format!("build --as-of {TODAY}")).exit(0).says("cảnh báo[overdue-legal-update]");
    assert!(project.read(law).contains("Cần rà soát"));
    let shown = project.read(page);
    assert!(shown.contains("can-ra-soat") && shown.contains("ngày 01 tháng 10 năm 2026"), "{shown}");
}
