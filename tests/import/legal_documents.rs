//! Legal documents into the register: made-up lines in the shape of real ones.

use crate::project::Project;

const LINES: &str = concat!(
    r#"{"number": "901/2024/QH15", "number_raw": ["901/2024/QH15"], "type": "Luật", "title": "Luật Mẫu \n số 901", "issued_date_in_title": "2024-01-18", "effect_status": "in_force", "source": "danh mục mẫu", "effect": {"status": "in_force", "issued_date": "2024-01-18", "in_force_date": "2024-08-01", "source": "nguồn mẫu"}}"#,
    "\n",
    r#"{"number": "902/2026/NĐ-CP", "title": "Nghị định mẫu", "issued_date_in_title": "", "effect_status": null, "source": "danh mục mẫu"}"#,
    "\n",
    r#"{"number": "903/2020/NĐ-CP", "title": "Nghị định mẫu khác", "issued_date_in_title": "2020-02-30", "effect_status": "amended", "source": "danh mục mẫu"}"#,
    "\n",
    r#"{"number": "", "title": "Thông tư không số", "effect_status": null}"#,
    "\nkhông phải JSON\n",
    r#"{"number": "902/2026/NĐ-CP", "title": "Nghị định mẫu, lần hai", "effect_status": null}"#,
    "\n",
    r#"{"number": "63/2010/NĐ-CP", "title": "Văn bản sổ đã có", "effect_status": null}"#,
    "\n",
);

#[test]
fn what_is_not_known_stays_unknown_and_dirt_is_told_with_its_line() {
    let project = Project::minimal().file("van-ban.jsonl", LINES);
    let run = project.run("import legal-documents van-ban.jsonl --to content/law --details").exit(1);
    let told = run.err();
    for said in [
        "van-ban.jsonl:3:1",
        "“2020-02-30” không phải là một ngày",
        "tình trạng “amended”",
        "văn bản “Thông tư không số” không có số, ký hiệu",
        "van-ban.jsonl:5:1",
        "902/2026/NĐ-CP đã có ở dòng 2",
        "đã nhập 3 văn bản vào 3 tệp",
        "1 văn bản đã có sẵn trong sổ",
    ] {
        assert!(told.contains(said), "{said} is not in\n{told}");
    }
    let law = project.read("content/law/nhap-2024.yaml");
    assert_eq!(
        law,
        "- number: 901/2024/QH15\n  title: Luật Mẫu số 901\n  issued_on: 2024-01-18\n  effective_on: 2024-08-01\n  status: in_force\n  source: nguồn mẫu\n"
    );
    assert!(!project.read("content/law/nhap-2026.yaml").contains("status"), "unknown is not in force");
    assert!(!project.read("content/law/nhap-2020.yaml").contains("status"));
    let _ = project.run("check --as-of 2026-11-21").exit(0);
    let _ = project.run("import legal-documents van-ban.jsonl --to content/law").exit(1).says("0 tệp thay đổi");
}
