//! `onevoice check --online`, against a server of our own on this computer.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use tempfile::TempDir;

use super::{Said, run};

const TODAY: &str = "2026-11-25";

/// A server that answers by path, and what it was asked.
struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<(String, Instant)>>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let log = Arc::clone(&log);
                std::thread::spawn(move || serve(stream.unwrap(), &log));
            }
        });
        Self { port, asked }
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// What was asked since the last time: `HEAD /a`.
    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().drain(..).map(|(line, _)| line).collect()
    }
}

fn serve(mut stream: TcpStream, log: &Mutex<Vec<(String, Instant)>>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    let head: Vec<String> = lines.map(Result::unwrap).take_while(|line| !line.is_empty()).collect();
    let (method, rest) = first.split_once(' ').unwrap();
    let path = rest.split(' ').next().unwrap();
    log.lock().unwrap().push((format!("{method} {path}"), Instant::now()));
    let who = head.iter().find(|line| line.to_ascii_lowercase().starts_with("user-agent:")).unwrap();
    assert!(who.contains("onevoice/"), "{who}");
    let (status, more) = match (path, method) {
        ("/fine", _) | ("/get-only", "GET") => ("200 OK", String::new()),
        ("/get-only", _) => ("405 Method Not Allowed", String::new()),
        ("/head-lies", "HEAD") => ("404 Not Found", String::new()),
        ("/moved", _) => ("301 Moved Permanently", "Location: /fine\r\n".to_owned()),
        ("/to-gone", _) => ("302 Found", "Location: /gone\r\n".to_owned()),
        ("/round", _) => ("302 Found", "Location: /round\r\n".to_owned()),
        ("/to-file", _) => ("302 Found", "Location: file:///etc/passwd\r\n".to_owned()),
        ("/gone", _) => ("410 Gone", String::new()),
        ("/closed", _) => ("403 Forbidden", String::new()),
        ("/broken", _) => ("500 Internal Server Error", String::new()),
        ("/cut", _) => return,
        ("/endless", "GET") => {
            // more than anyone wants to read; the reader goes away
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
            while stream.write_all(&[b'x'; 1 << 16]).is_ok() {}
            return;
        }
        ("/endless", _) => ("501 Not Implemented", String::new()),
        ("/head-lies", _) => ("200 OK", String::new()),
        _ => ("404 Not Found", String::new()),
    };
    let _ = stream
        .write_all(format!("HTTP/1.1 {status}\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n").as_bytes());
}

/// A toolkit whose page has these lines.
fn toolkit(lines: &[String]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("content/pages")).unwrap();
    std::fs::write(folder.path().join("toolkit.yaml"), "title: T\nbase_url: https://example.org/\n").unwrap();
    let page = format!("---\ntitle: Links\n---\n{}\n", lines.join("\n"));
    std::fs::write(folder.path().join("content/pages/links.md"), page).unwrap();
    folder
}

fn check(folder: &TempDir, arguments: &[&str]) -> Said {
    run(folder.path(), &[&["--today", TODAY, "check"], arguments].concat())
}

/// Each finding in a line: `warning 4 the label`.
fn found(said: &Said) -> Vec<String> {
    let document: serde_json::Value = serde_json::from_str(&said.stdout).unwrap();
    let findings = document["findings"].as_array().unwrap();
    let line = |finding: &serde_json::Value| {
        assert_eq!(finding["rule"], "broken-link");
        let text = |key: &str| finding[key].as_str().unwrap().to_owned();
        format!("{} {}:{} {}", text("severity"), finding["line"], finding["column"], text("label"))
    };
    findings.iter().map(line).collect()
}

const JSON: [&str; 3] = ["--online", "--format", "json"];

#[test]
fn a_page_that_is_gone_is_a_finding_and_one_that_cannot_be_asked_a_note() {
    let server = Server::start();
    let paths = [
        "/fine",
        "/get-only",
        "/head-lies",
        "/moved",
        "/gone",
        "/nowhere",
        "/to-gone",
        "/round",
        "/to-file",
        "/closed",
        "/broken",
        "/endless",
        "/fine#part",
    ];
    let lines: Vec<String> = paths.iter().map(|path| format!("- [x]({})", server.url(path))).collect();
    let folder = toolkit(&lines);
    let said = check(&folder, &JSON);
    let expected = [
        "warning 8:3 the address answers 410 (gone)",
        "warning 9:3 the address answers 404 (not found)",
        "warning 10:3 the address answers 410 (gone)",
        "note 11:3 the address leads on more than 5 times",
        "note 12:3 the address leads to an address that is none of the web",
        "note 13:3 the address answers 403 (forbidden)",
        "note 14:3 the address answers 500 (internal server error)",
    ];
    assert_eq!(found(&said), expected);
    assert_eq!(said.code, Some(0), "a warning does not change the exit code");
    assert_eq!(check(&folder, &["--online", "--for", "publish"]).code, Some(1), "when publishing it is an error");
}

#[test]
fn without_the_option_nothing_is_asked_and_a_build_asks_nothing() {
    let server = Server::start();
    let folder = toolkit(&[format!("[x]({})", server.url("/gone"))]);
    for arguments in [&["check"][..], &["check", "--for", "publish"], &["build"], &["status"]] {
        let said = run(folder.path(), arguments);
        assert_eq!(said.code, Some(0), "{}", said.stderr);
    }
    assert_eq!(server.asked(), Vec::<String>::new());
    check(&folder, &["--online"]);
    assert_eq!(server.asked(), ["HEAD /gone", "GET /gone"]);
    run(folder.path(), &["build", "--today", TODAY]);
    assert_eq!(server.asked(), Vec::<String>::new());
}

#[test]
fn an_answer_holds_for_a_day_and_damage_costs_a_question() {
    let server = Server::start();
    let folder = toolkit(&[format!("[x]({0}) [y]({0}) [z]({1})", server.url("/gone"), server.url("/broken"))]);
    let first = found(&check(&folder, &JSON));
    assert_eq!(server.asked(), ["HEAD /broken", "GET /broken", "HEAD /gone", "GET /gone"]);
    let again = found(&check(&folder, &JSON));
    assert_eq!(server.asked(), ["HEAD /broken", "GET /broken"], "who could not say is asked again, nobody else");
    assert_eq!(first, again);
    let tomorrow = run(folder.path(), &["--today", "2026-11-26", "check", "--online"]);
    assert_eq!((server.asked().len(), tomorrow.code), (4, Some(0)));

    let memory = folder.path().join(".onevoice/links");
    let bytes = std::fs::read(&memory).unwrap();
    for damaged in [&b""[..], &bytes[..bytes.len() / 2], &[0xff; 100], &[bytes.as_slice(), b"x"].concat()] {
        std::fs::write(&memory, damaged).unwrap();
        assert_eq!(found(&run(folder.path(), &[&["--today", "2026-11-26", "check"], &JSON[..]].concat())), first);
        assert_eq!(server.asked().len(), 4);
    }
    std::fs::remove_file(&memory).unwrap();
    std::fs::create_dir(&memory).unwrap();
    assert_eq!(found(&check(&folder, &JSON)), first, "what can't be kept is asked again");
}

#[test]
fn a_host_is_asked_one_thing_at_a_time_with_a_pause() {
    let server = Server::start();
    let lines: Vec<String> = (0..3).map(|n| format!("[x]({})", server.url(&format!("/fine?{n}")))).collect();
    let folder = toolkit(&lines);
    check(&folder, &["--online"]);
    let asked = server.asked.lock().unwrap();
    let times: Vec<_> = asked.windows(2).map(|pair| pair[1].1 - pair[0].1).collect();
    assert!(times.len() >= 2 && times.iter().all(|time| time.as_millis() >= 400), "{times:?}");
}

#[test]
fn a_host_that_is_not_there_is_a_finding_and_one_that_hangs_up_a_note() {
    let server = Server::start();
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let folder = toolkit(&[
        format!("[a]({})", server.url("/cut")),
        format!("[b](http://127.0.0.1:{nobody}/)"),
        format!("[c](http://127.0.0.1:{nobody}/2) [d](http://127.0.0.1:{nobody}/3)"),
        "[e](https://nobody.invalid/)".to_owned(),
    ]);
    let found = found(&check(&folder, &JSON));
    assert_eq!(found.len(), 5, "{found:?}");
    assert_eq!(found[4], "warning 7:1 the address is on a host that does not exist");
    assert!(found[..4].iter().all(|line| line.starts_with("note ")), "{found:?}");
    assert!(found[1].starts_with("note 5:1 the address can't be reached: connection refused"), "{found:?}");
    assert!(found[3].ends_with("is on a host that did not answer to others"), "{found:?}");
}

#[test]
fn links_are_found_wherever_a_text_can_stand() {
    let server = Server::start();
    let put = |folder: &TempDir, path: &str, text: String| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let link = |n: u32| format!("[x]({})", server.url(&format!("/{n}")));
    let folder = toolkit(&[]);
    put(
        &folder,
        "toolkit.yaml",
        format!("title: T\nbase_url: https://example.org/\nmenu:\n  - {{title: A, to: '{}'}}\n", server.url("/1")),
    );
    put(
        &folder,
        "content/audiences/police.yaml",
        format!("name: P\nask: \"Call {}.\"\nconcerns:\n  - {{id: a, says: 'Is {} so?'}}\n", link(2), link(3)),
    );
    put(
        &folder,
        "content/messages/m.md",
        format!(
            "---\ntitle: M\nclaim: C\nsound_bite:\n  police: Say {}\n  else: Other\n---\n::: police\n{}\n:::\n\n::: partners-only\n{}\n:::\n",
            link(4),
            link(5),
            link(6)
        ),
    );
    put(
        &folder,
        "content/facts.yaml",
        format!("sources:\n  s: {{title: S, url: '{}'}}\nfacts: []\n", server.url("/7")),
    );
    put(&folder, "content/local.yaml", format!("site: {{value: '{}', kind: url}}\n", server.url("/8")));
    let said = check(&folder, &JSON);
    let document: serde_json::Value = serde_json::from_str(&said.stdout).unwrap();
    let mut places: Vec<String> = Vec::new();
    for finding in document["findings"].as_array().unwrap().iter().filter(|it| it["rule"] == "broken-link") {
        places.push(format!("{}:{}:{}", finding["file"].as_str().unwrap(), finding["line"], finding["column"]));
    }
    let expected = [
        "content/audiences/police.yaml:2:12",
        "content/audiences/police.yaml:4:23",
        "content/facts.yaml:2:23",
        "content/local.yaml:1:16",
        "content/messages/m.md:5:15",
        "content/messages/m.md:9:1",
        "content/messages/m.md:13:1",
        "toolkit.yaml:4:20",
    ];
    assert_eq!(places, expected, "{}", said.stdout);
}

#[test]
fn a_dead_address_can_be_accepted_and_is_shown_with_its_line() {
    let server = Server::start();
    let folder = toolkit(&[
        format!("[x]({})\n", server.url("/gone")),
        "<!-- accept: broken-link because the archive moves in May -->".to_owned(),
        format!("[y]({})", server.url("/gone")),
    ]);
    let said = check(&folder, &["--online"]);
    let port = server.port;
    let expected = format!(
        "warning[broken-link]: there is nothing at `http://127.0.0.1:{port}/gone` any more
 --> content/pages/links.md:4:1
  |
4 | [x](http://127.0.0.1:{port}/gone)
  | {} the address answers 410 (gone)
  |
  = help: open it in a browser, look for where the page has gone, and type that address; else take the link out
",
        "^".repeat(format!("[x](http://127.0.0.1:{port}/gone)").len())
    );
    assert_eq!(said.stdout, expected);
}
