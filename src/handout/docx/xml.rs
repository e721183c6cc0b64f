//! XML as text: escaped words, and properties in the order of the schema (ECMA-376, part 1, wml.xsd).

/// The first line of each part.
pub const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The names that the parts with text use.
pub const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                          xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// The names that a text with pictures uses besides.
pub const PICTURE_SPACES: &str = " xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
                                  xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
                                  xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"";

/// Words between tags. Characters that XML 1.0 has no place for are dropped.
pub fn text(words: &str) -> String {
    let allowed = |sign: &char| matches!(sign, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    let clean: String = words.chars().filter(allowed).collect();
    quick_xml::escape::escape(&clean).into_owned()
}

/// Words in an attribute: also on one line.
pub fn attribute(words: &str) -> String {
    text(&words.replace(['\n', '\r', '\t'], " "))
}

/// What is said of a paragraph.
#[derive(Clone, Copy, Debug, Default)]
pub struct Paragraph<'a> {
    /// The id of its style.
    pub style: Option<&'a str>,
    /// Its list and level.
    pub item: Option<(usize, usize)>,
    /// How far it stands in, in twentieths of a point.
    pub indent: usize,
    /// A line under it.
    pub line: bool,
    /// `center` or `right`.
    pub align: Option<&'a str>,
}

impl Paragraph<'_> {
    /// `pPr`: pStyle, numPr, pBdr, ind, jc.
    pub fn properties(&self) -> String {
        let mut out = String::new();
        if let Some(style) = self.style {
            out += &format!("<w:pStyle w:val=\"{style}\"/>");
        }
        if let Some((list, level)) = self.item {
            out += &format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>");
        }
        if self.line {
            out += "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"8A9099\"/></w:pBdr>";
        }
        if self.indent > 0 {
            out += &format!("<w:ind w:left=\"{}\"/>", self.indent);
        }
        if let Some(align) = self.align {
            out += &format!("<w:jc w:val=\"{align}\"/>");
        }
        if out.is_empty() { out } else { format!("<w:pPr>{out}</w:pPr>") }
    }
}

/// What is said of a run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look<'a> {
    /// The id of its style.
    pub style: Option<&'a str>,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Struck through.
    pub struck: bool,
    /// Raised.
    pub raised: bool,
}

impl Look<'_> {
    /// `rPr`: rStyle, b, bCs, i, iCs, strike, vertAlign.
    pub fn properties(&self) -> String {
        let mut out = String::new();
        if let Some(style) = self.style {
            out += &format!("<w:rStyle w:val=\"{style}\"/>");
        }
        for (on, tags) in [
            (self.bold, "<w:b/><w:bCs/>"),
            (self.italic, "<w:i/><w:iCs/>"),
            (self.struck, "<w:strike/>"),
            (self.raised, "<w:vertAlign w:val=\"superscript\"/>"),
        ] {
            out += if on { tags } else { "" };
        }
        if out.is_empty() { out } else { format!("<w:rPr>{out}</w:rPr>") }
    }
}

/// `tblPr` of a table with a head: tblStyle, tblW, tblLook, tblCaption.
pub fn table_properties(caption: &str) -> String {
    let caption =
        if caption.is_empty() { String::new() } else { format!("<w:tblCaption w:val=\"{}\"/>", attribute(caption)) };
    format!(
        "<w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/>\
         <w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"0\" w:noVBand=\"1\"/>{caption}</w:tblPr>"
    )
}

/// `tcPr` of one of `columns` cells that are equally wide.
pub fn cell_properties(columns: usize) -> String {
    format!("<w:tcPr><w:tcW w:w=\"{}\" w:type=\"pct\"/></w:tcPr>", 5000 / columns.max(1))
}
