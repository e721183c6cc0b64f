//! Social cards: the picture that other programs show beside a link. One for a message, an audience, the site.

use serde_json::{Value, json};

use super::ground::Ground;
use super::layout::Layouts;
use super::pdf::language;
use super::{drawn, stand_in};
use crate::finding::Problem;
use crate::toolkit::id::{Kind, Reader};
use crate::voice::Phrase;

/// A card as data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// What it is for.
    pub of: CardOf,
    /// What it says, large.
    pub text: String,
    /// Whom it is for, or nothing.
    pub tag: String,
    /// Who says it.
    pub from: String,
}

/// What a card is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CardOf {
    /// Any page that has none of its own.
    Site,
    /// The pages of an audience that have none of their own.
    Audience(Reader),
    /// The pages of a message, by its number: the claim is the same for all.
    Message(u32),
}

/// All cards of an edition, the site's first. None where the toolkit wants none.
#[must_use]
pub fn cards(ground: &Ground<'_>) -> Vec<Card> {
    let toolkit = ground.links.toolkit;
    let settings = &toolkit.settings;
    if !settings.outputs.cards {
        return Vec::new();
    }
    let from = settings.organization.as_deref().unwrap_or(&settings.title).to_owned();
    let site = Card {
        of: CardOf::Site,
        text: settings.title.to_string(),
        tag: settings.description.as_deref().unwrap_or_default().to_owned(),
        from: settings.organization.as_deref().unwrap_or_default().to_owned(),
    };
    let audiences = toolkit.audiences.iter().map(|audience| {
        let told = audience.reader.index().and_then(|n| ground.voice.audiences.get(n));
        let summary = told.and_then(|told| told.summary.as_ref());
        Card {
            of: CardOf::Audience(audience.reader),
            text: summary.map_or_else(|| audience.name.to_string(), |summary| words(summary, ground, audience.reader)),
            tag: audience.name.to_string(),
            from: settings.title.to_string(),
        }
    });
    let messages = toolkit.items(Kind::Message).iter().filter_map(|item| {
        let item = item.for_view(ground.links.view).ok()?;
        let n = toolkit.item_index(Kind::Message, &item.id)?;
        let reader = item.readers.iter().next()?;
        let claim = ground.voice.items.get(n)?.text("claim", reader)?;
        let of = CardOf::Message(u32::try_from(n).ok()?);
        Some(Card { of, text: words(claim, ground, reader), tag: settings.title.to_string(), from: from.clone() })
    });
    std::iter::once(site).chain(audiences).chain(messages).collect()
}

fn words(phrase: &Phrase, ground: &Ground<'_>, reader: Reader) -> String {
    super::telling::plain(&mut super::telling::Telling::new(ground, reader), phrase)
}

impl Card {
    /// What the card says, for those who can't see it.
    #[must_use]
    pub fn alt(&self) -> String {
        let parts = [&self.text, &self.tag, &self.from];
        let said: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        said.join(" · ")
    }

    /// What the layout gets.
    #[must_use]
    pub fn data(&self, site_language: &str, accent: &str, layouts: &Layouts) -> Value {
        let (lang, region) = language(site_language);
        let mut data = json!({
            "accent": accent,
            "lang": lang,
            "region": region,
            "text": self.text,
            "tag": self.tag,
            "from": self.from,
            "site": self.of == CardOf::Site,
        });
        // what a font lacks stands on the page, too, and is told of the hand-outs
        stand_in::replace(&mut data, &|c| layouts.has(c));
        data
    }
}

/// The fingerprint of all that a card's picture depends on.
#[must_use]
pub fn key(data: &Value, layouts: &Layouts) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&layouts.fingerprint);
    hasher.update(b"card 1 ");
    hasher.update(data.to_string().as_bytes());
    hasher.finalize()
}

/// Draws a card: a PNG of 1200 × 630 pixels.
///
/// # Errors
/// What is wrong with the layout.
pub fn draw(data: &Value, layouts: &Layouts) -> Result<Vec<u8>, Problem> {
    let document = layouts.set("social", &data.to_string(), &[])?;
    Ok(document.pages().first().map(drawn::card).unwrap_or_default())
}
