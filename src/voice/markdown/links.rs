//! Links, references and pictures: where they lead, and what stands in their place.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::{Writer, escape_text, narrow};
use crate::finding::{ReferenceTrouble, What};
use crate::toolkit::local::{Local, LocalKind};
use crate::voice::fragment::{Fill, Link, escape};
use crate::voice::prose::MarkKind;
use crate::voice::references::{self, Destination, Target};

/// What ends an open link.
pub(super) enum OpenLink {
    Close(&'static str),
    /// A link whose own words are not shown: `<fact:…>`.
    Silent,
    /// The writer's words for a fact.
    Mark(u32),
    Nothing,
}

pub(super) struct Picture {
    pub(super) html: String,
    pub(super) gap: Option<Fill>,
    pub(super) alt: String,
    pub(super) typed: String,
    pub(super) range: Range<usize>,
}

impl Writer<'_, '_> {
    pub(super) fn start_link(&mut self, kind: LinkType, typed: &str, title: &str, range: Range<usize>) {
        let bare = matches!(kind, LinkType::Autolink);
        let mail;
        let typed = if matches!(kind, LinkType::Email) {
            mail = format!("mailto:{typed}");
            mail.as_str()
        } else {
            typed
        };
        let (destination, problem) = references::read(typed, &self.context.locator.file, self.context.toolkit);
        if let Some(what) = problem {
            self.tell(range.clone(), what);
        }
        self.hear_link(&destination, bare, range.clone());
        let open = match destination {
            Destination::Nothing => OpenLink::Nothing,
            Destination::Fact(fact) if bare => {
                let reads = &self.context.toolkit.facts[fact as usize].reads;
                escape_text(reads, &mut self.out.html);
                self.out.gap(Fill::Mark(fact));
                OpenLink::Silent
            }
            Destination::Fact(fact) => OpenLink::Mark(fact),
            Destination::Local(local) => {
                self.locals.push(local);
                self.start_local(&self.context.toolkit.local[local as usize], bare)
            }
            Destination::Word(key) => self.word(&key, range),
            Destination::Link(target) => {
                let shows_title = bare && !matches!(target, Target::Outside(_));
                let link = narrow(self.links.len());
                self.open_anchor(&target, title, link);
                self.links.push(Link { target, span: self.span(&range) });
                if shows_title {
                    self.out.gap(Fill::Title(link));
                    self.out.html.push_str("</a>");
                    OpenLink::Silent
                } else {
                    OpenLink::Close("</a>")
                }
            }
        };
        self.open_links.push(open);
    }

    /// What a link says, to whoever reads the words alone.
    fn hear_link(&mut self, destination: &Destination, bare: bool, range: Range<usize>) {
        let Some(prose) = &mut self.prose else { return };
        let toolkit = self.context.toolkit;
        let (put_in, own) = match destination {
            Destination::Fact(n) if bare => (Some((&*toolkit.facts[*n as usize].reads, MarkKind::FactReads(*n))), None),
            Destination::Fact(n) => (None, Some(MarkKind::FactWords(*n))),
            Destination::Local(n) if bare => {
                let value = toolkit.local[*n as usize].value.as_deref().unwrap_or("");
                (Some((value, MarkKind::LocalValue(*n))), None)
            }
            Destination::Local(n) => (None, Some(MarkKind::LocalWords(*n))),
            Destination::Word(_) if self.context.no_words => (None, None),
            Destination::Word(key) => (Some(("", MarkKind::Word(key.clone()))), None),
            Destination::Link(Target::Item(n, _)) if bare => (Some(("", MarkKind::Title(*n))), None),
            Destination::Link(Target::Audience(reader)) if bare => {
                let n = reader.index().map_or(u32::MAX, narrow);
                (Some(("", MarkKind::AudienceName(n))), None)
            }
            Destination::Link(Target::Outside(_)) if bare => (None, Some(MarkKind::Address)),
            _ => (None, None),
        };
        if let Some((text, kind)) = put_in {
            prose.put_in(text, range.clone(), kind);
        }
        prose.enter_link(own, range);
    }

    fn open_anchor(&mut self, target: &Target, title: &str, link: u32) {
        if self.picture.is_some() {
            return;
        }
        self.out.html.push_str("<a href=\"");
        match target {
            Target::Outside(address) => escape(address, &mut self.out.html),
            _ => self.out.gap(Fill::Href(link)),
        }
        self.out.html.push('"');
        if !title.is_empty() {
            self.out.html.push_str(" title=\"");
            escape(title, &mut self.out.html);
            self.out.html.push('"');
        }
        self.out.html.push('>');
    }

    fn start_local(&mut self, local: &Local, bare: bool) -> OpenLink {
        let Some(value) = local.value.as_deref() else {
            if bare {
                self.out.html.push_str("<span class=\"blank\">[");
                escape_text(&local.label(), &mut self.out.html);
                self.out.html.push_str("]</span>");
                return OpenLink::Silent;
            }
            return OpenLink::Nothing;
        };
        // an address from the fill-ins is content like any other: only what may be linked becomes a link
        let href = local.href().filter(|href| {
            let (destination, _) = references::read(href, "content/local.yaml", self.context.toolkit);
            matches!(destination, Destination::Link(Target::Outside(_)))
        });
        if let Some(href) = &href {
            self.out.html.push_str("<a href=\"");
            escape(href, &mut self.out.html);
            self.out.html.push_str("\">");
        }
        if !bare {
            return if href.is_some() { OpenLink::Close("</a>") } else { OpenLink::Nothing };
        }
        if local.kind == LocalKind::Phone {
            // a number is not broken at the end of a line
            escape_text(&value.replace(' ', "\u{a0}"), &mut self.out.html);
        } else {
            escape_text(value, &mut self.out.html);
        }
        if href.is_some() {
            self.out.html.push_str("</a>");
        }
        OpenLink::Silent
    }

    fn word(&mut self, key: &str, range: Range<usize>) -> OpenLink {
        if self.context.no_words {
            let why = ReferenceTrouble::WordInClaim;
            self.tell(range, What::UnknownReference { kind: "word", id: key.to_owned(), why });
            return OpenLink::Nothing;
        }
        let toolkit = self.context.toolkit;
        let known = |key: &str| {
            toolkit.settings.words.get(key).is_some() || toolkit.audiences.iter().any(|a| a.words.get(key).is_some())
        };
        if !known(key) {
            let mut words: Vec<&str> =
                toolkit.settings.words.names().chain(toolkit.audiences.iter().flat_map(|a| a.words.names())).collect();
            words.sort_unstable();
            words.dedup();
            let why = ReferenceTrouble::unknown(crate::toolkit::names::nearest_of(key, &words));
            self.tell(range, What::UnknownReference { kind: "word", id: key.to_owned(), why });
            return OpenLink::Nothing;
        }
        let n = self.words.iter().position(|word| **word == *key).unwrap_or_else(|| {
            self.words.push(key.into());
            self.words.len() - 1
        });
        self.out.gap(Fill::Word(narrow(n)));
        OpenLink::Silent
    }

    pub(super) fn end_link(&mut self) {
        if let Some(prose) = &mut self.prose {
            prose.leave_link();
        }
        match self.open_links.pop() {
            Some(OpenLink::Close(html)) => self.push(html),
            Some(OpenLink::Mark(fact)) if self.picture.is_none() => self.out.gap(Fill::Mark(fact)),
            _ => {}
        }
    }

    pub(super) fn start_picture(&mut self, typed: &str, title: &str, range: Range<usize>) {
        let (destination, problem) = references::read(typed, &self.context.locator.file, self.context.toolkit);
        if let Some(prose) = &mut self.prose {
            prose.enter_link(Some(MarkKind::Alt), range.clone());
        }
        let mut html = String::new();
        let gap = match (destination, problem) {
            (Destination::Link(target @ Target::File(_)), _) => {
                let link = narrow(self.links.len());
                self.links.push(Link { target, span: self.span(&range) });
                Some(Fill::Href(link))
            }
            (_, Some(what)) => {
                self.tell(range.clone(), what);
                None
            }
            // a picture from elsewhere would be a request to elsewhere
            _ => {
                self.tell(range.clone(), What::MissingFile { path: typed.to_owned(), near: None });
                None
            }
        };
        if !title.is_empty() {
            html.push_str(" title=\"");
            escape(title, &mut html);
            html.push('"');
        }
        self.picture = Some(Picture { html, gap, alt: String::new(), typed: typed.to_owned(), range });
    }

    pub(super) fn end_picture(&mut self) {
        let Some(picture) = self.picture.take() else { return };
        if let Some(prose) = &mut self.prose {
            prose.leave_link();
        }
        if picture.alt.trim().is_empty() {
            self.tell(picture.range, What::MissingAlt { picture: picture.typed });
        }
        let Some(gap) = picture.gap else {
            // nothing to show: the text for it stands in its place
            return self.push(&picture.alt);
        };
        if self.is_silent() {
            return;
        }
        self.out.html.push_str("<img src=\"");
        self.out.gap(gap);
        self.out.html.push_str("\" alt=\"");
        self.out.html.push_str(&picture.alt);
        self.out.html.push('"');
        self.out.html.push_str(&picture.html);
        self.out.html.push_str(" loading=\"lazy\">");
    }
}
