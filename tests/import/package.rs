//! Word documents made by hand: parts of XML in a ZIP file.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A ZIP file of these parts.
pub fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word document of the fences `docx PART`; the part with the text is only what stands in its body.
pub fn docx(files: &[(String, String)]) -> Vec<u8> {
    let mut parts: Vec<(String, Vec<u8>)> = vec![(
        "_rels/.rels".into(),
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
             Type=\"{R}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
        )
        .into(),
    )];
    for (info, text) in files {
        let Some(name) = info.strip_prefix("docx ") else { continue };
        let space = format!(
            "xmlns:w=\"{W}\" xmlns:r=\"{R}\" xmlns:wp=\"wp\" xmlns:a=\"a\" xmlns:mc=\"mc\" xmlns:wps=\"wps\" xmlns:v=\"v\" xmlns:m=\"m\" \
             xmlns:pic=\"pic\""
        );
        let whole = match name {
            "word/document.xml" => {
                format!("<?xml version=\"1.0\"?>\n<w:document {space}><w:body>{text}</w:body></w:document>")
            }
            _ => text.replace("SPACE", &space),
        };
        parts.push((name.to_owned(), whole.into()));
    }
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    zipped(&parts)
}

/// A Word document with this body.
pub fn body(xml: &str) -> Vec<u8> {
    docx(&[("docx word/document.xml".to_owned(), xml.to_owned())])
}
