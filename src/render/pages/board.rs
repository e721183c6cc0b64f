//! Who has to sign what and who has, which words changed since, and what is due. Partners only.

use tera::Value;

use super::compared;
use super::signable::Sheet;
use crate::language::Date;
use crate::plan::PageKind;
use crate::plan::due::{Dated, Due, Matter, due};
use crate::render::dates::in_words;
use crate::render::differences::changed_paragraphs;
use crate::render::fields::{Fields, maybe};
use crate::render::page::{Maker, Site};
use crate::toolkit::approval::Approval;
use crate::toolkit::edition::Key;
use crate::toolkit::id::Reader;
use crate::voice::sign_off::{Asked, Signable, Signature, asked, changes};

/// How many have signed, how many have signed other words, and how many nothing.
#[derive(Clone, Copy, Default)]
struct Tally {
    signed: usize,
    changed: usize,
    missing: usize,
}

/// A role with what it has signed.
struct Role<'a> {
    asked: Asked<'a>,
    tally: Tally,
}

/// The roles in the order in which they are first asked.
type Roles<'a> = Vec<Role<'a>>;

pub(super) fn fill(maker: &mut Maker<'_, '_>) {
    let Some(key) = maker.site.view.key() else { return };
    maker.own_title(maker.word("board"));
    let site = maker.site;
    let sheet = Sheet::open(site, key);
    let (mut roles, mut changed) = (Roles::new(), Vec::<Reread<'_>>::new());
    let mut groups: Vec<(&str, Vec<Value>)> = Vec::new();
    for what in sheet.all() {
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
    maker.set("roles", Value::from(roles.iter().map(|role| sheet.role(role)).collect::<Vec<_>>()));
    maker.set("changed", Value::from(Reread::once_each(changed).iter().map(|it| sheet.reread(it)).collect::<Vec<_>>()));
    let groups = groups.into_iter().map(|(kind, items)| {
        let name = site.theme.words.get(kind);
        Value::from(Fields::with(3).set("kind", kind).set("name", name).set("items", Value::from(items)))
    });
    maker.set("groups", Value::from(groups.collect::<Vec<_>>()));
    maker.set("due", dates(site, key));
}

/// Words that were signed and that read otherwise today, for all readers of whom the same is true, and for all roles.
struct Reread<'a> {
    what: Signable,
    /// One of each role.
    approvals: Vec<&'a Approval>,
    before: Option<&'a str>,
    now: String,
    readers: Vec<Reader>,
}

impl Reread<'_> {
    fn is_like(&self, other: &Self) -> bool {
        self.what == other.what && self.before == other.before && self.now == other.now
    }

    /// Adds what a role signed for one reader.
    fn add(self, all: &mut Vec<Self>) {
        let given = |it: &Self| it.approvals.iter().map(|given| (&*given.by, given.on.0)).next();
        let same = |other: &&mut Self| other.is_like(&self) && given(other) == given(&self);
        match all.iter_mut().rev().take_while(|other| other.what == self.what).find(same) {
            Some(other) => other.readers.extend(self.readers),
            None => all.push(self),
        }
    }

    /// The same difference for the same readers once, for all roles that signed.
    fn once_each(all: Vec<Self>) -> Vec<Self> {
        let mut once: Vec<Self> = Vec::with_capacity(all.len());
        for it in all {
            let of_this = once.iter_mut().rev().take_while(|other| other.what == it.what);
            match of_this.into_iter().find(|other| other.is_like(&it) && other.readers == it.readers) {
                Some(other) => other.approvals.extend(it.approvals),
                None => once.push(it),
            }
        }
        once
    }
}

impl<'a> Sheet<'_, 'a> {
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
            let mut signs = Vec::with_capacity(all.len());
            for asked in all {
                let Some(signature) = self.book.signature(what, reader, asked.role) else { continue };
                let at = roles.iter().position(|known| known.asked.role == asked.role).unwrap_or_else(|| {
                    roles.push(Role { asked, tally: Tally::default() });
                    roles.len() - 1
                });
                for tally in [Some(&mut tally), roles.get_mut(at).map(|role| &mut role.tally)].into_iter().flatten() {
                    match signature {
                        Signature::Signed(_) => tally.signed += 1,
                        Signature::Changed { .. } => tally.changed += 1,
                        Signature::Never => tally.missing += 1,
                    }
                }
                signs.push(self.sign(asked, &signature));
                if let Signature::Changed { approval, before, now } = signature {
                    Reread { what, approvals: vec![approval], before, now, readers: vec![reader] }.add(changed);
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

    /// A role, with the page of what it has to read.
    fn role(&self, role: &Role<'_>) -> Value {
        let page = self.site.plan.review(role.asked.role);
        let path = page.map(|page| self.site.teller(Reader::GENERAL).path(&page.address));
        Fields::with(6)
            .set("role", role.asked.role)
            .set("required", role.asked.required)
            .set("signed", role.tally.signed)
            .set("changed", role.tally.changed)
            .set("missing", role.tally.missing)
            .set("path", maybe(path.as_deref()))
            .into()
    }

    fn sign(&self, asked: Asked<'_>, signature: &Signature<'_>) -> Value {
        let (state, on) = match signature {
            Signature::Signed(approval) => ("signed", Some(approval.on.0)),
            Signature::Changed { approval, .. } => ("changed", Some(approval.on.0)),
            Signature::Never => ("missing", None),
        };
        self.day(Fields::with(5).set("role", asked.role).set("required", asked.required).set("state", state), on).into()
    }

    /// What changed since it was signed; the words where they were kept.
    fn reread(&self, it: &Reread<'_>) -> Value {
        let told = it.before.map(|before| changes(before, &it.now));
        let parts = told.iter().flatten().map(|change| {
            Value::from(Fields::with(2).set("key", change.key).set("paragraphs", changed_paragraphs(&change.rows)))
        });
        let item = it.what.name(self.site.toolkit);
        let command = |(approval, reader): (&&Approval, &Reader)| {
            let audience = self.site.toolkit.reader_name(*reader);
            Value::from(format!("onevoice approve {item} --by {} --audience {audience}", typed(&approval.by)))
        };
        let of_each = |approval| it.readers.iter().map(move |reader| (approval, reader));
        let commands: Vec<Value> = it.approvals.iter().flat_map(of_each).map(command).collect();
        let title = match it.what {
            Signable::Ask(_) => self.site.theme.words.get("board_asks").to_owned(),
            Signable::Item(_) => it.readers.first().map(|first| self.title(it.what, *first)).unwrap_or_default(),
        };
        let readers = it.readers.iter().map(|reader| Value::from(self.reader(it.what, *reader)));
        let signed = it
            .approvals
            .iter()
            .map(|approval| Value::from(self.day(Fields::with(3).set("role", &*approval.by), Some(approval.on.0))));
        Fields::with(7)
            .set("item", &*item)
            .set("title", title)
            .set("readers", Value::from(readers.collect::<Vec<_>>()))
            .set("signed", Value::from(signed.collect::<Vec<_>>()))
            .set("kept", told.is_some())
            .set("parts", Value::from(parts.collect::<Vec<_>>()))
            .set("commands", Value::from(commands))
            .into()
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
