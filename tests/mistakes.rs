//! Several mistakes at once in a file of each kind, and the exact words an officer reads.

use crate::project::{Project, TODAY};

/// What `congbo check` says of a minimal project in which one file was written like this.
fn messages(path: &str, text: impl AsRef<[u8]>) -> String {
    let run = Project::minimal().file(path, text).run(&format!("check --as-of {TODAY}")).exit(1);
    assert_eq!(run.out(), "");
    run.err()
}

#[test]
fn the_minimal_project_has_nothing_wrong() {
    let run = Project::minimal().run(&format!("check --strict --as-of {TODAY}")).exit(0);
    assert_eq!(run.err(), "0 lỗi, 0 cảnh báo, 0 thông tin\n");
}

#[test]
fn a_mark_that_hides_no_value_is_no_mistake() {
    let list = "content/administrative-procedures/list.yaml";
    let project = Project::minimal().edit(list, "  conditions: Không quy định.\n", "  conditions: |-\n    Ghi trên đơn:\n    note: #12\n");
    let project = project.edit(list, "  applicants: [Cá nhân]\n", "  applicants: #ai được nộp\n    - Cá nhân\n");
    let run = project.run(&format!("check --strict --as-of {TODAY}")).exit(0);
    assert_eq!(run.err(), "0 lỗi, 0 cảnh báo, 0 thông tin\n");
}

#[test]
fn site() {
    insta::assert_snapshot!(messages(
        "content/site.yaml",
        "tile: Trang thử\nbase_url: iso.thu.vn\nlanguages: [vn]\nreview_months: sáu\nsample: có\nrules: { mising-declaration: off }\naccent: \"#ffcc00\"\n"
    ));
}

#[test]
fn an_emblem_that_cannot_be_shown() {
    insta::assert_snapshot!(messages("content/site.yaml", "title: Trang thử\nemblem: { file: files/quoc-huy.png, alt: Logo của xã }\naccent: \"#8a8a8a\"\n"));
}

#[test]
fn agency() {
    insta::assert_snapshot!(messages(
        "content/agencies/xa-thu/agency.yaml",
        "id: xa-thu\nname: Ủy ban nhân dân xã Thử\nlevle: commune\nhead: Chủ tịch\nunits:\n  - { id: vp, ten: Văn phòng }\npredecessors:\n  - { name: Xã Cũ, until: 30/6/2025 }\nadministrative_procedures: [\"1.000001\"]\nphone: 0200 000 0000\nphone: 0200 000 0001\n"
    ));
}

#[test]
fn declaration() {
    insta::assert_snapshot!(messages(
        "content/agencies/xa-thu/declarations/2026-03-02.yaml",
        "number: 12/QĐ-UBND\nissued_on: 2026-02-30\nplace: Xã Thử\nstandard: tcvn-iso-9001-2105\nkind: lan-dau\nscope: Toàn bộ thủ tục.\nannex: [1.001]\nsigner: { position: Chủ tịch, hoten: A }\nlead_unit_notice: { number: 13/TB-UBND }\n"
    ));
}

#[test]
fn administrative_procedures() {
    insta::assert_snapshot!(messages(
        "content/administrative-procedures/list.yaml",
        "- code: 1.000001\n  nane: Cấp bản sao\n  levels: commune\n  channels:\n    - method: truc-tiep\n      time_limit: { value: 5 ngày, unit: working_day }\n      fees: [{ amount: 8.000, free: khong }]\n  sets: một\n"
    ));
}

#[test]
fn quality_policy() {
    insta::assert_snapshot!(messages(
        "content/agencies/xa-thu/quality-policy.md",
        "---\napproved_on: 5/1/2026\nsigner: Chủ tịch\nedition: lần 1\n---\nNội dung.\n"
    ));
}

#[test]
fn a_markdown_file_without_front_matter() {
    insta::assert_snapshot!(messages("content/agencies/xa-thu/quality-policy.md", "# Chính sách chất lượng\n\nĐúng luật.\n"));
}

#[test]
fn objectives() {
    insta::assert_snapshot!(messages(
        "content/agencies/xa-thu/objectives/2026.yaml",
        "objectives:\n  - id: dung-han\n    statment: Đúng hạn\n    target: { op: \">\", value: 95%, unit: \"%\" }\n    unit: phong-khong-co\n    contributes_to: muc-tieu-khac\n    plan: Nhắc hồ sơ\n"
    ));
}

#[test]
fn documents() {
    insta::assert_snapshot!(messages(
        "content/agencies/xa-thu/documents.yaml",
        "internal:\n  - { code: BM-01, title: Biểu mẫu, kind: bieu-mau, issued_on: 2026-13-01, status: het-hieu-luc }\n  - { title: Không có mã, issued_on: 2026-01-05 }\nexternals: []\n"
    ));
}

#[test]
fn work_process() {
    insta::assert_snapshot!(messages(
        "content/agencies/xa-thu/work-processes/ho-tich.md",
        "---\ncode: QT-01\ntitle: Quy trình hộ tịch\nedition: lần 1\nrevision: 0\nissued_on: 2026-01-05\napproved_by: Chủ tịch\ncovers: 1.000001\nsteps:\n  - { action: Tiếp nhận, durration: { value: 1, unit: hour } }\n  - { action: Trả kết quả, duration: 2 giờ }\n---\nNội dung.\n"
    ));
}

#[test]
fn reviews() {
    insta::assert_snapshot!(messages(
        "content/agencies/xa-thu/reviews.yaml",
        "internal_audits:\n  - { held_on: 10/02/2026, scop: Toàn bộ }\nmanagement_reviews:\n  - { conclusion: Phù hợp }\nnonconformities: không có\n"
    ));
}

#[test]
fn results() {
    insta::assert_snapshot!(messages(
        "content/agencies/xa-thu/results/2025.yaml",
        "results:\n  - { period: 2025, received: 1.234, on_time: mười, late: 0 }\n  - { period: 2025, recieved: 5, on_time: 5, late: -1 }\n"
    ));
}

#[test]
fn inspection() {
    insta::assert_snapshot!(messages(
        "content/inspections/2025.yaml",
        "year: 2025\nagencies:\n  - { agency: xa-thuu, form: on_site, record_on: 2025-10-05, rating: tốt }\n  - { agency: xa-thu, form: tại chỗ, record_on: 2025-10-32 }\nstated_totals: { agencies: hai }\n"
    ));
}

#[test]
fn standards() {
    insta::assert_snapshot!(messages("content/standards.yaml", "- id: tcvn-iso-9001-2015\n  nam: TCVN ISO 9001:2015\n  adopted_on: 2015\n  replaced: khong\n"));
}

#[test]
fn frameworks() {
    insta::assert_snapshot!(messages("content/frameworks.yaml", "- id: qd-101\n  name: Mô hình khung\n  items: Chính sách\n  verified_on: hôm qua\n"));
}

#[test]
fn deadlines() {
    insta::assert_snapshot!(messages("content/deadlines.yaml", "- id: internal_audit\n  months: một năm\n  base: QĐ 19/2014\n"));
}

#[test]
fn legal_documents() {
    insta::assert_snapshot!(messages(
        "content/law/law.yaml",
        "- number: 63/2010/NĐ-CP\n  title: Về kiểm soát thủ tục hành chính\n  status: còn hiệu lực\n  effective_on: 14-10-2010\n- title: Không có số\n  replaced_by: 61/2018/NĐ-CP\n"
    ));
}

#[test]
fn free_page() {
    insta::assert_snapshot!(messages("content/pages/gioi-thieu.md", "---\ntitel: Giới thiệu\norder: đầu tiên\nvisibility: cong-khai\n---\nNội dung.\n"));
}

#[test]
fn yaml_that_cannot_be_read() {
    let broken = [
        ("tab", "id: xa-thu\nname: A\n\tlevel: commune\n"),
        ("open quote", "id: xa-thu\nname: \"Ủy ban nhân dân xã Thử\nlevel: commune\n"),
        ("colon in a value", "id: xa-thu\nname: Ủy ban: xã Thử: mới\nlevel: commune\n"),
        ("wrong indentation", "id: xa-thu\n  name: A\nlevel: commune\n"),
        ("open bracket", "id: xa-thu\nadministrative_procedures: [\"1.000001\"\nlevel: commune\n"),
        ("merge conflict", "id: xa-thu\n<<<<<<< HEAD\nname: A\n=======\nname: B\n>>>>>>> main\nlevel: commune\n"),
        ("alias", "id: xa-thu\nname: &ten A\nshort_name: *ten\nlevel: commune\n"),
        ("tag", "id: xa-thu\nname: !!str A\nlevel: commune\n"),
        ("second document", "id: xa-thu\nname: A\nlevel: commune\n---\nid: xa-khac\n"),
        ("text instead of fields", "Ủy ban nhân dân xã Thử\n"),
        ("nothing at all", ""),
    ];
    let all: Vec<String> = broken.iter().map(|(name, text)| format!("== {name}\n{}", messages("content/agencies/xa-thu/agency.yaml", text))).collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn a_hint_never_changes_what_a_number_is_worth() {
    let with = |amount: &str| {
        let list = "content/administrative-procedures/list.yaml";
        Project::minimal()
            .edit(list, "fees: [{ free: true }]", &format!("fees: [{{ amount: {amount}, legal_basis: 63/2010/NĐ-CP }}]"))
            .run(&format!("check --as-of {TODAY}"))
            .exit(1)
            .err()
    };
    for (written, meant) in [("8.000", "8000"), ("8.000 đồng", "8000"), ("1.234.567", "1234567"), ("20000đ", "20000")] {
        assert!(with(written).contains(&format!("cách sửa: ghi  amount: {meant}\n")), "{written}\n{}", with(written));
    }
    for doubtful in ["1.5", "2.50 nghìn", "hai nghìn"] {
        assert!(!with(doubtful).contains("cách sửa: ghi  amount"), "{doubtful}\n{}", with(doubtful));
    }
}

#[test]
fn numbers_that_are_none_are_refused() {
    let process = "content/agencies/xa-thu/work-processes/ho-tich.md";
    for value in [".nan", ".inf", "-.inf"] {
        Project::minimal().edit(process, "value: 1, unit: hour", &format!("value: {value}, unit: hour")).run("check").exit(1).says("lỗi[wrong-type]");
    }
}

#[test]
fn a_wrong_unit_is_told_once_and_nothing_is_made_up_for_it() {
    let run =
        Project::minimal().edit("content/agencies/xa-thu/work-processes/ho-tich.md", "value: 1, unit: hour", "value: 100, unit: giờ").run("check").exit(1);
    assert!(run.err().contains("lỗi[unknown-value]") && run.err().contains("1 lỗi"), "{}", run.err());
    assert!(!run.err().contains("step-time-exceeds-limit"), "{}", run.err());
}

#[test]
fn front_matter_that_never_ends_is_called_that() {
    let run = Project::minimal().edit("content/agencies/xa-thu/quality-policy.md", "mẫu }\n---\n", "mẫu }\n").run("check").exit(1);
    assert!(run.err().contains("chưa đóng") && run.err().contains("quality-policy.md:1:1"), "{}", run.err());
}

#[test]
fn one_decision_in_two_files_is_called_that() {
    let project = Project::minimal();
    let text = project.read("content/agencies/xa-thu/declarations/2026-03-02.yaml");
    project
        .file("content/agencies/xa-thu/declarations/2026-03-03.yaml", text)
        .run("check")
        .exit(1)
        .says("được ghi trong hai tệp")
        .does_not_say("supersedes: 12/QĐ-UBND");
}

#[test]
fn thousands_of_mistakes_in_one_file_are_summed_up() {
    let run = Project::minimal().file("content/law/law.yaml", "- a\n".repeat(3_000)).run("check").exit(1);
    assert!(run.err().contains("… và ") && run.err().lines().count() < 3_000, "{} lines", run.err().lines().count());
}

#[test]
fn endings_that_windows_makes_are_told_with_the_right_one() {
    for name in ["law.yml", "law.YAML", "law.yaml.txt"] {
        Project::minimal().file(&format!("content/law/{name}"), "").run("check").exit(1).says("đuôi tệp phải là .yaml");
    }
}

#[test]
fn mistakes_in_several_files_are_all_told_in_one_run() {
    let run = Project::minimal()
        .file("content/site.yaml", "title: Trang thử\nmau: đỏ\n")
        .file("content/law/law.yaml", "- number: 63/2010/NĐ-CP\n")
        .file("content/agencies/xa-thu/reviews.yaml", "internal_audits: [{ held_on: 2026-02-31 }]\nmanagement_reviews: [{ held_on: 2026-02-20 }]\n")
        .file("content/agencies/xa-thu/ghi-chu.txt", "ghi chú")
        .run(&format!("check --as-of {TODAY}"))
        .exit(1);
    insta::assert_snapshot!(run.err());
}

#[test]
fn english_on_request() {
    let project = Project::minimal().edit("content/agencies/xa-thu/agency.yaml", "level: commune", "levle: commune");
    insta::assert_snapshot!(project.run(&format!("check --lang en --as-of {TODAY}")).exit(1).err());
}
