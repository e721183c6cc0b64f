//! What Word asks to repair: children that stand in another order than the schema's, and parts that are named nowhere.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::{SAMPLE, documents, part, parts};

/// The order of children in an element (ECMA-376 part 1, wml.xsd); only the named ones may stand in it.
const ORDER: [(&str, &str); 17] = [
    (
        "pPr",
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs \
             suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd \
             snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment \
             textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    ),
    (
        "rPr",
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish \
             webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang \
             eastAsianLayout specVanish oMath",
    ),
    (
        "tblPr",
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd \
               tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    ),
    ("tcPr", "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark"),
    ("tblBorders", "top left start bottom right end insideH insideV"),
    ("tblCellMar", "top left start bottom right end"),
    ("pBdr", "top left bottom right between bar"),
    ("numPr", "ilvl numId"),
    ("tbl", "tblPr tblGrid tr"),
    ("tr", "tblPrEx trPr tc"),
    ("sectPr", "headerReference footerReference footnotePr endnotePr type pgSz pgMar"),
    (
        "style",
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked pPr rPr tblPr",
    ),
    ("styles", "docDefaults latentStyles style"),
    ("lvl", "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr"),
    ("abstractNum", "nsid multiLevelType tmpl name styleLink numStyleLink lvl"),
    ("numbering", "numPicBullet abstractNum num"),
    ("settings", "zoom defaultTabStop characterSpacingControl footnotePr endnotePr compat"),
];

/// What stands in another order than the schema's, or is no XML.
fn disorder(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let (mut open, mut wrong): (Vec<(String, usize)>, Vec<String>) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                let name = start.local_name().as_ref().to_owned();
                if let Some((above, last)) = open.last_mut()
                    && let Some((_, order)) = ORDER.iter().find(|(name, _)| name == above)
                {
                    match order.split_whitespace().position(|known| known == name) {
                        Some(at) if at >= *last => *last = at,
                        Some(_) => wrong.push(format!("{name} comes late in {above}")),
                        None => wrong.push(format!("{name} has no place in {above}")),
                    }
                }
                open.push((name, 0));
            }
            Ok(Event::End(_)) => drop(open.pop()),
            Ok(Event::Eof) => return wrong,
            Ok(_) => {}
            Err(error) => return vec![error.to_string()],
        }
    }
}

#[test]
fn the_order_of_the_schema_is_seen_when_it_is_broken() {
    assert_eq!(disorder("<w:pPr><w:numPr/><w:pStyle/></w:pPr>"), ["pStyle comes late in pPr"]);
    assert_eq!(disorder("<w:tr><w:p/></w:tr>"), ["p has no place in tr"]);
    assert!(!disorder("<w:p><w:r></w:p>").is_empty());
}

#[test]
fn every_part_has_its_children_in_the_order_of_the_schema() {
    for (path, file) in documents("public").into_iter().chain(documents("partners")) {
        for (name, text) in parts(&std::fs::read(&file).unwrap()) {
            assert_eq!(disorder(&text), Vec::<String>::new(), "{path}: {name}");
        }
    }
}

fn values<'x>(xml: &'x str, before: &str) -> BTreeSet<&'x str> {
    xml.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_style_list_footnote_link_and_part_that_is_named_is_there() {
    for (path, file) in documents("public").into_iter().chain(documents("partners")) {
        let bytes = std::fs::read(&file).unwrap();
        let [text, styles, lists, notes] =
            ["document", "styles", "numbering", "footnotes"].map(|name| part(&bytes, &format!("word/{name}.xml")));
        let known = values(&styles, "w:styleId=\"");
        for before in ["<w:pStyle w:val=\"", "<w:rStyle w:val=\"", "<w:tblStyle w:val=\""] {
            let used = values(&text, before).into_iter().chain(values(&notes, before));
            for style in used {
                assert!(known.contains(style), "{path}: no style {style}");
            }
        }
        assert!(values(&text, "<w:numId w:val=\"").is_subset(&values(&lists, "<w:num w:numId=\"")), "{path}");
        assert!(values(&text, "<w:footnoteReference w:id=\"").is_subset(&values(&notes, "w:id=\"")), "{path}");
        for (part_name, links) in [("document", &text), ("footnotes", &notes)] {
            let there = part(&bytes, &format!("word/_rels/{part_name}.xml.rels"));
            assert!(values(links, "r:id=\"").is_subset(&values(&there, " Id=\"")), "{path}");
        }
        let types = part(&bytes, "[Content_Types].xml");
        for (name, _) in parts(&bytes) {
            let told =
                types.contains(&format!("PartName=\"/{name}\"")) || name.ends_with(".rels") || name.starts_with('[');
            assert!(told, "{path}: {name}");
        }
    }
}

#[test]
fn a_head_row_is_one_a_language_is_named_and_the_bytes_are_the_same_every_time() {
    let faq = std::fs::read(SAMPLE.at("public/handouts/police/faq.docx")).unwrap();
    let text = part(&faq, "word/document.xml");
    assert!(text.matches("<w:tbl>").count() > 1);
    assert_eq!(text.matches("<w:tbl>").count(), text.matches("<w:tblHeader/>").count());
    assert!(part(&faq, "word/styles.xml").contains("<w:lang w:val=\"en-US\""));
    let core = part(&faq, "docProps/core.xml");
    assert!(core.contains("<dc:title>Questions and answers: Police officers</dc:title>"), "{core}");
    assert!(core.contains("<dc:language>en-US</dc:language>"), "{core}");
    assert!(text.contains("<w:footnoteReference"), "facts have their sources at the foot");
    // three quarters of an inch on both sides, as much as a printer leaves free and no more
    assert!(text.contains(" w:right=\"1080\" ") && text.contains(" w:left=\"1080\" "), "{text}");

    let again = crate::sample();
    again.build(&[]);
    let one = SAMPLE.site("public");
    for (path, bytes) in again.site("public").iter().filter(|(path, _)| path.ends_with(".docx")) {
        assert!(one.iter().any(|(known, before)| known == path && before == bytes), "{path}");
    }
}
