//! All stages up to the checks, and what they could not use as findings.

use std::sync::Arc;

use super::Request;
use super::again::{Last, Read, Texts};
use super::memo::Memo;
use super::prints::{self, Prints};
use crate::check::accept::{self, Accepted, Covers, Note};
use crate::check::{self, Ground, Listener, Settings, Stage, Tell, Whole, rules};
use crate::finding::{At, Counts, Finding, KeyPath, Problem, Severity, What, YamlTrouble, sort};
use crate::plan::Plan;
use crate::render::{Address, Site, Theme, picture};
use crate::source::{self, Content, Source, SourceFile, front_matter};
use crate::toolkit::Toolkit;
use crate::toolkit::edition::View;
use crate::toolkit::settings::{Check, Weight};
use crate::voice::{Ear, Heard, Verdict, Voice, next_block};

/// A toolkit, read and checked.
pub struct Checked {
    /// The toolkit.
    pub toolkit: Toolkit,
    /// Its texts.
    pub voice: Voice,
    /// Its pages.
    pub plan: Arc<Plan>,
    /// What the edition shows.
    pub view: View,
    /// Its theme; none where that can't be read.
    pub theme: Option<Theme>,
    /// What is to be mended.
    pub findings: Vec<Finding>,
    /// What the writers accept.
    pub accepted: Vec<Accepted>,
    /// What is printed and drawn beside the pages; none where it was not asked for or an error stands before it.
    pub prints: Option<Prints>,
}

/// Reads and checks a toolkit; nothing is written.
#[must_use]
pub fn check(source: &Source, request: &Request) -> Checked {
    check_and(source, request, |_, _| Vec::new())
}

/// Reads and checks a toolkit, and makes what is printed, so that what does not fit is told.
pub(super) fn check_with_prints(source: &Source, request: &Request) -> Checked {
    checked(source, request, |_, _| Vec::new(), true, &mut Memo::forgetful())
}

/// Reads and checks a toolkit; what `more` finds in it is told with the rest.
pub(super) fn check_and(
    source: &Source,
    request: &Request,
    more: impl FnOnce(&Source, &Toolkit) -> Vec<Problem>,
) -> Checked {
    checked(source, request, more, false, &mut Memo::forgetful())
}

/// Reads and checks a toolkit with what is remembered of earlier runs. What is printed is made when it is asked for.
#[must_use]
pub fn check_again(source: &Source, request: &Request, memo: &mut Memo) -> Checked {
    checked(source, request, |_, _| Vec::new(), false, memo)
}

fn checked(
    source: &Source,
    request: &Request,
    more: impl FnOnce(&Source, &Toolkit) -> Vec<Problem>,
    with_prints: bool,
    memo: &mut Memo,
) -> Checked {
    let Read { toolkit, problems: in_files, before } = Read::new(source, request, memo);
    let mut problems: Vec<Problem> = source.problems().to_vec();
    problems.extend_from_slice(&in_files);
    let view = request.view();
    let (settings, found) = settings(&toolkit);
    problems.extend(found);
    let ground = Ground::new(&toolkit, request.today);
    let listener = Listener::new(&ground, &settings, request.stage);
    let hear = |heard: &Heard<'_>| {
        let verdict = listener.as_ref().map(|listener| listener.hear(heard));
        let by_figures = verdict.as_ref().is_some_and(|verdict| verdict.by_figures);
        Verdict { found: verdict.map(|verdict| verdict.found.into()).unwrap_or_default(), by_figures }
    };
    let ear: Option<Ear<'_, Arc<[Tell]>>> = listener.is_some().then_some(&hear);
    let Texts { voice, plan, problems: in_texts, mut tells, mut state } =
        before.tell(&toolkit, source, request, ear, memo);
    problems.extend(in_texts);
    let whole = Whole { toolkit: &toolkit, voice: &voice, plan: &plan, today: request.today };
    tells.extend(check::look(&whole, &settings, request.stage));
    let (theme, found) = memo.theme(source, &toolkit.settings);
    problems.extend(found);
    let wrong = || theme.as_ref().map(|theme| wrong_templates(&toolkit, theme)).unwrap_or_default();
    problems.extend_from_slice(state.templates.get_or_insert_with(wrong));
    problems.extend(wrong_base_url(&toolkit, source, request));
    problems.extend(places_in_pictures(source, &plan, &mut memo.places));
    problems.extend(more(source, &toolkit));
    let told = check::once(&problems, source, &toolkit, &|at| source.place(at));
    let mut findings = check::run(&told, &settings, request.stage, &|at| source.place(at));
    findings.extend(check::weigh(tells, &toolkit, &settings, request.stage, &|at| source.place(at)));
    drop(listener);
    let mut checked = Checked { toolkit, voice, plan, view, theme, findings, accepted: Vec::new(), prints: None };
    let printed = with_prints && print(&mut checked, source, request, &settings);
    sort(&mut checked.findings);
    let accepting: Vec<usize> = state.accepting().collect();
    let of_files = state.notes.get_or_insert_with(|| notes_of_files(source, &mut memo.accepts));
    let notes: Vec<Note> = of_files.iter().cloned().chain(notes_of_bodies(&checked, accepting)).collect();
    apply_accepts(&mut checked, source, &settings, request.stage, &notes, printed);
    check::keep_causes(&problems, &told, &mut checked.findings);
    memo.keep_last(|| Last::new(source, request, &checked.toolkit, in_files, state));
    checked
}

/// The site's address: none anywhere, or one that can be none.
fn wrong_base_url(toolkit: &Toolkit, source: &Source, request: &Request) -> Option<Problem> {
    let typed = toolkit.settings.base_url.as_deref();
    let path = KeyPath::top("base_url");
    if typed.is_none() && request.base_url.is_none() && source.get("toolkit.yaml").is_some() {
        return Some(Problem::new(At::key("toolkit.yaml".into(), path), What::NoBaseUrl));
    }
    let typed = typed.filter(|typed| !Address::is_good(typed))?.to_owned();
    let wanted = "the site's whole address, from `https://` on, like `https://example.org/toolkit/`".to_owned();
    let what = YamlTrouble::BadForm { key: "base_url".to_owned(), found: typed, wanted };
    Some(Problem::new(At::value("toolkit.yaml".into(), path), What::Yaml(what)))
}

/// Makes what is printed, where nothing stands against it; whether pages were set, so that their rules have spoken.
fn print(checked: &mut Checked, source: &Source, request: &Request, settings: &Settings) -> bool {
    if Counts::of(&checked.findings).error > 0 {
        return false;
    }
    let Some(theme) = checked.theme.take() else { return false };
    let address = request.address(checked);
    let site = Site::new(&checked.toolkit, &checked.voice, &checked.plan, &checked.view, &address, theme);
    let (made, problems) = prints::make(source, &request.root, address.base_url.as_deref(), &site);
    checked.theme = Some(site.into_theme());
    checked.prints = Some(made);
    checked.findings.extend(check::run(&problems, settings, request.stage, &|at| source.place(at)));
    cfg!(feature = "pdf")
}

/// What only a program that prints can tell, and only while it prints.
const PRINTED: [&str; 3] = ["missing-glyph", "sheet-too-long", "unprinted-picture"];

/// Findings with those of more problems added: what templates could not make.
#[must_use]
pub fn add(checked: &Checked, problems: &[Problem], source: &Source, request: &Request) -> Vec<Finding> {
    let (settings, _) = settings(&checked.toolkit);
    let mut findings = checked.findings.clone();
    findings.extend(check::run(problems, &settings, request.stage, &|at| source.place(at)));
    sort(&mut findings);
    findings
}

/// Pictures that say where they were taken. It is left out when they are published; whoever took them may want to know.
fn places_in_pictures(source: &Source, plan: &Plan, memo: &mut source::Memo<bool>) -> Vec<Problem> {
    let is_picture = |file: &&Arc<str>| {
        file.rsplit('.').next().is_some_and(|end| {
            ["jpg", "jpeg", "png", "webp", "gif"].iter().any(|known| end.eq_ignore_ascii_case(known))
        })
    };
    let pictures = plan.used.files.iter().filter(is_picture);
    let pictures = pictures.filter_map(|file| source.get(&format!("content/files/{file}")));
    let mut seen = Vec::new();
    let mut problems = Vec::new();
    for file in pictures {
        let from = source::From { path: file.path.arc(), file: file.hash, around: NOTHING };
        let look = || source.asset_bytes(&file.path).is_ok_and(|bytes| picture::strip(&bytes).had_place);
        let had_place = memo.get(&from).unwrap_or_else(look);
        if had_place {
            problems.push(Problem::new(At::file(file.path.arc()), What::PicturePlace));
        }
        seen.push((from, had_place));
    }
    memo.keep(seen, true);
    problems
}

/// Pages that name a template which the theme does not have.
fn wrong_templates(toolkit: &Toolkit, theme: &Theme) -> Vec<Problem> {
    let mut problems = Vec::new();
    for item in toolkit.items(crate::toolkit::id::Kind::Page) {
        let item = item.for_checks();
        let crate::toolkit::item::Own::Page(page) = &item.own else { continue };
        let Some(name) = page.template.as_deref().filter(|name| !theme.has_template(name)) else { continue };
        let what = crate::finding::TemplateTrouble::Missing {
            what: "template",
            name: name.to_owned(),
            known: theme.templates().map(str::to_owned).collect(),
        };
        let at = item.at(KeyPath::top("template"));
        problems.push(Problem { item: Some(item.name().into()), ..Problem::new(at, What::Template(what)) });
    }
    problems
}

/// The toolkit's `checks`, and names in it that are no rules.
fn settings(toolkit: &Toolkit) -> (Settings, Vec<Problem>) {
    let mut settings = Settings::default();
    let mut problems = Vec::new();
    for (name, check) in &toolkit.settings.checks.0 {
        if !rules::ALL.iter().any(|rule| rule.name == &**name) {
            let known = rules::ALL.iter().map(|rule| rule.name.to_owned()).collect();
            let what = What::UnknownKey { key: name.to_string(), known, inside: "checks".to_owned() };
            let at = At::key("toolkit.yaml".into(), KeyPath::top("checks").key(name));
            problems.push(Problem::new(at, what));
            continue;
        }
        problems.extend(rules::ALL.iter().filter(|rule| rule.name == &**name).filter_map(|rule| in_vain(rule, check)));
        let (preview, publish) = by_stage(check);
        for (stage, weight) in [(Stage::Preview, preview), (Stage::Publishing, publish)] {
            if let Some(weight) = weight {
                settings.set(name, stage, severity(weight));
            }
        }
    }
    (settings, problems)
}

/// That a rule which can't be switched off or lowered is to be.
fn in_vain(rule: &check::Rule, check: &Check) -> Option<Problem> {
    let (preview, publish) = by_stage(check);
    let lower = |stage, weight: Option<Weight>| weight.is_some_and(|weight| severity(weight) < rule.severity.at(stage));
    let any = lower(Stage::Preview, preview) || lower(Stage::Publishing, publish);
    let at = At::value("toolkit.yaml".into(), KeyPath::top("checks").key(rule.name));
    (rule.fixed == check::Fixed::Whole && any).then(|| Problem::new(at, What::CannotBeLowered { rule: rule.name }))
}

/// What a toolkit says of a rule, for each stage.
const fn by_stage(check: &Check) -> (Option<Weight>, Option<Weight>) {
    match check {
        Check::Both(weight) => (Some(*weight), Some(*weight)),
        Check::ByStage(stages) => (stages.preview, stages.publish),
    }
}

const fn severity(weight: Weight) -> Option<Severity> {
    match weight {
        Weight::Off => None,
        Weight::On(severity) => Some(severity),
    }
}

/// Takes accepted findings out, and adds what is wrong with the notes that accept them.
fn apply_accepts(
    checked: &mut Checked,
    source: &Source,
    settings: &Settings,
    stage: Stage,
    notes: &[Note],
    printed: bool,
) {
    if notes.is_empty() {
        return;
    }
    let offset = |finding: &Finding| source.offset(&finding.place);
    let is_on = |rule: &check::Rule| {
        if !printed && PRINTED.contains(&rule.name) {
            return false;
        }
        settings.severity(rule, stage).is_some()
            || Stage::ALL.iter().all(|stage| settings.severity(rule, *stage).is_none())
    };
    let place = |at: &At| source.place(at);
    let (accepted, problems) = accept::apply(notes, &mut checked.findings, &offset, &place, &is_on);
    checked.accepted = accepted;
    checked.findings.extend(check::run(&problems, settings, stage, &|at| source.place(at)));
    sort(&mut checked.findings);
}

/// The notes that accept findings in the bodies of the items with these numbers.
fn notes_of_bodies(checked: &Checked, accepting: Vec<usize>) -> Vec<Note> {
    let mut notes = Vec::new();
    let both = |n: usize| Some((checked.toolkit.all_items().get(n)?, checked.voice.items.get(n)?));
    for (item, told) in accepting.into_iter().filter_map(both) {
        for accept in &told.accepts {
            let item = item.for_checks();
            let span = accept.span.0 as usize..accept.span.1 as usize;
            let block = next_block(&item.text, span.end);
            let covers = if accept.first { Covers::BlockOrFile(block) } else { Covers::Block(block) };
            notes.push(Note { file: Arc::clone(&item.file), text: Arc::clone(&accept.text), span, covers });
        }
    }
    notes
}

/// Those in front matter and in YAML files.
fn notes_of_files(source: &Source, memo: &mut source::Memo<bool>) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut seen = Vec::new();
    for file in source.files() {
        let Content::Text(text) = &file.content else { continue };
        let path = file.path.arc();
        if path.ends_with(".yaml") {
            notes.extend(accept::in_yaml(&path, text, 0));
        } else if path.ends_with(".md")
            && has_accepts(file, text, memo, &mut seen)
            && let Ok(front) = front_matter(text)
        {
            notes.extend(accept::in_yaml(&path, &text[front.yaml.clone()], front.yaml.start));
        }
    }
    memo.keep(seen, true);
    notes
}

/// Whether a file may have notes in its front matter: looking for them in every text of a large toolkit takes longer than
/// the rest.
fn has_accepts(file: &SourceFile, text: &str, memo: &source::Memo<bool>, seen: &mut Vec<(source::From, bool)>) -> bool {
    let from = source::From { path: file.path.arc(), file: file.hash, around: NOTHING };
    let has = memo.get(&from).unwrap_or_else(|| text.contains("# accept:"));
    seen.push((from, has));
    has
}

/// Nothing else is looked at.
const NOTHING: blake3::Hash = blake3::Hash::from_bytes([0; 32]);
