//! The program as a process where it needs the pipeline: `build` and `check`, and what `init` and `new` promise about
//! them.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests look at the disk and fail aloud")]

#[path = "cli/program.rs"]
mod program;

use std::path::Path;

use program::{Said, files, program, run, said, toolkit};
use serde_json::Value;

const TODAY: &str = "2026-11-25";

fn check(folder: &Path, arguments: &[&str]) -> Said {
    run(folder, &[&["--today", TODAY, "check"], arguments].concat())
}

fn build(folder: &Path, arguments: &[&str]) -> Said {
    run(folder, &[&["--today", TODAY, "build"], arguments].concat())
}

/// The findings of `check --format json`, one a line: `severity[rule] file:line`.
fn findings(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let said = check(folder, &[&["--format", "json"], arguments].concat());
    let report: Value = serde_json::from_str(&said.stdout).unwrap();
    assert_eq!(report["schema"], 1);
    let line = |found: &Value| {
        let text = |key: &str| found[key].as_str().unwrap_or_default().to_owned();
        format!("{}[{}] {}:{}", text("severity"), text("rule"), text("file"), found["line"])
    };
    report["findings"].as_array().unwrap().iter().map(line).collect()
}

fn write(folder: &Path, path: &str, text: &str) {
    std::fs::write(folder.join(path), text).unwrap();
}

const UNKNOWN_KEY: &str = "---\nquestion: Who pays?\nanswrs: [whom-to-call]\n---\nThe town pays.\n";
const TYPED_HTML: &str = "---\nquestion: Does it work?\n---\nThere were <b>fewer</b> arrests.\n";

#[test]
fn the_small_toolkit_has_no_finding_and_nothing_that_stops_publishing() {
    let folder = toolkit();
    assert_eq!(findings(folder.path(), &[]), [""; 0]);
    assert_eq!(findings(folder.path(), &["--for", "publish"]), ["warning[no-base-url] toolkit.yaml:1"]);
    let said = build(folder.path(), &[]);
    assert_eq!((said.code, said.stderr.as_str()), (Some(0), ""));
    assert!(said.stdout.contains(" pages in public\n"), "{}", said.stdout);
    for page in ["index.html", "police/index.html", "residents/faq/index.html", "how-it-works/index.html", "404.html"] {
        assert!(folder.path().join("public").join(page).is_file(), "{page}");
    }
}

#[test]
fn the_sample_has_no_error_and_no_warning_also_when_publishing() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(folder.path(), &["init", "--sample"]).code, Some(0));
    for stage in ["preview", "publish"] {
        let serious: Vec<String> =
            findings(folder.path(), &["--for", stage]).into_iter().filter(|line| !line.starts_with("note")).collect();
        assert_eq!(serious, [""; 0], "{stage}");
    }
    assert_eq!(build(folder.path(), &[]).code, Some(0));
}

#[test]
fn a_fresh_file_of_every_kind_builds_and_cannot_be_published_before_it_is_written() {
    for kind in ["message", "faq", "talking-point", "tough-question", "story", "win", "page", "audience"] {
        let folder = toolkit();
        assert_eq!(run(folder.path(), &["--today", TODAY, "new", kind, "one-more"]).code, Some(0));
        for (stage, weight) in [("preview", "warning"), ("publish", "error")] {
            let told = findings(folder.path(), &["--for", stage]);
            let told = told.iter().filter_map(|line| line.split(' ').next());
            let mut rules: Vec<&str> =
                told.filter(|told| !told.starts_with("note") && !told.contains("no-base-url")).collect();
            rules.dedup();
            assert_eq!(rules, [format!("{weight}[unfilled]")], "{kind}");
        }
        assert_eq!(build(folder.path(), &[]).code, Some(0), "{kind}");
    }
}

#[test]
fn a_fresh_file_explains_every_key_of_its_kind() {
    for kind in ["message", "faq", "talking-point", "tough-question", "story", "win", "page", "audience"] {
        let folder = toolkit();
        run(folder.path(), &["new", kind, "one-more"]);
        let all = files(folder.path());
        let (path, bytes) = all.iter().find(|(path, _)| path.contains("one-more")).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        let schema: Value = serde_json::from_str(&run(folder.path(), &["schema", kind]).stdout).unwrap();
        for key in schema["properties"].as_object().unwrap().keys() {
            let is_there = text.lines().any(|line| line.trim_start_matches('#').starts_with(&format!("{key}:")));
            assert!(is_there, "{path}: {key}");
        }
    }
}

#[test]
fn what_we_ask_keeps_its_links_and_its_sources_on_every_page_that_shows_it() {
    let folder = toolkit();
    let profile = folder.path().join("content/audiences/police.yaml");
    let text = std::fs::read_to_string(&profile).unwrap();
    let ask = "ask: Call <local:program-line>, read [how it works](page:how-it-works), and ask about <fact:seattle-arrest-odds>.";
    let lines: Vec<&str> = text.lines().map(|line| if line.starts_with("ask:") { ask } else { line }).collect();
    std::fs::write(&profile, lines.join("\n").replace("summary: For", "summary: Of <fact:seattle-arrest-odds>, for"))
        .unwrap();
    assert_eq!(build(folder.path(), &[]).code, Some(0));
    let page = |path: &str| std::fs::read_to_string(folder.path().join("public").join(path)).unwrap();
    for (path, root) in [
        ("police/talking-points/index.html", "../../"),
        ("police/faq/index.html", "../../"),
        ("police/index.html", "../"),
        ("police/messages/safer/index.html", "../../../"),
    ] {
        let html = page(path);
        let ask = html.split_once("class=\"ask\"").unwrap().1.split_once("</section>").unwrap().0;
        assert!(ask.contains("<a href=\"tel:"), "{path}: {ask}");
        assert!(ask.contains(&format!("<a href=\"{root}how-it-works/\">how it works</a>")), "{path}: {ask}");
        let mark = ask.split_once("href=\"#source-").unwrap().1.split_once('"').unwrap().0;
        assert!(html.contains(&format!("id=\"source-{mark}\"")), "{path}: {mark}");
    }
    let summary = page("police/index.html");
    let summary = summary.split_once("class=\"lead\"").unwrap().1.split_once("</p>").unwrap().0;
    assert!(summary.contains("58%") && summary.contains("#source-1"), "{summary}");
}

#[test]
fn a_withdrawn_text_is_gone_everywhere_and_leaves_a_line_and_its_address() {
    let folder = toolkit();
    let folder = folder.path();
    write(
        folder,
        "content/messages/gone.md",
        "---\ntitle: Zebra\nclaim: Zebras run.\nwithdrawn: 2026-11-25\n---\nZebras all.\n",
    );
    write(folder, "content/faqs/gone.md", "---\nquestion: Zebra?\nlikely: true\nwithdrawn: 2026-11-20\n---\nZebras.\n");
    write(
        folder,
        "content/talking-points/gone.md",
        "---\npoint: Zebras.\naudiences: [police]\nwithdrawn: 2026-11-24\n---\n",
    );
    write(folder, "content/faqs/draft.md", "---\nquestion: Zebra?\ndraft: true\nwithdrawn: 2026-11-01\n---\nZebras.\n");
    for edition in ["public", "partners"] {
        let said = build(folder, &["--edition", edition]);
        assert_eq!(said.code, Some(0), "{}", said.stderr);
        let site = files(&folder.join(edition));
        for (path, bytes) in &site {
            assert!(!String::from_utf8_lossy(bytes).to_lowercase().contains("zebra"), "{edition}: {path:?}");
        }
        let page = |path: &str| std::fs::read_to_string(folder.join(edition).join(path)).unwrap();
        for (path, day) in [
            ("police/faq/index.html", "November 20, 2026"),
            ("faq/index.html", "November 20, 2026"),
            ("police/talking-points/index.html", "November 24, 2026"),
            ("messages/index.html", "November 25, 2026"),
        ] {
            let line = format!("was withdrawn on {day}. Prints from before that day are out of date.");
            assert!(page(path).contains(&line), "{edition}: {path}");
        }
        assert!(!page("residents/talking-points/index.html").contains("withdrawn"), "they never had this point");
        assert!(!page("faq/index.html").contains("November 1,"), "nobody ever read the draft");
        assert!(
            page("messages/gone/index.html").contains("url=../../messages/"),
            "{}",
            page("messages/gone/index.html")
        );
        assert!(page("police/messages/gone/index.html").contains("url=../../../police/"));
    }
    // a day before, it is there; what still names it then is told
    assert_eq!(run(folder, &["--today", "2026-11-24", "build"]).code, Some(0));
    assert!(std::fs::read_to_string(folder.join("public/messages/gone/index.html")).unwrap().contains("Zebras all."));
    write(folder, "content/faqs/names.md", "---\nquestion: Which?\n---\nSee <message:gone>.\n");
    let said = build(folder, &[]);
    assert_eq!(said.code, Some(1));
    assert!(said.stderr.contains("`message:gone` was withdrawn on 2026-11-25"), "{}", said.stderr);
    let said = run(folder, &["--today", TODAY, "status"]);
    assert!(said.stdout.contains("withdrawn (3)"), "{}", said.stdout);
}

#[test]
fn an_error_stops_the_build_and_leaves_the_last_site() {
    let folder = toolkit();
    assert_eq!(build(folder.path(), &[]).code, Some(0));
    let before = files(&folder.path().join("public"));
    write(folder.path(), "content/faqs/who-pays.md", UNKNOWN_KEY);
    let said = build(folder.path(), &[]);
    assert_eq!((said.code, said.stdout.as_str()), (Some(1), ""));
    assert!(said.stderr.contains("error[unknown-key]"), "{}", said.stderr);
    assert!(said.stderr.contains("content/faqs/who-pays.md:3:1"), "{}", said.stderr);
    assert!(said.stderr.contains("error: nothing was written: 1 error"), "{}", said.stderr);
    assert_eq!(files(&folder.path().join("public")), before);
}

#[test]
fn findings_are_the_result_of_check_and_an_aside_of_build() {
    let folder = toolkit();
    write(folder.path(), "content/faqs/does-it-work.md", TYPED_HTML);
    let said = check(folder.path(), &[]);
    assert_eq!(said.code, Some(0));
    assert!(said.stdout.contains("warning[raw-html]") && !said.stderr.contains("raw-html"), "{}", said.stdout);
    let said = build(folder.path(), &[]);
    assert_eq!(said.code, Some(0));
    assert!(said.stderr.contains("warning[raw-html]") && !said.stdout.contains("raw-html"), "{}", said.stderr);
    assert!(said.stderr.ends_with("1 warning\n"), "{}", said.stderr);
    let said = build(folder.path(), &["-q"]);
    assert_eq!((said.code, said.stderr.as_str()), (Some(0), ""));
}

#[test]
fn check_shows_what_is_asked_for_and_ends_by_what_it_shows() {
    let folder = toolkit();
    write(folder.path(), "content/faqs/who-pays.md", UNKNOWN_KEY);
    write(folder.path(), "content/faqs/does-it-work.md", TYPED_HTML);
    let (key, figure) =
        ("error[unknown-key] content/faqs/who-pays.md:3", "warning[raw-html] content/faqs/does-it-work.md:4");
    assert_eq!(findings(folder.path(), &[]), [figure, key]);
    assert_eq!(findings(folder.path(), &["content/faqs/who-pays.md"]), [key]);
    assert_eq!(findings(folder.path(), &["content/messages"]), [""; 0]);
    assert_eq!(findings(folder.path(), &["--rule", "raw-html"]), [figure]);
    assert_eq!(findings(folder.path(), &["--rule", "raw-html", "--rule", "unknown-key", "content"]), [figure, key]);
    assert_eq!(check(folder.path(), &[]).code, Some(1));
    assert_eq!(check(folder.path(), &["--rule", "raw-html"]).code, Some(0));
    assert_eq!(check(&folder.path().join("content/faqs"), &["who-pays.md"]).code, Some(1));
}

#[test]
fn check_tells_what_only_a_template_can_tell() {
    let folder = toolkit();
    std::fs::create_dir_all(folder.path().join("themes/plain/templates")).unwrap();
    write(folder.path(), "themes/plain/templates/404.html", "{{ page.titel }}\n");
    assert_eq!(findings(folder.path(), &["--rule", "template"]), ["error[template] themes/plain/templates/404.html:1"]);
}

#[test]
fn check_writes_nothing() {
    let folder = toolkit();
    let names = |folder: &Path| -> Vec<String> {
        files(folder).into_iter().map(|(name, _)| name).filter(|name| !name.starts_with(".onevoice/")).collect()
    };
    let before = names(folder.path());
    check(folder.path(), &[]);
    assert_eq!(names(folder.path()), before);
}

#[test]
fn other_formats_are_one_document_on_standard_output() {
    let folder = toolkit();
    write(folder.path(), "content/faqs/does-it-work.md", TYPED_HTML);
    for format in ["json", "sarif"] {
        let said = check(folder.path(), &["--format", format]);
        assert!(serde_json::from_str::<Value>(&said.stdout).unwrap().is_object(), "{format}");
        let coloured = run(folder.path(), &["--color=always", "--today", TODAY, "check", "--format", format]);
        assert_eq!(coloured.stdout, said.stdout, "{format}");
    }
    let said = check(folder.path(), &["--format", "github"]);
    assert!(said.stdout.starts_with("::warning "), "{}", said.stdout);
}

#[test]
fn coaching_is_in_the_partners_edition_only() {
    let folder = toolkit();
    assert_eq!(build(folder.path(), &[]).code, Some(0));
    let said = build(folder.path(), &["--edition", "partners"]);
    assert!(said.stdout.contains(" pages in partners\n"), "{}", said.stdout);
    let holds = |edition: &str| {
        files(&folder.path().join(edition))
            .iter()
            .any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("let owners talk"))
    };
    assert_eq!((holds("public"), holds("partners")), (false, true));
}

#[test]
fn drafts_are_built_only_where_they_were_asked_for() {
    let folder = toolkit();
    write(folder.path(), "content/faqs/who-pays.md", "---\nquestion: Who pays?\ndraft: true\n---\nThe zebra pays.\n");
    assert_eq!(build(folder.path(), &[]).code, Some(0));
    assert_eq!(build(folder.path(), &["-D", "-o", "look"]).code, Some(0));
    let holds = |site: &str| {
        files(&folder.path().join(site)).iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("zebra pays"))
    };
    assert_eq!((holds("public"), holds("look")), (false, true));
}

#[test]
fn an_unreadable_toolkit_is_a_finding() {
    let folder = toolkit();
    write(folder.path(), "toolkit.yaml", "title: This: thing\n");
    let said = check(folder.path(), &[]);
    assert_eq!(said.code, Some(1));
    assert!(said.stdout.contains("error[yaml]") && said.stdout.contains("toolkit.yaml:1"), "{}", said.stdout);
}

#[test]
fn the_slip_that_the_readme_proposes_is_found() {
    let folder = toolkit();
    let path = folder.path().join("content/messages/safer.md");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("<fact:seattle-arrest-odds>"));
    std::fs::write(path, text.replace("<fact:seattle-arrest-odds>", "<fact:seattle-arrest-odd>")).unwrap();
    assert!(findings(folder.path(), &[]).iter().any(|line| line.starts_with("error[unknown-reference]")));
}

#[cfg(target_os = "linux")]
#[test]
fn a_site_is_written_also_when_nobody_can_read_that_it_was() {
    let folder = toolkit();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let said = said(&program(folder.path(), &["--today", TODAY, "build"]).stdout(full).output().unwrap());
    assert_eq!(said.code, Some(3));
    assert!(folder.path().join("public/index.html").is_file());
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_cannot_be_written_ends_with_3() {
    let folder = toolkit();
    let said = build(folder.path(), &["-o", "/proc/site"]);
    assert_eq!((said.code, said.stdout.as_str()), (Some(3), ""));
    assert!(said.stderr.starts_with("error: "), "{}", said.stderr);
}

#[test]
fn titles_that_name_each_other_come_to_an_end() {
    let toolkit = toolkit();
    for (name, other) in [("one", "two"), ("two", "one")] {
        let text = format!("---\ntitle: \"The {name}, see <message:{other}>\"\nclaim: It ends.\n---\nText.\n");
        write(toolkit.path(), &format!("content/messages/{name}.md"), &text);
    }
    let said = build(toolkit.path(), &[]);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
}
