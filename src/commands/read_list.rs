//! Reads a foreign file in a process of its own. What is in it may take all memory and time that it gets: the process limits
//! itself before it looks at the file, and the one that waits for it ends it when it takes too long.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::Outcome;
use crate::cli::ReadList;
use crate::exchange::{Reading, Tables, read_tables};
use crate::source::read_named;

/// Largest file that is read.
const MOST_FILE_BYTES: u64 = 64 * 1024 * 1024;
/// Memory of the process that reads.
const MOST_MEMORY_BYTES: u64 = 512 * 1024 * 1024;
/// Its time on the processor.
const MOST_SECONDS: u64 = 30;
/// Time that is waited for it.
const PATIENCE: Duration = Duration::from_secs(60);
/// Largest answer.
const MOST_ANSWER_BYTES: u64 = 256 * 1024 * 1024;

/// The tables of a file. Fails where it can't be read, in words for whoever sent it.
pub fn tables(file: &Path) -> Result<Tables> {
    // A path that can't be opened is told here, in the words of the system.
    let length = read_named(file, MOST_FILE_BYTES)?.len();
    let program = std::env::current_exe().context("không tìm thấy chương trình congbo")?;
    let mut child = Command::new(program)
        .args(["read-list", "--"])
        .arg(file)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .context("không mở được tiến trình đọc tệp")?;
    let (sender, answers) = mpsc::channel();
    let mut stdout = child.stdout.take().context("không mở được tiến trình đọc tệp")?.take(MOST_ANSWER_BYTES);
    std::thread::spawn(move || {
        let mut answer = Vec::new();
        let read = stdout.read_to_end(&mut answer);
        let _ = sender.send(read.map(|_| answer));
    });
    let answer = answers.recv_timeout(PATIENCE);
    if answer.is_err() {
        let _ = child.kill();
    }
    let status = child.wait().context("tiến trình đọc tệp hỏng")?;
    let hint = "chép riêng bảng cần nhập sang một tệp mới rồi nhập lại";
    let Ok(Ok(answer)) = answer else { bail!("{}: đọc quá lâu nên đã dừng; {hint}", file.display()) };
    match serde_json::from_slice(&answer) {
        Ok(Reading::Tables(tables)) => Ok(tables),
        Ok(Reading::Refused { what, hint }) => bail!("{}: {what}; {hint}", file.display()),
        Err(_) if status.code().is_some_and(|code| code == 101) => bail!("{}: tệp hỏng, không đọc được; {hint}", file.display()),
        Err(_) => bail!("{}: tệp ({length} byte) cần quá nhiều bộ nhớ hoặc thời gian nên đã dừng; {hint}", file.display()),
    }
}

/// The other side: limits itself, reads, answers.
pub fn run(arguments: &ReadList) -> Result<Outcome> {
    limit();
    let reading = read_tables(&read_named(&arguments.file, MOST_FILE_BYTES)?);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    serde_json::to_writer(&mut out, &reading)?;
    out.flush()?;
    Ok(Outcome::Clean)
}

#[cfg(unix)]
fn limit() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limits = [(Resource::As, MOST_MEMORY_BYTES * 4), (Resource::Data, MOST_MEMORY_BYTES), (Resource::Cpu, MOST_SECONDS), (Resource::Core, 0)];
    for (resource, most) in limits {
        // A limit that is lower already stays.
        let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    }
}

#[cfg(not(unix))]
fn limit() {}
