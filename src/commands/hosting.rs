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
    ensure!(arguments.root.chars().all(is_plain), "đường dẫn “{}” có ký tự mà tệp thiết lập của máy chủ hiểu khác đi", arguments.root.escape_debug());
    let judged = pipeline::judge(project, flags_on(None)?)?;
    let server = match arguments.server {
        HostingServer::Nginx => Server::Nginx,
        HostingServer::Apache => Server::Apache,
        HostingServer::Iis => Server::Iis,
        HostingServer::Caddy => Server::Caddy,
    };
    say!("{}", render::hosting(&judged.register, &judged.config, server, &arguments.root).trim_end());
    Ok(Outcome::Clean)
}
