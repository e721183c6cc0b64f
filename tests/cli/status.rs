//! `onevoice status`: what a coordinator reads, what programs read, what a calendar reads.

use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::{Said, run};

const TODAY: &str = "2026-11-25";

/// A toolkit with an item in each state; the editor and the chief have to sign.
fn reviewed() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    put(
        "toolkit.yaml",
        "title: Our \"toolkit\"; one, two\nbase_url: https://example.org/t/\napprovals: {required: [editor, chief]}\n",
    );
    put(
        "content/audiences/police.yaml",
        "name: Police\nask: Call us.\nreview_by: 2026-11-25\nreviewers: [sergeant]\nconcerns:\n  - {id: time, says: How long \
         does it take?}\n  - {id: blame, says: Who gets the blame?}\n",
    );
    put("content/audiences/residents.yaml", "name: Residents\nask:\n");
    put("content/messages/signed.md", "---\ntitle: Signed\nclaim: It is so.\naudiences: [police]\n---\nText.\n");
    put(
        "content/messages/open.md",
        "---\ntitle: Open\nclaim: It works.\nanswers: [time]\nreview_by: 2026-10-01\n---\nWords for <local:town>.\n",
    );
    put("content/messages/draft.md", "---\ntitle: Draft\nclaim: C.\ndraft: true\nanswers: [blame]\n---\nText.\n");
    put("content/faqs/later.md", "---\nquestion: When?\nembargo: 2027-01-15\n---\nSoon.\n");
    put(
        "content/pages/plain.md",
        "---\ntitle: Plain\n---\nText.\n\n<!-- accept: raw-html because it is about <b> -->\nA <b>bold</b> word.\n",
    );
    put(
        "content/stories/hers.md",
        "---\ntitle: Hers\nperson: real\nconsent: {on: 2026-01-01, until: 2026-12-24, scope: site, recorded_by: us}\n---\nText.\n",
    );
    put("content/local.yaml", "town: Exampletown\n");
    folder
}

fn status(folder: &Path, arguments: &[&str]) -> Said {
    run(folder, &[&["status", "--today", TODAY], arguments].concat())
}

fn json(folder: &Path) -> Value {
    let said = status(folder, &["--format", "json"]);
    assert_eq!((said.code, said.stderr.as_str()), (Some(0), ""));
    serde_json::from_str(&said.stdout).unwrap()
}

fn sign(folder: &Path, list: &[(&str, &str, &str, String)]) {
    let mut text = "approvals:\n".to_owned();
    for (item, audience, by, fingerprint) in list {
        text +=
            &format!("  - {{item: {item}, audience: {audience}, by: {by}, on: 2026-11-01, text: \"{fingerprint}\"}}\n");
    }
    std::fs::write(folder.join("content/approvals.yaml"), text).unwrap();
}

/// The fingerprint of the words that `audience` reads today.
fn words(folder: &Path, item: &str, audience: &str) -> String {
    use onevoice::toolkit::id::Reader;
    use onevoice::voice::sign_off::{Signable, sign_off};
    let request = onevoice::pipeline::Request {
        root: folder.to_owned(),
        output: None,
        edition: onevoice::toolkit::edition::Edition::Public,
        drafts: false,
        base_url: None,
        offline: false,
        minify: false,
        stage: onevoice::check::Stage::Preview,
        today: TODAY.parse().unwrap(),
        command: "test",
        home: None,
    };
    let Ok(checked) = onevoice::pipeline::check_folder(&request) else { panic!() };
    let reader = checked.toolkit.audience(audience).map_or(Reader::GENERAL, |audience| audience.reader);
    let what = Signable::named(item, &checked.toolkit).unwrap();
    sign_off(what, reader, &checked.toolkit, &checked.voice).unwrap().1.to_string()
}

fn state<'a>(document: &'a Value, item: &str) -> &'a Value {
    let items = document["items"].as_array().unwrap();
    let found: Vec<_> = items.iter().filter(|entry| entry["item"] == item).collect();
    assert_eq!(found.len(), 1, "{item} is there once");
    found[0]
}

#[test]
fn a_coordinator_reads_states_dates_gaps_and_accepted_findings() {
    let folder = reviewed();
    let fingerprint = words(folder.path(), "messages/signed", "police");
    let old = "0".repeat(32);
    sign(
        folder.path(),
        &[
            ("messages/signed", "police", "editor", fingerprint.clone()),
            ("messages/signed", "police", "chief", fingerprint),
            ("messages/open", "police", "chief", old),
        ],
    );
    let said = status(folder.path(), &[]);
    let expected = r#"Our "toolkit"; one, two
status on 2026-11-25

Items
  draft (1)
    messages  draft
  embargoed (1)
    faqs/later  until 2027-01-15; needs editor for everyone; chief for everyone
  in review (2)
    messages/open     needs editor for everyone; chief for general, police
                      (changed since 2026-11-01), residents
    audiences/police  needs editor for police; chief for police
  signed (1)
    messages  signed
  published (2)
    stories  hers
    pages    plain

Due
  2026-10-01  look again, 55 days overdue
              messages/open
  2026-11-25  look again, today
              audiences/police
  2026-12-24  consent ends, in 29 days
              stories/hers
  2027-01-15  embargo ends, in 51 days
              faqs/later

Concerns that nothing answers (1 of 2)
  police  blame
          "Who gets the blame?"
          not out yet: messages/draft

Concerns and what answers them
  police
    time  messages/open

Accepted findings (1)
  raw-html  content/pages/plain.md:6
            because it is about <b>

Public for the first time at the next publish
  host folder, where nothing was published yet: all 6 items

Findings
  while writing    3 warnings, 4 notes
  when publishing  6 errors, 1 note
  `onevoice check --for publish` shows them
"#;
    assert_eq!(said.stdout, expected);
    assert_eq!((said.code, said.stderr.as_str()), (Some(0), ""));
    let coloured = status(folder.path(), &["--color", "always"]).stdout;
    assert!(coloured.contains("\u{1b}[1m") && !said.stdout.contains('\u{1b}'));
}

#[test]
fn a_sign_off_falls_away_with_the_words() {
    let folder = reviewed();
    let all: Vec<_> = ["editor", "chief"]
        .iter()
        .flat_map(|role| {
            let sign = |audience| ("messages/open", audience, *role, words(folder.path(), "messages/open", audience));
            ["police", "residents", "general"].map(sign)
        })
        .collect();
    sign(folder.path(), &all);
    assert_eq!(state(&json(folder.path()), "messages/open")["state"], "signed");
    sign(folder.path(), &all[1..]);
    let document = json(folder.path());
    assert_eq!(state(&document, "messages/open")["state"], "in-review");
    let missing =
        serde_json::json!([{ "role": "editor", "audience": "police", "changed_since": null, "changes": null }]);
    assert_eq!(state(&document, "messages/open")["missing"], missing);
    sign(folder.path(), &all);
    std::fs::write(folder.path().join("content/local.yaml"), "town: Elsewhere\n").unwrap();
    let document = json(folder.path());
    let missing = state(&document, "messages/open")["missing"].as_array().unwrap();
    assert_eq!(missing.len(), 6, "a fill-in is one of the words");
    assert!(missing.iter().all(|gone| gone["changed_since"] == "2026-11-01"));
}

#[test]
fn the_document_follows_its_schema() {
    let folder = reviewed();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/status.schema.json");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut document = json(folder.path());
    let wrong: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
    assert_eq!(wrong, Vec::<String>::new());
    for (place, wrong) in [("/items/0/state", "lost"), ("/due/0/date", "soon"), ("/findings/preview/error", "none")] {
        let before = std::mem::replace(document.pointer_mut(place).unwrap(), wrong.into());
        assert!(!validator.is_valid(&document), "the schema lets {place} be {wrong}");
        *document.pointer_mut(place).unwrap() = before;
    }
}

#[test]
fn without_required_roles_what_is_public_is_published() {
    let folder = super::toolkit();
    let document = json(folder.path());
    let states: Vec<_> = document["items"].as_array().unwrap().iter().map(|entry| &entry["state"]).collect();
    assert!(!states.is_empty() && states.iter().all(|state| *state == "published"), "{states:?}");
    let day = run(folder.path(), &["status", "--today", "2099-01-01"]);
    assert!(day.stdout.contains("overdue"), "{}", day.stdout);
    assert_eq!(day.code, Some(0), "what is due does not change the exit code");
    let wide = day.stdout.lines().find(|line| line.chars().count() > 80);
    assert_eq!(wide, None);
}

#[test]
fn a_toolkit_whose_settings_cannot_be_read_has_no_status() {
    let folder = tempfile::tempdir().unwrap();
    let said = status(folder.path(), &[]);
    assert_eq!((said.code, said.stdout.as_str()), (Some(2), ""));
    std::fs::write(folder.path().join("toolkit.yaml"), "title: [\n").unwrap();
    for format in ["human", "json", "ics"] {
        let said = status(folder.path(), &["--format", format]);
        assert_eq!((said.code, said.stdout.as_str()), (Some(1), ""));
        assert!(said.stderr.contains("error[yaml]") && said.stderr.contains("there is no status"), "{}", said.stderr);
    }
}

#[test]
fn errors_elsewhere_do_not_hide_the_rest() {
    let folder = reviewed();
    std::fs::write(folder.path().join("content/faqs/broken.md"), "---\nquestoin: x\n---\n").unwrap();
    let said = status(folder.path(), &[]);
    assert_eq!(said.code, Some(0));
    assert!(said.stdout.contains("a file with an error may be missing above"), "{}", said.stdout);
    assert!(said.stdout.contains("messages/open"));
}

#[test]
fn no_text_of_the_toolkit_paints_the_terminal() {
    let folder = reviewed();
    let path = folder.path().join("toolkit.yaml");
    let text = std::fs::read_to_string(&path).unwrap().replace("title: Our", "title: \"\\e[31mOur\\u202e\" #");
    std::fs::write(path, text).unwrap();
    let said = status(folder.path(), &[]);
    assert!(!said.stdout.contains(['\u{1b}', '\u{202e}']), "{:?}", said.stdout);
}

/// A calendar read as strictly as RFC 5545 writes it: its events as (name, parameters, value).
fn calendar(text: &str) -> Vec<Vec<(String, String, String)>> {
    assert!(text.ends_with("\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "a line that does not end with CR LF");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "a line of more than 75 bytes");
    let unfolded = text.replace("\r\n ", "").replace("\r\n\t", "");
    let mut lines = unfolded.trim_end_matches("\r\n").split("\r\n").map(|line| {
        let (head, value) = line.split_once(':').unwrap_or_else(|| panic!("no colon in {line:?}"));
        let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
        assert!(!name.is_empty() && name.bytes().all(|b| b.is_ascii_uppercase() || b == b'-'), "{line:?}");
        assert!(!value.chars().any(|c| c.is_control() && c != '\t'), "{line:?}");
        (name.to_owned(), parameters.to_owned(), value.to_owned())
    });
    let is = |line: Option<(String, String, String)>, name: &str, value: &str| {
        assert_eq!(line, Some((name.to_owned(), String::new(), value.to_owned())));
    };
    is(lines.next(), "BEGIN", "VCALENDAR");
    let (mut events, mut event, mut head) = (Vec::new(), None, Vec::new());
    let mut ended = false;
    for (name, parameters, value) in lines {
        assert!(!ended, "{name} after the end");
        match (name.as_str(), value.as_str()) {
            ("BEGIN", "VEVENT") => assert!(event.replace(Vec::new()).is_none(), "an event inside another"),
            ("END", "VEVENT") => events.push(event.take().unwrap()),
            ("END", "VCALENDAR") => ended = true,
            _ => event.as_mut().unwrap_or(&mut head).push((name, parameters, value)),
        }
    }
    assert!(ended && event.is_none());
    let once = |list: &[(String, String, String)], name: &str| {
        let values: Vec<_> = list.iter().filter(|line| line.0 == name).collect();
        assert_eq!(values.len(), 1, "{name} is there once");
        values[0].clone()
    };
    assert_eq!(once(&head, "VERSION").2, "2.0");
    once(&head, "PRODID");
    let is_day = |text: &str| text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    let mut names = Vec::new();
    for event in &events {
        for name in ["UID", "DTSTAMP", "DTSTART", "SUMMARY"] {
            once(event, name);
        }
        names.push(once(event, "UID").2);
        assert!(once(event, "DTSTAMP").2.strip_suffix("T000000Z").is_some_and(is_day));
        let (start, end) = (once(event, "DTSTART"), once(event, "DTEND"));
        assert!(start.1 == "VALUE=DATE" && end.1 == "VALUE=DATE" && is_day(&start.2) && start.2 < end.2);
        for name in ["SUMMARY", "DESCRIPTION"] {
            let text = once(event, name).2;
            let mut signs = text.chars();
            while let Some(sign) = signs.next() {
                assert!(!matches!(sign, ',' | ';'), "{text:?} is not escaped");
                assert!(sign != '\\' || matches!(signs.next(), Some('\\' | ',' | ';' | 'n' | 'N')), "{text:?}");
            }
        }
    }
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count, "each event has a name of its own");
    events
}

#[test]
fn a_calendar_takes_what_is_due() {
    let folder = reviewed();
    let long = "---\ntitle: \"Größe, Zahl; und \\\\ so weiter und so fort: ein langer Titel, der nicht in eine Zeile passt\"\nclaim: C.\nreview_by: 2028-02-28\n---\nText.\n";
    std::fs::write(folder.path().join("content/messages/long.md"), long).unwrap();
    let said = status(folder.path(), &["--format", "ics"]);
    assert_eq!((said.code, said.stderr.as_str()), (Some(0), ""));
    let events = calendar(&said.stdout);
    assert_eq!(events.len(), 5);
    let of = |event: &[(String, String, String)], name: &str| {
        event.iter().find(|line| line.0 == name).map(|line| line.2.clone()).unwrap_or_default()
    };
    let last = events.last().unwrap();
    assert_eq!((of(last, "DTSTART"), of(last, "DTEND")), ("20280228".to_owned(), "20280229".to_owned()));
    assert!(of(last, "DESCRIPTION").starts_with("Größe\\, Zahl\\; und \\\\ so weiter"), "{last:?}");
    assert_eq!(of(last, "URL"), "https://example.org/t/messages/long/");
    assert_eq!(of(last, "DTSTAMP"), "20261125T000000Z", "no clock is asked");

    // an entry keeps its name when its day moves, and gets no other when the run is on another day
    std::fs::write(folder.path().join("content/messages/long.md"), long.replace("2028-02-28", "2029-12-31")).unwrap();
    let later = run(folder.path(), &["status", "--today", "2026-11-26", "--format", "ics"]);
    let moved = calendar(&later.stdout);
    assert_eq!(of(moved.last().unwrap(), "UID"), of(last, "UID"));
    assert_eq!(of(moved.last().unwrap(), "DTEND"), "20300101");
    let folder = super::toolkit();
    assert!(!calendar(&status(folder.path(), &["--format", "ics"]).stdout).is_empty());
}
