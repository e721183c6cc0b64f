//! What is signed, as the pages of those who sign show it. Partners only.

use crate::language::Date;
use crate::plan::PageKind;
use crate::render::dates::in_words;
use crate::render::fields::{Fields, maybe};
use crate::render::page::Site;
use crate::toolkit::edition::Key;
use crate::toolkit::id::{Kind, Reader};
use crate::voice::sign_off::{Book, Signable};

/// The sign-offs of a site, and what its pages say of them.
pub(super) struct Sheet<'s, 'a> {
    pub(super) site: &'s Site<'a>,
    pub(super) book: Book<'a>,
}

impl<'s, 'a> Sheet<'s, 'a> {
    pub(super) fn open(site: &'s Site<'a>, key: Key) -> Self {
        Self { site, book: Book::open(site.toolkit, site.voice, key) }
    }

    /// All that is signed and that this edition shows, in the toolkit's order.
    pub(super) fn all(&self) -> impl Iterator<Item = Signable> + use<'_, 's, 'a> {
        Signable::all(self.site.toolkit).filter(|what| what.is_shown(self.site.toolkit, self.site.view))
    }

    /// The theme's word for a kind of text.
    pub(super) fn kind(&self, what: Signable) -> &'static str {
        match what {
            Signable::Ask(_) => "board_asks",
            Signable::Item(n) => match self.site.toolkit.all_items().get(n).map(|item| item.for_checks().kind) {
                Some(Kind::Message) => "messages",
                Some(Kind::Faq) => "questions",
                _ => "talking_points",
            },
        }
    }

    /// What a text is called, as its first reader reads it.
    pub(super) fn title(&self, what: Signable, reader: Reader) -> String {
        match what {
            Signable::Ask(reader) => self.site.toolkit.audience_of(reader).map(|it| it.name.to_string()),
            Signable::Item(n) => self.site.toolkit.all_items().get(n).and_then(|item| {
                let title = self.site.voice.items.get(n)?.text(item.for_checks().heading_key, reader)?;
                Some(self.site.teller(reader).plain(title).into_owned())
            }),
        }
        .unwrap_or_default()
    }

    /// A reader, and where it reads this.
    pub(super) fn reader(&self, what: Signable, reader: Reader) -> Fields {
        let site = self.site;
        let address = match what {
            Signable::Item(n) => u32::try_from(n).ok().and_then(|n| site.links().item(n, reader)),
            Signable::Ask(_) => site.plan.page_of(PageKind::Audience, reader).map(|page| page.address.to_string()),
        };
        let path = address.map(|address| site.teller(reader).path(&address));
        let name = site.toolkit.audience_of(reader).map_or_else(|| site.theme.words.get("everyone"), |it| &*it.name);
        Fields::with(6)
            .set("id", site.toolkit.reader_name(reader))
            .set("name", name)
            .set("path", maybe(path.as_deref()))
    }

    /// Sets a day, as typed and in words.
    pub(super) fn day(&self, fields: Fields, day: Option<Date>) -> Fields {
        let text = day.map(|day| in_words(day, &self.site.theme.words));
        fields.set("on", maybe(day.map(|day| day.to_string()).as_deref())).set("on_text", maybe(text.as_deref()))
    }
}
