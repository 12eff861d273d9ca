//! The province at a glance: the dashboard of a year, inspections in every order, one procedure between agencies, old
//! units; and who is missing or overdue is named only where the site says so.

use std::fmt::Write as _;

use lol_html::{RewriteStrSettings, element, rewrite_str, text};

use crate::project::{Project, TODAY, tree};

fn built(project: Project) -> Project {
    project.run(&format!("build --as-of {TODAY}")).exit(0);
    project
}

/// The words of the elements that a selector finds, each element by itself where `marks` puts a line before it.
fn said(page: &str, selector: &str, marks: &str) -> String {
    let mut found = String::new();
    let words = std::cell::RefCell::new(&mut found);
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!(marks, |_| {
            words.borrow_mut().push('\n');
            Ok(())
        }))
        .append_element_content_handler(text!(selector, |chunk| {
            words.borrow_mut().push_str(chunk.as_str());
            Ok(())
        }));
    rewrite_str(page, settings).expect("HTML");
    found.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn main_words(page: &str) -> String {
    said(page, "main", "main *").replace('\n', " ")
}

fn attributes(page: &str, selector: &str, name: &str) -> Vec<String> {
    let mut found = Vec::new();
    let handler = element!(selector, |element| {
        found.extend(element.get_attribute(name));
        Ok(())
    });
    rewrite_str(page, RewriteStrSettings::new().append_element_content_handler(handler)).expect("HTML");
    found
}

#[test]
fn the_dashboard_counts_agencies_editions_procedures_scores_and_visits() {
    let project = built(Project::sample());
    let page = main_words(&project.read("public/tong-hop/2026/index.html"));
    for told in [
        "Tính đến ngày 21 tháng 11 năm 2026",
        // By level, by edition.
        "Xã, phường, đặc khu 2 trên 3 cơ quan Không có cơ quan bắt buộc",
        "7 cơ quan theo TCVN ISO 9001:2015; 1 cơ quan chưa công bố.",
        // One agency has not declared: what it does is missing, each procedure named with its page.
        "64 trên 89 lượt thủ tục thuộc thẩm quyền",
        "Thủ tục đăng ký khai sinh",
        // Eight cases are no percentage; seventy-three are.
        "48 (65,8%)",
        // Points between what agencies gave themselves and what they got.
        "Trong 6 cơ quan có cả hai điểm, 4 cơ quan tự chấm cao hơn điểm kiểm tra, 1 bằng, 1 thấp hơn; trung bình tự chấm cao hơn 1,8 điểm.",
        // Agencies that share a system count once; the share is of the table of deadlines.
        "2 trên 4 cơ quan bắt buộc đã được kiểm tra tại trụ sở; ít nhất phải 2 (1/3)",
        "Điều 33 khoản 2 điểm b",
    ] {
        assert!(page.contains(told), "{told:?} is not in\n{page}");
    }
    // Those that the page does not name stand on one of their own.
    let all = said(&project.read("public/tong-hop/2026/thu-tuc-con-thieu/index.html"), ".codes .code", ".codes li");
    assert_eq!(all.lines().count(), 25, "{all}");
    assert!(page.contains("Xem cả 25 thủ tục còn thiếu"), "{page}");
    // A year that is over does not pretend to know what was missing then.
    let before = main_words(&project.read("public/tong-hop/2025/index.html"));
    assert!(before.contains("Tính đến ngày 31 tháng 12 năm 2025") && before.contains("chỉ tính cho thời điểm hiện tại"), "{before}");
    assert!(!before.contains("lượt thủ tục thuộc thẩm quyền"), "{before}");
}

#[test]
fn the_share_of_visits_is_the_tables() {
    let project = Project::sample().edit("content/deadlines.yaml", "one_in: 3", "one_in: 1");
    project.run(&format!("check --as-of {TODAY}")).exit(0).says("on-site-share-too-low").says("ít nhất phải 4 (1/1)");
    let project = built(project);
    let page = main_words(&project.read("public/tong-hop/2026/index.html"));
    assert!(page.contains("ít nhất phải 4 (1/1)") && page.contains("Chưa đủ, năm chưa kết thúc"), "{page}");
}

#[test]
fn there_is_a_dashboard_for_every_year_until_today() {
    let project = Project::sample().edit(
        "content/site.yaml",
        "rules: {",
        "rules: { overdue-internal-audit: warning, overdue-management-review: warning, overdue-legal-update: warning, overdue-corrective-action: warning,",
    );
    project.run("build --as-of 2028-02-01").exit(0);
    let years = said(&project.read("public/tong-hop/index.html"), "main .cards a", ".cards li");
    assert_eq!(years, "Năm 2028\nNăm 2027\nNăm 2026\nNăm 2025");
    // Nobody was inspected in 2028: what there is to say is said.
    let page = main_words(&project.read("public/tong-hop/2028/index.html"));
    assert!(page.contains("việc đã quá hạn") && !page.contains("Kiểm tra tại trụ sở"), "{page}");
}

/// The first cell of each row of the first table with orders.
fn agencies_of(page: &str) -> Vec<String> {
    said(page, "table.sorted tbody th", "tr").lines().take(7).map(str::to_owned).collect()
}

#[test]
fn inspections_are_sorted_by_links() {
    let project = built(Project::sample());
    let first = project.read("public/kiem-tra/2026/index.html");
    let by_score = project.read("public/kiem-tra/2026/theo-diem/index.html");
    let by_difference = project.read("public/kiem-tra/2026/theo-chenh-lech/index.html");
    assert_eq!(agencies_of(&first)[0], "Chi cục Tiêu chuẩn Đo lường Chất lượng tỉnh Sông Mây");
    assert_eq!(agencies_of(&by_score)[0], "Ủy ban nhân dân tỉnh Sông Mây");
    assert_eq!(agencies_of(&by_difference)[0], "Sở Tư pháp tỉnh Sông Mây");
    assert!(main_words(&by_difference).contains("cao hơn 6 điểm"));
    let sorted = |mut agencies: Vec<String>| {
        agencies.sort();
        agencies
    };
    for order in ["theo-hinh-thuc", "theo-ngay", "theo-xep-loai", "theo-diem", "theo-chenh-lech", "theo-phat-hien"] {
        let page = project.read(&format!("public/kiem-tra/2026/{order}/index.html"));
        assert_eq!(sorted(agencies_of(&page)), sorted(agencies_of(&first)), "{order}: the same table");
        // One column of each of the two tables says that it is sorted; the others are links.
        assert_eq!(attributes(&page, "th[aria-sort]", "aria-sort").len(), 2, "{order}");
        assert_eq!(attributes(&page, "thead th a", "href").len(), 8, "{order}");
        assert!(page.contains("<meta name=\"robots\" content=\"noindex"), "{order}: search engines know the first order");
    }
    // An order of scores is made only where there are some.
    assert!(project.path("public/kiem-tra/2025/theo-chenh-lech/index.html").exists());
    // It goes with them, and no address is called lost for it.
    let without = built(project.edit("content/inspections/2025.yaml", "self_score", "# self_score"));
    assert!(!without.path("public/kiem-tra/2025/theo-chenh-lech/index.html").exists());
}

#[test]
fn a_procedure_is_compared_between_the_agencies_that_do_it() {
    let project = built(Project::sample());
    let differs = |code: &str| main_words(&project.read(&format!("public/so-sanh/{code}/index.html")));
    assert!(differs("1.001776").contains("Ngắn hơn 2 ngày làm việc 8 ngày làm việc"), "{}", differs("1.001776"));
    assert!(differs("2.000720").contains("Phí, lệ phí thấp hơn 50.000 đồng (trực tuyến)"));
    assert!(differs("1.012812").contains("Không nhận: dịch vụ bưu chính 40 ngày"));
    assert!(differs("1.001193").contains("Cả 3 cơ quan giải quyết thủ tục này theo cùng thời hạn, phí và cách nộp."));
    // Linked from the procedure's page, and listed where something differs.
    let procedure = tree(&project.path("public/thu-tuc")).into_iter().find(|(path, _)| path.starts_with("1.001776-")).expect("its page").1;
    assert!(String::from_utf8(procedure).expect("UTF-8").contains("href=\"../../so-sanh/1.001776/index.html\""));
    let list = said(&project.read("public/so-sanh/index.html"), ".codes .code", ".codes li");
    assert_eq!(list, "2.000720\n1.012812\n1.001776");
    // What one agency does alone is compared with nothing.
    assert!(!project.path("public/so-sanh/1.000094/index.html").exists());
    // The agency's own page says what holds there.
    let own = tree(&project.path("public/co-quan/phuong-hoa-ban/thu-tuc")).into_iter().find(|(path, _)| path.starts_with("1.001776-")).expect("its page").1;
    assert!(main_words(std::str::from_utf8(&own).expect("UTF-8")).contains("Tại đây Ngắn hơn 2 ngày làm việc Thời hạn: 8 ngày làm việc."));
}

#[test]
fn a_comparison_of_many_communes_stays_light() {
    let mut project = Project::sample();
    for number in 1..=150 {
        let mut agency = format!("id: xa-{number:03}\nname: Ủy ban nhân dân xã số {number}\nlevel: commune\nadministrative_procedures: [\"1.001193\"]\n");
        if number % 10 == 0 {
            let _ = write!(agency, "local_services:\n  - {{ code: \"1.001193\", methods: [direct] }}\n");
        }
        project = project.file(&format!("content/agencies/xa-{number:03}/agency.yaml"), agency);
    }
    let project = project.edit("content/site.yaml", "rules: {", "rules: { missing-declaration: off, uncovered-administrative-procedure: off,");
    project.run(&format!("build --as-of {TODAY}")).exit(0);
    let page = project.read("public/so-sanh/1.001193/index.html");
    assert_eq!(attributes(&page, "tbody tr th a", "href").len(), 153);
    assert!(main_words(&page).contains("Trong 153 cơ quan giải quyết thủ tục này, 15 cơ quan có điểm khác"));
    // Most of it is the same row again: it goes over the line as a tenth of that.
    assert!(page.len() < 120_000, "{} bytes", page.len());
    // The dashboard names those that lack it only in part.
    let dashboard = main_words(&project.read("public/tong-hop/2026/index.html"));
    assert!(dashboard.contains("151 trên 153 cơ quan: ") && dashboard.contains("và 149 cơ quan khác"), "{dashboard}");
}

#[test]
fn an_agency_promises_to_be_quicker_and_keeps_it() {
    let own = "time_limit: { value: 8, unit: working_day }";
    let agency = "content/agencies/phuong-hoa-ban/agency.yaml";
    let slower = Project::sample().edit(agency, own, "time_limit: { value: 12, unit: working_day }");
    slower
        .run(&format!("check --as-of {TODAY}"))
        .exit(0)
        .says("differs-from-national")
        .says("thời hạn riêng của cơ quan 12 ngày làm việc dài hơn thời hạn trong danh mục 10 ngày làm việc");
    let quicker = Project::sample().edit(agency, own, "time_limit: { value: 5, unit: working_day }");
    quicker.run(&format!("check --as-of {TODAY}")).exit(1).says("step-time-exceeds-limit").says("chỉ cho 5 ngày làm việc");
    let by_law = Project::sample().edit(agency, own, &format!("{own}\n        legal_basis: 1/2026/X"));
    by_law.run(&format!("check --as-of {TODAY}")).exit(0).says("unknown-legal-document").says("1/2026/X");
}

#[test]
fn old_units_lead_to_new_ones_with_the_day_they_were_compared() {
    let project = built(Project::sample());
    let page = project.read("public/sap-xep/index.html");
    let rows = said(&page, "table tbody", "tbody tr");
    let lines: Vec<&str> = rows.lines().collect();
    assert!(lines[0].starts_with("Ủy ban nhân dân huyện Mây Chiều") && lines[0].ends_with("Chưa đối chiếu với nguồn."), "{rows}");
    assert!(lines[2].starts_with("Ủy ban nhân dân xã Cồn Sậy") && lines[2].contains("Ngày đối chiếu: ngày 20 tháng 11 năm 2026"), "{rows}");
    assert!(attributes(&page, "tbody td a", "href").contains(&"../co-quan/xa-ben-lau/index.html".to_owned()));
    // The levels and departments that the law ended, from the table that comes with the program.
    assert!(rows.contains("Bộ Kế hoạch và Đầu tư") && rows.contains("Bộ Tài chính"), "{rows}");
}

/// A province in which much is missing and overdue, on a day when it is.
fn neglected(shows: bool) -> Project {
    let levels = "rules: { overdue-internal-audit: warning, overdue-management-review: warning, overdue-legal-update: warning, overdue-corrective-action: warning, redeclaration-needed: warning, uncovered-administrative-procedure: warning,";
    let project = Project::sample()
        .edit("content/site.yaml", "rules: {", levels)
        .edit("content/site.yaml", "show_overdue: true", &format!("show_overdue: {shows}"))
        .edit("content/agencies/phuong-hoa-ban/agency.yaml", "except: [\"1.000094\"]", "except: []");
    project.run("build --as-of 2027-06-01").exit(0);
    project
}

const OVERDUE: &[&str] = &["tag tag-warn\">Quá hạn", "tag tag-off\">Quá hạn"];

#[test]
fn nobody_is_called_overdue_or_missing_unless_the_site_says_so() {
    let project = neglected(false);
    let names = ["Sở Tư pháp", "UBND xã Trảng Mây", "Ủy ban nhân dân", "UBND phường", "Chi cục Tiêu chuẩn"];
    let mut looked_at = 0;
    for (path, bytes) in tree(&project.path("public")) {
        assert!(!path.starts_with("due."), "{path}");
        let Ok(page) = String::from_utf8(bytes) else { continue };
        assert!(OVERDUE.iter().all(|mark| !page.contains(mark)), "{path} calls somebody overdue");
        if !path.ends_with(".html") {
            continue;
        }
        looked_at += 1;
        assert!(path == "chua-cong-bo/index.html" || attributes(&page, "a[href*='chua-cong-bo/']", "href").is_empty(), "{path} leads to the list");
        // Numbers may stand there, no names.
        if path.starts_with("tong-hop/") || path.starts_with("chua-cong-bo/") {
            let words = main_words(&page);
            assert!(names.iter().all(|name| !words.contains(name)), "{path}: {words}");
        }
    }
    assert!(looked_at > 500, "{looked_at} pages");
    // The counts are there, and the list of agencies says who has declared, not who has not.
    let dashboard = main_words(&project.read("public/tong-hop/2027/index.html"));
    assert!(dashboard.contains("việc đã quá hạn") && !dashboard.contains("0 việc đã quá hạn"), "{dashboard}");
    let list = main_words(&project.read("public/co-quan/index.html"));
    assert!(list.contains("Đã công bố") && list.contains("xã Trảng Mây Chưa có thông tin 25 thủ tục") && !list.contains("Chưa công bố"), "{list}");
    // The agency's own report and the list of the lead unit tell it always.
    project.run("report so-tu-phap --as-of 2027-06-01").exit(0).says("quá hạn");
    project.run("due --as-of 2027-06-01").exit(0).says("Sở Tư pháp");
}

#[test]
fn where_the_site_says_so_everybody_reads_who_is_overdue() {
    let project = neglected(true);
    let page = project.read("public/tong-hop/2027/index.html");
    let words = main_words(&page);
    assert!(OVERDUE.iter().any(|mark| page.contains(mark)) && words.contains("Sở Tư pháp") && words.contains("UBND xã Trảng Mây"), "{words}");
    let missing = main_words(&project.read("public/chua-cong-bo/index.html"));
    assert!(missing.contains("Ủy ban nhân dân xã Trảng Mây"), "{missing}");
    let inspection = project.read("public/kiem-tra/2026/index.html");
    assert!(OVERDUE.iter().any(|mark| inspection.contains(mark)), "a finding that was not mended in time");
    assert!(project.path("public/due.json").exists());
}
