//! The server: one thread a connection, a deadline for everything that a client does, and no way to anything but the site.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::answer::Answer;
use super::now::Preview;
use super::request::{self, HEAD_LIMIT, Names, Refused, Request};
use super::{events, site};

/// How long a connection may stay silent before its next request.
const IDLE: Duration = Duration::from_secs(30);
/// How long the head of a request may take, from its first byte to its last. One deadline for all of it: a client that
/// sends a byte now and then does not live for ever.
const HEAD_TIME: Duration = Duration::from_secs(5);
/// How long a client may take for an answer.
const ANSWER_TIME: Duration = Duration::from_secs(30);
/// The most connections at once. What comes beyond is sent away.
const MOST: usize = 1024;
/// How many ports after the one that was meant are tried.
const NEXT: u16 = 20;
/// A connection's thread has no deep calls: pages are made elsewhere.
const STACK: usize = 256 << 10;

/// A port that is ours.
#[derive(Debug)]
pub struct Listening {
    listener: TcpListener,
    /// Where.
    pub address: SocketAddr,
    /// Under which names.
    pub names: Names,
}

/// Why no port could be had.
#[derive(Debug)]
pub struct NoPort {
    /// The last one that was tried.
    pub port: u16,
    /// What the system said.
    pub error: io::Error,
}

/// Takes a port at `host`, a number or a name: the one that was asked for, or else the first free one from 4000 on.
///
/// # Errors
/// It is taken, or `host` is none of this machine's.
pub fn listen(host: &str, port: Option<u16>) -> Result<Listening, NoPort> {
    let first = port.unwrap_or(super::PORT);
    let last = if port.is_some() { first } else { first.saturating_add(NEXT) };
    let mut number = first;
    loop {
        match bind(host, number) {
            Ok(listener) => {
                let address = listener.local_addr().map_err(|error| NoPort { port: number, error })?;
                let bare = if address.is_ipv6() && !host.starts_with('[') && host.contains(':') {
                    format!("[{host}]")
                } else {
                    host.to_owned()
                };
                let names = Names { port: address.port(), host: bare, open: !address.ip().is_loopback() };
                return Ok(Listening { listener, address, names });
            }
            Err(error) if error.kind() == ErrorKind::AddrInUse && number < last => number += 1,
            Err(error) => return Err(NoPort { port: number, error }),
        }
    }
}

fn bind(host: &str, port: u16) -> io::Result<TcpListener> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let addresses: Vec<SocketAddr> = (bare, port).to_socket_addrs()?.collect();
    TcpListener::bind(&addresses[..])
}

impl Listening {
    /// The address to type into a browser.
    #[must_use]
    pub fn url(&self) -> String {
        let host = if self.address.ip().is_unspecified() { "localhost" } else { &self.names.host };
        format!("http://{host}:{}/", self.address.port())
    }

    /// Answers from now on, in threads of its own.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn answer(self, preview: Arc<Preview>) -> io::Result<()> {
        let server =
            Arc::new(Server { preview, names: self.names, count: AtomicUsize::new(0), next: AtomicU64::new(0) });
        let listener = self.listener;
        std::thread::Builder::new().name("server".to_owned()).spawn(move || accept_all(&listener, &server))?;
        Ok(())
    }
}

struct Server {
    preview: Arc<Preview>,
    names: Names,
    count: AtomicUsize,
    next: AtomicU64,
}

/// One of the connections that are counted.
struct Counted(Arc<Server>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.count.fetch_sub(1, Ordering::Relaxed);
    }
}

fn accept_all(listener: &TcpListener, server: &Arc<Server>) {
    loop {
        let Ok((mut stream, _)) = listener.accept() else {
            // no descriptor left, or the client has gone again: others may still be answered
            std::thread::sleep(Duration::from_millis(5));
            continue;
        };
        let before = server.count.fetch_add(1, Ordering::Relaxed);
        let counted = Counted(Arc::clone(server));
        if before >= MOST {
            let _ = stream.set_nonblocking(true);
            let _ = Answer::text((503, "Service Unavailable"), "too many connections at once").write(
                &mut stream,
                false,
                false,
            );
            continue;
        }
        let talk = move || {
            let counted = counted;
            let _ = converse(&mut stream, &counted.0);
        };
        let _ = std::thread::Builder::new().name("connection".to_owned()).stack_size(STACK).spawn(talk);
    }
}

/// Answers the requests of one connection, one after another.
fn converse(stream: &mut TcpStream, server: &Server) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let own = stream.local_addr()?.ip();
    let mut head = Vec::with_capacity(1024);
    loop {
        let Some(end) = read_head(stream, &mut head)? else { return Ok(()) };
        let Some(request) = understand(stream, head.get(..end).unwrap_or_default(), server, own)? else {
            return leave(stream);
        };
        head.drain(..end);
        if request.path == events::PATH {
            return listen_in(stream, &request, server);
        }
        let answer = site::answer(&server.preview, &request);
        let mut bytes = Vec::new();
        answer.write(&mut bytes, request.head_only, request.keep_alive)?;
        send(stream, &bytes, Instant::now() + ANSWER_TIME)?;
        if !request.keep_alive {
            return leave(stream);
        }
    }
}

/// The request, or the refusal, which is sent at once.
fn understand(stream: &mut TcpStream, head: &[u8], server: &Server, own: IpAddr) -> io::Result<Option<Request>> {
    match request::read(head, &server.names, own) {
        Ok(request) => Ok(Some(request)),
        Err(refused) => {
            refuse(stream, refused)?;
            Ok(None)
        }
    }
}

fn refuse(stream: &mut TcpStream, refused: Refused) -> io::Result<()> {
    let text = match refused {
        Refused::Foreign => "this preview answers only the browser that it was opened in, under its own address",
        Refused::Method => "a preview can only be read",
        Refused::Malformed | Refused::TooLong | Refused::Version => "this request can't be understood",
    };
    let mut bytes = Vec::new();
    Answer::text(refused.status(), text).write(&mut bytes, false, false)?;
    send(stream, &bytes, Instant::now() + HEAD_TIME)
}

/// Reads until the head of a request is whole: its length. `None` where the client has ended or is too slow.
fn read_head(stream: &mut TcpStream, head: &mut Vec<u8>) -> io::Result<Option<usize>> {
    let mut deadline = Instant::now() + if head.is_empty() { IDLE } else { HEAD_TIME };
    let mut piece = [0; 2048];
    loop {
        if let Some(end) = request::end_of_head(head) {
            return Ok(Some(end));
        }
        if head.len() > HEAD_LIMIT {
            refuse(stream, Refused::TooLong)?;
            leave(stream)?;
            return Ok(None);
        }
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(None);
        }
        stream.set_read_timeout(Some(left))?;
        match stream.read(&mut piece) {
            Ok(0) => return Ok(None),
            Ok(read) => {
                if head.is_empty() {
                    deadline = Instant::now() + HEAD_TIME;
                }
                head.extend_from_slice(piece.get(..read).unwrap_or_default());
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if is_timeout(&error) => return Ok(None),
            Err(error) => return Err(error),
        }
    }
}

/// Sends all of `bytes` before the deadline.
pub(super) fn send(stream: &mut TcpStream, bytes: &[u8], deadline: Instant) -> io::Result<()> {
    let mut rest = bytes;
    while !rest.is_empty() {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(ErrorKind::TimedOut.into());
        }
        stream.set_write_timeout(Some(left))?;
        match stream.write(rest) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(sent) => rest = rest.get(sent..).unwrap_or_default(),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}

/// Ends a connection so that the last answer arrives: a little of what the client still sends is read.
fn leave(stream: &mut TcpStream) -> io::Result<()> {
    stream.shutdown(std::net::Shutdown::Write)?;
    stream.set_read_timeout(Some(Duration::from_millis(200)))?;
    let deadline = Instant::now() + Duration::from_secs(1);
    let mut piece = [0; 4096];
    let mut pieces = 64;
    while pieces > 0 && Instant::now() < deadline && stream.read(&mut piece)? > 0 {
        pieces -= 1;
    }
    Ok(())
}

fn listen_in(stream: &mut TcpStream, request: &Request, server: &Server) -> io::Result<()> {
    let listener = server.next.fetch_add(1, Ordering::Relaxed);
    let told = events::tell(stream, request, &server.preview, listener);
    server.preview.is_open(listener, None);
    told
}
