//! The preview: the site in memory, built anew when a file changes, shown by a server for this machine.
//! `commands/serve.rs` drives it: what [`watch`] sees goes into [`preview`], what came of it to [`live`], and
//! [`answer`] reads the pages meanwhile. Nothing is written to the disk.

mod access;
mod answer;
mod content_type;
mod inject;
mod panel;

pub mod address;
pub mod live;
pub mod preview;
pub mod watch;

use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use futures_util::future::{Either, select};

use live::Announcer;
use preview::Pages;

/// A server that can begin to answer.
pub struct Server {
    listener: TcpListener,
    site: answer::Site,
}

impl Server {
    /// Answers at `listener` with `pages`, and tells browsers what `announcer` tells.
    pub fn new(listener: TcpListener, project: &Path, pages: Pages, announcer: &Announcer) -> Self {
        Self { listener, site: answer::Site { project: Arc::new(project.to_path_buf()), pages, state: announcer.listener() } }
    }

    /// Answers until Ctrl-C; connections that are open then are dropped. Fails when nobody builds the site any more.
    pub fn run(self) -> Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("không mở được máy chủ xem trước")?;
        let ended = runtime.block_on(async {
            self.listener.set_nonblocking(true)?;
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            let mut state = self.site.state.clone();
            let abandoned = async { while state.changed().await.is_ok() {} };
            tokio::spawn(answer::serve(listener, self.site));
            match select(Box::pin(tokio::signal::ctrl_c()), Box::pin(abandoned)).await {
                Either::Left((interrupted, _)) => interrupted.context("không nhận được tín hiệu dừng"),
                Either::Right(_) => bail!("việc theo dõi tệp đã dừng giữa chừng"),
            }
        });
        runtime.shutdown_background();
        ended
    }
}
