//! `build --watch`: the same to the output folder, without a word of preview.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::toolkit::{Toolkit, differences};

#[test]
fn it_builds_again_after_each_change_and_keeps_the_site_while_there_is_an_error() {
    let toolkit = Toolkit::small();
    let mut child = toolkit.program(&["build", "--watch"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let page = |text: &str| format!("---\ntitle: How it works\n---\n\n{text}\n");
    let path = "content/pages/how-it-works.md";
    let shows = |text: &str| {
        let began = Instant::now();
        while !fs::read_to_string(toolkit.at("public/how-it-works/index.html")).is_ok_and(|page| page.contains(text)) {
            assert!(began.elapsed() < Duration::from_secs(15), "no {text}");
            std::thread::sleep(Duration::from_millis(10));
        }
    };
    shows("<h1");
    toolkit.write(path, page("once"));
    shows("once");
    toolkit.write(path, "---\ntitel: x\n---\n\nbroken\n");
    std::thread::sleep(Duration::from_millis(400));
    shows("once");
    toolkit.write(path, page("twice"));
    shows("twice");
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let began = Instant::now();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    let watched = toolkit.site("public");
    assert!(!watched.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("_onevoice/preview")));
    toolkit.build(&["-o", "clean"]);
    assert_eq!(differences(&watched, &toolkit.site("clean")), Vec::<String>::new());
}
