//! The levels of headings: the title taken out, the rest from level 2 on, without a gap.

use super::document::{Block, Piece, Run};

/// Takes the title out: the first heading, where it is the only one of its level and none stands above it.
pub fn take_title(blocks: &mut Vec<Block>) -> Option<Vec<Run>> {
    let headings: Vec<(usize, u8)> = blocks
        .iter()
        .enumerate()
        .filter_map(|(at, block)| match block {
            Block::Heading(level, _) => Some((at, *level)),
            _ => None,
        })
        .collect();
    let (&(at, level), rest) = headings.split_first()?;
    if level > 1 || rest.iter().any(|(_, other)| *other <= level) {
        return None;
    }
    match blocks.get(at) {
        Some(Block::Heading(_, runs)) if !runs.iter().any(|run| matches!(run.piece, Piece::Note(_))) => {}
        _ => return None,
    }
    match blocks.remove(at) {
        Block::Heading(_, runs) => Some(runs),
        _ => None,
    }
}

/// Gives each heading its level; how many stand on another one relative to the first than they did.
pub fn set_levels(blocks: &mut [Block]) -> usize {
    let (mut above, mut moved, mut shift): (Vec<u8>, usize, Option<i16>) = (Vec::new(), 0, None);
    for block in blocks {
        let Block::Heading(level, _) = block else { continue };
        while above.last().is_some_and(|last| last >= level) {
            above.pop();
        }
        above.push(*level);
        let new = u8::try_from(above.len() + 1).unwrap_or(6).min(6);
        // all moved by the same number is as it was
        let by = i16::from(new) - i16::from(*level);
        moved += usize::from(*shift.get_or_insert(by) != by);
        *level = new;
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::document::Look;

    fn blocks(levels: &[u8]) -> Vec<Block> {
        levels
            .iter()
            .map(|level| Block::Heading(*level, vec![Run::text(level.to_string(), &Look::default())]))
            .collect()
    }

    #[test]
    fn the_only_heading_of_the_top_level_is_the_title() {
        let title = |levels: &[u8]| take_title(&mut blocks(levels)).map(|runs| crate::import::document::words(&runs));
        assert_eq!(title(&[0, 1, 1]).as_deref(), Some("0"));
        assert_eq!(title(&[1, 2, 3, 2]).as_deref(), Some("1"));
        assert_eq!((title(&[1, 2, 1]), title(&[2, 3]), title(&[2, 1]), title(&[])), (None, None, None, None));
    }

    #[test]
    fn levels_begin_with_2_and_none_is_skipped() {
        let set = |levels: &[u8]| {
            let mut blocks = blocks(levels);
            let moved = set_levels(&mut blocks);
            let levels: Vec<u8> =
                blocks.iter().map(|block| if let Block::Heading(level, _) = block { *level } else { 0 }).collect();
            (levels, moved)
        };
        assert_eq!(set(&[1, 2, 3, 1]), (vec![2, 3, 4, 2], 0));
        assert_eq!(set(&[3, 5, 5, 3, 1]), (vec![2, 3, 3, 2, 2], 3));
        assert_eq!(set(&[1, 2, 3, 4, 5, 6, 7]), (vec![2, 3, 4, 5, 6, 6, 6], 2));
    }
}
