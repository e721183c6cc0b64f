//! What stands between quotation marks.

use std::ops::Range;

/// What stands between quotation marks, in order: “…”, „…“, «…», "…". A mark that is opened again begins anew.
pub fn quotations(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut open: Option<(usize, char)> = None;
    let marks = text.char_indices().filter(|(_, sign)| matches!(sign, '“' | '”' | '„' | '«' | '»' | '"'));
    marks.filter_map(move |(at, sign)| match (open, sign) {
        (Some((from, '“')), '”')
        | (Some((from, '„')), '“' | '”')
        | (Some((from, '«')), '»')
        | (Some((from, '"')), '"') => {
            open = None;
            Some(from..at)
        }
        (_, '”' | '»') => None,
        _ => {
            open = Some((at + sign.len_utf8(), sign));
            None
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_found_in_all_their_marks() {
        let text = "a “b c” d \"e\" „f“ «g» ” “h";
        let found: Vec<&str> = quotations(text).map(|range| &text[range]).collect();
        assert_eq!(found, ["b c", "e", "f", "g"]);
    }
}
