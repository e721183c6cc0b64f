//! From the picture of a folder to a [`Toolkit`]: YAML files first, then all items at once.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::approval::{ApprovalsFile, KeptWords};
use super::audience::Audience;
use super::edition::{Coached, Edition, Guarded};
use super::fact::{Entry, Fact, FactsFile, HeldBack};
use super::front::{Common, EditionKey};
use super::id::{ADDRESSES, Id, Kind, RESERVED, Reader, Readers, check};
use super::item::{Item, Own};
use super::keys::{self, Keys};
use super::local::{Local, LocalFile};
use super::names::{Named, Names, Resolver, near};
use super::partner::{Partner, PartnersFile};
use super::places::{FileKind, kind_of, misplaced};
use super::schema::STAND_IN;
use super::settings::Settings;
use super::term::{Term, TermsFile};
use super::text::{Entries, Tailored, Text};
use super::{Toolkit, faq, message, page, point, story, tough_question, win};
use crate::finding::{At, IdTrouble, KeyPath, Problem, ReferenceTrouble, What, YamlTrouble};
use crate::source::{From, FrontMatter, Memo, Source, SourceFile, front_matter};

/// An item as it was read from its file, and what in it can't be used.
type ReadItem = (Option<Guarded<Item>>, Arc<[Problem]>);

/// Items as they were read, by their files and the names that they may use.
pub type Remembered = Memo<ReadItem>;

/// See [`Toolkit::read`].
pub(super) fn toolkit(source: &Source, memo: &mut Remembered) -> (Toolkit, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut files = sort_out(source, &mut problems);
    let settings: Settings = files
        .settings
        .and_then(|file| read_yaml(file, &mut problems))
        .unwrap_or_else(|| Settings { title: "".into(), ..blank() });
    let mut audiences = read_audiences(&files.audiences, &settings, &mut problems);
    let mut names = name_audiences(&mut audiences, &settings, &mut problems);
    check_profiles(&audiences, &mut problems);
    // the two longest files, at once
    let mut in_terms = Vec::new();
    let (facts, terms) = rayon::join(
        || Facts::read(&files.facts, &names, &mut problems),
        || Terms::read(&files.terms, &names, &mut in_terms),
    );
    problems.append(&mut in_terms);
    names.concerns =
        audiences.iter().flat_map(|audience| &audience.concerns).map(|concern| Arc::clone(&concern.id)).collect();
    names.facts = facts.ids.keys().cloned().collect();
    names.messages =
        files.items.iter().filter(|(kind, ..)| *kind == Kind::Message).map(|(_, id, _)| Arc::clone(id)).collect();
    resolve_profiles(&mut audiences, &names, &mut problems);
    let (items, found) = read_items(std::mem::take(&mut files.items), &names, memo);
    problems.extend(found);
    let local = read_local(files.local, &mut problems);
    let partners = files.partners.map_or_else(Vec::new, |file| read_partners(file, &mut problems));
    let approvals =
        files.approvals.and_then(|file| read_yaml::<ApprovalsFile>(file, &mut problems)).unwrap_or_default();
    let groups = settings.groups.names().filter_map(|name| Some((name.into(), *names.groups.get(name)?))).collect();
    let toolkit = Toolkit {
        settings,
        audiences,
        groups,
        names: Arc::new(names),
        kinds: ranges(&items),
        ids: Arc::new(ids(&items)),
        items,
        facts: facts.facts,
        fact_ids: Arc::new(facts.ids),
        sources: facts.sources,
        held_back: Coached::new(facts.held_back),
        terms: terms.terms,
        term_sources: terms.sources,
        local,
        partners,
        approvals: Coached::new(approvals.approvals),
        kept_words: Coached::new(files.kept_words),
        files: files.published.into(),
    };
    (toolkit, problems)
}

/// Settings in which nothing is set, for a toolkit whose own can't be read.
fn blank() -> Settings {
    Settings {
        title: "".into(),
        organization: None,
        description: None,
        language: None,
        base_url: None,
        theme: None,
        audiences: Vec::new(),
        groups: Entries::default(),
        general: true,
        paper: super::settings::Paper::Letter,
        menu: None,
        words: Entries::default(),
        checks: Entries::default(),
        limits: super::settings::Limits::default(),
        outputs: super::settings::Outputs::default(),
        approvals: super::settings::Approvals::default(),
        publish: super::settings::Publish::default(),
        extra: super::text::Extra::default(),
    }
}

/// The files by what they are.
#[derive(Default)]
struct Files<'a> {
    settings: Option<&'a SourceFile>,
    audiences: Vec<(Id, &'a SourceFile)>,
    items: Vec<(Kind, Id, &'a SourceFile)>,
    facts: Vec<&'a SourceFile>,
    terms: Vec<&'a SourceFile>,
    local: Option<&'a SourceFile>,
    partners: Option<&'a SourceFile>,
    approvals: Option<&'a SourceFile>,
    kept_words: Vec<KeptWords>,
    published: Vec<Arc<str>>,
}

fn sort_out<'a>(source: &'a Source, problems: &mut Vec<Problem>) -> Files<'a> {
    let mut files = Files::default();
    for file in source.files() {
        let path = file.path.arc();
        match kind_of(&path) {
            FileKind::Settings => files.settings = Some(file),
            FileKind::Audience(id) => {
                if good_id(&id, &path, true, problems) {
                    files.audiences.push((id, file));
                }
            }
            FileKind::Item(kind, id) => {
                if id.split('/').all(|part| good_id(part, &path, false, problems)) {
                    files.items.push((kind, id, file));
                }
            }
            FileKind::Facts => files.facts.push(file),
            FileKind::Terms => files.terms.push(file),
            FileKind::Local => files.local = Some(file),
            FileKind::Partners => files.partners = Some(file),
            FileKind::Approvals => files.approvals = Some(file),
            FileKind::Published(path) => files.published.push(path),
            FileKind::ApprovedText(fingerprint) => {
                files.kept_words.extend(file.text().map(|words| KeptWords { fingerprint, words: Arc::clone(words) }));
            }
            FileKind::Theme(..) => {}
            FileKind::Unknown(belongs) => problems.push(Problem::new(At::name(path), What::UnknownFile { belongs })),
        }
    }
    for entry in source.root_entries() {
        if let Some(belongs) = misplaced(&entry.name) {
            problems
                .push(Problem::new(At::name(Arc::clone(&entry.name)), What::UnknownFile { belongs: Some(belongs) }));
        }
    }
    files
}

fn good_id(id: &str, file: &Arc<str>, audience: bool, problems: &mut Vec<Problem>) -> bool {
    let why = match check(id) {
        Err(why) => why,
        Ok(()) if audience && (RESERVED.contains(&id) || ADDRESSES.contains(&id)) => IdTrouble::Reserved,
        Ok(()) => return true,
    };
    problems.push(Problem::new(At::name(Arc::clone(file)), What::BadId { id: id.to_owned(), why }));
    false
}

/// The values of a whole YAML file.
fn read_yaml<T: Keys>(file: &SourceFile, problems: &mut Vec<Problem>) -> Option<T> {
    let text = file.text()?;
    keys::read(&file.path.arc(), text, 0..text.len(), problems)
}

fn read_audiences(files: &[(Id, &SourceFile)], settings: &Settings, problems: &mut Vec<Problem>) -> Vec<Audience> {
    let mut audiences: Vec<Audience> = files
        .iter()
        .filter_map(|(id, file)| {
            let mut audience: Audience = read_yaml(file, problems)?;
            audience.id = Arc::clone(id);
            audience.file = file.path.arc();
            Some(audience)
        })
        .collect();
    let rank = |id: &Id| settings.audiences.iter().position(|name| name == id).unwrap_or(usize::MAX);
    audiences.sort_by(|a, b| {
        let key = |x: &Audience| (rank(&x.id), x.order.is_none(), x.order, Arc::clone(&x.id));
        key(a).cmp(&key(b))
    });
    if audiences.len() > Reader::MOST {
        let extra = &audiences[Reader::MOST];
        let what = What::Yaml(YamlTrouble::Budget("a toolkit can have at most 127 audiences"));
        problems.push(Problem::new(At::file(Arc::clone(&extra.file)), what));
        audiences.truncate(Reader::MOST);
    }
    audiences
}

/// Gives each audience its place, and resolves groups and the names in `toolkit.yaml`.
fn name_audiences(audiences: &mut [Audience], settings: &Settings, problems: &mut Vec<Problem>) -> Names {
    let mut names = Names { everyone: Readers::all(audiences.len()), general: settings.general, ..Names::default() };
    for (n, audience) in audiences.iter_mut().enumerate() {
        if let Some(reader) = Reader::audience(n) {
            audience.reader = reader;
            names.audiences.insert(Arc::clone(&audience.id), reader);
            names.listed.push(Arc::clone(&audience.id));
        }
    }
    let mut resolver = Resolver::new(&names, "toolkit.yaml".into(), KeyPath::default());
    resolver.audiences("audiences", &settings.audiences);
    let mut groups = HashMap::new();
    for (name, members) in &settings.groups.0 {
        let path = KeyPath::top("groups").key(name);
        let trouble = if names.audiences.contains_key(name) {
            Some(What::DuplicateId {
                id: name.to_string(),
                kind: "audience",
                first: At::name(
                    audiences.iter().find(|a| a.id == *name).map_or_else(|| "".into(), |a| Arc::clone(&a.file)),
                ),
            })
        } else if RESERVED.contains(&&**name) {
            Some(What::BadId { id: name.to_string(), why: IdTrouble::Reserved })
        } else {
            check(name).err().map(|why| What::BadId { id: name.to_string(), why })
        };
        if let Some(what) = trouble {
            resolver.tell_key(path, what);
            continue;
        }
        resolver.base = KeyPath::top("groups");
        let readers = resolver.audiences(name, members);
        groups.insert(Arc::clone(name), readers);
    }
    problems.append(&mut resolver.problems);
    names.listed.extend(settings.groups.names().filter(|name| groups.contains_key(*name)).map(Arc::from));
    names.groups = groups;
    names
}

/// Ids in profiles: good, and each once.
fn check_profiles(audiences: &[Audience], problems: &mut Vec<Problem>) {
    for audience in audiences {
        let mut first: HashMap<&Id, usize> = HashMap::new();
        for (n, concern) in audience.concerns.iter().enumerate() {
            let at = |n: usize| At::value(Arc::clone(&audience.file), KeyPath::top("concerns").index(n).key("id"));
            if let Err(why) = check(&concern.id) {
                problems.push(Problem::new(at(n), What::BadId { id: concern.id.to_string(), why }));
            } else if let Some(other) = first.insert(&concern.id, n) {
                let what = What::DuplicateId { id: concern.id.to_string(), kind: "concern", first: at(other) };
                problems.push(Problem::new(at(n), what));
            }
        }
    }
}

/// What profiles say of messages and facts.
fn resolve_profiles(audiences: &mut [Audience], names: &Names, problems: &mut Vec<Problem>) {
    let key = super::edition::Key::for_checks();
    for audience in audiences {
        let mut resolver = Resolver::new(names, Arc::clone(&audience.file), KeyPath::default());
        audience.message_order = resolver.ids("message_order", "message", std::mem::take(&mut audience.message_order));
        audience.facts_first =
            Coached::new(resolver.ids("facts_first", "fact", audience.facts_first.open(key).clone()));
        audience.facts_never =
            Coached::new(resolver.ids("facts_never", "fact", audience.facts_never.open(key).clone()));
        problems.append(&mut resolver.problems);
    }
}

/// The facts of all files.
#[derive(Default)]
struct Facts {
    facts: Vec<Fact>,
    ids: HashMap<Id, usize>,
    sources: Entries<super::fact::Source>,
    held_back: Vec<HeldBack>,
}

impl Facts {
    fn read(files: &[&SourceFile], names: &Names, problems: &mut Vec<Problem>) -> Self {
        let mut all = Self::default();
        let mut sources = Sources::default();
        for file in files {
            let Some(read) = read_yaml::<FactsFile>(file, problems) else { continue };
            let path = file.path.arc();
            sources.add(&path, read.sources, problems);
            for (index, mut fact) in read.facts.into_iter().enumerate() {
                fact.entry = Entry { file: Arc::clone(&path), list: "facts", index };
                all.add(fact, problems);
            }
            for (index, mut held) in read.held_back.into_iter().enumerate() {
                held.entry = Entry { file: Arc::clone(&path), list: "held_back", index };
                held.matches.iter_mut().for_each(without_marks);
                all.held_back.push(held);
            }
        }
        all.sources = sources.all;
        all.resolve(names, problems);
        all
    }

    /// A second fact with the same id replaces the first, if one of them says so.
    fn add(&mut self, fact: Fact, problems: &mut Vec<Problem>) {
        if *fact.id == *STAND_IN {
            return; // told as missing
        }
        let at = At::value(Arc::clone(&fact.entry.file), fact.entry.key("id"));
        if let Err(why) = check(&fact.id) {
            problems.push(Problem::new(at, What::BadId { id: fact.id.to_string(), why }));
            return;
        }
        let Some(&there) = self.ids.get(&fact.id) else {
            self.ids.insert(Arc::clone(&fact.id), self.facts.len());
            self.facts.push(fact);
            return;
        };
        let first = &mut self.facts[there];
        if first.replaces == fact.replaces {
            let first = At::value(Arc::clone(&first.entry.file), first.entry.key("id"));
            problems.push(Problem::new(at, What::DuplicateId { id: fact.id.to_string(), kind: "fact", first }));
        } else if fact.replaces {
            *first = fact;
        }
    }

    fn resolve(&mut self, names: &Names, problems: &mut Vec<Problem>) {
        let ids: HashSet<Id> = self.ids.keys().cloned().collect();
        let source_ids: HashSet<Id> = self.sources.names().map(Arc::from).collect();
        for fact in &mut self.facts {
            let mut resolver = Resolver::new(names, Arc::clone(&fact.entry.file), fact.entry.path());
            fact.readers = match &fact.audiences {
                Some(audiences) => resolver.audiences("audiences", audiences),
                None => names.everyone(),
            };
            if !source_ids.contains(&fact.source) && *fact.source != *STAND_IN {
                let path = fact.entry.key("source");
                unknown(&mut resolver, path, "source", &fact.source, &source_ids);
            }
            for (key, list) in [("also", &mut fact.also.0), ("see_also", &mut fact.see_also.0)] {
                retain_known(&mut resolver, key, "source", list, &source_ids);
            }
            retain_known(&mut resolver, "show_with", "fact", &mut fact.show_with, &ids);
            let both = *fact.plain != *STAND_IN && *fact.reads != *STAND_IN;
            if both && !fact.plain.to_lowercase().contains(&fact.reads.to_lowercase()) {
                let path = fact.entry.key("reads");
                resolver.tell(path, What::Yaml(YamlTrouble::ReadsNotInPlain));
            }
            problems.append(&mut resolver.problems);
        }
    }
}

/// The sources of all files, each id once.
#[derive(Default)]
struct Sources {
    all: Entries<super::fact::Source>,
    files: HashMap<Id, Arc<str>>,
}

impl Sources {
    fn add(&mut self, file: &Arc<str>, more: Entries<super::fact::Source>, problems: &mut Vec<Problem>) {
        for (id, source) in more.0 {
            let Some(first) = self.files.get(&id) else {
                self.files.insert(Arc::clone(&id), Arc::clone(file));
                self.all.0.push((id, source));
                continue;
            };
            let at = |file: &Arc<str>| At::key(Arc::clone(file), KeyPath::top("sources").key(&id));
            let what = What::DuplicateId { id: id.to_string(), kind: "source", first: at(first) };
            problems.push(Problem::new(at(file), what));
        }
    }
}

fn unknown(resolver: &mut Resolver<'_>, path: KeyPath, kind: &'static str, id: &Id, known: &HashSet<Id>) {
    let why = ReferenceTrouble::unknown(near(id, known));
    resolver.tell(path, What::UnknownReference { kind, id: id.to_string(), why });
}

fn retain_known(resolver: &mut Resolver<'_>, key: &str, kind: &'static str, list: &mut Vec<Id>, known: &HashSet<Id>) {
    for (n, id) in list.iter().enumerate().filter(|(_, id)| !known.contains(*id)) {
        unknown(resolver, resolver.base.clone().key(key).index(n), kind, id, known);
    }
    list.retain(|id| known.contains(id));
}

/// Takes away the curly marks around words that texts are searched for: a list typed as `[“$42,000”]` holds them, and nothing
/// would be found.
fn without_marks(words: &mut Arc<str>) {
    for (open, close) in [('\u{201c}', '\u{201d}'), ('\u{2018}', '\u{2019}')] {
        if let Some(bare) = words.strip_prefix(open).and_then(|bare| bare.strip_suffix([close, open])) {
            *words = bare.into();
            return;
        }
    }
}

/// The words of all files.
#[derive(Default)]
struct Terms {
    terms: Vec<Term>,
    sources: Entries<super::fact::Source>,
}

impl Terms {
    fn read(files: &[&SourceFile], names: &Names, problems: &mut Vec<Problem>) -> Self {
        let mut all = Self::default();
        let mut first: HashMap<Id, Entry> = HashMap::new();
        let mut sources = Sources::default();
        for file in files {
            let Some(read) = read_yaml::<TermsFile>(file, problems) else { continue };
            let path = file.path.arc();
            sources.add(&path, read.sources, problems);
            for (index, mut term) in read.terms.into_iter().enumerate() {
                term.entry = Entry { file: Arc::clone(&path), list: "terms", index };
                term.avoid.iter_mut().for_each(without_marks);
                let id =
                    term.id.get_or_insert_with(|| term.avoid.first().cloned().unwrap_or_else(|| "".into())).clone();
                if let Some(other) = first.get(&id) {
                    let at = |entry: &Entry| At::value(Arc::clone(&entry.file), entry.path());
                    let what = What::DuplicateId { id: id.to_string(), kind: "word", first: at(other) };
                    problems.push(Problem::new(at(&term.entry), what));
                    continue;
                }
                first.insert(id, term.entry.clone());
                all.terms.push(term);
            }
        }
        all.sources = sources.all;
        all.resolve(names, problems);
        all
    }

    fn resolve(&mut self, names: &Names, problems: &mut Vec<Problem>) {
        let source_ids: HashSet<Id> = self.sources.names().map(Arc::from).collect();
        let key = super::edition::Key::for_checks();
        for term in &mut self.terms {
            let mut resolver = Resolver::new(names, Arc::clone(&term.entry.file), term.entry.path());
            for (name, _) in &term.audiences.open(key).0 {
                if let Named::Nobody(trouble) = names.readers(name) {
                    resolver.tell_key(term.entry.key("audiences").key(name), What::UnknownAudience(trouble));
                }
            }
            retain_known(&mut resolver, "source", "source", &mut term.source.0, &source_ids);
            problems.append(&mut resolver.problems);
        }
    }
}

fn read_local(file: Option<&SourceFile>, problems: &mut Vec<Problem>) -> Vec<Local> {
    let Some(file) = file else { return Vec::new() };
    let read: LocalFile = read_yaml(file, problems).unwrap_or_default();
    let all: Vec<Local> = read.0.0.into_iter().map(|(key, value)| Local::new(key, value)).collect();
    for local in all.iter().filter(|local| matches!(&*local.key, "value" | "kind" | "note")) {
        let what = YamlTrouble::LostIndent { key: local.key.to_string() };
        problems.push(Problem::new(At::key(file.path.arc(), KeyPath::top(&local.key)), What::Yaml(what)));
    }
    for local in all.iter().filter(|local| !local.fits_its_kind()) {
        let found = local.value.as_deref().unwrap_or_default().to_owned();
        let what = YamlTrouble::BadLocal { key: local.key.to_string(), found, kind: local.kind.name() };
        let at = At::value(file.path.arc(), KeyPath::top(&local.key).key("value"));
        problems.push(Problem::new(at, What::Yaml(what)));
    }
    all
}

fn read_partners(file: &SourceFile, problems: &mut Vec<Problem>) -> Vec<Partner> {
    let Some(read) = read_yaml::<PartnersFile>(file, problems) else { return Vec::new() };
    let mut first: HashMap<Id, Entry> = HashMap::new();
    let mut partners = Vec::with_capacity(read.partners.len());
    for (index, mut partner) in read.partners.into_iter().enumerate() {
        partner.entry = Entry { file: file.path.arc(), list: "partners", index };
        let at = |entry: &Entry| At::value(Arc::clone(&entry.file), entry.key("id"));
        if *partner.id == *STAND_IN {
            continue; // told as missing
        }
        let trouble = match (check(&partner.id), first.get(&partner.id)) {
            (Err(why), _) => Some(What::BadId { id: partner.id.to_string(), why }),
            (Ok(()), Some(other)) => {
                Some(What::DuplicateId { id: partner.id.to_string(), kind: "partner", first: at(other) })
            }
            (Ok(()), None) => None,
        };
        if let Some(what) = trouble {
            problems.push(Problem::new(at(&partner.entry), what));
            continue;
        }
        first.insert(Arc::clone(&partner.id), partner.entry.clone());
        partners.push(partner);
    }
    partners
}

/// All items, sorted by kind, `order` and id.
fn read_items(
    files: Vec<(Kind, Id, &SourceFile)>,
    names: &Names,
    memo: &mut Remembered,
) -> (Vec<Guarded<Item>>, Vec<Problem>) {
    let around = names.fingerprint();
    let list = files.into_iter().map(|(kind, id, file)| {
        let from = From { path: file.path.arc(), file: file.hash, around };
        (Some(from), (kind, id, file))
    });
    let read = memo.or_make(list.collect(), |(kind, id, file)| {
        let (item, problems) = read_item(kind, id, file, names);
        (item, problems.into())
    });
    let mut problems = Vec::new();
    let mut items = Vec::with_capacity(read.len());
    for (_, (item, found)) in &read {
        items.extend(item.clone());
        problems.extend_from_slice(found);
    }
    memo.keep(read.into_iter().filter_map(|(from, read)| Some((from?, read))), true);
    items.sort_by(|a, b| {
        let (a, b) = (a.for_checks(), b.for_checks());
        (a.kind, a.order.is_none(), a.order, &a.id).cmp(&(b.kind, b.order.is_none(), b.order, &b.id))
    });
    tell_twins(&mut items, &mut problems);
    (items, problems)
}

/// `pages/about.md` beside `pages/about/index.md`: one page twice.
fn tell_twins(items: &mut Vec<Guarded<Item>>, problems: &mut Vec<Problem>) {
    let mut first: HashMap<(Kind, Id), Arc<str>> = HashMap::with_capacity(items.len());
    items.retain(|item| {
        let item = item.for_checks();
        match first.entry((item.kind, Arc::clone(&item.id))) {
            std::collections::hash_map::Entry::Vacant(place) => {
                place.insert(Arc::clone(&item.file));
                true
            }
            std::collections::hash_map::Entry::Occupied(other) => {
                let by =
                    crate::finding::AddressUse::Item { first: At::name(Arc::clone(other.get())), name: item.name() };
                let what = What::AddressTaken { address: format!("/{}/", item.id), by };
                problems.push(Problem::new(At::name(Arc::clone(&item.file)), what));
                false
            }
        }
    });
}

fn read_item(kind: Kind, id: Id, file: &SourceFile, names: &Names) -> (Option<Guarded<Item>>, Vec<Problem>) {
    let path = file.path.arc();
    let Some(text) = file.text().cloned() else { return (None, Vec::new()) };
    let mut problems = Vec::new();
    let (yaml, body_start) = match front_matter(&text) {
        Ok(FrontMatter { yaml, body }) => (yaml, body),
        Err(slip) => {
            let at = At::bytes(path, slip.span.start, slip.span.end);
            return (None, vec![Problem::new(at, What::Yaml(slip.trouble))]);
        }
    };
    let mut resolver = Resolver::new(names, Arc::clone(&path), KeyPath::default());
    let parts = match kind {
        Kind::Message => message_parts(keys::read(&path, &text, yaml, &mut problems), &mut resolver),
        Kind::Faq => faq_parts(keys::read(&path, &text, yaml, &mut problems), &mut resolver),
        Kind::TalkingPoint => point_parts(keys::read(&path, &text, yaml, &mut problems), &mut resolver),
        Kind::ToughQuestion => tough_parts(keys::read(&path, &text, yaml, &mut problems), &mut resolver),
        Kind::Story => story_parts(keys::read(&path, &text, yaml, &mut problems), &mut resolver),
        Kind::Win => win_parts(keys::read(&path, &text, yaml, &mut problems), &mut resolver),
        Kind::Page => page_parts(keys::read(&path, &text, yaml, &mut problems), &mut resolver),
    };
    let item = parts.map(|parts| {
        let place = Place { kind, id, file: path, text: Arc::clone(&text), body_start };
        finish(parts, place, &mut resolver)
    });
    problems.append(&mut resolver.problems);
    for problem in &mut problems {
        problem.item = item.as_ref().map(|item| item.for_checks().name().into());
    }
    (item, problems)
}

/// What an item is made from, before its common keys are resolved.
struct Parts {
    common: Common,
    heading: (&'static str, Text),
    own: Own,
    answers: Vec<Id>,
    facts: Vec<Id>,
    messages: Vec<Id>,
}

struct Place {
    kind: Kind,
    id: Id,
    file: Arc<str>,
    text: Arc<str>,
    body_start: usize,
}

fn finish(parts: Parts, place: Place, resolver: &mut Resolver<'_>) -> Guarded<Item> {
    let common = parts.common;
    let everyone = resolver.names.everyone();
    let told = resolver.problems.len();
    let mut readers = common.audiences.as_ref().map_or(everyone, |names| resolver.audiences("audiences", names));
    let names_unknown = resolver.problems.len() > told;
    let by_audience = matches!(place.kind, Kind::Message | Kind::Faq | Kind::TalkingPoint | Kind::ToughQuestion);
    if by_audience && !resolver.names.general {
        readers = readers.without(Readers::only(Reader::GENERAL));
    }
    let (heading_key, heading) = parts.heading;
    let inside = place.kind.name();
    let edition = match (place.kind, common.edition) {
        (Kind::ToughQuestion, _) | (_, EditionKey::Partners) => Edition::Partners,
        (_, EditionKey::Public) => Edition::Public,
    };
    let item = Item {
        heading: resolver.required(heading_key, heading, readers, inside),
        heading_key,
        summary: common.summary.map(|text| resolver.text("summary", text)),
        readers,
        names_audiences: common.audiences.is_some(),
        names_unknown,
        order: common.order,
        slug: common.slug,
        aliases: common.aliases,
        updated: common.updated.map(|day| day.0),
        review_by: common.review_by.map(|day| day.0),
        image: common.image,
        image_alt: common.image_alt.map(|text| resolver.text("image_alt", text)),
        extra: common.extra,
        answers: resolver.ids("answers", "concern", parts.answers),
        facts: resolver.ids("facts", "fact", parts.facts),
        messages: resolver.ids(if place.kind == Kind::Faq { "messages" } else { "message" }, "message", parts.messages),
        own: parts.own,
        kind: place.kind,
        id: place.id,
        file: place.file,
        text: place.text,
        body_start: place.body_start,
    };
    Guarded::new(item, edition, common.draft, common.embargo.map(|day| day.0)).until(common.withdrawn.map(|day| day.0))
}

fn optional(resolver: &mut Resolver<'_>, key: &str, text: Option<Text>) -> Option<Tailored> {
    text.map(|text| resolver.text(key, text))
}

fn titled(common: &mut Common) -> (&'static str, Text) {
    ("title", common.title.take().unwrap_or_default())
}

fn message_parts(keys: Option<message::MessageKeys>, resolver: &mut Resolver<'_>) -> Option<Parts> {
    let mut keys = keys?;
    let mut common = keys.common();
    if keys.claim.trim().is_empty() {
        let what = What::MissingKey { key: "claim".into(), inside: "message".into(), reader: None };
        resolver.tell_key(KeyPath::top("claim"), what);
    }
    let own = message::Message {
        claim: keys.claim,
        sound_bite: optional(resolver, "sound_bite", keys.sound_bite),
        thirty_seconds: optional(resolver, "thirty_seconds", keys.thirty_seconds),
        sixty_seconds: optional(resolver, "sixty_seconds", keys.sixty_seconds),
    };
    let heading = titled(&mut common);
    Some(Parts {
        common,
        heading,
        own: Own::Message(Box::new(own)),
        answers: keys.answers,
        facts: keys.facts,
        messages: Vec::new(),
    })
}

fn faq_parts(keys: Option<faq::FaqKeys>, _: &mut Resolver<'_>) -> Option<Parts> {
    let mut keys = keys?;
    let common = keys.common();
    let own = Own::Faq(faq::Faq { likely: keys.likely });
    let heading = ("question", keys.question);
    Some(Parts { common, heading, own, answers: keys.answers, facts: Vec::new(), messages: keys.messages })
}

fn point_parts(keys: Option<point::PointKeys>, _: &mut Resolver<'_>) -> Option<Parts> {
    let mut keys = keys?;
    let common = keys.common();
    let messages = keys.message.into_iter().collect();
    Some(Parts {
        common,
        heading: ("point", keys.point),
        own: Own::TalkingPoint,
        answers: keys.answers,
        facts: keys.facts,
        messages,
    })
}

fn tough_parts(keys: Option<tough_question::ToughQuestionKeys>, resolver: &mut Resolver<'_>) -> Option<Parts> {
    let mut keys = keys?;
    let common = keys.common();
    let own = tough_question::ToughQuestion {
        bridge: optional(resolver, "bridge", keys.bridge),
        never_say: keys.never_say,
        tempting: optional(resolver, "tempting", keys.tempting),
        why_it_fails: optional(resolver, "why_it_fails", keys.why_it_fails),
        who_answers: keys.who_answers,
    };
    let heading = ("question", keys.question);
    Some(Parts {
        common,
        heading,
        own: Own::ToughQuestion(Box::new(own)),
        answers: keys.answers,
        facts: Vec::new(),
        messages: Vec::new(),
    })
}

fn story_parts(keys: Option<story::StoryKeys>, _: &mut Resolver<'_>) -> Option<Parts> {
    let mut keys = keys?;
    let mut common = keys.common();
    let own = Own::Story(story::Story { person: keys.person, consent: Coached::new(keys.consent) });
    Some(Parts {
        heading: titled(&mut common),
        common,
        own,
        answers: Vec::new(),
        facts: Vec::new(),
        messages: Vec::new(),
    })
}

fn win_parts(keys: Option<win::WinKeys>, resolver: &mut Resolver<'_>) -> Option<Parts> {
    let mut keys = keys?;
    let mut common = keys.common();
    let who = optional(resolver, "who", keys.who);
    let own = Own::Win(win::Win { date: keys.date.0, size: keys.size, kind: keys.kind, who });
    Some(Parts {
        heading: titled(&mut common),
        common,
        own,
        answers: Vec::new(),
        facts: Vec::new(),
        messages: Vec::new(),
    })
}

fn page_parts(keys: Option<page::PageKeys>, _: &mut Resolver<'_>) -> Option<Parts> {
    let mut keys = keys?;
    let mut common = keys.common();
    let own = Own::Page(page::Page { menu: keys.menu, template: keys.template });
    Some(Parts {
        heading: titled(&mut common),
        common,
        own,
        answers: Vec::new(),
        facts: Vec::new(),
        messages: Vec::new(),
    })
}

/// The number of each item by kind and id.
fn ids(items: &[Guarded<Item>]) -> HashMap<Kind, HashMap<Id, usize>> {
    let mut ids: HashMap<Kind, HashMap<Id, usize>> = HashMap::new();
    for (n, item) in items.iter().enumerate() {
        let item = item.for_checks();
        ids.entry(item.kind).or_default().insert(Arc::clone(&item.id), n);
    }
    ids
}

/// Where each kind's items stand among all.
fn ranges(items: &[Guarded<Item>]) -> HashMap<Kind, std::ops::Range<usize>> {
    let mut ranges = HashMap::new();
    for kind in Kind::ALL {
        let start = items.partition_point(|item| item.for_checks().kind < kind);
        let end = items.partition_point(|item| item.for_checks().kind <= kind);
        ranges.insert(kind, start..end);
    }
    ranges
}
