//! A running `congbo serve` and a browser that is no more than a socket.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::project::{Project, TODAY, tree};

/// How long a test waits for something before it fails. Machines that test may be busy.
const DEADLINE: Duration = Duration::from_secs(60);

/// The program, ended with the test.
pub struct Server {
    child: Child,
    port: u16,
    told: Arc<Mutex<String>>,
}

impl Server {
    /// Serves a project at any free port, and waits for the first build or its problems.
    pub fn start(project: &Project, arguments: &str) -> Self {
        let arguments = format!("serve --port 0 --as-of {TODAY} {arguments}");
        let mut command = Command::new(env!("CARGO_BIN_EXE_congbo"));
        command.current_dir(project.path("")).args(arguments.split_whitespace()).env_clear().stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program runs");
        let told: Arc<Mutex<String>> = Arc::default();
        let (stderr, heard) = (child.stderr.take().expect("a pipe"), told.clone());
        thread::spawn(move || BufReader::new(stderr).lines().map_while(Result::ok).for_each(|line| *heard.lock().expect("a lock") += &format!("{line}\n")));
        let mut server = Self { child, port: 0, told };
        server.port = wait_for("the address", || server.told().split("http://localhost:").nth(1)?.split('/').next()?.parse().ok());
        server.until("the first build", |server| server.state()["problems"] != 0 || server.state()["pages"] != 0);
        server
    }

    /// What was printed so far.
    pub fn told(&self) -> String {
        self.told.lock().expect("a lock").clone()
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks for a path as a browser on this machine does.
    pub fn get(&self, path: &str) -> Response {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n", self.port))
    }

    /// Sends these bytes and reads the response.
    pub fn ask(&self, request: &str) -> Response {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).expect("a request");
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Response::read(&bytes)
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        stream.set_read_timeout(Some(DEADLINE)).expect("a timeout");
        stream
    }

    /// Listens as the script in the pages does.
    pub fn events(&self) -> Events {
        let mut stream = self.connect();
        write!(stream, "GET /__congbo/events HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port).expect("a request");
        Events(BufReader::new(stream))
    }

    /// What a browser that connects now is told.
    pub fn state(&self) -> Value {
        self.events().next_named("state")
    }

    /// Waits until something holds.
    pub fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        wait_for(&format!("{what}; told:\n{}", self.told()), || holds(self).then_some(()));
    }

    /// Waits until a page holds a text.
    pub fn until_page(&self, path: &str, text: &str) {
        self.until(&format!("{text:?} in {path}"), |server| server.get(path).body.contains(text));
    }

    /// Waits until every page is what a clean build of the project makes.
    pub fn until_like_a_clean_build(&self, project: &Project) {
        project.run(&format!("build --as-of {TODAY} --out built")).exit(0);
        let built: Vec<_> = tree(&project.path("built")).into_iter().filter(|(path, _)| path != "manifest.json").collect();
        let differing = || built.iter().find(|(path, bytes)| self.get(&format!("/{path}")).without_additions() != plain(bytes)).map(|(path, _)| path.clone());
        self.until("the pages of a clean build", |_| differing().is_none());
    }

    /// Waits for the program to end by itself and gives its exit code.
    pub fn exit_code(&mut self) -> Option<i32> {
        wait_for("the end of the program", || self.child.try_wait().expect("a status")).code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A response, its body as text.
#[derive(Debug)]
pub struct Response {
    pub status: u16,
    head: String,
    pub body: String,
}

impl Response {
    fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Self { status, head: head.to_owned(), body: body.to_owned() }
    }

    /// A header, if it is there.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().filter_map(|line| line.split_once(": ")).find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// The body as it was built: without the script and the line of the policy that lets it through.
    fn without_additions(&self) -> String {
        let Some((before, rest)) = self.body.split_once("<script src=\"/__congbo/preview.js\"") else { return plain(self.body.as_bytes()) };
        plain(format!("{before}{}", rest.split_once("</script>\n").expect("the end of the script").1).as_bytes())
    }
}

/// A file as text, without the line of its policy.
fn plain(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.split_inclusive('\n').filter(|line| !line.contains("Content-Security-Policy")).collect()
}

/// A stream of events that stays open.
pub struct Events(BufReader<TcpStream>);

impl Events {
    /// The next event of any name, with its data.
    pub fn next(&mut self) -> (String, Value) {
        let name = self.line("event: ");
        let data = self.line("data: ");
        (name, serde_json::from_str(&data).expect("JSON"))
    }

    /// The next event, which must have this name.
    pub fn next_named(&mut self, name: &str) -> Value {
        let (found, data) = self.next();
        assert_eq!(found, name, "{data}");
        data
    }

    fn line(&mut self, start: &str) -> String {
        let started = now();
        loop {
            assert!(started.elapsed() < DEADLINE, "waited in vain for {start:?}");
            let mut line = String::new();
            let length = self.0.read_line(&mut line).unwrap_or_else(|error| panic!("no {start:?} came: {error}"));
            assert!(length > 0, "the stream ended before {start:?}");
            if let Some(rest) = line.strip_prefix(start) {
                return rest.trim_end().to_owned();
            }
        }
    }
}

/// Looks again and again until there is something, or fails.
pub fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let started = now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(started.elapsed() < DEADLINE, "waited in vain for {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

#[expect(clippy::disallowed_methods, reason = "the deadline of a test")]
fn now() -> Instant {
    Instant::now()
}
