//! Ready texts to pass on, for each message of an audience: a post, an email, a note for a newsletter, words for the phone.

use std::fmt::Write as _;

use tera::Value;

use crate::language::words;
use crate::plan::address;
use crate::render::fields::{Fields, texts};
use crate::render::page::Maker;
use crate::render::things::{self, Numbered};
use crate::toolkit::id::Kind;

/// How many characters a post may have where that is fewest.
const POST: usize = 280;

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    maker.own_title(maker.word("share"));
    let ask = maker.shared.audience.get_from_path("ask").and_then(Value::as_str).unwrap_or_default().to_owned();
    let order = maker.shared.messages.as_array().unwrap_or_default();
    let mut items = crate::render::page::items_of(maker, Kind::Message);
    let rank = |at: &Numbered<'_>| {
        let id = |message: &Value| message.get_from_path("id").and_then(Value::as_str) == Some(&*at.item.id);
        order.iter().position(id)
    };
    items.sort_by_key(rank);
    let shares: Vec<Value> = items.into_iter().filter_map(|at| share(maker, at, &ask)).collect();
    maker.set("shares", Value::from(shares));
}

/// The texts for one message.
fn share(maker: &mut Maker<'_, '_>, at: Numbered<'_>, ask: &str) -> Option<Value> {
    let (site, teller) = (maker.site, maker.teller);
    let told = &site.voice.items[at.n];
    let text = |key: &str| told.text(key, teller.reader).map(|phrase| teller.plain(phrase).into_owned());
    let (title, claim) = (text("title")?, text("claim")?);
    let bite = text("sound_bite").unwrap_or_else(|| claim.clone());
    let thirty = text("thirty_seconds").unwrap_or_else(|| claim.clone());
    let path = teller.links.item(u32::try_from(at.n).ok()?, teller.reader)?;
    let url = site.address.base_url.as_ref().map(|base| {
        let mut url = base.clone();
        address::encode(&path, &mut url);
        url
    });
    let url = url.unwrap_or_default();
    let post = paragraphs(&[&bite, &url]).join(" ");
    let mail = paragraphs(&[&claim, &thirty, ask, &url]);
    let note = paragraphs(&[&thirty, &url]);
    let phone = paragraphs(&[&bite, ask]);
    for text in [&post, &mail.join(" "), &phone.join(" ")] {
        maker.print(text);
    }
    let (noted, said) = (words::count(&thirty), words::count(&phone.join(" ")));
    let characters = post.chars().count();
    let value = Fields::with(7)
        .set("id", &*at.item.id)
        .set("title", &*title)
        .set("path", teller.path(&path))
        .set("post", ready(&[&post]).set("characters", characters).set("fits", characters <= POST))
        .set("email", ready(&mail).set("subject", &*title).set("href", mailto(&title, &mail)))
        .set("note", ready(&note).set("words", noted))
        .set("phone", ready(&phone).set("words", said).set("seconds", things::seconds(said, &teller)));
    Some(value.into())
}

/// A text's paragraphs, without those that have no words.
fn paragraphs<'t>(all: &[&'t str]) -> Vec<&'t str> {
    all.iter().copied().filter(|text| !text.is_empty()).collect()
}

fn ready(paragraphs: &[impl AsRef<str>]) -> Fields {
    Fields::with(4).set("paragraphs", texts(paragraphs.iter().map(AsRef::as_ref)))
}

/// The address that opens a new email (RFC 6068).
fn mailto(subject: &str, paragraphs: &[&str]) -> String {
    let mut href = "mailto:?subject=".to_owned();
    encode(subject, &mut href);
    href.push_str("&body=");
    encode(&paragraphs.join("\r\n\r\n"), &mut href);
    href
}

/// A text as a part of an address: all but letters, digits and `-._~` is percent-encoded (RFC 3986, 2.3).
fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // writing to a text cannot fail
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_keeps_its_words_whatever_signs_they_hold() {
        assert_eq!(
            mailto("50% & more?", &["a=b", "é"]),
            "mailto:?subject=50%25%20%26%20more%3F&body=a%3Db%0D%0A%0D%0A%C3%A9"
        );
    }
}
