//! Each form of the report, with the same findings.

use std::io;

use serde_json::Value;

use super::*;
use crate::finding::{Finding, Place, Related, Severity};

fn place(file: &str, source: &str, what: &str) -> Place {
    let start = source.find(what).unwrap();
    Place::of(file.into(), source, start, start + what.len())
}

/// The contract's example.
fn retyped() -> Finding {
    let source = format!("{}People had 58% less chance of being arrested.\n", "\n".repeat(13));
    Finding {
        rule: "figure-retyped".into(),
        severity: Severity::Warning,
        message: "this figure is kept as a fact".into(),
        label: "typed by hand".into(),
        place: place("content/faqs/does-it-work.md", &source, "58%"),
        item: Some("faqs/does-it-work".into()),
        audiences: vec!["police".into(), "residents".into()],
        help: Some("write <fact:seattle-arrest-odds>, which reads \"58% lower odds of being arrested again\"".into()),
        notes: Vec::new(),
        related: Vec::new(),
    }
}

/// A finding with nothing but a message.
fn bare(place: Place) -> Finding {
    Finding {
        rule: "tailoring".into(),
        severity: Severity::Error,
        message: "a message".into(),
        label: "a label".into(),
        place,
        item: None,
        audiences: Vec::new(),
        help: None,
        notes: Vec::new(),
        related: Vec::new(),
    }
}

fn related(place: Place, label: &str) -> Related {
    Related { place, label: label.into() }
}

fn written(write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn people(findings: &[Finding]) -> String {
    written(|out| human(findings, Look::default(), out))
}

#[test]
fn people_read_the_line_the_help_and_who_sees_it() {
    let expected = r#"
warning[figure-retyped]: this figure is kept as a fact
  --> content/faqs/does-it-work.md:14:12
   |
14 | People had 58% less chance of being arrested.
   |            ^^^ typed by hand
   |
   = help: write <fact:seattle-arrest-odds>, which reads "58% lower odds of being arrested again"
   = seen by: police, residents
"#;
    assert_eq!(people(&[retyped()]), expected.trim_start());
}

#[test]
fn an_empty_line_stands_between_findings() {
    let one = people(&[retyped()]);
    assert_eq!(people(&[retyped(), retyped()]), format!("{one}\n{one}"));
    assert_eq!(people(&[]), "");
}

#[test]
fn related_places_are_shown_neighbours_as_one_text() {
    let source = "::: police\nOne.\n\n::: police\nTwo.\n:::\n";
    let mut finding = bare(Place::of("a.md".into(), source, 21, 27));
    finding.related.push(related(place("a.md", source, "Two"), "its text"));
    finding.related.push(related(place("a.md", source, "police"), "first here"));
    finding.related.push(related(place("b.md", "x\ny\n", "y"), "and there"));
    finding.related.push(related(Place::whole("c.png".into()), "a picture"));
    let expected = r"
error[tailoring]: a message
 --> a.md:4:5
  |
4 | ::: police
  |     ^^^^^^ a label
5 | Two.
  | --- its text
  |
 ::: a.md:1:5
  |
1 | ::: police
  |     ------ first here
  |
 ::: b.md:2:1
  |
2 | y
  | - and there
  |
  = note: c.png: a picture
";
    assert_eq!(people(&[finding]), expected.trim_start());
}

#[test]
fn a_file_that_cannot_be_read_is_named_without_a_line() {
    let mut finding = bare(Place::whole("content/faqs/a.md".into()));
    finding.notes.push("the computer says: no".into());
    let expected =
        "error[tailoring]: a message\n--> content/faqs/a.md\n = note: a label\n = note: the computer says: no\n";
    assert_eq!(people(&[finding]), expected);
}

#[test]
fn places_at_the_edges_of_a_file_are_shown() {
    for (source, at, header) in [("", 0, "e.md:1:1"), ("abc\n", 3, "e.md:1:4"), ("abc\n", 4, "e.md:2:1")] {
        let text = people(&[bare(Place::of("e.md".into(), source, at, at))]);
        assert!(text.contains(header) && text.contains("^ a label"), "{source:?} {at}: {text}");
    }
}

#[test]
fn a_place_over_many_lines_is_bracketed() {
    let text = people(&[bare(Place::of("e.md".into(), "ab\r\ncd\r\nef\r\n", 1, 9))]);
    assert!(text.contains("2 | | cd\n3 | | ef\n  | |_^ a label"), "{text}");
}

#[test]
fn columns_are_the_ones_of_the_finding_whatever_the_letters() {
    for source in ["日本語 58%", "e\u{301}e\u{301} 58%", "👩‍👩‍👧 58%", "\t\t58%", "\u{9b}1m\u{1b}[0m 58%", "عربي 58%"]
    {
        let place = place("e.md", source, "58%");
        let header = format!("e.md:1:{}\n", place.column);
        let text = people(&[bare(place)]);
        assert!(text.contains(&header), "{source:?}: {text}");
    }
}

#[test]
fn no_text_paints_the_terminal() {
    let evil = "\u{1b}[31m\u{9b}31m\u{202e}x";
    let mut finding = bare(place(&format!("{evil}.md"), evil, "x"));
    finding.message = evil.into();
    finding.label = format!("{evil}\nnext");
    finding.help = Some(evil.into());
    finding.notes.push(evil.into());
    finding.audiences.push(evil.into());
    finding.related.push(related(Place::whole(evil.into()), evil));
    let text = people(&[finding]);
    let paints = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
    assert_eq!(text.find(paints), None, "{text:?}");
}

#[test]
fn a_long_line_is_cut_to_the_width() {
    let source = format!("{} 58% {}", "long ".repeat(60), "long ".repeat(60));
    let look = Look { width: Some(60), ..Look::default() };
    let text = written(|out| human(&[bare(place("e.md", &source, "58%"))], look, out));
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    assert!(text.contains("58%") && text.contains("..."), "{text}");
}

#[test]
fn color_is_used_only_where_it_is_asked_for() {
    let look = Look { color: true, ..Look::default() };
    assert!(written(|out| human(&[retyped()], look, out)).contains("\u{1b}["));
    assert!(!people(&[retyped()]).contains('\u{1b}'));
}

fn document(findings: &[Finding]) -> Value {
    let about = About { toolkit: "Our toolkit", stage: "preview", today: "2026-11-24" };
    let text = written(|out| json(findings, about, out));
    assert!(text.ends_with("}\n"));
    serde_json::from_str(&text).unwrap()
}

fn many() -> Vec<Finding> {
    let mut finding = bare(place("a.md", "x\ny\n", "y"));
    finding.related.push(related(place("b.md", "x\ny\n", "y"), "there"));
    finding.notes.push("a note".into());
    vec![finding, bare(Place::whole("ä b.png".into())), retyped()]
}

#[test]
fn the_document_has_every_key_in_the_contract_s_order() {
    let document = document(&many());
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(keys(&document), "schema toolkit stage today counts findings");
    assert_eq!(document["counts"], serde_json::json!({ "error": 2, "warning": 1, "note": 0 }));
    for finding in document["findings"].as_array().unwrap() {
        let expected =
            "rule severity message label file line column end_line end_column item audiences help notes related";
        assert_eq!(keys(finding), expected);
    }
    assert_eq!(keys(&document["findings"][0]["related"][0]), "file line column label");
    assert_eq!(document["findings"][1]["line"], 0);
    assert_eq!(document["findings"][2]["end_column"], 15);
}

#[test]
fn the_document_follows_its_schema() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/findings.schema.json");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let document = document(&many());
    assert_eq!(Schema(&schema).wrong(&schema, &document, "document"), Vec::<String>::new());
    let mut broken = document;
    broken["findings"][0]["severity"] = "fatal".into();
    broken["today"] = "May 1".into();
    broken["findings"][1].as_object_mut().unwrap().remove("help");
    assert_eq!(Schema(&schema).wrong(&schema, &broken, "document").len(), 3, "the schema finds what is wrong");
}

/// As much of JSON Schema 2020-12 as the file uses; a word it does not know fails the test.
struct Schema<'a>(&'a Value);

impl Schema<'_> {
    fn wrong(&self, schema: &Value, value: &Value, at: &str) -> Vec<String> {
        let mut wrong = Vec::new();
        for (word, rule) in schema.as_object().unwrap() {
            let right = match word.as_str() {
                "$schema" | "$defs" | "title" | "description" => true,
                "$ref" => {
                    let target = self.0.pointer(rule.as_str().unwrap().trim_start_matches('#')).unwrap();
                    wrong.extend(self.wrong(target, value, at));
                    true
                }
                "const" => value == rule,
                "enum" => rule.as_array().unwrap().contains(value),
                "type" => match rule {
                    Value::Array(any) => any.iter().any(|kind| is(kind, value)),
                    one => is(one, value),
                },
                "minimum" => value.as_u64() >= rule.as_u64(),
                "minLength" => value.as_str().unwrap().len() as u64 >= rule.as_u64().unwrap(),
                "pattern" => fits(rule.as_str().unwrap(), value.as_str().unwrap()),
                "required" => {
                    let missing =
                        rule.as_array().unwrap().iter().filter(|key| value.get(key.as_str().unwrap()).is_none());
                    wrong.extend(missing.map(|key| format!("{at}: {key} is missing")));
                    true
                }
                "properties" => {
                    for (key, schema) in rule.as_object().unwrap() {
                        if let Some(value) = value.get(key) {
                            wrong.extend(self.wrong(schema, value, &format!("{at}.{key}")));
                        }
                    }
                    true
                }
                "items" => {
                    for (n, value) in value.as_array().unwrap().iter().enumerate() {
                        wrong.extend(self.wrong(rule, value, &format!("{at}[{n}]")));
                    }
                    true
                }
                other => panic!("`{other}` in the schema"),
            };
            if !right {
                wrong.push(format!("{at}: {value} against {word} {rule}"));
            }
        }
        wrong
    }
}

fn is(kind: &Value, value: &Value) -> bool {
    match kind.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64(),
        "null" => value.is_null(),
        other => panic!("type `{other}` in the schema"),
    }
}

/// The two patterns of the schema.
fn fits(pattern: &str, text: &str) -> bool {
    match pattern {
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" => {
            let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
            shape == "0000-00-00"
        }
        "^[a-z0-9]+(-[a-z0-9]+)*$" => text
            .split('-')
            .all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())),
        other => panic!("pattern `{other}` in the schema"),
    }
}

#[test]
fn sarif_has_rules_results_regions_and_related_places() {
    let rules =
        [RuleText { name: "tailoring", severity: Some(Severity::Error), docs: "\nWhat it\nfinds.\n\n### Why\nSo.\n" }];
    let document: Value = serde_json::from_str(&written(|out| sarif(&many(), &rules, out))).unwrap();
    let run = &document["runs"][0];
    assert_eq!(document["version"], "2.1.0");
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rule = &run["tool"]["driver"]["rules"][0];
    assert_eq!((&rule["id"], &rule["shortDescription"]["text"]), (&"tailoring".into(), &"What it finds.".into()));
    assert_eq!(rule["defaultConfiguration"]["level"], "error");
    let results = &run["results"];
    assert_eq!((&results[0]["ruleIndex"], &results[2]["ruleIndex"]), (&0.into(), &Value::Null));
    let related = &results[0]["relatedLocations"][0];
    assert_eq!(related["physicalLocation"]["artifactLocation"]["uri"], "b.md");
    assert_eq!(related["message"]["text"], "there");
    let whole = &results[1]["locations"][0]["physicalLocation"];
    assert_eq!((&whole["artifactLocation"]["uri"], &whole["region"]), (&"%C3%A4%20b.png".into(), &Value::Null));
    let region = serde_json::json!({ "startLine": 14, "startColumn": 12, "endLine": 14, "endColumn": 15 });
    assert_eq!(results[2]["locations"][0]["physicalLocation"]["region"], region);
    assert_eq!(results[2]["level"], "warning");
}

#[test]
fn github_gets_a_command_a_finding_with_its_signs_escaped() {
    let mut odd = bare(Place::of("a,b:c.md".into(), "one\ntwo", 1, 6));
    odd.message = "100% of\nthis: and, that".into();
    odd.severity = Severity::Note;
    let text = written(|out| github(&[retyped(), odd, bare(Place::whole("c.md".into()))], out));
    let expected = "\
::warning file=content/faqs/does-it-work.md,line=14,col=12,endLine=14,endColumn=15,title=figure-retyped::\
this figure is kept as a fact%0Ahelp: write <fact:seattle-arrest-odds>, which reads \"58%25 lower odds of being arrested again\"\
%0Aseen by: police, residents
::notice file=a%2Cb%3Ac.md,line=1,endLine=2,title=tailoring::100%25 of%0Athis: and, that
::error file=c.md,title=tailoring::a message
";
    assert_eq!(text, expected);
}
