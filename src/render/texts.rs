//! Texts on a page: fragments with their gaps filled for one reader and one place.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::Arc;

use super::theme::Words;
use crate::plan::{Links, address, anchors};
use crate::toolkit::id::Reader;
use crate::voice::fragment::{escape, plain};
use crate::voice::references::Target;
use crate::voice::{Fill, Fragment, Phrase, Voice};

/// Fills gaps on the pages of one reader.
#[derive(Clone, Copy)]
pub struct Teller<'a> {
    /// Where links lead.
    pub links: Links<'a>,
    /// All texts.
    pub voice: &'a Voice,
    /// The theme's words.
    pub words: &'a Words,
    /// Who reads.
    pub reader: Reader,
    /// Whether links end in `index.html`.
    pub offline: bool,
    /// How many titles stand around the one that is filled.
    pub titles: u8,
}

/// So many titles may stand in each other: two that name each other would never end.
const DEEPEST: u8 = 4;

/// The facts that a page cites, in the order of their marks.
#[derive(Clone, Debug, Default)]
pub struct Cites(pub Vec<u32>);

impl Cites {
    /// The number of a fact's mark, from 1.
    fn number(&mut self, fact: u32) -> usize {
        if let Some(n) = self.0.iter().position(|other| *other == fact) {
            n + 1
        } else {
            self.0.push(fact);
            self.0.len()
        }
    }
}

/// A page's own part of filling: its way to the root and its marks.
pub struct Place<'p> {
    /// `./`, `../`, or an absolute path.
    pub root: &'p str,
    /// The marks so far.
    pub cites: &'p mut Cites,
}

impl Teller<'_> {
    /// An address from the root as it is written in links.
    #[must_use]
    pub fn path(&self, address: &str) -> String {
        let mut out = String::with_capacity(address.len() + 12);
        let (page, anchor) = address.split_once('#').map_or((address, None), |(page, anchor)| (page, Some(anchor)));
        address::encode(page, &mut out);
        if self.offline && (page.is_empty() || page.ends_with('/')) {
            out.push_str("index.html");
        }
        if let Some(anchor) = anchor {
            out.push('#');
            address::encode(anchor, &mut out);
        }
        out
    }

    /// The HTML of a body on its page, and the ids of its headings.
    #[must_use]
    pub fn body(&self, parts: &[Arc<Fragment>], place: &mut Place<'_>) -> (String, Vec<String>) {
        let ids = anchors::ids(parts);
        let mut out = String::with_capacity(parts.iter().map(|part| part.html.len() + part.gaps.len() * 24).sum());
        let mut first = 0;
        for part in parts {
            self.fill(part, 0..part.html.len(), Some(place), &ids[first..], &mut out);
            first += part.headings.len();
        }
        (out, ids)
    }

    /// The first paragraph of a body, without its tags. Without a place: no links and no marks.
    #[must_use]
    pub fn lead(&self, parts: &[Arc<Fragment>], place: Option<&mut Place<'_>>) -> Option<String> {
        let part = parts.iter().find(|part| part.lead.is_some())?;
        let (start, end) = part.lead?;
        let mut out = String::with_capacity((end - start) as usize + 64);
        let bare = place.is_none();
        self.fill(part, start as usize..end as usize, place, &[], &mut out);
        Some(if bare { without_links(&out).into_owned() } else { out })
    }

    /// A phrase on its page.
    #[must_use]
    pub fn phrase(&self, phrase: &Phrase, place: &mut Place<'_>) -> String {
        match phrase {
            Phrase::Plain(text) => text.to_string(),
            Phrase::Rich(part) => {
                let mut out = String::with_capacity(part.html.len() + 64);
                self.fill(part, 0..part.html.len(), Some(place), &[], &mut out);
                out
            }
        }
    }

    /// A phrase for lists on any page: no links, no marks.
    #[must_use]
    pub fn bare(&self, phrase: &Phrase) -> String {
        match phrase {
            Phrase::Plain(text) => text.to_string(),
            Phrase::Rich(part) => {
                let mut out = String::with_capacity(part.html.len());
                self.fill(part, 0..part.html.len(), None, &[], &mut out);
                without_links(&out).into_owned()
            }
        }
    }

    /// A phrase's words.
    #[must_use]
    pub fn plain<'p>(&self, phrase: &'p Phrase) -> Cow<'p, str> {
        match phrase {
            Phrase::Plain(text) => Cow::Borrowed(text),
            Phrase::Rich(_) => Cow::Owned(plain(&self.bare(phrase))),
        }
    }

    fn fill(
        &self,
        part: &Fragment,
        range: std::ops::Range<usize>,
        mut place: Option<&mut Place<'_>>,
        ids: &[String],
        out: &mut String,
    ) {
        part.fill(range, out, |fill, out| match fill {
            Fill::Href(link) => {
                if let Some(place) = &place {
                    self.href(&part.links[link as usize].target, place.root, out);
                }
            }
            Fill::Title(link) => self.title(&part.links[link as usize].target, out),
            Fill::Mark(fact) => {
                if let Some(place) = &mut place {
                    let n = place.cites.number(fact);
                    // writing to a text cannot fail
                    let _ = write!(
                        out,
                        "<sup class=\"mark\"><a href=\"#source-{n}\" aria-label=\"{} {n}\">{n}</a></sup>",
                        self.words.get("source")
                    );
                }
            }
            Fill::Word(word) => {
                if let Some(text) = self.links.toolkit.word(&part.words[word as usize], self.reader) {
                    escape(text, out);
                }
            }
            Fill::HeadingId(heading) => out.push_str(ids.get(heading as usize).map_or("", String::as_str)),
            Fill::Theme(word) => escape(self.words.get(word.name()), out),
        });
    }

    fn href(&self, target: &Target, root: &str, out: &mut String) {
        if let Target::Anchor(anchor) = target {
            out.push('#');
            address::encode(anchor, out);
            return;
        }
        if let Some(address) = self.links.address(target, self.reader) {
            out.push_str(root);
            out.push_str(&self.path(&address));
        }
    }

    /// The title of what a link leads to.
    fn title(&self, target: &Target, out: &mut String) {
        let toolkit = self.links.toolkit;
        match target {
            Target::Item(n, _) => {
                let item = toolkit.all_items()[*n as usize].for_checks();
                let reader = if item.readers.has(self.reader) { self.reader } else { Reader::GENERAL };
                let phrase = self.voice.items[*n as usize].text(item.heading_key, reader);
                if let Some(phrase) = phrase.filter(|_| self.titles < DEEPEST) {
                    out.push_str(&Teller { titles: self.titles + 1, ..*self }.bare(phrase));
                }
            }
            Target::Audience(reader) => {
                if let Some(audience) = toolkit.audience_of(*reader) {
                    escape(&audience.name, out);
                }
            }
            _ => {}
        }
    }
}

/// HTML of ours without its links: their words stay.
fn without_links(html: &str) -> Cow<'_, str> {
    if !html.contains("<a ") {
        return Cow::Borrowed(html);
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("<a ") {
        out.push_str(&rest[..at]);
        rest = rest[at..].split_once('>').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    Cow::Owned(out.replace("</a>", ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_on_other_pages_have_no_links_of_their_own() {
        assert_eq!(without_links("a <a href=\"x\">b</a> <em>c</em>"), "a b <em>c</em>");
        assert_eq!(without_links("<abbr>a</abbr>"), "<abbr>a</abbr>");
    }

    #[test]
    fn a_fact_has_one_number_on_a_page() {
        let mut cites = Cites::default();
        assert_eq!((cites.number(7), cites.number(3), cites.number(7)), (1, 2, 1));
    }
}
