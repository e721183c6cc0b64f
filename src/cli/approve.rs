//! `onevoice approve`: a role signs the words that audiences read of an item.

use std::fmt::Write as _;

use super::build::stopped;
use super::exit::{Exit, Refusal};
use super::here::{Here, quoted};
use super::output::{BOLD, Output};
use super::{date, findings, progress};
use crate::approve::{self, Approved, Known, Named, Open, Refused, Request, Unknown, by_hand};
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
  onevoice approve faqs/who-pays --by chief --version 3f2a91c  what they sent back: the words they read")]
pub struct Args {
    /// What they approve, as `status` names it: messages/safer; the path of its file is good, too
    item: String,

    /// Who approves: a role of `approvals: required` in toolkit.yaml, or of a profile's `reviewers`
    #[arg(long, value_name = "ROLE")]
    by: String,

    /// Whose version they approve: an audience, or general; without it, all versions that the role is asked to sign
    #[arg(long, value_name = "AUDIENCE")]
    audience: Option<String>,

    /// The day they approved it, typed as 2026-11-24; without it, today
    #[arg(long, value_name = "DATE", value_parser = date)]
    on: Option<Date>,

    /// The version code that they sent back with their answer, as the board shows it beside each text; only words that
    /// still are of this version are signed
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
        item: args.item.clone(),
        by: args.by.clone(),
        audience: args.audience.clone(),
        on: args.on,
        version: args.version.clone(),
        today: here.today()?,
    };
    let done = progress::while_busy(output, "signing", || approve::approve(&request));
    let done = done.map_err(|refused| refuse(refused, args, output))?;
    output.result(&text(&done));
    Ok(Exit::Done)
}

fn text(done: &Approved) -> String {
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
    for open in &done.open {
        let _ = writeln!(out, "{}", still_asked(open));
    }
    if done.open.is_empty() {
        out.push_str("everyone who is asked has signed it\n");
    }
    out
}

fn still_asked(open: &Open) -> String {
    let more = if open.required { "" } else { " (holds up nothing)" };
    format!("still asked: {} for {}{more}", one_line(&open.role), open.audiences.join(", "))
}

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
    let role = quoted(&args.by);
    match refused {
        Refused::Open(error) => stopped(Stop::Open(error)),
        Refused::Write(error) => stopped(Stop::Write(error)),
        Refused::Findings(found) => {
            output.aside(&findings::human(&found, output.width()));
            Refusal::taken(format!("`{}` was not signed: there are errors in it, or in what says who signs", args.item))
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
        Refused::Earlier { on, changed, by } => {
            let how = match by {
                Known::Updated => "its `updated` is",
                Known::Signed => "the same role signed other words of it on",
            };
            Refusal::usage(format!("the words of `{}` have changed since {on}", args.item))
                .note(format!("{how} {changed}"))
                .help("let them read the words of today, and give the day on which they did")
        }
        Refused::OtherWords { version, today } => {
            let list: Vec<String> = today.iter().map(|(audience, code)| format!("{code} for {audience}")).collect();
            Refusal::usage(format!("the words of `{}` are not those of version {version}", args.item))
                .note(format!("today they are {}", in_row(&list)))
                .help("they were changed since they were read: let them read the words of today")
        }
        Refused::Future(day) => Refusal::usage(format!("{day} is still to come"))
            .help("leave `--on` out for today, or give the day on which they signed"),
        Refused::ByHand(new) => Refusal::taken(format!(
            "{} is typed in a way that nothing can be added to it without touching the rest",
            approve::FILE
        ))
        .note(format!("nothing was written; `{role}` has signed nothing"))
        .help(format!("add these lines to its list by hand:\n{}", by_hand(&new))),
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
