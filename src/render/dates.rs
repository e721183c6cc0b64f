//! Days in words, in the theme's language.

use super::theme::Words;
use crate::language::Date;

/// `November 24, 2026`: the theme's `date_form` with its `month_1` … `month_12`.
#[must_use]
pub fn in_words(date: Date, words: &Words) -> String {
    let month = format!("month_{}", date.month());
    let form = words.get("date_form");
    let form = if form == "date_form" { "{month} {day}, {year}" } else { form };
    form.replace("{month}", words.get(&month))
        .replace("{day}", &date.day().to_string())
        .replace("{year}", &date.year().to_string())
}
