//! Who may ask: only pages that this machine itself serves. A page of a stranger can make a browser send
//! requests here, under a name that it points at this machine; the headers `Host` and `Origin` tell it.

use std::net::SocketAddr;

use axum::http::{HeaderMap, Uri, header};

/// The host a request was sent to, if it may be answered: `localhost`, the loopback addresses, or the very
/// address at which the connection arrived; never any other name.
pub fn allowed_host(uri: &Uri, headers: &HeaderMap, arrived_at: SocketAddr) -> Option<String> {
    let host = single(headers, header::HOST.as_str())??;
    let is_allowed = |host: &str| names(arrived_at).iter().any(|name| name.eq_ignore_ascii_case(host));
    let is_same = uri.authority().is_none_or(|authority| authority.as_str().eq_ignore_ascii_case(host));
    let origin = single(headers, header::ORIGIN.as_str())?;
    let is_own = origin.is_none_or(|origin| origin.strip_prefix("http://").is_some_and(|origin| origin.eq_ignore_ascii_case(host)));
    (is_allowed(host) && is_same && is_own).then(|| host.to_ascii_lowercase())
}

/// A header that is there once or not at all.
fn single<'a>(headers: &'a HeaderMap, name: &str) -> Option<Option<&'a str>> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Some(None),
        (Some(value), None) => value.to_str().ok().map(Some),
        (Some(_), Some(_)) => None,
    }
}

/// What the `Host` header may be.
fn names(arrived_at: SocketAddr) -> Vec<String> {
    let port = arrived_at.port();
    let mut names = vec![format!("localhost:{port}"), format!("127.0.0.1:{port}"), format!("[::1]:{port}"), arrived_at.to_string()];
    if port == 80 {
        names.extend(["localhost", "127.0.0.1", "[::1]"].map(str::to_owned));
        names.push(arrived_at.ip().to_string());
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_answered(host: &str, origin: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        allowed_host(&Uri::from_static("/"), &headers, "192.168.1.5:1111".parse().unwrap()).is_some()
    }

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for host in ["localhost:1111", "LOCALHOST:1111", "127.0.0.1:1111", "[::1]:1111", "192.168.1.5:1111"] {
            assert!(is_answered(host, None), "{host}");
        }
        for host in ["example.com:1111", "localhost", "localhost:80", "localhost.example.com:1111", "192.168.1.6:1111", "127.0.0.1:1111@x", ""] {
            assert!(!is_answered(host, None), "{host}");
        }
    }

    #[test]
    fn only_the_same_origin_is_answered() {
        assert!(is_answered("localhost:1111", Some("http://localhost:1111")));
        for origin in ["http://example.com", "https://localhost:1111", "http://localhost:2222", "http://127.0.0.1:1111", "null", ""] {
            assert!(!is_answered("localhost:1111", Some(origin)), "{origin}");
        }
    }
}
