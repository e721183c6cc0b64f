//! The styles and lists of a document. Names are Word's own where it has one, so that a letterhead's styles take over.

use super::xml::{HEAD, SPACES, attribute};

/// The styles, with the language that is read aloud and checked.
pub fn styles(language: &str) -> String {
    let language = attribute(language);
    let right_to_left = is_right_to_left(&language);
    let (run, paragraph, bidi) =
        if right_to_left { ("<w:rtl/>", "<w:bidi/>", language.as_str()) } else { ("", "", "ar-SA") };
    let mut out = format!(
        "{HEAD}<w:styles {SPACES}><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:eastAsia=\"Calibri\" w:cs=\"Calibri\"/><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/>{run}\
         <w:lang w:val=\"{language}\" w:eastAsia=\"{language}\" w:bidi=\"{bidi}\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault><w:pPr>{paragraph}<w:spacing w:after=\"120\" w:line=\"264\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\
         <w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\"><w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/><w:semiHidden/>\
         <w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\
         <w:style w:type=\"numbering\" w:default=\"1\" w:styleId=\"NoList\"><w:name w:val=\"No List\"/><w:semiHidden/></w:style>"
    );
    out += &paragraph_style(
        "Title",
        "Title",
        "<w:keepNext/><w:spacing w:after=\"200\" w:line=\"240\" w:lineRule=\"auto\"/>",
        "<w:b/><w:bCs/><w:sz w:val=\"40\"/><w:szCs w:val=\"40\"/>",
    );
    for (level, size) in [(1, 28), (2, 24), (3, 22), (4, 22), (5, 22)] {
        out += &paragraph_style(
            &format!("Heading{level}"),
            &format!("heading {level}"),
            &format!(
                "<w:keepNext/><w:keepLines/><w:spacing w:before=\"240\" w:after=\"80\"/><w:outlineLvl w:val=\"{}\"/>",
                level - 1
            ),
            &format!("<w:b/><w:bCs/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>"),
        );
    }
    for (id, name, paragraph, run) in STYLES {
        out += &paragraph_style(id, name, paragraph, run);
    }
    out + CHARACTER_STYLES + "</w:styles>"
}

fn paragraph_style(id: &str, name: &str, paragraph: &str, run: &str) -> String {
    let part = |tag: &str, inside: &str| {
        if inside.is_empty() { String::new() } else { format!("<w:{tag}>{inside}</w:{tag}>") }
    };
    format!(
        "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/>{}{}</w:style>",
        part("pPr", paragraph),
        part("rPr", run)
    )
}

/// Id, name, what is said of the paragraph, and of its words.
const STYLES: [(&str, &str, &str, &str); 14] = [
    ("ListNumber", "List Number", "<w:spacing w:after=\"80\"/>", ""),
    ("ListBullet", "List Bullet", "<w:numPr><w:numId w:val=\"1\"/></w:numPr><w:spacing w:after=\"80\"/>", ""),
    ("Quote", "Quote", "<w:ind w:left=\"400\" w:right=\"400\"/>", "<w:i/><w:iCs/>"),
    ("Lead", "Lead", "", "<w:b/><w:bCs/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/>"),
    ("Small", "Small", "", "<w:sz w:val=\"19\"/><w:szCs w:val=\"19\"/>"),
    ("Term", "Term", "<w:keepNext/><w:spacing w:after=\"0\"/>", "<w:b/><w:bCs/>"),
    (
        "Note",
        "Note",
        "<w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"8\" w:color=\"0B5A5A\"/></w:pBdr><w:ind w:left=\"200\"/>",
        "",
    ),
    (
        "Spoken",
        "Spoken",
        "<w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"8\" w:color=\"0B5A5A\"/></w:pBdr><w:ind w:left=\"200\"/>",
        "",
    ),
    ("Ask", "Ask", "<w:keepLines/>", "<w:b/><w:bCs/>"),
    (
        "Band",
        "Band",
        "<w:pBdr><w:top w:val=\"single\" w:sz=\"12\" w:space=\"4\" w:color=\"16191D\"/><w:left w:val=\"single\" w:sz=\"12\" w:space=\"4\" w:color=\"16191D\"/><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"4\" w:color=\"16191D\"/><w:right w:val=\"single\" w:sz=\"12\" w:space=\"4\" w:color=\"16191D\"/></w:pBdr>",
        "<w:b/><w:bCs/>",
    ),
    ("TableText", "Table Text", "<w:spacing w:before=\"40\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/>", ""),
    (
        "HTMLPreformatted",
        "HTML Preformatted",
        "<w:spacing w:line=\"240\" w:lineRule=\"auto\"/>",
        "<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\" w:cs=\"Consolas\"/>",
    ),
    ("Header", "header", "", "<w:b/><w:bCs/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>"),
    ("Footer", "footer", "<w:spacing w:after=\"0\"/>", "<w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>"),
];

const CHARACTER_STYLES: &str = "<w:style w:type=\"paragraph\" w:styleId=\"FootnoteText\"><w:name w:val=\"footnote text\"/><w:basedOn w:val=\"Normal\"/>\
    <w:pPr><w:spacing w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:rPr><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/></w:rPr></w:style>\
    <w:style w:type=\"character\" w:styleId=\"FootnoteReference\"><w:name w:val=\"footnote reference\"/><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr></w:style>\
    <w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/><w:rPr><w:color w:val=\"0B5A5A\"/><w:u w:val=\"single\"/></w:rPr></w:style>\
    <w:style w:type=\"character\" w:styleId=\"HTMLCode\"><w:name w:val=\"HTML Code\"/><w:rPr><w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\" w:cs=\"Consolas\"/></w:rPr></w:style>\
    <w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/><w:basedOn w:val=\"TableNormal\"/>\
    <w:tblPr><w:tblBorders><w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"8A9099\"/><w:left w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"8A9099\"/>\
    <w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"8A9099\"/><w:right w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"8A9099\"/>\
    <w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"8A9099\"/><w:insideV w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"8A9099\"/></w:tblBorders></w:tblPr></w:style>";

/// The lists: 1 has bullets; each numbered one begins with its own number.
pub fn numbering(starts: &[u64]) -> String {
    let level = |level: usize, format: &str, sign: &str| {
        let left = (level + 1) * 360;
        format!(
            "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{sign}\"/><w:lvlJc w:val=\"left\"/>\
             <w:pPr><w:ind w:left=\"{left}\" w:hanging=\"360\"/></w:pPr></w:lvl>"
        )
    };
    let kind = |id: usize, levels: String| {
        format!(
            "<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"hybridMultilevel\"/>{levels}</w:abstractNum>"
        )
    };
    let bullets = (0..9).map(|at| level(at, "bullet", "•")).collect();
    let numbers = (0..9).map(|at| level(at, "decimal", &format!("%{}.", at + 1))).collect();
    let lists: String = starts
        .iter()
        .enumerate()
        .map(|(at, start)| {
            let overrides: String = (0..9)
                .map(|level| {
                    format!(
                        "<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"{}\"/></w:lvlOverride>",
                        start.min(&32_767)
                    )
                })
                .collect();
            format!("<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"1\"/>{overrides}</w:num>", at + 2)
        })
        .collect();
    format!(
        "{HEAD}<w:numbering {SPACES}>{}{}<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>{lists}</w:numbering>",
        kind(0, bullets),
        kind(1, numbers)
    )
}

fn is_right_to_left(language: &str) -> bool {
    let first = language.split('-').next().unwrap_or_default();
    matches!(first, "ar" | "he" | "fa" | "ur" | "yi" | "ps" | "sd" | "ug" | "dv" | "ckb")
}
