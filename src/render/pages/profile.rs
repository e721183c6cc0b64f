//! An audience's profile: what the coalition knows of it. Partners only.

use std::sync::Arc;

use tera::Value;

use crate::render::dates::in_words;
use crate::render::fields::{Fields, maybe, texts};
use crate::render::page::Maker;
use crate::toolkit::audience::{Audience, Avoided};

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    let (Some(audience), Some(key)) = (maker.site.toolkit.audience_of(maker.page.reader), maker.site.view.key()) else {
        return;
    };
    maker.own_title(maker.word("profile"));
    for (name, values) in [
        ("values", &audience.values),
        ("trusted_messengers", &audience.trusted_messengers),
        ("channels", &audience.channels),
        ("say", &audience.say),
        ("reviewers", &audience.reviewers),
    ] {
        maker.set(name, list(values.open(key)));
        for value in values.open(key) {
            maker.print(value);
        }
    }
    maker.set("avoid", avoided(audience.avoid.open(key)));
    maker.set("tone", maybe(audience.tone.open(key).as_deref()));
    maker.set("reading_grade", audience.reading_grade.open(key).map_or_else(Value::none, Value::from));
    for (name, ids) in [("facts_first", &audience.facts_first), ("facts_never", &audience.facts_never)] {
        let facts = maker.facts(ids.open(key).iter().map(|id| &**id));
        maker.set(name, facts);
    }
    let review_by = audience.review_by.open(key).map(|day| day.0);
    maker.set("review_by", maybe(review_by.map(|day| day.to_string()).as_deref()));
    let review_by = review_by.map(|day| in_words(day, &maker.site.theme.words));
    maker.set("review_by_text", maybe(review_by.as_deref()));
    maker.set("messages", maker.shared.messages.clone());
    maker.set("words", own_words(maker, audience));
    let handout = audience.handout.open(key);
    maker.set("pages", handout.pages.map_or_else(Value::none, Value::from));
    maker.set("sheet_words", handout.words.map_or_else(Value::none, Value::from));
}

/// The words that this audience has in place of ours, each with ours.
fn own_words(maker: &Maker<'_, '_>, audience: &Audience) -> Value {
    let ours = &maker.site.toolkit.settings.words;
    let words = audience.words.iter().filter(|(name, word)| ours.get(name) != Some(*word)).map(|(name, word)| {
        let ours = ours.get(name).map(|word| &**word);
        Value::from(Fields::with(3).set("name", name).set("word", &**word).set("ours", maybe(ours)))
    });
    Value::from(words.collect::<Vec<_>>())
}

/// Texts as a list.
pub(super) fn list(values: &[Arc<str>]) -> Value {
    texts(values.iter().map(|text| &**text))
}

/// Phrases to avoid, each with what to say and why, where that is known.
pub(super) fn avoided(avoid: &[Avoided]) -> Value {
    let entry = |avoided: &Avoided| {
        let (phrase, say, why) = match avoided {
            Avoided::Phrase(phrase) => (phrase, None, None),
            Avoided::Explained(phrase) => (&phrase.phrase, phrase.say.as_deref(), phrase.why.as_deref()),
        };
        Value::from(Fields::with(3).set("phrase", &**phrase).set("say", maybe(say)).set("why", maybe(why)))
    };
    Value::from(avoid.iter().map(entry).collect::<Vec<_>>())
}
