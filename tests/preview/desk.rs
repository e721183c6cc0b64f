//! The review desk says what the checks say.

use super::served::Served;
use super::toolkit::Toolkit;

/// Headings, items and cells that end sentences without a full stop, code that is not read aloud, and over 100 words.
const PAGE: &str = "---
question: Who comes?
---
Somebody comes within the hour and stays as long as it takes for both of you to know what is going to happen next.

## What happens on the first day

- They meet you where you are and bring something to eat
- They write down what you want to change and nothing else
- They call again on the next day

| When | What |
|---|---|
| Morning | Breakfast at the library with the whole team |
| Evening | A short telephone call about the day |

```
onevoice is not read aloud here and neither is any of this
```

::: partners-only
Never mention the extraordinarily complicated interdepartmental memorandum.
:::

Afterwards the same person stays with you for as long as you both think that it helps, whether that is a week or a year.
";

/// The small toolkit with the page, and a profile whose readers read almost nothing.
fn toolkit() -> Toolkit {
    let toolkit = Toolkit::small();
    let profile = "content/audiences/police.yaml";
    let text = std::fs::read_to_string(toolkit.at(profile)).unwrap();
    let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with("reading_grade")).collect();
    toolkit.write(profile, kept.join("\n") + "\nreading_grade: 1\n");
    toolkit.write("content/faqs/who-comes.md", PAGE);
    toolkit
}

#[test]
fn the_desk_grades_as_the_checks_do() {
    for (arguments, other) in [(&[][..], "partners"), (&["--edition", "partners"][..], "public")] {
        let served = Served::of(toolkit(), arguments);
        let check = ["check", "--rule", "reading-grade", "content/faqs/who-comes.md"];
        let checked = served.toolkit.program(&check).output().unwrap();
        let checked = String::from_utf8(checked.stdout).unwrap();
        let told = checked.lines().find_map(|line| line.split_once("police: ")).expect("a grade for police").1;
        let grade = told.strip_prefix("grade ").and_then(|told| told.strip_suffix(", at most 1")).unwrap();
        for query in ["", &format!("?edition={other}")] {
            let page = served.get(&format!("/_onevoice/items/faqs/who-comes/{query}")).text();
            assert!(page.contains(told), "{told}, {arguments:?}{query}: {page}");
            assert!(
                served.get(&format!("/_onevoice/items/{query}")).text().contains(&format!("<td>{grade}</td>")),
                "{grade}"
            );
        }
    }
}

#[test]
fn a_page_of_the_desk_is_found_without_its_last_slash() {
    let served = Served::small();
    for (path, to) in [("items", "items/"), ("coverage?edition=partners", "coverage/?edition=partners")] {
        let answer = served.get(&format!("/_onevoice/{path}"));
        assert_eq!(answer.status, 302, "{path}");
        assert!(answer.head.contains(&format!("Location: /_onevoice/{to}\r\n")), "{}", answer.head);
    }
    assert_eq!(served.get("/_onevoice/nowhere").status, 404);
}
