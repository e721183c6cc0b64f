//! The spokesperson's page, as `/A/brief/` says it. Partners only: without a key there is none.

use super::content::{Block, Look, Run};
use super::making::{Making, plain_text};
use crate::plan::PageKind;
use crate::toolkit::audience::Avoided;
use crate::toolkit::fact::Source;
use crate::toolkit::id::Kind;
use crate::toolkit::item::Own;
use crate::toolkit::story::Person;

const MESSAGES: usize = 3;
const FACTS: usize = 2;
const QUESTIONS: usize = 5;

/// Fills the brief.
pub(super) fn fill(making: &mut Making<'_>) -> Option<()> {
    let key = making.ground.links.view.key()?;
    let audience = making.audience()?;
    making.page = Some(PageKind::Brief);
    making.title = vec![Run::plain(making.word("brief"))];
    messages(making);
    facts(making, audience, key);
    tough(making);
    story(making);
    let say: Vec<&str> = audience.say.open(key).iter().map(|text| &**text).collect();
    labelled(making, "words_to_use", &say.join("; "));
    let avoid: Vec<&str> = audience
        .avoid
        .open(key)
        .iter()
        .map(|avoided| match avoided {
            Avoided::Phrase(phrase) => &**phrase,
            Avoided::Explained(phrase) => &*phrase.phrase,
        })
        .collect();
    labelled(making, "words_to_avoid", &avoid.join("; "));
    making.ask();
    making.lines();
    Some(())
}

/// Three claims in order, each with its sound bite.
fn messages(making: &mut Making<'_>) {
    let mut items = Vec::new();
    for shown in making.messages().into_iter().take(MESSAGES) {
        making.uses(shown.item);
        let mut runs = making.text_bare(shown, "claim");
        for run in &mut runs {
            run.strong = true;
        }
        let mut blocks = vec![Block::Paragraph { runs, look: Look::Text }];
        let bite = making.text_bare(shown, "sound_bite");
        if !bite.is_empty() {
            blocks.push(Block::Paragraph { runs: bite, look: Look::Text });
        }
        items.push(blocks);
    }
    if !items.is_empty() {
        making.heading("three_points");
        making.blocks.push(Block::List { start: Some(1), items });
    }
}

fn facts(making: &mut Making<'_>, audience: &crate::toolkit::audience::Audience, key: crate::toolkit::edition::Key) {
    let toolkit = making.ground.links.toolkit;
    let mut ids: Vec<&str> = audience.facts_first.open(key).iter().map(|id| &**id).collect();
    let messages = making.items(Kind::Message);
    let first = audience.message_order.iter().filter_map(|id| messages.iter().find(|shown| shown.item.id == *id));
    for id in first.flat_map(|shown| &shown.item.facts) {
        if !ids.contains(&&**id) && !audience.facts_never.open(key).contains(id) {
            ids.push(id);
        }
    }
    ids.truncate(FACTS);
    let (caveat, source, others) = (making.word("caveat"), making.word("source"), making.word("and_others"));
    let item = |id: &&str| {
        let fact = toolkit.fact(id)?;
        let mut runs = vec![Run::plain(&*fact.plain)];
        if let Some(limit) = &fact.caveat {
            runs.extend([Run::plain(" "), Run::strong(format!("{caveat}:")), Run::plain(format!(" {limit}"))]);
        }
        if let Some(origin) = toolkit.sources.get(&fact.source) {
            runs.extend([
                Run::plain(" "),
                Run::strong(format!("{source}:")),
                Run::plain(format!(" {}.", short(origin, &others))),
            ]);
        }
        Some(vec![Block::Paragraph { runs, look: Look::Text }])
    };
    let items: Vec<Vec<Block>> = ids.iter().filter_map(item).collect();
    if !items.is_empty() {
        making.heading("facts_first");
        making.blocks.push(Block::List { start: None, items });
    }
}

/// A source in few words, for one page: its first author or, without one, its title, and the year.
fn short(origin: &Source, others: &str) -> String {
    let year = origin.year.as_ref().map(|year| format!(", {}", year.0)).unwrap_or_default();
    match origin.authors.0.as_slice() {
        [] => format!("{}{year}", origin.title),
        [only] => format!("{}{year}", surname(only)),
        [first, ..] => format!("{}{year}", others.replace("%s", surname(first))),
    }
}

/// `Collins` of `Collins, S. E.`. What is followed by no initials is the name of an organization, and stays whole.
fn surname(author: &str) -> &str {
    let initial = |part: &str| {
        part.len() > 1
            && part.ends_with('.')
            && part.split_inclusive('.').all(|one| one.trim_matches(['-', '.']).chars().count() == 1)
    };
    match author.split_once(", ") {
        Some((name, rest)) if !rest.is_empty() && rest.split(' ').all(initial) => name,
        _ => author,
    }
}

/// Five hard questions, each with the way out and what must not be said.
fn tough(making: &mut Making<'_>) {
    let questions: Vec<_> = making.items(Kind::ToughQuestion).into_iter().take(QUESTIONS).collect();
    if !questions.is_empty() {
        making.heading("five_questions");
    }
    for shown in questions {
        let Own::ToughQuestion(own) = &shown.item.own else { continue };
        making.uses(shown.item);
        let question = making.text_bare(shown, "question");
        let mut runs = making.text_bare(shown, "bridge");
        if !own.never_say.is_empty() {
            // as the page has them: some are words, some are advice
            let never: Vec<&str> = own.never_say.iter().map(|text| &**text).collect();
            let space = if runs.is_empty() { "" } else { " " };
            runs.extend([
                Run::plain(space),
                Run::strong(format!("{}:", making.word("never_say"))),
                Run::plain(format!(" {}", never.join("; "))),
            ]);
        }
        runs.retain(|run| !run.text.is_empty());
        let blocks = if runs.is_empty() { Vec::new() } else { vec![Block::Paragraph { runs, look: Look::Text }] };
        making.blocks.push(Block::Question { level: 3, runs: question, blocks });
    }
}

fn story(making: &mut Making<'_>) {
    let Some(shown) = making.items(Kind::Story).into_iter().next() else { return };
    let Own::Story(own) = &shown.item.own else { return };
    making.uses(shown.item);
    let title = plain_text(making, shown, "title");
    let whose = making.word(if own.person == Person::Real { "story_real" } else { "story_composite" });
    labelled(making, "one_story", &format!("{title}. {whose}"));
}

/// A paragraph that says what it is in bold: nothing, where there is nothing to say.
fn labelled(making: &mut Making<'_>, word: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    let runs = vec![Run::strong(format!("{}:", making.word(word))), Run::plain(format!(" {text}"))];
    making.blocks.push(Block::Paragraph { runs, look: Look::Text });
}

#[cfg(test)]
mod tests {
    use super::surname;

    #[test]
    fn a_person_has_a_surname_and_an_organization_its_whole_name() {
        assert_eq!(surname("Collins, S. E."), "Collins");
        assert_eq!(surname("Lemay, S.-A."), "Lemay");
        for name in
            ["National Academies of Sciences, Engineering, and Medicine", "Prison Policy Initiative", "Ours, Inc."]
        {
            assert_eq!(surname(name), name);
        }
    }
}
