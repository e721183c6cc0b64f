//! Texts that YAML ends in silence: at a `#` after a space its reader takes the rest of the line for a comment.

use super::Slip;
use super::diagnose::quoted;
use super::outline::{Inside, Outline};
use crate::finding::YamlTrouble;

/// Where a text without quotes ends before a `#` that is written as people write numbers and tags, `#1` or `#StayTogether`:
/// a comment has a space after its sign. The text has to be one that can be read.
#[must_use]
pub fn cut_short(text: &str) -> Vec<Slip> {
    // nearly every text: a glance at its bytes
    if !text.match_indices(" #").any(|(at, _)| is_word(text.get(at + 2..))) {
        return Vec::new();
    }
    let outline = Outline::of(text);
    let lines = outline.lines.iter().filter(|line| matches!(line.inside, Inside::Nothing | Inside::Plain(_)));
    lines
        .filter_map(|line| {
            let kept = outline.slice(line.value.clone());
            let rest = outline.slice(line.value.end..line.span.end);
            let sign = line.value.end + rest.find('#')?;
            // a number or a truth value is whole; `71 #table 2` has a comment
            let wordless = !kept.contains(char::is_alphabetic) || matches!(kept, "true" | "false" | "null");
            let typed =
                (kept.is_empty() || !wordless) && !kept.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!']);
            if !typed || !is_word(text.get(sign + 1..)) || (kept.is_empty() && line.key.is_none()) {
                return None;
            }
            let whole = outline.slice(line.value.start..line.span.end).trim_start();
            let before = outline.slice(line.span.start..line.value.start);
            let space = if kept.is_empty() && !before.ends_with(' ') { " " } else { "" };
            let instead = format!("{before}{space}{}", quoted(whole));
            let instead = matches!(line.inside, Inside::Nothing).then_some(instead);
            let trouble = match kept {
                "" => YamlTrouble::NeedsQuotes { sign: '#', instead },
                _ => YamlTrouble::CutAtHash { instead },
            };
            Some(Slip::new(sign..sign + 1, trouble))
        })
        .collect()
}

fn is_word(after: Option<&str>) -> bool {
    after.is_some_and(|after| after.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_text_that_goes_on_after_the_sign_is_cut() {
        let told = |text: &str| {
            let told = |slip: Slip| match slip.trouble {
                YamlTrouble::CutAtHash { instead } | YamlTrouble::NeedsQuotes { instead, .. } => {
                    format!("{} {}", slip.span.start, instead.unwrap_or_default())
                }
                other => format!("{other:?}"),
            };
            cut_short(text).into_iter().map(told).collect::<Vec<_>>()
        };
        assert_eq!(told("title: Priority #1 is follow-up\n"), ["16 title: \"Priority #1 is follow-up\""]);
        assert_eq!(told("says:\n  - We are #1\n"), ["17   - \"We are #1\""]);
        assert_eq!(told("accent: #1c4f6b\n"), ["8 accent: \"#1c4f6b\""]);
        assert_eq!(told("a: one\n  two #3 four\n"), ["13 "]);
        for fine in [
            "title: Priority # one\n",
            "likely: true #todo\norder: 3 #last\n",
            "title: \"Priority #1\" #2\n",
            "title: Priority#1\n",
            "# order: #1\ntitle: x\n",
            "text: |\n  Priority #1\n",
            "text: >-\n  Priority #1\n",
            "title: 'one\n  Priority #1'\n",
            "list: [\"a #1\", b]\n",
            "  #1\ntitle: x\n",
        ] {
            assert!(told(fine).is_empty(), "{fine}");
        }
    }
}
