//! Getting files of a published site over HTTP; the only client of the program.

use std::io::Read;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use ureq::Agent;
use ureq::config::{Config, ConfigBuilder};
use ureq::http::StatusCode;
use ureq::typestate::AgentScope;

/// A site on the web.
pub struct Website {
    agent: Agent,
    /// Ends in `/`.
    base: String,
}

/// How long the server may take to accept a connection, to begin an answer, and to send a file.
const CONNECT: Duration = Duration::from_secs(15);
const ANSWER: Duration = Duration::from_secs(60);
const BODY: Duration = Duration::from_secs(600);
/// How long a file that is taken over may take as a whole.
const FEED: Duration = Duration::from_secs(60);

impl Website {
    /// The site at an address, of its home page or of its folder.
    pub fn new(address: &str) -> Self {
        let base = address.split(['?', '#']).next().unwrap_or(address);
        let base = base.strip_suffix("manifest.json").or_else(|| base.strip_suffix("index.html")).unwrap_or(base).trim_end_matches('/');
        Self::at(base, Self::config().max_redirects(5).build())
    }

    /// The same site, of which small files are taken over: they come soon, and from this address or not at all.
    pub fn feed(address: &str) -> Self {
        let base = address.trim_end_matches('/');
        let config = Self::config().max_redirects(0).max_redirects_will_error(false).timeout_global(Some(FEED)).https_only(address.starts_with("https://"));
        Self::at(base, config.build())
    }

    fn config() -> ConfigBuilder<AgentScope> {
        Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(CONNECT))
            .timeout_recv_response(Some(ANSWER))
            .timeout_recv_body(Some(BODY))
            .user_agent("congbo")
    }

    fn at(base: &str, config: Config) -> Self {
        Self { agent: config.into(), base: format!("{base}/") }
    }

    /// The address of a file.
    pub fn address(&self, path: &str) -> String {
        let mut address = self.base.clone();
        for byte in path.bytes() {
            if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) { address.push(char::from(byte)) } else { address.push_str(&format!("%{byte:02X}")) }
        }
        address
    }

    /// The bytes of a file as they come; `None` where the server has none.
    pub fn get(&self, path: &str) -> Result<Option<impl Read>> {
        let address = self.address(path);
        let answer = self.agent.get(&address).header("Cache-Control", "no-cache").call().with_context(|| format!("không tải được {address}"))?;
        match answer.status() {
            StatusCode::OK => Ok(Some(answer.into_body().into_reader())),
            StatusCode::NOT_FOUND | StatusCode::GONE => Ok(None),
            status if status.is_redirection() => {
                bail!("{address}: máy chủ chuyển sang địa chỉ khác ({}); ghi địa chỉ đó thay cho địa chỉ này", status.as_u16())
            }
            status => bail!("không tải được {address}: máy chủ trả lời {}", status.as_u16()),
        }
    }

    /// The bytes of a file of at most this size; `None` where the server has none.
    pub fn get_whole(&self, path: &str, most_bytes: u64) -> Result<Option<Vec<u8>>> {
        let Some(body) = self.get(path)? else { return Ok(None) };
        let mut bytes = Vec::new();
        body.take(most_bytes + 1).read_to_end(&mut bytes).with_context(|| format!("không tải được {}", self.address(path)))?;
        if bytes.len() as u64 > most_bytes {
            bail!("{} lớn quá {most_bytes} byte", self.address(path));
        }
        Ok(Some(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_address_of_the_site_will_do() {
        for address in
            ["https://iso.thu.example", "https://iso.thu.example/", "https://iso.thu.example/index.html#noi-dung", "https://iso.thu.example/manifest.json"]
        {
            assert_eq!(Website::new(address).address("thu-tuc/a b.html"), "https://iso.thu.example/thu-tuc/a%20b.html");
        }
    }
}
