//! A server over SFTP, the file transfer of SSH. Many small files go at once: what costs time is the way there and back.

mod door;

use std::io::Read;

use anyhow::{Context, Result};
use futures_util::future::try_join_all;
use futures_util::stream::{self, StreamExt};
use russh::client::Handle;
use russh_sftp::client::error::Error;
use russh_sftp::client::{Config, RawSftpSession};
use russh_sftp::protocol::{FileAttributes, OpenFlags, Packet, StatusCode};
use tokio::runtime::Runtime;

use super::{Access, Done, Piece, refused};
use crate::output::Item;
use crate::upload::address::Server;
use crate::upload::site::LocalSite;
use crate::upload::trouble::Trouble;

/// Files on their way at once.
const AT_ONCE: usize = 16;
/// Pieces of one file on their way at once, and how large they are: what every server must take.
const PIECES_AT_ONCE: usize = 8;
const PIECE_BYTES: usize = 32 * 1024;
/// How long a server may take to answer, in seconds.
const ANSWER: u64 = 60;

const POSIX_RENAME: &str = "posix-rename@openssh.com";

/// An open session.
pub struct Sftp {
    runtime: Runtime,
    link: Link,
}

struct Link {
    session: RawSftpSession,
    /// Keeps the connection open.
    _ssh: Handle<door::Door>,
    /// Ends in `/`, or is empty.
    root: String,
    replaces: bool,
}

impl Sftp {
    /// Connects, makes sure of the server, logs in and looks for the folder.
    pub fn connect(server: &Server, access: &Access) -> Result<Self, Trouble> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("không mở được kết nối")?;
        let link = runtime.block_on(Link::open(server, access))?;
        Ok(Self { runtime, link })
    }

    pub fn read(&mut self, path: &str, most_bytes: u64) -> Result<Option<Vec<u8>>, Trouble> {
        self.runtime.block_on(self.link.read(path, most_bytes)).map_err(|error| self.trouble(error, "đọc", path))
    }

    pub fn list(&mut self, folder: &str) -> Result<Vec<Item>, Trouble> {
        self.runtime.block_on(self.link.list(folder)).map_err(|error| self.trouble(error, "xem", folder))
    }

    pub fn make_folder(&mut self, path: &str) -> Result<(), Trouble> {
        let at = self.link.at(path);
        match self.runtime.block_on(self.link.session.mkdir(at, FileAttributes::empty())) {
            // It is there already; where it could not be made, the first file in it tells.
            Err(Error::Status(status)) if status.status_code == StatusCode::Failure => Ok(()),
            result => result.map(drop).map_err(|error| self.trouble(error, "tạo thư mục", path)),
        }
    }

    pub fn write(&mut self, pieces: &[Piece<'_>], site: &LocalSite, done: &mut Done<'_>) -> Result<(), Trouble> {
        let link = &self.link;
        let send = |piece: &Piece<'_>| {
            let (path, to) = (piece.path.to_owned(), piece.to.clone());
            async move {
                let mut file = site.file(&path).map_err(Failed::Here)?;
                link.write(&to, &mut file).await.map_err(|failed| failed.with_path(&path)).map(|()| path)
            }
        };
        self.all("ghi", pieces.iter().map(send), done)
    }

    pub fn put(&mut self, path: &str, mut bytes: &[u8]) -> Result<(), Trouble> {
        self.runtime.block_on(self.link.write(path, &mut bytes)).map_err(|failed| self.failed(failed, "ghi", path))
    }

    pub fn rename(&mut self, moves: &[(String, String)], done: &mut Done<'_>) -> Result<(), Trouble> {
        let link = &self.link;
        let step = |(from, to): &(String, String)| {
            let (from, to) = (from.clone(), to.clone());
            async move { link.replace(&from, &to).await.map_err(|error| Failed::There(error, to.clone())).map(|()| to) }
        };
        self.all("ghi", moves.iter().map(step), done)
    }

    pub fn remove(&mut self, paths: &[&str], done: &mut Done<'_>) -> Result<(), Trouble> {
        let link = &self.link;
        let step = |path: &&str| {
            let path = (*path).to_owned();
            async move {
                match link.session.remove(link.at(&path)).await {
                    Err(Error::Status(status)) if status.status_code == StatusCode::NoSuchFile => Ok(path),
                    Err(error) => Err(Failed::There(error, path)),
                    Ok(_) => Ok(path),
                }
            }
        };
        self.all("xóa", paths.iter().map(step), done)
    }

    pub fn remove_folder(&mut self, path: &str) -> Result<(), Trouble> {
        let at = self.link.at(path);
        match self.runtime.block_on(self.link.session.rmdir(at)) {
            Err(Error::Status(_)) | Ok(_) => Ok(()),
            Err(error) => Err(self.trouble(error, "xóa thư mục", path)),
        }
    }

    /// Does many things, several at once, and tells of each that is done.
    fn all<F: Future<Output = Result<String, Failed>>>(&self, step: &str, steps: impl Iterator<Item = F>, done: &mut Done<'_>) -> Result<(), Trouble> {
        let mut results = stream::iter(steps).buffer_unordered(AT_ONCE);
        while let Some(result) = self.runtime.block_on(results.next()) {
            done(&result.map_err(|failed| self.failed(failed, step, ""))?)?;
        }
        Ok(())
    }

    fn failed(&self, failed: Failed, step: &str, path: &str) -> Trouble {
        match failed {
            Failed::Here(error) => Trouble::Final(error),
            Failed::There(error, known) => self.trouble(error, step, if known.is_empty() { path } else { &known }),
        }
    }

    fn trouble(&self, error: Error, step: &str, path: &str) -> Trouble {
        let Error::Status(status) = error else { return lost(&error) };
        match status.status_code {
            StatusCode::ConnectionLost | StatusCode::NoConnection => Trouble::Cut("máy chủ báo mất kết nối".to_owned()),
            StatusCode::PermissionDenied => refused(step, path, "không có quyền; nhờ đơn vị quản lý máy chủ cấp quyền ghi cho tài khoản này"),
            StatusCode::NoSuchFile => refused(step, path, "không có tệp hoặc thư mục này"),
            // SFTP has no word for a full disk.
            StatusCode::Failure if self.is_full() => refused(step, path, "ổ đĩa ở đó đã hết chỗ"),
            StatusCode::Failure => refused(step, path, "máy chủ không nói rõ; thường là hết chỗ, hết hạn mức hoặc có thư mục cùng tên"),
            _ => refused(step, path, &status.error_message.chars().filter(|c| !c.is_control()).take(200).collect::<String>()),
        }
    }

    fn is_full(&self) -> bool {
        self.runtime.block_on(self.link.session.statvfs(self.link.at("."))).is_ok_and(|disk| disk.blocks_avail == 0 || disk.inodes_avail == 0)
    }
}

/// What a file failed of: something on this machine, or something there, and at which path.
enum Failed {
    Here(anyhow::Error),
    There(Error, String),
}

impl Failed {
    fn with_path(self, path: &str) -> Self {
        match self {
            Self::There(error, _) => Self::There(error, path.to_owned()),
            here => here,
        }
    }
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::There(error, String::new())
    }
}

/// A session that ended without a word of the server.
fn lost(error: &Error) -> Trouble {
    match error {
        Error::Timeout => Trouble::Cut("quá lâu không có trả lời".to_owned()),
        Error::UnexpectedPacket | Error::Limited(_) => Trouble::told(format!("máy chủ trả lời không đúng giao thức SFTP: {error}")),
        _ => Trouble::Cut("đầu kia đóng kết nối".to_owned()),
    }
}

impl Link {
    async fn open(server: &Server, access: &Access) -> Result<Self, Trouble> {
        let ssh = door::enter(server, access).await?;
        let name = server.name(22);
        let closed = |_: russh::Error| Trouble::Cut("đầu kia đóng kết nối".to_owned());
        let channel = ssh.channel_open_session().await.map_err(closed)?;
        channel.request_subsystem(true, "sftp").await.map_err(closed)?;
        let config = Config { request_timeout_secs: ANSWER, max_packet_len: 1024 * 1024, ..Config::default() };
        let session = RawSftpSession::new_with_config(channel.into_stream(), config);
        let version = session.init().await.map_err(|error| lost(&error))?;
        let replaces = version.extensions.contains_key(POSIX_RENAME);
        let missing = || Trouble::told(format!("{name} không có thư mục {}; tạo thư mục đó trước, hoặc sửa đường dẫn trong --to", server.path));
        let root = if server.path.is_empty() { ".".to_owned() } else { server.path.clone() };
        match session.stat(&root).await {
            Ok(found) if found.attrs.is_dir() => {}
            Ok(_) | Err(Error::Status(_)) => return Err(missing()),
            Err(error) => return Err(lost(&error)),
        }
        let root = match root.as_str() {
            "/" => root,
            root => format!("{root}/"),
        };
        Ok(Self { session, _ssh: ssh, root, replaces })
    }

    fn at(&self, path: &str) -> String {
        if path.is_empty() { format!("{}.", self.root) } else { format!("{}{path}", self.root) }
    }

    async fn read(&self, path: &str, most_bytes: u64) -> Result<Option<Vec<u8>>, Error> {
        let handle = match self.session.open(self.at(path), OpenFlags::READ, FileAttributes::empty()).await {
            Ok(opened) => opened.handle,
            Err(Error::Status(status)) if status.status_code == StatusCode::NoSuchFile => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut bytes = Vec::new();
        while bytes.len() as u64 <= most_bytes {
            match self.session.read(&handle, bytes.len() as u64, PIECE_BYTES as u32).await {
                Ok(piece) if piece.data.is_empty() => break,
                Ok(piece) => bytes.extend_from_slice(&piece.data),
                Err(Error::Status(status)) if status.status_code == StatusCode::Eof => break,
                Err(error) => return Err(error),
            }
        }
        self.session.close(handle).await?;
        Ok(Some(bytes))
    }

    async fn list(&self, folder: &str) -> Result<Vec<Item>, Error> {
        let handle = match self.session.opendir(self.at(folder)).await {
            Ok(opened) => opened.handle,
            Err(Error::Status(status)) if status.status_code == StatusCode::NoSuchFile => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut items = Vec::new();
        loop {
            match self.session.readdir(&handle).await {
                Ok(found) => items.extend(found.files.into_iter().map(|file| Item {
                    size_bytes: file.attrs.size.unwrap_or(0),
                    is_folder: file.attrs.is_dir(),
                    name: file.filename,
                })),
                Err(Error::Status(status)) if status.status_code == StatusCode::Eof => break,
                Err(error) => return Err(error),
            }
        }
        self.session.close(handle).await?;
        Ok(items)
    }

    /// Writes a file. Its last piece goes when all others have arrived, so that a file of the right size has no holes.
    async fn write(&self, to: &str, from: &mut (dyn Read + '_)) -> Result<(), Failed> {
        let flags = OpenFlags::WRITE | OpenFlags::CREATE | OpenFlags::TRUNCATE;
        let handle = self.session.open(self.at(to), flags, FileAttributes::empty()).await?.handle;
        let (mut offset, mut waiting) = (0, Vec::new());
        let mut next = piece_of(from)?;
        while !next.is_empty() {
            let following = piece_of(from)?;
            if following.is_empty() || waiting.len() == PIECES_AT_ONCE {
                try_join_all(waiting.drain(..)).await?;
            }
            let length = next.len() as u64;
            let write = self.session.write(&handle, offset, next);
            if following.is_empty() {
                write.await?;
            } else {
                waiting.push(write);
            }
            (offset, next) = (offset + length, following);
        }
        self.session.close(handle.as_str()).await?;
        Ok(())
    }

    /// Puts a file in the place of another one.
    async fn replace(&self, from: &str, to: &str) -> Result<(), Error> {
        let (from, to) = (self.at(from), self.at(to));
        if self.replaces {
            let mut paths = Vec::new();
            for path in [&from, &to] {
                paths.extend_from_slice(&(path.len() as u32).to_be_bytes());
                paths.extend_from_slice(path.as_bytes());
            }
            return match self.session.extended(POSIX_RENAME, paths).await? {
                Packet::Status(status) if status.status_code == StatusCode::Ok => Ok(()),
                Packet::Status(status) => Err(Error::Status(status)),
                _ => Err(Error::UnexpectedPacket),
            };
        }
        match self.session.rename(&from, &to).await {
            // The third version of SFTP never puts a file in the place of another one.
            Err(Error::Status(_)) if self.session.stat(&from).await.is_ok() && self.session.remove(&to).await.is_ok() => {
                self.session.rename(&from, &to).await.map(drop)
            }
            result => result.map(drop),
        }
    }
}

/// The next piece of a file; empty at its end.
fn piece_of(from: &mut (dyn Read + '_)) -> Result<Vec<u8>, Failed> {
    let mut piece = Vec::new();
    let read = from.take(PIECE_BYTES as u64).read_to_end(&mut piece);
    read.context("không đọc được tệp của trang").map_err(Failed::Here)?;
    Ok(piece)
}
