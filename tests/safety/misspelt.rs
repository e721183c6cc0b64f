//! A slip in a word that keeps something from the public: nothing is written, and the right word is named.

use crate::toolkit::{Toolkit, differences};

const PAGE: &str = "---\ntitle: Coaching\nedition: partners\n---\nOpen.\n\n::: partners-only\nThe zebra.\n:::\n";

/// A slip: what stands on the page, what is typed instead, the rule, the line, and the word that the help names.
const SLIPS: [(&str, &str, &str, u32, &str); 29] = [
    ("partners\n---", "parners\n---", "yaml", 3, "partners"),
    ("partners\n---", "partner\n---", "yaml", 3, "partners"),
    ("partners\n---", "Partners\n---", "yaml", 3, "partners"),
    ("partners\n---", "partners-only\n---", "yaml", 3, "partners"),
    ("partners\n---", "[partners]\n---", "yaml", 3, "partners"),
    ("partners\n---", "true\n---", "yaml", 3, "partners"),
    ("edition:", "edtion:", "unknown-key", 3, "edition"),
    ("edition:", "Edition:", "unknown-key", 3, "edition"),
    ("edition:", "editions:", "unknown-key", 3, "edition"),
    ("edition: partners", "drafts: true", "unknown-key", 3, "draft"),
    ("edition: partners", "draft: yes please", "yaml", 3, "`true` or `false`"),
    ("edition: partners", "draf: true", "unknown-key", 3, "draft"),
    ("edition: partners", "embargo: 2027/01/31", "yaml", 3, "2027-01-31"),
    ("edition: partners", "embargo: soon", "yaml", 3, "2026-"),
    ("edition: partners", "withdrawn: soon", "yaml", 3, "2026-"),
    ("edition: partners", "withdraw: 2026-01-31", "unknown-key", 3, "withdrawn"),
    ("edition: partners", "embargoed: 2027-01-31", "unknown-key", 3, "embargo"),
    ("partners-only", "parners-only", "unknown-audience", 7, "partners-only"),
    ("partners-only", "partner-only", "unknown-audience", 7, "partners-only"),
    ("partners-only", "partners only", "unknown-audience", 7, "partners-only"),
    ("partners-only", "Partners-only", "unknown-audience", 7, "partners-only"),
    ("partners-only", "partners", "unknown-audience", 7, "partners-only"),
    ("partners-only", "partners_only", "unknown-audience", 7, "partners-only"),
    ("::: partners-only", ":::: partners-only", "tailoring", 7, ":::"),
    ("::: partners-only", ":::\tpartners-only", "tailoring", 7, "space"),
    ("zebra.\n:::\n", "zebra.\n", "tailoring", 7, ":::"),
    // a no-break space, a zero-width one and a mark of byte order before both lines of the block: nobody sees them
    ("::: partners-only\nThe zebra.\n:::", "\u{a0}::: partners-only\nThe zebra.\n\u{a0}:::", "tailoring", 7, ":::"),
    ("::: partners-only\nThe zebra.\n:::", "\u{200b}::: partners-only\nThe zebra.\n\u{200b}:::", "tailoring", 7, ":::"),
    (
        "::: partners-only\nThe zebra.\n:::",
        "> \u{feff}::: partners-only\nThe zebra.\n> \u{feff}:::",
        "tailoring",
        7,
        ":::",
    ),
];

#[test]
fn a_slip_in_a_word_that_hides_something_stops_the_build() {
    let toolkit = Toolkit::empty();
    toolkit.write("toolkit.yaml", "title: Ours\nbase_url: https://example.org/\n");
    toolkit.write("content/audiences/police.yaml", "name: Police\nask: Refer people.\n");
    toolkit.write("content/pages/coaching.md", PAGE);
    toolkit.build(&[]);
    let before = toolkit.site("public");
    for (right, slip, rule, line, word) in SLIPS {
        let page = PAGE.replacen(right, slip, 1);
        assert_ne!(page, PAGE, "{slip}");
        toolkit.write("content/pages/coaching.md", page);
        for edition in ["public", "partners"] {
            let said = toolkit.try_build(&["--edition", edition]);
            assert_eq!(said.code, Some(1), "{slip}: {}", said.stderr);
            assert!(said.stderr.contains(&format!("error[{rule}]: ")), "{slip}: {}", said.stderr);
            assert!(said.stderr.contains(&format!("content/pages/coaching.md:{line}:")), "{slip}: {}", said.stderr);
            let help: Vec<_> = said.stderr.lines().filter(|line| line.contains("= help: ")).collect();
            assert!(help.iter().any(|line| line.contains(word)), "{slip}: no {word} in {}", said.stderr);
        }
        assert_eq!(differences(&toolkit.site("public"), &before), [""; 0], "{slip}");
        assert!(!toolkit.at("partners").exists(), "{slip}");
    }
}

#[test]
fn a_misspelt_option_builds_nothing() {
    let toolkit = Toolkit::empty();
    toolkit.write("toolkit.yaml", "title: Ours\nbase_url: https://example.org/\n");
    for (arguments, word) in [(&["--edition", "parners"][..], "partners"), (&["--edtion", "partners"], "--edition")] {
        let said = toolkit.try_build(arguments);
        assert_eq!(said.code, Some(2), "{}", said.stderr);
        assert!(said.stderr.contains(word), "{}", said.stderr);
        assert!(!toolkit.at("public").exists() && !toolkit.at("partners").exists());
    }
}

#[test]
fn the_editions_never_share_a_folder() {
    let toolkit = Toolkit::empty();
    toolkit.write("toolkit.yaml", "title: Ours\nbase_url: https://example.org/\n");
    toolkit.write("content/pages/coaching.md", PAGE);
    toolkit.build(&[]);
    let before = toolkit.site("public");
    let said = toolkit.try_build(&["--edition", "partners", "-o", "public"]);
    assert_eq!(said.code, Some(3), "{}", said.stderr);
    assert!(said.stderr.contains("holds the public edition") && said.stderr.contains("= help: "), "{}", said.stderr);
    assert_eq!(differences(&toolkit.site("public"), &before), [""; 0]);
    // drafts go nowhere that nobody named
    let said = toolkit.try_build(&["--drafts"]);
    assert_eq!(said.code, Some(2), "{}", said.stderr);
    assert_eq!(differences(&toolkit.site("public"), &before), [""; 0]);
}
