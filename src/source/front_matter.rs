//! Where a Markdown file's front matter ends and its body begins.

use std::ops::Range;

use super::yaml::Slip;
use crate::finding::YamlTrouble;

/// The two parts of a Markdown file, in bytes of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// The YAML between the two `---` lines, with its last line break.
    pub yaml: Range<usize>,
    /// Where the line after the second `---` line starts.
    pub body: usize,
}

/// Finds the front matter of `text`, which has to begin with a `---` line.
///
/// # Errors
/// `NoFrontMatter`, `OpenFrontMatter`, `NearlyClosed`, or `Toml` for a block between `+++` lines, each with its place.
pub fn front_matter(text: &str) -> Result<FrontMatter, Slip> {
    let first = text.split_inclusive('\n').next().unwrap_or_default();
    match first.trim_end() {
        "---" => {}
        "+++" => return Err(Slip::new(0..3, YamlTrouble::Toml(toml(&text[first.len()..])))),
        line => return Err(Slip::new(0..line.len(), YamlTrouble::NoFrontMatter)),
    }
    let start = first.len();
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Ok(FrontMatter { yaml: start..at, body: at + line.len() });
        }
        at += line.len();
    }
    Err(match nearly_closed(text, start) {
        Some(line) => Slip::new(line, YamlTrouble::NearlyClosed),
        None => Slip::new(0..3, YamlTrouble::OpenFrontMatter),
    })
}

/// A line that was probably meant to close: dashes of another number or kind.
fn nearly_closed(text: &str, start: usize) -> Option<Range<usize>> {
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let bare = line.trim();
        let from = at + (line.len() - line.trim_start().len());
        if !bare.is_empty() && bare.chars().all(|c| matches!(c, '-' | '–' | '—' | '−')) && bare != "-" {
            return Some(from..from + bare.len());
        }
        at += line.len();
    }
    None
}

/// The same block as YAML, where each of its lines is `key = value` with a value of one line.
fn toml(block: &str) -> Option<String> {
    let mut yaml = String::from("---\n");
    for line in block.lines() {
        let line = line.trim();
        if line == "+++" {
            return Some(yaml + "---");
        }
        if line.is_empty() || line.starts_with('#') {
            yaml.push_str(line);
        } else {
            let (key, value) = line.split_once('=')?;
            let key = key.trim().trim_matches('"');
            let plain = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
            yaml.push_str(plain.then_some(key)?);
            yaml.push_str(": ");
            yaml.push_str(toml_value(value.trim())?);
        }
        yaml.push('\n');
    }
    None
}

/// A TOML value that is the same value in YAML.
fn toml_value(value: &str) -> Option<&str> {
    let quoted = |mark: char| {
        let inner = value.strip_prefix(mark)?.strip_suffix(mark)?;
        (!inner.contains(mark) && !inner.ends_with('\\')).then_some(value)
    };
    let list = || {
        let inner = value.strip_prefix('[')?.strip_suffix(']')?;
        (!inner.contains(['[', ']', '{', '}', '#'])).then_some(value)
    };
    let bare = |value: &str| {
        let sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.' | ':' | '_');
        !value.is_empty() && value.chars().all(sign)
    };
    quoted('"').or_else(|| quoted('\'')).or_else(list).or_else(|| bare(value).then_some(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        match front_matter(text) {
            Ok(parts) => format!("{:?} {:?}", &text[parts.yaml], &text[parts.body..]),
            Err(slip) => format!("{:?} at {:?}", slip.trouble, &text[slip.span]),
        }
    }

    #[test]
    fn the_block_between_the_first_two_lines_of_three_dashes() {
        for (text, parts) in [
            ("---\na: b\n---\nBody\n", r#""a: b\n" "Body\n""#),
            ("---\r\na: b\r\n---\r\nBody", r#""a: b\r\n" "Body""#),
            ("--- \na: b\n---\t\n---\n", r#""a: b\n" "---\n""#),
            ("---\n---", r#""" """#),
            ("---\na: |\n  x\n ---\n---\n", r#""a: |\n  x\n ---\n" """#),
        ] {
            assert_eq!(cut(text), parts, "{text:?}");
        }
    }

    #[test]
    fn what_is_wrong_with_it() {
        for (text, trouble) in [
            ("", r#"NoFrontMatter at """#),
            ("# Title\n---\n", r##"NoFrontMatter at "# Title""##),
            (" ---\na: b\n---\n", r#"NoFrontMatter at " ---""#),
            ("---\na: b\nBody", r#"OpenFrontMatter at "---""#),
            ("---\na: b\n----\nBody", r#"NearlyClosed at "----""#),
            ("---\na: b\n —\nBody", r#"NearlyClosed at "—""#),
            ("---\na:\n- b\n-\nBody", r#"OpenFrontMatter at "---""#),
        ] {
            assert_eq!(cut(text), trouble, "{text:?}");
        }
    }

    #[test]
    fn toml_is_translated_where_it_is_simple() {
        let toml = |text: &str| match front_matter(text) {
            Err(Slip { trouble: YamlTrouble::Toml(yaml), .. }) => yaml,
            other => panic!("{other:?}"),
        };
        assert_eq!(
            toml("+++\ntitle = \"Safer: now\"\ndraft = true\ntags = [\"a\", 'b']\n\ndate = 2026-01-02\n+++\nBody"),
            Some("---\ntitle: \"Safer: now\"\ndraft: true\ntags: [\"a\", 'b']\n\ndate: 2026-01-02\n---".into())
        );
        for odd in ["[params]\nx = 1", "a = \"\"\"x", "a = [[1]]", "a = [\n1]", "no value", "a.b = 1"] {
            assert_eq!(toml(&format!("+++\n{odd}\n+++\n")), None, "{odd:?}");
        }
        assert_eq!(toml("+++\na = 1\n"), None, "never closed");
    }
}
