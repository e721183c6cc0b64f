//! A picture in the text (`DrawingML`, ECMA-376 part 1, chapters 20 and 21).

use super::xml::attribute;
use crate::handout::pictures::{Form, Picture};

/// English metric units in a pixel: two pixels are as wide as a point, as in the PDFs.
const PIXEL: u64 = 6_350;
/// The most that a picture takes of a page's height: four inches.
const HIGHEST: u64 = 4 * 914_400;

/// What says that a picture only adorns: an extension of 2017.
const ORNAMENT: &str = "<a:extLst><a:ext uri=\"{C183D7F6-B498-43B3-948B-1728B52AA6E4}\"><adec:decorative \
                        xmlns:adec=\"http://schemas.microsoft.com/office/drawing/2017/decorative\" val=\"1\"/></a:ext></a:extLst>";

/// Sixty-thousandths of a degree.
const QUARTER: u32 = 90 * 60_000;

/// Whether every Word shows pictures of this form: WebP is known to the newest alone, SVG has to stand beside another form.
pub const fn shows(form: Form) -> bool {
    matches!(form, Form::Png | Form::Jpeg | Form::Gif)
}

/// How wide and high a picture is set on a line of `room`, all in English metric units.
fn extent(picture: &Picture, room: u64) -> (u64, u64) {
    let (wide, high) = (u64::from(picture.width).max(1), u64::from(picture.height).max(1));
    let width = (wide * PIXEL).min(room).min(HIGHEST * wide / high).max(1);
    (width, (width * high / wide).max(1))
}

/// A run with the picture `number` of the document (from 1), its part behind the relationship `picture…`.
pub fn run(picture: &Picture, alt: &str, number: usize, part: usize, room: u64) -> String {
    let (width, height) = extent(picture, room);
    let name = attribute(&picture.name);
    let words = format!("id=\"{number}\" name=\"{name}\" descr=\"{}\"", attribute(alt));
    // of an ornament, those who don't see it are told nothing
    let ornament = if alt.is_empty() { ORNAMENT } else { "" };
    let (flip, turn) = match picture.turned {
        2 => (" flipH=\"1\"", 0),
        3 => ("", 2),
        4 => (" flipV=\"1\"", 0),
        5 => (" flipH=\"1\"", 3),
        6 => ("", 1),
        7 => (" flipH=\"1\"", 1),
        8 => ("", 3),
        _ => ("", 0),
    };
    let turn_text = if turn == 0 { String::new() } else { format!(" rot=\"{}\"", turn * QUARTER) };
    // the size is that of the picture before it is turned; how far it stands out of that afterwards is said beside it
    let (own_width, own_height) = if turn % 2 == 0 { (width, height) } else { (height, width) };
    let beside = width.saturating_sub(own_width) / 2;
    let above = height.saturating_sub(own_height) / 2;
    format!(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{own_width}\" cy=\"{own_height}\"/>\
         <wp:effectExtent l=\"{beside}\" t=\"{above}\" r=\"{beside}\" b=\"{above}\"/>\
         <wp:docPr {words}>{ornament}</wp:docPr><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/></wp:cNvGraphicFramePr>\
         <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>\
         <pic:nvPicPr><pic:cNvPr {words}/><pic:cNvPicPr/></pic:nvPicPr>\
         <pic:blipFill><a:blip r:embed=\"picture{part}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
         <pic:spPr><a:xfrm{turn_text}{flip}><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{own_width}\" cy=\"{own_height}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, height: u32, turned: u16) -> Picture {
        Picture { name: "a.jpg".into(), form: Form::Jpeg, width, height, turned, bytes: [].as_slice().into() }
    }

    #[test]
    fn a_picture_is_as_large_as_its_pixels_the_line_and_the_page_let_it() {
        let line = 6_400_800;
        assert_eq!(extent(&picture(100, 50, 1), line), (635_000, 317_500));
        assert_eq!(extent(&picture(4_000, 2_000, 1), line), (line, line / 2));
        assert_eq!(extent(&picture(1_000, 4_000, 1), line), (HIGHEST / 4, HIGHEST));
    }

    #[test]
    fn a_picture_on_its_side_is_turned_and_has_room_for_it() {
        let drawn = run(&picture(50, 100, 6), "A \"door\"", 3, 1, 6_400_800);
        assert!(drawn.contains("<wp:extent cx=\"635000\" cy=\"317500\"/>"), "{drawn}");
        assert!(drawn.contains("<wp:effectExtent l=\"0\" t=\"158750\" r=\"0\" b=\"158750\"/>"), "{drawn}");
        assert!(drawn.contains("<a:xfrm rot=\"5400000\"><a:off x=\"0\" y=\"0\"/><a:ext cx=\"635000\" cy=\"317500\"/>"));
        assert!(drawn.contains("descr=\"A &quot;door&quot;\""), "{drawn}");
        assert!(run(&picture(5, 5, 2), "", 1, 1, 9).contains("<a:xfrm flipH=\"1\">"));
    }
}
