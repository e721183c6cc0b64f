//! What holds for all rules: every problem has its words, the words keep the convention, the list is whole.

use std::path::Path;
use std::sync::Arc;

use super::*;
use crate::finding::{
    AcceptTrouble, AddressUse, AudienceTrouble, FileTrouble, IdTrouble, LongSheet, NotPrinted, ReferenceTrouble,
    Severity, SheetKind, TailoringTrouble, TemplateTrouble, What, YamlTrouble,
};

fn at() -> At {
    At::file("content/faqs/who-pays.md".into())
}

fn s(text: &str) -> String {
    text.to_owned()
}

/// A problem of each kind, with each of its causes.
fn every_problem() -> Vec<Problem> {
    let known = || vec![s("title"), s("summary"), s("extra")];
    let none = Vec::new;
    let mut all = vec![
        What::UnknownKey { key: s("titel"), known: known(), inside: s("message") },
        What::UnknownKey { key: s("tags"), known: known(), inside: s("toolkit.yaml") },
        What::UnknownKey { key: s("frobnicate"), known: known(), inside: s("item") },
        What::UnknownKey { key: s("frobnicate"), known: none(), inside: s("entry") },
        What::MissingKey { key: s("claim"), inside: s("message"), reader: None },
        What::MissingKey { key: s("question"), inside: s("faq"), reader: Some(s("police")) },
        What::MissingKey { key: s("question"), inside: s("faq"), reader: Some(s("general")) },
        What::DuplicateId { id: s("odds"), kind: "fact", first: at() },
        What::NotUtf8 { looks_like: "UTF-16", line: 1 },
        What::NotUtf8 { looks_like: "binary data", line: 1 },
        What::TooLarge { size: 9 << 20, limit: 8 << 20 },
        What::UnknownFile { belongs: Some(s("content/faqs/who-pays.md")) },
        What::UnknownFile { belongs: Some(s("a later version: names like faq.es.md are kept for translations")) },
        What::UnknownFile { belongs: None },
        What::UnknownFolder { folder: s("content/faq/"), belongs: s("content/faqs/"), files: 3, both: false },
        What::UnknownFolder { folder: s("content/faq/"), belongs: s("content/faqs/"), files: 2, both: true },
        What::BrokenLink { link: s("/faqs/"), near: Some(s("/faq/")) },
        What::BrokenLink { link: s("/nowhere/"), near: None },
        What::DeadAddress { link: s("https://example.org/a"), why: s("answers 404 (not found)") },
        What::UnsureAddress { link: s("https://example.org/a"), why: s("can't be reached") },
        What::BrokenAnchor { anchor: s("contakt"), page: s("pages/press"), near: Some(s("contact")) },
        What::BrokenAnchor { anchor: s("x"), page: s("pages/press"), near: None },
        What::MissingFile { path: s("../files/Plan.pdf"), near: Some(s("../files/plan.pdf")) },
        What::MissingFile { path: s("../files/plan.pdf"), near: None },
        What::MissingFile { path: s("https://example.org/street.png"), near: None },
        What::MissingAlt { picture: s("../files/street.png") },
        What::BadScheme { scheme: s("javascript") },
        What::BadScheme { scheme: s("htps") },
        What::RawHtml { meant: None, tag: s("<b>") },
        What::RawHtml { meant: Some(s("<local:blink>")), tag: s("<blink>") },
        What::HeadingSkip { from: 1, to: 4 },
        What::HeadingSkip { from: 2, to: 4 },
        What::LateTitle { title: s("Statement") },
        What::NoHeading { instead: s("## Statement") },
        What::UnusedAccept { rule: s("raw-html") },
        What::CannotBeLowered { rule: "yaml" },
        What::NoBaseUrl,
        What::Contrast { colour: s("#ffd700"), against: "white", hundredths: 140 },
        What::PicturePlace,
        What::TooManyPages(LongSheet {
            pages: 2,
            most: 1,
            words: 30,
            lines: 4,
            kind: SheetKind::Sheet,
            general: false,
            pictures: 2,
            longest: vec![(at(), 40)],
        }),
        What::OffPaper { handout: s("handouts/police/faq"), page: 2, text: s("lost words") },
        What::MissingGlyph {
            characters: vec!['\u{1f600}'],
            stand_in: s("a box"),
            handouts: vec![s("handouts/police/sheet")],
        },
    ];
    all.extend([NotPrinted::Form, NotPrinted::Large, NotPrinted::Broken, NotPrinted::Many].map(|why| {
        What::UnprintedPicture { why, handouts: vec![s("handouts/police/faq"), s("handouts/police/messages/safer")] }
    }));
    for what in ["{{< … >}}", "{{ … }}", "{% … %}", "<!--more-->", "[[…]]"] {
        all.push(What::ForeignSyntax { what });
    }
    for by in [AddressUse::Ours, AddressUse::Item { first: at(), name: s("pages/faq") }] {
        all.push(What::AddressTaken { address: s("/faq/"), by });
    }
    all.extend(every_yaml_trouble().into_iter().map(What::Yaml));
    all.extend(every_audience_trouble().into_iter().map(What::UnknownAudience));
    all.extend(every_tailoring_trouble().into_iter().map(What::Tailoring));
    for why in every_reference_trouble() {
        for kind in ["fact", "local", "faq", "file"] {
            let id = s(if matches!(why, ReferenceTrouble::UnknownKind { .. }) { "facts:odds" } else { "odds" });
            all.push(What::UnknownReference { kind, id, why: why.clone() });
        }
    }
    for why in [
        IdTrouble::Signs(s("who-pays")),
        IdTrouble::Signs(s("")),
        IdTrouble::Reserved,
        IdTrouble::Empty,
        IdTrouble::Slug,
        IdTrouble::Alias,
        IdTrouble::Name,
    ] {
        all.push(What::BadId { id: s("Who Pays"), why });
    }
    all.extend(
        [
            FileTrouble::Denied,
            FileTrouble::LeadsOutside,
            FileTrouble::DeadLink,
            FileTrouble::NotPlain("pipe"),
            FileTrouble::Folder,
            FileTrouble::Gone,
            FileTrouble::System(s("input/output error")),
        ]
        .map(What::Unreadable),
    );
    all.extend(
        [
            TemplateTrouble::Syntax(s("expected a tag")),
            TemplateTrouble::UnknownVariable { name: s("page.titel"), known: known(), page: s("/faq/") },
            TemplateTrouble::UnknownVariable { name: s("x"), known: none(), page: s("/faq/") },
            TemplateTrouble::Failed { message: s("not a number"), page: s("/faq/") },
            TemplateTrouble::Missing { what: "theme", name: s("plian"), known: vec![s("plain")] },
        ]
        .map(What::Template),
    );
    all.extend(
        [
            AcceptTrouble::NoReason { rule: s("raw-html") },
            AcceptTrouble::UnknownRule { rule: s("raw-htm") },
            AcceptTrouble::NotThisRule { rule: s("tailoring") },
            AcceptTrouble::TooLateForFile { rule: s("raw-html") },
            AcceptTrouble::NoWholeYaml { rule: s("raw-html") },
            AcceptTrouble::UnknownScope { rule: s("raw-html"), scope: s("all of it") },
        ]
        .map(What::BadAccept),
    );
    all.into_iter().map(|what| Problem::new(at(), what)).collect()
}

fn every_yaml_trouble() -> Vec<YamlTrouble> {
    use YamlTrouble as T;
    let key = || s("updated");
    vec![
        T::NoFrontMatter,
        T::OpenFrontMatter,
        T::NearlyClosed,
        T::Toml(Some(s("title: Press\n"))),
        T::Toml(None),
        T::Tab,
        T::ColonInText { instead: s("title: \"This: thing\"") },
        T::NeedsQuotes { sign: '@', instead: Some(s("title: \"@home\"")) },
        T::NeedsQuotes { sign: '`', instead: None },
        T::Indent { found: 1, above: 2, line: 4 },
        T::Indent { found: 3, above: 0, line: 4 },
        T::IndentOfText { found: 0, wanted: 4, line: 3 },
        T::OtherSpace,
        T::LostIndent { key: s("note") },
        T::NeverClosed('"'),
        T::NeverClosed('['),
        T::CurlyClose('"'),
        T::CutAtHash { instead: Some(s("title: \"We are #1\"")) },
        T::CutAtHash { instead: None },
        T::CurlyMarks { instead: s("\"Exampletown\"") },
        T::LoneMark { instead: s("\"Exampletown\"") },
        T::SplitNumber { instead: s("\"$42,000\"") },
        T::BadLocal { key: s("line"), found: s("call us"), kind: "phone" },
        T::BadLocal { key: s("office"), found: s("example.org"), kind: "email" },
        T::BadLocal { key: s("site"), found: s("example.org"), kind: "url" },
        T::Unreadable(s("did not find expected key")),
        T::SecondDocument,
        T::DuplicateKey { key: key(), first: at() },
        T::WrongType { key: key(), found: "a list", wanted: s("a text"), instead: Some(s("title: Press")) },
        T::WrongType { key: s("entry 2"), found: "a number", wanted: s("a text"), instead: None },
        T::BadValue { key: s("size"), found: s("huge"), allowed: vec![s("small"), s("large")] },
        T::BadForm { key: s("order"), found: s("-1"), wanted: s("a whole number, like 2") },
        T::BadDate { key: key(), found: s("May") },
        T::BadDate { key: key(), found: s("2026-5-1") },
        T::BadDate { key: key(), found: s("2026-02-30") },
        T::ReadsNotInPlain,
        T::Budget("depth"),
        T::Budget("aliases"),
        T::Budget("size"),
        T::Budget("a toolkit can have at most 127 audiences"),
    ]
}

fn every_audience_trouble() -> Vec<AudienceTrouble> {
    let unknown = |known| AudienceTrouble::Unknown { name: s("polise"), known };
    let mut all = vec![
        unknown(Vec::new()),
        unknown(vec![s("police")]),
        unknown(vec![s("residents"), s("schools")]),
        AudienceTrouble::Admonition { name: s("note") },
        AudienceTrouble::Twice { name: s("police") },
    ];
    all.extend(
        ["all", "general", "none", "else", "partners-only", "assets"]
            .map(|name| AudienceTrouble::Reserved { name: s(name) }),
    );
    all
}

fn every_reference_trouble() -> Vec<ReferenceTrouble> {
    use ReferenceTrouble as T;
    vec![
        T::unknown(Vec::new()),
        T::unknown(vec![s("odd")]),
        T::Unknown { known: vec![s("something-else")], says: Some(s("58% lower odds")) },
        T::UnknownKind { near: "fact" },
        T::PartnersOnly,
        T::Draft,
        T::Embargoed(s("2026-05-01")),
        T::NotForReader(s("police")),
        T::NotForReader(s("general")),
        T::WordInClaim,
        T::NoWord(s("police")),
        T::NoWord(s("general")),
        T::NoPage,
    ]
}

fn every_tailoring_trouble() -> Vec<TailoringTrouble> {
    use TailoringTrouble as T;
    vec![
        T::NeverClosed,
        T::NothingOpen,
        T::ElseAlone,
        T::Nested { open: at() },
        T::Twice { name: s("police"), first: at() },
        T::AfterElse { first: at() },
        T::CoachingMixed,
        T::TooManyColons,
        T::NearlyMarker { instead: s("::: police") },
        T::Tab,
        T::StrayText { text: s("read this") },
        T::StrayText { text: s("read this, which is long and goes on") },
        T::NotReader { name: s("residents") },
        T::EmptyName,
        T::Misplaced,
        T::OpenComment,
        T::OpenFence,
    ]
}

fn words(problem: &Problem) -> Words {
    let rule = Rule::find(problem.rule()).unwrap_or_else(|| panic!("no rule `{}` in the list", problem.rule()));
    let (Reads::Problem(words) | Reads::ToolkitAndProblem(_, words)) = rule.reads else {
        panic!("`{}` reads no problems", rule.name)
    };
    words(problem).unwrap_or_else(|| panic!("`{}` has no words for {:?}", rule.name, problem.what))
}

#[test]
fn every_problem_has_its_words() {
    for problem in every_problem() {
        let words = words(&problem);
        assert!(!words.message.is_empty());
        let at_the_place = !words.label.is_empty() || words.help.is_some() || !words.notes.is_empty();
        assert!(at_the_place, "nothing but a message: {:?}", words.message);
    }
}

#[test]
fn every_rule_that_reads_problems_is_tried_here() {
    for rule in rules::ALL.iter().filter(|rule| matches!(rule.reads, Reads::Problem(_))) {
        assert!(every_problem().iter().any(|problem| problem.rule() == rule.name), "no problem of `{}`", rule.name);
    }
}

#[test]
fn words_are_lower_case_without_a_stop_and_without_jargon() {
    const NEVER: &[&str] = &[
        "mapping", "token", "scalar", "parse", "parsing", "illegal", "please", "simply", "invalid", "string",
        "sequence",
    ];
    for problem in every_problem() {
        let words = words(&problem);
        let mut texts = vec![&words.message, &words.label];
        texts.extend(&words.help);
        texts.extend(&words.notes);
        texts.extend(words.related.iter().map(|(_, label)| label));
        for text in texts {
            assert!(!text.starts_with(char::is_uppercase), "starts with a capital: {text}");
            assert!(!text.ends_with(['.', '!', ' ', ',']), "ends with a stop: {text}");
            assert_eq!(text.matches('`').count() % 2, text.matches("```").count() % 2, "an odd backtick: {text}");
            let plain = text.to_lowercase();
            for word in plain.split(|c: char| !c.is_alphanumeric()) {
                assert!(!NEVER.contains(&word), "`{word}` in: {text}");
            }
        }
        assert!(!words.message.contains('\n'), "a message is one line: {}", words.message);
    }
}

#[test]
fn every_rule_has_its_file_and_its_page_of_cases() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let names = |folder: &str, ending: &str| {
        let mut names: Vec<_> = std::fs::read_dir(root.join(folder))
            .unwrap()
            .filter_map(|entry| {
                entry.unwrap().file_name().to_str()?.strip_suffix(ending).map(|name| name.replace('_', "-"))
            })
            .filter(|name| name != "mod")
            .collect();
        names.sort();
        names
    };
    let mut listed: Vec<_> = rules::ALL.iter().map(|rule| s(rule.name)).collect();
    listed.sort();
    assert_eq!(names("src/check/rules", ".rs"), listed);
    assert_eq!(names("tests/rules", ".md"), listed);
}

#[test]
fn the_list_is_in_the_order_of_the_groups() {
    assert!(rules::ALL.is_sorted_by_key(|rule| rule.group));
}

#[test]
fn docs_say_what_why_wrong_and_right() {
    for rule in rules::ALL {
        let docs = rule.docs.trim();
        // every second piece between fences is an example, which may hold headings of its own
        let text = docs.split("```").step_by(2);
        let headings: Vec<_> = text.flat_map(str::lines).filter(|line| line.starts_with("### ")).collect();
        assert_eq!(headings, ["### Why", "### Wrong", "### Right"], "{}", rule.name);
        assert!(!docs.starts_with('#'), "{} does not begin with a sentence", rule.name);
        assert!(!rule.summary().contains(['\n', '#']) && !rule.summary().ends_with('.'), "{}", rule.name);
        let opening = docs.lines().filter(|line| line.starts_with("```")).step_by(2);
        for fence in opening {
            assert!(fence.contains(' '), "{}: a fence without a path: {fence}", rule.name);
        }
    }
}

#[test]
fn the_manual_is_what_the_rules_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    let manual = rules::manual();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &manual).unwrap();
    }
    assert!(std::fs::read_to_string(&path).unwrap_or_default() == manual, "run UPDATE_EXPECT=1 cargo test manual");
}

#[test]
fn explain_prints_the_docs_with_their_examples_indented() {
    let text = explain("duplicate-id").unwrap();
    assert!(
        text.starts_with("duplicate-id\nstructure: error; can't be lowered or switched off\n\nTwo things"),
        "{text}"
    );
    assert!(text.contains("\nWrong\n  content/terms.yaml:\n    terms:\n      - id: addict\n"), "{text}");
    assert!(!text.contains("```") && !text.contains("###"), "{text}");
    assert_eq!(explain("no-such-rule"), None);
}

fn run_one(what: What, settings: &Settings, stage: Stage) -> Option<Severity> {
    let findings = run(&[Problem::new(at(), what)], settings, stage, &|at| Place::whole(Arc::clone(&at.file)));
    findings.first().map(|finding| finding.severity)
}

#[test]
fn a_toolkit_may_lower_and_switch_off_a_rule() {
    let link = || What::BrokenLink { link: s("/x/"), near: None };
    let mut settings = Settings::default();
    assert_eq!(run_one(link(), &settings, Stage::Preview), Some(Severity::Warning));
    assert_eq!(run_one(link(), &settings, Stage::Publishing), Some(Severity::Error));
    settings.set("broken-link", Stage::Preview, None);
    settings.set("broken-link", Stage::Publishing, Some(Severity::Note));
    assert_eq!(run_one(link(), &settings, Stage::Preview), None);
    assert_eq!(run_one(link(), &settings, Stage::Publishing), Some(Severity::Note));
}

#[test]
fn structure_can_be_raised_and_never_lowered() {
    let mut settings = Settings::default();
    for rule in ["tailoring", "unknown-file", "foreign-syntax"] {
        settings.set(rule, Stage::Preview, None);
    }
    let file = || What::UnknownFile { belongs: None };
    assert_eq!(run_one(What::Tailoring(TailoringTrouble::Tab), &settings, Stage::Preview), Some(Severity::Error));
    assert_eq!(run_one(file(), &settings, Stage::Preview), Some(Severity::Warning));
    assert_eq!(run_one(What::ForeignSyntax { what: "{{ … }}" }, &settings, Stage::Preview), Some(Severity::Note));
    settings.set("unknown-file", Stage::Preview, Some(Severity::Error));
    assert_eq!(run_one(file(), &settings, Stage::Preview), Some(Severity::Error));
}

#[test]
fn findings_come_in_the_order_of_their_places_each_once() {
    let problem = |start: usize| {
        Problem::new(At::bytes("a.md".into(), start, start + 1), What::RawHtml { meant: None, tag: s("<b>") })
    };
    let source = "x\ny\nz\n";
    let place = |at: &At| match at.spot {
        crate::finding::Spot::Bytes(start, end) => {
            Place::of(Arc::clone(&at.file), source, start as usize, end as usize)
        }
        _ => Place::whole(Arc::clone(&at.file)),
    };
    let found = run(&[problem(4), problem(0), problem(4)], &Settings::default(), Stage::Preview, &place);
    assert_eq!(found.iter().map(|finding| finding.place.line).collect::<Vec<_>>(), [1, 3]);
}
