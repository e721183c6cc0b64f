//! Slow clients, and those that never end.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::served::Served;

#[test]
fn two_hundred_slow_clients_do_not_hold_the_others() {
    let served = Served::small();
    let begin = format!("GET / HTTP/1.1\r\nHost: localhost:{}\r\nX: ", served.port);
    let mut slow: Vec<TcpStream> = (0..200).map(|_| served.connect()).collect();
    for stream in &mut slow {
        stream.write_all(begin.as_bytes()).unwrap();
    }
    // some ask for news and do not read them, some ask for a page and do not read it
    let mut deaf: Vec<TcpStream> = (0..20).map(|_| served.connect()).collect();
    for (n, stream) in deaf.iter_mut().enumerate() {
        let target = if n % 2 == 0 { "/_onevoice/events" } else { "/" };
        stream
            .write_all(format!("GET {target} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", served.port).as_bytes())
            .unwrap();
    }
    let mut times: Vec<Duration> = (0..40)
        .map(|_| {
            for stream in slow.iter_mut().take(20) {
                let _ = stream.write_all(b"a");
            }
            let began = Instant::now();
            assert_eq!(served.get("/").status, 200);
            began.elapsed()
        })
        .collect();
    times.sort();
    assert!(times[times.len() * 9 / 10] < Duration::from_millis(250), "{times:?}");
    // a byte now and then is no life: one deadline for the whole head
    let began = Instant::now();
    let mut gone = slow.pop().unwrap();
    gone.set_read_timeout(Some(Duration::from_secs(15))).unwrap();
    let read = gone.read(&mut [0; 16]).unwrap_or(0);
    assert!(read == 0 && began.elapsed() < Duration::from_secs(10), "{read} {:?}", began.elapsed());
    assert_eq!(served.get("/police/").status, 200);
}

#[test]
fn what_never_ends_is_sent_away() {
    let served = Served::small();
    let mut stream = served.connect();
    stream.set_write_timeout(Some(Duration::from_secs(5))).unwrap();
    let piece = [b'a'; 4096];
    let mut sent = 0;
    stream.write_all(b"GET /").unwrap();
    while sent < 64 << 20 {
        match stream.write(&piece) {
            Ok(written) => sent += written,
            Err(_) => break,
        }
    }
    assert!(sent < 64 << 20, "it took everything");
    assert_eq!(served.get("/").status, 200);
}
