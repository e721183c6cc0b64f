//! `onevoice approve`: a role signs the words that audiences read of an item.

use std::fmt::Write as _;

use super::build::stopped;
use super::exit::{Exit, Refusal};
use super::here::{Here, quoted};
use super::output::{BOLD, Loudness, Output};
use super::{counted, date, findings, progress};
use crate::approve::{self, Approved, CodeOf, Known, Named, Open, Refused, Request, Unknown, Wanted, by_hand, plain};
use crate::language::Date;
use crate::pipeline::Stop;
use crate::report::one_line;
use crate::voice::sign_off::texts;

/// Write down that somebody has read and approved a text
///
/// A sign-off is of exact words: those that an audience reads of the item today, with the wording of facts and the
/// fill-ins. When these words change, it falls away by itself; when they are back, it holds again. Another audience's
/// part, a comment, emphasis and line breaks do not count. Messages, questions, talking points and each audience's ask
/// (`audiences/police`) are signed. The sign-off goes to the end of content/approvals.yaml, where nothing else changes,
/// and the words go to content/approvals/, so that `status` can show later what has changed.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  onevoice approve messages/safer --by editor                 all versions that it is asked for
  onevoice approve messages/safer --by chief --audience police
  onevoice approve audiences/police --by chief                what is asked of the police
  onevoice approve faqs/who-pays --by editor --on 2026-11-20  they signed on paper that day
  onevoice approve \"faqs/who-pays 3f2a91c\" --by chief         what they sent back: the words they read
  onevoice approve messages/safer faqs/who-pays --by editor   several at once")]
pub struct Args {
    /// What they approve, as `status` names it: messages/safer; the path of its file is good, too. Behind a space the
    /// version code that they sent back with it: "messages/safer 3f2a91c". Several at once are signed all, or none
    #[arg(required = true, value_name = "ITEM")]
    items: Vec<String>,

    /// Who approves: a role of `approvals: required` in toolkit.yaml, or of a profile's `reviewers`
    #[arg(long, value_name = "ROLE")]
    by: String,

    /// Whose version they approve: an audience, or general; without it, all versions that the role is asked to sign
    #[arg(long, value_name = "AUDIENCE")]
    audience: Option<String>,

    /// The day they approved it, typed as 2026-11-24; without it, today
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: Option<Date>,

    /// The version code that they sent back with their answer, as the page of their role shows it under each text, alone or with
    /// the item: "messages/safer 3f2a91c"; only words that still are of this version are signed
    #[arg(long, value_name = "CODE")]
    version: Option<String>,
}

/// Signs.
///
/// # Errors
/// When there is no toolkit here, a name is not known, there are errors in the item, or the file can't be written.
pub fn run(args: &Args, here: &Here, output: &mut Output) -> Result<Exit, Refusal> {
    let request = Request {
        root: here.toolkit()?,
        items: wanted(args)?,
        by: args.by.clone(),
        audience: args.audience.clone(),
        on: args.on,
        today: here.today()?,
    };
    let done = progress::while_busy(output, "signing", || approve::approve(&request));
    let done = done.map_err(|refused| refuse(refused, args, output))?;
    let mut said: String = done.iter().map(signed).collect();
    if output.loudness() > Loudness::Quiet {
        said += &match done.as_slice() {
            [one] => still_asked(&one.open),
            several => still_asked_of(several),
        };
    }
    output.result(&said);
    Ok(Exit::Done)
}

/// The items with their codes. A code stands behind its item, in one argument or as the next one; for a single item also
/// in `--version`, with or without the item before it.
fn wanted(args: &Args) -> Result<Vec<Wanted>, Refusal> {
    let mut all: Vec<Wanted> = Vec::new();
    for typed in &args.items {
        let (item, version) = item_and_code(typed);
        match (all.last_mut(), &version) {
            // what has no folder is no item
            (Some(last), None) if last.version.is_none() && is_code(&item) => last.version = Some(item),
            _ => all.push(Wanted { item, version }),
        }
    }
    let Some(typed) = &args.version else { return Ok(all) };
    let [one] = all.as_mut_slice() else {
        return Err(Refusal::usage("`--version` goes with one item, and there are several").help(format!(
            "type the code behind its item: `onevoice approve \"{} CODE\" … --by {}`",
            all.first().map_or("messages/safer", |first| first.item.as_str()),
            quoted(&args.by)
        )));
    };
    let (item, version) = item_and_code(typed);
    let (item, version) = version.map_or((None, item.clone()), |version| (Some(item), version));
    if let Some(item) = item.filter(|item| plain(item) != plain(&one.item)) {
        return Err(Refusal::usage(format!("the code {version} was sent back for `{item}`, not for `{}`", one.item))
            .help(format!("type `onevoice approve \"{item} {version}\" --by {}`", quoted(&args.by))));
    }
    if one.version.as_ref().is_some_and(|other| *other != version) {
        return Err(Refusal::usage("two version codes are given for one item").help("leave `--version` out"));
    }
    one.version = Some(version);
    Ok(all)
}

/// `messages/safer 3f2a91c`: the item and, where there is one, the code, as they stand in a letter: `approved: messages/safer,
/// 3f2a91c.`
fn item_and_code(typed: &str) -> (String, Option<String>) {
    let bare =
        |word: &str| word.trim_matches(|sign: char| !sign.is_alphanumeric() && sign != '.' && sign != '/').to_owned();
    let mut words = typed.split_whitespace().skip_while(|word| bare(word).eq_ignore_ascii_case("approved"));
    let Some(item) = words.next() else { return (typed.trim().to_owned(), None) };
    match words.collect::<Vec<_>>().as_slice() {
        [] => (item.to_owned(), None),
        [code] => (bare(item), Some(bare(code).trim_matches('.').to_owned())),
        // no letter: told as it was typed
        _ => (typed.trim().to_owned(), None),
    }
}

fn is_code(typed: &str) -> bool {
    (4..=64).contains(&typed.len()) && typed.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn signed(done: &Approved) -> String {
    let mut out = String::new();
    let (role, item) = (one_line(&done.by), &done.item);
    if done.signed.is_empty() {
        let _ = writeln!(out, "{BOLD}{role} has signed {item} already{BOLD:#}: nothing was changed");
    } else {
        let _ = writeln!(out, "{BOLD}{role} signed {item}{BOLD:#} on {}", done.on);
    }
    let mut shown: Vec<(&str, &str)> = Vec::new();
    for version in &done.signed {
        let _ = writeln!(out, "  for {}", in_row(&version.audiences));
        let all = texts(&version.words);
        let (known, new): (Vec<_>, Vec<_>) = all.iter().partition(|text| shown.contains(text));
        for (key, words) in new {
            let _ = writeln!(out, "    {key:<16}{}", first_words(words));
            shown.push((key, words));
        }
        if !known.is_empty() {
            let keys: Vec<&str> = known.iter().map(|(key, _)| *key).collect();
            let _ = writeln!(out, "    {} as above", keys.join(", "));
        }
    }
    for (audience, day) in &done.before {
        let _ = writeln!(out, "  {audience}: signed on {day}, and the words are the same");
    }
    out
}

/// Who is still asked to sign an item.
fn still_asked(open: &[Open]) -> String {
    if open.is_empty() {
        return EVERYONE.to_owned();
    }
    let line = |open: &Open| {
        let more = if open.required { "" } else { " (holds up nothing)" };
        format!("still asked: {} for {}{more}\n", one_line(&open.role), open.audiences.join(", "))
    };
    open.iter().map(line).collect()
}

/// Who is still asked to sign several items: those without whom nothing is published by name, the others as a number.
fn still_asked_of(done: &[Approved]) -> String {
    let mut required: Vec<(&str, Vec<String>)> = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    for (item, open) in done.iter().flat_map(|done| done.open.iter().map(|open| (&done.item, open))) {
        let its = format!("{item} ({})", open.audiences.join(", "));
        match required.iter_mut().find(|(role, _)| *role == open.role) {
            _ if !open.required => others.push(&open.role),
            Some((_, items)) => items.push(its),
            None => required.push((&open.role, vec![its])),
        }
    }
    others.sort_unstable();
    others.dedup();
    let mut out = String::new();
    for (role, items) in &required {
        let _ = writeln!(out, "still asked: {} for {}", one_line(role), items.join(", "));
    }
    match others.len() {
        0 if required.is_empty() => out += EVERYONE,
        0 => {}
        some => {
            let _ = writeln!(
                out,
                "asked, too, holding up nothing: {}; the board of the partners edition names them",
                counted(some, "role")
            );
        }
    }
    out
}

const EVERYONE: &str = "everyone who is asked has signed it\n";

/// `police, residents and general`.
fn in_row(names: &[String]) -> String {
    match names {
        [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
        _ => names.concat(),
    }
}

/// As much as fits a line.
fn first_words(text: &str) -> String {
    const MOST: usize = 58;
    let line = one_line(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    if line.chars().count() <= MOST {
        return line;
    }
    let start: String = line.chars().take(MOST).collect();
    let start = start.rsplit_once(' ').map_or(start.as_str(), |(words, _)| words);
    format!("{start} …")
}

/// Why nothing was signed, in words.
fn refuse(refused: Refused, args: &Args, output: &mut Output) -> Refusal {
    match refused {
        Refused::Open(error) => stopped(Stop::Open(error)),
        Refused::Write(error) => stopped(Stop::Write(error)),
        Refused::Findings { item, found } => {
            output.aside(&findings::human(&found, output.width()));
            let item = item.or_else(|| args.items.first().cloned()).unwrap_or_default();
            let all = if args.items.len() > 1 { "; nor was anything else" } else { "" };
            Refusal::taken(format!("`{item}` was not signed: there are errors in it, or in what says who signs{all}"))
                .help("mend them first; `onevoice check` shows all findings")
        }
        Refused::Unknown(unknown) => unknown_name(&unknown),
        Refused::NotSigned(item) => Refusal::usage(format!("`{item}` is not signed by anybody"))
            .note("messages, questions, talking points and each audience's ask are signed"),
        Refused::NoWords(item) => Refusal::taken(format!("there is nothing to read in `{item}` yet"))
            .help("write the text first, then let them read it"),
        Refused::NotRead { item, audience, readers } => {
            let refusal = Refusal::usage(format!("`{audience}` does not read `{item}`"))
                .note(format!("it is read by {}", in_row(&readers)));
            match readers.first() {
                Some(first) => refusal.help(format!("type `--audience {first}`, or leave `--audience` out")),
                None => refusal,
            }
        }
        Refused::NotAsked { item, by, audience, asked_for } => {
            let whose = audience.map_or_else(String::new, |audience| format!(" for `{audience}`"));
            let refusal = Refusal::usage(format!("`{by}` is not asked to sign `{item}`{whose}"));
            match asked_for.first() {
                Some(first) => refusal
                    .note(format!("it is asked for {}", in_row(&asked_for)))
                    .help(format!("type `--audience {first}`, or leave `--audience` out")),
                None => refusal.help(format!(
                    "write `{by}` into `reviewers` of a profile whose audience reads it, or into `approvals: required` in toolkit.yaml"
                )),
            }
        }
        Refused::Earlier { item, on, changed, by } => {
            let how = match by {
                Known::Updated => "its `updated` is",
                Known::Signed => "the same role signed other words of it on",
            };
            Refusal::usage(format!("the words of `{item}` have changed since {on}"))
                .note(format!("{how} {changed}"))
                .help("let them read the words of today, and give the day on which they did")
        }
        Refused::OtherWords { item, version, of, today } => other_words(&item, &version, of, &today),
        Refused::Future(day) => Refusal::usage(format!("{day} is still to come"))
            .help("leave `--on` out for today, or give the day on which they signed"),
        Refused::ByHand(new) => Refusal::taken(format!(
            "{} is typed in a way that nothing can be added to it without touching the rest",
            approve::FILE
        ))
        .note(format!("nothing was written; `{}` has signed nothing", args.by))
        .help(format!("add these lines to its list by hand:\n{}", by_hand(&new))),
    }
}

/// Why a version code does not fit.
fn other_words(item: &str, version: &str, of: CodeOf, today: &[(String, String)]) -> Refusal {
    let list: Vec<String> = today.iter().map(|(audience, code)| format!("{code} for {audience}")).collect();
    let own = format!("the words of `{item}` are today {}", in_row(&list));
    match of {
        CodeOf::Before => Refusal::usage(format!("the words of `{item}` are not those of version {version}"))
            .note(own)
            .help("they were changed since they were read: let them read the words of today"),
        CodeOf::Other(other, audience) if other == item => {
            Refusal::usage(format!("version {version} of `{item}` is what {audience} reads, whom this sign-off is not for"))
                .note(own)
                .help("leave `--audience` out, if it was given; a role signs for those alone for whom it is asked")
        }
        CodeOf::Other(other, audience) => {
            Refusal::usage(format!("version {version} is not of `{item}` but of `{other}`, as {audience} reads it"))
                .note(own)
                .help(format!("type `onevoice approve \"{other} {version}\"` with the same `--by`, if that is what they read"))
        }
        CodeOf::Nothing => Refusal::usage(format!("no text of the toolkit has the version code {version}"))
            .note(own)
            .note("the code at the foot of a page is that of the whole page; words that nobody had signed are not known any more")
            .help("compare it with the code under the text on the page of their role (`/review/` in the partners edition), and let them read the words of today"),
    }
}

fn unknown_name(unknown: &Unknown) -> Refusal {
    let typed = &unknown.typed;
    match unknown.what {
        Named::Item => Refusal::usage(format!("there is no `{typed}` to sign"))
            .did_you_mean(unknown.near.as_deref())
            .help("`onevoice status` lists all items"),
        Named::Role if unknown.known.is_empty() => {
            Refusal::usage("no role is asked to sign in this toolkit").help(format!(
                "write `approvals: {{required: [{typed}]}}` in toolkit.yaml, or `reviewers: [{typed}]` in a profile"
            ))
        }
        Named::Role => Refusal::usage(format!("no role `{typed}` is asked to sign"))
            .did_you_mean(unknown.near.as_deref())
            .note(format!("the roles are {}", in_row(&unknown.known))),
        Named::Audience => Refusal::usage(format!("there is no audience `{typed}`"))
            .did_you_mean(unknown.near.as_deref())
            .note(format!("there are {}", in_row(&unknown.known))),
        Named::Group => Refusal::usage(format!("`{typed}` is a group of {}", in_row(&unknown.known))).help(
            "give one audience, and the same for the others; without `--audience` it is for everyone who reads it",
        ),
    }
}
