//! A server over FTP with TLS (RFC 4217): the login, every command and every file are encrypted, or nothing is sent.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::version::TLS12;
use rustls::{ALL_VERSIONS, AlertDescription, ClientConfig, RootCertStore, SupportedProtocolVersion};
use suppaftp::list::ListParser;
use suppaftp::types::FileType;
use suppaftp::{FtpError, Mode, RustlsConnector, RustlsFtpStream, Status};

use super::{Access, Done, Piece, refused};
use crate::output::Item;
use crate::upload::address::Server;
use crate::upload::site::LocalSite;
use crate::upload::trouble::{Trouble, link_error};

const CONNECT: Duration = Duration::from_secs(15);
/// How long a server may take to answer, or to take a piece of a file.
const ANSWER: Duration = Duration::from_secs(60);

/// An open session, in the folder of the site.
pub struct Ftps {
    stream: RustlsFtpStream,
    lists_facts: bool,
}

impl Ftps {
    /// Connects, encrypts, logs in and goes to the folder.
    pub fn connect(server: &Server, access: &Access) -> Result<Self, Trouble> {
        let name = server.name(21);
        let Some(password) = &access.password else {
            return Err(Trouble::told(format!("{name} cần mật khẩu: đặt vào biến môi trường CONGBO_PASSWORD")));
        };
        // Most servers want each file to go on with the session of the login. Tickets of TLS 1.3 are good for one file each
        // and come when nobody reads any more; a session of TLS 1.2 is good for all.
        let stream = match encrypted(server, access, &[&TLS12])? {
            Err(error) if wants_newer(&error) => encrypted(server, access, ALL_VERSIONS)?,
            stream => stream,
        };
        let stream = stream.map_err(|error| not_secure(error, &name))?;
        let mut stream = stream.passive_stream_builder(|address| data_connection(address).map_err(FtpError::ConnectionError));
        let is_new = stream.get_ref().peer_addr().is_ok_and(|peer| peer.is_ipv6());
        stream.set_mode(if is_new { Mode::ExtendedPassive } else { Mode::Passive });
        // Data goes to the server that was asked, whatever address it names: behind a router it is often a wrong one.
        stream.set_passive_nat_workaround(true);
        stream.login(&server.user, password).map_err(|error| not_let_in(error, server))?;
        stream.transfer_type(FileType::Binary).map_err(|error| trouble(error, "đặt kiểu nhị phân", &name))?;
        let features = stream.feat().unwrap_or_default();
        if features.contains_key("UTF8") {
            let _ = stream.opts("UTF8", Some("ON"));
        }
        if !server.path.is_empty() {
            stream.cwd(&server.path).map_err(|error| match error {
                FtpError::UnexpectedResponse(_) => {
                    Trouble::told(format!("{name} không có thư mục {}, hoặc không cho vào; tạo thư mục đó trước, hoặc sửa đường dẫn trong --to", server.path))
                }
                error => trouble(error, "vào thư mục", &server.path),
            })?;
        }
        Ok(Self { stream, lists_facts: features.contains_key("MLST") })
    }

    pub fn read(&mut self, path: &str, most_bytes: u64) -> Result<Option<Vec<u8>>, Trouble> {
        let mut data = match self.stream.retr_as_stream(path) {
            Ok(data) => data,
            Err(FtpError::UnexpectedResponse(response)) if response.status.code() == 550 => return Ok(None),
            Err(error) => return Err(trouble(error, "đọc", path)),
        };
        let mut bytes = Vec::new();
        let read = (&mut data).take(most_bytes.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|error| trouble(FtpError::ConnectionError(error), "đọc", path))?;
        if bytes.len() as u64 <= most_bytes {
            data.finish().map_err(|error| trouble(error, "đọc", path))?;
        }
        Ok(Some(bytes))
    }

    pub fn list(&mut self, folder: &str) -> Result<Vec<Item>, Trouble> {
        let lines = match (self.lists_facts, folder) {
            (true, "") => self.stream.mlsd(None),
            (true, folder) => self.stream.mlsd(Some(folder)),
            // Names that begin with a dot are listed too.
            (false, "") => self.stream.list(Some("-a")),
            (false, folder) => self.stream.list(Some(&format!("-a {folder}"))),
        };
        let lines = match lines {
            Ok(lines) => lines,
            Err(FtpError::UnexpectedResponse(response)) if response.status.code() == 550 => return Ok(Vec::new()),
            Err(error) => return Err(trouble(error, "xem", folder)),
        };
        let parse = |line: &String| {
            if self.lists_facts { ListParser::parse_mlsd(line) } else { ListParser::parse_posix(line).or_else(|_| ListParser::parse_dos(line)) }
        };
        let items = lines.iter().filter_map(|line| parse(line).ok());
        Ok(items.map(|file| Item { name: name_of(file.name()), size_bytes: file.size() as u64, is_folder: file.is_directory() }).collect())
    }

    pub fn make_folder(&mut self, path: &str) -> Result<(), Trouble> {
        match self.stream.mkdir(path) {
            // It is there already; where it could not be made, the first file in it tells.
            Err(FtpError::UnexpectedResponse(response)) if (500..600).contains(&response.status.code()) => Ok(()),
            result => result.map_err(|error| trouble(error, "tạo thư mục", path)),
        }
    }

    pub fn write(&mut self, pieces: &[Piece<'_>], site: &LocalSite, done: &mut Done<'_>) -> Result<(), Trouble> {
        for piece in pieces {
            self.send(&piece.to, &mut site.file(piece.path)?, piece.path)?;
            done(piece.path)?;
        }
        Ok(())
    }

    pub fn put(&mut self, path: &str, mut bytes: &[u8]) -> Result<(), Trouble> {
        self.send(path, &mut bytes, path)
    }

    fn send(&mut self, to: &str, from: &mut dyn Read, path: &str) -> Result<(), Trouble> {
        let mut data = self.stream.put_with_stream(to).map_err(|error| trouble(error, "ghi", path))?;
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let count = from.read(&mut buffer).with_context(|| format!("không đọc được {path}"))?;
            if count == 0 {
                break;
            }
            if let Err(error) = data.write_all(&buffer[..count]) {
                // Where the server gave up by itself, it says why on the other line.
                let why = data.finish().err().filter(|why| matches!(why, FtpError::UnexpectedResponse(_)));
                return Err(trouble(why.unwrap_or(FtpError::ConnectionError(error)), "ghi", path));
            }
        }
        data.finish().map_err(|error| trouble(error, "ghi", path))
    }

    pub fn rename(&mut self, moves: &[(String, String)], done: &mut Done<'_>) -> Result<(), Trouble> {
        for (from, to) in moves {
            match self.stream.rename(from, to) {
                Ok(()) => {}
                // Some servers never put a file in the place of another one.
                Err(FtpError::UnexpectedResponse(_)) if self.stream.size(from).is_ok() && self.stream.rm(to).is_ok() => {
                    self.stream.rename(from, to).map_err(|error| trouble(error, "ghi", to))?
                }
                Err(error) => return Err(trouble(error, "ghi", to)),
            }
            done(to)?;
        }
        Ok(())
    }

    pub fn remove(&mut self, paths: &[&str], done: &mut Done<'_>) -> Result<(), Trouble> {
        for path in paths {
            match self.stream.rm(path) {
                Ok(()) => {}
                Err(FtpError::UnexpectedResponse(_)) if self.stream.size(path).is_err() => {}
                Err(error) => return Err(trouble(error, "xóa", path)),
            }
            done(path)?;
        }
        Ok(())
    }

    pub fn remove_folder(&mut self, path: &str) -> Result<(), Trouble> {
        match self.stream.rmdir(path) {
            Err(FtpError::UnexpectedResponse(_)) | Ok(()) => Ok(()),
            Err(error) => Err(trouble(error, "xóa thư mục", path)),
        }
    }
}

impl Drop for Ftps {
    fn drop(&mut self) {
        let _ = self.stream.quit();
    }
}

/// The last part of a name: some servers list whole paths.
fn name_of(listed: &str) -> String {
    listed.rsplit('/').next().unwrap_or(listed).to_owned()
}

type Stream = suppaftp::FtpResult<RustlsFtpStream>;

/// A connection that is encrypted before anybody logs in.
fn encrypted(server: &Server, access: &Access, versions: &[&'static SupportedProtocolVersion]) -> Result<Stream, Trouble> {
    let config = Arc::new(trust(access, versions)?);
    let stream = RustlsFtpStream::connect_with_stream(open(server)?).map_err(|error| trouble(error, "kết nối", &server.name(21)))?;
    Ok(stream.into_secure(RustlsConnector::from(config), &server.host))
}

fn tls_error(error: &FtpError) -> Option<&rustls::Error> {
    let FtpError::ConnectionError(error) = error else { return None };
    error.get_ref()?.downcast_ref()
}

/// Whether a server speaks no TLS 1.2.
fn wants_newer(error: &FtpError) -> bool {
    matches!(tls_error(error), Some(rustls::Error::AlertReceived(AlertDescription::ProtocolVersion) | rustls::Error::PeerIncompatible(_)))
}

/// Whom we trust: the authorities of the web, or those of `--ca` alone.
fn trust(access: &Access, versions: &[&'static SupportedProtocolVersion]) -> Result<ClientConfig> {
    let mut roots = RootCertStore::empty();
    match &access.ca {
        Some(pem) => {
            for certificate in CertificateDer::pem_slice_iter(pem) {
                roots.add(certificate.context("tệp --ca không phải chứng thư PEM")?).context("tệp --ca có chứng thư không dùng được")?;
            }
            anyhow::ensure!(!roots.is_empty(), "tệp --ca không có chứng thư nào (dạng PEM: -----BEGIN CERTIFICATE-----)");
        }
        None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_protocol_versions(versions).context("không mở được TLS")?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

fn open(server: &Server) -> Result<TcpStream, Trouble> {
    let name = server.name(21);
    let addresses = (server.host.as_str(), server.port).to_socket_addrs();
    let addresses =
        addresses.map_err(|_| Trouble::Unreachable(format!("không tìm thấy máy chủ {}; xem lại tên máy trong --to và mạng của máy này", server.host)))?;
    let mut last = None;
    for address in addresses {
        match data_connection(address) {
            Ok(stream) => return Ok(stream),
            Err(error) => last = Some(error),
        }
    }
    let why = last.map_or_else(String::new, |error| format!(" ({})", link_error(&error)));
    Err(Trouble::Unreachable(format!("không kết nối được {name}{why}; xem lại tên máy, cổng trong --to, tường lửa và mạng của máy này")))
}

fn data_connection(address: SocketAddr) -> std::io::Result<TcpStream> {
    let stream = TcpStream::connect_timeout(&address, CONNECT)?;
    stream.set_read_timeout(Some(ANSWER))?;
    stream.set_write_timeout(Some(ANSWER))?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// Why the link could not be encrypted.
fn not_secure(error: FtpError, name: &str) -> Trouble {
    match error {
        FtpError::UnexpectedResponse(response) if response.status == Status::NotAvailable => trouble(FtpError::UnexpectedResponse(response), "kết nối", name),
        FtpError::UnexpectedResponse(response) => Trouble::told(format!(
            "{name} không nhận kết nối mã hóa (TLS): {}. Chưa gửi gì, cả mật khẩu. Nhờ đơn vị quản lý máy chủ bật FTPS, hoặc dùng sftp://",
            words(&response.body)
        )),
        error => trouble(error, "kết nối", name),
    }
}

fn not_let_in(error: FtpError, server: &Server) -> Trouble {
    match error {
        FtpError::UnexpectedResponse(response) if response.status.code() / 100 == 5 => Trouble::told(format!(
            "{} không cho {} đăng nhập; xem lại tên trong --to và mật khẩu trong CONGBO_PASSWORD (máy chủ nói: {})",
            server.name(21),
            server.user,
            words(&response.body)
        )),
        error => trouble(error, "đăng nhập", &server.host),
    }
}

/// What a server says, on one line and without anything that a terminal would obey.
fn words(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let line: String = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).take(200).collect();
    line.trim().to_owned()
}

/// What is wrong with a certificate.
fn fault(error: &rustls::CertificateError) -> String {
    use rustls::CertificateError as Fault;
    match error {
        Fault::UnknownIssuer => "không biết nơi cấp".to_owned(),
        Fault::Expired | Fault::ExpiredContext { .. } => "đã hết hạn".to_owned(),
        Fault::NotValidYet | Fault::NotValidYetContext { .. } => "chưa đến ngày có hiệu lực; xem lại đồng hồ của máy này".to_owned(),
        Fault::NotValidForName | Fault::NotValidForNameContext { .. } => "cấp cho tên máy khác".to_owned(),
        Fault::Revoked => "đã bị thu hồi".to_owned(),
        other => format!("{other:?}"),
    }
}

fn trouble(error: FtpError, step: &str, path: &str) -> Trouble {
    match error {
        error @ FtpError::ConnectionError(_) if tls_error(&error).is_some() => match tls_error(&error) {
            Some(rustls::Error::InvalidCertificate(why)) => Trouble::told(format!(
                "chứng thư TLS của máy chủ không tin được ({}); chưa gửi gì, cả mật khẩu. Tên máy trong --to phải đúng tên trong chứng thư và chứng thư còn hạn; nếu cơ quan tự cấp chứng thư, chỉ tệp của nơi cấp bằng  --ca TỆP.pem",
                fault(why)
            )),
            _ => Trouble::Cut("đầu kia ngắt phiên TLS".to_owned()),
        },
        FtpError::ConnectionError(error) => Trouble::Cut(link_error(&error)),
        FtpError::SecureError(why) => Trouble::told(format!("không mã hóa được kết nối: {why}")),
        FtpError::UnexpectedResponse(response) => match response.status.code() {
            421 | 425 | 426 => Trouble::Cut(words(&response.body)),
            451 | 452 | 552 => refused(step, path, &format!("{}; ổ đĩa hoặc hạn mức ở đó có thể đã hết chỗ", words(&response.body))),
            522 => refused(step, path, &format!("{}; máy chủ không nhận cách nối lại phiên TLS của chương trình này", words(&response.body))),
            _ => refused(step, path, &words(&response.body)),
        },
        FtpError::BadResponse => Trouble::Cut("câu trả lời của máy chủ không trọn vẹn".to_owned()),
        error => Trouble::told(format!("{step} {path}: {error}")),
    }
}
