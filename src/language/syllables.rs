//! Syllables of English words, by rule: right for most words, and near enough for the rest in a text of a hundred.

/// Words that the rules below would count wrong, each with its syllables.
const EXCEPTIONS: [(&str, usize); 44] = [
    ("area", 3),
    ("areas", 3),
    ("being", 2),
    ("beings", 2),
    ("business", 2),
    ("businesses", 3),
    ("create", 2),
    ("created", 3),
    ("doing", 2),
    ("every", 2),
    ("everyone", 3),
    ("everything", 3),
    ("evening", 2),
    ("going", 2),
    ("idea", 3),
    ("ideas", 3),
    ("maybe", 2),
    ("people", 2),
    ("peoples", 2),
    ("poem", 2),
    ("quiet", 2),
    ("real", 1),
    ("really", 2),
    ("science", 2),
    ("seeing", 2),
    ("client", 2),
    ("clients", 2),
    ("diet", 2),
    ("trial", 2),
    ("trials", 2),
    ("social", 2),
    ("special", 2),
    ("something", 2),
    ("sometimes", 2),
    ("someone", 2),
    ("somebody", 3),
    ("safety", 2),
    ("lives", 1),
    ("lying", 2),
    ("dying", 2),
    ("wednesday", 2),
    ("homeless", 2),
    ("moment", 2),
    ("society", 4),
];

/// Syllables of the numbers below twenty.
const SMALL: [usize; 20] = [2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2];

/// How many syllables a word has when it is read aloud; at least one. Parts with hyphens count each.
#[must_use]
pub fn count(word: &str) -> usize {
    word.split(['-', '‑']).filter(|part| !part.is_empty()).map(part).sum::<usize>().max(1)
}

fn part(word: &str) -> usize {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return number(word);
    }
    let capitals = word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    if capitals && word.chars().count() > 1 && word.chars().filter(|c| is_vowel(*c)).count() == 0 {
        // read letter by letter: "DWI"
        return word.chars().map(|c| if matches!(c, 'W' | 'w') { 3 } else { 1 }).sum();
    }
    let lower: String = word.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    // "boss's" has one more; in "judge's" the e is said anyway
    let possessive = word.strip_suffix("'s").is_some_and(|stem| !stem.ends_with('e') && ends_hissing(stem));
    if let Some((_, count)) = EXCEPTIONS.iter().find(|(known, _)| *known == lower) {
        return *count;
    }
    (by_rule(&lower) + usize::from(possessive)).max(1)
}

fn is_vowel(c: char) -> bool {
    matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'á' | 'é' | 'í' | 'ó' | 'ú' | 'ü' | 'ñ')
}

fn ends_hissing(stem: &str) -> bool {
    ["s", "x", "z", "ch", "sh", "ce", "ge", "se", "ze"].iter().any(|end| stem.ends_with(end))
}

/// Groups of vowels, less the silent ones, and those that are said apart.
fn by_rule(word: &str) -> usize {
    let letters: Vec<char> = word.chars().collect();
    let mut groups = 0_usize;
    let mut last = ' ';
    for (n, &letter) in letters.iter().enumerate() {
        let next = letters.get(n + 1).copied().unwrap_or(' ');
        // "qu" and a "y" before a vowel are consonants
        let sounds =
            is_vowel(letter) && !(letter == 'u' && last == 'q') && !(letter == 'y' && n == 0 && is_vowel(next));
        if sounds && !(n > 0 && is_vowel(last) && last != ' ') {
            groups += 1;
        }
        last = if sounds { letter } else { 'x' };
    }
    let silent = is_silent_end(word);
    let apart = ["ia", "io", "iu", "eo", "ua", "uo"].iter().map(|pair| word.matches(pair).count()).sum::<usize>()
        + usize::from(word.ends_with("ism") || word.ends_with("isms"))
        + usize::from(word.ends_with("ying") || word.ends_with("iing"));
    let together = [
        "tion", "sion", "cion", "xion", "cial", "tial", "cian", "tian", "gion", "ciou", "tiou", "giou", "uar", "qua",
        "quo", "gua", "geo", "cious", "tia", "sia", "cia", "peo", "sio",
    ]
    .iter()
    .map(|run| word.matches(run).count())
    .sum::<usize>();
    let together = together.min(apart);
    (groups + apart - together).saturating_sub(usize::from(silent))
}

/// Whether the last vowel is an `e` that is not said.
fn is_silent_end(word: &str) -> bool {
    let stem = |end: &str| word.strip_suffix(end);
    let vowel_before = |stem: &str| stem.chars().any(is_vowel);
    if let Some(stem) = stem("ely").or_else(|| stem("ement")).or_else(|| stem("ements")).or_else(|| stem("eless")) {
        // "safely", "placement": the e inside is silent
        return vowel_before(stem) && !stem.ends_with(is_vowel);
    }
    if let Some(stem) = stem("ed") {
        return vowel_before(stem) && !stem.ends_with(['t', 'd']) && !stem.ends_with(is_vowel) && !is_syllable_l(stem);
    }
    if let Some(stem) = stem("es") {
        return vowel_before(stem)
            && !ends_hissing(stem)
            && !ends_hissing(&format!("{stem}e"))
            && !stem.ends_with(is_vowel)
            && !is_syllable_l(stem);
    }
    if let Some(stem) = stem("e") {
        return vowel_before(stem) && !stem.ends_with(is_vowel) && !is_syllable_l(stem);
    }
    false
}

/// Whether an `l` behind a consonant ends it, as in "table": its `e` is said.
fn is_syllable_l(stem: &str) -> bool {
    stem.strip_suffix('l').and_then(|rest| rest.chars().last()).is_some_and(|c| !is_vowel(c) && c != 'l')
}

/// A number in digits, read aloud.
fn number(word: &str) -> usize {
    let digits: String = word.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
    let bare = digits.replace(',', "");
    let (whole, after) = bare.split_once('.').unwrap_or((&bare, ""));
    let single = |c: char| c.to_digit(10).and_then(|digit| SMALL.get(digit as usize)).copied().unwrap_or(1);
    let point = if after.is_empty() { 0 } else { 1 + after.chars().map(single).sum::<usize>() };
    let whole = match whole.parse::<u64>() {
        Ok(number) if whole.len() <= 12 => cardinal(number),
        _ => whole.chars().map(single).sum(),
    };
    let rest = &word[digits.len()..];
    let rest = if rest.chars().any(char::is_alphabetic) && !matches!(rest, "st" | "nd" | "rd" | "th" | "s") {
        part_of_letters(rest)
    } else {
        0
    };
    whole + point + rest
}

fn part_of_letters(rest: &str) -> usize {
    let letters: String = rest.chars().filter(|c| c.is_alphabetic()).collect();
    by_rule(&letters.to_lowercase()).max(1)
}

fn cardinal(number: u64) -> usize {
    // each with the syllables of its name: million, thousand, hundred
    for (size, name) in [(1_000_000_000, 2), (1_000_000, 2), (1_000, 2), (100, 2)] {
        if number >= size {
            let rest = number % size;
            return cardinal(number / size) + name + if rest > 0 { cardinal(rest) } else { 0 };
        }
    }
    let small = |n: u64| usize::try_from(n).ok().and_then(|n| SMALL.get(n)).copied().unwrap_or(1);
    if number < 20 {
        return small(number);
    }
    let tens = if number / 10 == 7 { 3 } else { 2 };
    tens + if !number.is_multiple_of(10) { small(number % 10) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_the_syllables_that_are_said() {
        let words = [
            "cat 1",
            "helper 2",
            "officer 3",
            "the 1",
            "people 2",
            "table 2",
            "asked 1",
            "wanted 2",
            "needed 2",
            "safer 2",
            "case 1",
            "cases 2",
            "stores 1",
            "houses 2",
            "arrest 2",
            "arrests 2",
            "program 2",
            "diversion 3",
            "station 2",
            "community 4",
            "organization 5",
            "administrative 5",
            "responsible 4",
            "individual 5",
            "evaluation 5",
            "every 2",
            "area 3",
            "business 2",
            "social 2",
            "reliable 4",
            "serious 3",
            "continuous 4",
            "question 2",
            "recovery 4",
            "pre-arrest 3",
            "don't 1",
            "you 1",
            "yes 1",
            "paying 2",
            "safely 2",
            "placement 2",
            "nation's 2",
            "judge's 2",
            "judges 2",
            "18 2",
            "58 3",
            "1,200 6",
            "4.5 3",
            "2023 6",
            "agreement 3",
            "fire 1",
            "tired 1",
            "free 1",
            "agency 3",
            "violence 3",
            "psychiatric 4",
            "variability 6",
            "lion 2",
        ];
        let wrong: Vec<String> = words
            .iter()
            .filter_map(|line| {
                let (word, right) = line.split_once(' ')?;
                let found = count(word);
                (found.to_string() != right).then(|| format!("{word}: {found}, not {right}"))
            })
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
