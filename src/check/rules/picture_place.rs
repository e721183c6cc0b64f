//! `picture-place`: a picture carried the place where it was taken.

use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{Problem, Severity, What};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "picture-place",
    group: Group::Web,
    severity: Levels::always(Severity::Note),
    fixed: Fixed::Nothing,
    reads: Reads::Problem(words),
    docs: r"
A picture that carried the place where it was taken; the published copy does not.

### Why
Phones write the place into every picture. It can show where someone lives or sleeps. The copy on the site is clean, but
the picture in your folder is as it was, and so is every copy that is shared from there.

### Wrong
A picture straight from a phone in content/files.

### Right
The same picture, saved without its place.
",
};

fn words(problem: &Problem) -> Option<Words> {
    let What::PicturePlace = problem.what else { return None };
    Some(Words::new("this picture holds the place where it was taken").label("left out of the published copy").help(
        "save it without its place before you share the folder: in the picture's properties, or by exporting it anew",
    ))
}
