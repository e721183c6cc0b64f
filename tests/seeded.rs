//! The cases of tests/seeded: how many seeded defects are found, where, and how many near-misses are taken for one.
//!
//! tests/seeded/README.md says how a page is read. Figures below the limits fail the test; a rule that is not in the
//! list yet is shown as not built and not counted.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use onevoice::check::{Group, Rule, Stage};
use onevoice::finding::{Finding, Place};
use onevoice::language::Date;
use onevoice::pipeline::check_texts;
use onevoice::source::Source;
use onevoice::toolkit::Toolkit;
use onevoice::toolkit::edition::{Edition, View};
use onevoice::voice::Voice;
use onevoice::voice::sign_off::{Signable, sign_off};

type Files = Vec<(String, String)>;

/// A place with a line and a column, both from 1.
type Spot = (usize, usize);

/// Where a finding may stand.
#[derive(Clone, Debug, PartialEq)]
struct Mark {
    file: String,
    /// First character and the one after the last; none: anywhere in the file.
    span: Option<(Spot, Spot)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Wrong,
    Right,
    Doubt,
}

struct Case {
    page: String,
    /// The line of the page, and the text as the page has it.
    line: usize,
    text: String,
    kind: Kind,
    files: Files,
    marks: Vec<Mark>,
    /// A toolkit of its own, without the base.
    alone: bool,
    /// Another day than that of the run.
    today: Option<Date>,
    /// Whether the rule has to speak when publishing.
    publishes: bool,
}

/// Files of a template or of a case.
#[derive(Clone, Default)]
struct Set {
    files: Files,
    crlf: bool,
    bom: bool,
    /// The files are all that there is.
    alone: bool,
    today: Option<Date>,
    publishes: bool,
}

/// The cases of one page.
fn cases(page: &str, text: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut set = Set::default();
    let mut whole: Option<usize> = None;
    let mut kind = None;
    // files above the first heading, on a page whose cases have toolkits of their own
    let mut shared: Option<Files> = None;
    let mut lines = text.lines().enumerate();
    while let Some((n, line)) = lines.next() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        if ticks >= 3 {
            let body = lines.by_ref().map(|(_, line)| line).take_while(|body| *body != &line[..ticks]);
            let body: String = body.flat_map(|line| [line, "\n"]).collect();
            let (_, path) = line[ticks..].split_once(' ').unwrap_or_else(|| panic!("{page}:{}: no path", n + 1));
            set.files.retain(|(known, _)| known != path);
            set.files.push((path.to_owned(), body));
        } else if let Some(named) = line.strip_prefix("## ").and_then(own_kind) {
            cases.extend(whole.take().map(|line| set.clone().case(page, line, kind, "", None)));
            let files = shared.get_or_insert_with(|| std::mem::take(&mut set.files)).clone();
            set = Set { files, alone: true, today: "2026-11-25".parse().ok(), ..Set::default() };
            whole = Some(n + 1);
            kind = Some(named);
        } else if set.alone {
            match line.split_once(": ") {
                Some(("crlf", "yes")) => set.crlf = true,
                Some(("bom", "yes")) => set.bom = true,
                Some(("stage", "publish")) => set.publishes = true,
                Some(("today", day)) => set.today = Some(day.parse().unwrap()),
                _ => {}
            }
        } else if let Some(heading) = line.strip_prefix("## ") {
            cases.extend(whole.take().map(|line| set.clone().case(page, line, None, "", None)));
            let flag = |flag: &str| heading.split(['(', ',', ')', ' ']).any(|word| word == flag);
            set = Set { crlf: flag("crlf"), bom: flag("bom"), ..Set::default() };
            whole = heading.starts_with("case ").then_some(n + 1);
            kind = None;
            assert!(whole.is_some() || heading.starts_with("template "), "{page}:{}: {heading}", n + 1);
        } else if let Some(found) =
            [("wrong", Kind::Wrong), ("right", Kind::Right), ("doubt", Kind::Doubt)].iter().find(|it| it.0 == line)
        {
            kind = Some(found.1);
        } else if let (Some(hole), Some(kind)) = (line.strip_prefix("- "), kind) {
            cases.push(set.clone().case(page, n + 1, Some(kind), line, Some(hole)));
        }
    }
    cases.extend(whole.take().map(|line| set.case(page, line, kind, "", None)));
    cases
}

/// The kind that a heading of a case with a toolkit of its own begins with.
fn own_kind(heading: &str) -> Option<Kind> {
    let (kind, _) = heading.split_once(": ")?;
    [("wrong", Kind::Wrong), ("right", Kind::Right), ("doubt", Kind::Doubt)]
        .into_iter()
        .find(|(name, _)| *name == kind)
        .map(|(_, kind)| kind)
}

impl Set {
    fn case(self, page: &str, line: usize, kind: Option<Kind>, text: &str, hole: Option<&str>) -> Case {
        let mut files = Vec::new();
        let mut marks = Vec::new();
        let mut holes = 0;
        for (path, body) in &self.files {
            let body = match hole.filter(|_| body.contains("{}")) {
                Some(hole) => {
                    holes += 1;
                    fill(body, hole)
                }
                None => body.clone(),
            };
            let (mut clean, found) = unmark(&body);
            if self.crlf {
                clean = clean.replace('\n', "\r\n");
            }
            if self.bom {
                clean.insert(0, '\u{feff}');
            }
            marks.extend(found.into_iter().map(|span| Mark { file: path.clone(), span }));
            files.push((path.clone(), clean));
        }
        assert_eq!(holes, usize::from(hole.is_some()), "{page}:{line}: holes");
        let marked = if marks.is_empty() { Kind::Right } else { Kind::Wrong };
        let kind = kind.unwrap_or(marked);
        assert!(kind == Kind::Doubt || kind == marked, "{page}:{line}: brackets");
        let text = if hole.is_some() {
            text.to_owned()
        } else {
            let all: Vec<String> = self.files.iter().map(|(path, body)| format!("{path}\n{body}")).collect();
            all.join("\n")
        };
        Case {
            page: page.to_owned(),
            line,
            text,
            kind,
            files,
            marks,
            alone: self.alone,
            today: self.today,
            publishes: self.publishes,
        }
    }
}

/// `body` with `hole` in its hole; a new line goes on with the blanks and `>` that the hole's line starts with.
fn fill(body: &str, hole: &str) -> String {
    let (before, after) = body.split_once("{}").unwrap();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let indent: String = line.chars().take_while(|c| [' ', '>'].contains(c)).collect();
    let text = hole.replace('⏎', &format!("\n{indent}")).replace('⍽', "\u{a0}").replace('¬', "\u{ad}");
    format!("{before}{text}{after}")
}

/// The text without its brackets, and the places that they stand around.
fn unmark(text: &str) -> (String, Vec<Option<(Spot, Spot)>>) {
    let mut clean = String::new();
    let mut found = Vec::new();
    let mut open = Vec::new();
    let (mut line, mut column) = (1, 1);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("⟦?⟧") {
            found.push(None);
            rest = after;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match c {
            '⟦' => open.push((line, column)),
            '⟧' => found.push(Some((open.pop().expect("an opened bracket"), (line, column)))),
            '\n' => (line, column) = (line + 1, 1),
            _ => column += 1,
        }
        if !['⟦', '⟧'].contains(&c) {
            clean.push(c);
        }
    }
    assert!(open.is_empty(), "an open bracket: {text}");
    (clean, found)
}

/// What came out of a case.
struct Outcome {
    /// How well the best finding stands; none: nothing was found.
    best: Option<Fit>,
    /// Findings that nobody asked for.
    alarms: Vec<String>,
    /// Findings on the structure: the case itself is broken.
    broken: Vec<String>,
}

/// In the file, on the line, at the column, up to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    File,
    Line,
    Column,
    End,
    Anywhere,
}

fn fit(place: &Place, marks: &[Mark]) -> Option<Fit> {
    // a folder is reported as a whole
    let holds = |mark: &&Mark| {
        mark.file.strip_prefix(&*place.file).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let fits = marks.iter().filter(holds).map(|mark| match mark.span {
        None => Fit::Anywhere,
        Some(_) if mark.file != *place.file => Fit::Anywhere,
        // what is said of a file's name has no line; the mark is at the first
        Some((start, _)) if place.line == 0 && start == (1, 1) => Fit::End,
        Some((start, _)) if start.0 != place.line => Fit::File,
        Some((start, _)) if start.1 != place.column => Fit::Line,
        Some((_, end)) if end != (place.end_line, place.end_column) => Fit::Column,
        Some(_) => Fit::End,
    });
    fits.max()
}

fn run(case: &Case, base: &Files, today: Date) -> Outcome {
    let mut files = case.files.clone();
    if !case.alone {
        files.extend(base.iter().filter(|(path, _)| !case.files.iter().any(|(own, _)| own == path)).cloned());
    }
    sign(&mut files);
    let stage = if case.publishes { Stage::Publishing } else { Stage::Preview };
    let findings = check_texts(&files, case.today.unwrap_or(today), stage);
    let tell = |finding: &Finding| {
        let place = &finding.place;
        format!("{}:{}:{}: {} {}", place.file, place.line, place.column, finding.rule, finding.message)
    };
    let structure = |finding: &&Finding| {
        *finding.rule != *case.page && Rule::find(&finding.rule).is_none_or(|rule| rule.group == Group::Structure)
    };
    let broken = findings.iter().filter(structure).map(tell).collect();
    let mut own: Vec<_> = findings.iter().filter(|finding| *finding.rule == *case.page).collect();
    own.sort_by_key(|finding| std::cmp::Reverse(fit(&finding.place, &case.marks)));
    let best = own.first().and_then(|finding| fit(&finding.place, &case.marks));
    let alarms = own.iter().skip(usize::from(best.is_some())).map(|finding| tell(finding)).collect();
    Outcome { best, alarms, broken }
}

/// Puts fingerprints in the place of `{fingerprint of ITEM for AUDIENCE}`.
fn sign(files: &mut Files) {
    const OPENING: &str = "{fingerprint of ";
    if !files.iter().any(|(_, text)| text.contains(OPENING)) {
        return;
    }
    let source = Source::from_texts(files.iter().map(|(path, text)| (path, text)));
    let (toolkit, _) = Toolkit::read(&source);
    let view = View { edition: Edition::Public, today: today(), drafts: true };
    let (voice, _, _) = Voice::tell::<()>(&toolkit, &view, None);
    for (_, text) in files {
        while let Some(at) = text.find(OPENING) {
            let end = at + text[at..].find('}').unwrap();
            let (item, audience) = text[at + OPENING.len()..end].split_once(" for ").unwrap();
            let readers = toolkit.everyone();
            let reader = readers.iter().find(|reader| toolkit.reader_name(*reader) == audience);
            let signed = Signable::named(item, &toolkit).zip(reader);
            let signed = signed.and_then(|(item, reader)| sign_off(item, reader, &toolkit, &voice));
            let fingerprint = signed.unwrap_or_else(|| panic!("nothing to sign: {item} for {audience}")).1.to_string();
            text.replace_range(at..=end, &fingerprint);
        }
    }
}

/// What is counted of a page.
#[derive(Clone, Copy, Default)]
struct Sum {
    wrong: usize,
    right: usize,
    doubt: usize,
    found: usize,
    alarms: usize,
    /// Found with a place that is known.
    placed: usize,
    line: usize,
    column: usize,
    end: usize,
}

impl Sum {
    fn add(&mut self, case: &Case, outcome: &Outcome) {
        match case.kind {
            Kind::Doubt => return self.doubt += 1,
            Kind::Wrong => self.wrong += 1,
            Kind::Right => self.right += 1,
        }
        self.alarms += outcome.alarms.len();
        let Some(best) = outcome.best else { return };
        self.found += 1;
        if best != Fit::Anywhere {
            self.placed += 1;
            self.line += usize::from(best >= Fit::Line);
            self.column += usize::from(best >= Fit::Column);
            self.end += usize::from(best >= Fit::End);
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            wrong: self.wrong + other.wrong,
            right: self.right + other.right,
            doubt: self.doubt + other.doubt,
            found: self.found + other.found,
            alarms: self.alarms + other.alarms,
            placed: self.placed + other.placed,
            line: self.line + other.line,
            column: self.column + other.column,
            end: self.end + other.end,
        }
    }

    fn row(&self, name: &str) -> String {
        let of = |part: usize, whole: usize| {
            let Some(permille) = (part * 1000).checked_div(whole) else { return "–".to_owned() };
            format!("{part} ({}.{} %)", permille / 10, permille % 10)
        };
        format!(
            "| {name} | {} | {} | {} | {} | {} | {} | {} | {} |\n",
            self.wrong,
            of(self.found, self.wrong),
            self.wrong - self.found,
            self.right,
            of(self.alarms, self.right),
            of(self.line, self.placed),
            of(self.column, self.placed),
            of(self.end, self.placed),
        )
    }
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/seeded"))
}

/// All files below `folder`, as paths from `root`.
fn read(root: &Path, folder: &Path, into: &mut Files) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            read(root, &path, into);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            into.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}

fn base() -> Files {
    let mut files = Files::new();
    let root = folder().join("base");
    read(&root, &root, &mut files);
    files
}

/// The pages, each with its rule's name.
fn pages() -> Files {
    let mut files = Files::new();
    read(folder(), folder(), &mut files);
    files.retain(|(path, _)| !path.contains('/') && path != "README.md");
    files.into_iter().map(|(path, text)| (path.trim_end_matches(".md").to_owned(), text)).collect()
}

fn today() -> Date {
    "2026-11-24".parse().unwrap()
}

/// All outcomes in the order of the cases, on all cores.
fn outcomes(cases: &[Case]) -> Vec<Outcome> {
    let (base, next) = (base(), AtomicUsize::new(0));
    let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let work = || {
        let mut done = Vec::new();
        while let Some((n, case)) = Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|n| Some((n, cases.get(n)?))) {
            done.push((n, run(case, &base, today())));
        }
        done
    };
    let mut all: Vec<_> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        running.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    all.sort_by_key(|(n, _)| *n);
    all.into_iter().map(|(_, outcome)| outcome).collect()
}

fn tell(case: &Case, outcome: &Outcome) -> String {
    let mut text = String::new();
    let place = format!("tests/seeded/{}.md:{}", case.page, case.line);
    let mut line = |what: &str| {
        let _ = writeln!(text, "{what}: {place}\n    {}", case.text.replace('\n', "\n    "));
    };
    match (case.kind, outcome.best) {
        (Kind::Doubt, _) if outcome.alarms.is_empty() && outcome.best.is_none() => line("doubt, nothing found"),
        (Kind::Doubt, _) => line("doubt, found"),
        (Kind::Wrong, None) => line("missed"),
        (Kind::Wrong, Some(Fit::File)) => line("wrong line"),
        (Kind::Wrong, Some(Fit::Line)) => line("wrong column"),
        (Kind::Wrong, Some(Fit::Column)) => line("wrong end"),
        _ => {}
    }
    if case.kind != Kind::Doubt && !outcome.alarms.is_empty() {
        line("false alarm");
    }
    for alarm in &outcome.alarms {
        let _ = writeln!(text, "    > {alarm}");
    }
    text
}

#[test]
fn seeded_defects_are_found_and_near_misses_left_alone() {
    let asked = std::env::var("SEEDED").unwrap_or_default();
    let pages: Files = pages().into_iter().filter(|(name, _)| Rule::find(&asked).is_none() || *name == asked).collect();
    let cases: Vec<Case> = pages.iter().flat_map(|(name, text)| cases(name, text)).collect();
    let outcomes = outcomes(&cases);
    let mut out = String::from(
        "\n| rule | defects | found | missed | near-misses | false alarms | line | column | end |\n|---|---|---|---|---|---|---|---|---|\n",
    );
    let (mut total, mut shown, mut broken) = (Sum::default(), String::new(), String::new());
    for (name, _) in &pages {
        let mut sum = Sum::default();
        let built = Rule::find(name).is_some();
        for (case, outcome) in cases.iter().zip(&outcomes).filter(|(case, _)| case.page == *name) {
            sum.add(case, outcome);
            if built {
                shown += &tell(case, outcome);
            }
            // `checks:` and notes can't name a rule before it is built
            for finding in outcome.broken.iter().filter(|_| built) {
                let _ = writeln!(broken, "tests/seeded/{name}.md:{}: {finding}", case.line);
            }
        }
        if built {
            out += &sum.row(name);
            total = total.plus(sum);
        } else {
            let _ = writeln!(out, "| {name} | {} | not built | | {} | | | | |", sum.wrong, sum.right);
        }
    }
    out += &total.row("total");
    if !asked.is_empty() {
        println!("{shown}");
    }
    println!("{out}");
    assert!(broken.is_empty(), "cases that are no toolkit:\n{broken}");
    assert!(total.found * 100 >= total.wrong * 98, "more than 2 % of the defects are missed\n{out}");
    assert!(total.alarms * 100 <= total.right * 2, "more than 2 % false alarms\n{out}");
    assert!(total.line * 100 >= total.placed * 99, "more than 1 % of the lines are wrong\n{out}");
    assert!(total.column * 100 >= total.placed * 95, "more than 5 % of the columns are wrong\n{out}");
}

#[test]
fn the_base_has_no_finding() {
    let findings: Vec<_> = check_texts(&base(), today(), Stage::Preview)
        .iter()
        .map(|finding| format!("{}:{}: {} {}", finding.place.file, finding.place.line, finding.rule, finding.message))
        .collect();
    assert!(findings.is_empty(), "{findings:#?}");
}

#[test]
fn a_page_is_read_as_the_readme_says() {
    let page = "# `x`\n\n## template quoted (crlf, bom)\n\n```md a.md\n> {}\nend\n```\n\nwrong\n- é ⟦a⏎b⟧ c\nright\n- ok\ndoubt\nwhy\n- ⟦x⟧\n\n## case two\n\n```md b.md\n⟦?⟧b\n```\n";
    let cases = cases("x", page);
    assert_eq!(
        cases.iter().map(|case| case.kind).collect::<Vec<_>>(),
        [Kind::Wrong, Kind::Right, Kind::Doubt, Kind::Wrong]
    );
    assert_eq!(cases[0].files, [("a.md".to_owned(), "\u{feff}> é a\r\n> b c\r\nend\r\n".to_owned())]);
    assert_eq!(cases[0].marks, [Mark { file: "a.md".into(), span: Some(((1, 5), (2, 4))) }]);
    assert_eq!(cases[1].marks, []);
    assert_eq!(cases[3].marks, [Mark { file: "b.md".into(), span: None }]);
    assert_eq!(unmark("⟦a ⟦b⟧⟧").1, [Some(((1, 3), (1, 4))), Some(((1, 1), (1, 4)))]);
}

/// What is found in files, as text.
fn told(files: &Files, today: Date) -> Vec<String> {
    let findings = check_texts(files, today, Stage::Preview);
    let tell = |it: &Finding| {
        let place = &it.place;
        format!("{}:{}:{}: {} {} {:?}", place.file, place.line, place.column, it.rule, it.message, it.audiences)
    };
    findings.iter().map(tell).collect()
}

#[test]
fn no_rule_changes_its_mind_with_the_order_of_files_the_threads_or_another_file() {
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let other = ("content/pages/of-no-account.md".to_owned(), "---\ntitle: Of no account\n---\nWords.\n".to_owned());
    let mut differ = String::new();
    // a case of each page, and one in thirty
    for (name, text) in pages() {
        for case in cases(&name, &text).into_iter().enumerate().filter(|(n, _)| n % 30 == 0).map(|(_, case)| case) {
            let mut files = case.files.clone();
            if !case.alone {
                files.extend(base().into_iter().filter(|(path, _)| !case.files.iter().any(|(own, _)| own == path)));
            }
            let today = case.today.unwrap_or_else(today);
            let first = told(&files, today);
            let mut turned: Files = files.iter().rev().cloned().collect();
            let orders = [told(&turned, today), one.install(|| told(&files, today))];
            turned.push(other.clone());
            let mut beside = told(&turned, today);
            beside.retain(|finding| !finding.starts_with(&other.0));
            if orders.iter().any(|found| *found != first) || beside != first {
                let _ = writeln!(differ, "{name}.md:{}\n{first:#?}\n{orders:#?}\n{beside:#?}", case.line);
            }
        }
    }
    assert!(differ.is_empty(), "\n{differ}");
}
