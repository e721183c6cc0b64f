//! A request as it comes from a browser, or from something that only looks like one.
//!
//! What is let in is little: `GET` and `HEAD` of a path, asked of this machine by a page of ours or by hand. A page of
//! the web that is open in the same browser can ask, too: it is told nothing.

use std::net::IpAddr;

/// The longest head of a request, in bytes.
pub const HEAD_LIMIT: usize = 16 << 10;
/// The most headers of a request.
const MOST_HEADERS: usize = 64;

/// A request that may be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Whether only the head of the answer is wanted.
    pub head_only: bool,
    /// The path, decoded, without the leading `/` and without what follows a `?`.
    pub path: String,
    /// What follows the `?`, as typed.
    pub query: Option<String>,
    /// Whether the connection stays open for another request.
    pub keep_alive: bool,
}

/// Why a request is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// 400: it can't be understood.
    Malformed,
    /// 403: it was meant for another name, or sent by a foreign page.
    Foreign,
    /// 405: something else than reading.
    Method,
    /// 414 and 431: it is too long.
    TooLong,
    /// 505: a version that we don't speak.
    Version,
}

impl Refused {
    /// The status line's number and words.
    #[must_use]
    pub const fn status(self) -> (u16, &'static str) {
        match self {
            Self::Malformed => (400, "Bad Request"),
            Self::Foreign => (403, "Forbidden"),
            Self::Method => (405, "Method Not Allowed"),
            Self::TooLong => (431, "Request Header Fields Too Large"),
            Self::Version => (505, "HTTP Version Not Supported"),
        }
    }
}

/// Under which names the preview is asked for.
#[derive(Clone, Debug)]
pub struct Names {
    /// The port.
    pub port: u16,
    /// The name or number that was typed as `--host`.
    pub host: String,
    /// Whether it can be asked for from other machines.
    pub open: bool,
}

impl Names {
    /// Whether `host`, as a browser sends it, is one of our names; `own` is our end of the connection.
    fn has(&self, host: &str, own: IpAddr) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !name.ends_with(':') && !port.ends_with(']') => (name, Some(port)),
            _ => (host, None),
        };
        let right_port = match port {
            Some(port) => port.bytes().all(|b| b.is_ascii_digit()) && port.parse() == Ok(self.port),
            None => self.port == 80,
        };
        if !right_port {
            return false;
        }
        if name.eq_ignore_ascii_case("localhost") || name.eq_ignore_ascii_case(&self.host) {
            return true;
        }
        let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
        let number = match bare {
            Some(six) => six.parse().ok().map(IpAddr::V6),
            None => name.parse().ok().map(IpAddr::V4),
        };
        number.is_some_and(|number: IpAddr| {
            let number = number.to_canonical();
            number.is_loopback() && own.to_canonical().is_loopback() || (self.open && number == own.to_canonical())
        })
    }
}

/// Where the head of a request ends, if it is whole: after its empty line.
#[must_use]
pub fn end_of_head(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4)
}

/// Reads the head of a request; `own` is our end of the connection.
///
/// # Errors
/// Why it is not answered.
pub fn read(head: &[u8], names: &Names, own: IpAddr) -> Result<Request, Refused> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    match parsed.parse(head) {
        Ok(httparse::Status::Complete(_)) => {}
        Err(httparse::Error::TooManyHeaders) => return Err(Refused::TooLong),
        Err(httparse::Error::Version) => return Err(Refused::Version),
        Ok(httparse::Status::Partial) | Err(_) => return Err(Refused::Malformed),
    }
    let (method, target) = (parsed.method.unwrap_or_default(), parsed.path.unwrap_or_default());
    let version = parsed.version.unwrap_or_default();
    let sent = Sent(parsed.headers);
    let host = sent.only("host")?.ok_or(Refused::Foreign)?;
    if !names.has(host, own) {
        return Err(Refused::Foreign);
    }
    if let Some(origin) = sent.only("origin")?
        && !origin.strip_prefix("http://").is_some_and(|from| from.eq_ignore_ascii_case(host))
    {
        return Err(Refused::Foreign);
    }
    // a foreign page may lead here, but not take our scripts and pictures into itself
    let foreign = sent.only("sec-fetch-site")?.is_some_and(|site| site == "cross-site" || site == "same-site");
    if foreign && sent.only("sec-fetch-mode")? != Some("navigate") {
        return Err(Refused::Foreign);
    }
    let head_only = match method {
        "GET" => false,
        "HEAD" => true,
        _ => return Err(Refused::Method),
    };
    // reading needs no body, and one that is not read would be taken for the next request
    let body = sent.only("content-length")?.is_some_and(|length| length != "0");
    if body || sent.only("transfer-encoding")?.is_some() {
        return Err(Refused::Malformed);
    }
    let connection = sent.only("connection")?.unwrap_or_default();
    let says = |word: &str| connection.split(',').any(|said| said.trim().eq_ignore_ascii_case(word));
    let keep_alive = if version == 0 { says("keep-alive") } else { !says("close") };
    let (path, query) = path(target)?;
    Ok(Request { head_only, path, query, keep_alive })
}

/// The headers of a request.
struct Sent<'h, 'b>(&'h [httparse::Header<'b>]);

impl<'b> Sent<'_, 'b> {
    /// The value of a header that may be there once.
    fn only(&self, name: &str) -> Result<Option<&'b str>, Refused> {
        let mut found = self.0.iter().filter(|header| header.name.eq_ignore_ascii_case(name));
        let Some(first) = found.next() else { return Ok(None) };
        if found.next().is_some() {
            return Err(Refused::Malformed);
        }
        std::str::from_utf8(first.value).map(|value| Some(value.trim())).map_err(|_| Refused::Malformed)
    }
}

/// The decoded path of a target and what follows its `?`. Only a path is taken: no address, no `*`.
fn path(target: &str) -> Result<(String, Option<String>), Refused> {
    let target = target.split('#').next().unwrap_or_default();
    let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query.to_owned())));
    let path = path.strip_prefix('/').ok_or(Refused::Malformed)?;
    Ok((decoded(path)?, query))
}

/// `text` with its `%xx` taken away.
///
/// # Errors
/// Where that is no text, or has signs in it that no address has.
pub fn decoded(text: &str) -> Result<String, Refused> {
    let mut bytes = text.bytes();
    let mut out = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let mut digit = || bytes.next().and_then(|byte| char::from(byte).to_digit(16));
        let (high, low) = (digit().ok_or(Refused::Malformed)?, digit().ok_or(Refused::Malformed)?);
        out.push(u8::try_from(high * 16 + low).map_err(|_| Refused::Malformed)?);
    }
    let text = String::from_utf8(out).map_err(|_| Refused::Malformed)?;
    if text.chars().any(char::is_control) { Err(Refused::Malformed) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    fn names(open: bool) -> Names {
        Names { port: 4000, host: "127.0.0.1".to_owned(), open }
    }

    fn asked(head: &str) -> Result<Request, Refused> {
        read(head.replace('\n', "\r\n").as_bytes(), &names(false), OWN)
    }

    #[test]
    fn a_browser_on_this_machine_is_answered() {
        let request = asked("GET /a%20b/?x=1 HTTP/1.1\nHost: localhost:4000\n\n").unwrap();
        assert_eq!((request.path.as_str(), request.query.as_deref()), ("a b/", Some("x=1")));
        assert!(!request.head_only && request.keep_alive);
        for host in ["127.0.0.1:4000", "LocalHost:4000", "[::1]:4000"] {
            assert!(asked(&format!("HEAD / HTTP/1.1\nHost: {host}\nConnection: close\n\n")).is_ok(), "{host}");
        }
    }

    #[test]
    fn a_foreign_name_is_refused() {
        for host in [
            "evil.example",
            "evil.example:4000",
            "localhost",
            "localhost:4001",
            "localhost.:4000",
            "localhost:4000.evil",
            "127.0.0.1.nip.io:4000",
            "localhost@evil:4000",
            "0.0.0.0:4000",
            "",
            ":4000",
            "localhost:04000x",
            "192.168.1.9:4000",
            "localhost:+4000",
            "[::1]",
            "2130706433:4000",
            "127.1:4000",
        ] {
            assert_eq!(asked(&format!("GET / HTTP/1.1\nHost: {host}\n\n")), Err(Refused::Foreign), "{host}");
        }
        assert_eq!(asked("GET / HTTP/1.1\n\n"), Err(Refused::Foreign));
        let twice = "GET / HTTP/1.1\nHost: localhost:4000\nHost: evil\n\n";
        assert_eq!(asked(twice), Err(Refused::Malformed));
    }

    #[test]
    fn a_foreign_page_is_refused() {
        let from = |header: &str| asked(&format!("GET / HTTP/1.1\nHost: localhost:4000\n{header}\n\n"));
        for origin in [
            "http://evil.example",
            "null",
            "https://localhost:4000",
            "http://localhost:3000",
            "http://127.0.0.1:4000",
            "http://localhost:4000.evil",
        ] {
            assert_eq!(from(&format!("Origin: {origin}")), Err(Refused::Foreign), "{origin}");
        }
        assert!(from("Origin: http://localhost:4000").is_ok());
        assert_eq!(from("Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: no-cors"), Err(Refused::Foreign));
        assert!(from("Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate").is_ok());
    }

    #[test]
    fn other_machines_may_ask_for_our_number_where_they_may_ask_at_all() {
        let own: IpAddr = "192.168.1.9".parse().unwrap();
        let head = b"GET / HTTP/1.1\r\nHost: 192.168.1.9:4000\r\n\r\n";
        assert!(read(head, &names(true), own).is_ok());
        assert_eq!(read(head, &names(false), own), Err(Refused::Foreign));
        let other = b"GET / HTTP/1.1\r\nHost: 192.168.1.8:4000\r\n\r\n";
        assert_eq!(read(other, &names(true), own), Err(Refused::Foreign));
    }

    #[test]
    fn only_reading_is_answered() {
        let with = |line: &str| asked(&format!("{line}\nHost: localhost:4000\n\n"));
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "FOO"] {
            assert_eq!(with(&format!("{method} / HTTP/1.1")), Err(Refused::Method), "{method}");
        }
        assert_eq!(with("GET http://localhost:4000/ HTTP/1.1"), Err(Refused::Malformed));
        assert_eq!(with("GET * HTTP/1.1"), Err(Refused::Malformed));
        assert_eq!(with("GET / HTTP/2.0"), Err(Refused::Version));
        assert_eq!(with("GET /"), Err(Refused::Malformed));
        assert_eq!(with("GET / HTTP/1.1\nContent-Length: 5"), Err(Refused::Malformed));
        assert_eq!(with("GET / HTTP/1.1\nTransfer-Encoding: chunked"), Err(Refused::Malformed));
        assert_eq!(with(&format!("GET / HTTP/1.1{}", "\nA: b".repeat(70))), Err(Refused::TooLong));
    }

    #[test]
    fn a_path_is_text() {
        assert_eq!(path("/caf%C3%A9"), Ok(("café".to_owned(), None)));
        for bad in ["/%", "/%4", "/%zz", "/%ff", "/%00", "/a%0d%0ab", "a"] {
            assert_eq!(path(bad), Err(Refused::Malformed), "{bad}");
        }
    }
}
