//! Raw records become true ones: codes, selectors, shared systems, two tiers of government.

use congbo::config::Flags;
use congbo::domain::vocabulary::{AgencyLevel, Obligation};
use congbo::domain::{AgencyId, Register};
use congbo::pipeline::judge_tree;
use congbo::source::SourceTree;

fn register(files: &[(&str, &str)]) -> Register {
    let mut tree = SourceTree::default();
    tree.insert_text("content/site.yaml", "title: Trang thử\n");
    for (path, text) in files {
        tree.insert_text(path, text);
    }
    let today = "2026-11-21".parse().expect("a date");
    judge_tree(tree, Flags { today, is_release: false }).register
}

fn id(id: &str) -> AgencyId {
    AgencyId::parse(id).expect("an id")
}

const CATALOGUE: &str = r"
- { code: 1.000010, name: Khai sinh, field: Hộ tịch, levels: [commune] }
- { code: 2.001610, name: Kết hôn, field: hộ tịch, levels: [commune, province] }
- { code: 1.000030, name: Khai tử, field: Hộ tịch, levels: [commune], status: abolished }
- { code: 1.000040, name: Chứng thực, field: Chứng thực, levels: [commune] }
- { code: 1.000050, name: Nuôi con nuôi, field: Nuôi con nuôi, levels: [province] }
";

fn competence(selector: &str) -> Vec<String> {
    let agency = format!("id: xa\nname: Xã\nlevel: commune\nadministrative_procedures: {selector}\n");
    let register = register(&[("content/administrative-procedures/a.yaml", CATALOGUE), ("content/agencies/xa/agency.yaml", &agency)]);
    register.agencies[&id("xa")].competence.iter().flatten().map(ToString::to_string).collect()
}

#[test]
fn codes_written_without_quotes_keep_every_digit() {
    let register = register(&[("content/administrative-procedures/a.yaml", CATALOGUE)]);
    let codes: Vec<String> = register.administrative_procedures.keys().map(ToString::to_string).collect();
    assert_eq!(codes, ["1.000010", "1.000030", "1.000040", "1.000050", "2.001610"]);
}

#[test]
fn words_that_yaml_takes_for_numbers_or_booleans_stay_words() {
    let agency = "id: xa\nname: no\nlevel: commune\nshort_name: 0123\naddress: 2024-03-05\nphone: 1e3\nnote: 1:30\n";
    let register = register(&[("content/agencies/xa/agency.yaml", agency)]);
    let agency = &register.agencies[&id("xa")];
    let written = [
        &agency.name,
        agency.short_name.as_ref().expect("a name"),
        agency.address.as_ref().expect("an address"),
        agency.phone.as_ref().expect("a phone"),
        agency.note.as_ref().expect("a note"),
    ];
    assert_eq!(written, ["no", "0123", "2024-03-05", "1e3", "1:30"]);
}

#[test]
fn all_of_a_level_except_some() {
    assert_eq!(competence("{ levels: [commune], except: [1.000040] }"), ["1.000010", "2.001610"]);
}

#[test]
fn fields_are_found_whatever_their_case_and_combined_with_levels() {
    assert_eq!(competence("{ fields: [hộ tịch] }"), ["1.000010", "2.001610"]);
    assert_eq!(competence("{ fields: [Hộ tịch], levels: [province] }"), ["2.001610"]);
    assert_eq!(competence("{ fields: [Hộ tịch], levels: [province], codes: [1.000050] }"), ["1.000050", "2.001610"]);
}

#[test]
fn a_plain_list_is_enough_and_abolished_procedures_are_no_competence() {
    assert_eq!(competence("[1.000030, 1.000040]"), ["1.000040"]);
    assert_eq!(competence("[]"), Vec::<String>::new());
}

#[test]
fn two_agencies_share_one_quality_system_and_its_declarations() {
    let declaration = "number: 1/QĐ-UBND\nissued_on: 2026-01-02\nstandard: tcvn-iso-9001-2015\n";
    let register = register(&[
        ("content/agencies/ubnd/agency.yaml", "id: ubnd\nname: UBND tỉnh\nlevel: province\n"),
        ("content/agencies/van-phong/agency.yaml", "id: van-phong\nname: Văn phòng\nlevel: department\nparent: ubnd\nqms: ubnd\n"),
        ("content/agencies/chi-cuc/agency.yaml", "id: chi-cuc\nname: Chi cục\nlevel: sub_department\nparent: van-phong\n"),
        ("content/agencies/van-phong/declarations/2026-01-02.yaml", declaration),
    ]);
    assert_eq!(register.quality_systems.keys().map(AgencyId::as_str).collect::<Vec<_>>(), ["chi-cuc", "ubnd"]);
    let shared = register.quality_system(&register.agencies[&id("van-phong")]).expect("a system");
    assert_eq!(shared.members.iter().map(AgencyId::as_str).collect::<Vec<_>>(), ["ubnd", "van-phong"]);
    assert_eq!(shared.declarations.len(), 1);
}

#[test]
fn the_obligation_follows_the_level_unless_stated() {
    let register = register(&[
        ("content/agencies/so/agency.yaml", "id: so\nname: Sở\nlevel: department\n"),
        ("content/agencies/xa/agency.yaml", "id: xa\nname: Xã\nlevel: commune\n"),
        ("content/agencies/xa2/agency.yaml", "id: xa2\nname: Xã hai\nlevel: commune\nobligation: mandatory\n"),
    ]);
    let obligation = |name: &str| register.agencies[&id(name)].obligation;
    assert_eq!([obligation("so"), obligation("xa"), obligation("xa2")], [Obligation::Mandatory, Obligation::Encouraged, Obligation::Mandatory]);
}

#[test]
fn predecessors_of_the_former_three_tiers_are_kept() {
    let agency = "id: xa\nname: Xã\nlevel: commune\npredecessors:\n  - { name: Xã A, until: 2025-06-30 }\n  - { name: Ủy ban nhân dân huyện B, level: district, until: 2025-06-30 }\n";
    let register = register(&[("content/agencies/xa/agency.yaml", agency)]);
    let predecessors = &register.agencies[&id("xa")].predecessors;
    assert_eq!(predecessors.len(), 2);
    assert_eq!(predecessors[1].level, Some(AgencyLevel::District));
}

#[test]
fn spellings_of_one_document_number_meet() {
    use congbo::domain::DocumentNumber;
    let number = DocumentNumber::new("19/2014/QĐ-TTg");
    for other in ["19/2014/QĐ-TTG", " 19/2014/qđ-ttg ", "19/2014/QD-TTg", "019/2014/QĐ-TTg", "19/2014/QĐ-TTg.", "19-2014-QĐ-TTg"] {
        assert_eq!(number, DocumentNumber::new(other), "{other}");
    }
    for written in ["19/2014/QĐ-TTg", "31/2024/QH15", "66.7/2025/NQ-CP", "01/2011/TTLT-VPCP-BNV", "2120/QĐ-UBND", "12a/QĐ-UBND", "2171/QĐ-UBND-DatDai"] {
        assert!(DocumentNumber::new(written).is_well_formed(), "{written}");
    }
    for written in ["QĐ 19", "19-2014-QĐ-TTg", "Luật Đất đai", "", "/QĐ-UBND", "19/2014/", "số 5/QĐ", "53/2025/TT-BCAngày", "28/2023/QĐ-TTgcủa"]
    {
        assert!(!DocumentNumber::new(written).is_well_formed(), "{written}");
    }
}
