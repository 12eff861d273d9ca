//! `congbo report`: the self-check of one agency, for its own desk and for inspectors.

use crate::project::Project;

const AGENCY: &str = "content/agencies/xa-thu/agency.yaml";

#[test]
fn each_point_says_what_is_asked_what_is_shown_and_what_is_missing() {
    let project = Project::minimal().without("content/agencies/xa-thu/reviews.yaml");
    let text = project.run("report xa-thu").exit(1).out();
    // In the words of the circular, point by point.
    assert!(text.contains("### Điểm 2c") && text.contains("thông báo bằng văn bản đến đơn vị chủ trì"), "{text}");
    // With its date written out and the page where it can be seen.
    assert!(text.contains("- [Quyết định công bố số 12/QĐ-UBND](https://iso.thu.example/cong-bo/), ngày 02 tháng 3 năm 2026"), "{text}");
    // Without audits and reviews there is nothing to show for 1đ, and it is said at the top.
    let summary = text.lines().find(|line| line.starts_with("**Còn thiếu:**")).expect("what is missing");
    assert!(summary.contains("1đ"), "{summary}");
    assert!(text.contains("không phải xếp loại"), "a self-check never rates");
}

#[test]
fn what_check_finds_in_the_files_of_the_agency_is_part_of_it() {
    let project = Project::minimal().edit(AGENCY, "phone:", "phnoe:");
    let text = project.run("report xa-thu").exit(1).out();
    assert!(text.contains("- Lỗi: không có mục nào tên là “phnoe” ở đây"), "{text}");
    assert!(text.contains("Cách sửa:") && text.contains("`content/agencies/xa-thu/agency.yaml:"), "{text}");
}

#[test]
fn the_same_as_a_page_that_needs_nothing_beside_it_and_as_data() {
    let project = Project::minimal();
    let page = project.run("report xa-thu --format html").exit(0).out();
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"vi\">") && page.contains("<h1") && !page.contains("<script") && !page.contains("<link"), "{page}");
    let data: serde_json::Value = serde_json::from_str(&project.run("report xa-thu --format json").exit(0).out()).expect("JSON");
    let parts = data["evidence"]["parts"].as_array().expect("the two parts of the article");
    let points: Vec<&str> = parts.iter().flat_map(|part| part["points"].as_array().expect("points")).filter_map(|point| point["point"].as_str()).collect();
    assert_eq!(points, ["1a", "1b", "1c", "1d", "1đ", "1e", "1g", "2a", "2b", "2c", "2d", "2đ", "2e"]);
}

#[test]
fn an_agency_that_is_not_there_is_told_with_the_nearest_name() {
    let _ = Project::minimal().run("report xa-thuu").exit(2).says("không có cơ quan “xa-thuu”").says("có phải ý anh/chị là xa-thu?");
}
