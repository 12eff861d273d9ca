//! The figures of five published inspection reports as inputs: Bạc Liêu 2018, Phú Thọ 2021, Đắk Nông 2021,
//! Phú Xuyên 2020, Quảng Bình 2014. What adds up passes in silence; what was printed wrong is found. The agencies
//! are made up: only the figures are theirs.

use std::fmt::Write as _;

use congbo::config::{Config, Flags};
use congbo::diagnostic::{Diagnostic, Lang};
use congbo::output::OutputBody;
use congbo::pipeline::{self, Judged};
use congbo::render::{Arrangement, Previous, YearlyReport, render_file};
use congbo::source::SourceTree;
use congbo::theme::Theme;

/// A province of agencies that are all alike, with what a report says of them.
struct Province {
    tree: SourceTree,
    as_of: &'static str,
}

impl Province {
    fn new(as_of: &'static str) -> Self {
        let site = "title: Tỉnh Mẫu\nprovince: Tỉnh Mẫu\nsample: true\n";
        Self { tree: SourceTree::default(), as_of }.file("content/site.yaml", site)
    }

    fn file(mut self, path: &str, text: &str) -> Self {
        self.tree.insert_text(path, text);
        self
    }

    /// So many agencies, the first of which have declared conformity with an edition of the standard.
    fn agencies(mut self, level: &str, count: usize, declared: usize, standard: &str, issued_on: &str) -> Self {
        for number in 1..=count {
            let folder = format!("content/agencies/cq-{number:03}");
            let agency = format!("id: cq-{number:03}\nname: Cơ quan số {number}\nlevel: {level}\n");
            self.tree.insert_text(&format!("{folder}/agency.yaml"), &agency);
            if number <= declared {
                let declaration = format!("number: {number}/QĐ-UBND\nissued_on: {issued_on}\nstandard: {standard}\n");
                self.tree.insert_text(&format!("{folder}/declarations/{issued_on}.yaml"), &declaration);
            }
        }
        self
    }

    /// An inspection of the agencies in their order: so many at the office, the others by their dossiers; then what
    /// the report states. Ratings are given in that order.
    fn inspection(self, year: u32, on_site: usize, dossier: usize, ratings: &[(&str, usize)], stated: &str) -> Self {
        let rated = ratings.iter().flat_map(|(rating, count)| std::iter::repeat_n(format!(", rating: {rating}"), *count));
        let mut rated = rated.chain(std::iter::repeat(String::new()));
        let mut text = format!("year: {year}\nagencies:\n");
        for number in 1..=on_site + dossier {
            let form = if number <= on_site { "on_site" } else { "dossier" };
            let _ = writeln!(text, "  - {{ agency: cq-{number:03}, form: {form}, record_on: {year}-11-10{} }}", rated.next().unwrap_or_default());
        }
        self.file(&format!("content/inspections/{year}.yaml"), &format!("{text}stated_totals:\n{stated}"))
    }

    fn judge(&self) -> Judged {
        pipeline::judge_tree(self.tree.clone(), Flags { today: self.as_of.parse().expect("a date"), is_release: false })
    }

    /// What a rule says, in the order in which it says it.
    fn told(&self, rule: &str) -> Vec<String> {
        let of_rule = |diagnostic: &&Diagnostic| diagnostic.rule.id == rule;
        self.judge().diagnostics.iter().filter(of_rule).map(|diagnostic| diagnostic.message.get(Lang::Vi).to_owned()).collect()
    }

    /// The sum of a column of the lead unit's yearly report.
    fn counted(&self, year: i16, table: &str, column: &str) -> u64 {
        let (judged, theme) = (self.judge(), Theme::load(std::path::Path::new("."), None).expect("the theme of the program"));
        let report = YearlyReport::new(&judged.register, &judged.config, &theme, Lang::Vi, year).expect("a report").expect("a year that has begun");
        assert!(report.is_reconciled);
        report.tables.iter().find(|known| known.id == table).expect("a table").sum(column)
    }

    /// The words of a page.
    fn page(&self, path: &str) -> String {
        let judged = self.judge();
        let theme = Theme::load(std::path::Path::new("."), None).expect("the theme of the program");
        let config: &Config = &judged.config;
        let file = render_file(&judged.register, config, &theme, &Arrangement::new(&judged.register), &Previous::default(), path).expect("a page");
        let Some(OutputBody::Bytes(bytes)) = file.map(|file| file.body) else { panic!("{path} is no page") };
        words(&String::from_utf8(bytes).expect("UTF-8"))
    }
}

/// The text of a page without its tags.
fn words(page: &str) -> String {
    let pieces = page.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    pieces.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

const ISO_2008: &str = "tcvn-iso-9001-2008";
const ISO_2015: &str = "tcvn-iso-9001-2015";

#[test]
fn bac_lieu_2018_thirty_five_are_eight_and_twenty_seven() {
    let report = |stated| Province::new("2018-12-20").agencies("department", 35, 35, ISO_2008, "2014-12-01").inspection(2018, 8, 27, &[], stated);
    assert_eq!(report("  agencies: 35\n  on_site: 8\n  dossier: 27\n").told("totals-do-not-reconcile"), [""; 0]);
    // The sum is right; what the law asks for is another thing: a third at the office.
    let share = report("  agencies: 35\n").told("on-site-share-too-low");
    assert!(share.len() == 1 && share[0].contains("8"), "{share:?}");
    // All 35 still stood by the edition of 2008, which nobody could declare anew in 2018.
    assert_eq!(Province::new("2018-12-20").agencies("department", 35, 35, ISO_2008, "2018-12-01").told("withdrawn-standard").len(), 35);
}

#[test]
fn phu_tho_2021_two_hundred_and_twenty_five_of_as_many_have_declared() {
    let province = Province::new("2021-12-20").agencies("commune", 225, 225, ISO_2015, "2021-11-30");
    assert_eq!(province.told("missing-declaration"), [""; 0]);
    let home = province.page("index.html");
    assert!(home.contains("225 trên 225"), "{home}");
}

#[test]
fn dak_nong_2021_what_was_printed_wrong_is_found() {
    let ratings = [("tot", 49), ("kha", 43), ("trung_binh", 14)];
    let report = |on_site: &str, kha: &str| {
        let stated = format!(
            "  agencies: 106\n  on_site: {on_site}\n  dossier: 90\n  ratings:\n    - {{ rating: tot, agencies: 49, percent: 46.2 }}\n    - {{ rating: kha, agencies: 43, percent: {kha} }}\n    - {{ rating: trung_binh, agencies: 14, percent: 13.2 }}\n"
        );
        Province::new("2021-12-20")
            .agencies("department", 106, 106, ISO_2015, "2021-06-30")
            .inspection(2021, 16, 90, &ratings, &stated)
            .told("totals-do-not-reconcile")
    };
    let told = report("161", "40.5");
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("161") && told[0].contains("16"), "{told:?}");
    assert!(told[1].contains("40,5") && told[1].contains("40,6"), "{told:?}");
    assert_eq!(report("16", "40.6"), [""; 0]);
}

/// One agency with so many procedures, of which so many are covered by six work processes.
fn phu_xuyen(covered: usize) -> Province {
    let codes = |count: usize| (1..=count).map(|number| format!("\"2.{number:06}\"")).collect::<Vec<_>>();
    let catalogue: String = codes(240)
        .iter()
        .map(|code| {
            format!("- {{ code: {code}, name: Thủ tục {code}, field: Hộ tịch, levels: [commune] }}\n")
                .replace("Thủ tục \"", "Thủ tục ")
                .replace("\", field", ", field")
        })
        .collect();
    let mut province = Province::new("2020-08-31")
        .file("content/administrative-procedures/danh-muc.yaml", &catalogue)
        .file(
            "content/agencies/ubnd/agency.yaml",
            &format!("id: ubnd\nname: Ủy ban nhân dân Mẫu\nlevel: commune\nframework: qd-101\nadministrative_procedures: [{}]\n", codes(240).join(", ")),
        )
        .file(
            "content/agencies/ubnd/declarations/2020-03-02.yaml",
            &format!("number: 12/QĐ-UBND\nissued_on: 2020-03-02\nstandard: {ISO_2015}\nannex: [{}]\n", codes(240).join(", ")),
        );
    for (number, part) in codes(covered).chunks(40).enumerate() {
        let process = format!(
            "---\ncode: QT-0{}\ntitle: Quy trình chung {}\nedition: 1\nrevision: 0\nissued_on: 2020-01-06\napproved_by: Chủ tịch\ncovers: [{}]\n---\n",
            number + 1,
            number + 1,
            part.join(", ")
        );
        province = province.file(&format!("content/agencies/ubnd/work-processes/qt-{}.md", number + 1), &process);
    }
    province
}

#[test]
fn phu_xuyen_2020_six_work_processes_cover_two_hundred_and_forty_procedures() {
    assert_eq!(phu_xuyen(240).told("uncovered-administrative-procedure"), [""; 0]);
    assert_eq!(phu_xuyen(240).told("redeclaration-needed"), [""; 0]);
    // Coverage counts procedures, never work processes.
    let evidence = phu_xuyen(240).page("kiem-tra/index.html");
    assert!(evidence.contains("240 trên 240"), "{evidence}");
    let uncovered = phu_xuyen(239).told("uncovered-administrative-procedure");
    assert!(uncovered.len() == 1 && uncovered[0].contains("2.000240"), "{uncovered:?}");
}

#[test]
fn phu_xuyen_2020_three_common_documents_are_not_the_whole_framework() {
    let documents = "internal:\n  - { code: TL-01, title: Chính sách chất lượng, framework_item: chinh-sach, edition: 1, revision: 0, issued_on: 2020-01-06 }\n  - { code: TL-02, title: Mục tiêu chất lượng, framework_item: muc-tieu, edition: 1, revision: 0, issued_on: 2020-01-06 }\n  - { code: TL-03, title: Bản mô tả hệ thống quản lý chất lượng, framework_item: mo-ta-he-thong, edition: 1, revision: 0, issued_on: 2020-01-06 }\n";
    let told = phu_xuyen(240).file("content/agencies/ubnd/documents.yaml", documents).told("incomplete-document-set");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("boi-canh-rui-ro") || told[0].contains("bối cảnh"), "{told:?}");
}

#[test]
fn quang_binh_2014_twenty_of_forty_four_have_not_declared() {
    let province = Province::new("2014-08-25").agencies("department", 44, 24, ISO_2008, "2014-05-05");
    assert_eq!(province.told("missing-declaration").len(), 20);
    let home = province.page("index.html");
    assert!(home.contains("24 trên 44"), "{home}");
}

#[test]
fn the_yearly_report_counts_what_the_reports_print() {
    let bac_lieu = Province::new("2018-12-20").agencies("department", 35, 35, ISO_2008, "2014-12-01").inspection(2018, 8, 27, &[], "  agencies: 35\n");
    assert_eq!(["inspected", "on_site", "dossier"].map(|column| bac_lieu.counted(2018, "inspections", column)), [35, 8, 27]);
    let ratings = [("tot", 49), ("kha", 43), ("trung_binh", 14)];
    let dak_nong = Province::new("2021-12-20").agencies("department", 106, 106, ISO_2015, "2021-06-30").inspection(2021, 16, 90, &ratings, "  agencies: 106\n");
    assert_eq!(["tot", "kha", "trung_binh", "yeu", "inspected"].map(|column| dak_nong.counted(2021, "ratings", column)), [49, 43, 14, 0, 106]);
    let phu_tho = Province::new("2021-12-20").agencies("commune", 225, 225, ISO_2015, "2021-11-30");
    assert_eq!(["agencies", "encouraged_declared", "missing"].map(|column| phu_tho.counted(2021, "levels", column)), [225, 225, 0]);
    let quang_binh = Province::new("2014-08-25").agencies("department", 44, 24, ISO_2008, "2014-05-05");
    assert_eq!(["obliged", "obliged_declared", "obliged_missing"].map(|column| quang_binh.counted(2014, "levels", column)), [44, 24, 20]);
}

#[test]
fn totals_alone_must_add_up_too() {
    let report = |stated: &str| {
        let text = format!("year: 2021\nagencies: []\nstated_totals:\n{stated}");
        Province::new("2021-12-20").file("content/inspections/2021.yaml", &text).told("totals-do-not-reconcile")
    };
    assert_eq!(report("  { agencies: 106, on_site: 16, dossier: 90, ratings: [{ rating: tot, agencies: 49 }, { rating: kha, agencies: 43 }] }"), [""; 0]);
    let sum = report("  { agencies: 106, on_site: 161, dossier: 90 }");
    assert!(sum.len() == 1 && sum[0].contains("161 tại trụ sở + 90 qua hồ sơ = 251") && sum[0].contains("106"), "{sum:?}");
    let rated = report("  { agencies: 106, ratings: [{ rating: tot, agencies: 94 }, { rating: kha, agencies: 43 }] }");
    assert!(rated.len() == 1 && rated[0].contains("94 + 43 = 137") && rated[0].contains("106"), "{rated:?}");
    let results = "results: [{ period: \"2021\", received: 100, on_time: 90, late: 0 }]\nstated_totals: { received: 100, on_time: 90, early: 20 }\n";
    let told = Province::new("2021-12-20").agencies("department", 1, 1, ISO_2015, "2021-06-30").file("content/agencies/cq-001/results/2021.yaml", results);
    let told = told.told("totals-do-not-reconcile");
    assert!(told.len() == 1 && told[0].contains("= 110") && told[0].contains("100"), "{told:?}");
}
