//! Figures and near-misses, one a line: tests/language/figures.txt.

use super::*;

/// The texts of the numbers that count as figures.
fn marked(line: &str) -> (String, Vec<String>) {
    let mut plain = String::new();
    let mut expected = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('⟦') {
        let (figure, behind) = after.split_once('⟧').unwrap();
        plain += before;
        plain += figure;
        expected.push(figure.to_owned());
        rest = behind;
    }
    (plain + rest, expected)
}

#[test]
fn figures_are_found_and_other_numbers_are_not() {
    let mut wrong = String::new();
    for line in include_str!("../../../tests/language/figures.txt").lines() {
        let Some(line) = line.strip_prefix("- ") else { continue };
        let (text, expected) = marked(line);
        let found: Vec<String> = figures(&text).iter().map(|figure| text[figure.span.clone()].to_owned()).collect();
        if found != expected {
            wrong += &format!("{line}\n    {found:?}\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
