//! Mistakes in the content: the pages stay, and everything wrong is shown over them.

use super::client::Server;
use crate::project::Project;

const AGENCY: &str = "content/agencies/xa-thu/agency.yaml";

#[test]
fn all_problems_are_listed_with_their_places_while_the_pages_stay() {
    let project = Project::minimal();
    let server = Server::start(&project, "");
    let mut events = server.events();
    let before = events.next_named("state");
    let old = server.get("/").body;
    let project = project.edit(AGENCY, "level: commune", "levle: <b>commune").edit("content/site.yaml", "title: Trang thử", "title: Trang thử\nmau: đỏ");
    server.until("both problems", |server| server.state()["errors"].as_u64() >= Some(2));
    assert_eq!(events.next().0, "problems");
    let panel = server.get("/__congbo/problems").body;
    for text in ["role=\"dialog\"", "content/agencies/xa-thu/agency.yaml:3:1", "content/site.yaml:2:1", "levle", "Cách sửa:", "unknown-key"] {
        assert!(panel.contains(text), "{text} is not in\n{panel}");
    }
    assert!(!panel.contains("<b>commune"));
    assert_eq!(server.state()["pages"], before["pages"]);
    let body = |page: &str| page.split("<script").next().map(str::to_owned);
    assert_eq!(body(&server.get("/").body), body(&old));
    assert!(server.told().contains("lỗi[unknown-key]") && server.told().contains("trang cũ giữ nguyên"), "{}", server.told());
    let project = project.edit(AGENCY, "levle: <b>commune", "level: commune").edit("content/site.yaml", "\nmau: đỏ", "");
    server.until("no problems", |server| server.state()["errors"] == 0);
    server.until_like_a_clean_build(&project);
}

#[test]
fn a_project_that_begins_broken_appears_when_it_is_mended() {
    let project = Project::minimal().edit(AGENCY, "level: commune", "levle: commune");
    let server = Server::start(&project, "");
    let page = server.get("/thu-tuc/");
    assert_eq!((page.status, page.header("content-type")), (503, Some("text/html; charset=utf-8")));
    for text in ["lang=\"vi\"", "content/agencies/xa-thu/agency.yaml:3:1", "Chưa tạo được trang", "/__congbo/preview.js"] {
        assert!(page.body.contains(text), "{text} is not in\n{}", page.body);
    }
    let mut events = server.events();
    assert_eq!(events.next_named("state")["pages"], 0);
    let project = project.edit(AGENCY, "levle: commune", "level: commune");
    assert_eq!(events.next_named("reload")["pages"], 1);
    server.until_like_a_clean_build(&project);
}

#[test]
fn a_broken_template_is_a_problem_with_its_line() {
    let theme = "title: Trang thử\nbase_url: https://iso.thu.example/\ntheme: themes/tinh\n";
    let project = Project::minimal().file("content/site.yaml", theme).file("themes/tinh/templates/not_found.html", "{% extends \"base.html\" %}");
    let server = Server::start(&project, "");
    assert_eq!(server.get("/").status, 200);
    let project = project.file("themes/tinh/templates/not_found.html", "<p>\n{{ a | nonsense }}");
    server.until("the problem", |server| server.state()["errors"] == 1);
    let panel = server.get("/__congbo/problems").body;
    assert!(panel.contains("themes/tinh/templates/not_found.html:2:"), "{panel}");
    assert_eq!(server.get("/").status, 200);
    let project = project.file("themes/tinh/templates/not_found.html", "{% extends \"base.html\" %}{% block main %}Đã sửa{% endblock %}");
    server.until_page("/404.html", "Đã sửa");
    server.until_like_a_clean_build(&project);
}

#[test]
fn a_content_folder_that_goes_and_comes_back_is_seen() {
    let project = Project::minimal();
    let server = Server::start(&project, "");
    std::fs::rename(project.path("content"), project.path("elsewhere")).expect("a folder");
    server.until("the missing folder", |server| server.get("/__congbo/problems").body.contains("content"));
    assert_eq!(server.get("/").status, 200);
    std::fs::rename(project.path("elsewhere"), project.path("content")).expect("a folder");
    server.until("no problems", |server| server.state()["errors"] == 0);
    let project = project.edit(AGENCY, "xã Thử", "xã Trở Lại");
    server.until_page("/", "xã Trở Lại");
    server.until_like_a_clean_build(&project);
}
