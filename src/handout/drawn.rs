//! Pages as PNG: a first page in small and grey, a social card in colour.

use typst::utils::Scalar;
use typst_layout::Page;
use typst_render::{RenderOptions, render};

/// Pixels a point of a small picture: a sheet of Letter is 269 pixels wide.
const SMALL: f64 = 0.44;
/// Pixels a point of a card: 600 × 315 points are 1200 × 630 pixels.
const CARD: f64 = 2.0;

/// A page in small, in sixteen greys: PNG, and its width and height.
#[must_use]
pub fn small(page: &Page) -> (Vec<u8>, (u32, u32)) {
    let drawn = render(page, &RenderOptions { pixel_per_pt: Scalar::new(SMALL), ..RenderOptions::default() });
    let (width, height) = (drawn.width(), drawn.height());
    let grey = |pixel: &[u8]| match pixel {
        [red, green, blue, ..] => {
            // how bright a colour looks (ITU-R BT.601), in thousandths
            let light = 299 * u32::from(*red) + 587 * u32::from(*green) + 114 * u32::from(*blue);
            u8::try_from((light + 8_500) / 17_000).unwrap_or(15).min(15)
        }
        _ => 15,
    };
    let row_length = width as usize * 4;
    let mut packed = Vec::with_capacity(drawn.data().len() / 8 + height as usize);
    for row in drawn.data().chunks(row_length.max(4)) {
        let greys: Vec<u8> = row.chunks(4).map(grey).collect();
        packed.extend(greys.chunks(2).map(|pair| match pair {
            [one, other] => one << 4 | other,
            [one] => one << 4,
            _ => 0,
        }));
    }
    let form = Form { width, height, color: png::ColorType::Grayscale, depth: png::BitDepth::Four };
    (encoded(&form, &packed), (width, height))
}

/// A card in colour, as PNG.
#[must_use]
pub fn card(page: &Page) -> Vec<u8> {
    let drawn = render(page, &RenderOptions { pixel_per_pt: Scalar::new(CARD), ..RenderOptions::default() });
    let (width, height) = (drawn.width(), drawn.height());
    let rgb: Vec<u8> = drawn.data().chunks(4).flat_map(|pixel| pixel.iter().take(3).copied()).collect();
    encoded(&Form { width, height, color: png::ColorType::Rgb, depth: png::BitDepth::Eight }, &rgb)
}

struct Form {
    width: u32,
    height: u32,
    color: png::ColorType,
    depth: png::BitDepth,
}

/// Nothing where it can't be encoded: to memory, and of this form, it always can.
fn encoded(form: &Form, pixels: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, form.width, form.height);
    encoder.set_color(form.color);
    encoder.set_depth(form.depth);
    encoder.set_compression(png::Compression::High);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(pixels));
    if written.is_err() {
        out.clear();
    }
    out
}
