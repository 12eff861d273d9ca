//! A web server on loopback, as somebody else's site is for the program.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a path gets instead of its file: the status with its headers, and no body.
pub type Instead = fn(&str) -> Option<&'static str>;

/// Serves a folder until the test ends; returns the address, `http://127.0.0.1:1234/`.
pub fn serve(folder: PathBuf, instead: Instead) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let folder = Arc::new(folder);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let folder = folder.clone();
            std::thread::spawn(move || answer(&stream.expect("a connection"), &folder, instead));
        }
    });
    format!("http://127.0.0.1:{port}/")
}

/// An address at which nobody answers.
pub fn nobody() -> String {
    let port = TcpListener::bind(("127.0.0.1", 0)).expect("a port").local_addr().expect("an address").port();
    format!("http://127.0.0.1:{port}/")
}

fn answer(mut stream: &TcpStream, folder: &Path, instead: Instead) {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let Some(request) = lines.next() else { return };
    let path = request.split(' ').nth(1).unwrap_or("/").trim_start_matches('/').to_owned();
    let _ = lines.take_while(|line| !line.is_empty()).count();
    let (status, body) = match (instead(&path), fs::read(folder.join(&path))) {
        (Some(status), _) => (status, Vec::new()),
        (None, Ok(body)) => ("200 OK", body),
        (None, Err(_)) => ("404 Not Found", b"khong co".to_vec()),
    };
    let _ = write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    let _ = stream.write_all(&body);
}
