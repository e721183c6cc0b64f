//! `unknown-reference`: a reference to something that is not there, or that this reader may not see.

use crate::check::phrase::{list, reader};
use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{Problem, ReferenceTrouble, Severity, Spot, What, meant};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "unknown-reference",
    group: Group::Structure,
    severity: Levels::always(Severity::Error),
    fixed: Fixed::Whole,
    reads: Reads::Problem(words),
    docs: r"
A reference to something that is not there, or that this reader may not see.

### Why
A reference brings in a fact's allowed wording, a phone line, a link to another page. If its id is mistyped, the
sentence would have a hole; if it leads to a draft or to something that only partners see, a public page would name it.

### Wrong
```md content/faqs/who-pays.md
---
question: Who pays for this?
---
Call <local:program-lin>.
```
```yaml content/local.yaml
program-line: 555-0100
```

### Right
```md content/faqs/who-pays.md
---
question: Who pays for this?
---
Call <local:program-line>.
```
```yaml content/local.yaml
program-line: 555-0100
```
",
};

fn words(problem: &Problem) -> Option<Words> {
    let What::UnknownReference { kind, id, why } = &problem.what else { return None };
    let typed = if *kind == "file" { id.clone() } else { format!("{kind}:{id}") };
    Some(match why {
        ReferenceTrouble::Unknown { known, says } => {
            let words = unknown(is_listed(problem), kind, id, known);
            match says {
                Some(says) if words.help.as_deref().is_some_and(|help| help.starts_with("did you mean")) => {
                    words.note(format!("that one reads \"{says}\""))
                }
                _ => words,
            }
        }
        ReferenceTrouble::UnknownKind { near } => unknown_kind(id, near),
        ReferenceTrouble::PartnersOnly => Words::new(format!("`{typed}` is in the partners edition only"))
            .label("public text can't name it")
            .help("name a public item, or move this part into a block `::: partners-only`"),
        ReferenceTrouble::AsTyped { instead } => Words::new("this reference is shown to readers as it is typed")
            .label("no reference in this form")
            .help(format!("write `{instead}`, without spaces; to show it as it is put it between backticks")),
        ReferenceTrouble::Draft => Words::new(format!("`{typed}` is a draft"))
            .label("public text can't name it yet")
            .help("remove `draft: true` there, or the reference here"),
        ReferenceTrouble::Embargoed(date) => Words::new(format!("`{typed}` is held back until {date}"))
            .label("public text can't name it yet")
            .help(format!("add the reference on {date}, or write `embargo: {date}` here too")),
        ReferenceTrouble::Withdrawn(date) => Words::new(format!("`{typed}` was withdrawn on {date}"))
            .label("nobody reads it any more")
            .help("take the reference out, or name what stands in its place"),
        ReferenceTrouble::NotForReader(who) => not_for(&typed, who),
        ReferenceTrouble::WordInClaim => Words::new(format!("a claim can't hold `{typed}`"))
            .label("differs by audience")
            .help("type the word itself: a claim is the same for all"),
        ReferenceTrouble::NoWord(who) => no_word(id, who),
        ReferenceTrouble::NoPage => Words::new(format!("`{typed}` has no page that a link could open"))
            .label("no page")
            .help("link to a message, a question, a story, a page or an audience instead"),
    })
}

/// Whether it stands alone under a key, where its kind is known: `answers: [ID]`.
const fn is_listed(problem: &Problem) -> bool {
    matches!(problem.at.spot, Spot::Value(_) | Spot::Key(_))
}

fn unknown(listed: bool, kind: &str, id: &str, known: &[String]) -> Words {
    if kind == "file" {
        let words = Words::new(format!("there is no file `{id}`")).label("not in this toolkit");
        return words.help(match known {
            [] => "was it renamed or taken out? name one that is there, or take the link out".to_owned(),
            [meant] => format!("did you mean `{meant}`?"),
            near => {
                format!("was it renamed or taken out? those that are nearest are {}; or take the link out", list(near))
            }
        });
    }
    let words = Words::new(format!("there is no {} `{id}`", noun(kind))).label("nothing has this id");
    match meant(id, known.iter().map(String::as_str)) {
        Some(near) if listed => words.help(format!("did you mean `{near}`?")),
        Some(near) => words.help(format!("did you mean `{kind}:{near}`?")),
        None if known.is_empty() => words.help(format!("add it to {}", place(kind))),
        None if kind == "fact" => words.help(format!(
            "was it renamed or taken out? add it to {}, or take the sentence out; nearest by their ids are {}, and each says something else",
            place(kind),
            list(known)
        )),
        None => words.help(format!(
            "was it renamed or taken out? use another, like {}, or add it to {}",
            list(known),
            place(kind)
        )),
    }
}

fn not_for(typed: &str, who: &str) -> Words {
    let words = if who == "general" {
        Words::new(format!("`{typed}` has no general version")).label("leads nowhere in the general version")
    } else {
        Words::new(format!("`{typed}` has no page for {who}, and no general version"))
            .label(format!("leads nowhere for {who}"))
    };
    words.help("show it to more readers with its `audiences`, or put this part into a block for those who see it")
}

/// `typed` is the whole reference, `facts:odds`.
fn unknown_kind(typed: &str, near: &str) -> Words {
    let (kind, rest) = typed.split_once(':').unwrap_or((typed, ""));
    Words::new(format!("`{kind}:` is no kind of reference"))
        .label("nothing is kept under this name")
        .help(format!("did you mean `{near}:{rest}`?"))
}

fn no_word(id: &str, who: &str) -> Words {
    let file = match who {
        "general" => "toolkit.yaml".to_owned(),
        _ => format!("content/audiences/{who}.yaml, or to toolkit.yaml for everyone"),
    };
    Words::new(format!("there is no word `{id}` for {}", reader(who)))
        .label("would be empty for them")
        .help(format!("add it to `words:` in {file}:\nwords:\n  {id}: …"))
}

/// What the writer calls it.
fn noun(kind: &str) -> String {
    match kind {
        "local" => "fill-in".to_owned(),
        "faq" => "question".to_owned(),
        _ => kind.replace('-', " "),
    }
}

/// Where things of this kind are kept.
fn place(kind: &str) -> &'static str {
    match kind {
        "fact" | "source" => "content/facts.yaml",
        "local" => "content/local.yaml",
        "word" => "`words:` in toolkit.yaml",
        "message" => "content/messages",
        "faq" => "content/faqs",
        "story" => "content/stories",
        "audience" => "content/audiences",
        "concern" => "the `concerns:` of a profile in content/audiences",
        "partner" => "content/partners.yaml",
        "page" => "content/pages",
        _ => "content",
    }
}
