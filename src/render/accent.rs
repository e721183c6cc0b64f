//! The theme's one colour of its own: a colour that can be read on white, or an error.

use std::sync::Arc;

use crate::finding::{At, KeyPath, Problem, What, YamlTrouble};
use crate::toolkit::settings::Settings;
use crate::toolkit::text::Own;

/// The least contrast of text (WCAG 2.2, success criterion 1.4.3, level AA), in hundredths.
const LEAST: u32 = 450;

/// The accent as set in `toolkit.yaml`; what is no colour, or can't be read, is told.
pub(super) fn set(settings: &Settings, problems: &mut Vec<Problem>) -> Option<String> {
    let typed = settings.theme_options()?.get("accent")?;
    let at = At::value(Arc::from("toolkit.yaml"), KeyPath::top("theme").key("options").key("accent"));
    if *typed == Own::Null {
        return None; // not set; a colour without quotes was told when the file was read
    }
    let colour = typed.as_str().map(str::trim).and_then(|text| Some((text, channels(text)?)));
    let Some((text, channels)) = colour else {
        let found = typed.as_str().map_or_else(|| "no text".to_owned(), str::to_owned);
        let wanted = "a colour like \"#0b5a5a\"".to_owned();
        let what = What::Yaml(YamlTrouble::BadForm { key: "accent".to_owned(), found, wanted });
        problems.push(Problem::new(at, what));
        return None;
    };
    let hundredths = on_white(channels);
    if hundredths < LEAST {
        let what = What::Contrast { colour: text.to_owned(), against: "white", hundredths };
        problems.push(Problem::new(at, what));
        return None;
    }
    Some(text.to_owned())
}

/// Red, green and blue of `#rgb` or `#rrggbb`.
fn channels(text: &str) -> Option<[u8; 3]> {
    let hex = text.strip_prefix('#').filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let pair = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    let single = |at: usize| Some(u8::from_str_radix(hex.get(at..=at)?, 16).ok()? * 17);
    match hex.len() {
        3 => Some([single(0)?, single(1)?, single(2)?]),
        6 => Some([pair(0)?, pair(2)?, pair(4)?]),
        _ => None,
    }
}

/// The contrast with white in hundredths, rounded down (WCAG 2.2, "contrast ratio" and "relative luminance").
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 100 and 2,100")]
fn on_white(channels: [u8; 3]) -> u32 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = channels.map(linear);
    let luminance = 0.0722f64.mul_add(blue, 0.2126f64.mul_add(red, 0.7152 * green));
    (105.0 / (luminance + 0.05)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_measured_as_wcag_says() {
        assert_eq!(on_white([0, 0, 0]), 2100);
        assert_eq!(on_white([255, 255, 255]), 100);
        assert_eq!(on_white([0x76, 0x76, 0x76]), 454, "the lightest grey that can be read");
        assert_eq!(channels("#abc"), Some([0xaa, 0xbb, 0xcc]));
        for none in ["red", "#12", "#12345g", "#1234567", ""] {
            assert_eq!(channels(none), None, "{none}");
        }
    }
}
