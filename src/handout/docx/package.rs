//! The parts beside the text, and the ZIP file around them all.

use std::borrow::Cow;
use std::io::{self, Cursor, Write};
use std::sync::Arc;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::xml::{HEAD, PICTURE_SPACES, Paragraph, SPACES, text};
use crate::handout::content::Handout;
use crate::handout::pictures::{Form, Picture};

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// What the package holds first of all.
pub const ROOT_LINKS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
    <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
    </Relationships>";

/// Footnotes have their lines, and Word does not take the file for one of an older version.
pub const SETTINGS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
    <w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"720\"/><w:characterSpacingControl w:val=\"doNotCompress\"/>\
    <w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr>\
    <w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
    </w:settings>";

/// What each part is.
pub fn content_types(header: bool, pictures: &[Arc<Picture>]) -> String {
    let part = |name: &str, kind: &str| {
        format!("<Override PartName=\"/word/{name}.xml\" ContentType=\"{TYPES}.{kind}+xml\"/>")
    };
    let mut parts: String = [
        ("document", "document.main"),
        ("styles", "styles"),
        ("numbering", "numbering"),
        ("settings", "settings"),
        ("footnotes", "footnotes"),
        ("footer1", "footer"),
    ]
    .map(|(name, kind)| part(name, kind))
    .concat();
    if header {
        parts += &part("header1", "header");
    }
    let images: String = [(Form::Png, "png"), (Form::Jpeg, "jpeg"), (Form::Gif, "gif")]
        .into_iter()
        .filter(|(form, _)| pictures.iter().any(|picture| picture.form == *form))
        .map(|(form, kind)| format!("<Default Extension=\"{}\" ContentType=\"image/{kind}\"/>", form.ending()))
        .collect();
    format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{images}{parts}\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>"
    )
}

/// Where the text refers to: its own parts, its pictures, then outside addresses.
pub fn links(addresses: &[String], pictures: &[Arc<Picture>], header: bool) -> String {
    let mut own: Vec<(&str, &str)> = vec![
        ("styles", "styles.xml"),
        ("numbering", "numbering.xml"),
        ("settings", "settings.xml"),
        ("footnotes", "footnotes.xml"),
        ("footer", "footer1.xml"),
    ];
    if header {
        own.push(("header", "header1.xml"));
    }
    let own: String = own
        .iter()
        .map(|(kind, target)| format!("<Relationship Id=\"{kind}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>"))
        .collect();
    let shown = |(at, picture): (usize, &Arc<Picture>)| {
        let number = at + 1;
        format!("<Relationship Id=\"picture{number}\" Type=\"{OFFICE}/image\" Target=\"media/{}\"/>", picture.name)
    };
    let shown: String = pictures.iter().enumerate().map(shown).collect();
    format!("{HEAD}<Relationships xmlns=\"{PACKAGE}\">{own}{shown}{}</Relationships>", outside(addresses))
}

/// Where the footnotes refer to.
pub fn plain_links(addresses: &[String]) -> String {
    format!("{HEAD}<Relationships xmlns=\"{PACKAGE}\">{}</Relationships>", outside(addresses))
}

fn outside(addresses: &[String]) -> String {
    let one = |(at, address): (usize, &String)| {
        format!(
            "<Relationship Id=\"link{}\" Type=\"{OFFICE}/hyperlink\" Target=\"{address}\" TargetMode=\"External\"/>",
            at + 1
        )
    };
    addresses.iter().enumerate().map(one).collect()
}

/// How long a line is, in twentieths of a point.
pub fn line_width(handout: &Handout) -> usize {
    let (width, _) = paper(handout);
    width - 2 * MARGIN
}

/// The white at both sides of a page, in twentieths of a point.
const MARGIN: usize = 1_080;

/// The width and height of the paper, in twentieths of a point.
fn paper(handout: &Handout) -> (usize, usize) {
    match handout.paper {
        "a4" => (11_906, 16_838),
        _ => (12_240, 15_840),
    }
}

/// The part with the text: its header and footer, its paper.
pub fn document(body: &str, pictures: bool, handout: &Handout, header: bool) -> String {
    let more = if pictures { PICTURE_SPACES } else { "" };
    let header = if header { "<w:headerReference w:type=\"default\" r:id=\"header\"/>" } else { "" };
    let (width, height) = paper(handout);
    let size = format!("<w:pgSz w:w=\"{width}\" w:h=\"{height}\"/>");
    format!(
        "{HEAD}<w:document {SPACES}{more}><w:body>{body}<w:sectPr>{header}<w:footerReference w:type=\"default\" r:id=\"footer\"/>{size}\
         <w:pgMar w:top=\"1080\" w:right=\"{MARGIN}\" w:bottom=\"1400\" w:left=\"{MARGIN}\" w:header=\"600\" w:footer=\"600\" w:gutter=\"0\"/>\
         </w:sectPr></w:body></w:document>"
    )
}

/// What stands at the top of each page.
pub fn header(words: &str) -> String {
    format!("{HEAD}<w:hdr {SPACES}>{}</w:hdr>", line("Header", &run(words)))
}

/// What stands at the foot of each page: who, which version, of when, which page; and where it is on the web.
pub fn footer(handout: &Handout) -> String {
    let labels = &handout.labels;
    let by = handout.organization.iter().chain([&labels.version, &labels.date]);
    let first = by.map(String::as_str).collect::<Vec<_>>().join(" · ");
    let mut pages = run(" · ");
    let mut rest = labels.page.as_str();
    while let Some(at) = rest.find('%') {
        let (before, sign) = rest.split_at(at);
        pages += &run(before);
        match sign.get(1..2) {
            Some("n") => pages += &field("PAGE"),
            Some("s") => pages += &field("NUMPAGES"),
            _ => pages += &run("%"),
        }
        rest = sign.get(2..).unwrap_or_default();
    }
    pages += &run(rest);
    let mut lines = line("Footer", &(run(&first) + &pages));
    if let Some(address) = &handout.address {
        lines += &line("Footer", &run(address));
    }
    format!("{HEAD}<w:ftr {SPACES}>{lines}</w:ftr>")
}

fn line(style: &str, runs: &str) -> String {
    format!("<w:p>{}{runs}</w:p>", Paragraph { style: Some(style), ..Paragraph::default() }.properties())
}

fn run(words: &str) -> String {
    if words.is_empty() {
        String::new()
    } else {
        format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", text(words))
    }
}

fn field(name: &str) -> String {
    format!("<w:fldSimple w:instr=\" {name} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>")
}

/// A ZIP file of the parts: without a clock and without anything of this machine, so that the bytes are the same.
pub fn zipped(parts: &[(Cow<'_, str>, Cow<'_, [u8]>)]) -> io::Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(&**name, options)?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}
