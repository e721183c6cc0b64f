//! `raw-html`: HTML in a text.

use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{Problem, Severity, What};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "raw-html",
    group: Group::Web,
    severity: Levels::always(Severity::Warning),
    fixed: Fixed::Nothing,
    reads: Reads::Problem(words),
    docs: r"
HTML in a text: it is shown to readers as it stands.

### Why
HTML works on a page only. The same text becomes a sheet, a card, an email and a search result, and a copied tag can
bring in a foreign program. Markdown has a way to write nearly everything.

### Wrong
```md content/faqs/who-pays.md
---
question: Who pays for this?
---
The <b>city</b> does.
```

### Right
```md content/faqs/who-pays.md
---
question: Who pays for this?
---
The **city** does.
```
",
};

fn words(problem: &Problem) -> Option<Words> {
    let What::RawHtml { meant, tag } = &problem.what else { return None };
    if let Some(meant) = meant {
        let words = Words::new(format!("`{tag}` is no reference")).label("shown to readers as it stands");
        return Some(words.help(format!("did you mean `{meant}`?")));
    }
    let words =
        Words::new(format!("`{tag}` is HTML, which has no meaning here")).label("shown to readers as it stands");
    Some(words.help(instead(&name(tag)).unwrap_or("write it as Markdown, or put it between backticks to show it")))
}

/// The tag's name in lower case: `br` for `<br/>`, `a` for `</a>`.
fn name(tag: &str) -> String {
    tag.trim_start_matches(['<', '/'])
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

fn instead(name: &str) -> Option<&'static str> {
    Some(match name {
        "b" | "strong" => "write `**words**`",
        "i" | "em" => "write `*words*`",
        "s" | "del" | "strike" => "write `~~words~~`",
        "code" | "kbd" | "tt" | "pre" => "put the words between backticks",
        "a" => "write `[words](address)`",
        "img" | "picture" | "figure" => "write `![what it shows](../files/NAME)`",
        "br" => "end the line above with a `\\`, or leave an empty line for a new paragraph",
        "p" => "leave an empty line between paragraphs",
        "hr" => "write `---` between empty lines",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "write `## Heading`",
        "ul" | "ol" | "li" => "start each line with `- `, or with `1. `",
        "table" | "tr" | "td" | "th" => "write a table with `|` between its columns",
        "blockquote" => "start each line with `> `",
        "details" | "summary" => "write it as a question in content/faqs, which folds by itself",
        "div" | "section" | "aside" => "for a box write `> [!NOTE]`, for one audience `::: AUDIENCE`",
        "iframe" | "video" | "audio" | "embed" | "object" => "link to the place that shows it: `[words](https://…)`",
        "u" | "ins" | "mark" => "take it out, and its end with `/`, too; for weight write `**words**`",
        "font" | "center" | "span" | "small" | "big" | "sup" | "sub" => {
            "take it out, and its end with `/`, too: how words look is up to the theme"
        }
        "script" | "style" | "link" | "meta" => "put it into a theme: themes/README.md says where",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_known_open_closed_and_empty() {
        for tag in ["<br>", "<BR/>", "</br >", "<br class=\"x\">"] {
            assert_eq!(name(tag), "br");
        }
    }
}
