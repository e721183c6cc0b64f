//! `unknown-audience`: a name that is no audience and no group.

use crate::check::phrase::{list, one_of};
use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{At, AudienceTrouble, Problem, Severity, Spot, Step, What, nearest};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "unknown-audience",
    group: Group::Structure,
    severity: Levels::always(Severity::Error),
    fixed: Fixed::Whole,
    reads: Reads::Problem(words),
    docs: r"
A name that is no audience and no group of this toolkit.

### Why
Words for one audience must not reach another. A mistyped name would show them to all, or to nobody, so nothing is
written until the name is right. An audience is a file in content/audiences; groups stand in toolkit.yaml.

### Wrong
```md content/faqs/who-pays.md
---
question: Who pays for this?
---
The city does.

::: polise
It costs your budget nothing.
:::
```

### Right
```md content/faqs/who-pays.md
---
question: Who pays for this?
---
The city does.

::: police
It costs your budget nothing.
:::
```
",
};

fn words(problem: &Problem) -> Option<Words> {
    let What::UnknownAudience(trouble) = &problem.what else { return None };
    Some(match trouble {
        AudienceTrouble::Unknown { name, known } if means_coaching(name, known) => {
            Words::new(format!("`{name}` is no audience of this toolkit"))
                .label("neither an audience nor a group")
                .help("did you mean `partners-only`? it opens coaching, which is in no public page")
        }
        AudienceTrouble::Unknown { name, .. } if means_the_rest(name) => {
            Words::new(format!("`{name}` is no audience of this toolkit"))
                .label("neither an audience nor a group")
                .help("did you mean `else`? in a text it opens the part for all who are not named: `::: else`; to show a whole item to everyone leave `audiences` out")
        }
        AudienceTrouble::Unknown { name, known } if several(name, known).is_some() => {
            let names = several(name, known).unwrap_or_default();
            Words::new(format!("`{name}` is several audiences"))
                .label("they need commas between them")
                .help(format!("write `{}`", names.join(", ")))
        }
        AudienceTrouble::Unknown { name, known } if known.is_empty() => {
            Words::new(format!("`{name}` is no audience of this toolkit"))
                .label("there are no audiences yet")
                .help(format!("describe it in a file: `onevoice new audience {name}`"))
        }
        AudienceTrouble::Unknown { name, known } => {
            let words =
                Words::new(format!("`{name}` is no audience of this toolkit")).label("neither an audience nor a group");
            match nearest(name, known.iter().map(String::as_str)) {
                Some(near) => {
                    words.help(format!("did you mean `{near}`?")).note(format!("audiences and groups: {}", list(known)))
                }
                // the order of the audiences: there it may come before its file
                None if is_in_the_order(&problem.at) => words.help(format!(
                    "describe it in a file, `onevoice new audience {name}`, or take the name out; those that are there: {}",
                    list(known)
                )),
                None => Words { help: one_of(known), ..words },
            }
        }
        AudienceTrouble::Admonition { name } => Words::new(format!("`{name}` is no audience"))
            .label("a box is made another way")
            .help(format!("use `> [!{0}]`, with `> ` before each line of the box:\n> [!{0}]\n> …", alert(name))),
        AudienceTrouble::Reserved { name } => reserved(name),
        AudienceTrouble::Twice { name } => Words::new(format!("`{name}` is named twice"))
            .label("already in this list")
            .help("remove one of the two")
            .note("a group counts as the audiences in it"),
    })
}

/// Whether a name is rather a slip in `partners-only` than one in an audience's name.
/// Names of audiences that stand side by side without commas: `police residents`, `(police; residents)`, `police and residents`.
fn several<'n>(name: &'n str, known: &[String]) -> Option<Vec<&'n str>> {
    let parts =
        name.split(|sign: char| sign.is_whitespace() || matches!(sign, ',' | ';' | '/' | '+' | '&' | '(' | ')' | '|'));
    let names: Vec<&str> = parts.filter(|part| !part.is_empty() && !matches!(*part, "and" | "or")).collect();
    let all = names.iter().all(|part| known.iter().any(|known| known == part));
    (all && names.len() > 1).then_some(names)
}

/// Words for all who are not named.
fn means_the_rest(name: &str) -> bool {
    let name = name.to_lowercase();
    matches!(
        &*name,
        "else"
            | "other"
            | "others"
            | "rest"
            | "the rest"
            | "everyone"
            | "everybody"
            | "everyone else"
            | "otherwise"
            | "default"
    )
}

/// Whether it stands in `audiences:` of toolkit.yaml.
fn is_in_the_order(at: &At) -> bool {
    let Spot::Value(path) = &at.spot else { return false };
    &*at.file == "toolkit.yaml" && path.0.first() == Some(&Step::Key("audiences".into()))
}

fn means_coaching(name: &str, known: &[String]) -> bool {
    const COACHING: &str = "partners-only";
    let all = known.iter().map(String::as_str).chain([COACHING]);
    nearest(name, all) == Some(COACHING) || matches!(&*name.to_lowercase(), "partner" | "partners" | "coaching")
}

fn reserved(name: &str) -> Words {
    let words =
        Words::new(format!("`{name}` can't stand here: it is the name of no audience")).label("needs an audience");
    match name {
        "all" | "general" => words.help("to show it to everyone, leave the names out"),
        "none" => words.help("to hold an item back, write `draft: true`"),
        "else" => words.help("`else` ends a block that an audience opens: `::: police`, then `::: else`"),
        "partners-only" => words.help(
            "for coaching in a text open `::: partners-only` by itself; for a whole item write `edition: partners`",
        ),
        _ => words.help("name the audience by its file in content/audiences"),
    }
}

/// The alert that is nearest in meaning; these five are all there are.
fn alert(name: &str) -> &'static str {
    match name.to_lowercase().as_str() {
        "tip" | "hint" | "success" => "TIP",
        "warning" | "attention" => "WARNING",
        "important" => "IMPORTANT",
        "danger" | "caution" | "error" | "bug" | "failure" => "CAUTION",
        _ => "NOTE",
    }
}
