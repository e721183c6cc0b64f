//! `too-large`: a file over the limit.

use crate::check::{Fixed, Group, Levels, Reads, Rule, Words};
use crate::finding::{Problem, Severity, What};

/// See `docs`.
pub static RULE: Rule = Rule {
    name: "too-large",
    group: Group::Structure,
    severity: Levels::always(Severity::Error),
    fixed: Fixed::Whole,
    reads: Reads::Problem(words),
    docs: r"
A file over the limit: 8 MiB for text, 64 MiB for content/files.

### Why
Nobody writes a text of eight million letters: it is a picture or a database under a wrong name. And readers on a phone
pay for every megabyte of a file that a page offers.

### Wrong
A film of an hour in content/files.

### Right
A link to the place where the film is shown.
",
};

fn words(problem: &Problem) -> Option<Words> {
    let What::TooLarge { size, limit } = problem.what else { return None };
    let words =
        Words::new(format!("this file is too large: {}, where {} is the most", mebibytes(size), mebibytes(limit)));
    Some(if problem.at.file.starts_with("content/files/") {
        words.help("save a smaller copy, or link to a place that offers it")
    } else {
        words.help("split the text into several files; pictures and documents belong into content/files")
    })
}

/// With one decimal, rounded up: a file just over the limit must not read as the limit itself.
fn mebibytes(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10).div_ceil(1024 * 1024);
    match (tenths / 10, tenths % 10) {
        (whole, 0) => format!("{whole} MiB"),
        (whole, tenth) => format!("{whole}.{tenth} MiB"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_too_many_shows() {
        assert_eq!(mebibytes(8 << 20), "8 MiB");
        assert_eq!(mebibytes((8 << 20) + 1), "8.1 MiB");
    }
}
