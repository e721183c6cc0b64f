//! Files of a site on many threads: what they share is made once, and nobody waits for ever.

use std::sync::mpsc::channel;
use std::time::Duration;

use onevoice::check::Stage;
use onevoice::pipeline::{Files, Request, check};
use onevoice::source::Source;
use rayon::prelude::*;

#[test]
fn files_that_share_something_can_be_made_at_once() {
    let (done, waiting) = channel();
    std::thread::spawn(move || {
        let texts = super::sources().into_iter();
        let texts = texts.filter_map(|(path, bytes)| Some((path, String::from_utf8(bytes).ok()?)));
        let source = Source::from_texts(texts.collect::<Vec<_>>());
        let request =
            Request::to_check(std::path::PathBuf::new(), "2026-11-25".parse().unwrap(), Stage::Preview, "check");
        let threads = rayon::ThreadPoolBuilder::new().num_threads(8).build().unwrap();
        for _ in 0..12 {
            let mut checked = check(&source, &request);
            let theme = checked.theme.take().unwrap();
            let address = request.address(&checked);
            let files = Files::new(&source, &checked, &request.root, &address, theme);
            let number = |path: &str| files.number(path).unwrap();
            let wanted = [number("search/index.html"), number("search/index.js"), number("index.html")];
            let made: Vec<bool> = threads.install(|| {
                (0..96).into_par_iter().map(|n| files.make(wanted[n % 3], &mut Vec::new()).is_ok()).collect()
            });
            assert!(made.into_iter().all(|made| made));
        }
        done.send(()).unwrap();
    });
    assert!(waiting.recv_timeout(Duration::from_secs(300)).is_ok(), "threads wait for each other");
}
