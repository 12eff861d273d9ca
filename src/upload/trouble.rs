//! Why something could not be done at the other end: whether to try again, and what to tell.

/// What went wrong.
#[derive(Debug)]
pub enum Trouble {
    /// The link broke: another attempt may do it.
    Cut(String),
    /// Nobody answers there: wrong address, or no network.
    Unreachable(String),
    /// Another attempt ends the same way.
    Final(anyhow::Error),
}

impl Trouble {
    /// Something that only the user can change.
    pub fn told(message: impl Into<String>) -> Self {
        Self::Final(anyhow::Error::msg(message.into()))
    }

    /// As an error of the program.
    pub fn into_error(self) -> anyhow::Error {
        match self {
            Self::Cut(why) => anyhow::anyhow!(
                "mất kết nối giữa chừng ({why}). Trang cũ hoặc phần đã đưa lên không hỏng; chạy lại lệnh này để đi tiếp từ chỗ dở. Mạng hay đứt thì tăng  --retries"
            ),
            Self::Unreachable(why) => anyhow::anyhow!("{why}"),
            Self::Final(error) => error,
        }
    }
}

impl From<anyhow::Error> for Trouble {
    fn from(error: anyhow::Error) -> Self {
        Self::Final(error)
    }
}

/// What the system says of a broken link, in Vietnamese where it is a common thing.
#[cfg(feature = "upload")]
pub fn link_error(error: &std::io::Error) -> String {
    use std::io::ErrorKind as Kind;
    match error.kind() {
        Kind::ConnectionReset | Kind::ConnectionAborted | Kind::BrokenPipe | Kind::UnexpectedEof | Kind::NotConnected => "đầu kia đóng kết nối".to_owned(),
        Kind::TimedOut | Kind::WouldBlock => "quá lâu không có trả lời".to_owned(),
        Kind::ConnectionRefused => "máy chủ từ chối kết nối".to_owned(),
        Kind::HostUnreachable | Kind::NetworkUnreachable | Kind::NetworkDown => "không có đường mạng đến máy chủ".to_owned(),
        _ => error.to_string(),
    }
}
