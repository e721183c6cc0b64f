//! A preview that runs, and what it answers.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::toolkit::Toolkit;

/// A preview of a toolkit of its own.
pub struct Served {
    pub toolkit: Toolkit,
    pub port: u16,
    pub child: Child,
}

/// An answer, as it came.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A port that is free just now.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Served {
    /// Serves the small toolkit.
    pub fn small() -> Self {
        Self::of(Toolkit::small(), &[])
    }

    /// Serves a toolkit on a free port.
    pub fn of(toolkit: Toolkit, arguments: &[&str]) -> Self {
        let port = free_port();
        let number = port.to_string();
        let command = toolkit.program(&[&["serve", "--port", &number], arguments].concat());
        Self::start(toolkit, command, port)
    }

    pub fn start(toolkit: Toolkit, mut command: Command, port: u16) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        if !line.starts_with("http://") {
            let mut said = String::new();
            child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
            panic!("it does not serve: {line}{said}");
        }
        Self { toolkit, port, child }
    }

    /// A connection to it.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    /// What is answered to exactly these bytes, until it closes the connection.
    pub fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        // it may have answered and closed before all is sent
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The answer to a request with these headers.
    pub fn ask(&self, method: &str, target: &str, headers: &str) -> Answer {
        let mut stream = self.connect();
        let request = format!("{method} {target} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer with a head") + 4;
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: bytes[end..].to_vec() }
    }

    /// What a browser on this machine gets.
    pub fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, &format!("Host: localhost:{}\r\n", self.port))
    }

    /// Waits until a page holds, or no longer holds, some text: how long that took.
    pub fn wait(&self, target: &str, what: &str, good: impl Fn(&Answer) -> bool) -> Duration {
        let began = Instant::now();
        loop {
            let answer = self.get(target);
            if good(&answer) {
                return began.elapsed();
            }
            assert!(began.elapsed() < Duration::from_secs(10), "{target} does not come to {what}: {}", answer.text());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until a page shows `text`.
    pub fn shows(&self, target: &str, text: &str) -> Duration {
        self.wait(target, text, |answer| answer.text().contains(text))
    }

    /// The news that are told just now.
    pub fn news(&self) -> String {
        let mut stream = self.connect();
        let request = format!("GET /_onevoice/events HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port);
        stream.write_all(request.as_bytes()).unwrap();
        let mut lines = BufReader::new(stream).lines();
        lines.find_map(|line| line.unwrap().strip_prefix("data: ").map(str::to_owned)).unwrap()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
