//! What a file looks like afterwards: one example for each thing that may stand in one.

use congbo::parse::{Formatted, format};

#[track_caller]
fn formatted(path: &str, text: &str) -> String {
    match format(&path.into(), text) {
        Formatted::Text(made) => {
            assert_eq!(format(&path.into(), &made), Formatted::Text(made.clone()), "a second time it is the same");
            made
        }
        Formatted::LeftAlone(reasons) => panic!("left alone: {reasons:#?}"),
    }
}

#[track_caller]
fn agency(text: &str) -> String {
    formatted("content/agencies/xa-thu/agency.yaml", text)
}

#[test]
fn fields_stand_in_the_order_of_the_model_and_unknown_ones_last() {
    assert_eq!(
        agency("levle: x\nname: Xã Thử\nhead:\n  name: A\n  position: Chủ tịch\nid: xa-thu\nunits:\n  - { name: B, id: b }\n"),
        "id: xa-thu\nname: Xã Thử\nhead:\n  position: Chủ tịch\n  name: A\nunits:\n  - { id: b, name: B }\nlevle: x\n"
    );
}

#[test]
fn words_are_plain_where_that_is_safe_and_codes_in_quotes() {
    assert_eq!(
        agency(
            "\"id\": 'xa-thu'\nname: \"Xã Thử\"\nphone: '0200 000 0101'\nemail: \"a: b\"\nnote: 'nói \"được\" # ừ'\nelectronic_id: 12.50\nshort_name: 'no'\nadministrative_procedures: [1.001193, '2.001610', \"1.000001.000.00.00.H12\"]\n"
        ),
        "id: xa-thu\nname: Xã Thử\nshort_name: \"no\"\nelectronic_id: \"12.50\"\nphone: 0200 000 0101\nemail: \"a: b\"\nadministrative_procedures: [\"1.001193\", \"2.001610\", \"1.000001.000.00.00.H12\"]\nnote: \"nói \\\"được\\\" # ừ\"\n"
    );
}

#[test]
fn dates_are_plain_and_numbers_stay_numbers() {
    let path = "content/agencies/xa-thu/declarations/2026-03-02.yaml";
    assert_eq!(
        formatted(path, "issued_on: \"2026-03-02\"\nnumber: \"12/QĐ-UBND\"\nexclusions:\n- {reason: a, clause: 8.3}\n"),
        "number: 12/QĐ-UBND\nissued_on: 2026-03-02\nexclusions:\n  - { clause: \"8.3\", reason: a }\n"
    );
    let path = "content/agencies/xa-thu/work-processes/a.md";
    assert_eq!(formatted(path, "---\nrevision: 0\nedition: 1\n---\n\nLời.  \nDòng hai"), "---\nedition: 1\nrevision: 0\n---\n\nLời.  \nDòng hai\n");
}

#[test]
fn levels_are_two_spaces_and_items_are_set_in() {
    assert_eq!(
        agency(
            "id: x\nunits:\n-   id: a\n    name: A\n\n\n\n-\n    name: B\n    id: b\nadministrative_procedures:\n       fields:\n       - Hộ tịch\n       levels: [ commune,province ]\n"
        ),
        "id: x\nunits:\n  - id: a\n    name: A\n\n  - id: b\n    name: B\nadministrative_procedures:\n  levels: [commune, province]\n  fields:\n    - Hộ tịch\n"
    );
}

#[test]
fn brackets_over_several_lines_become_lines() {
    assert_eq!(
        agency(
            "id: x\nadministrative_procedures: [ # của xã\n  \"1.001193\", # khai sinh\n  # kết hôn\n  \"1.000894\",\n]\nhead: {\n  name: A, position: B }\n"
        ),
        "id: x\nhead:\n  position: B\n  name: A\nadministrative_procedures: # của xã\n  - \"1.001193\" # khai sinh\n  # kết hôn\n  - \"1.000894\"\n"
    );
}

#[test]
fn comments_go_with_what_they_stand_at() {
    assert_eq!(
        agency(
            "# Đầu tệp\n\n# tên\nname: Xã # ngắn\n# mã\nid: x\nhead: # người đứng đầu\n  # họ tên\n  name: A\n  position: B\n  # cuối nhóm\nunits:\n  # đơn vị một\n  - # sau gạch\n    # tên đơn vị\n    name: A\n    id: a\n  # hết đơn vị\n# cuối tệp\n"
        ),
        "# Đầu tệp\n\n# mã\nid: x\n# tên\nname: Xã # ngắn\nhead: # người đứng đầu\n  position: B\n  # họ tên\n  name: A\n  # cuối nhóm\nunits:\n  # đơn vị một\n  # sau gạch\n  - id: a\n    # tên đơn vị\n    name: A\n  # hết đơn vị\n# cuối tệp\n"
    );
}

#[test]
fn the_line_of_the_schema_stays_first() {
    assert_eq!(agency("# yaml-language-server: $schema=a\n# tên\nname: Xã\nid: x\n"), "# yaml-language-server: $schema=a\nid: x\n# tên\nname: Xã\n");
}

#[test]
fn long_texts_keep_their_lines() {
    assert_eq!(
        agency(
            "note: |\n     một\n       hai  \n\n     # không phải ghi chú\nid: x\nname: một dòng\n  dài\n\n  nữa # ghi chú\naddress: \"nháy\n       kép\"\nphone: >-\n  gấp\n  lại\n\n\nemail: |2-\n   lùi\n  thẳng\n"
        ),
        "id: x\nname: một dòng\n  dài\n\n  nữa # ghi chú\naddress: \"nháy\n  kép\"\nphone: >-\n  gấp\n  lại\n\nemail: |2-\n   lùi\n  thẳng\nnote: |\n  một\n    hai  \n\n  # không phải ghi chú\n"
    );
}

#[test]
fn one_blank_line_stays_and_none_at_the_ends() {
    assert_eq!(agency("\n\nid: x\n\n\n\nname: A\nhead:\n\n  position: B\n\n\n"), "id: x\n\nname: A\nhead:\n  position: B\n");
}

#[test]
fn nothing_written_stays_nothing() {
    assert_eq!(agency("name:\nid: x\nphone: ~\nunits:\n  -\n  - {id: a, name: }\n"), "id: x\nname:\nphone: ~\nunits:\n  -\n  - { id: a, name: }\n");
    for text in ["", "# chỉ có ghi chú\n", "lời văn\n"] {
        let _ = format(&"content/agencies/xa-thu/agency.yaml".into(), text);
    }
}

#[test]
fn a_list_of_records_and_one_record_alone_are_both_in_order() {
    let law = "content/law/a.yaml";
    assert_eq!(
        formatted(law, "- title: A\n  number: 1/2026/NĐ-CP\n- {title: B, number: 2}\n"),
        "- number: 1/2026/NĐ-CP\n  title: A\n- { number: \"2\", title: B }\n"
    );
    assert_eq!(formatted(law, "---\ntitle: A\nnumber: 1/2026/NĐ-CP\n...\n"), "number: 1/2026/NĐ-CP\ntitle: A\n");
    assert_eq!(formatted(law, "[{title: A, number: 1/2026/NĐ-CP}]\n"), "[{ number: 1/2026/NĐ-CP, title: A }]\n");
}
