//! A name that leads nowhere from many places is one cause: it is told once, with what was probably renamed.
//!
//! What is used nowhere is looked for only once several places have missed a name.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::phrase::count;
use super::rule::Words;
use crate::finding::{
    At, AudienceTrouble, KeyPath, Place, Problem, ReferenceTrouble, Repeated, Unused, What, meant, shared_words,
};
use crate::source::Source;
use crate::toolkit::Toolkit;
use crate::toolkit::edition::Guarded;
use crate::toolkit::id::Kind;

/// So many of the other places are shown; of more, their number is.
const SHOWN: usize = 3;

/// So many names that nothing uses are told at most: of more, none is likelier than another.
const UNUSED: usize = 2;

/// So many places that miss a name say that a thing of quite another name was renamed.
const MANY: usize = 3;

/// What a problem misses, by kind and name; `None` where it misses no name.
fn missing(problem: &Problem) -> Option<(&'static str, String)> {
    match &problem.what {
        What::UnknownAudience(AudienceTrouble::Unknown { name, .. }) => Some(("audience", name.clone())),
        What::UnknownReference { kind: "file", id, why: ReferenceTrouble::Unknown { .. } } => {
            let path = id.split('#').next().unwrap_or(id);
            // a file beside this one
            let own = || problem.at.file.rsplit_once('/').map_or("", |(folder, _)| folder).rsplit('/').next();
            let folder = path.rsplit('/').nth(1).filter(|folder| !folder.starts_with('.')).or_else(own);
            let kind = Kind::ALL.into_iter().find(|kind| Some(kind.folder()) == folder);
            Some(kind.map_or(("file", path.to_owned()), |kind| (kind.name(), stem(path).to_owned())))
        }
        What::UnknownReference { kind, id, why: ReferenceTrouble::Unknown { .. } } => Some((kind, id.clone())),
        _ => None,
    }
}

/// The problems, those that miss the same name put together at the first of their places.
#[must_use]
pub fn once(problems: &[Problem], source: &Source, toolkit: &Toolkit, place: &dyn Fn(&At) -> Place) -> Vec<Problem> {
    let mut by_name: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
    for (n, problem) in problems.iter().enumerate() {
        if let Some(name) = missing(problem) {
            by_name.entry(name).or_default().push(n);
        }
    }
    by_name.retain(|_, all| all.len() > 1);
    let folders = folders(problems, source);
    let mut alone: Vec<Option<Problem>> = problems.iter().cloned().map(Some).collect();
    for (together, files) in folders {
        for n in files {
            alone[n] = None;
        }
        alone.push(Some(together));
    }
    let used = if by_name.is_empty() { HashSet::new() } else { used(source) };
    for ((kind, id), all) in by_name {
        let mut places: Vec<(Place, &Problem)> =
            all.iter().filter_map(|n| problems.get(*n)).map(|problem| (place(&problem.at), problem)).collect();
        places.sort_by(|(a, _), (b, _)| a.cmp(b));
        places.dedup_by(|(a, _), (b, _)| a == b);
        let Some((_, first)) = places.first() else { continue };
        let others: Vec<At> = places.iter().skip(1).map(|(_, problem)| problem.at.clone()).collect();
        let one_item = places.iter().all(|(_, problem)| problem.item == first.item);
        let unused = unused(kind, &id, toolkit, &used, others.len() + 1);
        let repeated = Repeated { what: first.what.clone(), others, unused };
        let what = if repeated.others.is_empty() { repeated.what } else { What::Repeated(Box::new(repeated)) };
        let together = Problem { at: first.at.clone(), what, item: first.item.clone().filter(|_| one_item) };
        for n in all {
            alone[n] = None;
        }
        alone.push(Some(together));
    }
    alone.into_iter().flatten().collect()
}

/// The words of a name that several places miss, from those of one of them.
pub(super) fn words(repeated: &Repeated, mut words: Words) -> Words {
    let others = &repeated.others;
    words.message = format!("{}, and {} name it", words.message, count(others.len() + 1, "place"));
    for at in others.iter().take(SHOWN) {
        words = words.related(at, "and here");
    }
    let more = others.len().saturating_sub(SHOWN);
    if more > 0 {
        words.notes.insert(0, format!("and in {}", count(more, "more place")));
    }
    let (kind, id) = match &repeated.what {
        What::UnknownAudience(AudienceTrouble::Unknown { name, .. }) => ("audience", name.as_str()),
        What::UnknownReference { kind, id, .. } => (*kind, stem(id)),
        _ => return words,
    };
    let names: Vec<String> = repeated.unused.iter().map(|unused| format!("`{}`", unused.name)).collect();
    let [unused] = repeated.unused.as_slice() else {
        return if names.is_empty() {
            words
        } else {
            words.note(format!("nothing names {}: was `{id}` renamed to one of them?", names.join(" or ")))
        };
    };
    let (now, file) = (&unused.name, &unused.at.file);
    let back = if is_file(kind) {
        let (folder, end) = (file.rsplit_once('/').map_or("", |(folder, _)| folder), ending(file));
        format!("rename {file} back to {folder}/{id}.{end}")
    } else {
        words = words.related(&unused.at, "nothing names this");
        format!("call it `{id}` again in {file}")
    };
    // what those say that are there helps nobody who has renamed one
    words.notes.truncate(usize::from(more > 0));
    words.help(format!(
        "nothing names `{now}`: was `{id}` renamed to it? {back}; or write `{now}` in each of these places"
    ))
}

/// Whether things of this kind are called by the name of their file.
fn is_file(kind: &str) -> bool {
    !matches!(kind, "fact" | "source" | "local" | "concern" | "word" | "partner")
}

/// The name of a file without its folders and its ending; any other name as it is.
fn stem(path: &str) -> &str {
    let path = path.split('#').next().unwrap_or(path);
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".md").unwrap_or(name)
}

fn ending(file: &str) -> &str {
    file.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// What of this kind nothing names, if it is little enough that one of it may have been called `id`.
fn unused(kind: &str, id: &str, toolkit: &Toolkit, used: &HashSet<String>, places: usize) -> Vec<Unused> {
    let mut all = things(kind, toolkit);
    all.retain(|it| !used.contains(&format!("{kind}:{}", it.name)));
    all.dedup_by(|a, b| a.name == b.name);
    let alike = |it: &Unused| (shared_words(id, &it.name), meant(id, [it.name.as_str()]).is_some());
    match all.iter().map(alike).max() {
        // a slip that was made twice, or nothing but that it is used nowhere
        Some((_, true) | (0, false)) if places < MANY => all.clear(),
        Some(most) if most > (0, false) => all.retain(|it| alike(it) == most),
        _ => {}
    }
    if all.len() > UNUSED { Vec::new() } else { all }
}

/// All things of a kind, with where each gets its name.
fn things(kind: &str, toolkit: &Toolkit) -> Vec<Unused> {
    let local: Arc<str> = "content/local.yaml".into();
    match kind {
        "audience" => {
            let all = toolkit.audiences.iter();
            all.map(|it| Unused { name: it.id.to_string(), at: At::name(Arc::clone(&it.file)) }).collect()
        }
        "local" => {
            let all = toolkit.local.iter();
            all.map(|it| Unused { name: it.key.to_string(), at: At::key(Arc::clone(&local), KeyPath::top(&it.key)) })
                .collect()
        }
        "fact" => {
            let at = |fact: &crate::toolkit::fact::Fact| At::value(Arc::clone(&fact.entry.file), fact.entry.key("id"));
            toolkit.facts.iter().map(|fact| Unused { name: fact.id.to_string(), at: at(fact) }).collect()
        }
        "concern" => {
            let all = toolkit.audiences.iter().flat_map(|audience| {
                audience.concerns.iter().enumerate().map(|(n, concern)| Unused {
                    name: concern.id.to_string(),
                    at: At::value(Arc::clone(&audience.file), KeyPath::top("concerns").index(n).key("id")),
                })
            });
            all.collect()
        }
        _ => {
            let Some(kind) = Kind::ALL.into_iter().find(|it| it.name() == kind) else { return Vec::new() };
            let items = toolkit.items(kind).iter().map(Guarded::for_checks);
            items.map(|item| Unused { name: item.id.to_string(), at: At::name(Arc::clone(&item.file)) }).collect()
        }
    }
}

/// Several files of one folder that is in no known place: the folder, and the numbers of their problems.
fn folders(problems: &[Problem], source: &Source) -> Vec<(Problem, Vec<usize>)> {
    let mut folders: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (n, problem) in problems.iter().enumerate() {
        let What::UnknownFile { belongs: Some(belongs) } = &problem.what else { continue };
        let (Some((now, name)), Some((right, same))) = (problem.at.file.rsplit_once('/'), belongs.rsplit_once('/'))
        else {
            continue;
        };
        if name == same && now != right && now != "content" {
            folders.entry((now, right)).or_default().push(n);
        }
    }
    folders.retain(|_, files| files.len() > 1);
    let there = |folder: &str| source.files().any(|file| file.path.arc().starts_with(&format!("{folder}/")));
    let together = |((now, right), files): ((&str, &str), Vec<usize>)| {
        let what = What::UnknownFolder {
            folder: format!("{now}/"),
            belongs: format!("{right}/"),
            files: files.len(),
            both: there(right),
        };
        (Problem::new(At::name(now.into()), what), files)
    };
    folders.into_iter().map(together).collect()
}

/// Whatever is named in the toolkit's texts, as `kind:name`: audiences of blocks, of texts by audience and of lists, ids in
/// the lists of keys, references, and the files that are linked to.
fn used(source: &Source) -> HashSet<String> {
    let mut used = HashSet::new();
    let mut add = |kind: &str, name: &str| {
        if is_name(name) {
            used.insert(format!("{kind}:{name}"));
        }
    };
    for file in source.files() {
        let (path, Some(text)) = (file.path.arc(), file.text()) else { continue };
        let (markdown, mut yaml) = (path.ends_with(".md"), path.ends_with(".yaml"));
        if !yaml && !markdown {
            continue;
        }
        let mut key = "";
        for (n, line) in text.lines().enumerate() {
            if markdown && line.trim_end() == "---" {
                yaml = n == 0;
                continue;
            }
            if let Some(names) = line.trim_start().strip_prefix(":::") {
                names.split([',', ' ']).for_each(|name| add("audience", name));
            } else if yaml {
                in_yaml(line, &mut key, &*path == "toolkit.yaml", &mut add);
            }
            references(line, &mut add);
        }
    }
    used
}

/// The names in a line of YAML: its keys, and what stands in the list or behind the key that is named `key` from above.
fn in_yaml<'l>(line: &'l str, key: &mut &'l str, settings: bool, add: &mut impl FnMut(&str, &str)) {
    let line = line.split(" #").next().unwrap_or(line);
    for part in line.split(['[', ']', '{', '}', ',']) {
        let mut value = part.trim().trim_start_matches("- ").trim();
        if let Some((name, rest)) = value.split_once(':').filter(|(_, rest)| rest.is_empty() || rest.starts_with(' ')) {
            add("audience", name);
            (*key, value) = (name, rest.trim());
        }
        let kind = match *key {
            "audiences" => "audience",
            "answers" => "concern",
            "facts" | "facts_first" | "facts_never" | "show_with" => "fact",
            "message" | "messages" | "message_order" => "message",
            _ if settings => "audience",
            _ => continue,
        };
        add(kind, value.trim_matches(['"', '\'']));
    }
}

/// The references in a line, `fact:odds`, and the Markdown files that it links to.
fn references(line: &str, add: &mut impl FnMut(&str, &str)) {
    for part in line.split(['<', '>', '(', ')', ' ', '"', '#']) {
        if let Some((kind, id)) = part.split_once(':') {
            add(kind, id);
        } else if let Some(path) = part.strip_suffix(".md") {
            let name = stem(path);
            // the folder says which kind; a file beside this one may be of any
            let folder = path.rsplit('/').nth(1);
            for kind in Kind::ALL {
                if folder.is_none_or(|folder| folder == kind.folder() || folder.starts_with('.')) {
                    add(kind.name(), name);
                }
            }
        }
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_seen_wherever_they_may_stand() {
        let names = |line, mut key| {
            let mut names = Vec::new();
            in_yaml(line, &mut key, false, &mut |kind, name| names.push(format!("{kind}:{name}")));
            names.retain(|name| !name.starts_with("audience:") || name.contains("reside"));
            names
        };
        assert_eq!(
            names("audiences: [residents, \"residence\"] # law", ""),
            ["audience:residents", "audience:residence"]
        );
        assert_eq!(names("  - odds", "facts"), ["fact:odds"]);
        assert_eq!(names("  residents: Who pays for this?", ""), ["audience:residents"]);
        assert_eq!(names("question: {else: Who pays?, residents: Who?}", ""), ["audience:residents"]);
        assert_eq!(names("message: money", ""), ["message:money"]);
        assert!(names("    say: neighbors", "").is_empty());
        let mut names = Vec::new();
        let line = "See <fact:odds>, [it](../faqs/who-pays.md#top) and [her](audience:police).";
        references(line, &mut |kind, name| names.push(format!("{kind}:{name}")));
        assert_eq!(names, ["fact:odds", "faq:who-pays", "audience:police"]);
    }
}
