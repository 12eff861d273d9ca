//! A small disk of the test's own: a tmpfs in a mount name space that goes away with the test, whatever happens.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use tempfile::TempDir;

/// A disk, and a shell in the name space where it is mounted.
pub struct Disk {
    shell: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    path: PathBuf,
    is_own_user_space: bool,
    /// Where it is mounted, as the shell sees it.
    folder: TempDir,
}

impl Disk {
    /// Mounts one with options such as `size=4m`. Says why where this machine allows none.
    pub fn mount(options: &str) -> Result<Self, String> {
        // The second form is for people who are not root.
        Self::mount_with(&["--mount"], options).or_else(|first| {
            Self::mount_with(&["--mount", "--map-root-user"], options).map_err(|second| format!("as this user: {first}; in a user name space: {second}"))
        })
    }

    fn mount_with(unshare: &[&str], options: &str) -> Result<Self, String> {
        let folder = TempDir::new().expect("a temporary folder");
        let mut command = Command::new("unshare");
        command.args(unshare).arg("sh").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut shell = command.spawn().map_err(|error| format!("unshare (package util-linux): {error}"))?;
        let (input, output) = (shell.stdin.take().expect("its input"), BufReader::new(shell.stdout.take().expect("its output")));
        // Any process may walk into another one's name space by this path, if it may look at that process at all.
        let path = PathBuf::from(format!("/proc/{}/root{}", shell.id(), folder.path().display()));
        let mut disk = Self { shell, input, output, path, is_own_user_space: unshare.len() > 1, folder };
        disk.run(&format!("mount -t tmpfs -o {options} tmpfs \"$DISK\""))?;
        Ok(disk)
    }

    /// Its folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Runs a line of shell in the name space, where `$DISK` is the folder.
    pub fn run(&mut self, line: &str) -> Result<(), String> {
        let told = writeln!(self.input, "DISK={}; if said=$({{ {line}; }} 2>&1); then echo done; else echo failed: $said; fi", self.folder.path().display());
        let mut answer = String::new();
        told.and_then(|()| self.output.read_line(&mut answer)).map_err(|error| error.to_string())?;
        match answer.trim() {
            "done" => Ok(()),
            "" => Err("no name space can be made".to_owned()),
            other => Err(other.to_owned()),
        }
    }

    /// A program that runs another one inside the name space, in this folder of the disk: only there are disks that
    /// were mounted on the disk's folders in the way.
    pub fn inside(&self, folder: &Path) -> Vec<String> {
        let seen_inside = Path::new("/").join(folder.strip_prefix(format!("/proc/{}/root", self.shell.id())).expect("a folder of the disk"));
        let process = self.shell.id().to_string();
        let user = if self.is_own_user_space { ["--user", "--preserve-credentials"].as_slice() } else { &[] };
        let enter = ["nsenter", "--mount", "--target", &process].into_iter().chain(user.iter().copied());
        let go = ["sh", "-c", "cd \"$0\" && exec \"$@\"", seen_inside.to_str().expect("a plain path")];
        enter.chain(go).map(str::to_owned).collect()
    }

    /// Changes the disk's options: its size, or whether it can be written.
    pub fn remount(&mut self, options: &str) {
        self.run(&format!("mount -o remount,{options} \"$DISK\"")).unwrap_or_else(|error| panic!("remount,{options}: {error}"));
    }

    /// Bytes and files in use.
    pub fn used(&self) -> (u64, u64) {
        let state = rustix::fs::statvfs(&self.path).expect("the state of a disk");
        ((state.f_blocks - state.f_bfree) * state.f_frsize, state.f_files - state.f_ffree)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // The name space and all that is mounted in it end with the shell.
        let _ = self.shell.kill();
        let _ = self.shell.wait();
    }
}
