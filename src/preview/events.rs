//! News for open pages, as server-sent events (WHATWG HTML, section 9.2): what is new, what is wrong, what to do.

use std::io::{self, ErrorKind, Read};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::answer::{FOUND, head_of};
use super::now::{Now, Preview};
use super::request::{Request, decoded};
use super::server::send;
use super::site;
use crate::finding::{Counts, Finding, Severity};

/// Where news are told, without the leading `/`.
pub const PATH: &str = "_onevoice/events";
/// How often a silent connection is tried: a tab that was closed is noticed by nothing else.
const PING: Duration = Duration::from_secs(15);
/// How long a listener may take to hear.
const PATIENCE: Duration = Duration::from_secs(10);
/// The most errors that are shown over a page.
const MOST: usize = 20;

/// What a page is told.
#[derive(Serialize)]
struct News<'a> {
    run: &'a str,
    build: u64,
    /// Whether there is a site to show.
    site: bool,
    counts: Counts,
    errors: Vec<Mishap<'a>>,
    styles: Option<std::collections::BTreeMap<&'a str, &'a str>>,
    follow: Option<&'a str>,
}

/// An error as the overlay shows it.
#[derive(Serialize)]
struct Mishap<'a> {
    rule: &'a str,
    message: &'a str,
    label: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    before: &'a str,
    marked: &'a str,
    after: &'a str,
    help: Option<&'a str>,
}

/// Tells a listener everything that happens, until it goes away.
///
/// # Errors
/// What the connection says when it does.
pub fn tell(stream: &mut TcpStream, request: &Request, preview: &Preview, listener: u64) -> io::Result<()> {
    let mut head = head_of(FOUND, "text/event-stream; charset=utf-8");
    head.push_str("Connection: close\r\n\r\n");
    if request.head_only {
        return send(stream, head.as_bytes(), Instant::now() + PATIENCE);
    }
    let at = request.query.as_deref().and_then(|query| query.strip_prefix("at="));
    if let Some(path) = at.and_then(|at| decoded(at).ok()) {
        preview.is_open(listener, Some(site::file_at(&path)));
    }
    // a page that is closed is asked for again by nobody: half a second is enough
    head.push_str("retry: 500\n\n");
    send(stream, head.as_bytes(), Instant::now() + PATIENCE)?;
    let mut now = preview.now();
    loop {
        let mut event = format!("id: {}\ndata: ", now.number);
        // texts and numbers always have a JSON form, of one line
        event.push_str(&serde_json::to_string(&news(&now, preview)).unwrap_or_default());
        event.push_str("\n\n");
        send(stream, event.as_bytes(), Instant::now() + PATIENCE)?;
        let told = now.number;
        drop(now);
        now = loop {
            let now = preview.wait(told, PING);
            if now.number != told {
                break now;
            }
            drop(now);
            if has_left(stream)? {
                return Ok(());
            }
            send(stream, b": ping\n\n", Instant::now() + PATIENCE)?;
        };
    }
}

/// Whether the other end is closed. A listener has nothing more to say.
fn has_left(stream: &mut TcpStream) -> io::Result<bool> {
    stream.set_nonblocking(true)?;
    let left = match stream.read(&mut [0; 64]) {
        Ok(read) => read == 0,
        Err(error) => error.kind() != ErrorKind::WouldBlock,
    };
    stream.set_nonblocking(false)?;
    Ok(left)
}

fn news<'a>(now: &'a Now, preview: &'a Preview) -> News<'a> {
    let errors = now.findings.iter().filter(|finding| finding.severity == Severity::Error);
    News {
        run: &preview.run,
        build: now.number,
        site: now.good.is_some(),
        counts: Counts::of(&now.findings),
        errors: errors.take(MOST).map(mishap).collect(),
        styles: now.styles.as_ref().map(|styles| styles.iter().map(|(name, v)| (name.as_str(), v.as_str())).collect()),
        follow: now.follow.as_deref(),
    }
}

fn mishap(finding: &Finding) -> Mishap<'_> {
    let place = &finding.place;
    let text = place.text.as_str();
    let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
    Mishap {
        rule: &finding.rule,
        message: &finding.message,
        label: &finding.label,
        file: &place.file,
        line: place.line,
        column: place.column,
        before: part(0..place.start),
        marked: part(place.start..place.end),
        after: part(place.end..text.len()),
        help: finding.help.as_deref(),
    }
}
