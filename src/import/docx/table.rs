//! A table of a document.

use super::lists::Flat;
use super::walk::{Walk, is_passed_by};
use super::xml::Node;
use crate::import::Refusal;
use crate::import::document::{Block, Run, as_one_line, tidy};
use crate::import::left_out::Kind;

/// The most cells that a row has.
const MOST_COLUMNS: usize = 200;

/// A cell: its blocks, how many columns it takes, and whether it only goes on with the cell above.
struct Cell {
    blocks: Vec<Block>,
    columns: usize,
    goes_on: bool,
}

impl Walk<'_> {
    /// Reads the `tbl` that is open; its end is passed.
    pub(super) fn table(&mut self, flat: &mut Vec<Flat>) -> Result<(), Refusal> {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let mut depth = 1_usize;
        while depth > 0 {
            match self.xml.next()? {
                Some(Node::Open(name)) => match name.as_str() {
                    "tr" => {
                        rows.push(Vec::new());
                        depth += 1;
                    }
                    "tc" => {
                        let cell = self.cell()?;
                        if let Some(row) = rows.last_mut().filter(|row| row.len() < MOST_COLUMNS) {
                            row.push(cell);
                        }
                    }
                    "sdtPr" => self.xml.skip()?,
                    name if is_passed_by(name) => self.xml.skip()?,
                    _ => depth += 1,
                },
                Some(Node::Close) => depth -= 1,
                Some(Node::Text(_)) => {}
                None => break,
            }
        }
        // one column is no table but a frame around text
        if rows.iter().all(|row| row.len() <= 1) {
            flat.extend(rows.into_iter().flatten().flat_map(|cell| cell.blocks).map(Flat::Block));
            return Ok(());
        }
        let table = rows.into_iter().map(|row| self.row(row, flat)).filter(|row| !row.is_empty()).collect();
        flat.push(Flat::Block(Block::Table(table)));
        Ok(())
    }

    /// The cells of a row in one line each; pictures in them stand before the table.
    fn row(&mut self, row: Vec<Cell>, flat: &mut Vec<Flat>) -> Vec<Vec<Run>> {
        let mut out = Vec::new();
        for cell in row {
            let (pictures, blocks): (Vec<_>, Vec<_>) =
                cell.blocks.into_iter().partition(|block| matches!(block, Block::Picture(_)));
            flat.extend(pictures.into_iter().map(Flat::Block));
            let mut runs = Vec::new();
            if as_one_line(blocks, &mut runs) {
                self.left_out.one(Kind::InCell);
            }
            if cell.columns > 1 || cell.goes_on {
                self.left_out.one(Kind::WideCell);
            }
            out.push(tidy(runs));
            let room = MOST_COLUMNS.saturating_sub(out.len());
            out.extend(vec![Vec::new(); cell.columns.saturating_sub(1).min(room)]);
        }
        out
    }

    /// Reads the `tc` that is open; its end is passed.
    fn cell(&mut self) -> Result<Cell, Refusal> {
        let mut cell = Cell { blocks: Vec::new(), columns: 1, goes_on: false };
        // its properties stand first, and are passed by when its blocks are read
        self.spend()?;
        let mut flat = Vec::new();
        let mut depth = 1_usize;
        while depth > 0 {
            match self.xml.next()? {
                Some(Node::Open(name)) => match name.as_str() {
                    "tcPr" => self.xml.each(|name, xml| match name {
                        "gridSpan" => {
                            cell.columns = xml.attribute("val").and_then(|count| count.parse().ok()).unwrap_or(1);
                        }
                        "vMerge" => cell.goes_on = xml.attribute("val").is_none_or(|value| value != "restart"),
                        _ => {}
                    })?,
                    "p" => self.paragraph(&mut flat)?,
                    "tbl" => self.table(&mut flat)?,
                    "sdtPr" => self.xml.skip()?,
                    name if is_passed_by(name) => self.xml.skip()?,
                    _ => depth += 1,
                },
                Some(Node::Close) => depth -= 1,
                Some(Node::Text(_)) => {}
                None => break,
            }
        }
        let numbering = self.numbering;
        cell.blocks = super::lists::nest(flat, numbering, &mut self.counters);
        Ok(cell)
    }
}
