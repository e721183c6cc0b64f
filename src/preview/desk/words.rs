//! Which words of one text are not in another.

/// A text longer than this is not compared: its words are shown as they are.
const MOST: usize = 1500;

/// For each word of `text`, whether it differs from `base`: it is in no longest row of words that both have in this order.
pub(super) fn differing<'t>(base: &str, text: &'t str) -> Vec<(&'t str, bool)> {
    let a: Vec<&str> = base.split_whitespace().collect();
    let b: Vec<&str> = text.split_whitespace().collect();
    if a.len() > MOST || b.len() > MOST {
        return b.into_iter().map(|word| (word, false)).collect();
    }
    // lengths of the longest common rows of what is left of both, last words first
    let width = b.len() + 1;
    let mut table = vec![0_u16; (a.len() + 1) * width];
    let at = |table: &[u16], i: usize, j: usize| table.get(i * width + j).copied().unwrap_or(0);
    for (i, one) in a.iter().enumerate().rev() {
        for (j, other) in b.iter().enumerate().rev() {
            let best = if one == other {
                at(&table, i + 1, j + 1) + 1
            } else {
                at(&table, i + 1, j).max(at(&table, i, j + 1))
            };
            if let Some(cell) = table.get_mut(i * width + j) {
                *cell = best;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::with_capacity(b.len());
    while let Some(word) = b.get(j) {
        match a.get(i) {
            Some(one) if one == word => {
                out.push((*word, false));
                (i, j) = (i + 1, j + 1);
            }
            Some(_) if at(&table, i + 1, j) >= at(&table, i, j + 1) => i += 1,
            _ => {
                out.push((*word, true));
                j += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(base: &str, text: &str) -> String {
        let words = differing(base, text);
        words
            .iter()
            .map(|(word, own)| if *own { format!("[{word}]") } else { (*word).to_owned() })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn words_that_only_one_text_has_are_marked() {
        assert_eq!(
            marked("You decide who goes.", "Owners decide who goes first."),
            "[Owners] decide who [goes] [first.]"
        );
        assert_eq!(marked("a b c", "a b c"), "a b c");
        assert_eq!(marked("", "a"), "[a]");
        assert_eq!(marked("a b", ""), "");
        assert_eq!(marked("x a y b z", "a b"), "a b");
    }
}
