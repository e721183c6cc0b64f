//! `not-utf8`: a text file in another encoding.

use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{Problem, Severity, What};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "not-utf8",
    group: Group::Structure,
    severity: Levels::always(Severity::Error),
    fixed: Fixed::Whole,
    reads: Reads::Problem(words),
    docs: r"
A text file that is not saved as UTF-8.

### Why
Older programs save letters such as é and ñ in ways that differ from computer to computer. Guessing turns names into
nonsense.

### Wrong
A file from an old word processor, saved as Windows-1252 or UTF-16.

### Right
The same file, saved again: in the editor's *Save as* choose the encoding UTF-8.
",
};

fn words(problem: &Problem) -> Option<Words> {
    let What::NotUtf8 { looks_like, line } = &problem.what else { return None };
    if *looks_like == "binary data" {
        return Some(
            Words::new("this file holds no text")
                .label("can't be read as text")
                .help("pictures and documents belong into content/files, under their own ending"),
        );
    }
    Some(
        Words::new(format!("this file is saved as {looks_like}, not as UTF-8"))
            .label("can't be read as text")
            .help("open it in your editor and save it again with the encoding UTF-8")
            .note(format!("the first wrong sign is on line {line}")),
    )
}
