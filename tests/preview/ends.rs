//! How it ends.

use std::process::Command;
use std::time::{Duration, Instant};

use super::served::Served;

fn ends(signal: &str) {
    let mut served = Served::small();
    let _listening = served.connect();
    let began = Instant::now();
    assert!(Command::new("kill").args([signal, &served.child.id().to_string()]).status().unwrap().success());
    let status = loop {
        if let Some(status) = served.child.try_wait().unwrap() {
            break status;
        }
        assert!(began.elapsed() < Duration::from_secs(5), "it does not end");
        std::thread::sleep(Duration::from_millis(5));
    };
    assert_eq!(status.code(), Some(0), "{signal}");
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    let left: Vec<_> =
        std::fs::read_dir(served.toolkit.at(".onevoice")).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(left, [".gitignore"], "what it tried with is gone");
}

#[test]
fn control_c_ends_it_within_a_second() {
    ends("-INT");
}

#[test]
fn sigterm_ends_it_within_a_second() {
    ends("-TERM");
}
