//! Who is answered, and with what.

use super::served::{Served, free_port};
use super::toolkit::{Toolkit, differences};

#[test]
fn it_serves_what_a_build_writes_and_one_line_more_in_each_page() {
    let served = Served::small();
    served.toolkit.build(&[]);
    let script = "<script src=\"/_onevoice/preview.js\" defer></script>";
    let mut count = 0;
    let mut shown = Vec::new();
    let built = served.toolkit.site("public");
    for (path, _) in built.iter().filter(|(path, _)| !path.starts_with(".onevoice")) {
        let answer = served.get(&format!("/{}", path.trim_end_matches("index.html")));
        let body = if path.ends_with(".html") {
            let text = answer.text();
            assert_eq!(text.matches(script).count(), 1, "{path}");
            count += 1;
            text.replacen(script, "", 1).into_bytes()
        } else {
            answer.body
        };
        shown.push((path.clone(), body));
    }
    let built: Vec<_> = built.into_iter().filter(|(path, _)| !path.starts_with(".onevoice")).collect();
    assert_eq!(differences(&built, &shown), Vec::<String>::new());
    assert!(count > 20, "{count} pages");
    assert!(!built.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("_onevoice")));
}

#[test]
fn head_is_get_without_its_bytes_and_nothing_is_kept() {
    let served = Served::small();
    let host = format!("Host: localhost:{}\r\n", served.port);
    for (target, status, kind) in [
        ("/", 200, "text/html; charset=utf-8"),
        ("/police/", 200, "text/html; charset=utf-8"),
        ("/assets/style.css?v=1", 200, "text/css; charset=utf-8"),
        ("/toolkit.json", 200, "application/json"),
        ("/robots.txt", 200, "text/plain; charset=utf-8"),
        ("/nowhere/", 404, "text/html; charset=utf-8"),
        ("/_onevoice/", 200, "text/html; charset=utf-8"),
        ("/_onevoice/preview.js", 200, "text/javascript; charset=utf-8"),
        ("/_onevoice/nowhere", 404, "text/html; charset=utf-8"),
    ] {
        let (get, head) = (served.ask("GET", target, &host), served.ask("HEAD", target, &host));
        assert_eq!((get.status, &get.head), (status, &head.head), "{target}");
        assert!(head.body.is_empty() && !get.body.is_empty(), "{target}");
        for line in [
            &format!("Content-Type: {kind}\r\n"),
            "Cache-Control: no-store\r\n",
            "X-Content-Type-Options: nosniff\r\n",
            "Cross-Origin-Resource-Policy: same-origin\r\n",
            &format!("Content-Length: {}\r\n", get.body.len()),
        ] {
            assert!(get.head.contains(line), "{target}: {line} in {}", get.head);
        }
        assert!(!get.head.to_lowercase().contains("access-control"), "{target}");
    }
    let moved = served.get("/police?a=b");
    assert_eq!(moved.status, 302);
    assert!(moved.head.contains("Location: /police/?a=b\r\n"), "{}", moved.head);
}

#[test]
fn a_foreign_name_or_page_is_told_nothing() {
    let served = Served::small();
    let port = served.port;
    for target in ["/", "/toolkit.json", "/_onevoice/", "/_onevoice/events", "/_onevoice/preview.js"] {
        for headers in [
            "Host: evil.example\r\n".to_owned(),
            format!("Host: evil.example:{port}\r\n"),
            format!("Host: 127.0.0.1.nip.io:{port}\r\n"),
            "Host: localhost:1\r\n".to_owned(),
            String::new(),
            format!("Host: localhost:{port}\r\nOrigin: http://evil.example\r\n"),
            format!("Host: localhost:{port}\r\nOrigin: null\r\n"),
            format!("Host: localhost:{port}\r\nOrigin: http://localhost:1\r\n"),
            format!("Host: localhost:{port}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n"),
            format!("Host: evil.example\r\nX-Forwarded-Host: localhost:{port}\r\n"),
        ] {
            let answer = served.ask("GET", target, &headers);
            assert_eq!(answer.status, 403, "{target} {headers}");
            assert!(answer.body.len() < 200, "{target} {headers}");
        }
    }
    let own = format!("Host: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nSec-Fetch-Site: same-origin\r\n");
    assert_eq!(served.ask("GET", "/", &own).status, 200);
}

#[test]
fn no_path_leads_out_of_the_site() {
    let served = Served::small();
    let secret = "only for the writer";
    served.toolkit.write("secret.txt", secret);
    served.toolkit.write("content/pages/secret.md", format!("---\ntitle: S\ndraft: true\n---\n{secret}\n"));
    let inside =
        ["secret.txt", "toolkit.yaml", "content/facts.yaml", "content/pages/secret.md", ".onevoice/lock", "etc/passwd"];
    let ways = [
        "/",
        "//",
        "/../",
        "/../../../../../../",
        "/%2e%2e/",
        "/%2e%2e%2f",
        "/..%2f",
        "/..%5c",
        "/assets/../../",
        "/assets/%2e%2e/%2e%2e/",
        "/assets/..%2f..%2f",
        "/./",
        "/.%2e/",
        "/%252e%252e/",
        "/files/../",
        "/police/../../",
        "/..;/",
        "/\\..\\",
        "/%c0%ae%c0%ae/",
        "/_onevoice/../../",
        "/_onevoice/%2e%2e%2f%2e%2e%2f",
        "/file:///",
        "/?/../",
    ];
    for way in ways {
        for file in inside {
            let answer = served.get(&format!("{way}{file}"));
            let text = answer.text();
            let leaked = [secret, "root:x:0", "organization:", "sources:"].iter().any(|word| text.contains(word));
            assert!(!leaked, "{way}{file} gives {text}");
            // a `?` leaves the path of the home page; nothing else is found
            assert!(answer.status != 200 || way == "/?/../", "{way}{file} is {}", answer.status);
        }
    }
}

#[test]
fn what_can_not_be_understood_is_refused_and_hurts_nobody() {
    let served = Served::small();
    let host = format!("Host: localhost:{}\r\n", served.port);
    let long = "a".repeat(40_000);
    for (request, status) in [
        ("GET\r\n\r\n".to_owned(), "400"),
        ("\0\0\0\0\r\n\r\n".to_owned(), "400"),
        (format!("GET / HTTP/9.9\r\n{host}\r\n"), "505"),
        (format!("GET / HTTP/1.1\r\n{host}Content-Length: 5\r\n\r\nhello"), "400"),
        (format!("GET / HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), "400"),
        (format!("GET / HTTP/1.1\r\n{host}{host}\r\n"), "400"),
        (format!("GET http://localhost:{}/ HTTP/1.1\r\n{host}\r\n", served.port), "400"),
        (format!("POST / HTTP/1.1\r\n{host}\r\n"), "405"),
        (format!("OPTIONS * HTTP/1.1\r\n{host}\r\n"), "405"),
        (format!("GET /{long} HTTP/1.1\r\n{host}\r\n"), "431"),
        (format!("GET / HTTP/1.1\r\n{host}X: {long}\r\n\r\n"), "431"),
        (format!("GET / HTTP/1.1\r\n{host}{}\r\n", "A: b\r\n".repeat(200)), "431"),
        ("GET / HTTP/1.1\r\n".to_owned() + &long, "431"),
    ] {
        let answer = served.raw(request.as_bytes());
        let said = answer.split(' ').nth(1).unwrap_or_default();
        assert_eq!(said, status, "{:.60}: {answer:.100}", request);
    }
    // two requests of one connection, the second with the last bytes of the first
    let two = format!("GET /robots.txt HTTP/1.1\r\n{host}\r\nGET /nowhere HTTP/1.1\r\nConnection: close\r\n{host}\r\n");
    let answers = served.raw(two.as_bytes());
    assert!(answers.contains("200 OK") && answers.contains("404 Not Found"), "{answers}");
    assert_eq!(served.get("/").status, 200);
}

#[test]
fn a_port_that_is_taken_is_told_and_the_next_one_used_unless_one_was_asked_for() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let toolkit = Toolkit::small();
    let said = super::toolkit::said(&toolkit.program(&["serve", "-p", &port]).output().unwrap());
    assert_eq!(said.code, Some(3), "{}", said.stderr);
    assert!(
        said.stderr.contains(&format!("port {port}")) && said.stderr.contains("leave out `--port`"),
        "{}",
        said.stderr
    );
    // 4000 may be anybody's on this machine: whoever has it, a preview is served
    let blocker = std::net::TcpListener::bind("127.0.0.1:4000");
    let command = toolkit.program(&["serve"]);
    let mut served = Served::start(toolkit, command, free_port());
    drop(blocker);
    let _ = served.child.kill();
    let said = std::io::read_to_string(served.child.stderr.take().unwrap()).unwrap();
    assert!(said.contains("port 4000 is taken"), "{said}");
}
