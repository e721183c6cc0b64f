//! What a save comes to, whichever way an editor saves.

use std::fs;
use std::process::Command;
use std::time::Duration;

use super::served::Served;
use super::toolkit::Toolkit;

const PAGE: &str = "content/pages/how-it-works.md";
const ADDRESS: &str = "/how-it-works/";

fn page(text: &str) -> String {
    format!("---\ntitle: How it works\n---\n\n{text}\n")
}

fn sh(served: &Served, line: &str) {
    let status = Command::new("sh").arg("-ec").arg(line).current_dir(served.toolkit.root()).status().unwrap();
    assert!(status.success(), "{line}");
}

#[test]
fn every_way_of_saving_shows() {
    let served = Served::small();
    served.toolkit.write(PAGE, page("first"));
    served.shows(ADDRESS, "first");
    // in place, as most editors do; by a temporary file beside it; by a swap file and a backup, as Vim does; `sed -i`;
    // with the old one moved away first; into a file that was deleted; by a link to a new file; without a change of size
    let ways = [
        ("cp new.md PAGE", "way one"),
        ("cp new.md content/pages/.how.tmp && mv content/pages/.how.tmp PAGE", "way two"),
        ("touch content/pages/4913 && rm content/pages/4913 && mv PAGE PAGE~ && cp new.md PAGE && rm PAGE~", "way six"),
        ("sed -i 's/way six/way 4/' PAGE", "way 4"),
        ("mv PAGE old.md && cp new.md PAGE", "way five"),
        ("rm PAGE && sleep 0.1 && cp new.md PAGE", "way seven"),
        ("cp new.md other.md && ln -f other.md PAGE", "way eight"),
        ("touch -d '2001-01-01' new.md && cp -p new.md PAGE", "way nine!"),
        ("dd if=new.md of=PAGE bs=7 status=none", "slow ten"),
    ];
    for (way, text) in ways {
        served.toolkit.write("new.md", page(text));
        sh(&served, &way.replace("PAGE", PAGE));
        served.shows(ADDRESS, text);
    }
}

#[test]
fn folders_that_go_and_come_again_are_watched_again() {
    let served = Served::small();
    sh(&served, "mv content away && sleep 0.2");
    served.wait(ADDRESS, "no site of its own", |answer| answer.status == 404 || answer.status == 200);
    sh(&served, "mv away content");
    served.toolkit.write(PAGE, page("back again"));
    served.shows(ADDRESS, "back again");
    sh(&served, "mkdir -p content/pages/deep/er");
    served.toolkit.write("content/pages/deep/er/new.md", "---\ntitle: Deep\n---\n\nfrom the deep\n");
    served.shows("/deep/er/new/", "from the deep");
    served.toolkit.write("content/pages/deep/er/new.md", "---\ntitle: Deep\n---\n\nfrom deeper\n");
    served.shows("/deep/er/new/", "from deeper");
    sh(&served, "rm -r content/pages/deep");
    served.wait("/deep/er/new/", "nothing", |answer| answer.status == 404);
    sh(&served, "cp -r content copy && rm -r content && cp -r copy content");
    served.toolkit.write(PAGE, page("and once more"));
    served.shows(ADDRESS, "and once more");
}

#[test]
fn an_error_keeps_the_last_good_page_and_leaves_when_mended() {
    let served = Served::small();
    served.toolkit.write(PAGE, page("the good one"));
    served.shows(ADDRESS, "the good one");
    served.toolkit.write(PAGE, "---\ntitel: How it works\n---\n\nthe bad one\n");
    let broken = |served: &Served| served.news().contains("\"rule\":\"unknown-key\"");
    wait(|| broken(&served));
    let news = served.news();
    assert!(news.contains(PAGE) && news.contains("\"line\":2") && news.contains("did you mean `title`"), "{news}");
    assert!(served.get(ADDRESS).text().contains("the good one"));
    assert!(served.get("/_onevoice/").text().contains("titel"));
    served.toolkit.write(PAGE, page("the mended one"));
    served.shows(ADDRESS, "the mended one");
    assert!(!broken(&served));
}

#[test]
fn a_template_that_fails_on_one_page_alone_is_told_and_the_last_good_page_stays() {
    let served = Served::small();
    served.toolkit.write("themes/plain/templates/words.html", "{{ page.titel }}");
    wait(|| served.news().contains("\"rule\":\"template\""));
    assert!(served.get("/words/").text().contains("<h1"));
    fs::remove_dir_all(served.toolkit.at("themes")).unwrap();
    wait(|| served.news().contains("\"errors\":[]"));
    assert_eq!(served.get("/words/").status, 200);
}

#[test]
fn it_starts_on_a_broken_toolkit_and_becomes_the_site_when_that_is_mended() {
    let toolkit = Toolkit::small();
    let good = fs::read_to_string(toolkit.at("toolkit.yaml")).unwrap();
    toolkit.write("toolkit.yaml", "title: [\n");
    let served = Served::of(toolkit, &[]);
    let answer = served.get("/police/");
    assert_eq!(answer.status, 503);
    assert!(
        answer.text().contains("toolkit.yaml") && answer.text().contains("/_onevoice/preview.js"),
        "{}",
        answer.text()
    );
    assert!(served.news().contains("\"site\":false"));
    served.toolkit.write("toolkit.yaml", good);
    served.wait("/police/", "the site", |answer| answer.status == 200);
}

#[test]
fn many_files_at_once_and_two_hundred_saves_end_in_the_last_state() {
    let served = Served::small();
    for n in 0..200 {
        served.toolkit.write(PAGE, page(&format!("save number {n}.")));
        std::thread::sleep(Duration::from_millis(n % 7));
    }
    served.shows(ADDRESS, "save number 199.");
    for n in 0..300 {
        served
            .toolkit
            .write(&format!("content/pages/many/page-{n}.md"), format!("---\ntitle: Page {n}\n---\n\nText {n}.\n"));
    }
    served.shows("/many/page-299/", "Text 299.");
    served.shows("/many/page-0/", "Text 0.");
    served.toolkit.build(&["-o", "../built"]);
    let built = fs::read_to_string(served.toolkit.at("../built/how-it-works/index.html")).unwrap();
    fs::remove_dir_all(served.toolkit.at("../built")).unwrap();
    let shown = served.get(ADDRESS).text().replace("<script src=\"/_onevoice/preview.js\" defer></script>", "");
    assert_eq!(shown, built);
}

#[test]
fn where_events_do_not_come_it_polls_says_so_and_shows_a_save_within_two_seconds() {
    let mut served = Served::of(Toolkit::small(), &["--poll"]);
    served.toolkit.write(PAGE, page("polled"));
    let took = served.shows(ADDRESS, "polled");
    assert!(took < Duration::from_secs(2), "{took:?}");
    let _ = served.child.kill();
    let said = std::io::read_to_string(served.child.stderr.take().unwrap()).unwrap();
    assert!(said.contains("watching by polling"), "{said}");
}

#[test]
fn a_limit_on_watched_folders_is_told_and_it_polls() {
    // a user's own name space may have a limit of its own
    let program = env!("CARGO_BIN_EXE_onevoice");
    let toolkit = Toolkit::small();
    let port = super::served::free_port();
    let line = format!("echo 1 > /proc/sys/user/max_inotify_watches && exec {program} serve --port {port}");
    let mut command = Command::new("unshare");
    command.args(["-U", "-r", "sh", "-c", &line]).current_dir(toolkit.root());
    let can =
        Command::new("unshare").args(["-U", "-r", "sh", "-c", "echo 1 > /proc/sys/user/max_inotify_watches"]).output();
    if !can.is_ok_and(|done| done.status.success()) {
        println!("skipped: no name space of one's own here");
        return;
    }
    let mut served = Served::start(toolkit, command, port);
    served.toolkit.write(PAGE, page("over the limit"));
    let took = served.shows(ADDRESS, "over the limit");
    assert!(took < Duration::from_secs(2), "{took:?}");
    let _ = served.child.kill();
    let said = std::io::read_to_string(served.child.stderr.take().unwrap()).unwrap();
    assert!(said.contains("watches no more folders"), "{said}");
}

fn wait(good: impl Fn() -> bool) {
    let began = std::time::Instant::now();
    while !good() {
        assert!(began.elapsed() < Duration::from_secs(10), "it does not come");
        std::thread::sleep(Duration::from_millis(10));
    }
}
