//! What is answered: the files of the site, from memory.

use super::client::Server;
use crate::project::Project;

#[test]
fn every_file_is_what_a_build_makes() {
    let project = Project::sample();
    let server = Server::start(&project, "");
    server.until_like_a_clean_build(&project);
    assert!(!project.path("public").exists());
}

#[test]
fn pages_come_with_their_kind_and_are_never_kept() {
    let project = Project::minimal();
    let server = Server::start(&project, "");
    let page = server.get("/");
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(
        page.body.contains("<script src=\"/__congbo/preview.js\"")
            && page.body.contains("script-src 'self' 'sha256-")
            && page.body.contains("' http://localhost:"),
        "{}",
        page.body
    );
    for header in [("cache-control", "no-store"), ("x-content-type-options", "nosniff"), ("cross-origin-resource-policy", "same-origin")] {
        assert_eq!(page.header(header.0), Some(header.1), "{}", header.0);
    }
    let stylesheet = server.state()["stylesheet"].as_str().expect("a path").to_owned();
    let style = server.get(&format!("/{stylesheet}?x"));
    assert_eq!((style.status, style.header("content-type")), (200, Some("text/css; charset=utf-8")));
    assert!(!style.body.contains("__congbo"));
}

#[test]
fn what_is_not_there_is_the_sites_own_404() {
    let project = Project::minimal().edit("content/site.yaml", "https://iso.thu.example/", "https://thu.example/iso/");
    let server = Server::start(&project, "");
    let missing = server.get("/khong-co/trang-nay");
    assert_eq!(missing.status, 404);
    assert!(missing.body.contains("/iso/tinh/style."), "{}", missing.body);
    // The links of that page begin at the path of the site's own address.
    assert_eq!(server.get(&format!("/iso/{}", server.state()["stylesheet"].as_str().expect("a path"))).status, 200);
    assert_eq!(server.get("/iso/").status, 200);
}

#[test]
fn a_renamed_procedure_answers_at_its_old_address_too() {
    let project = Project::minimal();
    project.run("build").exit(0);
    let project = project.edit("content/administrative-procedures/list.yaml", "Cấp bản sao trích lục hộ tịch", "Cấp bản sao giấy khai sinh");
    let server = Server::start(&project, "");
    let moved = server.get("/thu-tuc/1.000001-cap-ban-sao-trich-luc-ho-tich/");
    assert_eq!(moved.status, 200);
    assert!(moved.body.contains("../../thu-tuc/1.000001-cap-ban-sao-giay-khai-sinh/index.html"), "{}", moved.body);
    assert_eq!(server.get("/thu-tuc/1.000001-ten-khong-co-that/").status, 404);
}

#[test]
fn a_folder_without_slash_leads_to_the_one_with() {
    let project = Project::minimal();
    let server = Server::start(&project, "");
    let response = server.get("/thu-tuc?x=1");
    assert_eq!((response.status, response.header("location")), (307, Some("./thu-tuc/?x=1")));
    assert_eq!(server.get("/thu-tuc/").status, 200);
    assert_eq!(server.get("/thu-tuc/index.html").status, 200);
}

#[test]
fn only_reading_is_allowed() {
    let project = Project::minimal();
    let server = Server::start(&project, "");
    let ask = |method: &str, rest: &str| server.ask(&format!("{method} / HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n{rest}", server.port()));
    let (page, head) = (server.get("/"), ask("HEAD", "\r\n"));
    assert_eq!((head.status, head.header("content-length"), head.body.as_str()), (200, page.header("content-length"), ""));
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let refused = ask(method, "Content-Length: 2\r\n\r\nxx");
        assert_eq!((refused.status, refused.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
    assert_eq!(ask("GET", "Content-Length: 3\r\n\r\nxxx").status, 200);
}
