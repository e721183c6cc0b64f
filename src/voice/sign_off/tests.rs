//! What makes a sign-off fall away, and what does not.

use super::*;
use crate::source::Source;
use crate::toolkit::edition::{Edition, View};

const MESSAGE: &str = "---
title: Safer
claim: Streets get *safer*.
thirty_seconds:
  else: It works.
  police: It works for officers.
---
The odds were <fact:odds>. Call <local:line>.

::: police
You know <message:other>, and each <word:participant>.
:::

::: partners-only
Coaching.
:::
";

const OTHER: &str = "---\ntitle: The *other* one\nclaim: C.\n---\nText.\n";
const FACTS: &str = "sources: {s: {title: S}}\nfacts:\n  - {id: odds, label: L, value: 58, unit: percent, reads: 58% lower, \
                     plain: It was 58% lower., source: s, review_by: 2027-01-01}\n  - {id: more, label: M, value: 7, unit: days, reads: 7 days, \
                     plain: It took 7 days., source: s, review_by: 2027-01-01}\n";
const LOCAL: &str = "line: 555-0100\n";
const PROFILE: &str = "name: Police\nask: Call **us**.\nwords: {participant: guest}\n";

struct Files(Vec<(&'static str, String)>);

impl Files {
    fn new() -> Self {
        Self(vec![
            ("toolkit.yaml", "title: T\nwords: {participant: person}\n".to_owned()),
            ("content/audiences/police.yaml", PROFILE.to_owned()),
            ("content/messages/safer.md", MESSAGE.to_owned()),
            ("content/messages/other.md", OTHER.to_owned()),
            ("content/facts.yaml", FACTS.to_owned()),
            ("content/local.yaml", LOCAL.to_owned()),
        ])
    }

    fn with(from: &str, to: &str) -> Self {
        let mut files = Self::new();
        assert!(files.0.iter().any(|(_, text)| text.contains(from)), "{from}");
        files.0.iter_mut().for_each(|(_, text)| *text = text.replace(from, to));
        files
    }

    fn signed(&self, name: &str, audience: &str, edition: Edition) -> (String, Fingerprint) {
        let source = Source::from_texts(self.0.iter().map(|(path, text)| (*path, text.clone())));
        let (toolkit, problems) = Toolkit::read(&source);
        assert!(problems.is_empty(), "{problems:?}");
        let view = View { edition, today: "2026-11-25".parse().unwrap(), drafts: false };
        let (voice, problems, _) = Voice::tell::<()>(&toolkit, &view, None);
        assert!(problems.is_empty(), "{problems:?}");
        let what = Signable::named(name, &toolkit).unwrap();
        assert_eq!(what.name(&toolkit), name);
        let reader = toolkit.audience(audience).map_or(Reader::GENERAL, |audience| audience.reader);
        sign_off(what, reader, &toolkit, &voice).unwrap()
    }
}

fn of(files: &Files) -> [Fingerprint; 2] {
    ["police", "general"].map(|reader| files.signed("messages/safer", reader, Edition::Public).1)
}

#[test]
fn the_words_are_those_that_the_reader_reads() {
    let (text, fingerprint) = Files::new().signed("messages/safer", "police", Edition::Public);
    let expected = "[title]\nSafer\n\n[claim]\nStreets get safer.\n\n[thirty_seconds]\nIt works for officers.\n\n[facts]\n\
                    It was 58% lower. S.\n\n[text]\nThe odds were 58% lower. Call 555-0100.\nYou know The other one, and each guest.\n";
    assert_eq!(text, expected);
    assert_eq!(Fingerprint::of_text(&text.replace('\n', "\r\n")), fingerprint, "a copy with other line ends");
    let (ask, _) = Files::new().signed("audiences/police", "police", Edition::Public);
    assert_eq!(ask, "[ask]\nCall us.\n");
}

#[test]
fn every_word_that_is_read_counts_wherever_it_stands() {
    let before = of(&Files::new());
    for (from, to) in [
        ("Safer\n", "Safer!\n"),
        ("get *safer*", "are *safer*"),
        ("reads: 58% lower", "reads: 58%"),
        ("It was 58% lower.", "It was 58% lower in a year."),
        ("source: s,", "source: s, caveat: In one city.,"),
        ("title: S}", "title: T}"),
        ("title: S}", "title: S, year: 2017, authors: [A.]}"),
        ("claim: Streets", "facts: [more]\nclaim: Streets"),
        ("555-0100", "555-0199"),
        ("odds were", "odds are"),
    ] {
        let after = of(&Files::with(from, to));
        assert!(before.iter().zip(&after).all(|(before, after)| before != after), "{from}");
    }
    // a sentence that moves to another key is read elsewhere
    let moved =
        Files::with("safer*.\nthirty_seconds:\n  else: It works.", "safer*. It works.\nthirty_seconds:\n  else: ''");
    assert_ne!(before[1], of(&moved)[1]);
}

#[test]
fn what_one_audience_reads_counts_for_it_alone() {
    let before = of(&Files::new());
    for (from, to) in
        [("for officers", "for you"), ("participant: guest", "participant: client"), ("*other* one", "new one")]
    {
        let after = of(&Files::with(from, to));
        assert_ne!(before[0], after[0], "{from}");
        assert_eq!(before[1], after[1], "{from}");
    }
}

#[test]
fn emphasis_line_breaks_comments_addresses_and_coaching_do_not_count() {
    let before = of(&Files::new());
    for (from, to) in [
        ("get *safer*", "get safer"),
        ("odds were", "odds\nwere"),
        ("Call <local", "<!-- a note -->Call <local"),
        ("Coaching.", "Other coaching."),
        ("title: Safer\n", "title: Safer\nslug: safe\n"),
        ("claim: Streets", "facts: [odds]\nclaim: Streets"),
        ("source: s,", "source: s, checked_on: 2026-01-01,"),
    ] {
        assert_eq!(before, of(&Files::with(from, to)), "{from}");
    }
}

#[test]
fn the_edition_does_not_count() {
    for body in
        [MESSAGE.to_owned(), MESSAGE.replace("Coaching.", "- a\n- b\n\n[x]: /y").replace("The odds", "- The odds")]
    {
        let files = Files::with(MESSAGE, &body);
        for reader in ["police", "general"] {
            let public = files.signed("messages/safer", reader, Edition::Public);
            assert_eq!(public, files.signed("messages/safer", reader, Edition::Partners), "{body}");
        }
    }
}

#[test]
fn titles_that_name_each_other_end() {
    let mut files = Files::with("title: The *other* one", "title: About <message:safer>");
    files.0.iter_mut().for_each(|(_, text)| *text = text.replace("title: Safer", "title: As <message:other>"));
    let (text, _) = files.signed("messages/safer", "police", Edition::Public);
    assert!(text.starts_with("[title]\nAs About As About"), "{text}");
}

#[test]
fn the_latest_sign_off_of_these_words_counts() {
    let given = |by: &str, on: &str, text: Fingerprint| Approval {
        item: "messages/safer".into(),
        audience: "police".into(),
        by: by.into(),
        on: serde_yaml::from_str(on).unwrap(),
        text: text.to_string().into(),
    };
    let (old, new) = (Fingerprint::of_words("old"), Fingerprint::of_words("new"));
    let approvals =
        [given("chief", "2026-01-02", new), given("chief", "2026-03-01", old), given("editor", "2026-01-01", old)];
    let stand = |role, reader| standing(&approvals, "messages/safer", reader, role, new);
    assert_eq!(stand("chief", "police"), Standing::Signed(&approvals[0]));
    assert_eq!(stand("editor", "police"), Standing::Changed(&approvals[2]));
    assert_eq!(stand("chief", "general"), Standing::Missing);
    let all = SignOffs::new(&approvals);
    for (role, reader) in [("chief", "police"), ("editor", "police"), ("chief", "general")] {
        assert_eq!(all.standing("messages/safer", reader, role, new), stand(role, reader), "the same, looked up");
    }
}

#[test]
fn a_role_that_signed_other_words_is_told_with_both() {
    let words = "[ask]\nCall me.\n";
    let old = Fingerprint::of_text(words).to_string();
    let today = Files::new().signed("audiences/police", "police", Edition::Public).1.to_string();
    let entry = |by: &str, text: &str| {
        format!("  - {{item: audiences/police, audience: police, by: {by}, on: 2026-01-02, text: '{text}'}}\n")
    };
    let nowhere = Fingerprint::of_text("[ask]\nWrite to me.\n").to_string();
    let approvals =
        entry("chief", &today) + &entry("editor", &old) + &entry("union", &nowhere) + &entry("mayor", &"0".repeat(32));
    let mut files: Vec<(String, String)> =
        Files::new().0.into_iter().map(|(path, text)| (path.to_owned(), text)).collect();
    files.push(("content/approvals.yaml".to_owned(), format!("approvals:\n{approvals}")));
    // lines broken otherwise, as by a version control that changes line ends
    files.push((format!("content/approvals/{old}.txt"), words.replace('\n', "\r\n")));
    files.push((format!("content/approvals/{}.txt", "0".repeat(32)), "[ask]\nNobody signed this.\n".to_owned()));
    let source = Source::from_texts(files);
    let (toolkit, problems) = Toolkit::read(&source);
    assert!(problems.is_empty(), "{problems:?}");
    let view = View { edition: Edition::Public, today: "2026-11-25".parse().unwrap(), drafts: false };
    let (voice, ..) = Voice::tell::<()>(&toolkit, &view, None);
    let book = Book::open(&toolkit, &voice, Key::for_checks());
    let what = Signable::named("audiences/police", &toolkit).unwrap();
    let reader = toolkit.audience("police").unwrap().reader;
    let shown = |role: &str| match book.signature(what, reader, role) {
        Some(Signature::Signed(approval)) => format!("signed on {}", approval.on.0),
        Some(Signature::Changed { before, now, .. }) => {
            before.map_or_else(|| "changed".to_owned(), |before| format!("{:?}", changes(before, &now)))
        }
        Some(Signature::Never) => "never".to_owned(),
        None => "nothing to read".to_owned(),
    };
    assert_eq!(shown("chief"), "signed on 2026-01-02");
    assert_eq!(
        shown("editor"),
        "[Change { key: \"ask\", rows: [Same(\"Call \"), Gone(\"me.\\r\\n\"), New(\"us.\\n\")] }]"
    );
    assert_eq!(shown("union"), "changed", "these words were not kept");
    assert_eq!(shown("mayor"), "changed", "a kept text that was changed by hand is not what was signed");
    assert_eq!(shown("nobody"), "never");
    assert_eq!(book.signature(what, Reader::GENERAL, "chief"), None);
}
