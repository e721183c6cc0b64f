//! Whatever readers are told, a publish shows the words that change.

use crate::site::{Place, listing};

/// Files, each with what stands there first and then; the name in the listing, and what it shows of the change.
const CHANGES: [(&str, &str, &str, &str, &str); 10] = [
    (
        "content/audiences/police.yaml",
        "name: Police\nask: Call us.\n",
        "name: Police\nask: Call early.\n",
        "audiences/police",
        "ask Call [-us.-] {+early.+}",
    ),
    (
        "content/audiences/residents.yaml",
        "name: Residents\nask: Write to us.\nsummary: For you.\nconcerns:\n  - {id: safe, says: Am I safe?}\n",
        "name: Residents\nask: Write to us.\nsummary: For all.\nconcerns:\n  - {id: safe, says: Are we safe?}\n",
        "audiences/residents",
        "concerns safe [-Am I-] {+Are we+} safe?",
    ),
    (
        "content/wins/first.md",
        "---\ntitle: A shop joins\ndate: 2026-10-01\nsize: small\nkind: partner\n---\nOne shop.\n",
        "---\ntitle: A shop joins\ndate: 2026-10-01\nsize: small\nkind: partner\n---\nTwo shops.\n",
        "wins/first",
        "[-One shop.-] {+Two shops.+}",
    ),
    (
        "content/pages/how.md",
        "---\ntitle: How\n---\nBy day.\n",
        "---\ntitle: How\n---\nBy night.\n",
        "pages/how",
        "By [-day.-] {+night.+}",
    ),
    (
        "content/stories/one.md",
        "---\ntitle: One\nperson: composite\n---\nIt began.\n",
        "---\ntitle: One\nperson: composite\n---\nIt ended.\n",
        "stories/one",
        "It [-began.-] {+ended.+}",
    ),
    (
        "content/partners.yaml",
        "partners:\n  - {id: a, name: The Library, type: education, does: Lends books}\n",
        "partners:\n  - {id: a, name: The Town Library, type: education, does: Lends rooms}\n",
        "partners/a",
        "The {+Town+} Library",
    ),
    (
        "content/terms.yaml",
        "terms:\n  - {avoid: [addict], say: [person], level: change, why: It hurts.}\n",
        "terms:\n  - {avoid: [addict], say: [person], level: change, why: It sticks.}\n",
        "terms/addict",
        "It [-hurts.-] {+sticks.+}",
    ),
    (
        "content/faqs/who-pays.md",
        "---\nquestion: Who pays?\nanswers: [safe]\nsummary: In short.\n---\nThe town.\n",
        "---\nquestion: Who pays?\nanswers: [safe]\nsummary: At length.\n---\nThe town.\n",
        "faqs/who-pays",
        "[-In short.-] {+At length.+}",
    ),
    (
        "toolkit.yaml",
        "title: Kit\nbase_url: https://example.org/kit/\ndescription: Of old.\n",
        "title: Kit\nbase_url: https://example.org/kit/\ndescription: Of new.\n",
        "toolkit.yaml",
        "Of [-old.-] {+new.+}",
    ),
    ("content/facts.yaml", "", "", "facts/days", "39 {+whole+} fewer"),
];

#[test]
fn each_text_that_readers_see_shows_its_change() {
    let place = Place::new();
    let facts = std::fs::read_to_string(place.root().join("content/facts.yaml")).unwrap();
    for (path, before, ..) in CHANGES.iter().filter(|change| !change.1.is_empty()) {
        place.put(path, before);
    }
    place.published(&["--yes"]);
    for (path, before, after, name, shown) in CHANGES {
        let (before, after) = match before {
            "" => (facts.clone(), facts.replace("39 fewer days", "39 whole fewer days")),
            _ => (before.to_owned(), after.to_owned()),
        };
        place.put(path, &after);
        let said = place.published(&["--dry-run"]);
        let changed = listing(&said).changed;
        assert!(changed.contains(name) && changed.len() <= 2, "{path}: {said}");
        let line: String = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(line.contains(shown), "{path}: {shown}: {said}");
        place.put(path, &before);
    }
    place.put(
        "content/wins/second.md",
        "---\ntitle: A clinic joins\ndate: 2026-10-02\nsize: small\nkind: partner\n---\nYes.\n",
    );
    let said = place.published(&["--dry-run"]);
    assert!(listing(&said).first.contains("wins/second"), "{said}");
}
