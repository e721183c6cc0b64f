//! All that one role has to read before it signs: the exact words, what changed since it signed, and what to send back.
//! Partners only; one link, or one print, for somebody who reads nothing else of the kit.

use tera::Value;

use super::signable::Sheet;
use crate::language::difference::Row;
use crate::plan::address;
use crate::render::differences::paragraphs;
use crate::render::fields::{Fields, maybe};
use crate::render::page::Maker;
use crate::toolkit::approval::Approval;
use crate::toolkit::id::Reader;
use crate::toolkit::local::{Local, LocalKind};
use crate::voice::sign_off::{FACTS, HEADINGS, Signable, Signature, asked, changes, sign_off, texts};

/// Words that a role is asked to sign, with all who read them so.
struct Asked<'a> {
    what: Signable,
    words: String,
    code: String,
    standing: Standing<'a>,
    readers: Vec<Reader>,
}

/// Where the role stands with them.
#[derive(PartialEq)]
enum Standing<'a> {
    /// It signed other words; those, where they were kept.
    Changed(&'a Approval, Option<&'a str>),
    New,
    Signed(&'a Approval),
}

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    let site = maker.site;
    let (Some(key), Some(role)) = (site.view.key(), site.plan.reviewer(maker.page)) else { return };
    maker.own_title(&maker.word("role_list").replace("%s", role));
    let sheet = Sheet::open(site, key);
    let all = all_asked(&sheet, role);
    for it in &all {
        maker.print(&it.code);
    }
    let mail = site.toolkit.local.iter().find(|local| local.kind == LocalKind::Email).and_then(Local::href);
    let values = |wanted: fn(&Standing<'_>) -> bool| {
        let of = all.iter().filter(|it| wanted(&it.standing));
        Value::from(of.map(|it| sheet.asked(it, mail.as_deref())).collect::<Vec<_>>())
    };
    maker.set("role", role);
    maker.set("waiting", all.iter().filter(|it| !matches!(it.standing, Standing::Signed(_))).count());
    maker.set("changed", values(|it| matches!(it, Standing::Changed(..))));
    maker.set("fresh", values(|it| *it == Standing::New));
    maker.set("signed", values(|it| matches!(it, Standing::Signed(_))));
}

/// All that a role is asked for; texts of one item that some audiences read alike are one.
fn all_asked<'a>(sheet: &Sheet<'_, 'a>, role: &str) -> Vec<Asked<'a>> {
    let toolkit = sheet.site.toolkit;
    let is_asked = |reader: &Reader| asked(*reader, toolkit).iter().any(|it| it.role == role);
    let readers: Vec<Reader> = toolkit.everyone().iter().filter(is_asked).collect();
    let mut all: Vec<Asked<'a>> = Vec::new();
    for what in sheet.all() {
        let first = all.len();
        let reads = what.readers(toolkit);
        for reader in readers.iter().copied().filter(|reader| reads.has(*reader)) {
            let (Some(signature), Some((words, fingerprint))) =
                (sheet.book.signature(what, reader, role), sign_off(what, reader, toolkit, sheet.site.voice))
            else {
                continue;
            };
            let standing = match signature {
                Signature::Signed(approval) => Standing::Signed(approval),
                Signature::Changed { approval, before, .. } => Standing::Changed(approval, before),
                Signature::Never => Standing::New,
            };
            let same = all.iter_mut().skip(first).find(|it| it.words == words && it.standing == standing);
            if let Some(it) = same {
                it.readers.push(reader);
            } else {
                all.push(Asked { what, words, code: fingerprint.code(), standing, readers: vec![reader] });
            }
        }
    }
    all
}

impl Sheet<'_, '_> {
    fn asked(&self, it: &Asked<'_>, mail: Option<&str>) -> Value {
        let item = it.what.name(self.site.toolkit);
        let (before, on) = match it.standing {
            Standing::Changed(approval, before) => (before, Some(approval.on.0)),
            Standing::Signed(approval) => (None, Some(approval.on.0)),
            Standing::New => (None, None),
        };
        // signed words are known: their name and code are enough
        let is_signed = matches!(it.standing, Standing::Signed(_));
        let parts = if is_signed { Vec::new() } else { parts(before, &it.words) };
        let title = it.readers.first().map(|reader| self.title(it.what, *reader)).unwrap_or_default();
        let readers = it.readers.iter().map(|reader| Value::from(self.reader(it.what, *reader)));
        let answer = format!("{} {}", item, it.code);
        let send = mail.map(|mail| {
            let mut href = format!("{mail}?subject=");
            address::encode(&self.site.theme.words.get("review_approved").replace("%s", &answer), &mut href);
            href
        });
        let fields = Fields::with(8)
            .set("item", &*item)
            .set("title", title)
            .set("version", &*it.code)
            .set("readers", Value::from(readers.collect::<Vec<_>>()))
            .set("parts", Value::from(parts))
            .set("send", maybe(send.as_deref()));
        self.day(fields, on).into()
    }
}

/// The texts of the words of today in their order, each by paragraphs; where it is known what was signed, with the words
/// that went and that came.
fn parts(before: Option<&str>, now: &str) -> Vec<Value> {
    let changed = before.map(|before| changes(before, now)).unwrap_or_default();
    let gone = changed.iter().filter(|change| !texts(now).iter().any(|(key, _)| *key == change.key));
    let part =
        |key: &str, rows: &[Row<'_>]| Value::from(Fields::with(2).set("key", key).set("paragraphs", paragraphs(rows)));
    // the title stands above, and facts below the text as on a page
    let mut today = texts(now);
    today.retain(|(key, _)| !HEADINGS.contains(key) || changed.iter().any(|change| change.key == *key));
    today.sort_by_key(|(key, _)| *key == FACTS);
    let today = today.into_iter().map(|(key, text)| match changed.iter().find(|change| change.key == key) {
        Some(change) => part(key, &change.rows),
        None => part(key, &[Row::Same(text)]),
    });
    today.chain(gone.map(|change| part(change.key, &change.rows))).collect()
}
