//! `unknown-key`: a key that this kind of file does not have.

use crate::check::phrase::{a, list};
use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{Problem, Severity, What, nearest};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "unknown-key",
    group: Group::Structure,
    severity: Levels::always(Severity::Error),
    fixed: Fixed::Whole,
    reads: Reads::Problem(words),
    docs: r"
A key that this kind of file does not have.

### Why
A mistyped key would be left out without a word: `revew_by` never reminds anyone. Keys of other tools have other names
here, and the finding says which. Values of your own go under `extra`.

### Wrong
```md content/faqs/who-pays.md
---
question: Who pays for this?
titel: Money
---
The city does.
```

### Right
```md content/faqs/who-pays.md
---
question: Who pays for this?
title: Money
extra:
  colour: green
---
The city does.
```
",
};

/// Keys of other tools by meaning: as typed there, and ours (the first that is known at the place).
const MEANINGS: &[(&[&str], &[&str])] = &[
    (&["description", "desc", "excerpt", "abstract", "subtitle", "teaser", "intro"], &["summary"]),
    (&["weight", "position", "nav_order", "sidebar_position", "sort_by", "priority"], &["order"]),
    (&["date", "lastmod", "modified", "last_modified", "last_updated", "updated_at"], &["updated"]),
    (&["layout"], &["template"]),
    (&["expiryDate", "expires", "unpublishDate", "valid_until"], &["review_by"]),
    (&["publishDate", "pubDate", "publish_date", "publish_on", "release_date"], &["embargo"]),
    (&["params", "custom", "meta", "metadata", "vars"], &["extra"]),
    (&["images", "cover", "thumbnail", "featured_image", "og_image", "hero", "picture"], &["image"]),
    (&["alt", "image_description"], &["image_alt", "logo_alt"]),
    (&["url", "permalink"], &["slug", "base_url"]),
    (&["redirect_from", "redirects", "redirect"], &["aliases"]),
    (&["baseURL", "site_url", "siteUrl", "domain"], &["base_url"]),
    (&["languageCode", "lang", "locale"], &["language"]),
    (&["site_name", "sitename", "name", "headline"], &["title"]),
    (&["question"], &["point", "title"]),
    (&["point"], &["question", "title"]),
    (&["nav", "navigation", "menus"], &["menu"]),
    (&["unlisted", "hidden", "unpublished"], &["draft"]),
    (&["audience", "for", "readers"], &["audiences"]),
];

/// Keys of other tools that have no equal here, and what to do instead.
const INSTEAD: &[(&[&str], &str)] = &[
    (
        &["tags", "tag", "categories", "category", "keywords", "topics", "taxonomies"],
        "audience, concern and message are the order here: name `audiences`, and the concerns it `answers`",
    ),
    (&["author", "authors"], "a toolkit speaks for the coalition; to keep the name write\nextra:\n  author: …"),
    (&["type", "kind"], "the folder says what kind of item it is: content/faqs, content/messages, content/pages"),
    (
        &["published", "publish"],
        "write `draft: true` to hold it back, `embargo: 2026-05-01` to hold it back until a date",
    ),
    (&["id"], "the file's name is the id"),
];

fn words(problem: &Problem) -> Option<Words> {
    let What::UnknownKey { key, known, inside } = &problem.what else { return None };
    let words = Words::new(format!("unknown key `{key}`")).label(format!("no such key in {}", a(inside)));
    let words = match instead(key, known) {
        Some(help) => words.help(help),
        None if known.iter().any(|name| name == "extra") => {
            words.help(format!("use one of the keys below, or keep it under `extra`:\nextra:\n  {key}: …"))
        }
        None => words.help("remove the line"),
    };
    Some(if known.is_empty() { words } else { words.note(format!("known keys: {}", list(known))) })
}

/// What to type instead of `key`: by meaning where another tool has it, else by its letters.
fn instead(key: &str, known: &[String]) -> Option<String> {
    let is_known = |name: &&&str| known.iter().any(|known| known == **name);
    let typed = |names: &[&str]| names.iter().any(|name| bare(name) == bare(key));
    let meant = MEANINGS.iter().filter(|(names, _)| typed(names)).find_map(|(_, ours)| ours.iter().find(is_known));
    if let Some(ours) = meant {
        return Some(format!("write `{ours}`, which is the same here"));
    }
    if let Some(near) = nearest(key, known.iter().map(String::as_str)) {
        return Some(format!("did you mean `{near}`?"));
    }
    INSTEAD.iter().find(|(names, _)| typed(names)).map(|(_, help)| (*help).to_owned())
}

/// `expiryDate`, `expiry_date` and `expiry-date` are one key.
fn bare(key: &str) -> String {
    key.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn help(key: &str) -> String {
        let known = ["title", "summary", "order", "updated", "review_by", "embargo", "image", "template", "extra"];
        instead(key, &known.map(str::to_owned)).unwrap_or_default()
    }

    #[test]
    fn keys_of_other_tools_are_told_by_meaning() {
        for (typed, ours) in [
            ("description", "summary"),
            ("weight", "order"),
            ("date", "updated"),
            ("lastmod", "updated"),
            ("layout", "template"),
            ("expiryDate", "review_by"),
            ("expiry_date", "review_by"),
            ("publishDate", "embargo"),
            ("params", "extra"),
            ("images", "image"),
        ] {
            assert_eq!(help(typed), format!("write `{ours}`, which is the same here"));
        }
        assert!(help("tags").starts_with("audience, concern and message are the order here"));
    }

    #[test]
    fn slips_are_told_by_their_letters() {
        assert_eq!(help("titel"), "did you mean `title`?");
        assert_eq!(help("Summary"), "did you mean `summary`?");
        assert_eq!(help("frobnicate"), "");
    }
}
