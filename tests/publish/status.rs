//! `status` says what would be public for the first time at the next publish: the same as a publish lists.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::run;
use crate::site::{Place, TODAY, listing};

fn waiting(place: &Place) -> Vec<(String, Option<String>, BTreeSet<String>)> {
    let said = run(&place.root(), &["status", "--today", TODAY, "--format", "json"]);
    let status: Value = serde_json::from_str(&said.stdout).unwrap();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let one = |it: &Value| {
        let items = it["items"].as_array().unwrap().iter().filter_map(text).collect();
        (text(&it["place"]).unwrap(), text(&it["last"]), items)
    };
    status["first_public"].as_array().unwrap().iter().map(one).collect()
}

#[test]
fn status_lists_what_a_publish_would_list() {
    let place = Place::new();
    place.put("toolkit.yaml", "title: Kit\nbase_url: https://example.org/kit/\npublish: {host: s3}\n");
    place.put("content/files/plan.txt", "plan\n");
    place.put("content/pages/how.md", "---\ntitle: How\n---\n[The plan](../files/plan.txt).\n");
    let want = listing(&place.publish(&[]).stdout).first;
    assert_eq!(want.len(), 10, "{want:?}");
    assert_eq!(waiting(&place), [("host s3".to_owned(), None, want)]);
    place.published(&["--yes"]);
    place.faq("new", "New?", "Yes.");
    place.put("content/faqs/draft.md", "---\nquestion: Later?\ndraft: true\n---\nSoon.\n");
    place.put("content/faqs/later.md", "---\nquestion: Later?\nembargo: 2027-01-01\n---\nSoon.\n");
    place.put("content/faqs/ours.md", "---\nquestion: Ours?\nedition: partners\n---\nSoon.\n");
    let new = BTreeSet::from(["faqs/new".to_owned()]);
    assert_eq!(waiting(&place), [("host s3".to_owned(), Some(TODAY.to_owned()), new)]);
    let said = run(&place.root(), &["status", "--today", TODAY]).stdout;
    assert!(said.contains("Public for the first time at the next publish"), "{said}");
    assert!(said.contains("faqs/new"), "{said}");
    place.published(&["--yes"]);
    assert_eq!(waiting(&place), [("host s3".to_owned(), Some(TODAY.to_owned()), BTreeSet::new())]);
}
