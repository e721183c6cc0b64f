//! "Did you mean": the nearest of the names that would have been right.

/// The candidate that `typed` was probably meant to be, if one is near enough.
///
/// Near enough is an edit distance (insert, delete, replace, swap of neighbours) of at most 2 or a third of the length,
/// whichever is larger, never the whole word; or the same letters when case, hyphens, underscores and spaces are not
/// looked at. The first of equally near candidates wins.
#[must_use]
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let bare = bare(typed);
    candidates
        .into_iter()
        .filter_map(|candidate| Some((distance_between(typed, &bare, candidate)?, candidate)))
        .reduce(|best, next| if next.0 < best.0 { next } else { best })
        .map(|(_, candidate)| candidate)
}

/// All candidates that are near enough, the nearest first, at most `most`.
#[must_use]
pub fn similar<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    let bare = bare(typed);
    let mut found: Vec<_> = candidates
        .into_iter()
        .filter_map(|candidate| Some((distance_between(typed, &bare, candidate)?, candidate)))
        .collect();
    found.sort_by_key(|(distance, _)| *distance);
    found.into_iter().take(most).map(|(_, candidate)| candidate).collect()
}

/// The id of a thing that `typed` was probably meant to be. Another thing of a like name is none: its words have to be the
/// same but for slips of the finger, with the same digits in them; or the one id has more words than the other.
#[must_use]
pub fn meant<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let bare = bare(typed);
    let own: Vec<&str> = words(typed).collect();
    candidates
        .into_iter()
        .filter(|candidate| typed != *candidate && digits(typed).eq(digits(candidate)))
        .filter_map(|candidate| Some((slips(typed, &bare, &own, candidate)?, candidate)))
        .reduce(|best, next| if next.0 < best.0 { next } else { best })
        .map(|(_, candidate)| candidate)
}

/// At most `most` candidates, those first that share most words with `typed`, then those with most of its letters.
#[must_use]
pub fn ranked<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    // a missing name is looked for at each of its places: nothing here may take long
    let own: Vec<&str> = words(typed).collect();
    let letters = letters(typed);
    let mut all: Vec<_> = candidates
        .into_iter()
        .map(|candidate| {
            let shared = words(candidate).filter(|word| own.contains(word)).count();
            let apart: u32 = letters.iter().zip(self::letters(candidate)).map(|(a, b)| u32::from(a.abs_diff(b))).sum();
            (std::cmp::Reverse(shared), apart, candidate)
        })
        .collect();
    let most = most.min(all.len());
    if most < all.len() {
        all.select_nth_unstable(most);
        all.truncate(most);
    }
    all.sort_unstable();
    all.into_iter().map(|(.., candidate)| candidate).collect()
}

/// How often each letter and digit stands in a name.
fn letters(name: &str) -> [u8; 36] {
    let mut counts = [0_u8; 36];
    for byte in name.bytes() {
        let at = match byte.to_ascii_lowercase() {
            letter @ b'a'..=b'z' => letter - b'a',
            digit @ b'0'..=b'9' => digit - b'0' + 26,
            _ => continue,
        };
        if let Some(count) = counts.get_mut(usize::from(at)) {
            *count = count.saturating_add(1);
        }
    }
    counts
}

/// How many words two ids share: `who-pays` and `who-runs-it` one.
#[must_use]
pub fn shared_words(one: &str, other: &str) -> usize {
    words(one).filter(|word| words(other).any(|other| other == *word)).count()
}

/// No name that people type is longer.
const LONGEST: usize = 100;

fn words(id: &str) -> impl Iterator<Item = &str> {
    id.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn digits(id: &str) -> impl Iterator<Item = char> {
    id.chars().filter(char::is_ascii_digit)
}

/// How many slips lie between an id and the one that was meant; `bare` and `own` are the letters and words of `typed`.
fn slips(typed: &str, typed_bare: &str, own: &[&str], candidate: &str) -> Option<usize> {
    if typed.len().max(candidate.len()) > LONGEST {
        return None;
    }
    let apart = |one: &str, other: &str, most: usize| {
        // most names differ so much that nothing has to be compared
        let near = one.len().abs_diff(other.len()) <= most;
        near.then(|| distance(&lower(one), &lower(other))).filter(|apart| *apart <= most)
    };
    if candidate.len().abs_diff(typed.len()) <= own.len() + 1 && bare(candidate) == typed_bare && !typed_bare.is_empty()
    {
        return Some(0);
    }
    let other: Vec<&str> = words(candidate).collect();
    if own.len() == other.len() {
        let slip = |(one, other): (&&str, &&str)| apart(one, other, one.len().max(other.len()) / 3);
        if let Some(all) = own.iter().zip(&other).map(slip).sum::<Option<usize>>() {
            return Some(all);
        }
    }
    if own.len() > 1
        && let Some(whole) = apart(typed, candidate, 2)
    {
        return Some(whole);
    }
    let (fewer, more) = if own.len() < other.len() { (own, &other[..]) } else { (&other[..], own) };
    (fewer.len() > 1 && fewer.iter().all(|word| more.contains(word))).then(|| 2 + more.len() - fewer.len())
}

fn distance_between(typed: &str, typed_bare: &str, candidate: &str) -> Option<usize> {
    if typed == candidate {
        return None;
    }
    if bare(candidate) == typed_bare && !typed_bare.is_empty() {
        return Some(0);
    }
    let (a, b): (Vec<char>, Vec<char>) = (lower(typed), lower(candidate));
    let longest = a.len().max(b.len());
    // a name of two letters is near everything of two letters: there only case and hyphens may differ
    let allowed = (longest / 3).max(2).min(longest.saturating_sub(2));
    if a.len().abs_diff(b.len()) > allowed || longest > 100 {
        return None;
    }
    let distance = distance(&a, &b);
    (distance <= allowed).then_some(distance)
}

fn lower(text: &str) -> Vec<char> {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// Letters and digits alone, in lower case.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Optimal string alignment distance (Damerau–Levenshtein without moving a pair twice).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut row = vec![0; b.len() + 1];
    for i in 1..=a.len() {
        row[0] = i;
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row[j] = best;
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_find_the_word_that_was_meant() {
        let keys = ["title", "summary", "audiences", "edition", "order", "facts"];
        for (typed, meant) in [
            ("titel", Some("title")),
            ("Title", Some("title")),
            ("audience", Some("audiences")),
            ("edtion", Some("edition")),
            ("sumary", Some("summary")),
            ("colour", None),
            ("x", None),
        ] {
            assert_eq!(nearest(typed, keys), meant, "{typed}");
        }
        assert_eq!(nearest("business_owners", ["police", "business-owners"]), Some("business-owners"));
        assert_eq!(nearest("title", ["title"]), None, "a right name needs no suggestion");
    }

    #[test]
    fn another_thing_of_a_like_name_was_not_meant() {
        let facts = ["seattle-felony-odds", "santa-fe-18-months", "nc-arrest-rate"];
        assert_eq!(meant("seattle-arrest-odds", facts), None);
        assert_eq!(meant("seatle-felony-ods", facts), Some("seattle-felony-odds"));
        assert_eq!(meant("seattle-odds", facts), Some("seattle-felony-odds"));
        assert_eq!(meant("santa-fe-19-months", facts), None, "another number");
        assert_eq!(meant("nc_arrest_rate", facts), Some("nc-arrest-rate"));
        assert_eq!(meant("programline", ["program-line"]), Some("program-line"));
        assert_eq!(meant("lost", ["cost", "police"]), Some("cost"));
        assert_eq!(meant("money", ["safer", "recovery"]), None);
        assert_eq!(
            ranked("seattle-arrest-odds", facts, 2),
            ["seattle-felony-odds", "nc-arrest-rate"],
            "those that share words come first"
        );
    }

    #[test]
    fn the_nearest_comes_first() {
        assert_eq!(similar("safr", ["safest", "safe", "safer", "money"], 2), ["safe", "safer"]);
    }
}
