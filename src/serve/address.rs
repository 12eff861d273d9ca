//! Where the preview listens: this machine only, or the network around it where that was asked for.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, UdpSocket};

use anyhow::{Context, Result};

/// The port where none is asked for, and how many after it are tried.
const DEFAULT_PORT: u16 = 1111;
const OTHER_PORTS: u16 = 20;

/// Who can reach the preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    ThisMachine,
    LocalNetwork,
}

/// Listens at the port asked for, which must be free (0 is any free one), or at the first free one from the default on.
pub fn listen(port: Option<u16>, reach: Reach) -> Result<TcpListener> {
    let ip = match reach {
        Reach::ThisMachine => Ipv4Addr::LOCALHOST,
        Reach::LocalNetwork => Ipv4Addr::UNSPECIFIED,
    };
    let bind = |port: u16| TcpListener::bind(SocketAddr::from((ip, port)));
    if let Some(port) = port {
        return bind(port).map_err(|error| match error.kind() {
            ErrorKind::AddrInUse => anyhow::anyhow!("cổng {port} đang được chương trình khác dùng; chọn cổng khác bằng --port, hoặc bỏ --port"),
            _ => anyhow::Error::new(error).context(format!("không mở được cổng {port}")),
        });
    }
    let ports = DEFAULT_PORT..=DEFAULT_PORT + OTHER_PORTS;
    let free = ports.map(bind).find(|bound| !bound.as_ref().is_err_and(|error| error.kind() == ErrorKind::AddrInUse));
    let taken = || format!("các cổng từ {DEFAULT_PORT} đến {} đều đang được dùng; chọn cổng khác bằng --port", DEFAULT_PORT + OTHER_PORTS);
    free.with_context(taken)?.context("không mở được cổng trên máy này")
}

/// Whether a listener is at the default port.
pub fn is_default(listener: &TcpListener) -> bool {
    port(listener) == DEFAULT_PORT
}

/// Where a browser on this machine finds the preview.
pub fn local(listener: &TcpListener) -> String {
    format!("http://localhost:{}/", port(listener))
}

/// Where a machine of the same network finds it. Nothing is sent: the system is only asked which way it would send.
pub fn in_network(listener: &TcpListener) -> Option<String> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // An address that is reserved for documentation: RFC 5737.
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let ip = socket.local_addr().ok().map(|address| address.ip()).filter(|ip| !ip.is_unspecified() && !ip.is_loopback())?;
    Some(format!("http://{}/", SocketAddr::from((ip, port(listener)))))
}

fn port(listener: &TcpListener) -> u16 {
    listener.local_addr().map_or(0, |address| address.port())
}
