//! Getting in by SSH: the server must be the one that is known, and then lets us in by a key, an agent or a password.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use russh::client::{AuthResult, Config, Handle, Handler, KeyboardInteractiveAuthResponse, connect_stream};
use russh::keys::known_hosts::known_host_keys_path;
use russh::keys::{Algorithm, HashAlg, PrivateKeyWithHashAlg, PublicKey, PublicKeyOrCertificate, decode_secret_key};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::upload::address::Server;
use crate::upload::target::Access;
use crate::upload::trouble::{Trouble, link_error};

const CONNECT: Duration = Duration::from_secs(15);
/// How long the handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(60);
/// After this long without a word the server is asked whether it is still there, and this often.
const SILENCE: Duration = Duration::from_secs(20);
const MOST_SILENCES: usize = 3;

/// Connects and logs in.
pub async fn enter(server: &Server, access: &Access) -> Result<Handle<Door>, Trouble> {
    let stream = open(server).await?;
    let door = Door { host: server.host.clone(), port: server.port, host_key: access.host_key.clone(), known_hosts: access.known_hosts.clone() };
    let mut config = Config { nodelay: true, keepalive_interval: Some(SILENCE), keepalive_max: MOST_SILENCES, ..Config::default() };
    door.prefer_known_keys(&mut config);
    let handshake = timeout(HANDSHAKE, connect_stream(Arc::new(config), stream, door)).await;
    let mut ssh = handshake.map_err(|_| Trouble::Cut("quá lâu không có trả lời".to_owned()))?.map_err(|refusal| refusal.trouble(server))?;
    log_in(&mut ssh, server, access).await?;
    Ok(ssh)
}

async fn open(server: &Server) -> Result<TcpStream, Trouble> {
    let unreachable = |why: String| {
        let name = server.name(22);
        Trouble::Unreachable(format!("không kết nối được {name} ({why}); xem lại tên máy, cổng trong --to, tường lửa và mạng của máy này"))
    };
    let stream = match timeout(CONNECT, TcpStream::connect((server.host.as_str(), server.port))).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) if error.kind() == io::ErrorKind::Other || error.raw_os_error().is_none() => {
            return Err(unreachable("không tìm thấy tên máy".to_owned()));
        }
        Ok(Err(error)) => return Err(unreachable(link_error(&error))),
        Err(_) => return Err(unreachable("quá lâu không có trả lời".to_owned())),
    };
    stream.set_nodelay(true).map_err(|error| Trouble::Cut(link_error(&error)))?;
    Ok(stream)
}

/// Looks at whom we talk to, before anything is told to them.
pub struct Door {
    host: String,
    port: u16,
    host_key: Option<String>,
    known_hosts: Option<PathBuf>,
}

/// Why nobody went in.
#[derive(Debug)]
pub enum Refusal {
    /// Not the server that is known.
    Server(String),
    Link(russh::Error),
}

impl From<russh::Error> for Refusal {
    fn from(error: russh::Error) -> Self {
        Self::Link(error)
    }
}

impl Refusal {
    fn trouble(self, server: &Server) -> Trouble {
        match self {
            Self::Server(why) => Trouble::told(why),
            Self::Link(error @ (russh::Error::NoCommonAlgo { .. } | russh::Error::WrongServerSig | russh::Error::Version)) => Trouble::told(format!(
                "{} không nói được SSH với chương trình này ({error}); xem lại cổng, hoặc nhờ đơn vị quản lý nâng cấp máy chủ",
                server.name(22)
            )),
            Self::Link(russh::Error::IO(error)) => Trouble::Cut(link_error(&error)),
            Self::Link(_) => Trouble::Cut("đầu kia đóng kết nối".to_owned()),
        }
    }
}

impl Handler for Door {
    type Error = Refusal;

    async fn check_server_key(&mut self, shown: &PublicKeyOrCertificate) -> Result<bool, Refusal> {
        match shown {
            PublicKeyOrCertificate::PublicKey { key, .. } => self.check(key).map(|()| true).map_err(Refusal::Server),
            PublicKeyOrCertificate::Certificate(_) => Err(Refusal::Server(format!("{} trình chứng thư SSH, chương trình này chỉ nhận khóa", self.host))),
        }
    }
}

impl Door {
    fn check(&self, key: &PublicKey) -> Result<(), String> {
        let (host, shown) = (&self.host, key.fingerprint(HashAlg::Sha256).to_string());
        if let Some(wanted) = &self.host_key {
            let is_same = wanted.trim_end_matches('=') == shown;
            return if is_same {
                Ok(())
            } else {
                Err(format!(
                    "khóa của {host} có mã {shown}, không phải mã ở --host-key; chưa gửi gì, cả mật khẩu. Hỏi lại đơn vị quản lý máy chủ, có thể có người đứng giữa"
                ))
            };
        }
        let known = self.known();
        if known.iter().any(|(_, known)| known.key_data() == key.key_data()) {
            return Ok(());
        }
        let file = self.known_hosts.as_deref().map(Path::display);
        match (known.first(), file) {
            (Some((line, _)), Some(file)) => Err(format!(
                "khóa của {host} (mã {shown}) không phải khóa đã biết ở dòng {line} của {file}; chưa gửi gì, cả mật khẩu. Có thể có người đứng giữa, hoặc máy chủ vừa được cài lại: hỏi đơn vị quản lý máy chủ mã mới, nếu đúng thì xóa dòng đó rồi chạy lại với  --host-key {shown}"
            )),
            _ => Err(format!(
                "chưa biết máy chủ {host}: khóa của nó có mã {shown}. Chưa gửi gì, cả mật khẩu. Hỏi đơn vị quản lý máy chủ mã này (lệnh  ssh-keygen -l -f /etc/ssh/ssh_host_ed25519_key.pub  trên máy chủ); nếu đúng thì chạy lại với  --host-key {shown}"
            )),
        }
    }

    /// The keys that the file of known hosts has of the server, each with its line.
    fn known(&self) -> Vec<(usize, PublicKey)> {
        let keys = self.known_hosts.as_ref().and_then(|file| known_host_keys_path(&self.host, self.port, file).ok());
        keys.unwrap_or_default()
    }

    /// A server shows one of its keys: it is asked for one that is known, where there is one.
    fn prefer_known_keys(&self, config: &mut Config) {
        let known = self.known();
        let is_known = |algorithm: &Algorithm| known.iter().any(|(_, key)| kind(&key.algorithm()) == kind(algorithm));
        let mut keys = config.preferred.key.to_vec();
        keys.sort_by_key(|algorithm| !is_known(algorithm));
        config.preferred.key = keys.into();
    }
}

/// A kind of key, whatever hash it signs with.
fn kind(algorithm: &Algorithm) -> String {
    if matches!(algorithm, Algorithm::Rsa { .. }) { "ssh-rsa".to_owned() } else { algorithm.to_string() }
}

async fn log_in(ssh: &mut Handle<Door>, server: &Server, access: &Access) -> Result<(), Trouble> {
    let lost = |_: russh::Error| Trouble::Cut("đầu kia đóng kết nối".to_owned());
    let user = server.user.as_str();
    let mut tried = Vec::new();
    let hash = if access.identity.is_some() || access.agent.is_some() { ssh.best_supported_rsa_hash().await.map_err(lost)?.flatten() } else { None };
    if let Some((file, text, password)) = &access.identity {
        let key = decode_secret_key(text, password.as_deref()).map_err(|error| bad_key(&error, file))?;
        if ssh.authenticate_publickey(user, PrivateKeyWithHashAlg::new(Arc::new(key), hash)).await.map_err(lost)?.success() {
            return Ok(());
        }
        tried.push(format!("khóa {}", file.display()));
    }
    #[cfg(unix)]
    if let Some(agent) = &access.agent {
        if with_agent(ssh, user, agent, hash).await {
            return Ok(());
        }
        tried.push("khóa trong ssh-agent".to_owned());
    }
    if let Some(password) = &access.password {
        if ssh.authenticate_password(user, password).await.map_err(lost)?.success() || answers(ssh, user, password).await {
            return Ok(());
        }
        tried.push("mật khẩu trong CONGBO_PASSWORD".to_owned());
    }
    if ssh.is_closed() {
        return Err(lost(russh::Error::Disconnect));
    }
    let name = server.name(22);
    Err(Trouble::told(if tried.is_empty() {
        format!("{name} cần mật khẩu hoặc khóa: đặt mật khẩu vào biến môi trường CONGBO_PASSWORD, hoặc chỉ khóa SSH bằng  --identity TỆP")
    } else {
        format!("{name} không cho {user} đăng nhập bằng {}; xem lại tên trong --to và hỏi đơn vị quản lý máy chủ", tried.join(", "))
    }))
}

fn bad_key(error: &russh::keys::Error, file: &Path) -> Trouble {
    let file = file.display();
    Trouble::told(match error {
        russh::keys::Error::KeyIsEncrypted => format!("khóa {file} có mật khẩu; đặt vào biến môi trường CONGBO_KEY_PASSWORD"),
        _ => format!("không đọc được khóa {file}, hoặc mật khẩu của khóa sai ({error}); --identity phải là khóa riêng của SSH, không phải tệp .pub"),
    })
}

/// Many servers ask for the password as a question.
async fn answers(ssh: &mut Handle<Door>, user: &str, password: &str) -> bool {
    let mut asked = ssh.authenticate_keyboard_interactive_start(user, None).await;
    for _ in 0..3 {
        match asked {
            Ok(KeyboardInteractiveAuthResponse::Success) => return true,
            Ok(KeyboardInteractiveAuthResponse::InfoRequest { prompts, .. }) => {
                let answers = prompts.iter().map(|prompt| if prompt.echo { String::new() } else { password.to_owned() }).collect();
                asked = ssh.authenticate_keyboard_interactive_respond(answers).await;
            }
            _ => return false,
        }
    }
    false
}

/// Whether one of the keys of an agent opens.
#[cfg(unix)]
async fn with_agent(ssh: &mut Handle<Door>, user: &str, socket: &Path, hash: Option<HashAlg>) -> bool {
    use russh::keys::agent::client::AgentClient;
    let Ok(mut agent) = AgentClient::connect_uds(socket).await else { return false };
    for identity in agent.request_identities().await.unwrap_or_default() {
        let key = identity.public_key().into_owned();
        if matches!(ssh.authenticate_publickey_with(user, key, hash, &mut agent).await, Ok(AuthResult::Success)) {
            return true;
        }
    }
    false
}
