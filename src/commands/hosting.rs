//! `congbo hosting`: settings for the web server that carries the site.

use std::path::Path;

use anyhow::{Result, ensure};

use super::Outcome;
use super::surroundings::flags_on;
use crate::cli::{Hosting, HostingServer};
use crate::config::Server;
use crate::{pipeline, render};

/// Prints the settings of a server.
pub fn run(project: &Path, arguments: &Hosting) -> Result<Outcome> {
    let is_plain = |c: char| c.is_alphanumeric() || "/\\:._- ".contains(c);
    for folder in [Some(&arguments.root), arguments.forms.as_ref()].into_iter().flatten() {
        ensure!(folder.chars().all(is_plain), "đường dẫn “{}” có ký tự mà tệp thiết lập của máy chủ hiểu khác đi", folder.escape_debug());
    }
    let judged = pipeline::judge(project, flags_on(None)?)?;
    let server = match arguments.server {
        HostingServer::Nginx => Server::Nginx,
        HostingServer::Apache => Server::Apache,
        HostingServer::Iis => Server::Iis,
        HostingServer::Caddy => Server::Caddy,
    };
    let has_own_settings = matches!(server, Server::Apache | Server::Iis);
    ensure!(
        arguments.forms.is_none() || !has_own_settings,
        "trang quản trị trên Apache, IIS đã có tệp thiết lập riêng bên trong, do congbo cms ghi; bỏ --forms"
    );
    let folders = render::Folders { root: &arguments.root, forms: arguments.forms.as_deref() };
    say!("{}", render::hosting(&judged.register, &judged.config, server, folders).trim_end());
    Ok(Outcome::Clean)
}
