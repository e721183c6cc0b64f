//! The spokesperson's page: three messages, three points, who is heard, the facts to begin with and those to leave out, five
//! tough questions with their short answers, a story, what to say and what not. Partners only.

use tera::Value;

use super::profile::{avoided, list};
use crate::render::fields::maybe;
use crate::render::page::{Maker, items_of};
use crate::toolkit::id::Kind;

const MESSAGES: usize = 3;
const POINTS: usize = 3;
const FACTS: usize = 3;
const QUESTIONS: usize = 5;

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    let (Some(audience), Some(key)) = (maker.site.toolkit.audience_of(maker.page.reader), maker.site.view.key()) else {
        return;
    };
    maker.own_title(maker.word("brief"));
    let messages: Vec<Value> =
        maker.shared.messages.as_array().unwrap_or_default().iter().take(MESSAGES).cloned().collect();
    maker.set("messages", Value::from(messages));
    let (points, seconds) = super::audience::points(maker, POINTS);
    maker.set("points", points);
    maker.set("seconds", seconds);
    maker.set("trusted_messengers", list(audience.trusted_messengers.open(key)));
    maker.set("tone", maybe(audience.tone.open(key).as_deref()));
    let first = items_of(maker, Kind::Message);
    let mut facts: Vec<&str> = audience.facts_first.open(key).iter().map(|id| &**id).collect();
    for id in audience
        .message_order
        .iter()
        .filter_map(|id| first.iter().find(|at| at.item.id == *id))
        .flat_map(|at| &at.item.facts)
    {
        if !facts.contains(&&**id) && !audience.facts_never.open(key).contains(id) {
            facts.push(id);
        }
    }
    facts.truncate(FACTS);
    let facts = maker.facts(facts);
    maker.set("facts", facts);
    let never = maker.facts(audience.facts_never.open(key).iter().map(|id| &**id));
    maker.set("facts_never", never);
    let tough = super::tough_questions::short(maker, QUESTIONS);
    maker.set("tough", tough);
    let story = items_of(maker, Kind::Story).into_iter().next().map(|at| super::stories::story(maker, at));
    maker.set("story", story.unwrap_or_else(Value::none));
    maker.set("say", list(audience.say.open(key)));
    maker.set("avoid", avoided(audience.avoid.open(key)));
}
