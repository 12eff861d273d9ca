//! Where a site is sent: `--to` as it was typed.

use std::path::PathBuf;

use anyhow::{Result, bail, ensure};

/// Where a site is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    Folder(PathBuf),
    Sftp(Server),
    Ftps(Server),
}

/// A folder on a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    pub user: String,
    /// Name or number, an IPv6 number without brackets.
    pub host: String,
    pub port: u16,
    /// Path of the folder: from the root of the server, or, without a `/` in front, from the folder after login.
    pub path: String,
}

impl Destination {
    /// Reads an address. No error repeats what was typed: there may be a password in it.
    pub fn read(typed: &str) -> Result<Self> {
        let Some((scheme, rest)) = typed.split_once("://") else { return Ok(Self::Folder(PathBuf::from(typed))) };
        match scheme.to_ascii_lowercase().as_str() {
            "sftp" => Server::read(rest, 22).map(Self::Sftp),
            "ftps" => Server::read(rest, 21).map(Self::Ftps),
            "ftp" => bail!(
                "ftp:// gửi mật khẩu và trang không mã hóa, ai ở giữa cũng đọc và sửa được, nên không dùng. Hỏi đơn vị quản lý máy chủ địa chỉ sftp:// hoặc ftps:// (hầu hết máy chủ FTP chỉ cần bật TLS)"
            ),
            "ftpes" => bail!("viết ftps:// thay cho ftpes://: chương trình tự bật TLS sau khi kết nối (cổng 21)"),
            "file" => bail!("ghi thẳng đường dẫn thư mục, không có file://"),
            "http" | "https" => bail!("không đăng trang qua http:// hay https://; dùng thư mục, sftp:// hoặc ftps://"),
            _ => bail!("chưa biết cách đăng kiểu này; dùng thư mục, sftp://TÊN@MÁY/ĐƯỜNG-DẪN hoặc ftps://TÊN@MÁY/ĐƯỜNG-DẪN"),
        }
    }
}

impl Server {
    fn read(rest: &str, default_port: u16) -> Result<Self> {
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let Some((user, place)) = authority.rsplit_once('@') else { bail!("thiếu tên đăng nhập; viết  sftp://TÊN@MÁY/ĐƯỜNG-DẪN") };
        ensure!(
            !user.contains(':'),
            "không ghi mật khẩu vào địa chỉ: nó hiện ra trong lịch sử lệnh và danh sách tiến trình. Đặt vào biến môi trường CONGBO_PASSWORD, hoặc dùng khóa SSH bằng --identity"
        );
        let (host, port) = match place.strip_prefix('[').and_then(|place| place.split_once(']')) {
            Some((host, port)) => (host, port.strip_prefix(':')),
            None => place.split_once(':').map_or((place, None), |(host, port)| (host, Some(port))),
        };
        let user = unescaped(user)?;
        ensure!(!user.is_empty() && !host.is_empty(), "thiếu tên đăng nhập hoặc tên máy; viết  sftp://TÊN@MÁY/ĐƯỜNG-DẪN");
        let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-:_".contains(c);
        ensure!(host.chars().all(is_plain) && !host.starts_with('-'), "tên máy chủ có ký tự không dùng được");
        let port = port.map_or(Ok(default_port), str::parse).ok().filter(|port| *port > 0);
        let Some(port) = port else { bail!("cổng phải là số từ 1 đến 65535") };
        let path = unescaped(path)?;
        // As curl writes it: `/~/` is the folder after login.
        let path = path.strip_prefix("~/").map(str::to_owned).or_else(|| (path == "~").then(String::new)).unwrap_or_else(|| format!("/{path}"));
        let path = if path == "/" { path } else { path.trim_end_matches('/').to_owned() };
        ensure!(path.split('/').all(|part| part != ".."), "đường dẫn trên máy chủ không được có “..”");
        Ok(Self { user, host: host.to_owned(), port, path })
    }

    /// The path as it is typed.
    pub fn typed_path(&self) -> String {
        if self.path.starts_with('/') { self.path.clone() } else { format!("/~/{}", self.path) }
    }

    /// The server as a person says it; the port only where it is not the usual one.
    pub fn name(&self, usual_port: u16) -> String {
        if self.port == usual_port { self.host.clone() } else { format!("{}:{}", self.host, self.port) }
    }
}

/// A part of an address with its `%20` read. Control characters would end a command of FTP early.
fn unescaped(part: &str) -> Result<String> {
    let (mut bytes, mut rest) = (Vec::new(), part.as_bytes());
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    let text = String::from_utf8(bytes).ok().filter(|text| !text.chars().any(char::is_control));
    text.ok_or_else(|| anyhow::anyhow!("địa chỉ có ký tự không dùng được"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(typed: &str) -> Server {
        match Destination::read(typed).expect("an address") {
            Destination::Sftp(server) | Destination::Ftps(server) => server,
            Destination::Folder(folder) => panic!("{} is a folder", folder.display()),
        }
    }

    #[test]
    fn an_address_is_read_as_curl_reads_it() {
        let told = |typed| {
            let Server { user, host, port, path } = server(typed);
            format!("{user}|{host}|{port}|{path}")
        };
        assert_eq!(told("sftp://web@iso.thu.example/var/www/iso/"), "web|iso.thu.example|22|/var/www/iso");
        assert_eq!(told("ftps://web%40thu.example@10.0.0.1:2121/trang%20web"), "web@thu.example|10.0.0.1|2121|/trang web");
        assert_eq!(told("sftp://web@[2001:db8::1]:2222/~/www"), "web|2001:db8::1|2222|www");
        assert_eq!(told("ftps://web@iso.thu.example"), "web|iso.thu.example|21|/");
        assert_eq!(Destination::read("/mnt/web").expect("a folder"), Destination::Folder("/mnt/web".into()));
    }

    #[test]
    fn no_address_leads_astray_and_no_password_is_repeated() {
        for typed in [
            "ftp://a@b/c",
            "sftp://web:matkhau@b/c",
            "sftp://b/c",
            "sftp://a@b/../c",
            "sftp://a@b:0/c",
            "sftp://a@b:x/",
            "ftps://a@b/c%0d%0aDELE x",
            "sftp://a@-oProxyCommand/c",
            "http://a@b/",
        ] {
            let error = Destination::read(typed).expect_err(typed).to_string();
            assert!(!error.contains("matkhau"), "{error}");
        }
    }
}
