//! `congbo new`: skeletons in their right place, with what is known filled in, and nothing that was there changed.

use crate::project::{Project, tree};
use crate::starter::assert_described;

/// Every kind that makes or extends a file on its own.
const KINDS: [&str; 17] = [
    "declaration",
    "work-process",
    "objective",
    "audit",
    "review",
    "nonconformity",
    "training",
    "complaint",
    "document",
    "external-document",
    "result",
    "quality-policy",
    "agency",
    "legal-document",
    "administrative-procedure",
    "inspection",
    "page",
];

/// What stands after `đã ghi` in the output.
fn written(said: &str) -> String {
    said.lines().find_map(|line| line.strip_prefix("đã ghi ")).unwrap_or_else(|| panic!("nothing was written:\n{said}")).to_owned()
}

fn without_policy() -> Project {
    Project::minimal().without("content/agencies/xa-thu/quality-policy.md")
}

#[test]
fn each_kind_passes_the_check_with_nothing_but_its_samples_and_builds() {
    for kind in KINDS {
        let project = without_policy();
        let path = written(&project.run(&format!("new {kind}")).exit(0).says("bước tiếp theo").says("congbo check").out());
        assert!(project.path(&path).exists(), "{kind}: {path}");
        let run = project.run("check").exit(0);
        let told: Vec<String> = run.err().lines().filter(|line| line.starts_with("cảnh báo")).map(str::to_owned).collect();
        // A new agency has not declared yet: that stays true.
        let is_known = |line: &String| line.starts_with("cảnh báo[sample-content]") || kind == "agency" && line.starts_with("cảnh báo[missing-declaration]");
        assert!(told.iter().all(is_known), "{kind}: {told:#?}");
        project.run("build").exit(0);
        if kind == "work-process" {
            // A draft is not published, so nothing in it stands in the way.
            assert!(told.is_empty(), "{told:#?}");
            project.run("build --release").exit(0);
            assert!(!tree(&project.path("public")).iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("[MẪU]")));
        } else {
            project.run("build --release").exit(1).says("lỗi[sample-content]");
        }
    }
}

#[test]
fn a_new_file_has_the_words_of_the_label_table_and_what_is_there_is_kept() {
    for kind in KINDS {
        let project = without_policy();
        let before = tree(&project.path("content"));
        let path = written(&project.run(&format!("new {kind}")).exit(0).out());
        let after = tree(&project.path("content"));
        for (name, bytes) in &before {
            let now = &after.iter().find(|(other, _)| other == name).expect("a file that stays").1;
            if format!("content/{name}") != path {
                assert_eq!(bytes, now, "{kind} changed {name}");
            }
        }
        if !before.iter().any(|(name, _)| format!("content/{name}") == path) {
            assert_described(&path, &project.read(&path));
        }
        // A second time it is another file, a further entry, or refused: never written over.
        let text = project.read(&path);
        let again = project.run(&format!("new {kind}"));
        assert!(again.code() == Some(2) || project.read(&path).len() >= text.len(), "{kind}");
        if again.code() == Some(2) {
            assert_eq!(project.read(&path), text, "{kind}");
            // The period after the present one can't have results yet.
            let reason = if kind == "result" { "chưa bắt đầu" } else { "đã có" };
            let _ = again.says(reason);
        }
    }
}

#[test]
fn a_redeclaration_has_the_standard_the_scope_of_today_and_the_decision_it_replaces() {
    let second = "- code: \"1.000002\"\n  name: Đăng ký khai sinh\n  field: Hộ tịch\n  levels: [commune]\n";
    let project = Project::minimal().file("content/administrative-procedures/second.yaml", second).edit(
        "content/agencies/xa-thu/agency.yaml",
        "[\"1.000001\"]",
        "[\"1.000001\", \"1.000002\"]",
    );
    project.run("new declaration --date 2026-11-20").exit(0).says("content/agencies/xa-thu/declarations/2026-11-20.yaml").says("congbo draft decision xa-thu");
    let text = project.read("content/agencies/xa-thu/declarations/2026-11-20.yaml");
    for part in [
        "kind: redeclaration\n",
        "reason: scope_extended\n",
        "supersedes: 12/QĐ-UBND\n",
        "standard: tcvn-iso-9001-2015\n",
        "issued_on: 2026-11-20\n",
        "  - \"1.000001\" # Cấp bản sao trích lục hộ tịch\n  - \"1.000002\" # Đăng ký khai sinh\n",
        "number: 00/QĐ-UBND # [MẪU]\n",
        "place: Xã Thử\n",
        "  name: Người ký mẫu\n",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    // On a day before the edition of 2015 was adopted, the one before it; and nothing to replace.
    project.run("new declaration --date 2015-03-02 --number 07/QĐ-UBND").exit(0);
    let text = project.read("content/agencies/xa-thu/declarations/2015-03-02.yaml");
    assert!(text.contains("standard: tcvn-iso-9001-2008\n") && text.contains("kind: first\n") && text.contains("number: 07/QĐ-UBND\n"), "{text}");
    assert!(!text.contains("supersedes"), "{text}");
    project.run("new declaration --date 2026-11-20").exit(2).says("đã có");
    project.run("new declaration --date 2026-12-20").exit(0).says("ngày 20/12/2026 chưa đến");
    project
        .edit("content/agencies/xa-thu/agency.yaml", "[\"1.000001\", \"1.000002\"]", "[]")
        .run("new declaration --date 2026-11-19")
        .exit(2)
        .says("chưa có thủ tục nào");
}

#[test]
fn a_work_process_gets_the_next_code_and_what_no_process_covers() {
    let second = "- code: \"1.000002\"\n  name: Đăng ký khai sinh\n  field: Hộ tịch\n  levels: [commune]\n  legal_bases: [63/2010/NĐ-CP]\n";
    let project = Project::minimal().file("content/administrative-procedures/second.yaml", second).edit(
        "content/agencies/xa-thu/agency.yaml",
        "[\"1.000001\"]",
        "[\"1.000001\", \"1.000002\"]",
    );
    project.command(&[], "new work-process --title").arg("Quy trình khai sinh").output().expect("the program runs");
    let text = project.read("content/agencies/xa-thu/work-processes/quy-trinh-khai-sinh.md");
    for part in [
        "code: QT-02\n",
        "title: Quy trình khai sinh\n",
        "status: draft\n",
        "approved_by: Chủ tịch\n",
        "  - \"1.000002\" # Đăng ký khai sinh\n",
        "  - 63/2010/NĐ-CP\n",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert!(!text.contains("1.000001"), "{text}");
}

#[test]
fn a_code_that_is_there_gets_its_next_edition_as_a_draft_and_loses_nothing() {
    let project =
        Project::minimal().edit("content/agencies/xa-thu/work-processes/ho-tich.md", "edition: 1", "edition: 1 # theo QĐ 5\neffective_on: 2026-01-10");
    let path = written(&project.run("new work-process --code QT-01 --date 2026-11-20").exit(0).says("status: superseded").out());
    assert_eq!(path, "content/agencies/xa-thu/work-processes/ho-tich-lan-2.md");
    let text = project.read(&path);
    for part in [
        "status: draft\n",
        "edition: 2\n",
        "revision: 0\n",
        "issued_on: 2026-11-20 # [MẪU]\n",
        "covers: [\"1.000001\"]\n",
        "Ghi chú của quy trình.",
        "revisions:\n",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert!(!text.contains("effective_on"), "{text}");
    let check = project.run("check").exit(0);
    assert!(check.err().lines().filter(|line| line.starts_with("cảnh báo")).all(|line| line.contains("sample-content")), "{}", check.err());
    project.run("new document --code BM-01").exit(0);
    project.run("new document --code BM-01").exit(0).says("status: obsolete");
    let documents = project.read("content/agencies/xa-thu/documents.yaml");
    assert!(documents.contains("edition: 2\n") && documents.contains("status: draft\n") && documents.contains("kind: form\n"), "{documents}");
    project.run("new document").exit(0);
    assert!(project.read("content/agencies/xa-thu/documents.yaml").contains("code: BM-02\n"));
    project.run("check").exit(0);
}

#[test]
fn an_entry_is_added_without_touching_comments_order_or_spacing() {
    let reviews = "# Sổ theo dõi của Văn phòng\nmanagement_reviews:\n- held_on: 2026-02-20   # họp giao ban\n  conclusion: >-\n    Phù hợp,\n    có hiệu lực\n\ninternal_audits:\n\n  - held_on: 2026-02-10\n    scope: Toàn bộ\n  # hết\ntraining: []  # chưa có\n";
    let project = Project::minimal().file("content/agencies/xa-thu/reviews.yaml", reviews);
    for kind in ["audit", "review", "training", "nonconformity"] {
        project.run(&format!("new {kind} --date 2026-11-02")).exit(0);
    }
    let text = project.read("content/agencies/xa-thu/reviews.yaml");
    for kept in [
        "# Sổ theo dõi của Văn phòng\n",
        "- held_on: 2026-02-20   # họp giao ban\n  conclusion: >-\n    Phù hợp,\n    có hiệu lực\n",
        "  # hết\n",
        "training:  # chưa có\n",
    ] {
        assert!(text.contains(kept), "{kept:?} is not in\n{text}");
    }
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part:?} is not in\n{text}"));
    assert!(at("conclusion: >-") < at("- held_on: 2026-11-02\n  #") && at("- held_on: 2026-11-02\n  #") < at("internal_audits:"), "{text}");
    // The deadline of the table: two months.
    assert!(text.contains("nonconformities:\n") && text.contains("due: 2027-01-02\n"), "{text}");
    project.run("check").exit(0);
    // DOS line ends stay what they are.
    let dos = "internal_audits:\r\n  - held_on: 2026-02-10\r\n    scope: Toàn bộ\r\n";
    let project = Project::minimal().file("content/agencies/xa-thu/reviews.yaml", dos);
    project.run("new audit").exit(0);
    let text = project.read("content/agencies/xa-thu/reviews.yaml");
    assert!(text.starts_with(dos) && text.matches('\n').count() == text.matches("\r\n").count(), "{text:?}");
}

#[test]
fn a_list_in_brackets_is_unfolded_and_a_damaged_file_left_alone() {
    let project = Project::minimal();
    project.run("new audit --date 2026-11-02").exit(0);
    let text = project.read("content/agencies/xa-thu/reviews.yaml");
    assert!(text.starts_with("internal_audits:\n  - { held_on: 2026-02-10, scope: Toàn bộ }\n"), "{text}");
    assert!(text.ends_with("management_reviews: [{ held_on: 2026-02-20, conclusion: Phù hợp }]\n"), "{text}");
    for damaged in [
        "internal_audits: [{ held_on: 2026-02-10 }\n",
        "internal_audits: [ # một\n  { held_on: 2026-02-10 }]\n",
        "internal_audits:\n  -\n    held_on: 2026-02-10\n",
        "internal_audits:\n  ? - Đ\n",
        "internal_audits: không có\n",
        "- held_on: 2026-02-10\n",
    ] {
        let project = Project::minimal().file("content/agencies/xa-thu/reviews.yaml", damaged);
        project.run("new audit").exit(2).says("hãy tự thêm").says("held_on: 2026-11-21");
        assert_eq!(project.read("content/agencies/xa-thu/reviews.yaml"), damaged);
    }
}

#[test]
fn results_follow_the_last_period_field_by_field() {
    let rows = "results:\n  - { period: 2026-Q2, field: Hộ tịch, received: 3, on_time: 3, late: 0 }\n  - { period: 2026-Q2, field: Đất đai, received: 3, on_time: 3, late: 0 }\n";
    let project = Project::minimal().file("content/agencies/xa-thu/results/2026.yaml", rows);
    project.run("new result").exit(0);
    let text = project.read("content/agencies/xa-thu/results/2026.yaml");
    assert!(text.starts_with(rows) && text.matches("period: 2026-Q3\n").count() == 2 && text.contains("field: Đất đai\n"), "{text}");
    project.run("new result --period 2026-Q3").exit(2).says("đã có kết quả kỳ 2026-Q3");
    project.run("new result --period 2027-Q1").exit(2).says("chưa bắt đầu");
    project.run("new result --period quý-1").exit(2).says("không phải một kỳ");
    project.run("check").exit(0);
}

#[test]
fn objectives_of_a_new_year_are_those_of_the_year_before_to_be_set_anew() {
    let project = Project::minimal();
    project.run("new objective --year 2027").exit(0).says("chép từ năm trước");
    let text = project.read("content/agencies/xa-thu/objectives/2027.yaml");
    for part in ["id: dung-han\n", "statement: Giải quyết đúng hạn\n", "value: 95 # [MẪU]\n", "due: 2027-12-31 # [MẪU]\n", "action: Nhắc hồ sơ\n"]
    {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    project.run("check").exit(0);
}

#[test]
fn the_agency_may_be_left_out_only_where_there_is_one() {
    let project = Project::sample();
    project.run("new audit").exit(2).says("dự án có 8 cơ quan").says("phuong-hoa-ban");
    project.run("new audit --agency phuong-hoa-ba").exit(2).says("có phải ý anh/chị là phuong-hoa-ban?");
    project.run("new audit --agency phuong-hoa-ban").exit(0).says("content/agencies/phuong-hoa-ban/reviews.yaml");
    project.run("new declaration --agency so-tu-phap").exit(0);
    project.run("new agency --id xa-moi --level comune").exit(2).says("có phải ý anh/chị là commune?");
    project.run("new agency --id xa-moi").exit(0);
    assert!(project.read("content/agencies/xa-moi/agency.yaml").contains("parent: ubnd-tinh\n"));
    project.run("check").exit(0);
}

#[test]
fn kinds_are_listed_and_a_slip_leads_to_the_nearest() {
    let project = Project::minimal();
    let said = project.run("new").exit(0).out();
    assert!(KINDS.iter().all(|kind| said.contains(kind)) && said.contains("quy trình"), "{said}");
    for (slip, meant) in [("decleration", "declaration"), ("workprocess", "work-process"), ("quy-trình", "work-process"), ("đào-tạo", "training")] {
        project.run(&format!("new {slip}")).exit(2).says(&format!("có phải ý anh/chị là {meant}?"));
    }
    project.run("new zzzzzzzz").exit(2).says("xem danh sách bằng lệnh  congbo new");
    let said = project.run("new audit --dry-run").exit(0).says("chưa ghi").out();
    assert!(said.contains("held_on: 2026-11-21") && project.read("content/agencies/xa-thu/reviews.yaml").lines().count() == 2);
    project.run("new posting --dry-run").exit(0).says("+ declaration");
    project.run("new posting").exit(0).says("content/agencies/xa-thu/postings.yaml");
    assert!(project.read("content/agencies/xa-thu/postings.yaml").contains("sheet: declaration"));
}

#[test]
fn what_comes_from_an_agencys_own_site_is_added_there() {
    let own = Project::minimal();
    own.run("build").exit(0);
    let province = Project::minimal();
    std::fs::remove_dir_all(province.path("content/agencies")).expect("a folder");
    let province = province.file("content/federation.yaml", format!("- {{ agency: xa-thu, source: \"{}\" }}\n", own.path("public").display()));
    province.run("aggregate").exit(0);
    province.run("new audit").exit(2).says("lấy từ trang riêng").says("congbo aggregate");
}
