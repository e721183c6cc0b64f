//! Who has to sign what and who has, which words changed since, and what is due. Partners only.

use tera::Value;

use super::compared;
use crate::language::Date;
use crate::plan::PageKind;
use crate::plan::due::{Dated, Due, Matter, due};
use crate::render::dates::in_words;
use crate::render::differences::paragraphs;
use crate::render::fields::{Fields, maybe};
use crate::render::page::{Maker, Site};
use crate::toolkit::approval::Approval;
use crate::toolkit::edition::Key;
use crate::toolkit::id::{Kind, Reader};
use crate::voice::sign_off::{Asked, Book, Signable, Signature, asked, changes, sign_off};

/// How many have signed, how many have signed other words, and how many nothing.
#[derive(Clone, Copy, Default)]
struct Tally {
    signed: usize,
    changed: usize,
    missing: usize,
}

/// A role with what it has signed and what it still has to read.
struct Role<'a> {
    asked: Asked<'a>,
    tally: Tally,
    waiting: Vec<Waiting>,
}

/// The roles in the order in which they are first asked.
type Roles<'a> = Vec<Role<'a>>;

/// Words that wait for a role, with all who read them; texts of one item that some audiences read alike are one.
struct Waiting {
    what: Signable,
    code: String,
    again: bool,
    readers: Vec<Reader>,
}

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    let Some(key) = maker.site.view.key() else { return };
    maker.own_title(maker.word("board"));
    let site = maker.site;
    let sheet = Sheet { site, book: Book::open(site.toolkit, site.voice, key) };
    let (mut roles, mut changed) = (Roles::new(), Vec::<Reread<'_>>::new());
    let mut groups: Vec<(&str, Vec<Value>)> = Vec::new();
    for what in Signable::all(site.toolkit).filter(|what| what.is_shown(site.toolkit, site.view)) {
        let Some(item) = sheet.item(what, &mut roles, &mut changed) else { continue };
        let kind = sheet.kind(what);
        match groups.last_mut().filter(|(last, _)| *last == kind) {
            Some((_, items)) => items.push(item),
            None => groups.push((kind, vec![item])),
        }
    }
    let total = roles.iter().fold(Tally::default(), |sum, role| Tally {
        signed: sum.signed + role.tally.signed,
        changed: sum.changed + role.tally.changed,
        missing: sum.missing + role.tally.missing,
    });
    maker.print(&format!("{} {} {}", total.signed, total.changed, total.missing));
    maker.set("signed", total.signed);
    maker.set("asked", total.signed + total.changed + total.missing);
    maker.set("roles", Value::from(roles.iter().enumerate().map(|(n, role)| sheet.role(n, role)).collect::<Vec<_>>()));
    maker.set("changed", Value::from(changed.iter().map(|it| sheet.reread(it)).collect::<Vec<_>>()));
    let groups = groups.into_iter().map(|(kind, items)| {
        let name = site.theme.words.get(kind);
        Value::from(Fields::with(3).set("kind", kind).set("name", name).set("items", Value::from(items)))
    });
    maker.set("groups", Value::from(groups.collect::<Vec<_>>()));
    maker.set("due", dates(site, key));
}

/// Words that a role signed and that read otherwise today, for all readers of whom the same is true.
struct Reread<'a> {
    what: Signable,
    approval: &'a Approval,
    before: Option<&'a str>,
    now: String,
    readers: Vec<Reader>,
}

impl Reread<'_> {
    fn add(self, all: &mut Vec<Self>) {
        let same = |other: &&mut Self| {
            other.approval.by == self.approval.by
                && other.approval.on == self.approval.on
                && other.before == self.before
                && other.now == self.now
        };
        match all.iter_mut().rev().take_while(|other| other.what == self.what).find(same) {
            Some(other) => other.readers.extend(self.readers),
            None => all.push(self),
        }
    }
}

impl Role<'_> {
    fn wait(&mut self, what: Signable, code: &str, again: bool, reader: Reader) {
        let of_this = self.waiting.iter_mut().rev().take_while(|it| it.what == what);
        match of_this.into_iter().find(|it| it.code == code && it.again == again) {
            Some(it) => it.readers.push(reader),
            None => self.waiting.push(Waiting { what, code: code.to_owned(), again, readers: vec![reader] }),
        }
    }
}

/// What one item's line is made from.
struct Sheet<'s, 'a> {
    site: &'s Site<'a>,
    book: Book<'a>,
}

impl<'a> Sheet<'_, 'a> {
    /// The theme's word for a kind of text.
    fn kind(&self, what: Signable) -> &'static str {
        match what {
            Signable::Ask(_) => "board_asks",
            Signable::Item(n) => match self.site.toolkit.all_items().get(n).map(|item| item.for_checks().kind) {
                Some(Kind::Message) => "messages",
                Some(Kind::Faq) => "questions",
                _ => "talking_points",
            },
        }
    }

    /// An item with its readers and those who are asked; none where nobody is asked.
    fn item(&self, what: Signable, roles: &mut Roles<'a>, changed: &mut Vec<Reread<'a>>) -> Option<Value> {
        let toolkit = self.site.toolkit;
        let name = what.name(toolkit);
        let mut tally = Tally::default();
        let mut readers = Vec::new();
        let mut title = None;
        for reader in what.readers(toolkit).iter() {
            title.get_or_insert_with(|| self.title(what, reader));
            let all = asked(reader, toolkit);
            // the code of the words, made once for all roles that have to read them
            let mut code: Option<String> = None;
            let mut signs = Vec::with_capacity(all.len());
            for asked in all {
                let Some(signature) = self.book.signature(what, reader, asked.role) else { continue };
                let at = roles.iter().position(|known| known.asked.role == asked.role).unwrap_or_else(|| {
                    roles.push(Role { asked, tally: Tally::default(), waiting: Vec::new() });
                    roles.len() - 1
                });
                if !matches!(signature, Signature::Signed(_))
                    && let Some(role) = roles.get_mut(at)
                {
                    let code = code.get_or_insert_with(|| self.code(what, reader));
                    let again = matches!(signature, Signature::Changed { .. });
                    role.wait(what, code, again, reader);
                }
                for tally in [Some(&mut tally), roles.get_mut(at).map(|role| &mut role.tally)].into_iter().flatten() {
                    match signature {
                        Signature::Signed(_) => tally.signed += 1,
                        Signature::Changed { .. } => tally.changed += 1,
                        Signature::Never => tally.missing += 1,
                    }
                }
                signs.push(self.sign(asked, &signature));
                if let Signature::Changed { approval, before, now } = signature {
                    Reread { what, approval, before, now, readers: vec![reader] }.add(changed);
                }
            }
            if !signs.is_empty() {
                readers.push(Value::from(self.reader(what, reader).set("signs", Value::from(signs))));
            }
        }
        let compare = match what {
            Signable::Item(n) => compared(self.site, u32::try_from(n).ok()?),
            Signable::Ask(_) => None,
        };
        let value = Fields::with(7)
            .set("item", name)
            .set("title", title.unwrap_or_default())
            .set("compare", maybe(compare.as_deref()))
            .set("signed", tally.signed)
            .set("changed", tally.changed)
            .set("asked", tally.signed + tally.changed + tally.missing);
        (!readers.is_empty()).then(|| value.set("readers", Value::from(readers)).into())
    }

    /// The version code of the words that somebody reads.
    fn code(&self, what: Signable, reader: Reader) -> String {
        let signed = sign_off(what, reader, self.site.toolkit, self.site.voice);
        signed.map(|(_, fingerprint)| fingerprint.code()).unwrap_or_default()
    }

    /// A role with what waits for it, each with what to send back and what to type then.
    fn role(&self, n: usize, role: &Role<'_>) -> Value {
        let toolkit = self.site.toolkit;
        let waiting = role.waiting.iter().map(|it| {
            let item = it.what.name(toolkit);
            let title = it.readers.first().map(|reader| self.title(it.what, *reader)).unwrap_or_default();
            let readers = it.readers.iter().map(|reader| Value::from(self.reader(it.what, *reader)));
            let command = |reader: &Reader| {
                let (by, audience) = (typed(role.asked.role), toolkit.reader_name(*reader));
                Value::from(format!("onevoice approve {item} --by {by} --audience {audience} --version {}", it.code))
            };
            Fields::with(6)
                .set("item", &*item)
                .set("title", title)
                .set("version", &*it.code)
                .set("again", it.again)
                .set("readers", Value::from(readers.collect::<Vec<_>>()))
                .set("commands", Value::from(it.readers.iter().map(command).collect::<Vec<_>>()))
                .into()
        });
        Fields::with(7)
            .set("anchor", format!("role-{}", n + 1))
            .set("role", role.asked.role)
            .set("required", role.asked.required)
            .set("signed", role.tally.signed)
            .set("changed", role.tally.changed)
            .set("missing", role.tally.missing)
            .set("waiting", Value::from(waiting.collect::<Vec<Value>>()))
            .into()
    }

    /// What a text is called, as its first reader reads it.
    fn title(&self, what: Signable, reader: Reader) -> String {
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
    fn reader(&self, what: Signable, reader: Reader) -> Fields {
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

    fn sign(&self, asked: Asked<'_>, signature: &Signature<'_>) -> Value {
        let (state, on) = match signature {
            Signature::Signed(approval) => ("signed", Some(approval.on.0)),
            Signature::Changed { approval, .. } => ("changed", Some(approval.on.0)),
            Signature::Never => ("missing", None),
        };
        self.day(Fields::with(5).set("role", asked.role).set("required", asked.required).set("state", state), on).into()
    }

    /// What changed since a role signed; the words where they were kept.
    fn reread(&self, it: &Reread<'_>) -> Value {
        let told = it.before.map(|before| changes(before, &it.now));
        let parts = told.iter().flatten().map(|change| {
            Value::from(Fields::with(2).set("key", change.key).set("paragraphs", paragraphs(&change.rows)))
        });
        let item = it.what.name(self.site.toolkit);
        let command = |reader: &Reader| {
            let audience = self.site.toolkit.reader_name(*reader);
            Value::from(format!("onevoice approve {item} --by {} --audience {audience}", typed(&it.approval.by)))
        };
        let title = match it.what {
            Signable::Ask(_) => self.site.theme.words.get("board_asks").to_owned(),
            Signable::Item(_) => it.readers.first().map(|first| self.title(it.what, *first)).unwrap_or_default(),
        };
        let readers = it.readers.iter().map(|reader| Value::from(self.reader(it.what, *reader)));
        let fields = Fields::with(9)
            .set("item", &*item)
            .set("title", title)
            .set("readers", Value::from(readers.collect::<Vec<_>>()))
            .set("role", &*it.approval.by)
            .set("kept", told.is_some())
            .set("parts", Value::from(parts.collect::<Vec<_>>()))
            .set("commands", Value::from(it.readers.iter().map(command).collect::<Vec<_>>()));
        self.day(fields, Some(it.approval.on.0)).into()
    }

    /// Sets a day, as typed and in words.
    fn day(&self, fields: Fields, day: Option<Date>) -> Fields {
        let text = day.map(|day| in_words(day, &self.site.theme.words));
        fields.set("on", maybe(day.map(|day| day.to_string()).as_deref())).set("on_text", maybe(text.as_deref()))
    }
}

/// A role as it is typed on a command line.
fn typed(role: &str) -> String {
    let plain = |sign: char| sign.is_alphanumeric() || matches!(sign, '-' | '_');
    if role.chars().all(plain) { role.to_owned() } else { format!("\"{}\"", role.replace('"', "\\\"")) }
}

/// Days that are nearer than this are shown first.
const SOON: i64 = 60;

/// What is due of what this edition shows, by day.
fn dates(site: &Site<'_>, key: Key) -> Value {
    let today = site.view.today;
    let mut days: Vec<(Date, Vec<Value>)> = Vec::new();
    for due in &due(site.toolkit, today, key) {
        let Some(thing) = thing(site, due) else { continue };
        match days.last_mut().filter(|(day, _)| *day == due.date) {
            Some((_, things)) => things.push(thing),
            None => days.push((due.date, vec![thing])),
        }
    }
    let days = days.into_iter().map(|(date, things)| {
        let fields = Fields::with(5)
            .set("date", date.to_string())
            .set("date_text", in_words(date, &site.theme.words))
            .set("overdue", date < today)
            .set("soon", date.unix_days() - today.unix_days() <= SOON);
        Value::from(fields.set("things", Value::from(things)))
    });
    Value::from(days.collect::<Vec<_>>())
}

/// Something that is due, if this edition shows it.
fn thing(site: &Site<'_>, due: &Due) -> Option<Value> {
    let toolkit = site.toolkit;
    let (name, title, address) = match due.of {
        Dated::Item(n) => {
            let item = toolkit.all_items().get(n)?.for_view(site.view).ok()?;
            let reader = item.readers.iter().next()?;
            let title = site.voice.items.get(n)?.text(item.heading_key, reader)?;
            let address = site.links().item(u32::try_from(n).ok()?, reader);
            (item.name(), site.teller(reader).plain(title).into_owned(), address)
        }
        Dated::Profile(reader) => {
            let audience = toolkit.audience_of(reader)?;
            let page = site.plan.page_of(PageKind::Profile, reader);
            (format!("audiences/{}", audience.id), audience.name.to_string(), page.map(|page| page.address.to_string()))
        }
        Dated::Fact(n) => {
            let fact =
                toolkit.facts.get(n).filter(|_| u32::try_from(n).is_ok_and(|n| site.plan.used.facts.contains(&n)))?;
            let page = site.plan.page_of(PageKind::Facts, Reader::GENERAL);
            let address = page.map(|page| format!("{}#{}", page.address, fact.id));
            (format!("facts/{}", fact.id), fact.label.to_string(), address)
        }
    };
    let what = match due.what {
        Matter::Review => "review",
        Matter::Consent => "consent",
        Matter::Embargo => "embargo",
    };
    let path = address.map(|address| site.teller(Reader::GENERAL).path(&address));
    let fields =
        Fields::with(4).set("what", what).set("item", name).set("title", title).set("path", maybe(path.as_deref()));
    Some(fields.into())
}
