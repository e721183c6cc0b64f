//! `missing-glyph`: a character that no font of the print files has.

use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{Problem, Severity, What};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "missing-glyph",
    group: Group::Length,
    severity: Levels::always(Severity::Warning),
    fixed: Fixed::Nothing,
    reads: Reads::Problem(words),
    docs: r"
A character that the fonts of the print files do not have. The sheet shows a stand-in for it, the page the character.

Only a program that makes print files (built with `pdf`) can tell.

### Why
A sheet with an empty box in it looks broken, and a screen reader can't read it out. A web page takes the reader's own
fonts, which know emoji and many scripts; a PDF has to bring its own.

### Wrong
An emoji in a talking point.

### Right
The word for it; or a font that has the character, in the theme's `handout/fonts/`.
",
};

/// So many characters are told one by one.
const SHOWN: usize = 6;

fn words(problem: &Problem) -> Option<Words> {
    let What::MissingGlyph { characters, stand_in, handouts } = &problem.what else { return None };
    let named = |character: &char| format!("`{character}` (U+{:04X})", u32::from(*character));
    let each: Vec<String> = characters.iter().take(SHOWN).map(named).collect();
    let list = match &each[..] {
        [before @ .., last] if !before.is_empty() && characters.len() <= SHOWN => {
            format!("{} and {last}", before.join(", "))
        }
        all => all.join(", "),
    };
    let more = characters.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let words = Words::new(format!("no font of the print files has {list}{more}"))
        .label(format!("the sheet shows {stand_in} here"))
        .help("write a word for it, or put a font that has it into the theme's handout/fonts/");
    Some(match &handouts[..] {
        [] => words,
        [one] => words.note(format!("it stands in {one}")),
        [first, rest @ ..] => words.note(format!("it stands in {first} and {} more", rest.len())),
    })
}
