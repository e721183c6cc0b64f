//! `unprinted-picture`: a picture that print files can't show.

use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{NotPrinted, Problem, Severity, What};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "unprinted-picture",
    group: Group::Length,
    severity: Levels::always(Severity::Warning),
    fixed: Fixed::Nothing,
    reads: Reads::Problem(words),
    docs: r"
A picture that print files can't show. The sheet has the words for it in its place, the page the picture.

Only a program that makes print files (built with `pdf`) can tell.

### Why
Who holds the sheet sees a line of words where the page has a picture. Some forms of pictures are made for browsers
alone, and a file that is broken may still show half of it on a screen.

### Wrong
A picture in AVIF or HEIC, as some telephones save it; an SVG with an emoji in it, or with a picture from elsewhere.

### Right
The same picture, saved as JPEG or PNG.
",
};

fn words(problem: &Problem) -> Option<Words> {
    let What::UnprintedPicture { why, handouts } = &problem.what else { return None };
    let words = match why {
        NotPrinted::Form => Words::new("print files can't show a picture of this form")
            .help("save it as JPEG or PNG, and name that file in the text"),
        NotPrinted::Large => Words::new("this picture has too many pixels to be printed")
            .help("save it smaller: 2,000 pixels from side to side fill a page"),
        NotPrinted::Broken => Words::new("this picture can't be printed")
            .help("open it in a picture editor and save it again, as JPEG or PNG"),
        NotPrinted::Many => Words::new("the pictures before this one fill the print file")
            .help("save all of them smaller: 2,000 pixels from side to side fill a page"),
    };
    let words = words.label("its words stand in its place");
    Some(match &handouts[..] {
        [] => words,
        [one] => words.note(format!("it is missing in {one}")),
        [first, rest @ ..] => words.note(format!("it is missing in {first} and {} more", rest.len())),
    })
}
