//! Answers requests from the table of built files. A request never becomes a path on the disk.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, Request, State as Shared};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::serve::IncomingStream;
use tokio::net::TcpListener;
use tokio::sync::watch::Receiver;

use super::access::allowed_host;
use super::inject::{FOLDER, with_script};
use super::live::{State, events};
use super::panel;
use super::preview::{Pages, Served, ServedBody};
use crate::source::read_attached_file;

/// What requests are answered from.
#[derive(Clone)]
pub struct Site {
    pub project: Arc<PathBuf>,
    pub pages: Pages,
    pub state: Receiver<State>,
}

/// The address at which a connection arrived.
#[derive(Debug, Clone, Copy)]
struct ArrivedAt(SocketAddr);

impl Connected<IncomingStream<'_, TcpListener>> for ArrivedAt {
    fn connect_info(stream: IncomingStream<'_, TcpListener>) -> Self {
        Self(stream.io().local_addr().unwrap_or_else(|_| SocketAddr::from(([127, 0, 0, 1], 0))))
    }
}

/// Answers until the program ends.
pub async fn serve(listener: TcpListener, site: Site) -> std::io::Result<()> {
    let router = Router::new().fallback(answer).with_state(site);
    axum::serve(listener, router.into_make_service_with_connect_info::<ArrivedAt>()).await
}

async fn answer(Shared(site): Shared<Site>, ConnectInfo(ArrivedAt(address)): ConnectInfo<ArrivedAt>, request: Request) -> Response {
    // The body of a request is never read.
    let (request, _) = request.into_parts();
    let mut response = match allowed_host(&request.uri, &request.headers, address) {
        None => told(StatusCode::FORBIDDEN, "Địa chỉ này không được phép xem bản nháp. Mở đúng địa chỉ mà congbo serve đã in ra."),
        Some(host) => answer_allowed(site, &host, &request).await,
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    response
}

async fn answer_allowed(site: Site, host: &str, request: &Parts) -> Response {
    if !matches!(request.method, Method::GET | Method::HEAD) {
        let message = told(StatusCode::METHOD_NOT_ALLOWED, "Bản xem trước chỉ để đọc.");
        return ([(header::ALLOW, "GET, HEAD")], message).into_response();
    }
    let Some(path) = decoded(request.uri.path()) else {
        return told(StatusCode::BAD_REQUEST, "Địa chỉ không đúng dạng.");
    };
    if let Some(name) = path.strip_prefix(FOLDER) {
        return own_file(&site, name);
    }
    let (query, host) = (request.uri.query().map(str::to_owned), host.to_owned());
    // A look-up may read or make a file: it must not keep other requests waiting.
    let answered = tokio::task::spawn_blocking(move || page(&site, &path, query.as_deref(), &host)).await;
    answered.unwrap_or_else(|_| told(StatusCode::INTERNAL_SERVER_ERROR, "Không đọc được trang này."))
}

/// A file of the preview itself.
fn own_file(site: &Site, name: &str) -> Response {
    let file = |content_type: &'static str, body: Body| ([(header::CONTENT_TYPE, content_type)], body).into_response();
    match name {
        "preview.js" => file("text/javascript; charset=utf-8", include_str!("client/preview.js").into()),
        "panel.css" => file("text/css; charset=utf-8", include_str!("client/panel.css").into()),
        "problems" => file("text/html; charset=utf-8", panel::panel(&site.state.borrow()).into()),
        "events" => file("text/event-stream", events(site.state.clone())),
        _ => told(StatusCode::NOT_FOUND, "Không có tệp này."),
    }
}

/// A file of the site, at its path without the first `/`.
fn page(site: &Site, path: &str, query: Option<&str>, host: &str) -> Response {
    // Before the page is looked up: a page newer than its state is loaded once more, an older one would stay.
    let state = site.state.borrow().clone();
    if site.pages.are_missing() {
        let policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:";
        let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, policy)];
        return (StatusCode::SERVICE_UNAVAILABLE, headers, panel::page(&state)).into_response();
    }
    let key = path.strip_prefix('/').unwrap_or(path);
    let is_folder = key.is_empty() || key.ends_with('/');
    let index = |folder: &str| site.pages.file(&format!("{folder}index.html"));
    let found = if is_folder { index(key) } else { site.pages.file(key) };
    if found.is_none() && !is_folder && index(&format!("{key}/")).is_some() {
        return to_folder(key, query);
    }
    match found {
        Some(served) => file(site, served, &state, host, StatusCode::OK),
        None => match site.pages.file("404.html") {
            Some(served) => file(site, served, &state, host, StatusCode::NOT_FOUND),
            None => told(StatusCode::NOT_FOUND, "Không có trang này."),
        },
    }
}

fn file(site: &Site, served: Served, state: &State, host: &str, status: StatusCode) -> Response {
    let bytes = match served.body {
        ServedBody::Bytes(bytes) if served.content_type.starts_with("text/html") => with_script(&bytes, state, host),
        ServedBody::Bytes(bytes) => bytes.to_vec(),
        ServedBody::Attachment(path) => match read_attached_file(&site.project, &path) {
            Ok(bytes) => bytes,
            Err(_) => return told(StatusCode::NOT_FOUND, "Không đọc được tệp đính kèm này."),
        },
    };
    (status, [(header::CONTENT_TYPE, served.content_type)], bytes).into_response()
}

/// To the same address with a `/`, from which the links of the page begin. The way is told from the last part
/// of the address, so that it can't lead to another host.
fn to_folder(path: &str, query: Option<&str>) -> Response {
    let name = path.rsplit('/').next().unwrap_or(path);
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, format!("./{}/{query}", encoded(name)))]).into_response()
}

fn told(status: StatusCode, message: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], format!("{message}\n")).into_response()
}

/// A path without percent signs; none where it is not UTF-8 or holds what no address of a site holds.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                let is_hexadecimal = digits.iter().all(u8::is_ascii_hexdigit);
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok().filter(|_| is_hexadecimal)?, 16).ok()?);
            }
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok().filter(|path| path.starts_with('/') && !path.chars().any(|c| c.is_control() || c == '\\'))
}

fn encoded(name: &str) -> String {
    name.bytes()
        .map(|byte| match byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_decoded_once_and_odd_ones_refused() {
        assert_eq!(decoded("/th%E1%BB%A7-t%E1%BB%A5c/").as_deref(), Some("/thủ-tục/"));
        assert_eq!(decoded("/%252e%252e/x").as_deref(), Some("/%2e%2e/x"));
        for path in ["", "*", "/%", "/%4", "/%zz", "/%+1", "/%ff", "/a%00b", "/a%5cb", "/a\\b", "/a%0ab"] {
            assert_eq!(decoded(path), None, "{path}");
        }
    }

    #[test]
    fn a_folder_is_reached_by_its_last_name() {
        let response = to_folder("a/b:c đ", Some("x=1"));
        assert_eq!(response.headers()[header::LOCATION], "./b%3Ac%20%C4%91/?x=1");
    }
}
