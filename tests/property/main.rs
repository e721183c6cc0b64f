//! A preview remembers what it has made. Whatever is edited, in whatever order, it shows what a build from nothing would
//! write, to the byte, and finds what that would find.
//!
//! `ONEVOICE_STEPS=3000 cargo test --test property` takes longer and finds more; `ONEVOICE_SEED` picks other edits.
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests change toolkits on the disk and fail aloud"
)]

mod edits;

use std::path::Path;

use edits::{Edits, Folder};
use onevoice::check::Stage;
use onevoice::finding::Finding;
use onevoice::pipeline::{Checked, Files, Memo, Request, Trouble, check, check_again};
use onevoice::source::{Hints, Source};
use onevoice::toolkit::edition::Edition;

fn number(name: &str, else_: u64) -> u64 {
    std::env::var(name).ok().and_then(|typed| typed.parse().ok()).unwrap_or(else_)
}

fn request(root: &Path, edition: Edition) -> Request {
    Request {
        root: root.to_owned(),
        output: None,
        edition,
        drafts: edition == Edition::Partners,
        base_url: None,
        offline: false,
        minify: false,
        stage: Stage::Preview,
        today: "2026-11-25".parse().unwrap(),
        command: "serve",
        home: None,
    }
}

/// Everything that a state of the toolkit comes to: what is to be mended, and the files or what failed in them.
#[derive(PartialEq)]
struct Came {
    findings: Vec<Finding>,
    accepted: usize,
    files: Vec<(String, Result<Vec<u8>, String>)>,
}

fn came(source: &Source, mut checked: Checked, request: &Request) -> Came {
    let findings = checked.findings.clone();
    let accepted = checked.accepted.len();
    let errors = findings.iter().any(|finding| finding.severity == onevoice::finding::Severity::Error);
    let Some(theme) = checked.theme.take().filter(|_| !errors) else {
        return Came { findings, accepted, files: Vec::new() };
    };
    let address = request.address(&checked);
    let files = Files::new(source, &checked, &request.root, &address, theme);
    let made = (0..files.len()).map(|n| {
        let mut bytes = Vec::new();
        let made = files.make(n, &mut bytes).map(|()| bytes);
        let told = made.map_err(|trouble| match trouble {
            Trouble::Template(problem) => format!("{problem:?}"),
            Trouble::Read { path, error } => format!("{} {error}", path.display()),
        });
        (files.path(n).unwrap().to_owned(), told)
    });
    Came { findings, accepted, files: made.collect() }
}

fn difference(one: &Came, other: &Came) -> String {
    if one.findings != other.findings {
        let only = |a: &Came, b: &Came| -> Vec<String> {
            a.findings
                .iter()
                .filter(|f| !b.findings.contains(f))
                .map(|f| format!("{} {}:{} {}", f.rule, f.place.file, f.place.line, f.message))
                .collect()
        };
        return format!("findings: remembered {:?}, clean {:?}", only(one, other), only(other, one));
    }
    let differ = one.files.iter().filter(|file| !other.files.contains(file)).map(|(path, _)| path.as_str());
    format!("files: {:?}, accepted {} and {}", differ.collect::<Vec<_>>(), one.accepted, other.accepted)
}

#[test]
fn after_any_edits_memory_equals_a_clean_build() {
    let seed = number("ONEVOICE_SEED", 20_261_125);
    let folder = Folder::of_the_sample();
    let mut edits = Edits::new(seed);
    let mut source = Source::read(folder.root()).unwrap();
    let mut memos = [(Edition::Public, Memo::new()), (Edition::Partners, Memo::new())];
    let (mut good, mut broken) = (0, 0);
    let mut last = Vec::new();
    let mut is_broken = false;
    for step in 0..number("ONEVOICE_STEPS", 300) {
        let (what, paths) = edits.next(&folder, is_broken);
        last.push(what.clone());
        let mut hints = Hints::default();
        paths.iter().for_each(|path| hints.add(Path::new(path)));
        source = source.again(folder.root(), &hints).unwrap();
        let clean = Source::read(folder.root()).unwrap();
        let since = || format!("seed {seed}, step {step}: {:?}", &last[last.len().saturating_sub(6)..]);
        assert!(source.is_same(&clean), "the picture differs after {}", since());
        let (edition, memo) = &mut memos[usize::from(step % 3 == 2)];
        let request = request(folder.root(), *edition);
        let remembered = came(&source, check_again(&source, &request, memo), &request);
        let fresh = came(&clean, check(&clean, &request), &request);
        assert!(remembered == fresh, "{} after {}", difference(&remembered, &fresh), since());
        is_broken = fresh.files.is_empty();
        if is_broken { broken += 1 } else { good += 1 }
    }
    // edits that only break would prove little, and so would edits that never do
    println!("{good} steps with a site, {broken} with errors");
    assert!(good > 20 && broken > 20, "{good} steps with a site, {broken} with errors");
}
