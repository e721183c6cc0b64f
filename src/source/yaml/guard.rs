//! Budgets: what no person writes is refused before a parser sees it.

use super::Slip;
use super::events::{Events, What};
use crate::finding::YamlTrouble;

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
    let signs = Signs::count(text.as_bytes());
    if signs.breaks > MOST_NODES {
        return Err(Slip::new(0..0, YamlTrouble::Budget("size")));
    }
    if (signs.anchors > 0 && signs.aliases > 0) || signs.indent + signs.brackets > MOST_DEPTH {
        return thorough(text);
    }
    Ok(())
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
                    signs.breaks += usize::from(byte == b'-' && indent.is_some());
                    indent = indent.map(|spaces| spaces + 1);
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

/// Reads the events without keeping them.
fn thorough(text: &str) -> Result<(), Slip> {
    let mut events = Events::new(text);
    // sizes of what is open and of what anchors name, aliases inside counted with what they stand for
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut named: Vec<usize> = Vec::new();
    let (mut aliases, mut copied) = (0, 0);
    // what can't be read is told by whoever reads it for its values
    while let Some(Ok(event)) = events.next() {
        let (anchor, size) = match event.what {
            What::List { anchor, .. } | What::Map { anchor, .. } => {
                open.push((anchor, 1));
                if open.len() > MOST_DEPTH {
                    return Err(Slip::new(event.span, YamlTrouble::Budget("depth")));
                }
                continue;
            }
            What::End => open.pop().unwrap_or_default(),
            What::Text { anchor, text, .. } => (anchor, text.len() + 1),
            What::Nothing { anchor, .. } => (anchor, 1),
            What::Alias(anchor) => {
                let size = named.get(anchor).copied().unwrap_or(usize::MAX);
                aliases += 1;
                copied += size.min(MOST_COPIED + 1);
                if aliases > MOST_ALIASES || size > MOST_COPIED || copied > 8 * MOST_COPIED {
                    return Err(Slip::new(event.span, YamlTrouble::Budget("aliases")));
                }
                (0, size)
            }
            What::Second => break,
        };
        if anchor > 0 {
            named.resize(named.len().max(anchor + 1), usize::MAX);
            if let Some(place) = named.get_mut(anchor) {
                *place = size;
            }
        }
        if let Some((_, sum)) = open.last_mut() {
            *sum = sum.saturating_add(size);
        }
    }
    Ok(())
}
