//! Who is answered, and that nothing but the site is ever told.

use std::io::Write;

use super::client::Server;
use crate::project::Project;

#[test]
fn only_this_machines_names_are_answered() {
    let project = Project::minimal();
    let server = Server::start(&project, "");
    let port = server.port();
    let status = |headers: &str| server.ask(&format!("GET / HTTP/1.1\r\n{headers}\r\nConnection: close\r\n\r\n")).status;
    for host in ["localhost", "127.0.0.1", "[::1]"] {
        assert_eq!(status(&format!("Host: {host}:{port}")), 200, "{host}");
        assert_eq!(status(&format!("Host: {host}:{port}\r\nOrigin: http://{host}:{port}")), 200, "{host}");
    }
    for host in ["evil.example", "localhost", "localhost.evil.example", "192.0.2.1"] {
        assert_eq!(status(&format!("Host: {host}:8")), 403, "{host}");
        assert_eq!(status(&format!("Host: {host}")), 403, "{host}");
    }
    for origin in ["http://evil.example", "null", "https://evil.example:1111", "file://"] {
        assert_eq!(status(&format!("Host: localhost:{port}\r\nOrigin: {origin}")), 403, "{origin}");
    }
    assert_eq!(status(&format!("Host: localhost:{port}\r\nHost: evil.example")), 403);
    assert_eq!(server.ask(&format!("GET http://evil.example/ HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n")).status, 403);
    let events = server.ask("GET /__congbo/events HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assert_eq!((events.status, events.body.contains("pages")), (403, false));
}

#[test]
fn no_address_leads_out_of_the_site() {
    let project = Project::minimal().file("secret.txt", "bí mật").file("content/agencies/xa-thu/files/rieng.pdf", "%PDF-1.4 bí mật");
    let server = Server::start(&project, "");
    let up = "/../".repeat(12);
    let here = project.path("secret.txt");
    let paths = [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2f%2e%2e%2fetc/passwd",
        "//etc/passwd",
        "/etc/passwd",
        "/thu-tuc/../../secret.txt",
        "/..%5csecret.txt",
        "/%5c..%5csecret.txt",
        "/secret.txt%00.html",
        "/%00",
        "/%c0%ae%c0%ae/secret.txt",
        "/%252e%252e/secret.txt",
        "/.",
        "/..",
        "/content/site.yaml",
        "/index.html/../content/site.yaml",
        "/files/rieng.pdf",
        "/tep/rieng.pdf",
        "/__congbo/../secret.txt",
        "/__congbo/preview.js/",
        &format!("{up}etc/passwd"),
        here.to_str().expect("UTF-8"),
    ];
    for path in paths {
        let response = server.get(path);
        assert!([400, 404].contains(&response.status), "{path}: {}", response.status);
        assert!(!response.body.contains("bí mật") && !response.body.contains("root:") && !response.body.contains("base_url"), "{path}");
    }
}

#[test]
fn silent_and_slow_clients_keep_nobody_waiting() {
    let project = Project::minimal();
    let server = Server::start(&project, "");
    let mut silent: Vec<_> = (0..40).map(|_| server.connect()).collect();
    for stream in silent.iter_mut().step_by(2) {
        stream.write_all(b"GET / HTTP/1.1\r\nHost: loc").expect("half a request");
    }
    let listening: Vec<_> = (0..20).map(|_| server.events()).collect();
    assert_eq!(server.get("/").status, 200);
    drop((silent, listening));
}
