//! Budgets: what no person writes is refused before a parser sees it.

use super::events::{Events, Stopped, What};
use super::relaxed::Relaxed;
use super::{Slip, diagnose};
use crate::finding::YamlTrouble;
use crate::source::TEXT_LIMIT;

/// Lists and maps inside each other.
pub const MOST_DEPTH: usize = 64;

/// Aliases (`*name`) in one text.
pub const MOST_ALIASES: usize = 100;

/// Values in one text. `serde_yaml` takes some 150 bytes for each.
pub const MOST_NODES: usize = 250_000;

/// The bytes that one alias may stand for; all together eight times as much.
const MOST_COPIED: usize = 64 << 10;

/// Refuses texts that would take more time or memory than a person's YAML ever needs: `Budget("depth")`,
/// `Budget("aliases")` (too many, too large, or one inside itself), `Budget("size")` (too many values).
///
/// Costs next to nothing for an ordinary text: its bytes are looked at once, and only if they hold anchors and
/// aliases, or could be nested too deep, is it read through.
///
/// # Errors
/// What is over its budget, and where.
pub fn guard(text: &str) -> Result<(), Slip> {
    if text.len() as u64 > TEXT_LIMIT {
        return Err(Slip::new(0..0, YamlTrouble::Budget("size")));
    }
    // each level of depth needs one of these signs, each alias an anchor; counting them takes a few dozen nanoseconds
    let opening = count(text, |byte| matches!(byte, b':' | b'-' | b'?' | b'[' | b'{'));
    let few = opening <= MOST_DEPTH && text.len() <= MOST_NODES;
    if few && (count(text, |byte| byte == b'&') == 0 || count(text, |byte| byte == b'*') == 0) {
        return Ok(());
    }
    let signs = Signs::count(text.as_bytes());
    // a list without brackets needs a line or a dash an entry, one with brackets a comma
    if signs.breaks > MOST_NODES {
        return Err(Slip::new(0..0, YamlTrouble::Budget("size")));
    }
    if (signs.anchors > 0 && signs.aliases > 0) || signs.indent + signs.brackets > MOST_DEPTH {
        return thorough(text, &signs);
    }
    Ok(())
}

/// In pieces of which a byte can hold the sum, so that the compiler counts many bytes at a time.
fn count(text: &str, is: impl Fn(u8) -> bool) -> usize {
    let piece = |bytes: &[u8]| bytes.iter().fold(0_u8, |sum, &byte| sum.wrapping_add(u8::from(is(byte))));
    text.as_bytes().chunks(128).map(|bytes| usize::from(piece(bytes))).sum()
}

/// Why a count did not come to its end.
enum End {
    Stopped(Stopped),
    Slip(Slip),
}

/// What a glance at the bytes tells: never less than there is.
#[derive(Debug, Default)]
struct Signs {
    anchors: usize,
    aliases: usize,
    /// Opening brackets.
    brackets: usize,
    /// The most spaces and dashes at the start of a line.
    indent: usize,
    /// Signs that can stand between two values.
    breaks: usize,
}

impl Signs {
    fn count(bytes: &[u8]) -> Self {
        let mut signs = Self::default();
        let mut before = b'\n';
        let mut indent = Some(0);
        for &byte in bytes {
            match byte {
                b' ' | b'-' | b'?' | b'\t' => {
                    indent = indent.map(|spaces| spaces + 1);
                    if byte == b'-' || byte == b'?' {
                        signs.breaks += usize::from(indent.is_some());
                        signs.indent = signs.indent.max(indent.unwrap_or(0));
                    }
                }
                b'\n' | b'\r' => {
                    signs.breaks += 1;
                    indent = Some(0);
                }
                _ => {
                    match byte {
                        b'&' if opens(before) => signs.anchors += 1,
                        b'*' if opens(before) => signs.aliases += 1,
                        b'[' | b'{' => {
                            signs.brackets += 1;
                            signs.breaks += 1;
                        }
                        b',' | b':' => signs.breaks += 1,
                        _ => {}
                    }
                    signs.indent = signs.indent.max(indent.unwrap_or(0));
                    // properties and flow signs may stand before a compact list on the same line
                    indent = None;
                }
            }
            before = byte;
        }
        signs
    }
}

/// Whether a value can start after this byte.
const fn opens(before: u8) -> bool {
    matches!(before, b' ' | b'\t' | b'\n' | b'\r' | b'[' | b'{' | b',' | b':')
}

/// Brackets that a text may have which only a less strict reader than ours could read: nesting costs it quadratic time.
const MOST_UNREAD: usize = 1024;

/// Reads the events without keeping them.
fn thorough(text: &str, signs: &Signs) -> Result<(), Slip> {
    let stopped = match Count::default().all(text) {
        Ok(()) => return Ok(()),
        Err(End::Slip(slip)) => return Err(slip),
        Err(End::Stopped(stopped)) => stopped,
    };
    let read = match Relaxed::of(text).map(|strict| (Count::default().all(&strict.text), strict)) {
        Some((Err(End::Slip(slip)), strict)) => {
            return Err(Slip { span: strict.original(slip.span.start)..strict.original(slip.span.end), ..slip });
        }
        Some((Ok(()), _)) => true,
        _ => false,
    };
    // few aliases can't multiply much, however they are read
    let few = signs.anchors == 0 || signs.aliases == 0 || (signs.aliases <= 8 && text.len() <= MOST_COPIED);
    // whoever reads it for its values tells what is wrong, unless reading it is the danger
    if few && (read || signs.brackets <= MOST_UNREAD) { Ok(()) } else { Err(diagnose::slip(text, &stopped)) }
}

/// Sizes of what is open and of what anchors name; aliases inside count with what they stand for.
#[derive(Default)]
struct Count {
    open: Vec<(usize, usize)>,
    named: Vec<usize>,
    aliases: usize,
    copied: usize,
}

impl Count {
    fn all(mut self, text: &str) -> Result<(), End> {
        let mut events = Events::new(text);
        while let Some(event) = events.next() {
            let event = match event {
                Ok(event) => event,
                Err(Stopped { at, words }) if words.contains("recursion limit") => {
                    return Err(End::Slip(Slip::new(at..at, YamlTrouble::Budget("depth"))));
                }
                Err(stopped) => return Err(End::Stopped(stopped)),
            };
            let over = |what| End::Slip(Slip::new(event.span.clone(), YamlTrouble::Budget(what)));
            self.take(&event.what).map_err(over)?;
        }
        Ok(())
    }

    fn take(&mut self, what: &What) -> Result<(), &'static str> {
        let (anchor, size) = match what {
            What::List { anchor, .. } | What::Map { anchor, .. } => {
                self.open.push((*anchor, 1));
                return if self.open.len() > MOST_DEPTH { Err("depth") } else { Ok(()) };
            }
            What::End => self.open.pop().unwrap_or_default(),
            What::Text { anchor, text, .. } => (*anchor, text.len() + 1),
            What::Nothing { anchor, .. } => (*anchor, 1),
            What::Alias(anchor) => {
                // what is still open is inside itself
                let size = self.named.get(*anchor).copied().unwrap_or(usize::MAX);
                self.aliases += 1;
                self.copied += size.min(MOST_COPIED + 1);
                if self.aliases > MOST_ALIASES || size > MOST_COPIED || self.copied > 8 * MOST_COPIED {
                    return Err("aliases");
                }
                (0, size)
            }
            What::Second => return Ok(()),
        };
        if anchor > 0 {
            self.named.resize(self.named.len().max(anchor + 1), usize::MAX);
            if let Some(place) = self.named.get_mut(anchor) {
                *place = size;
            }
        }
        if let Some((_, sum)) = self.open.last_mut() {
            *sum = sum.saturating_add(size);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> Option<&'static str> {
        match guard(text) {
            Ok(()) => None,
            Err(Slip { trouble: YamlTrouble::Budget(what), .. }) => Some(what),
            Err(slip) => panic!("{slip:?}"),
        }
    }

    #[test]
    fn what_a_person_writes_is_let_through() {
        let aliases = |number: usize| format!("a: &a [x]\nb: [{}]\n", vec!["*a"; number].join(", "));
        for text in [
            "",
            "title: R&D *and* more [here]\n",
            "a: &a x\nb: *a\n",
            &aliases(100),
            &"- [a, b]\n".repeat(5000),
            &format!("{}x{}", "[".repeat(64), "]".repeat(64)),
            &format!("a: &a {}\nb: *a\n", "x".repeat(60_000)),
            &"a: |\n  one, two: three [\n".repeat(10),
        ] {
            assert_eq!(refused(text), None, "{:.60}", text);
        }
    }

    #[test]
    fn what_no_person_writes_is_refused() {
        let nested =
            |start: &str, number: usize| (0..number).map(|n| format!("{}{start}\n", " ".repeat(n))).collect::<String>();
        for (text, what) in [
            ("a: &a [*a]\n".to_owned(), "aliases"),
            (format!("a: &a [x]\nb: [{}]\n", vec!["*a"; 101].join(", ")), "aliases"),
            (format!("a: &a {}\nb: *a\n", "x".repeat(70_000)), "aliases"),
            (format!("a: &a {}\nb: [{}]\n", "x".repeat(60_000), vec!["*a"; 20].join(",")), "aliases"),
            ("a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned() + &bomb(9), "aliases"),
            (format!("{}x{}", "[".repeat(65), "]".repeat(65)), "depth"),
            ("[".repeat(100_000), "depth"),
            ("{a: ".repeat(100_000), "depth"),
            ("- ".repeat(70) + "x", "depth"),
            (nested("a:", 70), "depth"),
            ("k: [\n]\nz: ".to_owned() + &"[".repeat(70), "depth"),
            ("a: b\n".repeat(300_000), "size"),
            ("? ".repeat(70), "depth"),
            ("a: ".to_owned() + &"x".repeat(9 << 20), "size"),
            ("[a,".to_owned() + &"a,".repeat(300_000) + "]", "size"),
        ] {
            assert_eq!(refused(&text), Some(what), "{:.60}", text);
        }
    }

    /// Lists of nine aliases each, the next of the one before.
    fn bomb(levels: usize) -> String {
        let name = |n: usize| (b'a' + u8::try_from(n).unwrap()) as char;
        let line =
            |n: usize| format!("{}: &{} [{}]\n", name(n), name(n), vec![format!("*{}", name(n - 1)); 9].join(","));
        (1..levels).map(line).collect()
    }

    #[test]
    fn a_bomb_that_only_a_lax_reader_would_read_is_refused() {
        // a comment right after a quote: serde_yaml takes it, our parser does not
        let text = |aliases: usize| format!("k: \"\"# x\na: &a [x]\nb: [{}]\n", vec!["*a"; aliases].join(","));
        assert!(serde_yaml::from_str::<serde_yaml::Value>(&text(9)).is_ok());
        assert!(guard(&text(9)).is_err());
        assert!(guard(&text(8)).is_ok());
    }
}
