//! How the program starts and ends.

use std::net::TcpListener;
use std::process::Command;

use super::client::Server;
use crate::project::Project;

#[test]
fn a_port_that_is_taken_is_told() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = taken.local_addr().expect("an address").port();
    Project::minimal().run(&format!("serve --port {port}")).exit(2).says(&format!("cổng {port} đang được chương trình khác dùng"));
}

#[test]
fn without_a_content_folder_nothing_is_served() {
    Project::new().run("serve --port 0").exit(2).says("không mở được thư mục").says("content");
}

#[test]
fn the_network_around_is_reached_only_when_asked_for_and_with_a_warning() {
    let project = Project::minimal();
    let server = Server::start(&project, "--lan");
    assert!(server.told().contains("cảnh báo: mọi máy trong mạng nội bộ"), "{}", server.told());
    let request = |host: &str| server.ask(&format!("GET / HTTP/1.1\r\nHost: {host}:{}\r\nConnection: close\r\n\r\n", server.port())).status;
    assert_eq!((request("localhost"), request("may-chu.noi-bo.example")), (200, 403));
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_at_once_even_with_pages_open() {
    let project = Project::minimal();
    let mut server = Server::start(&project, "");
    let listening = server.events();
    let killed = Command::new("sh").args(["-c", &format!("kill -INT {}", server.id())]).status().expect("a shell");
    assert!(killed.success());
    assert_eq!(server.exit_code(), Some(0));
    drop(listening);
}
