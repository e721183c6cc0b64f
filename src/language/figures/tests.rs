//! The cases are data: `cases.txt`. One line a case, figures between ⟦ and ⟧; a line with none is a near miss.

use super::*;

fn marked(text: &str, numbers: &[Number]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for number in numbers {
        out.push_str(&text[at..number.span.start]);
        out.push('⟦');
        out.push_str(&text[number.span.clone()]);
        out.push('⟧');
        at = number.span.end;
    }
    out + &text[at..]
}

#[test]
fn figures_are_found_where_the_cases_mark_them() {
    let cases = include_str!("cases.txt").lines().filter(|line| !line.is_empty() && !line.starts_with("//"));
    let (mut with, mut without, mut wrong) = (0, 0, Vec::new());
    for case in cases {
        // the file shows what cannot be seen
        let case = case
            .replace("\\n", "\n")
            .replace("\\u{ad}", "\u{ad}")
            .replace("\\u{a0}", "\u{a0}")
            .replace("\\u{202f}", "\u{202f}");
        let text = case.replace(['⟦', '⟧'], "");
        *(if text == case { &mut without } else { &mut with }) += 1;
        let found = marked(&text, &figures(&text));
        if found != case {
            wrong.push(format!("want: {case}\n got: {found}\n      {:?}", numbers(&text)));
        }
    }
    assert!(wrong.is_empty(), "{} wrong of {}:\n{}", wrong.len(), with + without, wrong.join("\n"));
    assert!(with >= 250 && without >= 250, "{with} with figures, {without} near misses");
}

fn only(text: &str) -> Number {
    let found = numbers(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.into_iter().next().unwrap()
}

#[test]
fn the_same_figure_in_other_forms_is_the_same() {
    for forms in [
        &["58%", "58 per cent", "fifty-eight percent", "58-percent", "58.0 pct"][..],
        &["one in five people", "1 in 5 people", "one-in-five people", "1 out of every 5 people", "a fifth of people"],
        &["half of them", "½ of them", "1/2 of them", "calls were halved", "one half of them"],
        &["twice as many", "2 times as many", "two times as many", "calls doubled", "a twofold rise", "2x"],
        &["$1.2 million", "$1,200,000", "1.2 million dollars", "$1.2M"],
        &["50 cents", "$0.50", "half a dollar"],
        &[
            "1,200 arrests",
            "1200 arrests",
            "twelve hundred arrests",
            "one thousand two hundred arrests",
            "1.2 thousand arrests",
        ],
        &["half a million people", "500,000 people", "five hundred thousand people"],
        &["72 hours", "seventy-two hours", "72-hour", "72 hrs"],
        &["25 years old", "aged 25", "twenty-five-year-old"],
        &["dozens of people", "Dozens"],
        &["40 to 50 percent", "40–50%", "40-50 per cent"],
        &["12 percentage points", "twelve percentage-points"],
    ] {
        for form in forms {
            assert!(only(form).same(&only(forms[0])), "{form}: {:?}, not {:?}", only(form), only(forms[0]));
        }
    }
    for (one, two) in [
        ("58%", "58 percentage points"),
        ("58%", "$58"),
        ("20%", "one in five"),
        ("72 hours", "3 days"),
        ("dozens", "12"),
        ("40%", "40–50%"),
    ] {
        let (one, two) = (numbers(one).remove(0), numbers(two).remove(0));
        assert!(!one.same(&two), "{one:?} {two:?}");
    }
}

#[test]
fn a_share_and_a_percentage_can_be_compared_as_parts() {
    for (one, two) in [
        ("20%", "one in five"),
        ("50 percent", "half of them"),
        ("2/3 of them", "two-thirds of them"),
        ("25%", "a quarter of them"),
    ] {
        assert!(only(one).same_share(&only(two)), "{one} {two}");
    }
    assert!(!only("66%").same_share(&only("two-thirds of them")));
    assert!(!only("twice the rate").same_share(&only("$2")));
}

#[test]
fn every_number_is_told_with_its_kind() {
    use Kind::{Age, Count, Date, Duration, Measure, Name, Occasions, Ordinal, Phone, Time, Year};
    for (text, kind, span) in [
        ("In 2014 it began", Year, "2014"),
        ("the 1990s", Year, "1990s"),
        ("from 2009 to 2014", Year, "2009 to 2014"),
        ("on June 5 we meet", Date, "5"),
        ("on 2026-11-24", Date, "2026-11-24"),
        ("at 9:30 p.m. tonight", Time, "9:30 p.m."),
        ("half past nine", Time, "half past nine"),
        ("within 72 hours", Duration, "72 hours"),
        ("about 41 fewer days in jail", Duration, "41 fewer days"),
        ("call 206-555-0123 now", Phone, "206-555-0123"),
        ("call 988 now", Phone, "988"),
        ("the 3rd time", Ordinal, "3rd"),
        ("the twenty-first century", Ordinal, "twenty-first"),
        ("she is 25 years old", Age, "25 years old"),
        ("people under 18", Age, "18"),
        ("three officers", Count, "three"),
        ("twice a week", Occasions, "twice"),
        ("30 miles", Measure, "30 miles"),
        ("COVID-19", Name, "19"),
        ("at 1200 Main Street", Name, "1200 Main Street"),
    ] {
        let number = only(text);
        assert_eq!((number.kind, &text[number.span.clone()]), (kind, span), "{text}");
        assert!(!number.is_figure(), "{text}");
    }
    for none in ["no one", "one another", "one of us", "at first", "a second chance", "someone"] {
        assert_eq!(numbers(none), [], "{none}");
    }
}

#[test]
fn a_stored_value_with_its_unit_is_read_like_a_text() {
    for (stored, typed) in [
        ("58 percent", "58%"),
        ("-2100 US dollars per person per year", "$2,100"),
        ("590 arrests of 100 people in three years", "590 arrests"),
        ("7.6 million admissions", "7,600,000 admissions"),
        ("9.3 officer hours per arrest", "9.3 hours"),
    ] {
        assert!(numbers(stored)[0].same(&only(typed)), "{stored}: {:?}", numbers(stored));
    }
}

#[test]
fn what_is_counted_is_told() {
    for (text, noun) in [
        ("1,200 low-level arrests", Some("arrests")),
        ("30 more partners joined", Some("partners")),
        ("1.4 fewer jail bookings a year", Some("bookings")),
        ("40 of them", None),
        ("we talked to 40.", None),
        ("a 20-bed center", Some("bed")),
    ] {
        let number = only(text);
        assert_eq!(number.counted.map(|range| &text[range]), noun, "{text}");
    }
}

#[test]
fn long_and_hostile_texts_take_time_by_their_length_only() {
    let long = [
        "1".repeat(1 << 19),
        "one ".repeat(25_000),
        "hundred ".repeat(25_000),
        "1 in ".repeat(25_000),
        "1-".repeat(50_000),
        "1,".repeat(50_000),
        "30, ".repeat(25_000),
        "half a ".repeat(25_000),
        "twenty-".repeat(50_000),
        "$".repeat(50_000),
        "(206) ".repeat(50_000),
        "1/".repeat(50_000),
        "1.".repeat(50_000),
    ];
    let start = std::time::Instant::now();
    for text in &long {
        for number in numbers(text) {
            assert!(text.get(number.span).is_some());
        }
    }
    // some 2 MB: seconds without optimization, hours if anything were quadratic
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

proptest::proptest! {
    #[test]
    fn any_text_gives_places_in_order_inside_it(
        text in "([0-9]{1,4}|one|half|a |in |of |%|\\$|-| |,|percent|\\.|é|½|times|\u{ad}|[a-z]){0,30}"
    ) {
        let mut at = 0;
        for number in numbers(&text) {
            proptest::prop_assert!(number.span.start >= at && number.span.end > number.span.start);
            proptest::prop_assert!(text.get(number.span.clone()).is_some());
            at = number.span.end;
        }
    }
}
