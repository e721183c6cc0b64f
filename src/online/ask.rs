//! One address after another, each host's by one thread: `HEAD`, then `GET` where `HEAD` does not help.

use std::collections::BTreeMap;
use std::thread::sleep;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use ureq::http::{Response, StatusCode};
use ureq::{Agent, Body, Error};

/// What is known of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Something is there.
    There,
    /// Nothing is there; why, to be read after "the address".
    Gone(String),
    /// It could not be asked, or did not say; why, to be read after "the address".
    Unsure(String),
}

/// Hosts that are asked at once.
const HOSTS_AT_ONCE: usize = 4;
/// Between two requests to one host.
const PAUSE: Duration = Duration::from_millis(500);
/// For one request.
const PATIENCE: Duration = Duration::from_secs(10);
/// For all addresses together.
const ALTOGETHER: Duration = Duration::from_mins(5);
/// How often an address may lead on to another.
const REDIRECTS: usize = 5;
/// A host that can't be reached so often in a row is not asked any more.
const FAILURES: usize = 2;
const WHO: &str = concat!("onevoice/", env!("CARGO_PKG_VERSION"), " (checks that linked pages are still there)");

/// The answers to `addresses`, in their order.
pub(super) fn all(addresses: &[&str]) -> Vec<Answer> {
    let until = Instant::now() + ALTOGETHER;
    let mut hosts: BTreeMap<&str, Vec<(usize, &str)>> = BTreeMap::new();
    for (n, address) in addresses.iter().enumerate() {
        hosts.entry(host(address)).or_default().push((n, address));
    }
    let hosts: Vec<Vec<(usize, &str)>> = hosts.into_values().collect();
    let answer_all = || hosts.par_iter().with_max_len(1).flat_map_iter(|list| one_host(list, until)).collect();
    // threads of their own: those of the checks are for work, and these wait
    let answers: Vec<(usize, Answer)> = match rayon::ThreadPoolBuilder::new().num_threads(HOSTS_AT_ONCE).build() {
        Ok(pool) => pool.install(answer_all),
        Err(_) => hosts.iter().flat_map(|list| one_host(list, until)).collect(),
    };
    let mut answers: Vec<(usize, Answer)> = answers;
    answers.sort_by_key(|(n, _)| *n);
    let answers: Vec<Answer> = answers.into_iter().map(|(_, answer)| answer).collect();
    unless_offline(addresses, answers)
}

/// Some systems say that a name does not exist where they could not ask. So it counts only when another name was found
/// meanwhile: else this computer may be offline, and no link is to blame.
fn unless_offline(addresses: &[&str], mut answers: Vec<Answer>) -> Vec<Answer> {
    let is_named = |address: &str| {
        let host = host(address);
        let name = host.rsplit('@').next().unwrap_or(host).split(':').next().unwrap_or_default();
        name.contains(|c: char| c.is_ascii_alphabetic()) && name != "localhost" && !host.contains('[')
    };
    let online = addresses.iter().zip(&answers).any(|(address, answer)| is_named(address) && *answer != no_host());
    for (address, answer) in addresses.iter().zip(&mut answers) {
        if !online && *answer == no_host() && !never_exists(address) {
            *answer = Answer::Unsure("is on a host that was not found; is this computer online?".to_owned());
        }
    }
    answers
}

/// Whether the address is on one of the names that are kept free for examples (RFC 6761).
fn never_exists(address: &str) -> bool {
    let host = host(address);
    let name = host.split(':').next().unwrap_or_default();
    [".invalid", ".example"].iter().any(|end| name.ends_with(end))
}

/// The host of an address, with its port.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap_or_default()
}

fn one_host(list: &[(usize, &str)], until: Instant) -> Vec<(usize, Answer)> {
    let agent = agent();
    let mut failures = 0;
    let mut answers = Vec::with_capacity(list.len());
    for (place, (n, address)) in list.iter().enumerate() {
        let answer = if failures >= FAILURES {
            Answer::Unsure("is on a host that did not answer to others".to_owned())
        } else if Instant::now() >= until {
            Answer::Unsure("was not asked for: all the others took too long".to_owned())
        } else if never_exists(address) {
            no_host()
        } else {
            if place > 0 {
                sleep(PAUSE);
            }
            let (answer, reached) = one(address, &agent);
            failures = if reached { 0 } else { failures + 1 };
            answer
        };
        answers.push((*n, answer));
    }
    answers
}

fn agent() -> Agent {
    Agent::config_builder()
        .user_agent(WHO)
        .timeout_global(Some(PATIENCE))
        // they are followed here, where it is seen that they stay in the web
        .max_redirects(0)
        .max_redirects_will_error(false)
        .max_response_header_size(64 << 10)
        .http_status_as_error(false)
        // one connection to a host at a time
        .max_idle_connections(1)
        .build()
        .new_agent()
}

/// What became of an address, and whether its host said anything at all.
fn one(address: &str, agent: &Agent) -> (Answer, bool) {
    match follow(address, |address| agent.head(address).call()) {
        (Answer::There, reached) => return (Answer::There, reached),
        (answer, false) => return (answer, false),
        // servers that refuse `HEAD` say so in many ways, some with "not found": only `GET` is sure
        (_, true) => sleep(PAUSE),
    }
    // the body is not read: with the response the connection goes, too
    follow(address, |address| agent.get(address).call())
}

/// Asks for an address and those that it leads on to.
fn follow(address: &str, ask: impl Fn(&str) -> Result<Response<Body>, Error>) -> (Answer, bool) {
    let mut address = address.to_owned();
    for _ in 0..=REDIRECTS {
        let response = match ask(&address) {
            Ok(response) => response,
            Err(error) => return failed(&error),
        };
        let location = response.headers().get("location").filter(|_| response.status().is_redirection());
        let Some(location) = location else { return (said(response.status()), true) };
        match location.to_str().ok().and_then(|location| join(&address, location)) {
            Some(next) => address = next,
            None => return (Answer::Unsure("leads to an address that is none of the web".to_owned()), true),
        }
    }
    (Answer::Unsure(format!("leads on more than {REDIRECTS} times")), true)
}

/// The address that `location` means on the page `from` (RFC 3986, section 5.2, as far as the web uses it); `None` where it is
/// none of the web.
fn join(from: &str, location: &str) -> Option<String> {
    let (scheme, rest) = from.split_once("://")?;
    let location = location.trim().split('#').next().unwrap_or_default();
    let has_scheme = location.split(['/', '?']).next().is_some_and(|start| start.contains(':'));
    if has_scheme {
        return super::links::address(location);
    }
    if let Some(other) = location.strip_prefix("//") {
        return super::links::address(&format!("{scheme}://{other}"));
    }
    let host = host(from);
    let path = rest.get(host.len()..)?.split('?').next().unwrap_or_default();
    let path = match location.chars().next() {
        None | Some('?') => format!("{path}{location}"),
        Some('/') => location.to_owned(),
        Some(_) => format!("{}/{location}", path.rsplit_once('/').map_or("", |(folder, _)| folder)),
    };
    super::links::address(&format!("{scheme}://{host}{path}"))
}

fn said(status: StatusCode) -> Answer {
    let reason = status.canonical_reason().map_or_else(String::new, |reason| format!(" ({})", reason.to_lowercase()));
    let says = format!("answers {}{reason}", status.as_u16());
    match status {
        status if status.is_success() => Answer::There,
        StatusCode::NOT_FOUND | StatusCode::GONE => Answer::Gone(says),
        _ => Answer::Unsure(says),
    }
}

/// What an error tells, and whether the host was there.
fn failed(error: &Error) -> (Answer, bool) {
    let unsure = |why: &str| Answer::Unsure(why.to_owned());
    match error {
        Error::HostNotFound => (no_host(), false),
        Error::Io(error) if is_no_host(&error.to_string()) => (no_host(), false),
        Error::Io(error) => (unsure(&format!("can't be reached: {}", in_short(&error.to_string()))), false),
        Error::Timeout(_) => (unsure(&format!("did not answer within {} seconds", PATIENCE.as_secs())), false),
        Error::BadUri(_) | Error::Http(_) => (unsure("is none that can be asked for"), true),
        Error::Tls(_) | Error::Rustls(_) => {
            (unsure(&format!("has no valid certificate: {}", in_short(&error.to_string()))), true)
        }
        Error::ConnectionFailed => (unsure("can't be reached"), false),
        other => (unsure(&format!("can't be looked at: {}", in_short(&other.to_string()))), true),
    }
}

fn no_host() -> Answer {
    Answer::Gone("is on a host that does not exist".to_owned())
}

/// Whether the system says that there is no such name. That it could not ask is told otherwise (glibc, musl: `EAI_NONAME`,
/// `EAI_NODATA` of RFC 3493). macOS says the same for both, so it counts as not asked there.
fn is_no_host(text: &str) -> bool {
    ["Name or service not known", "Name does not resolve", "No address associated with hostname"]
        .iter()
        .any(|known| text.contains(known))
}

/// A system's own words in one line without its numbers.
fn in_short(text: &str) -> String {
    let text = text.split(" (os error").next().unwrap_or_default();
    let text = text.rsplit("io: ").next().unwrap_or(text);
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| first.to_lowercase().chain(signs).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_not_found_and_gone_mean_that_nothing_is_there() {
        let kind = |code: u16| said(StatusCode::from_u16(code).unwrap());
        assert_eq!(kind(204), Answer::There);
        assert_eq!(kind(404), Answer::Gone("answers 404 (not found)".to_owned()));
        assert_eq!(kind(410), Answer::Gone("answers 410 (gone)".to_owned()));
        for code in [301, 401, 403, 405, 429, 500, 503] {
            assert!(matches!(kind(code), Answer::Unsure(_)), "{code}");
        }
    }

    #[test]
    fn an_address_leads_on_within_the_web_alone() {
        let join = |location| join("https://example.org/a/b?c", location);
        assert_eq!(join("/x#y").as_deref(), Some("https://example.org/x"));
        assert_eq!(join("x?y").as_deref(), Some("https://example.org/a/x?y"));
        assert_eq!(join("?y").as_deref(), Some("https://example.org/a/b?y"));
        assert_eq!(join("//other.example/").as_deref(), Some("https://other.example/"));
        assert_eq!(join("HTTP://other.example/x").as_deref(), Some("http://other.example/x"));
        for other in ["file:///etc/passwd", "file:/etc/passwd", "ftp://example.org/", "javascript:x", "data:,x"] {
            assert_eq!(join(other), None, "{other}");
        }
    }

    #[test]
    fn a_name_that_is_not_found_is_to_blame_only_where_another_is_found() {
        let addresses = ["http://a.org/", "http://127.0.0.1:1/", "http://b.invalid/"];
        let gone = |answer: &Answer| matches!(answer, Answer::Gone(_));
        let answers = unless_offline(&addresses, vec![no_host(), Answer::There, no_host()]);
        assert_eq!(answers.iter().map(gone).collect::<Vec<_>>(), [false, false, true]);
        let addresses = ["http://a.org/", "http://c.org/"];
        let answers = unless_offline(&addresses, vec![no_host(), Answer::There]);
        assert!(gone(&answers[0]));
    }

    #[test]
    fn a_host_is_named_with_its_port() {
        assert_eq!(host("https://example.org:8080/a/b?c"), "example.org:8080");
        assert_eq!(host("http://example.org?x"), "example.org");
    }

    #[test]
    fn a_name_that_nobody_has_is_no_failure_of_the_network() {
        assert!(is_no_host("failed to lookup address information: Name or service not known"));
        assert!(!is_no_host("failed to lookup address information: Temporary failure in name resolution"));
    }
}
