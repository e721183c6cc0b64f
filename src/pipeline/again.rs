//! A toolkit read and told: from nothing, or from the state before it. Most saves change bodies and nothing else; then all
//! but these stays, and the time hardly grows with the toolkit.

use std::sync::Arc;

use super::memo::Memo;
use super::{Request, around};
use crate::check::Tell;
use crate::check::accept::Note;
use crate::finding::Problem;
use crate::plan::{Plan, Planned};
use crate::source::{Seen, Source};
use crate::toolkit::Toolkit;
use crate::toolkit::item::Item;
use crate::voice::{Again, Around, Ear, FileOf, Told, ToldItem, Voice};

/// So often a state is made from the one before it without going through everything: now and then what was not used for
/// long is let go.
const MENDED: u32 = 256;

/// A toolkit, and what in it can't be used.
pub(super) struct Read {
    pub toolkit: Toolkit,
    pub problems: Vec<Problem>,
    pub before: Before,
}

/// The state before, where nothing else is new than the bodies of the items with these numbers.
pub(super) struct Before(Option<(State, Vec<usize>)>);

/// A toolkit's texts and pages, what in them can't be used, and what rules find in them.
pub(super) struct Texts {
    pub voice: Voice,
    pub plan: Arc<Plan>,
    pub problems: Vec<Problem>,
    pub tells: Vec<Tell>,
    pub state: State,
}

/// What the next state begins with.
pub(super) struct State {
    around: Around,
    told: Vec<ToldItem<Arc<[Tell]>>>,
    planned: Planned,
    /// The notes in front matter and YAML files that accept findings, once they were looked for.
    pub notes: Option<Vec<Note>>,
    /// What is wrong with the templates that pages name, once that was looked for.
    pub templates: Option<Vec<Problem>>,
    mended: u32,
}

/// The state that was made last, and of what.
pub(super) struct Last {
    seen: Seen,
    request: Request,
    toolkit: Toolkit,
    problems: Vec<Problem>,
    state: State,
}

impl State {
    /// The numbers of the items in whose bodies notes stand that accept findings.
    pub fn accepting(&self) -> impl Iterator<Item = usize> {
        self.told.iter().enumerate().filter(|(_, told)| told.accepts()).map(|(n, _)| n)
    }
}

impl Last {
    pub fn new(source: &Source, request: &Request, toolkit: &Toolkit, problems: Vec<Problem>, state: State) -> Self {
        Self { seen: source.seen(), request: request.clone(), toolkit: toolkit.clone(), problems, state }
    }
}

impl Read {
    /// Reads a toolkit.
    pub fn new(source: &Source, request: &Request, memo: &mut Memo) -> Self {
        let last = memo.take_last().and_then(|last| Self::from_last(last, source, request));
        last.unwrap_or_else(|| {
            let (toolkit, problems) = Toolkit::read_again(source, &mut memo.items);
            Self { toolkit, problems, before: Before(None) }
        })
    }

    fn from_last(last: Last, source: &Source, request: &Request) -> Option<Self> {
        if last.request != *request || last.state.mended >= MENDED {
            return None;
        }
        let (toolkit, changed) = last.toolkit.with_bodies(&source.others_than(&last.seen)?)?;
        let state = State { mended: last.state.mended + 1, ..last.state };
        Some(Self { toolkit, problems: last.problems, before: Before(Some((state, changed))) })
    }
}

impl Before {
    /// Tells the texts of `toolkit` and plans its pages; `ear` hears what is told.
    pub fn tell(
        self,
        toolkit: &Toolkit,
        source: &Source,
        request: &Request,
        ear: Option<HearTells<'_>>,
        memo: &mut Memo,
    ) -> Texts {
        let view = request.view();
        let file = |item: &Item| (Arc::clone(&item.file), source.get(&item.file).map_or(NOTHING, |file| file.hash));
        let is_on = memo.is_on();
        let file: Option<FileOf<'_>> = is_on.then_some(&file);
        let Some((state, changed)) = self.0 else {
            let around = if is_on { around::look(source, toolkit, request) } else { Around::nothing() };
            let (voice, problems, heard, told) = {
                let again = Again { memo: &mut memo.told, around: &around, file, last: None };
                Voice::tell_again(toolkit, &view, ear, again)
            };
            let planned = Plan::make(toolkit, &voice, &view);
            return Texts::new(
                voice,
                problems,
                &heard,
                State { around, told, planned, notes: None, templates: None, mended: 0 },
            );
        };
        let State { around, told, planned, notes, templates, mended } = state;
        let old: Vec<(usize, Arc<Told>)> = changed.iter().filter_map(|n| Some((*n, told.get(*n)?.told()))).collect();
        let again = Again { memo: &mut memo.told, around: &around, file, last: Some((told, &changed)) };
        let (voice, problems, heard, told) = Voice::tell_again(toolkit, &view, ear, again);
        let planned = planned.with_bodies(&old, toolkit, &voice, &view);
        let planned = planned.unwrap_or_else(|| Plan::make(toolkit, &voice, &view));
        Texts::new(voice, problems, &heard, State { around, told, planned, notes, templates, mended })
    }
}

/// The rules that hear texts.
type HearTells<'a> = Ear<'a, Arc<[Tell]>>;

/// Of a file that is not there.
const NOTHING: blake3::Hash = blake3::Hash::from_bytes([0; 32]);

impl Texts {
    fn new(voice: Voice, mut problems: Vec<Problem>, heard: &[Arc<[Tell]>], state: State) -> Self {
        problems.extend(state.planned.problems().cloned());
        let items = state.told.iter().filter_map(ToldItem::heard);
        let tells = items.chain(heard).flat_map(|tells| tells.iter().cloned()).collect();
        Self { voice, plan: Arc::clone(&state.planned.plan), problems, tells, state }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Stage;
    use crate::pipeline::{Checked, check_again};

    const FACTS: &str = "sources:\n  s: {title: A study, year: 2024}\nfacts:\n  \
        - {id: calls, label: Calls, value: 58, unit: percent, reads: 58%, plain: 58% of calls., source: s, review_by: 2027-01-01}\n  \
        - {id: days, label: Days, value: 41, unit: days, reads: 41 days, plain: 41 days less., source: s, review_by: 2027-01-01}\n";

    fn text<'a>(path: &str, files: &'a [(&str, String)]) -> &'a str {
        files.iter().find(|(name, _)| *name == path).map_or("", |(_, text)| text)
    }

    fn files() -> Vec<(&'static str, String)> {
        let page = |title: &str, body: &str| format!("---\ntitle: {title}\n---\n\n{body}\n");
        vec![
            ("toolkit.yaml", "title: Town\nbase_url: https://example.org/\n".to_owned()),
            ("content/audiences/police.yaml", "name: Police\n".to_owned()),
            ("content/facts.yaml", FACTS.to_owned()),
            ("content/pages/calls.md", page("Calls", "It was <fact:calls>.")),
            ("content/pages/days.md", page("Days", "## Long\n\nIt was <fact:days>.")),
            ("content/pages/none.md", page("None", "See [days](days.md#long), on the first day.")),
            ("content/pages/typed.md", page("Typed", "It was 62%, they say.")),
        ]
    }

    /// The states of a toolkit before and after an edit of one file.
    fn edited(path: &str, from: &str, to: &str) -> (Checked, Checked) {
        let mut files = files();
        let request = Request::to_check("".into(), "2026-05-01".parse().unwrap(), Stage::Preview, "check");
        let mut memo = Memo::new();
        let source = |files: &[(&str, String)]| Source::from_texts(files.iter().map(|(path, text)| (path, text)));
        let before = check_again(&source(&files), &request, &mut memo);
        assert!(text(path, &files).contains(from));
        files.iter_mut().filter(|(name, _)| *name == path).for_each(|(_, text)| *text = text.replace(from, to));
        (before, check_again(&source(&files), &request, &mut memo))
    }

    /// The pages whose texts were told anew.
    fn told_anew((before, after): &(Checked, Checked)) -> Vec<String> {
        let pairs = before.voice.items.iter().zip(&after.voice.items).enumerate();
        let new = pairs.filter(|(_, (old, new))| !Arc::ptr_eq(old, new));
        new.map(|(n, _)| after.toolkit.all_items()[n].for_checks().id.to_string()).collect()
    }

    #[test]
    fn an_edit_of_a_body_tells_this_item_alone_and_keeps_the_plan() {
        let states = edited("content/pages/none.md", "first day", "last day");
        assert_eq!(told_anew(&states), ["none"]);
        assert!(Arc::ptr_eq(&states.0.plan, &states.1.plan));
    }

    #[test]
    fn what_others_lead_to_or_what_is_published_is_planned_anew() {
        for (from, to) in
            [("## Long", "## Longer"), ("<fact:days>", "<fact:calls>"), ("It was", "::: police\nIt\n:::\n\nIt was")]
        {
            let states = edited("content/pages/days.md", from, to);
            assert!(!Arc::ptr_eq(&states.0.plan, &states.1.plan), "{to}");
        }
        let (before, after) = edited("content/pages/days.md", "## Long", "## Longer");
        assert!(after.findings.len() > before.findings.len(), "the link to the heading leads nowhere");
    }

    #[test]
    fn an_edit_of_a_fact_tells_those_who_name_it_or_type_figures() {
        let states = edited("content/facts.yaml", "41", "42");
        assert_eq!(told_anew(&states), ["days", "typed"]);
        let (before, after) = edited("content/facts.yaml", "58", "62");
        assert_ne!(before.findings, after.findings, "62% is the figure of a fact now");
    }

    #[test]
    fn a_fact_that_is_offered_for_one_that_is_not_there_is_offered_in_its_new_words() {
        let mut files = files();
        let request = Request::to_check("".into(), "2026-05-01".parse().unwrap(), Stage::Preview, "check");
        let mut memo = Memo::new();
        let source = |files: &[(&str, String)]| Source::from_texts(files.iter().map(|(path, text)| (path, text)));
        files[5].1 = files[5].1.replace("on the first day", "<fact:cals>");
        let before = check_again(&source(&files), &request, &mut memo).findings;
        files[2].1 = files[2].1.replace("58", "62");
        let after = check_again(&source(&files), &request, &mut memo).findings;
        assert_ne!(before, after);
        assert_eq!(after, check_again(&source(&files), &request, &mut Memo::forgetful()).findings);
    }

    #[test]
    fn what_every_text_may_look_at_tells_all() {
        let states = edited("content/audiences/police.yaml", "Police", "Officers");
        assert_eq!(told_anew(&states).len(), 4);
    }
}
