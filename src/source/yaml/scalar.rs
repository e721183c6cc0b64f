//! What a scalar stands for: the rules of `serde_yaml` 0.9 (src/de.rs, `visit_untagged_scalar`), so that both readers
//! of a file agree.

use super::Style;

/// What a scalar stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Meaning {
    /// A text; everything in quotes or under `|` and `>` is one.
    Text,
    /// `true`, `false`, and the same with capitals.
    Bool(bool),
    /// A whole number, also `0x1f`, `0o17`, `0b11`.
    Int(i128),
    /// Any other number, `.inf`, `.nan`.
    Float(f64),
}

/// The meaning of `text`; `None` if it stands for nothing.
pub(super) fn meaning(text: &str, style: Style, tag: Option<&str>) -> Option<Meaning> {
    match tag {
        Some("!!bool") => return Some(truth(text).map_or(Meaning::Text, Meaning::Bool)),
        Some("!!int") => return Some(int(text).map_or(Meaning::Text, Meaning::Int)),
        Some("!!float") => return Some(float(text).map_or(Meaning::Text, Meaning::Float)),
        Some("!!null") if is_null(text) => return None,
        Some(other) if other.starts_with("!!") => return Some(Meaning::Text),
        _ => {}
    }
    if style != Style::Plain {
        return Some(Meaning::Text);
    }
    if text.is_empty() || is_null(text) {
        return None;
    }
    let float = || if digits_but_no_number(text) { None } else { float(text) };
    let number = || int(text).map(Meaning::Int).or_else(|| float().map(Meaning::Float));
    Some(truth(text).map(Meaning::Bool).or_else(number).unwrap_or(Meaning::Text))
}

fn is_null(text: &str) -> bool {
    matches!(text, "null" | "Null" | "NULL" | "~")
}

fn truth(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "TRUE" => Some(true),
        "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

fn int(text: &str) -> Option<i128> {
    let (negative, bare) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        let digits = bare.strip_prefix(prefix);
        if let Some(number) = digits.and_then(|digits| signed(digits, negative, radix)) {
            return Some(number);
        }
    }
    if digits_but_no_number(text) { None } else { signed(bare, negative, 10) }
}

fn signed(digits: &str, negative: bool, radix: u32) -> Option<i128> {
    if digits.starts_with(['+', '-']) {
        return None;
    }
    let number = i128::from_str_radix(digits, radix).ok()?;
    Some(if negative { -number } else { number })
}

fn float(text: &str) -> Option<f64> {
    let bare = text.strip_prefix('+').unwrap_or(text);
    if bare.len() < text.len() && bare.starts_with(['+', '-']) {
        return None;
    }
    match (bare, text) {
        (".inf" | ".Inf" | ".INF", _) => return Some(f64::INFINITY),
        (_, "-.inf" | "-.Inf" | "-.INF") => return Some(f64::NEG_INFINITY),
        (_, ".nan" | ".NaN" | ".NAN") => return Some(f64::NAN),
        _ => {}
    }
    bare.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Zeros before other digits make a text: 007, a phone number, a postal code.
fn digits_but_no_number(text: &str) -> bool {
    let bare = text.strip_prefix(['-', '+']).unwrap_or(text);
    bare.len() > 1 && bare.starts_with('0') && bare.bytes().all(|byte| byte.is_ascii_digit())
}
